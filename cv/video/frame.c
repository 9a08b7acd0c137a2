/* SPDX-License-Identifier: Apache-2.0 */
/* A decoder's frame described as ours: where its planes lie, what its colours mean, which way up it is. */
#include <math.h>

#include <libavutil/frame.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

#include "video/formats.h"
#include "video/open_video.h"

/* ---- colour ---- */

static bool is_full_range_format(enum AVPixelFormat format) {
  switch (format) {
    case AV_PIX_FMT_YUVJ420P:
    case AV_PIX_FMT_YUVJ422P:
    case AV_PIX_FMT_YUVJ444P:
    case AV_PIX_FMT_YUVJ440P:
    case AV_PIX_FMT_YUVJ411P:
      return true;
    default:
      return false;
  }
}

/* As players do: high definition is BT.709, the rest BT.601. */
static sagitta_matrix guess_matrix(const AVFrame *frame) {
  return frame->width >= 1280 || frame->height > 576 ? SAGITTA_MATRIX_BT709 : SAGITTA_MATRIX_BT601;
}

sg_colour sg_colour_of(const AVFrame *frame) {
  sg_colour colour = { .full_range = false, .matrix = guess_matrix(frame), .guessed = false };
  if (is_full_range_format(frame->format) || frame->color_range == AVCOL_RANGE_JPEG)
    colour.full_range = true;
  else
    colour.guessed = frame->color_range != AVCOL_RANGE_MPEG;
  switch (frame->colorspace) {
    case AVCOL_SPC_BT709:
    case AVCOL_SPC_SMPTE240M:
      colour.matrix = SAGITTA_MATRIX_BT709;
      break;
    case AVCOL_SPC_BT470BG:
    case AVCOL_SPC_SMPTE170M:
    case AVCOL_SPC_FCC:
      colour.matrix = SAGITTA_MATRIX_BT601;
      break;
    case AVCOL_SPC_BT2020_NCL:
    case AVCOL_SPC_BT2020_CL:
      colour.matrix = SAGITTA_MATRIX_BT2020;
      break;
    default:
      colour.guessed = true;
  }
  return colour;
}

/* ITU-T H.273, 8.7: the six places of a chroma sample within its group of luma samples. */
void sg_chroma_siting(enum AVChromaLocation location, bool jpeg, int step_x, int step_y, double *x, double *y) {
  if (location == AVCHROMA_LOC_UNSPECIFIED || location >= AVCHROMA_LOC_NB)
    location = jpeg ? AVCHROMA_LOC_CENTER : AVCHROMA_LOC_LEFT;
  bool left = location == AVCHROMA_LOC_LEFT || location == AVCHROMA_LOC_TOPLEFT || location == AVCHROMA_LOC_BOTTOMLEFT;
  bool top = location == AVCHROMA_LOC_TOPLEFT || location == AVCHROMA_LOC_TOP;
  bool bottom = location == AVCHROMA_LOC_BOTTOMLEFT || location == AVCHROMA_LOC_BOTTOM;
  *x = left ? 0.5 : 0.5 * step_x;
  *y = top ? 0.5 : bottom ? step_y - 0.5 : 0.5 * step_y;
}

/* ---- layout ---- */

/* Whether samples of this description lie in memory as this processor reads them. */
static bool is_native(const AVPixFmtDescriptor *d) {
#if AV_HAVE_BIGENDIAN
  bool big_here = true;
#else
  bool big_here = false;
#endif
  return d->comp[0].depth <= 8 || ((d->flags & AV_PIX_FMT_FLAG_BE) != 0) == big_here;
}

/* The layout that a format has in place; −1 when it must be converted. */
static int layout_of(enum AVPixelFormat format) {
  const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(format);
  uint64_t odd = AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_HWACCEL | AV_PIX_FMT_FLAG_RGB |
                 AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_FLOAT;
  if (!d) return -1;
  if (format == AV_PIX_FMT_YUYV422) return SAGITTA_LAYOUT_YUYV;
  if (format == AV_PIX_FMT_UYVY422) return SAGITTA_LAYOUT_UYVY;
  if ((d->flags & odd) || format == AV_PIX_FMT_XYZ12LE || format == AV_PIX_FMT_XYZ12BE || !is_native(d)) return -1;
  int bytes = d->comp[0].depth > 8 ? 2 : 1;
  if (d->comp[0].depth < 8 || d->comp[0].depth > 16 || d->comp[0].plane != 0 || d->comp[0].offset != 0 ||
      d->comp[0].step != bytes)
    return -1;
  if (d->nb_components < 3) return SAGITTA_LAYOUT_GREY;
  if (d->log2_chroma_w > 2 || d->log2_chroma_h > 1 || d->comp[1].depth != d->comp[0].depth ||
      d->comp[2].depth != d->comp[0].depth || d->comp[1].shift != d->comp[0].shift)
    return -1;
  if (d->comp[1].plane == 1 && d->comp[2].plane == 2 && d->comp[1].step == bytes && d->comp[2].step == bytes)
    return SAGITTA_LAYOUT_PLANAR;
  if (d->comp[1].plane == 1 && d->comp[2].plane == 1 && d->comp[1].step == 2 * bytes && d->comp[1].offset == 0 &&
      d->comp[2].offset == bytes)
    return SAGITTA_LAYOUT_SEMIPLANAR;
  return -1;
}

/* What an odd format is turned into: its twin in native order, its planar form, or else 4:4:4. */
static enum AVPixelFormat target_of(enum AVPixelFormat format) {
  const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(format);
  if (!d || (d->flags & AV_PIX_FMT_FLAG_HWACCEL)) return AV_PIX_FMT_NONE;
  enum AVPixelFormat twin = av_pix_fmt_swap_endianness(format);
  if (twin != AV_PIX_FMT_NONE && layout_of(twin) >= 0) return twin;
  bool yuv = !(d->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BAYER)) &&
             format != AV_PIX_FMT_XYZ12LE && format != AV_PIX_FMT_XYZ12BE;
  if (d->nb_components < 3 && yuv) return AV_PIX_FMT_GRAY8;
  if (!yuv) return AV_PIX_FMT_YUV444P;
  if (d->log2_chroma_w == 1 && d->log2_chroma_h == 1) return AV_PIX_FMT_YUV420P;
  if (d->log2_chroma_w == 1 && d->log2_chroma_h == 0) return AV_PIX_FMT_YUV422P;
  if (d->log2_chroma_w == 2 && d->log2_chroma_h == 0) return AV_PIX_FMT_YUV411P;
  if (d->log2_chroma_w == 0 && d->log2_chroma_h == 1) return AV_PIX_FMT_YUV440P;
  return AV_PIX_FMT_YUV444P;
}

static int matrix_number(sagitta_matrix matrix) {
  return matrix == SAGITTA_MATRIX_BT709    ? SWS_CS_ITU709
         : matrix == SAGITTA_MATRIX_BT2020 ? SWS_CS_BT2020
                                           : SWS_CS_ITU601;
}

static bool has_rgb(enum AVPixelFormat format) {
  const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(format);
  return d && (d->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BAYER));
}

bool sg_colour_is_guessed(const AVFrame *frame) {
  return !has_rgb(frame->format) && sg_colour_of(frame).guessed;
}

/* RGB becomes what JPEG is, full-range BT.601, so that pictures of both kinds can follow each other; anything else
 * keeps its own range and matrix, and is only laid out anew. */
static const AVFrame *convert(sg_mapper *mapper, const AVFrame *frame, enum AVPixelFormat target) {
  bool rgb = has_rgb(frame->format);
  sg_colour colour = sg_colour_of(frame);
  if (rgb) colour = (sg_colour){ .full_range = true, .matrix = SAGITTA_MATRIX_BT601 };
  AVFrame *to = mapper->converted ? mapper->converted : av_frame_alloc();
  mapper->converted = to;
  if (!to) return NULL;
  if (to->width != frame->width || to->height != frame->height || to->format != (int)target) {
    av_frame_unref(to);
    to->format = target;
    to->width = frame->width;
    to->height = frame->height;
    if (av_frame_get_buffer(to, 0) < 0) {
      av_frame_unref(to);
      return NULL;
    }
  }
  mapper->sws =
      sws_getCachedContext(mapper->sws, frame->width, frame->height, frame->format, to->width, to->height, target,
                           SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INP, NULL, NULL, NULL);
  if (!mapper->sws) return NULL;
  const int *table = sws_getCoefficients(matrix_number(colour.matrix));
  (void)sws_setColorspaceDetails(mapper->sws, table, colour.full_range, table, colour.full_range, 0, 1 << 16, 1 << 16);
  if (sws_scale(mapper->sws, (const uint8_t *const *)frame->data, frame->linesize, 0, frame->height, to->data,
                to->linesize) < 0)
    return NULL;
  to->color_range = colour.full_range ? AVCOL_RANGE_JPEG : colour.guessed ? frame->color_range : AVCOL_RANGE_MPEG;
  to->colorspace = rgb ? AVCOL_SPC_BT470BG : frame->colorspace;
  to->chroma_location = frame->chroma_location;
  return to;
}

static void fill(sagitta_frame *out, const AVFrame *frame, int layout, bool jpeg) {
  const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(frame->format);
  sg_colour colour = sg_colour_of(frame);
  *out = (sagitta_frame){ .width = frame->width,
                          .height = frame->height,
                          .layout = (sagitta_layout)layout,
                          .bits = d->comp[0].depth,
                          .shift = d->comp[0].shift,
                          .full_range = colour.full_range,
                          .matrix = colour.matrix };
  bool grey = layout == SAGITTA_LAYOUT_GREY;
  out->chroma_step_x = grey ? 1 : 1 << d->log2_chroma_w;
  out->chroma_step_y = grey ? 1 : 1 << d->log2_chroma_h;
  out->chroma_width = grey ? 0 : AV_CEIL_RSHIFT(frame->width, d->log2_chroma_w);
  out->chroma_height = grey ? 0 : AV_CEIL_RSHIFT(frame->height, d->log2_chroma_h);
  sg_chroma_siting(frame->chroma_location, jpeg, out->chroma_step_x, out->chroma_step_y, &out->chroma_x,
                   &out->chroma_y);
  int planes = layout == SAGITTA_LAYOUT_PLANAR ? 3 : layout == SAGITTA_LAYOUT_SEMIPLANAR ? 2 : 1;
  for (int i = 0; i < planes; i++) {
    out->plane[i] = frame->data[i];
    out->stride[i] = frame->linesize[i];
  }
}

bool sg_mapper_takes(enum AVPixelFormat format) {
  const char *name = av_get_pix_fmt_name(format);
  return name && sg_pixels_allowed(name);
}

int sg_mapper_map(sg_mapper *mapper, const AVFrame *frame, bool jpeg, sagitta_frame *out) {
  if (!sg_mapper_takes(frame->format)) return 0;
  int layout = layout_of(frame->format);
  if (layout < 0) {
    enum AVPixelFormat target = target_of(frame->format);
    frame = target == AV_PIX_FMT_NONE ? NULL : convert(mapper, frame, target);
    if (!frame) return 0;
    layout = layout_of(frame->format);
  }
  fill(out, frame, layout, jpeg);
  return 1;
}

void sg_mapper_free(sg_mapper *mapper) {
  sws_freeContext(mapper->sws);
  mapper->sws = NULL;
  av_frame_free(&mapper->converted);
}

/* ---- which way up ---- */

static const sg_turn turns[8] = {
  { 1, 0, 0, 1 },  { 0, -1, 1, 0 }, { -1, 0, 0, -1 }, { 0, 1, -1, 0 }, /* 0, 90, 180, 270 degrees clockwise */
  { -1, 0, 0, 1 }, { 0, 1, 1, 0 },  { 1, 0, 0, -1 },  { 0, -1, -1, 0 } /* the same, then mirrored left–right */
};

sg_turn sg_turn_of_matrix(const int32_t *matrix) {
  /* Row vectors: x' = m0 x + m3 y, y' = m1 x + m4 y. Each axis is scaled on its own. */
  double m0 = matrix[0];
  double m1 = matrix[1];
  double m3 = matrix[3];
  double m4 = matrix[4];
  double along_x = sqrt(m0 * m0 + m1 * m1);
  double along_y = sqrt(m3 * m3 + m4 * m4);
  if (along_x <= 0 || along_y <= 0) return turns[0];
  m0 /= along_x;
  m1 /= along_x;
  m3 /= along_y;
  m4 /= along_y;
  if (fabs(m0 * m4 - m1 * m3) < 0.1) return turns[0];
  int best = 0;
  double best_fit = -3;
  for (int i = 0; i < 8; i++) {
    double fit = turns[i].a * m0 + turns[i].b * m3 + turns[i].c * m1 + turns[i].d * m4;
    if (fit > best_fit + 1e-9) {
      best = i;
      best_fit = fit;
    }
  }
  return turns[best];
}

sg_turn sg_turn_of_exif(int orientation) {
  static const unsigned char order[9] = { 0, 0, 4, 2, 6, 5, 1, 7, 3 };
  return turns[order[orientation >= 1 && orientation <= 8 ? orientation : 0]];
}

double sg_sample_aspect(AVRational aspect) {
  if (aspect.num <= 0 || aspect.den <= 0) return 1.0;
  double ratio = (double)aspect.num / aspect.den;
  return ratio >= 0.125 && ratio <= 8.0 ? ratio : 1.0;
}

void sg_set_geometry(sagitta_input_info *info, sg_turn turn, double aspect) {
  double wide = info->coded_width * aspect;
  double high = info->coded_height;
  bool lying = turn.a == 0;
  info->sample_aspect = aspect;
  info->mirrored = turn.a * turn.d - turn.b * turn.c < 0;
  /* With the mirroring undone, the image of the x axis tells the angle. */
  int a = info->mirrored ? -turn.a : turn.a;
  info->rotation_deg = a > 0 ? 0 : a < 0 ? 180 : turn.c > 0 ? 90 : 270;
  info->width = (int)floor((lying ? high : wide) + 0.5);
  info->height = (int)floor((lying ? wide : high) + 0.5);
  if (info->width < 1) info->width = 1;
  info->upright[0] = turn.a * aspect;
  info->upright[1] = turn.b;
  info->upright[2] = (turn.a < 0 ? wide : 0.0) + (turn.b < 0 ? high : 0.0);
  info->upright[3] = turn.c * aspect;
  info->upright[4] = turn.d;
  info->upright[5] = (turn.c < 0 ? wide : 0.0) + (turn.d < 0 ? high : 0.0);
}
