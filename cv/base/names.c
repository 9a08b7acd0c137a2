/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "sagitta/markers.h"
#include "sagitta/warnings.h"

static const char *const role_names[SAGITTA_ROLES] = { "shoulder", "hip",  "knee",   "ankle", "pelvis",
                                                       "ribs",     "hand", "ruler0", "ruler1" };
static const char *const set_names[] = { NULL, "discs", "strip", "clinic" };
static const char *const points_names[] = { NULL, "markers", "clicked", "keypoints" };
static const char *const shape_names[] = { "any", "disc", "strip" };
static const char *const warning_names[SAGITTA_WARNINGS] = {
#define NAME(upper, lower, meaning) #lower,
  SAGITTA_WARNING_LIST(NAME)
#undef NAME
};

static const char *const warning_meanings[SAGITTA_WARNINGS] = {
#define MEANING(upper, lower, meaning) meaning,
  SAGITTA_WARNING_LIST(MEANING)
#undef MEANING
};

/* The index of `name` in a table, or −1. */
static int find(const char *const *table, int count, const char *name) {
  if (!name) return -1;
  for (int i = 0; i < count; i++) {
    if (table[i] && strcmp(table[i], name) == 0) return i;
  }
  return -1;
}

const char *sagitta_role_name(sagitta_role role) {
  return (unsigned)role < SAGITTA_ROLES ? role_names[role] : NULL;
}

int sagitta_role_from_name(const char *name) {
  if (name && strcmp(name, "ruler") == 0) return SAGITTA_RULER0;
  return find(role_names, SAGITTA_ROLES, name);
}

const char *sagitta_marker_set_name(sagitta_marker_set set) {
  return (unsigned)set <= SAGITTA_SET_CLINIC ? set_names[set] : NULL;
}

sagitta_marker_set sagitta_marker_set_from_name(const char *name) {
  const int found = find(set_names, 4, name);
  return found < 0 ? SAGITTA_SET_UNKNOWN : (sagitta_marker_set)found;
}

const char *sagitta_points_name(sagitta_points points) {
  return (unsigned)points <= SAGITTA_POINTS_KEYPOINTS ? points_names[points] : NULL;
}

sagitta_points sagitta_points_from_name(const char *name) {
  const int found = find(points_names, 4, name);
  return found < 0 ? SAGITTA_POINTS_UNSTATED : (sagitta_points)found;
}

const char *sagitta_shape_name(sagitta_shape shape) {
  return (unsigned)shape <= SAGITTA_SHAPE_STRIP ? shape_names[shape] : "any";
}

const char *sagitta_warning_name(sagitta_warning_code code) {
  return (unsigned)code < SAGITTA_WARNINGS ? warning_names[code] : NULL;
}

const char *sagitta_warning_meaning(sagitta_warning_code code) {
  return (unsigned)code < SAGITTA_WARNINGS ? warning_meanings[code] : NULL;
}

sagitta_warning_code sagitta_warning_from_name(const char *name) {
  const int found = find(warning_names, SAGITTA_WARNINGS, name);
  return found < 0 ? SAGITTA_WARNINGS : (sagitta_warning_code)found;
}

/*
 * Saturated sticker and tape colours under daylight, from sRGB by full-range BT.709: blue (35, 80, 220), green
 * (30, 170, 70), magenta (225, 35, 135), yellow (240, 205, 30), orange (245, 115, 25), cyan (40, 200, 220),
 * red (215, 30, 35). The spread is that of ordinary light: along the line to neutral (shade and exposure) far wider
 * than across it.
 */
sagitta_markers sagitta_markers_default(void) {
  static const struct {
    double cb, cr;
    sagitta_shape shape;
  } start[SAGITTA_ROLES] = {
    [SAGITTA_SHOULDER] = { 203.2, 99.1, SAGITTA_SHAPE_DISC }, [SAGITTA_HIP] = { 94.0, 62.6, SAGITTA_SHAPE_ANY },
    [SAGITTA_KNEE] = { 156.2, 218.4, SAGITTA_SHAPE_DISC },    [SAGITTA_ANKLE] = { 36.5, 153.5, SAGITTA_SHAPE_DISC },
    [SAGITTA_PELVIS] = { 68.1, 197.1, SAGITTA_SHAPE_STRIP },  [SAGITTA_RIBS] = { 156.3, 47.1, SAGITTA_SHAPE_STRIP },
    [SAGITTA_HAND] = { 109.3, 220.3, SAGITTA_SHAPE_DISC },    [SAGITTA_RULER0] = { 36.5, 153.5, SAGITTA_SHAPE_ANY },
    [SAGITTA_RULER1] = { 36.5, 153.5, SAGITTA_SHAPE_ANY },
  };
  const double along = 28.0 * 28.0, across = 12.0 * 12.0;
  sagitta_markers markers;
  memset(&markers, 0, sizeof markers);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    sagitta_marker *m = &markers.role[r];
    const double b = start[r].cb - 128.0, c = start[r].cr - 128.0, n = b * b + c * c;
    m->wanted = true;
    m->shape = start[r].shape;
    m->colour.cb = start[r].cb;
    m->colour.cr = start[r].cr;
    m->colour.spread_bb = across + (along - across) * b * b / n;
    m->colour.spread_br = (along - across) * b * c / n;
    m->colour.spread_rr = across + (along - across) * c * c / n;
  }
  return markers;
}
