/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "body/limb.h"
#include "body/lines.h"
#include "base/math.h"

#define HALF_CM 7.0 /* of a strip, over which its direction is taken */
#define CORNERS 3

/* Mean places of up to three roles, plane px; NAN = unknown. */
typedef struct {
  double at[CORNERS][2];
} places;

static void find_place(const sg_signals *s, sagitta_role role, size_t first, size_t end, double at[2]) {
  double x = 0, y = 0, count = 0;
  for (size_t i = first; i < end; i++) {
    if (!sg_signals_known(s, role, i)) continue;
    x += s->value[role][SG_CHANNEL_X][i];
    y += s->value[role][SG_CHANNEL_Y][i];
    count += 1;
  }
  at[0] = x / count;
  at[1] = y / count;
}

static double lean_between(const double a[2], const double b[2], bool right) {
  return sg_lean((sg_point){ right ? b[0] - a[0] : a[0] - b[0], a[1] - b[1] });
}

static void move(const sg_motion *m, int error, double by, sagitta_role role, const double p[2], double to[2]) {
  if (isnan(p[0]) || (error == SG_VIEW_DEPTH && role != SAGITTA_SHOULDER)) {
    memcpy(to, p, 2 * sizeof *p);
  } else {
    sg_view_disturb(&m->view, (sg_view_error)error, by, p, to);
  }
}

/* Variance of a + b z² for effects at z = −1 and 1. */
static double variance(double down, double up) {
  const double linear = 0.5 * (up - down), even = 0.5 * (up + down);
  return linear * linear + 3 * even * even;
}

/* Squared standard error (rad²) of a line's direction, its ends off by so many px per axis. */
static double direction_variance(const double a[2], const double b[2], double at_a, double at_b) {
  const double length = hypot(b[0] - a[0], b[1] - a[1]);
  return (at_a * at_a + at_b * at_b) / (length * length);
}

/* Likewise of the difference of two lines' directions that meet in a corner. */
static double corner_variance(const places *p, double at_a, double at_corner, double at_b) {
  const double ax = p->at[0][0] - p->at[1][0], ay = p->at[0][1] - p->at[1][1];
  const double bx = p->at[2][0] - p->at[1][0], by = p->at[2][1] - p->at[1][1];
  const double a2 = ax * ax + ay * ay, b2 = bx * bx + by * by;
  const double gx = ay / a2 - by / b2, gy = ax / a2 - bx / b2;
  return at_corner * at_corner * (gx * gx + gy * gy) + at_a * at_a / a2 + at_b * at_b / b2;
}

/* px per cm, by the thigh. */
static double per_cm(const sg_motion *m) {
  return m->unit_px / sg_priors[SG_THIGH].value;
}

/* Skin over a role, px. */
static double skin_of(const sg_motion *m, sagitta_role role, double growth) {
  static const int rows[] = { SG_SKIN_SHOULDER, SG_SKIN_HIP, SG_SKIN_KNEE, SG_SKIN_ANKLE };
  return (int)role <= SAGITTA_ANKLE ? per_cm(m) * growth * sg_priors[rows[role]].spread : 0;
}

static sg_limb limb_of(double value, double camera2, double person2, const sg_motion *m) {
  const double restless = m->start_still ? 0 : pow(2 * m->unrest / SG_RADIANS, 2);
  return (sg_limb){ value, sqrt(camera2 + person2 + restless), sqrt(camera2) };
}

sg_limb sg_limb_turn(const sg_motion *m, sagitta_role from, sagitta_role to, size_t first, size_t end, double growth) {
  const sg_signals *s = m->signals;
  places was, is, moved_was, moved_is;
  find_place(s, from, m->start_row, m->start_row + m->start_rows, was.at[0]);
  find_place(s, to, m->start_row, m->start_row + m->start_rows, was.at[1]);
  find_place(s, from, first, end, is.at[0]);
  find_place(s, to, first, end, is.at[1]);
  const double turned =
      sg_near(lean_between(is.at[0], is.at[1], m->right) - lean_between(was.at[0], was.at[1], m->right), 0);
  double camera2 = 2 * direction_variance(is.at[0], is.at[1], s->sigma[from], s->sigma[to]) / (SG_RADIANS * SG_RADIANS);
  for (int e = 0; e < SG_VIEW_ERRORS; e++) {
    double change[2];
    if (e == SG_VIEW_ROLL) continue; /* turns both alike */
    for (int up = 0; up < 2; up++) {
      move(m, e, up ? 1 : -1, from, was.at[0], moved_was.at[0]);
      move(m, e, up ? 1 : -1, to, was.at[1], moved_was.at[1]);
      move(m, e, up ? 1 : -1, from, is.at[0], moved_is.at[0]);
      move(m, e, up ? 1 : -1, to, is.at[1], moved_is.at[1]);
      change[up] = sg_near(lean_between(moved_is.at[0], moved_is.at[1], m->right) -
                               lean_between(moved_was.at[0], moved_was.at[1], m->right) - turned,
                           0);
    }
    camera2 += variance(change[0], change[1]);
  }
  const double person2 = direction_variance(is.at[0], is.at[1], skin_of(m, from, growth), skin_of(m, to, growth)) /
                         (SG_RADIANS * SG_RADIANS);
  return limb_of(turned, camera2, person2, m);
}

static double corner_angle(const places *p, bool right) {
  return sg_near(lean_between(p->at[2], p->at[1], right) - lean_between(p->at[1], p->at[0], right), 60);
}

sg_limb sg_limb_corner(const sg_motion *m, sagitta_role a, sagitta_role corner, sagitta_role b, size_t first,
                       size_t end, double growth, double placement) {
  const sagitta_role role[CORNERS] = { a, corner, b };
  const sg_signals *s = m->signals;
  places p, moved;
  for (int k = 0; k < CORNERS; k++) find_place(s, role[k], first, end, p.at[k]);
  const double angle = corner_angle(&p, m->right);
  double camera2 = corner_variance(&p, s->sigma[a], s->sigma[corner], s->sigma[b]) / (SG_RADIANS * SG_RADIANS);
  for (int e = 0; e < SG_VIEW_ERRORS; e++) {
    double change[2];
    if (e == SG_VIEW_ROLL) continue;
    for (int up = 0; up < 2; up++) {
      for (int k = 0; k < CORNERS; k++) move(m, e, up ? 1 : -1, role[k], p.at[k], moved.at[k]);
      change[up] = sg_near(corner_angle(&moved, m->right) - angle, 0);
    }
    camera2 += variance(change[0], change[1]);
  }
  double off[CORNERS];
  for (int k = 0; k < CORNERS; k++) {
    off[k] = hypot(per_cm(m) * placement * sg_priors[SG_PLACEMENT].spread, skin_of(m, role[k], growth));
  }
  return limb_of(angle, camera2, corner_variance(&p, off[0], off[1], off[2]) / (SG_RADIANS * SG_RADIANS), m);
}

sg_limb sg_limb_lean(const sg_motion *m, sagitta_role from, sagitta_role to, size_t first, size_t end) {
  const sg_signals *s = m->signals;
  places p, moved;
  find_place(s, from, first, end, p.at[0]);
  find_place(s, to, first, end, p.at[1]);
  const double lean = lean_between(p.at[0], p.at[1], m->right), off = per_cm(m) * sg_priors[SG_PLACEMENT].spread;
  double camera2 = direction_variance(p.at[0], p.at[1], s->sigma[from], s->sigma[to]) / (SG_RADIANS * SG_RADIANS);
  for (int e = 0; e < SG_VIEW_ERRORS; e++) {
    double change[2];
    for (int up = 0; up < 2; up++) {
      move(m, e, up ? 1 : -1, from, p.at[0], moved.at[0]);
      move(m, e, up ? 1 : -1, to, p.at[1], moved.at[1]);
      change[up] = sg_near(lean_between(moved.at[0], moved.at[1], m->right) - lean, 0);
    }
    camera2 += variance(change[0], change[1]);
  }
  return limb_of(lean, camera2, direction_variance(p.at[0], p.at[1], off, off) / (SG_RADIANS * SG_RADIANS), m);
}

static double mean_axis(const sg_motion *m, sagitta_role role, size_t first, size_t end) {
  const double *v = m->signals->value[role][SG_CHANNEL_AXIS];
  double sum = 0, count = 0;
  for (size_t i = first; v && i < end; i++) {
    if (isnan(v[i])) continue;
    sum += v[i];
    count += 1;
  }
  return (m->right ? 1 : -1) * sum / count;
}

/* A strip's direction, facing right, if the camera were off; `axis` is what is seen. */
static double strip_moved(const sg_motion *m, int error, double by, const double at[2], double axis) {
  const double seen = (m->right ? axis : -axis) * SG_RADIANS, half = HALF_CM * per_cm(m);
  const double upper[2] = { at[0] + half * sin(seen), at[1] - half * cos(seen) };
  const double lower[2] = { at[0] - half * sin(seen), at[1] + half * cos(seen) };
  double u[2], l[2];
  sg_view_disturb(&m->view, (sg_view_error)error, by, upper, u);
  sg_view_disturb(&m->view, (sg_view_error)error, by, lower, l);
  return sg_near(lean_between(l, u, m->right), axis);
}

/* Squared camera error of a strip's direction now, less what the start has of it. `start` NAN: none is subtracted. */
static double strip_camera(const sg_motion *m, sagitta_role role, size_t first, size_t end, double now, double start) {
  double at[2], was[2], sum = pow(m->signals->axis_sigma[role], 2) * (isnan(start) ? 1 : 2);
  find_place(m->signals, role, first, end, at);
  find_place(m->signals, role, m->start_row, m->start_row + m->start_rows, was);
  for (int e = 0; e < SG_VIEW_ERRORS; e++) {
    double change[2];
    if (e == SG_VIEW_DEPTH || (e == SG_VIEW_ROLL && !isnan(start))) continue;
    for (int up = 0; up < 2; up++) {
      change[up] = strip_moved(m, e, up ? 1 : -1, at, now) - now;
      if (!isnan(start)) change[up] -= strip_moved(m, e, up ? 1 : -1, was, start) - start;
    }
    sum += variance(change[0], change[1]);
  }
  return sum;
}

static double skin_turn(sagitta_role role, double growth) {
  return growth * sg_priors[role == SAGITTA_RIBS ? SG_SKIN_RIBS : SG_SKIN_PELVIS].spread;
}

sg_limb sg_strip_turn(const sg_motion *m, sagitta_role role, size_t first, size_t end, double growth) {
  const double now = mean_axis(m, role, first, end);
  const double start = mean_axis(m, role, m->start_row, m->start_row + m->start_rows);
  return limb_of(now - start, strip_camera(m, role, first, end, now, start), pow(skin_turn(role, growth), 2), m);
}

sg_limb sg_strip_tilt(const sg_motion *m, sagitta_role role, size_t first, size_t end) {
  const double now = mean_axis(m, role, first, end);
  return limb_of(now, strip_camera(m, role, first, end, now, NAN), pow(sg_priors[SG_STRIP_PLACEMENT].spread, 2), m);
}

static void put(sg_angles *a, sagitta_angle angle, size_t row, double value, double spread) {
  a->value[angle][row] = value;
  a->spread[angle][row] = spread;
}

void sg_limb_rows(const sg_motion *m, sg_angles *a) {
  const sagitta_role pelvis_role = m->signals->set == SAGITTA_SET_STRIP ? SAGITTA_HIP : SAGITTA_PELVIS;
  for (size_t i = 0; i < m->rows; i++) {
    if (isnan(m->thigh[i])) continue;
    const double growth = sg_growth(m->thigh[i]), pelvis = m->pelvis[i], ribs = m->ribs[i];
    const double thigh = sg_limb_turn(m, SAGITTA_KNEE, SAGITTA_HIP, i, i + 1, growth).person;
    put(a, SAGITTA_ANGLE_THIGH_ROTATION, i, m->thigh[i], thigh);
    if (!isnan(ribs)) put(a, SAGITTA_ANGLE_RIBS_ROTATION, i, ribs, sg_strip_turn(m, SAGITTA_RIBS, i, i + 1, 0).person);
    if (isnan(pelvis)) continue;
    const double spread = sg_strip_turn(m, pelvis_role, i, i + 1, growth).person;
    put(a, SAGITTA_ANGLE_PELVIC_ROTATION, i, pelvis, spread);
    put(a, SAGITTA_ANGLE_HIP_HINGE, i, pelvis - m->thigh[i], hypot(spread, thigh));
  }
}
