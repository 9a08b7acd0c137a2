/* SPDX-License-Identifier: Apache-2.0 */
/* How far the hips bent before the lower back left its neutral band, for each body that may have been, from the angles
 * through time. */
#include <math.h>
#include <stdlib.h>

#include "assess/neutral.h"

#define LEAVES_S 0.1  /* outside of the band for so long, or to the end: it has been left [J] */
#define AT_DEG   50.0 /* of hip hinge, at which the lumbar flexion is told (Monnier 2012) */

#define WIDE 0.5 /* of the whole bend: that far apart, the likelier 60 % of the bodies leave it open [J] */

/* What one body did. */
typedef struct {
  double hinge; /* deg: when the band was left, or the greatest; NAN: not seen */
  double at;    /* deg: lumbar flexion when the hinge first was AT_DEG; NAN: it never was, or was not seen */
  double most;  /* deg: greatest hinge */
  bool left;    /* the band was left */
  bool unseen;  /* rows without angles came before that */
} course;

typedef struct {
  const double *t;
  const sg_angles *angles;
  size_t from, to; /* rows, the last one included */
  double neutral_deg;
} path;

/* From the start to the end of the stay at end range. */
static path path_of(const sg_motion *m, const sg_angles *a, const sg_bounds *b, const sg_test *test) {
  path p = { m->signals->time, a, b->start, b->end_range, test->neutral_deg };
  while (p.to < b->end && p.t[p.to + 1] <= p.t[b->arrived] + b->hold_s) p.to++;
  return p;
}

/* `b` where what goes from `a_of` to `b_of` passes `limit`. */
static double passed(double a, double b, double a_of, double b_of, double limit) {
  return b_of == a_of ? b : a + (b - a) * (limit - a_of) / (b_of - a_of);
}

/* What the body does that is at these places in the intervals of hinge and lumbar flexion. */
static course follow(const path *p, double hinge_place, double lumbar_place) {
  course c = { NAN, NAN, NAN, false, false };
  double h0 = NAN, l0 = NAN, leaves = NAN, since = NAN;
  for (size_t i = p->from; i <= p->to; i++) {
    const sg_band hb = sg_band_at(p->angles, SAGITTA_ANGLE_HIP_HINGE, i);
    const sg_band lb = sg_band_at(p->angles, SAGITTA_ANGLE_LUMBAR_FLEXION, i);
    const double h = sg_band_place(&hb, hinge_place), l = sg_band_place(&lb, lumbar_place);
    if (isnan(h) || isnan(l)) {
      c.unseen = c.unseen || !c.left;
      continue;
    }
    if (isnan(c.at) && h >= AT_DEG) c.at = isnan(h0) || h0 >= AT_DEG ? l : passed(l0, l, h0, h, AT_DEG);
    c.most = fmax(h, c.most);
    const bool out = fabs(l) > p->neutral_deg;
    if (!out) {
      since = NAN;
    } else if (isnan(since)) {
      since = p->t[i];
      leaves = isnan(h0) ? h : passed(h0, h, fabs(l0), fabs(l), p->neutral_deg);
    }
    if (out && !c.left && (p->t[i] - since >= LEAVES_S || i == p->to)) {
      c.left = true;
      c.hinge = leaves;
    }
    h0 = h;
    l0 = l;
  }
  if (!c.left) c.hinge = c.most;
  return c;
}

/* The camera's standard error at end range, as a part of the upper half of the interval. */
static double camera_part(const sagitta_quantity *q) {
  const double half = q->high - q->value;
  return q->known && half > 0 ? (q->camera_high - q->value) / SG_NORMAL / half : 0;
}

/* Standard errors of the camera: how far both results move when the angles do. */
static void find_camera(const path *p, const sagitta_repetition *rep, double *hinge, double *at) {
  const course as_is = follow(p, 0, 0);
  const course bent = follow(p, camera_part(&rep->hip_hinge), 0);
  const course rounded = follow(p, 0, camera_part(&rep->lumbar_flexion));
  *hinge = hypot(bent.hinge - as_is.hinge, rounded.hinge - as_is.hinge);
  *at = hypot(bent.at - as_is.at, rounded.at - as_is.at);
  if (isnan(*hinge)) *hinge = 0;
  if (isnan(*at)) *at = 0;
}

static sagitta_quantity degrees_of(const sg_bodies *bodies, const double *value, double camera, bool inferred) {
  return sg_quantity_of(sg_bodies_quantile(bodies, value, 0.5), sg_bodies_quantile(bodies, value, 0.025),
                        sg_bodies_quantile(bodies, value, 0.975), camera, inferred);
}

static void judge(const path *p, const sg_motion *m, const sg_test *test, const sg_bodies *bodies, double *hinge,
                  double *at, sagitta_repetition *out, sg_bow *bow) {
  double left = 0, unseen = 0, reached = 0, shallow = 0, camera_hinge, camera_at;
  for (size_t i = 0; i < bodies->count; i++) {
    const course c = follow(p, bodies->hinge[i], bodies->lumbar[i]);
    const double weight = bodies->weight[i];
    hinge[i] = c.hinge;
    at[i] = c.at;
    left += c.left ? weight : 0;
    unseen += c.unseen ? weight : 0;
    reached += isnan(c.at) ? 0 : weight;
    shallow += c.most < test->hinge_deg ? weight : 0;
  }
  const bool inferred = sg_untold_by(m) != SG_UNTOLD_BORDER, open = left < SAGITTA_SURE && left > 1 - SAGITTA_SURE;
  /* Where it was left, but anywhere between a little and nearly all of the bend, nothing is told either. */
  const double about =
      sg_bodies_quantile(bodies, hinge, SAGITTA_SURE) - sg_bodies_quantile(bodies, hinge, 1 - SAGITTA_SURE);
  const bool wide = about > WIDE * follow(p, 0, 0).most;
  find_camera(p, out, &camera_hinge, &camera_at);
  bow->untold = unseen > 1 - SAGITTA_SURE ? SG_UNTOLD_HIDDEN : open || wide ? sg_untold_by(m) : SG_TOLD;
  bow->left = !bow->untold && left >= SAGITTA_SURE;
  bow->shallow = shallow >= SAGITTA_SURE;
  if (!bow->untold) out->neutral_hinge = degrees_of(bodies, hinge, camera_hinge, inferred);
  if (reached >= SAGITTA_SURE) out->lumbar_at_50 = degrees_of(bodies, at, camera_at, inferred);
}

int sg_measure_bow(const sg_motion *m, const sg_angles *a, const sg_bounds *b, const sg_test *test,
                   const sg_bodies *bodies, sagitta_repetition *out, sg_bow *bow) {
  *bow = (sg_bow){ 0 };
  if (bodies->count == 0) return 1;
  const path p = path_of(m, a, b, test);
  double *hinge = malloc(bodies->count * sizeof *hinge), *at = malloc(bodies->count * sizeof *at);
  const int whole = hinge && at;
  if (whole) judge(&p, m, test, bodies, hinge, at, out, bow);
  free(hinge);
  free(at);
  return whole;
}
