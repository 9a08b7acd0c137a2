/* SPDX-License-Identifier: Apache-2.0 */
#include "drawing/shown_frame.h"

#include <libavutil/frame.h>
#include <libavutil/imgutils.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"

struct upright {
  int width, height; /* upright */
  struct SwsContext *scaler;
  uint32_t *coded; /* the frame before it is turned */
  AVFrame *padded; /* the frame with room behind its rows, over which the scaler may read */
};

upright *upright_new(int width, int height) {
  upright *u = calloc(1, sizeof *u);
  if (!u) return NULL;
  u->width = width;
  u->height = height;
  u->coded = malloc((size_t)width * (size_t)height * sizeof *u->coded);
  if (!u->coded) upright_free(&u);
  return u;
}

void upright_free(upright **u) {
  if (!*u) return;
  sws_freeContext((*u)->scaler);
  av_frame_free(&(*u)->padded);
  free((*u)->coded);
  free(*u);
  *u = NULL;
}

static enum AVPixelFormat semiplanar_format(const sagitta_frame *f) {
  bool deep = f->bits > 8;
  if (f->chroma_step_x == 1) return deep ? AV_PIX_FMT_P416 : AV_PIX_FMT_NV24;
  if (f->chroma_step_y == 1) return deep ? AV_PIX_FMT_P216 : AV_PIX_FMT_NV16;
  /* Words with the significant bits at the top are P016, whatever their number. */
  return deep ? AV_PIX_FMT_P016 : AV_PIX_FMT_NV12;
}

static enum AVPixelFormat planar_format(const sagitta_frame *f) {
  static const struct {
    int step_x, step_y, bits;
    enum AVPixelFormat format;
  } known[] = {
    { 2, 2, 8, AV_PIX_FMT_YUV420P },    { 2, 1, 8, AV_PIX_FMT_YUV422P },    { 1, 1, 8, AV_PIX_FMT_YUV444P },
    { 1, 2, 8, AV_PIX_FMT_YUV440P },    { 4, 1, 8, AV_PIX_FMT_YUV411P },    { 4, 4, 8, AV_PIX_FMT_YUV410P },
    { 2, 2, 9, AV_PIX_FMT_YUV420P9 },   { 2, 1, 9, AV_PIX_FMT_YUV422P9 },   { 1, 1, 9, AV_PIX_FMT_YUV444P9 },
    { 2, 2, 10, AV_PIX_FMT_YUV420P10 }, { 2, 1, 10, AV_PIX_FMT_YUV422P10 }, { 1, 1, 10, AV_PIX_FMT_YUV444P10 },
    { 2, 2, 12, AV_PIX_FMT_YUV420P12 }, { 2, 1, 12, AV_PIX_FMT_YUV422P12 }, { 1, 1, 12, AV_PIX_FMT_YUV444P12 },
    { 2, 2, 14, AV_PIX_FMT_YUV420P14 }, { 2, 1, 14, AV_PIX_FMT_YUV422P14 }, { 1, 1, 14, AV_PIX_FMT_YUV444P14 },
    { 2, 2, 16, AV_PIX_FMT_YUV420P16 }, { 2, 1, 16, AV_PIX_FMT_YUV422P16 }, { 1, 1, 16, AV_PIX_FMT_YUV444P16 },
    { 1, 2, 10, AV_PIX_FMT_YUV440P10 }, { 1, 2, 12, AV_PIX_FMT_YUV440P12 },
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    bool same = known[i].step_x == f->chroma_step_x && known[i].step_y == f->chroma_step_y;
    if (same && known[i].bits == f->bits + f->shift) return known[i].format;
  }
  return AV_PIX_FMT_NONE;
}

static enum AVPixelFormat format_of(const sagitta_frame *f) {
  switch (f->layout) {
    case SAGITTA_LAYOUT_PLANAR:
      return planar_format(f);
    case SAGITTA_LAYOUT_SEMIPLANAR:
      return semiplanar_format(f);
    case SAGITTA_LAYOUT_YUYV:
      return AV_PIX_FMT_YUYV422;
    case SAGITTA_LAYOUT_UYVY:
      return AV_PIX_FMT_UYVY422;
    case SAGITTA_LAYOUT_GREY:
      return f->bits + f->shift == 8    ? AV_PIX_FMT_GRAY8
             : f->bits + f->shift == 10 ? AV_PIX_FMT_GRAY10
             : f->bits + f->shift == 12 ? AV_PIX_FMT_GRAY12
                                        : AV_PIX_FMT_GRAY16;
  }
  return AV_PIX_FMT_NONE;
}

static bool copy_planes(upright *u, const sagitta_frame *f, enum AVPixelFormat format) {
  AVFrame *to = u->padded;
  if (!to || to->width != f->width || to->height != f->height || to->format != format) {
    av_frame_free(&u->padded);
    to = u->padded = av_frame_alloc();
    if (!to) return false;
    to->width = f->width;
    to->height = f->height;
    to->format = format;
    if (av_frame_get_buffer(to, 64) < 0) return false;
  }
  const int shift = av_pix_fmt_desc_get(format)->log2_chroma_h;
  for (int i = 0; i < 3 && to->data[i]; i++) {
    int bytes = av_image_get_linesize(format, f->width, i);
    int rows = i == 0 ? f->height : -((-f->height) >> shift);
    for (int y = 0; y < rows; y++) {
      memcpy(to->data[i] + (ptrdiff_t)y * to->linesize[i], f->plane[i] + (ptrdiff_t)y * f->stride[i], (size_t)bytes);
    }
  }
  return true;
}

static bool prepare(upright *u, const sagitta_frame *f, enum AVPixelFormat format, int width, int height) {
  if (!copy_planes(u, f, format)) return false;
  int quality = width < f->width || height < f->height ? SWS_AREA : SWS_BILINEAR;
  u->scaler = sws_getCachedContext(u->scaler, f->width, f->height, format, width, height, AV_PIX_FMT_RGB32,
                                   quality | SWS_ACCURATE_RND, NULL, NULL, NULL);
  if (!u->scaler) return false;
  static const int matrices[] = { SWS_CS_ITU601, SWS_CS_ITU709, SWS_CS_BT2020 };
  const int *from = sws_getCoefficients(matrices[f->matrix]);
  sws_setColorspaceDetails(u->scaler, from, f->full_range, sws_getCoefficients(SWS_CS_ITU709), 1, 0, 1 << 16, 1 << 16);
  return true;
}

/* Copy with columns and rows swapped or reversed. */
static void turn_pixels(const upright *u, int coded_width, bool swap, bool flip_x, bool flip_y, uint8_t *pixels,
                        int stride) {
  for (int to_y = 0; to_y < u->height; to_y++) {
    uint32_t *row = (uint32_t *)(void *)(pixels + (ptrdiff_t)to_y * stride);
    int y = flip_y ? u->height - 1 - to_y : to_y;
    for (int to_x = 0; to_x < u->width; to_x++) {
      int x = flip_x ? u->width - 1 - to_x : to_x;
      row[to_x] = swap ? u->coded[(size_t)x * (size_t)coded_width + (size_t)y]
                       : u->coded[(size_t)y * (size_t)coded_width + (size_t)x];
    }
  }
}

sagitta_status upright_take(upright *u, const sagitta_frame *frame, const double turn[6], uint8_t *pixels, int stride,
                            sagitta_error *error) {
  bool swap = fabs(turn[1]) > fabs(turn[0]);
  bool flip_x = (swap ? turn[1] : turn[0]) < 0, flip_y = (swap ? turn[3] : turn[4]) < 0;
  bool straight = !swap && !flip_x && !flip_y;
  int width = swap ? u->height : u->width, height = swap ? u->width : u->height;
  enum AVPixelFormat format = format_of(frame);
  if (format == AV_PIX_FMT_NONE || !prepare(u, frame, format, width, height)) {
    return fail_with(
        error, SAGITTA_ERROR_ARGUMENT,
        "This video's pixel format cannot be drawn on. Leave out --overlay, or convert the video to 4:2:0 first.");
  }
  uint8_t *to[1] = { straight ? pixels : (uint8_t *)u->coded };
  int to_stride[1] = { straight ? stride : width * 4 };
  sws_scale(u->scaler, (const uint8_t *const *)u->padded->data, u->padded->linesize, 0, frame->height, to, to_stride);
  if (!straight) turn_pixels(u, width, swap, flip_x, flip_y, pixels, stride);
  return SAGITTA_OK;
}
