/* SPDX-License-Identifier: Apache-2.0 */
/* What one bend does on the way down: order and speed of hips and back, shares of its thirds, smoothness, where the
 * hips go. */
#ifndef SAGITTA_COURSE_H
#define SAGITTA_COURSE_H

#include <stdint.h>

#include "assess/repetitions.h"
#include "sagitta/result.h"

/*
 * From finished angles: hip_lag, hip_onset, lumbar_onset, peak_velocity, hip_velocity, lumbar_velocity, smoothness,
 * phase[]. Unknown stays what the markers do not carry: speeds and onsets below 15 frames/s, onsets and speeds of the
 * parts where the hip hinge is inferred. 0 when memory is short. Thread-safe.
 */
int sg_measure_course(const sg_motion *motion, const sg_angles *angles, const sg_bend *bend, uint64_t seed,
                      sagitta_repetition *out);

#endif
