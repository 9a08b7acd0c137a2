/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The start of a free movement: squats, lifts, standing up, walking. The first quiet stretch is the reference, in
 * whatever posture. Which way the person faces is told by the knee, which bends one way only; else by the way walked,
 * by the trunk, which leans forward further than back, and last by the thigh.
 */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/translate.h"
#include "body/start.h"

#define QUIET_S      0.4  /* s: so much quiet is a start */
#define KNEE_DEG     15.0 /* a knee that bends by so much tells the side */
#define TRUNK_DEG    10.0 /* so does a trunk that leans so much further to one side */
#define LYING_DEG    60.0 /* of the trunk from upright, all the time */
#define THIGH_DEG    5.0
#define WALK_LENGTHS 2.0 /* of the thigh, that a walking person's hip travels */

/* deg/s of whatever turns fastest: first slower than this, else than the second. */
static const double quiet_deg_s[] = { 4.0, 8.0 };

/* ---- the side ---- */

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

static bool faces_right(const sg_signals *s, double *scratch) {
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

/* ---- the rows ---- */

/* Add to speed[] (deg/s) how fast an angle turns; NAN where what is never hidden elsewhere is unknown. */
static void add_speed(const sg_signals *s, const double *angle, double *speed) {
  for (size_t i = 0; i < s->rows; i++) {
    const double turning = fabs(sg_turning(s, angle, i));
    if (!(turning <= speed[i])) speed[i] = turning;
  }
}

static void find_speed(const sg_signals *s, double *scratch, double *speed) {
  const sagitta_role lines[][2] = { { SAGITTA_KNEE, SAGITTA_HIP },
                                    { SAGITTA_HIP, SAGITTA_SHOULDER },
                                    { SAGITTA_ANKLE, SAGITTA_KNEE } };
  const double *axes[] = { s->value[sg_signals_pelvis(s)][SG_CHANNEL_AXIS], s->value[SAGITTA_RIBS][SG_CHANNEL_AXIS] };
  for (size_t i = 0; i < s->rows; i++) speed[i] = 0;
  for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
    if (!s->value[lines[k][0]][SG_CHANNEL_X] || !s->value[lines[k][1]][SG_CHANNEL_X]) continue;
    sg_lean_rows(s, lines[k][0], lines[k][1], 0, scratch);
    add_speed(s, scratch, speed);
  }
  for (size_t k = 0; k < sizeof axes / sizeof *axes; k++) {
    if (axes[k]) add_speed(s, axes[k], speed);
  }
}

/* The first stretch of QUIET_S in which nothing turns faster. */
static bool find_quiet(const sg_signals *s, const double *speed, double most, sg_start *out) {
  const double *t = s->time;
  size_t k;
  for (size_t i = 0; i < s->rows; i = k + 1) {
    for (k = i; k < s->rows && speed[k] <= most && t[k] - t[i] <= 2; k++) {
    }
    if (k <= i + 1 || t[k - 1] - t[i] < QUIET_S - 1.5 / s->rate) continue;
    out->from = i;
    out->to = k;
    return true;
  }
  return false;
}

sagitta_status sg_start_of_free(sg_start *out, bool *in_space, const sg_signals *s, const sg_opening *opening,
                                sagitta_error *error) {
  double *scratch = malloc(s->rows * sizeof *scratch), *speed = malloc(s->rows * sizeof *speed);
  sagitta_status status = SAGITTA_OK;
  size_t first = 0;
  while (first < s->rows && isnan(sg_line(s, SAGITTA_KNEE, SAGITTA_HIP, first).x)) first++;
  if (!scratch || !speed) {
    status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to analyse %zu frames. Cut the recording shorter.",
                     s->rows);
  } else if (first == s->rows) {
    status = sg_start_hidden(s, opening, 0, s->rows, SG_TRANSLATABLE("the whole time"), error);
  } else {
    out->right = faces_right(s, scratch);
    find_speed(s, scratch, speed);
    out->still = find_quiet(s, speed, quiet_deg_s[0], out) || find_quiet(s, speed, quiet_deg_s[1], out);
    *in_space = !out->still;
    if (*in_space) {
      out->from = first;
      out->to = first + 1;
    }
  }
  free(scratch);
  free(speed);
  return status;
}
