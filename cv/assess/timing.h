/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/assess. The timing of one bend on the way down: order, onsets and speeds of hips and lower back,
 * shares of its thirds, smoothness. */
#ifndef SG_ASSESS_TIMING_H
#define SG_ASSESS_TIMING_H

#include <stdint.h>

#include "assess/repetitions.h"
#include "sagitta/result.h"

/* Frames/s below which there is no speed. */
#define SG_LOW_RATE 15.0

/*
 * Fill from finished angles: hip_lag, hip_onset, lumbar_onset, peak_velocity, hip_velocity, lumbar_velocity,
 * smoothness, phase[]. Unknown stays what the markers do not carry: speeds and onsets below 15 frames/s, onsets and
 * speeds of the parts where the hip hinge is inferred. 0 when memory is short. Thread-safe.
 */
int sg_measure_timing(const sg_motion *motion, const sg_angles *angles, const sg_bounds *bounds, uint64_t seed,
                      sagitta_repetition *out);

#endif
