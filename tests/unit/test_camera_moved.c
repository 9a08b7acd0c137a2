/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Protects: a camera that moves is followed by what stands still, to a fraction of a pixel, through people who walk
 * past, light that flickers and noise; a camera that stands is never said to move; a picture without texture tells
 * nothing.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "track/background.h"

enum { WIDTH = 400, HEIGHT = 300 };

/* Smooth noise: luma at any place of the world, px from the picture's middle. */
static double hashed(int x, int y) {
  uint32_t h = (uint32_t)x * 374761393u + (uint32_t)y * 668265263u;
  h = (h ^ (h >> 13)) * 1274126177u;
  return (double)((h ^ (h >> 16)) & 255u);
}

static double texture(double u, double v) {
  const double grain = 9, x = u / grain, y = v / grain;
  const int i = (int)floor(x), j = (int)floor(y);
  const double p = x - i, q = y - j, sp = p * p * (3 - 2 * p), sq = q * q * (3 - 2 * q);
  return 40 + 0.6 * ((1 - sq) * ((1 - sp) * hashed(i, j) + sp * hashed(i + 1, j)) +
                     sq * ((1 - sp) * hashed(i, j + 1) + sp * hashed(i + 1, j + 1)));
}

typedef struct scene {
  sg_similarity moved;
  double light;    /* factor */
  double walker_x; /* px: a person as wide as a fifth of the picture; NAN = nobody */
  int noise;       /* codes, either way */
  bool flat;
} scene;

static void paint(uint8_t *luma, const scene *s, int number) {
  const sg_similarity back = sg_similarity_inverse(&s->moved);
  for (int y = 0; y < HEIGHT; y++) {
    for (int x = 0; x < WIDTH; x++) {
      double at[2];
      sg_similarity_move(&back, x + 0.5 - 0.5 * WIDTH, y + 0.5 - 0.5 * HEIGHT, at);
      double value = s->flat ? 128 : texture(at[0], at[1]);
      if (fabs(x - s->walker_x) < 0.1 * WIDTH && y > 40) value = texture(x - s->walker_x + 5000, y);
      value = s->light * value + (hashed(x + 7919 * number, y) / 255 - 0.5) * 2 * s->noise;
      luma[y * WIDTH + x] = (uint8_t)fmin(255, fmax(0, value + 0.5));
    }
  }
}

/* Show the scene of each frame, 30 a second, and give what is believed of the last one. */
typedef scene scene_at(int number);

static sg_background *show(scene_at *at, int frames) {
  static uint8_t luma[WIDTH * HEIGHT];
  const sagitta_input_info info = { .width = WIDTH, .height = HEIGHT, .upright = { 1, 0, 0, 0, 1, 0 } };
  sg_background *b = sg_background_new(NULL);
  assert_non_null(b);
  for (int i = 0; i < frames; i++) {
    const scene s = at(i);
    const sagitta_frame frame = { .index = i,
                                  .time_s = i / 30.0,
                                  .width = WIDTH,
                                  .height = HEIGHT,
                                  .layout = SAGITTA_LAYOUT_GREY,
                                  .bits = 8,
                                  .plane = { luma },
                                  .stride = { WIDTH } };
    paint(luma, &s, i);
    assert_true(sg_background_frame(b, &frame, &info));
  }
  return b;
}

static sg_similarity similarity(double deg, double scale, double x, double y) {
  return (sg_similarity){ scale * cos(deg * 3.14159265 / 180), scale * sin(deg * 3.14159265 / 180), x, y };
}

static void followed(const char *name, scene_at *at, int frames, double tolerance, int least_known) {
  sg_background *b = show(at, frames);
  size_t n;
  const sg_background_pose *pose = sg_background_poses(b, &n);
  int known = 0;
  assert_int_equal(n, frames);
  for (int i = 0; i < frames; i++) {
    const sg_similarity truth = at(i).moved;
    if (!pose[i].known) continue;
    known++;
    const double apart = sg_similarity_apart(&pose[i].against_first, &truth, WIDTH, HEIGHT);
    if (!(apart < tolerance)) fail_msg("%s: frame %d is off by %f px", name, i, apart);
  }
  if (known < least_known) fail_msg("%s: known in %d frames only", name, known);
  sg_background_free(b);
}

#define assert_followed(at, frames, tolerance, least_known) followed(#at, at, frames, tolerance, least_known)

static scene still(int i) {
  (void)i;
  return (scene){ SG_UNMOVED, 1, NAN, 3, false };
}
static scene walked_past(int i) {
  return (scene){ SG_UNMOVED, 1, -60 + 13.0 * i, 3, false };
}
static scene flickering(int i) {
  return (scene){ SG_UNMOVED, 1 + 0.25 * sin(0.9 * i), NAN, 3, false };
}
static scene knocked(int i) {
  return (scene){ i < 12 ? SG_UNMOVED : similarity(10, 1, 9, -4), 1, NAN, 3, false };
}
static scene knocked_back(int i) {
  return (scene){ i < 12 || i >= 24 ? SG_UNMOVED : similarity(-12, 1.05, 20, 9), 1, NAN, 2, false };
}
static scene zoomed(int i) {
  return (scene){ i < 12 ? SG_UNMOVED : similarity(0, 1.1, 0, 0), 1, NAN, 3, false };
}
static scene shifted_behind_a_walker(int i) {
  return (scene){ i < 20 ? SG_UNMOVED : similarity(0, 1, 30, -12), 1 + 0.1 * sin(i), -60 + 9.0 * i, 3, false };
}
static scene drifting(int i) {
  return (scene){ similarity(0.08 * i, 1 + 0.0006 * i, 0.3 * i, -0.1 * i), 1, NAN, 3, false };
}
static scene shaken(int i) {
  return (scene){ similarity(0.8 * sin(0.7 * i), 1, 4 * sin(0.9 * i), 3 * sin(1.3 * i)), 1, NAN, 3, false };
}
static scene blank(int i) {
  (void)i;
  return (scene){ SG_UNMOVED, 1, NAN, 2, true };
}

static void a_camera_that_stands(void **unused) {
  (void)unused;
  assert_followed(still, 40, 0.25, 40);
  assert_followed(walked_past, 40, 0.4, 30);
  assert_followed(flickering, 40, 0.3, 40);
}

static void a_camera_that_moves(void **unused) {
  (void)unused;
  assert_followed(knocked, 40, 0.35, 38);
  assert_followed(knocked_back, 40, 0.35, 34);
  assert_followed(zoomed, 40, 0.35, 38);
  assert_followed(shifted_behind_a_walker, 50, 0.5, 40);
  assert_followed(drifting, 60, 0.35, 60);
  assert_followed(shaken, 60, 0.35, 58);
}

static void nothing_to_go_by(void **unused) {
  (void)unused;
  assert_followed(blank, 40, 0.5, 0);
}

/* Wherever the blocks are: on the person they tell nothing of the camera. */
static void the_person_is_kept_off(void **unused) {
  (void)unused;
  const sg_keep_off person = sg_keep_off_person(200, 80, 205, 180);
  assert_true(sg_kept_off(&person, 201, 120, 0) && sg_kept_off(&person, 203, 230, 0));
  assert_false(sg_kept_off(&person, 260, 120, 0) || sg_kept_off(&person, 200, 10, 0));
  sg_background *b = show(still, 2);
  assert_true(sg_background_beside(b, &person, WIDTH, HEIGHT) > 0.6);
  const sg_keep_off all = { true, 0, 150, 400, 150, 400 };
  assert_true(sg_background_beside(b, &all, WIDTH, HEIGHT) == 0);
  sg_background_free(b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_camera_that_stands),
    cmocka_unit_test(a_camera_that_moves),
    cmocka_unit_test(nothing_to_go_by),
    cmocka_unit_test(the_person_is_kept_off),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
