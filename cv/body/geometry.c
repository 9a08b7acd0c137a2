/* SPDX-License-Identifier: Apache-2.0 */
#include "body/geometry.h"

#include <math.h>
#include <string.h>

#define SPEED_SPAN_S 0.1  /* s on either side */
#define BESIDE_S     0.5  /* s: rows further apart are no neighbours */
#define STRIP_PART   0.15 /* units: half a strip, over which its direction is taken */

static const sagitta_role points[] = { SAGITTA_SHOULDER, SAGITTA_HIP,    SAGITTA_KNEE,
                                       SAGITTA_ANKLE,    SAGITTA_PELVIS, SAGITTA_RIBS };
#define POINTS (sizeof points / sizeof *points)

/* ---- lines ---- */

sg_xy sg_line(const sg_signals *s, sagitta_role from, sagitta_role to, size_t row) {
  if (!sg_signals_known(s, from, row) || !sg_signals_known(s, to, row)) return (sg_xy){ NAN, NAN };
  return (sg_xy){ s->value[to][SG_CHANNEL_X][row] - s->value[from][SG_CHANNEL_X][row],
                  s->value[from][SG_CHANNEL_Y][row] - s->value[to][SG_CHANNEL_Y][row] };
}

size_t sg_line_sum(const sg_signals *s, sagitta_role from, sagitta_role to, size_t first, size_t end, sg_xy *sum) {
  size_t count = 0;
  *sum = (sg_xy){ 0, 0 };
  for (size_t i = first; i < end; i++) {
    const sg_xy p = sg_line(s, from, to, i);
    if (isnan(p.x)) continue;
    sum->x += p.x;
    sum->y += p.y;
    count++;
  }
  return count;
}

double sg_lean(sg_xy line) {
  return atan2(line.x, line.y) / SG_RADIANS;
}

void sg_lean_rows(const sg_signals *s, sagitta_role from, sagitta_role to, double reference, double *out) {
  double last = reference;
  for (size_t i = 0; i < s->rows; i++) {
    const sg_xy p = sg_line(s, from, to, i);
    out[i] = isnan(p.x) ? NAN : sg_nearest_turn(sg_lean(p), last);
    if (!isnan(out[i])) last = out[i];
  }
}

double sg_turning(const sg_signals *s, const double *angle, size_t row) {
  const double *t = s->time;
  size_t a = row, b = row;
  while (a > 0 && t[row] - t[a - 1] <= SPEED_SPAN_S && !isnan(angle[a - 1])) a--;
  while (b + 1 < s->rows && t[b + 1] - t[row] <= SPEED_SPAN_S && !isnan(angle[b + 1])) b++;
  return a == b || isnan(angle[row]) ? NAN : (angle[b] - angle[a]) / (t[b] - t[a]);
}

double sg_chord_speed(const sg_signals *s, const double *angle, size_t row, double span_s) {
  const double *t = s->time, wide = fmax(span_s, fmin(BESIDE_S, 1.5 / s->rate)) + 1e-6;
  size_t a = row, b = row;
  if (isnan(angle[row])) return NAN;
  while (a > 0 && t[row] - t[a - 1] <= wide && !isnan(angle[a - 1])) a--;
  while (b + 1 < s->rows && t[b + 1] - t[row] <= wide && !isnan(angle[b + 1])) b++;
  return a == b ? NAN : (angle[b] - angle[a]) / (t[b] - t[a]);
}

sg_extent sg_extent_of(const double *v, size_t n) {
  sg_extent e = { INFINITY, -INFINITY };
  for (size_t i = 0; i < n; i++) {
    if (isnan(v[i])) continue;
    e.low = fmin(e.low, v[i]);
    e.high = fmax(e.high, v[i]);
  }
  return e;
}

double sg_lengthened(double deg, double across) {
  return deg + atan2(sin(deg * SG_RADIANS), cos(deg * SG_RADIANS) * (1 - across)) / SG_RADIANS -
         atan2(sin(deg * SG_RADIANS), cos(deg * SG_RADIANS)) / SG_RADIANS;
}

/* ---- places ---- */

size_t sg_mean_place(const sg_signals *s, sagitta_role role, size_t from, size_t to, double at[2]) {
  double x = 0, y = 0;
  size_t count = 0;
  for (size_t i = from; i < to; i++) {
    if (!sg_signals_known(s, role, i)) continue;
    x += s->value[role][SG_CHANNEL_X][i];
    y += s->value[role][SG_CHANNEL_Y][i];
    count++;
  }
  at[0] = x / (double)count;
  at[1] = y / (double)count;
  return count;
}

void sg_find_places(const sg_signals *s, size_t from, size_t to, sg_places *out) {
  double hip[2];
  (void)sg_mean_place(s, SAGITTA_HIP, from, to, hip);
  for (size_t k = 0; k < POINTS; k++) {
    const sagitta_role role = points[k];
    sg_xy sum; /* y up */
    const double count = (double)sg_line_sum(s, SAGITTA_HIP, role, from, to, &sum);
    out->at[role][0] = hip[0] + sum.x / count;
    out->at[role][1] = hip[1] - sum.y / count;
    out->axis[role] = sg_mean(s->value[role][SG_CHANNEL_AXIS], from, to);
  }
}

sg_xy sg_from_hip(const sg_motion *m, const sg_places *p, sagitta_role role) {
  const double x = (p->at[role][0] - p->at[SAGITTA_HIP][0]) * (m->right ? 1 : -1);
  const double y = p->at[SAGITTA_HIP][1] - p->at[role][1];
  const double c = cos(m->roll * SG_RADIANS), s = sin(m->roll * SG_RADIANS);
  return (sg_xy){ c * x - s * y, s * x + c * y };
}

/* ---- the camera's errors ---- */

static void move(const sg_view *view, sg_view_error error, double by, const double p[2], double to[2]) {
  if (isnan(p[0])) {
    to[0] = to[1] = NAN;
  } else {
    sg_view_disturb(view, error, by, p, to);
  }
}

void sg_move_place(const sg_view *view, sg_view_error error, double by, sagitta_role role, const double p[2],
                   double to[2]) {
  if (error == SG_VIEW_DEPTH && role != SAGITTA_SHOULDER) {
    memcpy(to, p, 2 * sizeof *p);
  } else {
    move(view, error, by, p, to);
  }
}

double sg_move_axis(const sg_view *view, sg_view_error error, double by, const double p[2], double axis, double half,
                    bool place_is_end) {
  const double dx = half * sin(axis * SG_RADIANS), dy = -half * cos(axis * SG_RADIANS);
  const double above = place_is_end ? 2 : 1, below = place_is_end ? 0 : 1;
  double upper[2], lower[2];
  move(view, error, by, (const double[2]){ p[0] + dx * above, p[1] + dy * above }, upper);
  move(view, error, by, (const double[2]){ p[0] - dx * below, p[1] - dy * below }, lower);
  return sg_nearest_turn(sg_lean((sg_xy){ upper[0] - lower[0], lower[1] - upper[1] }), axis);
}

void sg_move_places(const sg_motion *m, const sg_places *p, sg_view_error error, double by, sg_places *out) {
  for (size_t k = 0; k < POINTS; k++) {
    const sagitta_role role = points[k];
    sg_move_place(&m->view, error, by, role, p->at[role], out->at[role]);
    out->axis[role] = p->axis[role];
    if (error == SG_VIEW_DEPTH || isnan(p->axis[role])) continue;
    out->axis[role] =
        sg_move_axis(&m->view, error, by, p->at[role], p->axis[role], STRIP_PART * m->unit_px, role == SAGITTA_HIP);
  }
}

/* ---- variances ---- */

double sg_effect_variance(double down, double up) {
  const double linear = 0.5 * (up - down), even = 0.5 * (up + down);
  return linear * linear + 3 * even * even;
}

double sg_direction_variance(const double a[2], const double b[2], double at_a, double at_b) {
  const double length = hypot(b[0] - a[0], b[1] - a[1]);
  return (at_a * at_a + at_b * at_b) / (length * length);
}

double sg_corner_variance(const double a[2], const double corner[2], const double b[2], double at_a, double at_corner,
                          double at_b) {
  const double ax = a[0] - corner[0], ay = a[1] - corner[1], bx = b[0] - corner[0], by = b[1] - corner[1];
  const double a2 = ax * ax + ay * ay, b2 = bx * bx + by * by;
  const double gx = ay / a2 - by / b2, gy = ax / a2 - bx / b2; /* of the direction difference, by the corner */
  return at_corner * at_corner * (gx * gx + gy * gy) + at_a * at_a / a2 + at_b * at_b / b2;
}
