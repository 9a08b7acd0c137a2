/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the C API over OpenCV: half pixels, no exception, what is thrown becomes a status; and it compiles as C. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "boards.h"
#include "calibration/board.h"
#include "calibration/lens_calibration.h"
#include "opencv/opencv_c.h"

#define COLUMNS 7
#define ROWS    5
#define CORNERS (COLUMNS * ROWS)

static const drawn_camera camera = {
  .width = 640, .height = 480, .f = 600, .cx = 330, .cy = 236, .k1 = -0.2, .blur = 0.6
};
static const drawn_board board = {
  .columns = COLUMNS, .rows = ROWS, .square = 3, .x = 1, .z = 50, .turn_x = 20, .turn_y = -15
};

static sg_grey draw(uint8_t **pixels) {
  *pixels = draw_board(&camera, &board);
  assert_non_null(*pixels);
  return (sg_grey){ *pixels, camera.width, camera.height, camera.width };
}

/* The true corner nearest to a place: corners may be listed from any corner of the board. */
static void nearest(double x, double y, double *dx, double *dy) {
  double least = 1e9;
  for (int i = 0; i < CORNERS; i++) {
    double tx, ty;
    board_corner(&camera, &board, i % COLUMNS, i / COLUMNS, &tx, &ty);
    if (hypot(x - tx, y - ty) >= least) continue;
    least = hypot(x - tx, y - ty);
    *dx = x - tx;
    *dy = y - ty;
  }
}

static void test_corners_are_in_our_coordinates(void **state) {
  (void)state;
  uint8_t *pixels;
  const sg_grey picture = draw(&pixels);
  for (sg_effort effort = SG_EFFORT_QUICK; effort <= SG_EFFORT_SECTOR; effort++) {
    double xy[2 * CORNERS], bias_x = 0, bias_y = 0;
    bool found = false;
    assert_int_equal(sg_opencv_find_board(&picture, COLUMNS, ROWS, effort, xy, &found), SAGITTA_OK);
    assert_true(found);
    assert_int_equal(sg_opencv_refine(&picture, xy, CORNERS, 9), SAGITTA_OK);
    for (int i = 0; i < CORNERS; i++) {
      double dx = 0, dy = 0;
      nearest(xy[2 * i], xy[2 * i + 1], &dx, &dy);
      assert_true(hypot(dx, dy) < 0.2);
      bias_x += dx / CORNERS;
      bias_y += dy / CORNERS;
    }
    assert_true(hypot(bias_x, bias_y) < 0.05);
  }
  free(pixels);
}

/* A step that is blurred by sigma rises from a tenth to nine tenths within 2.563 sigma. A pixel's own area adds a
 * variance of 1/12 px², reading between pixels 1/6. */
static void test_edges_are_as_wide_as_the_blur(void **state) {
  (void)state;
  const sagitta_board asked = { COLUMNS, ROWS, 3 };
  const double blurs[] = { 0.5, 1, 2, 3 }, far[] = { 50, 100, 250 };
  double xy[2 * CORNERS];
  for (size_t f = 0; f < sizeof far / sizeof *far; f++) {
    for (size_t i = 0; i < sizeof blurs / sizeof *blurs; i++) {
      drawn_camera c = camera;
      drawn_board b = board;
      c.blur = blurs[i];
      b.z = far[f];
      sg_luma luma = { .pixels = draw_board(&c, &b), .width = c.width, .height = c.height };
      assert_non_null(luma.pixels);
      for (int k = 0; k < CORNERS; k++) board_corner(&c, &b, k % COLUMNS, k / COLUMNS, xy + 2 * k, xy + 2 * k + 1);
      const double edge = sg_board_edge(&luma, &asked, xy), wanted = 2.563 * sqrt(c.blur * c.blur + 0.25);
      const double square = 3 * c.f / b.z;
      /* Where the edges run into one another, it is at least known that they do. */
      if (wanted > 0.5 * square) {
        assert_true(edge > 0.45 * square);
      } else if (fabs(edge / wanted - 1) > 0.15) {
        fail_msg("%.2f px instead of %.2f, squares of %.0f px", edge, wanted, square);
      }
      sg_luma_free(&luma);
    }
  }
}

static void test_what_board_it_is(void **state) {
  (void)state;
  uint8_t *pixels;
  const sg_grey picture = draw(&pixels);
  int columns, rows;
  double box[4];
  assert_int_equal(sg_opencv_board_size(&picture, &columns, &rows, box), SAGITTA_OK);
  assert_int_equal(columns + rows, COLUMNS + ROWS);
  assert_int_equal(columns * rows, CORNERS);
  assert_true(box[0] > 0 && box[1] > 0 && box[2] < camera.width && box[3] < camera.height);
  memset(pixels, 128, (size_t)camera.width * (size_t)camera.height);
  assert_int_equal(sg_opencv_board_size(&picture, &columns, &rows, box), SAGITTA_OK);
  assert_int_equal(columns, 0);
  bool found = true;
  double xy[2 * CORNERS];
  assert_int_equal(sg_opencv_find_board(&picture, COLUMNS, ROWS, SG_EFFORT_CLASSIC, xy, &found), SAGITTA_OK);
  assert_false(found);
  free(pixels);
}

static void test_calibration_finds_the_truth(void **state) {
  (void)state;
  enum { VIEWS = 10 };
  double object[2 * CORNERS], image[VIEWS * 2 * CORNERS], rms[VIEWS], turn[3 * VIEWS], move[3 * VIEWS];
  for (int fisheye = 0; fisheye <= 1; fisheye++) {
    drawn_camera c = camera;
    c.fisheye = fisheye != 0;
    c.k1 = fisheye ? 0.05 : -0.2;
    for (int i = 0; i < CORNERS; i++) {
      object[2 * i] = i % COLUMNS * 3.0;
      object[2 * i + 1] = (double)(i / COLUMNS) * 3.0;
      for (int v = 0; v < VIEWS; v++) {
        const drawn_board b = good_view(&c, COLUMNS, ROWS, 3, v);
        double *at = image + 2 * (v * CORNERS + i);
        board_corner(&c, &b, i % COLUMNS, i / COLUMNS, at, at + 1);
        /* A little noise, so that there are standard deviations. */
        at[0] += 0.05 * sin(37.0 * i + 11 * v);
      }
    }
    sg_lens_fit fit = { .rms = rms, .turn = turn, .move = move };
    const sagitta_lens_model model = fisheye ? SAGITTA_LENS_FISHEYE : SAGITTA_LENS_BROWN;
    const sagitta_status status =
        fisheye ? sg_fisheye_calibrate(object, CORNERS, image, VIEWS, c.width, c.height, true, &fit)
                : sg_opencv_calibrate(object, CORNERS, image, VIEWS, c.width, c.height, model, 0, true, &fit);
    assert_int_equal(status, SAGITTA_OK);
    const sagitta_lens *l = &fit.lens;
    assert_true(fabs(l->fx - c.f) < 1 && fabs(l->fy - c.f) < 1);
    assert_true(fabs(l->cx - c.cx) < 0.5 && fabs(l->cy - c.cy) < 0.5);
    assert_true(l->rms > 0.01 && l->rms < 0.06 && rms[0] > 0.01 && rms[VIEWS - 1] < 0.06);
    /* Standard deviations are of the size of the errors. */
    assert_true(l->fx_sd > 0.005 && l->fx_sd < 1 && fabs(l->fx - c.f) < 5 * l->fx_sd);
    assert_true(l->k_sd[0] > 0);
    double seen[2 * CORNERS];
    assert_int_equal(sg_opencv_project(l, object, CORNERS, turn, move, seen), SAGITTA_OK);
    for (int i = 0; i < 2 * CORNERS; i++) assert_true(fabs(seen[i] - image[i]) < 0.2);
  }
}

static void test_homography(void **state) {
  (void)state;
  const double from[8] = { 0, 0, 100, 0, 100, 100, 0, 100 }, to[8] = { 10, 20, 110, 30, 120, 140, 5, 120 };
  double h[9];
  assert_int_equal(sg_opencv_homography(from, to, 4, h), SAGITTA_OK);
  for (int i = 0; i < 4; i++) {
    const double x = from[2 * i], y = from[2 * i + 1], w = h[6] * x + h[7] * y + h[8];
    assert_true(fabs((h[0] * x + h[1] * y + h[2]) / w - to[2 * i]) < 1e-3);
    assert_true(fabs((h[3] * x + h[4] * y + h[5]) / w - to[2 * i + 1]) < 1e-3);
  }
}

static void test_nonsense_is_a_status(void **state) {
  (void)state;
  uint8_t pixels[16 * 16] = { 0 };
  const sg_grey small = { pixels, 16, 16, 16 }, none = { NULL, 16, 16, 16 };
  double xy[2 * CORNERS] = { 0 }, object[2 * CORNERS] = { 0 }, h[9], rms[3], turn[9], move[9];
  bool found = true;
  sg_lens_fit fit = { .rms = rms, .turn = turn, .move = move };
  assert_int_equal(sg_opencv_find_board(&none, 7, 5, SG_EFFORT_QUICK, xy, &found), SAGITTA_ERROR_ARGUMENT);
  assert_false(found);
  assert_int_equal(sg_opencv_find_board(&small, 2, 5, SG_EFFORT_QUICK, xy, &found), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(sg_opencv_find_board(&small, 7, 5, SG_EFFORT_QUICK, xy, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(sg_opencv_calibrate(object, 3, xy, 1, 640, 480, SAGITTA_LENS_BROWN, 0, true, &fit),
                   SAGITTA_ERROR_ARGUMENT);
  /* OpenCV throws at these. */
  for (sagitta_lens_model model = SAGITTA_LENS_BROWN; model <= SAGITTA_LENS_FISHEYE; model++) {
    assert_int_equal(sg_opencv_calibrate(object, CORNERS, xy, 1, 640, 480, model, 0, true, &fit),
                     SAGITTA_NO_MEASUREMENT);
  }
  assert_int_equal(sg_opencv_homography(object, xy, 4, h), SAGITTA_NO_MEASUREMENT);
  assert_int_equal(sg_opencv_homography(object, xy, 3, h), SAGITTA_ERROR_ARGUMENT);
  for (sg_effort effort = SG_EFFORT_QUICK; effort <= SG_EFFORT_SECTOR; effort++) {
    const sagitta_status status = sg_opencv_find_board(&small, 7, 5, effort, xy, &found);
    assert_true(status == SAGITTA_OK || status == SAGITTA_NO_MEASUREMENT);
    assert_false(found);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_corners_are_in_our_coordinates),
    cmocka_unit_test(test_edges_are_as_wide_as_the_blur),
    cmocka_unit_test(test_what_board_it_is),
    cmocka_unit_test(test_calibration_finds_the_truth),
    cmocka_unit_test(test_homography),
    cmocka_unit_test(test_nonsense_is_a_status),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
