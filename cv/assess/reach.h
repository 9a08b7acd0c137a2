/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/assess. How far the hand reaches. Stateless, thread-safe. */
#ifndef SG_ASSESS_REACH_H
#define SG_ASSESS_REACH_H

#include "assess/scale.h"
#include "sagitta/result.h"

/*
 * The hand's mean place over rows [from, to), in cm beyond the soles: from sitting along the legs, from standing
 * downwards. Zero is the mark ruler0; without it, the soles are estimated from the ankle. The direction is the line
 * of the two marks where they lie along it, else level or plumb. Unknown where hand, scale or zero are.
 */
sagitta_quantity sg_reach(const sg_motion *motion, const sg_scale *scale, size_t from, size_t to);

#endif
