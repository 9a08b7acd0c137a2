/* SPDX-License-Identifier: Apache-2.0 */
/* Where in the recording each bend begins, reaches its end and is over. Thread-safe. */
#ifndef SAGITTA_REPETITIONS_H
#define SAGITTA_REPETITIONS_H

#include "body/angles.h"

typedef struct sg_bend {
  size_t start, end_range, end; /* rows; end is the last one */
  size_t from, to;              /* rows [from, to) within ±0.1 s of end range */
  size_t arrived;               /* first row within 5 % of end range */
  double hold_s;                /* around end range, within 5 % of it */
  double peak_speed;            /* deg/s of the trunk line on the way down */
  size_t peak_speed_row;
  bool cut_off; /* the recording starts or ends within it */
  bool lost;    /* a needed marker is hidden at end range */
} sg_bend;

/* All bends in order; *bends belongs to the caller (free). 0 when memory is short. */
int sg_find_bends(sg_bend **bends, size_t *count, const sg_motion *motion, const sg_angles *angles);

/*
 * The moment (s) on the way down at which `angle` sets off: faster than 5 % of its greatest speed and than 3 deg/s for
 * 0.1 s, tracked back from there. NAN when it never does.
 */
double sg_onset(const sg_motion *motion, const double *angle, const sg_bend *bend);

#endif
