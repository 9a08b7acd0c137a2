/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Labels that change places where two markers nearly touch: then neither leaps, and only what comes after tells it.
 * From the touch on the distances that a body keeps are no longer kept, and would be kept if the two labels were
 * exchanged. Where both stay together to the end it cannot be told, and matters to nothing.
 */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "body/marker_faults.h"

#define TOUCH   0.25 /* thighs: so near the two come at least */
#define APART   0.4  /* thighs: so far they are when it is judged */
#define AFTER_S 3.0  /* after the touch, or up to the next one, and as long before it: the rows that are judged */
#define ROWS    5    /* of them, at least, */
#define WRONG   0.7  /* … so many of which fit better with the labels exchanged */
#define RIGHT   0.2  /* and of those before the touch no more than so many */
#define FITS    0.03 /* of the logarithms of ratios that are beyond their limits: the labels fit */
#define MARGIN  0.15 /* … and the other way they do not, by so much */

/* A marker's place in a row, with the labels a and b exchanged where `exchanged`. */
typedef struct reading {
  const sg_seen_markers *m;
  int a, b;
  bool exchanged;
} reading;

static int read_as(const reading *r, int role) {
  if (!r->exchanged) return role;
  return role == r->a ? r->b : role == r->b ? r->a : role;
}

/* How far a ratio of distances is out of the link's limits, as a logarithm; 0 within them. */
static double beyond(const sg_marker_link *l, double ratio) {
  if (ratio > l->most) return log(ratio / l->most);
  return !l->grows && ratio < l->least ? log(l->least / fmax(ratio, 1e-3)) : 0.0;
}

/* How badly all links fit in a row; NAN where none is seen. */
static double misfit(const reading *r, const sg_link_base base[SG_MARKER_LINKS], size_t row) {
  double sum = 0.0;
  size_t count = 0;
  for (int k = 0; k < SG_MARKER_LINKS; k++) {
    const sg_marker_link *l = base[k].link;
    if (!l || l->a == SAGITTA_HAND) continue; /* an arm that was folded in standing reaches far later */
    const int a = read_as(r, (int)l->a), b = read_as(r, (int)l->b);
    if (!sg_seen_in(r->m, a, row) || !sg_seen_in(r->m, b, row)) continue;
    sum += beyond(l, sg_seen_apart(r->m, (sagitta_role)a, (sagitta_role)b, row) / base[k].distance);
    count++;
  }
  return count > 0 ? sum : (double)NAN;
}

/* Rows in which both are seen and apart, and fit better one way than the other; in how many of them exchanged. */
typedef struct tally {
  size_t rows, wrong;
} tally;

static void count_row(const sg_seen_markers *m, const sg_link_base base[SG_MARKER_LINKS], int a, int b, size_t row,
                      tally *t) {
  const reading as_is = { m, a, b, false }, exchanged = { m, a, b, true };
  const double distance = sg_seen_apart(m, (sagitta_role)a, (sagitta_role)b, row);
  if (!(distance > APART * m->unit)) return;
  const double before = misfit(&as_is, base, row), after = misfit(&exchanged, base, row);
  if (isnan(before) || isnan(after)) return;
  const bool wrong = after < FITS && before > after + MARGIN, right = before < FITS && after > before + MARGIN;
  t->rows += wrong || right;
  t->wrong += wrong;
}

static bool touching(const sg_seen_markers *m, int a, int b, size_t row) {
  return sg_seen_in(m, a, row) && sg_seen_in(m, b, row) &&
         sg_seen_apart(m, (sagitta_role)a, (sagitta_role)b, row) < TOUCH * m->unit;
}

/* Whether the labels are right before rows [from, to), in which the two touch, and exchanged after them. */
static bool exchanged_by(const sg_seen_markers *m, const sg_link_base base[SG_MARKER_LINKS], int a, int b, size_t from,
                         size_t to) {
  const sg_signals *s = m->s;
  tally before = { 0, 0 }, after = { 0, 0 };
  for (size_t i = from; i > 0 && s->time[from] - s->time[i - 1] <= AFTER_S && !touching(m, a, b, i - 1); i--) {
    count_row(m, base, a, b, i - 1, &before);
  }
  for (size_t i = to; i < s->rows && s->time[i] - s->time[to - 1] <= AFTER_S && !touching(m, a, b, i); i++) {
    count_row(m, base, a, b, i, &after);
  }
  return after.rows >= ROWS && (double)after.wrong >= WRONG * (double)after.rows && before.rows >= ROWS &&
         (double)before.wrong <= RIGHT * (double)before.rows;
}

/* The row in which the touch begins during which two labels are first exchanged: when in it they are cannot be told.
 * Rows in which one of them is out of sight do not end a touch. */
static size_t first_of(const sg_seen_markers *m, const sg_link_base base[SG_MARKER_LINKS], int a, int b) {
  const size_t rows = m->s->rows;
  for (size_t i = 0; i < rows; i++) {
    if (!touching(m, a, b, i)) continue;
    size_t last = i;
    for (size_t k = i; k < rows; k++) {
      if (touching(m, a, b, k))
        last = k;
      else if (sg_seen_in(m, a, k) && sg_seen_in(m, b, k))
        break;
    }
    if (exchanged_by(m, base, a, b, i, last + 1)) return i;
    i = last;
  }
  return rows;
}

size_t sg_find_exchange_in_touch(const sg_seen_markers *m, unsigned *roles) {
  sg_link_base base[SG_MARKER_LINKS];
  size_t first = m->s->rows;
  for (int k = 0; k < SG_MARKER_LINKS; k++) (void)sg_link_base_take(m, &sg_marker_links[k], m->s->rows, &base[k]);
  for (int a = 0; a < SAGITTA_RULER0; a++) {
    for (int b = a + 1; b < SAGITTA_RULER0; b++) {
      if (!m->x[a] || !m->x[b]) continue;
      const size_t row = first_of(m, base, a, b);
      if (row >= first) continue;
      first = row;
      *roles = 1u << a | 1u << b;
    }
  }
  return first;
}
