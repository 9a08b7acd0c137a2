/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/body. How far from square-on to the plane of movement the camera looks. */
#ifndef SG_BODY_YAW_H
#define SG_BODY_YAW_H

#include "body/body.h"

/*
 * Fill view, across and yaw_… of a motion whose angles are set: a strip keeps its length, so what it seems to gain or
 * lose while it turns and travels is the camera's doing. Without a strip that turns, yaw_… are NAN and the view keeps
 * its doubt. Thread-safe.
 */
void sg_motion_find_yaw(sg_motion *motion);

#endif
