/* SPDX-License-Identifier: Apache-2.0 */
/* Where the hips go in a bend: how far backward over the ankle. Stateless, thread-safe. */
#ifndef SAGITTA_SHIFT_H
#define SAGITTA_SHIFT_H

#include "assess/repetitions.h"
#include "assess/scale.h"
#include "sagitta/result.h"

/*
 * Fill weight_shift (fraction of the thigh's length, marker to marker at the start) and, where the scale is known,
 * weight_shift_cm: how much further behind the ankle the hip point lies at end range than at the start, level, backward
 * positive. Unknown without an ankle marker, and where the movement does not start from standing.
 *
 * A description and no score: that the hips go back is one of the criteria that the SFMA asks a multi-segmental
 * flexion for (Cook 2010), and keeps the body's weight over the feet; how far is not given there.
 */
void sg_measure_shift(const sg_motion *motion, const sg_bend *bend, const sg_scale *scale, sagitta_repetition *out);

#endif
