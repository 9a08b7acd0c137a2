/* SPDX-License-Identifier: Apache-2.0 */
#include "track/picture_change.h"

#include <stdlib.h>
#include <string.h>

static uint64_t difference_8(const uint8_t *a, const uint8_t *b, size_t n) {
  uint64_t sum = 0;
  while (n > 0) {
    const size_t some = n < 65536 ? n : 65536;
    uint32_t part = 0;
    for (size_t i = 0; i < some; i++) part += (uint32_t)abs(a[i] - b[i]);
    sum += part;
    a += some;
    b += some;
    n -= some;
  }
  return sum;
}

static uint64_t difference_16(const uint8_t *a, const uint8_t *b, size_t n) {
  uint64_t sum = 0;
  for (size_t i = 0; i < n; i++) {
    uint16_t x, y;
    memcpy(&x, a + 2 * i, sizeof x);
    memcpy(&y, b + 2 * i, sizeof y);
    sum += (uint64_t)abs(x - y);
  }
  return sum;
}

double sg_change_next(sg_change *c, const sagitta_frame *f) {
  const int packed = f->layout == SAGITTA_LAYOUT_YUYV || f->layout == SAGITTA_LAYOUT_UYVY;
  const size_t sample = f->bits > 8 ? 2 : 1;
  /* Packed: with the chroma that stands between. */
  const size_t samples = (size_t)f->width + (packed ? 2 * (size_t)f->chroma_width : 0), bytes = samples * sample;
  const int rows = f->height < SG_CHANGE_ROWS ? f->height : SG_CHANGE_ROWS;
  const int again = c->row && c->bytes == bytes;
  if (!again) {
    uint8_t *row = realloc(c->row, SG_CHANGE_ROWS * bytes);
    if (!row) return -1;
    c->row = row;
    c->bytes = bytes;
  }
  uint64_t sum = 0;
  for (int i = 0; i < rows; i++) {
    const int64_t y = ((int64_t)(2 * i + 1) * f->height) / (2 * rows);
    const uint8_t *now = f->plane[0] + (ptrdiff_t)y * f->stride[0];
    uint8_t *last = c->row + (size_t)i * bytes;
    if (again) sum += sample == 2 ? difference_16(now, last, samples) : difference_8(now, last, samples);
    memcpy(last, now, bytes);
  }
  const double level = sample == 2 ? (double)(1u << (f->bits - 8 + f->shift)) : 1.0;
  return again ? (double)sum / ((double)samples * rows * level) : SG_CHANGE_NEW;
}

void sg_change_free(sg_change *c) {
  free(c->row);
  *c = (sg_change){ NULL, 0 };
}
