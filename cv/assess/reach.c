/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/reach.h"

#include <math.h>

#include "base/math.h"
#include "result/result.h"

#define ALONG 0.8 /* cosine: marks that lie along the direction of the reach say where it goes */

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

sagitta_quantity sg_reach(const sg_motion *m, const sg_scale *scale, size_t from, size_t to) {
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
    person = hypot(person, hypot(sg_priors[SG_SOLE].spread, sg_priors[SG_PLACEMENT].spread));
    if (sits(m)) person = hypot(person, sg_priors[SG_SOLE_TURNED].spread);
  } else {
    person = hypot(person, sg_priors[SG_RULER_MARK].spread);
  }
  const double error = hypot(camera, person);
  return sg_quantity_of(reach, reach - SG_NORMAL * error, reach + SG_NORMAL * error, camera, rough || estimated);
}
