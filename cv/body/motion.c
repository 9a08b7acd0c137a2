/* SPDX-License-Identifier: Apache-2.0 */
/* A motion: the start measured, and how far each part has turned from it in every row. */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "body/geometry.h"
#include "body/start.h"

#define LEVEL 90.0 /* deg: a thigh that is as far from upright as when sitting with the legs out */

void sg_motion_free(sg_motion *m) {
  if (!m) return;
  free(m->trunk);
  free(m->thigh);
  free(m->shank);
  free(m->pelvis);
  free(m->ribs);
  free(m->candidate);
  free(m);
}

#define FREE_LEAN_DEG \
  30.0 /* of a free movement's start: a trunk that is further from upright is no standing or sitting … */
#define FREE_THIGH_DEG 30.0  /* … nor is a thigh that leans further forward, … */
#define FREE_LEVEL_DEG 100.0 /* … or is beyond level */

bool sg_motion_has_body(const sg_motion *m) {
  if (m->opening.start == SG_START_FREE) {
    return m->start_stillness != SG_IN_SPACE && fabs(m->start_lean) <= FREE_LEAN_DEG &&
           m->start_thigh <= FREE_THIGH_DEG && m->start_thigh >= -FREE_LEVEL_DEG;
  }
  return m->opening.start != SG_START_LYING && m->opening.start != SG_START_LYING_90;
}

/* From the hip to a role, mean over rows [from, end): units, facing right, y up. */
static sg_xy mean_from_hip(const sg_motion *m, sagitta_role to, size_t from, size_t end) {
  sg_xy sum;
  const double count = (double)sg_line_sum(m->signals, SAGITTA_HIP, to, from, end, &sum);
  return (sg_xy){ (m->right ? sum.x : -sum.x) / count / m->unit_px, sum.y / count / m->unit_px };
}

/* Where each line leans when one faces right: the branch on which its angles are told. */
static double branch(const sg_motion *m, sagitta_role of) {
  switch (m->opening.start) {
    case SG_START_LYING_90:
      return of == SAGITTA_SHOULDER ? -90 : of == SAGITTA_HIP ? -180 : -90;
    case SG_START_LYING:
      return -90;
    case SG_START_LONG_SITTING:
      return of == SAGITTA_SHOULDER ? 0 : -90;
    default:
      return of == SAGITTA_SHOULDER ? 0 : -30 * (m->opening.start == SG_START_STEPPING);
  }
}

static void take_start(sg_motion *m, const sg_start *start) {
  const sg_signals *s = m->signals;
  const size_t from = start->from, to = start->to;
  m->right = start->right;
  m->start_stillness = start->stillness;
  m->start_leans = start->leans;
  m->start_doubt = start->doubt;
  m->candidate = start->candidate;
  m->candidates = start->candidates;
  m->start_from_s = s->time[from];
  m->start_to_s = s->time[to - 1];
  m->start_row = from;
  m->start_rows = to - from;
  m->unit_px = 1;
  const sg_xy knee = mean_from_hip(m, SAGITTA_KNEE, from, to);
  m->unit_px = hypot(knee.x, knee.y);
  m->start_knee = mean_from_hip(m, SAGITTA_KNEE, from, to);
  m->start_shoulder = mean_from_hip(m, SAGITTA_SHOULDER, from, to);
  m->start_ankle = mean_from_hip(m, SAGITTA_ANKLE, from, to);
  const sg_xy thigh = { -m->start_knee.x, -m->start_knee.y };
  const sg_xy shank = { m->start_knee.x - m->start_ankle.x, m->start_knee.y - m->start_ankle.y };
  m->start_lean = sg_nearest_turn(sg_lean(m->start_shoulder), branch(m, SAGITTA_SHOULDER));
  m->start_thigh = sg_nearest_turn(sg_lean(thigh), branch(m, SAGITTA_HIP));
  m->start_shank = sg_nearest_turn(sg_lean(shank), branch(m, SAGITTA_KNEE));
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    m->start_axis[role] = sg_mean(s->value[role][SG_CHANNEL_AXIS], from, to);
  }
  if (start->stillness == SG_IN_SPACE) {
    m->start_lean = m->start_thigh = m->start_shank = 0;
    for (int role = 0; role < SAGITTA_ROLES; role++) m->start_axis[role] = 0;
  }
  if (m->opening.start == SG_START_LONG_SITTING) m->seated = 1;
  if (m->opening.start == SG_START_STEPPING || m->opening.start == SG_START_FREE)
    m->seated = fmin(1, fmax(0, -m->start_thigh / LEVEL));
}

static void angle_rows(sg_motion *m) {
  const sg_signals *s = m->signals;
  const double sign = m->right ? 1 : -1;
  sg_lean_rows(s, SAGITTA_HIP, SAGITTA_SHOULDER, sign * branch(m, SAGITTA_SHOULDER), m->trunk);
  sg_lean_rows(s, SAGITTA_KNEE, SAGITTA_HIP, sign * branch(m, SAGITTA_HIP), m->thigh);
  sg_lean_rows(s, SAGITTA_ANKLE, SAGITTA_KNEE, sign * branch(m, SAGITTA_KNEE), m->shank);
  const sagitta_role pelvis = sg_signals_pelvis(s);
  const double *pelvis_axis = s->value[pelvis][SG_CHANNEL_AXIS], *ribs_axis = s->value[SAGITTA_RIBS][SG_CHANNEL_AXIS];
  for (size_t i = 0; i < m->rows; i++) {
    m->trunk[i] = sign * m->trunk[i] - m->start_lean;
    m->thigh[i] = sign * m->thigh[i] - m->start_thigh;
    m->shank[i] = sign * m->shank[i] - m->start_shank;
    m->pelvis[i] = pelvis_axis ? sign * (pelvis_axis[i] - m->start_axis[pelvis]) : NAN;
    m->ribs[i] = ribs_axis ? sign * (ribs_axis[i] - m->start_axis[SAGITTA_RIBS]) : NAN;
  }
}

/* Fill start, start_disturbed and roll: where no calibration says what is up, a part of the standing person's lean is
 * put down to the camera. */
static void take_level(sg_motion *m) {
  sg_find_places(m->signals, m->start_row, m->start_row + m->start_rows, &m->start);
  for (int e = 0; e < SG_VIEW_ERRORS; e++) {
    for (int up = 0; up < 2; up++) {
      sg_move_places(m, &m->start, (sg_view_error)e, up ? 1 : -1, &m->start_disturbed[e][up]);
    }
  }
  m->roll = 0;
  if (m->view.level_known || m->opening.start != SG_START_STANDING) return;
  const sg_xy knee = sg_from_hip(m, &m->start, SAGITTA_KNEE), shoulder = sg_from_hip(m, &m->start, SAGITTA_SHOULDER);
  const double lean = sg_lean((sg_xy){ shoulder.x - knee.x, shoulder.y - knee.y });
  const double camera = m->view.spread[SG_VIEW_ROLL], person = sg_priors[SG_STANDING].spread;
  if (fabs(lean) < 45) m->roll = lean * camera * camera / (camera * camera + person * person);
}

sagitta_status sg_motion_new(sg_motion **out, const sg_signals *signals, const sg_opening *opening,
                             sagitta_explanation *explanation, sagitta_error *error) {
  *out = NULL;
  sg_start start;
  sagitta_status status = sg_start_roles(signals, opening, error);
  if (status) return status;
  sg_motion *m = calloc(1, sizeof *m);
  const size_t bytes = signals->rows * sizeof(double);
  if (!m || !(m->trunk = malloc(bytes)) || !(m->thigh = malloc(bytes)) || !(m->shank = malloc(bytes)) ||
      !(m->pelvis = malloc(bytes)) || !(m->ribs = malloc(bytes))) {
    status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to analyse %zu frames. Cut the recording shorter.",
                     signals->rows);
    goto fail;
  }
  m->signals = signals;
  m->rows = signals->rows;
  m->opening = *opening;
  /* The choice comes before the angles, and works where they will stand. */
  const sg_rows rows = { m->pelvis, m->trunk, m->thigh, m->ribs };
  if ((status = sg_start_choose(&start, signals, opening, &rows, m->shank, explanation, error))) goto fail;
  take_start(m, &start);
  if ((status = sg_start_check(m, error))) goto fail;
  angle_rows(m);
  sg_motion_find_yaw(m);
  take_level(m);
  *out = m;
  return SAGITTA_OK;
fail:
  sg_motion_free(m);
  return status;
}

double sg_motion_hip_ahead(const sg_motion *m, size_t from, size_t to) {
  const double c = cos(m->roll * SG_RADIANS), s = sin(m->roll * SG_RADIANS), facing = m->right ? 1 : -1;
  double sum = 0, count = 0;
  for (size_t i = from; i < to; i++) {
    const sg_xy hip = sg_line(m->signals, SAGITTA_ANKLE, SAGITTA_HIP, i);
    if (isnan(hip.x)) continue;
    sum += c * (facing * hip.x) - s * hip.y;
    count += 1;
  }
  return sum / count;
}
