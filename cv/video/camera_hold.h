/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to this room: the controls of a camera that is recorded (camera_controls.h), also where it is unplugged
 * meanwhile and comes back: under another name perhaps, and as its maker set it. Nothing is open while it is gone, for
 * the system gives a name again only when nobody has the old one. Thread-safe between begin and end.
 */
#ifndef SG_VIDEO_CAMERA_HOLD_H
#define SG_VIDEO_CAMERA_HOLD_H

#include <stdbool.h>

#include "video/camera_ask.h"

typedef struct sg_camera_hold sg_camera_hold;

/*
 * Of a camera that was just opened, so that no other program films with it: what a crash left changed is put back, the
 * rate is held. `restore`: how files begin in which a camera's own settings stand meanwhile, one for each camera; NULL
 * = none is kept. NULL when memory is short.
 */
sg_camera_hold *sg_camera_hold_begin(const char *device, const char *restore);
/* All as the owner had it. NULL-safe. */
void sg_camera_hold_end(sg_camera_hold **hold);

/* Exposure and white balance stay from now on; or are automatic again, where they were. NULL-safe. */
void sg_camera_hold_lock(sg_camera_hold *hold);
void sg_camera_hold_free(sg_camera_hold *hold);
/* Whether something of it stays, or did when the camera went. NULL-safe. */
bool sg_camera_hold_is_locked(sg_camera_hold *hold);

/* The camera is gone: let go of it. NULL-safe. */
void sg_camera_hold_gone(sg_camera_hold *hold);
/* What it is called now; the old name where no such camera is seen. At the most `room` bytes. */
void sg_camera_hold_find(sg_camera_hold *hold, char *device, size_t room);
/* It was opened again: as it was before it went. NULL-safe. */
void sg_camera_hold_back(sg_camera_hold *hold, const char *device);

#endif
