/* SPDX-License-Identifier: Apache-2.0 */
/* One posture as the posterior wants it, and as another camera would have shown it. */
#include <math.h>
#include <string.h>

#include "body/motion.h"
#include "base/math.h"

#define STRIP_PART 0.15 /* units: half a strip, over which its direction is taken */

static const sagitta_role points[] = { SAGITTA_SHOULDER, SAGITTA_HIP,    SAGITTA_KNEE,
                                       SAGITTA_ANKLE,    SAGITTA_PELVIS, SAGITTA_RIBS };
#define POINTS (sizeof points / sizeof *points)

/* A role's mean place from the hip's, over the rows that have both. */
static void find_place(const sg_signals *s, sagitta_role role, size_t from, size_t to, const double hip[2],
                       double at[2]) {
  double x = 0, y = 0, count = 0;
  for (size_t i = from; i < to; i++) {
    if (!sg_signals_known(s, role, i) || !sg_signals_known(s, SAGITTA_HIP, i)) continue;
    x += s->value[role][SG_CHANNEL_X][i] - s->value[SAGITTA_HIP][SG_CHANNEL_X][i];
    y += s->value[role][SG_CHANNEL_Y][i] - s->value[SAGITTA_HIP][SG_CHANNEL_Y][i];
    count += 1;
  }
  at[0] = hip[0] + x / count;
  at[1] = hip[1] + y / count;
}

static void find_places(const sg_motion *m, size_t from, size_t to, sg_places *out) {
  const sg_signals *s = m->signals;
  const double hip[2] = { sg_mean(s->value[SAGITTA_HIP][SG_CHANNEL_X], from, to),
                          sg_mean(s->value[SAGITTA_HIP][SG_CHANNEL_Y], from, to) };
  for (size_t k = 0; k < POINTS; k++) {
    find_place(s, points[k], from, to, hip, out->at[points[k]]);
    out->axis[points[k]] = sg_mean(s->value[points[k]][SG_CHANNEL_AXIS], from, to);
  }
}

/* From the hip to a role, facing right, y up, up as levelled; px. */
static sg_point from_hip(const sg_motion *m, const sg_places *p, sagitta_role role) {
  const double x = (p->at[role][0] - p->at[SAGITTA_HIP][0]) * (m->right ? 1 : -1);
  const double y = p->at[SAGITTA_HIP][1] - p->at[role][1];
  const double c = cos(m->roll * SG_RADIANS), s = sin(m->roll * SG_RADIANS);
  return (sg_point){ c * x - s * y, s * x + c * y };
}

static sg_point in_units(sg_point p, double unit) {
  return (sg_point){ p.x / unit, p.y / unit };
}

static double lean_of(sg_point p) {
  return atan2(p.x, p.y) / SG_RADIANS;
}

static double near(double angle, double reference) {
  return angle - 360 * round((angle - reference) / 360);
}

static sagitta_role pelvis_role(const sg_motion *m) {
  return m->signals->set == SAGITTA_SET_STRIP ? SAGITTA_HIP : SAGITTA_PELVIS;
}

static void compare(const sg_motion *m, const sg_places *start, const sg_places *now, sg_sighting *out) {
  const double sign = m->right ? 1 : -1;
  const sagitta_role pelvis = pelvis_role(m);
  const sg_point knee = from_hip(m, start, SAGITTA_KNEE), shoulder = from_hip(m, now, SAGITTA_SHOULDER);
  const double unit = hypot(knee.x, knee.y);
  out->start_knee = in_units(knee, unit);
  out->start_shoulder = in_units(from_hip(m, start, SAGITTA_SHOULDER), unit);
  out->shoulder = in_units(shoulder, unit);
  out->knee = in_units(from_hip(m, now, SAGITTA_KNEE), unit);
  out->trunk_deg = near(lean_of(out->shoulder) - lean_of(out->start_shoulder), out->trunk_deg);
  out->pelvis_deg = sign * (now->axis[pelvis] - start->axis[pelvis]);
  out->ribs_deg = sign * (now->axis[SAGITTA_RIBS] - start->axis[SAGITTA_RIBS]);
}

static void move(const sg_view *view, sg_view_error error, double by, const double p[2], double to[2]) {
  if (isnan(p[0])) {
    to[0] = to[1] = NAN;
  } else {
    sg_view_disturb(view, error, by, p, to);
  }
}

/* A strip's direction, by where two of its points go. The hip point is a strip's lower end. */
static double move_axis(const sg_view *view, sg_view_error error, double by, const double p[2], double axis,
                        double half, double lower) {
  const double dx = half * sin(axis * SG_RADIANS), dy = -half * cos(axis * SG_RADIANS);
  double upper_end[2], lower_end[2];
  move(view, error, by, (const double[2]){ p[0] + dx * (2 - lower), p[1] + dy * (2 - lower) }, upper_end);
  move(view, error, by, (const double[2]){ p[0] - dx * lower, p[1] - dy * lower }, lower_end);
  return near(atan2(upper_end[0] - lower_end[0], lower_end[1] - upper_end[1]) / SG_RADIANS, axis);
}

static void move_role(const sg_view *view, sg_view_error error, double by, const sg_places *p, sagitta_role role,
                      sg_places *out) {
  if (error == SG_VIEW_DEPTH && role != SAGITTA_SHOULDER) {
    memcpy(out->at[role], p->at[role], sizeof out->at[role]);
  } else {
    move(view, error, by, p->at[role], out->at[role]);
  }
}

static void disturb(const sg_motion *m, const sg_places *p, sg_view_error error, double by, sg_places *out) {
  const sg_view *view = &m->view;
  for (size_t k = 0; k < POINTS; k++) {
    const sagitta_role role = points[k];
    move_role(view, error, by, p, role, out);
    out->axis[role] = p->axis[role];
    if (error == SG_VIEW_DEPTH || isnan(p->axis[role])) continue;
    out->axis[role] =
        move_axis(view, error, by, p->at[role], p->axis[role], STRIP_PART * m->unit_px, role == SAGITTA_HIP ? 0 : 1);
  }
}

void sg_motion_disturbed(const sg_motion *m, size_t from, size_t to, const sg_sighting *sighting,
                         sg_sighting disturbed[SG_VIEW_ERRORS][2]) {
  sg_places now, moved;
  find_places(m, from, to, &now);
  for (int e = 0; e < SG_VIEW_ERRORS; e++) {
    for (int up = 0; up < 2; up++) {
      disturb(m, &now, (sg_view_error)e, up ? 1 : -1, &moved);
      disturbed[e][up] = *sighting;
      compare(m, &m->start_disturbed[e][up], &moved, &disturbed[e][up]);
    }
  }
}

/* The difference of two sightings of a point, but for what their starts differ by, turned along. */
static sg_point left_over(const sg_point *start_a, const sg_point *start_b, const sg_point *now_a,
                          const sg_point *now_b) {
  const double turn = (lean_of(*now_b) - lean_of(*start_b)) * SG_RADIANS, c = cos(turn), s = sin(turn);
  const double x = start_a->x - start_b->x, y = start_a->y - start_b->y;
  return (sg_point){ now_a->x - now_b->x - (c * x + s * y), now_a->y - now_b->y - (c * y - s * x) };
}

/* Variance (squared standard deviation) of a + b z² for effects at z = −1 and 1. */
static double variance(double down, double up) {
  const double linear = 0.5 * (up - down), even = 0.5 * (up + down);
  return linear * linear + 3 * even * even;
}

static double point_variance(sg_point down, sg_point up) {
  return 0.5 * (variance(down.x, up.x) + variance(down.y, up.y));
}

/* What the camera may do to each thing that is seen, beyond noise. */
static void find_camera(sg_sighting *out, sg_sighting disturbed[SG_VIEW_ERRORS][2]) {
  double shoulder = 0, knee = 0, pelvis = 0, ribs = 0;
  for (int e = 0; e < SG_VIEW_ERRORS; e++) {
    if (e == SG_VIEW_ROLL) continue; /* turns everything alike */
    sg_point s[2], k[2];
    for (int up = 0; up < 2; up++) {
      const sg_sighting *d = &disturbed[e][up];
      s[up] = left_over(&d->start_shoulder, &out->start_shoulder, &d->shoulder, &out->shoulder);
      k[up] = left_over(&d->start_knee, &out->start_knee, &d->knee, &out->knee);
    }
    shoulder += point_variance(s[0], s[1]);
    knee += point_variance(k[0], k[1]);
    pelvis += variance(disturbed[e][0].pelvis_deg - out->pelvis_deg, disturbed[e][1].pelvis_deg - out->pelvis_deg);
    ribs += variance(disturbed[e][0].ribs_deg - out->ribs_deg, disturbed[e][1].ribs_deg - out->ribs_deg);
  }
  out->shoulder_camera = sqrt(shoulder);
  out->knee_camera = isnan(knee) ? 0 : sqrt(knee);
  out->pelvis_camera_deg = isnan(pelvis) ? 0 : sqrt(pelvis);
  out->ribs_camera_deg = isnan(ribs) ? 0 : sqrt(ribs);
}

bool sg_motion_sighting(const sg_motion *m, size_t from, size_t to, sg_sighting *out) {
  const sg_signals *s = m->signals;
  const bool strip = s->set == SAGITTA_SET_STRIP;
  sg_places now;
  memset(out, 0, sizeof *out);
  find_places(m, from, to, &now);
  out->trunk_deg = sg_mean(m->trunk, from, to);
  compare(m, &m->start, &now, out);
  out->has_knee = !isnan(out->knee.x);
  out->has_pelvis = !isnan(out->pelvis_deg);
  out->has_ribs = !isnan(out->ribs_deg);
  out->hip_on_pelvis = strip;
  out->unrest = m->unrest;
  out->seated = m->seated;
  out->free_thigh = m->opening.free_thigh;
  out->point_noise = (s->sigma[SAGITTA_SHOULDER] + s->sigma[SAGITTA_HIP] + s->sigma[SAGITTA_KNEE]) / 3 / m->unit_px;
  out->pelvis_noise_deg = s->axis_sigma[strip ? SAGITTA_HIP : SAGITTA_PELVIS];
  out->ribs_noise_deg = s->axis_sigma[SAGITTA_RIBS];
  if (isnan(out->shoulder.x) || isnan(out->trunk_deg)) return false;
  sg_sighting disturbed[SG_VIEW_ERRORS][2];
  sg_motion_disturbed(m, from, to, out, disturbed);
  const double doubt = m->view.spread[SG_VIEW_YAW] / sg_view_priors[SG_VIEW_YAW].spread;
  out->yaw_known = 1 - doubt * doubt;
  out->across = m->across;
  find_camera(out, disturbed);
  return true;
}

void sg_motion_level(sg_motion *m) {
  find_places(m, m->start_row, m->start_row + m->start_rows, &m->start);
  for (int e = 0; e < SG_VIEW_ERRORS; e++) {
    for (int up = 0; up < 2; up++) disturb(m, &m->start, (sg_view_error)e, up ? 1 : -1, &m->start_disturbed[e][up]);
  }
  m->roll = 0;
  if (m->view.level_known || m->opening.start != SG_START_STANDING) return;
  const sg_point knee = from_hip(m, &m->start, SAGITTA_KNEE), shoulder = from_hip(m, &m->start, SAGITTA_SHOULDER);
  const double lean = lean_of((sg_point){ shoulder.x - knee.x, shoulder.y - knee.y });
  const double camera = m->view.spread[SG_VIEW_ROLL], person = sg_priors[SG_STANDING].spread;
  if (fabs(lean) < 45) m->roll = lean * camera * camera / (camera * camera + person * person);
}

/* ---- plain angles between two lines ---- */

/* An angle between the lines from `corner` to a and to b, whose ends move by so much (units, per axis). */
static double corner_error(const double corner[2], const double a[2], const double b[2], double at_corner, double at_a,
                           double at_b) {
  const double ax = a[0] - corner[0], ay = a[1] - corner[1], bx = b[0] - corner[0], by = b[1] - corner[1];
  const double a2 = ax * ax + ay * ay, b2 = bx * bx + by * by;
  const double gx = ay / a2 - by / b2, gy = ax / a2 - bx / b2; /* of the direction difference, by the corner */
  return sqrt(at_corner * at_corner * (gx * gx + gy * gy) + at_a * at_a / a2 + at_b * at_b / b2) / SG_RADIANS;
}

static double corner_angle(const sg_places *p, sagitta_role corner, sagitta_role a, sagitta_role b) {
  const double ax = p->at[a][0] - p->at[corner][0], ay = p->at[a][1] - p->at[corner][1];
  const double bx = p->at[b][0] - p->at[corner][0], by = p->at[b][1] - p->at[corner][1];
  return atan2(ax * by - ay * bx, ax * bx + ay * by) / SG_RADIANS;
}

static double corner_camera(const sg_motion *m, const sg_places *now, sagitta_role corner, sagitta_role a,
                            sagitta_role b) {
  const sg_view *view = &m->view;
  const double plain = corner_angle(now, corner, a, b) - corner_angle(&m->start, corner, a, b);
  double sum = 0;
  for (int e = 0; e < SG_VIEW_ERRORS; e++) {
    if (e == SG_VIEW_ROLL) continue;
    double change[2];
    for (int up = 0; up < 2; up++) {
      sg_places moved = *now;
      move_role(view, (sg_view_error)e, up ? 1 : -1, now, corner, &moved);
      move_role(view, (sg_view_error)e, up ? 1 : -1, now, a, &moved);
      move_role(view, (sg_view_error)e, up ? 1 : -1, now, b, &moved);
      change[up] = corner_angle(&moved, corner, a, b) - corner_angle(&m->start_disturbed[e][up], corner, a, b);
      change[up] = near(change[up] - plain, 0);
    }
    sum += variance(change[0], change[1]);
  }
  return sqrt(sum);
}

static sg_line_error line_error(const sg_motion *m, sagitta_role corner, sagitta_role a, sagitta_role b, size_t row) {
  static const int skin[] = { SG_SKIN_SHOULDER, SG_SKIN_HIP, SG_SKIN_KNEE, SG_SKIN_ANKLE };
  const sg_signals *s = m->signals;
  const double cm = m->unit_px / sg_priors[SG_THIGH].value * sg_growth(m->trunk[row]); /* px */
  sg_places now;
  find_places(m, row, row + 1, &now);
  sg_line_error e;
  e.camera = corner_error(now.at[corner], now.at[a], now.at[b], s->sigma[corner], s->sigma[a], s->sigma[b]);
  e.camera = hypot(e.camera, corner_camera(m, &now, corner, a, b));
  e.person = corner_error(now.at[corner], now.at[a], now.at[b], cm * sg_priors[skin[corner]].spread,
                          cm * sg_priors[skin[a]].spread, cm * sg_priors[skin[b]].spread);
  e.person = hypot(e.person, e.camera);
  if (!m->start_still) e.person = hypot(e.person, m->unrest * 2 / SG_RADIANS);
  return e;
}

sg_line_error sg_trunk_thigh_error(const sg_motion *m, size_t row) {
  return line_error(m, SAGITTA_HIP, SAGITTA_SHOULDER, SAGITTA_KNEE, row);
}

sg_line_error sg_knee_error(const sg_motion *m, size_t row) {
  return line_error(m, SAGITTA_KNEE, SAGITTA_HIP, SAGITTA_ANKLE, row);
}
