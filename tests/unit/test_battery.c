/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what each test of the battery measures: the truth of a jointed figure within tolerance and interval, from
 * every start, either way faced; and the sentence that says so. */
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

static sagitta_analysis_settings settings_of(const char *test) {
  sagitta_analysis_settings s = sagitta_analysis_default_settings();
  s.test = test;
  return s;
}

/* The document of every test reads back to the same bytes. */
static void assert_reads_back(const sagitta_result *result) {
  char *text = NULL, *again = NULL;
  size_t length = 0;
  sagitta_result *read = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(sagitta_result_print(result, &text, &length, NULL), SAGITTA_OK);
  if (sagitta_result_parse(&read, text, length, &error)) fail_msg("%s", error.text);
  assert_int_equal(sagitta_result_print(read, &again, NULL, NULL), SAGITTA_OK);
  assert_string_equal(text, again);
  assert_int_equal(sagitta_result_verdict(read)->applies, sagitta_result_verdict(result)->applies);
  sagitta_free(text);
  sagitta_free(again);
  sagitta_result_free(&read);
}

static sagitta_result *analysed(const movement *m, const sagitta_analysis_settings *settings) {
  sagitta_tracks *tracks = movement_tracks(m);
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_analyze(&result, tracks, settings, &error)) fail_msg("%s: %s", settings->test, error.text);
  sagitta_tracks_free(&tracks);
  assert_string_equal(sagitta_result_test(result), settings->test);
  assert_reads_back(result);
  return result;
}

static void assert_near(const sagitta_quantity *q, double truth, double tolerance, const char *what) {
  if (!q->known) fail_msg("%s is not known", what);
  if (fabs(q->value - truth) > tolerance) fail_msg("%s: %.2f instead of %.2f", what, q->value, truth);
  if (truth < q->low || truth > q->high) fail_msg("%s: %.2f is not within %.2f to %.2f", what, truth, q->low, q->high);
  assert_true(q->low < q->value && q->value < q->high);
  assert_true(q->low <= q->camera_low && q->camera_high <= q->high);
}

static void assert_says(const sagitta_result *result, const char *words) {
  const char *sentence = sagitta_result_verdict(result)->sentence;
  if (!strstr(sentence, words)) fail_msg("\"%s\" lacks \"%s\"", sentence, words);
}

static const sagitta_repetition *first(const sagitta_result *result) {
  size_t count = 0;
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  assert_true(count > 0);
  return rep;
}

static void assert_all_valid(const sagitta_result *result, size_t wanted) {
  size_t count = 0, warnings = 0;
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  const sagitta_warning *w = sagitta_result_warnings(result, &warnings);
  assert_int_equal(count, wanted);
  for (size_t i = 0; i < count; i++) {
    if (!rep[i].valid) fail_msg("repetition %zu: %s", i + 1, warnings ? w[0].message : "no reason given");
  }
}

static bool warns(const sagitta_result *result, sagitta_warning_code code) {
  size_t count = 0;
  const sagitta_warning *w = sagitta_result_warnings(result, &count);
  for (size_t i = 0; i < count; i++) {
    if (w[i].code == code) return true;
  }
  return false;
}

/* ---- sit and reach ---- */

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
      assert_near(&s->reach, 4, 0.4, "reach");
      assert_true(s->reach.high - s->reach.low < 5 && !s->reach.inferred);
      assert_near(&s->hip_hinge, 34, set == SAGITTA_SET_DISCS ? 16 : 3, "hip hinge");
      assert_near(&s->lumbar_flexion, 14, set == SAGITTA_SET_CLINIC ? 3 : 16, "lumbar flexion");
      assert_near(&s->knee_flexion, 0, 1, "knee flexion");
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
  assert_near(&sagitta_result_summary(result)->reach, 5, 0.4, "best reach");
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
  assert_near(reach, -6, 1.5, "reach by stature");
  assert_true(reach->inferred && reach->high - reach->low > 4);
  assert_true(warns(result, SAGITTA_WARNING_ROUGH_SCALE) && warns(result, SAGITTA_WARNING_SOLES_ESTIMATED));
  assert_int_equal(sagitta_result_scale(result)->from, SAGITTA_SCALE_STATURE);
  assert_says(result, "short of the soles");
  sagitta_result_free(&result);
}

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
    assert_near(&s->fingertip_to_floor, cases[i].hand, 0.4, "fingertip to floor");
    assert_near(&s->reach, -cases[i].hand, 0.4, "reach");
    assert_near(&s->hip_hinge, 69, 3, "hip hinge");
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
    assert_near(&s->knee_flexion, 36, 1, "knee flexion");
    assert_near(&s->hip_hinge, 94, 3, "hip hinge");
    assert_near(&s->lumbar_flexion, 40, set == SAGITTA_SET_CLINIC ? 2 : 16, "lumbar flexion");
    assert_true(sagitta_result_verdict(result)->applies);
    sagitta_result_free(&result);
  }
  movement straight = bend(62, 46, 20);
  const sagitta_analysis_settings settings = settings_of("toe-touch-knees-bent");
  sagitta_result *result = analysed(&straight, &settings);
  assert_false(first(result)->valid);
  assert_true(warns(result, SAGITTA_WARNING_KNEES_NOT_BENT) && !sagitta_result_verdict(result)->given);
  sagitta_result_free(&result);

  const sagitta_test *a = sagitta_test_find("toe-touch"), *b = sagitta_test_find("toe-touch-knees-bent");
  assert_string_equal(a->pair, b->name);
  assert_string_equal(b->pair, a->name);
  for (size_t k = 0; a->quantities[k] || b->quantities[k]; k++) {
    assert_string_equal(a->quantities[k], b->quantities[k]); /* what can be set side by side */
  }
}

/* ---- lying ---- */

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
    assert_near(&s->leg_raise, 78, 1, "leg raise");
    assert_near(&s->pelvic_rotation, -16, 1, "pelvis");
    assert_near(&s->hip_hinge, 62, 1, "hip's own");
    assert_near(&s->knee_flexion, 0, 1, "knee");
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
    sagitta_result_free(&result);
  }
  /* Hip, knee and ankle suffice, and beyond upright is no other movement. */
  movement m = leg_raise(104, 20);
  m.set = SAGITTA_SET_DISCS;
  m.without = 1u << SAGITTA_SHOULDER;
  const sagitta_analysis_settings settings = settings_of("straight-leg-raise");
  sagitta_result *result = analysed(&m, &settings);
  assert_all_valid(result, 3);
  assert_near(&sagitta_result_summary(result)->leg_raise, 104, 1, "leg raise");
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
    assert_near(&s->knee_angle, 32, 1, "knee angle");
    assert_true(s->hip_angle.known && fabs(s->hip_angle.value - 88) < 8 && !s->hip_angle.inferred);
    assert_says(result, "32° from straight");
    sagitta_result_free(&result);

    /* In lying a strip's higher end may be either one: the hip point is the one off the trunk. */
    m.set = SAGITTA_SET_STRIP;
    for (int k = 0; k < 2; k++) {
      m.without = k == 0 ? 0 : 1u << SAGITTA_SHOULDER;
      result = analysed(&m, &settings);
      assert_all_valid(result, 3);
      assert_near(&sagitta_result_summary(result)->knee_angle, 32, 1, "knee angle with a strip");
      sagitta_result_free(&result);
    }
    m.set = SAGITTA_SET_CLINIC;

    m.without = 1u << SAGITTA_SHOULDER;
    result = analysed(&m, &settings);
    assert_near(&sagitta_result_summary(result)->hip_angle, 88, 1, "hip angle");
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
  result = analysed(&low, &settings);
  assert_false(first(result)->valid);
  assert_true(warns(result, SAGITTA_WARNING_THIGH_NOT_UPRIGHT));
  sagitta_result_free(&result);
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
  assert_near(&s->hip_hinge, 38, 3, "hip hinge");
  assert_false(warns(result, SAGITTA_WARNING_HOLD_SHORT) || warns(result, SAGITTA_WARNING_BACK_ROUNDED));
  assert_says(result, "lower back in its neutral band");
  assert_near(&s->knee_angle, 0, 1, "knee angle");
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
    assert_near(&s->pelvis_tilt, 9, 0.5, "pelvis tilt");
    assert_near(&s->ribs_tilt, -11, 0.5, "ribs tilt");
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
  assert_int_equal(count, 8);
  for (size_t i = 0; i < count; i++) {
    const sagitta_test *t = &rows[i];
    const char *const texts[] = { t->name,     t->title, t->purpose, t->instructions, t->markers,
                                  t->measures, t->start, t->counts,  t->norms,        t->limits };
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) assert_true(texts[k] && texts[k][0]);
    assert_ptr_equal(sagitta_test_find(t->name), t);
    assert_true(t->repetitions >= 1 && t->quantities[0]);
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
  sagitta_result *result = analysed(&m, &settings);
  assert_false(first(result)->valid);
  assert_true(warns(result, SAGITTA_WARNING_KNEES_BENT));
  assert_false(sagitta_result_summary(result)->fingertip_to_floor.known);
  sagitta_result_free(&result);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_sit_and_reach),
    cmocka_unit_test(test_scores_and_percentile),
    cmocka_unit_test(test_best_of),
    cmocka_unit_test(test_reach_without_a_ruler),
    cmocka_unit_test(test_fingertip_to_floor),
    cmocka_unit_test(test_toe_touch_pair),
    cmocka_unit_test(test_straight_leg_raise),
    cmocka_unit_test(test_knee_extension),
    cmocka_unit_test(test_supported_stretch),
    cmocka_unit_test(test_standing_posture),
    cmocka_unit_test(test_every_row_is_whole),
    cmocka_unit_test(test_knees_are_flagged_wherever_they_matter),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
