/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How evenly frames follow each other: the one judgement behind `variable_frame_rate`, whether the stamps come from a
 * video or from a tracks file. No libm. One object, one thread.
 */
#ifndef SG_BASE_PACE_H
#define SG_BASE_PACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SG_PACE_WINDOW 32

/* Zero to start with, but for the tick. */
typedef struct sg_pace {
  double tick;                   /* s: what stamps are rounded to; 0 = exact */
  double window[SG_PACE_WINDOW]; /* s, intervals */
  int filled;                    /* of window */
  double reference;              /* s: median of the first window; 0 until it is full */
  double slowest, fastest;       /* s: largest and smallest median of a window */
  int64_t intervals, uneven;
} sg_pace;

void sg_pace_add(sg_pace *pace, double interval_s);
/* Typical interval so far, s; 0 when unknown. */
double sg_pace_interval(const sg_pace *pace);
/*
 * After the last interval: whether the rate is variable. It is when more than one interval of fifty differs from the
 * first window's median by more than 5 % and by more than stamps are rounded. Time that was not filmed (gaps.h) is no
 * matter of rate and does not count.
 */
bool sg_pace_is_variable(sg_pace *pace);

/* The same of n times (s), time(of, i) the i-th, whose tick is not known: 1 ms where all are whole milliseconds, else
 * that of a tracks file, 0.1 ms. */
bool sg_pace_of_times(double (*time)(const void *of, size_t i), const void *of, size_t n);

#endif
