/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/gaps.h"
#include "base/math.h"

#define STAMP_S        2e-4 /* s: a gap's length is no better known than the stamps at its ends */
#define STILL_WINDOW_S 0.2  /* s, on either side of a gap */
#define STILL_RANGE    0.02 /* of the signal's whole range */
#define HOLE_STEPS     2.5  /* usual steps: fewer are one frame that was dropped */
#define STILL_NOISE    6.0  /* standard deviations: the range of the hundred samples of a fast camera is five */

bool sg_step_is_hole(double step_s, double usual_s) {
  return step_s - usual_s > SG_GAP_FILL_S + STAMP_S && step_s > HOLE_STEPS * usual_s;
}

/* Weighted harmonic mean of the secants on either side; zero at a turning point. */
static double inner_slope(double h0, double h1, double d0, double d1) {
  if (d0 * d1 <= 0) return 0;
  const double w0 = 2 * h1 + h0, w1 = h1 + 2 * h0;
  return (w0 + w1) / (w0 / d0 + w1 / d1);
}

static double slope_at(const double *t, const double *y, size_t n, size_t k) {
  if (k == 0) return (y[1] - y[0]) / (t[1] - t[0]);
  if (k + 1 == n) return (y[k] - y[k - 1]) / (t[k] - t[k - 1]);
  const double h0 = t[k] - t[k - 1], h1 = t[k + 1] - t[k];
  return inner_slope(h0, h1, (y[k] - y[k - 1]) / h0, (y[k + 1] - y[k]) / h1);
}

double sg_pchip(const double *t, const double *y, size_t n, size_t i, double at) {
  const double h = t[i + 1] - t[i], s = (at - t[i]) / h;
  const double m0 = slope_at(t, y, n, i) * h, m1 = slope_at(t, y, n, i + 1) * h;
  const double c = y[i + 1] - y[i];
  return y[i] + s * (m0 + s * (3 * c - 2 * m0 - m1 + s * (m0 + m1 - 2 * c)));
}

typedef struct {
  const double *time_s;
  double *value;
  unsigned char *known; /* as it was given: filled values are no support for other gaps */
  unsigned char *result;
  size_t n;
  double tolerance; /* movement that still counts as none */
  double usual;     /* s, from one sample to the next */
} signal;

static double noise_of(const signal *s, double *scratch) {
  size_t count = 0;
  for (size_t i = 1; i + 1 < s->n; i++) {
    if (s->known[i - 1] && s->known[i] && s->known[i + 1]) {
      scratch[count++] = fabs(s->value[i - 1] - 2 * s->value[i] + s->value[i + 1]);
    }
  }
  /* 1.4826 makes a deviation of the median absolute one; white noise grows by sqrt(6) in a second difference. */
  return count ? 1.4826 * sg_median(scratch, count) / sqrt(6.0) : 0;
}

static double range_of(const signal *s) {
  double low = INFINITY, high = -INFINITY;
  for (size_t i = 0; i < s->n; i++) {
    if (!s->known[i]) continue;
    low = fmin(low, s->value[i]);
    high = fmax(high, s->value[i]);
  }
  return high > low ? high - low : 0;
}

/* Whether nothing moves from shortly before sample a to shortly after sample b. */
static int is_still(const signal *s, size_t a, size_t b) {
  double low = INFINITY, high = -INFINITY;
  size_t from = a, to = b;
  while (from > 0 && s->time_s[a] - s->time_s[from - 1] <= STILL_WINDOW_S) from--;
  while (to + 1 < s->n && s->time_s[to + 1] - s->time_s[b] <= STILL_WINDOW_S) to++;
  for (size_t i = from; i <= to; i++) {
    if (!s->known[i]) continue;
    low = fmin(low, s->value[i]);
    high = fmax(high, s->value[i]);
  }
  return high - low <= s->tolerance;
}

static double usual_step(const signal *s, double *scratch) {
  for (size_t i = 1; i < s->n; i++) scratch[i - 1] = s->time_s[i] - s->time_s[i - 1];
  return sg_median(scratch, s->n - 1);
}

/* How long samples are missing between a and b, s: where time was not filmed in between, that counts. */
static double length_of(const signal *s, size_t a, size_t b) {
  const double span = s->time_s[b] - s->time_s[a], missing = (double)(b - a - 1);
  for (size_t i = a + 1; i <= b; i++) {
    if (sg_step_is_hole(s->time_s[i] - s->time_s[i - 1], s->usual)) return span - s->usual;
  }
  return span * missing / (missing + 1);
}

static int bridge(signal *s, size_t a, size_t b) {
  double t[4], y[4];
  size_t n = 0, before = a, after = b + 1;
  while (before > 0 && !s->known[before - 1]) before--;
  if (before > 0) {
    t[n] = s->time_s[before - 1];
    y[n++] = s->value[before - 1];
  }
  const size_t i = n;
  t[n] = s->time_s[a];
  y[n++] = s->value[a];
  t[n] = s->time_s[b];
  y[n++] = s->value[b];
  while (after < s->n && !s->known[after]) after++;
  if (after < s->n) {
    t[n] = s->time_s[after];
    y[n++] = s->value[after];
  }
  for (size_t k = a + 1; k < b; k++) {
    s->value[k] = sg_pchip(t, y, n, i, s->time_s[k]);
    s->result[k] = SG_GAP_FILLED;
  }
  return (int)(b - a - 1);
}

int sg_fill_gaps(const double *time_s, double *value, unsigned char *known, size_t n) {
  if (n < 3) return 0;
  double *scratch = malloc(n * sizeof *scratch);
  unsigned char *given = malloc(n);
  int filled = 0;
  if (!scratch || !given) {
    filled = -1;
    goto done;
  }
  memcpy(given, known, n);
  signal s = { time_s, value, given, known, n, 0, 0 };
  s.usual = usual_step(&s, scratch);
  s.tolerance = fmax(STILL_RANGE * range_of(&s), STILL_NOISE * noise_of(&s, scratch));

  size_t last = n; /* the last known sample, n before the first */
  for (size_t i = 0; i < n; i++) {
    if (!given[i]) continue;
    if (last != n && i > last + 1) {
      const double length = length_of(&s, last, i);
      if (length <= SG_GAP_FILL_S + STAMP_S || (length <= SG_GAP_STILL_S + STAMP_S && is_still(&s, last, i))) {
        filled += bridge(&s, last, i);
      }
    }
    last = i;
  }
done:
  free(given);
  free(scratch);
  return filled;
}
