/* SPDX-License-Identifier: Apache-2.0 */
/* The mask over a window: flood, widen, and the colours of its parts. */
#include "track/patch.h"

#include <stdlib.h>
#include <string.h>

#include "base/base.h"

void sg_patch_free(sg_patch *p) {
  free(p->window.b);
  free(p->window.r);
  free(p->window.luma);
  free(p->mask);
  free(p->grown);
  free(p->stack);
}

static int reserve(sg_patch *p) {
  const size_t n = (size_t)p->window.width * (size_t)p->window.height;
  return sg_reserve((void **)&p->mask, &p->mask_capacity, n, 1) &&
         sg_reserve((void **)&p->grown, &p->grown_capacity, n, 1) &&
         sg_reserve((void **)&p->stack, &p->stack_capacity, n, sizeof *p->stack);
}

/* Median of a histogram of `count` values; × SG_FRACTION. */
static int median_of(const int32_t *histogram, int count, int down) {
  int lower = 0, passed = histogram[0];
  while (passed <= (count - 1) / 2) passed += histogram[++lower];
  int upper = lower;
  while (passed <= count / 2) passed += histogram[++upper];
  return ((lower + upper) << down) * (SG_FRACTION / 2);
}

/* Medians of the samples whose mask has `bit`. Depths beyond 12 bits lose the lowest. */
static sg_native_colour median_colour(sg_patch *p, uint8_t bit) {
  const int bits = p->pixels.frame->bits;
  const int down = bits > 12 ? bits - 12 : 0;
  int32_t *b = p->histogram[0], *r = p->histogram[1], *luma = p->histogram[2];
  for (int plane = 0; plane < 3; plane++) memset(p->histogram[plane], 0, sizeof *b << (bits - down));
  int count = 0;
  SG_EACH_IN_FOCUS(p, row, i) {
    if (!(p->mask[i] & bit)) continue;
    b[p->window.b[i] >> down]++;
    r[p->window.r[i] >> down]++;
    luma[p->window.luma[i] >> down]++;
    count++;
  }
  const int none = p->neutral * SG_FRACTION;
  if (count == 0) return (sg_native_colour){ none, none, none };
  return (sg_native_colour){ median_of(b, count, down), median_of(r, count, down), median_of(luma, count, down) };
}

static sg_native_colour mean_colour(const sg_patch *p, uint8_t bit, int64_t *count) {
  int64_t b = 0, r = 0, luma = 0, n = 0;
  SG_EACH_IN_FOCUS(p, row, i) {
    if (!(p->mask[i] & bit)) continue;
    b += p->window.b[i];
    r += p->window.r[i];
    luma += p->window.luma[i];
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
static bool shaded(const sg_patch *p, int i, sg_native_colour core, int64_t core_squared) {
  const int64_t neutral = (int64_t)p->neutral * SG_FRACTION, black = p->black * SG_FRACTION;
  const int64_t cb = core.b - neutral, cr = core.r - neutral;
  const int64_t b = p->window.b[i] * SG_FRACTION - neutral, r = p->window.r[i] * SG_FRACTION - neutral;
  const int64_t along = b * cb + r * cr, across = b * cr - r * cb;
  if (along * 10 < core_squared * 3 || along > core_squared) return false; /* at least 30 % of the colour */
  if (llabs(across) * 4 > along) return false;                             /* hue within 14° */
  const int64_t luma = p->window.luma[i] * SG_FRACTION - black, core_luma = core.luma - black;
  return luma < core_luma && along * core_luma * 4 > core_squared * luma * 3; /* as saturated as the core, or nearly */
}

int64_t sg_patch_flood(sg_patch *p, int seed, sg_native_colour core, sg_native_colour ground, bool shade) {
  const int w = p->window.width, h = p->window.height;
  const int64_t limit = sg_native_distance_squared(core, ground) / 4;
  const int64_t neutral = (int64_t)p->neutral * SG_FRACTION;
  const int64_t core_squared = (core.b - neutral) * (core.b - neutral) + (core.r - neutral) * (core.r - neutral);
  memset(p->mask, 0, (size_t)w * (size_t)h);
  int64_t count = 0;
  int top = 0;
  sg_box found = { w, h, 0, 0 };
  p->stack[top++] = seed;
  p->mask[seed] = SG_INSIDE;
  while (top > 0) {
    const int at = p->stack[--top], x = at % w, y = at / w;
    count++;
    if (x < found.x0) found.x0 = x;
    if (x >= found.x1) found.x1 = x + 1;
    if (y < found.y0) found.y0 = y;
    if (y >= found.y1) found.y1 = y + 1;
    if ((x == 0 && !p->window.cut_left) || (x == w - 1 && !p->window.cut_right) || (y == 0 && !p->window.cut_top) ||
        (y == h - 1 && !p->window.cut_bottom)) {
      p->narrow = count + top < (int64_t)w * h / 3;
      return -1;
    }
    const int next[4] = { x > 0 ? at - 1 : -1, x < w - 1 ? at + 1 : -1, y > 0 ? at - w : -1, y < h - 1 ? at + w : -1 };
    for (int k = 0; k < 4; k++) {
      const int n = next[k];
      if (n < 0 || p->mask[n]) continue;
      const sg_native_colour s = { p->window.b[n] * SG_FRACTION, p->window.r[n] * SG_FRACTION, 0 };
      if (sg_native_distance_squared(s, core) >= limit && !(shade && shaded(p, n, core, core_squared))) continue;
      p->mask[n] = SG_INSIDE;
      p->stack[top++] = n;
    }
  }
  p->focus = found;
  return count;
}

/* Widen the focus from the blob just flooded by `nx`, `ny` samples on each side. */
static void focus_around(sg_patch *p, int nx, int ny) {
  sg_box *f = &p->focus;
  f->x0 = f->x0 > nx ? f->x0 - nx : 0;
  f->y0 = f->y0 > ny ? f->y0 - ny : 0;
  f->x1 = f->x1 + nx < p->window.width ? f->x1 + nx : p->window.width;
  f->y1 = f->y1 + ny < p->window.height ? f->y1 + ny : p->window.height;
}

/* Where SG_INSIDE, widened by `nx` samples sideways and `ny` up and down, set `bit`. */
static void widen(sg_patch *p, int nx, int ny, uint8_t bit) {
  const int w = p->window.width;
  const sg_box f = p->focus;
  for (int y = f.y0; y < f.y1; y++) {
    const uint8_t *mask = p->mask + y * w;
    uint8_t *grown = p->grown + y * w;
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
      const uint8_t *grown = p->grown + v * w;
      uint8_t *mask = p->mask + y * w;
      for (int x = f.x0; x < f.x1; x++) mask[x] |= (uint8_t)(grown[x] * bit);
    }
  }
}

/* Keep SG_RING only where the margin SG_AROUND ends. */
static void ring_only(sg_patch *p) {
  SG_EACH_IN_FOCUS(p, row, i) {
    if (p->mask[i] & SG_AROUND) p->mask[i] &= (uint8_t)~SG_RING;
  }
}

/* Mark what lies inside with all eight neighbours: no edge mixes into its colour. */
static void mark_deep(sg_patch *p) {
  const int w = p->window.width;
  const sg_box f = p->focus;
  for (int y = f.y0 + 1; y < f.y1 - 1; y++) {
    for (int x = f.x0 + 1; x < f.x1 - 1; x++) {
      uint8_t *q = p->mask + y * w + x;
      if (q[0] & q[-1] & q[1] & q[-w] & q[w] & q[-w - 1] & q[-w + 1] & q[w - 1] & q[w + 1] & SG_INSIDE) *q |= SG_DEEP;
    }
  }
}

/* The colour of the inside without its rim; of all of it when it is all rim. */
static sg_native_colour core_colour(sg_patch *p) {
  int64_t n;
  mark_deep(p);
  const sg_native_colour deep = mean_colour(p, SG_DEEP, &n);
  return n >= 3 ? deep : mean_colour(p, SG_INSIDE, &n);
}

double sg_patch_deviation(const sg_patch *p, uint8_t bit, sg_native_colour centre) {
  int64_t sum = 0, n = 0;
  SG_EACH_IN_FOCUS(p, row, i) {
    if (!(p->mask[i] & bit)) continue;
    sum += llabs((int64_t)p->window.b[i] * SG_FRACTION - centre.b) +
           llabs((int64_t)p->window.r[i] * SG_FRACTION - centre.r);
    n++;
  }
  return n > 0 ? (double)sum / (double)(2 * n * SG_FRACTION) : 0.0;
}

double sg_patch_evenness(const sg_patch *p, sg_native_colour core, sg_native_colour ground) {
  const int64_t length_squared = sg_native_distance_squared(core, ground);
  int64_t near = 0, n = 0;
  SG_EACH_IN_FOCUS(p, row, i) {
    if (!(p->mask[i] & SG_DEEP)) continue;
    const sg_native_colour s = { p->window.b[i] * SG_FRACTION, p->window.r[i] * SG_FRACTION, 0 };
    n++;
    if (sg_native_distance_squared(s, core) * 12 < length_squared) near++;
  }
  return n > 3 ? (double)near / (double)n : 1.0;
}

int sg_patch_open(sg_patch *p, int x0, int y0, int x1, int y1) {
  const sagitta_frame *f = p->pixels.frame;
  p->neutral = 1 << (f->bits - 1);
  p->black = f->full_range ? 0 : 16 << (f->bits - 8);
  p->narrow = false;
  return sg_pixels_window(&p->pixels, x0, y0, x1, y1, &p->window) && reserve(p);
}

/* Mean of the three by three samples around one. */
static sg_native_colour block_colour(const sg_patch *p, int x, int y) {
  int b = 0, r = 0, luma = 0;
  for (int v = y - 1; v <= y + 1; v++) {
    for (int i = v * p->window.width + x - 1; i <= v * p->window.width + x + 1; i++) {
      b += p->window.b[i];
      r += p->window.r[i];
      luma += p->window.luma[i];
    }
  }
  return (sg_native_colour){ b * SG_FRACTION / 9, r * SG_FRACTION / 9, luma * SG_FRACTION / 9 };
}

void sg_patch_estimate(sg_patch *p, int *seed, sg_native_colour *core, sg_native_colour *ground) {
  const int w = p->window.width, h = p->window.height, sx = *seed % w, sy = *seed / w;
  memset(p->mask, 0, (size_t)w * (size_t)h);
  memset(p->mask, SG_RING, (size_t)w);
  memset(p->mask + (size_t)(h - 1) * (size_t)w, SG_RING, (size_t)w);
  for (int y = 1; y < h - 1; y++) p->mask[y * w] = p->mask[y * w + w - 1] = SG_RING;
  p->focus = (sg_box){ 0, 0, w, h };
  *ground = median_colour(p, SG_RING);
  /* The seed may lie on the marker's edge: move it to where the colour is farthest from the ground's. */
  int64_t farthest = -1;
  const int before = *seed;
  for (int y = sy - 2; y <= sy + 2; y++) {
    for (int x = sx - 2; x <= sx + 2; x++) {
      if (x < 1 || y < 1 || x >= w - 1 || y >= h - 1) continue;
      const sg_native_colour here = block_colour(p, x, y);
      const int64_t distance = sg_native_distance_squared(here, *ground);
      if (distance <= farthest) continue;
      farthest = distance;
      *core = here;
      *seed = y * w + x;
    }
  }
  if (farthest < 0)
    *core = (sg_native_colour){ p->window.b[before] * SG_FRACTION, p->window.r[before] * SG_FRACTION,
                                p->window.luma[before] * SG_FRACTION };
}

void sg_patch_surround(sg_patch *p, int nx, int ny, sg_native_colour *core, sg_native_colour *ground) {
  focus_around(p, nx + 3, ny + 3);
  *core = core_colour(p);
  widen(p, nx, ny, SG_AROUND);
  widen(p, nx + 2, ny + 2, SG_RING);
  ring_only(p);
  *ground = median_colour(p, SG_RING);
}
