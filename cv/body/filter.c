/* SPDX-License-Identifier: Apache-2.0 */
/* Smoothing of evenly sampled signals: Butterworth low pass, and Winter's residual analysis for its cut-off. Stateless.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "body/body.h"

#define TWO_PASSES 0.802 /* (2^(1/2) − 1)^(1/4): each pass attenuates */
#define TOP_HZ     12.0  /* cut-offs that are tried … */
#define STEP_HZ    0.5   /* … and the step between them */
#define STEPS      24
#define TAIL       0.6 /* the residual curve's noise begins at this part of it */

typedef struct {
  double b0, b1, b2, a1, a2;
} biquad;

static biquad design(double rate, double cutoff) {
  const double k = tan(SG_PI * fmin(cutoff / rate, 0.49)) / TWO_PASSES;
  const double norm = 1 / (1 + sqrt(2.0) * k + k * k);
  return (biquad){ k * k * norm, 2 * k * k * norm, k * k * norm, 2 * (k * k - 1) * norm,
                   (1 - sqrt(2.0) * k + k * k) * norm };
}

/* Transposed direct form II from the steady state of the first value; stride −1 runs backwards. */
static void pass(const biquad *f, double *y, size_t n, ptrdiff_t stride) {
  const double first = *y;
  double s1 = first * (1 - f->b0), s2 = first * (f->b2 - f->a2);
  for (size_t i = 0; i < n; i++, y += stride) {
    const double in = *y, out = f->b0 * in + s1;
    s1 = f->b1 * in - f->a1 * out + s2;
    s2 = f->b2 * in - f->a2 * out;
    *y = out;
  }
}

static size_t padding(size_t n, double rate) {
  const size_t wanted = (size_t)ceil(fmax(rate, 1)) + 1;
  return wanted < n ? wanted : n - 1;
}

/* padded: n + 2·pad values of room. */
static void filter_padded(const double *value, size_t n, double rate, double cutoff, double *padded, double *out) {
  const biquad f = design(rate, cutoff);
  const size_t pad = padding(n, rate), all = n + 2 * pad;
  memcpy(padded + pad, value, n * sizeof *value);
  for (size_t i = 1; i <= pad; i++) {
    padded[pad - i] = 2 * value[0] - value[i];
    padded[pad + n - 1 + i] = 2 * value[n - 1] - value[n - 1 - i];
  }
  pass(&f, padded, all, 1);
  pass(&f, padded + all - 1, all, -1);
  memcpy(out, padded + pad, n * sizeof *value);
}

int sg_low_pass(double *value, size_t n, double rate, double cutoff) {
  if (n < 4 || cutoff >= 0.5 * rate) return 1;
  double *padded = malloc((n + 2 * padding(n, rate)) * sizeof *padded);
  if (!padded) return 0;
  filter_padded(value, n, rate, cutoff, padded, value);
  free(padded);
  return 1;
}

/* Where the falling residual curve crosses the intercept of the line through its tail. */
static double crossing(const double *hz, const double *residual, size_t n) {
  const size_t from = (size_t)(TAIL * (double)n);
  double sx = 0, sy = 0, sxx = 0, sxy = 0, count = 0;
  for (size_t i = from; i < n; i++) {
    sx += hz[i];
    sy += residual[i];
    sxx += hz[i] * hz[i];
    sxy += hz[i] * residual[i];
    count += 1;
  }
  const double spread = count * sxx - sx * sx;
  const double slope = spread > 0 ? (count * sxy - sx * sy) / spread : 0;
  const double intercept = (sy - slope * sx) / count;
  for (size_t i = 0; i < n; i++) {
    if (residual[i] > intercept) continue;
    if (i == 0) return hz[0];
    return hz[i - 1] + (hz[i] - hz[i - 1]) * (residual[i - 1] - intercept) / (residual[i - 1] - residual[i]);
  }
  return hz[n - 1];
}

double sg_residual_cutoff(const double *value, size_t n, double rate) {
  const double most = SG_CUTOFF_SHARE * rate;
  if (most <= SG_CUTOFF_FLOOR || n < 8) return fmin(most, SG_CUTOFF_FLOOR);
  double *padded = malloc((2 * n + 2 * padding(n, rate)) * sizeof *padded);
  if (!padded) return -1;
  double *smooth = padded + n + 2 * padding(n, rate);
  double hz[STEPS], residual[STEPS];
  size_t steps = 0;
  for (; steps < STEPS && STEP_HZ * (double)(steps + 1) <= fmin(TOP_HZ, most); steps++) {
    hz[steps] = STEP_HZ * (double)(steps + 1);
    filter_padded(value, n, rate, hz[steps], padded, smooth);
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += (value[i] - smooth[i]) * (value[i] - smooth[i]);
    residual[steps] = sqrt(sum / (double)n);
  }
  free(padded);
  return fmin(most, fmax(SG_CUTOFF_FLOOR, crossing(hz, residual, steps)));
}
