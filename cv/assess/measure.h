/* SPDX-License-Identifier: Apache-2.0 */
/* The quantities of one bend. */
#ifndef SAGITTA_MEASURE_H
#define SAGITTA_MEASURE_H

#include "assess/repetitions.h"
#include "body/body.h"
#include "sagitta/result.h"

/* What one bend's posterior leaves behind for the others. */
typedef struct sg_measured {
  sg_shape shape[SG_QUANTITIES];
  double misfit; /* of the likeliest posture: squared standard deviations */
  double thigh;  /* deg at end range */
} sg_measured;

/* Fill the end-range quantities of a bend's posture. False when nothing can be had there. The sampler keeps this bend's
 * bodies. */
bool sg_measure_bend(const sg_motion *motion, const sg_bend *bend, sg_sampler *sampler, sagitta_repetition *out,
                     sg_measured *measured);

#endif
