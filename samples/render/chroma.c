/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RGB → Y'CbCr (ITU-R BT.601, 709, 2020 non-constant luminance), range, chroma
 * siting and packing.
 *
 * Chroma is filtered about the very point where its sample sits: [1 2 1] / 4
 * across a direction in which it sits on a luma sample, [1 1] / 2 where it sits
 * between two. Both are symmetric, so no centroid moves.
 */
#include <stdlib.h>
#include <string.h>

#include <libavutil/common.h>
#include <libavutil/pixdesc.h>

#include "render/clip_options.h"
#include "render/imaging.h"

struct sample_packer {
  int width, height, chroma_width, chroma_height;
  int shift_x, shift_y, siting;
  bool rgb, full;
  const AVPixFmtDescriptor *format;
  double kr, kb;
  float *row[3];    /* one row of R, G, B */
  float *chroma[2]; /* Cb, Cr after the filter across, every row of the picture */
  float *line[2];   /* Cb, Cr of one row before it */
  uint8_t *data[4];
  int stride[4];
};

static bool allocate(sample_packer *p) {
  size_t w = (size_t)p->width, h = (size_t)p->height;
  bool ok = true;
  for (int i = 0; i < 3; i++) ok = (p->row[i] = malloc((w + 2) * sizeof(float))) && ok;
  for (int i = 0; i < 2; i++) ok = (p->line[i] = malloc((w + 2) * sizeof(float))) && ok;
  for (int i = 0; i < 2; i++) ok = (p->chroma[i] = malloc((size_t)p->chroma_width * h * sizeof(float))) && ok;
  for (int c = 0; c < p->format->nb_components; c++) {
    const AVComponentDescriptor *d = &p->format->comp[c];
    bool sub = (c == 1 || c == 2) && !p->rgb;
    int columns = sub ? p->chroma_width : p->width, rows = sub ? p->chroma_height : p->height;
    int stride = columns * d->step;
    if (stride > p->stride[d->plane]) p->stride[d->plane] = (stride + 63) & ~63;
    free(p->data[d->plane]);
    ok = (p->data[d->plane] = calloc((size_t)p->stride[d->plane], (size_t)rows)) && ok;
  }
  return ok;
}

sample_packer *sample_packer_new(const sample_options *o, const sample_camera *camera, char *error) {
  static const double weights[][2] = { [SAMPLE_MATRIX_601] = { 0.299, 0.114 },
                                       [SAMPLE_MATRIX_709] = { 0.2126, 0.0722 },
                                       [SAMPLE_MATRIX_2020] = { 0.2627, 0.0593 } };
  const char *name = sample_pixel_of(o);
  const AVPixFmtDescriptor *format = av_pix_fmt_desc_get(av_get_pix_fmt(name));
  uint64_t odd = AV_PIX_FMT_FLAG_BE | AV_PIX_FMT_FLAG_PAL | AV_PIX_FMT_FLAG_BITSTREAM | AV_PIX_FMT_FLAG_HWACCEL |
                 AV_PIX_FMT_FLAG_BAYER | AV_PIX_FMT_FLAG_FLOAT;
  if (!format || (format->flags & odd) || format->nb_components != 3) {
    sample_fail(error,
                "the pixel format \"%s\" cannot be written: use yuv420p, yuv422p, yuv444p, their 10-bit forms, "
                "nv12, yuyv422, uyvy422, p010le or rgb24",
                name);
    return NULL;
  }
  sample_packer *p = calloc(1, sizeof *p);
  if (!p) goto fail;
  p->format = format;
  p->rgb = (format->flags & AV_PIX_FMT_FLAG_RGB) != 0;
  p->full = sample_full_range(o) || strncmp(name, "yuvj", 4) == 0;
  p->width = camera->width;
  p->height = camera->height;
  p->shift_x = p->rgb ? 0 : format->log2_chroma_w;
  p->shift_y = p->rgb ? 0 : format->log2_chroma_h;
  p->chroma_width = AV_CEIL_RSHIFT(p->width, p->shift_x);
  p->chroma_height = AV_CEIL_RSHIFT(p->height, p->shift_y);
  p->siting = sample_siting_of(o);
  p->kr = weights[sample_matrix_of(o)][0];
  p->kb = weights[sample_matrix_of(o)][1];
  if (p->shift_x > 1 || p->shift_y > 1) {
    sample_fail(error, "chroma as coarse as in \"%s\" is not drawn: use yuv420p", name);
    sample_packer_free(p);
    return NULL;
  }
  if (!allocate(p)) goto fail;
  return p;
fail:
  sample_fail(error, "not enough memory for pictures of %dx%d px", camera->width, camera->height);
  sample_packer_free(p);
  return NULL;
}

void sample_packer_free(sample_packer *p) {
  if (!p) return;
  for (int i = 0; i < 3; i++) free(p->row[i]);
  for (int i = 0; i < 2; i++) free(p->chroma[i]);
  for (int i = 0; i < 2; i++) free(p->line[i]);
  for (int i = 0; i < 4; i++) free(p->data[i]);
  free(p);
}

/* One row of one component: scaled, rounded half up, clipped to the code range. */
static void store(sample_packer *p, int component, int y, const float *v, int n, float scale, float zero) {
  const AVComponentDescriptor *d = &p->format->comp[component];
  uint8_t *out = p->data[d->plane] + (size_t)y * (size_t)p->stride[d->plane] + d->offset;
  float top = (float)((1 << d->depth) - 1);
  if (d->depth == 8 && d->step == 1) {
    for (int x = 0; x < n; x++) {
      float a = v[x] * scale + zero + 0.5f;
      a = a < 0.0f ? 0.0f : a;
      out[x] = (uint8_t)(int)(a > 255.0f ? 255.0f : a);
    }
    return;
  }
  for (int x = 0; x < n; x++, out += d->step) {
    float a = v[x] * scale + zero + 0.5f;
    a = a < 0.0f ? 0.0f : a > top ? top : a;
    unsigned code = (unsigned)(int)a << d->shift;
    out[0] = (uint8_t)code;
    if (d->depth > 8) out[1] = (uint8_t)(code >> 8);
  }
}

static void filter_across(const sample_packer *p, const float *in, float *out) {
  int w = p->width;
  if (!p->shift_x) {
    memcpy(out, in, (size_t)w * sizeof *in);
    return;
  }
  bool between = p->siting == SAMPLE_SITING_CENTRE;
  for (int i = 0; i < p->chroma_width; i++) {
    int x = 2 * i, right = x + 1 < w ? x + 1 : x, left = x > 0 ? x - 1 : 0;
    out[i] = between ? 0.5f * (in[x] + in[right]) : 0.25f * (in[left] + in[right]) + 0.5f * in[x];
  }
}

static void filter_down(const sample_packer *p, const float *in, int j, float *out) {
  size_t w = (size_t)p->chroma_width;
  int y = 2 * j, below = y + 1 < p->height ? y + 1 : y, above = y > 0 ? y - 1 : 0;
  if (!p->shift_y) {
    memcpy(out, in + (size_t)j * w, w * sizeof *in);
    return;
  }
  const float *a = in + (size_t)above * w, *m = in + (size_t)y * w, *b = in + (size_t)below * w;
  if (p->siting == SAMPLE_SITING_TOPLEFT)
    for (size_t i = 0; i < w; i++) out[i] = 0.25f * (a[i] + b[i]) + 0.5f * m[i];
  else
    for (size_t i = 0; i < w; i++) out[i] = 0.5f * (m[i] + b[i]);
}

static void pack_luma(sample_packer *p, const sample_sensor *sensor, float scale, float zero) {
  float *r = p->row[0], *g = p->row[1], *b = p->row[2], *cb = p->line[0], *cr = p->line[1];
  float kr = (float)p->kr, kb = (float)p->kb, kg = (float)(1 - p->kr - p->kb);
  float to_cb = (float)(0.5 / (1 - p->kb)), to_cr = (float)(0.5 / (1 - p->kr));
  for (int y = 0; y < p->height; y++) {
    sample_sensor_row(sensor, y, r, g, b);
    for (int x = 0; x < p->width; x++) {
      float luma = kr * r[x] + kg * g[x] + kb * b[x];
      cb[x] = (b[x] - luma) * to_cb;
      cr[x] = (r[x] - luma) * to_cr;
      g[x] = luma;
    }
    store(p, 0, y, g, p->width, scale, zero);
    for (int i = 0; i < 2; i++) filter_across(p, p->line[i], p->chroma[i] + (size_t)y * (size_t)p->chroma_width);
  }
}

void sample_packer_pack(sample_packer *p, const sample_sensor *sensor, sample_picture *out) {
  float deep = (float)(1 << (p->format->comp[0].depth - 8)), whole = (float)((1 << p->format->comp[0].depth) - 1);
  if (p->rgb) {
    for (int y = 0; y < p->height; y++) {
      sample_sensor_row(sensor, y, p->row[0], p->row[1], p->row[2]);
      for (int c = 0; c < 3; c++) store(p, c, y, p->row[c], p->width, whole / 255, 0);
    }
  } else {
    pack_luma(p, sensor, p->full ? whole / 255 : 219 * deep / 255, p->full ? 0 : 16 * deep);
    for (int j = 0; j < p->chroma_height; j++)
      for (int i = 0; i < 2; i++) {
        filter_down(p, p->chroma[i], j, p->line[i]);
        store(p, 1 + i, j, p->line[i], p->chroma_width, p->full ? whole / 255 : 224 * deep / 255, 128 * deep);
      }
  }
  *out = (sample_picture){ .width = p->width, .height = p->height, .pixel = p->format->name };
  for (int i = 0; i < 4; i++) {
    out->data[i] = p->data[i];
    out->stride[i] = p->stride[i];
  }
}
