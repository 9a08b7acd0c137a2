/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Angles of single lines and strips by plain geometry, and how far skin, placement and camera may have them wrong. The
 * camera's part: each of its errors is moved by one standard deviation either way and the angle taken again.
 */
#include <math.h>

#include "body/doubt.h"
#include "body/geometry.h"

#define HALF_CM 7.0 /* of a strip, over which its direction is taken */
#define CORNERS 3

/* Mean places of up to three roles, plane px; NAN = unknown. */
typedef struct {
  double at[CORNERS][2];
} places;

/* An angle and what it was taken from: what its camera error asks for again. */
typedef struct {
  const sg_motion *m;
  sagitta_role role[CORNERS];
  places now, start;
  const sg_places *now_from_hip; /* of the angles that are changes of a corner from the start */
  double value, value_at_start;  /* deg */
} line_view;

/* By how much (deg) the angle would differ, were that error so many standard deviations. */
typedef double change_function(const line_view *view, sg_view_error error, double by);

#define AS_BIT(error) (1u << (error))

/* `sum` and the variance (deg²) that the camera's errors add to it, but for those in `without`. */
static double add_camera(double sum, const line_view *view, change_function *change, unsigned without) {
  for (int e = 0; e < SG_VIEW_ERRORS; e++) {
    if (without & AS_BIT(e)) continue;
    const double down = change(view, (sg_view_error)e, -1), up = change(view, (sg_view_error)e, 1);
    sum += sg_effect_variance(down, up);
  }
  return sum;
}

static places find(const sg_motion *m, const sagitta_role *role, int count, size_t first, size_t end) {
  places p;
  for (int k = 0; k < count; k++) (void)sg_mean_place(m->signals, role[k], first, end, p.at[k]);
  return p;
}

static places moved(const line_view *v, const places *p, int count, sg_view_error error, double by) {
  places out;
  for (int k = 0; k < count; k++) sg_move_place(&v->m->view, error, by, v->role[k], p->at[k], out.at[k]);
  return out;
}

/* How the line from a to b leans, as if facing right. */
static double lean_between(const double a[2], const double b[2], bool right) {
  return sg_lean((sg_xy){ right ? b[0] - a[0] : a[0] - b[0], a[1] - b[1] });
}

static double lean_of(const places *p, const sg_motion *m) {
  return lean_between(p->at[0], p->at[1], m->right);
}

static double in_deg2(double rad2) {
  return rad2 / (SG_RADIANS * SG_RADIANS);
}

/* px per cm, by the thigh. */
static double per_cm(const sg_motion *m) {
  return m->unit_px / sg_priors[SG_THIGH].value;
}

/* Skin over a role, or what else has moved its point, px. */
static double skin_of(const sg_motion *m, sagitta_role role, double growth) {
  const sg_point_error error = sg_point_error_of(m->signals->points, role);
  const double slid = per_cm(m) * growth * error.growing;
  return error.wander > 0 ? hypot(slid, per_cm(m) * error.wander) : slid;
}

/* How far a role's point is from its landmark in standing, px. */
static double placed_of(const sg_motion *m, sagitta_role role) {
  return per_cm(m) * sg_point_error_of(m->signals->points, role).placement;
}

static sg_line_angle angle_of(double value, double camera2, double person2) {
  return (sg_line_angle){ value, sqrt(camera2 + person2), sqrt(camera2) };
}

/* ---- lines ---- */

static double turn_change(const line_view *v, sg_view_error error, double by) {
  const places now = moved(v, &v->now, 2, error, by), start = moved(v, &v->start, 2, error, by);
  return sg_nearest_turn(lean_of(&now, v->m) - lean_of(&start, v->m) - v->value, 0);
}

sg_line_angle sg_line_turn(const sg_motion *m, sagitta_role from, sagitta_role to, size_t first, size_t end,
                           double growth) {
  line_view v = { .m = m, .role = { from, to } };
  v.start = find(m, v.role, 2, m->start_row, m->start_row + m->start_rows);
  v.now = find(m, v.role, 2, first, end);
  v.value = sg_nearest_turn(lean_of(&v.now, m) - lean_of(&v.start, m), 0);
  const double *a = v.now.at[0], *b = v.now.at[1], *sigma = m->signals->sigma;
  const double noise2 = in_deg2(2 * sg_direction_variance(a, b, sigma[from], sigma[to]));
  const double camera2 = add_camera(noise2, &v, turn_change, AS_BIT(SG_VIEW_ROLL)); /* roll turns both alike */
  const double skin2 = in_deg2(sg_direction_variance(a, b, skin_of(m, from, growth), skin_of(m, to, growth)));
  return angle_of(v.value, camera2, skin2 + sg_doubt_of_line(m, from, to));
}

static double tilt_change(const line_view *v, sg_view_error error, double by) {
  const places now = moved(v, &v->now, 2, error, by);
  return sg_nearest_turn(lean_of(&now, v->m) - v->value, 0);
}

sg_line_angle sg_line_tilt(const sg_motion *m, sagitta_role from, sagitta_role to, size_t first, size_t end) {
  line_view v = { .m = m, .role = { from, to } };
  v.now = find(m, v.role, 2, first, end);
  v.value = lean_of(&v.now, m);
  const double *a = v.now.at[0], *b = v.now.at[1], *sigma = m->signals->sigma;
  const double camera2 = add_camera(in_deg2(sg_direction_variance(a, b, sigma[from], sigma[to])), &v, tilt_change, 0);
  const double off2 = sg_direction_variance(a, b, placed_of(m, from), placed_of(m, to));
  return angle_of(v.value, camera2, in_deg2(off2));
}

static double corner_of(const places *p, bool right) {
  return sg_nearest_turn(lean_between(p->at[2], p->at[1], right) - lean_between(p->at[1], p->at[0], right), 60);
}

static double corner_change(const line_view *v, sg_view_error error, double by) {
  const places now = moved(v, &v->now, CORNERS, error, by);
  return sg_nearest_turn(corner_of(&now, v->m->right) - v->value, 0);
}

static double corner_variance(const places *p, const double off[CORNERS]) {
  return in_deg2(sg_corner_variance(p->at[0], p->at[1], p->at[2], off[0], off[1], off[2]));
}

sg_line_angle sg_line_corner(const sg_motion *m, sagitta_role a, sagitta_role corner, sagitta_role b, size_t first,
                             size_t end, double growth, double placement) {
  line_view v = { .m = m, .role = { a, corner, b } };
  v.now = find(m, v.role, CORNERS, first, end);
  v.value = corner_of(&v.now, m->right);
  const double *sigma = m->signals->sigma, noise[CORNERS] = { sigma[a], sigma[corner], sigma[b] };
  const double camera2 = add_camera(corner_variance(&v.now, noise), &v, corner_change, AS_BIT(SG_VIEW_ROLL));
  double off[CORNERS];
  for (int k = 0; k < CORNERS; k++) {
    off[k] = hypot(placement * placed_of(m, v.role[k]), skin_of(m, v.role[k], growth));
  }
  const double start2 = (1 - placement) * (sg_doubt_of_line(m, a, corner) + sg_doubt_of_line(m, corner, b));
  return angle_of(v.value, camera2, corner_variance(&v.now, off) + start2);
}

/* ---- change of a corner from the start, one row ---- */

static double opening_of(const sg_places *p, const sagitta_role role[CORNERS]) {
  const double *a = p->at[role[0]], *corner = p->at[role[1]], *b = p->at[role[2]];
  const double ax = a[0] - corner[0], ay = a[1] - corner[1], bx = b[0] - corner[0], by = b[1] - corner[1];
  return atan2(ax * by - ay * bx, ax * bx + ay * by) / SG_RADIANS;
}

static double opening_change(const line_view *v, sg_view_error error, double by) {
  sg_places now = *v->now_from_hip;
  for (int k = 0; k < CORNERS; k++) {
    const sagitta_role role = v->role[k];
    sg_move_place(&v->m->view, error, by, role, v->now_from_hip->at[role], now.at[role]);
  }
  const double start = opening_of(&v->m->start_disturbed[error][by > 0], v->role);
  return sg_nearest_turn(opening_of(&now, v->role) - start - v->value, 0);
}

/* How far skin has slid by that row: as the trunk or the leg's lines have turned, whichever more. */
static double growth_at(const sg_motion *m, size_t row) {
  const double leg = fmax(fabs(m->thigh[row]), fabs(m->shank[row] - m->thigh[row]));
  return fmax(sg_growth(m->trunk[row]), isnan(leg) ? 0 : sg_growth(leg));
}

static sg_line_angle corner_since_start(const sg_motion *m, const sagitta_role role[CORNERS], size_t row,
                                        double value) {
  const double *sigma = m->signals->sigma, growth = growth_at(m, row);
  line_view v = { .m = m, .role = { role[0], role[1], role[2] } };
  sg_places now;
  sg_find_places(m->signals, row, row + 1, &now);
  v.now_from_hip = &now;
  v.value = opening_of(&now, role) - opening_of(&m->start, role);
  const double *a = now.at[role[0]], *corner = now.at[role[1]], *b = now.at[role[2]];
  double skin[CORNERS];
  for (int k = 0; k < CORNERS; k++) skin[k] = skin_of(m, role[k], growth);
  const double noise2 = sg_corner_variance(a, corner, b, sigma[role[0]], sigma[role[1]], sigma[role[2]]);
  sg_line_angle e = { .value = value };
  e.camera = hypot(sqrt(noise2) / SG_RADIANS, sqrt(add_camera(0, &v, opening_change, AS_BIT(SG_VIEW_ROLL))));
  e.person = hypot(sqrt(sg_corner_variance(a, corner, b, skin[0], skin[1], skin[2])) / SG_RADIANS, e.camera);
  const double start2 = sg_doubt_of_line(m, role[0], role[1]) + sg_doubt_of_line(m, role[1], role[2]);
  e.person = hypot(e.person, sqrt(start2));
  return e;
}

sg_line_angle sg_trunk_thigh(const sg_motion *m, size_t row) {
  static const sagitta_role role[CORNERS] = { SAGITTA_SHOULDER, SAGITTA_HIP, SAGITTA_KNEE };
  return corner_since_start(m, role, row, m->trunk[row] - m->thigh[row]);
}

sg_line_angle sg_knee_flexion(const sg_motion *m, size_t row) {
  static const sagitta_role role[CORNERS] = { SAGITTA_HIP, SAGITTA_KNEE, SAGITTA_ANKLE };
  return corner_since_start(m, role, row, m->shank[row] - m->thigh[row]);
}

/* ---- strips ---- */

/* A strip's mean direction, as if facing right. */
static double mean_axis(const sg_motion *m, sagitta_role role, size_t first, size_t end) {
  return (m->right ? 1 : -1) * sg_mean(m->signals->value[role][SG_CHANNEL_AXIS], first, end);
}

/* That direction, if the camera were off; `axis` is what is seen. */
static double strip_moved(const sg_motion *m, sg_view_error error, double by, const double at[2], double axis) {
  const double sign = m->right ? 1 : -1;
  return sign * sg_move_axis(&m->view, error, by, at, sign * axis, HALF_CM * per_cm(m), false);
}

static double strip_tilt_change(const line_view *v, sg_view_error error, double by) {
  return strip_moved(v->m, error, by, v->now.at[0], v->value) - v->value;
}

static double strip_turn_change(const line_view *v, sg_view_error error, double by) {
  double change = strip_tilt_change(v, error, by);
  change -= strip_moved(v->m, error, by, v->start.at[0], v->value_at_start) - v->value_at_start;
  return change;
}

static line_view view_of_strip(const sg_motion *m, sagitta_role role, size_t first, size_t end) {
  const size_t start = m->start_row, start_end = m->start_row + m->start_rows;
  line_view v = { .m = m, .role = { role } };
  v.now = find(m, v.role, 1, first, end);
  v.start = find(m, v.role, 1, start, start_end);
  v.value = mean_axis(m, role, first, end);
  v.value_at_start = mean_axis(m, role, start, start_end);
  return v;
}

static double skin_turn(sagitta_role role, double growth) {
  return growth * sg_priors[role == SAGITTA_RIBS ? SG_SKIN_RIBS : SG_SKIN_PELVIS].spread;
}

sg_line_angle sg_strip_turn(const sg_motion *m, sagitta_role role, size_t first, size_t end, double growth) {
  const line_view v = view_of_strip(m, role, first, end);
  const double noise2 = pow(m->signals->axis_sigma[role], 2) * 2;
  const double camera2 = add_camera(noise2, &v, strip_turn_change, AS_BIT(SG_VIEW_DEPTH) | AS_BIT(SG_VIEW_ROLL));
  return angle_of(v.value - v.value_at_start, camera2, pow(skin_turn(role, growth), 2) + sg_doubt_of_strip(m, role));
}

sg_line_angle sg_strip_tilt(const sg_motion *m, sagitta_role role, size_t first, size_t end) {
  const line_view v = view_of_strip(m, role, first, end);
  const double noise2 = pow(m->signals->axis_sigma[role], 2);
  const double camera2 = add_camera(noise2, &v, strip_tilt_change, AS_BIT(SG_VIEW_DEPTH));
  return angle_of(v.value, camera2, pow(sg_priors[SG_STRIP_PLACEMENT].spread, 2));
}
