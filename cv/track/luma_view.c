/* SPDX-License-Identifier: Apache-2.0 */
/* Brightness as a frame of its own: luma where it lies, beside one row of neutral that serves for all rows. */
#include "track/luma_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

static void fill_neutral(uint8_t *row, const sagitta_frame *frame) {
  const size_t width = (size_t)frame->width;
  if (frame->bits <= 8) {
    memset(row, 128, width);
    return;
  }
  const uint16_t neutral = (uint16_t)(1u << (frame->bits - 1) << frame->shift);
  for (size_t x = 0; x < width; x++) memcpy(row + 2 * x, &neutral, sizeof neutral);
}

/* Luma out of packed rows of bytes. */
static void unpack(uint8_t *to, const sagitta_frame *frame) {
  const int first = frame->layout == SAGITTA_LAYOUT_UYVY ? 1 : 0;
  for (int y = 0; y < frame->height; y++) {
    const uint8_t *from = frame->plane[0] + (ptrdiff_t)y * frame->stride[0] + first;
    for (int x = 0; x < frame->width; x++) *to++ = from[2 * x];
  }
}

int sg_luma_view_take(sg_luma_view *view, const sagitta_frame *frame) {
  const bool packed = frame->layout == SAGITTA_LAYOUT_YUYV || frame->layout == SAGITTA_LAYOUT_UYVY;
  const size_t row = (size_t)frame->width * (frame->bits > 8 ? 2 : 1);
  const size_t copy = packed ? (size_t)frame->width * (size_t)frame->height : 0;
  void *memory = view->memory;
  if (!sg_reserve(&memory, &view->capacity, row + copy, 1)) return 0;
  view->memory = memory;
  fill_neutral(view->memory, frame);
  if (packed) unpack(view->memory + row, frame);
  sagitta_frame *f = &view->frame;
  *f = *frame;
  f->layout = SAGITTA_LAYOUT_PLANAR;
  f->chroma_width = frame->width;
  f->chroma_height = frame->height;
  f->chroma_step_x = f->chroma_step_y = 1;
  f->chroma_x = f->chroma_y = 0.5;
  f->plane[0] = f->plane[1] = packed ? view->memory + row : frame->plane[0];
  f->stride[0] = f->stride[1] = packed ? (ptrdiff_t)frame->width : frame->stride[0];
  f->plane[2] = view->memory;
  f->stride[2] = 0;
  return 1;
}

void sg_luma_view_free(sg_luma_view *view) {
  free(view->memory);
  memset(view, 0, sizeof *view);
}
