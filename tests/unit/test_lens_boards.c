/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the lens calibration on photographed chessboards: as many views as OpenCV's own search finds, and numbers as
 * good as OpenCV's, used directly, from the same corners. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "calibration/board.h"
#include "opencv_direct.h"
#include "sagitta/calibration.h"

/* In how many of the pictures OpenCV's own search finds the board. */
static size_t found_directly(const sagitta_source *source, sagitta_board board) {
  sagitta_video *video = NULL;
  sg_luma luma = { 0 };
  sagitta_frame frame;
  size_t found = 0;
  assert_int_equal(sagitta_video_open(&video, source, NULL), SAGITTA_OK);
  while (sagitta_video_read(video, &frame, NULL) == SAGITTA_OK) {
    assert_int_equal(sg_luma_take(&luma, &frame, sagitta_video_info(video), NULL), SAGITTA_OK);
    found += direct_finds(luma.pixels, luma.width, luma.height, board.columns, board.rows);
  }
  sg_luma_free(&luma);
  sagitta_video_close(&video);
  return found;
}

/* The residuals that are listed are those of the RMS. */
static void check_residuals(const sagitta_lens_report *r) {
  double sum = 0;
  for (size_t i = 0; i < r->corner_count; i++) {
    sum += r->corners[i].dx * r->corners[i].dx + r->corners[i].dy * r->corners[i].dy;
  }
  assert_true(fabs(sqrt(sum / (double)r->corner_count) - r->camera.lens.rms) < 0.001);
}

/* The corners that the report lists are handed to OpenCV as they are. `focal`: what was published, px. */
static void compare(const char *const *inputs, size_t count, sagitta_board board, double focal) {
  sagitta_source *source = NULL;
  sagitta_lens_report *r = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  const sagitta_lens_settings settings = { .board = board };
  assert_int_equal(sagitta_source_open(&source, inputs, count, NULL, &error), SAGITTA_OK);
  if (sagitta_calibrate_lens(&r, source, &settings, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  const sagitta_lens *l = &r->camera.lens;
  double *xy = malloc(2 * r->corner_count * sizeof *xy);
  direct_lens direct;
  assert_non_null(xy);
  for (size_t i = 0; i < r->corner_count; i++) {
    xy[2 * i] = r->corners[i].x - 0.5;
    xy[2 * i + 1] = r->corners[i].y - 0.5;
  }
  assert_true(direct_calibrate(xy, (size_t)l->views, board.columns, board.rows, board.square_cm, r->camera.width,
                               r->camera.height, &direct));
  const size_t found = found_directly(source, board);
  print_message("%d views (%zu): fx %.2f (%.2f) fy %.2f (%.2f) cx %.2f (%.2f) cy %.2f (%.2f) RMS %.4f (%.4f)\n",
                l->views, found, l->fx, direct.fx, l->fy, direct.fy, l->cx, direct.cx + 0.5, l->cy, direct.cy + 0.5,
                l->rms, direct.rms);
  assert_true(found == count && (size_t)l->views >= found);
  assert_true(fabs(l->fx / direct.fx - 1) < 0.01 && fabs(l->fy / direct.fy - 1) < 0.01);
  assert_true(fabs(l->cx - direct.cx - 0.5) < 0.2 && fabs(l->cy - direct.cy - 0.5) < 0.2);
  assert_true(l->rms < direct.rms * 1.001);
  assert_true(fabs(l->fx / focal - 1) < 0.01 && fabs(l->fy / focal - 1) < 0.01);
  check_residuals(r);
  free(xy);
  sagitta_lens_report_free(&r);
  sagitta_source_close(&source);
}

static void test_opencvs_own_boards(void **state) {
  (void)state;
  char paths[14][200];
  const char *inputs[14];
  size_t count = 0;
  for (int i = 1; i <= 14; i++) {
    (void)snprintf(paths[count], sizeof paths[0], "/usr/share/doc/opencv-doc/examples/data/left%02d.jpg", i);
    if (access(paths[count], R_OK) != 0) continue;
    inputs[count] = paths[count];
    count++;
  }
  if (count < 13) skip();
  compare(inputs, count, (sagitta_board){ 9, 6, 2.5 }, 535.9);
}

static void test_photographs(void **state) {
  (void)state;
  const char *inputs[] = { SHARED_DATA "/calibration/pose2sim-cam01" };
  char paths[7][300];
  const char *pictures[7];
  if (access(inputs[0], R_OK) != 0) skip();
  for (int i = 0; i < 7; i++) {
    (void)snprintf(paths[i], sizeof paths[0], "%s/cam01_%02d_int.jpg", inputs[0], i + 1);
    pictures[i] = paths[i];
  }
  compare(pictures, 7, (sagitta_board){ 4, 7, 6 }, 1681.2);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_opencvs_own_boards), cmocka_unit_test(test_photographs) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
