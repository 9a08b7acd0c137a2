/* SPDX-License-Identifier: Apache-2.0 */
/* Protects against numbers that nobody can have measured: each such recording is refused or flagged by name. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "regular_bends.h"
#include "sagitta/analysis.h"

typedef void (*spoiler)(sagitta_sample *samples, double time_s, const recording *r);

static person somebody(void) {
  person p = recording_person(42, 0);
  p.right = true;
  p.pelvis = 58;
  p.lumbar_flexion = 46;
  p.thigh_lean = -8;
  return p;
}

static sagitta_tracks *record(const recording *r, double from_s, double to_s, spoiler spoil) {
  const person p = somebody();
  const sagitta_tracks_info info = { .width = 1280, .height = 720 };
  sagitta_tracks *tracks = NULL;
  uint64_t noise = 5;
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  for (int i = (int)(from_s * r->rate); i < to_s * r->rate; i++) {
    sagitta_sample samples[SAGITTA_ROLES];
    recording_samples(r, &p, i / r->rate, &noise, samples);
    if (spoil) spoil(samples, i / r->rate, r);
    assert_int_equal(sagitta_tracks_append(tracks, i / r->rate - from_s, samples, NULL), SAGITTA_OK);
  }
  return tracks;
}

/* The message of a refusal; the status must be NO_MEASUREMENT and there must be no result. */
static void assert_refused(sagitta_tracks *tracks, const char *first, const char *second) {
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  const sagitta_status status = sagitta_analyze(&result, tracks, NULL, &error);
  sagitta_tracks_free(&tracks);
  if (result) fail_msg("measured, instead of \"%s\"", first);
  assert_int_equal(status, SAGITTA_NO_MEASUREMENT);
  assert_int_equal(error.status, status);
  if (!strstr(error.text, first) || !strstr(error.text, second))
    fail_msg("\"%s\" lacks %s/%s", error.text, first, second);
}

static void assert_flagged(sagitta_tracks *tracks, sagitta_warning_code code) {
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (sagitta_analyze(&result, tracks, NULL, &error)) fail_msg("%s", error.text);
  sagitta_tracks_free(&tracks);
  size_t count = 0;
  bool found = false;
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  assert_true(count >= 1);
  for (size_t i = 0; i < rep->flag_count; i++) found = found || rep->flag[i] == code;
  if (!found) fail_msg("no %s among %zu flags", sagitta_warning_name(code), rep->flag_count);
  assert_true(rep->valid && sagitta_result_verdict(result)->given);
  sagitta_result_free(&result);
}

static void lose(sagitta_sample *s) {
  *s = (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
}

static const recording *plain(sagitta_marker_set set) {
  static recording r;
  r = recording_default(set);
  return &r;
}

static void no_knee(sagitta_sample *s, double t, const recording *r) {
  (void)t, (void)r;
  lose(&s[SAGITTA_KNEE]);
}

static void only_hand(sagitta_sample *s, double t, const recording *r) {
  (void)t, (void)r;
  s[SAGITTA_HAND] = s[SAGITTA_HIP];
  lose(&s[SAGITTA_SHOULDER]);
  lose(&s[SAGITTA_HIP]);
  lose(&s[SAGITTA_KNEE]);
}

static void test_too_few_roles(void **state) {
  (void)state;
  const recording *r = plain(SAGITTA_SET_DISCS);
  assert_refused(record(r, 0, recording_length(r), no_knee), "knee", "--pick");
  assert_refused(record(r, 0, recording_length(r), only_hand), "shoulder and hip and knee", "no");
}

static void test_never_bends(void **state) {
  (void)state;
  const recording *r = plain(SAGITTA_SET_STRIP);
  assert_refused(record(r, 0, r->stand_s, NULL), "Nobody bends", "toes");
}

static void test_one_frame(void **state) {
  (void)state;
  const recording *r = plain(SAGITTA_SET_STRIP);
  assert_refused(record(r, 0, 0.5 / r->rate, NULL), "one frame", "Record");
}

/* From `half` of the way down to `half` of the way up. */
static void hip_under_arm(sagitta_sample *s, double t, const recording *r) {
  if (recording_part(r, t) > 0.6) lose(&s[SAGITTA_HIP]);
}

static void shoulder_hidden_in_standing(sagitta_sample *s, double t, const recording *r) {
  if (recording_part(r, t) < 0.05) lose(&s[SAGITTA_SHOULDER]);
}

static void knee_hidden_in_hold(sagitta_sample *s, double t, const recording *r) {
  if (fabs(t - recording_hold(r, 0)) < 0.7) lose(&s[SAGITTA_KNEE]);
}

static void test_hidden_markers(void **state) {
  (void)state;
  const recording *r = plain(SAGITTA_SET_DISCS);
  assert_refused(record(r, 0, recording_length(r), hip_under_arm), "hip marker was hidden from", "fold the arms");
  assert_refused(record(r, 0, recording_length(r), shoulder_hidden_in_standing),
                 "shoulder marker was hidden from 0.0 s", "start");
  assert_refused(record(r, 0, recording_length(r), knee_hidden_in_hold), "knee marker was hidden from", "deepest");
}

static void swapped(sagitta_sample *s, double t, const recording *r) {
  (void)t, (void)r;
  const sagitta_sample kept = s[SAGITTA_SHOULDER];
  s[SAGITTA_SHOULDER] = s[SAGITTA_KNEE];
  s[SAGITTA_KNEE] = kept;
}

static void strips_swapped(sagitta_sample *s, double t, const recording *r) {
  (void)t, (void)r;
  const sagitta_sample kept = s[SAGITTA_PELVIS];
  s[SAGITTA_PELVIS] = s[SAGITTA_RIBS];
  s[SAGITTA_RIBS] = kept;
}

static void long_thigh(sagitta_sample *s, double t, const recording *r) {
  (void)t, (void)r;
  s[SAGITTA_KNEE].x += 1.4 * (s[SAGITTA_KNEE].x - s[SAGITTA_HIP].x);
  s[SAGITTA_KNEE].y += 1.4 * (s[SAGITTA_KNEE].y - s[SAGITTA_HIP].y);
  lose(&s[SAGITTA_ANKLE]);
}

static void test_no_human_body(void **state) {
  (void)state;
  const recording *r = plain(SAGITTA_SET_DISCS);
  assert_refused(record(r, 0, recording_length(r), swapped), "exchanged", "shoulder");
  assert_refused(record(r, 0, recording_length(r), long_thigh), "human body", "times as long");
  r = plain(SAGITTA_SET_CLINIC);
  assert_refused(record(r, 0, recording_length(r), strips_swapped), "exchanged", "ribs");
}

/* The hip goes down and back over a knee that comes forward. */
static void squat(sagitta_sample *s, double t, const recording *r) {
  const double part = recording_part(r, t), thigh = s[SAGITTA_KNEE].y - s[SAGITTA_HIP].y;
  for (int role = 0; role < SAGITTA_KNEE; role++) {
    s[role].x -= 0.75 * part * fabs(thigh);
    s[role].y += 0.5 * part * fabs(thigh);
  }
  lose(&s[SAGITTA_ANKLE]);
}

/* The picture turned by 90 degrees: lying. */
static void lying(sagitta_sample *s, double t, const recording *r) {
  (void)t, (void)r;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    const double x = s[role].x;
    s[role].x = s[role].y;
    s[role].y = 720 - x / 2;
  }
}

static void test_wrong_movements(void **state) {
  (void)state;
  const recording *r = plain(SAGITTA_SET_DISCS);
  assert_refused(record(r, 0, recording_length(r), squat), "squat", "Keep the knees straight");
  assert_refused(record(r, 0, recording_length(r), lying), "standing", "side-on");
}

static void knees_bend(sagitta_sample *s, double t, const recording *r) {
  s[SAGITTA_KNEE].x += 45 * recording_part(r, t);
}

static void test_flags(void **state) {
  (void)state;
  const recording *r = plain(SAGITTA_SET_CLINIC);
  recording fast = *r;
  fast.down_s = 0.7;
  fast.hold_s = 0.02;
  assert_flagged(record(&fast, 0, recording_length(&fast), NULL), SAGITTA_WARNING_TOO_FAST);
  recording slow = *r;
  slow.down_s = 9;
  assert_flagged(record(&slow, 0, recording_length(&slow), NULL), SAGITTA_WARNING_TOO_SLOW);
}

/* Knees bent in the first repetition alone. */
static void knees_bend_once(sagitta_sample *s, double t, const recording *r) {
  if (t < recording_hold(r, 0) + r->hold_s) knees_bend(s, t, r);
}

/* Without a repetition that can be used there is no measurement: nothing but the reason comes out, that of most
 * repetitions where they differ. One that can be used is enough. */
static void test_no_usable_repetition(void **state) {
  (void)state;
  const recording *r = plain(SAGITTA_SET_CLINIC);
  assert_refused(record(r, 0, recording_length(r), knees_bend), "the knees bent by", "Keep them straight");
  assert_refused(record(r, 0, recording_hold(r, 0), NULL), "starts or ends within it", "Start and end the recording");
  /* Two with bent knees, the third cut off. */
  recording three = *r;
  three.repetitions = 3;
  r = &three;
  assert_refused(record(r, 0, recording_hold(r, 2), knees_bend), "None of the 3 repetitions", "the knees bent by");
  sagitta_result *result = NULL;
  sagitta_tracks *tracks = record(r, 0, recording_length(r), knees_bend_once);
  assert_int_equal(sagitta_analyze(&result, tracks, NULL, NULL), SAGITTA_OK);
  size_t count = 0;
  const sagitta_repetition *rep = sagitta_result_repetitions(result, &count);
  assert_true(count == 3 && !rep[0].valid && rep[1].valid && rep[2].valid);
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
}

static void test_arguments(void **state) {
  (void)state;
  const recording *r = plain(SAGITTA_SET_STRIP);
  sagitta_tracks *tracks = record(r, 0, recording_length(r), NULL);
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  settings.test = "hand-stand";
  assert_int_equal(sagitta_analyze(&result, tracks, &settings, &error), SAGITTA_ERROR_ARGUMENT);
  assert_non_null(strstr(error.text, "hand-stand"));
  assert_int_equal(sagitta_analyze(&result, NULL, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(sagitta_analyze(NULL, tracks, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  sagitta_tracks_free(&tracks);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_too_few_roles), cmocka_unit_test(test_never_bends),
    cmocka_unit_test(test_one_frame),     cmocka_unit_test(test_hidden_markers),
    cmocka_unit_test(test_no_human_body), cmocka_unit_test(test_wrong_movements),
    cmocka_unit_test(test_flags),         cmocka_unit_test(test_no_usable_repetition),
    cmocka_unit_test(test_arguments),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
