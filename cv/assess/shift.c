/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "result/quantity.h"
#include "assess/shift.h"
#include "base/math.h"

#define HALF_STRIP_CM 7.0
#define OTHER_CM      0.6 /* what these leave unexplained [bench_course] */

/* Mean of the hip's place over the ankle, rows [from, to): plane px, forward and level positive; NAN = unknown. */
static double ahead_of_ankle(const sg_motion *m, size_t from, size_t to) {
  const sg_signals *s = m->signals;
  const double c = cos(m->roll * SG_RADIANS), sine = sin(m->roll * SG_RADIANS), facing = m->right ? 1 : -1;
  double sum = 0, count = 0;
  for (size_t i = from; i < to; i++) {
    if (!sg_signals_known(s, SAGITTA_HIP, i) || !sg_signals_known(s, SAGITTA_ANKLE, i)) continue;
    const double x = facing * (s->value[SAGITTA_HIP][SG_CHANNEL_X][i] - s->value[SAGITTA_ANKLE][SG_CHANNEL_X][i]);
    const double up = s->value[SAGITTA_ANKLE][SG_CHANNEL_Y][i] - s->value[SAGITTA_HIP][SG_CHANNEL_Y][i];
    sum += c * x - sine * up;
    count += 1;
  }
  return sum / count;
}

/* Standard deviation, cm: skin at hip and ankle, a strip that turns on the skin about its middle, and a hip point
 * beside the joint that turns with what it sits on. */
static double person_cm(const sg_motion *m, const sg_bend *b) {
  const double growth = sg_growth(m->trunk[b->end_range]);
  const bool strip = m->signals->set == SAGITTA_SET_STRIP;
  const double turning = strip ? HALF_STRIP_CM * sg_priors[SG_SKIN_PELVIS].spread * SG_RADIANS : 0;
  const double points = hypot(sg_priors[SG_SKIN_HIP].spread, sg_priors[SG_SKIN_ANKLE].spread);
  const double skin = growth * hypot(hypot(points, turning), OTHER_CM);
  const double turned = strip ? m->pelvis[b->end_range] : m->thigh[b->end_range];
  return hypot(skin, 2 * fabs(sin(0.5 * turned * SG_RADIANS)) * sg_priors[SG_HIP_X].spread);
}

void sg_measure_shift(const sg_motion *m, const sg_bend *b, const sg_scale *scale, sagitta_repetition *out) {
  const sg_signals *s = m->signals;
  if (b->lost || m->opening.start != SG_START_STANDING) return;
  const double stood = ahead_of_ankle(m, m->start_row, m->start_row + m->start_rows);
  const double px = (stood - ahead_of_ankle(m, b->from, b->to)) / (isnan(m->across) ? 1 : 1 - m->across);
  if (isnan(px)) return;
  const double noise = hypot(s->sigma[SAGITTA_HIP], s->sigma[SAGITTA_ANKLE]);
  const double yaw = sg_priors[SG_YAW].spread * fabs(px), camera = hypot(noise, yaw);
  const double cm_px = m->unit_px / sg_priors[SG_THIGH].value;
  const double beside = sg_priors[SG_PLACEMENT].spread / sg_priors[SG_THIGH].value * fabs(px); /* the thigh's length */
  const double start = hypot(sg_priors[SG_START_THIGH].spread, sg_priors[SG_START_SHANK].spread) * SG_RADIANS;
  const double skin = person_cm(m, b) * cm_px;
  const double person = hypot(camera, hypot(skin, m->start_doubt * start * m->unit_px));
  const double share = hypot(person, beside) / m->unit_px, value = px / m->unit_px;
  out->weight_shift =
      sg_quantity_of(value, value - SG_NORMAL * share, value + SG_NORMAL * share, camera / m->unit_px, false);
  if (!scale->known) return;
  const double cm = px * scale->cm_per_px, unsure = scale->share_sd * fabs(cm);
  const bool rough = scale->from == SAGITTA_SCALE_STATURE;
  const double error = hypot(person * scale->cm_per_px, unsure);
  const double instrument = hypot(camera * scale->cm_per_px, rough ? 0 : unsure);
  out->weight_shift_cm = sg_quantity_of(cm, cm - SG_NORMAL * error, cm + SG_NORMAL * error, instrument, rough);
}
