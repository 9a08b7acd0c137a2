/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/track: how much a picture differs from the one before it, at a cost that its size hardly changes. One
 * object, one thread. */
#ifndef SG_TRACK_PICTURE_CHANGE_H
#define SG_TRACK_PICTURE_CHANGE_H

#include <stddef.h>
#include <stdint.h>

#include "sagitta/video.h"

#define SG_CHANGE_ROWS 32 /* of luma, spread over the picture: whatever moves across them is noticed */

/* Rows of the last picture. Zero to start with. */
typedef struct sg_change {
  uint8_t *row;
  size_t bytes; /* of one */
} sg_change;

/* Mean absolute difference in those rows, in 8-bit levels; of the first picture, or one of another size, SG_CHANGE_NEW.
 * Negative when memory is short. */
double sg_change_next(sg_change *change, const sagitta_frame *frame);
void sg_change_free(sg_change *change);

#define SG_CHANGE_NEW 255.0

#endif
