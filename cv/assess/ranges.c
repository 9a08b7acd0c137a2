/* SPDX-License-Identifier: Apache-2.0 */
/* Of each angle of a free movement the least and the greatest value. */
#include <math.h>

#include "assess/assess.h"

/* Whether strips show the angle, or lines do. */
static bool is_measured(const sg_motion *m, sagitta_angle angle) {
  const sg_signals *s = m->signals;
  const bool pelvis = s->value[sg_signals_pelvis(s)][SG_CHANNEL_AXIS], ribs = s->value[SAGITTA_RIBS][SG_CHANNEL_AXIS];
  switch (angle) {
    case SAGITTA_ANGLE_PELVIC_ROTATION:
    case SAGITTA_ANGLE_HIP_HINGE:
      return pelvis;
    case SAGITTA_ANGLE_RIBS_ROTATION:
      return ribs;
    case SAGITTA_ANGLE_LUMBAR_FLEXION:
      return pelvis && ribs;
    default:
      return true;
  }
}

static sagitta_quantity value_at(const sg_motion *m, const sg_angles *a, sagitta_angle angle, size_t row) {
  const double camera = sg_angle_camera(m, angle, row);
  return sg_quantity_of(a->value[angle][row], a->low[angle][row], a->high[angle][row], isnan(camera) ? 0 : camera,
                        !is_measured(m, angle));
}

bool sg_angle_is_lost(const sg_motion *m, sagitta_angle angle, size_t row) {
  const bool of_room = angle == SAGITTA_ANGLE_THIGH_ROTATION || angle == SAGITTA_ANGLE_PELVIC_ROTATION ||
                       angle == SAGITTA_ANGLE_RIBS_ROTATION;
  if (!of_room) return false;
  return sg_camera_is_lost(m->signals, row, row + 1) ||
         (m->start_stillness != SG_IN_SPACE &&
          sg_camera_is_lost(m->signals, m->start_row, m->start_row + m->start_rows));
}

void sg_measure_ranges(const sg_motion *m, const sg_angles *a, sagitta_range range[SAGITTA_ANGLES]) {
  for (int k = 0; k < SAGITTA_ANGLES; k++) {
    const sagitta_angle angle = (sagitta_angle)k;
    const double *v = a->value[k];
    size_t least = a->rows, most = a->rows;
    for (size_t i = 0; i < a->rows; i++) {
      if (isnan(v[i]) || isnan(a->low[k][i]) || isnan(a->high[k][i]) || sg_angle_is_lost(m, angle, i)) continue;
      if (least == a->rows || v[i] < v[least]) least = i;
      if (most == a->rows || v[i] > v[most]) most = i;
    }
    if (least == a->rows) continue;
    range[k] = (sagitta_range){ true, value_at(m, a, angle, least), value_at(m, a, angle, most),
                                m->signals->time[least], m->signals->time[most] };
  }
}
