/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "result/document.h"
#include "sagitta/version.h"

#define CHORD_S 0.05 /* s on either side of a row, over which its velocity is taken */

const char *const sg_kind_names[] = { "video", "pictures", "camera", "tracks", NULL };
const char *const sg_matrix_names[] = { "bt601", "bt709", "bt2020", NULL };
const char *const sg_scale_names[] = { "none", "ruler", "plane", "stature", NULL };
const char *const sg_sex_names[] = { "f", "m", NULL };
const char *const sg_label_names[] = {
  "hips", "both", "lower_back", "cannot_tell", "more_hips", "more_lower_back", NULL
};
const char *const sg_side_names[] = { "", "left", "right", "both", NULL };
static const char *const angles[SAGITTA_ANGLES] = { "trunk_thigh",    "pelvic_rotation", "ribs_rotation", "hip_hinge",
                                                    "lumbar_flexion", "knee_flexion",    "thigh_rotation" };

const char *sg_document_angle_key(char key[SG_ANGLE_KEY], sagitta_angle angle) {
  (void)snprintf(key, SG_ANGLE_KEY, "%s_deg", sagitta_angle_name(angle));
  return key;
}

const char *sg_document_word(const char *const *words, int value) {
  for (int i = 0; words[i]; i++) {
    if (i == value) return words[i];
  }
  return NULL;
}

const char *sagitta_side_name(sagitta_side side) {
  const char *name = sg_document_word(sg_side_names, (int)side);
  return name ? name : "";
}

sagitta_side sagitta_side_from_name(const char *name) {
  for (int i = SAGITTA_SIDE_LEFT; name && sg_side_names[i]; i++) {
    if (strcmp(sg_side_names[i], name) == 0) return (sagitta_side)i;
  }
  return SAGITTA_SIDE_UNKNOWN;
}

const char *sagitta_scale_name(sagitta_scale_source from) {
  return sg_document_word(sg_scale_names, (int)from);
}

const char *sagitta_angle_title(sagitta_angle angle) {
  static const char *const titles[SAGITTA_ANGLES] = {
    [SAGITTA_ANGLE_TRUNK_THIGH] = "Trunk–thigh",       [SAGITTA_ANGLE_PELVIC_ROTATION] = "Pelvis tilted forward",
    [SAGITTA_ANGLE_RIBS_ROTATION] = "Ribs turned",     [SAGITTA_ANGLE_HIP_HINGE] = "Hip hinge",
    [SAGITTA_ANGLE_LUMBAR_FLEXION] = "Lumbar flexion", [SAGITTA_ANGLE_KNEE_FLEXION] = "Knee flexion",
    [SAGITTA_ANGLE_THIGH_ROTATION] = "Thigh turned",
  };
  return (unsigned)angle < SAGITTA_ANGLES ? titles[angle] : NULL;
}

const char *sagitta_angle_name(sagitta_angle angle) {
  return (unsigned)angle < SAGITTA_ANGLES ? angles[angle] : NULL;
}

sagitta_result *sg_result_new(size_t rows) {
  sagitta_result *r = calloc(1, sizeof *r);
  if (!r) return NULL;
  (void)snprintf(r->version, sizeof r->version, "%s", SAGITTA_VERSION);
  r->rows = rows;
  const size_t room = rows ? rows : 1;
  r->time = calloc(room, sizeof *r->time);
  r->angle = calloc(room, SAGITTA_ANGLES * sizeof *r->angle);
  r->in_repetition = calloc(room, sizeof *r->in_repetition);
  r->verdict.sentence = r->sentence;
  r->side_told = true;
  r->verdict.applies = true;
  r->verdict.label = SAGITTA_CANNOT_TELL;
  r->verdict.lean = SAGITTA_CANNOT_TELL;
  if (!r->time || !r->angle || !r->in_repetition) sagitta_result_free(&r);
  return r;
}

void sagitta_result_free(sagitta_result **result) {
  if (!result || !*result) return;
  sagitta_result *r = *result;
  free(r->repetition);
  free(r->warning);
  free(r->time);
  free(r->angle);
  free(r->in_repetition);
  free(r);
  *result = NULL;
}

int sg_result_warn(sagitta_result *r, const sagitta_warning *warning) {
  void *items = r->warning;
  const int room = sg_reserve(&items, &r->warning_room, r->warnings + 1, sizeof *r->warning);
  r->warning = items;
  if (room) r->warning[r->warnings++] = *warning;
  return room;
}

const char *sagitta_result_version(const sagitta_result *result) {
  return result->version;
}

const char *sagitta_result_test(const sagitta_result *result) {
  return result->test;
}

sagitta_marker_set sagitta_result_set(const sagitta_result *result) {
  return result->set;
}

bool sagitta_result_facing_right(const sagitta_result *result) {
  return result->right;
}

sagitta_side sagitta_result_side(const sagitta_result *result) {
  return result->side;
}

const sagitta_input_info *sagitta_result_input(const sagitta_result *result) {
  return &result->input;
}

const sagitta_repetition *sagitta_result_repetitions(const sagitta_result *result, size_t *count) {
  if (count) *count = result->repetitions;
  return result->repetition;
}

const sagitta_range *sagitta_result_range(const sagitta_result *result, sagitta_angle angle) {
  return (unsigned)angle < SAGITTA_ANGLES ? &result->range[angle] : NULL;
}

bool sagitta_result_in_space(const sagitta_result *result) {
  return result->in_space;
}

const sagitta_summary *sagitta_result_summary(const sagitta_result *result) {
  return &result->summary;
}

const sagitta_verdict *sagitta_result_verdict(const sagitta_result *result) {
  return &result->verdict;
}

const sagitta_score *sagitta_result_score(const sagitta_result *result) {
  return &result->score;
}

const char *sagitta_result_language(const sagitta_result *result) {
  return result->language;
}

const sagitta_view *sagitta_result_view(const sagitta_result *result) {
  return &result->view;
}

const sagitta_scale *sagitta_result_scale(const sagitta_result *result) {
  return &result->scale;
}

const sagitta_warning *sagitta_result_warnings(const sagitta_result *result, size_t *count) {
  if (count) *count = result->warnings;
  return result->warning;
}

size_t sagitta_result_angle_rows(const sagitta_result *result) {
  return result->rows;
}

double sagitta_result_angle_time(const sagitta_result *result, size_t row) {
  return row < result->rows ? result->time[row] : NAN;
}

sagitta_angle_value sagitta_result_angle(const sagitta_result *result, size_t row, sagitta_angle angle) {
  if (row >= result->rows || (unsigned)angle >= SAGITTA_ANGLES) return (sagitta_angle_value){ NAN, NAN, NAN };
  return result->angle[row * SAGITTA_ANGLES + angle];
}

double sagitta_result_velocity(const sagitta_result *result, size_t row, sagitta_angle angle) {
  if (row >= result->rows || (unsigned)angle >= SAGITTA_ANGLES) return NAN;
  const double *t = result->time;
  size_t from = row, to = row;
  while (from > 0 && (from == row || t[row] - t[from - 1] <= CHORD_S + 1e-6)) from--;
  while (to + 1 < result->rows && (to == row || t[to + 1] - t[row] <= CHORD_S + 1e-6)) to++;
  for (size_t i = from; i <= to; i++) {
    if (isnan(result->angle[i * SAGITTA_ANGLES + angle].value)) return NAN;
  }
  const double turned =
      result->angle[to * SAGITTA_ANGLES + angle].value - result->angle[from * SAGITTA_ANGLES + angle].value;
  return from < to ? turned / (t[to] - t[from]) : NAN;
}

int sagitta_result_angle_repetition(const sagitta_result *result, size_t row) {
  return row < result->rows ? result->in_repetition[row] : 0;
}
