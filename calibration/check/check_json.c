/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta-check/1; its JSON Schema is check.schema.json beside the public headers. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "calibration/check/judge.h"
#include "sagitta/version.h"

/* The first failure sticks, so that callers need not look. */
static void put(bool *whole, json_t *object, const char *key, json_t *value) {
  if (!value || json_object_set_new(object, key, value) != 0) *whole = false;
}

static void put_number(bool *whole, json_t *object, const char *key, double value, int decimals) {
  if (isfinite(value)) put(whole, object, key, json_real(sg_round(value, decimals)));
}

/* File names may be no UTF-8. */
static json_t *text_of(const char *value) {
  json_t *text = json_string(value);
  if (text) return text;
  char clean[SAGITTA_SOURCE_TEXT];
  size_t n = 0;
  for (; value[n] && n + 1 < sizeof clean; n++) clean[n] = (unsigned char)value[n] < 0x80 ? value[n] : '?';
  clean[n] = '\0';
  return json_string(clean);
}

static json_t *marker_of(bool *whole, const sagitta_check *check, int r) {
  const sagitta_check_marker *m = &check->facts.marker[r];
  const sagitta_marker_colour *c = &check->facts.colours.role[r];
  json_t *o = json_object();
  put(whole, o, "shape", json_string(sagitta_shape_name(m->shape)));
  put_number(whole, o, "x", m->x, 2);
  put_number(whole, o, "y", m->y, 2);
  put_number(whole, o, "size_px", m->size_px, 2);
  put_number(whole, o, "edge_px", m->edge_px, 2);
  put_number(whole, o, "separation", m->separation, 1);
  put_number(whole, o, "seen", m->seen, 4);
  size_t stickers;
  const sagitta_sticker *sticker = sagitta_stickers(&stickers);
  if (c->found && c->better >= 0 && c->separation < SAGITTA_SEPARATION_LEAST) {
    put(whole, o, "better_sticker", json_string(sticker[c->better].name));
  }
  return o;
}

static json_t *markers_of(bool *whole, const sagitta_check *check) {
  json_t *o = json_object();
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (!check->facts.marker[r].found) continue;
    put(whole, o, sagitta_role_name((sagitta_role)r), marker_of(whole, check, r));
  }
  return o;
}

static json_t *camera_of(bool *whole, const sagitta_check_facts *f) {
  json_t *o = json_object();
  put_number(whole, o, "roll_deg", f->roll_deg, 2);
  put_number(whole, o, "roll_sd_deg", f->roll_sd_deg, 2);
  if (!isnan(f->roll_deg)) {
    put(whole, o, "roll_from", json_string(f->roll_from_edges ? "room" : "posture"));
  }
  put_number(whole, o, "yaw_deg", f->yaw_deg, 1);
  put_number(whole, o, "yaw_low_deg", f->yaw_low, 1);
  put_number(whole, o, "yaw_high_deg", f->yaw_high, 1);
  put_number(whole, o, "frame_rate", f->frame_rate, 4);
  put_number(whole, o, "shutter", f->shutter, 2);
  put_number(whole, o, "blur_px", f->blur_px, 1);
  put_number(whole, o, "longest_exposure_s", f->longest_exposure_s, 4);
  return o;
}

static json_t *person_of(bool *whole, const sagitta_check_facts *f) {
  json_t *o = json_object();
  put_number(whole, o, "stature_px", f->stature_px, 1);
  put_number(whole, o, "head_room", f->head_room, 3);
  put_number(whole, o, "foot_room", f->foot_room, 3);
  put_number(whole, o, "left_room", f->left_room, 3);
  put_number(whole, o, "right_room", f->right_room, 3);
  return o;
}

static json_t *light_of(bool *whole, const sagitta_check_facts *f) {
  json_t *o = json_object();
  put_number(whole, o, "brightness", f->brightness, 3);
  put_number(whole, o, "clipped", f->clipped, 4);
  put_number(whole, o, "dark", f->dark, 4);
  put_number(whole, o, "flicker", f->flicker, 4);
  put_number(whole, o, "flicker_hz", f->flicker_hz, 0);
  return o;
}

static json_t *lines_of(bool *whole, const sagitta_check *check) {
  json_t *array = json_array();
  for (size_t i = 0; i < check->lines; i++) {
    const sagitta_check_line *line = &check->line[i];
    json_t *o = json_object();
    put(whole, o, "topic", json_string(sagitta_check_topic_name(line->topic)));
    put(whole, o, "grade", json_string(sagitta_check_grade_name(line->grade)));
    if (line->role >= 0) put(whole, o, "marker", json_string(sagitta_role_name((sagitta_role)line->role)));
    put(whole, o, "message", text_of(line->message));
    if (json_array_append_new(array, o) != 0) *whole = false;
  }
  return array;
}

sagitta_status sagitta_check_print(const sagitta_check *check, char **text, size_t *length, sagitta_error *error) {
  if (text) *text = NULL;
  if (!check || !text) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No check, or no place for its text.");
  bool whole = true;
  json_t *root = json_object();
  put(&whole, root, "schema", json_string("sagitta-check/1"));
  put(&whole, root, "version", json_string(SAGITTA_VERSION));
  put(&whole, root, "ready", json_boolean(sagitta_check_ready(check)));
  put(&whole, root, "source", text_of(check->input.source));
  put(&whole, root, "width", json_integer(check->input.width));
  put(&whole, root, "height", json_integer(check->input.height));
  const char *set = sagitta_marker_set_name(check->set);
  put(&whole, root, "marker_set", set ? json_string(set) : json_null());
  put(&whole, root, "markers", markers_of(&whole, check));
  put(&whole, root, "camera", camera_of(&whole, &check->facts));
  put(&whole, root, "person", person_of(&whole, &check->facts));
  put(&whole, root, "light", light_of(&whole, &check->facts));
  put(&whole, root, "lines", lines_of(&whole, check));
  char *dumped = whole ? json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(12)) : NULL;
  json_decref(root);
  const size_t size = dumped ? strlen(dumped) : 0;
  char *line = dumped ? realloc(dumped, size + 2) : NULL;
  if (!line) {
    free(dumped);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to write the check.");
  }
  memcpy(line + size, "\n", 2);
  *text = line;
  if (length) *length = size + 1;
  return SAGITTA_OK;
}
