/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to serve: a decoded frame as a small JPEG for the eye, upright, where the camera sent none. */
#ifndef SG_SERVE_CAMERA_PICTURE_H
#define SG_SERVE_CAMERA_PICTURE_H

#include "sagitta/video.h"

#define CAMERA_PICTURE_WIDTH 640 /* px at the most; the page's picture is about as wide on a desk's screen */
#define CAMERA_PICTURE_RATE  15.0

typedef struct camera_picture camera_picture;

/* NULL when memory is short. */
camera_picture *camera_picture_new(void);
void camera_picture_free(camera_picture **p); /* NULL-safe; sets *p to NULL */
/* The JPEG's bytes, lent until the next call; NULL: there is none. */
const uint8_t *camera_picture_make(camera_picture *p, const sagitta_frame *frame, const sagitta_input_info *info,
                                   size_t *size);

#endif
