/* SPDX-License-Identifier: Apache-2.0 */
/* What is read off the curves of a bend: order, onsets and speeds, shares of its thirds, smoothness. */
#include "assess/timing.h"

#include <math.h>
#include <stdlib.h>

#include "base/math.h"
#include "result/result.h"

/* ---- smoothness ---- */

#define PADDING      4 /* doublings of the profile's length, rounded up to a power of two */
#define FEWEST       4 /* values of a profile */
#define ABREAST      8 /* frequencies that are summed side by side */
#define NOTHING      1e-12
#define SMOOTH_DRAWS 8
#define SMOOTH_LEAST 0.01 /* standard error that the choice of the profile's ends leaves */

/* |Σ v[i]·exp(−j·angle·i)| at ABREAST angles, by Horner's rule from the last value: side by side, because each step
 * waits for the one before. */
static void magnitudes(const double *v, size_t n, const double angle[ABREAST], double out[ABREAST]) {
  double c[ABREAST], s[ABREAST], re[ABREAST] = { 0 }, im[ABREAST] = { 0 };
  for (int k = 0; k < ABREAST; k++) {
    c[k] = cos(angle[k]);
    s[k] = -sin(angle[k]);
  }
  for (size_t i = n; i > 0; i--) {
    for (int k = 0; k < ABREAST; k++) {
      const double turned = re[k] * c[k] - im[k] * s[k] + v[i - 1];
      im[k] = re[k] * s[k] + im[k] * c[k];
      re[k] = turned;
    }
  }
  for (int k = 0; k < ABREAST; k++) out[k] = hypot(re[k], im[k]);
}

double sg_sparc(const double *speed, size_t n, double rate) {
  if (n < FEWEST) return NAN;
  double padded = 1;
  while (padded < (double)n) padded *= 2;
  padded = ldexp(padded, PADDING);
  const size_t bins = (size_t)floor(fmin(SG_SPARC_TOP_HZ, 0.5 * rate) * padded / rate) + 1;
  double *v = malloc((bins + ABREAST) * sizeof *v);
  if (!v) return -INFINITY;
  double most = 0;
  for (size_t k = 0; k < bins; k += ABREAST) {
    double angle[ABREAST];
    for (size_t j = 0; j < ABREAST; j++) angle[j] = 2 * SG_PI * (double)(k + j) / padded;
    magnitudes(speed, n, angle, v + k);
  }
  for (size_t k = 0; k < bins; k++) most = fmax(most, v[k]);
  size_t first = 0, last = bins - 1;
  while (first < last && v[first] < SG_SPARC_LEAST * most) first++;
  while (last > first && v[last] < SG_SPARC_LEAST * most) last--;
  double length = 0;
  for (size_t k = first; k < last; k++) length += hypot(1 / (double)(last - first), (v[k + 1] - v[k]) / most);
  free(v);
  return most > NOTHING && last > first ? -length : NAN;
}

/* Of the trunk's speed from the bend's start to end range; −∞ when memory is short. */
static double smoothness_of(const sg_timing_curves *c, const double *trunk, double *speed) {
  sg_timing_speed(c, trunk, speed);
  for (size_t i = c->lead; i < c->n; i++) {
    if (isnan(speed[i])) return NAN;
    speed[i] = fabs(speed[i]);
  }
  return sg_sparc(speed + c->lead, c->n - c->lead, 1 / c->step_s);
}

/* Fill smoothness: of the trunk's speed from the repetition's start to end range, with what the camera's noise does to
 * it. What noise adds makes a movement look less smooth: the interval reaches up by as much as it does. 0 when memory
 * is short. */
static int measure_smoothness(const sg_timing_curves *c, sagitta_repetition *out) {
  double *trunk = malloc(2 * c->n * sizeof *trunk);
  if (!trunk) return 0;
  double *speed = trunk + c->n, sum = 0, squares = 0;
  const double value = smoothness_of(c, c->trunk, speed);
  bool whole = !isinf(value);
  for (size_t k = 0; whole && !isnan(value) && k < SMOOTH_DRAWS; k++) {
    sg_timing_draw_trunk(c, k, trunk);
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

/* ---- order, speeds, thirds ---- */

#define PHASE_DEG      30.0 /* of hip hinge + lumbar flexion */
#define PHASES         3
#define SKIN_SPEED     0.035 /* of a speed: skin sliding over a whole bend [J] */
#define ONSET_LEAST_S  0.015 /* standard error that low pass and chord leave in an onset */
#define INFERRED_SPEED 0.1   /* of a speed: the course of a part that has no strip [bench_timing] */
#define INFERRED_SHARE 0.015 /* likewise, of the share of a third */
#define CAMERA_DRAWS   64
#define KNOWN_SHARE    0.9 /* of the draws that must have a value */

/* What is read off a pair of curves. */
enum { HIP_ONSET, LUMBAR_ONSET, LAG, HIP_SPEED, LUMBAR_SPEED, SHARES, READINGS = SHARES + PHASES };

/* An instant between two moments of the curves: `at`, and the fraction of the step to the next. */
typedef struct {
  size_t at;
  double part;
} crossing;

static double between(const double *v, crossing c) {
  return v[c.at] + c.part * (v[c.at + 1] - v[c.at]);
}

/* Where hinge + lumbar first passes `deg` from moment `from` on; nowhere where it is unknown before that. */
static bool find_crossing(const sg_timing_curves *c, const double *hinge, const double *lumbar, size_t from, double deg,
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
static void read_shares(const sg_timing_curves *c, const double *hinge, const double *lumbar, double *share) {
  crossing at = { c->lead, 0 };
  double last = 0;
  for (int k = 0; k < PHASES; k++) share[k] = NAN;
  for (int k = 0; k < PHASES; k++) {
    if (!find_crossing(c, hinge, lumbar, at.at, PHASE_DEG * (k + 1), &at)) return;
    const double bent = between(lumbar, at);
    share[k] = (bent - last) / PHASE_DEG;
    last = bent;
  }
}

static void read_curves(const sg_timing_curves *c, const double *hinge, const double *lumbar, double *speed,
                        double reading[READINGS]) {
  sg_timing_speed(c, hinge, speed);
  reading[HIP_ONSET] = sg_timing_onset(c, speed);
  reading[HIP_SPEED] = sg_timing_fastest(c, speed);
  sg_timing_speed(c, lumbar, speed);
  reading[LUMBAR_ONSET] = sg_timing_onset(c, speed);
  reading[LUMBAR_SPEED] = sg_timing_fastest(c, speed);
  reading[LAG] = reading[HIP_ONSET] - reading[LUMBAR_ONSET];
  read_shares(c, hinge, lumbar, reading + SHARES);
}

/* The draws of one reading; what is NAN is left out. */
typedef struct {
  size_t n;
  double value[SG_TIMING_DRAWS];
} drawn;

static double deviation(const drawn *d) {
  const double mean = sg_mean(d->value, 0, d->n);
  double squares = 0;
  for (size_t i = 0; i < d->n; i++) squares += (d->value[i] - mean) * (d->value[i] - mean);
  return sqrt(squares / (double)d->n);
}

typedef struct {
  double value[READINGS];
  drawn person[READINGS], camera[READINGS];
} readings;

static int read_all(readings *r, const sg_timing_curves *c) {
  double one[READINGS];
  double *hinge = malloc(3 * c->n * sizeof *hinge);
  if (!hinge) return 0;
  double *lumbar = hinge + c->n, *speed = lumbar + c->n;
  read_curves(c, c->hinge, c->lumbar, speed, r->value);
  for (size_t k = 0; k < SG_TIMING_DRAWS + CAMERA_DRAWS; k++) {
    const bool person = k < SG_TIMING_DRAWS;
    sg_timing_draw(c, k % SG_TIMING_DRAWS, person, hinge, lumbar);
    read_curves(c, hinge, lumbar, speed, one);
    for (int i = 0; i < READINGS; i++) {
      drawn *d = person ? &r->person[i] : &r->camera[i];
      if (!isnan(one[i])) d->value[d->n++] = one[i];
    }
  }
  free(hinge);
  return 1;
}

/* The draws add noise to curves that have noise already, which makes a greatest speed greater and an onset earlier: the
 * mean of the camera's draws says by how much, and that is subtracted. `least`: the smallest standard error. */
static sagitta_quantity quantity_of(readings *r, int reading, double least, bool inferred) {
  drawn *person = &r->person[reading], *camera = &r->camera[reading];
  const double value = r->value[reading];
  if (isnan(value) || (double)person->n < KNOWN_SHARE * SG_TIMING_DRAWS || camera->n < 2) {
    return sg_quantity_of(NAN, NAN, NAN, NAN, inferred);
  }
  qsort(person->value, person->n, sizeof *person->value, sg_compare_doubles);
  const double bias = sg_mean(camera->value, 0, camera->n) - value;
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
  if (rate < SG_LOW_RATE || out->hip_hinge.inferred || !out->hip_hinge.known) return;
  const bool inferred = out->lumbar_flexion.inferred;
  const double frame = hypot(0.5 / rate, ONSET_LEAST_S);
  out->hip_onset = quantity_of(r, HIP_ONSET, frame, false);
  out->lumbar_onset = quantity_of(r, LUMBAR_ONSET, frame, inferred);
  out->hip_lag = quantity_of(r, LAG, 1.5 * frame, inferred);
  if (broken) return;
  out->hip_velocity = quantity_of(r, HIP_SPEED, 0, false);
  out->lumbar_velocity = quantity_of(r, LUMBAR_SPEED, inferred ? INFERRED_SPEED * r->value[LUMBAR_SPEED] : 0, inferred);
}

static void put_trunk_speed(const sg_motion *m, const sg_bounds *b, sagitta_repetition *out) {
  const sg_signals *s = m->signals;
  if (s->rate < SG_LOW_RATE || b->broken || !(b->peak_speed > 0)) return;
  const double length = hypot(m->start_shoulder.x, m->start_shoulder.y) * m->unit_px;
  const double noise = hypot(s->sigma[SAGITTA_SHOULDER], s->sigma[SAGITTA_HIP]) / length * SG_DEGREES;
  const double camera = noise * s->cutoff * 2;
  const double person = hypot(camera, SKIN_SPEED * b->peak_speed);
  out->peak_velocity = sg_quantity_of(b->peak_speed, b->peak_speed - SG_NORMAL * person,
                                      b->peak_speed + SG_NORMAL * person, camera, false);
}

int sg_measure_timing(const sg_motion *m, const sg_angles *a, const sg_bounds *b, uint64_t seed,
                      sagitta_repetition *out) {
  sg_timing_curves curves;
  if (!sg_motion_has_body(m)) return 1;
  readings *r = calloc(1, sizeof *r);
  int whole = r && sg_timing_curves_make(&curves, m, a, b, seed);
  if (whole && curves.n) whole = read_all(r, &curves);
  if (whole && curves.n) {
    put_phases(r, out);
    put_parts(r, m->signals->rate, b->broken, out);
  }
  if (whole && curves.n && !b->broken && m->signals->rate >= SG_LOW_RATE) whole = measure_smoothness(&curves, out);
  if (whole) put_trunk_speed(m, b, out);
  if (r) sg_timing_curves_free(&curves);
  free(r);
  return whole;
}
