/* SPDX-License-Identifier: Apache-2.0 */
/* Protects against memory running short at any single allocation of a camera file or of a calibration, operator new of
 * the C++ included: MEMORY is answered, nothing leaks, nothing is thrown, no file is left. */
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
#include "calibration/lens_calibration.h"
#include "failing_memory.h"
#include "sagitta/calibration.h"

#define COLUMNS 5
#define ROWS    4
#define SQUARE  4.0
#define VIEWS   3

static const drawn_camera little = { .width = 200, .height = 150, .f = 170, .cx = 101, .cy = 76, .blur = 0.4 };
static char folder[] = "sagitta-memory-XXXXXX";
static char views[VIEWS][64];

static int set_up(void **state) {
  (void)state;
  if (!mkdtemp(folder)) return -1;
  for (int i = 0; i < VIEWS; i++) {
    const drawn_board b = good_view(&little, COLUMNS, ROWS, SQUARE, i);
    uint8_t *pixels = draw_board(&little, &b);
    (void)snprintf(views[i], sizeof views[i], "%s/view%d.pgm", folder, i);
    if (!pixels || !write_pgm(views[i], pixels, little.width, little.height)) return -1;
    free(pixels);
  }
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  for (int i = 0; i < VIEWS; i++) unlink(views[i]);
  return rmdir(folder); /* and nothing else is in it */
}

/* ---- the file ---- */

static sagitta_camera whole(void) {
  return (sagitta_camera){ .width = 640,
                           .height = 480,
                           .has_lens = true,
                           .has_plane = true,
                           .lens = { .fx = 533, .fy = 534, .cx = 342, .cy = 235, .k = { -0.28, 0.03 }, .views = 13 },
                           .plane = { .to_cm = { 0.25, 0, -80, 0, -0.25, 100, 0, 0, 1 }, .scale_share = 0.01 },
                           .date = "2024-05-06T07:08:09Z" };
}

static sagitta_status use_file(void *path) {
  const sagitta_camera camera = whole();
  sagitta_camera again;
  sagitta_status status = sagitta_camera_write(&camera, path, NULL);
  assert_true((status == SAGITTA_OK) == (access(path, F_OK) == 0));
  if (status == SAGITTA_OK) status = sagitta_camera_read(&again, path, NULL);
  if (status == SAGITTA_OK) assert_true(again.lens.fx == camera.lens.fx);
  unlink(path);
  return status;
}

static void test_file(void **state) {
  (void)state;
  char path[64];
  (void)snprintf(path, sizeof path, "%s/camera.json", folder);
  failing_memory_each(use_file, path, 40, 1);
}

/* ---- the lens ---- */

static sagitta_status use_lens(void *unused) {
  (void)unused;
  const char *inputs[VIEWS];
  for (int i = 0; i < VIEWS; i++) inputs[i] = views[i];
  const sagitta_lens_settings settings = { .board = { COLUMNS, ROWS, SQUARE } };
  sagitta_source *source = NULL;
  sagitta_lens_report *report = NULL;
  sagitta_status status = sagitta_source_open(&source, inputs, VIEWS, NULL, NULL);
  if (status == SAGITTA_OK) status = sagitta_calibrate_lens(&report, source, &settings, NULL);
  assert_true((status == SAGITTA_OK) == (report != NULL));
  sagitta_lens_report_free(&report);
  sagitta_source_close(&source);
  return status;
}

static void test_lens(void **state) {
  (void)state;
  failing_memory_each(use_lens, NULL, 30, 1);
}

static sagitta_status use_fisheye(void *unused) {
  (void)unused;
  double object[2 * COLUMNS * ROWS], image[VIEWS * 2 * COLUMNS * ROWS], rms[VIEWS], turn[3 * VIEWS], move[3 * VIEWS];
  for (int i = 0; i < COLUMNS * ROWS; i++) {
    object[2 * i] = i % COLUMNS * SQUARE;
    object[2 * i + 1] = (double)(i / COLUMNS) * SQUARE;
    for (int v = 0; v < VIEWS; v++) {
      drawn_camera c = little;
      c.fisheye = true;
      const drawn_board b = good_view(&c, COLUMNS, ROWS, SQUARE, v);
      double *at = image + 2 * (v * COLUMNS * ROWS + i);
      board_corner(&c, &b, i % COLUMNS, i / COLUMNS, at, at + 1);
    }
  }
  sg_lens_fit fit = { .rms = rms, .turn = turn, .move = move };
  return sg_fisheye_calibrate(object, COLUMNS * ROWS, image, VIEWS, little.width, little.height, false, &fit);
}

static void test_fisheye(void **state) {
  (void)state;
  failing_memory_each(use_fisheye, NULL, 20, 3);
}

/* ---- the plane ---- */

static sagitta_status use_plane(void *user) {
  const sagitta_plane_settings *settings = user;
  const char *inputs[] = { views[0] };
  sagitta_source *source = NULL;
  sagitta_plane_report report;
  sagitta_status status = sagitta_source_open(&source, inputs, 1, NULL, NULL);
  if (status == SAGITTA_OK) status = sagitta_calibrate_plane(&report, source, settings, NULL);
  sagitta_source_close(&source);
  return status;
}

static void test_plane(void **state) {
  (void)state;
  const sagitta_plane_point corners[] = {
    { 10, 140, 0, 0 }, { 10, 10, 0, 170 }, { 190, 10, 200, 170 }, { 190, 140, 200, 0 }
  };
  sagitta_plane_settings points = { .kind = SAGITTA_PLANE_POINTS, .points = corners, .point_count = 4 };
  sagitta_plane_settings board = { .kind = SAGITTA_PLANE_BOARD, .board = { COLUMNS, ROWS, SQUARE } };
  failing_memory_each(use_plane, &points, 20, 1);
  failing_memory_each(use_plane, &board, 20, 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_file),
    cmocka_unit_test(test_lens),
    cmocka_unit_test(test_fisheye),
    cmocka_unit_test(test_plane),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
