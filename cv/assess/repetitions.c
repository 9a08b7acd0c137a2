/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "assess/repetitions.h"
#include "base/base.h"

#define ENTER_DEG    18.0 /* a bend has begun above this and … */
#define ENTER_SHARE  0.4  /* … this much of the deepest one; it is over below */
#define LEAVE_DEG    10.0
#define LEAVE_SHARE  0.2
#define QUIET_DEG_S  3.0
#define QUIET_SHARE  0.05 /* of the greatest speed */
#define NEAR_END     0.95
#define WINDOW_S     0.1
#define MOVING_DEG_S 10.0
#define AS_DEEP_DEG  0.3
#define SPEED_S      0.05 /* on either side */

/* Unknown rows bridged by straight lines, so that a bend with a hidden moment stays one bend. */
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

typedef struct {
  const double *t;
  double *trunk; /* bridged */
  size_t n;
  double enter, leave;
} course;

/* Back (step −1) or on (step +1) from `row`, outside of the bend, to where the trunk comes to rest. */
static size_t to_rest(const course *c, size_t row, int step, double quiet, size_t limit) {
  while (row != limit) {
    if (c->trunk[row] < c->leave && fabs(speed_at(c->t, c->trunk, c->n, row)) <= quiet) break;
    row = step > 0 ? row + 1 : row - 1;
  }
  return row;
}

static void find_speed(const course *c, sg_bend *b, size_t deepest) {
  b->peak_speed = 0;
  b->peak_speed_row = b->start;
  for (size_t i = b->start; i <= deepest; i++) {
    const double speed = speed_at(c->t, c->trunk, c->n, i);
    if (speed > b->peak_speed) {
      b->peak_speed = speed;
      b->peak_speed_row = i;
    }
  }
}

/* Mean over the rows within WINDOW_S of row i, which lie in [*from, *to); NAN where one of them is unknown. */
static double window_mean(const sg_motion *m, const double *v, const sg_bend *b, size_t i, size_t *from, size_t *to) {
  const double *t = m->signals->time;
  for (*from = i; *from > b->start && t[i] - t[*from - 1] <= WINDOW_S + 1e-6;) --*from;
  for (*to = i + 1; *to <= b->end && t[*to] - t[i] <= WINDOW_S + 1e-6;) ++*to;
  double sum = 0;
  for (size_t k = *from; k < *to; k++) sum += v[k];
  return sum / (double)(*to - *from);
}

/* The first row whose window reaches the greatest mean but for AS_DEEP_DEG: on a held plateau, its beginning. */
static bool find_deepest(const sg_motion *m, const double *bent, sg_bend *b) {
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

/* End range, its window and how long it is held, from the ribs' rotation. */
static void find_end_range(const sg_motion *m, const sg_angles *a, sg_bend *b) {
  const double *t = m->signals->time, *bent = a->value[SAGITTA_ANGLE_RIBS_ROTATION];
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

/* The trunk is as deep as end range and on the move beside rows that were not seen: it may have gone deeper there. */
static void look_beside(const sg_motion *m, const sg_angles *a, sg_bend *b) {
  const double *t = m->signals->time, *bent = a->value[SAGITTA_ANGLE_RIBS_ROTATION];
  const double deep = NEAR_END * bent[b->end_range];
  for (size_t i = b->start; i < b->end; i++) {
    if (isnan(bent[i]) == isnan(bent[i + 1])) continue;
    const size_t edge = isnan(bent[i]) ? i + 1 : i;
    if (bent[edge] >= deep && fabs(speed_at(t, bent, m->rows, edge)) > MOVING_DEG_S) b->lost = true;
  }
}

static void describe(const course *c, const sg_motion *m, const sg_angles *a, sg_bend *b, size_t up, size_t down,
                     size_t after_last) {
  size_t deepest = up;
  for (size_t i = up; i <= down; i++) deepest = c->trunk[i] > c->trunk[deepest] ? i : deepest;
  b->start = up;
  find_speed(c, b, deepest);
  const double quiet = fmax(QUIET_DEG_S, QUIET_SHARE * b->peak_speed);
  b->start = to_rest(c, up, -1, quiet, after_last);
  b->end = to_rest(c, down, 1, quiet, c->n - 1);
  find_speed(c, b, deepest);
  find_end_range(m, a, b);
  if (!b->lost) look_beside(m, a, b);
}

int sg_find_bends(sg_bend **bends, size_t *count, const sg_motion *m, const sg_angles *angles) {
  const double *t = m->signals->time;
  size_t room = 0, n = m->rows;
  void *items = NULL;
  *count = 0;
  *bends = NULL;
  double *trunk = malloc(n * sizeof *trunk);
  if (!trunk) return 0;
  memcpy(trunk, m->trunk, n * sizeof *trunk);
  bridge(t, trunk, n);
  double most = 0;
  for (size_t i = 0; i < n; i++) most = fmax(most, trunk[i]);
  course c = { t, trunk, n, fmax(ENTER_DEG, ENTER_SHARE * most), fmax(LEAVE_DEG, LEAVE_SHARE * most) };

  size_t after_last = 0;
  for (size_t i = 0; i < n; i++) {
    if (trunk[i] < c.enter) continue;
    size_t down = i;
    while (down + 1 < n && trunk[down] >= c.leave) down++;
    if (!sg_reserve(&items, &room, *count + 1, sizeof **bends)) {
      free(items);
      free(trunk);
      *count = 0;
      return 0;
    }
    sg_bend *b = (sg_bend *)items + *count;
    memset(b, 0, sizeof *b);
    describe(&c, m, angles, b, i, down, after_last);
    bool above = true; /* since the recording began */
    for (size_t k = after_last; k < i; k++) above = above && trunk[k] >= c.leave;
    b->cut_off = (above && after_last == 0) || trunk[down] >= c.leave;
    ++*count;
    after_last = b->end;
    i = down > b->end ? down : b->end;
  }
  *bends = items;
  free(trunk);
  return 1;
}

double sg_onset(const sg_motion *m, const double *angle, const sg_bend *b) {
  const double *t = m->signals->time;
  double most = 0;
  for (size_t i = b->start; i <= b->arrived; i++) {
    if (!isnan(angle[i])) most = fmax(most, speed_at(t, angle, m->rows, i));
  }
  const double limit = fmax(QUIET_DEG_S, QUIET_SHARE * most);
  for (size_t i = b->start; i <= b->arrived; i++) {
    size_t k = i;
    while (k <= b->arrived && !isnan(angle[k]) && speed_at(t, angle, m->rows, k) > limit) k++;
    if (k > i && t[k - 1] - t[i] >= 0.1) {
      return t[i];
    }
    if (k > i) i = k;
  }
  return NAN;
}
