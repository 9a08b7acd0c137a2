/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "assess/course.h"
#include "assess/curves.h"
#include "result/quantity.h"
#include "assess/sparc.h"
#include "base/math.h"

#define LOW_RATE       15.0 /* frames/s: below there is no speed */
#define PHASE_DEG      30.0
#define PHASES         3
#define SKIN_SPEED     0.035 /* of a speed: skin sliding over a whole bend [J] */
#define ONSET_LEAST_S  0.015 /* what the low pass and the chord leave of an onset */
#define INFERRED_SPEED 0.1   /* of a speed: the course of a part that has no strip [bench_course] */
#define INFERRED_SHARE 0.015 /* likewise, of the share of a third */
#define CAMERA_DRAWS   64
#define SMOOTH_DRAWS   8
#define SMOOTH_LEAST   0.01 /* what the ends of the profile leave open */
#define KNOWN_SHARE    0.9  /* of the draws must have a value */

/* What is read off a pair of curves. */
enum { HIP_ONSET, LUMBAR_ONSET, LAG, HIP_SPEED, LUMBAR_SPEED, SHARES, READINGS = SHARES + PHASES };

/* A moment and the part of the way to the next one. */
typedef struct {
  size_t at;
  double part;
} crossing;

static double between(const double *v, crossing c) {
  return v[c.at] + c.part * (v[c.at + 1] - v[c.at]);
}

/* Where hinge + lumbar first passes `deg` from moment `from` on; nowhere where it is unknown before that. */
static bool find_crossing(const sg_curves *c, const double *hinge, const double *lumbar, size_t from, double deg,
                          crossing *out) {
  for (size_t i = from; i + 1 < c->n; i++) {
    const double now = hinge[i] + lumbar[i], next = hinge[i + 1] + lumbar[i + 1];
    if (isnan(next)) return false;
    if (!(now <= deg && next > deg)) continue;
    *out = (crossing){ i, (deg - now) / (next - now) };
    return true;
  }
  return false;
}

/* The first third begins at the person's own start, where both angles are zero by definition. */
static void read_shares(const sg_curves *c, const double *hinge, const double *lumbar, double *share) {
  crossing at = { c->way, 0 };
  double last = 0;
  for (int k = 0; k < PHASES; k++) share[k] = NAN;
  for (int k = 0; k < PHASES; k++) {
    if (!find_crossing(c, hinge, lumbar, at.at, PHASE_DEG * (k + 1), &at)) return;
    const double bent = between(lumbar, at);
    share[k] = (bent - last) / PHASE_DEG;
    last = bent;
  }
}

static void read_curves(const sg_curves *c, const double *hinge, const double *lumbar, double *speed,
                        double reading[READINGS]) {
  sg_curves_speed(c, hinge, speed);
  reading[HIP_ONSET] = sg_curves_onset(c, speed);
  reading[HIP_SPEED] = sg_curves_fastest(c, speed);
  sg_curves_speed(c, lumbar, speed);
  reading[LUMBAR_ONSET] = sg_curves_onset(c, speed);
  reading[LUMBAR_SPEED] = sg_curves_fastest(c, speed);
  reading[LAG] = reading[HIP_ONSET] - reading[LUMBAR_ONSET];
  read_shares(c, hinge, lumbar, reading + SHARES);
}

/* The draws of one reading; what is NAN is left out. */
typedef struct {
  size_t n;
  double value[SG_DRAWS];
} drawn;

static double mean_of(const drawn *d) {
  double sum = 0;
  for (size_t i = 0; i < d->n; i++) sum += d->value[i];
  return sum / (double)d->n;
}

static double deviation(const drawn *d) {
  const double mean = mean_of(d);
  double squares = 0;
  for (size_t i = 0; i < d->n; i++) squares += (d->value[i] - mean) * (d->value[i] - mean);
  return sqrt(squares / (double)d->n);
}

typedef struct {
  double value[READINGS];
  drawn person[READINGS], camera[READINGS];
} readings;

static int read_all(readings *r, const sg_curves *c) {
  double one[READINGS];
  double *hinge = malloc(3 * c->n * sizeof *hinge);
  if (!hinge) return 0;
  double *lumbar = hinge + c->n, *speed = lumbar + c->n;
  read_curves(c, c->hinge, c->lumbar, speed, r->value);
  for (size_t k = 0; k < SG_DRAWS + CAMERA_DRAWS; k++) {
    const bool person = k < SG_DRAWS;
    sg_curves_draw(c, k % SG_DRAWS, person, hinge, lumbar);
    read_curves(c, hinge, lumbar, speed, one);
    for (int i = 0; i < READINGS; i++) {
      drawn *d = person ? &r->person[i] : &r->camera[i];
      if (!isnan(one[i])) d->value[d->n++] = one[i];
    }
  }
  free(hinge);
  return 1;
}

/* Noise upon noise makes a greatest speed greater still, an onset earlier: that much is taken off the draws.
 * `least`: a standard error that nothing is better known than. */
static sagitta_quantity quantity_of(readings *r, int reading, double least, bool inferred) {
  drawn *person = &r->person[reading], *camera = &r->camera[reading];
  const double value = r->value[reading];
  if (isnan(value) || (double)person->n < KNOWN_SHARE * SG_DRAWS || camera->n < 2) {
    return sg_quantity_of(NAN, NAN, NAN, NAN, inferred);
  }
  qsort(person->value, person->n, sizeof *person->value, sg_compare_doubles);
  const double bias = mean_of(camera) - value;
  const double low = value - (sg_quantile(person->value, person->n, 0.025) - bias);
  const double high = sg_quantile(person->value, person->n, 0.975) - bias - value;
  const double slack = SG_NORMAL * least;
  return sg_quantity_of(value, value - hypot(fmax(low, 0), slack), value + hypot(fmax(high, 0), slack),
                        hypot(deviation(camera), least), inferred);
}

static void put_phases(readings *r, sagitta_repetition *out) {
  out->phase_count = 0;
  for (int k = 0; k < PHASES; k++) {
    const bool inferred = out->lumbar_flexion.inferred;
    const sagitta_quantity share = quantity_of(r, SHARES + k, inferred ? INFERRED_SHARE : 0, inferred);
    if (!share.known) break;
    out->phase[out->phase_count++] = (sagitta_phase){ PHASE_DEG * k, PHASE_DEG * (k + 1), share };
  }
}

/* `broken`: the fastest moment may be one that was not seen. */
static void put_parts(readings *r, double rate, bool broken, sagitta_repetition *out) {
  if (rate < LOW_RATE || out->hip_hinge.inferred || !out->hip_hinge.known) return;
  const bool inferred = out->lumbar_flexion.inferred;
  const double frame = hypot(0.5 / rate, ONSET_LEAST_S);
  out->hip_onset = quantity_of(r, HIP_ONSET, frame, false);
  out->lumbar_onset = quantity_of(r, LUMBAR_ONSET, frame, inferred);
  out->hip_lag = quantity_of(r, LAG, 1.5 * frame, inferred);
  if (broken) return;
  out->hip_velocity = quantity_of(r, HIP_SPEED, 0, false);
  out->lumbar_velocity = quantity_of(r, LUMBAR_SPEED, inferred ? INFERRED_SPEED * r->value[LUMBAR_SPEED] : 0, inferred);
}

static void find_speed(const sg_motion *m, const sg_bend *b, sagitta_repetition *out) {
  const sg_signals *s = m->signals;
  if (s->rate < LOW_RATE || b->broken || !(b->peak_speed > 0)) return;
  const double length = hypot(m->start_shoulder.x, m->start_shoulder.y) * m->unit_px;
  const double noise = hypot(s->sigma[SAGITTA_SHOULDER], s->sigma[SAGITTA_HIP]) / length * SG_DEGREES;
  const double camera = noise * s->cutoff * 2;
  const double person = hypot(camera, SKIN_SPEED * b->peak_speed);
  out->peak_velocity = sg_quantity_of(b->peak_speed, b->peak_speed - SG_NORMAL * person,
                                      b->peak_speed + SG_NORMAL * person, camera, false);
}

/* Of the trunk's speed from the bend's start to end range; −∞ when memory is short. */
static double smoothness_of(const sg_curves *c, const double *trunk, double *speed) {
  sg_curves_speed(c, trunk, speed);
  for (size_t i = c->way; i < c->n; i++) {
    if (isnan(speed[i])) return NAN;
    speed[i] = fabs(speed[i]);
  }
  return sg_sparc(speed + c->way, c->n - c->way, 1 / c->step_s);
}

/* What noise adds makes a movement look less smooth: the interval reaches up by as much as it does. */
static int find_smoothness(const sg_curves *c, sagitta_repetition *out) {
  double *trunk = malloc(2 * c->n * sizeof *trunk);
  if (!trunk) return 0;
  double *speed = trunk + c->n, sum = 0, squares = 0;
  const double value = smoothness_of(c, c->trunk, speed);
  bool whole = !isinf(value);
  for (size_t k = 0; whole && !isnan(value) && k < SMOOTH_DRAWS; k++) {
    sg_curves_draw_trunk(c, k, trunk);
    const double gain = smoothness_of(c, trunk, speed) - value;
    whole = !isinf(gain);
    sum += gain;
    squares += gain * gain;
  }
  free(trunk);
  const double noise = hypot(sqrt(squares / SMOOTH_DRAWS), SMOOTH_LEAST), lift = fmax(0, -sum / SMOOTH_DRAWS);
  if (whole) {
    out->smoothness = sg_quantity_of(value, value - SG_NORMAL * noise, value + SG_NORMAL * noise + lift, noise, false);
  }
  return whole;
}

int sg_measure_course(const sg_motion *m, const sg_angles *a, const sg_bend *b, uint64_t seed,
                      sagitta_repetition *out) {
  sg_curves curves;
  if (!sg_motion_has_body(m)) return 1;
  readings *r = calloc(1, sizeof *r);
  int whole = r && sg_curves_make(&curves, m, a, b, seed);
  if (whole && curves.n) whole = read_all(r, &curves);
  if (whole && curves.n) {
    put_phases(r, out);
    put_parts(r, m->signals->rate, b->broken, out);
  }
  if (whole && curves.n && !b->broken && m->signals->rate >= LOW_RATE) whole = find_smoothness(&curves, out);
  if (whole) find_speed(m, b, out);
  if (r) sg_curves_free(&curves);
  free(r);
  return whole;
}
