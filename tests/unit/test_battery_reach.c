/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what the sit-and-reach measures: the reach with and without a ruler, hips and back, scores of four protocols
 * and the percentile. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "battery_help.h"

/* Reaches `cm` beyond the soles; the pelvis turns by 34, the lower back by 14 degrees. */
static movement sit_and_reach(double cm) {
  posture start = figure_sitting(), end = start;
  double ankle[2];
  figure_ankle(&start, ankle);
  const double soles = ankle[0] + FIGURE_SOLE;
  start = with_hand(start, soles - 35, 25);
  end.pelvis += 34;
  end.lumbar += 14;
  end.thoracic = 10;
  end = with_hand(end, soles + cm, 22);
  movement m = movement_default(start, end);
  m.middle_x = soles - 20;
  m.middle_y = 40;
  m.ruler[0][0] = soles;
  m.ruler[0][1] = 18;
  m.ruler[1][0] = soles + 40;
  m.ruler[1][1] = 18;
  return m;
}

static void test_sit_and_reach(void **state) {
  (void)state;
  for (int side = 0; side < 2; side++) {
    for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
      movement m = sit_and_reach(4);
      sagitta_analysis_settings settings = settings_of("sit-and-reach");
      settings.ruler_cm = 40;
      m.set = (sagitta_marker_set)set;
      m.right = side == 0;
      sagitta_result *result = analysed(&m, &settings);
      const sagitta_summary *s = sagitta_result_summary(result);
      assert_all_valid(result, 3);
      assert_int_equal(sagitta_result_facing_right(result), m.right);
      assert_quantity(&s->reach, 4, 0.4, "reach");
      assert_true(s->reach.high - s->reach.low < 5 && !s->reach.inferred);
      assert_quantity(&s->hip_hinge, 34, set == SAGITTA_SET_DISCS ? 16 : 3, "hip hinge");
      assert_quantity(&s->lumbar_flexion, 14, set == SAGITTA_SET_CLINIC ? 3 : 16, "lumbar flexion");
      assert_quantity(&s->knee_flexion, 0, 1, "knee flexion");
      const sagitta_verdict *v = sagitta_result_verdict(result);
      assert_false(v->applies || v->given);
      assert_int_equal(v->label, SAGITTA_CANNOT_TELL);
      assert_says(result, "cm beyond the soles");
      assert_int_equal(sagitta_result_scale(result)->from, SAGITTA_SCALE_RULER);
      sagitta_result_free(&result);
    }
  }
}

static void test_scores_and_percentile(void **state) {
  (void)state;
  static const struct {
    const char *protocol;
    double zero, unit;
  } protocols[] = { { "csep", 26, 1 }, { "presidents", 23, 1 }, { "eurofit", 15, 1 }, { "ymca", 15, 2.54 } };
  const movement m = sit_and_reach(5.08); /* 17 inches on the YMCA's scale: 40 % of women of 26 to 35 */
  sagitta_analysis_settings settings = settings_of("sit-and-reach");
  settings.ruler_cm = 40;
  settings.age_years = 31;
  settings.sex = SAGITTA_SEX_FEMALE;
  sagitta_result *result = analysed(&m, &settings);
  const sagitta_score *score = sagitta_result_score(result);
  const sagitta_quantity *reach = &sagitta_result_summary(result)->reach;
  assert_true(score->given);
  assert_int_equal(score->protocols, 4);
  for (size_t i = 0; i < 4; i++) {
    assert_string_equal(score->protocol[i].protocol, protocols[i].protocol);
    assert_true(fabs(score->protocol[i].value - protocols[i].zero - 5.08 / protocols[i].unit) < 0.5);
    assert_true(score->protocol[i].low < score->protocol[i].value);
  }
  const sagitta_norm *norm = &score->norm;
  assert_true(norm->given && norm->female && norm->age_from == 26 && norm->age_to == 35);
  const double inches = 15 + reach->value / 2.54,
               wanted = inches < 17 ? 30 + 10 * (inches - 16) : 40 + 10 * (inches - 17) / 2;
  assert_true(fabs(norm->percentile - wanted) < 0.01);
  assert_true(norm->low < norm->percentile && norm->percentile < norm->high);
  assert_non_null(strstr(norm->source, "YMCA"));
  assert_says(result, "of women aged 26 to 35 reach less far");
  sagitta_result_free(&result);

  settings.age_years = 15;
  result = analysed(&m, &settings);
  assert_false(sagitta_result_score(result)->norm.given);
  assert_true(sagitta_result_score(result)->given && warns(result, SAGITTA_WARNING_NO_NORM));
  sagitta_result_free(&result);
}

static void one_better(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s;
  if (repetition == 2) s[SAGITTA_HAND].x += 4 * 3.0 * part;
}

/* The third trial is the best: it counts where three may be chosen from, not where two may. */
static void test_best_of(void **state) {
  (void)state;
  movement m = sit_and_reach(2);
  m.spoil = one_better;
  sagitta_analysis_settings settings = settings_of("sit-and-reach");
  settings.ruler_cm = 40;
  sagitta_result *result = analysed(&m, &settings);
  const sagitta_score *score = sagitta_result_score(result);
  assert_quantity(&sagitta_result_summary(result)->reach, 5, 0.4, "best reach");
  assert_int_equal(score->repetition, 3);
  assert_true(score->protocol[0].best_of == 2 && score->protocol[0].repetition < 3);
  assert_true(fabs(score->protocol[0].value - 28) < 0.5);
  assert_true(score->protocol[3].best_of == 3 && score->protocol[3].repetition == 3);
  sagitta_result_free(&result);
}

static void test_reach_without_a_ruler(void **state) {
  (void)state;
  movement m = sit_and_reach(-6);
  m.ruler[0][0] = m.ruler[1][0] = NAN;
  sagitta_analysis_settings settings = settings_of("sit-and-reach");
  sagitta_result *result = analysed(&m, &settings);
  assert_false(sagitta_result_summary(result)->reach.known || sagitta_result_score(result)->given);
  assert_true(sagitta_result_summary(result)->hip_hinge.known && warns(result, SAGITTA_WARNING_NO_SCALE));
  assert_says(result, "cannot be told in centimetres");
  sagitta_result_free(&result);

  settings.height_cm = 171;
  result = analysed(&m, &settings);
  const sagitta_quantity *reach = &sagitta_result_summary(result)->reach;
  assert_quantity(reach, -6, 1.5, "reach by stature");
  assert_true(reach->inferred && reach->high - reach->low > 4);
  assert_true(warns(result, SAGITTA_WARNING_ROUGH_SCALE) && warns(result, SAGITTA_WARNING_SOLES_ESTIMATED));
  assert_int_equal(sagitta_result_scale(result)->from, SAGITTA_SCALE_STATURE);
  assert_says(result, "short of the soles");
  sagitta_result_free(&result);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_sit_and_reach),
    cmocka_unit_test(test_scores_and_percentile),
    cmocka_unit_test(test_best_of),
    cmocka_unit_test(test_reach_without_a_ruler),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
