/* SPDX-License-Identifier: Apache-2.0 */
#include "track/fingerprint.h"

#include <string.h>

#define LANES 4 /* so that one multiplication need not wait for the other */

/* Odd numbers without a pattern: the fractions of the golden ratio and of the square roots of 3, 5 and 7. */
static const uint64_t factors[LANES] = { UINT64_C(0x9E3779B97F4A7C15), UINT64_C(0xBB67AE8584CAA73B),
                                         UINT64_C(0x3C6EF372FE94F82B), UINT64_C(0xA54FF53A5F1D36F1) };

static uint64_t word_at(const uint8_t *at) {
  uint64_t word;
  memcpy(&word, at, sizeof word);
  return word;
}

static uint64_t mix(uint64_t state, uint64_t word, uint64_t factor) {
  state = (state ^ word) * factor;
  return state ^ (state >> 29);
}

static void add_row(uint64_t state[LANES], const uint8_t *row, size_t bytes) {
  const size_t step = LANES * sizeof(uint64_t);
  size_t i = 0;
  for (; i + step <= bytes; i += step) {
    for (size_t k = 0; k < LANES; k++) state[k] = mix(state[k], word_at(row + i + k * sizeof(uint64_t)), factors[k]);
  }
  for (; i < bytes; i++) state[i % LANES] = mix(state[i % LANES], row[i], factors[i % LANES]);
}

static void add_plane(uint64_t state[LANES], const uint8_t *plane, ptrdiff_t stride, size_t bytes, int height,
                      int rows) {
  if (rows > height) rows = height;
  for (int i = 0; i < rows; i++) {
    const int64_t y = ((int64_t)(2 * i + 1) * height) / (2 * rows);
    add_row(state, plane + (ptrdiff_t)y * stride, bytes);
  }
}

uint64_t sg_fingerprint(const sagitta_frame *f) {
  uint64_t state[LANES];
  memcpy(state, factors, sizeof state);
  const size_t sample = f->bits > 8 ? 2 : 1, chroma = (size_t)f->chroma_width * sample;
  const int packed = f->layout == SAGITTA_LAYOUT_YUYV || f->layout == SAGITTA_LAYOUT_UYVY;
  /* Packed: a luma sample and its share of chroma. */
  const size_t luma = (size_t)f->width * sample + (packed ? 2 * chroma : 0);
  add_plane(state, f->plane[0], f->stride[0], luma, f->height, SG_PRINT_ROWS);
  const int planes = f->layout == SAGITTA_LAYOUT_PLANAR ? 2 : f->layout == SAGITTA_LAYOUT_SEMIPLANAR ? 1 : 0;
  for (int p = 1; p <= planes; p++) {
    add_plane(state, f->plane[p], f->stride[p], planes == 1 ? 2 * chroma : chroma, f->chroma_height, SG_PRINT_ROWS / 2);
  }
  uint64_t print = 0;
  for (size_t k = 0; k < LANES; k++) print = mix(print, state[k], factors[k]);
  return print;
}
