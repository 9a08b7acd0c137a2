/* SPDX-License-Identifier: Apache-2.0 */
#include "track/partial.h"

#include <math.h>
#include <stdlib.h>

#include "base/gaps.h"

#define AROUND_S 1.0 /* s, to either side */

static int ascending(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Robust relative standard deviation of the change from one frame to the next, over √2. */
static double relative_noise(const double *diameter, size_t n, double *scratch) {
  size_t count = 0;
  double before = (double)NAN;
  for (size_t i = 0; i < n; i++) {
    if (isnan(diameter[i])) continue;
    if (!isnan(before)) scratch[count++] = fabs(diameter[i] - before) / before;
    before = diameter[i];
  }
  return count > 0 ? 1.4826 * sg_median(scratch, count) / 1.4142 : 0.0;
}

int sg_partial_find(const double *time_s, const double *diameter, size_t n, bool loose, bool *partial) {
  double *scratch = malloc((n + 1) * sizeof *scratch);
  if (!scratch) return 0;
  const double noise = relative_noise(diameter, n, scratch);
  const double usual_tolerance = fmax(loose ? 0.20 : 0.045, 5.0 * noise);
  size_t from = 0, to = 0;
  for (size_t i = 0; i < n; i++) {
    partial[i] = false;
    while (from < i && time_s[from] < time_s[i] - AROUND_S) from++;
    while (to < n && time_s[to] <= time_s[i] + AROUND_S) to++;
    if (isnan(diameter[i])) continue;
    size_t count = 0;
    for (size_t k = from; k < to; k++) {
      if (!isnan(diameter[k])) scratch[count++] = diameter[k];
    }
    qsort(scratch, count, sizeof *scratch, ascending);
    /* what is hidden is smaller: the whole marker is among the larger ones */
    const double whole = scratch[(count - 1) * 3 / 4];
    const double usual = scratch[(count - 1) / 2];
    const double tolerance = fmax(usual_tolerance, 0.7 / usual); /* a small marker's size is less sure */
    partial[i] = diameter[i] < whole * (1.0 - tolerance) || diameter[i] > usual * (1.0 + 3.0 * tolerance + 0.1);
  }
  free(scratch);
  return 1;
}
