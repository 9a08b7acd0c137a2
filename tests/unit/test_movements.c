/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: the renderer's movements. Their truth is that of the markers they draw, bones keep their length, what is
 * fixed keeps still, the ruler gives the reach, and end range is what the options ask for. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "samples_help.h"

static const char *const names[SAMPLE_MOVES] = {
  "toe-touch", "sit-and-reach", "straight-leg-raise", "knee-extension", "supported-stretch", "squat",
  "back-bend", "sit-up",        "waiters-bow"
};
/* The height of the picture's middle, where the camera then stands. */
static const double middles[SAMPLE_MOVES] = { 100, 62, 95, 95, 100, 100, 100, 95, 100 };

static sample_options movement(int which) {
  char error[SAMPLE_ERROR] = "";
  sample_options o = sample_options_default();
  if (!sample_options_set(&o, "movement", names[which], error)) fail_msg("%s", error);
  assert_int_equal(o.movement, which);
  o.width = 960;
  o.height = 720;
  o.noise = o.vary = o.sway = 0;
  o.lag_s = 0;
  o.reps = 1;
  o.hold_s = 1;
  o.set = SAMPLE_SET_CLINIC;
  o.hand = true;
  o.ruler = 40;
  o.fps_num = 10;
  o.camera_height = middles[which];
  return o;
}

static sample_truth truth_at(sample_renderer *r, int frame) {
  sample_truth t;
  assert_true(sample_renderer_draw(r, frame, NULL, &t));
  return t;
}

/* A failure names the movement. */
#undef assert_near
#define assert_near(got, wanted, tolerance) assert_within((got), (wanted), (tolerance), names[which], __LINE__)

/* The nearest branch to zero. */
static double folded(double deg) {
  return deg - 360 * round(deg / 360);
}

static double lean(const sample_marker_truth *low, const sample_marker_truth *high, double sign) {
  return sign * atan2(high->x - low->x, low->y - high->y) * 180 / M_PI;
}

static double apart(const sample_marker_truth *a, const sample_marker_truth *b) {
  return hypot(a->x - b->x, a->y - b->y);
}

static void test_truth_is_that_of_the_markers(void **state) {
  (void)state;
  for (int which = 0; which < SAMPLE_MOVES; which++) {
    for (int facing = 0; facing < 2; facing++) {
      sample_options o = movement(which);
      o.facing = facing;
      const double sign = facing ? -1 : 1;
      sample_renderer *r = new_renderer(&o);
      const sample_truth start = truth_at(r, 0);
      const double thigh_long = apart(&start.marker[SAMPLE_HIP], &start.marker[SAMPLE_KNEE]);
      const double shank_long = apart(&start.marker[SAMPLE_KNEE], &start.marker[SAMPLE_ANKLE]);
      for (int frame = 0; frame < sample_renderer_frames(r); frame += 4) {
        const sample_truth now = truth_at(r, frame);
        const sample_marker_truth *m = now.marker;
        const double thigh = lean(&m[SAMPLE_KNEE], &m[SAMPLE_HIP], sign);
        const double shank = lean(&m[SAMPLE_ANKLE], &m[SAMPLE_KNEE], sign);
        assert_near(folded(now.thigh_tilt - thigh), 0, 1e-2);
        assert_near(folded(now.knee_angle - (shank - thigh)), 0, 1e-2);
        assert_near(now.thigh, now.thigh_tilt - start.thigh_tilt, 1e-6);
        assert_near(now.knee, now.knee_angle - start.knee_angle, 1e-6);
        assert_near(folded(now.pelvis - sign * (m[SAMPLE_PELVIS].axis - start.marker[SAMPLE_PELVIS].axis)), 0, 1e-2);
        assert_near(folded(now.ribs - sign * (m[SAMPLE_RIBS].axis - start.marker[SAMPLE_RIBS].axis)), 0, 1e-2);
        assert_near(now.hinge, now.pelvis - now.thigh, 1e-9);
        assert_near(now.lumbar, now.ribs - now.pelvis, 1e-9);
        assert_near(apart(&m[SAMPLE_HIP], &m[SAMPLE_KNEE]), thigh_long, 1e-2);
        assert_near(apart(&m[SAMPLE_KNEE], &m[SAMPLE_ANKLE]), shank_long, 1e-2);
        for (int i = SAMPLE_RULER0; i <= SAMPLE_RULER1; i++) assert_near(apart(&m[i], &start.marker[i]), 0, 1e-9);
      }
      sample_renderer_free(&r);
    }
  }
}

/* What one reads off the ruler is the reach. */
static void test_the_ruler_gives_the_reach(void **state) {
  (void)state;
  for (int which = SAMPLE_MOVE_TOE_TOUCH; which <= SAMPLE_MOVE_SIT_AND_REACH; which++) {
    sample_options o = movement(which);
    sample_renderer *r = new_renderer(&o);
    double most = -1e9;
    for (int frame = 0; frame < sample_renderer_frames(r); frame += 3) {
      const sample_truth now = truth_at(r, frame);
      const sample_marker_truth *zero = &now.marker[SAMPLE_RULER0], *end = &now.marker[SAMPLE_RULER1];
      const double cm = o.ruler / apart(zero, end), length = apart(zero, end);
      const double ux = (end->x - zero->x) / length, uy = (end->y - zero->y) / length;
      const double along =
          ((now.marker[SAMPLE_HAND].x - zero->x) * ux + (now.marker[SAMPLE_HAND].y - zero->y) * uy) * cm;
      /* standing, the ruler runs upwards and the reach downwards */
      assert_near(now.reach, which == SAMPLE_MOVE_TOE_TOUCH ? -along : along, 0.02);
      most = fmax(most, now.reach);
    }
    sample_peak peak;
    assert_true(sample_renderer_peak(r, 0, &peak));
    assert_near(peak.reach, most, 0.6);
    sample_renderer_free(&r);
  }
  const int which = SAMPLE_MOVE_STRAIGHT_LEG_RAISE;
  sample_options lying = movement(which);
  sample_renderer *r = new_renderer(&lying);
  assert_true(isnan(truth_at(r, 5).reach));
  sample_renderer_free(&r);
}

/* The soles against the box, the heel on the step. */
static void test_what_is_fixed_keeps_still(void **state) {
  (void)state;
  static const int fixed[] = { SAMPLE_MOVE_TOE_TOUCH, SAMPLE_MOVE_SIT_AND_REACH, SAMPLE_MOVE_SUPPORTED_STRETCH,
                               SAMPLE_MOVE_SQUAT };
  for (int i = 0; i < 4; i++) {
    const int which = fixed[i];
    sample_options o = movement(which);
    o.knee = 15;
    sample_renderer *r = new_renderer(&o);
    const sample_truth start = truth_at(r, 0);
    for (int frame = 0; frame < sample_renderer_frames(r); frame += 5)
      assert_near(apart(&truth_at(r, frame).marker[SAMPLE_ANKLE], &start.marker[SAMPLE_ANKLE]), 0, 1e-3);
    sample_renderer_free(&r);
  }
}

static void test_end_range_is_what_was_asked_for(void **state) {
  (void)state;
  for (int which = 0; which < SAMPLE_MOVES; which++) {
    const sample_options o = movement(which);
    sample_renderer *r = new_renderer(&o);
    sample_peak peak;
    assert_true(sample_renderer_peak(r, 0, &peak));
    assert_near(peak.pelvis, o.pelvis, 0.05);
    assert_near(peak.lumbar, o.lumbar, 0.05);
    assert_near(peak.knee, o.knee, 0.2);
    if (which != SAMPLE_MOVE_SUPPORTED_STRETCH) assert_near(peak.thigh, o.thigh, 0.2);
    assert_true(peak.time_s > o.stand_s && peak.time_s < o.stand_s + o.down_s + o.hold_s + o.up_s);
    sample_renderer_free(&r);
  }
}

/* What a movement sets is a start: later options go on from there. */
static void test_options_change_a_movement(void **state) {
  (void)state;
  char error[SAMPLE_ERROR] = "";
  sample_options o = sample_options_default();
  assert_true(sample_options_set(&o, "movement", "straight-leg-raise", error));
  assert_true(o.thigh < -60);
  assert_true(sample_options_set(&o, "thigh", "-45", error));
  assert_true(o.thigh == -45);
  assert_false(sample_options_set(&o, "movement", "handstand", error));
  assert_non_null(strstr(error, "sit-and-reach"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_truth_is_that_of_the_markers), cmocka_unit_test(test_the_ruler_gives_the_reach),
    cmocka_unit_test(test_what_is_fixed_keeps_still),    cmocka_unit_test(test_end_range_is_what_was_asked_for),
    cmocka_unit_test(test_options_change_a_movement),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
