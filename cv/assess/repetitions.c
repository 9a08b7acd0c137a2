/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/assess.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/gaps.h"

#define ENTER_SHARE  0.4  /* of the greatest angle: a repetition has begun above this … */
#define LEAVE_SHARE  0.2  /* … and is over below */
#define QUIET_DEG_S  3.0  /* slower is at rest, … */
#define QUIET_SHARE  0.05 /* … or slower than this fraction of the greatest speed */
#define NEAR_END     0.95 /* of end range: still there */
#define WINDOW_S     0.1  /* on either side of end range, over which quantities are means */
#define MOVING_DEG_S 10.0 /* a body that moves faster has not come to its end range */
#define AS_DEEP_DEG  0.3  /* means that differ by less are equally deep */
#define BEYOND_DEG   5.0  /* on the other side of the start: no longer the bend's rest */
#define SPEED_S      0.05 /* on either side of a row, over which its speed is taken */
#define SIDE_S       0.15 /* likewise, beside rows that are unknown */
#define LEAD_S       0.25 /* of movement that leads on into rows that are unknown … */
#define LEADS_S      1.0  /* … for so long at most */
#define DEEPER_DEG   2.0  /* than end range: what is seen of it would be too little */
#define STILL_DEG_S  4.0  /* in quiet standing the trunk turns no faster, … */
#define STILL_DEG    8.0  /* … and stays within so much of the start */

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
  const sg_signals *signals;
  const double *t;
  double *angle; /* deg, bridged */
  double *plain; /* deg; NAN = unknown */
  double *depth; /* deg; NAN = unknown */
  bool *away;    /* in a long stretch that is unknown, between two known rows */
  size_t n;
  double enter, leave;
} followed;

/* deg/s of v at a known row beside unknown ones, over the known rows of SIDE_S on its other side (step −1: before it,
 * +1: after it). */
static double speed_beside(const followed *c, const double *v, size_t row, int step) {
  size_t far = row;
  while ((step > 0 ? far + 1 < c->n : far > 0) && !isnan(v[step > 0 ? far + 1 : far - 1]) &&
         fabs(c->t[far] - c->t[row]) < SIDE_S) {
    far = step > 0 ? far + 1 : far - 1;
  }
  return far == row ? 0 : (v[far] - v[row]) / (c->t[far] - c->t[row]);
}

/* Unknown rows bridged by straight lines, so that a bend with a hidden moment stays one bend. But whoever was coming
 * back before a long one, and is bending again after it, came back meanwhile as far as those speeds lead; all the way,
 * where nobody knows how long it is. */
static void bridge_gap(followed *c, size_t last, size_t next) {
  const double *t = c->t;
  double *v = c->angle;
  const double before = speed_beside(c, c->plain, last, -1), after = speed_beside(c, c->plain, next, 1);
  const bool paused = sg_joined_between(c->signals, last, next), away = paused || t[next] - t[last] > SG_GAP_STILL_S;
  const bool returns = away && before < -QUIET_DEG_S && after > QUIET_DEG_S;
  for (size_t k = last + 1; k < next; k++) {
    const double line = v[last] + (v[next] - v[last]) * (t[k] - t[last]) / (t[next] - t[last]);
    const double back = paused ? 0 : fmax(v[last] + before * (t[k] - t[last]), v[next] - after * (t[next] - t[k]));
    c->away[k] = away;
    v[k] = returns ? fmin(line, fmax(0, back)) : line;
  }
}

static void bridge(followed *c) {
  const size_t n = c->n;
  double *v = c->angle;
  size_t last = n;
  for (size_t i = 0; i < n; i++) {
    if (isnan(v[i])) continue;
    for (size_t k = 0; last == n && k < i; k++) v[k] = v[i];
    if (last != n && i > last + 1) bridge_gap(c, last, i);
    last = i;
  }
  for (size_t k = last == n ? n : last + 1; k < n; k++) v[k] = v[last];
}

/* Back (step −1) or on (step +1) from `row`, outside of the bend, to where the trunk comes to rest, or to the last row
 * in sight where it does so in a long stretch that is not known. One that goes on to the other side of the start, as in
 * an arch before or after the bend, passes the start there: that is the bend's end. */
static size_t to_rest(const followed *c, size_t row, int step, double quiet, size_t limit) {
  size_t passed = row;
  while (row != limit) {
    if (c->angle[row] >= 0) passed = row;
    if (c->angle[row] < -BEYOND_DEG) {
      row = passed;
      break;
    }
    const double *seen = isnan(c->plain[row]) ? c->angle : c->plain; /* nobody rests in the bottom of a bridge */
    if (c->angle[row] < c->leave && (c->away[row] || fabs(speed_at(c->t, seen, c->n, row)) <= quiet)) break;
    row = step > 0 ? row + 1 : row - 1;
  }
  while (c->away[row]) row = step > 0 ? row - 1 : row + 1;
  return row;
}

static void find_peak_speed(const followed *c, sg_bounds *b, size_t deepest) {
  b->peak_speed = 0;
  for (size_t i = b->start; i <= deepest; i++) {
    if (isnan(c->plain[i])) continue;
    const double speed = speed_at(c->t, c->plain, c->n, i);
    if (speed > b->peak_speed) b->peak_speed = speed;
  }
}

/* Mean over the rows within WINDOW_S of row i, which lie in [*from, *to); NAN where one of them is unknown, also beside
 * the bend. */
static double window_mean(const followed *c, const sg_bounds *b, size_t i, size_t *from, size_t *to) {
  const double *t = c->t, *v = c->depth;
  const size_t first = b->start - (b->start > 0 && c->away[b->start - 1]);
  const size_t last = b->end + (b->end + 1 < c->n && c->away[b->end + 1]);
  for (*from = i; *from > first && t[i] - t[*from - 1] <= WINDOW_S + 1e-6;) --*from;
  for (*to = i + 1; *to <= last && t[*to] - t[i] <= WINDOW_S + 1e-6;) ++*to;
  double sum = 0;
  for (size_t k = *from; k < *to; k++) sum += v[k];
  return sum / (double)(*to - *from);
}

/* The first row whose window reaches the greatest mean but for AS_DEEP_DEG: on a held plateau, its beginning. */
static bool find_deepest(const followed *c, sg_bounds *b) {
  double most = -INFINITY;
  for (size_t i = b->start; i <= b->end; i++) {
    const double mean = window_mean(c, b, i, &b->from, &b->to);
    if (mean > most) most = mean; /* never when unknown */
  }
  for (size_t i = b->start; i <= b->end; i++) {
    if (!(window_mean(c, b, i, &b->from, &b->to) >= most - AS_DEEP_DEG)) continue;
    b->end_range = i;
    return true;
  }
  return false;
}

/* End range, its window and how long it is held. */
static void find_end_range(const followed *c, sg_bounds *b) {
  const double *t = c->t, *bent = c->depth;
  b->lost = !find_deepest(c, b);
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
  const bool from_unknown = first > 0 && isnan(bent[first - 1]);
  b->open = from_unknown || (last + 1 < c->n && isnan(bent[last + 1]));
  b->untimed = b->untimed || from_unknown;
}

/* deg/s of the depth at a known row beside unknown ones, towards them, and by how many degrees it goes on growing in
 * them: by the parabola through the known rows of LEAD_S, until it comes to rest, for at most `longest` s. */
typedef struct {
  double speed, beyond;
} lead;

static lead lead_of(const followed *c, size_t row, int step, double longest) {
  const double *v = c->depth;
  double tt = 0, ttt = 0, tttt = 0, tv = 0, ttv = 0;
  size_t i = row;
  while ((step > 0 ? i + 1 < c->n : i > 0) && !isnan(v[step > 0 ? i + 1 : i - 1])) {
    i = step > 0 ? i + 1 : i - 1;
    const double t = fabs(c->t[i] - c->t[row]), d = v[i] - v[row];
    if (t > LEAD_S) break;
    tt += t * t;
    ttt += t * t * t;
    tttt += t * t * t * t;
    tv += t * d;
    ttv += t * t * d;
  }
  const double determinant = tt * tttt - ttt * ttt;
  if (!(determinant > 1e-12)) return (lead){ 0, 0 };
  const double speed = -(tv * tttt - ttv * ttt) / determinant, slowing = -2 * (tt * ttv - ttt * tv) / determinant;
  if (speed <= 0) return (lead){ speed, 0 };
  const double time = slowing * longest > speed ? speed / slowing : longest;
  return (lead){ speed, speed * time - 0.5 * slowing * time * time };
}

/* Whether the body may have gone deeper than end range in unknown rows between two known ones. It did so where it was
 * nearly as deep beside them and on the move there or back; and where it turned round in them beyond what was seen. */
static bool may_hide_end(const followed *c, const sg_bounds *b, size_t last, size_t next) {
  const double *bent = c->depth, most = bent[b->end_range], deep = NEAR_END * most;
  if (bent[last] >= deep && speed_at(c->t, bent, c->n, last) > MOVING_DEG_S) return true;
  if (bent[next] >= deep && speed_at(c->t, bent, c->n, next) < -MOVING_DEG_S) return true;
  const double half =
      sg_joined_between(c->signals, last, next) ? LEADS_S : fmin(LEADS_S, 0.5 * (c->t[next] - c->t[last]));
  const lead in = lead_of(c, last, -1, half), out = lead_of(c, next, 1, half);
  const bool came = in.speed > QUIET_DEG_S || bent[last] < bent[next] - (most - deep);
  const bool went = out.speed > QUIET_DEG_S || bent[next] < bent[last] - (most - deep);
  return (went && bent[last] + in.beyond > most + DEEPER_DEG) || (came && bent[next] + out.beyond > most + DEEPER_DEG);
}

static void look_beside(const followed *c, sg_bounds *b) {
  size_t last = c->n, from = b->start, to = b->end;
  while (from > 0 && c->away[from - 1]) from--;
  while (to + 1 < c->n && c->away[to + 1]) to++;
  for (size_t i = from > 0 ? from - 1 : 0; i <= to + 1 && i < c->n; i++) {
    if (isnan(c->depth[i])) continue;
    if (last != c->n && i > last + 1 && may_hide_end(c, b, last, i)) b->lost = true;
    last = i;
  }
  /* a marker that is not seen again, or only later, in the middle of the bend: the trunk alone shows how it goes on */
  const double most = c->angle[b->end_range];
  for (size_t i = b->start; i <= b->end; i++) {
    if (isnan(c->depth[i]) && c->angle[i] > most + DEEPER_DEG) b->lost = true;
  }
  const bool gone = last != c->n && last >= b->start && last < b->end && last + 1 < c->n;
  if (gone && c->depth[last] >= NEAR_END * c->depth[b->end_range] &&
      speed_at(c->t, c->depth, c->n, last) > MOVING_DEG_S) {
    b->lost = true;
  }
}

static void describe(const followed *c, sg_bounds *b, size_t up, size_t down, size_t after_last) {
  size_t deepest = up;
  for (size_t i = up; i <= down; i++) deepest = c->angle[i] > c->angle[deepest] ? i : deepest;
  b->start = up;
  find_peak_speed(c, b, deepest);
  const double quiet = fmax(QUIET_DEG_S, QUIET_SHARE * b->peak_speed);
  b->start = to_rest(c, up, -1, quiet, after_last);
  b->end = to_rest(c, down, 1, quiet, c->n - 1);
  b->untimed = b->start > 0 && c->away[b->start - 1];
  b->broken = b->untimed;
  find_peak_speed(c, b, deepest);
  find_end_range(c, b);
  b->untimed = b->untimed || sg_joined_between(c->signals, b->start, b->end_range);
  for (size_t i = b->start; i <= b->end_range; i++) b->broken = b->broken || isnan(c->plain[i]);
  if (!b->lost) look_beside(c, b);
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

static int find_excursions(sg_bounds **bounds, size_t *count, followed *c, const sg_test *test) {
  size_t room = 0;
  void *items = NULL;
  memcpy(c->plain, c->angle, c->n * sizeof *c->plain);
  bridge(c);
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
    describe(c, b, i, down, after_last);
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
  followed c = { .signals = m->signals, .t = m->signals->time, .n = m->rows };
  *count = 0;
  *bounds = NULL;
  if (test->event == SG_EVENT_NONE) return 1;
  c.angle = malloc(c.n * sizeof *c.angle);
  c.plain = malloc(c.n * sizeof *c.plain);
  c.depth = malloc(c.n * sizeof *c.depth);
  c.away = calloc(c.n, sizeof *c.away);
  int whole = c.angle && c.plain && c.depth && c.away;
  if (whole) {
    follow[test->event](m, angles, &c);
    whole =
        test->event == SG_EVENT_STANDS ? find_standing(bounds, count, m, &c) : find_excursions(bounds, count, &c, test);
  }
  free(c.angle);
  free(c.plain);
  free(c.depth);
  free(c.away);
  return whole;
}
