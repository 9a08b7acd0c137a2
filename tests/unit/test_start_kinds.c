/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Protects the start of recordings in which nobody stands still (the doubt is said, and in every interval that hangs on
 * it), refusals by name of those without an upright moment or upside down, and the starts of the tests that begin
 * otherwise than standing.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scripts.h"

/* ---- nobody stands still ---- */

/* Never at rest, and never upright for long: from one end to the other. */
static void restless(script *s) {
  begin(s, slight_arch());
  for (int i = 0; i < 3; i++) {
    go(s, bent(), 1.2);
    go(s, slight_arch(), 1.2);
  }
}

static void arch_only(script *s) {
  stay(begin(s, arch()), 1);
  for (int i = 0; i < 3; i++) bend_to(s, arch());
  stay(s, 1);
}

/* The doubt is said, and is in every interval that hangs on the start. */
static void test_doubt(void **state) {
  (void)state;
  static void (*const scripts[])(script *) = { restless, arch_only };
  for (size_t k = 0; k < sizeof scripts / sizeof *scripts; k++) {
    for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
      const movement m = worn((sagitta_marker_set)set, k == 0);
      script s, quiet;
      scripts[k](&s);
      plain(&quiet);
      sagitta_result *result = analysed(&m, &s, 0, "restless"), *reference = analysed(&m, &quiet, 0, "quiet");
      assert_true(warns(result, SAGITTA_WARNING_START_UNCERTAIN));
      assert_false(warns(reference, SAGITTA_WARNING_START_UNCERTAIN));
      const sagitta_summary *got = sagitta_result_summary(result), *as = sagitta_result_summary(reference);
      const sagitta_quantity *const wide[] = { &got->hip_hinge, &got->lumbar_flexion, &got->pelvic_rotation };
      const sagitta_quantity *const narrow[] = { &as->hip_hinge, &as->lumbar_flexion, &as->pelvic_rotation };
      const double truth[] = { 66, 44, 58 }, least[] = { 7.6, 10, 7 };
      for (int q = 0; q < 3; q++) {
        const double before = (narrow[q]->high - narrow[q]->low) / 3.92, now = (wide[q]->high - wide[q]->low) / 3.92;
        if (now < 0.9 * hypot(before, least[q])) fail_msg("%zu, set %d: %.1f deg, was %.1f", k, set, now, before);
        assert_true(truth[q] > wide[q]->low && truth[q] < wide[q]->high);
      }
      /* Nothing through time is surer than its start. */
      const sagitta_angle_value last =
          sagitta_result_angle(result, sagitta_result_angle_rows(result) / 2, SAGITTA_ANGLE_LUMBAR_FLEXION);
      assert_true(last.high - last.low > 3.5 * 10);
      sagitta_result_free(&result);
      sagitta_result_free(&reference);
    }
  }
}

/* ---- refusals ---- */

static void never_comes_up(script *s) {
  stay(begin(s, bent()), 1);
  for (int i = 0; i < 3; i++) {
    go(s, made(-6, 2, 30, 24, 5), 1);
    go(s, bent(), 1);
    stay(s, 0.5);
  }
}

static void bends_in_an_arch(script *s) {
  stay(begin(s, made(18, 8, -32, -45, -10)), 1);
  for (int i = 0; i < 3; i++) {
    go(s, arch(), 1);
    go(s, made(18, 8, -32, -45, -10), 1);
  }
}

static void upside_down(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)part, (void)repetition;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    s[role].x = 1920 - s[role].x;
    s[role].y = 1080 - s[role].y;
  }
}

static void assert_refused(const movement *m, const script *s, const char *test, const char *by) {
  sagitta_tracks *tracks = script_tracks(m, s->key, s->count, 0.3);
  sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  settings.test = test;
  const sagitta_status status = sagitta_analyze(&result, tracks, &settings, &error);
  sagitta_tracks_free(&tracks);
  if (result) fail_msg("measured, instead of \"%s\"", by);
  assert_int_equal(status, SAGITTA_NO_MEASUREMENT);
  if (!strstr(error.text, by)) fail_msg("\"%s\" lacks \"%s\"", error.text, by);
}

/* From lying or sitting: there, and back, three times. */
static void between_two(script *s, posture start, posture end) {
  stay(begin(s, start), 1);
  for (int i = 0; i < 3; i++) {
    go(s, end, 1.5);
    stay(s, 0.8);
    go(s, start, 1.5);
    stay(s, 0.8);
  }
}

static posture raised(void) {
  posture p = figure_lying();
  p.thigh -= 70;
  p.shank -= 70;
  return p;
}

static posture extended(void) {
  posture p = figure_lying_90();
  p.shank = p.thigh + 25;
  return p;
}

static posture sitting(double pelvis, double lumbar, double hand) {
  posture p = figure_sitting();
  p.pelvis += pelvis;
  p.lumbar += lumbar;
  return with_hand(p, hand, 22);
}

static void test_refusals(void **state) {
  (void)state;
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
    for (int right = 0; right < 2; right++) {
      movement m = worn((sagitta_marker_set)set, right);
      script s;
      never_comes_up(&s);
      assert_refused(&m, &s, "toe-touch", "no upright moment in this recording: it starts in the bend");
      bends_in_an_arch(&s);
      assert_refused(&m, &s, "toe-touch", "no upright moment");
      m.spoil = upside_down;
      plain(&s);
      assert_refused(&m, &s, "toe-touch", "upside down");
      assert_refused(&m, &s, "toe-touch-knees-bent", "upside down");
      between_two(&s, sitting(0, 0, 50), sitting(34, 14, 95));
      assert_refused(&m, &s, "sit-and-reach", "upside down");
      between_two(&s, figure_lying(), raised());
      assert_refused(&m, &s, "straight-leg-raise", "upside down");
      between_two(&s, figure_lying_90(), extended());
      assert_refused(&m, &s, "knee-extension", "upside down");
    }
  }
}

/* ---- the other tests ---- */

static sagitta_result *measured_as(const char *test, const movement *m, const script *s) {
  sagitta_tracks *tracks = script_tracks(m, s->key, s->count, 0.2);
  sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  settings.test = test;
  settings.height_cm = 171;
  if (sagitta_analyze(&result, tracks, &settings, &error)) fail_msg("%s: %s", test, error.text);
  sagitta_tracks_free(&tracks);
  assert_int_equal(sagitta_result_facing_right(result), m->right);
  assert_false(warns(result, SAGITTA_WARNING_START_UNCERTAIN));
  return result;
}

static void assert_near(const char *what, const sagitta_quantity *q, double truth, double tolerance) {
  if (!q->known || fabs(q->value - truth) > tolerance) fail_msg("%s: %.1f instead of %.1f", what, q->value, truth);
}

/* Leaning back between reaches, and sitting down before them, are no start. */
static void test_sitting(void **state) {
  (void)state;
  for (int right = 0; right < 2; right++) {
    const movement m = worn(SAGITTA_SET_CLINIC, right);
    script s;
    stay(begin(&s, stand()), 1);
    go(&s, sitting(-22, 0, 30), 1.5);
    stay(&s, 0.5);
    go(&s, sitting(0, 0, 50), 1);
    stay(&s, 1.5);
    for (int i = 0; i < 3; i++) {
      go(&s, sitting(34, 14, 95), 1.5);
      stay(&s, 1.2);
      go(&s, sitting(-22, 0, 30), 1.5);
      stay(&s, 1);
    }
    sagitta_result *result = measured_as("sit-and-reach", &m, &s);
    size_t count = 0;
    (void)sagitta_result_repetitions(result, &count);
    assert_int_equal(count, 3);
    assert_near("hinge from sitting", &sagitta_result_summary(result)->hip_hinge, 34, 3);
    sagitta_result_free(&result);
  }
}

/* Lying down first, and a leg that presses down, are no start. */
static void test_lying(void **state) {
  (void)state;
  for (int right = 0; right < 2; right++) {
    const movement m = worn(SAGITTA_SET_CLINIC, right);
    posture pressed = figure_lying();
    pressed.thigh += 6;
    pressed.shank += 6;
    script s;
    stay(begin(&s, figure_sitting()), 0.8);
    go(&s, figure_lying(), 1.5);
    stay(&s, 1.2);
    for (int i = 0; i < 3; i++) {
      go(&s, pressed, 0.5);
      go(&s, raised(), 1.5);
      stay(&s, 0.8);
      go(&s, figure_lying(), 1.5);
      stay(&s, 0.5);
    }
    sagitta_result *result = measured_as("straight-leg-raise", &m, &s);
    assert_near("leg raise", &sagitta_result_summary(result)->leg_raise, 70, 2);
    sagitta_result_free(&result);

    between_two(&s, figure_lying_90(), extended());
    result = measured_as("knee-extension", &m, &s);
    assert_near("knee angle", &sagitta_result_summary(result)->knee_angle, 25, 2);
    sagitta_result_free(&result);
  }
}

/* The foot is put on the step in the picture; arching back before the stretch is no start. */
static void test_stepping(void **state) {
  (void)state;
  for (int right = 0; right < 2; right++) {
    const movement m = worn(SAGITTA_SET_CLINIC, right);
    posture step = figure_standing(), back = step, down = step;
    step.thigh = step.shank = back.thigh = back.shank = down.thigh = down.shank = -58;
    step.pelvis = -8;
    back.pelvis = -20;
    back.lumbar = -22;
    down.pelvis = 32;
    script s;
    stay(begin(&s, figure_standing()), 0.6);
    go(&s, step, 1);
    stay(&s, 1.2);
    go(&s, back, 1);
    stay(&s, 0.6);
    go(&s, down, 1.5);
    stay(&s, 8);
    go(&s, step, 1.5);
    stay(&s, 0.6);
    sagitta_result *result = measured_as("supported-stretch", &m, &s);
    size_t count = 0;
    const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
    assert_int_equal(count, 1);
    assert_near("hinge of the stretch", &rep->hip_hinge, 40, 3);
    sagitta_result_free(&result);
  }
}

/* Standing posture: an arch between is none of it. */
static void test_standing(void **state) {
  (void)state;
  for (int right = 0; right < 2; right++) {
    const movement m = worn(SAGITTA_SET_CLINIC, right);
    script s;
    stay(begin(&s, arch()), 1.5);
    go(&s, stand(), 1);
    stay(&s, 6);
    bend_to(&s, stand());
    sagitta_result *result = measured_as("standing-posture", &m, &s);
    assert_near("tilt", &sagitta_result_summary(result)->pelvis_tilt, 5, 1);
    sagitta_result_free(&result);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_doubt),    cmocka_unit_test(test_refusals),
                                      cmocka_unit_test(test_sitting),  cmocka_unit_test(test_lying),
                                      cmocka_unit_test(test_stepping), cmocka_unit_test(test_standing) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
