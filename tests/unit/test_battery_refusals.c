/* SPDX-License-Identifier: Apache-2.0 */
/* Protects against scoring what is no repetition of the test: every movement analysed as every other, impossible
 * bodies, exchanged and turned markers, markers lost at the peak, cut-off repetitions. Each is refused or flagged by
 * name. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "figure.h"
#include "sagitta/sagitta.h"

typedef movement (*maker)(void);

static movement toe_touch(void) {
  posture end = figure_standing(), start = with_hand(on_feet(figure_standing()), 8, 75);
  end.pelvis = 62;
  end.lumbar = 46;
  end.thigh = end.shank = -7;
  movement m = movement_default(start, with_hand(on_feet(end), 25, 10));
  m.middle_x = 10;
  return m;
}

static movement squat(void) {
  posture end = figure_standing(), start = with_hand(on_feet(figure_standing()), 8, 75);
  end.thigh = -85;
  end.shank = 28;
  end.pelvis = 40;
  end.lumbar = 12;
  movement m = movement_default(start, with_hand(on_feet(end), 40, 60));
  m.middle_x = 10;
  return m;
}

static movement upright_squat(void) {
  movement m = squat();
  m.end.pelvis = 8;
  m.end.lumbar = 10;
  return m;
}

/* Hips forward, knees a little bent, lower back hollow. */
static movement bend_back(void) {
  posture end = figure_standing(), start = with_hand(on_feet(figure_standing()), 8, 75);
  end.thigh = 6;
  end.shank = 16;
  end.pelvis = -14;
  end.lumbar = -24;
  movement m = movement_default(start, with_hand(on_feet(end), 8, 75));
  m.middle_x = 10;
  return m;
}

/* The same with legs that stay nearly straight: what tells of it is the hips. */
static movement bend_back_straight(void) {
  movement m = bend_back();
  m.end.thigh = 8;
  m.end.shank = 10;
  m.end = with_hand(on_feet(m.end), 8, 75);
  return m;
}

static movement sit_and_reach(void) {
  posture start = figure_sitting(), end = start;
  double ankle[2];
  figure_ankle(&start, ankle);
  end.pelvis += 34;
  end.lumbar += 14;
  movement m = movement_default(with_hand(start, ankle[0] - 25, 25), with_hand(end, ankle[0] + 10, 20));
  m.middle_x = 60;
  return m;
}

static movement sit_up(void) {
  posture start = figure_lying(), end = start;
  end.pelvis += 50;
  end.lumbar += 50;
  movement m = movement_default(with_hand(start, 0, 12), with_hand(end, 30, 30));
  m.middle_x = 20;
  return m;
}

static movement leg_raise(void) {
  posture start = figure_lying(), end = start;
  end.thigh -= 70;
  end.shank -= 70;
  movement m = movement_default(with_hand(start, 0, 12), with_hand(end, 0, 12));
  m.middle_x = 20;
  return m;
}

static movement extension(void) {
  posture start = figure_lying_90(), end = start;
  end.shank = end.thigh + 25;
  movement m = movement_default(with_hand(start, 0, 12), with_hand(end, 0, 12));
  m.middle_x = 0;
  return m;
}

/* In a chair, leaning forward. */
static movement chair(void) {
  posture start = figure_standing(), end;
  start.thigh = -88;
  start = with_hand(start, 40, 60);
  start.hip_y = 48;
  end = start;
  end.pelvis += 30;
  end.lumbar += 20;
  return movement_default(start, end);
}

static const struct {
  const char *name;
  maker make;
  const char *right; /* the test it belongs to, "" where there is none */
} movements[] = {
  { "toe touch", toe_touch, "toe-touch" },
  { "squat", squat, "" },
  { "upright squat", upright_squat, "" },
  { "bend back", bend_back, "" },
  { "bend back, straight legs", bend_back_straight, "" },
  { "sit-and-reach", sit_and_reach, "sit-and-reach" },
  { "sit-up", sit_up, "" },
  { "leg raise", leg_raise, "straight-leg-raise" },
  { "knee extension", extension, "knee-extension" },
  { "chair", chair, "" },
};

/* Whether two tests may be recorded in one: bends from standing share the movement. */
static bool belongs(const char *movement_of, const char *test) {
  if (strcmp(movement_of, test) == 0) return true;
  return strcmp(movement_of, "toe-touch") == 0 && strcmp(test, "fingertip-to-floor") == 0;
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
        assert_int_equal(status, SAGITTA_NO_MEASUREMENT);
        assert_true(strlen(error.text) > 40 && strchr(error.text, '.'));
      } else if (strcmp(test[t].name, "standing-posture") != 0) { /* standing, whatever follows it */
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
    maker make;
    const char *test, *found, *remedy;
  } cases[] = {
    { sit_and_reach, "toe-touch", "sitting with the legs out", "--test sit-and-reach" },
    { toe_touch, "sit-and-reach", "standing upright", "--test toe-touch" },
    { leg_raise, "toe-touch", "lying", "--test straight-leg-raise" },
    { extension, "straight-leg-raise", "thigh upright", "--test knee-extension" },
    { leg_raise, "knee-extension", "lying with the legs out", "--test straight-leg-raise" },
    { sit_up, "straight-leg-raise", "sit-up", "raise one straight leg" },
    { sit_up, "sit-and-reach", "lying", "sitting upright" },
    { sit_up, "toe-touch", "lying", "standing" },
    { squat, "toe-touch", "squat", "Keep the knees straight" },
    { upright_squat, "toe-touch", "squat", "knees straight" },
    { squat, "toe-touch-knees-bent", "squat", "knees" },
    { bend_back, "toe-touch", "backwards", "bend forward" },
    { bend_back_straight, "toe-touch", "backwards", "bend forward" },
    { sit_and_reach, "supported-stretch", "sitting with the legs out", "--test sit-and-reach" },
    { toe_touch, "supported-stretch", "standing upright", "one foot on a step" },
    { squat, "supported-stretch", "standing upright", "one foot on a step" },
    { chair, "toe-touch", "sitting on a chair", "standing" },
    { chair, "sit-and-reach", "sitting on a chair", "legs out" },
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
    maker make;
    const char *test;
    void (*spoil)(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition);
    const char *found, *remedy;
  } cases[] = {
    { toe_touch, "toe-touch", shoulder_for_knee, "exchanged", "--pick" },
    { toe_touch, "toe-touch", knee_for_ankle, "exchanged", "--pick" },
    { toe_touch, "toe-touch", upside_down, "upside down", "y run downwards" },
    { toe_touch, "toe-touch", long_shank, "human body", "shank" },
    { sit_and_reach, "sit-and-reach", long_thigh, "", "" },
    { sit_and_reach, "sit-and-reach", knee_for_ankle, "exchanged", "--pick" },
    { sit_and_reach, "sit-and-reach", long_shank, "human body", "times as long" },
    { leg_raise, "straight-leg-raise", knee_for_ankle, "exchanged", "--pick" },
    { leg_raise, "straight-leg-raise", shoulder_for_knee, "", "" },
    { leg_raise, "straight-leg-raise", long_shank, "human body", "times as long" },
    { extension, "knee-extension", long_shank, "human body", "times as long" },
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
  movement m = sit_and_reach();
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

/* ---- repetitions that do not count ---- */

static void hand_hidden(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s;
  if (repetition == 1 && part > 0.8) s[SAGITTA_HAND].state = SAGITTA_LOST;
}

static void knee_hidden(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s;
  if (repetition == 1 && part > 0.8) s[SAGITTA_KNEE].state = SAGITTA_LOST;
}

static void slide(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)repetition;
  for (int role = 0; role < SAGITTA_ANKLE; role++) s[role].x += 4 * 5.0 * part;
  s[SAGITTA_PELVIS].x += 4 * 5.0 * part;
  s[SAGITTA_RIBS].x += 4 * 5.0 * part;
}

static void step(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)repetition;
  s[SAGITTA_ANKLE].x += 4 * 5.0 * part;
}

static void heels(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)repetition;
  s[SAGITTA_ANKLE].y -= 4 * 4.0 * part;
}

static void sway(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)repetition;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (role != SAGITTA_ANKLE) s[role].x += 4 * 20.0 * part;
  }
}

static void soft_knee(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)repetition;
  s[SAGITTA_KNEE].y -= 4 * 3.0 * part;
}

static void rolling(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)repetition;
  s[SAGITTA_PELVIS].axis -= 40 * part;
}

static void test_flags(void **state) {
  (void)state;
  static const struct {
    maker make;
    const char *test;
    void (*spoil)(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition);
    sagitta_warning_code code;
    bool valid;
    const char *remedy;
  } cases[] = {
    { sit_and_reach, "sit-and-reach", hand_hidden, SAGITTA_WARNING_MARKER_LOST_AT_END_RANGE, false, "hand marker" },
    { leg_raise, "straight-leg-raise", knee_hidden, SAGITTA_WARNING_MARKER_LOST_AT_END_RANGE, false, "knee marker" },
    { sit_and_reach, "sit-and-reach", slide, SAGITTA_WARNING_HIPS_DRIFTING, true, "Keep them where they are" },
    { toe_touch, "toe-touch", step, SAGITTA_WARNING_FEET_MOVED, true, "Keep the feet" },
    { toe_touch, "toe-touch", heels, SAGITTA_WARNING_FEET_MOVED, true, "Keep the heels" },
    { toe_touch, "toe-touch", sway, SAGITTA_WARNING_HIPS_DRIFTING, false, "over the feet" },
    { sit_and_reach, "sit-and-reach", soft_knee, SAGITTA_WARNING_KNEES_BENT_SLIGHTLY, true, "straighter" },
    { leg_raise, "straight-leg-raise", rolling, SAGITTA_WARNING_PELVIS_ROLLED, true, "other leg down" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    movement m = cases[i].make();
    m.spoil = cases[i].spoil;
    sagitta_tracks *tracks = movement_tracks(&m);
    sagitta_analysis_settings settings = sagitta_analysis_default_settings();
    sagitta_result *result = NULL;
    sagitta_error error = SAGITTA_ERROR_INIT;
    settings.test = cases[i].test;
    settings.height_cm = 171;
    if (sagitta_analyze(&result, tracks, &settings, &error)) fail_msg("case %zu: %s", i, error.text);
    size_t count = 0, warnings = 0;
    const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
    const sagitta_warning *w = sagitta_result_warnings(result, &warnings);
    bool flagged = false, said = false;
    for (size_t k = 0; k < rep[1].flag_count; k++) flagged = flagged || rep[1].flag[k] == cases[i].code;
    for (size_t k = 0; k < warnings; k++) {
      said = said || (w[k].code == cases[i].code && strstr(w[k].message, cases[i].remedy));
    }
    if (!flagged || !said)
      fail_msg("case %zu: %s, %s", i, flagged ? "flagged" : "not flagged", said ? "said" : "not said");
    if (cases[i].code != SAGITTA_WARNING_HIPS_DRIFTING) assert_int_equal(rep[1].valid, cases[i].valid);
    sagitta_result_free(&result);
    sagitta_tracks_free(&tracks);
  }
}

/* The recording ends in the middle of the third repetition. */
static void test_cut_off(void **state) {
  (void)state;
  static const struct {
    maker make;
    const char *test;
  } cases[] = { { toe_touch, "toe-touch" },
                { sit_and_reach, "sit-and-reach" },
                { leg_raise, "straight-leg-raise" },
                { extension, "knee-extension" } };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const movement m = cases[i].make();
    sagitta_tracks *whole = movement_tracks(&m), *cut = NULL;
    const sagitta_tracks_info *info = sagitta_tracks_get_info(whole);
    assert_int_equal(sagitta_tracks_new(&cut, info, NULL), SAGITTA_OK);
    for (size_t row = 0; sagitta_tracks_time(whole, row) < movement_hold(&m, 2); row++) {
      sagitta_sample s[SAGITTA_ROLES];
      for (int role = 0; role < SAGITTA_ROLES; role++) s[role] = sagitta_tracks_get(whole, row, (sagitta_role)role);
      assert_int_equal(sagitta_tracks_append(cut, sagitta_tracks_time(whole, row), s, NULL), SAGITTA_OK);
    }
    sagitta_analysis_settings settings = sagitta_analysis_default_settings();
    sagitta_result *result = NULL;
    settings.test = cases[i].test;
    settings.height_cm = 171;
    assert_int_equal(sagitta_analyze(&result, cut, &settings, NULL), SAGITTA_OK);
    size_t count = 0;
    const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
    assert_int_equal(count, 3);
    assert_true(rep[0].valid && rep[1].valid && !rep[2].valid);
    assert_int_equal(rep[2].flag[0], SAGITTA_WARNING_REPETITION_CUT_OFF);
    assert_int_equal(sagitta_result_summary(result)->repetitions, 2);
    sagitta_result_free(&result);
    sagitta_tracks_free(&cut);
    sagitta_tracks_free(&whole);
  }
}

static void test_missing_markers_are_named(void **state) {
  (void)state;
  movement m = sit_and_reach();
  m.without = 1u << SAGITTA_HAND;
  assert_refused(&m, "sit-and-reach", "no hand marker", "--pick");
  m = leg_raise();
  m.without = 1u << SAGITTA_ANKLE | 1u << SAGITTA_KNEE;
  assert_refused(&m, "straight-leg-raise", "knee and ankle", "--pick");
  m = toe_touch();
  m.without = 1u << SAGITTA_ANKLE;
  assert_refused(&m, "toe-touch-knees-bent", "no ankle marker", "--pick");
  /* Discs have no direction. */
  m = toe_touch();
  m.set = SAGITTA_SET_DISCS;
  assert_refused(&m, "standing-posture", "strips of tape only", "Put a strip");
  /* Standing quietly, and nothing to tell the front by. */
  m = toe_touch();
  m.end = m.start;
  assert_refused(&m, "standing-posture", "Which way the person faces", "bend forward once");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_every_movement_as_every_test),
    cmocka_unit_test(test_refusals_name_the_movement),
    cmocka_unit_test(test_impossible_bodies),
    cmocka_unit_test(test_mirrored_is_the_other_side),
    cmocka_unit_test(test_flags),
    cmocka_unit_test(test_cut_off),
    cmocka_unit_test(test_missing_markers_are_named),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
