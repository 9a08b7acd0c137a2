/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <turbojpeg.h>

#include "sagitta/video.h"
#include "video/stream.h"
#include "video/formats.h"

struct sg_jpeg {
  tjhandle handle;
  AVFrame *frame;
};

/* The widest MCU is 32 samples (4:1:1), the highest 16: planes are made to hold whole ones. */
enum { MCU = 32 };

sg_jpeg *sg_jpeg_new(void) {
  sg_jpeg *jpeg = calloc(1, sizeof *jpeg);
  if (!jpeg) return NULL;
  jpeg->handle = tjInitDecompress();
  jpeg->frame = av_frame_alloc();
  if (!jpeg->handle || !jpeg->frame) sg_jpeg_free(&jpeg);
  return jpeg;
}

void sg_jpeg_free(sg_jpeg **jpeg) {
  if (!*jpeg) return;
  if ((*jpeg)->handle) (void)tjDestroy((*jpeg)->handle);
  av_frame_free(&(*jpeg)->frame);
  free(*jpeg);
  *jpeg = NULL;
}

static enum AVPixelFormat format_of(int subsampling) {
  switch (subsampling) {
    case TJSAMP_444:
      return AV_PIX_FMT_YUVJ444P;
    case TJSAMP_422:
      return AV_PIX_FMT_YUVJ422P;
    case TJSAMP_420:
      return AV_PIX_FMT_YUVJ420P;
    case TJSAMP_440:
      return AV_PIX_FMT_YUVJ440P;
    case TJSAMP_411:
      return AV_PIX_FMT_YUVJ411P;
    case TJSAMP_GRAY:
      return AV_PIX_FMT_GRAY8;
    default:
      return AV_PIX_FMT_NONE;
  }
}

static enum AVPixelFormat read_header(sg_jpeg *jpeg, const uint8_t *data, size_t size, int *width, int *height) {
  int subsampling, colours;
  if (size < 4 || size > INT_MAX || data[0] != 0xff || data[1] != 0xd8) return AV_PIX_FMT_NONE;
  if (tjDecompressHeader3(jpeg->handle, data, (unsigned long)size, width, height, &subsampling, &colours) != 0 &&
      tjGetErrorCode(jpeg->handle) != TJERR_WARNING)
    return AV_PIX_FMT_NONE;
  if (*width <= 0 || *height <= 0 || sg_picture_is_too_large(*width, *height)) return AV_PIX_FMT_NONE;
  if (colours != TJCS_YCbCr && colours != TJCS_GRAY) return AV_PIX_FMT_NONE;
  return format_of(subsampling);
}

int sg_jpeg_probe(sg_jpeg *jpeg, const uint8_t *data, size_t size, int *width, int *height) {
  *width = *height = 0;
  return read_header(jpeg, data, size, width, height) != AV_PIX_FMT_NONE;
}

/* Planes for this picture in jpeg->frame; the ones of the last picture are used again where they fit. */
static int make_planes(sg_jpeg *jpeg, enum AVPixelFormat format, int width, int height) {
  AVFrame *frame = jpeg->frame;
  if (frame->data[0] && frame->format == (int)format && frame->width == width && frame->height == height) return 1;
  av_frame_unref(frame);
  frame->format = format;
  frame->width = (width + MCU - 1) / MCU * MCU;
  frame->height = (height + MCU - 1) / MCU * MCU;
  if (av_frame_get_buffer(frame, 0) < 0) {
    av_frame_unref(frame);
    return 0;
  }
  frame->width = width;
  frame->height = height;
  frame->color_range = AVCOL_RANGE_JPEG;
  frame->colorspace = AVCOL_SPC_BT470BG;
  frame->chroma_location = AVCHROMA_LOC_CENTER;
  return 1;
}

int sg_jpeg_decode(sg_jpeg *jpeg, const uint8_t *data, size_t size, AVFrame **frame, bool *damaged) {
  int width = 0;
  int height = 0;
  enum AVPixelFormat format = read_header(jpeg, data, size, &width, &height);
  if (format == AV_PIX_FMT_NONE || !make_planes(jpeg, format, width, height)) return 0;
  unsigned char *planes[3] = { jpeg->frame->data[0], jpeg->frame->data[1], jpeg->frame->data[2] };
  int strides[3] = { jpeg->frame->linesize[0], jpeg->frame->linesize[1], jpeg->frame->linesize[2] };
  *damaged = false;
  /* Width and height 0: any other number would silently choose a scaled transform. */
  if (tjDecompressToYUVPlanes(jpeg->handle, data, (unsigned long)size, planes, 0, strides, 0, TJFLAG_ACCURATEDCT) !=
      0) {
    if (tjGetErrorCode(jpeg->handle) != TJERR_WARNING) return 0;
    *damaged = true;
  }
  *frame = jpeg->frame;
  return 1;
}

static unsigned number(const uint8_t *at, unsigned bytes, bool little) {
  unsigned value = 0;
  for (unsigned i = 0; i < bytes; i++) value = value << 8 | at[little ? bytes - 1 - i : i];
  return value;
}

/* The orientation in a TIFF structure (Exif 2.3, 4.6.4 A): tag 0x0112 of the first directory. */
static int orientation_in_tiff(const uint8_t *tiff, size_t size) {
  if (size < 8) return 1;
  bool little = tiff[0] == 'I';
  if (tiff[0] != tiff[1] || (tiff[0] != 'I' && tiff[0] != 'M') || number(tiff + 2, 2, little) != 42) return 1;
  size_t at = number(tiff + 4, 4, little);
  if (at > size - 2) return 1;
  size_t entries = number(tiff + at, 2, little);
  at += 2;
  for (size_t i = 0; i < entries && at + 12 <= size; i++, at += 12) {
    if (number(tiff + at, 2, little) != 0x0112) continue;
    unsigned value = number(tiff + at + 8, 2, little);
    return value >= 1 && value <= 8 ? (int)value : 1;
  }
  return 1;
}

int sg_jpeg_orientation(const uint8_t *data, size_t size) {
  for (size_t at = 2; at + 4 <= size && data[at] == 0xff;) {
    unsigned marker = data[at + 1];
    size_t length = number(data + at + 2, 2, false);
    if (marker == 0xda || length < 2 || length > size - at - 2) break;
    if (marker == 0xe1 && length >= 16 && memcmp(data + at + 4, "Exif\0", 6) == 0)
      return orientation_in_tiff(data + at + 10, length - 8);
    at += 2 + length;
  }
  return 1;
}
