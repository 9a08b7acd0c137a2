/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/simulate: a camera that moves once while it records. */
#ifndef SG_SIMULATE_CAMERA_MOTION_H
#define SG_SIMULATE_CAMERA_MOTION_H

#include "sagitta/simulate.h"
#include "simulate/people.h"

/* When and by how much the camera of person `number` moves in a recording of so many seconds. */
sagitta_simulated_motion sg_camera_motion_draw(const sagitta_simulation_settings *settings, uint64_t number,
                                               double length_s, int width, int height);
/* A row's markers as that camera sees them; what is not in its picture is lost. */
void sg_camera_motion_apply(const sagitta_simulated_motion *motion, double time_s, int width, int height,
                            sagitta_sample samples[SAGITTA_ROLES]);

#endif
