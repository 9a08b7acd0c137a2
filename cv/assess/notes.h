/* SPDX-License-Identifier: Apache-2.0 */
/* What is said about the recording as a whole: markers, gaps, frames. */
#ifndef SAGITTA_NOTES_H
#define SAGITTA_NOTES_H

#include "assess/result.h"
#include "assess/rules.h"
#include "body/motion.h"

/* Fill result->marker[], input and the tracks' own warnings. 0 when memory is short. */
int sg_note_tracks(sagitta_result *result, const sagitta_tracks *tracks, const sg_signals *signals);
/* Warnings about the recording, after the repetitions are judged. 0 when memory is short. */
int sg_note_recording(sagitta_result *result, const sagitta_tracks *tracks, const sg_motion *motion,
                      const sg_rules *rules);

#endif
