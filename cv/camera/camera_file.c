/* SPDX-License-Identifier: Apache-2.0 */
/* camera.json, sagitta-camera/1; its JSON Schema is camera.schema.json beside the public headers. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/json.h"
#include "base/translate.h"
#include "camera/view.h"

static const char *const brown_terms[5] = { "k1", "k2", "p1", "p2", "k3" };
static const char *const fisheye_terms[5] = { "k1", "k2", "k3", "k4", NULL };

static const char *const *terms_of(sagitta_lens_model model) {
  return model == SAGITTA_LENS_FISHEYE ? fisheye_terms : brown_terms;
}

/* ---- reading ---- */

static sagitta_status lacks(sagitta_error *error, const char *part, const char *key, const char *what) {
  return sg_fail(error, SAGITTA_ERROR_FORMAT, "\"%s\" in \"%s\" must be %s.", key, part,
                 sg_say(sg_error_language(error), what));
}

/* optional: a key that is absent leaves 0. */
static sagitta_status number(const json_t *object, const char *part, const char *key, bool optional, double *value,
                             sagitta_error *error) {
  const json_t *item = json_object_get(object, key);
  *value = json_number_value(item);
  if (optional && !item) return SAGITTA_OK;
  if (json_is_number(item) && isfinite(*value)) return SAGITTA_OK;
  return lacks(error, part, key, SG_TRANSLATABLE("a number"));
}

static sagitta_status whole(const json_t *object, const char *part, const char *key, bool optional, int *value,
                            sagitta_error *error) {
  const json_t *item = json_object_get(object, key);
  *value = 0;
  if (optional && !item) return SAGITTA_OK;
  const json_int_t found = json_is_integer(item) ? json_integer_value(item) : -1;
  if (found < 0 || found > 1000000) return lacks(error, part, key, SG_TRANSLATABLE("a whole number from 0 to 1000000"));
  *value = (int)found;
  return SAGITTA_OK;
}

static sagitta_status truth(const json_t *object, const char *part, const char *key, bool *value,
                            sagitta_error *error) {
  const json_t *item = json_object_get(object, key);
  *value = json_is_true(item);
  return json_is_boolean(item) ? SAGITTA_OK : lacks(error, part, key, SG_TRANSLATABLE("true or false"));
}

static sagitta_status read_numbers(const json_t *object, const char *part, bool optional, sagitta_lens_model model,
                                   double *const middle[4], double *terms, sagitta_error *error) {
  static const char *const names[4] = { "fx", "fy", "cx", "cy" };
  sagitta_status status = SAGITTA_OK;
  for (int i = 0; i < 4 && status == SAGITTA_OK; i++) {
    status = number(object, part, names[i], optional, middle[i], error);
  }
  for (int i = 0; i < 5 && terms_of(model)[i] && status == SAGITTA_OK; i++) {
    status = number(object, part, terms_of(model)[i], optional, &terms[i], error);
  }
  return status;
}

static sagitta_status read_lens(const json_t *object, sagitta_lens *lens, sagitta_error *error) {
  const char *model = json_string_value(json_object_get(object, "model"));
  const bool is_fisheye = model && strcmp(model, "fisheye") == 0;
  if (!model || (!is_fisheye && strcmp(model, "brown") != 0)) {
    return lacks(error, "lens", "model", SG_TRANSLATABLE("\"brown\" or \"fisheye\""));
  }
  lens->model = is_fisheye ? SAGITTA_LENS_FISHEYE : SAGITTA_LENS_BROWN;
  double *const middle[4] = { &lens->fx, &lens->fy, &lens->cx, &lens->cy };
  double *const spread[4] = { &lens->fx_sd, &lens->fy_sd, &lens->cx_sd, &lens->cy_sd };
  const json_t *deviations = json_object_get(object, "standard_deviations");
  sagitta_status status = read_numbers(object, "lens", false, lens->model, middle, lens->k, error);
  if (status == SAGITTA_OK && deviations) {
    if (!json_is_object(deviations)) return lacks(error, "lens", "standard_deviations", SG_TRANSLATABLE("an object"));
    status = read_numbers(deviations, "standard_deviations", true, lens->model, spread, lens->k_sd, error);
  }
  if (status == SAGITTA_OK) status = number(object, "lens", "rms_px", true, &lens->rms, error);
  if (status == SAGITTA_OK) status = whole(object, "lens", "views", true, &lens->views, error);
  return status;
}

static sagitta_status read_plane(const json_t *object, sagitta_plane *plane, sagitta_error *error) {
  const json_t *rows = json_object_get(object, "to_cm");
  const char *const form = SG_TRANSLATABLE("three rows of three numbers");
  if (json_array_size(rows) != 3) return lacks(error, "plane", "to_cm", form);
  for (size_t i = 0; i < 9; i++) {
    const json_t *row = json_array_get(rows, i / 3), *item = json_array_get(row, i % 3);
    if (json_array_size(row) != 3 || !json_is_number(item)) return lacks(error, "plane", "to_cm", form);
    plane->to_cm[i] = json_number_value(item);
  }
  sagitta_status status = number(object, "plane", "scale_share", false, &plane->scale_share, error);
  if (status == SAGITTA_OK) status = number(object, "plane", "level_sd_deg", false, &plane->level_sd_deg, error);
  if (status == SAGITTA_OK) status = number(object, "plane", "tilt_sd_deg", false, &plane->tilt_sd_deg, error);
  if (status == SAGITTA_OK) status = truth(object, "plane", "level_known", &plane->level_known, error);
  if (status == SAGITTA_OK) status = truth(object, "plane", "perspective_known", &plane->perspective_known, error);
  return status;
}

static sagitta_status read_root(sagitta_camera *camera, const json_t *root, sagitta_error *error) {
  sagitta_status status = whole(root, "camera", "width", false, &camera->width, error);
  if (status == SAGITTA_OK) status = whole(root, "camera", "height", false, &camera->height, error);
  if (status != SAGITTA_OK) return status;
  const json_t *date = json_object_get(root, "date");
  const json_t *lens = json_object_get(root, "lens"), *plane = json_object_get(root, "plane");
  if (date) {
    if (!json_is_string(date) || json_string_length(date) >= sizeof camera->date) {
      return lacks(error, "camera", "date", SG_TRANSLATABLE("a text of at most 31 characters"));
    }
    (void)snprintf(camera->date, sizeof camera->date, "%s", json_string_value(date));
    sg_clean_text(camera->date, sizeof camera->date);
  }
  if ((lens && !json_is_object(lens)) || (plane && !json_is_object(plane))) {
    return lacks(error, "camera", lens && !json_is_object(lens) ? "lens" : "plane", SG_TRANSLATABLE("an object"));
  }
  camera->has_lens = lens != NULL;
  camera->has_plane = plane != NULL;
  if (lens) status = read_lens(lens, &camera->lens, error);
  if (plane && status == SAGITTA_OK) status = read_plane(plane, &camera->plane, error);
  if (status != SAGITTA_OK) return status;
  const char *fault = sg_camera_fault(camera);
  return fault ? sg_fail(error, SAGITTA_ERROR_FORMAT, "%s. Calibrate the camera again.",
                         sg_say(sg_error_language(error), fault))
               : SAGITTA_OK;
}

static sagitta_status take(void *out, json_t *root, sagitta_error *error) {
  sagitta_camera camera;
  memset(&camera, 0, sizeof camera);
  const sagitta_status status = read_root(&camera, root, error);
  if (status == SAGITTA_OK) *(sagitta_camera *)out = camera;
  return status;
}

static const sg_json_kind kind = {
  .schema = "sagitta-camera/1",
  .name = SG_TRANSLATABLE("camera"),
  .maker = SG_TRANSLATABLE("\"sagitta calibrate lens\" or \"sagitta calibrate plane\" makes one."),
  .most = (size_t)1 << 20,
  .take = take,
};

sagitta_status sagitta_camera_parse(sagitta_camera *out, const char *text, size_t length, sagitta_error *error) {
  return sg_json_parse(&kind, out, text, length, error);
}

sagitta_status sagitta_camera_read(sagitta_camera *out, const char *path, sagitta_error *error) {
  return sg_json_read(&kind, out, path, error);
}

/* ---- writing ---- */

/* Takes over `value`; false when memory is short. */
static bool put(json_t *object, const char *key, json_t *value) {
  return json_object_set_new(object, key, value) == 0;
}

static bool put_numbers(json_t *object, sagitta_lens_model model, const double middle[4], const double *terms) {
  bool done = put(object, "fx", json_real(middle[0])) && put(object, "fy", json_real(middle[1])) &&
              put(object, "cx", json_real(middle[2])) && put(object, "cy", json_real(middle[3]));
  for (int i = 0; i < 5 && terms_of(model)[i]; i++) done = done && put(object, terms_of(model)[i], json_real(terms[i]));
  return done;
}

static bool put_lens(json_t *root, const sagitta_lens *l) {
  json_t *lens = json_object();
  if (!put(root, "lens", lens) ||
      !put(lens, "model", json_string(l->model == SAGITTA_LENS_FISHEYE ? "fisheye" : "brown")) ||
      !put_numbers(lens, l->model, (const double[4]){ l->fx, l->fy, l->cx, l->cy }, l->k)) {
    return false;
  }
  json_t *spread = json_object();
  return put(lens, "standard_deviations", spread) &&
         put_numbers(spread, l->model, (const double[4]){ l->fx_sd, l->fy_sd, l->cx_sd, l->cy_sd }, l->k_sd) &&
         put(lens, "rms_px", json_real(l->rms)) && put(lens, "views", json_integer(l->views));
}

static bool put_plane(json_t *root, const sagitta_plane *p) {
  const double *h = p->to_cm;
  return put(
      root, "plane",
      json_pack("{s:[[f,f,f],[f,f,f],[f,f,f]], s:f, s:f, s:f, s:b, s:b}", "to_cm", h[0], h[1], h[2], h[3], h[4], h[5],
                h[6], h[7], h[8], "scale_share", p->scale_share, "level_sd_deg", p->level_sd_deg, "tilt_sd_deg",
                p->tilt_sd_deg, "level_known", (int)p->level_known, "perspective_known", (int)p->perspective_known));
}

static sagitta_status give(const sagitta_camera *camera, json_t **out, sagitta_error *error) {
  const char *fault = sg_camera_fault(camera);
  if (fault)
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "%s. Calibrate the camera again.",
                   sg_say(sg_error_language(error), fault));
  json_t *root = json_object();
  char date[SAGITTA_DATE_TEXT];
  memcpy(date, camera->date, sizeof date);
  sg_clean_text(date, sizeof date);
  const bool done =
      root && put(root, "schema", json_string(kind.schema)) && put(root, "width", json_integer(camera->width)) &&
      put(root, "height", json_integer(camera->height)) && (!*date || put(root, "date", json_string(date))) &&
      (!camera->has_lens || put_lens(root, &camera->lens)) && (!camera->has_plane || put_plane(root, &camera->plane));
  if (!done) json_decref(root);
  *out = done ? root : NULL;
  return SAGITTA_OK;
}

sagitta_status sagitta_camera_print(const sagitta_camera *camera, char **text, size_t *length, sagitta_error *error) {
  if (text) *text = NULL;
  if (!camera || !text) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No camera, or no place for its text.");
  json_t *root = NULL;
  const sagitta_status status = give(camera, &root, error);
  return status == SAGITTA_OK ? sg_json_print(&kind, root, text, length, error) : status;
}

sagitta_status sagitta_camera_write(const sagitta_camera *camera, const char *path, sagitta_error *error) {
  if (!camera) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No camera was given.");
  json_t *root = NULL;
  const sagitta_status status = give(camera, &root, error);
  return status == SAGITTA_OK ? sg_json_write(&kind, root, path, error) : status;
}
