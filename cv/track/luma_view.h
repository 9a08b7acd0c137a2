/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/track: a frame in which brightness stands where colour stood. Its "Cb" is luma, sample by sample, and
 * its "Cr" is neutral everywhere. What scans and measures colours thereby scans and measures white, grey and black
 * markers, at the full resolution of luma. Chroma vectors of such a frame are (luma − 128, 0), luma being 0 black – 255
 * white: sg_luma_colour (palette.h) gives colours of that plane.
 */
#ifndef SG_TRACK_LUMA_VIEW_H
#define SG_TRACK_LUMA_VIEW_H

#include <stddef.h>
#include <stdint.h>

#include "sagitta/video.h"

typedef struct sg_luma_view {
  sagitta_frame frame; /* planar; valid as long as the frame that it was taken of, and until the next one */
  uint8_t *memory;     /* a neutral row; where luma is packed between chroma, a copy of it */
  size_t capacity;
} sg_luma_view; /* zero to start with */

/* Take it of a frame of any layout, GREY as well. 0 when memory is short. */
int sg_luma_view_take(sg_luma_view *view, const sagitta_frame *frame);
void sg_luma_view_free(sg_luma_view *view); /* what it owns */

#endif
