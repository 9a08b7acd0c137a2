/* SPDX-License-Identifier: Apache-2.0 */
/* How soft a board's edges are: the way over which they rise, across the middle of every edge between two squares. */
#include <math.h>

#include "board.h"

#define STEPS        48  /* samples of a profile, from the middle of one square to that of the next */
#define LANES        3   /* profiles side by side that are averaged, against noise */
#define LANE_SHARE   0.1 /* of the edge's length, from one lane to the next */
#define LEVEL_STEPS  8   /* at either end, whose mean is the square's own light */
#define RISE_FROM    0.1
#define RISE_TO      0.9
#define CONTRAST_MIN 8.0 /* of 255: an edge with less tells nothing */

typedef struct point {
  double x, y;
} point;

/* Bilinear, at a place in px whose (0, 0) is the outer corner of the first pixel. */
static double light_at(const sg_luma *luma, point p) {
  const double x = fmin(fmax(p.x - 0.5, 0), luma->width - 1.001), y = fmin(fmax(p.y - 0.5, 0), luma->height - 1.001);
  const int column = (int)x, row = (int)y;
  const double u = x - column, v = y - row;
  const uint8_t *at = luma->pixels + (size_t)row * (size_t)luma->width + column, *below = at + luma->width;
  return (1 - v) * ((1 - u) * at[0] + u * at[1]) + v * ((1 - u) * below[0] + u * below[1]);
}

/* Where a profile that rises first reaches `level`, in steps. */
static double reach(const double *profile, double level) {
  for (int i = 0; i + 1 < STEPS; i++) {
    if (profile[i] <= level && profile[i + 1] > level) return i + (level - profile[i]) / (profile[i + 1] - profile[i]);
  }
  return NAN;
}

/* The rise of a profile in steps; NAN where there is no edge in it. */
static double rise(double *profile) {
  double low = 0, high = 0;
  for (int i = 0; i < LEVEL_STEPS; i++) {
    low += profile[i] / LEVEL_STEPS;
    high += profile[STEPS - 1 - i] / LEVEL_STEPS;
  }
  if (fabs(high - low) < CONTRAST_MIN) return NAN;
  for (int i = 0; i < STEPS; i++) profile[i] = (profile[i] - low) / (high - low);
  return reach(profile, RISE_TO) - reach(profile, RISE_FROM);
}

/* The rise in px across the edge from a to b; `half` leads from its middle to that of the square beside it. */
static double edge_width(const sg_luma *luma, point a, point b, point half) {
  double profile[STEPS];
  const point middle = { (a.x + b.x) / 2, (a.y + b.y) / 2 };
  for (int i = 0; i < STEPS; i++) {
    const double across = 2 * (i + 0.5) / STEPS - 1;
    profile[i] = 0;
    for (int lane = 0; lane < LANES; lane++) {
      const double along = LANE_SHARE * (lane - (LANES - 1) / 2.0);
      const point at = { middle.x + across * half.x + along * (b.x - a.x),
                         middle.y + across * half.y + along * (b.y - a.y) };
      profile[i] += light_at(luma, at) / LANES;
    }
  }
  /* Across the edge alone, where the squares are seen askew. */
  const double length = hypot(b.x - a.x, b.y - a.y);
  const double square = fabs(half.x * (b.y - a.y) - half.y * (b.x - a.x)) / fmax(length, 1e-9);
  return rise(profile) * 2 * square / STEPS;
}

double sg_board_edge(const sg_luma *luma, const sagitta_board *board, const double *xy) {
  const int columns = board->columns, rows = board->rows;
  double sum = 0;
  int count = 0;
  for (int i = 0; i < columns * rows; i++) {
    /* The edge to the next corner in the row, then in the column; the other direction goes across it. */
    for (int turn = 0; turn < 2; turn++) {
      const int step = turn ? columns : 1, other = turn ? 1 : columns;
      const int place = turn ? i / columns : i % columns, beside = turn ? i % columns : i / columns;
      if (place + 1 >= (turn ? rows : columns) || beside == 0 || beside + 1 >= (turn ? columns : rows)) continue;
      const point a = { xy[2 * i], xy[2 * i + 1] }, b = { xy[2 * (i + step)], xy[2 * (i + step) + 1] };
      const double *before = xy + 2 * (i - other), *after = xy + 2 * (i + other);
      const double width = edge_width(luma, a, b, (point){ (after[0] - before[0]) / 4, (after[1] - before[1]) / 4 });
      if (!isfinite(width)) continue;
      sum += width;
      count++;
    }
  }
  return count ? sum / count : 0;
}
