/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam to what a camera is asked beside its pictures, internal to this room: one file a system
 * (camera_v4l2_device.c), chosen by cmake/System.cmake. Stateless, thread-safe.
 */
#ifndef SG_VIDEO_CAMERA_ASK_H
#define SG_VIDEO_CAMERA_ASK_H

#include <stdbool.h>
#include <stddef.h>

#include "video/camera_controls.h"

/* The port to a camera's controls, and the descriptor that it uses, the caller's (−1: it has none). */
sg_control_port sg_camera_controls_of(const char *device, int *fd);

/* What is asked of a camera. Zeros: whatever it has. */
typedef struct sg_camera_mode {
  int width, height; /* px */
  double rate;       /* frames/s */
} sg_camera_mode;

/* Whether it says that it has a mode, in Motion JPEG or ("mjpeg", NULL) in any coding; true where it cannot be asked.
 * To open it in one mode after the other tells as well, but starts it each time, which takes some a second. */
bool sg_camera_offers(const char *device, const char *coding, const sg_camera_mode *mode);

/* Which camera it is, whatever name it has been given: what its maker calls it, and where it is plugged in. */
typedef struct sg_camera_identity {
  char text[80]; /* "" = it cannot be asked */
  bool only;     /* no other that its maker calls the same was there */
} sg_camera_identity;

sg_camera_identity sg_camera_identify(const char *device);
/* The name under which that camera is there now, into `device`; one that is plugged in elsewhere is the same where
 * there was and is but one of the kind. Left as it is where there is none. */
void sg_camera_find(const sg_camera_identity *identity, char *device, size_t room);

#endif
