/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "track/cover.h"

/* Of the ring's samples, and of the inside's, one in this many may be of the wrong brightness. */
#define OUTLIERS 25

typedef struct band {
  int ground, span; /* native codes × SG_FRACTION */
} band;

/* 0–1024, from the ground's brightness to the marker's. */
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

typedef struct sums {
  int64_t n, x, y;
} sums;

/* Between a fifth and four fifths, stretched to the whole. */
static int64_t cover_of(int share) {
  if (share <= 205) return 0;
  if (share >= 819) return SG_COVER;
  return (int64_t)(share - 205) * SG_COVER / 614;
}

static void add_row(const sg_patch *p, const band *b, int y, int x0, int x1, sums *s) {
  const sagitta_frame *f = p->sampler.frame;
  const int step_x = f->chroma_step_x, step_y = f->chroma_step_y;
  const int row = (y - (int)floor(f->chroma_y - 0.5 * step_y + 0.5)) / step_y - p->window.y0;
  if (row < p->focus.y0 || row >= p->focus.y1) return;
  const int offset = (int)floor(f->chroma_x - 0.5 * step_x + 0.5);
  for (int x = x0; x < x1; x++) {
    const int column = (x - offset) / step_x - p->window.x0;
    if (column < p->focus.x0 || column >= p->focus.x1) continue;
    if (!(p->mask[row * p->window.width + column] & SG_AROUND)) continue;
    const int64_t cover = cover_of(share_of(b, sg_sampler_luma(&p->sampler, x, y)));
    s->n += cover;
    s->x += cover * (2 * x + 1);
    s->y += cover * (2 * y + 1);
  }
}

sg_place sg_luma_place(const sg_patch *p, sg_shade core, sg_shade ground) {
  const sagitta_frame *f = p->sampler.frame;
  sg_place place = { false, 0.0, 0.0 };
  const band b = { ground.luma, core.luma - ground.luma };
  if (abs(b.span) < 24 * SG_FRACTION << (f->bits - 8) || !even(p, &b)) return place;
  const int x0 = (p->window.x0 + p->focus.x0) * f->chroma_step_x, x1 = (p->window.x0 + p->focus.x1) * f->chroma_step_x;
  const int y0 = (p->window.y0 + p->focus.y0) * f->chroma_step_y, y1 = (p->window.y0 + p->focus.y1) * f->chroma_step_y;
  sums s = { 0, 0, 0 };
  for (int y = y0; y < y1 && y < f->height; y++) add_row(p, &b, y, x0, x1 < f->width ? x1 : f->width, &s);
  if (s.n < 4 * SG_COVER) return place;
  place.found = true;
  place.x = (double)s.x / (double)(2 * s.n);
  place.y = (double)s.y / (double)(2 * s.n);
  return place;
}
