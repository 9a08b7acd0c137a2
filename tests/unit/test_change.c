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
    { "lumbar_flexion_deg", NAN, 15, 12 },
    { "lumbar_share", NAN, 0.15, 0.12 },
    { "reach_cm", 4, 4, 4 },
    { "fingertip_to_floor_cm", 4.5, 4.5, 4.5 },
    { "leg_raise_deg", 10, 10, 10 },
    { "knee_angle_deg", 8, 8, 8 },
    { "pelvis_tilt_deg", 10, 10, 10 },
    { "ribs_tilt_deg", 10, 10, 10 },
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const double discs = change_default(rows[i].key, SAGITTA_SET_DISCS);
    assert_int_equal(isnan(discs), isnan(rows[i].discs));
    assert_int_equal(change_is_told(rows[i].key, SAGITTA_SET_DISCS), !isnan(discs));
    if (!isnan(discs)) assert_near(discs, rows[i].discs, 1e-12);
    assert_true(change_is_told(rows[i].key, SAGITTA_SET_STRIP));
    assert_near(change_default(rows[i].key, SAGITTA_SET_STRIP), rows[i].strip, 1e-12);
    assert_near(change_default(rows[i].key, SAGITTA_SET_CLINIC), rows[i].clinic, 1e-12);
  }
  assert_false(change_is_told("lumbar_at_50_deg", SAGITTA_SET_DISCS));
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
  assert_string_equal(change_words(CHANGE_WITHIN, "en"), "within error");
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
  /* Student's t of 3 + 4 degrees of freedom. */
  assert_near(limit.mdc, 2.364624 * sqrt(2) * sem, 1e-5);
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
  assert_true(least > 9 && least < 9.2);
  for (int i = 0; i < 50; i++) change_add_session(&own, same, 4);
  assert_true(change_limit_of("hip_hinge_deg", SAGITTA_SET_CLINIC, &own).mdc < 2);
  change_error much = { 0, 0 };
  change_add_session(&much, wild, 4);
  const double most = change_limit_of("hip_hinge_deg", SAGITTA_SET_CLINIC, &much).mdc;
  assert_true(most > 35 && most < 45); /* that of the recordings alone would be 46 */
}

/* Recordings of one person of whom nothing changes, with the errors that the limits are of: in at least 95 of 100 no
 * change is called real, with a personal limit from four recordings (1.96 in the place of t would give 92) as with the
 * markers left on and three repetitions on either side; and not far more, for then changes would be missed. */
static double normal(uint64_t *seed) {
  double sum = -6;
  for (int i = 0; i < 12; i++) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    sum += (double)(*seed >> 11) / 9007199254740992.0;
  }
  return sum;
}

static void test_no_change_is_called_none(void **state) {
  (void)state;
  enum { PEOPLE = 20000 };
  uint64_t seed = 5;
  int personal = 0, same = 0, wrong_t = 0;
  for (int p = 0; p < PEOPLE; p++) {
    /* Their own SEM lies about the default's as the shrinking believes of people: scaled inverse chi-square. */
    double chi = 0, four[4], reps[6], a = 0, b = 0;
    for (int i = 0; i < CHANGE_PRIOR_DF; i++) chi += pow(normal(&seed), 2);
    const double sem = 10 / (1.96 * sqrt(2)) * sqrt(CHANGE_PRIOR_DF / chi);
    for (int i = 0; i < 4; i++) four[i] = 60 + sem * normal(&seed);
    change_error own = { 0, 0 }, scatter = { 0, 0 };
    change_add_session(&own, four, 4);
    const change_limit limit = change_limit_of("hip_hinge_deg", SAGITTA_SET_STRIP, &own);
    const double moved = sem * (normal(&seed) - normal(&seed));
    personal += change_judge(0, moved, limit.mdc) == CHANGE_WITHIN;
    wrong_t += fabs(moved) <= 1.96 * sqrt(2) * limit.sem;
    /* Before and after with the markers on: an error of each recording, and of each repetition. */
    const double sigma = 5 / (1.96 * sqrt(2)), spread = 0.5 + 3.0 * (p % 11) / 10;
    const double offset[2] = { sigma * normal(&seed), sigma * normal(&seed) };
    for (int i = 0; i < 6; i++) reps[i] = offset[i / 3] + spread * normal(&seed);
    for (int i = 0; i < 3; i++) a += reps[i] / 3;
    for (int i = 3; i < 6; i++) b += reps[i] / 3;
    change_add_session(&scatter, reps, 3);
    change_add_session(&scatter, reps + 3, 3);
    same +=
        change_judge(a, b, change_limit_same("hip_hinge_deg", SAGITTA_SET_STRIP, &scatter, 3, 3).mdc) == CHANGE_WITHIN;
  }
  print_message("no change is called none: personal %.1f %% (with 1.96: %.1f %%), markers left on %.1f %%\n",
                100.0 * personal / PEOPLE, 100.0 * wrong_t / PEOPLE, 100.0 * same / PEOPLE);
  assert_in_range(personal, PEOPLE * 94.7 / 100, PEOPLE * 97 / 100);
  assert_in_range(same, PEOPLE * 94.7 / 100, PEOPLE * 97 / 100);
  assert_true(wrong_t < PEOPLE * 93 / 100);
}

static void test_limit_with_the_markers_left_on(void **state) {
  (void)state;
  const double three[] = { 60, 62, 61 };
  change_error scatter = { 0, 0 };
  change_add_session(&scatter, three, 3);
  const double sigma = 5 / (1.96 * sqrt(2));
  const change_limit limit = change_limit_same("hip_hinge_deg", SAGITTA_SET_STRIP, &scatter, 3, 3);
  assert_true(limit.same_markers && !limit.personal);
  assert_near(limit.sem, sqrt((2 * sigma * sigma + 1.0 * 2 / 3) / 2), 1e-9);
  assert_true(limit.mdc > 5.2 && limit.mdc < 5.5);
  /* More repetitions, less of their scatter in it; never below what the markers' places do. */
  const change_limit more = change_limit_same("hip_hinge_deg", SAGITTA_SET_STRIP, &scatter, 300, 300);
  assert_true(more.mdc < limit.mdc && more.mdc > 5 - 1e-9);
  assert_true(isnan(change_limit_same("hip_hinge_deg", SAGITTA_SET_DISCS, &scatter, 3, 3).mdc));
  assert_true(isnan(change_limit_same("reach_cm", SAGITTA_SET_CLINIC, &scatter, 3, 3).mdc));
  const change_error none = { 0, 0 };
  assert_true(isnan(change_limit_same("hip_hinge_deg", SAGITTA_SET_CLINIC, &none, 1, 1).mdc));
  assert_true(change_limit_same("lumbar_flexion_deg", SAGITTA_SET_CLINIC, &scatter, 3, 3).mdc > 6);
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

/* A change and its limit are never shown as one number, and the larger of the two never as the smaller. */
static void test_apart(void **state) {
  (void)state;
  const sagitta_quantity_info *hips = sagitta_quantity_find("hip_hinge_deg");
  static const struct {
    double a, b, limit;
    int decimals;
  } rows[] = {
    { 60, 78, 10, 0 },       { 60, 70.3, 10, 1 },     { 60, 69.7, 10, 1 },  { 60.4, 52, 10, 0 },
    { 59.6, 70.4, 10.6, 1 }, { 60.4, 70.6, 10.3, 1 }, { 60, 70.04, 10, 2 }, { 60, 90, NAN, 0 },
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const sagitta_quantity_info shown = shown_apart(hips, rows[i].a, rows[i].b, rows[i].limit);
    if (shown.decimals != rows[i].decimals) fail_msg("row %zu has %d decimals", i, shown.decimals);
    const double unit = pow(10, shown.decimals), limit = round(rows[i].limit * unit) / unit;
    const double change = fabs(comparison_difference(rows[i].a, rows[i].b, &shown));
    if (isnan(limit)) continue;
    if (fabs(rows[i].b - rows[i].a) > rows[i].limit) assert_true(change > limit + 1e-9);
    if (fabs(rows[i].b - rows[i].a) < rows[i].limit) assert_true(change < limit - 1e-9);
  }
  assert_string_equal(shown_direction(hips, 10, "en"), "further");
  assert_string_equal(shown_direction(hips, -10, "en"), "less far");
  assert_string_equal(shown_direction(sagitta_quantity_find("knee_angle_deg"), -10, "en"), "further");
  assert_string_equal(shown_direction(sagitta_quantity_find("lumbar_share"), -0.2, "en"), "less");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_defaults),
    cmocka_unit_test(test_verdict),
    cmocka_unit_test(test_personal_limit),
    cmocka_unit_test(test_limit_is_shrunk),
    cmocka_unit_test(test_no_change_is_called_none),
    cmocka_unit_test(test_limit_with_the_markers_left_on),
    cmocka_unit_test(test_student),
    cmocka_unit_test(test_trend),
    cmocka_unit_test(test_trend_coverage),
    cmocka_unit_test(test_apart),
    cmocka_unit_test(test_days),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
