/* SPDX-License-Identifier: Apache-2.0 */
#include "drawing/surroundings.h"

#include <math.h>
#include <stdbool.h>

/* In trunk lengths (about 50 cm). Half a body's depth is 0.25; the rest is room for clothes, for the buttocks behind
 * the hip marker, and for markers that slide. */
#define TRUNK_ROOM 0.50
#define LEG_ROOM   0.42
#define ARM_ROOM   0.30
#define ARM        1.45 /* shoulder to fingertips */
#define SHANK      0.95 /* knee to sole */
#define FOOT       0.45 /* ankle to toes */
#define RULER_ROOM 0.25

static bool known(sagitta_sample s) {
  return s.state != SAGITTA_LOST && isfinite(s.x) && isfinite(s.y);
}

/* Where a role is, or was or will be in the nearest row; false: nowhere. */
static bool nearest(const sagitta_tracks *tracks, size_t row, sagitta_role role, sagitta_sample *out) {
  if (!sagitta_tracks_has(tracks, role)) return false;
  const size_t rows = sagitta_tracks_rows(tracks);
  if (row >= rows) row = rows ? rows - 1 : 0;
  for (size_t away = 0; away < rows; away++) {
    for (int side = 0; side < 2; side++) {
      if (side ? row + away >= rows : away > row) continue;
      *out = sagitta_tracks_get(tracks, side ? row + away : row - away, role);
      if (known(*out)) return true;
    }
  }
  return false;
}

static void add(surroundings *s, double x0, double y0, double x1, double y1, double radius) {
  if (s->parts < SURROUNDINGS_MAX) s->part[s->parts++] = (surround){ x0, y0, x1, y1, radius };
}

/* The leg: to the ankle where there is one, else as far down as the sole can be. */
static void add_leg(surroundings *s, const sagitta_tracks *tracks, size_t row, double trunk, int forward,
                    sagitta_sample hip) {
  sagitta_sample knee, ankle;
  if (!nearest(tracks, row, SAGITTA_KNEE, &knee)) {
    add(s, hip.x, hip.y, hip.x, hip.y + 2 * SHANK * trunk, LEG_ROOM * trunk);
    return;
  }
  add(s, hip.x, hip.y, knee.x, knee.y, LEG_ROOM * trunk);
  if (nearest(tracks, row, SAGITTA_ANKLE, &ankle)) {
    add(s, knee.x, knee.y, ankle.x, ankle.y, LEG_ROOM * trunk);
  } else {
    /* Lying and seated legs go on as the thigh does, standing ones downward: both are kept. */
    const double length = hypot(knee.x - hip.x, knee.y - hip.y);
    ankle = knee;
    ankle.y += 0.9 * SHANK * trunk;
    add(s, knee.x, knee.y, ankle.x, ankle.y, LEG_ROOM * trunk);
    if (length > 0 && fabs(knee.x - hip.x) > 0.5 * length) {
      const double on = SHANK * trunk / length;
      add(s, knee.x, knee.y, knee.x + on * (knee.x - hip.x), knee.y + on * (knee.y - hip.y), LEG_ROOM * trunk);
    }
  }
  add(s, ankle.x, ankle.y, ankle.x + forward * FOOT * trunk, ankle.y, ARM_ROOM * trunk);
}

void surroundings_of(surroundings *s, const sagitta_tracks *tracks, size_t row, double trunk, int forward) {
  sagitta_sample shoulder, hip, hand, ruler[2];
  *s = (surroundings){ .parts = 0 };
  if (!nearest(tracks, row, SAGITTA_SHOULDER, &shoulder) || !nearest(tracks, row, SAGITTA_HIP, &hip)) return;
  add(s, shoulder.x, shoulder.y, hip.x, hip.y, TRUNK_ROOM * trunk);
  if (nearest(tracks, row, SAGITTA_HAND, &hand)) {
    add(s, shoulder.x, shoulder.y, hand.x, hand.y, ARM_ROOM * trunk);
  } else {
    add(s, shoulder.x, shoulder.y, shoulder.x, shoulder.y + ARM * trunk, ARM_ROOM * trunk);
  }
  add_leg(s, tracks, row, trunk, forward, hip);
  if (nearest(tracks, row, SAGITTA_RULER0, &ruler[0]) && nearest(tracks, row, SAGITTA_RULER1, &ruler[1])) {
    add(s, ruler[0].x, ruler[0].y, ruler[0].x, ruler[0].y, RULER_ROOM * trunk);
    add(s, ruler[1].x, ruler[1].y, ruler[1].x, ruler[1].y, RULER_ROOM * trunk);
  }
}

double surroundings_outside(const surroundings *s, double x, double y) {
  double least = INFINITY;
  for (size_t i = 0; i < s->parts; i++) {
    const surround *p = &s->part[i];
    const double dx = p->x1 - p->x0, dy = p->y1 - p->y0, length = dx * dx + dy * dy;
    double along = length > 0 ? ((x - p->x0) * dx + (y - p->y0) * dy) / length : 0;
    along = fmin(fmax(along, 0), 1);
    least = fmin(least, hypot(x - p->x0 - along * dx, y - p->y0 - along * dy) - p->radius);
  }
  return least;
}
