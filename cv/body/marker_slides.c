/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A marker that slides down: when it is last seen it is at a distance from its neighbours, or on a side of them, that
 * no posture has, and lower beside them than before. It set out when that distance last began to change. People who
 * come nearer or go away change all distances alike, which is taken off.
 */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"
#include "body/marker_faults.h"

#define GONE_S    0.5   /* not seen for so long at the end: it is gone */
#define LAST_S    0.4   /* at the end, of a marker that neither lies nor is gone: what is judged */
#define OFF_SHARE 0.7   /* of those rows have to be off, */
#define OFF_S     0.09  /* for so long without a break, */
#define ROWS      3     /* in so many rows at least */
#define SLIDES_S  0.15  /* it takes so long at least until it is off; else something else was taken for it */
#define TURNED    -0.64 /* cosine: 130° */
#define FAR_LESS  0.3   /* of the distance in standing: so far off that one distance tells, */
#define FAR_MORE  1.4   /* … and the other way */
#define DROP      0.1   /* thighs: the way down beside the neighbour, at least */
#define SLIDE_S   12.0  /* it slides for so long at the most */
#define APART_S   0.2   /* rows that are compared, */
#define DEPARTS   0.01  /* and by how much the distance changes meanwhile, of that in standing */
#define RESTS     0.08  /* thighs/s: slower than this it rests, */
#define RESTS_S   0.3   /* … over so long */
#define BEND_S    2.5
#define FALLS     0.8  /* thighs/s: no posture changes a distance so fast, */
#define FALLS_S   0.09 /* … over so long, */
#define LATELY_S  0.5  /* … shortly before a marker is seen for the last time */
#define WAY       0.15 /* thighs: so far down beside its neighbour, at least; a strip half covered seems lower as well */
#define STRETCHED 0.9  /* of hip to shoulder and hip to knee together: the body was straight */
#define SETS_OUT  0.3  /* thighs/s downwards beside it: from here on it falls */
#define STILL_IN  0.08 /* … within which it may still be in its place */

static int other_of(const sg_marker_link *l, int role) {
  return (int)l->a == role ? (int)l->b : (int)l->a;
}

/* How large the person is in a row, against standing: from the bones that do not hang on the role; of the knee, which
 * slides along them, from both together; else from what else does not hang on it. */
static double common_scale(const sg_seen_markers *m, int role, const sg_link_base all[SG_MARKER_LINKS], size_t row) {
  double ratio[2][SG_MARKER_LINKS], now = 0.0, before = 0.0;
  size_t count[2] = { 0, 0 }, around = 0;
  for (int k = 0; k < SG_MARKER_LINKS; k++) {
    const sg_marker_link *l = all[k].link;
    if (!l || l->grows || !sg_both_seen(m, l, row)) continue;
    const double distance = sg_seen_apart(m, l->a, l->b, row);
    if ((int)l->a != role && (int)l->b != role) {
      ratio[l->bone][count[l->bone]++] = distance / all[k].distance;
    } else if (l->bone) {
      around++;
      now += distance;
      before += all[k].distance;
    }
  }
  if (around == 2) return now / before;
  const int kind = count[1] > 0;
  return count[kind] > 0 ? sg_median(ratio[kind], count[kind]) : 1.0;
}

/* The distance of a link in a row, of that in standing; 1 where a change of all distances explains it. */
static double ratio_in(const sg_seen_markers *m, int role, const sg_link_base all[SG_MARKER_LINKS],
                       const sg_link_base *base, size_t row) {
  const double ratio = sg_seen_apart(m, base->link->a, base->link->b, row) / base->distance;
  const double scale = common_scale(m, role, all, row);
  if (ratio > 1.0) return fmax(1.0, ratio / fmax(1.0, scale));
  return fmin(1.0, ratio / fmin(1.0, scale));
}

static bool turned_over(const sg_seen_markers *m, const sg_link_base *base, size_t row) {
  const sg_marker_link *l = base->link;
  const double x = m->link_x[l->b][row] - m->link_x[l->a][row], y = m->link_y[l->b][row] - m->link_y[l->a][row];
  return l->upright && x * base->x + y * base->y < TURNED * hypot(x, y) * hypot(base->x, base->y);
}

/* How much a link tells in a row: 0 nothing, 1 that it is off, 2 for certain. */
static int off_in(const sg_seen_markers *m, int role, const sg_link_base all[SG_MARKER_LINKS], const sg_link_base *base,
                  size_t row) {
  if (turned_over(m, base, row)) return 2;
  const double ratio = ratio_in(m, role, all, base, row);
  const sg_marker_link *l = base->link;
  if (!(ratio < l->least || ratio > l->most)) return 0;
  return l->bone || (ratio < FAR_LESS && !l->grows) || ratio > FAR_MORE ? 2 : 1;
}

/* px: how much lower the role is beside its neighbour in row `to` than in row `from`. */
static double sunk(const sg_seen_markers *m, int role, int other, size_t from, size_t to) {
  return m->y[role][to] - m->y[other][to] - m->y[role][from] + m->y[other][from];
}

/* Both seen, `apart_s` or more before `row`; s->rows where there is none. */
static size_t both_before(const sg_seen_markers *m, const sg_marker_link *l, size_t row, double apart_s) {
  for (size_t i = row; i > 0; i--) {
    if (sg_both_seen(m, l, i - 1) && m->s->time[row] - m->s->time[i - 1] >= apart_s) return i - 1;
  }
  return m->s->rows;
}

/* The row from which a link went where it is in row `off`. */
static size_t departure(const sg_seen_markers *m, int role, const sg_link_base all[SG_MARKER_LINKS],
                        const sg_link_base *base, size_t off) {
  const sg_signals *s = m->s;
  size_t row = off;
  for (;;) {
    const size_t earlier = both_before(m, base->link, row, APART_S), before = both_before(m, base->link, row, 0.0);
    if (earlier == s->rows || s->time[off] - s->time[earlier] > SLIDE_S) return row;
    const double now = fabs(ratio_in(m, role, all, base, row) - 1.0);
    const double then = fabs(ratio_in(m, role, all, base, earlier) - 1.0);
    if (!off_in(m, role, all, base, row) && now < STILL_IN + then && now - then < DEPARTS) return row;
    row = before;
  }
}

/*
 * The last row up to `row` in which a marker was at rest: where the spine bends meanwhile, its distances say nothing of
 * when it set out. Not longer ago than a bend takes.
 */
static size_t at_rest(const sg_seen_markers *m, int role, size_t row) {
  const sg_signals *s = m->s;
  size_t now = row;
  while (!sg_seen_in(m, role, now) && now > 0) now--;
  for (size_t then; s->time[row] - s->time[now] <= BEND_S; now = sg_seen_before(m, role, now)) {
    for (then = now; then != s->rows && s->time[now] - s->time[then] < RESTS_S;) then = sg_seen_before(m, role, then);
    if (then == s->rows) break;
    const double way = hypot(m->x[role][now] - m->x[role][then], m->y[role][now] - m->y[role][then]);
    if (way <= RESTS * m->unit * (s->time[now] - s->time[then])) return now;
  }
  return now;
}

/* How a marker ended, and the rows in which the place that it came to is judged. */
typedef struct ending {
  size_t from, to; /* rows [from, to) */
  bool gone;       /* it is not seen again although others are, and may have been off at any time in these rows */
} ending;

/* False where it was never seen. */
static bool find_ending(const sg_seen_markers *m, int role, ending *e) {
  const sg_signals *s = m->s;
  e->from = sg_lies_from(m, role);
  e->to = s->rows;
  while (e->to > 0 && !sg_seen_in(m, role, e->to - 1)) e->to--;
  if (e->to == 0) return false;
  e->gone = e->from == s->rows && s->time[s->rows - 1] - s->time[e->to - 1] >= GONE_S;
  if (e->from != s->rows) return true;
  const double over = e->gone ? SLIDE_S : LAST_S;
  for (e->from = e->to - 1; e->from > 0 && s->time[e->to - 1] - s->time[e->from - 1] <= over;) e->from--;
  return true;
}

/* A stretch of rows in which a link is off. */
typedef struct stretch {
  size_t first, last, rows, certain;
} stretch;

/* The longest without a row in between in which it is not off. */
static stretch longest_off(const sg_seen_markers *m, int role, const sg_link_base all[SG_MARKER_LINKS],
                           const sg_link_base *base, const ending *e) {
  stretch longest = { 0 }, now = { 0 };
  for (size_t i = e->from; i < e->to; i++) {
    if (!sg_both_seen(m, base->link, i)) continue;
    const int tells = off_in(m, role, all, base, i);
    if (!tells) {
      now.rows = 0;
      continue;
    }
    if (now.rows == 0) now = (stretch){ .first = i };
    now.last = i;
    now.rows++;
    now.certain += tells > 1;
    if (now.rows > longest.rows) longest = now;
  }
  return longest;
}

static bool is_seen_after(const sg_seen_markers *m, int role, size_t row) {
  for (size_t i = row; i < m->s->rows; i++) {
    if (sg_seen_in(m, role, i)) return true;
  }
  return false;
}

/* How much a link tells: 0 nothing, 1 that it is off, 2 for certain; *first: the first row in which it is off. */
static int judge(const sg_seen_markers *m, int role, const sg_link_base all[SG_MARKER_LINKS], const sg_link_base *base,
                 const ending *e, size_t *first) {
  const stretch off = longest_off(m, role, all, base, e);
  size_t count = 0;
  for (size_t i = e->from; i < e->to; i++) count += sg_both_seen(m, base->link, i);
  if (off.rows < ROWS || m->s->time[off.last] - m->s->time[off.first] < OFF_S) return 0;
  if (e->gone && !is_seen_after(m, other_of(base->link, role), e->to)) return 0; /* the person went out of sight */
  if (!e->gone && (double)off.rows < OFF_SHARE * (double)count) return 0;
  *first = off.first;
  return off.certain >= ROWS && 2 * off.certain >= off.rows ? 2 : 1;
}

/* The row after which a marker went down beside its neighbour, without a stop, to where it is in row `row`. */
static size_t fell_from(const sg_seen_markers *m, int role, const sg_marker_link *l, size_t row) {
  const sg_signals *s = m->s;
  for (size_t before; (before = both_before(m, l, row, 0.0)) != s->rows; row = before) {
    if (sunk(m, role, other_of(l, role), before, row) < SETS_OUT * m->unit * (s->time[row] - s->time[before])) break;
  }
  return row;
}

/* A marker that is lost on its way down, before it is anywhere that no posture has: it leaves its neighbour faster than
 * a body could move it, downwards, and is not seen again. The row after which it fell; rows where it did not. */
static size_t lost_falling(const sg_seen_markers *m, int role, const sg_link_base all[SG_MARKER_LINKS],
                           const ending *e) {
  const sg_signals *s = m->s;
  for (int k = 0; e->gone && k < SG_MARKER_LINKS; k++) {
    const sg_marker_link *l = all[k].link;
    if (!l || l->grows || ((int)l->a != role && (int)l->b != role) || !is_seen_after(m, other_of(l, role), e->to))
      continue;
    for (size_t i = e->to; i > e->from && s->time[e->to - 1] - s->time[i - 1] <= LATELY_S; i--) {
      if (!sg_both_seen(m, l, i - 1)) continue;
      const size_t before = both_before(m, l, i - 1, FALLS_S);
      if (before == s->rows || s->time[i - 1] - s->time[before] > 2 * FALLS_S + SLIDES_S) continue;
      const double change = ratio_in(m, role, all, &all[k], i - 1) - ratio_in(m, role, all, &all[k], before);
      const double way = fabs(change) * all[k].distance, seconds = s->time[i - 1] - s->time[before];
      const size_t from = fell_from(m, role, l, i - 1);
      if (way > FALLS * m->unit * seconds && sunk(m, role, other_of(l, role), from, i - 1) >= WAY * m->unit) {
        return from;
      }
    }
  }
  return s->rows;
}

/* Whether a distance that tells by growing was at its greatest when it was taken: not of who began bent, nor of a hand.
 */
static bool was_stretched(const sg_link_base all[SG_MARKER_LINKS], const sg_link_base *base) {
  double whole = 0.0;
  if (base->link->a != SAGITTA_SHOULDER || base->link->b != SAGITTA_KNEE) return false;
  for (int k = 0; k < SG_MARKER_LINKS; k++) {
    const sg_marker_link *l = all[k].link;
    if (!l || l->grows) continue;
    if ((l->a == SAGITTA_SHOULDER && l->b == SAGITTA_HIP) || (l->a == SAGITTA_HIP && l->b == SAGITTA_KNEE)) {
      whole += all[k].distance;
    }
  }
  return base->distance >= STRETCHED * whole;
}

void sg_find_slide(sg_seen_markers *m, int role) {
  sg_signals *s = m->s;
  sg_link_base all[SG_MARKER_LINKS] = { { 0 } };
  ending e;
  size_t row = s->rows;
  int tells = 0;
  if (!m->x[role] || !find_ending(m, role, &e)) return;
  for (int k = 0; k < SG_MARKER_LINKS; k++) {
    (void)sg_link_base_take(m, &sg_marker_links[k], e.to, &all[k]);
  }
  for (int k = 0; k < SG_MARKER_LINKS; k++) {
    const sg_marker_link *l = all[k].link;
    size_t first;
    if (!l || ((int)l->a != role && (int)l->b != role)) continue;
    if (l->grows && !was_stretched(all, &all[k])) continue;
    const int told = judge(m, role, all, &all[k], &e, &first);
    if (!told) continue;
    size_t set_out = departure(m, role, all, &all[k], first);
    if (!e.gone && sunk(m, role, other_of(l, role), set_out, first) < DROP * m->unit) continue;
    if (e.gone && s->time[first] - s->time[set_out] < SLIDES_S) continue;
    tells += told;
    if (!l->bone) set_out = at_rest(m, role, set_out);
    if (set_out < row) row = set_out;
  }
  if (tells < 2) row = lost_falling(m, role, all, &e);
  if (row < s->rows) s->fell_row[role] = row + 1;
}
