/* SPDX-License-Identifier: Apache-2.0 */
/* Lengths in cm: the scale, and how far feet and hips are displaced, which is told by it. */
#include "assess/assess.h"

#include <math.h>
#include <string.h>

#include "base/math.h"
#include "result/result.h"

/* ---- the scale ---- */

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
  const double off = sg_point_error_of(m->signals->points, SAGITTA_KNEE).placement;
  const double placed = sqrt(2.0) * off / (height_cm * part);
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

/* ---- displacement ---- */

#define HALF_STRIP_CM 7.0
#define REST_S        0.2
#define OTHER_CM      0.6 /* of standard deviation that these leave unexplained [bench_timing] */

/* The hip's place in a row, from the picture's side or from the ankle: forward positive, plane px; NAN = unknown. */
static double hip_ahead(const sg_motion *m, size_t row, bool over_ankle) {
  const sg_signals *s = m->signals;
  const double *hip = s->value[SAGITTA_HIP][SG_CHANNEL_X], *ankle = s->value[SAGITTA_ANKLE][SG_CHANNEL_X];
  const double x = hip[row] - (over_ankle ? ankle[row] : 0);
  return m->right ? x : -x;
}

/* The rows just before a repetition sets out: where feet and hips are judged from, wherever the person stood when the
 * start was taken. Whoever walks in, or steps aside between repetitions, did not move the feet in one. */
static void rest_before(const sg_motion *m, const sg_bounds *b, size_t *from, size_t *to) {
  const double *t = m->signals->time;
  *to = b->start + 1;
  *from = b->start;
  while (*from > 0 && t[b->start] - t[*from - 1] <= REST_S) (*from)--;
  const size_t start_end = m->start_row + m->start_rows;
  if (*from<start_end && * to> m->start_row) { /* it begins in the start itself */
    *from = m->start_row;
    *to = start_end;
  }
}

sg_displacement sg_displacement_of(const sg_motion *m, const sg_bounds *b, const sg_scale *scale) {
  const sg_signals *s = m->signals;
  const double *x = s->value[SAGITTA_ANKLE][SG_CHANNEL_X], *y = s->value[SAGITTA_ANKLE][SG_CHANNEL_Y];
  const double *hip = s->value[SAGITTA_HIP][SG_CHANNEL_X];
  const double cm = scale->known ? scale->cm_per_px : sg_priors[SG_THIGH].value / m->unit_px;
  size_t from, to;
  rest_before(m, b, &from, &to);
  const double start_x = sg_mean(x, from, to), start_y = sg_mean(y, from, to);
  const bool over = x && !isnan(start_x) && m->opening.start == SG_START_STANDING;
  const double start_hip = (m->right ? 1 : -1) * (sg_mean(hip, from, to) - (over ? start_x : 0));
  sg_displacement t = { 0, 0, 0, 0 };
  if (sg_camera_is_lost(s, from, to) || sg_camera_is_lost(s, b->start, b->end + 1)) return t;
  if (sg_joined_between(s, from, b->end)) return t; /* whoever moved meanwhile, it was not in the bend */
  for (size_t i = b->start; i <= b->end; i++) {
    if (x && !isnan(x[i]) && !isnan(start_x)) {
      t.feet_cm = fmax(t.feet_cm, cm * hypot(x[i] - start_x, y[i] - start_y));
      t.heel_cm = fmax(t.heel_cm, cm * (start_y - y[i]));
    }
    const double moved = cm * (hip_ahead(m, i, over) - start_hip);
    if (isnan(moved)) continue;
    t.hips_ahead_cm = fmax(t.hips_ahead_cm, moved);
    t.hips_back_cm = fmax(t.hips_back_cm, -moved);
  }
  return t;
}

/* Standard deviation, cm, of the hip point's way that is not the joint's: skin at hip and ankle, a strip that turns on
 * the skin about its middle, and a hip point beside the joint that turns with the segment it sits on. */
static double person_cm(const sg_motion *m, const sg_bounds *b) {
  const double growth = sg_growth(m->trunk[b->end_range]);
  const bool strip = m->signals->set == SAGITTA_SET_STRIP;
  const double turning = strip ? HALF_STRIP_CM * sg_priors[SG_SKIN_PELVIS].spread * SG_RADIANS : 0;
  const sg_point_error hip = sg_point_error_of(m->signals->points, SAGITTA_HIP);
  const sg_point_error ankle = sg_point_error_of(m->signals->points, SAGITTA_ANKLE);
  const double points = hypot(hip.growing, ankle.growing), wander = hypot(hip.wander, ankle.wander);
  const double skin = hypot(growth * hypot(hypot(points, turning), OTHER_CM), wander);
  const double turned = strip ? m->pelvis[b->end_range] : m->thigh[b->end_range];
  return hypot(skin, 2 * fabs(sin(0.5 * turned * SG_RADIANS)) * hip.placement);
}

void sg_measure_weight_shift(const sg_motion *m, const sg_bounds *b, const sg_scale *scale, sagitta_repetition *out) {
  const sg_signals *s = m->signals;
  if (b->lost || m->opening.start != SG_START_STANDING) return;
  if (sg_camera_is_lost(s, m->start_row, m->start_row + m->start_rows) || sg_camera_is_lost(s, b->from, b->to)) return;
  const double stood = sg_motion_hip_ahead(m, m->start_row, m->start_row + m->start_rows);
  const double px = (stood - sg_motion_hip_ahead(m, b->from, b->to)) / (isnan(m->across) ? 1 : 1 - m->across);
  if (isnan(px)) return;
  const double noise = hypot(s->sigma[SAGITTA_HIP], s->sigma[SAGITTA_ANKLE]);
  const double yaw = sg_priors[SG_YAW].spread * fabs(px), camera = hypot(noise, yaw);
  const double cm_px = m->unit_px / sg_priors[SG_THIGH].value;
  const double off = sg_point_error_of(s->points, SAGITTA_HIP).placement;
  const double beside = off / sg_priors[SG_THIGH].value * fabs(px); /* the thigh's length */
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
