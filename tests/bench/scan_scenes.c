/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <string.h>

#include "scan_scenes.h"

#define RADIUS 5 /* chroma samples */

const char *const scene_names[SCENES] = { "ordinary room, 3 markers", "wall just outside a region",
                                          "wall inside a region", "noisy wall on a region's border", "random codes" };

/* Blue, green and magenta stickers; each region has a radius of 14 codes. */
const sg_region scene_regions[SCENE_COLOURS] = { { 172, 104, 0.005, 0, 0.005 },
                                                 { 96, 92, 0.005, 0, 0.005 },
                                                 { 150, 182, 0.005, 0, 0.005 } };

static uint64_t state;

static uint32_t next(void) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return (uint32_t)(state >> 32);
}

/* About normal, of standard deviation `sigma`, out of four bytes. */
static int noise(double sigma) {
  uint32_t r = next();
  int sum = (int)(r & 255) + (int)(r >> 8 & 255) + (int)(r >> 16 & 255) + (int)(r >> 24) - 510;
  return (int)(sum * sigma / 147.8 + 100.5) - 100;
}

static uint8_t code(int value) {
  return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

/* Cb and Cr of the room: wall, floor, a body of skin, shirt and jeans in the middle. */
static void room(int base[2], int x, int y) {
  static const int wall[2] = { 124, 131 }, wood[2] = { 112, 142 }, skin[2] = { 110, 151 }, jeans[2] = { 140, 122 },
                   shirt[2] = { 129, 127 };
  const int *at = y > 440 ? wood : wall;
  if (x > 420 && x < 540 && y > 60) at = y < 120 ? skin : y < 280 ? shirt : y < 470 ? jeans : skin;
  base[0] = at[0] + x / 240;
  base[1] = at[1] - y / 180;
}

static void base_of(int base[2], scene what, int x, int y) {
  const sg_region *green = &scene_regions[1];
  static const int offset[SCENES] = { 0, 13, 0, 10, 0 };
  room(base, x, y);
  if (what == SCENE_ORDINARY) return;
  base[0] = (int)green->cb - offset[what];
  base[1] = (int)green->cr + offset[what];
}

void scene_draw(uint8_t *chroma, scene what, unsigned number) {
  static const double sigma[SCENES] = { 1.5, 0.8, 1.5, 3, 0 };
  state = 88172645463325252U + number * 7919U;
  for (int y = 0; y < SCENE_CHEIGHT; y++) {
    for (int x = 0; x < SCENE_CWIDTH; x++) {
      int base[2];
      base_of(base, what, x, y);
      for (int i = 0; i < SCENE_COLOURS && what == SCENE_ORDINARY; i++) {
        int dx = x - 470 - 10 * i - (int)(number % 40), dy = y - 150 - 130 * i;
        if (dx * dx + dy * dy > RADIUS * RADIUS) continue;
        base[0] = (int)scene_regions[i].cb;
        base[1] = (int)scene_regions[i].cr;
      }
      for (int c = 0; c < 2; c++) {
        int value = what == SCENE_NOISE ? (int)(next() & 255) : base[c] + noise(sigma[what]);
        chroma[(size_t)c * SCENE_CHROMA + (size_t)y * SCENE_CWIDTH + (size_t)x] = code(value);
      }
    }
  }
}

void scene_to_bgr(uint8_t *bgr, const uint8_t *chroma) {
  for (size_t y = 0; y < SCENE_HEIGHT; y++) {
    for (size_t x = 0; x < SCENE_WIDTH; x++) {
      size_t at = y / 2 * SCENE_CWIDTH + x / 2;
      double light = 1.164 * (120 - 16), cb = chroma[at] - 128, cr = chroma[SCENE_CHROMA + at] - 128;
      uint8_t *pixel = bgr + 3 * (y * SCENE_WIDTH + x);
      pixel[0] = code((int)(light + 2.112 * cb));
      pixel[1] = code((int)(light - 0.213 * cb - 0.533 * cr));
      pixel[2] = code((int)(light + 1.793 * cr));
    }
  }
}

const scene_format scene_formats[SCENE_FORMATS] = { { "yuv420p", SAGITTA_LAYOUT_PLANAR, 8, 0, SCENE_CHEIGHT },
                                                    { "nv12", SAGITTA_LAYOUT_SEMIPLANAR, 8, 0, SCENE_CHEIGHT },
                                                    { "yuv420p10", SAGITTA_LAYOUT_PLANAR, 10, 0, SCENE_CHEIGHT },
                                                    { "p010", SAGITTA_LAYOUT_SEMIPLANAR, 10, 6, SCENE_CHEIGHT },
                                                    { "yuyv422", SAGITTA_LAYOUT_YUYV, 8, 0, SCENE_HEIGHT },
                                                    { "uyvy422", SAGITTA_LAYOUT_UYVY, 8, 0, SCENE_HEIGHT } };

static int is_packed(const scene_format *format) {
  return format->layout == SAGITTA_LAYOUT_YUYV || format->layout == SAGITTA_LAYOUT_UYVY;
}

static size_t row_samples(const scene_format *format) {
  return SCENE_CWIDTH * (size_t)(is_packed(format) ? 4 : 2);
}

size_t scene_size(const scene_format *format) {
  return row_samples(format) * (size_t)format->height * (format->bits > 8 ? 2 : 1);
}

/* Index of a chroma sample (component 0 Cb, 1 Cr) among the samples of a frame. */
static size_t index_of(const scene_format *format, size_t component, size_t x, size_t y) {
  switch (format->layout) {
    case SAGITTA_LAYOUT_SEMIPLANAR:
      return y * row_samples(format) + 2 * x + component;
    case SAGITTA_LAYOUT_YUYV:
      return y * row_samples(format) + 4 * x + 1 + 2 * component;
    case SAGITTA_LAYOUT_UYVY:
      return y * row_samples(format) + 4 * x + 2 * component;
    default:
      return component * SCENE_CHROMA + y * SCENE_CWIDTH + x;
  }
}

void scene_store(uint8_t *bytes, const scene_format *format, const uint8_t *chroma) {
  memset(bytes, 120, scene_size(format));
  for (size_t component = 0; component < 2; component++) {
    for (size_t y = 0; y < (size_t)format->height; y++) {
      for (size_t x = 0; x < SCENE_CWIDTH; x++) {
        uint8_t value =
            chroma[component * SCENE_CHROMA + y * SCENE_CHEIGHT / (size_t)format->height * SCENE_CWIDTH + x];
        size_t at = index_of(format, component, x, y);
        uint16_t word = (uint16_t)(value << (format->bits - 8) << format->shift);
        if (format->bits == 8) bytes[at] = value;
        if (format->bits > 8) memcpy(bytes + 2 * at, &word, sizeof word);
      }
    }
  }
}

sagitta_frame scene_frame(const scene_format *format, const uint8_t *bytes) {
  ptrdiff_t word = format->bits > 8 ? 2 : 1, row = (ptrdiff_t)row_samples(format) * word;
  sagitta_frame frame = { .width = SCENE_WIDTH,
                          .height = SCENE_HEIGHT,
                          .chroma_width = SCENE_CWIDTH,
                          .chroma_height = format->height,
                          .layout = format->layout,
                          .bits = format->bits,
                          .shift = format->shift };
  if (format->layout == SAGITTA_LAYOUT_PLANAR) row /= 2;
  for (int plane = 0; plane < 3; plane++) {
    frame.plane[plane] = bytes;
    frame.stride[plane] = row;
  }
  if (format->layout == SAGITTA_LAYOUT_PLANAR) frame.plane[2] = bytes + SCENE_CHROMA * (size_t)word;
  return frame;
}
