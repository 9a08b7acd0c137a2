/* SPDX-License-Identifier: Apache-2.0 */
#include "live/readout.h"

#include <math.h>

#define PI         3.14159265358979323846
#define RESTART_S  0.2  /* without a value: what came before tells nothing of the speed */
#define UPRIGHT    25.0 /* deg from it, the camera's lean among them: still upright */
#define SITS_UP    40.0 /* deg: a trunk that sits with the legs out, short hamstrings among them */
#define LIES       50.0 /* deg from upright: more is lying, or a leg that is level */
#define THIGH_HELD 30.0 /* deg from upright, of a thigh that is held so */

void sg_causal_step(sg_causal *f, double cutoff_hz, double time_s, double in) {
  const double w = 2.0 * PI * cutoff_hz, step = time_s - f->time_s;
  if (isnan(in)) {
    f->value = f->speed = (double)NAN;
    return;
  }
  if (!f->begun || step > RESTART_S) {
    *f = (sg_causal){ .begun = true, .time_s = time_s, .in = in, .value = in, .speed = 0.0 };
    return;
  }
  if (isnan(f->value)) { /* a short gap: from where it was seen to where it is, at one speed */
    f->value = in;
    f->speed = step > 0.0 ? (in - f->in) / step : 0.0;
  } else if (step > 0.0) {
    /* x1 = x0 + h (v0 + v1), v1 = v0 + h (a0 + a1), h = step / 2, a = w² (in − x) − sqrt(2) w v */
    const double h = 0.5 * step, damping = sqrt(2.0) * w, square = w * w;
    const double a0 = square * (f->in - f->value) - damping * f->speed;
    const double v1 =
        (f->speed + h * (a0 + square * (in - f->value - h * f->speed))) / (1.0 + h * damping + h * h * square);
    f->value += h * (f->speed + v1);
    f->speed = v1;
  }
  f->time_s = time_s;
  f->in = in;
}

static bool seen(const sagitta_sample *markers, sagitta_role role) {
  return markers[role].state != SAGITTA_LOST && !isnan(markers[role].x);
}

/* Where a marker stands for: of a strip on the hip the lower end. */
static void place_of(const sagitta_sample *markers, sagitta_role role, double *x, double *y) {
  const sagitta_sample *m = &markers[role];
  *x = m->x;
  *y = m->y;
  if (role != SAGITTA_HIP || isnan(m->axis) || isnan(m->length)) return;
  *x -= 0.5 * m->length * sin(m->axis * PI / 180.0);
  *y += 0.5 * m->length * cos(m->axis * PI / 180.0);
}

double sg_line_direction(const sagitta_sample *markers, sagitta_role from, sagitta_role to) {
  double x0, y0, x1, y1;
  if (!seen(markers, from) || !seen(markers, to)) return (double)NAN;
  place_of(markers, from, &x0, &y0);
  place_of(markers, to, &x1, &y1);
  return atan2(x1 - x0, y0 - y1) * 180.0 / PI;
}

static double trunk_of(const sagitta_sample *markers) {
  return sg_line_direction(markers, SAGITTA_HIP, SAGITTA_SHOULDER);
}

static double thigh_of(const sagitta_sample *markers) {
  return sg_line_direction(markers, SAGITTA_KNEE, SAGITTA_HIP);
}

/* To the turn nearest to `about`. */
static double nearest_turn(double angle, double about) {
  return angle + 360.0 * floor((about - angle) / 360.0 + 0.5);
}

double sg_moving_angle(const sg_test *test, const sagitta_sample *markers) {
  switch (test->event) {
    case SG_EVENT_RAISES:
      return thigh_of(markers);
    case SG_EVENT_EXTENDS:
      return nearest_turn(thigh_of(markers) - sg_line_direction(markers, SAGITTA_ANKLE, SAGITTA_KNEE), 0.0);
    case SG_EVENT_BENDS:
    case SG_EVENT_STANDS:
    case SG_EVENT_NONE:
    case SG_EVENTS:
      break;
  }
  return trunk_of(markers);
}

bool sg_posture_at_start(const sg_test *test, const sagitta_sample *markers) {
  const double trunk = fabs(trunk_of(markers)), thigh = fabs(thigh_of(markers));
  switch (test->opening.start) {
    case SG_START_STANDING:
      return trunk < UPRIGHT && thigh < UPRIGHT;
    case SG_START_STEPPING:
      return trunk < UPRIGHT;
    case SG_START_LONG_SITTING:
      return trunk < SITS_UP && thigh > LIES;
    case SG_START_LYING:
      return thigh > LIES && !(trunk < LIES);
    case SG_START_LYING_90:
      return thigh < THIGH_HELD && !(trunk < LIES);
    case SG_START_FREE:
    case SG_STARTS:
      break;
  }
  return true;
}

sg_readout sg_readout_begin(const sg_test *test) {
  return (sg_readout){ .test = test };
}

void sg_readout_next(sg_readout *r, double time_s, const sagitta_sample *markers) {
  double angle = sg_moving_angle(r->test, markers);
  if (!isnan(angle)) {
    if (r->known) angle = nearest_turn(angle, r->last_deg);
    r->last_deg = angle;
    r->known = true;
  }
  sg_causal_step(&r->angle, SG_READOUT_CUTOFF, time_s, angle);
  sg_causal_step(&r->slow, SG_STILLNESS_CUTOFF, time_s, angle);
}
