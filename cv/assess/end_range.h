/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/assess. The quantities of one repetition at its end range: what its test measures, by the planar body
 * where there is one, else by plain geometry. Thread-safe as long as the sampler is.
 */
#ifndef SG_ASSESS_END_RANGE_H
#define SG_ASSESS_END_RANGE_H

#include "assess/repetitions.h"
#include "assess/scale.h"
#include "result/result.h"

/* What the posture at end range leaves behind for flags and for the angles through time. Zeroed where not measured. */
typedef struct sg_end_range {
  sg_shape shape[SG_QUANTITIES];
  double misfit; /* of the likeliest posture: squared standard deviations */
  double thigh;  /* deg, forward positive, change from the start */
} sg_end_range;

/*
 * Fill times and, by the test's measurements, the quantities of `out`. False when nothing can be had at end range (then
 * only times are filled, and *end is zeroed). The sampler keeps the bodies that were drawn for this repetition.
 */
bool sg_measure_end_range(const sg_motion *motion, const sg_bounds *bounds, const sg_test *test, const sg_scale *scale,
                          sg_sampler *sampler, sagitta_repetition *out, sg_end_range *end);

/* Fill neutral_hold from finished angles: the time held with the lower back in its neutral band. *rounded_s: the time
 * in which the lower back was outside of that band with the hips bent. */
void sg_measure_hold(const sg_motion *motion, const sg_angles *angles, const sg_bounds *bounds, const sg_test *test,
                     sagitta_repetition *out, double *rounded_s);

#endif
