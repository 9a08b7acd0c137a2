/* SPDX-License-Identifier: Apache-2.0 */
#include "report/model.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/photos.h"

static sagitta_status no_memory(sagitta_error *error) {
  error->status = SAGITTA_ERROR_MEMORY;
  (void)snprintf(error->text, sizeof error->text, "Not enough memory for the report: close other programs.");
  return error->status;
}

static void copy_text(char *to, size_t size, const json_t *from) {
  const char *text = json_string_value(from);
  if (text) (void)snprintf(to, size, "%s", text);
}

static void take_markers(report *r, json_t *markers) {
  const char *role;
  json_t *marker;
  json_object_foreach(markers, role, marker) {
    if (r->markers == SAGITTA_ROLES) return;
    report_marker *m = &r->marker[r->markers++];
    (void)snprintf(m->role, sizeof m->role, "%s", role);
    m->seen = json_number_value(json_object_get(marker, "seen"));
    m->longest_gap_s = json_number_value(json_object_get(marker, "longest_gap_s"));
  }
}

/* What only the document says. */
static sagitta_status take_facts(report *r, sagitta_error *error) {
  char *text = NULL;
  size_t length = 0;
  const sagitta_status status = sagitta_result_print(r->result, &text, &length, error);
  if (status != SAGITTA_OK) return status;
  json_t *root = json_loadb(text, length, 0, NULL);
  sagitta_free(text);
  if (!root) return no_memory(error);
  const json_t *settings = json_object_get(root, "settings");
  const json_t *cutoff = json_object_get(settings, "filter_cutoff_hz");
  r->cutoff_hz = cutoff ? json_number_value(cutoff) : NAN;
  copy_text(r->camera, sizeof r->camera, json_object_get(settings, "camera"));
  take_markers(r, json_object_get(root, "markers"));
  json_decref(root);
  return SAGITTA_OK;
}

static bool any_known(const sagitta_result *result, sagitta_angle angle) {
  const size_t rows = sagitta_result_angle_rows(result);
  for (size_t i = 0; i < rows; i++) {
    if (isfinite(sagitta_result_angle(result, i, angle).value)) return true;
  }
  return false;
}

/* Of tests of the leg what the leg does, as far as it is known; of all others hips and back. */
static void choose_angles(report_curves *c, const sagitta_result *result, bool leg) {
  const bool bends =
      !(leg && (any_known(result, SAGITTA_ANGLE_THIGH_ROTATION) || any_known(result, SAGITTA_ANGLE_KNEE_FLEXION))) &&
      (any_known(result, SAGITTA_ANGLE_HIP_HINGE) || any_known(result, SAGITTA_ANGLE_LUMBAR_FLEXION));
  c->angle[0] = bends ? SAGITTA_ANGLE_HIP_HINGE : SAGITTA_ANGLE_THIGH_ROTATION;
  c->angle[1] = bends ? SAGITTA_ANGLE_LUMBAR_FLEXION : SAGITTA_ANGLE_KNEE_FLEXION;
}

static sagitta_angle_value angle_at(const report_curves *c, const sagitta_result *result, size_t row, int k) {
  const sagitta_angle_value v = sagitta_result_angle(result, row, c->angle[k]);
  if (!c->raised || c->angle[k] != SAGITTA_ANGLE_THIGH_ROTATION) return v;
  return (sagitta_angle_value){ .value = -v.value, .low = -v.high, .high = -v.low };
}

static double total_at(const report_curves *c, const sagitta_result *result, size_t row) {
  double total = 0;
  for (int k = 0; k < CURVES; k++) {
    const double value = angle_at(c, result, row, k).value;
    if (isfinite(value)) total += value;
  }
  return total;
}

/* Of each stretch of rows the one that is furthest from the point before: a long recording keeps its peaks. */
static size_t pick_row(const report_curves *c, const sagitta_result *result, size_t from, size_t to, double before) {
  size_t best = from;
  double furthest = -1;
  for (size_t i = from; i < to; i++) {
    const double away = fabs(total_at(c, result, i) - before);
    if (away > furthest) {
      furthest = away;
      best = i;
    }
  }
  return best;
}

static sagitta_status take_curves(report *r, sagitta_error *error) {
  report_curves *c = &r->curves;
  const size_t rows = sagitta_result_angle_rows(r->angles);
  c->raised = strcmp(r->test->quantities[0], "leg_raise_deg") == 0;
  choose_angles(c, r->angles, c->raised || strcmp(r->test->quantities[0], "knee_angle_deg") == 0);
  if (rows < 2 || (!any_known(r->angles, c->angle[0]) && !any_known(r->angles, c->angle[1]))) return SAGITTA_OK;
  const size_t stretch = (rows + CURVE_POINTS_MAX - 1) / CURVE_POINTS_MAX;
  c->time_s = calloc(rows / stretch + 1, sizeof *c->time_s);
  bool whole = c->time_s != NULL;
  for (int k = 0; k < CURVES; k++) {
    c->value[k] = calloc(rows / stretch + 1, sizeof *c->value[k]);
    whole = whole && c->value[k];
  }
  if (!whole) return no_memory(error);
  double before = 0;
  for (size_t from = 0; from < rows; from += stretch) {
    const size_t row = pick_row(c, r->angles, from, from + stretch < rows ? from + stretch : rows, before);
    before = total_at(c, r->angles, row);
    c->time_s[c->count] = sagitta_result_angle_time(r->angles, row);
    for (int k = 0; k < CURVES; k++) c->value[k][c->count] = angle_at(c, r->angles, row, k);
    c->count++;
  }
  return SAGITTA_OK;
}

/* How far a repetition went; NAN when that is not known. */
static double depth_of(const report *r, size_t i) {
  const sagitta_quantity *hip = report_of(r, i, "hip_hinge_deg"), *back = report_of(r, i, "lumbar_flexion_deg");
  if (hip && back) return hip->value + back->value;
  const sagitta_quantity *main = report_of(r, i, r->test->quantities[0]);
  if (!main) return NAN;
  return strcmp(r->test->quantities[0], "knee_angle_deg") == 0 ? -main->value : main->value;
}

/* The furthest of those that count, else the first. */
static void choose_repetition(report *r) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  double furthest = -INFINITY;
  for (size_t i = 0; i < count; i++) {
    const double depth = depth_of(r, i);
    if (!repetitions[i].valid || !(depth > furthest)) continue;
    furthest = depth;
    r->repetition = i;
  }
}

static bool there(const sagitta_tracks *tracks, size_t row, sagitta_role role) {
  const sagitta_sample s = sagitta_tracks_get(tracks, row, role);
  return s.state != SAGITTA_LOST && isfinite(s.x) && isfinite(s.y);
}

/* Hip and one neighbour at least: otherwise there is nothing to draw. */
static bool drawable(const sagitta_tracks *tracks, size_t row) {
  return there(tracks, row, SAGITTA_HIP) && (there(tracks, row, SAGITTA_KNEE) || there(tracks, row, SAGITTA_SHOULDER));
}

static void choose_moment(report *r, report_instant which, double time_s, bool backwards) {
  const size_t rows = sagitta_tracks_rows(r->tracks);
  size_t row = 0;
  while (row + 1 < rows && sagitta_tracks_time(r->tracks, row + 1) <= time_s + 1e-6) row++;
  for (int tries = 0; tries < 15 && row < rows; tries++) {
    if (drawable(r->tracks, row)) {
      r->moment[which] = (report_moment){ .there = true, .row = row, .time_s = sagitta_tracks_time(r->tracks, row) };
      return;
    }
    if (backwards && row == 0) return;
    row = backwards ? row - 1 : row + 1;
  }
}

static void choose_moments(report *r) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  if (!r->tracks || r->repetition >= count) return;
  const sagitta_repetition *shown = &repetitions[r->repetition];
  if (strstr(r->test->quantities[0], "_tilt_deg")) {
    choose_moment(r, REPORT_START, shown->end_range_s, true); /* nobody moves: one picture says it */
    return;
  }
  choose_moment(r, REPORT_START, shown->start_s, true);
  choose_moment(r, REPORT_DEEPEST, shown->end_range_s, false);
}

sagitta_status report_new(report **out, const sagitta_result *result, const sagitta_result *angles,
                          const sagitta_tracks *tracks, sagitta_error *error) {
  *out = NULL;
  report *r = calloc(1, sizeof *r);
  if (!r) return no_memory(error);
  r->result = result;
  r->angles = angles ? angles : result;
  r->tracks = tracks;
  r->pain = -1;
  r->test = sagitta_test_find(sagitta_result_test(result));
  if (!r->test) r->test = sagitta_tests(NULL);
  sagitta_status status = take_facts(r, error);
  if (status == SAGITTA_OK) status = take_curves(r, error);
  if (status != SAGITTA_OK) {
    report_free(&r);
    return status;
  }
  choose_repetition(r);
  choose_moments(r);
  if (tracks) photos_choose_crop(r);
  *out = r;
  return SAGITTA_OK;
}

void report_free(report **r) {
  if (!r || !*r) return;
  free((*r)->curves.time_s);
  for (int k = 0; k < CURVES; k++) free((*r)->curves.value[k]);
  for (int i = 0; i < REPORT_INSTANTS; i++) {
    if ((*r)->moment[i].photo) cairo_surface_destroy((*r)->moment[i].photo);
  }
  for (size_t i = 0; i < (*r)->series_count; i++) free((*r)->series[i].point);
  free(*r);
  *r = NULL;
}

bool report_curve_known(const report_curves *curves, int k) {
  for (size_t i = 0; i < curves->count; i++) {
    if (isfinite(curves->value[k][i].value)) return true;
  }
  return false;
}

const report_series *report_series_of(const report *r, const char *key) {
  for (size_t i = 0; i < r->series_count; i++) {
    if (strcmp(r->series[i].info->key, key) == 0) return &r->series[i];
  }
  return NULL;
}

const sagitta_quantity *report_mean(const report *r, const char *key) {
  const sagitta_quantity *q = sagitta_summary_quantity(sagitta_result_summary(r->result), key);
  return q && q->known ? q : NULL;
}

const sagitta_quantity *report_of(const report *r, size_t repetition, const char *key) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  if (repetition >= count) return NULL;
  const sagitta_quantity *q = sagitta_repetition_quantity(&repetitions[repetition], key);
  return q && q->known ? q : NULL;
}
