/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RESULT: one document (sagitta-result/1), JSON in and out; its JSON Schema is
 * result.schema.json beside this header. Right of it nobody computes an angle.
 */
#ifndef SAGITTA_RESULT_H
#define SAGITTA_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/markers.h"
#include "sagitta/status.h"
#include "sagitta/tests.h"
#include "sagitta/tracks.h"
#include "sagitta/warnings.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sagitta_result sagitta_result;

/* A quantity with its two errors. All NAN when it cannot be had (`known` false). */
typedef struct sagitta_quantity {
  bool known;
  double value;
  double low, high;               /* 95 % interval for the person: camera, skin, placement and anatomy together */
  double camera_low, camera_high; /* 95 % interval for the instrument alone */
  bool inferred;                  /* false: measured by a strip or by points; true: by the posterior */
} sagitta_quantity;

typedef struct sagitta_phase {
  double from_deg, to_deg; /* of hip hinge + lumbar flexion */
  sagitta_quantity lumbar_share;
} sagitta_phase;

#define SAGITTA_PHASES_MAX 8
#define SAGITTA_FLAGS_MAX  16

typedef struct sagitta_repetition {
  double start_s, end_range_s, end_s; /* s from the first shown frame */
  double hold_s;                      /* s within 5 % of end range; what was not filmed does not count */
  bool valid;
  sagitta_warning_code flag[SAGITTA_FLAGS_MAX];
  size_t flag_count;
  sagitta_quantity hip_hinge;       /* deg, forward positive, change from the person's own start */
  sagitta_quantity lumbar_flexion;  /* deg */
  sagitta_quantity lumbar_share;    /* fraction 0–1 */
  sagitta_quantity pelvic_rotation; /* deg */
  sagitta_quantity trunk_thigh;     /* deg */
  sagitta_quantity knee_flexion;    /* deg */
  sagitta_quantity reach;           /* cm */
  sagitta_quantity hip_lag;         /* s, positive: the hips start after the back */
  sagitta_quantity peak_velocity;   /* deg/s of the trunk */
  sagitta_phase phase[SAGITTA_PHASES_MAX];
  size_t phase_count;
  /* What single tests ask for; unknown in the others. */
  sagitta_quantity leg_raise;          /* deg that the thigh rises from lying */
  sagitta_quantity knee_angle;         /* deg from straight, whatever the start: 0 = straight */
  sagitta_quantity hip_angle;          /* deg between thigh and trunk, from in line (0); 90 = a right angle */
  sagitta_quantity fingertip_to_floor; /* cm above the level of the soles; below 0: below it */
  sagitta_quantity neutral_hold;       /* s held with the lower back in its neutral band and the hips doing the bend */
  sagitta_quantity bent_knee_hold;     /* s of it with the knee bent by 10 deg or more */
  sagitta_quantity straight_knee_hold; /* s of it with the knee straight */
  sagitta_quantity neutral_hinge; /* deg of hip hinge when the lower back left its neutral band; else the greatest */
  sagitta_quantity lumbar_at_50;  /* deg of lumbar flexion when the hip hinge first was 50 deg */
  /* deg of the strips from straight up, forward positive: to be compared with the same person's other days alone */
  sagitta_quantity pelvis_tilt;
  sagitta_quantity ribs_tilt;
  /* The course of a bend on the way down; unknown where the markers do not carry it. */
  sagitta_quantity hip_onset;       /* s from the first shown frame: the hip hinge sets off */
  sagitta_quantity lumbar_onset;    /* s: the lumbar flexion sets off */
  sagitta_quantity hip_velocity;    /* deg/s: greatest of the hip hinge */
  sagitta_quantity lumbar_velocity; /* deg/s: greatest of the lumbar flexion */
  sagitta_quantity smoothness;      /* spectral arc length of the trunk's speed (SPARC): < 0, nearer to 0 is smoother */
  sagitta_quantity weight_shift;    /* fraction of the thigh's length that the hip moves backward over the ankle */
  sagitta_quantity weight_shift_cm; /* the same in cm, where a scale is known */
  uint64_t reserved[64];            /* room to grow */
} sagitta_repetition;

typedef struct sagitta_summary {
  size_t repetitions; /* valid ones, over which the mean was taken */
  sagitta_quantity hip_hinge, lumbar_flexion, lumbar_share, pelvic_rotation, trunk_thigh, knee_flexion, reach;
  /* reach, fingertip_to_floor, neutral_hold and its parts: the best valid repetition's, not the mean */
  sagitta_quantity leg_raise, knee_angle, hip_angle, fingertip_to_floor, neutral_hold, pelvis_tilt, ribs_tilt;
  sagitta_quantity bent_knee_hold, straight_knee_hold, neutral_hinge, lumbar_at_50;
} sagitta_summary;

/* A quantity in words, for whoever shows them all. */
typedef struct sagitta_quantity_info {
  const char *key;      /* "hip_hinge_deg": in the document */
  const char *label;    /* "Hip hinge" */
  const char *unit;     /* shown: "°", "%", "cm", "s", "°/s"; "" where there is none */
  double factor;        /* from the document's unit to the shown one: 100 for shares, else 1 */
  int decimals;         /* worth showing */
  const char *meaning;  /* "Hip hinge: the pelvis turns on the thighs." */
  uint64_t reserved[4]; /* room to grow */
} sagitta_quantity_info;

/* Static array of *count rows, in the order in which they are shown. Thread-safe. */
SAGITTA_API const sagitta_quantity_info *sagitta_quantities(size_t *count);
/* NULL when the key is none. Thread-safe. */
SAGITTA_API const sagitta_quantity_info *sagitta_quantity_find(const char *key);
/* The quantity of that key; NULL when there is none such in a repetition, or in a summary. Belongs to it. */
SAGITTA_API const sagitta_quantity *sagitta_repetition_quantity(const sagitta_repetition *repetition, const char *key);
SAGITTA_API const sagitta_quantity *sagitta_summary_quantity(const sagitta_summary *summary, const char *key);

/* Where centimetres came from. */
typedef enum sagitta_scale_source {
  SAGITTA_SCALE_NONE = 0,   /* there are none */
  SAGITTA_SCALE_RULER = 1,  /* the two ruler marks */
  SAGITTA_SCALE_PLANE = 2,  /* a calibrated plane */
  SAGITTA_SCALE_STATURE = 3 /* the person's stature, by the proportions of an average body */
} sagitta_scale_source;

typedef struct sagitta_scale {
  sagitta_scale_source from;
  double cm_per_px;
  double share_sd; /* standard deviation, as a share of cm_per_px */
} sagitta_scale;

/* "none", "ruler", "plane", "stature"; NULL outside the list. Thread-safe. */
SAGITTA_API const char *sagitta_scale_name(sagitta_scale_source from);

/* The reach as one protocol counts it: the best of its first `best_of` valid trials, with its 95 % interval. */
typedef struct sagitta_protocol_score {
  char protocol[24]; /* "csep", "presidents", "eurofit", "ymca": see sagitta_protocol_title */
  char unit[8];      /* "cm" or "in" */
  double value, low, high;
  size_t repetition; /* the one that counts, from 1 */
  size_t best_of;
} sagitta_protocol_score;

/* Where a score stands among people of one sex and age. Limits and percentile are NAN beyond the table's ends. */
typedef struct sagitta_norm {
  bool given;
  char protocol[24];
  bool female;
  int age_from, age_to; /* years, both included; age_to 0: and older */
  double percentile;    /* %; interpolated between the rows of the table */
  double low, high;     /* 95 % interval, of the score's */
  int beyond;           /* −1: below the table's lowest row, +1: above its highest; 0: within */
  double least, most;   /* %: its lowest and highest row */
  char source[200];
} sagitta_norm;

#define SAGITTA_PROTOCOLS_MAX 8

typedef struct sagitta_score {
  bool given;
  size_t repetition; /* that of the best reach, from 1 */
  sagitta_protocol_score protocol[SAGITTA_PROTOCOLS_MAX];
  size_t protocols;
  sagitta_norm norm;
} sagitta_score;

/* "YMCA" for "ymca"; the name itself where it is unknown. Thread-safe. */
SAGITTA_API const char *sagitta_protocol_title(const char *protocol);

/* What can be said of where a bend came from. More may be appended: treat what you do not know as CANNOT_TELL, and show
 * the sentence. */
typedef enum sagitta_label {
  SAGITTA_HIPS = 0,       /* lumbar share below 40 % */
  SAGITTA_BOTH = 1,       /* 40–60 % */
  SAGITTA_LOWER_BACK = 2, /* above 60 % */
  SAGITTA_CANNOT_TELL = 3,
  SAGITTA_MORE_HIPS = 4,       /* below 50 %: more from the hips than from the lower back */
  SAGITTA_MORE_LOWER_BACK = 5, /* above 50 % */
  SAGITTA_LABELS = 6
} sagitta_label;
#define SAGITTA_LABELS_ROOM 16 /* entries of an array by label */

/* Probability from which on a label carries the verdict, and that from which on it is "probably" so. */
#define SAGITTA_SURE     0.8
#define SAGITTA_PROBABLY 0.66

/* Where the lumbar share of most pain-free adults lies: 10th to 90th percentile, calculated from Laird 2018 with the
 * thigh's lean taken to the hips. A band to look at, not a verdict. */
#define SAGITTA_USUAL_SHARE_LOW  0.30
#define SAGITTA_USUAL_SHARE_HIGH 0.57

typedef struct sagitta_verdict {
  bool given; /* false: withheld, because the bend was too small or no repetition was valid; `sentence` says which */
  sagitta_label label; /* the strongest that has SAGITTA_SURE: of HIPS, BOTH, LOWER_BACK, else of MORE_HIPS,
                          MORE_LOWER_BACK; else CANNOT_TELL */
  sagitta_label lean;  /* the likelier of MORE_HIPS and MORE_LOWER_BACK; CANNOT_TELL when withheld */
  double probability[SAGITTA_LABELS_ROOM]; /* by label, to 0.0001; HIPS, BOTH, LOWER_BACK sum to 1, so do the two MORE_;
                                         0 of CANNOT_TELL; all 0 when withheld */
  const char *sentence; /* belongs to the result; UTF-8; what a therapist reads aloud; what can be said, and how sure it
                           is, first */
  bool applies;         /* false: this test is no bend, and there is only the sentence, about what it measures */
  bool rests_on_usual;  /* the markers add little: what is said is so of most people who bend, and the sentence says
                           that; false when withheld */
  bool of_three; /* a document of 0.1.0: label and lean are of the first three alone (the lean is the likeliest), and
                    the two MORE_ have no probability (NAN) */
} sagitta_verdict;

/* "hips", "both", "lower_back", "cannot_tell", "more_hips", "more_lower_back"; NULL outside of the list. Thread-safe.
 */
SAGITTA_API const char *sagitta_label_name(sagitta_label label);
/* What the sentence leads with: the label; where none is sure, the side that has SAGITTA_PROBABLY, else BOTH where that
 * has it; else CANNOT_TELL. Thread-safe. */
SAGITTA_API sagitta_label sagitta_verdict_said(const sagitta_verdict *verdict);
/* The side that the verdict names, MORE_HIPS or MORE_LOWER_BACK, also beside the label BOTH where it has SAGITTA_SURE
 * as well; CANNOT_TELL where it names none. Thread-safe. */
SAGITTA_API sagitta_label sagitta_verdict_side(const sagitta_verdict *verdict);

/* Bytes that a probability as words takes at most. */
#define SAGITTA_PROBABILITY_TEXT 48
/* A probability as it is said everywhere: "88 %", "more than 99 %", "less than 1 %"; rounded, but never up to
 * SAGITTA_PROBABLY, SAGITTA_SURE or certainty. `language` as in sagitta_languages(). Returns `text`. Thread-safe. */
SAGITTA_API const char *sagitta_probability_words(char text[SAGITTA_PROBABILITY_TEXT], double probability,
                                                  const char *language);

/* One filtered angle at one instant; NAN = unknown. */
typedef enum sagitta_angle {
  SAGITTA_ANGLE_TRUNK_THIGH = 0,
  SAGITTA_ANGLE_PELVIC_ROTATION = 1,
  SAGITTA_ANGLE_RIBS_ROTATION = 2,
  SAGITTA_ANGLE_HIP_HINGE = 3,
  SAGITTA_ANGLE_LUMBAR_FLEXION = 4,
  SAGITTA_ANGLE_KNEE_FLEXION = 5,
  SAGITTA_ANGLE_THIGH_ROTATION = 6,
  SAGITTA_ANGLES = 7
} sagitta_angle;

typedef struct sagitta_angle_value {
  double value, low, high; /* deg; low–high is the 95 % interval for the person */
} sagitta_angle_value;

/* "trunk_thigh" …: the NAME of the angles file. Thread-safe. */
SAGITTA_API const char *sagitta_angle_name(sagitta_angle angle);
/* "Hip hinge" …, in English. Thread-safe. */
SAGITTA_API const char *sagitta_angle_title(sagitta_angle angle);

/* Between what values an angle went in a free movement (test "free"), and when it was there. */
typedef struct sagitta_range {
  bool known;
  sagitta_quantity least, greatest; /* deg */
  double least_s, greatest_s;       /* s from the first shown frame */
} sagitta_range;

/* All getters: thread-safe on one result; pointers belong to the result. */
/* The version of the program that measured it, as "0.1.0". */
SAGITTA_API const char *sagitta_result_version(const sagitta_result *result);
SAGITTA_API const char *sagitta_result_test(const sagitta_result *result);
/* The language of its sentences: a code of sagitta_languages(). */
SAGITTA_API const char *sagitta_result_language(const sagitta_result *result);
SAGITTA_API sagitta_marker_set sagitta_result_set(const sagitta_result *result);
/* Which way the person faces in the picture; not the side that was tested. */
SAGITTA_API bool sagitta_result_facing_right(const sagitta_result *result);
/* The side that was tested; UNKNOWN where nobody said, where the test has none, and in documents from before there was
 * this. */
SAGITTA_API sagitta_side sagitta_result_side(const sagitta_result *result);
SAGITTA_API const sagitta_input_info *sagitta_result_input(const sagitta_result *result);
SAGITTA_API const sagitta_repetition *sagitta_result_repetitions(const sagitta_result *result, size_t *count);
/* Not known in any test but "free". NULL outside the list. */
SAGITTA_API const sagitta_range *sagitta_result_range(const sagitta_result *result, sagitta_angle angle);
/* Whether a free movement has no start to count from: its angles are those in space, from upright. */
SAGITTA_API bool sagitta_result_in_space(const sagitta_result *result);
SAGITTA_API const sagitta_summary *sagitta_result_summary(const sagitta_result *result);
SAGITTA_API const sagitta_verdict *sagitta_result_verdict(const sagitta_result *result);
SAGITTA_API const sagitta_score *sagitta_result_score(const sagitta_result *result);
/* How the camera looked on. */
typedef struct sagitta_view {
  bool lens, plane; /* calibrated: straightened, rectified and levelled */
  double roll_deg;  /* what of the lean at the start was put down to the camera, forward positive; 0 with a plane;
                       NAN: not told, in a document from before there was this */
  double yaw_low_deg, yaw_high_deg; /* 95 % interval of the angle from side-on, as far as the strips tell; NAN = not */
} sagitta_view;
SAGITTA_API const sagitta_view *sagitta_result_view(const sagitta_result *result);
SAGITTA_API const sagitta_scale *sagitta_result_scale(const sagitta_result *result);
SAGITTA_API const sagitta_warning *sagitta_result_warnings(const sagitta_result *result, size_t *count);
/* Angles through time: one row per row of the tracks. 0 rows when the result was read from JSON. */
SAGITTA_API size_t sagitta_result_angle_rows(const sagitta_result *result);
SAGITTA_API double sagitta_result_angle_time(const sagitta_result *result, size_t row);
SAGITTA_API sagitta_angle_value sagitta_result_angle(const sagitta_result *result, size_t row, sagitta_angle angle);
/* deg/s of that angle in that row: its chord from 0.05 s before to 0.05 s after, or to the next rows where those are
 * further. NAN = unknown, and where the angle is not known over the whole of it. */
SAGITTA_API double sagitta_result_velocity(const sagitta_result *result, size_t row, sagitta_angle angle);
/* 1-based repetition in which the row lies, 0 when in none. */
SAGITTA_API int sagitta_result_angle_repetition(const sagitta_result *result, size_t row);

/* The document as JSON in *text (sagitta_free), zero-terminated, ending in a newline. Locale-independent,
 * the same bytes for the same result. Errors: MEMORY. */
SAGITTA_API sagitta_status sagitta_result_print(const sagitta_result *result, char **text, size_t *length,
                                                sagitta_error *error);
/* The angles file (CSV) likewise. Errors: ARGUMENT when the result holds no angles, MEMORY. */
SAGITTA_API sagitta_status sagitta_result_print_angles(const sagitta_result *result, char **text, size_t *length,
                                                       sagitta_error *error);
/*
 * Read a result document back: what sagitta_result_print makes of it are the
 * same bytes as were read, if sagitta_result_print made those. It holds no
 * angles. Refused as FORMAT, with the place of what is wrong: what is no such
 * document; fields, flags or a schema of a later Sagitta; what contradicts
 * itself (an interval without its value, probabilities that do not sum to 1,
 * a verdict that they do not carry); anything that Sagitta would have written
 * otherwise. A verdict of 0.1.0 stays what it was (sagitta_verdict.of_three). *out belongs to the caller; NULL on
 * failure. At most 16 MiB. Errors: MISSING, FORMAT, ARGUMENT, MEMORY. Thread-safe.
 */
SAGITTA_API sagitta_status sagitta_result_read(sagitta_result **out, const char *path, sagitta_error *error);
/* The same from memory; `text` need not be zero-terminated. */
SAGITTA_API sagitta_status sagitta_result_parse(sagitta_result **out, const char *text, size_t length,
                                                sagitta_error *error);
/* NULL-safe; sets *result to NULL. */
SAGITTA_API void sagitta_result_free(sagitta_result **result);

#ifdef __cplusplus
}
#endif
#endif
