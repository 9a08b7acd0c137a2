/* SPDX-License-Identifier: Apache-2.0 */
/* How far feet and hips travel during a repetition, in cm that are good enough to warn by. Stateless, thread-safe. */
#ifndef SAGITTA_TRAVEL_H
#define SAGITTA_TRAVEL_H

#include "assess/repetitions.h"
#include "assess/scale.h"

/* Greatest distances from the start; 0 where the markers do not tell. */
typedef struct sg_travel {
  double feet_cm;                     /* of the ankle, any way */
  double heel_cm;                     /* of the ankle, upwards */
  double hips_back_cm, hips_ahead_cm; /* of the hip marker over the ankle in standing, in the picture otherwise */
} sg_travel;

/* The scale where it is known, else an average thigh. */
sg_travel sg_travel_of(const sg_motion *motion, const sg_bend *bend, const sg_scale *scale);

#endif
