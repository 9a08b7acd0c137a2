/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the way from pictures to the plane of movement: a known camera is undone exactly, an unknown one is
 * disturbed the way a camera really differs, and a yaw is told from what strips seem to lose while they turn and
 * travel. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "body/geometry.h"
#include "camera/view.h"
#include "base/math.h"

#define WIDTH  960
#define HEIGHT 540
#define FAR    330.0 /* cm */

/* A camera that looks at the plane's origin from FAR away: yaw about the vertical, pitch, roll; k1. */
typedef struct {
  double yaw, pitch, roll, k1, focal;
} eye;

static void basis_of(const eye *e, double right[3], double down[3], double ahead[3]) {
  const double y = e->yaw * SG_RADIANS, p = e->pitch * SG_RADIANS, r = e->roll * SG_RADIANS;
  const double flat_right[3] = { cos(y), 0, -sin(y) }, up[3] = { -sin(y) * sin(p), cos(p), -cos(y) * sin(p) };
  for (int i = 0; i < 3; i++) {
    right[i] = cos(r) * flat_right[i] + sin(r) * up[i];
    down[i] = sin(r) * flat_right[i] - cos(r) * up[i];
  }
  ahead[0] = -sin(y) * cos(p);
  ahead[1] = -sin(p);
  ahead[2] = -cos(y) * cos(p);
}

static void project(const eye *e, double x_cm, double y_cm, double to[2]) {
  double right[3], down[3], ahead[3];
  basis_of(e, right, down, ahead);
  const double d[3] = { x_cm + FAR * ahead[0], y_cm + FAR * ahead[1], FAR * ahead[2] };
  double v[3] = { 0, 0, 0 };
  for (int i = 0; i < 3; i++) {
    v[0] += (d[i] - FAR * ahead[i]) * right[i];
    v[1] += (d[i] - FAR * ahead[i]) * down[i];
    v[2] += (d[i] - FAR * ahead[i]) * ahead[i];
  }
  const double x = v[0] / (v[2] + FAR), y = v[1] / (v[2] + FAR), bend = 1 + e->k1 * (x * x + y * y);
  to[0] = 0.5 * WIDTH + e->focal * x * bend;
  to[1] = 0.5 * HEIGHT + e->focal * y * bend;
}

/* The calibration that describes that camera exactly. */
static sagitta_camera calibrated(const eye *e) {
  double right[3], down[3], ahead[3];
  basis_of(e, right, down, ahead);
  const double f = e->focal, cx = 0.5 * WIDTH, cy = 0.5 * HEIGHT;
  /* cm → undistorted px, row by row; the plane is z = 0. */
  const double m[9] = { f * right[0] + cx * ahead[0],
                        f * right[1] + cx * ahead[1],
                        cx * FAR,
                        f * down[0] + cy * ahead[0],
                        f * down[1] + cy * ahead[1],
                        cy * FAR,
                        ahead[0],
                        ahead[1],
                        FAR };
  sagitta_camera c = { .width = WIDTH, .height = HEIGHT, .has_lens = true, .has_plane = true };
  c.lens = (sagitta_lens){ .model = SAGITTA_LENS_BROWN, .fx = f, .fy = f, .cx = cx, .cy = cy, .k = { e->k1 } };
  for (int i = 0; i < 9; i++) {
    const int row = i / 3, column = i % 3;
    const int r0 = (column + 1) % 3, r1 = (column + 2) % 3, c0 = (row + 1) % 3, c1 = (row + 2) % 3;
    c.plane.to_cm[i] = m[3 * r0 + c0] * m[3 * r1 + c1] - m[3 * r0 + c1] * m[3 * r1 + c0];
  }
  const double middle = c.plane.to_cm[6] * cx + c.plane.to_cm[7] * cy + c.plane.to_cm[8];
  for (int i = 0; i < 9; i++) c.plane.to_cm[i] /= middle;
  c.plane.level_known = c.plane.perspective_known = true;
  return c;
}

static void test_a_known_camera_is_undone(void **state) {
  (void)state;
  const eye e = { 10, -4, 3, -0.2, 820 };
  const sagitta_camera camera = calibrated(&e);
  sg_view view;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sg_view_set(&view, &camera, WIDTH, HEIGHT, &error), SAGITTA_OK);
  assert_true(view.level_known && !view.plain);
  double origin[2], to[2], px[2];
  project(&e, 0, 0, px);
  assert_true(sg_view_point(&view, px[0], px[1], origin));
  for (int i = 0; i < 49; i++) {
    const double x = -90 + 30 * (i % 7), y = -60 + 20 * (i / 7);
    project(&e, x, y, px);
    assert_true(sg_view_point(&view, px[0], px[1], to));
    assert_true(fabs((to[0] - origin[0]) * view.cm_per_px - x) < 1e-6);
    assert_true(fabs((origin[1] - to[1]) * view.cm_per_px - y) < 1e-6);
  }
  /* A strip that leans by 40 degrees is seen to, wherever it is. */
  double upper[2], lower[2];
  project(&e, 60 + 7 * sin(40 * SG_RADIANS), 50 + 7 * cos(40 * SG_RADIANS), upper);
  project(&e, 60 - 7 * sin(40 * SG_RADIANS), 50 - 7 * cos(40 * SG_RADIANS), lower);
  const double seen = atan2(upper[0] - lower[0], lower[1] - upper[1]) / SG_RADIANS, x = 0.5 * (upper[0] + lower[0]);
  const double y = 0.5 * (upper[1] + lower[1]), length = hypot(upper[0] - lower[0], upper[1] - lower[1]);
  assert_true(fabs(seen - 40) > 1);
  assert_true(fabs(sg_view_axis(&view, x, y, seen, length) - 40) < 0.02);
  assert_true(fabs(sg_view_axis(&view, x, y, seen + 360, length) - 400) < 0.02);
  assert_true(fabs(sg_view_length(&view, x, y, seen, length) * view.cm_per_px - 14) < 0.005);
}

static void test_an_unknown_camera_is_plain_and_doubted(void **state) {
  (void)state;
  sg_view view, known;
  sagitta_error error = SAGITTA_ERROR_INIT;
  const eye e = { 0, 0, 0, 0, 0.9 * WIDTH };
  const sagitta_camera camera = calibrated(&e);
  assert_int_equal(sg_view_set(&view, NULL, WIDTH, HEIGHT, &error), SAGITTA_OK);
  assert_int_equal(sg_view_set(&known, &camera, WIDTH, HEIGHT, &error), SAGITTA_OK);
  assert_true(view.plain && isnan(view.cm_per_px) && !view.level_known);
  for (int i = 0; i < SG_VIEW_ERRORS; i++) assert_true(known.spread[i] <= view.spread[i]);
  assert_true(known.spread[SG_VIEW_YAW] < 0.3 * view.spread[SG_VIEW_YAW]);
  double to[2];
  assert_true(sg_view_point(&view, 12.5, 400.25, to));
  assert_true(to[0] == 12.5 && to[1] == 400.25);
}

/* Each error by itself, at one and at minus two standard deviations, undone as a real camera would need it. */
static void test_disturbances_are_those_of_cameras(void **state) {
  (void)state;
  static const double far[] = { 1, -2 };
  sg_view view;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sg_view_set(&view, NULL, WIDTH, HEIGHT, &error), SAGITTA_OK);
  for (int k = 0; k < 2; k++) {
    for (int kind = SG_VIEW_LENS; kind <= SG_VIEW_PITCH; kind++) {
      eye e = { .focal = view.focal };
      if (kind == SG_VIEW_LENS) e.k1 = far[k] * view.spread[kind];
      if (kind == SG_VIEW_YAW) e.yaw = far[k] * view.spread[kind];
      if (kind == SG_VIEW_PITCH) e.pitch = far[k] * view.spread[kind];
      double best = 1e9;
      for (int sign = -1; sign <= 1; sign += 2) {
        double worst = 0, origin[2], px[2], to[2];
        for (int i = 0; i < 25; i++) {
          const double x = -60 + 30 * (i % 5), y = -40 + 20 * (i / 5);
          project(&e, 0, 0, origin);
          project(&e, x, y, px);
          sg_view_disturb(&view, (sg_view_error)kind, sign * far[k], px, to);
          const double scale = view.focal / FAR;
          worst = fmax(worst, hypot(to[0] - origin[0] - x * scale, origin[1] - to[1] - y * scale));
        }
        best = fmin(best, worst);
      }
      assert_true(best < (kind == SG_VIEW_LENS ? 1.0 : 1e-6)); /* the lens is undone to the first order */
    }
  }
}

static void test_another_picture_is_refused(void **state) {
  (void)state;
  const eye e = { 5, 0, 0, 0, 900 };
  sagitta_camera camera = calibrated(&e);
  sg_view view;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sg_view_set(&view, &camera, HEIGHT, WIDTH, &error), SAGITTA_ERROR_ARGUMENT);
  assert_non_null(strstr(error.text, "960 x 540"));
  camera.plane.to_cm[0] = NAN;
  assert_int_equal(sg_view_set(&view, &camera, WIDTH, HEIGHT, &error), SAGITTA_ERROR_ARGUMENT);
}

/* ---- the yaw ---- */

#define ROWS 60

typedef struct {
  sg_signals signals;
  sg_motion motion;
  double store[2][4][ROWS], angle[2][ROWS];
} scene;

/* A pelvis strip that turns by 60 degrees in place and a ribs strip that turns by 95 and travels. */
static void film(scene *s, const eye *e, double stretch) {
  static const sagitta_role roles[2] = { SAGITTA_PELVIS, SAGITTA_RIBS };
  memset(s, 0, sizeof *s);
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sg_view_set(&s->signals.view, NULL, WIDTH, HEIGHT, &error), SAGITTA_OK);
  s->signals.rows = s->motion.rows = ROWS;
  s->motion.signals = &s->signals;
  s->motion.trunk = s->angle[0];
  s->motion.pelvis = s->motion.ribs = s->angle[1];
  for (int i = 0; i < ROWS; i++) {
    const double part = 0.5 - 0.5 * cos(i * 3.14159265 / (ROWS - 1));
    for (int k = 0; k < 2; k++) {
      const double lean = part * (k ? 95 : 60), x = k ? -5 + 55 * part : -5 - 8 * part, y = k ? 30 - 30 * part : 0;
      const double half = 7 * (1 + stretch * part);
      double up[2], low[2];
      project(e, x + half * sin(lean * SG_RADIANS), y + half * cos(lean * SG_RADIANS), up);
      project(e, x - half * sin(lean * SG_RADIANS), y - half * cos(lean * SG_RADIANS), low);
      s->store[k][0][i] = 0.5 * (up[0] + low[0]);
      s->store[k][1][i] = 0.5 * (up[1] + low[1]);
      s->store[k][2][i] = atan2(up[0] - low[0], low[1] - up[1]) / SG_RADIANS;
      s->store[k][3][i] = hypot(up[0] - low[0], up[1] - low[1]);
    }
    s->angle[0][i] = 85 * part;
    s->angle[1][i] = 95 * part;
  }
  for (int k = 0; k < 2; k++) {
    for (int c = 0; c < SG_CHANNELS; c++) s->signals.value[roles[k]][c] = s->store[k][c];
    s->signals.length[roles[k]] = s->store[k][3];
  }
}

static void test_strips_tell_the_yaw(void **state) {
  (void)state;
  for (int yaw = -24; yaw <= 24; yaw += 8) {
    const eye e = { yaw, 2, 1, -0.05, 0.95 * WIDTH };
    scene s;
    film(&s, &e, 0.002);
    sg_motion_find_yaw(&s.motion);
    assert_true(s.motion.yaw_low_deg <= abs(yaw) && abs(yaw) <= s.motion.yaw_high_deg);
    if (yaw == 0) assert_true(s.motion.yaw_high_deg < 14);
    if (abs(yaw) == 24) assert_true(s.motion.yaw_low_deg > 15);
  }
  /* Strips that stretch by more than tape does are no sign of a yaw for sure. */
  const eye straight = { .focal = 0.95 * WIDTH };
  scene s;
  film(&s, &straight, 0.02);
  sg_motion_find_yaw(&s.motion);
  assert_true(s.motion.yaw_low_deg < 15);
}

/* An arm over an end of a strip for a few frames is no yaw. */
static void test_a_covered_strip_is_no_yaw(void **state) {
  (void)state;
  const eye straight = { .focal = 0.95 * WIDTH };
  scene s;
  film(&s, &straight, 0.002);
  for (int i = 14; i < 22; i++) s.store[0][3][i] *= 0.92;
  sg_motion_find_yaw(&s.motion);
  assert_true(s.motion.yaw_high_deg < 14);
}

static void test_without_a_turning_strip_the_yaw_is_unknown(void **state) {
  (void)state;
  const eye e = { .focal = 900 };
  scene s;
  film(&s, &e, 0);
  memset(s.angle, 0, sizeof s.angle);
  sg_motion_find_yaw(&s.motion);
  assert_true(isnan(s.motion.yaw_deg) && isnan(s.motion.yaw_low_deg));
  assert_true(s.motion.view.spread[SG_VIEW_YAW] == sg_view_priors[SG_VIEW_YAW].spread);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_a_known_camera_is_undone),
    cmocka_unit_test(test_an_unknown_camera_is_plain_and_doubted),
    cmocka_unit_test(test_disturbances_are_those_of_cameras),
    cmocka_unit_test(test_another_picture_is_refused),
    cmocka_unit_test(test_strips_tell_the_yaw),
    cmocka_unit_test(test_a_covered_strip_is_no_yaw),
    cmocka_unit_test(test_without_a_turning_strip_the_yaw_is_unknown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
