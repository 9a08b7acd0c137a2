/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/assess: what is said of a camera that moved. */
#ifndef SG_ASSESS_CAMERA_NOTE_H
#define SG_ASSESS_CAMERA_NOTE_H

#include "assess/assess.h"

/* Warn of each motion: when, and by how much in which ways. 0 when memory is short. */
int sg_note_camera(sagitta_result *result, const sg_signals *signals);

#endif
