/* SPDX-License-Identifier: Apache-2.0 */
/* The cover of a marker, sample by sample, in chroma and in luma. */
#include "track/patch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

/* A part of the ground this near to the marker's colour would count as marker, in a share of the ring this large. */
#define LIKE_MARKER (SG_COVER / 14)
#define LIKE_SHARE  8
#define LIKE_MOST   (SG_COVER * 6 / 10)

/* In luma: one in this many of the ring's samples, and of the inside's, may be of the wrong brightness. */
#define OUTLIERS 25

/* ---- chroma ---- */

/* 0–SG_COVER: how far a sample's chroma lies on the way from the ground's to the core's. */
static int cover_of(const sg_patch *p, int i, sg_native_colour core, sg_native_colour ground, int64_t length_squared) {
  const int64_t b = p->window.b[i] * SG_FRACTION - ground.b, r = p->window.r[i] * SG_FRACTION - ground.r;
  const int64_t along = b * (core.b - ground.b) + r * (core.r - ground.r);
  if (along <= 0) return 0;
  if (along >= length_squared) return SG_COVER;
  return (int)(along * SG_COVER / length_squared);
}

/* Summed areas of the samples of one kind, so that what is next to any sample costs four look-ups: of DEEP the colours,
 * of RING how much they would count as marker. */
static int sum_kind(const sg_patch *p, uint8_t kind, sg_native_colour core, sg_native_colour ground,
                    sg_cover_sums *sums) {
  const sg_box f = p->focus;
  const int w = p->window.width, pitch = f.x1 - f.x0 + 1;
  const size_t n = (size_t)pitch * (size_t)(f.y1 - f.y0 + 1);
  const int64_t length_squared = sg_native_distance_squared(core, ground);
  if (!sg_reserve((void **)&sums->item, &sums->capacity, n, sizeof *sums->item)) return 0;
  memset(sums->item, 0, (size_t)pitch * sizeof *sums->item);
  for (int y = f.y0; y < f.y1; y++) {
    sg_cover_sum row = { 0, 0, 0 };
    sg_cover_sum *out = sums->item + (y - f.y0 + 1) * pitch;
    *out++ = row;
    for (int i = y * w + f.x0; i < y * w + f.x1; i++, out++) {
      if (p->mask[i] & kind) {
        row.b += kind == SG_DEEP ? p->window.b[i] : cover_of(p, i, core, ground, length_squared);
        row.r += kind == SG_DEEP ? p->window.r[i] : 0;
        row.n++;
      }
      const sg_cover_sum *above = out - pitch;
      *out = (sg_cover_sum){ above->b + row.b, above->r + row.r, above->n + row.n };
    }
  }
  return 1;
}

/* The sum over the samples within `half` of one. */
static sg_cover_sum sum_near(const sg_cover_sums *sums, const sg_patch *p, int x, int y, int half_x, int half_y) {
  const int w = p->focus.x1 - p->focus.x0, h = p->focus.y1 - p->focus.y0, pitch = w + 1;
  x -= p->focus.x0;
  y -= p->focus.y0;
  const int x0 = x > half_x ? x - half_x : 0, x1 = x + half_x + 1 < w ? x + half_x + 1 : w;
  const int y0 = y > half_y ? y - half_y : 0, y1 = y + half_y + 1 < h ? y + half_y + 1 : h;
  const sg_cover_sum *nw = &sums->item[y0 * pitch + x0], *ne = &sums->item[y0 * pitch + x1],
                     *sw = &sums->item[y1 * pitch + x0], *se = &sums->item[y1 * pitch + x1];
  return (sg_cover_sum){ se->b - ne->b - sw->b + nw->b, se->r - ne->r - sw->r + nw->r, se->n - ne->n - sw->n + nw->n };
}

/* The marker's own colour near a sample: the mean of the deep samples within `half` of it, or the core's. */
static sg_native_colour local_colour(const sg_cover *c, const sg_patch *p, int x, int y, int half_x, int half_y,
                                     sg_native_colour core) {
  const sg_cover_sum s = sum_near(&c->deep, p, x, y, half_x, half_y);
  if (s.n < 3) return core;
  return (sg_native_colour){ (int)(s.b * SG_FRACTION / s.n), (int)(s.r * SG_FRACTION / s.n), core.luma };
}

/* How much the ground next to a sample would count as marker. */
static int local_likeness(const sg_cover *c, const sg_patch *p, int x, int y, int half_x, int half_y) {
  const sg_cover_sum s = sum_near(&c->ring, p, x, y, half_x, half_y);
  const int64_t like = s.n < 3 ? 0 : s.b / s.n;
  return like < LIKE_MOST ? (int)like : LIKE_MOST;
}

/* Whether a part of the ring has a colour that would count as marker. */
static bool mixed_ground(const sg_patch *p, sg_native_colour core, sg_native_colour ground) {
  const int64_t length_squared = sg_native_distance_squared(core, ground);
  int64_t like = 0, n = 0;
  SG_EACH_IN_FOCUS(p, row, i) {
    if (!(p->mask[i] & SG_RING)) continue;
    n++;
    like += cover_of(p, i, core, ground, length_squared) > LIKE_MARKER;
  }
  return like * LIKE_SHARE > n;
}

int sg_cover_moments(sg_cover *c, const sg_patch *p, sg_native_colour core, sg_native_colour ground, int half_x,
                     int half_y, sg_moments *moments) {
  const bool mixed = mixed_ground(p, core, ground);
  if (!sum_kind(p, SG_DEEP, core, ground, &c->deep)) return 0;
  if (mixed && !sum_kind(p, SG_RING, core, ground, &c->ring)) return 0;
  sg_moments s = { 0 };
  const int64_t least = sg_native_distance_squared(core, ground) / 16;
  const int w = p->window.width;
  for (int y = p->focus.y0; y < p->focus.y1; y++) {
    for (int x = p->focus.x0; x < p->focus.x1; x++) {
      if (!(p->mask[y * w + x] & SG_AROUND)) continue;
      sg_native_colour here = local_colour(c, p, x, y, half_x, half_y, core);
      int64_t length_squared = sg_native_distance_squared(here, ground);
      if (length_squared < least) {
        here = core;
        length_squared = 16 * least;
      }
      int64_t cover = cover_of(p, y * w + x, here, ground, length_squared);
      if (mixed) {
        const int like = local_likeness(c, p, x, y, half_x * 3 / 4, half_y * 3 / 4);
        cover = cover <= like ? 0 : (cover - like) * SG_COVER / (SG_COVER - like);
      }
      s.touched++;
      s.touched_xx += (int64_t)x * x;
      s.touched_yy += (int64_t)y * y;
      s.n += cover;
      s.x += cover * x;
      s.y += cover * y;
      s.xx += cover * x * x;
      s.xy += cover * x * y;
      s.yy += cover * y * y;
    }
  }
  *moments = s;
  return 1;
}

/* ---- luma ---- */

/* Luma of the ground, and the marker's less the ground's; native codes × SG_FRACTION. */
typedef struct band {
  int ground, span;
} band;

/* Where a luma code lies from the ground's (0) to the marker's (1024). */
static int share_of(const band *b, int luma) {
  const int64_t share = (int64_t)(luma * SG_FRACTION - b->ground) * 1024 / b->span;
  return share < -4096 ? -4096 : share > 4096 ? 4096 : (int)share;
}

/* Whether ground and marker are each even: the brightness of neither comes near the other's. */
static bool even(const sg_patch *p, const band *b) {
  int64_t ring = 0, ring_wrong = 0, deep = 0, deep_wrong = 0;
  SG_EACH_IN_FOCUS(p, row, i) {
    const uint8_t mask = p->mask[i];
    if (!(mask & (SG_RING | SG_DEEP))) continue;
    const int share = share_of(b, p->window.luma[i]);
    if (mask & SG_RING) {
      ring++;
      ring_wrong += share > 205;
    } else {
      deep++;
      deep_wrong += share < 819;
    }
  }
  return ring > 0 && deep > 2 && ring_wrong * OUTLIERS <= ring && deep_wrong * OUTLIERS <= deep;
}

/* Of cover; x and y are twice coded luma px. */
typedef struct sums {
  int64_t n, x, y;
} sums;

/* Cover from the share between a fifth and four fifths, stretched to 0–SG_COVER. */
static int64_t luma_cover_of(int share) {
  if (share <= 205) return 0;
  if (share >= 819) return SG_COVER;
  return (int64_t)(share - 205) * SG_COVER / 614;
}

/* Add a row of luma samples [x0, x1), each taken where the chroma sample over it is AROUND. */
static void add_row(const sg_patch *p, const band *b, int y, int x0, int x1, sums *s) {
  const sagitta_frame *f = p->pixels.frame;
  const int step_x = f->chroma_step_x, step_y = f->chroma_step_y;
  const int row = (y - (int)floor(f->chroma_y - 0.5 * step_y + 0.5)) / step_y - p->window.y0;
  if (row < p->focus.y0 || row >= p->focus.y1) return;
  const int offset = (int)floor(f->chroma_x - 0.5 * step_x + 0.5);
  const uint8_t *mask = p->mask + row * p->window.width;
  /* Column by column of chroma: of the luma samples left of the first, the quotient is 0 as well. */
  for (int x = x0; x < x1;) {
    const int over = (x - offset) / step_x, column = over - p->window.x0;
    int end = (over + 1) * step_x + offset;
    if (end > x1) end = x1;
    if (column >= p->focus.x0 && column < p->focus.x1 && (mask[column] & SG_AROUND)) {
      for (; x < end; x++) {
        const int64_t cover = luma_cover_of(share_of(b, sg_pixels_luma(&p->pixels, x, y)));
        s->n += cover;
        s->x += cover * (2 * x + 1);
        s->y += cover * (2 * y + 1);
      }
    }
    x = end;
  }
}

sg_centroid sg_luma_centroid(const sg_patch *p, sg_native_colour core, sg_native_colour ground) {
  const sagitta_frame *f = p->pixels.frame;
  sg_centroid centroid = { false, 0.0, 0.0 };
  const band b = { ground.luma, core.luma - ground.luma };
  if (abs(b.span) < 24 * SG_FRACTION << (f->bits - 8) || !even(p, &b)) return centroid;
  const int x0 = (p->window.x0 + p->focus.x0) * f->chroma_step_x, x1 = (p->window.x0 + p->focus.x1) * f->chroma_step_x;
  const int y0 = (p->window.y0 + p->focus.y0) * f->chroma_step_y, y1 = (p->window.y0 + p->focus.y1) * f->chroma_step_y;
  sums s = { 0, 0, 0 };
  for (int y = y0; y < y1 && y < f->height; y++) add_row(p, &b, y, x0, x1 < f->width ? x1 : f->width, &s);
  if (s.n < 4 * SG_COVER) return centroid;
  centroid.found = true;
  centroid.x = (double)s.x / (double)(2 * s.n);
  centroid.y = (double)s.y / (double)(2 * s.n);
  return centroid;
}
