/* SPDX-License-Identifier: Apache-2.0 */
/* Samples of a frame, whatever its layout and depth. */
#include "track/measure.h"

#include <string.h>

#include "base/base.h"

sg_pixels sg_pixels_of(const sagitta_frame *frame) {
  sg_pixels s = { .frame = frame };
  const int bytes = frame->bits > 8 ? 2 : 1;
  s.stride_luma = frame->stride[0];
  switch (frame->layout) {
    case SAGITTA_LAYOUT_PLANAR:
      s.b = frame->plane[1];
      s.r = frame->plane[2];
      s.stride_b = frame->stride[1];
      s.stride_r = frame->stride[2];
      s.step = bytes;
      s.luma = frame->plane[0];
      s.step_luma = bytes;
      break;
    case SAGITTA_LAYOUT_SEMIPLANAR:
      s.b = frame->plane[1];
      s.r = frame->plane[1] + bytes;
      s.stride_b = s.stride_r = frame->stride[1];
      s.step = 2 * bytes;
      s.luma = frame->plane[0];
      s.step_luma = bytes;
      break;
    case SAGITTA_LAYOUT_YUYV:
    case SAGITTA_LAYOUT_UYVY: {
      const int first = frame->layout == SAGITTA_LAYOUT_YUYV ? 1 : 0;
      s.b = frame->plane[0] + first;
      s.r = frame->plane[0] + first + 2;
      s.stride_b = s.stride_r = frame->stride[0];
      s.step = 4;
      s.luma = frame->plane[0] + 1 - first;
      s.step_luma = 2;
      break;
    }
    case SAGITTA_LAYOUT_GREY:
      s.luma = frame->plane[0];
      s.step_luma = bytes;
      break;
  }
  return s;
}

/* A code of `bits` bits. A word may hold more than that in a damaged file; the code indexes histograms and must not. */
static int read_sample(const sagitta_frame *frame, const uint8_t *at) {
  if (frame->bits <= 8) return *at;
  uint16_t word;
  memcpy(&word, at, sizeof word);
  const int top = (1 << frame->bits) - 1, value = word >> frame->shift;
  return value > top ? top : value;
}

void sg_pixels_chroma(const sg_pixels *s, int x, int y, int *b, int *r) {
  const ptrdiff_t along = (ptrdiff_t)x * s->step;
  *b = read_sample(s->frame, s->b + y * s->stride_b + along);
  *r = read_sample(s->frame, s->r + y * s->stride_r + along);
}

int sg_pixels_luma(const sg_pixels *s, int x, int y) {
  return read_sample(s->frame, s->luma + y * s->stride_luma + (ptrdiff_t)x * s->step_luma);
}

/* The luma sample under the middle of a chroma sample. */
static int luma_column(const sagitta_frame *f, int x) {
  const int at = x * f->chroma_step_x + (int)f->chroma_x;
  return at < f->width ? at : f->width - 1;
}

static int luma_row(const sagitta_frame *f, int y) {
  const int at = y * f->chroma_step_y + (int)f->chroma_y;
  return at < f->height ? at : f->height - 1;
}

int sg_pixels_luma_under(const sg_pixels *s, int x, int y) {
  return sg_pixels_luma(s, luma_column(s->frame, x), luma_row(s->frame, y));
}

/* Of bytes: the bulk of all video. */
static void read_row_8(const uint8_t *from, ptrdiff_t step, int count, int32_t *out) {
  if (step == 1) {
    for (int i = 0; i < count; i++) out[i] = from[i];
  } else {
    for (int i = 0; i < count; i++) out[i] = from[i * step];
  }
}

void sg_pixels_row(const sg_pixels *s, int x0, int y, int every, int count, int32_t *b, int32_t *r, int32_t *luma) {
  const sagitta_frame *f = s->frame;
  const uint8_t *from_b = s->b + y * s->stride_b + (ptrdiff_t)x0 * s->step;
  const uint8_t *from_r = s->r + y * s->stride_r + (ptrdiff_t)x0 * s->step;
  const uint8_t *from_luma = s->luma + luma_row(f, y) * s->stride_luma;
  const ptrdiff_t step = (ptrdiff_t)every * s->step;
  int within = count; /* of which the luma sample is not beyond the right edge */
  while (within > 0 && (x0 + (within - 1) * every) * f->chroma_step_x + (int)f->chroma_x >= f->width) within--;
  if (f->bits == 8) {
    const ptrdiff_t first = (ptrdiff_t)luma_column(f, x0) * s->step_luma;
    read_row_8(from_b, step, count, b);
    read_row_8(from_r, step, count, r);
    read_row_8(from_luma + first, (ptrdiff_t)every * f->chroma_step_x * s->step_luma, within, luma);
  } else {
    within = 0;
    for (int i = 0; i < count; i++) {
      b[i] = read_sample(f, from_b + i * step);
      r[i] = read_sample(f, from_r + i * step);
    }
  }
  for (int i = within; i < count; i++) {
    luma[i] = read_sample(f, from_luma + (ptrdiff_t)luma_column(f, x0 + i * every) * s->step_luma);
  }
}

int sg_pixels_window(const sg_pixels *s, int x0, int y0, int x1, int y1, sg_window *window) {
  const sagitta_frame *f = s->frame;
  window->cut_left = x0 <= 0;
  window->cut_top = y0 <= 0;
  window->cut_right = x1 >= f->chroma_width;
  window->cut_bottom = y1 >= f->chroma_height;
  if (window->cut_left) x0 = 0;
  if (window->cut_top) y0 = 0;
  if (window->cut_right) x1 = f->chroma_width;
  if (window->cut_bottom) y1 = f->chroma_height;
  window->x0 = x0;
  window->y0 = y0;
  window->width = x1 > x0 ? x1 - x0 : 0;
  window->height = y1 > y0 ? y1 - y0 : 0;
  const size_t count = (size_t)window->width * (size_t)window->height;
  if (!sg_reserve((void **)&window->b, &window->b_capacity, count, sizeof *window->b) ||
      !sg_reserve((void **)&window->r, &window->r_capacity, count, sizeof *window->r) ||
      !sg_reserve((void **)&window->luma, &window->luma_capacity, count, sizeof *window->luma)) {
    return 0;
  }
  for (int y = 0; y < window->height; y++) {
    const size_t row = (size_t)y * (size_t)window->width;
    sg_pixels_row(s, x0, y0 + y, 1, window->width, window->b + row, window->r + row, window->luma + row);
  }
  return 1;
}
