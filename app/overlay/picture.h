/* SPDX-License-Identifier: Apache-2.0 */
/* A decoded frame as an upright RGB picture, for viewing only. */
#ifndef APP_PICTURE_H
#define APP_PICTURE_H

#include <stdint.h>

#include "sagitta/video.h"

typedef struct picture picture;

/* Pictures of width x height px, upright. NULL when there is no memory. */
picture *picture_new(int width, int height);
/* Convert, scale, turn and mirror a frame into `pixels` (cairo's RGB24, stride bytes a row). Errors: ARGUMENT (a layout
 * that cannot be shown), MEMORY. */
sagitta_status picture_take(picture *p, const sagitta_frame *frame, const double upright[6], uint8_t *pixels,
                            int stride, sagitta_error *error);
/* NULL-safe; sets *p to NULL. */
void picture_free(picture **p);

#endif
