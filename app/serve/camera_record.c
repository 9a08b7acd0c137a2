/* SPDX-License-Identifier: Apache-2.0 */
#include "serve/camera_record.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void put_u32(uint8_t *to, uint32_t value) {
  for (int i = 0; i < 4; i++) to[i] = (uint8_t)(value >> (8 * i));
}

size_t camera_record_make(void **out, json_t *document, const uint8_t *jpeg, size_t jpeg_size) {
  enum { HEAD = 8 };
  *out = NULL;
  const size_t json_size = document ? json_dumpb(document, NULL, 0, JSON_COMPACT | JSON_REAL_PRECISION(7)) : 0;
  if (!jpeg) jpeg_size = 0;
  uint8_t *bytes = json_size && jpeg_size < UINT32_MAX / 2 ? malloc(HEAD + json_size + jpeg_size) : NULL;
  size_t size = 0;
  if (bytes) {
    size = HEAD + json_size + jpeg_size;
    put_u32(bytes, (uint32_t)(size - 4));
    put_u32(bytes + 4, (uint32_t)json_size);
    (void)json_dumpb(document, (char *)bytes + HEAD, json_size, JSON_COMPACT | JSON_REAL_PRECISION(7));
    if (jpeg_size) memcpy(bytes + HEAD + json_size, jpeg, jpeg_size);
  }
  json_decref(document);
  *out = bytes;
  return size;
}

const char *camera_cue_name(sagitta_live_cue cue) {
  static const char *const names[] = { "", "armed", "tick", "up", "done", "lost" };
  return (unsigned)cue < sizeof names / sizeof *names ? names[cue] : "";
}

static json_t *number(double value) {
  return isfinite(value) ? json_real(value) : json_null();
}

static json_t *markers_of(const sagitta_live_view *v) {
  static const char *const states[] = { "seen", "filled" };
  json_t *all = json_object();
  for (int i = 0; i < SAGITTA_ROLES; i++) {
    const sagitta_sample *m = &v->marker[i];
    if (!(v->wanted >> i & 1u) || m->state == SAGITTA_LOST || !isfinite(m->x) || !isfinite(m->y)) continue;
    (void)json_object_set_new(
        all, sagitta_role_name((sagitta_role)i),
        json_pack("{s:f, s:f, s:o, s:o, s:o, s:s}", "x", m->x, "y", m->y, "size", number(m->size), "axis",
                  number(m->axis), "length", number(m->length), "state", states[m->state != SAGITTA_SEEN]));
  }
  return all;
}

static json_t *wanted_of(const sagitta_live_view *v) {
  json_t *all = json_array();
  for (int i = 0; i < SAGITTA_ROLES; i++) {
    if (v->wanted >> i & 1u) (void)json_array_append_new(all, json_string(sagitta_role_name((sagitta_role)i)));
  }
  return all;
}

static json_t *repetition_of(const sagitta_live_repetition *r) {
  if (r->number == 0) return json_null();
  return json_pack("{s:I, s:o, s:o, s:o}", "number", (json_int_t)r->number, "end_range_s", number(r->end_range_s),
                   "hip_hinge_deg", number(r->hip_hinge_deg), "lumbar_flexion_deg", number(r->lumbar_flexion_deg));
}

json_t *camera_view_document(const sagitta_live_view *v) {
  return json_pack(
      "{s:f, s:s, s:s, s:s, s:{s:b, s:b, s:b, s:b}, s:f, s:f, s:b, s:I, s:i, s:o, s:o, s:o, s:f, s:o, "
      "s:o, s:o}",
      "time_s", v->time_s, "state", sagitta_live_state_name(v->state), "word", v->state_word, "prompt", v->prompt,
      "met", "light", v->met[SAGITTA_LIVE_CHECK_LIGHT], "markers", v->met[SAGITTA_LIVE_CHECK_MARKERS], "whole_body",
      v->met[SAGITTA_LIVE_CHECK_WHOLE_BODY], "posture", v->met[SAGITTA_LIVE_CHECK_POSTURE], "hold_s", v->hold_s,
      "hold_asked_s", v->hold_asked_s, "hold_runs", v->hold_runs, "repetitions", (json_int_t)v->repetitions, "asked",
      v->asked, "angle_deg", number(v->angle_deg), "hip_hinge_deg", number(v->hip_hinge_deg), "lumbar_flexion_deg",
      number(v->lumbar_flexion_deg), "lag_s", v->lag_s, "provisional", repetition_of(&v->provisional), "markers",
      markers_of(v), "wanted", wanted_of(v));
}
