/* SPDX-License-Identifier: Apache-2.0 */
/* How far the hand reaches. Stateless, thread-safe. */
#ifndef SAGITTA_REACH_H
#define SAGITTA_REACH_H

#include "assess/scale.h"
#include "sagitta/result.h"

/*
 * The hand's mean place over rows [from, to), in cm beyond the soles: from sitting along the legs, from standing
 * downwards. Zero is the mark ruler0; without it, the soles are estimated from the ankle. The way is the line of the
 * two marks where they lie along it, else level or plumb. Unknown where hand, scale or zero are.
 */
sagitta_quantity sg_reach(const sg_motion *motion, const sg_scale *scale, size_t from, size_t to);

/* Whether the soles have to be estimated from the ankle. */
bool sg_reach_estimates_soles(const sg_scale *scale);

#endif
