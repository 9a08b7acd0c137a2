/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the plane of movement: scale, level and perspective from drawn boards that stand where they stand exactly,
 * from points and a ruler; stated uncertainties; and what is refused. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "boards.h"
#include "sagitta/calibration.h"

#define COLUMNS 9
#define ROWS    6
#define SQUARE  3.5

static const drawn_camera plain = { .width = 640, .height = 480, .f = 560, .cx = 320, .cy = 240, .blur = 0.7 };
static const drawn_board upright = { .columns = COLUMNS, .rows = ROWS, .square = SQUARE, .x = 3, .y = -4, .z = 60 };
static char path[] = "sagitta-plane-XXXXXX.pgm";

static int set_up(void **state) {
  (void)state;
  const int fd = mkstemps(path, 4);
  if (fd < 0) return -1;
  close(fd);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  return unlink(path);
}

static sagitta_status calibrate(sagitta_plane_report *out, const sagitta_plane_settings *settings,
                                sagitta_error *error) {
  const char *inputs[] = { path };
  sagitta_source *source = NULL;
  sagitta_status status = sagitta_source_open(&source, inputs, 1, NULL, error);
  if (status == SAGITTA_OK) status = sagitta_calibrate_plane(out, source, settings, error);
  sagitta_source_close(&source);
  return status;
}

static void draw(const drawn_camera *c, const drawn_board *b) {
  uint8_t *pixels = draw_board(c, b);
  assert_non_null(pixels);
  assert_true(write_pgm(path, pixels, c->width, c->height));
  free(pixels);
}

static sagitta_plane_settings by_board(void) {
  return (sagitta_plane_settings){ .kind = SAGITTA_PLANE_BOARD, .board = { COLUMNS, ROWS, SQUARE } };
}

static sagitta_camera lens_of(const drawn_camera *c) {
  return (sagitta_camera){ .width = c->width,
                           .height = c->height,
                           .has_lens = true,
                           .lens = { .fx = c->f, .fy = c->f, .cx = c->cx, .cy = c->cy, .k = { c->k1, c->k2 } } };
}

/* Largest error of a distance between corners of the board, cm; and of "up" along its columns, degrees. */
static void check_board(const sagitta_plane_report *r, const drawn_camera *c, const drawn_board *b, double *length_cm,
                        double *up_deg) {
  *length_cm = *up_deg = 0;
  const int places[][2] = { { 0, 0 }, { COLUMNS - 1, 0 }, { 0, ROWS - 1 }, { COLUMNS - 1, ROWS - 1 }, { 4, 2 } };
  double x[5], y[5];
  for (int i = 0; i < 5; i++) {
    double u, v;
    board_corner(c, b, places[i][0], places[i][1], &u, &v);
    assert_int_equal(sagitta_camera_to_plane(&r->camera, u, v, &x[i], &y[i]), SAGITTA_OK);
    for (int j = 0; j < i; j++) {
      const double truth = b->square * hypot(places[i][0] - places[j][0], places[i][1] - places[j][1]);
      *length_cm = fmax(*length_cm, fabs(hypot(x[i] - x[j], y[i] - y[j]) - truth));
    }
  }
  *up_deg = atan2(x[2] - x[0], y[0] - y[2]) * 57.29577951308232;
}

static void test_board(void **state) {
  (void)state;
  static const double turns[][3] = { { 0, 0, 0 },     { 0, 15, 0 }, { -12, 10, 3 },
                                     { 20, -25, -5 }, { 0, 0, 90 }, { 5, 8, 180 } };
  for (int distorted = 0; distorted <= 1; distorted++) {
    drawn_camera c = plain;
    c.k1 = distorted ? -0.2 : 0;
    const sagitta_camera lens = lens_of(&c);
    for (size_t t = 0; t < sizeof turns / sizeof *turns; t++) {
      drawn_board b = upright;
      b.turn_x = turns[t][0];
      b.turn_y = turns[t][1];
      b.turn_z = turns[t][2];
      sagitta_plane_settings settings = by_board();
      sagitta_plane_report r;
      sagitta_error error = SAGITTA_ERROR_INIT;
      double length_cm, up_deg;
      settings.camera = &lens;
      draw(&c, &b);
      if (calibrate(&r, &settings, &error) != SAGITTA_OK) fail_msg("%s", error.text);
      check_board(&r, &c, &b, &length_cm, &up_deg);
      print_message("tilt %.1f (%.2f true) level %.2f scale sd %.4f: worst length %.3f cm, up %.3f deg\n", r.tilt_deg,
                    acos(cos(b.turn_x / 57.29578) * cos(b.turn_y / 57.29578)) * 57.29578, r.level_deg,
                    r.camera.plane.scale_share, length_cm, up_deg);
      assert_true(length_cm < 0.05);
      /* A board on its side or head is stood up again by quarter turns. */
      assert_true(fabs(remainder(up_deg, 90)) < 0.2 && (t == 4 || t == 5 || fabs(up_deg) < 0.2));
      assert_true(fabs(r.tilt_deg - acos(cos(b.turn_x / 57.29578) * cos(b.turn_y / 57.29578)) * 57.29578) < 0.7);
      assert_true(r.camera.plane.level_known && r.camera.plane.perspective_known && r.camera.has_lens);
      assert_true(r.camera.plane.scale_share < 0.01 && r.camera.plane.tilt_sd_deg < 2);
      double x, y, right, above;
      assert_int_equal(sagitta_camera_to_plane(&r.camera, 300, 240, &x, &y), SAGITTA_OK);
      assert_int_equal(sagitta_camera_to_plane(&r.camera, 340, 240, &right, &above), SAGITTA_OK);
      assert_true(right > x + 1);
      assert_int_equal(sagitta_camera_to_plane(&r.camera, 300, 200, &right, &above), SAGITTA_OK);
      assert_true(above > y + 1);
    }
  }
}

/* The picture of a mirrored camera: x still runs to the right, y up, and lengths are right. */
/* Without its lens, the scale in the middle of the picture is off by more than the corners' scatter says; it must be
 * said. */
static void test_unknown_lens(void **state) {
  (void)state;
  for (int i = 0; i < 4; i++) {
    drawn_camera c = plain;
    drawn_board b = upright;
    sagitta_plane_settings settings = by_board();
    sagitta_plane_report known, unknown;
    sagitta_error error = SAGITTA_ERROR_INIT;
    c.k1 = i % 2 ? -0.25 : 0.1;
    b.turn_y = i < 2 ? 0 : 20;
    b.x = -6;
    const sagitta_camera lens = lens_of(&c);
    draw(&c, &b);
    if (calibrate(&unknown, &settings, &error) != SAGITTA_OK) fail_msg("%s", error.text);
    settings.camera = &lens;
    if (calibrate(&known, &settings, &error) != SAGITTA_OK) fail_msg("%s", error.text);
    const double off = fabs(unknown.cm_per_px / known.cm_per_px - 1);
    print_message("k1 %.2f: scale off by %.2f %%, said to be uncertain by %.2f %%, with the lens %.2f %%\n", c.k1,
                  100 * off, 100 * unknown.camera.plane.scale_share, 100 * known.camera.plane.scale_share);
    assert_true(off < 2 * unknown.camera.plane.scale_share && unknown.camera.plane.scale_share < 5 * off + 0.01);
    assert_true(known.camera.plane.scale_share < 0.003);
    assert_non_null(strstr(unknown.note, "lens"));
  }
}

static void test_mirrored(void **state) {
  (void)state;
  drawn_camera c = plain;
  drawn_board b = upright;
  sagitta_plane_settings settings = by_board();
  sagitta_plane_report r;
  sagitta_error error = SAGITTA_ERROR_INIT;
  double length_cm, up_deg;
  c.mirrored = true;
  b.turn_y = 12;
  draw(&c, &b);
  if (calibrate(&r, &settings, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  check_board(&r, &c, &b, &length_cm, &up_deg);
  assert_true(length_cm < 0.05 && fabs(up_deg) < 0.2);
}

static void test_plumb_overrules(void **state) {
  (void)state;
  drawn_board b = upright;
  sagitta_plane_settings settings = by_board();
  sagitta_plane_report r;
  sagitta_error error = SAGITTA_ERROR_INIT;
  double x1, y1, x2, y2;
  b.turn_z = 35;
  draw(&plain, &b);
  assert_int_equal(calibrate(&r, &settings, &error), SAGITTA_NO_MEASUREMENT);
  assert_non_null(strstr(error.text, "which way is up"));
  settings.has_plumb = true;
  const double plumb[4] = { 330, 20, 310, 460 };
  memcpy(settings.plumb, plumb, sizeof plumb);
  if (calibrate(&r, &settings, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  assert_int_equal(sagitta_camera_to_plane(&r.camera, plumb[0], plumb[1], &x1, &y1), SAGITTA_OK);
  assert_int_equal(sagitta_camera_to_plane(&r.camera, plumb[2], plumb[3], &x2, &y2), SAGITTA_OK);
  assert_true(fabs(x1 - x2) < 1e-6 && y1 > y2 + 10);
  assert_true(fabs(r.level_deg - atan2(20, 440) * 57.29578) < 0.5);
}

static void test_points(void **state) {
  (void)state;
  draw(&plain, &upright);
  sagitta_plane_point p[5] = { { 100, 400, 0, 0 }, { 90, 60, 0, 170 }, { 520, 80, 200, 170 }, { 500, 410, 200, 0 } };
  sagitta_plane_settings settings = { .kind = SAGITTA_PLANE_POINTS, .points = p, .point_count = 4 };
  sagitta_plane_report r;
  sagitta_error error = SAGITTA_ERROR_INIT;
  double x, y;
  if (calibrate(&r, &settings, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  for (int i = 0; i < 4; i++) {
    assert_int_equal(sagitta_camera_to_plane(&r.camera, p[i].x, p[i].y, &x, &y), SAGITTA_OK);
    assert_true(hypot(x - p[i].x_cm, y - p[i].y_cm) < 0.01);
  }
  assert_true(r.camera.plane.perspective_known && r.camera.plane.scale_share > 0.001 &&
              r.camera.plane.scale_share < 0.05);
  const sagitta_camera lens = lens_of(&plain);
  settings.camera = &lens;
  if (calibrate(&r, &settings, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  assert_true(r.camera.plane.scale_share < 0.01);
  settings.camera = NULL;
  settings.point_count = 2;
  if (calibrate(&r, &settings, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  assert_true(!r.camera.plane.perspective_known && r.camera.plane.level_known);
  assert_true(fabs(r.cm_per_px - 170 / hypot(10, 340)) < 1e-6);
  assert_true(fabs(r.level_deg + atan2(10, 340) * 57.29578) < 1e-3);
}

static void test_ruler(void **state) {
  (void)state;
  draw(&plain, &upright);
  const sagitta_plane_point ends[2] = { { .x = 100, .y = 450 }, { .x = 500, .y = 440 } };
  sagitta_plane_settings settings = { .kind = SAGITTA_PLANE_RULER, .ruler_cm = 100, .points = ends, .point_count = 2 };
  sagitta_plane_report r;
  sagitta_error error = SAGITTA_ERROR_INIT;
  double x, y;
  if (calibrate(&r, &settings, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  assert_true(!r.camera.plane.level_known && !r.camera.plane.perspective_known && !r.camera.has_lens);
  assert_int_equal(sagitta_camera_to_plane(&r.camera, 100, 450, &x, &y), SAGITTA_OK);
  assert_true(hypot(x, y) < 1e-9);
  assert_int_equal(sagitta_camera_to_plane(&r.camera, 500, 440, &x, &y), SAGITTA_OK);
  assert_true(fabs(hypot(x, y) - 100) < 1e-9 && x > 99 && y > 0);
  assert_true(r.note[0] && r.camera.plane.tilt_sd_deg >= 5);
  /* A shorter ruler tells less. */
  const sagitta_camera lens = lens_of(&plain);
  settings.camera = &lens;
  assert_int_equal(calibrate(&r, &settings, &error), SAGITTA_OK);
  const double sure = r.camera.plane.scale_share;
  const sagitta_plane_point near[2] = { { .x = 100, .y = 450 }, { .x = 140, .y = 450 } };
  settings.points = near;
  settings.ruler_cm = 10;
  assert_int_equal(calibrate(&r, &settings, &error), SAGITTA_OK);
  assert_true(r.camera.plane.scale_share > 5 * sure);
}

static void refused(sagitta_plane_settings settings, sagitta_status wanted, const char *says) {
  sagitta_plane_report r;
  sagitta_error error = SAGITTA_ERROR_INIT;
  memset(&r, 7, sizeof r);
  const sagitta_plane_report before = r;
  const sagitta_status status = calibrate(&r, &settings, &error);
  if (status != wanted || !strstr(error.text, says)) {
    fail_msg("%s, wanted '%s': %s", sagitta_status_name(status), says, error.text);
  }
  assert_memory_equal(&r, &before, sizeof r);
}

static void test_refused_points(void **state) {
  (void)state;
  draw(&plain, &upright);
  const sagitta_plane_point good[4] = {
    { 100, 400, 0, 0 }, { 100, 60, 0, 170 }, { 500, 60, 200, 170 }, { 500, 400, 200, 0 }
  };
  const struct {
    int at;
    sagitta_plane_point point;
    const char *says;
  } bad[] = {
    { 3, { 100, 400, 200, 0 }, "same" },
    { 3, { 500, 400, 0, 0 }, "same" },
    { 3, { 700, 400, 200, 0 }, "outside" },
    { 3, { -1, 400, 200, 0 }, "outside" },
    { 3, { 500, 400, (double)NAN, 0 }, "kilometre" },
  };
  sagitta_plane_point p[4];
  sagitta_plane_settings settings = { .kind = SAGITTA_PLANE_POINTS, .points = p, .point_count = 4 };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    memcpy(p, good, sizeof p);
    p[bad[i].at] = bad[i].point;
    refused(settings, SAGITTA_ERROR_ARGUMENT, bad[i].says);
  }
  for (int i = 0; i < 4; i++) p[i] = (sagitta_plane_point){ 100 + 100 * i, 400 - 50 * i, 10 * i, 20 * i };
  refused(settings, SAGITTA_ERROR_ARGUMENT, "one line");
  for (int i = 0; i < 4; i++) p[i] = (sagitta_plane_point){ good[i].x, good[i].y, good[i].x_cm, -good[i].y_cm };
  refused(settings, SAGITTA_ERROR_ARGUMENT, "mirrored");
  /* Two and three of them hide it from the fit alone. */
  settings.point_count = 3;
  refused(settings, SAGITTA_ERROR_ARGUMENT, "mirrored");
  settings.point_count = 2;
  refused(settings, SAGITTA_ERROR_ARGUMENT, "Up would lean by 180");
  settings.point_count = 1;
  refused(settings, SAGITTA_ERROR_ARGUMENT, "2 to 200");
}

static void test_refused_others(void **state) {
  (void)state;
  drawn_board b = upright;
  sagitta_plane_settings settings = by_board();
  b.x = 30;
  draw(&plain, &b);
  refused(settings, SAGITTA_NO_MEASUREMENT, "out of the picture");
  draw(&plain, &upright);
  settings.board.columns = 7;
  settings.board.rows = 5;
  refused(settings, SAGITTA_NO_MEASUREMENT, "9 x 6");
  settings.board.columns = 0;
  refused(settings, SAGITTA_ERROR_ARGUMENT, "board");
  const sagitta_plane_point ends[2] = { { .x = 100, .y = 450 }, { .x = 110, .y = 450 } };
  settings = (sagitta_plane_settings){ .kind = SAGITTA_PLANE_RULER, .ruler_cm = 100, .points = ends, .point_count = 2 };
  refused(settings, SAGITTA_ERROR_ARGUMENT, "apart");
  settings.ruler_cm = -5;
  refused(settings, SAGITTA_ERROR_ARGUMENT, "length");
  settings.ruler_cm = 100;
  settings.kind = SAGITTA_PLANE_MARKS;
  refused(settings, SAGITTA_NO_MEASUREMENT, "ruler marks");
  sagitta_camera turned = lens_of(&plain);
  turned.width = plain.height;
  turned.height = plain.width;
  settings = by_board();
  settings.camera = &turned;
  refused(settings, SAGITTA_ERROR_ARGUMENT, "other way up");
  settings.camera = NULL;
  settings.has_plumb = true;
  refused(settings, SAGITTA_ERROR_ARGUMENT, "plumb line");
  settings.has_plumb = false;
  settings.standing = true;
  refused(settings, SAGITTA_NO_MEASUREMENT, "Nobody is seen standing");
  settings.has_plumb = true;
  refused(settings, SAGITTA_ERROR_ARGUMENT, "not from both");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_board),           cmocka_unit_test(test_unknown_lens),   cmocka_unit_test(test_mirrored),
    cmocka_unit_test(test_plumb_overrules), cmocka_unit_test(test_points),         cmocka_unit_test(test_ruler),
    cmocka_unit_test(test_refused_points),  cmocka_unit_test(test_refused_others),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
