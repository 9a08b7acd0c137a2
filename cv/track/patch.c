/* SPDX-License-Identifier: Apache-2.0 */
/* The mask over a window: flood, widen, and the colours of its parts. */
#include "track/patch.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

void sg_patch_free(sg_patch *m) {
  free(m->window.b);
  free(m->window.r);
  free(m->window.luma);
  free(m->mask);
  free(m->grown);
  free(m->stack);
}

static int reserve(sg_patch *m) {
  const size_t n = (size_t)m->window.width * (size_t)m->window.height;
  return sg_reserve((void **)&m->mask, &m->mask_capacity, n, 1) &&
         sg_reserve((void **)&m->grown, &m->grown_capacity, n, 1) &&
         sg_reserve((void **)&m->stack, &m->stack_capacity, n, sizeof *m->stack);
}

/* Median of the samples of one plane whose mask has `bit`; × SG_FRACTION. Depths beyond 12 bits lose the lowest. */
static int median_of(sg_patch *m, const int32_t *plane, uint8_t bit) {
  const int bits = m->pixels.frame->bits;
  const int down = bits > 12 ? bits - 12 : 0;
  memset(m->histogram, 0, sizeof *m->histogram << (bits - down));
  int count = 0;
  SG_EACH_IN_FOCUS(m, row, i) {
    if (!(m->mask[i] & bit)) continue;
    m->histogram[plane[i] >> down]++;
    count++;
  }
  if (count == 0) return m->neutral * SG_FRACTION;
  int lower = 0, passed = m->histogram[0];
  while (passed <= (count - 1) / 2) passed += m->histogram[++lower];
  int upper = lower;
  while (passed <= count / 2) passed += m->histogram[++upper];
  return ((lower + upper) << down) * (SG_FRACTION / 2);
}

static sg_native_colour median_colour(sg_patch *m, uint8_t bit) {
  return (sg_native_colour){ median_of(m, m->window.b, bit), median_of(m, m->window.r, bit),
                             median_of(m, m->window.luma, bit) };
}

static sg_native_colour mean_colour(const sg_patch *m, uint8_t bit, int64_t *count) {
  int64_t b = 0, r = 0, luma = 0, n = 0;
  SG_EACH_IN_FOCUS(m, row, i) {
    if (!(m->mask[i] & bit)) continue;
    b += m->window.b[i];
    r += m->window.r[i];
    luma += m->window.luma[i];
    n++;
  }
  *count = n;
  if (n == 0) return (sg_native_colour){ 0, 0, 0 };
  return (sg_native_colour){ (int)((b * SG_FRACTION + n / 2) / n), (int)((r * SG_FRACTION + n / 2) / n),
                             (int)((luma * SG_FRACTION + n / 2) / n) };
}

int64_t sg_native_distance_squared(sg_native_colour a, sg_native_colour b) {
  const int64_t db = a.b - b.b, dr = a.r - b.r;
  return db * db + dr * dr;
}

/*
 * Whether a sample is the same sticker in shade: hue as the core's, saturation and luma lower together. A mixture with
 * a black ground looks the same, which is why cover is measured against the marker's colour nearby, not against the
 * core.
 */
static bool shaded(const sg_patch *m, int i, sg_native_colour core, int64_t core_squared) {
  const int64_t neutral = (int64_t)m->neutral * SG_FRACTION, black = m->black * SG_FRACTION;
  const int64_t cb = core.b - neutral, cr = core.r - neutral;
  const int64_t b = m->window.b[i] * SG_FRACTION - neutral, r = m->window.r[i] * SG_FRACTION - neutral;
  const int64_t along = b * cb + r * cr, across = b * cr - r * cb;
  if (along * 10 < core_squared * 3 || along > core_squared) return false; /* at least 30 % of the colour */
  if (llabs(across) * 4 > along) return false;                             /* hue within 14° */
  const int64_t luma = m->window.luma[i] * SG_FRACTION - black, core_luma = core.luma - black;
  return luma < core_luma && along * core_luma * 4 > core_squared * luma * 3; /* as saturated as the core, or nearly */
}

int64_t sg_patch_flood(sg_patch *m, int seed, sg_native_colour core, sg_native_colour ground, bool shade) {
  const int w = m->window.width, h = m->window.height;
  const int64_t limit = sg_native_distance_squared(core, ground) / 4;
  const int64_t neutral = (int64_t)m->neutral * SG_FRACTION;
  const int64_t core_squared = (core.b - neutral) * (core.b - neutral) + (core.r - neutral) * (core.r - neutral);
  memset(m->mask, 0, (size_t)w * (size_t)h);
  int64_t count = 0;
  int top = 0;
  sg_box found = { w, h, 0, 0 };
  m->stack[top++] = seed;
  m->mask[seed] = SG_INSIDE;
  while (top > 0) {
    const int at = m->stack[--top], x = at % w, y = at / w;
    count++;
    if (x < found.x0) found.x0 = x;
    if (x >= found.x1) found.x1 = x + 1;
    if (y < found.y0) found.y0 = y;
    if (y >= found.y1) found.y1 = y + 1;
    if ((x == 0 && !m->window.cut_left) || (x == w - 1 && !m->window.cut_right) || (y == 0 && !m->window.cut_top) ||
        (y == h - 1 && !m->window.cut_bottom)) {
      m->narrow = count + top < (int64_t)w * h / 3;
      return -1;
    }
    const int next[4] = { x > 0 ? at - 1 : -1, x < w - 1 ? at + 1 : -1, y > 0 ? at - w : -1, y < h - 1 ? at + w : -1 };
    for (int k = 0; k < 4; k++) {
      const int n = next[k];
      if (n < 0 || m->mask[n]) continue;
      const sg_native_colour s = { m->window.b[n] * SG_FRACTION, m->window.r[n] * SG_FRACTION, 0 };
      if (sg_native_distance_squared(s, core) >= limit && !(shade && shaded(m, n, core, core_squared))) continue;
      m->mask[n] = SG_INSIDE;
      m->stack[top++] = n;
    }
  }
  m->focus = found;
  return count;
}

/* Widen the focus from the blob just flooded by `nx`, `ny` samples on each side. */
static void focus_around(sg_patch *m, int nx, int ny) {
  sg_box *f = &m->focus;
  f->x0 = f->x0 > nx ? f->x0 - nx : 0;
  f->y0 = f->y0 > ny ? f->y0 - ny : 0;
  f->x1 = f->x1 + nx < m->window.width ? f->x1 + nx : m->window.width;
  f->y1 = f->y1 + ny < m->window.height ? f->y1 + ny : m->window.height;
}

/* Where SG_INSIDE, widened by `nx` samples sideways and `ny` up and down, set `bit`. */
static void widen(sg_patch *m, int nx, int ny, uint8_t bit) {
  const int w = m->window.width;
  const sg_box f = m->focus;
  for (int y = f.y0; y < f.y1; y++) {
    const uint8_t *mask = m->mask + y * w;
    uint8_t *grown = m->grown + y * w;
    int last = f.x0 - nx - 1;
    for (int x = f.x0; x < f.x1; x++) {
      if (mask[x] & SG_INSIDE) last = x;
      grown[x] = x - last <= nx;
    }
    last = f.x1 + nx;
    for (int x = f.x1 - 1; x >= f.x0; x--) {
      if (mask[x] & SG_INSIDE) last = x;
      if (last - x <= nx) grown[x] = 1;
    }
  }
  for (int y = f.y0; y < f.y1; y++) {
    const int from = y - ny > f.y0 ? y - ny : f.y0, to = y + ny < f.y1 ? y + ny + 1 : f.y1;
    for (int v = from; v < to; v++) {
      const uint8_t *grown = m->grown + v * w;
      uint8_t *mask = m->mask + y * w;
      for (int x = f.x0; x < f.x1; x++) mask[x] |= (uint8_t)(grown[x] * bit);
    }
  }
}

/* Keep SG_RING only where the margin SG_AROUND ends. */
static void ring_only(sg_patch *m) {
  SG_EACH_IN_FOCUS(m, row, i) {
    if (m->mask[i] & SG_AROUND) m->mask[i] &= (uint8_t)~SG_RING;
  }
}

/* Mark what lies inside with all eight neighbours: no edge mixes into its colour. */
static void mark_deep(sg_patch *m) {
  const int w = m->window.width;
  const sg_box f = m->focus;
  for (int y = f.y0 + 1; y < f.y1 - 1; y++) {
    for (int x = f.x0 + 1; x < f.x1 - 1; x++) {
      uint8_t *p = m->mask + y * w + x;
      if (p[0] & p[-1] & p[1] & p[-w] & p[w] & p[-w - 1] & p[-w + 1] & p[w - 1] & p[w + 1] & SG_INSIDE) *p |= SG_DEEP;
    }
  }
}

/* The colour of the inside without its rim; of all of it when it is all rim. */
static sg_native_colour core_colour(sg_patch *m) {
  int64_t n;
  mark_deep(m);
  const sg_native_colour deep = mean_colour(m, SG_DEEP, &n);
  return n >= 3 ? deep : mean_colour(m, SG_INSIDE, &n);
}

double sg_patch_deviation(const sg_patch *m, uint8_t bit, sg_native_colour centre) {
  int64_t sum = 0, n = 0;
  SG_EACH_IN_FOCUS(m, row, i) {
    if (!(m->mask[i] & bit)) continue;
    sum += llabs((int64_t)m->window.b[i] * SG_FRACTION - centre.b) +
           llabs((int64_t)m->window.r[i] * SG_FRACTION - centre.r);
    n++;
  }
  return n > 0 ? (double)sum / (double)(2 * n * SG_FRACTION) : 0.0;
}

double sg_patch_evenness(const sg_patch *m, sg_native_colour core, sg_native_colour ground) {
  const int64_t length_squared = sg_native_distance_squared(core, ground);
  int64_t near = 0, n = 0;
  SG_EACH_IN_FOCUS(m, row, i) {
    if (!(m->mask[i] & SG_DEEP)) continue;
    const sg_native_colour s = { m->window.b[i] * SG_FRACTION, m->window.r[i] * SG_FRACTION, 0 };
    n++;
    if (sg_native_distance_squared(s, core) * 12 < length_squared) near++;
  }
  return n > 3 ? (double)near / (double)n : 1.0;
}

int sg_patch_open(sg_patch *m, int x0, int y0, int x1, int y1) {
  const sagitta_frame *f = m->pixels.frame;
  m->neutral = 1 << (f->bits - 1);
  m->black = f->full_range ? 0 : 16 << (f->bits - 8);
  m->narrow = false;
  return sg_pixels_window(&m->pixels, x0, y0, x1, y1, &m->window) && reserve(m);
}

/* Mean of the three by three samples around one. */
static sg_native_colour block_colour(const sg_patch *m, int x, int y) {
  int b = 0, r = 0, luma = 0;
  for (int v = y - 1; v <= y + 1; v++) {
    for (int i = v * m->window.width + x - 1; i <= v * m->window.width + x + 1; i++) {
      b += m->window.b[i];
      r += m->window.r[i];
      luma += m->window.luma[i];
    }
  }
  return (sg_native_colour){ b * SG_FRACTION / 9, r * SG_FRACTION / 9, luma * SG_FRACTION / 9 };
}

void sg_patch_estimate(sg_patch *m, int *seed, sg_native_colour *core, sg_native_colour *ground) {
  const int w = m->window.width, h = m->window.height, sx = *seed % w, sy = *seed / w;
  memset(m->mask, 0, (size_t)w * (size_t)h);
  memset(m->mask, SG_RING, (size_t)w);
  memset(m->mask + (size_t)(h - 1) * (size_t)w, SG_RING, (size_t)w);
  for (int y = 1; y < h - 1; y++) m->mask[y * w] = m->mask[y * w + w - 1] = SG_RING;
  m->focus = (sg_box){ 0, 0, w, h };
  *ground = median_colour(m, SG_RING);
  /* The seed may lie on the marker's edge: move it to where the colour is farthest from the ground's. */
  int64_t farthest = -1;
  const int before = *seed;
  for (int y = sy - 2; y <= sy + 2; y++) {
    for (int x = sx - 2; x <= sx + 2; x++) {
      if (x < 1 || y < 1 || x >= w - 1 || y >= h - 1) continue;
      const sg_native_colour here = block_colour(m, x, y);
      const int64_t distance = sg_native_distance_squared(here, *ground);
      if (distance <= farthest) continue;
      farthest = distance;
      *core = here;
      *seed = y * w + x;
    }
  }
  if (farthest < 0)
    *core = (sg_native_colour){ m->window.b[before] * SG_FRACTION, m->window.r[before] * SG_FRACTION,
                                m->window.luma[before] * SG_FRACTION };
}

void sg_patch_surround(sg_patch *m, int nx, int ny, sg_native_colour *core, sg_native_colour *ground) {
  focus_around(m, nx + 3, ny + 3);
  *core = core_colour(m);
  widen(m, nx, ny, SG_AROUND);
  widen(m, nx + 2, ny + 2, SG_RING);
  ring_only(m);
  *ground = median_colour(m, SG_RING);
}
