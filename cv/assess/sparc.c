/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "assess/sparc.h"
#include "base/math.h"

#define PADDING 4 /* doublings */
#define FEWEST  4
#define ABREAST 8
#define NOTHING 1e-12

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
