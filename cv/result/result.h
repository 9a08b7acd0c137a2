/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of a result. */
#ifndef SAGITTA_ASSESS_RESULT_H
#define SAGITTA_ASSESS_RESULT_H

#include <stdint.h>

#include "sagitta/camera.h"
#include "sagitta/result.h"

#define SG_SENTENCE_TEXT 1024

typedef struct sg_marker_note {
  bool present;
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
  bool right;
  sagitta_input_info input;
  double cutoff_hz;
  uint64_t seed;
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
  sagitta_verdict verdict;
  char sentence[SG_SENTENCE_TEXT];
  sagitta_warning *warning;
  size_t warnings, warning_room;
  size_t rows;
  double *time;
  sagitta_angle_value *angle; /* [rows][SAGITTA_ANGLES] */
  uint16_t *in_repetition;    /* [rows] */
};

/* Empty, with room for `rows` rows of angles. NULL when memory is short. */
sagitta_result *sg_result_new(size_t rows);
/* 0 when memory is short. */
int sg_result_warn(sagitta_result *result, const sagitta_warning *warning);

#endif
