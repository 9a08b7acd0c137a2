/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/smoothness.h"

#include <math.h>
#include <stdlib.h>

#include "base/math.h"
#include "result/result.h"

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

/* What noise adds makes a movement look less smooth: the interval reaches up by as much as it does. */
int sg_measure_smoothness(const sg_timing_curves *c, sagitta_repetition *out) {
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
