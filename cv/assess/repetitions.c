/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/assess.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

#define ENTER_SHARE  0.4  /* of the greatest angle: a repetition has begun above this … */
#define LEAVE_SHARE  0.2  /* … and is over below */
#define QUIET_DEG_S  3.0  /* slower is at rest, … */
#define QUIET_SHARE  0.05 /* … or slower than this fraction of the greatest speed */
#define NEAR_END     0.95 /* of end range: still there */
#define WINDOW_S     0.1  /* on either side of end range, over which quantities are means */
#define MOVING_DEG_S 10.0 /* a body that moves faster has not come to its end range */
#define AS_DEEP_DEG  0.3  /* means that differ by less are equally deep */
#define SPEED_S      0.05 /* on either side of a row, over which its speed is taken */
#define STILL_DEG_S  4.0  /* in quiet standing the trunk turns no faster, … */
#define STILL_DEG    8.0  /* … and stays within so much of the start */

/* Fill unknown rows by straight lines, so that a repetition with a hidden moment stays one. */
static void bridge(const double *t, double *v, size_t n) {
  size_t last = n;
  for (size_t i = 0; i < n; i++) {
    if (isnan(v[i])) continue;
    const size_t from = last == n ? 0 : last + 1;
    for (size_t k = from; k < i; k++) {
      v[k] = last == n ? v[i] : v[last] + (v[i] - v[last]) * (t[k] - t[last]) / (t[i] - t[last]);
    }
    last = i;
  }
  for (size_t k = last == n ? n : last + 1; k < n; k++) v[k] = v[last];
}

static double speed_at(const double *t, const double *v, size_t n, size_t i) {
  size_t a = i, b = i;
  do {
    if (a > 0 && !isnan(v[a - 1])) a--;
    if (b + 1 < n && !isnan(v[b + 1])) b++;
  } while (t[b] - t[a] < 2 * SPEED_S && ((a > 0 && !isnan(v[a - 1])) || (b + 1 < n && !isnan(v[b + 1]))));
  return a == b ? 0 : (v[b] - v[a]) / (t[b] - t[a]);
}

/* What a kind of repetition is found by: the one angle that grows from its start to its end range, and the angle whose
 * greatest value is end range. */
typedef struct {
  const double *t;
  double *angle; /* deg, bridged */
  double *depth; /* deg; NAN = unknown */
  size_t n;
  double enter, leave;
} followed;

/* The row, from `row` backwards (step −1) or forwards (+1) up to `limit`, at which the angle is small and at rest. */
static size_t to_rest(const followed *c, size_t row, int step, double quiet, size_t limit) {
  while (row != limit) {
    if (c->angle[row] < c->leave && fabs(speed_at(c->t, c->angle, c->n, row)) <= quiet) break;
    row = step > 0 ? row + 1 : row - 1;
  }
  return row;
}

static void find_peak_speed(const followed *c, sg_bounds *b, size_t deepest) {
  b->peak_speed = 0;
  for (size_t i = b->start; i <= deepest; i++) {
    const double speed = speed_at(c->t, c->angle, c->n, i);
    if (speed > b->peak_speed) b->peak_speed = speed;
  }
}

/* Mean over the rows within WINDOW_S of row i, which lie in [*from, *to); NAN where one of them is unknown. */
static double window_mean(const sg_motion *m, const double *v, const sg_bounds *b, size_t i, size_t *from, size_t *to) {
  const double *t = m->signals->time;
  for (*from = i; *from > b->start && t[i] - t[*from - 1] <= WINDOW_S + 1e-6;) --*from;
  for (*to = i + 1; *to <= b->end && t[*to] - t[i] <= WINDOW_S + 1e-6;) ++*to;
  double sum = 0;
  for (size_t k = *from; k < *to; k++) sum += v[k];
  return sum / (double)(*to - *from);
}

/* The first row whose window reaches the greatest mean but for AS_DEEP_DEG: on a held plateau, its beginning. */
static bool find_deepest(const sg_motion *m, const double *bent, sg_bounds *b) {
  double most = -INFINITY;
  for (size_t i = b->start; i <= b->end; i++) {
    const double mean = window_mean(m, bent, b, i, &b->from, &b->to);
    if (mean > most) most = mean; /* never when unknown */
  }
  for (size_t i = b->start; i <= b->end; i++) {
    if (!(window_mean(m, bent, b, i, &b->from, &b->to) >= most - AS_DEEP_DEG)) continue;
    b->end_range = i;
    return true;
  }
  return false;
}

/* End range, its window and how long it is held. */
static void find_end_range(const sg_motion *m, const followed *c, sg_bounds *b) {
  const double *t = c->t, *bent = c->depth;
  b->lost = !find_deepest(m, bent, b);
  if (b->lost) {
    b->end_range = b->from = b->to = b->arrived = (b->start + b->end) / 2;
    return;
  }
  const size_t e = b->end_range;
  const double near = NEAR_END * bent[e];
  size_t first = e, last = e;
  while (first > b->start && bent[first - 1] >= near) first--;
  while (last < b->end && bent[last + 1] >= near) last++;
  b->hold_s = t[last] - t[first];
  b->arrived = first;
}

/* Lost where, beside rows that were not seen, the body is as deep as end range and moving: it may have gone deeper. */
static void check_unseen(const followed *c, sg_bounds *b) {
  const double *t = c->t, *bent = c->depth;
  const double deep = NEAR_END * bent[b->end_range];
  for (size_t i = b->start; i < b->end; i++) {
    if (isnan(bent[i]) == isnan(bent[i + 1])) continue;
    const size_t edge = isnan(bent[i]) ? i + 1 : i;
    if (bent[edge] >= deep && fabs(speed_at(t, bent, c->n, edge)) > MOVING_DEG_S) b->lost = true;
  }
}

static void describe(const followed *c, const sg_motion *m, sg_bounds *b, size_t up, size_t down, size_t after_last) {
  size_t deepest = up;
  for (size_t i = up; i <= down; i++) deepest = c->angle[i] > c->angle[deepest] ? i : deepest;
  b->start = up;
  find_peak_speed(c, b, deepest);
  const double quiet = fmax(QUIET_DEG_S, QUIET_SHARE * b->peak_speed);
  b->start = to_rest(c, up, -1, quiet, after_last);
  b->end = to_rest(c, down, 1, quiet, c->n - 1);
  find_peak_speed(c, b, deepest);
  find_end_range(m, c, b);
  if (!b->lost) check_unseen(c, b);
}

/* ---- what each kind of repetition follows ---- */

static void follow_bend(const sg_motion *m, const sg_angles *a, followed *c) {
  memcpy(c->angle, m->trunk, c->n * sizeof *c->angle);
  memcpy(c->depth, a->value[SAGITTA_ANGLE_RIBS_ROTATION], c->n * sizeof *c->depth);
}

static void follow_raise(const sg_motion *m, const sg_angles *a, followed *c) {
  (void)a;
  for (size_t i = 0; i < c->n; i++) c->angle[i] = c->depth[i] = -m->thigh[i];
}

static void follow_extension(const sg_motion *m, const sg_angles *a, followed *c) {
  (void)a;
  for (size_t i = 0; i < c->n; i++) c->angle[i] = c->depth[i] = m->thigh[i] - m->shank[i];
}

static int find_excursions(sg_bounds **bounds, size_t *count, const sg_motion *m, followed *c, const sg_test *test) {
  size_t room = 0;
  void *items = NULL;
  bridge(c->t, c->angle, c->n);
  double most = 0;
  for (size_t i = 0; i < c->n; i++) most = fmax(most, c->angle[i]);
  c->enter = fmax(test->enter_deg, ENTER_SHARE * most);
  c->leave = fmax(test->leave_deg, LEAVE_SHARE * most);

  size_t after_last = 0;
  for (size_t i = 0; i < c->n; i++) {
    if (c->angle[i] < c->enter) continue;
    size_t down = i;
    while (down + 1 < c->n && c->angle[down] >= c->leave) down++;
    if (!sg_reserve(&items, &room, *count + 1, sizeof **bounds)) {
      free(items);
      *count = 0;
      return 0;
    }
    sg_bounds *b = (sg_bounds *)items + *count;
    memset(b, 0, sizeof *b);
    describe(c, m, b, i, down, after_last);
    bool above = true; /* since the recording began */
    for (size_t k = after_last; k < i; k++) above = above && c->angle[k] >= c->leave;
    b->cut_off = (above && after_last == 0) || c->angle[down] >= c->leave;
    ++*count;
    after_last = b->end;
    i = down > b->end ? down : b->end;
  }
  *bounds = items;
  return 1;
}

/* The longest time in which the person stands and does not move. */
static int find_standing(sg_bounds **bounds, size_t *count, const sg_motion *m, followed *c) {
  size_t best = 0, best_end = 0;
  for (size_t i = 0; i < c->n; i++) {
    size_t k = i;
    while (k < c->n && fabs(m->trunk[k]) <= STILL_DEG && fabs(sg_turning(m->signals, m->trunk, k)) <= STILL_DEG_S) k++;
    if (k > i + 1 && c->t[k - 1] - c->t[i] > (best_end ? c->t[best_end - 1] - c->t[best] : 0)) {
      best = i;
      best_end = k;
    }
    if (k > i) i = k - 1;
  }
  if (best_end == 0) return 1;
  sg_bounds *b = calloc(1, sizeof *b);
  if (!b) return 0;
  b->start = b->from = b->arrived = best;
  b->end = best_end - 1;
  b->to = best_end;
  b->end_range = (best + b->end) / 2;
  b->hold_s = c->t[b->end] - c->t[b->start];
  *bounds = b;
  *count = 1;
  return 1;
}

int sg_find_repetitions(sg_bounds **bounds, size_t *count, const sg_motion *m, const sg_angles *angles,
                        const sg_test *test) {
  static void (*const follow[SG_EVENTS])(const sg_motion *, const sg_angles *, followed *) = {
    [SG_EVENT_BENDS] = follow_bend,
    [SG_EVENT_RAISES] = follow_raise,
    [SG_EVENT_EXTENDS] = follow_extension,
    [SG_EVENT_STANDS] = follow_bend,
  };
  followed c = { .t = m->signals->time, .n = m->rows };
  *count = 0;
  *bounds = NULL;
  if (test->event == SG_EVENT_NONE) return 1;
  c.angle = malloc(c.n * sizeof *c.angle);
  c.depth = malloc(c.n * sizeof *c.depth);
  int whole = c.angle && c.depth;
  if (whole) {
    follow[test->event](m, angles, &c);
    whole = test->event == SG_EVENT_STANDS ? find_standing(bounds, count, m, &c)
                                           : find_excursions(bounds, count, m, &c, test);
  }
  free(c.angle);
  free(c.depth);
  return whole;
}
