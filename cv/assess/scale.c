/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/scale.h"

#include <math.h>
#include <string.h>

#define SEEN_LEAST 0.1 /* of the rows: a mark that is seen in fewer is taken for none */

static void by_ruler(sg_scale *scale, const sg_signals *s, double ruler_cm) {
  const double px = hypot(scale->mark[1][0] - scale->mark[0][0], scale->mark[1][1] - scale->mark[0][1]);
  const double seen = hypot(s->sigma[SAGITTA_RULER0], s->sigma[SAGITTA_RULER1]) / px;
  const double placed = sqrt(2.0) * sg_priors[SG_RULER_MARK].spread / ruler_cm;
  if (!(px > 1)) return;
  scale->known = true;
  scale->from = SAGITTA_SCALE_RULER;
  scale->cm_per_px = ruler_cm / px;
  scale->share_sd = sqrt(seen * seen + placed * placed + pow(sg_priors[SG_RULER_DEPTH].spread, 2));
}

/* A straight leg, and in standing the trunk on top of it, is a known part of the stature. */
static void by_stature(sg_scale *scale, const sg_motion *m, double height_cm) {
  const double shank = hypot(m->start_ankle.x - m->start_knee.x, m->start_ankle.y - m->start_knee.y);
  const double trunk = hypot(m->start_shoulder.x, m->start_shoulder.y);
  const bool stands = m->opening.start == SG_START_STANDING && !isnan(trunk);
  double units = 1, part = sg_priors[SG_OF_THIGH].value, spread2 = pow(sg_priors[SG_OF_THIGH].spread, 2);
  if (!isnan(shank)) {
    units += shank;
    part += sg_priors[SG_OF_SHANK].value;
    spread2 += pow(sg_priors[SG_OF_SHANK].spread, 2);
  }
  if (stands) {
    units += trunk;
    part += sg_priors[SG_OF_TRUNK].value;
    spread2 += pow(sg_priors[SG_OF_TRUNK].spread, 2);
  }
  const double placed = sqrt(2.0) * sg_priors[SG_PLACEMENT].spread / (height_cm * part);
  scale->known = true;
  scale->from = SAGITTA_SCALE_STATURE;
  scale->cm_per_px = height_cm * part / (units * m->unit_px);
  scale->share_sd = sqrt(spread2 / (part * part) + placed * placed);
}

sg_scale sg_scale_of(const sg_motion *m, const sagitta_analysis_settings *settings) {
  const sg_signals *s = m->signals;
  sg_scale scale;
  memset(&scale, 0, sizeof scale);
  for (int k = 0; k < 2; k++) {
    const sagitta_role role = k ? SAGITTA_RULER1 : SAGITTA_RULER0;
    const size_t seen = sg_mean_place(s, role, 0, s->rows, scale.mark[k]); /* the marks stand still */
    scale.has_mark[k] = (double)seen > SEEN_LEAST * (double)s->rows;
  }
  if (settings->ruler_cm > 0 && scale.has_mark[0] && scale.has_mark[1]) by_ruler(&scale, s, settings->ruler_cm);
  if (!scale.known && m->view.cm_per_px > 0) {
    scale.known = true;
    scale.from = SAGITTA_SCALE_PLANE;
    scale.cm_per_px = m->view.cm_per_px;
    scale.share_sd = m->view.scale_share;
  }
  if (!scale.known && settings->height_cm > 0) by_stature(&scale, m, settings->height_cm);
  return scale;
}
