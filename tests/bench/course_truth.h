/* SPDX-License-Identifier: Apache-2.0 */
/* What the quantities of a bend's course truly are, read off a simulated person's own angles at 1,000 moments a second,
 * by their definitions and apart from the code that is judged. */
#ifndef SAGITTA_COURSE_TRUTH_H
#define SAGITTA_COURSE_TRUTH_H

#include "courses.h"
#include "sagitta/result.h"

enum {
  TRUTH_HIP_ONSET,
  TRUTH_LUMBAR_ONSET,
  TRUTH_LAG,
  TRUTH_HIP_SPEED,
  TRUTH_LUMBAR_SPEED,
  TRUTH_TRUNK_SPEED,
  TRUTH_SHARE_1,
  TRUTH_SHARE_2,
  TRUTH_SHARE_3,
  TRUTH_SMOOTHNESS,
  TRUTH_WEIGHT_SHIFT,
  TRUTHS
};

extern const char *const truth_names[TRUTHS];

/* Of the first repetition; NAN where there is none. False when memory is short. */
bool truth_of(const course *c, double truth[TRUTHS]);
/* The quantity that measures it; NULL where the repetition has none. */
const sagitta_quantity *truth_found(const sagitta_repetition *r, int truth);

#endif
