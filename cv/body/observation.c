/* SPDX-License-Identifier: Apache-2.0 */
/* What the body model is given at one instant, and the same as another camera would have shown it. */
#include "body/model.h"

#include <math.h>
#include <string.h>

#include "body/geometry.h"

static sg_xy in_units(sg_xy p, double unit) {
  return (sg_xy){ p.x / unit, p.y / unit };
}

static void compare(const sg_motion *m, const sg_places *start, const sg_places *now, sg_observation *out) {
  const double sign = m->right ? 1 : -1;
  const sagitta_role pelvis = sg_signals_pelvis(m->signals);
  const sg_xy knee = sg_from_hip(m, start, SAGITTA_KNEE), shoulder = sg_from_hip(m, now, SAGITTA_SHOULDER);
  const double unit = hypot(knee.x, knee.y);
  out->start_knee = in_units(knee, unit);
  out->start_shoulder = in_units(sg_from_hip(m, start, SAGITTA_SHOULDER), unit);
  out->shoulder = in_units(shoulder, unit);
  out->knee = in_units(sg_from_hip(m, now, SAGITTA_KNEE), unit);
  out->trunk_deg = sg_nearest_turn(sg_lean(out->shoulder) - sg_lean(out->start_shoulder), out->trunk_deg);
  out->pelvis_deg = sign * (now->axis[pelvis] - start->axis[pelvis]);
  out->ribs_deg = sign * (now->axis[SAGITTA_RIBS] - start->axis[SAGITTA_RIBS]);
}

void sg_observation_disturbed(const sg_motion *m, size_t from, size_t to, const sg_observation *observation,
                              sg_observation disturbed[SG_VIEW_ERRORS][2]) {
  sg_places now, moved;
  sg_find_places(m->signals, from, to, &now);
  for (int e = 0; e < SG_VIEW_ERRORS; e++) {
    for (int up = 0; up < 2; up++) {
      sg_move_places(m, &now, (sg_view_error)e, up ? 1 : -1, &moved);
      disturbed[e][up] = *observation;
      compare(m, &m->start_disturbed[e][up], &moved, &disturbed[e][up]);
    }
  }
}

/* How two cameras differ about a point now, less what they differ about it at the start, turned with the line to it. */
static sg_xy left_over(const sg_xy *start_a, const sg_xy *start_b, const sg_xy *now_a, const sg_xy *now_b) {
  const double turn = (sg_lean(*now_b) - sg_lean(*start_b)) * SG_RADIANS, c = cos(turn), s = sin(turn);
  const double x = start_a->x - start_b->x, y = start_a->y - start_b->y;
  return (sg_xy){ now_a->x - now_b->x - (c * x + s * y), now_a->y - now_b->y - (c * y - s * x) };
}

static double point_variance(sg_xy down, sg_xy up) {
  return 0.5 * (sg_effect_variance(down.x, up.x) + sg_effect_variance(down.y, up.y));
}

/* What the camera may do to each thing that is seen, beyond noise. */
static void find_camera(sg_observation *out, sg_observation disturbed[SG_VIEW_ERRORS][2]) {
  double shoulder = 0, knee = 0, pelvis = 0, ribs = 0;
  for (int e = 0; e < SG_VIEW_ERRORS; e++) {
    if (e == SG_VIEW_ROLL) continue; /* turns everything alike */
    sg_xy s[2], k[2];
    for (int up = 0; up < 2; up++) {
      const sg_observation *d = &disturbed[e][up];
      s[up] = left_over(&d->start_shoulder, &out->start_shoulder, &d->shoulder, &out->shoulder);
      k[up] = left_over(&d->start_knee, &out->start_knee, &d->knee, &out->knee);
    }
    shoulder += point_variance(s[0], s[1]);
    knee += point_variance(k[0], k[1]);
    pelvis +=
        sg_effect_variance(disturbed[e][0].pelvis_deg - out->pelvis_deg, disturbed[e][1].pelvis_deg - out->pelvis_deg);
    ribs += sg_effect_variance(disturbed[e][0].ribs_deg - out->ribs_deg, disturbed[e][1].ribs_deg - out->ribs_deg);
  }
  out->shoulder_camera = sqrt(shoulder);
  out->knee_camera = isnan(knee) ? 0 : sqrt(knee);
  out->pelvis_camera_deg = isnan(pelvis) ? 0 : sqrt(pelvis);
  out->ribs_camera_deg = isnan(ribs) ? 0 : sqrt(ribs);
}

bool sg_observation_of(const sg_motion *m, size_t from, size_t to, sg_observation *out) {
  const sg_signals *s = m->signals;
  const bool strip = s->set == SAGITTA_SET_STRIP;
  sg_places now;
  memset(out, 0, sizeof *out);
  sg_find_places(m->signals, from, to, &now);
  out->trunk_deg = sg_mean(m->trunk, from, to);
  compare(m, &m->start, &now, out);
  out->has_knee = !isnan(out->knee.x);
  out->has_pelvis = !isnan(out->pelvis_deg);
  out->has_ribs = !isnan(out->ribs_deg);
  out->hip_on_pelvis = strip;
  out->doubt = m->start_doubt;
  out->seated = m->seated;
  out->free_thigh = m->opening.free_thigh;
  out->guided = m->opening.guided;
  out->points = s->points;
  out->point_noise = (s->sigma[SAGITTA_SHOULDER] + s->sigma[SAGITTA_HIP] + s->sigma[SAGITTA_KNEE]) / 3 / m->unit_px;
  out->pelvis_noise_deg = s->axis_sigma[strip ? SAGITTA_HIP : SAGITTA_PELVIS];
  out->ribs_noise_deg = s->axis_sigma[SAGITTA_RIBS];
  if (isnan(out->shoulder.x) || isnan(out->trunk_deg)) return false;
  sg_observation disturbed[SG_VIEW_ERRORS][2];
  sg_observation_disturbed(m, from, to, out, disturbed);
  const double doubt = m->view.spread[SG_VIEW_YAW] / sg_view_priors[SG_VIEW_YAW].spread;
  out->yaw_known = 1 - doubt * doubt;
  out->across = m->across;
  find_camera(out, disturbed);
  return true;
}

/* ---- without a model ---- */

static void measure(const sg_observation *seen, double value[SG_QUANTITIES]) {
  const double pelvis = seen->has_pelvis ? sg_lengthened(seen->pelvis_deg, seen->across) : NAN;
  const double ribs = seen->has_ribs ? sg_lengthened(seen->ribs_deg, seen->across) : NAN;
  const sg_xy up = { -seen->knee.x, -seen->knee.y }, start = { -seen->start_knee.x, -seen->start_knee.y };
  const double thigh = seen->has_knee && seen->has_pelvis ? remainder(sg_lean(up) - sg_lean(start), 360.0) : NAN;
  const double hinge = pelvis - thigh, lumbar = ribs - pelvis;
  value[SG_Q_PELVIS] = pelvis;
  value[SG_Q_RIBS] = ribs;
  value[SG_Q_HINGE] = hinge;
  value[SG_Q_LUMBAR] = lumbar;
  value[SG_Q_SHARE] = sg_share(lumbar, hinge);
  value[SG_Q_THIGH] = thigh;
}

/* Squared: what noise does to each. */
static void add_noise(const sg_observation *seen, const double value[SG_QUANTITIES], double sum[SG_QUANTITIES]) {
  const double pelvis = pow(seen->pelvis_noise_deg, 2), ribs = pow(seen->ribs_noise_deg, 2);
  const double thigh = 2 * pow(seen->point_noise / SG_RADIANS, 2);
  const double share = value[SG_Q_SHARE], total = value[SG_Q_HINGE] + value[SG_Q_LUMBAR];
  sum[SG_Q_PELVIS] += pelvis;
  sum[SG_Q_RIBS] += ribs;
  sum[SG_Q_HINGE] += pelvis + thigh;
  sum[SG_Q_LUMBAR] += ribs + pelvis;
  /* share = (ribs − pelvis) / (ribs − thigh) */
  sum[SG_Q_SHARE] += (pelvis + (1 - share) * (1 - share) * ribs + share * share * thigh) / fmax(total * total, 1.0);
  sum[SG_Q_THIGH] += thigh;
}

void sg_measure_directly(const sg_observation *seen, const sg_observation (*disturbed)[2], size_t errors,
                         sg_direct *out) {
  double sum[SG_QUANTITIES] = { 0 };
  measure(seen, out->value);
  add_noise(seen, out->value, sum);
  for (size_t e = 0; disturbed && e < errors; e++) {
    double down[SG_QUANTITIES], up[SG_QUANTITIES];
    measure(&disturbed[e][0], down);
    measure(&disturbed[e][1], up);
    for (int q = 0; q < SG_QUANTITIES; q++) {
      const double linear = 0.5 * (up[q] - down[q]), even = 0.5 * (up[q] + down[q]) - out->value[q];
      sum[q] += linear * linear + 3 * even * even;
    }
  }
  for (int q = 0; q < SG_QUANTITIES; q++) out->camera[q] = sqrt(sum[q]);
}

void sg_prefer_direct(const sg_direct *direct, sg_estimate estimate[SG_QUANTITIES]) {
  for (int q = 0; q < SG_QUANTITIES; q++) {
    sg_estimate *e = &estimate[q];
    if (isnan(direct->value[q])) continue;
    e->value = direct->value[q];
    e->camera = direct->camera[q];
    e->low = fmin(e->low, e->value);
    e->high = fmax(e->high, e->value);
  }
}
