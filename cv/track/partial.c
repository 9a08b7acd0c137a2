/* SPDX-License-Identifier: Apache-2.0 */
#include "track/partial.h"

#include <math.h>
#include <stdlib.h>

#include "base/gaps.h"
#include "base/math.h"

#define AROUND_S 1.0 /* s, to either side */

/* What is usual around a moment, and how large the whole marker is there. */
typedef struct around {
  double usual, whole; /* px; NAN where the marker is not seen */
} around;

static void look_around(const double *time_s, const double *diameter, size_t n, double *scratch, around *out) {
  size_t from = 0, to = 0;
  for (size_t i = 0; i < n; i++) {
    out[i] = (around){ (double)NAN, (double)NAN };
    while (from < i && time_s[from] < time_s[i] - AROUND_S) from++;
    while (to < n && time_s[to] <= time_s[i] + AROUND_S) to++;
    if (isnan(diameter[i])) continue;
    size_t count = 0;
    for (size_t k = from; k < to; k++) {
      if (!isnan(diameter[k])) scratch[count++] = diameter[k];
    }
    qsort(scratch, count, sizeof *scratch, sg_compare_doubles);
    /* what is hidden is smaller: the whole marker is among the larger ones */
    out[i] = (around){ scratch[(count - 1) / 2], scratch[(count - 1) * 3 / 4] };
  }
}

/* Robust standard deviation of the size about what is usual, as a share of it. */
static double spread_of(const double *diameter, const around *near, size_t n, double *scratch) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) {
    if (!isnan(diameter[i])) scratch[count++] = fabs(diameter[i] / near[i].usual - 1.0);
  }
  return count > 0 ? 1.4826 * sg_median(scratch, count) : 0.0;
}

int sg_partial_find(const double *time_s, const double *diameter, size_t n, bool loose, bool *partial) {
  double *scratch = malloc((n + 1) * sizeof *scratch);
  around *near = malloc((n + 1) * sizeof *near);
  const int ok = scratch && near;
  if (ok) {
    look_around(time_s, diameter, n, scratch, near);
    const double spread = spread_of(diameter, near, n, scratch);
    for (size_t i = 0; i < n; i++) {
      /* a small marker's size is less sure */
      const double tolerance = fmax(fmax(loose ? 0.20 : 0.045, 4.0 * spread), 1.1 / near[i].usual);
      partial[i] = diameter[i] < near[i].whole * (1.0 - tolerance) ||
                   diameter[i] > near[i].usual * (1.0 + fmax(0.12, 2.0 * tolerance));
    }
  }
  free(near);
  free(scratch);
  return ok;
}
