/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Samples of a frame of any layout and depth, one at a time or a window at
 * once, for the few that are looked at closely. Part of the room's face: other
 * rooms get it through track/track.h.
 */
#ifndef SG_TRACK_PIXELS_H
#define SG_TRACK_PIXELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/video.h"

/* Where a frame's samples are. Owns nothing. */
typedef struct sg_pixels {
  const sagitta_frame *frame;
  const uint8_t *b, *r;         /* first sample of each chroma component; NULL in a GREY frame */
  ptrdiff_t stride_b, stride_r; /* bytes per row */
  int step;                     /* bytes from one chroma sample to the next */
  const uint8_t *luma;
  ptrdiff_t stride_luma;
  int step_luma;
} sg_pixels;

/* A copy of a part of a frame, in native codes (`bits` bits). */
typedef struct sg_window {
  int x0, y0, width, height;                     /* chroma samples */
  bool cut_left, cut_top, cut_right, cut_bottom; /* this side is the picture's edge */
  int32_t *b, *r;                                /* belong to the window's owner (free), reused between calls */
  int32_t *luma;                                 /* the luma sample nearest to the middle of each chroma sample */
  size_t b_capacity, r_capacity, luma_capacity;
} sg_window;

/* The frame must stay valid while the result is used. Of a GREY frame only sg_pixels_luma may be asked. */
sg_pixels sg_pixels_of(const sagitta_frame *frame);
/* The native codes of one chroma sample; 0 <= x < chroma_width, 0 <= y < chroma_height. */
void sg_pixels_chroma(const sg_pixels *pixels, int x, int y, int *b, int *r);
/* The native code of one luma sample; 0 <= x < width, 0 <= y < height. */
int sg_pixels_luma(const sg_pixels *pixels, int x, int y);
/* The luma sample under the middle of a chroma sample. */
int sg_pixels_luma_under(const sg_pixels *pixels, int x, int y);
/* Copy [x0, x1) × [y0, y1) chroma samples, cut to the picture. Returns 0 when memory is short. */
int sg_pixels_window(const sg_pixels *pixels, int x0, int y0, int x1, int y1, sg_window *window);

#endif
