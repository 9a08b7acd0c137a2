/* SPDX-License-Identifier: Apache-2.0 */
/* Blocks of the background: chosen where luma has texture, sampled, and found again to a fraction of a pixel by the
 * first-order match of Lucas and Kanade (1981), light of another strength allowed for. */
#include "track/background.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "track/measure.h"

#define SIDE        SG_BLOCK_SIDE
#define AREA        (SIDE * SIDE)
#define FINE_HEIGHT 480 /* px: pictures with a shorter side above half as much again are sampled coarser */
#define COARSER     4   /* times */
#define CELLS_LONG  10  /* of a grid over the picture, of each of which the best block is taken */
#define CELLS_SHORT 8
#define PLACES      3   /* of each cell that are looked at closely */
#define FLAT        6.0 /* squared slope per sample, codes² per sample²: less may be noise … */
#define FLAT_LEAST  1.5 /* … unless it is this, … */
#define ABOVE_NOISE 4.0 /* … and so many times what the quarter of the picture with least texture has */
#define ALIKE       0.6 /* correlation of what is seen with what was */
#define FARTHEST    4.0 /* samples: first order does not reach farther */

sg_luma sg_luma_of(const sagitta_frame *frame) {
  const sg_pixels p = sg_pixels_of(frame);
  return (sg_luma){ p.luma,       p.stride_luma, p.step_luma,
                    frame->width, frame->height, frame->bits > 8 ? frame->shift + frame->bits - 8 : -1 };
}

/* coded px → upright px from the picture's middle. */
static void upright_of(const sagitta_input_info *info, double x, double y, double to[2]) {
  const double *u = info->upright;
  to[0] = u[0] * x + u[1] * y + u[2] - 0.5 * info->width;
  to[1] = u[3] * x + u[4] * y + u[5] - 0.5 * info->height;
}

/* ---- sampling ---- */

/* coded → coded px, by a pose of the upright picture. */
typedef struct affine {
  double xx, xy, x0, yx, yy, y0;
} affine;

static affine coded_pose(const sagitta_input_info *info, const sg_similarity *s) {
  const double *u = info->upright, det = u[0] * u[4] - u[1] * u[3];
  const double mx = 0.5 * info->width, my = 0.5 * info->height;
  /* upright: p → L p + k */
  const double kx = mx + s->x - s->a * mx + s->b * my, ky = my + s->y - s->b * mx - s->a * my;
  const double xx = s->a * u[0] - s->b * u[3], xy = s->a * u[1] - s->b * u[4];
  const double yx = s->b * u[0] + s->a * u[3], yy = s->b * u[1] + s->a * u[4];
  const double x0 = s->a * u[2] - s->b * u[5] + kx - u[2], y0 = s->b * u[2] + s->a * u[5] + ky - u[5];
  return (affine){ (u[4] * xx - u[1] * yx) / det, (u[4] * xy - u[1] * yy) / det, (u[4] * x0 - u[1] * y0) / det,
                   (u[0] * yx - u[3] * xx) / det, (u[0] * yy - u[3] * xy) / det, (u[0] * y0 - u[3] * x0) / det };
}

/* Samples of a block where a pose brings it, at whole px; *rx, *ry: the mean of what rounding moved them by, px. False
 * where a part of it is outside. */
typedef struct sampled {
  int16_t value[AREA];
  double rx, ry;
} sampled;

/* One row of means, as sg_luma_mean gives them; bytes side by side at once. */
static void take_row(const sg_luma *luma, int x, int y, int step, int16_t *out) {
  if (luma->shift >= 0 || luma->step != 1 || step > 5) {
    for (int i = 0; i < SIDE; i++) out[i] = (int16_t)sg_luma_mean(luma, x + i * step, y, step);
    return;
  }
  const int a = step / 4, b = step - 1 - a;
  const uint8_t *upper = luma->first + (y + a) * luma->stride + x, *lower = luma->first + (y + b) * luma->stride + x;
  if (step == 1) {
    for (int i = 0; i < SIDE; i++) out[i] = upper[i];
  } else if (step == 2) {
    for (int i = 0; i < SIDE; i++)
      out[i] = (int16_t)((upper[2 * i] + upper[2 * i + 1] + lower[2 * i] + lower[2 * i + 1] + 2) >> 2);
  } else {
    for (int i = 0; i < SIDE; i++, upper += step, lower += step)
      out[i] = (int16_t)((upper[a] + upper[b] + lower[a] + lower[b] + 2) >> 2);
  }
}

static bool take(const sg_luma *luma, const affine *m, int left, int top, int step, sampled *out) {
  const double half = 0.5 * step, far = SIDE * step;
  for (int k = 0; k < 4; k++) {
    const double x = left + (k & 1 ? far : 0), y = top + (k & 2 ? far : 0);
    const double qx = m->xx * x + m->xy * y + m->x0, qy = m->yx * x + m->yy * y + m->y0;
    if (!(qx >= step && qy >= step && qx <= luma->width - step && qy <= luma->height - step)) return false;
  }
  const bool straight = fabs(m->xx - 1) + fabs(m->xy) + fabs(m->yx) + fabs(m->yy - 1) < 0.5 / far;
  if (straight) {
    const double x = left + half * SIDE, y = top + half * SIDE;
    const double ox = m->xx * x + m->xy * y + m->x0 - half * SIDE, oy = m->yx * x + m->yy * y + m->y0 - half * SIDE;
    const int bx = (int)floor(ox + 0.5), by = (int)floor(oy + 0.5);
    out->rx = bx - ox;
    out->ry = by - oy;
    for (int j = 0; j < SIDE; j++) take_row(luma, bx, by + j * step, step, out->value + j * SIDE);
    return true;
  }
  double sx = 0, sy = 0;
  for (int k = 0; k < AREA; k++) {
    const double x = left + (k % SIDE + 0.5) * step, y = top + (k / SIDE + 0.5) * step;
    const double ox = m->xx * x + m->xy * y + m->x0 - half, oy = m->yx * x + m->yy * y + m->y0 - half;
    const int bx = (int)(ox + 0.5), by = (int)(oy + 0.5); /* both are positive */
    sx += bx - ox;
    sy += by - oy;
    out->value[k] = (int16_t)sg_luma_mean(luma, bx, by, step);
  }
  out->rx = sx / AREA;
  out->ry = sy / AREA;
  return true;
}

/* ---- choosing ---- */

/* The fields of a block that follow from the picture. False at the picture's edge. */
static bool learn(sg_block_level *b, const sg_luma *luma, int x, int y, int step) {
  int value[(SIDE + 2) * (SIDE + 2)];
  if (x < 2 * step || y < 2 * step || x + (SIDE + 2) * step > luma->width || y + (SIDE + 2) * step > luma->height)
    return false;
  for (int j = 0; j < SIDE + 2; j++) {
    for (int i = 0; i < SIDE + 2; i++)
      value[j * (SIDE + 2) + i] = sg_luma_mean(luma, x + (i - 1) * step, y + (j - 1) * step, step);
  }
  b->sum_gx = b->sum_gy = b->own_x = b->own_y = 0;
  int sum = 0, square = 0, xx = 0, xy = 0, yy = 0;
  for (int j = 0; j < SIDE; j++) {
    for (int i = 0; i < SIDE; i++) {
      const int *at = value + (j + 1) * (SIDE + 2) + i + 1, k = j * SIDE + i;
      const int gx = at[1] - at[-1], gy = at[SIDE + 2] - at[-(SIDE + 2)];
      b->value[k] = (int16_t)*at;
      b->gx[k] = (int16_t)gx;
      b->gy[k] = (int16_t)gy;
      b->sum_gx += gx;
      b->sum_gy += gy;
      b->own_x += gx * *at;
      b->own_y += gy * *at;
      sum += *at;
      square += *at * *at;
      xx += gx * gx;
      xy += gx * gy;
      yy += gy * gy;
    }
  }
  b->x = x;
  b->y = y;
  b->sum = sum;
  b->energy = square - (double)sum * sum / AREA;
  b->xx = xx / 4.0;
  b->xy = xy / 4.0;
  b->yy = yy / 4.0;
  return true;
}

/* The eigenvalues of a block's slopes, per sample. */
static void slopes(const sg_block_level *b, double *small, double *large) {
  const double half = 0.5 * (b->xx + b->yy), other = 0.5 * (b->xx - b->yy);
  const double root = sqrt(other * other + b->xy * b->xy);
  *small = (half - root) / AREA;
  *large = (half + root) / AREA;
}

sg_keep_off sg_keep_off_person(double shoulder_x, double shoulder_y, double knee_x, double knee_y) {
  const double dx = knee_x - shoulder_x, dy = knee_y - shoulder_y, length = sqrt(dx * dx + dy * dy);
  return (sg_keep_off){
    true, shoulder_x - 0.35 * dx, shoulder_y - 0.35 * dy, knee_x + 0.52 * dx, knee_y + 0.52 * dy, 0.28 * length
  };
}

bool sg_kept_off(const sg_keep_off *p, double x, double y, double margin) {
  if (!p->known) return false;
  const double dx = p->x1 - p->x0, dy = p->y1 - p->y0, square = dx * dx + dy * dy;
  double along = square > 0 ? ((x - p->x0) * dx + (y - p->y0) * dy) / square : 0;
  along = along < 0 ? 0 : along > 1 ? 1 : along;
  const double ex = x - p->x0 - along * dx, ey = y - p->y0 - along * dy, reach = p->radius + margin;
  return ex * ex + ey * ey < reach * reach;
}

static int by_texture(const void *a, const void *b) {
  const sg_block *p = a, *q = b;
  if (p->texture != q->texture) return p->texture < q->texture ? 1 : -1;
  if (p->level[0].y != q->level[0].y) return p->level[0].y - q->level[0].y;
  return p->level[0].x - q->level[0].x;
}

/* A place that may have texture, by a few differences only. */
typedef struct place {
  int x, y, promise;
} place;

static int promise_of(const sg_luma *luma, int x, int y, int step) {
  int across = 0, down = 0;
  for (int j = 1; j < SIDE; j += 3) {
    for (int i = 1; i < SIDE; i += 3) {
      const int at = sg_luma_at(luma, x + i * step, y + j * step);
      across += abs(sg_luma_at(luma, x + (i + 2) * step, y + j * step) - at);
      down += abs(sg_luma_at(luma, x + i * step, y + (j + 2) * step) - at);
    }
  }
  return across < down ? 3 * across + down : across + 3 * down;
}

/* Keep the PLACES that promise most, in order. */
static void keep_place(place *kept, place new) {
  for (int i = 0; i < PLACES; i++) {
    if (new.promise <= kept[i].promise) continue;
    const place old = kept[i];
    kept[i] = new;
    new = old;
  }
}

/* Returns the greater slope of the place, 0 where it is none. */
static double consider(const sg_luma *luma, const sagitta_input_info *info, const place *at, int step, sg_block *best) {
  sg_block b = { .texture = 0 };
  double small, large, to[2];
  if (at->promise == 0 || !learn(&b.level[0], luma, at->x, at->y, step)) return 0;
  slopes(&b.level[0], &small, &large);
  b.texture = small + 0.1 * large;
  b.slope = large;
  b.corner = small / (large + 1e-9);
  if (large < FLAT_LEAST || b.texture <= best->texture) return large;
  upright_of(info, at->x + 0.5 * SIDE * step, at->y + 0.5 * SIDE * step, to);
  b.u = to[0];
  b.v = to[1];
  *best = b;
  return large;
}

/* What has less texture than this is noise: by the places that have least of it, a wall or a floor. */
static double flat_limit(double *slope, int count) {
  int n = 0;
  for (int i = 0; i < count; i++) {
    if (slope[i] > 0) slope[n++] = slope[i];
  }
  if (n == 0) return FLAT;
  qsort(slope, (size_t)n, sizeof *slope, sg_compare_doubles);
  return fmin(FLAT, ABOVE_NOISE * slope[n / 4]);
}

/* The most promising places of each cell of the grid, away from the person. */
static void find_places(place *places, int across, int down, int step, const sg_luma *luma,
                        const sagitta_input_info *info, const sg_keep_off *person, double size) {
  const int w = luma->width, h = luma->height, half = SIDE * step / 2;
  for (int y = 2 * step; y + (SIDE + 2) * step <= h; y += half) {
    for (int x = 2 * step; x + (SIDE + 2) * step <= w; x += half) {
      double at[2];
      upright_of(info, x + half, y + half, at);
      if (sg_kept_off(person, at[0] + 0.5 * info->width, at[1] + 0.5 * info->height, half * size)) continue;
      const int cell = (y + half) * down / h * across + (x + half) * across / w;
      keep_place(places + PLACES * cell, (place){ x, y, promise_of(luma, x, y, step) });
    }
  }
}

int sg_blocks_choose(sg_blocks *blocks, const sagitta_frame *frame, const sagitta_input_info *info,
                     const sg_keep_off *person) {
  const int w = frame->width, h = frame->height, shorter = w < h ? w : h;
  const int step = (shorter + FINE_HEIGHT / 2) / FINE_HEIGHT > 1 ? (shorter + FINE_HEIGHT / 2) / FINE_HEIGHT : 1;
  const int across = w >= h ? CELLS_LONG : CELLS_SHORT, down = w >= h ? CELLS_SHORT : CELLS_LONG, cells = across * down;
  const double size = sqrt(fabs(info->upright[0] * info->upright[4] - info->upright[1] * info->upright[3]));
  sg_block *best = calloc((size_t)cells, sizeof *best);
  place *places = calloc((size_t)cells * PLACES, sizeof *places);
  double *slope = calloc((size_t)cells * PLACES, sizeof *slope);
  const int ok = best && places && slope;
  const sg_luma luma = sg_luma_of(frame);
  blocks->count = 0;
  blocks->step[0] = step;
  blocks->step[1] = COARSER * step;
  blocks->unit = step * size;
  if (ok) find_places(places, across, down, step, &luma, info, person, size);
  for (int i = 0; ok && i < cells * PLACES; i++) {
    slope[i] = consider(&luma, info, &places[i], step, &best[i / PLACES]);
  }
  const double flat = ok ? flat_limit(slope, cells * PLACES) : FLAT;
  for (int i = 0; ok && i < cells; i++) {
    if (best[i].slope < flat) best[i].texture = 0;
  }
  if (ok) qsort(best, (size_t)cells, sizeof *best, by_texture);
  for (int i = 0; ok && i < cells && i < SG_BACKGROUND_BLOCKS && best[i].texture > 0; i++) {
    sg_block *b = &blocks->block[blocks->count++];
    const int wide = SIDE * step * (COARSER - 1) / 2;
    *b = best[i];
    if (!learn(&b->level[1], &luma, b->level[0].x - wide, b->level[0].y - wide, COARSER * step)) b->level[1].energy = 0;
  }
  free(slope);
  free(places);
  free(best);
  return ok;
}

/* ---- finding again ---- */

/* Displacement in samples of the coded picture from where the samples were taken; false where it shows something
 * else. */
static bool displaced(const sg_block_level *b, const sampled *now, double *dx, double *dy) {
  int sum = 0, square = 0, product = 0, x = 0, y = 0;
  for (int k = 0; k < AREA; k++) {
    const int c = now->value[k], t = b->value[k];
    sum += c;
    square += c * c;
    product += c * t;
    x += b->gx[k] * c;
    y += b->gy[k] * c;
  }
  const double energy = square - (double)sum * sum / AREA, shared = product - (double)sum * b->sum / AREA;
  if (!(b->energy > 0) || !(energy > 0) || shared <= 0 || shared * shared < ALIKE * ALIKE * energy * b->energy)
    return false;
  /* what is seen, in the strength of light of what was seen, less it: Σ slope (c − mean c) / gain − Σ slope (t − mean
   * t) */
  const double gain = shared / b->energy, mean_c = (double)sum / AREA, mean_t = b->sum / AREA;
  const double ex = 0.5 * ((x - b->sum_gx * mean_c) / gain - (b->own_x - b->sum_gx * mean_t));
  const double ey = 0.5 * ((y - b->sum_gy * mean_c) / gain - (b->own_y - b->sum_gy * mean_t));
  /* an edge tells nothing along itself: there nothing moves */
  const double soft = 0.003 * (b->xx + b->yy), xx = b->xx + soft, yy = b->yy + soft, det = xx * yy - b->xy * b->xy;
  *dx = -(yy * ex - b->xy * ey) / det;
  *dy = -(xx * ey - b->xy * ex) / det;
  return *dx * *dx + *dy * *dy <= FARTHEST * FARTHEST;
}

/* The slopes' products in upright px, of the sharper direction 1. */
static void sharpness(const sg_block_level *b, const double *u, sg_block_match *match) {
  const double det = u[0] * u[4] - u[1] * u[3];
  const double p = u[4] / det, q = -u[1] / det, r = -u[3] / det, s = u[0] / det; /* upright → coded */
  const double xx = p * p * b->xx + 2 * p * r * b->xy + r * r * b->yy;
  const double yy = q * q * b->xx + 2 * q * s * b->xy + s * s * b->yy;
  const double xy = p * q * b->xx + (p * s + q * r) * b->xy + r * s * b->yy;
  const double large = 0.5 * (xx + yy) + sqrt(0.25 * (xx - yy) * (xx - yy) + xy * xy);
  match->xx = xx / large;
  match->xy = xy / large;
  match->yy = yy / large;
}

void sg_blocks_match(const sg_blocks *blocks, int level, const sagitta_frame *frame, const sagitta_input_info *info,
                     const sg_similarity *pose, sg_block_match *match) {
  const affine to = coded_pose(info, pose);
  const sg_luma luma = sg_luma_of(frame);
  const double *u = info->upright;
  const int step = blocks->step[level];
  for (int i = 0; i < blocks->count; i++) {
    const sg_block_level *b = &blocks->block[i].level[level];
    sampled now;
    double dx, dy, at[2];
    sg_similarity_move(pose, blocks->block[i].u, blocks->block[i].v, at);
    match[i].u = at[0];
    match[i].v = at[1];
    match[i].inside = b->energy > 0 && take(&luma, &to, b->x, b->y, step, &now);
    match[i].valid = match[i].inside && displaced(b, &now, &dx, &dy);
    if (!match[i].valid) continue;
    /* samples of the first picture → px of this one */
    const double sx = dx * step, sy = dy * step;
    const double cx = to.xx * sx + to.xy * sy + now.rx, cy = to.yx * sx + to.yy * sy + now.ry;
    match[i].dx = u[0] * cx + u[1] * cy;
    match[i].dy = u[3] * cx + u[4] * cy;
    sharpness(b, u, &match[i]);
  }
}
