/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "result/quantity.h"
#include "assess/reach.h"
#include "base/math.h"

#define ALONG 0.8 /* cosine: marks that lie along the way of the reach say where it goes */

typedef struct {
  double x, y;
} vector;

static bool find_mean(const sg_signals *s, sagitta_role role, size_t from, size_t to, vector *at) {
  double count = 0;
  *at = (vector){ 0, 0 };
  for (size_t i = from; i < to; i++) {
    if (!sg_signals_known(s, role, i)) continue;
    at->x += s->value[role][SG_CHANNEL_X][i];
    at->y += s->value[role][SG_CHANNEL_Y][i];
    count += 1;
  }
  at->x /= count;
  at->y /= count;
  return count > 0;
}

static bool sits(const sg_motion *m) {
  return m->opening.start == SG_START_LONG_SITTING;
}

/* Of length 1, plane px with y down: along the legs away from the body, or down; the marks' line where it is near. */
static vector way_of(const sg_motion *m, const sg_scale *scale) {
  const double roll = m->roll * SG_RADIANS * (m->right ? 1 : -1);
  const vector down = { -sin(roll), cos(roll) }, level = { m->right ? 1 : -1, 0 };
  const vector way = sits(m) ? level : down;
  if (!scale->has_mark[0] || !scale->has_mark[1]) return way;
  vector marks = { scale->mark[1][0] - scale->mark[0][0], scale->mark[1][1] - scale->mark[0][1] };
  const double length = hypot(marks.x, marks.y);
  marks = (vector){ marks.x / length, marks.y / length };
  const double along = marks.x * way.x + marks.y * way.y;
  if (fabs(along) >= ALONG) return along > 0 ? marks : (vector){ -marks.x, -marks.y };
  /* Across it: what is plumb to the marks is the way. */
  const vector plumb = { -marks.y, marks.x };
  const double across = plumb.x * way.x + plumb.y * way.y;
  if (fabs(across) < ALONG) return way;
  return across > 0 ? plumb : (vector){ -plumb.x, -plumb.y };
}

bool sg_reach_estimates_soles(const sg_scale *scale) {
  return !scale->has_mark[0];
}

sagitta_quantity sg_reach(const sg_motion *m, const sg_scale *scale, size_t from, size_t to) {
  const sagitta_quantity unknown = { false, NAN, NAN, NAN, NAN, NAN, false };
  const sg_signals *s = m->signals;
  const bool estimated = sg_reach_estimates_soles(scale);
  vector hand, zero = { scale->mark[0][0], scale->mark[0][1] };
  if (!scale->known || !find_mean(s, SAGITTA_HAND, from, to, &hand)) return unknown;
  if (estimated && !find_mean(s, SAGITTA_ANKLE, from, to, &zero)) return unknown;
  const vector way = way_of(m, scale);
  const double sole = estimated ? sg_priors[SG_SOLE].value : 0;
  const double px = (hand.x - zero.x) * way.x + (hand.y - zero.y) * way.y;
  const double reach = px * scale->cm_per_px - sole;
  const double off_axis = fabs((hand.x - m->view.middle[0]) * way.x + (hand.y - m->view.middle[1]) * way.y);
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
