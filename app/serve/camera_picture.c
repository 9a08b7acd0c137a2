/* SPDX-License-Identifier: Apache-2.0 */
/* The nearest sample of each px: a picture to look at beside its numbers, made in a fraction of a millisecond. */
#include "serve/camera_picture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <turbojpeg.h>

#define QUALITY 75

struct camera_picture {
  tjhandle encoder;
  uint8_t *planes; /* 4:2:0 */
  size_t room;
  unsigned char *jpeg;
  unsigned long jpeg_room;
};

camera_picture *camera_picture_new(void) {
  camera_picture *p = calloc(1, sizeof *p);
  if (p) p->encoder = tjInitCompress();
  if (p && !p->encoder) camera_picture_free(&p);
  return p;
}

void camera_picture_free(camera_picture **p) {
  if (!*p) return;
  if ((*p)->encoder) (void)tjDestroy((*p)->encoder);
  free((*p)->planes);
  tjFree((*p)->jpeg);
  free(*p);
  *p = NULL;
}

static int within(double value, int count) {
  return value < 0 ? 0 : value >= count ? count - 1 : (int)value;
}

/* A sample of `bits` significant bits as one of eight. */
static int sample(const sagitta_frame *f, const uint8_t *row, ptrdiff_t at) {
  if (f->bits <= 8) return row[at];
  uint16_t word;
  memcpy(&word, row + 2 * at, sizeof word);
  return (word >> f->shift) >> (f->bits - 8);
}

static int luma_at(const sagitta_frame *f, int x, int y) {
  const int step = f->layout == SAGITTA_LAYOUT_YUYV || f->layout == SAGITTA_LAYOUT_UYVY ? 2 : 1;
  return sample(f, f->plane[0] + y * f->stride[0], (ptrdiff_t)x * step + (f->layout == SAGITTA_LAYOUT_UYVY));
}

/* Component 0 = Cb, 1 = Cr, of the luma px (x, y). */
static int chroma_at(const sagitta_frame *f, int component, int x, int y) {
  const int cx = within((double)x / f->chroma_step_x, f->chroma_width);
  const int cy = within((double)y / f->chroma_step_y, f->chroma_height);
  switch (f->layout) {
    case SAGITTA_LAYOUT_PLANAR:
      return sample(f, f->plane[1 + component] + cy * f->stride[1 + component], cx);
    case SAGITTA_LAYOUT_SEMIPLANAR:
      return sample(f, f->plane[1] + cy * f->stride[1], 2 * (ptrdiff_t)cx + component);
    case SAGITTA_LAYOUT_YUYV:
      return f->plane[0][cy * f->stride[0] + 4 * (ptrdiff_t)cx + 1 + 2 * (ptrdiff_t)component];
    case SAGITTA_LAYOUT_UYVY:
      return f->plane[0][cy * f->stride[0] + 4 * (ptrdiff_t)cx + 2 * (ptrdiff_t)component];
    case SAGITTA_LAYOUT_GREY:
      break;
  }
  return 128;
}

static uint8_t stretched(int value, bool full, int from, int span) {
  if (full) return (uint8_t)value;
  const int wide = (value - from) * 255 / span + (from == 16 ? 0 : 128);
  return (uint8_t)(wide < 0 ? 0 : wide > 255 ? 255 : wide);
}

/* From upright px to coded ones: the inverse of info->upright. */
typedef struct turn_back {
  double a, b, c, d, e, f;
} turn_back;

static turn_back invert(const double m[6]) {
  const double det = m[0] * m[4] - m[1] * m[3];
  turn_back t = { m[4] / det, -m[1] / det, 0, -m[3] / det, m[0] / det, 0 };
  t.c = -(t.a * m[2] + t.b * m[5]);
  t.f = -(t.d * m[2] + t.e * m[5]);
  return t;
}

static void fill(const sagitta_frame *f, const turn_back *t, double step, uint8_t *const plane[3], int width,
                 int height) {
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      const double u = (x + 0.5) * step, v = (y + 0.5) * step;
      const int cx = within(t->a * u + t->b * v + t->c, f->width), cy = within(t->d * u + t->e * v + t->f, f->height);
      plane[0][(ptrdiff_t)y * width + x] = stretched(luma_at(f, cx, cy), f->full_range, 16, 219);
      if ((x | y) & 1) continue;
      const ptrdiff_t at = (ptrdiff_t)(y / 2) * (width / 2) + x / 2;
      for (int k = 0; k < 2; k++) plane[1 + k][at] = stretched(chroma_at(f, k, cx, cy), f->full_range, 128, 224);
    }
  }
}

const uint8_t *camera_picture_make(camera_picture *p, const sagitta_frame *f, const sagitta_input_info *info,
                                   size_t *size) {
  const double step = fmax(1, (double)info->width / CAMERA_PICTURE_WIDTH);
  const int width = 2 * (int)(info->width / step / 2), height = 2 * (int)(info->height / step / 2);
  const double *m = info->upright;
  if (width < 2 || height < 2 || !(fabs(m[0] * m[4] - m[1] * m[3]) > 1e-9)) return NULL;
  const size_t luma = (size_t)width * (size_t)height, need = luma + luma / 2;
  if (need > p->room) {
    uint8_t *more = realloc(p->planes, need);
    if (!more) return NULL;
    p->planes = more;
    p->room = need;
  }
  uint8_t *const plane[3] = { p->planes, p->planes + luma, p->planes + luma + luma / 4 };
  const unsigned char *const from[3] = { plane[0], plane[1], plane[2] };
  const turn_back t = invert(m);
  unsigned long made = p->jpeg_room;
  fill(f, &t, step, plane, width, height);
  if (tjCompressFromYUVPlanes(p->encoder, (const unsigned char **)(uintptr_t)from, width, NULL, height, TJSAMP_420,
                              &p->jpeg, &made, QUALITY, TJFLAG_FASTDCT) != 0)
    return NULL;
  if (made > p->jpeg_room) p->jpeg_room = made;
  *size = made;
  return p->jpeg;
}
