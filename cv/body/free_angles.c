/* SPDX-License-Identifier: Apache-2.0 */
/* The angles of a movement that may be any, where no body stands for it: lines and strips, as they turn from the start
 * or, without one, as they lie in space. */
#include <math.h>

#include "body/geometry.h"

/* An angle with its standard error. */
typedef struct {
  double value, spread;
} told;

static void put(sg_angles *a, sagitta_angle angle, size_t row, told t) {
  a->value[angle][row] = t.value;
  a->spread[angle][row] = t.spread;
}

static told difference(told a, told b) {
  return (told){ a.value - b.value, hypot(a.spread, b.spread) };
}

static bool has_axis(const sg_motion *m, sagitta_role role) {
  return m->signals->value[role][SG_CHANNEL_AXIS] != NULL;
}

/* There is no start to count from. */
static bool in_space(const sg_motion *m) {
  return m->start_stillness == SG_IN_SPACE;
}

static sg_line_angle strip_of(const sg_motion *m, sagitta_role role, size_t row, double growth) {
  if (!has_axis(m, role)) return (sg_line_angle){ NAN, NAN, NAN };
  return in_space(m) ? sg_strip_tilt(m, role, row, row + 1) : sg_strip_turn(m, role, row, row + 1, growth);
}

static sg_line_angle line_of(const sg_motion *m, sagitta_role from, sagitta_role to, size_t row, double growth) {
  return in_space(m) ? sg_line_tilt(m, from, to, row, row + 1) : sg_line_turn(m, from, to, row, row + 1, growth);
}

/* Values are those of the motion, which stay on one branch. */
static void put_row(sg_angles *a, const sg_motion *m, size_t i) {
  const double growth = sg_growth(m->thigh[i]);
  const told thigh = { m->thigh[i], line_of(m, SAGITTA_KNEE, SAGITTA_HIP, i, growth).person };
  const told pelvis = { m->pelvis[i], strip_of(m, sg_signals_pelvis(m->signals), i, growth).person };
  const told ribs = { m->ribs[i], strip_of(m, SAGITTA_RIBS, i, growth).person };
  put(a, SAGITTA_ANGLE_THIGH_ROTATION, i, thigh);
  put(a, SAGITTA_ANGLE_PELVIC_ROTATION, i, pelvis);
  put(a, SAGITTA_ANGLE_RIBS_ROTATION, i, ribs);
  put(a, SAGITTA_ANGLE_HIP_HINGE, i, difference(pelvis, thigh));
  put(a, SAGITTA_ANGLE_LUMBAR_FLEXION, i, difference(ribs, pelvis));
  if (!in_space(m)) return;
  const sg_line_angle hip = sg_line_corner(m, SAGITTA_KNEE, SAGITTA_HIP, SAGITTA_SHOULDER, i, i + 1, 0, 1);
  const sg_line_angle knee = sg_line_corner(m, SAGITTA_HIP, SAGITTA_KNEE, SAGITTA_ANKLE, i, i + 1, 0, 1);
  put(a, SAGITTA_ANGLE_TRUNK_THIGH, i, (told){ m->trunk[i] - m->thigh[i], hip.person });
  put(a, SAGITTA_ANGLE_KNEE_FLEXION, i, (told){ m->shank[i] - m->thigh[i], knee.person });
}

void sg_angles_of_free(sg_angles *a, const sg_motion *m) {
  for (size_t i = 0; i < m->rows; i++) put_row(a, m, i);
}

double sg_angle_camera(const sg_motion *m, sagitta_angle angle, size_t i) {
  const sagitta_role pelvis_role = sg_signals_pelvis(m->signals);
  const double thigh = line_of(m, SAGITTA_KNEE, SAGITTA_HIP, i, 0).camera;
  const double trunk = line_of(m, SAGITTA_HIP, SAGITTA_SHOULDER, i, 0).camera;
  const double pelvis = has_axis(m, pelvis_role) ? strip_of(m, pelvis_role, i, 0).camera : trunk;
  const double ribs = has_axis(m, SAGITTA_RIBS) ? strip_of(m, SAGITTA_RIBS, i, 0).camera : trunk;
  switch (angle) {
    case SAGITTA_ANGLE_THIGH_ROTATION:
      return thigh;
    case SAGITTA_ANGLE_PELVIC_ROTATION:
      return pelvis;
    case SAGITTA_ANGLE_RIBS_ROTATION:
      return ribs;
    case SAGITTA_ANGLE_LUMBAR_FLEXION:
      return hypot(ribs, pelvis);
    case SAGITTA_ANGLE_HIP_HINGE:
      return hypot(pelvis, thigh);
    case SAGITTA_ANGLE_KNEE_FLEXION:
      return sg_line_corner(m, SAGITTA_HIP, SAGITTA_KNEE, SAGITTA_ANKLE, i, i + 1, 0, 0).camera;
    default:
      return hypot(trunk, thigh);
  }
}
