/* SPDX-License-Identifier: Apache-2.0 */
/* What is said about a repetition besides its numbers, and whether it counts. */
#ifndef SAGITTA_FLAGS_H
#define SAGITTA_FLAGS_H

#include "assess/measure.h"
#include "result/result.h"
#include "assess/rules.h"
#include "assess/scale.h"

/*
 * Set flags and `valid` of result->repetition[index] and add a warning with a remedy for each. `measured` is NULL when
 * nothing could be measured at end range. 0 when memory is short.
 */
int sg_flag_repetition(sagitta_result *result, size_t index, const sg_motion *motion, const sg_bend *bend,
                       const sg_measured *measured, const sg_rules *rules, const sg_scale *scale);

/* The flags of a hold, whose neutral_hold is known: rounded_s is the time in which the back was round. */
int sg_flag_hold(sagitta_result *result, size_t index, const sg_rules *rules, double rounded_s);

#endif
