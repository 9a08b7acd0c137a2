/* SPDX-License-Identifier: Apache-2.0 */
/* The picture that our own TRC files state, read and written: one row a key. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "tracks/tracks_file.h"

#define SIGMA_DECIMALS 4
#define SIGMA_MOST     100 /* px */

#define MARK "sagitta-view/1"

static const char sigma_ending[] = "_sigma";

/* In the order in which they are written. */
static const struct {
  const char *name;
  size_t offset; /* of the value in sg_stated_view */
  double least, most;
  int decimals;
  bool needed;
} keys[] = {
  { "width", offsetof(sg_stated_view, width), 1, SAGITTA_PICTURE_MAX, 0, true },
  { "height", offsetof(sg_stated_view, height), 1, SAGITTA_PICTURE_MAX, 0, true },
  { "left", offsetof(sg_stated_view, left), -1e6, 1e6, 6, true },
  { "top", offsetof(sg_stated_view, top), -1e6, 1e6, 6, true },
  { "mm_per_px", offsetof(sg_stated_view, mm_per_px), 1e-2, 100, 6, true },
  { "scale_sd", offsetof(sg_stated_view, scale_sd), 0, 1, 6, true },
  { "level_sd", offsetof(sg_stated_view, level_sd), 0, 90, 4, false },
  { "tilt_sd", offsetof(sg_stated_view, tilt_sd), 0, 90, 4, false },
  { "focal", offsetof(sg_stated_view, focal), 1, 1e6, 2, false },
  { "lens_sd", offsetof(sg_stated_view, lens_sd), 0, 10, 6, false },
};
#define KEYS (sizeof keys / sizeof *keys)

static double value_of(const sg_stated_view *view, size_t k) {
  double value;
  memcpy(&value, (const char *)view + keys[k].offset, sizeof value);
  return value;
}

static void set_value(sg_stated_view *view, size_t k, double value) {
  memcpy((char *)view + keys[k].offset, &value, sizeof value);
}

/* ---- reading ---- */

static bool take_value(sg_span text, double *value, double least, double most) {
  return sg_parse_number(&text.at, text.end, value) && sg_span_empty(text) && *value >= least && *value <= most;
}

/* "hip_sigma": of that role; −1 for other names. */
static int sigma_of(sg_span name) {
  const size_t tail = sizeof sigma_ending - 1;
  if (sg_span_size(name) <= tail || memcmp(name.end - tail, sigma_ending, tail) != 0) return -1;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (sg_span_is((sg_span){ name.at, name.end - tail }, sagitta_role_name((sagitta_role)role))) return role;
  }
  return -1;
}

/* "KEY=VALUE". Keys of later versions are passed over. */
static bool take_pair(sg_stated_view *view, sg_span word) {
  const char *equals_at = memchr(word.at, '=', sg_span_size(word));
  if (!equals_at) return false;
  const sg_span name = { word.at, equals_at }, text = { equals_at + 1, word.end };
  if (sg_span_is(name, "points")) {
    for (int p = SAGITTA_POINTS_MARKERS; p <= SAGITTA_POINTS_KEYPOINTS; p++) {
      if (sg_span_is(text, sagitta_points_name((sagitta_points)p))) view->points = (sagitta_points)p;
    }
    return view->points != SAGITTA_POINTS_UNSTATED;
  }
  const int role = sigma_of(name);
  if (role >= 0) return take_value(text, &view->sigma[role], 0, SIGMA_MOST);
  for (size_t k = 0; k < KEYS; k++) {
    if (!sg_span_is(name, keys[k].name)) continue;
    double value;
    if (!take_value(text, &value, keys[k].least, keys[k].most)) return false;
    set_value(view, k, value);
    return true;
  }
  return true;
}

sg_stated_view sg_stated_view_parse(const char *at, const char *end) {
  sg_stated_view view = { .given = false };
  for (int role = 0; role < SAGITTA_ROLES; role++) view.sigma[role] = NAN;
  for (size_t k = 0; k < KEYS; k++) set_value(&view, k, NAN);
  const char begin[] = MARK " ";
  const char *found = memmem(at, (size_t)(end - at), begin, strlen(begin));
  if (!found) return view;
  for (at = found + strlen(begin); at < end;) {
    const char *stop = at;
    while (stop < end && !sg_is_blank(*stop)) stop++;
    if (stop > at && !take_pair(&view, (sg_span){ at, stop })) return view;
    at = stop < end ? stop + 1 : stop;
  }
  view.given =
      floor(view.width) == view.width && floor(view.height) == view.height && isnan(view.focal) == isnan(view.lens_sd);
  for (size_t k = 0; k < KEYS; k++) view.given = view.given && !(keys[k].needed && isnan(value_of(&view, k)));
  return view;
}

/* ---- writing ---- */

static void put_pair(sg_buffer *to, const char *key, const char *ending, double value, int decimals) {
  sg_buffer_text(to, " ");
  sg_buffer_text(to, key);
  sg_buffer_text(to, ending);
  sg_buffer_text(to, "=");
  sg_buffer_short(to, value, decimals);
}

void sg_stated_view_print(const sg_stated_view *view, sg_buffer *to) {
  const char *points = sagitta_points_name(view->points);
  sg_buffer_text(to, MARK);
  for (size_t k = 0; k < KEYS; k++) {
    const double value = value_of(view, k);
    if (keys[k].needed || !isnan(value)) put_pair(to, keys[k].name, "", value, keys[k].decimals);
  }
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (isnan(view->sigma[role])) continue;
    put_pair(to, sagitta_role_name((sagitta_role)role), sigma_ending, view->sigma[role], SIGMA_DECIMALS);
  }
  if (points) {
    sg_buffer_text(to, " points=");
    sg_buffer_text(to, points);
  }
}
