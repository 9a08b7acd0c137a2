/* SPDX-License-Identifier: Apache-2.0 */
/* What a test measures of one repetition. */
#ifndef SAGITTA_FINDINGS_H
#define SAGITTA_FINDINGS_H

#include "assess/measure.h"
#include "assess/scale.h"

/*
 * Fill times and, with what the rules' findings ask for, the quantities of `out` at end range. False when nothing can
 * be had there (then only times are filled). The sampler keeps a bend's bodies.
 */
bool sg_find(const sg_motion *motion, const sg_bend *bend, const sg_rules *rules, const sg_scale *scale,
             sg_sampler *sampler, sagitta_repetition *out, sg_measured *measured);

/* The time held in the neutral band, from finished angles; *rounded_s: the time in which the back was outside of it,
 * the hips bent. */
void sg_find_hold(const sg_motion *motion, const sg_angles *angles, const sg_bend *bend, const sg_rules *rules,
                  sagitta_repetition *out, double *rounded_s);

#endif
