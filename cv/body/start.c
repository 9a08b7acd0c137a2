/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The choice of the start: quiet upright standing, or whatever quiet posture the test begins in (SCIENCE.md A6a).
 *
 * Every quiet stretch of the recording is a candidate with a score: how close to upright, how long, and whether the
 * first movement has been yet. Never the most extended moment: people reach overhead, arch back, stretch between bends.
 * Where nobody is quiet, the moment that is most like standing is taken, and is in doubt.
 */
#include "body/start.h"

#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/translate.h"

#define QUIET_S      0.4  /* s: so much quiet is a start */
#define QUIET_MOST_S 2.0  /* more of it adds nothing */
#define EARLY_S      0.5  /* what the recording begins with */
#define SPEED_S      0.15 /* on either side */
#define MOMENT_S     0.15 /* on either side of the moment */
#define STILL_DEG_S  4.0
#define STIR_DEG_S   8.0
#define MOMENT_DEG_S 15.0 /* the speed that is as bad for a moment as a standard deviation of posture */
#define AFTER        0.7  /* taken off the score after the first movement … */
#define AFTER_OFTEN  0.35 /* … half of it where the person comes back to that posture … */
#define OFTEN        3    /* … so often in all … */
#define AFTER_LONG   5.0  /* … and where the length alone decides */
#define AS_GOOD      0.1  /* windows of a stretch whose scores differ by less: the earlier one */
#define ALIKE_DEG    4.0  /* stretches that differ by less, in every line and strip, are one posture */
#define STIR_DOUBT   0.3  /* of the whole doubt [J] */
#define BACK_SURE    8.0  /* deg, trunk: who leans back, or … */
#define AHEAD_SURE   11.0 /* … forward, by less stands upright: so do 99 of 100 simulated people; … */
#define LEAN_UNSURE  4.0  /* … by so much more, as well may lean [J] */
#define ARCHED_DEG   12.0 /* trunk behind the thigh's line: an arch, if there is a moment with so much less … */
#define ARCH_LESS    8.0  /* … of it */
#define SINKS_UNITS  0.3  /* thighs: the hip that comes down by so much is in a squat, not over a step */
#define HIDDEN_S     0.4  /* out of sight for so long … */
#define BESIDE_S     0.5  /* … so close to the moment: the start was hidden */

/* What the choice looks at. */
typedef struct {
  const sg_signals *s;
  const sg_opening *opening;
  const sg_posture_limits *limits;
  const sg_rows *rows;
  double half;  /* deg of the lead: beyond it the movement is under way */
  double quiet; /* deg/s: up to which a row is quiet */
  size_t first; /* the row in which it first is */
  sg_start *out;
  size_t room; /* of out->candidate */
} search;

/* ---- rows ---- */

static bool all_known(const search *c, size_t row) {
  return sg_start_known(c->s, c->opening, row);
}

static bool is_shown(const sg_signals *s, const double *angle) {
  if (!angle) return false;
  const sg_extent e = sg_extent_of(angle, s->rows);
  return e.low <= e.high;
}

static void find_speed(const search *c) {
  const sg_signals *s = c->s;
  const double *const turning[] = { c->rows->lead,
                                    c->rows->trunk,
                                    c->rows->thigh,
                                    s->value[SAGITTA_HIP][SG_CHANNEL_AXIS],
                                    s->value[SAGITTA_PELVIS][SG_CHANNEL_AXIS],
                                    s->value[SAGITTA_RIBS][SG_CHANNEL_AXIS] };
  bool shown[sizeof turning / sizeof *turning];
  for (size_t k = 0; k < sizeof turning / sizeof *turning; k++) shown[k] = is_shown(s, turning[k]);
  for (size_t i = 0; i < s->rows; i++) {
    double most = NAN;
    bool all = true;
    for (size_t k = 0; k < sizeof turning / sizeof *turning; k++) {
      const double speed = shown[k] ? fabs(sg_chord_speed(s, turning[k], i, SPEED_S)) : NAN;
      most = fmax(most, speed);
      all = all && (!shown[k] || !isnan(speed));
    }
    /* What a free movement turns is counted from its start, where all of it is seen. */
    c->rows->speed[i] = all || !c->limits->first ? most : NAN;
  }
}

/* Why a row cannot belong to a start; TAKEN where it can. */
static sg_stretch_verdict posture_at(const search *c, size_t i) {
  const sg_posture_limits *l = c->limits;
  if (fabs(c->rows->trunk[i] - l->trunk_at) > l->trunk_deg) return SG_STRETCH_TRUNK;
  if (fabs(c->rows->thigh[i] - l->thigh_at) > l->thigh_deg) return SG_STRETCH_THIGH;
  return c->rows->lead[i] > c->half ? SG_STRETCH_MOVED : SG_STRETCH_TAKEN;
}

static bool fits(const search *c, size_t row) {
  return all_known(c, row) && posture_at(c, row) == SG_STRETCH_TAKEN;
}

/* Half-way from the start's end of the course to its greatest, and when it is first passed. */
static void find_course(search *c) {
  const sg_extent e = sg_extent_of(c->rows->lead, c->s->rows);
  const bool beyond = e.high - c->limits->floor_deg < c->limits->least_deg; /* all of it is below the floor */
  c->half = c->limits->first ? INFINITY : 0.5 * (e.high + (beyond ? e.low : fmax(e.low, c->limits->floor_deg)));
  c->first = 0;
  while (c->first < c->s->rows && !(c->rows->lead[c->first] > c->half)) c->first++;
}

/* ---- candidates ---- */

static double off_upright(const search *c, double trunk, double thigh) {
  const sg_posture_limits *l = c->limits;
  const double a = isnan(trunk) || isinf(l->trunk_sd) ? 0 : (trunk - l->trunk_at) / l->trunk_sd;
  const double b = isnan(thigh) || isinf(l->thigh_sd) ? 0 : (thigh - l->thigh_at) / l->thigh_sd;
  return 0.5 * (a * a + b * b);
}

/* How long rows [from, to) last; a row lasts until the next one. */
static double length_of(const sg_signals *s, size_t from, size_t to) {
  return s->time[to - 1] - s->time[from] + 1 / s->rate;
}

static void describe(const search *c, size_t from, size_t to, sg_start_candidate *out) {
  const sg_rows *r = c->rows;
  *out = (sg_start_candidate){ .from = from, .to = to, .score = NAN, .after = from >= c->first };
  out->trunk = sg_mean(r->trunk, from, to);
  out->thigh = sg_mean(r->thigh, from, to);
  for (size_t i = from; i < to; i++) out->speed = fmax(out->speed, r->speed[i]);
}

/* Cut a long stretch down to the earliest of its best QUIET_MOST_S, by posture. */
static void take_best_part(const search *c, size_t from, size_t to, sg_start_candidate *out) {
  const double *t = c->s->time;
  size_t end = from, taken = from;
  double best = INFINITY;
  for (int pass = 0; pass < 2; pass++) {
    end = from;
    for (size_t i = from; i < to; i++) {
      while (end < to && t[end] - t[i] <= QUIET_MOST_S) end++;
      if (end == to && i > from && t[to - 1] - t[i - 1] <= QUIET_MOST_S) break; /* shorter ones */
      const double off = off_upright(c, sg_mean(c->rows->trunk, i, end), sg_mean(c->rows->thigh, i, end));
      if (pass == 0) {
        best = fmin(best, off);
      } else if (off <= best + AS_GOOD) {
        taken = i;
        break;
      }
    }
  }
  describe(c, taken, end, out);
}

static bool add_stretch(search *c, size_t from, size_t to, sg_stretch_verdict verdict) {
  const double length = length_of(c->s, from, to);
  sg_start *out = c->out;
  if (length < SG_START_SHORTEST_S) return true;
  if (!sg_reserve((void **)&out->candidate, &c->room, out->candidates + 1, sizeof *out->candidate)) return false;
  sg_start_candidate *k = &out->candidate[out->candidates++];
  take_best_part(c, from, to, k);
  k->verdict = verdict;
  if (verdict != SG_STRETCH_TAKEN) return true;
  k->length_s = length;
  k->verdict = length < QUIET_S - 0.5 / c->s->rate ? SG_STRETCH_SHORT : SG_STRETCH_SECOND;
  return true;
}

/* Whether two stretches are the same posture, as when the person comes back to it: lines and strips. */
static bool alike(const search *c, const sg_start_candidate *a, const sg_start_candidate *b) {
  static const sagitta_role strips[] = { SAGITTA_HIP, SAGITTA_PELVIS, SAGITTA_RIBS };
  if (fabs(a->trunk - b->trunk) > ALIKE_DEG || fabs(a->thigh - b->thigh) > ALIKE_DEG) return false;
  for (size_t k = 0; k < sizeof strips / sizeof *strips; k++) {
    const double *axis = c->s->value[strips[k]][SG_CHANNEL_AXIS];
    if (fabs(sg_mean(axis, a->from, a->to) - sg_mean(axis, b->from, b->to)) > ALIKE_DEG) return false;
  }
  return true;
}

/* How often, and for how long in all (s), the person stays in the posture of a stretch: one returns to standing, and
 * not to a reach. */
static int times_alike(const search *c, const sg_start_candidate *one, double *length_s) {
  int times = 0;
  *length_s = 0;
  for (size_t k = 0; k < c->out->candidates; k++) {
    const sg_start_candidate *other = &c->out->candidate[k];
    const bool upright = other->verdict == SG_STRETCH_SECOND || other->verdict == SG_STRETCH_SHORT;
    if (other != one && (!upright || !alike(c, one, other))) continue;
    *length_s += other->length_s;
    times++;
  }
  return times;
}

static double score_of(const search *c, const sg_start_candidate *k) {
  double length_s;
  if (c->limits->first) return -(double)k->from;
  const double off = off_upright(c, k->trunk, k->thigh);
  if (c->limits->longest) return log(k->length_s) - off - AFTER_LONG * k->after;
  const double after = times_alike(c, k, &length_s) < OFTEN ? AFTER : AFTER_OFTEN;
  return log(fmin(QUIET_MOST_S, length_s)) - off - after * k->after;
}

static void give_scores(const search *c) {
  for (size_t k = 0; k < c->out->candidates; k++) {
    sg_start_candidate *i = &c->out->candidate[k];
    if (i->verdict == SG_STRETCH_SECOND) i->score = score_of(c, i);
  }
}

/* All stretches in which nobody turns faster than `speed`; false when memory is short. */
static bool find_stretches(search *c, double speed) {
  const sg_signals *s = c->s;
  c->quiet = speed;
  c->out->candidates = 0;
  for (size_t i = 0; i < s->rows; i++) {
    if (!all_known(c, i) || !(c->rows->speed[i] <= speed)) continue;
    const sg_stretch_verdict verdict = posture_at(c, i);
    size_t k = i + 1;
    while (k < s->rows && all_known(c, k) && c->rows->speed[k] <= speed && posture_at(c, k) == verdict) k++;
    if (!add_stretch(c, i, k, verdict)) return false;
    i = k - 1;
  }
  give_scores(c);
  return true;
}

static sg_start_candidate *best_of(const sg_start *start) {
  sg_start_candidate *best = NULL;
  for (size_t k = 0; k < start->candidates; k++) {
    sg_start_candidate *i = &start->candidate[k];
    if (!isnan(i->score) && (!best || i->score > best->score)) best = i;
  }
  return best;
}

/* ---- where nobody is quiet ---- */

/* The row most like standing; s->rows where none fits. */
static size_t find_moment(const search *c) {
  size_t best = c->s->rows;
  double least = INFINITY;
  for (size_t i = 0; i < c->s->rows; i++) {
    if (!fits(c, i) || isnan(c->rows->speed[i])) continue;
    const double speed = c->rows->speed[i] / MOMENT_DEG_S;
    const double cost = off_upright(c, c->rows->trunk[i], c->rows->thigh[i]) + 0.5 * speed * speed +
                        (c->limits->longest && i >= c->first ? AFTER_LONG : 0);
    if (cost >= least) continue;
    least = cost;
    best = i;
  }
  return best;
}

/* NULL when memory is short. */
static sg_start_candidate *add_moment(search *c, size_t row) {
  const double *t = c->s->time;
  size_t from = row, to = row;
  while (from > 0 && t[row] - t[from - 1] <= MOMENT_S && fits(c, from - 1)) from--;
  while (to < c->s->rows && t[to] - t[row] <= MOMENT_S && fits(c, to)) to++;
  sg_start *out = c->out;
  if (!sg_reserve((void **)&out->candidate, &c->room, out->candidates + 1, sizeof *out->candidate)) return NULL;
  size_t at = out->candidates++;
  for (; at > 0 && out->candidate[at - 1].from > from; at--) out->candidate[at] = out->candidate[at - 1];
  describe(c, from, to, &out->candidate[at]);
  return &out->candidate[at];
}

/* The best stretch is an arch, held: the trunk leans back on the thigh, and it leans less at another moment. */
static bool is_arched(const search *c, const sg_start_candidate *best, size_t moment) {
  if (c->opening->start != SG_START_STANDING || moment == c->s->rows) return false;
  const double off = best->trunk - best->thigh, other = c->rows->trunk[moment] - c->rows->thigh[moment];
  return off < -ARCHED_DEG && other - off > ARCH_LESS;
}

/* px: how high the hip is. */
static double hip_height(const search *c, const sg_start_candidate *k) {
  return -sg_mean(c->s->value[SAGITTA_HIP][SG_CHANNEL_Y], k->from, k->to);
}

/* Nobody steps: a stretch before stands on straight legs, and from there it is a movement, or the hip has come down, as
 * in a squat. */
static bool is_squat(const search *c, const sg_start_candidate *best, bool moving) {
  double unit = 0;
  for (size_t i = best->from; i < best->to; i++) {
    const sg_xy thigh = sg_line(c->s, SAGITTA_HIP, SAGITTA_KNEE, i);
    unit = fmax(unit, hypot(thigh.x, thigh.y));
  }
  for (const sg_start_candidate *k = c->out->candidate; c->opening->start == SG_START_STEPPING && k < best; k++) {
    if (k->verdict != SG_STRETCH_THIGH) continue;
    if (moving || hip_height(c, k) - hip_height(c, best) > SINKS_UNITS * unit) return true;
  }
  return false;
}

/* ---- the choice ---- */

static size_t early_rows(const sg_signals *s) {
  size_t early = 0;
  while (early < s->rows && s->time[early] - s->time[0] < EARLY_S) early++;
  return early;
}

/* Whether a marker was out of sight for long, in rows [from, to), just before or after a row and before the first
 * movement: the person may have stood there. */
static bool hidden_beside(const search *c, size_t row, size_t *from, size_t *to) {
  const double *t = c->s->time;
  for (size_t i = 0; i < c->s->rows; i++) {
    if (all_known(c, i)) continue;
    *from = i;
    while (i + 1 < c->s->rows && !all_known(c, i + 1)) i++;
    *to = i + 1;
    const double away = i < row ? t[row] - t[i] : t[*from] - t[row];
    if (*from < c->first && length_of(c->s, *from, *to) >= HIDDEN_S && away <= BESIDE_S) return true;
  }
  return false;
}

static void take(search *c, sg_start_candidate *k, sg_stillness stillness, double doubt) {
  sg_start *out = c->out;
  k->verdict = SG_STRETCH_TAKEN;
  out->from = k->from;
  out->to = k->to;
  out->stillness = stillness;
  out->doubt = doubt;
}

/* How much of the doubt a quiet stretch deserves for how far it leans: from upright, and on the thigh too, since a
 * camera that is turned leans both alike. */
static double doubt_of_lean(const search *c, const sg_start_candidate *k) {
  const double on_thigh = k->trunk - k->thigh;
  if (c->opening->start != SG_START_STANDING || k->trunk * on_thigh < 0) return 0;
  const double lean = fmin(fabs(k->trunk), fabs(on_thigh)), sure = k->trunk < 0 ? BACK_SURE : AHEAD_SURE;
  return fmin(1, fmax(0, (lean - sure) / LEAN_UNSURE));
}

static sagitta_status short_of_memory(const sg_signals *s, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to analyse %zu frames. Cut the recording shorter.",
                 s->rows);
}

/* No start to count from: one row, for lengths alone. */
static void take_any(const search *c) {
  sg_start *out = c->out;
  while (!all_known(c, out->from)) out->from++;
  out->to = out->from + 1;
  out->stillness = SG_IN_SPACE;
  out->doubt = 0;
}

/* Nobody is quiet, or only in an arch. */
static sagitta_status take_moment(search *c, size_t moment, sagitta_error *error) {
  const sg_signals *s = c->s;
  const size_t early = early_rows(s);
  size_t count = 0, from, to;
  if (c->limits->first) {
    take_any(c);
    return SAGITTA_OK;
  }
  for (size_t i = 0; i < s->rows; i++) count += fits(c, i);
  if (moment < s->rows && hidden_beside(c, moment, &from, &to)) {
    return sg_start_hidden(s, c->opening, from, to, SG_TRANSLATABLE("at the start"), error);
  }
  if (moment == s->rows || (double)count / s->rate < SG_START_SHORTEST_S) {
    for (size_t i = 0; i < early; i++) {
      if (!all_known(c, i)) return sg_start_hidden(s, c->opening, 0, early, SG_TRANSLATABLE("at the start"), error);
    }
    return sg_start_not_upright(s, c->opening, c->rows, early, error);
  }
  if (sg_start_is_another(s, c->opening, early)) return sg_start_not_upright(s, c->opening, c->rows, early, error);
  sg_start_candidate *best = add_moment(c, moment);
  if (!best) return short_of_memory(s, error);
  if (is_squat(c, best, true)) return sg_start_not_upright(s, c->opening, c->rows, early, error);
  take(c, best, SG_MOVING, 1);
  return SAGITTA_OK;
}

static sagitta_status choose(search *c, sagitta_error *error) {
  if (!find_stretches(c, STILL_DEG_S)) return short_of_memory(c->s, error);
  sg_start_candidate *best = best_of(c->out);
  const bool stirring = !best;
  if (stirring && !find_stretches(c, STIR_DEG_S)) return short_of_memory(c->s, error);
  if (stirring) best = best_of(c->out);
  const size_t moment = find_moment(c);
  if (!best) return take_moment(c, moment, error);
  if (is_arched(c, best, moment)) {
    best->verdict = SG_STRETCH_ARCHED;
    return take_moment(c, moment, error);
  }
  if (is_squat(c, best, false)) return sg_start_not_upright(c->s, c->opening, c->rows, early_rows(c->s), error);
  const double leans = doubt_of_lean(c, best);
  take(c, best, stirring ? SG_STIRRING : SG_STILL, fmax(leans, stirring ? STIR_DOUBT : 0));
  c->out->leans = leans > 0;
  return SAGITTA_OK;
}

/* What can be said before there are candidates. */
static sagitta_status refuse_whole(const search *c, double *scratch, sagitta_refusal *why, sagitta_error *error) {
  const sg_signals *s = c->s;
  const sg_extent e = sg_extent_of(c->rows->lead, s->rows);
  bool seen = false;
  for (size_t i = 0; !seen && i < s->rows; i++) seen = all_known(c, i);
  *why = SAGITTA_REFUSED_START_HIDDEN;
  if (!seen) return sg_start_hidden(s, c->opening, 0, s->rows, SG_TRANSLATABLE("the whole time"), error);
  if (c->limits->first) return SAGITTA_OK;
  *why = SAGITTA_REFUSED_START_NONE;
  const sagitta_status status = sg_start_way_up(s, c->opening, c->rows, error);
  if (status) return status;
  if (e.low > e.high) return sg_start_not_upright(s, c->opening, c->rows, early_rows(s), error);
  *why = SAGITTA_REFUSED_START_UNMOVED;
  if (e.high - e.low >= c->limits->least_deg) return SAGITTA_OK;
  return sg_start_unmoved(s, c->opening, e.high - e.low, early_rows(s), scratch, error);
}

sagitta_status sg_start_choose(sg_start *out, const sg_signals *s, const sg_opening *opening, const sg_rows *rows,
                               double *scratch, sagitta_explanation *explanation, sagitta_error *error) {
  search c = { .s = s, .opening = opening, .limits = sg_start_limits(opening), .rows = rows, .out = out };
  sagitta_refusal why;
  *out = (sg_start){ .candidate = NULL };
  out->right = sg_facing_find(s, opening, rows, scratch);
  sagitta_status status = refuse_whole(&c, scratch, &why, error);
  if (status) {
    sg_start_explain_all(explanation, s, why);
    return status;
  }
  find_speed(&c);
  find_course(&c);
  status = choose(&c, error);
  sg_start_explain(explanation, s, opening, rows, out, c.quiet);
  if (status) {
    free(out->candidate);
    out->candidate = NULL;
    out->candidates = 0;
  }
  return status;
}
