/* SPDX-License-Identifier: Apache-2.0 */
#include "calibration/check/uprights.h"

#include <math.h>
#include <stdlib.h>

#include "track/track.h"

#define LEAN_MOST 10.0 /* degrees */
#define STEP      0.25
#define ANGLES    81
#define SLANT     0.7  /* of its steepness: more change along an edge is a corner */
#define STRONG    10.0 /* 8-bit codes from one side to the other */
#define LONG      0.15 /* of the picture's height: a straight edge of that length counts, */
#define SHORT     0.08 /* and this much of each line does not */
#define CLEAR     2.0  /* the best lean scores this much more than the mean of all */
#define DOORS_SD  0.7  /* degrees by which upright edges are not plumb */
#define PITCH_SD  3.0  /* degrees by which cameras look up or down */
#define WIDTH     1.15 /* of the picture over the focal length: an ordinary lens */

typedef struct votes {
  int *count;    /* ANGLES × width */
  int width;     /* columns */
  int rows;      /* sampled rows: what the longest line may count */
  double scale;  /* px of the upright picture per column */
  double middle; /* px, the height at which all leans meet */
} votes;

/* Luma change across an upright-picture direction at a luma sample; codes on the scale of 8 bits. */
static void gradient(const sg_pixels *s, int x, int y, int step, double *gx, double *gy) {
  const double unit = 1 << (s->frame->bits > 8 ? s->frame->bits - 8 : 0);
  *gx = (sg_pixels_luma(s, x + step, y) - sg_pixels_luma(s, x - step, y)) / unit;
  *gy = (sg_pixels_luma(s, x, y + step) - sg_pixels_luma(s, x, y - step)) / unit;
}

static void vote(votes *v, double x, double y) {
  for (int a = 0; a < ANGLES; a++) {
    const double angle = -LEAN_MOST + a * STEP;
    /* a line that leans clockwise goes right as it goes up */
    const double column = (x + (y - v->middle) * tan(angle * 3.14159265358979323846 / 180)) / v->scale;
    if (column >= 0 && column < v->width) v->count[a * v->width + (int)column]++;
  }
}

typedef struct band {
  double from, to;
} band;

/* One point per row of an edge: where it is steepest. */
static void collect(votes *v, const sagitta_frame *f, const double *u, int step, band skip) {
  const sg_pixels pixels = sg_pixels_of(f);
  const double determinant = u[0] * u[4] - u[1] * u[3];
  const bool turned = fabs(u[1]) > fabs(u[0]);
  const int dx = turned ? 0 : step, dy = turned ? step : 0;
  for (int y = 2 * step; y + 2 * step < f->height; y += step) {
    for (int x = 2 * step; x + 2 * step < f->width; x += step) {
      double gx, gy, before, after, unused;
      gradient(&pixels, x, y, step, &gx, &gy);
      const double steep = turned ? gy : gx;
      if (fabs(steep) < STRONG) continue;
      /* a gradient goes to the upright picture by the inverse transpose */
      const double hx = (u[4] * gx - u[3] * gy) / determinant, hy = (u[0] * gy - u[1] * gx) / determinant;
      if (fabs(hy) > SLANT * fabs(hx)) continue;
      gradient(&pixels, x - dx, y - dy, step, turned ? &unused : &before, turned ? &before : &unused);
      gradient(&pixels, x + dx, y + dy, step, turned ? &unused : &after, turned ? &after : &unused);
      if (fabs(before) >= fabs(steep) || fabs(after) > fabs(steep)) continue;
      const double px = x + 0.5, py = y + 0.5, at = u[0] * px + u[1] * py + u[2];
      if (at > skip.from && at < skip.to) continue;
      vote(v, at, u[3] * px + u[4] * py + u[5]);
    }
  }
}

static void choose(const votes *v, sg_uprights *out) {
  double score[ANGLES] = { 0 }, offset[ANGLES] = { 0 }, all = 0.0;
  int peak = 0, longest = 0;
  for (int a = 0; a < ANGLES; a++) {
    for (int c = 0; c < v->width; c++) {
      const int n = v->count[a * v->width + c];
      const double over = n - SHORT * v->rows;
      if (over <= 0) continue;
      if (n > longest) longest = n;
      score[a] += over * over;
      offset[a] += over * over * ((c + 0.5) / v->width - 0.5);
    }
    all += score[a];
    if (score[a] > score[peak]) peak = a;
  }
  out->found = peak > 0 && peak < ANGLES - 1 && longest >= LONG * v->rows && score[peak] * ANGLES > CLEAR * all;
  if (!out->found) return;
  double sum = 0.0, moment = 0.0;
  for (int a = peak - 3 > 0 ? peak - 3 : 0; a <= peak + 3 && a < ANGLES; a++) {
    sum += score[a];
    moment += score[a] * (-LEAN_MOST + a * STEP);
  }
  const double pitched = PITCH_SD * WIDTH * offset[peak] / score[peak];
  out->lean_deg = moment / sum;
  out->sd_deg = sqrt(DOORS_SD * DOORS_SD + pitched * pitched);
}

bool sg_uprights_find(const sagitta_frame *frame, const sagitta_input_info *info, double skip_from, double skip_to,
                      sg_uprights *out) {
  *out = (sg_uprights){ false, 0.0, 0.0 };
  if (frame->layout == SAGITTA_LAYOUT_GREY) return true;
  int step = 1;
  while (frame->width / step > 960 || frame->height / step > 960) step++;
  if (frame->width < 16 * step || frame->height < 16 * step) return true;
  votes v = { .scale = 1.5 * step };
  v.width = (int)(info->width / v.scale) + 1;
  v.rows = info->height / step;
  v.middle = 0.5 * info->height;
  v.count = calloc((size_t)ANGLES * (size_t)v.width, sizeof *v.count);
  if (!v.count) return false;
  collect(&v, frame, info->upright, step, (band){ skip_from, skip_to });
  choose(&v, out);
  free(v.count);
  return true;
}
