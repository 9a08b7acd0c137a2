/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/assess. What is true of the whole recording: its input, its markers, and warnings about them.
 * Thread-safe, one result a thread. */
#ifndef SG_ASSESS_RECORDING_WARNINGS_H
#define SG_ASSESS_RECORDING_WARNINGS_H

#include "assess/norms.h"
#include "assess/scale.h"
#include "assess/tests.h"
#include "result/result.h"

/* Fill result->marker[], input and the tracks' own warnings. 0 when memory is short. */
int sg_recording_describe(sagitta_result *result, const sagitta_tracks *tracks, const sg_signals *signals);
/* How the camera looked on, for the result. */
sagitta_view sg_recording_view(const sg_motion *motion);
/* Add the warnings about the recording, after the repetitions are judged and summarised. 0 when memory is short. */
int sg_recording_warn(sagitta_result *result, const sagitta_tracks *tracks, const sg_motion *motion,
                      const sg_test *test, const sg_scale *scale, sg_norm_gap gap);

#endif
