/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/live: repetitions so far, by the rules of the analysis over what is kept of the markers, and those
 * that were over before. One thread at a time. */
#ifndef SG_LIVE_COUNTING_H
#define SG_LIVE_COUNTING_H

#include "assess/tests.h"
#include "sagitta/live.h"

typedef struct sg_counting {
  double least_deg, most_deg; /* of the angle since it was counted last; NAN = not known yet */
  double slow_s;              /* since when it is slow; NAN = it is not */
  size_t before;              /* repetitions that are forgotten, or soon will be, … */
  double before_s;            /* … of which the last was at its end range then */
} sg_counting;

sg_counting sg_counting_begin(void);
/* One more angle (deg and deg/s; NAN = unknown): whether it has come to rest after a movement, so that it is worth to
 * count. */
bool sg_counting_is_due(sg_counting *counting, const sg_test *test, double time_s, double angle, double speed);
/* Count in the tracks so far. `whole`: nothing more comes, and what the end cuts off counts as well. Errors: MEMORY. */
sagitta_status sg_counting_count(sg_counting *counting, const sagitta_tracks *tracks, const sg_test *test, bool whole,
                                 size_t *repetitions, sagitta_error *error);

#endif
