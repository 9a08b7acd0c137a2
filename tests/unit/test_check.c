/* SPDX-License-Identifier: Apache-2.0 */
/* The setup check's reckoning: yaw from discs, flicker of lamps, upright edges. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "calibration/check/setup_check.h"

#define RADIANS (3.14159265358979323846 / 180)

/* Protects: round discs say square-on, narrow ones say how far off, and one disc alone says little. */
static void yaw_follows_from_discs(void **state) {
  (void)state;
  const double sd[4] = { 0.012, 0.012, 0.012, 0.012 };
  double mean, low, high;
  const double round[4] = { 1.0, 0.995, 1.003, 0.99 };
  sg_check_yaw(round, sd, 4, &mean, &low, &high);
  assert_true(low < 3.0 && high < 15.0 && mean < 8.0);
  for (int yaw = 10; yaw <= 40; yaw += 10) {
    const double c = cos(yaw * RADIANS), ratio[4] = { c, c, c, c };
    sg_check_yaw(ratio, sd, 4, &mean, &low, &high);
    assert_true(low <= yaw && yaw <= high);
    assert_true(fabs(mean - yaw) < 6.0);
  }
  double wide, from, to;
  sg_check_yaw((const double[]){ cos(20 * RADIANS) }, sd, 1, &wide, &from, &to);
  const double c = cos(20 * RADIANS), four[4] = { c, c, c, c };
  sg_check_yaw(four, sd, 4, &mean, &low, &high);
  assert_true(to - from > high - low);
}

static int flicker(double rate, double hz, double part, size_t n, double *amplitude) {
  double t[200], luma[200];
  for (size_t i = 0; i < n; i++) {
    t[i] = (double)i / rate;
    /* a drift, as automatic exposure makes one, and a little unrest */
    luma[i] =
        0.5 * (1 + part * sin(2 * 3.14159265358979323846 * hz * t[i] + 0.3)) + 0.01 * t[i] + 0.0004 * (double)(i % 3);
  }
  return sg_check_flicker(t, luma, n, rate, amplitude);
}

/* Protects: mains flicker is found under its alias and told apart from other unrest; where it cannot show, none is
 * claimed or denied. */
static void lamps_flicker_under_an_alias(void **state) {
  (void)state;
  double amplitude;
  assert_int_equal(flicker(30, 100, 0.05, 60, &amplitude), 100);
  assert_true(fabs(amplitude - 0.05) < 0.01);
  assert_int_equal(flicker(29.97, 100, 0.03, 90, &amplitude), 100);
  assert_int_equal(flicker(25, 120, 0.05, 60, &amplitude), 120);
  assert_int_equal(flicker(24, 100, 0.05, 60, &amplitude), 100);
  assert_int_equal(flicker(30, 100, 0.0, 60, &amplitude), 0);
  assert_int_equal(flicker(30, 3, 0.05, 60, &amplitude), 0);
  assert_int_equal(flicker(20, 100, 0.05, 60, &amplitude), -1);
  assert_int_equal(flicker(30, 100, 0.05, 8, &amplitude), -1);
}

/* A door, 90 px wide, that leans; everything else is even. */
static void paint_door(uint8_t *luma, int width, int height, double lean) {
  for (int y = 0; y < height; y++) {
    for (int x = 0; x < width; x++) {
      const double at = x + 0.5 + (y + 0.5 - height / 2.0) * tan(lean * RADIANS) - 100;
      const double inside = fmin(fmin(at + 0.5, 90.5 - at), 1.0);
      luma[y * width + x] = (uint8_t)(180 - 60 * fmax(inside, 0.0));
    }
  }
}

/* Protects: the lean of upright edges is found with its sign, and not where the person stands. */
static void doors_tell_the_lean(void **state) {
  (void)state;
  enum { WIDTH = 480, HEIGHT = 270 };
  uint8_t *luma = malloc(WIDTH * HEIGHT);
  uint8_t *chroma = malloc(WIDTH * HEIGHT);
  assert_non_null(luma);
  assert_non_null(chroma);
  memset(chroma, 128, WIDTH * HEIGHT);
  const sagitta_frame frame = { .width = WIDTH,
                                .height = HEIGHT,
                                .chroma_width = WIDTH,
                                .chroma_height = HEIGHT,
                                .chroma_step_x = 1,
                                .chroma_step_y = 1,
                                .layout = SAGITTA_LAYOUT_PLANAR,
                                .bits = 8,
                                .plane = { luma, chroma, chroma },
                                .stride = { WIDTH, WIDTH, WIDTH } };
  const sagitta_input_info info = { .width = WIDTH, .height = HEIGHT, .upright = { 1, 0, 0, 0, 1, 0 } };
  const sagitta_input_info turned = { .width = HEIGHT, .height = WIDTH, .upright = { 0, -1, HEIGHT, 1, 0, 0 } };
  sg_uprights found;
  for (int lean = -6; lean <= 6; lean += 3) {
    paint_door(luma, WIDTH, HEIGHT, lean);
    assert_true(sg_uprights_find(&frame, &info, 0, 0, &found));
    assert_true(found.found);
    assert_true(fabs(found.lean_deg - lean) < 0.6);
    assert_true(found.sd_deg >= 0.5);
    assert_true(sg_uprights_find(&frame, &info, 0, 320, &found));
    assert_false(found.found);
    /* lying on its side, the door is no upright edge */
    assert_true(sg_uprights_find(&frame, &turned, 0, 0, &found));
    assert_false(found.found);
  }
  memset(luma, 120, WIDTH * HEIGHT);
  assert_true(sg_uprights_find(&frame, &info, 0, 0, &found));
  assert_false(found.found);
  free(chroma);
  free(luma);
}

/* Protects: every topic and grade has a name, and nothing beyond. */
static void names_are_complete(void **state) {
  (void)state;
  for (int i = SAGITTA_CHECK_MARKER; i <= SAGITTA_CHECK_SHUTTER; i++) {
    assert_non_null(sagitta_check_topic_name((sagitta_check_topic)i));
  }
  assert_null(sagitta_check_topic_name((sagitta_check_topic)(SAGITTA_CHECK_SHUTTER + 1)));
  assert_string_equal(sagitta_check_grade_name(SAGITTA_CHECK_STOP), "stop");
  assert_null(sagitta_check_grade_name((sagitta_check_grade)(SAGITTA_CHECK_STOP + 1)));
  assert_false(sagitta_check_ready(NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(yaw_follows_from_discs),
    cmocka_unit_test(lamps_flicker_under_an_alias),
    cmocka_unit_test(doors_tell_the_lean),
    cmocka_unit_test(names_are_complete),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
