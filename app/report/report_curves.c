/* SPDX-License-Identifier: Apache-2.0 */
/* The angles through time: analysed again from the tracks, and thinned out for the chart. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/report_data.h"

#include "cli/failure.h"

/* ---- analysed again ---- */

/* Rounded values that were computed on different processors may differ in their last digit. */
#define SAME_TIME  0.0002 /* s */
#define SAME_ANGLE 0.03   /* deg */

static bool near(const sagitta_quantity *a, const sagitta_quantity *b) {
  return a->known == b->known &&
         (!a->known || (fabs(a->value - b->value) <= SAME_ANGLE && fabs(a->low - b->low) <= SAME_ANGLE &&
                        fabs(a->high - b->high) <= SAME_ANGLE));
}

static bool agree(const sagitta_result *a, const sagitta_result *b) {
  size_t count, other;
  const sagitta_repetition *x = sagitta_result_repetitions(a, &count), *y = sagitta_result_repetitions(b, &other);
  if (count != other || sagitta_result_set(a) != sagitta_result_set(b)) return false;
  for (size_t i = 0; i < count; i++) {
    if (fabs(x[i].start_s - y[i].start_s) > SAME_TIME || fabs(x[i].end_range_s - y[i].end_range_s) > SAME_TIME ||
        !near(&x[i].hip_hinge, &y[i].hip_hinge) || !near(&x[i].lumbar_flexion, &y[i].lumbar_flexion) ||
        !near(&x[i].trunk_thigh, &y[i].trunk_thigh) || !near(&x[i].leg_raise, &y[i].leg_raise) ||
        !near(&x[i].knee_angle, &y[i].knee_angle))
      return false;
  }
  return true;
}

sagitta_status report_settings_of(const sagitta_result *result, sagitta_analysis_settings *settings, bool *calibrated,
                                  sagitta_error *error) {
  char *text = NULL;
  size_t length = 0;
  const sagitta_status status = sagitta_result_print(result, &text, &length, error);
  if (status != SAGITTA_OK) return status;
  json_t *root = json_loadb(text, length, 0, NULL);
  sagitta_free(text);
  if (!root) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the result.");
  const json_t *from = json_object_get(root, "settings");
  const char *sex = json_string_value(json_object_get(from, "sex"));
  *settings = sagitta_analysis_default_settings();
  settings->test = sagitta_result_test(result);
  settings->side = sagitta_result_side(result);
  settings->seed = (uint64_t)json_integer_value(json_object_get(from, "seed"));
  settings->ruler_cm = json_number_value(json_object_get(from, "ruler_cm"));
  settings->height_cm = json_number_value(json_object_get(from, "height_cm"));
  settings->age_years = json_number_value(json_object_get(from, "age_years"));
  if (sex) settings->sex = sex[0] == 'f' ? SAGITTA_SEX_FEMALE : SAGITTA_SEX_MALE;
  *calibrated = json_is_string(json_object_get(from, "camera"));
  json_decref(root);
  return SAGITTA_OK;
}

static sagitta_status read_camera(sagitta_camera *camera, const char *file, const sagitta_tracks *tracks,
                                  sagitta_error *error) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  const sagitta_status status = sagitta_camera_read(camera, file, error);
  return status == SAGITTA_OK ? sagitta_camera_scale(camera, info->width, info->height, error) : status;
}

sagitta_status report_analyze_again(sagitta_result **out, const sagitta_result *result, const sagitta_tracks *tracks,
                                    const char *camera, sagitta_error *error) {
  sagitta_analysis_settings settings;
  sagitta_camera lens;
  bool calibrated = false;
  *out = NULL;
  sagitta_status status = report_settings_of(result, &settings, &calibrated, error);
  if (status != SAGITTA_OK) return status;
  if (!records_result_is_measured(result)) {
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "The result has no repetition that could be used, and its angles are not made again: leave out "
                     "the tracks, or record the movement again.");
  }
  if (calibrated != (camera != NULL)) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     calibrated ? "The result was measured with a calibrated camera: give its file with --camera."
                                : "The result was measured without a calibrated camera: leave out --camera.");
  }
  if (camera) {
    status = read_camera(&lens, camera, tracks, error);
    settings.camera = &lens;
  }
  if (status == SAGITTA_OK) status = sagitta_analyze(out, tracks, &settings, error);
  if (status == SAGITTA_NO_MEASUREMENT || (status == SAGITTA_OK && !agree(result, *out))) {
    sagitta_result_free(out);
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "The tracks file gives other angles than the result: it belongs to another recording, or to "
                     "another version of Sagitta. Give the tracks that were written together with the result.");
  }
  return status;
}

/* ---- for the chart ---- */

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

static sagitta_angle_value angle_at(const report *r, size_t row, int k) {
  const sagitta_angle_value v = sagitta_result_angle(r->angles, row, r->curves.angle[k]);
  if (r->subject != REPORT_OF_RAISE || r->curves.angle[k] != SAGITTA_ANGLE_THIGH_ROTATION) return v;
  return (sagitta_angle_value){ .value = -v.value, .low = -v.high, .high = -v.low };
}

static double total_at(const report *r, size_t row) {
  double total = 0;
  for (int k = 0; k < CURVES; k++) {
    const double value = angle_at(r, row, k).value;
    if (isfinite(value)) total += value;
  }
  return total;
}

/* Of each stretch of rows the one that is furthest from the point before: a long recording keeps its peaks. */
static size_t pick_row(const report *r, size_t from, size_t to, double before) {
  size_t best = from;
  double furthest = -1;
  for (size_t i = from; i < to; i++) {
    const double away = fabs(total_at(r, i) - before);
    if (away > furthest) {
      furthest = away;
      best = i;
    }
  }
  return best;
}

/* Longer than the frames' usual step by more than a gap that is filled: nothing was filmed meanwhile. */
#define HOLE_S     0.2
#define HOLE_STEPS 2.5

/* Between the instant before and that at `time_s` nothing is known where nothing was filmed: the curves break there. */
static void break_at_hole(report_curves *c, double time_s, double usual_s) {
  if (!c->count) return;
  const double last = c->time_s[c->count - 1];
  if (!(time_s - last > fmax(HOLE_STEPS * usual_s, usual_s + HOLE_S))) return;
  c->time_s[c->count] = 0.5 * (last + time_s);
  for (int k = 0; k < CURVES; k++)
    c->value[k][c->count] = (sagitta_angle_value){ .value = NAN, .low = NAN, .high = NAN };
  c->count++;
}

static int by_size(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* s: the median step from row to row; `scratch` has room for one number a row. */
static double usual_step(const sagitta_result *angles, size_t rows, double *scratch) {
  for (size_t i = 0; i + 1 < rows; i++) {
    scratch[i] = sagitta_result_angle_time(angles, i + 1) - sagitta_result_angle_time(angles, i);
  }
  qsort(scratch, rows - 1, sizeof *scratch, by_size);
  return scratch[(rows - 1) / 2];
}

sagitta_status report_take_curves(report *r, sagitta_error *error) {
  report_curves *c = &r->curves;
  const size_t rows = sagitta_result_angle_rows(r->angles);
  choose_angles(c, r->angles, r->subject == REPORT_OF_RAISE || r->subject == REPORT_OF_KNEE);
  if (rows < 2 || (!any_known(r->angles, c->angle[0]) && !any_known(r->angles, c->angle[1]))) return SAGITTA_OK;
  const size_t stretch = (rows + CURVE_POINTS_MAX - 1) / CURVE_POINTS_MAX;
  const size_t room = 2 * (rows / stretch + 1); /* with what holes add */
  c->time_s = calloc(rows > room ? rows : room, sizeof *c->time_s);
  bool whole = c->time_s != NULL;
  for (int k = 0; k < CURVES; k++) {
    c->value[k] = calloc(room, sizeof *c->value[k]);
    whole = whole && c->value[k];
  }
  if (!whole) return fail_with(error, SAGITTA_ERROR_MEMORY, REPORT_NO_MEMORY);
  const double usual_s = (double)stretch * usual_step(r->angles, rows, c->time_s);
  double before = 0;
  for (size_t from = 0; from < rows; from += stretch) {
    const size_t row = pick_row(r, from, from + stretch < rows ? from + stretch : rows, before);
    before = total_at(r, row);
    break_at_hole(c, sagitta_result_angle_time(r->angles, row), usual_s);
    c->time_s[c->count] = sagitta_result_angle_time(r->angles, row);
    for (int k = 0; k < CURVES; k++) c->value[k][c->count] = angle_at(r, row, k);
    c->count++;
  }
  return SAGITTA_OK;
}

bool report_curve_known(const report_curves *curves, int k) {
  for (size_t i = 0; i < curves->count; i++) {
    if (isfinite(curves->value[k][i].value)) return true;
  }
  return false;
}
