/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The choice of the start. A movement is followed by the one angle (deg) that grows from its start to its end range,
 * its `lead`; each kind of start has its own, and its own way to tell which side the person faces. The start is the
 * earliest quiet stretch where the lead is near its least; where nobody is quiet, the moment of the least lead before
 * the first large movement.
 */
#include "body/start.h"

#include <math.h>

#include "base/translate.h"

#define STILL_S       0.5  /* s: so much quiet is a start */
#define STILL_MOST_S  2.0  /* s: more of it adds nothing */
#define STILL_SPEED   4.0  /* deg/s of the lead */
#define NEAR_DEG      10.0 /* above the least lead still counts as the start … */
#define NEAR_SHARE    0.12 /* … or this fraction of the whole movement */
#define SHORT_START_S 0.15 /* s to either side of the least moment */
#define BENDS_DEG     15.0 /* a movement is at least so large … */
#define SITS_DEG      8.0  /* … one that begins sitting, */
#define EXTENDS_DEG   10.0 /* … the knee's */

/* What the choice looks at. */
typedef struct {
  const sg_signals *s;
  const sg_opening *opening;
  const double *lead;               /* of every row, deg; NAN = unknown */
  sg_extent extent;                 /* of the lead */
  sagitta_explanation *explanation; /* NULL = none */
} search;

/* ---- the lead of each kind of start; each returns whether the person faces right ---- */

static void negate(double *v, size_t n) {
  for (size_t i = 0; i < n; i++) v[i] = -v[i];
}

/* How far to the right a line points, over all rows: in lengths of it. */
static double rightward(const sg_signals *s, sagitta_role from, sagitta_role to) {
  double sum = 0;
  for (size_t i = 0; i < s->rows; i++) {
    const sg_xy p = sg_line(s, from, to, i);
    if (!isnan(p.x)) sum += p.x / fmax(1e-9, hypot(p.x, p.y));
  }
  return sum;
}

/* A bend from upright is forward: the side of the greater turn is the side the person faces. */
static bool lead_of_bend(const sg_signals *s, double *lead) {
  sg_lean_rows(s, SAGITTA_HIP, SAGITTA_SHOULDER, 0, lead);
  const sg_extent e = sg_extent_of(lead, s->rows);
  const bool right = e.high >= -e.low;
  if (!right) negate(lead, s->rows);
  return right;
}

static bool lead_of_sitting(const sg_signals *s, double *lead) {
  const bool right = rightward(s, SAGITTA_HIP, SAGITTA_KNEE) >= 0;
  sg_lean_rows(s, SAGITTA_HIP, SAGITTA_SHOULDER, 0, lead);
  if (!right) negate(lead, s->rows);
  return right;
}

static bool lead_of_leg(const sg_signals *s, double *lead) {
  const bool right = rightward(s, SAGITTA_HIP, SAGITTA_KNEE) >= 0;
  sg_lean_rows(s, SAGITTA_KNEE, SAGITTA_HIP, right ? -90 : 90, lead);
  if (right) negate(lead, s->rows);
  return right;
}

/* The knee straightens: minus its flexion. */
static bool lead_of_knee(const sg_signals *s, double *lead) {
  const bool right = rightward(s, SAGITTA_KNEE, SAGITTA_ANKLE) >= 0;
  double last = -90;
  for (size_t i = 0; i < s->rows; i++) {
    const double shank = sg_lean(sg_line(s, SAGITTA_ANKLE, SAGITTA_KNEE, i));
    const double thigh = sg_lean(sg_line(s, SAGITTA_KNEE, SAGITTA_HIP, i));
    lead[i] = sg_nearest_turn(right ? thigh - shank : shank - thigh, last);
    if (!isnan(lead[i])) last = lead[i];
  }
  return right;
}

static const struct {
  bool (*lead)(const sg_signals *s, double *lead);
  double least_deg; /* that the lead changes by in a movement */
  bool upright;     /* the shoulder is above the hip */
} kinds[SG_STARTS] = {
  [SG_START_STANDING] = { lead_of_bend, BENDS_DEG, true },
  [SG_START_STEPPING] = { lead_of_bend, BENDS_DEG, true },
  [SG_START_LONG_SITTING] = { lead_of_sitting, SITS_DEG, false },
  [SG_START_LYING] = { lead_of_leg, BENDS_DEG, false },
  [SG_START_LYING_90] = { lead_of_knee, EXTENDS_DEG, false },
};

/* ---- the rows ---- */

static bool all_known(const search *c, size_t row) {
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    /* The hand may still be on its way into the picture. */
    if (role == SAGITTA_HAND || !sg_start_needs(c->opening, role)) continue;
    if (!sg_signals_known(c->s, (sagitta_role)role, row)) return false;
  }
  return true;
}

/* Up to which lead, deg, a row is near its least. */
static double near_least(const search *c) {
  return c->extent.low + fmax(NEAR_DEG, NEAR_SHARE * (c->extent.high - c->extent.low));
}

/* Tell of rows [from, to). */
static void explain(const search *c, size_t from, size_t to, bool fallback, sagitta_refusal refused) {
  if (!c->explanation || from >= to) return;
  double angle = 0, speed = 0;
  for (size_t i = from; i < to; i++) {
    angle += c->lead[i];
    speed += fabs(sg_turning(c->s, c->lead, i));
  }
  const double rows = (double)(to - from);
  const sagitta_explained_start row = { .from_s = c->s->time[from],
                                        .to_s = c->s->time[to - 1],
                                        .angle_deg = angle / rows,
                                        .least_deg = c->extent.low,
                                        .most_deg = c->extent.high,
                                        .limit_deg = near_least(c),
                                        .speed_deg_s = speed / rows,
                                        .fallback = fallback,
                                        .refused = refused,
                                        .chosen = !refused };
  sg_explanation_add_start(c->explanation, &row);
}

/* Why a row is not quiet at the start; NOT = it is. */
static sagitta_refusal judge_row(const search *c, size_t row) {
  if (!all_known(c, row)) return SAGITTA_REFUSED_START_HIDDEN;
  if (!(c->lead[row] <= near_least(c))) return SAGITTA_REFUSED_START_FAR;
  if (!(fabs(sg_turning(c->s, c->lead, row)) <= STILL_SPEED)) return SAGITTA_REFUSED_START_MOVING;
  return SAGITTA_REFUSED_NOT;
}

/* Stillness that no movement follows is no start. */
static bool moves_after(const search *c, size_t row) {
  for (; row < c->s->rows; row++) {
    if (c->lead[row] > c->extent.low + 0.5 * (c->extent.high - c->extent.low)) return true;
  }
  return false;
}

/* The earliest quiet stretch at the start's end of the lead; false when there is none. */
static bool find_still(const search *c, sg_start *out) {
  const sg_signals *s = c->s;
  const double *t = s->time;
  size_t k;
  for (size_t i = 0; i < s->rows; i = k) {
    const sagitta_refusal row = judge_row(c, i);
    for (k = i + 1; k < s->rows && (row || t[k] - t[i] <= STILL_MOST_S) && judge_row(c, k) == row;) k++;
    const bool lasts = k > i + 1 && t[k - 1] - t[i] >= STILL_S - 1.5 / s->rate;
    if (row || !lasts) {
      explain(c, i, k, false, row ? row : SAGITTA_REFUSED_START_SHORT);
      continue;
    }
    out->from = i;
    out->to = k;
    const bool followed = c->opening->quiet || moves_after(c, k);
    explain(c, i, k, false, followed ? SAGITTA_REFUSED_NOT : SAGITTA_REFUSED_START_IDLE);
    return followed;
  }
  return false;
}

/* The least moment before the first large movement: second best where nobody was still. */
static bool find_moment(const search *c, sg_start *out) {
  const double *t = c->s->time, low = c->extent.low, range = c->extent.high - low, deep = low + 0.5 * range;
  const size_t rows = c->s->rows;
  size_t best = rows;
  for (size_t i = 0; i < rows; i++) {
    if (isnan(c->lead[i]) || !all_known(c, i)) continue;
    if (best < rows && c->lead[i] > deep && c->lead[best] < low + NEAR_DEG + NEAR_SHARE * range) break;
    if (best == rows || c->lead[i] < c->lead[best]) best = i;
  }
  if (best == rows) return false;
  out->from = out->to = best;
  while (out->from > 0 && t[best] - t[out->from - 1] <= SHORT_START_S && all_known(c, out->from - 1)) out->from--;
  while (out->to < rows && t[out->to] - t[best] <= SHORT_START_S && all_known(c, out->to)) out->to++;
  explain(c, out->from, out->to, true, SAGITTA_REFUSED_NOT);
  return true;
}

static size_t early_rows(const sg_signals *s) {
  size_t early = 0;
  while (early < s->rows && s->time[early] - s->time[0] < STILL_S) early++;
  return early;
}

sagitta_status sg_start_choose(sg_start *out, const sg_signals *s, const sg_opening *opening, double *scratch,
                               sagitta_explanation *explanation, sagitta_error *error) {
  search c = { .s = s, .opening = opening, .lead = scratch, .explanation = explanation };
  out->right = kinds[opening->start].lead(s, scratch);
  c.extent = sg_extent_of(scratch, s->rows);
  if (c.extent.low > c.extent.high) {
    explain(&c, 0, s->rows, false, SAGITTA_REFUSED_START_HIDDEN);
    return sg_start_hidden(s, opening, 0, s->rows, SG_TRANSLATABLE("the whole time"), error);
  }
  if (kinds[opening->start].upright) {
    const sagitta_status status = sg_start_upright(s, scratch, error);
    if (status) return status;
  }
  const double range = c.extent.high - c.extent.low;
  const size_t early = early_rows(s);
  if (range < kinds[opening->start].least_deg) {
    explain(&c, 0, s->rows, false, SAGITTA_REFUSED_START_UNMOVED);
    return sg_start_unmoved(s, opening, range, early, scratch, error);
  }
  out->still = find_still(&c, out);
  bool seen_early = true;
  for (size_t i = 0; i < early; i++) seen_early = seen_early && all_known(&c, i);
  if (!out->still && (!seen_early || !find_moment(&c, out))) {
    explain(&c, 0, seen_early ? s->rows : early, true, SAGITTA_REFUSED_START_HIDDEN);
    return sg_start_hidden(s, opening, 0, seen_early ? s->rows : early, SG_TRANSLATABLE("at the start"), error);
  }
  return SAGITTA_OK;
}
