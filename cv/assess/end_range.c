/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/assess.h"

#include <math.h>
#include <string.h>

#include "base/math.h"

#define ALONG       0.8   /* cosine: ruler marks that lie along the direction of the reach, or plumb to it, define it */
#define LYING_TRUNK -90.0 /* deg: the trunk of a lying person, facing right */

/* What the functions that measure have in common. Each fills quantities of `out`, and is false where it cannot. */
typedef struct {
  const sg_motion *m;
  const sg_bounds *b;
  const sg_scale *scale;
  sg_sampler *sampler;
  sagitta_repetition *out;
  sg_end_range *end;
} measuring;

static sagitta_quantity estimated(const sg_estimate *e, bool inferred) {
  return sg_quantity_of(e->value, e->low, e->high, e->camera, inferred);
}

/* From standard errors. */
static sagitta_quantity quantity(double value, double person, double camera, bool inferred) {
  return sg_quantity_of(value, value - SG_NORMAL * person, value + SG_NORMAL * person, camera, inferred);
}

static sagitta_quantity without_model(double value, sg_line_angle error) {
  return quantity(value, error.person, error.camera, false);
}

static bool has_strip(const sg_motion *m, sagitta_role role) {
  return m->signals->value[role][SG_CHANNEL_AXIS] != NULL;
}

/* ---- the posture, by the planar body ---- */

/* The mean of a − b over rows [from, to) that know both; NAN where none does. */
static double mean_difference(const double *a, const double *b, size_t from, size_t to) {
  double sum = 0, count = 0;
  for (size_t i = from; i < to; i++) {
    if (isnan(a[i]) || isnan(b[i])) continue;
    sum += a[i] - b[i];
    count += 1;
  }
  return sum / count;
}

/* The share of the two angles that stand beside it, so that who divides them finds it: the mean of a quotient is not
 * the quotient of the means. */
static sg_estimate share_of_both(const sg_posture_estimate *posture) {
  sg_estimate share = posture->of[SG_Q_SHARE];
  const double both = sg_share(posture->of[SG_Q_LUMBAR].value, posture->of[SG_Q_HINGE].value);
  share.value = fmin(fmax(both, share.low), share.high);
  return share;
}

static bool measure_posture(const measuring *f) {
  const sg_motion *m = f->m;
  const sg_bounds *b = f->b;
  sagitta_repetition *out = f->out;
  sg_posture_estimate posture;
  if (!sg_estimate_posture(m, b->from, b->to, f->sampler, &posture)) return false;
  memcpy(f->end->shape, posture.shape, sizeof f->end->shape);
  f->end->misfit = posture.misfit;
  f->end->thigh = posture.thigh_deg;
  f->end->usual_lumbar = posture.usual_lumbar;
  f->end->usual_spread = posture.usual_spread;

  const bool pelvis = posture.has_pelvis, both = pelvis && posture.has_ribs;
  out->hip_hinge = estimated(&posture.of[SG_Q_HINGE], !pelvis);
  out->pelvic_rotation = estimated(&posture.of[SG_Q_PELVIS], !pelvis);
  out->lumbar_flexion = estimated(&posture.of[SG_Q_LUMBAR], !both);
  const sg_estimate share = share_of_both(&posture);
  out->lumbar_share = estimated(&share, !both);
  out->trunk_thigh =
      without_model(mean_difference(m->trunk, m->thigh, b->from, b->to), sg_trunk_thigh(m, b->end_range));
  out->knee_flexion =
      without_model(mean_difference(m->shank, m->thigh, b->from, b->to), sg_knee_flexion(m, b->end_range));
  return true;
}

/* ---- the reach ---- */

static bool sits(const sg_motion *m) {
  return m->opening.start == SG_START_LONG_SITTING;
}

/* The direction in which reach is counted, of length 1, plane px with y down: in sitting along the legs away from the
 * body, else down. The line of the two ruler marks, or what is plumb to it, where that is near. */
static sg_xy direction_of(const sg_motion *m, const sg_scale *scale) {
  const double roll = m->roll * SG_RADIANS * (m->right ? 1 : -1);
  const sg_xy down = { -sin(roll), cos(roll) }, level = { m->right ? 1 : -1, 0 };
  const sg_xy direction = sits(m) ? level : down;
  if (!scale->has_mark[0] || !scale->has_mark[1]) return direction;
  sg_xy marks = { scale->mark[1][0] - scale->mark[0][0], scale->mark[1][1] - scale->mark[0][1] };
  const double length = hypot(marks.x, marks.y);
  marks = (sg_xy){ marks.x / length, marks.y / length };
  const double along = marks.x * direction.x + marks.y * direction.y;
  if (fabs(along) >= ALONG) return along > 0 ? marks : (sg_xy){ -marks.x, -marks.y };
  /* Across it: what is plumb to the marks is the direction. */
  const sg_xy plumb = { -marks.y, marks.x };
  const double across = plumb.x * direction.x + plumb.y * direction.y;
  if (fabs(across) < ALONG) return direction;
  return across > 0 ? plumb : (sg_xy){ -plumb.x, -plumb.y };
}

/*
 * The hand's mean place over rows [from, to), in cm beyond the soles: from sitting along the legs, from standing
 * downwards. Zero is the mark ruler0; without it, the soles are estimated from the ankle. Unknown where hand, scale or
 * zero are.
 */
static sagitta_quantity reach_of(const sg_motion *m, const sg_scale *scale, size_t from, size_t to) {
  const sg_signals *s = m->signals;
  const bool estimated = !scale->has_mark[0];
  double hand[2], zero[2] = { scale->mark[0][0], scale->mark[0][1] };
  if (!scale->known || sg_mean_place(s, SAGITTA_HAND, from, to, hand) == 0) return SG_UNKNOWN_QUANTITY;
  if (estimated && sg_mean_place(s, SAGITTA_ANKLE, from, to, zero) == 0) return SG_UNKNOWN_QUANTITY;
  const sg_xy direction = direction_of(m, scale);
  const double sole = estimated ? sg_priors[SG_SOLE].value : 0;
  const double px = (hand[0] - zero[0]) * direction.x + (hand[1] - zero[1]) * direction.y;
  const double reach = px * scale->cm_per_px - sole;
  const double off_axis =
      fabs((hand[0] - m->view.middle[0]) * direction.x + (hand[1] - m->view.middle[1]) * direction.y);
  const double noise = hypot(s->sigma[SAGITTA_HAND], s->sigma[estimated ? SAGITTA_ANKLE : SAGITTA_RULER0]);
  const double parallax = sg_priors[SG_HAND_DEPTH].spread * off_axis * scale->cm_per_px;
  const double scaled = scale->share_sd * px * scale->cm_per_px;
  const bool rough = scale->from == SAGITTA_SCALE_STATURE;
  const double camera = sqrt(pow(noise * scale->cm_per_px, 2) + parallax * parallax + (rough ? 0 : scaled * scaled));
  double person = hypot(sg_priors[SG_FINGERTIP].spread, rough ? scaled : 0);
  if (estimated) {
    const double off = sg_point_error_of(s->points, SAGITTA_ANKLE).placement;
    person = hypot(person, hypot(sg_priors[SG_SOLE].spread, off));
    if (sits(m)) person = hypot(person, sg_priors[SG_SOLE_TURNED].spread);
  } else {
    person = hypot(person, sg_priors[SG_RULER_MARK].spread);
  }
  const double error = hypot(camera, person);
  return quantity(reach, error, camera, rough || estimated);
}

static bool measure_reach(const measuring *f) {
  f->out->reach = reach_of(f->m, f->scale, f->b->from, f->b->to);
  return true;
}

/* The reach is positive downwards, the height over the floor upwards. */
static bool measure_floor(const measuring *f) {
  sagitta_quantity q = reach_of(f->m, f->scale, f->b->from, f->b->to);
  f->out->fingertip_to_floor =
      (sagitta_quantity){ q.known, -q.value, -q.high, -q.low, -q.camera_high, -q.camera_low, q.inferred };
  return true;
}

/* ---- legs and strips, by plain geometry ---- */

static bool measure_leg(const measuring *f) {
  const sg_motion *m = f->m;
  const size_t from = f->b->from, to = f->b->to, start = m->start_row, start_end = m->start_row + m->start_rows;
  const double growth = sg_growth(-m->thigh[f->b->end_range]);
  const sg_line_angle thigh = sg_line_turn(m, SAGITTA_KNEE, SAGITTA_HIP, from, to, growth);
  const sg_line_angle knee = sg_line_corner(m, SAGITTA_HIP, SAGITTA_KNEE, SAGITTA_ANKLE, from, to, growth, 0);
  const sg_line_angle before = sg_line_corner(m, SAGITTA_HIP, SAGITTA_KNEE, SAGITTA_ANKLE, start, start_end, 0, 0);
  if (isnan(thigh.value)) return false;
  f->out->leg_raise = quantity(-thigh.value, thigh.person, thigh.camera, false);
  f->out->knee_flexion = quantity(knee.value - before.value, knee.person, knee.camera, false);
  f->end->thigh = thigh.value;
  if (!has_strip(m, sg_signals_pelvis(m->signals))) return true;
  const sg_line_angle pelvis = sg_strip_turn(m, sg_signals_pelvis(m->signals), from, to, growth);
  f->out->pelvic_rotation = quantity(pelvis.value, pelvis.person, pelvis.camera, false);
  f->out->hip_hinge = quantity(pelvis.value - thigh.value, hypot(pelvis.person, thigh.person),
                               hypot(pelvis.camera, thigh.camera), false);
  return true;
}

static bool measure_angle(const measuring *f) {
  const sg_motion *m = f->m;
  const double growth = sg_growth(m->shank[f->b->end_range] - m->thigh[f->b->end_range]);
  const sg_line_angle knee =
      sg_line_corner(m, SAGITTA_HIP, SAGITTA_KNEE, SAGITTA_ANKLE, f->b->from, f->b->to, growth, 1);
  f->out->knee_angle = quantity(knee.value, knee.person, knee.camera, false);
  return true;
}

static bool measure_knee(const measuring *f) {
  const sg_motion *m = f->m;
  const size_t from = f->b->from, to = f->b->to;
  const sg_line_angle hip = sg_line_corner(m, SAGITTA_KNEE, SAGITTA_HIP, SAGITTA_SHOULDER, from, to, 0, 1);
  const sg_line_angle thigh = sg_line_tilt(m, SAGITTA_KNEE, SAGITTA_HIP, from, to);
  if (!measure_angle(f) || !f->out->knee_angle.known) return false;
  if (!isnan(hip.value)) {
    f->out->hip_angle = quantity(hip.value, hip.person, hip.camera, false);
  } else {
    const double angle = remainder(LYING_TRUNK - thigh.value - 90, 360) + 90;
    f->out->hip_angle = quantity(angle, hypot(thigh.person, sg_priors[SG_LEVEL_TRUNK].spread), thigh.camera, true);
  }
  return true;
}

static bool measure_tilt(const measuring *f) {
  const sg_motion *m = f->m;
  sagitta_quantity *const out[] = { &f->out->pelvis_tilt, &f->out->ribs_tilt };
  const sagitta_role roles[] = { sg_signals_pelvis(m->signals), SAGITTA_RIBS };
  bool any = false;
  for (int k = 0; k < 2; k++) {
    if (!has_strip(m, roles[k])) continue;
    const sg_line_angle tilt = sg_strip_tilt(m, roles[k], f->b->from, f->b->to);
    *out[k] = quantity(tilt.value, tilt.person, tilt.camera, false);
    any = any || out[k]->known;
  }
  return any;
}

/* ---- all that a test measures ---- */

/* What is counted from the room and not from another part of the body, where it is not known how the camera stood. */
static void withhold(sagitta_repetition *out) {
  out->pelvic_rotation = out->reach = out->fingertip_to_floor = out->leg_raise = SG_UNKNOWN_QUANTITY;
  out->pelvis_tilt = out->ribs_tilt = SG_UNKNOWN_QUANTITY;
}

bool sg_measure_end_range(const sg_motion *m, const sg_bounds *b, const sg_test *test, const sg_scale *scale,
                          sg_sampler *sampler, sagitta_repetition *out, sg_end_range *end) {
  static const struct {
    sg_measurement which;
    bool (*measure)(const measuring *f);
  } measurements[] = {
    { SG_MEASURE_POSTURE, measure_posture }, { SG_MEASURE_REACH, measure_reach }, { SG_MEASURE_FLOOR, measure_floor },
    { SG_MEASURE_LEG, measure_leg },         { SG_MEASURE_KNEE, measure_knee },   { SG_MEASURE_TILT, measure_tilt },
    { SG_MEASURE_ANGLE, measure_angle },
  };
  const measuring f = { m, b, scale, sampler, out, end };
  const double *t = m->signals->time;
  out->start_s = t[b->start];
  out->end_range_s = t[b->end_range];
  out->end_s = t[b->end];
  out->hold_s = b->hold_s;
  memset(end, 0, sizeof *end);
  if (b->lost) return false;
  for (size_t k = 0; k < sizeof measurements / sizeof *measurements; k++) {
    if ((test->measured & (unsigned)measurements[k].which) && !measurements[k].measure(&f)) return false;
  }
  if (sg_camera_is_lost(m->signals, m->start_row, m->start_row + m->start_rows) ||
      sg_camera_is_lost(m->signals, b->from, b->to))
    withhold(out);
  return true;
}
