/* SPDX-License-Identifier: Apache-2.0 */
#include "drawing/limbs.h"

#include <math.h>
#include <stdlib.h>

#define TURNS     72 /* directions of the upper link that are tried */
#define BENDS     9
#define BEND_STEP (15 * M_PI / 180)
#define PLACES    8 /* looked at on each link */
/* A limb moves along its line, and nothing does beside it, near and far: what is wider is somebody else. */
#define BESIDE      0.4
#define FAR         1.7    /* of its width */
#define BESIDE_MOST (-0.3) /* no more: a hand may be before somebody */
/* Between limbs that the picture speaks for alike: the usual one, and the straighter one. Of 1, which is a limb that
 * moves along its whole length. */
#define FROM_USUAL  0.20 /* pointing the other way */
#define FROM_BENT   0.08 /* bent by BENDS steps */
#define LEAST_OTHER 0.18 /* where one is known */
#define LEAST       0.08 /* better than the usual one */

/* What is told around the joint, cell by cell, for each is asked for many times. */
typedef struct told {
  double cell, left, top; /* px of the tracks */
  int side;               /* cells */
  float *value;           /* NULL: nothing is known */
} told;

static void told_begin(told *t, const limb_search *s) {
  const double reach = s->upper + s->lower + FAR * s->width;
  *t = (told){ .cell = fmax(s->moved->of ? s->moved->of->width : 1, 1), .left = s->x - reach, .top = s->y - reach };
  t->side = (int)(2 * reach / t->cell) + 1;
  if (s->moved->moved) t->value = malloc((size_t)t->side * (size_t)t->side * sizeof *t->value);
  if (s->moved->moved && !t->value) *s->moved->short_of_memory = true;
  for (int j = 0; t->value && j < t->side; j++) {
    for (int i = 0; i < t->side; i++) {
      const double x = t->left + (i + 0.5) * t->cell, y = t->top + (j + 0.5) * t->cell;
      t->value[(size_t)j * (size_t)t->side + (size_t)i] =
          surroundings_outside(s->known, x, y) <= 0 ? NAN : (float)moved_cells_at(s->moved, x, y);
    }
  }
}

/* As moved_cells_at; NAN as well where the person is known to be. */
static double told_at(const told *t, double x, double y) {
  const double i = (x - t->left) / t->cell, j = (y - t->top) / t->cell;
  if (!t->value || !(i >= 0 && j >= 0 && i < t->side && j < t->side)) return NAN;
  return (double)t->value[(size_t)j * (size_t)t->side + (size_t)i];
}

/* A limb need not be in a place of its own in every frame: 0 from a quarter of them on, 1: in all. */
static double limb_at(const told *t, double x, double y) {
  const double now = told_at(t, x, y);
  return isnan(now) ? 0 : 2 * sqrt((now + 1) / 2) - 1;
}

/* Beside it, somebody who was there in some of the frames does not count: 0 up to half of them. */
static double beside_at(const told *t, double x, double y) {
  return fmax(told_at(t, x, y), 0);
}

/* How much of a link moves. */
static double look_along(const limb_search *s, const told *t, double x0, double y0, double x1, double y1) {
  const double dx = x1 - x0, dy = y1 - y0, length = hypot(dx, dy);
  double sum = 0;
  if (!(length > 0)) return 0;
  const double aside_x = -dy / length * s->width, aside_y = dx / length * s->width;
  for (int i = 0; i < PLACES; i++) {
    const double x = x0 + (i + 0.5) / PLACES * dx, y = y0 + (i + 0.5) / PLACES * dy;
    double beside = 0;
    for (int side = -1; side <= 1; side += 2) {
      beside += beside_at(t, x + side * aside_x, y + side * aside_y);
      beside += beside_at(t, x + side * FAR * aside_x, y + side * FAR * aside_y);
    }
    const double here = limb_at(t, x, y);
    sum += here > 0 ? fmax(here - BESIDE * beside, BESIDE_MOST) : here;
  }
  return sum / PLACES;
}

/* From −1 to 1; places of which nothing is known are none that move. */
static double score(const limb_search *s, const told *t, const limb *l) {
  const double upper = look_along(s, t, l->x[0], l->y[0], l->x[1], l->y[1]);
  if (s->straight) return upper;
  const double lower = look_along(s, t, l->x[1], l->y[1], l->x[2], l->y[2]);
  const double whole = (s->upper * upper + s->lower * lower) / (s->upper + s->lower);
  return fmin(upper, lower) < 0 ? fmin(whole, 0) : whole; /* it hangs on its joint, and has its whole length */
}

static limb turned(const limb_search *s, double direction, double bend) {
  limb l = { { s->x }, { s->y } };
  l.x[1] = s->x + s->upper * cos(direction);
  l.y[1] = s->y + s->upper * sin(direction);
  l.x[2] = l.x[1] + (s->straight ? 0 : s->lower * cos(direction + s->bend * bend));
  l.y[2] = l.y[1] + (s->straight ? 0 : s->lower * sin(direction + s->bend * bend));
  return l;
}

/* To the known end, the middle joint on that side of the line; straight, and as long as need be, where it is far. */
static limb reaching(const limb_search *s, double side) {
  const double dx = s->end_x - s->x, dy = s->end_y - s->y, far = hypot(dx, dy);
  limb l = { { s->x, s->x, s->end_x }, { s->y, s->y, s->end_y } };
  if (!(far > 0)) return l;
  const double along = far < s->upper + s->lower ? (far * far + s->upper * s->upper - s->lower * s->lower) / (2 * far)
                                                 : far * s->upper / (s->upper + s->lower);
  const double out = side * sqrt(fmax(s->upper * s->upper - along * along, 0)) * (far < s->upper + s->lower);
  l.x[1] += (along * dx - out * dy) / far;
  l.y[1] += (along * dy + out * dx) / far;
  return l;
}

limb limb_usual(const limb_search *s) {
  return s->reaches ? reaching(s, -s->bend) : turned(s, s->usual, 0);
}

double limb_score(const limb_search *s, const limb *l) {
  told t;
  told_begin(&t, s);
  const double found = score(s, &t, l);
  free(t.value);
  return found;
}

static bool find_reaching(const limb_search *s, const told *t, limb *out) {
  const limb other = reaching(s, s->bend);
  *out = limb_usual(s);
  if (score(s, t, &other) > score(s, t, out) + LEAST) *out = other;
  return true;
}

static bool find_any(const limb_search *s, const told *t, limb *out) {
  const limb usual = limb_usual(s);
  double best = fmax(score(s, t, &usual), 0) + (s->another ? LEAST_OTHER : LEAST);
  bool found = false;
  *out = usual;
  for (int i = 0; i < TURNS && t->value; i++) {
    const double direction = 2 * M_PI * i / TURNS;
    const double turn = s->bend * remainder(direction - s->base, 2 * M_PI);
    if (turn > s->front || (turn < -s->back && turn > s->front - 2 * M_PI)) continue;
    const double away = fabs(remainder(direction - s->usual, 2 * M_PI)) / M_PI;
    for (int k = 0; k < (s->straight ? 1 : BENDS); k++) {
      const limb l = turned(s, direction, k * BEND_STEP);
      const double now = score(s, t, &l) - FROM_USUAL * away - FROM_BENT * k / BENDS;
      if (now <= best) continue;
      best = now;
      *out = l;
      found = true;
    }
  }
  return found;
}

bool limb_find(const limb_search *s, limb *out) {
  told t;
  told_begin(&t, s);
  const bool found = s->reaches ? find_reaching(s, &t, out) : find_any(s, &t, out);
  free(t.value);
  return found;
}
