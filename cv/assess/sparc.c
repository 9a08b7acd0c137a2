/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "assess/sparc.h"

#define PI      3.14159265358979323846
#define PADDING 4 /* doublings */
#define FEWEST  4
#define NOTHING 1e-12

/* |Σ v[i]·exp(−j·angle·i)|, by Horner's rule from the last value. */
static double magnitude(const double *v, size_t n, double angle) {
  const double c = cos(angle), s = -sin(angle);
  double re = 0, im = 0;
  for (size_t i = n; i > 0; i--) {
    const double turned = re * c - im * s + v[i - 1];
    im = re * s + im * c;
    re = turned;
  }
  return hypot(re, im);
}

double sg_sparc(const double *speed, size_t n, double rate) {
  if (n < FEWEST) return NAN;
  double padded = 1;
  while (padded < (double)n) padded *= 2;
  padded = ldexp(padded, PADDING);
  const size_t bins = (size_t)floor(fmin(SG_SPARC_TOP_HZ, 0.5 * rate) * padded / rate) + 1;
  double *v = malloc(bins * sizeof *v);
  if (!v) return -INFINITY;
  double most = 0;
  for (size_t k = 0; k < bins; k++) {
    v[k] = magnitude(speed, n, 2 * PI * (double)k / padded);
    most = fmax(most, v[k]);
  }
  size_t first = 0, last = bins - 1;
  while (first < last && v[first] < SG_SPARC_LEAST * most) first++;
  while (last > first && v[last] < SG_SPARC_LEAST * most) last--;
  double length = 0;
  for (size_t k = first; k < last; k++) length += hypot(1 / (double)(last - first), (v[k + 1] - v[k]) / most);
  free(v);
  return most > NOTHING && last > first ? -length : NAN;
}
