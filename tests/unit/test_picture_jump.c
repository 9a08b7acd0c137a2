/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: a camera that is knocked is told from a person who moves, by what is seen of both; what association expects
 * goes along with the picture, and what was seen beside a marker is not taken for it afterwards. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/math.h"
#include "base/similar.h"
#include "track/associate.h"

#define HEIGHT 360.0
#define THINGS 9

/* Shoulder, hip, knee, ankle, pelvis and ribs, each of its own colour, and stickers of the ankle's and the knee's. */
static const double places[THINGS][2] = { { 280, 111 }, { 279, 195 }, { 281, 266 }, { 280, 337 }, { 279, 174 },
                                          { 278, 143 }, { 120, 90 },  { 500, 200 }, { 560, 300 } };
static const uint8_t colours[THINGS] = { 0, 1, 2, 3, 4, 5, 3, 2, 3 };
/* of the roles, in the order of sagitta_role, where things are in the first picture */
static const int first[SAGITTA_ROLES] = { 0, 1, 2, 3, 4, 5, -1, -1, -1 };

static sg_similar turned(double degrees, double scale, double x, double y) {
  return (sg_similar){ .a = scale * cos(degrees * SG_RADIANS),
                       .b = scale * sin(degrees * SG_RADIANS),
                       .from = { 320, 180 },
                       .to = { 320 + x, 180 + y } };
}

/* A frame of the things that `shown` has a bit of, brought there by `how`, and `off` px off by themselves. */
static void add_frame(sg_detections *d, double time_s, const sg_similar *how, unsigned shown, const double *off) {
  assert_int_equal(sg_detections_begin(d, time_s), 1);
  for (int i = 0; i < THINGS; i++) {
    double at[2];
    sg_similar_move(how, places[i][0], places[i][1], at);
    const sg_blob blob = { .x = at[0] + (off ? off[i] : 0), .y = at[1], .diameter = 7, .length = 7, .width = 7 };
    if (shown >> i & 1u) assert_int_equal(sg_detections_add(d, &blob, colours[i]), 1);
  }
}

static void test_a_similarity_is_found_again(void **state) {
  (void)state;
  const sg_similar how = turned(7, 1.08, -30, 12);
  sg_similar_places p = { .n = 0 };
  sg_similar found;
  double there[2], again[2];
  for (int i = 0; i < THINGS; i++) {
    memcpy(p.from[p.n], places[i], sizeof places[i]);
    sg_similar_move(&how, places[i][0], places[i][1], p.to[p.n++]);
    assert_int_equal(sg_similar_fit(&p, &found), p.n >= 3);
  }
  assert_true(found.off < 1e-9 && found.went > 10);
  sg_similar_move(&how, 10, 350, there);
  sg_similar_move(&found, 10, 350, again);
  assert_true(hypot(there[0] - again[0], there[1] - again[1]) < 1e-6);
}

static void test_all_at_once_is_a_jump(void **state) {
  (void)state;
  const sg_similar still = turned(0, 1, 0, 0);
  const sg_similar knocks[] = { turned(7, 1, 20, 9), turned(0, 1.08, 15, -20), turned(-4, 0.97, -30, 12),
                                turned(0, 1, 60, 24) };
  const double bends[THINGS] = { 9, 1, 0, 0, 2, 6 };
  const unsigned shown[] = { 0x1FF, 0x1F7, 0x03F }; /* all; the ankle is outside; no stickers */
  for (size_t k = 0; k < sizeof knocks / sizeof *knocks; k++) {
    for (int i = 0; i < 3; i++) {
      sg_detections d = { .item = NULL };
      sg_similar jump;
      double there[2], found[2];
      add_frame(&d, 0, &still, i == 2 ? 0x03F : 0x1FF, NULL);
      add_frame(&d, 0.05, &knocks[k], shown[i], bends);
      assert_true(sg_picture_jump(&d, 0, 1, first, HEIGHT, &jump));
      sg_similar_move(&knocks[k], 280, 337, there);
      sg_similar_move(&jump, 280, 337, found);
      assert_true(hypot(there[0] - found[0], there[1] - found[1]) < 6);
      sg_detections_free(&d);
    }
  }
}

static void test_who_moves_is_none(void **state) {
  (void)state;
  const sg_similar still = turned(0, 1, 0, 0);
  const double bends[THINGS] = { 30, -8, 1, 0, 9, 20 }, steps[THINGS] = { 15, 15, 15, 0, 15, 15 };
  const unsigned shown[] = { 0x1FF, 0x03F };
  for (int i = 0; i < 2; i++) {
    sg_detections d = { .item = NULL };
    sg_similar jump;
    add_frame(&d, 0, &still, shown[i], NULL);
    add_frame(&d, 0.05, &still, shown[i], bends);
    add_frame(&d, 0.1, &still, shown[i], NULL);
    add_frame(&d, 0.15, &still, shown[i], i == 0 ? steps : NULL);
    for (size_t f = 0; f < 3; f++) assert_false(sg_picture_jump(&d, f, f + 1, first, HEIGHT, &jump));
    sg_detections_free(&d);
  }
}

static void test_what_is_expected_goes_along(void **state) {
  (void)state;
  static sg_associator as;
  const sg_similar jump = turned(0, 1.1, 60, 24);
  double there[2];
  as.now[SAGITTA_ANKLE] = (sg_target_state){ .known = true, .x = 280, .y = 337, .diameter = 7 };
  as.distractor[0] = (sg_distractor){ .x = 120, .y = 90 };
  as.distractor_count = 1;
  as.spacing_px[0] = 70;
  sg_associate_jump(&as, &jump);
  sg_similar_move(&jump, 280, 337, there);
  assert_true(fabs(as.now[SAGITTA_ANKLE].x - there[0]) < 1e-9 && fabs(as.now[SAGITTA_ANKLE].y - there[1]) < 1e-9);
  assert_true(as.now[SAGITTA_ANKLE].carried);
  sg_similar_move(&jump, 120, 90, there);
  assert_true(fabs(as.distractor[0].x - there[0]) < 1e-9 && fabs(as.distractor[0].y - there[1]) < 1e-9);
  assert_true(fabs(as.spacing_px[0] - 77) < 1e-9);
  const sg_blob seen = { .x = 300, .y = 200, .diameter = 7, .length = 7, .width = 7 };
  sg_target_state_update(&as.now[SAGITTA_ANKLE], &seen, 1);
  assert_false(as.now[SAGITTA_ANKLE].carried);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_a_similarity_is_found_again),
    cmocka_unit_test(test_all_at_once_is_a_jump),
    cmocka_unit_test(test_who_moves_is_none),
    cmocka_unit_test(test_what_is_expected_goes_along),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
