/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "body/random.h"

uint64_t sg_random(uint64_t *state) {
  uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

double sg_random_unit(uint64_t *state) {
  return ((double)(sg_random(state) >> 11) + 0.5) * 0x1p-53;
}

static double polynomial(const double *c, size_t n, double x) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum = sum * x + c[i];
  return sum;
}

double sg_normal_quantile(double p) {
  static const double a[] = { -3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                              1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00 };
  static const double b[] = { -5.447609879822406e+01, 1.615858368580409e+02,  -1.556989798598866e+02,
                              6.680131188771972e+01,  -1.328068155288572e+01, 1.0 };
  static const double c[] = { -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                              -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00 };
  static const double d[] = { 7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                              3.754408661907416e+00, 1.0 };
  const double tail = 0.02425;
  if (p < tail) {
    const double q = sqrt(-2 * log(p));
    return polynomial(c, 6, q) / polynomial(d, 5, q);
  }
  if (p > 1 - tail) return -sg_normal_quantile(1 - p);
  const double q = p - 0.5, r = q * q;
  return polynomial(a, 6, r) * q / polynomial(b, 6, r);
}

double sg_normal_below(double z) {
  return 0.5 * erfc(-z / sqrt(2.0));
}

int sg_stratified_normals(double *out, size_t count, size_t dimensions, uint64_t seed) {
  double *column = malloc(count * sizeof *column);
  if (!column) return 0;
  uint64_t state = seed;
  for (size_t d = 0; d < dimensions; d++) {
    for (size_t i = 0; i < count; i++) column[i] = sg_normal_quantile(((double)i + 0.5) / (double)count);
    for (size_t i = count; i > 1; i--) {
      const size_t k = (size_t)(sg_random(&state) % i);
      const double kept = column[i - 1];
      column[i - 1] = column[k];
      column[k] = kept;
    }
    for (size_t i = 0; i < count; i++) out[i * dimensions + d] = column[i];
  }
  free(column);
  return 1;
}
