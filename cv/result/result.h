/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Waist 2, the room's face to cv/assess: the inside of a result, and the table of quantities. README.md
 * says where to start.
 *
 * A result is written by one thread; once it is complete, any number may read it.
 */
#ifndef SG_RESULT_RESULT_H
#define SG_RESULT_RESULT_H

#include <math.h>
#include <stdint.h>

#include "base/base.h"
#include "sagitta/camera.h"
#include "sagitta/result.h"

#define SG_SENTENCE_TEXT 1536

/* What is known of one marker over the whole recording. */
typedef struct sg_marker_note {
  bool present; /* false: nothing below counts */
  bool strip;
  double seen;          /* fraction of the frames */
  double longest_gap_s; /* out of sight, before filling */
  double size_px;       /* NAN = unknown */
  double separation;    /* NAN = unknown */
} sg_marker_note;

struct sagitta_result {
  char version[32]; /* of the program that measured it */
  char test[32];
  char language[8]; /* of the sentences: "en" */
  sagitta_marker_set set;
  bool right; /* faces right in the picture */
  sagitta_side side;
  bool side_told; /* the document has a member for it; false in one from before there was this */
  sagitta_input_info input;
  double cutoff_hz;                      /* of the low pass over the markers' positions */
  uint64_t seed;                         /* of the sampled bodies */
  double ruler_cm, height_cm, age_years; /* as given; 0 = not given */
  char sex;                              /* 'f', 'm' or 0 */
  sagitta_scale scale;
  sagitta_view view;
  char camera[SAGITTA_DATE_TEXT]; /* when it was calibrated, or "undated"; empty = not calibrated */
  sagitta_score score;
  sg_marker_note marker[SAGITTA_ROLES];
  sagitta_repetition *repetition;
  size_t repetitions;
  sagitta_summary summary;
  sagitta_range range[SAGITTA_ANGLES]; /* of a free movement */
  bool has_ranges, in_space;           /* it is one; its angles are those in space */
  sagitta_verdict verdict;
  char sentence[SG_SENTENCE_TEXT];
  sagitta_warning *warning;
  size_t warnings, warning_room;
  size_t rows;                /* of angles through time; 0 when read from JSON */
  double *time;               /* [rows] s */
  sagitta_angle_value *angle; /* [rows][SAGITTA_ANGLES] */
  uint16_t *in_repetition;    /* [rows] 1-based; 0: in none */
};

/* Empty, with room for `rows` rows of angles; belongs to the caller (sagitta_result_free). NULL when memory is short.
 */
sagitta_result *sg_result_new(size_t rows);
/* Append a copy of a warning. 0 when memory is short. */
int sg_result_warn(sagitta_result *result, const sagitta_warning *warning);

/* ---- columns of the angles through time (FORMATS.md, "Angles: CSV"), as every table has them ---- */

#define SG_NO_ANGLE_ROW SIZE_MAX
/* For each quantity its value and the ends of its 95 % interval (deg), then the repetition; each begins with a comma.
 */
void sg_angle_columns_name(sg_buffer *to);
/* Their cells in one row of the result; all empty for SG_NO_ANGLE_ROW. */
void sg_angle_columns_put(sg_buffer *to, const sagitta_result *result, size_t row);

/* ---- verdict ---- */

/* Label and lean of probabilities that are rounded: the rule of sagitta_verdict. */
sagitta_label sg_verdict_lean(const double probability[SAGITTA_LABELS]);
sagitta_label sg_verdict_label(const double probability[SAGITTA_LABELS]);

/* ---- quantities ---- */

/* A quantity that cannot be had: every number NAN. */
#define SG_UNKNOWN_QUANTITY ((sagitta_quantity){ false, NAN, NAN, NAN, NAN, NAN, false })

/* A value with its 95 % interval for the person; unknown where `value` is NAN. `camera`: standard error of the
 * instrument alone, whose interval is kept within low to high. All in the value's unit. */
sagitta_quantity sg_quantity_of(double value, double low, double high, double camera, bool inferred);

/* How the valid repetitions' values become one in the summary. */
typedef enum sg_summary_rule {
  SG_SUMMARY_NONE, /* the summary does not have it */
  SG_SUMMARY_MEAN,
  SG_SUMMARY_GREATEST,
  SG_SUMMARY_LEAST
} sg_summary_rule;

/* What may hold a quantity. */
typedef enum sg_holder { SG_IN_REPETITION, SG_IN_SUMMARY, SG_IN_PHASE, SG_HOLDERS } sg_holder;

#define SG_NOT_HELD ((size_t)-1)

/* A row of the one table of quantities (quantities.c); what users are shown of it is its sagitta_quantity_info. */
typedef struct sg_quantity_row {
  const char *key;            /* in the document */
  int decimals;               /* that the document keeps */
  double least, most;         /* what a value, or an end of its interval, can be; in the unit of the key */
  size_t at[SG_HOLDERS];      /* bytes from the start of the public struct; SG_NOT_HELD where it has none */
  sg_summary_rule summarised; /* SG_SUMMARY_NONE exactly where the summary does not hold it */
} sg_quantity_row;

/* Every quantity, in the order in which the document has them. Constant. */
const sg_quantity_row *sg_quantity_rows(size_t *count);
/* The quantity in a sagitta_repetition, sagitta_summary or sagitta_phase, whose it is; NULL where that holds none of
 * the row. */
const sagitta_quantity *sg_quantity_get(sg_holder holder, const void *of, const sg_quantity_row *row);
sagitta_quantity *sg_quantity_at(sg_holder holder, void *of, const sg_quantity_row *row);
/* Make all quantities of such a struct unknown. */
void sg_quantities_clear(sg_holder holder, void *of);

#endif
