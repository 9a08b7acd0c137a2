/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/assess. Where in the recording each repetition begins, reaches its end range and is over. Thread-safe.
 */
#ifndef SG_ASSESS_REPETITIONS_H
#define SG_ASSESS_REPETITIONS_H

#include "assess/tests.h"
#include "body/body.h"

typedef struct sg_bounds {
  size_t start, end_range, end; /* rows; end is the last one */
  size_t from, to;              /* rows [from, to) within ±0.1 s of end range; of quiet standing all of it */
  size_t arrived;               /* first row within 5 % of end range */
  double hold_s;                /* around end range, within 5 % of it */
  double peak_speed;            /* deg/s of the way out: trunk line, thigh or knee */
  bool cut_off;                 /* the recording starts or ends within it */
  bool lost;                    /* a needed marker is hidden at end range */
  bool broken;                  /* rows on the way out are unknown: how fast it was at its fastest was not seen */
  bool untimed;                 /* it began, or came near to end range, in rows that are unknown */
  bool open; /* the stay at end range begins or ends in rows that are unknown: it may have been longer */
} sg_bounds;

/* All repetitions of the test's event in order; *bounds belongs to the caller (free). 0 when memory is short. */
int sg_find_repetitions(sg_bounds **bounds, size_t *count, const sg_motion *motion, const sg_angles *angles,
                        const sg_test *test);

#endif
