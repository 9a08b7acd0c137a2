/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RESULT: one document (sagitta-result/1), JSON out; its JSON Schema is
 * result.schema.json beside this header. Right of it nobody computes an angle.
 */
#ifndef SAGITTA_RESULT_H
#define SAGITTA_RESULT_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/markers.h"
#include "sagitta/status.h"
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
  double hold_s;                      /* s within 5 % of end range */
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
} sagitta_repetition;

typedef struct sagitta_summary {
  size_t repetitions; /* valid ones, over which the mean was taken */
  sagitta_quantity hip_hinge, lumbar_flexion, lumbar_share, pelvic_rotation, trunk_thigh, knee_flexion, reach;
} sagitta_summary;

typedef enum sagitta_label {
  SAGITTA_HIPS = 0,       /* lumbar share below 40 % */
  SAGITTA_BOTH = 1,       /* 40–60 % */
  SAGITTA_LOWER_BACK = 2, /* above 60 % */
  SAGITTA_CANNOT_TELL = 3
} sagitta_label;

typedef struct sagitta_verdict {
  bool given;            /* false: withheld, because the bend was too small or no repetition was valid; `sentence`
                            says which */
  sagitta_label label;   /* the band with probability >= 0.8, else CANNOT_TELL */
  sagitta_label lean;    /* the likeliest band; CANNOT_TELL when withheld */
  double probability[3]; /* of HIPS, BOTH, LOWER_BACK; sums to 1, to 0.0001 each; all 0 when withheld */
  const char *sentence;  /* belongs to the result; UTF-8; what a therapist reads aloud */
} sagitta_verdict;

/* "hips", "both", "lower_back", "cannot_tell". Thread-safe. */
SAGITTA_API const char *sagitta_label_name(sagitta_label label);

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

/* All getters: thread-safe on one result; pointers belong to the result. */
SAGITTA_API const char *sagitta_result_test(const sagitta_result *result);
SAGITTA_API sagitta_marker_set sagitta_result_set(const sagitta_result *result);
SAGITTA_API bool sagitta_result_facing_right(const sagitta_result *result);
SAGITTA_API const sagitta_input_info *sagitta_result_input(const sagitta_result *result);
SAGITTA_API const sagitta_repetition *sagitta_result_repetitions(const sagitta_result *result, size_t *count);
SAGITTA_API const sagitta_summary *sagitta_result_summary(const sagitta_result *result);
SAGITTA_API const sagitta_verdict *sagitta_result_verdict(const sagitta_result *result);
SAGITTA_API const sagitta_warning *sagitta_result_warnings(const sagitta_result *result, size_t *count);
/* Angles through time: one row per row of the tracks. 0 rows when the result was read from JSON. */
SAGITTA_API size_t sagitta_result_angle_rows(const sagitta_result *result);
SAGITTA_API double sagitta_result_angle_time(const sagitta_result *result, size_t row);
SAGITTA_API sagitta_angle_value sagitta_result_angle(const sagitta_result *result, size_t row, sagitta_angle angle);
/* 1-based repetition in which the row lies, 0 when in none. */
SAGITTA_API int sagitta_result_angle_repetition(const sagitta_result *result, size_t row);

/* The document as JSON in *text (sagitta_free), zero-terminated, ending in a newline. Locale-independent,
 * the same bytes for the same result. Errors: MEMORY. */
SAGITTA_API sagitta_status sagitta_result_print(const sagitta_result *result, char **text, size_t *length,
                                                sagitta_error *error);
/* The angles file (CSV) likewise. Errors: ARGUMENT when the result holds no angles, MEMORY. */
SAGITTA_API sagitta_status sagitta_result_print_angles(const sagitta_result *result, char **text, size_t *length,
                                                       sagitta_error *error);
/* NULL-safe; sets *result to NULL. */
SAGITTA_API void sagitta_result_free(sagitta_result **result);

#ifdef __cplusplus
}
#endif
#endif
