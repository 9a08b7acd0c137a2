/* SPDX-License-Identifier: Apache-2.0 */
#include <libavutil/pixdesc.h>

#include "video/video.h"

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
