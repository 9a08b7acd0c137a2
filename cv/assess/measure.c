/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "assess/measure.h"
#include "result/quantity.h"
#include "body/plain.h"
#include "base/math.h"

static sagitta_quantity estimated(const sg_estimate *e, bool inferred) {
  return sg_quantity_of(e->value, e->low, e->high, e->camera, inferred);
}

static sagitta_quantity plain(double value, sg_line_error error) {
  return sg_quantity_of(value, value - SG_NORMAL * error.person, value + SG_NORMAL * error.person, error.camera, false);
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
  sg_sighting seen;
  if (b->lost || !sg_motion_sighting(m, b->from, b->to, &seen) || !seen.has_knee) return false;
  sg_scene scene;
  sg_fit fit;
  sg_estimate estimate[SG_QUANTITIES];
  sg_scene_prepare(&scene, &seen, &whole);
  sg_fit_posture(&fit, &scene, NULL);
  sg_sighting disturbed[SG_VIEW_ERRORS][2];
  sg_motion_disturbed(m, b->from, b->to, &seen, disturbed);
  sg_fit_camera(&fit, &scene, &whole, disturbed, SG_VIEW_ERRORS);
  sg_sample(sampler, &scene, &fit, estimate);
  sg_shape_of(&fit, estimate, seen.trunk_deg, measured->shape);
  sg_plain plainly;
  sg_plain_geometry(&seen, disturbed, SG_VIEW_ERRORS, &plainly);
  sg_prefer_plain(&plainly, estimate);
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
