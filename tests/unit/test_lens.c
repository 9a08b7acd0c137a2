/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the lens calibration: right numbers from drawn views whose lens is known, the views chosen, and every kind
 * of nonsense refused with its reason. */
#include <dirent.h>
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

#define COLUMNS 7
#define ROWS    5
#define SQUARE  3.0

static const drawn_camera plain = {
  .width = 640, .height = 480, .f = 560, .cx = 325, .cy = 236, .k1 = -0.2, .blur = 0.7
};
/* For what is refused: half the size, the same views. */
static const drawn_camera little = {
  .width = 320, .height = 240, .f = 280, .cx = 162, .cy = 118, .k1 = -0.2, .blur = 0.5
};
static char folder[64];

/* The views that most tests start from are drawn once. */
#define GOOD_VIEWS 12
static uint8_t *drawn[GOOD_VIEWS];

/* ---- pictures in a folder that is emptied before each test ---- */

static void empty_folder(void) {
  DIR *all = opendir(folder);
  const struct dirent *entry;
  while (all && (entry = readdir(all))) {
    char path[400];
    (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    if (entry->d_name[0] != '.') unlink(path);
  }
  if (all) closedir(all);
}

static int set_up(void **state) {
  (void)state;
  if (folder[0]) {
    empty_folder();
    return 0;
  }
  (void)snprintf(folder, sizeof folder, "sagitta-lens-XXXXXX");
  return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  empty_folder();
  return 0;
}

static int end(void **state) {
  (void)state;
  for (int i = 0; i < GOOD_VIEWS; i++) free(drawn[i]);
  return rmdir(folder);
}

static void add_picture(const char *name, const drawn_camera *c, const uint8_t *pixels) {
  char path[400];
  (void)snprintf(path, sizeof path, "%s/%s.pgm", folder, name);
  assert_non_null(pixels);
  assert_true(write_pgm(path, pixels, c->width, c->height));
}

static void add_view(const char *name, const drawn_camera *c, const drawn_board *b) {
  uint8_t *pixels = draw_board(c, b);
  add_picture(name, c, pixels);
  free(pixels);
}

static void add_good_views(const drawn_camera *c, int from, int to) {
  for (int i = from; i < to; i++) {
    char name[32];
    const drawn_board b = good_view(c, COLUMNS, ROWS, SQUARE, i);
    (void)snprintf(name, sizeof name, "view%02d", i);
    if (c != &plain) {
      add_view(name, c, &b);
    } else {
      if (!drawn[i]) drawn[i] = draw_board(c, &b);
      add_picture(name, c, drawn[i]);
    }
  }
}

static sagitta_status calibrate(sagitta_lens_report **report, sagitta_lens_settings settings, sagitta_error *error) {
  const char *inputs[] = { folder };
  sagitta_source *source = NULL;
  sagitta_status status = sagitta_source_open(&source, inputs, 1, NULL, error);
  *report = NULL;
  if (status == SAGITTA_OK) status = sagitta_calibrate_lens(report, source, &settings, error);
  assert_true((status == SAGITTA_OK) == (*report != NULL));
  sagitta_source_close(&source);
  return status;
}

static const sagitta_lens_settings usual = { .board = { COLUMNS, ROWS, SQUARE } };

static void refused_saying(sagitta_lens_settings settings, sagitta_status wanted, const char *says, const char *too) {
  sagitta_lens_report *report;
  sagitta_error error = SAGITTA_ERROR_INIT;
  const sagitta_status status = calibrate(&report, settings, &error);
  if (status != wanted || !strstr(error.text, says) || !strstr(error.text, too)) {
    fail_msg("%s, wanted '%s', '%s': %s", sagitta_status_name(status), says, too, error.text);
  }
}

static void refused(sagitta_lens_settings settings, sagitta_status wanted, const char *says) {
  refused_saying(settings, wanted, says, says);
}

/* ---- right numbers ---- */

static bool reached(const sagitta_lens_report *r, double x, double y) {
  for (size_t i = 0; i < r->corner_count; i++) {
    if (hypot(r->corners[i].x - x, r->corners[i].y - y) < 25) return true;
  }
  return false;
}

static void check_truth(const sagitta_lens_report *r, const drawn_camera *c) {
  const sagitta_lens *l = &r->camera.lens;
  print_message("fx %.2f fy %.2f (%.0f) cx %.2f (%.0f) cy %.2f (%.0f) k1 %.4f RMS %.3f, %d views, %s\n", l->fx, l->fy,
                c->f, l->cx, c->mirrored ? c->width - c->cx : c->cx, l->cy, c->cy, l->k[0], l->rms, l->views,
                r->verdict);
  assert_true(fabs(l->fx / c->f - 1) < 0.005 && fabs(l->fy / c->f - 1) < 0.005);
  assert_true(fabs(l->cx - (c->mirrored ? c->width - c->cx : c->cx)) < 2 && fabs(l->cy - c->cy) < 2);
  assert_true(l->rms < 0.2);
  /* Straightened as the true lens would, to half a pixel, wherever a board reached. */
  int tried = 0;
  for (int i = 0; i < 25; i++) {
    const double x = (0.1 + 0.2 * (i % 5)) * c->width, y = (0.1 + 0.2 * (double)(i / 5)) * c->height;
    if (!reached(r, x, y)) continue;
    tried++;
    double u, v, back_x, back_y;
    sagitta_camera truth = { .width = c->width, .height = c->height, .has_lens = true };
    truth.lens = (sagitta_lens){ .model = l->model, .fx = c->f, .fy = c->f, .cy = c->cy, .k = { c->k1, c->k2 } };
    truth.lens.cx = c->mirrored ? c->width - c->cx : c->cx;
    sagitta_camera_undistort(&truth, x, y, &u, &v);
    /* The same ray, by the focal length and the middle that were found. */
    u = (u - truth.lens.cx) / c->f * l->fx + l->cx;
    v = (v - truth.lens.cy) / c->f * l->fy + l->cy;
    sagitta_camera_distort(&r->camera, u, v, &back_x, &back_y);
    assert_true(hypot(back_x - x, back_y - y) < 0.5);
  }
  assert_true(tried >= 9);
}

static void test_brown(void **state) {
  (void)state;
  sagitta_lens_report *r;
  sagitta_error error = SAGITTA_ERROR_INIT;
  add_good_views(&plain, 0, 12);
  if (calibrate(&r, usual, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  check_truth(r, &plain);
  assert_int_equal(r->camera.lens.views, 12);
  assert_int_equal(r->corner_count, 12 * COLUMNS * ROWS);
  assert_true(r->good && strcmp(r->verdict, "good") == 0);
  assert_true(r->coverage > 0.5 && r->tilt_most_deg > 40);
  assert_string_equal(r->views[3].name, "view03.pgm");
  sagitta_lens_report_free(&r);
  assert_null(r);
}

static void test_fisheye(void **state) {
  (void)state;
  sagitta_lens_report *r;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_lens_settings settings = usual;
  const drawn_camera c = {
    .width = 640, .height = 480, .f = 330, .cx = 322, .cy = 238, .k1 = 0.03, .fisheye = true, .blur = 0.6
  };
  add_good_views(&c, 0, 9);
  settings.model = SAGITTA_LENS_FISHEYE;
  if (calibrate(&r, settings, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  check_truth(r, &c);
  assert_true(r->camera.lens.fx_sd > 0 && r->camera.lens.fx_sd < 5);
  sagitta_lens_report_free(&r);
}

/* The codes of a ChArUco board are not read, but seen in full it does as a chessboard. */
static void test_codes(void **state) {
  (void)state;
  sagitta_lens_report *r;
  sagitta_error error = SAGITTA_ERROR_INIT;
  for (int i = 0; i < 9; i++) {
    char name[32];
    drawn_board b = good_view(&plain, COLUMNS, ROWS, SQUARE, i);
    b.codes = true;
    (void)snprintf(name, sizeof name, "coded%d", i);
    add_view(name, &plain, &b);
  }
  if (calibrate(&r, usual, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  print_message("fx %.2f fy %.2f, %d views, RMS %.3f\n", r->camera.lens.fx, r->camera.lens.fy, r->camera.lens.views,
                r->camera.lens.rms);
  assert_true(r->camera.lens.views >= 6);
  assert_true(fabs(r->camera.lens.fx / plain.f - 1) < 0.01 && fabs(r->camera.lens.fy / plain.f - 1) < 0.01);
  sagitta_lens_report_free(&r);
}

static void add_mirrored(int view) {
  char name[32];
  uint8_t *pixels = malloc((size_t)plain.width * (size_t)plain.height);
  assert_non_null(pixels);
  for (int i = 0; i < plain.width * plain.height; i++) {
    pixels[i] = drawn[view][i - i % plain.width + plain.width - 1 - i % plain.width];
  }
  (void)snprintf(name, sizeof name, "view%02d", view);
  add_picture(name, &plain, pixels);
  free(pixels);
}

/* A chessboard's corners look the same in a mirror: nothing is wrong but the side on which the middle lies. */
static void test_mirrored(void **state) {
  (void)state;
  sagitta_lens_report *r;
  sagitta_error error = SAGITTA_ERROR_INIT;
  drawn_camera c = plain;
  c.mirrored = true;
  add_good_views(&plain, 0, 12);
  for (int i = 0; i < GOOD_VIEWS; i++) add_mirrored(i);
  if (calibrate(&r, usual, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  check_truth(r, &c);
  sagitta_lens_report_free(&r);
}

/* ---- choosing ---- */

/* Pictures that cannot be read, before and among the others: named, and no name moves to another picture. */
static void add_unreadable(const char *name) {
  char path[400];
  (void)snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fclose(file), 0);
}

static void test_drops_are_named(void **state) {
  (void)state;
  sagitta_lens_report *r;
  sagitta_error error = SAGITTA_ERROR_INIT;
  drawn_camera soft = plain, shaken = plain;
  drawn_board b = good_view(&plain, COLUMNS, ROWS, SQUARE, 9);
  soft.blur = 2.6;
  add_good_views(&plain, 0, 9);
  add_view("x-blurred", &soft, &b);
  b = good_view(&plain, COLUMNS, ROWS, SQUARE, 2);
  b.turn_z += 0.2;
  add_view("x-same", &shaken, &b);
  b.x = 1000;
  add_view("x-nothing", &plain, &b);
  b = good_view(&plain, COLUMNS, ROWS, SQUARE, 0);
  b.x = 0.62 * b.z * plain.width / 2 / plain.f * 0.95;
  add_view("x-cut", &plain, &b);
  b = good_view(&little, COLUMNS, ROWS, SQUARE, 3);
  add_view("x-small", &little, &b);
  add_unreadable("a-empty.pgm");
  add_unreadable("view04-empty.png");
  if (calibrate(&r, usual, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  const struct {
    const char *name;
    sagitta_view_state state;
  } wanted[] = { { "a-empty.pgm", SAGITTA_VIEW_UNREADABLE }, { "view04-empty.png", SAGITTA_VIEW_UNREADABLE },
                 { "x-small.pgm", SAGITTA_VIEW_OTHER_SIZE }, { "x-blurred.pgm", SAGITTA_VIEW_BLURRED },
                 { "x-same.pgm", SAGITTA_VIEW_SAME },        { "x-nothing.pgm", SAGITTA_VIEW_NO_BOARD },
                 { "x-cut.pgm", SAGITTA_VIEW_CUT_OFF } };
  for (size_t w = 0; w < sizeof wanted / sizeof *wanted; w++) {
    bool met = false;
    for (size_t v = 0; v < r->view_count; v++) {
      const sagitta_lens_view *view = &r->views[v];
      if (strcmp(view->name, wanted[w].name) != 0) continue;
      met = true;
      print_message("%s: %s\n", view->name, view->reason);
      /* Of two that are the same, either may be the one to go. */
      if (wanted[w].state != SAGITTA_VIEW_SAME) assert_int_equal(view->state, wanted[w].state);
      if (view->state != SAGITTA_VIEW_USED) assert_true(strlen(view->reason) > 10);
    }
    assert_true(met);
  }
  assert_int_equal(r->camera.lens.views, 9);
  assert_int_equal(r->camera.width, plain.width);
  sagitta_lens_report_free(&r);
}

static void test_at_most(void **state) {
  (void)state;
  sagitta_lens_report *r;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_lens_settings settings = usual;
  settings.views_most = 6;
  add_good_views(&plain, 0, 9);
  if (calibrate(&r, settings, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  assert_int_equal(r->camera.lens.views, 6);
  assert_false(r->good);
  assert_non_null(strstr(r->verdict, "Take more views"));
  sagitta_lens_report_free(&r);
}

static void test_corners_of_the_picture(void **state) {
  (void)state;
  sagitta_lens_report *r;
  sagitta_error error = SAGITTA_ERROR_INIT;
  for (int i = 0; i < 8; i++) {
    char name[32];
    drawn_board b = good_view(&little, COLUMNS, ROWS, SQUARE, i);
    b.x = b.y = 0;
    b.z *= 1.2;
    (void)snprintf(name, sizeof name, "middle%d", i);
    add_view(name, &little, &b);
  }
  const sagitta_status status = calibrate(&r, usual, &error);
  if (status == SAGITTA_OK) {
    assert_false(r->good);
    assert_non_null(strstr(r->verdict, "corners of the picture"));
    assert_non_null(strstr(r->verdict, "top left"));
  } else {
    assert_non_null(strstr(error.text, "corners"));
  }
  sagitta_lens_report_free(&r);
}

/* ---- nonsense ---- */

static void test_one_view(void **state) {
  (void)state;
  add_good_views(&little, 1, 2);
  refused(usual, SAGITTA_NO_MEASUREMENT, "at least 3");
}

static void test_all_parallel(void **state) {
  (void)state;
  for (int tilted = 0; tilted <= 1; tilted++) {
    empty_folder();
    for (int i = 0; i < 5; i++) {
      char name[32];
      drawn_board b = good_view(&little, COLUMNS, ROWS, SQUARE, i);
      b.turn_x = tilted ? 25 : 0;
      b.turn_y = 0;
      if (tilted) b.turn_z = 0;
      (void)snprintf(name, sizeof name, "flat%d", i);
      add_view(name, &little, &b);
    }
    refused(usual, SAGITTA_NO_MEASUREMENT, "parallel");
  }
}

static void test_wrong_board(void **state) {
  (void)state;
  /* A part of the board; squares counted, or a row too many; quite another board. */
  static const struct {
    int columns, rows;
    const char *says;
  } sizes[] = { { 6, 4, "four squares meet" },
                { 5, 5, "four squares meet" },
                { 8, 6, "not the squares" },
                { 7, 6, "not the squares" },
                { 9, 6, "not the squares" } };
  add_good_views(&little, 0, 1);
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    sagitta_lens_settings settings = usual;
    settings.board.columns = sizes[i].columns;
    settings.board.rows = sizes[i].rows;
    refused_saying(settings, SAGITTA_NO_MEASUREMENT, "7 x 5", sizes[i].says);
  }
}

static void test_half_out_of_every_view(void **state) {
  (void)state;
  for (int i = 0; i < 4; i++) {
    char name[32];
    drawn_board b = good_view(&little, COLUMNS, ROWS, SQUARE, 0);
    b.x = 0.5 * little.width * b.z / little.f;
    b.turn_y = 10 * i;
    (void)snprintf(name, sizeof name, "half%d", i);
    add_view(name, &little, &b);
  }
  refused(usual, SAGITTA_NO_MEASUREMENT, "out of the picture");
}

static void test_all_blurred(void **state) {
  (void)state;
  drawn_camera soft = little;
  soft.blur = 5;
  add_good_views(&soft, 0, 4);
  refused(usual, SAGITTA_NO_MEASUREMENT, "sharp");
}

static void test_different_sizes(void **state) {
  (void)state;
  drawn_camera other = little;
  other.width = 300;
  add_good_views(&little, 0, 3);
  add_good_views(&other, 5, 6);
  refused(usual, SAGITTA_ERROR_ARGUMENT, "one size");
}

static void test_settings(void **state) {
  (void)state;
  const sagitta_board bad[] = { { 2, 5, 3 }, { 7, 5, 0 }, { 7, 5, -1 }, { 7, 5, (double)NAN }, { 400, 5, 3 } };
  add_good_views(&little, 0, 1);
  for (size_t i = 0; i < 5; i++) refused((sagitta_lens_settings){ .board = bad[i] }, SAGITTA_ERROR_ARGUMENT, "board");
  refused((sagitta_lens_settings){ .board = usual.board, .views_most = 2 }, SAGITTA_ERROR_ARGUMENT, "3 views");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
    TEST(test_brown),
    TEST(test_fisheye),
    TEST(test_codes),
    TEST(test_mirrored),
    TEST(test_drops_are_named),
    TEST(test_at_most),
    TEST(test_corners_of_the_picture),
    TEST(test_one_view),
    TEST(test_all_parallel),
    TEST(test_wrong_board),
    TEST(test_half_out_of_every_view),
    TEST(test_all_blurred),
    TEST(test_different_sizes),
    TEST(test_settings),
  };
  return cmocka_run_group_tests(tests, NULL, end);
}
