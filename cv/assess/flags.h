/* SPDX-License-Identifier: Apache-2.0 */
/* What is said about a bend besides its numbers, and whether it counts. */
#ifndef SAGITTA_FLAGS_H
#define SAGITTA_FLAGS_H

#include "assess/measure.h"
#include "assess/result.h"
#include "assess/rules.h"

/*
 * Set flags and `valid` of result->repetition[index] and add a warning with a remedy for each. `measured` is NULL when
 * nothing could be measured at end range. 0 when memory is short.
 */
int sg_flag_bend(sagitta_result *result, size_t index, const sg_motion *motion, const sg_bend *bend,
                 const sg_measured *measured, const sg_rules *rules);

#endif
