/* SPDX-License-Identifier: Apache-2.0 */
/* Mathematics and random numbers. */
#include "base/math.h"

#include <math.h>
#include <stdlib.h>

const double sg_powers_of_ten[SG_DECIMALS_MOST + 1] = { 1.0, 10.0, 100.0, 1000.0, 10000.0, 100000.0, 1000000.0 };

/* Taylor series of atan; |t| <= tan(pi/16) makes the last term smaller than 1e-17. */
static double atan_small(double t) {
  const double s = t * t;
  double sum = 0.0;
  for (int k = 25; k >= 1; k -= 2) {
    const double term = 1.0 / (double)k;
    sum = term - s * sum;
  }
  return t * sum;
}

/* atan of t in [0, 1], by subtracting the nearest of pi/8 and pi/4: atan t = a + atan((t − tan a) / (1 + t tan a)). */
static double atan_unit(double t) {
  const double tan_16 = 0.19891236737965800691, tan_8 = 0.41421356237309504880, tan_3_16 = 0.66817863791929891999;
  if (t <= tan_16) return atan_small(t);
  if (t <= tan_3_16) return SG_PI / 8.0 + atan_small((t - tan_8) / (1.0 + t * tan_8));
  return SG_PI / 4.0 + atan_small((t - 1.0) / (1.0 + t));
}

double sg_atan2_deg(double y, double x) {
  const double ax = fabs(x), ay = fabs(y);
  if (ax == 0.0 && ay == 0.0) return 0.0;
  double angle = ay <= ax ? atan_unit(ay / ax) : SG_PI / 2.0 - atan_unit(ax / ay);
  if (x < 0.0) angle = SG_PI - angle;
  angle *= 180.0 / SG_PI;
  return y < 0.0 ? -angle : angle;
}

double sg_nearest_turn(double angle, double reference) {
  return angle - 360 * round((angle - reference) / 360);
}

double sg_round(double value, int decimals) {
  if (isnan(value)) return value;
  const double scale = sg_powers_of_ten[decimals];
  const double scaled = fabs(value) * scale;
  const double whole = floor(scaled + 0.5);
  const double rounded = whole / scale;
  return value < 0.0 && whole > 0.0 ? -rounded : rounded;
}

int sg_compare_doubles(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double sg_mean(const double *v, size_t from, size_t to) {
  double sum = 0, count = 0;
  for (size_t i = from; v && i < to; i++) {
    if (isnan(v[i])) continue;
    sum += v[i];
    count += 1;
  }
  return sum / count;
}

double sg_upper_median(double *value, size_t n) {
  qsort(value, n, sizeof *value, sg_compare_doubles);
  return value[n / 2];
}

double sg_median(double *value, size_t n) {
  const double upper = sg_upper_median(value, n);
  return n % 2 ? upper : 0.5 * (value[n / 2 - 1] + upper);
}

double sg_quantile(const double *sorted, size_t n, double part) {
  const double at = fmin((double)n - 1, fmax(0, part * (double)n - 0.5));
  const size_t i = (size_t)fmin((double)n - 2, floor(at));
  return sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]);
}

static double polynomial(const double *c, size_t n, double x) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) sum = sum * x + c[i];
  return sum;
}

int sg_compare_weighted(const void *a, const void *b) {
  const double x = ((const sg_weighted *)a)->value, y = ((const sg_weighted *)b)->value;
  return (x > y) - (x < y);
}

double sg_weighted_quantile(const sg_weighted *sorted, size_t n, double part) {
  double below = 0, last = 0;
  for (size_t i = 0; i < n; i++) {
    const double middle = below + 0.5 * sorted[i].weight;
    if (middle >= part) {
      if (i == 0 || middle <= last) return sorted[i].value;
      return sorted[i - 1].value + (part - last) / (middle - last) * (sorted[i].value - sorted[i - 1].value);
    }
    last = middle;
    below += sorted[i].weight;
  }
  return sorted[n - 1].value;
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

int sg_cholesky(double *a, size_t n) {
  for (size_t j = 0; j < n; j++) {
    for (size_t k = j; k < n; k++) {
      double sum = a[k * n + j];
      for (size_t i = 0; i < j; i++) sum -= a[k * n + i] * a[j * n + i];
      if (k == j) {
        if (!(sum > 0)) return 0;
        a[j * n + j] = sqrt(sum);
      } else {
        a[k * n + j] = sum / a[j * n + j];
      }
    }
    for (size_t k = j + 1; k < n; k++) a[j * n + k] = 0;
  }
  return 1;
}

void sg_solve_lower(const double *l, double *b, size_t n) {
  for (size_t i = 0; i < n; i++) {
    for (size_t k = 0; k < i; k++) b[i] -= l[i * n + k] * b[k];
    b[i] /= l[i * n + i];
  }
}

void sg_solve_upper(const double *l, double *b, size_t n) {
  for (size_t i = n; i-- > 0;) {
    for (size_t k = i + 1; k < n; k++) b[i] -= l[k * n + i] * b[k];
    b[i] /= l[i * n + i];
  }
}

/* ---- random numbers ---- */

uint64_t sg_random(uint64_t *state) {
  uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return z ^ (z >> 31);
}

double sg_random_unit(uint64_t *state) {
  return ((double)(sg_random(state) >> 11) + 0.5) * 0x1p-53;
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

sg_chance sg_chance_new(uint64_t seed, uint64_t number) {
  uint64_t state = seed;
  state = sg_random(&state) ^ (number * UINT64_C(0xD1B54A32D192ED03));
  sg_chance c;
  for (int i = 0; i < 4; i++) c.state[i] = sg_random(&state);
  return c;
}

static uint64_t rotated(uint64_t x, int by) {
  return (x << by) | (x >> (64 - by));
}

static uint64_t next(sg_chance *c) {
  uint64_t *s = c->state;
  const uint64_t result = rotated(s[1] * 5, 7) * 9, kept = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= kept;
  s[3] = rotated(s[3], 45);
  return result;
}

double sg_chance_unit(sg_chance *chance) {
  return ((double)(next(chance) >> 11) + 0.5) * 0x1p-53;
}

double sg_chance_normal(sg_chance *chance) {
  const double radius = sqrt(-2 * log(sg_chance_unit(chance)));
  return radius * cos(2 * SG_PI * sg_chance_unit(chance));
}
