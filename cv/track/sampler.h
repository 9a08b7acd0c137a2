/* SPDX-License-Identifier: Apache-2.0 */
/* Chroma samples of any layout and depth, one at a time or a window at once, for the few that are looked at closely. */
#ifndef SAGITTA_TRACK_SAMPLER_H
#define SAGITTA_TRACK_SAMPLER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/video.h"

typedef struct sg_sampler {
  const sagitta_frame *frame;
  const uint8_t *b, *r;         /* first sample of each component */
  ptrdiff_t stride_b, stride_r; /* bytes per row */
  int step;                     /* bytes from one sample to the next */
  const uint8_t *luma;
  ptrdiff_t stride_luma;
  int step_luma;
} sg_sampler;

/* A copy of a part of the chroma planes, in native codes (`bits` bits). */
typedef struct sg_window {
  int x0, y0, width, height;                     /* chroma samples */
  bool cut_left, cut_top, cut_right, cut_bottom; /* this side is the picture's edge */
  int32_t *b, *r;                                /* belong to the window's owner (free), reused between calls */
  int32_t *luma;                                 /* the luma sample nearest to the middle of each chroma sample */
  size_t b_capacity, r_capacity, luma_capacity;
} sg_window;

/* The frame must stay valid, and must not be GREY for the other functions to be called. */
sg_sampler sg_sampler_of(const sagitta_frame *frame);
/* 0 <= x < chroma_width, 0 <= y < chroma_height. */
void sg_sampler_get(const sg_sampler *sampler, int x, int y, int *b, int *r);
/* One luma sample; 0 <= x < width, 0 <= y < height. */
int sg_sampler_luma(const sg_sampler *sampler, int x, int y);
/* The luma sample under the middle of a chroma sample. */
int sg_sampler_luma_under(const sg_sampler *sampler, int x, int y);
/* Copy [x0, x1) × [y0, y1), cut to the picture. Returns 0 when memory is short. */
int sg_sampler_window(const sg_sampler *sampler, int x0, int y0, int x1, int y1, sg_window *window);

#endif
