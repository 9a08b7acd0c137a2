/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam to the names of the system's cameras, internal to this room: one file a system (camera_name_v4l2.c), chosen
 * by cmake/System.cmake. What opens them is camera_device.h.
 */
#ifndef SG_VIDEO_CAMERA_NAME_H
#define SG_VIDEO_CAMERA_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/status.h"

/* Whether an input's name is that of a camera rather than of a file, whether or not it is plugged in. */
bool sg_camera_is_name(const char *input);
/* The failure of a camera's name under which there is nothing. MISSING. */
sagitta_status sg_camera_missing(const char *device, sagitta_error *error);

/* ---- camera_names.c: the same on every system ---- */

bool sg_camera_is_address(const char *input);
/* How messages and documents call a camera: an address without name and password. */
void sg_camera_display(char *out, size_t room, const char *camera);

#endif
