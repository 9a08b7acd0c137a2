/* SPDX-License-Identifier: Apache-2.0 */
/* How long a stretch was held with the lower back in its neutral band, counted by probability: the seconds of each body
 * that may have been, from the angles through time. */
#include <math.h>
#include <stdlib.h>

#include "assess/neutral.h"

#define HOLD_DEG_S   10.0 /* a trunk that turns faster is moving, not holding */
#define LEAST_S      1.0  /* less is no hold, nor a back that rounds [J] */
#define BENT_DEG     10.0 /* from straight: a knee that bends so far is bent [J] … */
#define STRAIGHT_DEG 7.0  /* … until it is straighter than this [J] */
#define GOLDEN       0.6180339887498949

/* What a row counts, where the trunk is at rest. */
typedef struct {
  double span;
  sg_band hinge, lumbar;
  double knee, knee_spread; /* deg from straight; NAN = unknown */
} moment;

/* Seconds of each body. */
typedef enum { HELD, BENT, STRAIGHT, ROUNDED, CLOCKS } timer;

typedef struct {
  moment *moment;
  size_t moments;
  double hidden_s; /* with the trunk bent or out of sight, and hinge or lumbar flexion unknown */
  double *seconds[CLOCKS];
} counting;

static void free_counting(counting *c) {
  free(c->moment);
  for (int k = 0; k < CLOCKS; k++) free(c->seconds[k]);
}

/* Rows in which the trunk rests; those that hide the angles are summed up. */
static void list_moments(counting *c, const sg_motion *m, const sg_angles *a, const sg_bounds *b, const sg_test *test) {
  const double *t = m->signals->time;
  for (size_t i = b->start; i < b->end; i++) {
    const sg_band h = sg_band_at(a, SAGITTA_ANGLE_HIP_HINGE, i), l = sg_band_at(a, SAGITTA_ANGLE_LUMBAR_FLEXION, i);
    const double span = t[i + 1] - t[i];
    if (isnan(h.value) || isnan(l.value)) {
      c->hidden_s += m->trunk[i] >= test->hinge_deg || isnan(m->trunk[i]) ? span : 0;
      continue;
    }
    if (fabs(sg_turning(m->signals, m->trunk, i)) > HOLD_DEG_S) continue;
    const sg_line_angle knee =
        sg_line_corner(m, SAGITTA_HIP, SAGITTA_KNEE, SAGITTA_ANKLE, i, i + 1, sg_growth(m->shank[i] - m->thigh[i]), 1);
    c->moment[c->moments++] = (moment){ span, h, l, knee.value, knee.person };
  }
}

/* Whether the hips bend enough, the lower back is in its neutral band, and the hips do their part of the bend. */
static bool holds(double hinge, double lumbar, const sg_test *test) {
  const double most = SG_HIPS_BELOW / (1 - SG_HIPS_BELOW) * hinge;
  return hinge >= test->hinge_deg && lumbar <= fmin(test->neutral_deg, most) && lumbar >= -test->neutral_deg;
}

/* The seconds of body i. Its knee's error is one of its own: the n-th point of a sequence that fills the normal. */
static void count_body(counting *c, const sg_bodies *bodies, size_t i, const sg_test *test) {
  const double off = sg_normal_quantile(fmod(((double)i + 0.5) * GOLDEN, 1));
  double sum[CLOCKS] = { 0 };
  bool bent = false;
  for (size_t k = 0; k < c->moments; k++) {
    const moment *at = &c->moment[k];
    const double knee = at->knee + off * at->knee_spread; /* NAN where unknown */
    if (knee >= BENT_DEG) bent = true;
    if (knee < STRAIGHT_DEG) bent = false;
    const double h = sg_band_place(&at->hinge, bodies->hinge[i]), l = sg_band_place(&at->lumbar, bodies->lumbar[i]);
    if (h >= test->hinge_deg && fabs(l) > test->neutral_deg) sum[ROUNDED] += at->span;
    if (!holds(h, l, test)) continue;
    sum[HELD] += at->span;
    if (!isnan(knee)) sum[bent ? BENT : STRAIGHT] += at->span;
  }
  for (int k = 0; k < CLOCKS; k++) c->seconds[k][i] = sum[k];
}

/* The median of the seconds with their interval; unknown where it may be less than LEAST_S and may be more. */
static sagitta_quantity seconds_of(const sg_bodies *bodies, const double *seconds, double hidden_s, double frame,
                                   bool inferred) {
  const double surely = sg_bodies_quantile(bodies, seconds, 1 - SAGITTA_SURE);
  const double perhaps = sg_bodies_quantile(bodies, seconds, SAGITTA_SURE);
  if (!(surely >= LEAST_S) && !(perhaps + hidden_s < LEAST_S)) return SG_UNKNOWN_QUANTITY;
  const double low = sg_bodies_quantile(bodies, seconds, 0.025), high = sg_bodies_quantile(bodies, seconds, 0.975);
  return sg_quantity_of(sg_bodies_quantile(bodies, seconds, 0.5), fmax(0, low - frame), high + hidden_s + frame,
                        frame / SG_NORMAL, inferred);
}

static void judge(const counting *c, const sg_motion *m, const sg_angles *a, const sg_bounds *b, const sg_test *test,
                  const sg_bodies *bodies, sagitta_repetition *out, sg_hold *hold) {
  const double frame = 1 / m->signals->rate; /* at either end */
  const bool inferred = sg_untold_by(m) != SG_UNTOLD_BORDER;
  out->neutral_hold = seconds_of(bodies, c->seconds[HELD], c->hidden_s, frame, inferred);
  if (!out->neutral_hold.known) {
    const bool hidden = sg_bodies_quantile(bodies, c->seconds[HELD], SAGITTA_SURE) < LEAST_S;
    hold->untold = hidden ? SG_UNTOLD_HIDDEN : sg_untold_by(m);
  } else if (m->signals->value[SAGITTA_ANKLE][SG_CHANNEL_X]) {
    out->bent_knee_hold = seconds_of(bodies, c->seconds[BENT], c->hidden_s, frame, inferred);
    out->straight_knee_hold = seconds_of(bodies, c->seconds[STRAIGHT], c->hidden_s, frame, inferred);
  }
  const double most = sg_bodies_quantile(bodies, c->seconds[HELD], SAGITTA_SURE) + c->hidden_s + frame;
  hold->is_short = out->neutral_hold.known && most < test->hold_s;
  const bool rounded = sg_bodies_quantile(bodies, c->seconds[ROUNDED], 1 - SAGITTA_SURE) >= LEAST_S;
  hold->rounded_s = rounded ? sg_bodies_quantile(bodies, c->seconds[ROUNDED], 0.5) : 0;
  const sg_band deepest = sg_band_at(a, SAGITTA_ANGLE_HIP_HINGE, b->end_range);
  double bent = 0;
  for (size_t i = 0; i < bodies->count; i++) {
    if (sg_band_place(&deepest, bodies->hinge[i]) < test->hinge_deg) bent += bodies->weight[i];
  }
  hold->hips_not_bent = bent >= SAGITTA_SURE;
}

int sg_measure_hold(const sg_motion *m, const sg_angles *a, const sg_bounds *b, const sg_test *test,
                    const sg_bodies *bodies, sagitta_repetition *out, sg_hold *hold) {
  counting c = { 0 };
  *hold = (sg_hold){ 0 };
  if (bodies->count == 0) return 1;
  int whole = (c.moment = malloc((b->end - b->start + 1) * sizeof *c.moment)) != NULL;
  for (int k = 0; k < CLOCKS; k++) {
    whole = (c.seconds[k] = malloc(bodies->count * sizeof *c.seconds[k])) && whole;
  }
  if (whole) {
    list_moments(&c, m, a, b, test);
    for (size_t i = 0; i < bodies->count; i++) count_body(&c, bodies, i, test);
    judge(&c, m, a, b, test, bodies, out, hold);
  }
  free_counting(&c);
  return whole;
}
