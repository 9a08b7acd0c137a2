/* SPDX-License-Identifier: Apache-2.0 */
/* Protects repetitions of the battery's tests that do not count or count with a reserve: markers lost at end range,
 * feet, hips and knees that move, a recording that ends on the way. Each is flagged by name. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "figure_movements.h"
#include "sagitta/sagitta.h"

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

/* The others stay as they are: that one is not used (its knees seem to bend), and a recording without any is refused.
 */
static void sway(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s;
  if (repetition != 1) return;
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
    figure_maker make;
    const char *test;
    void (*spoil)(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition);
    sagitta_warning_code code;
    bool valid;
    const char *remedy;
  } cases[] = {
    { figure_sit_and_reach, "sit-and-reach", hand_hidden, SAGITTA_WARNING_MARKER_LOST_AT_END_RANGE, false,
      "hand marker" },
    { figure_leg_raise, "straight-leg-raise", knee_hidden, SAGITTA_WARNING_MARKER_LOST_AT_END_RANGE, false,
      "knee marker" },
    { figure_sit_and_reach, "sit-and-reach", slide, SAGITTA_WARNING_HIPS_DRIFTING, true, "Keep them where they are" },
    { figure_toe_touch, "toe-touch", step, SAGITTA_WARNING_FEET_MOVED, true, "Keep the feet" },
    { figure_toe_touch, "toe-touch", heels, SAGITTA_WARNING_FEET_MOVED, true, "Keep the heels" },
    { figure_toe_touch, "toe-touch", sway, SAGITTA_WARNING_HIPS_DRIFTING, false, "over the feet" },
    { figure_sit_and_reach, "sit-and-reach", soft_knee, SAGITTA_WARNING_KNEES_BENT_SLIGHTLY, true, "straighter" },
    { figure_leg_raise, "straight-leg-raise", rolling, SAGITTA_WARNING_PELVIS_ROLLED, true, "other leg down" },
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
    figure_maker make;
    const char *test;
  } cases[] = { { figure_toe_touch, "toe-touch" },
                { figure_sit_and_reach, "sit-and-reach" },
                { figure_leg_raise, "straight-leg-raise" },
                { figure_extension, "knee-extension" } };
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

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_flags),
    cmocka_unit_test(test_cut_off),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
