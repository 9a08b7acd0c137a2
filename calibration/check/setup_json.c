/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta-check/1; its JSON Schema is check.schema.json beside the public headers. */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/base.h"
#include "base/json.h"
#include "calibration/check/setup_check.h"
#include "sagitta/version.h"

/* It is only written. */
static const sg_json_kind check_kind = { .schema = "sagitta-check/1", .name = "check" };

/* Numbers of a struct in the order of the document; what is NAN is left out. */
typedef struct number_field {
  const char *key; /* NULL ends a table */
  size_t offset;   /* of the double in its struct */
  int decimals;
} number_field;

#define MARKER(key, name, decimals) \
  { key, offsetof(sagitta_check_marker, name), decimals }
#define FACT(key, name, decimals) \
  { key, offsetof(sagitta_check_facts, name), decimals }

static const number_field marker_fields[] = {
  MARKER("x", x, 2),
  MARKER("y", y, 2),
  MARKER("size_px", size_px, 2),
  MARKER("edge_px", edge_px, 2),
  MARKER("separation", separation, 1),
  MARKER("seen", seen, 4),
  { NULL, 0, 0 },
};
static const number_field roll_fields[] = {
  FACT("roll_deg", roll_deg, 2),
  FACT("roll_sd_deg", roll_sd_deg, 2),
  { NULL, 0, 0 },
};
static const number_field camera_fields[] = {
  FACT("yaw_deg", yaw_deg, 1),
  FACT("yaw_low_deg", yaw_low, 1),
  FACT("yaw_high_deg", yaw_high, 1),
  FACT("frame_rate", frame_rate, 4),
  FACT("shutter", shutter, 2),
  FACT("blur_px", blur_px, 1),
  FACT("longest_exposure_s", longest_exposure_s, 4),
  { NULL, 0, 0 },
};
static const number_field person_fields[] = {
  FACT("stature_px", stature_px, 1), FACT("head_room", head_room, 3),   FACT("foot_room", foot_room, 3),
  FACT("left_room", left_room, 3),   FACT("right_room", right_room, 3), { NULL, 0, 0 },
};
static const number_field light_fields[] = {
  FACT("brightness", brightness, 3), FACT("clipped", clipped, 4),       FACT("dark", dark, 4),
  FACT("flicker", flicker, 4),       FACT("flicker_hz", flicker_hz, 0), { NULL, 0, 0 },
};

static void put_fields(bool *whole, json_t *object, const number_field *field, const void *from) {
  for (; field->key; field++) {
    double value;
    memcpy(&value, (const char *)from + field->offset, sizeof value);
    sg_json_put_number(whole, object, field->key, value, field->decimals);
  }
}

static json_t *object_of(bool *whole, const number_field *fields, const void *from) {
  json_t *o = json_object();
  put_fields(whole, o, fields, from);
  return o;
}

static json_t *marker_of(bool *whole, const sagitta_check *check, int r) {
  const sagitta_check_marker *m = &check->facts.marker[r];
  const sagitta_marker_colour *c = &check->facts.colours.role[r];
  json_t *o = json_object();
  sg_json_put(whole, o, "shape", json_string(sagitta_shape_name(m->shape)));
  put_fields(whole, o, marker_fields, m);
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
  json_t *o = object_of(whole, roll_fields, f);
  if (!isnan(f->roll_deg)) {
    sg_json_put(whole, o, "roll_from", json_string(f->roll_from_edges ? "room" : "posture"));
  }
  put_fields(whole, o, camera_fields, f);
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
  sg_json_put(&whole, root, "person", object_of(&whole, person_fields, &check->facts));
  sg_json_put(&whole, root, "light", object_of(&whole, light_fields, &check->facts));
  sg_json_put(&whole, root, "lines", lines_of(&whole, check));
  if (!whole) {
    json_decref(root);
    root = NULL;
  }
  return sg_json_print(&check_kind, root, text, length, error);
}
