/* SPDX-License-Identifier: Apache-2.0 */
#include "drawing/head_place.h"

#include <math.h>

/* In trunk lengths, from the acromion: a head's middle, its radius, and a ring around it in which there is no head. */
#define MIDDLE 0.42
#define RADIUS 0.22
#define RING   0.36
#define STEP   0.05
/* Of 1, which is a head that moves whole and alone. An arm across the place has less than half. */
#define BEYOND_DOUBT 0.60
#define AS_GOOD      0.20 /* so much less, and it may be there as well */
#define DOUBT        25.0 /* deg, and what bends a neck beside it */
#define TURNS        16

/* How much more moves where a head would be than around it, but for the neck's side. */
static double looks(const moved_cells *moved, double x, double y, double trunk, double direction) {
  const double away_x = sin(direction * (M_PI / 180)), away_y = -cos(direction * (M_PI / 180));
  const double middle_x = x + MIDDLE * trunk * away_x, middle_y = y + MIDDLE * trunk * away_y;
  double in = 0, around = 0;
  int ins = 0, arounds = 0;
  for (double v = -RING; v <= RING; v += STEP) {
    for (double u = -RING; u <= RING; u += STEP) {
      const double far = hypot(u, v), told = moved_cells_at(moved, middle_x + u * trunk, middle_y + v * trunk);
      if (far <= RADIUS) {
        in += isnan(told) ? 0 : told;
        ins++;
      } else if (far > RADIUS + STEP && far <= RING && u * away_x + v * away_y > 0) {
        around += fmax(told, 0);
        arounds++;
      }
    }
  }
  return in / ins - (arounds ? around / arounds : 0);
}

bool head_find(const moved_cells *moved, double x, double y, double trunk, head_range *range) {
  double score[TURNS + 1], best = 0;
  if (!moved->moved) return false;
  const double step = (range->until - range->from) / TURNS;
  for (int i = 0; i <= TURNS; i++) {
    score[i] = looks(moved, x, y, trunk, range->from + i * step);
    best = fmax(best, score[i]);
  }
  if (best < BEYOND_DOUBT) return false;
  head_range found = { INFINITY, -INFINITY };
  for (int i = 0; i <= TURNS; i++) {
    if (score[i] < best - AS_GOOD) continue;
    found.from = fmin(found.from, range->from + i * step - DOUBT);
    found.until = fmax(found.until, range->from + i * step + DOUBT);
  }
  range->from = fmax(range->from, found.from);
  range->until = fmin(range->until, found.until);
  return true;
}
