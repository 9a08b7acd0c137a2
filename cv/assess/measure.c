/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "assess/measure.h"
#include "result/quantity.h"
#include "base/math.h"

static sagitta_quantity estimated(const sg_estimate *e, bool inferred) {
  return sg_quantity_of(e->value, e->low, e->high, e->camera, inferred);
}

static sagitta_quantity plain(double value, sg_line_angle error) {
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
  sg_posture_estimate posture;
  if (b->lost || !sg_estimate_posture(m, b->from, b->to, sampler, &posture)) return false;
  memcpy(measured->shape, posture.shape, sizeof measured->shape);
  measured->misfit = posture.misfit;
  measured->thigh = posture.thigh_deg;

  const bool pelvis = posture.has_pelvis, both = pelvis && posture.has_ribs;
  out->hip_hinge = estimated(&posture.of[SG_Q_HINGE], !pelvis);
  out->pelvic_rotation = estimated(&posture.of[SG_Q_PELVIS], !pelvis);
  out->lumbar_flexion = estimated(&posture.of[SG_Q_LUMBAR], !both);
  out->lumbar_share = estimated(&posture.of[SG_Q_SHARE], !both);
  out->trunk_thigh = plain(mean_difference(m->trunk, m->thigh, b->from, b->to), sg_trunk_thigh(m, b->end_range));
  out->knee_flexion = plain(mean_difference(m->shank, m->thigh, b->from, b->to), sg_knee_flexion(m, b->end_range));
  return true;
}
