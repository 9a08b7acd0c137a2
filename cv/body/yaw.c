/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How far from square-on the camera looks, from the strips alone. Unknowns, each a standard normal but for the strips'
 * true lengths: yaw, pitch and lens of the view's table; for every strip its length and how much it is stretched by the
 * whole bend. Least squares for the rest at each of many yaws, since a strip that only turns looks the same at either
 * sign of the yaw; the yaws are weighed by how well they do.
 */
#include "body/geometry.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STRIPS     3
#define CAMERA     3 /* lens, yaw, pitch */
#define UNKNOWNS   (CAMERA + 2 * STRIPS)
#define READINGS   24 /* rows of each strip that are taken */
#define LEAST_ROWS 8
#define LEAST_TURN 20.0  /* deg, that some strip must turn by to tell anything */
#define ALIKE_DEG  15.0  /* readings of a strip whose directions differ by less … */
#define COVERED    0.95  /* … of their median length: shorter, and it is partly covered; 30° of yaw leave 0.965 */
#define NOISE      0.004 /* of a length: one reading */
#define STRETCH    0.008 /* of a length: tape and skin over the whole bend [J] */
#define TURNS      2     /* steps at each yaw, from its neighbour's solution */
#define YAW_MOST   30.0  /* deg, either way */
#define YAW_STEP   2.5   /* deg */
#define YAWS       25
#define HELD       1e9  /* precision of a yaw that is tried */
#define STEP       0.05 /* standard deviations, for slopes */

static const sagitta_role strips[STRIPS] = { SAGITTA_HIP, SAGITTA_PELVIS, SAGITTA_RIBS };
static const sg_view_error errors[CAMERA] = { SG_VIEW_LENS, SG_VIEW_YAW, SG_VIEW_PITCH };

typedef struct {
  int strip;
  double ends[2][2]; /* plane px: upper, lower */
  double growth;     /* 0–1 of the bend */
  double axis;       /* deg */
  double length;     /* px */
} reading;

static bool is_covered(const reading *all, size_t count, const reading *one) {
  double lengths[READINGS + 1];
  size_t alike = 0;
  for (size_t i = 0; i < count && alike < READINGS + 1; i++) {
    if (all[i].strip == one->strip && fabs(all[i].axis - one->axis) < ALIKE_DEG) lengths[alike++] = all[i].length;
  }
  return one->length < COVERED * sg_median(lengths, alike);
}

/* A strip that is partly covered looks as if it were turned away. */
static size_t drop_covered(reading *all, size_t count) {
  bool covered[STRIPS * (READINGS + 1)];
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) covered[i] = is_covered(all, count, &all[i]);
  for (size_t i = 0; i < count; i++) {
    if (!covered[i]) all[kept++] = all[i];
  }
  return kept;
}

static size_t take_readings(const sg_motion *m, reading *out) {
  const sg_signals *s = m->signals;
  size_t count = 0;
  for (int k = 0; k < STRIPS; k++) {
    const double *length = s->length[strips[k]], *axis = s->value[strips[k]][SG_CHANNEL_AXIS];
    const double *x = s->value[strips[k]][SG_CHANNEL_X], *y = s->value[strips[k]][SG_CHANNEL_Y];
    size_t known = 0;
    for (size_t i = 0; length && i < m->rows; i++) known += !isnan(length[i]) && !isnan(x[i]);
    if (known < LEAST_ROWS) continue;
    const size_t every = known / READINGS + 1;
    size_t at = 0;
    for (size_t i = 0; i < m->rows; i++) {
      if (isnan(length[i]) || isnan(x[i]) || isnan(m->trunk[i]) || at++ % every) continue;
      /* The place of a hip strip is its lower end; of the others, the middle. */
      const double below = strips[k] == SAGITTA_HIP ? 0 : 0.5 * length[i], above = length[i] - below;
      const double dx = sin(axis[i] * SG_RADIANS), dy = -cos(axis[i] * SG_RADIANS);
      out[count++] = (reading){ k,
                                { { x[i] + above * dx, y[i] + above * dy }, { x[i] - below * dx, y[i] - below * dy } },
                                sg_growth(m->trunk[i]),
                                axis[i],
                                length[i] };
    }
  }
  return drop_covered(out, count);
}

/* Logarithm of a reading's length, had the camera been so far off. */
static double log_length(const sg_view *view, const reading *l, const double camera[CAMERA]) {
  double end[2][2];
  for (int e = 0; e < 2; e++) {
    memcpy(end[e], l->ends[e], sizeof end[e]);
    for (int k = 0; k < CAMERA; k++) {
      double moved[2];
      sg_view_disturb(view, errors[k], camera[k], end[e], moved);
      memcpy(end[e], moved, sizeof moved);
    }
  }
  return log(hypot(end[0][0] - end[1][0], end[0][1] - end[1][1]));
}

/* In standard deviations. */
static double miss_of(const sg_view *view, const reading *l, const double u[UNKNOWNS]) {
  const double stretch = STRETCH * l->growth * u[CAMERA + STRIPS + l->strip];
  return (log_length(view, l, u) - u[CAMERA + l->strip] - stretch) / NOISE;
}

static double cost_of(const sg_view *view, const reading *readings, size_t count, const double u[UNKNOWNS]) {
  double sum = 0;
  for (int i = 0; i < UNKNOWNS; i++) sum += i >= CAMERA && i < CAMERA + STRIPS ? 0 : u[i] * u[i];
  for (size_t n = 0; n < count; n++) sum += pow(miss_of(view, &readings[n], u), 2);
  return sum;
}

/* Normal equations at `u`, its yaw held, and the step. False when there is none. */
static bool find_step(const sg_view *view, const reading *readings, size_t count, const double u[UNKNOWNS],
                      double step[UNKNOWNS]) {
  double factor[UNKNOWNS * UNKNOWNS];
  memset(factor, 0, sizeof factor);
  for (int i = 0; i < UNKNOWNS; i++) {
    const bool length = i >= CAMERA && i < CAMERA + STRIPS; /* of which nothing is believed */
    factor[i * UNKNOWNS + i] = length ? 1e-6 : 1;
    step[i] = length ? 0 : -u[i];
  }
  for (size_t n = 0; n < count; n++) {
    const reading *l = &readings[n];
    double slope[UNKNOWNS] = { 0 }, moved[UNKNOWNS];
    const double miss = miss_of(view, l, u);
    for (int k = 0; k < CAMERA; k++) {
      memcpy(moved, u, sizeof moved);
      moved[k] += STEP;
      slope[k] = (miss_of(view, l, moved) - miss) / STEP;
    }
    slope[CAMERA + l->strip] = -1 / NOISE;
    slope[CAMERA + STRIPS + l->strip] = -STRETCH * l->growth / NOISE;
    for (int i = 0; i < UNKNOWNS; i++) {
      step[i] -= slope[i] * miss;
      for (int j = 0; j < UNKNOWNS; j++) factor[i * UNKNOWNS + j] += slope[i] * slope[j];
    }
  }
  factor[UNKNOWNS + 1] += HELD;
  step[1] = 0;
  if (!sg_cholesky(factor, UNKNOWNS)) return false;
  sg_solve_lower(factor, step, UNKNOWNS);
  sg_solve_upper(factor, step, UNKNOWNS);
  return isfinite(step[0]) && isfinite(step[2]);
}

/* Downhill from `u`, its yaw held. The cost there; INFINITY where a step cannot be solved. */
static double descend(const sg_view *view, const reading *readings, size_t count, double u[UNKNOWNS]) {
  double step[UNKNOWNS];
  for (int turn = 0; turn < TURNS; turn++) {
    if (!find_step(view, readings, count, u, step)) return INFINITY;
    for (int i = 0; i < UNKNOWNS; i++) u[i] += step[i];
  }
  const double cost = cost_of(view, readings, count, u);
  return isfinite(cost) ? cost : INFINITY;
}

/* Costs of all yaws, the middle one first and from there outwards. */
static void try_yaws(const sg_view *view, const reading *readings, size_t count, double cost[YAWS]) {
  for (int side = -1; side <= 1; side += 2) {
    double u[UNKNOWNS] = { 0 };
    for (size_t n = count; n-- > 0;) u[CAMERA + readings[n].strip] = log_length(view, &readings[n], u);
    for (int k = YAWS / 2; k >= 0 && k < YAWS; k += side) {
      u[1] = (k - YAWS / 2) * YAW_STEP / view->spread[SG_VIEW_YAW];
      cost[k] = descend(view, readings, count, u);
    }
  }
}

/* Moments and the 95 % interval of the yaw's size, whichever its sign. */
static void weigh(sg_motion *m, const double cost[YAWS]) {
  double least = INFINITY, sum = 0, square = 0, size[YAWS / 2 + 1] = { 0 }, below = 0;
  for (int k = 0; k < YAWS; k++) least = fmin(least, cost[k]);
  if (isinf(least)) return;
  for (int k = 0; k < YAWS; k++) {
    const double yaw = (k - YAWS / 2) * YAW_STEP, weight = exp(-0.5 * (cost[k] - least));
    sum += weight;
    square += weight * yaw * yaw;
    size[abs(k - YAWS / 2)] += weight;
  }
  m->yaw_low_deg = m->yaw_high_deg = 0;
  for (int k = 0; k <= YAWS / 2; k++) {
    const double share = size[k] / sum;
    if (below + share < 0.025) m->yaw_low_deg = (k + 0.5) * YAW_STEP;
    if (below < 0.975) m->yaw_high_deg = fmin(YAW_MOST, (k + 0.5) * YAW_STEP);
    below += share;
  }
  m->yaw_deg = sqrt(square / sum);
  m->view.spread[SG_VIEW_YAW] = fmax(YAW_STEP, m->yaw_deg);
}

static double most_turn(const sg_motion *m) {
  double most = 0;
  for (size_t i = 0; i < m->rows; i++) {
    if (!isnan(m->pelvis[i])) most = fmax(most, fabs(m->pelvis[i]));
    if (!isnan(m->ribs[i])) most = fmax(most, fabs(m->ribs[i]));
  }
  return most;
}

static void find_across(sg_motion *m) {
  const double yaw = m->view.spread[SG_VIEW_YAW] * SG_RADIANS;
  m->across = 0.5 * yaw * yaw;
}

void sg_motion_find_yaw(sg_motion *m) {
  reading readings[STRIPS * (READINGS + 1)];
  double cost[YAWS];
  m->view = m->signals->view;
  m->yaw_deg = m->yaw_low_deg = m->yaw_high_deg = NAN;
  find_across(m);
  if (most_turn(m) < LEAST_TURN) return;
  const size_t count = take_readings(m, readings);
  if (count < LEAST_ROWS) return;
  try_yaws(&m->view, readings, count, cost);
  weigh(m, cost);
  find_across(m);
}
