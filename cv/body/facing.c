/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which way the person faces, and the course of the movement: the one angle (deg) that grows from its start to its end
 * range, its `lead`. Each kind of start has its own; a free movement has none, and tells the shank there.
 *
 * Sitting and lying, the legs point the way. Standing, the bend does: a trunk that leans by more than nobody arches
 * back leans forward. Where neither side goes so far, the hips and the knees tell a bend from an arch: in an arch the
 * hips are pushed far forward for so small a lean, and the knees seem to bend the wrong way when it is taken for a
 * bend. The turn of the trunk alone is the weakest cue: people arch back by more than a small bend.
 */
#include <math.h>

#include "body/start.h"

#define ARCH_MOST_DEG 50.0 /* trunk from upright: nobody bends back further */
#define SIDE_LEAST    8.0  /* deg: a smaller lean to one side says nothing */
#define NEAR_DEEPEST  0.75 /* of the deepest lean on a side: the rows that are looked at */
#define UPRIGHT_DEG   6.0  /* trunk: rows that tell how thigh and shank stand */
#define BACK_KNEE_DEG 6.0  /* a knee that seems to bend the wrong way by so much is half the evidence of an arch, … */
#define BACK_THIGH    0.3 /* … so is a thigh that turns back by this for each degree of the trunk: bends have 0.085 */
#define MOST_EVIDENCE 2.0
#define DEPTH_DEG     15.0 /* of lean more on one side than on the other, worth as much as 1 of that evidence */
#define STEP_DEG      15.0 /* thigh: a foot is on a step, and the knee ahead of the hip */
#define RISEN_DEG     20.0 /* thigh, beyond what its posture may be off: the rows of another posture */
#define LYING_DEG     50.0 /* trunk from upright */

static void negate(double *v, size_t n) {
  for (size_t i = 0; i < n; i++) v[i] = -v[i];
}

/* ---- standing ---- */

/* What speaks for it that the lean to one side is an arch: 0 none, 1 as good as sure. */
typedef struct {
  double deepest; /* deg, >= 0 */
  double arch;
} side;

/* Mean of v over the rows where `sign` × lean is in [low, high]; NAN where there are none. */
static double mean_where(const double *v, const double *lean, size_t n, double sign, double low, double high) {
  double sum = 0, count = 0;
  for (size_t i = 0; i < n; i++) {
    if (isnan(v[i]) || !(sign * lean[i] >= low && sign * lean[i] <= high)) continue;
    sum += v[i];
    count += 1;
  }
  return sum / count;
}

static double or_zero(double v) {
  return isnan(v) ? 0 : v;
}

static side look_at(const sg_rows *r, const double *knee, size_t n, double sign, double deepest) {
  side out = { fmax(0, deepest), 0 };
  if (deepest < SIDE_LEAST) return out;
  const double low = NEAR_DEEPEST * deepest;
  const double thigh = sign * (mean_where(r->thigh, r->trunk, n, sign, low, INFINITY) -
                               or_zero(mean_where(r->thigh, r->trunk, n, 1, -UPRIGHT_DEG, UPRIGHT_DEG)));
  const double flexed = sign * (mean_where(knee, r->trunk, n, sign, low, INFINITY) -
                                or_zero(mean_where(knee, r->trunk, n, 1, -UPRIGHT_DEG, UPRIGHT_DEG)));
  const double evidence = -or_zero(flexed) / BACK_KNEE_DEG - or_zero(thigh) / deepest / BACK_THIGH;
  out.arch = fmin(MOST_EVIDENCE, fmax(-MOST_EVIDENCE, evidence));
  return out;
}

/* A foot on a step: the knee is ahead. How many rows say right, less those that say left. */
static double steps_right(const sg_rows *r, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++) {
    if (fabs(r->trunk[i]) < ARCH_MOST_DEG && fabs(r->thigh[i]) > STEP_DEG) sum += r->thigh[i] < 0 ? 1 : -1;
  }
  return sum / (double)n;
}

/* `knee`: its flexion in every row, were the person facing right. */
static bool bends_right(const sg_rows *r, const double *knee, size_t n, const sg_opening *opening) {
  const sg_extent e = sg_extent_of(r->trunk, n);
  if (opening->start == SG_START_STEPPING) {
    const double steps = steps_right(r, n);
    if (fabs(steps) > 0.25) return steps > 0;
  }
  if (fmax(e.high, -e.low) > ARCH_MOST_DEG) return e.high >= -e.low;
  const side right = look_at(r, knee, n, 1, e.high), left = look_at(r, knee, n, -1, -e.low);
  return (right.deepest - left.deepest) / DEPTH_DEG - right.arch + left.arch >= 0;
}

/* Flexion of the knee were the person facing right, NAN without an ankle. */
static void knee_rows(const sg_signals *s, const double *thigh, double *knee) {
  for (size_t i = 0; i < s->rows; i++) {
    const sg_xy shank = sg_line(s, SAGITTA_ANKLE, SAGITTA_KNEE, i);
    knee[i] = isnan(shank.x) ? NAN : sg_nearest_turn(sg_lean(shank) - thigh[i], 0);
  }
}

/* ---- sitting and lying ---- */

/* How far to the right a line points, over all rows: in lengths of it. */
static double rightward(const sg_signals *s, sagitta_role from, sagitta_role to) {
  double sum = 0;
  for (size_t i = 0; i < s->rows; i++) {
    const sg_xy p = sg_line(s, from, to, i);
    if (!isnan(p.x) && fabs(p.x) > 0.5 * fabs(p.y)) sum += p.x / fmax(1e-9, hypot(p.x, p.y));
  }
  return sum;
}

/* The knee straightens: minus its flexion. */
static void knee_lead(const sg_signals *s, bool right, double *lead) {
  double last = -90;
  for (size_t i = 0; i < s->rows; i++) {
    const double shank = sg_lean(sg_line(s, SAGITTA_ANKLE, SAGITTA_KNEE, i));
    const double thigh = sg_lean(sg_line(s, SAGITTA_KNEE, SAGITTA_HIP, i));
    lead[i] = sg_nearest_turn(right ? thigh - shank : shank - thigh, last);
    if (!isnan(lead[i])) last = lead[i];
  }
}

/* ---- the rows ---- */

static void lean_facing(const sg_signals *s, sagitta_role from, sagitta_role to, bool right, double reference,
                        double *out) {
  sg_lean_rows(s, from, to, right ? reference : -reference, out);
  if (!right) negate(out, s->rows);
}

/* Rows in which the legs are not where this kind of start has them belong to another posture, and not to the course. */
static void keep_posture(const sg_signals *s, const sg_opening *o, const sg_rows *r) {
  const sg_posture_limits *limits = sg_start_limits(o);
  for (size_t i = 0; i < s->rows; i++) {
    const bool lies = o->start == SG_START_LYING || o->start == SG_START_LYING_90;
    if (lies && fabs(r->trunk[i]) < LYING_DEG) r->lead[i] = NAN;
    /* The leg that is raised may be anywhere. */
    if (o->start == SG_START_LYING) continue;
    if (fabs(r->thigh[i] - limits->thigh_at) > limits->thigh_deg + RISEN_DEG) r->lead[i] = NAN;
  }
}

bool sg_facing_find(const sg_signals *s, const sg_opening *o, const sg_rows *r, double *scratch) {
  const size_t n = s->rows;
  bool right;
  switch (o->start) {
    case SG_START_LONG_SITTING:
    case SG_START_LYING:
      right = rightward(s, SAGITTA_HIP, SAGITTA_KNEE) >= 0;
      break;
    case SG_START_LYING_90:
      right = rightward(s, SAGITTA_KNEE, SAGITTA_ANKLE) >= 0;
      break;
    case SG_START_FREE:
      right = sg_facing_free(s, scratch);
      break;
    default:
      lean_facing(s, SAGITTA_HIP, SAGITTA_SHOULDER, true, 0, r->trunk);
      lean_facing(s, SAGITTA_KNEE, SAGITTA_HIP, true, 0, r->thigh);
      knee_rows(s, r->thigh, scratch);
      right = bends_right(r, scratch, n, o);
  }
  const sg_posture_limits *limits = sg_start_limits(o);
  lean_facing(s, SAGITTA_HIP, SAGITTA_SHOULDER, right, limits->trunk_at, r->trunk);
  lean_facing(s, SAGITTA_KNEE, SAGITTA_HIP, right, limits->thigh_at, r->thigh);
  if (o->start == SG_START_LYING_90) {
    knee_lead(s, right, r->lead);
  } else if (o->start == SG_START_FREE) {
    lean_facing(s, SAGITTA_ANKLE, SAGITTA_KNEE, right, 0, r->lead);
  } else {
    for (size_t i = 0; i < n; i++) r->lead[i] = o->start == SG_START_LYING ? r->thigh[i] : r->trunk[i];
  }
  if (o->start == SG_START_LYING) {
    for (size_t i = 0; i < n; i++) r->lead[i] = -r->lead[i];
  }
  if (!limits->upright) keep_posture(s, o, r);
  return right;
}
