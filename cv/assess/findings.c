/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "assess/findings.h"
#include "result/quantity.h"
#include "assess/reach.h"
#include "base/math.h"

#define LYING_TRUNK -90.0 /* deg: the trunk of a lying person, facing right */
#define HOLD_DEG_S  10.0  /* whoever moves faster does not hold */
#define HIPS_SHARE  0.4   /* lumbar share up to which the hips do the bending: METHOD.md 10 */

/* What finding functions have in common. */
typedef struct {
  const sg_motion *m;
  const sg_bend *b;
  const sg_rules *rules;
  const sg_scale *scale;
  sg_sampler *sampler;
  sagitta_repetition *out;
  sg_measured *measured;
} finding;

static sagitta_quantity quantity(double value, double person, double camera, bool inferred) {
  return sg_quantity_of(value, value - SG_NORMAL * person, value + SG_NORMAL * person, camera, inferred);
}

static sagitta_role pelvis_of(const sg_motion *m) {
  return m->signals->set == SAGITTA_SET_STRIP ? SAGITTA_HIP : SAGITTA_PELVIS;
}

static bool has_strip(const sg_motion *m, sagitta_role role) {
  return m->signals->value[role][SG_CHANNEL_AXIS] != NULL;
}

static bool find_posture(const finding *f) {
  return sg_measure_bend(f->m, f->b, f->sampler, f->out, f->measured);
}

static bool find_reach(const finding *f) {
  f->out->reach = sg_reach(f->m, f->scale, f->b->from, f->b->to);
  return true;
}

/* Up is the other way round. */
static bool find_floor(const finding *f) {
  sagitta_quantity q = sg_reach(f->m, f->scale, f->b->from, f->b->to);
  f->out->fingertip_to_floor =
      (sagitta_quantity){ q.known, -q.value, -q.high, -q.low, -q.camera_high, -q.camera_low, q.inferred };
  return true;
}

static bool find_leg(const finding *f) {
  const sg_motion *m = f->m;
  const size_t from = f->b->from, to = f->b->to, start = m->start_row, start_end = m->start_row + m->start_rows;
  const double growth = sg_growth(-m->thigh[f->b->end_range]);
  const sg_line_angle thigh = sg_line_turn(m, SAGITTA_KNEE, SAGITTA_HIP, from, to, growth);
  const sg_line_angle knee = sg_line_corner(m, SAGITTA_HIP, SAGITTA_KNEE, SAGITTA_ANKLE, from, to, growth, 0);
  const sg_line_angle before = sg_line_corner(m, SAGITTA_HIP, SAGITTA_KNEE, SAGITTA_ANKLE, start, start_end, 0, 0);
  if (isnan(thigh.value)) return false;
  f->out->leg_raise = quantity(-thigh.value, thigh.person, thigh.camera, false);
  f->out->knee_flexion = quantity(knee.value - before.value, knee.person, knee.camera, false);
  f->measured->thigh = thigh.value;
  if (!has_strip(m, pelvis_of(m))) return true;
  const sg_line_angle pelvis = sg_strip_turn(m, pelvis_of(m), from, to, growth);
  f->out->pelvic_rotation = quantity(pelvis.value, pelvis.person, pelvis.camera, false);
  f->out->hip_hinge = quantity(pelvis.value - thigh.value, hypot(pelvis.person, thigh.person),
                               hypot(pelvis.camera, thigh.camera), false);
  return true;
}

static bool find_angle(const finding *f) {
  const sg_motion *m = f->m;
  const double growth = sg_growth(m->shank[f->b->end_range] - m->thigh[f->b->end_range]);
  const sg_line_angle knee =
      sg_line_corner(m, SAGITTA_HIP, SAGITTA_KNEE, SAGITTA_ANKLE, f->b->from, f->b->to, growth, 1);
  f->out->knee_angle = quantity(knee.value, knee.person, knee.camera, false);
  return true;
}

static bool find_knee(const finding *f) {
  const sg_motion *m = f->m;
  const size_t from = f->b->from, to = f->b->to;
  const sg_line_angle hip = sg_line_corner(m, SAGITTA_KNEE, SAGITTA_HIP, SAGITTA_SHOULDER, from, to, 0, 1);
  const sg_line_angle thigh = sg_line_tilt(m, SAGITTA_KNEE, SAGITTA_HIP, from, to);
  if (!find_angle(f) || !f->out->knee_angle.known) return false;
  if (!isnan(hip.value)) {
    f->out->hip_angle = quantity(hip.value, hip.person, hip.camera, false);
  } else {
    const double angle = remainder(LYING_TRUNK - thigh.value - 90, 360) + 90;
    f->out->hip_angle = quantity(angle, hypot(thigh.person, sg_priors[SG_LEVEL_TRUNK].spread), thigh.camera, true);
  }
  return true;
}

static bool find_tilt(const finding *f) {
  const sg_motion *m = f->m;
  sagitta_quantity *const out[] = { &f->out->pelvis_tilt, &f->out->ribs_tilt };
  const sagitta_role roles[] = { pelvis_of(m), SAGITTA_RIBS };
  bool any = false;
  for (int k = 0; k < 2; k++) {
    if (!has_strip(m, roles[k])) continue;
    const sg_line_angle tilt = sg_strip_tilt(m, roles[k], f->b->from, f->b->to);
    *out[k] = quantity(tilt.value, tilt.person, tilt.camera, false);
    any = any || out[k]->known;
  }
  return any;
}

bool sg_find(const sg_motion *m, const sg_bend *b, const sg_rules *rules, const sg_scale *scale, sg_sampler *sampler,
             sagitta_repetition *out, sg_measured *measured) {
  static const struct {
    sg_finding which;
    bool (*find)(const finding *f);
  } finders[] = {
    { SG_FIND_POSTURE, find_posture }, { SG_FIND_REACH, find_reach }, { SG_FIND_FLOOR, find_floor },
    { SG_FIND_LEG, find_leg },         { SG_FIND_KNEE, find_knee },   { SG_FIND_TILT, find_tilt },
    { SG_FIND_ANGLE, find_angle },
  };
  const finding f = { m, b, rules, scale, sampler, out, measured };
  const double *t = m->signals->time;
  out->start_s = t[b->start];
  out->end_range_s = t[b->end_range];
  out->end_s = t[b->end];
  out->hold_s = b->hold_s;
  memset(measured, 0, sizeof *measured);
  if (b->lost) return false;
  for (size_t k = 0; k < sizeof finders / sizeof *finders; k++) {
    if ((rules->findings & (unsigned)finders[k].which) && !finders[k].find(&f)) return false;
  }
  return true;
}

/* ---- the supported stretch ---- */

typedef struct {
  double value, low, high;
} band;

static band band_at(const sg_angles *a, sagitta_angle angle, size_t row) {
  return (band){ a->value[angle][row], a->low[angle][row], a->high[angle][row] };
}

static bool holds(double hinge, double lumbar, double lumbar_other, const sg_rules *rules) {
  const double limit = rules->neutral_deg, most = HIPS_SHARE / (1 - HIPS_SHARE) * hinge;
  return hinge >= rules->hinge_deg && lumbar <= fmin(limit, most) && lumbar_other >= -limit;
}

void sg_find_hold(const sg_motion *m, const sg_angles *a, const sg_bend *b, const sg_rules *rules,
                  sagitta_repetition *out, double *rounded_s) {
  const double *t = m->signals->time;
  double held = 0, surely = 0, perhaps = 0;
  *rounded_s = 0;
  for (size_t i = b->start; i < b->end; i++) {
    const double span = t[i + 1] - t[i], speed = fabs(sg_turning(m->signals, m->trunk, i));
    const band h = band_at(a, SAGITTA_ANGLE_HIP_HINGE, i), l = band_at(a, SAGITTA_ANGLE_LUMBAR_FLEXION, i);
    if (isnan(h.value) || isnan(l.value)) {
      perhaps += m->trunk[i] >= rules->hinge_deg || isnan(m->trunk[i]) ? span : 0;
      continue;
    }
    if (speed > HOLD_DEG_S) continue;
    if (holds(h.value, l.value, l.value, rules)) held += span;
    if (holds(h.low, l.high, l.low, rules)) surely += span;
    if (holds(h.high, l.low, l.high, rules)) perhaps += span;
    if (h.value >= rules->hinge_deg && fabs(l.value) > rules->neutral_deg) *rounded_s += span;
  }
  const bool both = has_strip(m, SAGITTA_RIBS) && has_strip(m, pelvis_of(m));
  const double frame = 1 / m->signals->rate; /* at either end */
  out->neutral_hold =
      sg_quantity_of(held, fmax(0, fmin(surely, held) - frame), fmax(perhaps, held) + frame, frame / SG_NORMAL, !both);
}
