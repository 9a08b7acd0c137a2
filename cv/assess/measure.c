/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "assess/measure.h"

#define NORMAL     1.959964
#define LOW_RATE   15.0 /* frames/s: below there is no speed */
#define PHASE_DEG  30.0
#define PHASES     3
#define ALIKE      0.9  /* correlation of the person's errors at neighbouring moments [J] */
#define SKIN_SPEED 0.02 /* of a speed: skin sliding over a whole bend [J] */
#define ONSET_S    0.2

static sagitta_quantity quantity(double value, double low, double high, double camera, bool inferred) {
  sagitta_quantity q = { .known = !isnan(value), .value = value, .low = low, .high = high, .inferred = inferred };
  q.camera_low = fmax(low, value - NORMAL * camera);
  q.camera_high = fmin(high, value + NORMAL * camera);
  return q;
}

static sagitta_quantity estimated(const sg_estimate *e, bool inferred) {
  return quantity(e->value, e->low, e->high, e->camera, inferred);
}

static sagitta_quantity plain(double value, sg_line_error error) {
  return quantity(value, value - NORMAL * error.person, value + NORMAL * error.person, error.camera, false);
}

static double mean_difference(const double *a, const double *b, size_t from, size_t to) {
  double sum = 0, count = 0;
  for (size_t i = from; i < to; i++) {
    if (isnan(a[i]) || isnan(b[i])) continue;
    sum += a[i] - b[i];
    count += 1;
  }
  return sum / count;
}

bool sg_measure_bend(const sg_motion *m, const sg_bend *b, sg_sampler *sampler, sagitta_repetition *out,
                     sg_measured *measured) {
  static const sg_spread whole = { 1, 1 };
  const double *t = m->signals->time;
  out->start_s = t[b->start];
  out->end_range_s = t[b->end_range];
  out->end_s = t[b->end];
  out->hold_s = b->hold_s;
  sg_sighting seen;
  if (b->lost || !sg_motion_sighting(m, b->from, b->to, &seen) || !seen.has_knee) return false;
  sg_scene scene;
  sg_fit fit;
  sg_estimate estimate[SG_QUANTITIES];
  sg_scene_prepare(&scene, &seen, &whole);
  sg_fit_posture(&fit, &scene, NULL);
  sg_fit_camera(&fit, &scene);
  sg_sample(sampler, &scene, &fit, estimate);
  sg_shape_of(&fit, estimate, seen.trunk_deg, measured->shape);
  measured->misfit = fit.misfit;
  measured->thigh = estimate[SG_Q_THIGH].value;

  const bool both = seen.has_pelvis && seen.has_ribs;
  out->hip_hinge = estimated(&estimate[SG_Q_HINGE], !seen.has_pelvis);
  out->pelvic_rotation = estimated(&estimate[SG_Q_PELVIS], !seen.has_pelvis);
  out->lumbar_flexion = estimated(&estimate[SG_Q_LUMBAR], !both);
  out->lumbar_share = estimated(&estimate[SG_Q_SHARE], !both);
  out->trunk_thigh = plain(mean_difference(m->trunk, m->thigh, b->from, b->to), sg_trunk_thigh_error(m, b->end_range));
  out->knee_flexion = plain(mean_difference(m->shank, m->thigh, b->from, b->to), sg_knee_error(m, b->end_range));
  return true;
}

/* A row and the part of the way to the next one. */
typedef struct {
  size_t row;
  double part;
} crossing;

static double total_at(const sg_angles *a, size_t row) {
  return a->value[SAGITTA_ANGLE_HIP_HINGE][row] + a->value[SAGITTA_ANGLE_LUMBAR_FLEXION][row];
}

/* Where hinge + lumbar first passes `deg` on the way down. */
static bool find_crossing(const sg_angles *a, const sg_bend *b, double deg, crossing *out) {
  for (size_t i = b->start; i < b->end_range; i++) {
    const double now = total_at(a, i), next = total_at(a, i + 1);
    if (!(now <= deg && next > deg)) continue;
    *out = (crossing){ i, (deg - now) / (next - now) };
    return true;
  }
  return false;
}

static double at(const double *v, crossing c) {
  return v[c.row] + c.part * (v[c.row + 1] - v[c.row]);
}

static void find_phases(const sg_angles *a, const sg_bend *b, sagitta_repetition *out) {
  const double *lumbar = a->value[SAGITTA_ANGLE_LUMBAR_FLEXION], *spread = a->spread[SAGITTA_ANGLE_LUMBAR_FLEXION];
  const double *low = a->low[SAGITTA_ANGLE_LUMBAR_FLEXION], *high = a->high[SAGITTA_ANGLE_LUMBAR_FLEXION];
  crossing last, next;
  out->phase_count = 0;
  if (!find_crossing(a, b, 0, &last)) last = (crossing){ b->start, 0 };
  for (int k = 1; k <= PHASES; k++) {
    if (!find_crossing(a, b, PHASE_DEG * k, &next)) break;
    const double total = PHASE_DEG * k - (at(a->value[SAGITTA_ANGLE_HIP_HINGE], last) + at(lumbar, last));
    const double share = (at(lumbar, next) - at(lumbar, last)) / total;
    const double s0 = at(spread, last), s1 = at(spread, next);
    const double error = sqrt(s0 * s0 + s1 * s1 - 2 * ALIKE * s0 * s1) / total;
    /* The error at the later moment gives the interval its skew. */
    const double below = (at(lumbar, next) - at(low, next)) / s1, above = (at(high, next) - at(lumbar, next)) / s1;
    const double camera = out->lumbar_share.known && out->hip_hinge.known
                              ? (out->lumbar_flexion.camera_high - out->lumbar_flexion.value) / NORMAL / total
                              : 0;
    sagitta_phase *phase = &out->phase[out->phase_count++];
    phase->from_deg = PHASE_DEG * (k - 1);
    phase->to_deg = PHASE_DEG * k;
    phase->lumbar_share =
        quantity(share, share - below * error, share + above * error, camera, out->lumbar_flexion.inferred);
    last = next;
  }
}

/* Standard error (s) of an onset: the angle's spread shortly after it over how fast the angle then grows. */
static double onset_error(const sg_motion *m, const sg_angles *a, sagitta_angle angle, double onset) {
  const double *t = m->signals->time, *v = a->value[angle];
  size_t i = 0;
  while (i + 1 < m->rows && t[i] < onset) i++;
  size_t k = i;
  while (k + 1 < m->rows && t[k] - t[i] < ONSET_S) k++;
  const double speed = (v[k] - v[i]) / (t[k] - t[i]);
  const double skin = a->spread[angle][k] * sg_growth(m->trunk[k]);
  return speed > 0 ? skin / speed : 0;
}

static void find_lag(const sg_motion *m, const sg_angles *a, const sg_bend *b, sagitta_repetition *out) {
  if (out->hip_hinge.inferred || !out->hip_hinge.known) return;
  const double hips = sg_onset(m, a->value[SAGITTA_ANGLE_HIP_HINGE], b);
  const double back = sg_onset(m, a->value[SAGITTA_ANGLE_LUMBAR_FLEXION], b);
  if (isnan(hips) || isnan(back)) return;
  const double frame = 1 / m->signals->rate;
  const double person = hypot(frame, hypot(onset_error(m, a, SAGITTA_ANGLE_HIP_HINGE, hips),
                                           onset_error(m, a, SAGITTA_ANGLE_LUMBAR_FLEXION, back)));
  const double lag = hips - back;
  out->hip_lag =
      quantity(lag, lag - NORMAL * person, lag + NORMAL * person, frame / NORMAL, out->lumbar_flexion.inferred);
}

static void find_speed(const sg_motion *m, const sg_bend *b, sagitta_repetition *out) {
  const sg_signals *s = m->signals;
  if (s->rate < LOW_RATE || !(b->peak_speed > 0)) return;
  const double length = hypot(m->start_shoulder.x, m->start_shoulder.y) * m->unit_px;
  const double noise = hypot(s->sigma[SAGITTA_SHOULDER], s->sigma[SAGITTA_HIP]) / length * 57.29577951308232;
  const double camera = noise * s->cutoff * 2;
  const double person = hypot(camera, SKIN_SPEED * b->peak_speed);
  out->peak_velocity =
      quantity(b->peak_speed, b->peak_speed - NORMAL * person, b->peak_speed + NORMAL * person, camera, false);
}

void sg_measure_course(const sg_motion *m, const sg_angles *a, const sg_bend *b, sagitta_repetition *out) {
  find_phases(a, b, out);
  find_lag(m, a, b, out);
  find_speed(m, b, out);
}
