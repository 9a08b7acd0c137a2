/* SPDX-License-Identifier: Apache-2.0 */
#include "report/again.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "records/records.h"

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

/* What the analysis was asked for, out of the document. */
static sagitta_status settings_of(const sagitta_result *result, sagitta_analysis_settings *settings, bool *calibrated,
                                  sagitta_error *error) {
  char *text = NULL;
  size_t length = 0;
  const sagitta_status status = sagitta_result_print(result, &text, &length, error);
  if (status != SAGITTA_OK) return status;
  json_t *root = json_loadb(text, length, 0, NULL);
  sagitta_free(text);
  if (!root) return records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the result.");
  const json_t *from = json_object_get(root, "settings");
  const char *sex = json_string_value(json_object_get(from, "sex"));
  *settings = sagitta_analysis_default_settings();
  settings->test = sagitta_result_test(result);
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

sagitta_status again_analyze(sagitta_result **out, const sagitta_result *result, const sagitta_tracks *tracks,
                             const char *camera, sagitta_error *error) {
  sagitta_analysis_settings settings;
  sagitta_camera lens;
  bool calibrated = false;
  *out = NULL;
  sagitta_status status = settings_of(result, &settings, &calibrated, error);
  if (status != SAGITTA_OK) return status;
  if (calibrated != (camera != NULL)) {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT,
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
    return records_fail(error, SAGITTA_ERROR_FORMAT,
                        "The tracks file gives other angles than the result: it belongs to another recording, or to "
                        "another version of Sagitta. Give the tracks that were written together with the result.");
  }
  return status;
}
