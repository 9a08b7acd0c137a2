/* SPDX-License-Identifier: Apache-2.0 */
/* What is said about the recording as a whole: markers, gaps, frames. */
#ifndef SAGITTA_NOTES_H
#define SAGITTA_NOTES_H

#include "assess/norms.h"
#include "result/result.h"
#include "assess/rules.h"
#include "assess/scale.h"
#include "body/body.h"

/* Fill result->marker[], input and the tracks' own warnings. 0 when memory is short. */
int sg_note_tracks(sagitta_result *result, const sagitta_tracks *tracks, const sg_signals *signals);
/* What is told of how the camera looked on. */
sagitta_view sg_view_told(const sg_motion *motion);
/* Warnings about the recording, after the repetitions are judged. 0 when memory is short. */
int sg_note_recording(sagitta_result *result, const sagitta_tracks *tracks, const sg_motion *motion,
                      const sg_rules *rules, const sg_scale *scale, sg_norm_gap gap);

#endif
