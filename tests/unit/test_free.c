/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the free test: whatever the person does has angles through time and their ranges, within their intervals of
 * a jointed figure's truth, counted from the first rest or, without one, in space; no repetition, no verdict, and the
 * document reads back. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "battery_help.h"
#include "figure_movements.h"

static sagitta_result *freely(movement m, int set, bool right) {
  const sagitta_analysis_settings settings = settings_of("free");
  m.set = (sagitta_marker_set)set;
  m.right = right;
  sagitta_result *result = analysed(&m, &settings);
  size_t count = 9;
  sagitta_result_repetitions(result, &count);
  assert_int_equal(count, 0);
  assert_false(sagitta_result_verdict(result)->applies);
  assert_int_equal(sagitta_result_facing_right(result), right);
  assert_false(warns(result, SAGITTA_WARNING_FEW_REPETITIONS));
  return result;
}

static void assert_range(const sagitta_result *result, sagitta_angle angle, double least, double greatest,
                         double tolerance) {
  const sagitta_range *range = sagitta_result_range(result, angle);
  const char *name = sagitta_angle_name(angle);
  if (!range->known) fail_msg("%s is not known", name);
  if (fabs(range->least.value - least) > tolerance || fabs(range->greatest.value - greatest) > tolerance) {
    fail_msg("%s: %.1f to %.1f instead of %.1f to %.1f", name, range->least.value, range->greatest.value, least,
             greatest);
  }
  assert_true(least >= range->least.low - 0.5 && least <= range->least.high + 0.5);
  assert_true(greatest >= range->greatest.low - 0.5 && greatest <= range->greatest.high + 0.5);
  assert_true(range->least_s >= 0 && range->greatest_s >= 0);
}

static void test_squats(void **state) {
  (void)state;
  const movement m = figure_squat();
  for (int right = 0; right < 2; right++) {
    for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
      sagitta_result *result = freely(m, set, right);
      const bool clinic = set == SAGITTA_SET_CLINIC;
      assert_false(sagitta_result_in_space(result));
      assert_range(result, SAGITTA_ANGLE_KNEE_FLEXION, 0, 113, 3);
      assert_range(result, SAGITTA_ANGLE_THIGH_ROTATION, -85, 0, 3);
      assert_range(result, SAGITTA_ANGLE_HIP_HINGE, 0, 125, clinic ? 4 : 12);
      assert_range(result, SAGITTA_ANGLE_LUMBAR_FLEXION, 0, 12, clinic ? 4 : 25);
      assert_says(result, "Knee flexion 0 to 11");
      assert_int_equal(sagitta_result_angle_repetition(result, 60), 0);
      sagitta_result_free(&result);
    }
  }
}

/* From lying, where no body stands for it; and from sitting on a chair. */
static void test_other_starts(void **state) {
  (void)state;
  for (int right = 0; right < 2; right++) {
    sagitta_result *result = freely(figure_leg_raise(), SAGITTA_SET_CLINIC, right);
    assert_range(result, SAGITTA_ANGLE_THIGH_ROTATION, -70, 0, 2);
    assert_range(result, SAGITTA_ANGLE_HIP_HINGE, 0, 70, 2);
    assert_range(result, SAGITTA_ANGLE_LUMBAR_FLEXION, 0, 0, 2);
    sagitta_result_free(&result);

    result = freely(figure_chair(), SAGITTA_SET_CLINIC, right);
    assert_range(result, SAGITTA_ANGLE_PELVIC_ROTATION, 0, 30, 3);
    assert_range(result, SAGITTA_ANGLE_LUMBAR_FLEXION, 0, 20, 4);
    sagitta_result_free(&result);
  }
}

/* Never at rest, from the first frame to the last. */
static movement restless(void) {
  movement m = figure_squat();
  m.rest_s = 0;
  m.hold_s = 0;
  m.out_s = m.back_s = 0.4;
  m.repetitions = 12;
  return m;
}

static void test_without_rest_angles_are_in_space(void **state) {
  (void)state;
  for (int right = 0; right < 2; right++) {
    sagitta_result *result = freely(restless(), SAGITTA_SET_CLINIC, right);
    assert_true(sagitta_result_in_space(result));
    assert_true(warns(result, SAGITTA_WARNING_START_NOT_STILL));
    assert_says(result, "in space");
    assert_range(result, SAGITTA_ANGLE_THIGH_ROTATION, -85, 0, 6);
    assert_range(result, SAGITTA_ANGLE_KNEE_FLEXION, 0, 113, 8);
    /* The strip on the figure's pelvis leans 5 deg forward of it. */
    assert_range(result, SAGITTA_ANGLE_PELVIC_ROTATION, 5, 45, 5);
    sagitta_result_free(&result);
  }
}

/* Hip and knee are enough; without a knee there is nothing to tell. */
static void test_few_markers(void **state) {
  (void)state;
  movement m = figure_squat();
  m.without = 1u << SAGITTA_SHOULDER | 1u << SAGITTA_ANKLE | 1u << SAGITTA_HAND;
  sagitta_result *result = freely(m, SAGITTA_SET_DISCS, true);
  assert_range(result, SAGITTA_ANGLE_THIGH_ROTATION, -85, 0, 3);
  assert_false(sagitta_result_range(result, SAGITTA_ANGLE_HIP_HINGE)->known);
  assert_false(sagitta_result_range(result, SAGITTA_ANGLE_KNEE_FLEXION)->known);
  sagitta_result_free(&result);

  m.without = 1u << SAGITTA_KNEE;
  sagitta_tracks *tracks = movement_tracks(&m);
  const sagitta_analysis_settings settings = settings_of("free");
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_analyze(&result, tracks, &settings, &error), SAGITTA_NO_MEASUREMENT);
  assert_non_null(strstr(error.text, "knee"));
  sagitta_tracks_free(&tracks);
}

/* A person who stands still is measured too: the ranges are nothing. */
static void test_nobody_moves(void **state) {
  (void)state;
  movement m = figure_squat();
  m.end = m.start;
  sagitta_result *result = freely(m, SAGITTA_SET_CLINIC, true);
  assert_range(result, SAGITTA_ANGLE_HIP_HINGE, 0, 0, 1);
  sagitta_result_free(&result);
}

/* Ranges that contradict themselves are no document of ours. */
static void test_document_is_checked(void **state) {
  (void)state;
  sagitta_result *result = freely(figure_squat(), SAGITTA_SET_CLINIC, true), *read = NULL;
  char *text = NULL;
  assert_int_equal(sagitta_result_print(result, &text, NULL, NULL), SAGITTA_OK);
  char *least = strstr(text, "\"least_s\"");
  assert_non_null(least);
  least[1] = 'm'; /* a key that is none */
  assert_int_equal(sagitta_result_parse(&read, text, strlen(text), NULL), SAGITTA_ERROR_FORMAT);
  sagitta_free(text);
  sagitta_result_free(&result);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_squats),
    cmocka_unit_test(test_other_starts),
    cmocka_unit_test(test_without_rest_angles_are_in_space),
    cmocka_unit_test(test_few_markers),
    cmocka_unit_test(test_nobody_moves),
    cmocka_unit_test(test_document_is_checked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
