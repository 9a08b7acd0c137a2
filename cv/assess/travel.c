/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "assess/travel.h"
#include "base/math.h"

/* Forward positive, plane px; NAN = unknown. */
static double ahead(const sg_motion *m, size_t row, bool over_ankle) {
  const sg_signals *s = m->signals;
  const double *hip = s->value[SAGITTA_HIP][SG_CHANNEL_X], *ankle = s->value[SAGITTA_ANKLE][SG_CHANNEL_X];
  const double x = hip[row] - (over_ankle ? ankle[row] : 0);
  return m->right ? x : -x;
}

sg_travel sg_travel_of(const sg_motion *m, const sg_bend *b, const sg_scale *scale) {
  const sg_signals *s = m->signals;
  const double *x = s->value[SAGITTA_ANKLE][SG_CHANNEL_X], *y = s->value[SAGITTA_ANKLE][SG_CHANNEL_Y];
  const double *hip = s->value[SAGITTA_HIP][SG_CHANNEL_X];
  const double cm = scale->known ? scale->cm_per_px : sg_priors[SG_THIGH].value / m->unit_px;
  const size_t from = m->start_row, to = m->start_row + m->start_rows;
  const double start_x = sg_mean(x, from, to), start_y = sg_mean(y, from, to);
  const bool over = x && !isnan(start_x) && m->opening.start == SG_START_STANDING;
  const double start_hip = (m->right ? 1 : -1) * (sg_mean(hip, from, to) - (over ? start_x : 0));
  sg_travel t = { 0, 0, 0, 0 };
  for (size_t i = b->start; i <= b->end; i++) {
    if (x && !isnan(x[i]) && !isnan(start_x)) {
      t.feet_cm = fmax(t.feet_cm, cm * hypot(x[i] - start_x, y[i] - start_y));
      t.heel_cm = fmax(t.heel_cm, cm * (start_y - y[i]));
    }
    const double moved = cm * (ahead(m, i, over) - start_hip);
    if (isnan(moved)) continue;
    t.hips_ahead_cm = fmax(t.hips_ahead_cm, moved);
    t.hips_back_cm = fmax(t.hips_back_cm, -moved);
  }
  return t;
}
