/* SPDX-License-Identifier: Apache-2.0 */
/* The result document, sagitta-result/1, read back. What was read is written out again and compared, so that a member
 * that this version does not know is refused. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "result/document.h"
#include "sagitta/analysis.h"
#include "sagitta/version.h"

#define WARNINGS_MAX ((size_t)1000000)
#define SECONDS_MAX  1e9
#define PX_MAX       1e6

static const char *const shapes[] = { "disc", "strip", NULL };
static const char *const sides[] = { "left", "right", NULL };
static const char *const ranges[] = { "limited", "full", NULL };
static const char *const sets[] = { "discs", "strip", "clinic", NULL };

static void read_slow_motion(sg_json_reader *r, const json_t *object, sagitta_input_info *in) {
  const json_t *slow = json_object_get(object, "slow_motion");
  in->slow_motion = json_is_object(slow);
  if (!slow || (!in->slow_motion && !json_is_null(slow))) sg_json_refuse(r, "slow_motion", "must be null or an object");
  const double rate = in->slow_motion ? sg_read_optional(r, slow, "capture_rate", 1e-4, 1e9) : NAN;
  in->capture_rate = isfinite(rate) ? rate : 0;
}

static void read_input(sg_json_reader *r, const json_t *object, sagitta_input_info *in) {
  const size_t mark = sg_json_enter(r, "input");
  in->kind = (sagitta_input_kind)sg_read_word(r, object, "kind", sg_kind_names);
  sg_read_text(r, object, "source", false, in->source, sizeof in->source);
  sg_read_text(r, object, "codec", true, in->codec, sizeof in->codec);
  sg_read_text(r, object, "pixel_format", true, in->pixel_format, sizeof in->pixel_format);
  in->width = (int)sg_read_whole(r, object, "width", 1, 1000000);
  in->height = (int)sg_read_whole(r, object, "height", 1, 1000000);
  in->sample_aspect = 1;
  if (in->kind != SAGITTA_INPUT_TRACKS) {
    in->rotation_deg = (int)sg_read_whole(r, object, "rotation_deg", 0, 270);
    if (in->rotation_deg % 90) sg_json_refuse(r, "rotation_deg", "must be 0, 90, 180 or 270");
    in->mirrored = sg_read_truth(r, object, "mirrored");
    in->sample_aspect = sg_read_number(r, object, "sample_aspect", 1e-4, 1e4);
    in->full_range = sg_read_word(r, object, "colour_range", ranges) == 1;
    in->matrix = (sagitta_matrix)sg_read_word(r, object, "colour_matrix", sg_matrix_names);
    in->colour_guessed = sg_read_truth(r, object, "colour_guessed");
    in->frames_damaged = sg_read_whole(r, object, "frames_damaged", 0, INT32_MAX);
    read_slow_motion(r, object, in);
  }
  in->frames = sg_read_whole(r, object, "frames", 0, INT32_MAX);
  in->duration_s = sg_read_number(r, object, "duration_s", 0, SECONDS_MAX);
  in->frame_rate = sg_read_number(r, object, "frame_rate", 0, 1e9);
  in->variable_frame_rate = sg_read_truth(r, object, "variable_frame_rate");
  sg_json_leave(r, mark);
}

/* A number above 0, or 0 where the member is absent. */
static double given(sg_json_reader *r, const json_t *object, const char *key, double most) {
  const double value = sg_read_optional(r, object, key, 1e-6, most);
  return isfinite(value) ? value : 0;
}

static void read_settings(sg_json_reader *r, const json_t *object, sagitta_result *result) {
  const size_t mark = sg_json_enter(r, "settings");
  result->cutoff_hz = sg_read_number(r, object, "filter_cutoff_hz", 0, 1e6);
  if (!json_is_null(json_object_get(object, "camera"))) {
    sg_read_text(r, object, "camera", false, result->camera, sizeof result->camera);
  }
  result->seed = (uint64_t)sg_read_whole(r, object, "seed", INT64_MIN, INT64_MAX);
  sg_read_text(r, object, "language", true, result->language, sizeof result->language);
  if (!result->language[0]) memcpy(result->language, "en", 3);
  result->ruler_cm = given(r, object, "ruler_cm", 1e4);
  result->height_cm = given(r, object, "height_cm", 1e4);
  result->age_years = given(r, object, "age_years", 200);
  if (json_object_get(object, "sex")) result->sex = *sg_sex_names[sg_read_word(r, object, "sex", sg_sex_names)];
  const json_t *scale = json_object_get(object, "scale") ? sg_read_object(r, object, "scale") : NULL;
  if (scale) {
    (void)sg_json_enter(r, "scale");
    result->scale.from = (sagitta_scale_source)sg_read_word(r, scale, "from", sg_scale_names);
    result->scale.cm_per_px = sg_read_number(r, scale, "cm_per_px", 0, 1e4);
    result->scale.share_sd = sg_read_number(r, scale, "share_sd", 0, 1e4);
  }
  sg_json_leave(r, mark);
}

static void read_view(sg_json_reader *r, const json_t *object, sagitta_view *view) {
  const size_t mark = sg_json_enter(r, "view");
  view->lens = sg_read_truth(r, object, "lens_calibrated");
  view->plane = sg_read_truth(r, object, "plane_calibrated");
  view->roll_deg = sg_read_number(r, object, "roll_deg", -90, 90);
  view->yaw_low_deg = sg_read_optional(r, object, "yaw_low_deg", 0, 90);
  view->yaw_high_deg = sg_read_optional(r, object, "yaw_high_deg", 0, 90);
  sg_json_leave(r, mark);
}

static void read_marker(sg_json_reader *r, const json_t *markers, const char *name, sg_marker_note *note) {
  const json_t *object = sg_read_object(r, markers, name);
  const size_t mark = sg_json_enter(r, name);
  note->present = true;
  note->strip = sg_read_word(r, object, "shape", shapes) == 1;
  note->seen = sg_read_number(r, object, "seen", 0, 1);
  note->longest_gap_s = sg_read_number(r, object, "longest_gap_s", 0, SECONDS_MAX);
  note->size_px = sg_read_optional(r, object, "size_px", 0, PX_MAX);
  note->separation = sg_read_optional(r, object, "separation", -1e9, 1e9);
  sg_json_leave(r, mark);
}

static void read_markers(sg_json_reader *r, const json_t *markers, sagitta_result *result) {
  const size_t mark = sg_json_enter(r, "markers");
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    const char *name = sagitta_role_name((sagitta_role)role);
    if (json_object_get(markers, name)) read_marker(r, markers, name, &result->marker[role]);
  }
  sg_json_leave(r, mark);
}

static void read_warning(sg_json_reader *r, const json_t *object, sagitta_warning *w) {
  const json_t *marker = json_object_get(object, "marker");
  const size_t mark = sg_json_enter(r, "code");
  w->code = sg_read_code(r, json_object_get(object, "code"));
  sg_json_leave(r, mark);
  w->role = -1;
  for (int role = 0; marker && role < SAGITTA_ROLES; role++) {
    const char *name = json_string_value(marker);
    if (name && strcmp(name, sagitta_role_name((sagitta_role)role)) == 0) w->role = role;
  }
  if (marker && w->role < 0) sg_json_refuse(r, "marker", "is none of the markers");
  w->from_s = sg_read_optional(r, object, "from_s", -SECONDS_MAX, SECONDS_MAX);
  w->to_s = sg_read_optional(r, object, "to_s", -SECONDS_MAX, SECONDS_MAX);
  sg_read_text(r, object, "message", false, w->message, sizeof w->message);
}

static void read_warnings(sg_json_reader *r, const json_t *root, sagitta_result *result) {
  const json_t *items = sg_read_array(r, root, "warnings", WARNINGS_MAX);
  const size_t mark = sg_json_enter(r, "warnings");
  for (size_t i = 0; i < json_array_size(items) && r->status == SAGITTA_OK; i++) {
    sagitta_warning warning = { .role = -1 };
    const size_t inner = sg_json_enter_item(r, i);
    read_warning(r, json_array_get(items, i), &warning);
    sg_json_leave(r, inner);
    if (!sg_result_warn(result, &warning)) sg_result_short_of_memory(r);
  }
  sg_json_leave(r, mark);
}

/* Whether `version` is later than this program's; not so when it is no version. */
static bool is_later(const char *version) {
  int theirs[3] = { 0, 0, 0 }, ours[3] = { 0, 0, 0 };
  if (sscanf(version, "%5d.%5d.%5d", &theirs[0], &theirs[1], &theirs[2]) != 3) return false;
  (void)sscanf(SAGITTA_VERSION, "%5d.%5d.%5d", &ours[0], &ours[1], &ours[2]);
  for (int i = 0; i < 3; i++) {
    if (theirs[i] != ours[i]) return theirs[i] > ours[i];
  }
  return false;
}

static bool is_version(const char *text) {
  const size_t digits = strspn(text, "0123456789.");
  return digits > 0 && text[digits] == '\0';
}

static void read_version(sg_json_reader *r, const json_t *root, sagitta_result *result) {
  sg_read_text(r, root, "version", false, result->version, sizeof result->version);
  if (!is_version(result->version)) sg_json_refuse(r, "version", "must be a version, as 0.1.0");
  if (is_later(result->version)) {
    (void)snprintf(r->remedy, sizeof r->remedy,
                   "It was written by Sagitta %s, and this is " SAGITTA_VERSION ": update Sagitta.", result->version);
  }
}

static void read_root(sg_json_reader *r, json_t *root, sagitta_result *result) {
  sg_read_text(r, root, "test", false, result->test, sizeof result->test);
  result->set = (sagitta_marker_set)(sg_read_word(r, root, "marker_set", sets) + SAGITTA_SET_DISCS);
  result->right = sg_read_word(r, root, "facing", sides) == 1;
  const json_t *input = sg_read_object(r, root, "input");
  if (input) read_input(r, input, &result->input);
  const json_t *settings = sg_read_object(r, root, "settings");
  if (settings) read_settings(r, settings, result);
  /* Documents of before there was one have none. */
  const json_t *view = json_object_get(root, "view") ? sg_read_object(r, root, "view") : NULL;
  result->view = (sagitta_view){ false, false, NAN, NAN, NAN };
  if (view) read_view(r, view, &result->view);
  const json_t *markers = sg_read_object(r, root, "markers");
  if (markers) read_markers(r, markers, result);
  if (r->status == SAGITTA_OK) sg_read_repetitions(r, root, result);
  if (r->status == SAGITTA_OK) sg_read_summary(r, root, result);
  if (r->status == SAGITTA_OK) sg_read_verdict(r, root, result);
  if (r->status == SAGITTA_OK) read_warnings(r, root, result);
  if (r->status != SAGITTA_OK) return;
  json_t *written = sg_result_document(result);
  if (!written) sg_result_short_of_memory(r);
  sg_json_compare(r, root, written);
  json_decref(written);
}

sagitta_status sg_result_take(void *out, json_t *root, sagitta_error *error) {
  sg_json_reader r = { .status = SAGITTA_OK, .error = error, .remedy = SG_RESULT_EDITED };
  sagitta_result *result = sg_result_new(0);
  if (!result) sg_result_short_of_memory(&r);
  if (result) read_version(&r, root, result);
  if (r.status == SAGITTA_OK) read_root(&r, root, result);
  if (r.status != SAGITTA_OK) sagitta_result_free(&result);
  *(sagitta_result **)out = result;
  return r.status;
}
