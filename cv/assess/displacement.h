/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/assess. How far feet and hips are displaced during a repetition: as a quantity with its interval, and
 * in cm that are good enough to warn by. Stateless, thread-safe.
 */
#ifndef SG_ASSESS_DISPLACEMENT_H
#define SG_ASSESS_DISPLACEMENT_H

#include "assess/repetitions.h"
#include "assess/scale.h"

/* Greatest distances from the start, cm; 0 where the markers do not tell. */
typedef struct sg_displacement {
  double feet_cm;                     /* of the ankle, in any direction */
  double heel_cm;                     /* of the ankle, upwards */
  double hips_back_cm, hips_ahead_cm; /* of the hip marker over the ankle in standing, in the picture otherwise */
} sg_displacement;

/* By the scale where it is known, else by the length of an average thigh. */
sg_displacement sg_displacement_of(const sg_motion *motion, const sg_bounds *bounds, const sg_scale *scale);

/*
 * Fill weight_shift (fraction of the thigh's length, marker to marker at the start) and, where the scale is known,
 * weight_shift_cm: how much further behind the ankle the hip point lies at end range than at the start, level, backward
 * positive. Unknown without an ankle marker, and where the movement does not start from standing.
 *
 * A description and no score: that the hips go back is one of the criteria that the SFMA asks a multi-segmental
 * flexion for (Cook 2010), and keeps the body's weight over the feet; how far is not given there.
 */
void sg_measure_weight_shift(const sg_motion *motion, const sg_bounds *bounds, const sg_scale *scale,
                             sagitta_repetition *out);

#endif
