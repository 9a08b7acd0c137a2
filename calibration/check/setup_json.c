/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta-check/1; its JSON Schema is check.schema.json beside the public headers. */
#include <math.h>

#include "base/base.h"
#include "base/json_file.h"
#include "calibration/check/setup_check.h"
#include "sagitta/version.h"

/* It is only written. */
static const sg_json_kind check_kind = { .schema = "sagitta-check/1", .name = "check" };

static json_t *marker_of(bool *whole, const sagitta_check *check, int r) {
  const sagitta_check_marker *m = &check->facts.marker[r];
  const sagitta_marker_colour *c = &check->facts.colours.role[r];
  json_t *o = json_object();
  sg_json_put(whole, o, "shape", json_string(sagitta_shape_name(m->shape)));
  sg_json_put_number(whole, o, "x", m->x, 2);
  sg_json_put_number(whole, o, "y", m->y, 2);
  sg_json_put_number(whole, o, "size_px", m->size_px, 2);
  sg_json_put_number(whole, o, "edge_px", m->edge_px, 2);
  sg_json_put_number(whole, o, "separation", m->separation, 1);
  sg_json_put_number(whole, o, "seen", m->seen, 4);
  size_t stickers;
  const sagitta_sticker *sticker = sagitta_stickers(&stickers);
  if (c->found && c->better >= 0 && c->separation < SAGITTA_SEPARATION_LEAST) {
    sg_json_put(whole, o, "better_sticker", json_string(sticker[c->better].name));
  }
  return o;
}

static json_t *markers_of(bool *whole, const sagitta_check *check) {
  json_t *o = json_object();
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (!check->facts.marker[r].found) continue;
    sg_json_put(whole, o, sagitta_role_name((sagitta_role)r), marker_of(whole, check, r));
  }
  return o;
}

static json_t *camera_of(bool *whole, const sagitta_check_facts *f) {
  json_t *o = json_object();
  sg_json_put_number(whole, o, "roll_deg", f->roll_deg, 2);
  sg_json_put_number(whole, o, "roll_sd_deg", f->roll_sd_deg, 2);
  if (!isnan(f->roll_deg)) {
    sg_json_put(whole, o, "roll_from", json_string(f->roll_from_edges ? "room" : "posture"));
  }
  sg_json_put_number(whole, o, "yaw_deg", f->yaw_deg, 1);
  sg_json_put_number(whole, o, "yaw_low_deg", f->yaw_low, 1);
  sg_json_put_number(whole, o, "yaw_high_deg", f->yaw_high, 1);
  sg_json_put_number(whole, o, "frame_rate", f->frame_rate, 4);
  sg_json_put_number(whole, o, "shutter", f->shutter, 2);
  sg_json_put_number(whole, o, "blur_px", f->blur_px, 1);
  sg_json_put_number(whole, o, "longest_exposure_s", f->longest_exposure_s, 4);
  return o;
}

static json_t *person_of(bool *whole, const sagitta_check_facts *f) {
  json_t *o = json_object();
  sg_json_put_number(whole, o, "stature_px", f->stature_px, 1);
  sg_json_put_number(whole, o, "head_room", f->head_room, 3);
  sg_json_put_number(whole, o, "foot_room", f->foot_room, 3);
  sg_json_put_number(whole, o, "left_room", f->left_room, 3);
  sg_json_put_number(whole, o, "right_room", f->right_room, 3);
  return o;
}

static json_t *light_of(bool *whole, const sagitta_check_facts *f) {
  json_t *o = json_object();
  sg_json_put_number(whole, o, "brightness", f->brightness, 3);
  sg_json_put_number(whole, o, "clipped", f->clipped, 4);
  sg_json_put_number(whole, o, "dark", f->dark, 4);
  sg_json_put_number(whole, o, "flicker", f->flicker, 4);
  sg_json_put_number(whole, o, "flicker_hz", f->flicker_hz, 0);
  return o;
}

static json_t *lines_of(bool *whole, const sagitta_check *check) {
  json_t *array = json_array();
  for (size_t i = 0; i < check->lines; i++) {
    const sagitta_check_line *line = &check->line[i];
    json_t *o = json_object();
    sg_json_put(whole, o, "topic", json_string(sagitta_check_topic_name(line->topic)));
    sg_json_put(whole, o, "grade", json_string(sagitta_check_grade_name(line->grade)));
    if (line->role >= 0) sg_json_put(whole, o, "marker", json_string(sagitta_role_name((sagitta_role)line->role)));
    sg_json_put(whole, o, "message", sg_json_text(line->message));
    sg_json_append(whole, array, o);
  }
  return array;
}

sagitta_status sagitta_check_print(const sagitta_check *check, char **text, size_t *length, sagitta_error *error) {
  if (text) *text = NULL;
  if (!check || !text) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No check, or no place for its text.");
  bool whole = true;
  json_t *root = json_object();
  sg_json_put(&whole, root, "schema", json_string(check_kind.schema));
  sg_json_put(&whole, root, "version", json_string(SAGITTA_VERSION));
  sg_json_put(&whole, root, "ready", json_boolean(sagitta_check_ready(check)));
  sg_json_put(&whole, root, "source", sg_json_text(check->input.source));
  sg_json_put(&whole, root, "width", json_integer(check->input.width));
  sg_json_put(&whole, root, "height", json_integer(check->input.height));
  const char *set = sagitta_marker_set_name(check->set);
  sg_json_put(&whole, root, "marker_set", set ? json_string(set) : json_null());
  sg_json_put(&whole, root, "markers", markers_of(&whole, check));
  sg_json_put(&whole, root, "camera", camera_of(&whole, &check->facts));
  sg_json_put(&whole, root, "person", person_of(&whole, &check->facts));
  sg_json_put(&whole, root, "light", light_of(&whole, &check->facts));
  sg_json_put(&whole, root, "lines", lines_of(&whole, check));
  if (!whole) {
    json_decref(root);
    root = NULL;
  }
  return sg_json_print(&check_kind, root, text, length, error);
}
