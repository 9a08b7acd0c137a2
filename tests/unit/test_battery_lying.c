/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what the tests in lying measure: straight leg raise and knee extension of a jointed figure, either way
 * faced. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "battery_help.h"

static movement leg_raise(double deg, double pelvis_deg) {
  const posture start = figure_lying();
  posture end = start;
  end.thigh -= deg;
  end.shank -= deg;
  end.pelvis -= pelvis_deg; /* the ribs stay down */
  end.lumbar += pelvis_deg;
  movement m = movement_default(start, end);
  m.middle_x = 20;
  m.middle_y = 50;
  return m;
}

/* Of the knee, through time at the end range and of the repetition: the same doubt. */
static void assert_widths_agree(const sagitta_result *result) {
  size_t count;
  const sagitta_quantity *whole = &sagitta_result_repetitions(result, &count)->knee_flexion;
  double width = 0;
  for (size_t i = 0; i < sagitta_result_angle_rows(result); i++) {
    const sagitta_angle_value at = sagitta_result_angle(result, i, SAGITTA_ANGLE_KNEE_FLEXION);
    if (!isnan(at.value)) width = fmax(width, at.high - at.low);
  }
  assert_true(fabs(width / (whole->high - whole->low) - 1) < 0.1);
}

static void test_straight_leg_raise(void **state) {
  (void)state;
  for (int side = 0; side < 2; side++) {
    movement m = leg_raise(78, 16);
    m.right = side == 0;
    const sagitta_analysis_settings settings = settings_of("straight-leg-raise");
    sagitta_result *result = analysed(&m, &settings);
    const sagitta_summary *s = sagitta_result_summary(result);
    assert_all_valid(result, 3);
    assert_int_equal(sagitta_result_facing_right(result), m.right);
    assert_quantity(&s->leg_raise, 78, 1, "leg raise");
    assert_quantity(&s->pelvic_rotation, -16, 1, "pelvis");
    assert_quantity(&s->hip_hinge, 62, 1, "hip's own");
    assert_quantity(&s->knee_flexion, 0, 1, "knee");
    assert_true(s->leg_raise.high - s->leg_raise.low > 4 && s->leg_raise.high - s->leg_raise.low < 16);
    assert_false(s->lumbar_flexion.known || sagitta_result_verdict(result)->applies);
    assert_says(result, "The straight leg was raised by 78°");
    assert_says(result, "the pelvis rolled along");
    /* Through time: nothing of the spine is made up. */
    bool known = false;
    for (size_t i = 0; i < sagitta_result_angle_rows(result); i++) {
      known = known || !isnan(sagitta_result_angle(result, i, SAGITTA_ANGLE_THIGH_ROTATION).value);
      assert_true(isnan(sagitta_result_angle(result, i, SAGITTA_ANGLE_LUMBAR_FLEXION).value));
    }
    assert_true(known);
    assert_widths_agree(result);
    sagitta_result_free(&result);
  }
  /* Hip, knee and ankle suffice, and beyond upright is no other movement. */
  movement m = leg_raise(104, 20);
  m.set = SAGITTA_SET_DISCS;
  m.without = 1u << SAGITTA_SHOULDER;
  const sagitta_analysis_settings settings = settings_of("straight-leg-raise");
  sagitta_result *result = analysed(&m, &settings);
  assert_all_valid(result, 3);
  assert_quantity(&sagitta_result_summary(result)->leg_raise, 104, 1, "leg raise");
  assert_false(sagitta_result_summary(result)->hip_hinge.known);
  sagitta_result_free(&result);
}

static movement extension(double knee_deg, double thigh) {
  posture start = figure_lying_90(), end;
  start.thigh = thigh;
  end = start;
  end.shank = end.thigh + knee_deg;
  movement m = movement_default(start, end);
  m.middle_x = 0;
  m.middle_y = 60;
  return m;
}

static void test_knee_extension(void **state) {
  (void)state;
  for (int side = 0; side < 2; side++) {
    movement m = extension(32, -178);
    m.right = side == 0;
    const sagitta_analysis_settings settings = settings_of("knee-extension");
    sagitta_result *result = analysed(&m, &settings);
    const sagitta_summary *s = sagitta_result_summary(result);
    assert_all_valid(result, 3);
    assert_int_equal(sagitta_result_facing_right(result), m.right);
    assert_quantity(&s->knee_angle, 32, 1, "knee angle");
    assert_true(s->hip_angle.known && fabs(s->hip_angle.value - 88) < 8 && !s->hip_angle.inferred);
    assert_says(result, "32° from straight");
    sagitta_result_free(&result);

    /* In lying a strip's higher end may be either one: the hip point is the one off the trunk. */
    m.set = SAGITTA_SET_STRIP;
    for (int k = 0; k < 2; k++) {
      m.without = k == 0 ? 0 : 1u << SAGITTA_SHOULDER;
      result = analysed(&m, &settings);
      assert_all_valid(result, 3);
      assert_quantity(&sagitta_result_summary(result)->knee_angle, 32, 1, "knee angle with a strip");
      sagitta_result_free(&result);
    }
    m.set = SAGITTA_SET_CLINIC;

    m.without = 1u << SAGITTA_SHOULDER;
    result = analysed(&m, &settings);
    assert_quantity(&sagitta_result_summary(result)->hip_angle, 88, 1, "hip angle");
    assert_true(sagitta_result_summary(result)->hip_angle.inferred);
    sagitta_result_free(&result);
  }
  const sagitta_analysis_settings settings = settings_of("knee-extension");
  movement straight = extension(1, -178);
  sagitta_result *result = analysed(&straight, &settings);
  assert_says(result, "straightened in full");
  sagitta_result_free(&result);
  movement low = extension(20, -150);
  low.without = 1u << SAGITTA_SHOULDER;
  assert_unusable(&low, &settings, "from a right angle");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_straight_leg_raise),
    cmocka_unit_test(test_knee_extension),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
