/* SPDX-License-Identifier: Apache-2.0 */
/* Protects against scoring what is no repetition of the test: every movement analysed as every other, impossible
 * bodies, exchanged and turned markers. Each is refused by name. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "figure_movements.h"
#include "sagitta/sagitta.h"

static const struct {
  const char *name;
  figure_maker make;
  const char *right; /* the test it belongs to, "" where there is none */
} movements[] = {
  { "toe touch", figure_toe_touch, "toe-touch" },
  { "squat", figure_squat, "" },
  { "upright squat", figure_upright_squat, "" },
  { "bend back", figure_bend_back, "" },
  { "bend back, straight legs", figure_bend_back_straight, "" },
  { "sit-and-reach", figure_sit_and_reach, "sit-and-reach" },
  { "sit-up", figure_sit_up, "" },
  { "leg raise", figure_leg_raise, "straight-leg-raise" },
  { "knee extension", figure_extension, "knee-extension" },
  { "chair", figure_chair, "" },
};

/* Whether two tests may be recorded in one: bends from standing share the movement. */
static bool belongs(const char *movement_of, const char *test) {
  if (strcmp(movement_of, test) == 0) return true;
  return strcmp(movement_of, "toe-touch") == 0 &&
         (strcmp(test, "fingertip-to-floor") == 0 || strcmp(test, "waiters-bow") == 0);
}

/* Standing, whatever follows it; whatever is done. */
static bool takes_all(const char *test) {
  return strcmp(test, "standing-posture") == 0 || strcmp(test, "free") == 0;
}

static bool any_number(const sagitta_result *result, const sagitta_test *test) {
  for (size_t k = 0; test->quantities[k]; k++) {
    if (sagitta_summary_quantity(sagitta_result_summary(result), test->quantities[k])->known) return true;
  }
  return false;
}

static void test_every_movement_as_every_test(void **state) {
  (void)state;
  size_t tests = 0;
  const sagitta_test *test = sagitta_tests(&tests);
  for (size_t i = 0; i < sizeof movements / sizeof *movements; i++) {
    const movement m = movements[i].make();
    sagitta_tracks *tracks = movement_tracks(&m);
    for (size_t t = 0; t < tests; t++) {
      sagitta_analysis_settings settings = sagitta_analysis_default_settings();
      settings.test = test[t].name;
      settings.height_cm = 171;
      sagitta_result *result = NULL;
      sagitta_error error = SAGITTA_ERROR_INIT;
      const sagitta_status status = sagitta_analyze(&result, tracks, &settings, &error);
      if (belongs(movements[i].right, test[t].name)) {
        if (status) fail_msg("%s as %s: %s", movements[i].name, test[t].name, error.text);
        size_t count = 0, valid = 0;
        const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
        for (size_t k = 0; k < count; k++) valid += rep[k].valid;
        if (valid != count || count == 0)
          fail_msg("%s as %s: %zu of %zu", movements[i].name, test[t].name, valid, count);
      } else if (status) {
        if (strcmp(test[t].name, "free") == 0) fail_msg("%s as free: %s", movements[i].name, error.text);
        assert_int_equal(status, SAGITTA_NO_MEASUREMENT);
        assert_true(strlen(error.text) > 40 && strchr(error.text, '.'));
      } else if (!takes_all(test[t].name)) {
        if (any_number(result, &test[t]) || sagitta_result_verdict(result)->given) {
          fail_msg("%s was measured as %s: %s", movements[i].name, test[t].name,
                   sagitta_result_verdict(result)->sentence);
        }
      }
      sagitta_result_free(&result);
    }
    sagitta_tracks_free(&tracks);
  }
}

/* The message of a refusal has to name both what was found and what to do. */
static void assert_refused(const movement *m, const char *test, const char *found, const char *remedy) {
  sagitta_tracks *tracks = movement_tracks(m);
  sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  settings.test = test;
  const sagitta_status status = sagitta_analyze(&result, tracks, &settings, &error);
  sagitta_tracks_free(&tracks);
  if (result) fail_msg("measured as %s, instead of \"%s\"", test, found);
  assert_int_equal(status, SAGITTA_NO_MEASUREMENT);
  if (!strstr(error.text, found) || !strstr(error.text, remedy)) {
    fail_msg("\"%s\" lacks \"%s\" or \"%s\"", error.text, found, remedy);
  }
}

static void test_refusals_name_the_movement(void **state) {
  (void)state;
  static const struct {
    figure_maker make;
    const char *test, *found, *remedy;
  } cases[] = {
    { figure_sit_and_reach, "toe-touch", "sitting with the legs out", "--test sit-and-reach" },
    { figure_toe_touch, "sit-and-reach", "standing upright", "--test toe-touch" },
    { figure_leg_raise, "toe-touch", "lying", "--test straight-leg-raise" },
    { figure_extension, "straight-leg-raise", "thigh upright", "--test knee-extension" },
    { figure_leg_raise, "knee-extension", "lying with the legs out", "--test straight-leg-raise" },
    { figure_sit_up, "straight-leg-raise", "sit-up", "raise one straight leg" },
    { figure_sit_up, "sit-and-reach", "lying", "sitting upright" },
    { figure_sit_up, "toe-touch", "lying", "standing" },
    { figure_squat, "toe-touch", "squat", "Keep the knees straight" },
    { figure_upright_squat, "toe-touch", "squat", "knees straight" },
    { figure_squat, "toe-touch-knees-bent", "squat", "knees" },
    { figure_bend_back, "toe-touch", "backwards", "bend forward" },
    { figure_bend_back_straight, "toe-touch", "backwards", "bend forward" },
    { figure_sit_and_reach, "supported-stretch", "sitting with the legs out", "--test sit-and-reach" },
    { figure_toe_touch, "supported-stretch", "standing upright", "one foot on a step" },
    { figure_squat, "supported-stretch", "standing upright", "one foot on a step" },
    { figure_chair, "toe-touch", "sitting on a chair", "standing" },
    { figure_chair, "sit-and-reach", "sitting on a chair", "legs out" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const movement m = cases[i].make();
    assert_refused(&m, cases[i].test, cases[i].found, cases[i].remedy);
  }
}

/* ---- bodies that are none ---- */

static void swap(sagitta_sample *a, sagitta_sample *b) {
  const sagitta_sample kept = *a;
  *a = *b;
  *b = kept;
}

static void knee_for_ankle(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)part, (void)repetition;
  swap(&s[SAGITTA_KNEE], &s[SAGITTA_ANKLE]);
}

static void shoulder_for_knee(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)part, (void)repetition;
  swap(&s[SAGITTA_SHOULDER], &s[SAGITTA_KNEE]);
}

static void upside_down(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)part, (void)repetition;
  for (int role = 0; role < SAGITTA_ROLES; role++) s[role].y = 1080 - s[role].y;
}

static void long_thigh(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)part, (void)repetition;
  s[SAGITTA_KNEE].x += 1.3 * (s[SAGITTA_KNEE].x - s[SAGITTA_HIP].x);
  s[SAGITTA_KNEE].y += 1.3 * (s[SAGITTA_KNEE].y - s[SAGITTA_HIP].y);
}

static void long_shank(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)part, (void)repetition;
  s[SAGITTA_ANKLE].x += 1.0 * (s[SAGITTA_ANKLE].x - s[SAGITTA_KNEE].x);
  s[SAGITTA_ANKLE].y += 1.0 * (s[SAGITTA_ANKLE].y - s[SAGITTA_KNEE].y);
}

static void test_impossible_bodies(void **state) {
  (void)state;
  static const struct {
    figure_maker make;
    const char *test;
    void (*spoil)(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition);
    const char *found, *remedy;
  } cases[] = {
    { figure_toe_touch, "toe-touch", shoulder_for_knee, "exchanged", "--pick" },
    { figure_toe_touch, "toe-touch", knee_for_ankle, "exchanged", "--pick" },
    { figure_toe_touch, "toe-touch", upside_down, "upside down", "y run downwards" },
    { figure_toe_touch, "toe-touch", long_shank, "human body", "shank" },
    { figure_sit_and_reach, "sit-and-reach", long_thigh, "", "" },
    { figure_sit_and_reach, "sit-and-reach", knee_for_ankle, "exchanged", "--pick" },
    { figure_sit_and_reach, "sit-and-reach", long_shank, "human body", "times as long" },
    { figure_leg_raise, "straight-leg-raise", knee_for_ankle, "exchanged", "--pick" },
    { figure_leg_raise, "straight-leg-raise", shoulder_for_knee, "", "" },
    { figure_leg_raise, "straight-leg-raise", long_shank, "human body", "times as long" },
    { figure_extension, "knee-extension", long_shank, "human body", "times as long" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    movement m = cases[i].make();
    m.spoil = cases[i].spoil;
    assert_refused(&m, cases[i].test, cases[i].found, cases[i].remedy);
  }
}

/* Mirrored pictures are another side, not another body. */
static void mirrored(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)part, (void)repetition;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    s[role].x = 1920 - s[role].x;
    s[role].axis = -s[role].axis;
  }
}

static void test_mirrored_is_the_other_side(void **state) {
  (void)state;
  movement m = figure_sit_and_reach();
  m.spoil = mirrored;
  sagitta_tracks *tracks = movement_tracks(&m);
  sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  sagitta_result *result = NULL;
  settings.test = "sit-and-reach";
  assert_int_equal(sagitta_analyze(&result, tracks, &settings, NULL), SAGITTA_OK);
  assert_false(sagitta_result_facing_right(result));
  assert_true(fabs(sagitta_result_summary(result)->hip_hinge.value - 34) < 3);
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
}

static void test_missing_markers_are_named(void **state) {
  (void)state;
  movement m = figure_sit_and_reach();
  m.without = 1u << SAGITTA_HAND;
  assert_refused(&m, "sit-and-reach", "no hand marker", "--pick");
  m = figure_leg_raise();
  m.without = 1u << SAGITTA_ANKLE | 1u << SAGITTA_KNEE;
  assert_refused(&m, "straight-leg-raise", "knee and ankle", "--pick");
  m = figure_toe_touch();
  m.without = 1u << SAGITTA_ANKLE;
  assert_refused(&m, "toe-touch-knees-bent", "no ankle marker", "--pick");
  /* Discs have no direction. */
  m = figure_toe_touch();
  m.set = SAGITTA_SET_DISCS;
  assert_refused(&m, "standing-posture", "strips of tape only", "Put a strip");
  /* Standing quietly, and nothing to tell the front by. */
  m = figure_toe_touch();
  m.end = m.start;
  assert_refused(&m, "standing-posture", "Which way the person faces", "bend forward once");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_every_movement_as_every_test),
    cmocka_unit_test(test_refusals_name_the_movement),
    cmocka_unit_test(test_impossible_bodies),
    cmocka_unit_test(test_mirrored_is_the_other_side),
    cmocka_unit_test(test_missing_markers_are_named),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
