/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the measurement from tracks: truth within the interval, repetitions, facing, uneven time, verdict. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "measured.h"
#include "regular_bends.h"
#include "sagitta/analysis.h"

static person somebody(double skin) {
  person p = recording_person(42, skin);
  p.right = true;
  p.pelvis = 58;
  p.lumbar_flexion = 46;
  p.thigh_lean = -8;
  p.thoracic = 15;
  p.filming.noise_px = 0.1;
  return p;
}

static sagitta_result *analysed(const recording *r, const person *p) {
  uint64_t state = 3;
  return measured(recording_tracks(r, p, &state), NULL);
}

static void assert_near(const sagitta_quantity *q, double truth, double tolerance) {
  assert_true(q->known);
  if (fabs(q->value - truth) > tolerance) fail_msg("%f instead of %f", q->value, truth);
  assert_true(q->low < q->value && q->value < q->high);
  assert_true(q->low <= q->camera_low && q->camera_high <= q->high);
  assert_true(q->low <= truth && truth <= q->high);
}

static void test_every_set(void **state) {
  (void)state;
  static const double tolerance[] = { 0, 12, 6, 2 };
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
    const person p = somebody(0);
    const recording r = recording_default((sagitta_marker_set)set);
    sagitta_result *result = analysed(&r, &p);
    const sagitta_summary *s = sagitta_result_summary(result);
    assert_int_equal(sagitta_result_set(result), set);
    assert_true(sagitta_result_facing_right(result));
    assert_near(&s->hip_hinge, 66, tolerance[set]);
    assert_near(&s->lumbar_flexion, 46, tolerance[set]);
    assert_near(&s->pelvic_rotation, 58, tolerance[set]);
    assert_int_equal(s->hip_hinge.inferred, set == SAGITTA_SET_DISCS);
    assert_int_equal(s->lumbar_flexion.inferred, set != SAGITTA_SET_CLINIC);
    assert_true(fabs(s->knee_flexion.value) < 2);
    assert_false(s->reach.known);
    sagitta_result_free(&result);
  }
}

static void test_three_repetitions(void **state) {
  (void)state;
  const person p = somebody(1);
  recording r = recording_default(SAGITTA_SET_CLINIC);
  r.repetitions = 3;
  sagitta_result *result = analysed(&r, &p);
  size_t count = 0;
  const sagitta_repetition *reps = sagitta_result_repetitions(result, &count);
  assert_int_equal(count, 3);
  for (size_t i = 0; i < count; i++) {
    assert_true(reps[i].valid);
    assert_true(fabs(reps[i].end_range_s - recording_hold(&r, (int)i)) < 0.8);
    assert_true(fabs(reps[i].hold_s - 1.6) < 0.4); /* one second, and what is within 5 % of it */
    assert_true(fabs(reps[i].start_s - (recording_hold(&r, (int)i) - 2.3)) < 0.3);
    assert_true(fabs(reps[i].end_s - (recording_hold(&r, (int)i) + 2.3)) < 0.3);
    assert_int_equal(reps[i].phase_count, 3);
    /* The lower back leads at first, the hips at last. */
    assert_true(reps[i].phase[0].lumbar_share.value > reps[i].phase[2].lumbar_share.value);
    assert_true(reps[i].peak_velocity.known && reps[i].hip_lag.known);
  }
  assert_int_equal(sagitta_result_summary(result)->repetitions, 3);
  size_t warnings = 0;
  const sagitta_warning *w = sagitta_result_warnings(result, &warnings);
  for (size_t i = 0; i < warnings; i++) assert_int_not_equal(w[i].code, SAGITTA_WARNING_FEW_REPETITIONS);
  sagitta_result_free(&result);
}

static void test_few_repetitions_are_told_in_words(void **state) {
  (void)state;
  static const char *const said[] = { "One repetition was recorded", "2 repetitions were recorded" };
  const person p = somebody(1);
  for (int n = 1; n <= 2; n++) {
    recording r = recording_default(SAGITTA_SET_CLINIC);
    r.repetitions = n;
    sagitta_result *result = analysed(&r, &p);
    size_t warnings = 0, found = 0;
    const sagitta_warning *w = sagitta_result_warnings(result, &warnings);
    for (size_t i = 0; i < warnings; i++) {
      if (w[i].code != SAGITTA_WARNING_FEW_REPETITIONS) continue;
      found++;
      assert_memory_equal(w[i].message, said[n - 1], strlen(said[n - 1]));
    }
    assert_int_equal(found, 1);
    sagitta_result_free(&result);
  }
}

static void test_left_and_right_are_the_same(void **state) {
  (void)state;
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
    person p = somebody(1);
    recording r = recording_default((sagitta_marker_set)set);
    r.noise = 0;
    sagitta_result *right = analysed(&r, &p);
    p.right = false;
    sagitta_result *left = analysed(&r, &p);
    assert_false(sagitta_result_facing_right(left));
    const sagitta_summary *a = sagitta_result_summary(right), *b = sagitta_result_summary(left);
    assert_true(fabs(a->hip_hinge.value - b->hip_hinge.value) < 0.01);
    assert_true(fabs(a->lumbar_flexion.low - b->lumbar_flexion.low) < 0.01);
    assert_true(fabs(a->lumbar_share.value - b->lumbar_share.value) < 0.0002);
    sagitta_result_free(&right);
    sagitta_result_free(&left);
  }
}

/* Frames at uneven moments: their stamps, not their number, decide. */
static void test_uneven_time(void **state) {
  (void)state;
  const person p = somebody(0);
  const recording r = recording_default(SAGITTA_SET_CLINIC);
  const sagitta_tracks_info info = { .width = 1280, .height = 720 };
  sagitta_tracks *tracks = NULL;
  uint64_t noise = 5;
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  int i = 0;
  for (double t = 0; t < recording_length(&r); t += i++ % 5 < 2 ? 0.02 : 0.05) {
    sagitta_sample samples[SAGITTA_ROLES];
    recording_samples(&r, &p, t, &noise, samples);
    assert_int_equal(sagitta_tracks_append(tracks, t, samples, NULL), SAGITTA_OK);
  }
  sagitta_result *result = NULL;
  assert_int_equal(sagitta_analyze(&result, tracks, NULL, NULL), SAGITTA_OK);
  assert_near(&sagitta_result_summary(result)->hip_hinge, 66, 2);
  size_t count = 0;
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  assert_true(count == 1 && fabs(rep->end_range_s - recording_hold(&r, 0)) < 0.8);
  assert_true(sagitta_result_input(result)->variable_frame_rate);
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
}

static void test_verdicts(void **state) {
  (void)state;
  static const struct {
    double pelvis, lumbar;
    sagitta_label label, lean;
    const char *lead;
  } cases[] = {
    { 80, 22, SAGITTA_HIPS, SAGITTA_MORE_HIPS, "The hips did most of this bend: " },
    { 42, 63, SAGITTA_BOTH, SAGITTA_MORE_LOWER_BACK, "Hips and lower back shared this bend" },
    { 18, 74, SAGITTA_LOWER_BACK, SAGITTA_MORE_LOWER_BACK, "The lower back did most of this bend: " },
    { 57, 41, SAGITTA_MORE_HIPS, SAGITTA_MORE_HIPS, "More of this bend came from the hips than from the lower back: " },
    { 32, 66, SAGITTA_MORE_LOWER_BACK, SAGITTA_MORE_LOWER_BACK,
      "More of this bend came from the lower back than from the hips: " },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    person p = somebody(0);
    p.pelvis = cases[i].pelvis;
    p.lumbar_flexion = cases[i].lumbar;
    const recording r = recording_default(SAGITTA_SET_CLINIC);
    sagitta_result *result = analysed(&r, &p);
    const sagitta_verdict *v = sagitta_result_verdict(result);
    assert_true(v->given);
    assert_int_equal(v->label, cases[i].label);
    assert_int_equal(v->lean, cases[i].lean);
    const double *of = v->probability;
    assert_true(fabs(of[SAGITTA_HIPS] + of[SAGITTA_BOTH] + of[SAGITTA_LOWER_BACK] - 1) < 1e-9);
    assert_true(fabs(of[SAGITTA_MORE_HIPS] + of[SAGITTA_MORE_LOWER_BACK] - 1) < 1e-9);
    assert_true(of[SAGITTA_HIPS] <= of[SAGITTA_MORE_HIPS] && of[SAGITTA_LOWER_BACK] <= of[SAGITTA_MORE_LOWER_BACK]);
    assert_true(of[v->label] >= 0.8);
    assert_ptr_equal(strstr(v->sentence, cases[i].lead), v->sentence);
    assert_non_null(strstr(v->sentence, "between 30 and 57 %"));
    assert_non_null(strstr(v->sentence, "no single correct pattern"));
    sagitta_result_free(&result);
  }
}

/* Where the share is near a border or a half, what is said needs its probability, and the sentence says what is open.
 */
static void test_a_verdict_needs_certainty(void **state) {
  (void)state;
  static const struct {
    sagitta_marker_set set;
    double pelvis, lumbar;
    sagitta_label said;
    const char *lead;
  } cases[] = {
    { SAGITTA_SET_DISCS, 38, 68, SAGITTA_BOTH, "Probably hips and lower back shared this bend (" },
    { SAGITTA_SET_DISCS, 49, 53, SAGITTA_MORE_HIPS,
      "This bend probably came more from the hips than from the lower back (" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    person p = somebody(0);
    p.pelvis = cases[i].pelvis;
    p.lumbar_flexion = cases[i].lumbar;
    const recording r = recording_default(cases[i].set);
    sagitta_result *result = analysed(&r, &p);
    const sagitta_verdict *v = sagitta_result_verdict(result);
    assert_true(v->given);
    print_message("%.3f %.3f %.3f, %.3f: %s\n", v->probability[SAGITTA_HIPS], v->probability[SAGITTA_BOTH],
                  v->probability[SAGITTA_LOWER_BACK], v->probability[SAGITTA_MORE_HIPS], v->sentence);
    assert_int_equal(v->label, SAGITTA_CANNOT_TELL);
    for (int k = 0; k < SAGITTA_LABELS; k++) assert_true(v->probability[k] < 0.8);
    assert_int_equal(sagitta_verdict_said(v), cases[i].said);
    assert_int_equal(sagitta_verdict_side(v), SAGITTA_CANNOT_TELL);
    assert_ptr_equal(strstr(v->sentence, cases[i].lead), v->sentence);
    sagitta_result_free(&result);
  }
}

/* Three discs see little of the split: of people who bend as most do, the sentence says that this is what it rests on;
 * strips show it, and it never does. */
static void test_what_rests_on_the_usual(void **state) {
  (void)state;
  int rested[SAGITTA_SET_CLINIC + 1] = { 0 };
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
    for (uint64_t seed = 0; seed < 20; seed++) {
      person p = recording_person(seed + 1, 1);
      p.pelvis = 64;
      p.lumbar_flexion = 42;
      const recording r = recording_default((sagitta_marker_set)set);
      sagitta_result *result = analysed(&r, &p);
      const sagitta_verdict *v = sagitta_result_verdict(result);
      rested[set] += v->rests_on_usual;
      assert_true(v->rests_on_usual == (strstr(v->sentence, " This rests on what is usual: ") != NULL));
      sagitta_result_free(&result);
    }
  }
  print_message("rests on the usual: %d, %d, %d of 20\n", rested[SAGITTA_SET_DISCS], rested[SAGITTA_SET_STRIP],
                rested[SAGITTA_SET_CLINIC]);
  assert_true(rested[SAGITTA_SET_DISCS] >= 3);
  assert_int_equal(rested[SAGITTA_SET_STRIP] + rested[SAGITTA_SET_CLINIC], 0);
}

/* "Most" is more than half: where the hips or the back are said to have done most of it, more of it is theirs at least
 * as surely. */
static void test_no_sentence_beyond_its_interval(void **state) {
  (void)state;
  size_t said = 0;
  for (uint64_t k = 0; k < 40; k++) {
    person p = recording_person(k + 1, 1);
    p.pelvis = k % 2 ? 86 : 18;
    p.lumbar_flexion = k % 2 ? 12 : 90;
    recording r = recording_default(k % 4 < 2 ? SAGITTA_SET_DISCS : SAGITTA_SET_STRIP);
    r.repetitions = 1;
    sagitta_result *result = analysed(&r, &p);
    const sagitta_verdict *v = sagitta_result_verdict(result);
    if (v->label == SAGITTA_HIPS) assert_true(v->probability[SAGITTA_MORE_HIPS] >= v->probability[SAGITTA_HIPS]);
    if (v->label == SAGITTA_LOWER_BACK)
      assert_true(v->probability[SAGITTA_MORE_LOWER_BACK] >= v->probability[SAGITTA_LOWER_BACK]);
    said += v->label == SAGITTA_HIPS || v->label == SAGITTA_LOWER_BACK;
    sagitta_result_free(&result);
  }
  assert_true(said >= 10);
}

static void test_a_small_bend_keeps_its_angles(void **state) {
  (void)state;
  person p = somebody(0);
  p.pelvis = 22;
  p.lumbar_flexion = 20;
  p.thigh_lean = -3;
  const recording r = recording_default(SAGITTA_SET_CLINIC);
  sagitta_result *result = analysed(&r, &p);
  const sagitta_summary *s = sagitta_result_summary(result);
  assert_near(&s->hip_hinge, 25, 2);
  assert_false(s->lumbar_share.known);
  assert_false(sagitta_result_verdict(result)->given);
  assert_int_equal(sagitta_result_verdict(result)->label, SAGITTA_CANNOT_TELL);
  size_t count = 0;
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  assert_true(rep->valid && rep->flag[0] == SAGITTA_WARNING_SMALL_BEND);
  sagitta_result_free(&result);
}

static void test_without_ankle_there_is_no_knee_angle(void **state) {
  (void)state;
  const person p = somebody(0);
  recording r = recording_default(SAGITTA_SET_STRIP);
  r.ankle = false;
  sagitta_result *result = analysed(&r, &p);
  assert_false(sagitta_result_summary(result)->knee_flexion.known);
  size_t count = 0;
  bool said = false;
  const sagitta_warning *w = sagitta_result_warnings(result, &count);
  for (size_t i = 0; i < count; i++) said = said || w[i].code == SAGITTA_WARNING_NO_KNEE_ANGLE;
  assert_true(said);
  sagitta_result_free(&result);
}

static void test_angles_start_at_zero_and_meet_the_summary(void **state) {
  (void)state;
  const person p = somebody(0);
  const recording r = recording_default(SAGITTA_SET_DISCS);
  sagitta_result *result = analysed(&r, &p);
  size_t count = 0;
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  const size_t rows = sagitta_result_angle_rows(result);
  bool met = false;
  for (size_t i = 0; i < rows; i++) {
    const double t = sagitta_result_angle_time(result, i);
    const sagitta_angle_value v = sagitta_result_angle(result, i, SAGITTA_ANGLE_HIP_HINGE);
    if (t < 0.8) assert_true(fabs(v.value) < 1.5 && v.low <= 0 && v.high >= 0);
    if (fabs(t - rep->end_range_s) < 1e-3) {
      met = true;
      assert_true(fabs(v.value - rep->hip_hinge.value) < 2);
      assert_true(fabs(v.low - rep->hip_hinge.low) < 3);
      assert_int_equal(sagitta_result_angle_repetition(result, i), 1);
    }
  }
  assert_true(met);
  assert_int_equal(sagitta_result_angle_repetition(result, 0), 0);
  assert_true(isnan(sagitta_result_angle(result, rows, SAGITTA_ANGLE_HIP_HINGE).value));
  sagitta_result_free(&result);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_every_set),
    cmocka_unit_test(test_three_repetitions),
    cmocka_unit_test(test_few_repetitions_are_told_in_words),
    cmocka_unit_test(test_left_and_right_are_the_same),
    cmocka_unit_test(test_uneven_time),
    cmocka_unit_test(test_verdicts),
    cmocka_unit_test(test_a_verdict_needs_certainty),
    cmocka_unit_test(test_what_rests_on_the_usual),
    cmocka_unit_test(test_no_sentence_beyond_its_interval),
    cmocka_unit_test(test_a_small_bend_keeps_its_angles),
    cmocka_unit_test(test_without_ankle_there_is_no_knee_angle),
    cmocka_unit_test(test_angles_start_at_zero_and_meet_the_summary),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
