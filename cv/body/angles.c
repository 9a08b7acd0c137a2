/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The posture at end range and through time: observation → likeliest posture → weighed bodies. Through time the normal
 * approximation stands for them, and is bent to meet them at end range. Measured rotations come before inferred ones.
 */
#include <math.h>
#include <stdlib.h>

#include "base/gaps.h"
#include "body/geometry.h"
#include "body/model.h"

#define KNOT_S  0.045 /* s between postures that are fitted; rows between them are interpolated */
#define APART_S 0.5   /* rows further apart are no neighbours */

/* The quantity of the body behind an angle, or −1 for those that are plain geometry. */
static const int quantities[SAGITTA_ANGLES] = {
  [SAGITTA_ANGLE_TRUNK_THIGH] = -1,
  [SAGITTA_ANGLE_PELVIC_ROTATION] = SG_Q_PELVIS,
  [SAGITTA_ANGLE_RIBS_ROTATION] = SG_Q_RIBS,
  [SAGITTA_ANGLE_HIP_HINGE] = SG_Q_HINGE,
  [SAGITTA_ANGLE_LUMBAR_FLEXION] = SG_Q_LUMBAR,
  [SAGITTA_ANGLE_KNEE_FLEXION] = -1,
  [SAGITTA_ANGLE_THIGH_ROTATION] = SG_Q_THIGH,
};

void sg_angles_free(sg_angles *angles) {
  if (!angles) return;
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    free(angles->value[a]);
    free(angles->spread[a]);
    free(angles->low[a]);
    free(angles->high[a]);
  }
  free(angles);
}

static const sg_spread as_believed = { 1, 1 };

static double *unknown(size_t n) {
  double *v = malloc(n * sizeof *v);
  for (size_t i = 0; v && i < n; i++) v[i] = NAN;
  return v;
}

typedef struct {
  size_t count;
  size_t *row;
  double *time;
  double *value[SG_QUANTITIES], *spread[SG_QUANTITIES];
} knots;

static void free_knots(knots *k) {
  free(k->row);
  free(k->time);
  for (int q = 0; q < SG_QUANTITIES; q++) {
    free(k->value[q]);
    free(k->spread[q]);
  }
}

static int new_knots(knots *k, size_t rows) {
  k->row = malloc(rows * sizeof *k->row);
  int whole = k->row && (k->time = malloc(rows * sizeof *k->time));
  for (int q = 0; whole && q < SG_QUANTITIES; q++) {
    k->value[q] = malloc(rows * sizeof(double));
    k->spread[q] = malloc(rows * sizeof(double));
    whole = k->value[q] && k->spread[q];
  }
  return whole;
}

/* The end (one past) of the rows from `from` on that can be seen and are neighbours in time. */
static size_t stretch_end(const sg_motion *m, size_t from) {
  const double *t = m->signals->time;
  const double apart = fmax(APART_S, 5 / m->signals->rate);
  size_t i = from;
  while (i < m->rows && !isnan(m->trunk[i]) && !isnan(m->thigh[i]) && (i == from || t[i] - t[i - 1] <= apart)) i++;
  return i;
}

/* Fit the postures of one stretch of rows, a few of which stand for all. */
static void fit_stretch(const sg_motion *m, size_t from, size_t to, knots *k) {
  const double *t = m->signals->time;
  sg_fit last, fit;
  k->count = 0;
  for (size_t i = from; i < to; i++) {
    if (i > from && i + 1 < to && t[i] - k->time[k->count - 1] < KNOT_S) continue;
    sg_observation seen;
    sg_scene scene;
    if (!sg_observation_of(m, i, i + 1, &seen)) continue;
    sg_scene_prepare(&scene, &seen, &as_believed);
    sg_fit_posture(&fit, &scene, k->count ? &last : NULL);
    last = fit;
    for (int q = 0; q < SG_QUANTITIES; q++) {
      k->value[q][k->count] = fit.value[q];
      k->spread[q][k->count] = fit.spread[q];
    }
    k->row[k->count] = i;
    k->time[k->count++] = t[i];
  }
}

static void spread_stretch(const sg_motion *m, const knots *k, sg_angles *out) {
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    const int q = quantities[a];
    if (q < 0) continue;
    for (size_t j = 0; j < k->count; j++) {
      out->value[a][k->row[j]] = k->value[q][j];
      out->spread[a][k->row[j]] = k->spread[q][j];
      for (size_t i = k->row[j] + 1; j + 1 < k->count && i < k->row[j + 1]; i++) {
        out->value[a][i] = sg_pchip(k->time, k->value[q], k->count, j, m->signals->time[i]);
        out->spread[a][i] = sg_pchip(k->time, k->spread[q], k->count, j, m->signals->time[i]);
      }
    }
  }
}

static void put(sg_angles *a, sagitta_angle angle, size_t row, double value, double spread) {
  a->value[angle][row] = value;
  a->spread[angle][row] = spread;
}

static void plain_rows(const sg_motion *m, sg_angles *out) {
  for (size_t i = 0; i < m->rows; i++) {
    const sg_line_angle hip = sg_trunk_thigh(m, i), knee = sg_knee_flexion(m, i);
    put(out, SAGITTA_ANGLE_TRUNK_THIGH, i, hip.value, hip.person);
    put(out, SAGITTA_ANGLE_KNEE_FLEXION, i, knee.value, knee.person);
  }
}

sg_angles *sg_angles_new(const sg_motion *motion) {
  sg_angles *out = calloc(1, sizeof *out);
  knots k = { 0 };
  if (!out || !new_knots(&k, motion->rows)) goto fail;
  out->rows = motion->rows;
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    if (!(out->value[a] = unknown(out->rows)) || !(out->spread[a] = unknown(out->rows)) ||
        !(out->low[a] = unknown(out->rows)) || !(out->high[a] = unknown(out->rows))) {
      goto fail;
    }
  }
  plain_rows(motion, out);
  for (size_t from = 0; sg_motion_has_body(motion) && from < motion->rows; from++) {
    const size_t to = stretch_end(motion, from);
    if (to == from) continue;
    fit_stretch(motion, from, to, &k);
    spread_stretch(motion, &k, out);
    from = to - 1;
  }
  free_knots(&k);
  return out;
fail:
  free_knots(&k);
  sg_angles_free(out);
  return NULL;
}

void sg_angles_of_lines(sg_angles *a, const sg_motion *m) {
  const sagitta_role pelvis_role = sg_signals_pelvis(m->signals);
  for (size_t i = 0; i < m->rows; i++) {
    if (isnan(m->thigh[i])) continue;
    const double growth = sg_growth(m->thigh[i]), pelvis = m->pelvis[i], ribs = m->ribs[i];
    const double thigh = sg_line_turn(m, SAGITTA_KNEE, SAGITTA_HIP, i, i + 1, growth).person;
    put(a, SAGITTA_ANGLE_THIGH_ROTATION, i, m->thigh[i], thigh);
    if (!isnan(ribs)) put(a, SAGITTA_ANGLE_RIBS_ROTATION, i, ribs, sg_strip_turn(m, SAGITTA_RIBS, i, i + 1, 0).person);
    if (isnan(pelvis)) continue;
    const double spread = sg_strip_turn(m, pelvis_role, i, i + 1, growth).person;
    put(a, SAGITTA_ANGLE_PELVIC_ROTATION, i, pelvis, spread);
    put(a, SAGITTA_ANGLE_HIP_HINGE, i, pelvis - m->thigh[i], hypot(spread, thigh));
  }
}

/* ---- one posture ---- */

/* The shape of each quantity at one observation; `estimate` NULL: the normal approximation's own. */
static void find_shape(const sg_fit *fit, const sg_estimate *estimate, double trunk_deg,
                       sg_shape shape[SG_QUANTITIES]) {
  for (int q = 0; q < SG_QUANTITIES; q++) {
    const double spread = fit->spread[q];
    shape[q] = (sg_shape){ trunk_deg, 0, -SG_NORMAL, SG_NORMAL };
    if (!estimate) continue;
    shape[q] =
        (sg_shape){ trunk_deg, (estimate[q].value - fit->value[q]) / spread,
                    (estimate[q].low - estimate[q].value) / spread, (estimate[q].high - estimate[q].value) / spread };
  }
}

bool sg_estimate_posture(const sg_motion *m, size_t from, size_t to, sg_sampler *sampler, sg_posture_estimate *out) {
  sg_observation seen, disturbed[SG_VIEW_ERRORS][2];
  sg_scene scene;
  sg_fit fit;
  sg_direct direct;
  if (!sg_observation_of(m, from, to, &seen) || !seen.has_knee) return false;
  sg_scene_prepare(&scene, &seen, &as_believed);
  sg_fit_posture(&fit, &scene, NULL);
  sg_observation_disturbed(m, from, to, &seen, disturbed);
  sg_fit_camera(&fit, &scene, &as_believed, disturbed, SG_VIEW_ERRORS);
  const bool explained = sg_sample(sampler, &scene, &fit, out->of) > 0;
  find_shape(&fit, explained ? out->of : NULL, seen.trunk_deg, out->shape);
  sg_measure_directly(&seen, disturbed, SG_VIEW_ERRORS, &direct);
  if (explained) sg_prefer_direct(&direct, out->of);
  out->thigh_deg = explained ? out->of[SG_Q_THIGH].value : direct.value[SG_Q_THIGH];
  out->misfit = explained ? fit.misfit : INFINITY;
  out->has_pelvis = seen.has_pelvis;
  out->has_ribs = seen.has_ribs;
  out->usual_lumbar = scene.mean[SG_SHARE];
  out->usual_spread = scene.spread[SG_SHARE];
  return true;
}

/* ---- bands through time ---- */

/* What the strips alone say of an angle in a row; NAN where they say nothing. */
static double measured(const sg_motion *m, int angle, size_t row) {
  const double pelvis = sg_lengthened(m->pelvis[row], m->across), ribs = sg_lengthened(m->ribs[row], m->across);
  const double thigh = m->thigh[row];
  switch (angle) {
    case SAGITTA_ANGLE_PELVIC_ROTATION:
      return pelvis;
    case SAGITTA_ANGLE_RIBS_ROTATION:
      return ribs;
    case SAGITTA_ANGLE_HIP_HINGE:
      return pelvis - thigh;
    case SAGITTA_ANGLE_LUMBAR_FLEXION:
      return ribs - pelvis;
    case SAGITTA_ANGLE_THIGH_ROTATION:
      return isnan(pelvis) ? NAN : thigh;
    default:
      return NAN;
  }
}

void sg_angles_finish(sg_angles *angles, const sg_motion *motion, const sg_shape shape[SG_QUANTITIES]) {
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    const sg_shape *s = shape && quantities[a] >= 0 ? &shape[quantities[a]] : NULL;
    for (size_t i = 0; i < angles->rows; i++) {
      const double spread = angles->spread[a][i], plain = measured(motion, a, i);
      const double part = s ? fmin(1, fmax(0, motion->trunk[i] / s->trunk_deg)) : 0;
      const double low = s ? s->low + SG_NORMAL : 0, high = s ? s->high - SG_NORMAL : 0;
      if (s) angles->value[a][i] += part * s->shift * spread;
      angles->low[a][i] = angles->value[a][i] + spread * (part * low - SG_NORMAL);
      angles->high[a][i] = angles->value[a][i] + spread * (part * high + SG_NORMAL);
      if (isnan(plain) || isnan(angles->value[a][i])) continue;
      angles->value[a][i] = plain;
      angles->low[a][i] = fmin(angles->low[a][i], plain);
      angles->high[a][i] = fmax(angles->high[a][i], plain);
    }
  }
}
