/* SPDX-License-Identifier: Apache-2.0 */
#include "base/stalls.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/gaps.h"
#include "base/math.h"
#include "base/similar.h"

#define LEAD_S     0.2  /* a movement leads on for no longer than this */
#define LEAST      3    /* pictures on a parabola */
#define FARTHEST_S 1.0  /* pictures farther away tell nothing */
#define MOST       64   /* pictures looked at */
#define IMPLIED_PX 1.0  /* a movement that is implied is larger … */
#define SNAP_PX    3.0  /* … and one that only a place tells of, not movement, than this: encoders shift places … */
#define STILL_PX   0.3  /* who is still there after it sets out from there */
#define STAYS      0.1  /* of the second step: a first one that is shorter is none */
#define IMPLIED_SD 4.0  /* … than this, and than so many standard errors of what is implied */
#define NOISE_PX   0.05 /* no place is better known */
#define ROUNDED_SD 0.29 /* of a step: standard deviation of what is rounded to it */
#define BEGINS_S   0.1  /* of a movement that has just begun: the next so long … */
#define HASTENS    1.5  /* … goes so many times as far */
#define SETS_OUT   0.5  /* of the second step: the first one of a movement that begins from rest is shorter */
#define STAMP_S    2e-4
#define ONE_OFF    0.25 /* of how far the places went: what a similarity leaves over where the picture moved as one */
#define LENGTH(of) (sizeof(of) / sizeof *(of))

/* Of movement on either side: so long, and at least so many pictures. Who stops abruptly does so within the short one,
 * not within the long one; and places that an encoder shifts do not lie on a parabola through many. */
typedef struct window {
  double seconds;
  size_t least;
} window;

static const window windows[] = { { 0.1, 3 }, { 0.2, 4 } };

typedef struct search {
  const double *time;
  const unsigned char *same;
  size_t n;
  sg_path path;
  double noise; /* px, of the path */
} search;

/* Movement at one end of a repeated picture, outwards from it: places at times from the end's own row. */
typedef struct course {
  size_t n;
  double t[MOST], x[MOST], y[MOST]; /* s > 0 apart from t[0] = 0, px */
} course;

static bool known(const search *s, size_t row) {
  return !isnan(s->path.x[row]) && !isnan(s->path.y[row]);
}

/* New pictures one after the other from `row` on, backwards (step −1) or forwards (+1), for so many seconds and at
 * least so many. */
static void follow(const search *s, size_t row, int step, const window *w, course *c) {
  c->n = 0;
  for (size_t i = row; c->n<MOST; i = step> 0 ? i + 1 : i - 1) {
    const double away = fabs(s->time[i] - s->time[row]);
    if (away > FARTHEST_S || (away > w->seconds && c->n >= w->least)) return;
    if (i > 0 && s->same[i]) return;
    if (known(s, i)) {
      c->t[c->n] = away;
      c->x[c->n] = s->path.x[i];
      c->y[c->n++] = s->path.y[i];
    }
    if (step > 0 ? i + 1 >= s->n : i == 0) return;
  }
}

/* Speed and half the acceleration at t = 0 of the parabola through v[0] that fits the others best. */
static void fit_parabola(const double *t, const double *v, size_t n, double *speed, double *bend) {
  double tt = 0, ttt = 0, tttt = 0, tv = 0, ttv = 0;
  for (size_t i = 1; i < n; i++) {
    const double square = t[i] * t[i], d = v[i] - v[0];
    tt += square;
    ttt += square * t[i];
    tttt += square * square;
    tv += t[i] * d;
    ttv += square * d;
  }
  const double determinant = tt * tttt - ttt * ttt;
  *speed = determinant > 0 ? (tv * tttt - ttv * ttt) / determinant : 0;
  *bend = determinant > 0 ? (tt * ttv - ttt * tv) / determinant : 0;
}

/* Root mean square distance of the places from the parabola; px, 0 where it goes through all of them. */
static double misfit_of(const course *c, double ux, double uy, double bx, double by) {
  double squares = 0;
  for (size_t i = 1; i < c->n; i++) {
    const double t = c->t[i], dx = c->x[i] - c->x[0] - t * (ux + t * bx), dy = c->y[i] - c->y[0] - t * (uy + t * by);
    squares += dx * dx + dy * dy;
  }
  return c->n > LEAST ? sqrt(squares / (double)(c->n - LEAST)) : 0;
}

/* By how much a place that the parabola leads to, so many seconds beyond its end, is less sure than one that was seen.
 */
static double error_beyond(const course *c, double seconds) {
  double tt = 0, ttt = 0, tttt = 0, squares = 0, sum = 0;
  for (size_t i = 1; i < c->n; i++) {
    const double square = c->t[i] * c->t[i];
    tt += square;
    ttt += square * c->t[i];
    tttt += square * square;
  }
  const double determinant = tt * tttt - ttt * ttt;
  if (!(determinant > 0)) return 1;
  for (size_t i = 1; i < c->n; i++) {
    const double t = c->t[i], speed = (tttt * t - ttt * t * t) / determinant,
                 bend = (tt * t * t - ttt * t) / determinant;
    const double weight = seconds * seconds * bend - seconds * speed;
    squares += weight * weight;
    sum += weight;
  }
  return sqrt(squares + sum * sum);
}

/* What the course implies beyond its end, inwards, after so many seconds: px, until it comes to rest. `error`: its
 * standard error, px. */
static sg_xy implied(const search *s, const course *c, double seconds, double *error) {
  *error = s->noise;
  if (c->n < LEAST) return (sg_xy){ 0, 0 };
  double ux, uy, bx, by;
  fit_parabola(c->t, c->x, c->n, &ux, &bx);
  fit_parabola(c->t, c->y, c->n, &uy, &by);
  const double outwards_x = c->x[c->n - 1] - c->x[0], outwards_y = c->y[c->n - 1] - c->y[0];
  /* One that would have to turn round came to rest before. */
  if (ux * outwards_x + uy * outwards_y <= 0) return (sg_xy){ 0, 0 };
  const double speed = sqrt(ux * ux + uy * uy), slowing = 2 * (bx * ux + by * uy) / speed;
  const double misfit = misfit_of(c, ux, uy, bx, by), noise = misfit > s->noise ? misfit : s->noise;
  if (slowing * seconds > speed) seconds = speed / slowing;
  *error = noise * (1 + error_beyond(c, seconds));
  const double way = speed * seconds - 0.5 * slowing * seconds * seconds;
  return (sg_xy){ -way * ux / speed, -way * uy / speed };
}

static bool exceeds(double x, double y, double error) {
  const double least = IMPLIED_SD * error > IMPLIED_PX ? IMPLIED_SD * error : IMPLIED_PX;
  return x * x + y * y > least * least;
}

/* How far the movement before the picture of row a, which is repeated up to row b, leads on from it. */
static bool moves_before(const search *s, size_t a, size_t b, const window *w) {
  course c;
  double error;
  if (!known(s, a)) return false;
  follow(s, a, -1, w, &c);
  if (c.n < w->least) return false;
  const double length = s->time[b] - s->time[a];
  const sg_xy way = implied(s, &c, length < LEAD_S ? length : LEAD_S, &error);
  return exceeds(way.x, way.y, error);
}

/* Of a step from row a to b and the next one to c, summed over all paths, px²: what moves most counts most. */
typedef struct steps {
  double first, second, along;
} steps;

static steps steps_of(const search *s, size_t paths, size_t a, size_t b, size_t c) {
  steps sum = { 0, 0, 0 };
  for (size_t k = 0; k < paths; k++) {
    if (!known(&s[k], a) || !known(&s[k], b) || !known(&s[k], c)) continue;
    const sg_path *p = &s[k].path;
    const double x = p->x[b] - p->x[a], y = p->y[b] - p->y[a], next_x = p->x[c] - p->x[b], next_y = p->y[c] - p->y[b];
    sum.first += x * x + y * y;
    sum.second += next_x * next_x + next_y * next_y;
    sum.along += x * next_x + y * next_y;
  }
  return sum;
}

static bool grows(const steps *s) {
  return s->along > 0 && s->first < SETS_OUT * SETS_OUT * s->second && s->along * s->along > 0.5 * s->first * s->second;
}

/* Whether the movement after row b may have set out from rest at the picture of row a: in the step to row b + 1, or
 * only after it. */
static bool sets_out(const search *s, size_t paths, size_t a, size_t b) {
  if (b + 2 >= s->n) return false;
  const steps at_once = steps_of(s, paths, a, b + 1, b + 2);
  if (at_once.first > STAYS * STAYS * at_once.second) return grows(&at_once);
  if (b + 3 >= s->n) return true;
  const steps later = steps_of(s, paths, b + 1, b + 2, b + 3);
  return grows(&later);
}

/* The first row at least so many seconds after `row`; n where there is none. */
static size_t row_after(const search *s, size_t row, double seconds) {
  size_t i = row;
  while (i < s->n && s->time[i] - s->time[row] < seconds - STAMP_S) i++;
  return i;
}

/* Whether the movement after row b begins where the picture of row a shows everything, and hastens from there: then all
 * stood still in between, however abruptly it had stopped. Somebody who passes the same place again does not hasten. */
static bool begins_there(const search *s, size_t paths, size_t a, size_t b) {
  const size_t first = b + 1, second = first < s->n ? row_after(s, first, BEGINS_S) : s->n;
  const size_t third = second < s->n ? row_after(s, second, BEGINS_S) : s->n;
  if (third >= s->n) return false;
  const double jump = steps_of(s, paths, a, first, second).first;
  const steps way = steps_of(s, paths, first, second, third);
  return jump <= fmax((double)paths * STILL_PX * STILL_PX, way.first) && way.second > HASTENS * HASTENS * way.first;
}

/* Whether all places went from row a to row b + 1 as one picture does: it was the camera that was knocked. */
static bool as_one(const search *s, size_t paths, size_t a, size_t b, sg_similar *knock) {
  sg_similar_places places = { .n = 0 };
  if (b + 1 >= s->n) return false;
  for (size_t k = 0; k < paths && places.n < SG_SIMILAR_MOST; k++) {
    if (!known(&s[k], a) || !known(&s[k], b + 1)) continue;
    places.from[places.n][0] = s[k].path.x[a];
    places.from[places.n][1] = s[k].path.y[a];
    places.to[places.n][0] = s[k].path.x[b + 1];
    places.to[places.n++][1] = s[k].path.y[b + 1];
  }
  return sg_similar_fit(&places, knock) && knock->off < ONE_OFF * knock->went;
}

/* How far from the picture of row a the movement after row b leads back. A place that differs tells of one without a
 * movement, but where the camera was knocked meanwhile (NULL = it was not), which is taken out. */
static bool moves_after(const search *s, size_t a, size_t b, const window *w, const sg_similar *knock) {
  course c;
  if (b + 1 >= s->n || !known(s, a) || !known(s, b + 1)) return false;
  follow(s, b + 1, 1, w, &c);
  double from[2] = { s->path.x[a], s->path.y[a] };
  if (knock) sg_similar_move(knock, s->path.x[a], s->path.y[a], from);
  const sg_xy jump = { s->path.x[b + 1] - from[0], s->path.y[b + 1] - from[1] };
  if (jump.x * jump.x + jump.y * jump.y < STILL_PX * STILL_PX) return false;
  for (int late = 0; late < 2; late++) {
    double error;
    const sg_xy way = implied(s, &c, s->time[b + 1] - s->time[b] + (late ? LEAD_S : 0), &error);
    const bool moving = c.n >= w->least && way.x * way.x + way.y * way.y > IMPLIED_PX * IMPLIED_PX;
    if (!moving && (knock || jump.x * jump.x + jump.y * jump.y < SNAP_PX * SNAP_PX)) continue;
    if (exceeds(jump.x + way.x, jump.y + way.y, error)) return true;
  }
  return false;
}

/* The coarsest step that all places are whole multiples of; px, 0 for none worth speaking of. */
static double rounding_of(const search *s) {
  static const double grid[] = { 1, 0.5, 0.25, 0.2, 0.1 };
  for (size_t k = 0; k < LENGTH(grid); k++) {
    bool all = true;
    for (size_t i = 0; all && i < s->n; i++) {
      if (!known(s, i)) continue;
      const double x = s->path.x[i] / grid[k], y = s->path.y[i] / grid[k];
      all = fabs(x - floor(x + 0.5)) < 1e-3 && fabs(y - floor(y + 0.5)) < 1e-3;
    }
    if (all) return grid[k];
  }
  return 0;
}

/* From fourth differences of new pictures: at a low rate a movement's acceleration is large beside noise. */
static double noise_of(const search *s, double *scratch) {
  static const double weight[] = { 1, -4, 6, -4, 1 };
  size_t count = 0, new_ones = 0;
  for (size_t i = 0; i < s->n; i++) {
    new_ones = (i > 0 && s->same[i]) || !known(s, i) ? 0 : new_ones + 1;
    if (new_ones < LENGTH(weight)) continue;
    double sum = 0;
    for (size_t k = 0; k < LENGTH(weight); k++) sum += weight[k] * s->path.x[i - k];
    scratch[count++] = fabs(sum);
  }
  const double seen = count ? 1.4826 * sg_median(scratch, count) / sqrt(70.0) : 0,
               rounded = ROUNDED_SD * rounding_of(s);
  const double noise = seen > rounded ? seen : rounded;
  return noise > NOISE_PX ? noise : NOISE_PX;
}

static bool moves(const search *s, size_t paths, size_t a, size_t b) {
  const bool from_rest = sets_out(s, paths, a, b);
  sg_similar jump;
  const sg_similar *knock = as_one(s, paths, a, b, &jump) ? &jump : NULL;
  if (begins_there(s, paths, a, b)) return false;
  for (size_t k = 0; k < paths; k++) {
    if (moves_before(&s[k], a, b, &windows[0]) && moves_before(&s[k], a, b, &windows[1])) return true;
    if (from_rest) continue;
    if (moves_after(&s[k], a, b, &windows[0], knock) && moves_after(&s[k], a, b, &windows[1], knock)) return true;
  }
  return false;
}

/* How long rows a + 1 … b are, as a gap is measured. */
static double length_of(const double *time_s, size_t n, size_t a, size_t b) {
  const double missing = (double)(b - a);
  return b + 1 < n ? (time_s[b + 1] - time_s[a]) * missing / (missing + 1) : time_s[b] - time_s[a];
}

int sg_find_stalls(const double *time_s, const unsigned char *same, size_t n, const sg_path *path, size_t paths,
                   unsigned char *stalled) {
  double *scratch = malloc((n + 1) * sizeof *scratch);
  search *all = malloc((paths + 1) * sizeof *all);
  const int whole = scratch && all;
  bool ready = false;
  for (size_t i = 0; whole && i < n; i++) stalled[i] = 0;
  for (size_t a = 0; whole && a + 1 < n; a++) {
    size_t b = a;
    while (b + 1 < n && same[b + 1]) b++;
    if (length_of(time_s, n, a, b) <= SG_GAP_FILL_S + STAMP_S) {
      a = b;
      continue;
    }
    for (size_t k = 0; !ready && k < paths; k++) {
      all[k] = (search){ time_s, same, n, path[k], 0 };
      all[k].noise = noise_of(&all[k], scratch);
    }
    ready = true;
    const bool moving = moves(all, paths, a, b);
    for (size_t i = a + 1; i <= b; i++) stalled[i] = moving;
    a = b;
  }
  free(all);
  free(scratch);
  return whole;
}
