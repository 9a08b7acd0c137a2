/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what the tests in standing measure: the truth of a jointed figure within tolerance and interval, either way
 * faced, and the sentence that says so; and the table of all tests. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "battery_help.h"

/* ---- bends from standing ---- */

static movement bend(double pelvis, double lumbar, double hand_y) {
  posture start = on_feet(figure_standing()), end = figure_standing();
  start = with_hand(start, 8, 75);
  end.pelvis = pelvis;
  end.lumbar = lumbar;
  end.thoracic = 12;
  end.thigh = end.shank = -7;
  end = with_hand(on_feet(end), 25, hand_y);
  movement m = movement_default(start, end);
  m.middle_x = 10;
  return m;
}

static void test_fingertip_to_floor(void **state) {
  (void)state;
  static const struct {
    double hand, from_y, to_x, to_y;
    const char *words;
  } cases[] = {
    { 9, 0, -30, 50, "above the floor" },          /* a ruler that stands on the floor */
    { -7, 0, -30, -50, "below the level" },        /* one that hangs down from a box */
    { 12, 0, 20, 0, "above the floor" },           /* one that lies on the floor */
    { 0.2, 0, -30, 50, "came about to the floor" } /* within the error of the floor itself */
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    movement m = bend(62, 46, cases[i].hand);
    m.ruler[0][0] = -30;
    m.ruler[0][1] = cases[i].from_y;
    m.ruler[1][0] = cases[i].to_x;
    m.ruler[1][1] = cases[i].to_y;
    sagitta_analysis_settings settings = settings_of("fingertip-to-floor");
    settings.ruler_cm = 50;
    sagitta_result *result = analysed(&m, &settings);
    const sagitta_summary *s = sagitta_result_summary(result);
    assert_all_valid(result, 3);
    assert_quantity(&s->fingertip_to_floor, cases[i].hand, 0.4, "fingertip to floor");
    assert_quantity(&s->reach, -cases[i].hand, 0.4, "reach");
    assert_quantity(&s->hip_hinge, 69, 3, "hip hinge");
    assert_true(sagitta_result_verdict(result)->applies && sagitta_result_verdict(result)->given);
    assert_says(result, cases[i].words);
    assert_says(result, "came from the lower back");
    sagitta_result_free(&result);
  }
}

static void knees(sagitta_sample s[SAGITTA_ROLES], double time_s, double part, int repetition) {
  (void)time_s, (void)repetition;
  s[SAGITTA_KNEE].x += 4 * 9.0 * part;
}

/* The same hips and back, knees straight and bent: hip hinge is told from the same straight standing. */
static void test_toe_touch_pair(void **state) {
  (void)state;
  posture end = figure_standing();
  end.pelvis = 70;
  end.lumbar = 40;
  end.thigh = -24;
  end.shank = 12;
  const movement m = movement_default(on_feet(figure_standing()), on_feet(end));
  for (int set = SAGITTA_SET_STRIP; set <= SAGITTA_SET_CLINIC; set++) {
    movement worn = m;
    worn.set = (sagitta_marker_set)set;
    const sagitta_analysis_settings settings = settings_of("toe-touch-knees-bent");
    sagitta_result *result = analysed(&worn, &settings);
    const sagitta_summary *s = sagitta_result_summary(result);
    assert_all_valid(result, 3);
    assert_quantity(&s->knee_flexion, 36, 1, "knee flexion");
    assert_quantity(&s->hip_hinge, 94, 3, "hip hinge");
    assert_quantity(&s->lumbar_flexion, 40, set == SAGITTA_SET_CLINIC ? 2 : 16, "lumbar flexion");
    assert_true(sagitta_result_verdict(result)->applies);
    sagitta_result_free(&result);
  }
  movement straight = bend(62, 46, 20);
  const sagitta_analysis_settings settings = settings_of("toe-touch-knees-bent");
  assert_unusable(&straight, &settings, "for straight knees there is --test toe-touch");

  const sagitta_test *a = sagitta_test_find("toe-touch"), *b = sagitta_test_find("toe-touch-knees-bent");
  assert_string_equal(a->pair, b->name);
  assert_string_equal(b->pair, a->name);
  for (size_t k = 0; a->quantities[k] || b->quantities[k]; k++) {
    assert_string_equal(a->quantities[k], b->quantities[k]); /* what can be set side by side */
  }
}

/* ---- the stretch ---- */

static movement stretch(double pelvis, double lumbar, double hold_s) {
  posture start = figure_standing(), end;
  start.thigh = start.shank = -58; /* the heel on a chair */
  start.pelvis = -8;
  end = start;
  end.pelvis += pelvis;
  end.lumbar += lumbar;
  movement m = movement_default(start, end);
  m.rate = 12;
  m.repetitions = 1;
  m.hold_s = hold_s;
  m.middle_x = 20;
  return m;
}

static void test_supported_stretch(void **state) {
  (void)state;
  const sagitta_analysis_settings settings = settings_of("supported-stretch");
  movement m = stretch(38, 5, 32);
  sagitta_result *result = analysed(&m, &settings);
  const sagitta_summary *s = sagitta_result_summary(result);
  assert_all_valid(result, 1);
  assert_true(s->neutral_hold.known && fabs(s->neutral_hold.value - 32) < 2.5);
  assert_true(s->neutral_hold.low <= 32.5 && s->neutral_hold.high >= 31.5);
  assert_quantity(&s->hip_hinge, 38, 3, "hip hinge");
  assert_false(warns(result, SAGITTA_WARNING_HOLD_SHORT) || warns(result, SAGITTA_WARNING_BACK_ROUNDED));
  assert_says(result, "lower back in its neutral band");
  assert_quantity(&s->knee_angle, 0, 1, "knee angle");
  sagitta_result_free(&result);

  /* The back rounds: held as long, and none of it counts. */
  m = stretch(30, 34, 32);
  result = analysed(&m, &settings);
  assert_true(sagitta_result_summary(result)->neutral_hold.value < 2);
  assert_true(warns(result, SAGITTA_WARNING_BACK_ROUNDED) && warns(result, SAGITTA_WARNING_HOLD_SHORT));
  sagitta_result_free(&result);

  /* Held for half the time only, to the end of the recording. */
  m = stretch(38, 5, 14);
  result = analysed(&m, &settings);
  assert_true(fabs(sagitta_result_summary(result)->neutral_hold.value - 14) < 2.5);
  assert_true(warns(result, SAGITTA_WARNING_HOLD_SHORT));
  sagitta_result_free(&result);
}

/* ---- standing ---- */

static movement standing(double pelvis, double lumbar, double stand_s) {
  posture start = on_feet(figure_standing());
  start.pelvis = pelvis;
  start.lumbar = lumbar;
  posture end = start;
  end.pelvis += 30;
  end.lumbar += 25;
  movement m = movement_default(start, end);
  m.rest_s = stand_s;
  m.repetitions = 1;
  m.middle_x = 10;
  return m;
}

static void test_standing_posture(void **state) {
  (void)state;
  const sagitta_analysis_settings settings = settings_of("standing-posture");
  for (int side = 0; side < 2; side++) {
    movement m = standing(4, -3, 8);
    m.right = side == 0;
    sagitta_result *result = analysed(&m, &settings);
    const sagitta_summary *s = sagitta_result_summary(result);
    assert_all_valid(result, 1);
    assert_quantity(&s->pelvis_tilt, 9, 0.5, "pelvis tilt");
    assert_quantity(&s->ribs_tilt, -11, 0.5, "ribs tilt");
    assert_true(s->pelvis_tilt.high - s->pelvis_tilt.low > 10); /* put on anew on another day */
    assert_true(first(result)->hold_s > 7 && !warns(result, SAGITTA_WARNING_STANDING_UNSTEADY));
    assert_false(s->hip_hinge.known || s->lumbar_flexion.known);
    assert_says(result, "same person's other days");
    sagitta_result_free(&result);
  }
  movement brief = standing(4, -3, 3);
  sagitta_result *result = analysed(&brief, &settings);
  assert_true(first(result)->valid && warns(result, SAGITTA_WARNING_STANDING_UNSTEADY));
  sagitta_result_free(&result);
}

/* ---- the table ---- */

static void test_every_row_is_whole(void **state) {
  (void)state;
  size_t count = 0;
  const sagitta_test *rows = sagitta_tests(&count);
  assert_int_equal(count, 10);
  for (size_t i = 0; i < count; i++) {
    const sagitta_test *t = &rows[i];
    const char *const texts[] = { t->name,     t->title, t->purpose, t->instructions, t->markers,
                                  t->measures, t->start, t->counts,  t->norms,        t->limits };
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) assert_true(texts[k] && texts[k][0]);
    assert_ptr_equal(sagitta_test_find(t->name), t);
    const bool is_free = strcmp(t->name, "free") == 0; /* angles through time alone */
    assert_true((t->repetitions >= 1 && t->quantities[0]) != is_free);
    const sagitta_summary none = { 0 };
    for (size_t k = 0; t->quantities[k]; k++) {
      assert_non_null(sagitta_quantity_find(t->quantities[k]));
      assert_non_null(sagitta_summary_quantity(&none, t->quantities[k]));
    }
  }
  assert_null(sagitta_test_find("hand-stand"));
  assert_null(sagitta_test_find(NULL));
  size_t quantities = 0;
  const sagitta_quantity_info *info = sagitta_quantities(&quantities);
  const sagitta_repetition nothing = { 0 };
  for (size_t i = 0; i < quantities; i++) {
    assert_non_null(sagitta_repetition_quantity(&nothing, info[i].key));
    assert_true(strncmp(info[i].meaning, info[i].label, strlen(info[i].label)) == 0);
  }
  const sagitta_precaution *first_see = sagitta_before_testing();
  assert_true(first_see->heading[0] && first_see->items[0] && first_see->advice[0]);
  assert_non_null(strstr(sagitta_disclaimer(), "not a diagnosis"));
}

static void test_knees_are_flagged_wherever_they_matter(void **state) {
  (void)state;
  movement m = bend(62, 46, 20);
  m.spoil = knees;
  sagitta_analysis_settings settings = settings_of("fingertip-to-floor");
  settings.ruler_cm = 50;
  assert_unusable(&m, &settings, "the knees bent by");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_fingertip_to_floor), cmocka_unit_test(test_toe_touch_pair),
    cmocka_unit_test(test_supported_stretch),  cmocka_unit_test(test_standing_posture),
    cmocka_unit_test(test_every_row_is_whole), cmocka_unit_test(test_knees_are_flagged_wherever_they_matter),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
