/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what is called a real change: the documented defaults per marker set, a personal limit that replicates move
 * and cannot throw about, the trend's line and interval, Student's t against the printed tables, days. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "records/history.h"

static void assert_near(double a, double b, double within) {
  if (!(fabs(a - b) <= within)) fail_msg("%.12g is not %.12g", a, b);
}

static void test_defaults(void **state) {
  (void)state;
  static const struct {
    const char *key;
    double discs, strip, clinic;
  } rows[] = {
    { "hip_hinge_deg", 10, 10, 10 },
    { "pelvic_rotation_deg", 10, 10, 10 },
    { "lumbar_flexion_deg", 25, 15, 12 },
    { "lumbar_share", 0.25, 0.15, 0.12 },
    { "reach_cm", 4, 4, 4 },
    { "fingertip_to_floor_cm", 4.5, 4.5, 4.5 },
    { "leg_raise_deg", 10, 10, 10 },
    { "knee_angle_deg", 8, 8, 8 },
    { "pelvis_tilt_deg", 10, 10, 10 },
    { "ribs_tilt_deg", 10, 10, 10 },
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_near(change_default(rows[i].key, SAGITTA_SET_DISCS), rows[i].discs, 1e-12);
    assert_near(change_default(rows[i].key, SAGITTA_SET_STRIP), rows[i].strip, 1e-12);
    assert_near(change_default(rows[i].key, SAGITTA_SET_CLINIC), rows[i].clinic, 1e-12);
  }
  assert_true(isnan(change_default("peak_velocity_deg_s", SAGITTA_SET_CLINIC)));
  assert_true(isnan(change_default("no_such_thing", SAGITTA_SET_CLINIC)));
}

static void test_verdict(void **state) {
  (void)state;
  assert_int_equal(change_judge(50, 60.1, 10), CHANGE_REAL);
  assert_int_equal(change_judge(50, 39.9, 10), CHANGE_REAL);
  assert_int_equal(change_judge(50, 60, 10), CHANGE_WITHIN);
  assert_int_equal(change_judge(50, 50, 10), CHANGE_WITHIN);
  assert_int_equal(change_judge(50, NAN, 10), CHANGE_UNKNOWN);
  assert_int_equal(change_judge(NAN, 50, 10), CHANGE_UNKNOWN);
  assert_int_equal(change_judge(50, 90, NAN), CHANGE_UNKNOWN);
  assert_string_equal(change_word(CHANGE_REAL), "real");
  assert_string_equal(change_words(CHANGE_WITHIN), "within measurement error");
}

/* Four recordings 10, 12, 14, 16: squares 20, 3 degrees of freedom. */
static void test_personal_limit(void **state) {
  (void)state;
  const double four[] = { 10, 12, NAN, 14, 16 }, one[] = { 3, NAN };
  change_error own = { 0, 0 };
  change_add_session(&own, one, 2);
  assert_int_equal(own.df, 0);
  change_add_session(&own, four, 5);
  assert_int_equal(own.df, 3);
  assert_near(own.squares, 20, 1e-12);
  const double sem0 = 10 / (1.96 * sqrt(2)), sem = sqrt((20 + 4 * sem0 * sem0) / 7);
  const change_limit limit = change_limit_of("hip_hinge_deg", SAGITTA_SET_STRIP, &own);
  assert_true(limit.personal);
  assert_near(limit.sem, sem, 1e-12);
  assert_near(limit.mdc, 1.96 * sqrt(2) * sem, 1e-12);
  /* Three recordings are not enough, and the default stands. */
  const double three[] = { 10, 30, 50 };
  change_error few = { 0, 0 };
  change_add_session(&few, three, 3);
  const change_limit standard = change_limit_of("hip_hinge_deg", SAGITTA_SET_STRIP, &few);
  assert_true(!standard.personal);
  assert_near(standard.mdc, 10, 1e-12);
  assert_near(change_limit_of("hip_hinge_deg", SAGITTA_SET_STRIP, NULL).mdc, 10, 1e-12);
  /* Without a default nothing is judged, whatever the recordings. */
  assert_true(isnan(change_limit_of("hip_lag_s", SAGITTA_SET_STRIP, &own).mdc));
}

/* A person's limit does not leave a sensible range with one session, and is found with many. */
static void test_limit_is_shrunk(void **state) {
  (void)state;
  const double same[] = { 50, 50, 50, 50 }, wild[] = { 30, 70, 45, 55 };
  change_error own = { 0, 0 };
  change_add_session(&own, same, 4);
  const double least = change_limit_of("hip_hinge_deg", SAGITTA_SET_CLINIC, &own).mdc;
  assert_true(least > 7 && least < 8);
  for (int i = 0; i < 50; i++) change_add_session(&own, same, 4);
  assert_true(change_limit_of("hip_hinge_deg", SAGITTA_SET_CLINIC, &own).mdc < 2);
  change_error much = { 0, 0 };
  change_add_session(&much, wild, 4);
  const double most = change_limit_of("hip_hinge_deg", SAGITTA_SET_CLINIC, &much).mdc;
  assert_true(most > 25 && most < 40); /* that of the recordings alone would be 46 */
}

static void test_student(void **state) {
  (void)state;
  static const double table[][3] = { { 0.05, 1, 12.706 }, { 0.05, 2, 4.303 },  { 0.05, 4, 2.776 },
                                     { 0.05, 10, 2.228 }, { 0.05, 30, 2.042 }, { 0.05, 1e6, 1.960 },
                                     { 0.01, 5, 4.032 },  { 0.1, 3, 2.353 },   { 0.001, 2, 31.599 } };
  for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
    assert_near(change_student(table[i][0], table[i][1]), table[i][2], 6e-4);
  }
}

static void test_trend(void **state) {
  (void)state;
  const double days[] = { 0, 10, 20, 30 }, line[] = { 50, 52, 54, 56 }, gaps[] = { 50, NAN, 54, 56 };
  change_trend trend = change_trend_of(days, line, 4, NAN);
  assert_true(trend.known);
  assert_near(trend.per_day, 0.2, 1e-12);
  assert_near(trend.start, 50, 1e-9);
  assert_near(trend.low, 0.2, 1e-9);
  assert_int_equal(change_trend_of(days, gaps, 4, NAN).visits, 3);
  /* Residuals 0: what is left is the measurement error, (4 sem²) / (2 + 4), over the days' spread of 500. */
  trend = change_trend_of(days, line, 4, 3);
  assert_near(trend.high - 0.2, change_student(0.05, 6) * sqrt(6.0 / 500), 1e-9);
  /* Two visits: known with a measurement error alone. */
  assert_true(!change_trend_of(days, line, 2, NAN).known);
  trend = change_trend_of(days, line, 2, 3);
  assert_true(trend.known);
  assert_near(trend.high - trend.per_day, change_student(0.05, 4) * sqrt(9.0 / 50), 1e-9);
  const double twice[] = { 5, 5 };
  assert_true(!change_trend_of(twice, line, 2, 3).known);
  assert_true(!change_trend_of(days, line, 1, 3).known);
  assert_true(!change_trend_of(days, line, 0, 3).known);
}

static double noise(uint64_t *seed) {
  double sum = 0;
  for (int i = 0; i < 12; i++) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    sum += (double)(*seed >> 40) / (double)(1 << 24);
  }
  return sum - 6;
}

/* The 95 % interval holds the truth 95 % of the time when the error is what it is thought to be. */
static void test_trend_coverage(void **state) {
  (void)state;
  uint64_t seed = 1;
  for (size_t visits = 2; visits <= 8; visits += 3) {
    int held = 0;
    for (int i = 0; i < 4000; i++) {
      double days[8], values[8];
      for (size_t k = 0; k < visits; k++) {
        days[k] = 14 * (double)k;
        values[k] = 60 + 0.1 * days[k] + 3.6 * noise(&seed);
      }
      const change_trend trend = change_trend_of(days, values, visits, 3.6);
      held += trend.low <= 0.1 && 0.1 <= trend.high;
    }
    assert_in_range(held, 3760, 4000); /* never less than promised; with few visits the prior makes it wider */
  }
}

static void test_days(void **state) {
  (void)state;
  assert_near(change_day("1970-01-01"), 0, 0);
  assert_near(change_day("2000-02-29"), 11016, 0);
  assert_near(change_day("2000-03-01"), 11017, 0);
  assert_near(change_day("2026-11-21") - change_day("2025-11-21"), 365, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_defaults),        cmocka_unit_test(test_verdict), cmocka_unit_test(test_personal_limit),
    cmocka_unit_test(test_limit_is_shrunk), cmocka_unit_test(test_student), cmocka_unit_test(test_trend),
    cmocka_unit_test(test_trend_coverage),  cmocka_unit_test(test_days),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
