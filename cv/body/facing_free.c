/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which way a person faces who does whatever they like: squats, lifts, standing up, walking. The knee tells it, which
 * bends one way only; else the way walked, the trunk, which leans forward further than back, and last the thigh.
 */
#include <math.h>

#include "body/start.h"

#define KNEE_DEG     15.0 /* a knee that bends by so much tells the side */
#define TRUNK_DEG    10.0 /* so does a trunk that leans so much further to one side */
#define LYING_DEG    60.0 /* of the trunk from upright, all the time */
#define THIGH_DEG    5.0
#define WALK_LENGTHS 2.0 /* of the thigh, that a walking person's hip travels */

static double larger_side(const double *v, size_t n) {
  const sg_extent e = sg_extent_of(v, n);
  return e.low > e.high ? 0 : e.high + e.low;
}

/* How far the knee bends, were the person facing right, deg; 0 without an ankle. */
static double knee_side(const sg_signals *s, double *scratch) {
  for (size_t i = 0; i < s->rows; i++) {
    const sg_xy shank = sg_line(s, SAGITTA_ANKLE, SAGITTA_KNEE, i), thigh = sg_line(s, SAGITTA_KNEE, SAGITTA_HIP, i);
    scratch[i] = isnan(shank.x) || isnan(thigh.x) ? NAN : sg_nearest_turn(sg_lean(shank) - sg_lean(thigh), 0);
  }
  return larger_side(scratch, s->rows);
}

/* How many thighs' lengths the hip travels to the right. */
static double way_walked(const sg_signals *s) {
  double first = NAN, last = NAN, length = 0;
  for (size_t i = 0; i < s->rows; i++) {
    const sg_xy thigh = sg_line(s, SAGITTA_KNEE, SAGITTA_HIP, i);
    if (isnan(thigh.x)) continue;
    last = s->value[SAGITTA_HIP][SG_CHANNEL_X][i];
    if (isnan(first)) first = last;
    length = fmax(length, hypot(thigh.x, thigh.y));
  }
  return length > 0 ? (last - first) / length : 0;
}

bool sg_facing_free(const sg_signals *s, double *scratch) {
  const double knee = knee_side(s, scratch), walked = way_walked(s);
  if (fabs(knee) >= KNEE_DEG) return knee > 0;
  if (fabs(walked) >= WALK_LENGTHS) return walked > 0;
  sg_lean_rows(s, SAGITTA_HIP, SAGITTA_SHOULDER, 0, scratch);
  const sg_extent lean = sg_extent_of(scratch, s->rows);
  const bool lies = lean.low > LYING_DEG || lean.high < -LYING_DEG; /* which says nothing of the face */
  const double trunk = larger_side(scratch, s->rows);
  if (!lies && fabs(trunk) >= TRUNK_DEG) return trunk > 0;
  sg_lean_rows(s, SAGITTA_KNEE, SAGITTA_HIP, 0, scratch);
  return larger_side(scratch, s->rows) < THIGH_DEG; /* the knee goes ahead of the hip; else right */
}
