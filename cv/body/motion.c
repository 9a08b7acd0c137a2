/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "body/lines.h"
#include "body/motion.h"
#include "body/start.h"

#define UNREST 0.008 /* units, where the start was not still */
#define LEVEL  90.0  /* deg: a thigh that is as far from upright as when sitting with the legs out */

void sg_motion_free(sg_motion *m) {
  if (!m) return;
  free(m->trunk);
  free(m->thigh);
  free(m->shank);
  free(m->pelvis);
  free(m->ribs);
  free(m);
}

bool sg_motion_has_body(const sg_motion *m) {
  return m->opening.start != SG_START_LYING && m->opening.start != SG_START_LYING_90;
}

static sg_point mean_between(const sg_motion *m, sagitta_role to, size_t from, size_t end) {
  sg_point sum = { 0, 0 };
  double count = 0;
  for (size_t i = from; i < end; i++) {
    const sg_point p = sg_line(m->signals, SAGITTA_HIP, to, i);
    if (isnan(p.x)) continue;
    sum.x += m->right ? p.x : -p.x;
    sum.y += p.y;
    count += 1;
  }
  return (sg_point){ sum.x / count / m->unit_px, sum.y / count / m->unit_px };
}

static double mean_axis(const sg_motion *m, sagitta_role role, size_t from, size_t end) {
  const double *v = m->signals->value[role][SG_CHANNEL_AXIS];
  double sum = 0, count = 0;
  for (size_t i = from; v && i < end; i++) {
    if (isnan(v[i])) continue;
    sum += v[i];
    count += 1;
  }
  return sum / count;
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

static void take_start(sg_motion *m, size_t from, size_t to) {
  const sg_signals *s = m->signals;
  m->start_from_s = s->time[from];
  m->start_to_s = s->time[to - 1];
  m->start_row = from;
  m->start_rows = to - from;
  m->unrest = m->start_still ? 0 : UNREST;
  m->unit_px = 1;
  const sg_point knee = mean_between(m, SAGITTA_KNEE, from, to);
  m->unit_px = hypot(knee.x, knee.y);
  m->start_knee = mean_between(m, SAGITTA_KNEE, from, to);
  m->start_shoulder = mean_between(m, SAGITTA_SHOULDER, from, to);
  m->start_ankle = mean_between(m, SAGITTA_ANKLE, from, to);
  const sg_point thigh = { -m->start_knee.x, -m->start_knee.y };
  const sg_point shank = { m->start_knee.x - m->start_ankle.x, m->start_knee.y - m->start_ankle.y };
  m->start_lean = sg_near(sg_lean(m->start_shoulder), branch(m, SAGITTA_SHOULDER));
  m->start_thigh = sg_near(sg_lean(thigh), branch(m, SAGITTA_HIP));
  m->start_shank = sg_near(sg_lean(shank), branch(m, SAGITTA_KNEE));
  for (int role = 0; role < SAGITTA_ROLES; role++) m->start_axis[role] = mean_axis(m, (sagitta_role)role, from, to);
  if (m->opening.start == SG_START_LONG_SITTING) m->seated = 1;
  if (m->opening.start == SG_START_STEPPING) m->seated = fmin(1, fmax(0, -m->start_thigh / LEVEL));
}

static void angle_rows(sg_motion *m) {
  const sg_signals *s = m->signals;
  const double sign = m->right ? 1 : -1;
  sg_lean_rows(s, SAGITTA_HIP, SAGITTA_SHOULDER, sign * branch(m, SAGITTA_SHOULDER), m->trunk);
  sg_lean_rows(s, SAGITTA_KNEE, SAGITTA_HIP, sign * branch(m, SAGITTA_HIP), m->thigh);
  sg_lean_rows(s, SAGITTA_ANKLE, SAGITTA_KNEE, sign * branch(m, SAGITTA_KNEE), m->shank);
  const bool strip = s->set == SAGITTA_SET_STRIP;
  const sagitta_role pelvis = strip ? SAGITTA_HIP : SAGITTA_PELVIS;
  const double *pelvis_axis = s->value[pelvis][SG_CHANNEL_AXIS], *ribs_axis = s->value[SAGITTA_RIBS][SG_CHANNEL_AXIS];
  for (size_t i = 0; i < m->rows; i++) {
    m->trunk[i] = sign * m->trunk[i] - m->start_lean;
    m->thigh[i] = sign * m->thigh[i] - m->start_thigh;
    m->shank[i] = sign * m->shank[i] - m->start_shank;
    m->pelvis[i] = pelvis_axis ? sign * (pelvis_axis[i] - m->start_axis[pelvis]) : NAN;
    m->ribs[i] = ribs_axis ? sign * (ribs_axis[i] - m->start_axis[SAGITTA_RIBS]) : NAN;
  }
}

sagitta_status sg_motion_new(sg_motion **out, const sg_signals *signals, const sg_opening *opening,
                             sagitta_error *error) {
  *out = NULL;
  size_t from = 0, to = 0;
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
  if ((status = sg_start_find(m, &from, &to, error))) goto fail;
  take_start(m, from, to);
  if ((status = sg_start_check(m, error))) goto fail;
  angle_rows(m);
  sg_motion_square(m);
  sg_motion_level(m);
  *out = m;
  return SAGITTA_OK;
fail:
  sg_motion_free(m);
  return status;
}
