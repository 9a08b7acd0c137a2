/* SPDX-License-Identifier: Apache-2.0 */
#include "synthetic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const synthetic_format synthetic_formats[] = {
  { "yuv420p left", SAGITTA_LAYOUT_PLANAR, 8, 0, 2, 2, 0.5, 1.0, false, SAGITTA_MATRIX_BT709 },
  { "yuv420p centre", SAGITTA_LAYOUT_PLANAR, 8, 0, 2, 2, 1.0, 1.0, true, SAGITTA_MATRIX_BT601 },
  { "yuv420p topleft", SAGITTA_LAYOUT_PLANAR, 8, 0, 2, 2, 0.5, 0.5, false, SAGITTA_MATRIX_BT2020 },
  { "yuv422p left", SAGITTA_LAYOUT_PLANAR, 8, 0, 2, 1, 0.5, 0.5, false, SAGITTA_MATRIX_BT601 },
  { "yuv444p", SAGITTA_LAYOUT_PLANAR, 8, 0, 1, 1, 0.5, 0.5, false, SAGITTA_MATRIX_BT709 },
  { "yuv420p10", SAGITTA_LAYOUT_PLANAR, 10, 0, 2, 2, 0.5, 1.0, false, SAGITTA_MATRIX_BT2020 },
  { "p010", SAGITTA_LAYOUT_SEMIPLANAR, 10, 6, 2, 2, 0.5, 1.0, false, SAGITTA_MATRIX_BT2020 },
  { "nv12", SAGITTA_LAYOUT_SEMIPLANAR, 8, 0, 2, 2, 0.5, 1.0, true, SAGITTA_MATRIX_BT709 },
  { "yuyv422", SAGITTA_LAYOUT_YUYV, 8, 0, 2, 1, 0.5, 0.5, false, SAGITTA_MATRIX_BT601 },
  { "uyvy422", SAGITTA_LAYOUT_UYVY, 8, 0, 2, 1, 0.5, 0.5, false, SAGITTA_MATRIX_BT601 },
};
const int synthetic_format_count = sizeof synthetic_formats / sizeof *synthetic_formats;

double synthetic_uniform(uint64_t *state) {
  *state += 0x9E3779B97F4A7C15u;
  uint64_t z = *state;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return (double)((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

static size_t row_bytes(const sagitta_frame *f, int plane) {
  const size_t bytes = f->bits > 8 ? 2 : 1, wide = (size_t)f->width, chroma = (size_t)f->chroma_width;
  if (f->layout == SAGITTA_LAYOUT_YUYV || f->layout == SAGITTA_LAYOUT_UYVY) return 4 * chroma;
  if (plane == 0) return wide * bytes;
  return chroma * bytes * (f->layout == SAGITTA_LAYOUT_SEMIPLANAR ? 2 : 1);
}

synthetic synthetic_new(const synthetic_format *format, int width, int height) {
  synthetic s;
  memset(&s, 0, sizeof s);
  sagitta_frame *f = &s.frame;
  f->width = width;
  f->height = height;
  f->chroma_step_x = format->step_x;
  f->chroma_step_y = format->step_y;
  f->chroma_width = (width + format->step_x - 1) / format->step_x;
  f->chroma_height = (height + format->step_y - 1) / format->step_y;
  f->chroma_x = format->chroma_x;
  f->chroma_y = format->chroma_y;
  f->layout = format->layout;
  f->bits = format->bits;
  f->shift = format->shift;
  f->full_range = format->full_range;
  f->matrix = format->matrix;
  const bool packed = f->layout == SAGITTA_LAYOUT_YUYV || f->layout == SAGITTA_LAYOUT_UYVY;
  const size_t luma = row_bytes(f, 0) * (size_t)height,
               chroma = packed ? 0 : row_bytes(f, 1) * (size_t)f->chroma_height;
  s.memory = calloc(1, luma + 2 * chroma + 1);
  if (!s.memory) abort();
  f->plane[0] = s.memory;
  f->stride[0] = (ptrdiff_t)row_bytes(f, 0);
  if (!packed) {
    f->plane[1] = s.memory + luma;
    f->plane[2] = f->layout == SAGITTA_LAYOUT_PLANAR ? s.memory + luma + chroma : NULL;
    f->stride[1] = f->stride[2] = (ptrdiff_t)row_bytes(f, 1);
  }
  s.info.width = s.info.coded_width = width;
  s.info.height = s.info.coded_height = height;
  s.info.upright[0] = s.info.upright[4] = 1.0;
  const double grey[3] = { 128.0, 128.0, 128.0 };
  synthetic_fill(&s, grey);
  return s;
}

void synthetic_free(synthetic *s) {
  free(s->memory);
  memset(s, 0, sizeof *s);
}

typedef struct yuv {
  double y, b, r; /* full-range 0–255, neutral 128 */
} yuv;

static yuv to_yuv(const sagitta_frame *f, const double rgb[3]) {
  static const double weights[3][2] = { { 0.299, 0.114 }, { 0.2126, 0.0722 }, { 0.2627, 0.0593 } };
  const double kr = weights[f->matrix][0], kb = weights[f->matrix][1];
  const double y = kr * rgb[0] + (1.0 - kr - kb) * rgb[1] + kb * rgb[2];
  return (yuv){ y, 128.0 + (rgb[2] - y) / (2.0 * (1.0 - kb)), 128.0 + (rgb[0] - y) / (2.0 * (1.0 - kr)) };
}

/* Where a component's sample lies in memory. component: 0 Y, 1 Cb, 2 Cr. */
static uint8_t *sample_at(const synthetic *s, int component, int x, int y) {
  const sagitta_frame *f = &s->frame;
  const size_t bytes = f->bits > 8 ? 2 : 1;
  const size_t column = (size_t)x;
  if (f->layout == SAGITTA_LAYOUT_YUYV || f->layout == SAGITTA_LAYOUT_UYVY) {
    const size_t luma_first = f->layout == SAGITTA_LAYOUT_YUYV ? 0 : 1;
    uint8_t *row = s->memory + (size_t)y * (size_t)f->stride[0];
    if (component == 0) return row + 2 * column + luma_first;
    return row + 4 * column + (1 - luma_first) + (component == 2 ? 2 : 0);
  }
  if (component == 0) return s->memory + (size_t)y * (size_t)f->stride[0] + column * bytes;
  const bool semi = f->layout == SAGITTA_LAYOUT_SEMIPLANAR;
  const uint8_t *plane = f->plane[semi ? 1 : component];
  return s->memory + (plane - s->memory) + (size_t)y * (size_t)f->stride[1] + column * bytes * (semi ? 2 : 1) +
         (semi && component == 2 ? bytes : 0);
}

static double code_of(const sagitta_frame *f, int component, double value) {
  const double unit = (double)(1 << (f->bits - 8));
  if (f->full_range) return component == 0 ? value * unit : 128.0 * unit + (value - 128.0) * unit;
  return component == 0 ? (16.0 + value * 219.0 / 255.0) * unit : (128.0 + (value - 128.0) * 224.0 / 255.0) * unit;
}

static double get_code(const synthetic *s, int component, int x, int y) {
  const uint8_t *at = sample_at(s, component, x, y);
  if (s->frame.bits == 8) return *at;
  uint16_t word;
  memcpy(&word, at, sizeof word);
  return word >> s->frame.shift;
}

static void set_code(synthetic *s, int component, int x, int y, double code) {
  const double top = (double)((1 << s->frame.bits) - 1);
  const uint16_t value = (uint16_t)(code < 0.0 ? 0.0 : code > top ? top : floor(code + 0.5));
  uint8_t *at = sample_at(s, component, x, y);
  if (s->frame.bits == 8) {
    *at = (uint8_t)value;
    return;
  }
  const uint16_t word = (uint16_t)(value << s->frame.shift);
  memcpy(at, &word, sizeof word);
}

typedef double (*cover_fn)(const double *shape, double x, double y);

static double disc_cover(const double *shape, double x, double y) {
  const double dx = x - shape[0], dy = y - shape[1];
  return dx * dx + dy * dy <= shape[2] * shape[2] ? 1.0 : 0.0;
}

static double strip_cover(const double *shape, double x, double y) {
  const double dx = x - shape[0], dy = y - shape[1];
  const double along = dx * shape[4] - dy * shape[5], across = dx * shape[5] + dy * shape[4];
  return fabs(along) <= shape[2] && fabs(across) <= shape[3] ? 1.0 : 0.0;
}

/* Share of a footprint of `wide` × `high` px, a little blurred, that the shape covers. */
static double cover(cover_fn inside, const double *shape, double x, double y, double wide, double high) {
  enum { N = 12 };
  double sum = 0.0;
  for (int j = 0; j < N; j++) {
    for (int i = 0; i < N; i++) {
      sum += inside(shape, x + wide * ((i + 0.5) / N - 0.5), y + high * ((j + 0.5) / N - 0.5));
    }
  }
  return sum / (N * N);
}

static void draw(synthetic *s, cover_fn inside, const double *shape, double reach, const double rgb[3]) {
  const sagitta_frame *f = &s->frame;
  const yuv colour = to_yuv(f, rgb);
  for (int component = 0; component < 3; component++) {
    const bool luma = component == 0;
    const int step_x = luma ? 1 : f->chroma_step_x, step_y = luma ? 1 : f->chroma_step_y;
    const double first_x = luma ? 0.5 : f->chroma_x, first_y = luma ? 0.5 : f->chroma_y;
    const int width = luma ? f->width : f->chroma_width, height = luma ? f->height : f->chroma_height;
    const double value = luma ? colour.y : component == 1 ? colour.b : colour.r;
    for (int y = 0; y < height; y++) {
      const double v = y * step_y + first_y;
      if (fabs(v - shape[1]) > reach + 4.0) continue;
      for (int x = 0; x < width; x++) {
        const double u = x * step_x + first_x;
        if (fabs(u - shape[0]) > reach + 4.0) continue;
        const double share = cover(inside, shape, u, v, step_x + 0.8, step_y + 0.8);
        if (share <= 0.0) continue;
        const double code = code_of(f, component, value);
        set_code(s, component, x, y, get_code(s, component, x, y) * (1.0 - share) + code * share);
      }
    }
  }
}

void synthetic_fill(synthetic *s, const double rgb[3]) {
  const yuv colour = to_yuv(&s->frame, rgb);
  for (int y = 0; y < s->frame.height; y++) {
    for (int x = 0; x < s->frame.width; x++) set_code(s, 0, x, y, code_of(&s->frame, 0, colour.y));
  }
  for (int y = 0; y < s->frame.chroma_height; y++) {
    for (int x = 0; x < s->frame.chroma_width; x++) {
      set_code(s, 1, x, y, code_of(&s->frame, 1, colour.b));
      set_code(s, 2, x, y, code_of(&s->frame, 2, colour.r));
    }
  }
}

void synthetic_disc(synthetic *s, double x, double y, double diameter, const double rgb[3]) {
  const double shape[] = { x, y, diameter / 2.0 };
  draw(s, disc_cover, shape, diameter / 2.0, rgb);
}

void synthetic_strip(synthetic *s, double x, double y, double length, double width, double axis_deg,
                     const double rgb[3]) {
  const double turn = axis_deg * 3.14159265358979323846 / 180.0;
  const double shape[] = { x, y, length / 2.0, width / 2.0, sin(turn), cos(turn) };
  draw(s, strip_cover, shape, length / 2.0 + width, rgb);
}

void synthetic_noise(synthetic *s, double deviation, uint64_t seed) {
  uint64_t state = seed;
  const double unit = (double)(1 << (s->frame.bits - 8));
  for (int component = 0; component < 3; component++) {
    const int width = component ? s->frame.chroma_width : s->frame.width;
    const int height = component ? s->frame.chroma_height : s->frame.height;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = -6.0;
        for (int i = 0; i < 12; i++) sum += synthetic_uniform(&state);
        set_code(s, component, x, y, get_code(s, component, x, y) + deviation * unit * sum);
      }
    }
  }
}
