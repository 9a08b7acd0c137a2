/* SPDX-License-Identifier: Apache-2.0 */
#include "base/pace.h"

#include <math.h>
#include <string.h>

#include "base/gaps.h"
#include "base/math.h"

#define UNEVEN_SHARE 0.05 /* of the usual interval */
#define FEW          50   /* one uneven interval of so many is still an even rate */
#define FILE_TICK_S  1e-4
#define MILLISECOND  1e-3

static double median(const double *values, int count) {
  double sorted[SG_PACE_WINDOW];
  memcpy(sorted, values, (size_t)count * sizeof *values);
  return count ? sg_upper_median(sorted, (size_t)count) : 0;
}

double sg_pace_interval(const sg_pace *pace) {
  if (pace->reference > 0) return pace->reference;
  return median(pace->window, pace->filled);
}

/* Whether an interval differs from the reference by more than stamps are rounded. */
static bool is_uneven(const sg_pace *pace, double interval) {
  const double reference = pace->reference;
  if (sg_step_is_hole(interval, reference)) return false;
  const double rounding = reference > 1.5 * pace->tick ? 1.5 * pace->tick : 0.5 * pace->tick;
  const double tolerance = UNEVEN_SHARE * reference > rounding ? UNEVEN_SHARE * reference : rounding;
  return fabs(interval - reference) > tolerance;
}

static void count_window(sg_pace *pace) {
  for (int i = 0; i < pace->filled; i++) pace->uneven += is_uneven(pace, pace->window[i]);
  pace->intervals += pace->filled;
  pace->filled = 0;
}

static void close_window(sg_pace *pace) {
  const double middle = median(pace->window, pace->filled);
  if (pace->reference <= 0) {
    pace->reference = pace->slowest = pace->fastest = middle;
  } else {
    if (middle > pace->slowest) pace->slowest = middle;
    if (middle < pace->fastest) pace->fastest = middle;
  }
  count_window(pace);
}

void sg_pace_add(sg_pace *pace, double interval_s) {
  if (pace->filled == SG_PACE_WINDOW) close_window(pace);
  pace->window[pace->filled++] = interval_s;
}

bool sg_pace_is_variable(sg_pace *pace) {
  /* A last window that is not full tells nothing about the rate unless it is the only one. */
  if (pace->filled == SG_PACE_WINDOW || (pace->filled && pace->reference <= 0)) close_window(pace);
  count_window(pace);
  return pace->uneven * FEW > pace->intervals;
}

bool sg_pace_of_times(double (*time)(const void *of, size_t i), const void *of, size_t n) {
  sg_pace pace = { .tick = MILLISECOND };
  for (size_t i = 0; i < n && pace.tick > FILE_TICK_S; i++) {
    const double ms = time(of, i) / MILLISECOND;
    if (fabs(ms - floor(ms + 0.5)) > 1e-3) pace.tick = FILE_TICK_S;
  }
  for (size_t i = 1; i < n; i++) sg_pace_add(&pace, time(of, i) - time(of, i - 1));
  return sg_pace_is_variable(&pace);
}
