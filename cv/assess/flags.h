/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/assess. The flags of a repetition, and whether it counts. Thread-safe, one result a thread. */
#ifndef SG_ASSESS_FLAGS_H
#define SG_ASSESS_FLAGS_H

#include "assess/end_range.h"
#include "assess/scale.h"
#include "result/result.h"

/*
 * Set flags and `valid` of result->repetition[index], and add a warning with its remedy for each flag. `end` is NULL
 * when nothing could be measured at end range. 0 when memory is short.
 */
int sg_flag_repetition(sagitta_result *result, size_t index, const sg_motion *motion, const sg_bounds *bounds,
                       const sg_end_range *end, const sg_test *test, const sg_scale *scale);

/* The flags of a hold, whose neutral_hold is known: rounded_s is the time in which the lower back was round. 0 when
 * memory is short. */
int sg_flag_hold(sagitta_result *result, size_t index, const sg_test *test, double rounded_s);

#endif
