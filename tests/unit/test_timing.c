/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what is said of a bend's timing: who sets off first, when and how fast, the shares of the thirds, how smooth
 * it is, where the hips go; that the intervals hold the truth of simulated people; and that nothing is said where the
 * markers do not carry it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "assess/timing.h"
#include "measured.h"
#include "bends.h"
#include "sagitta/analysis.h"

#define PEOPLE 24
/* At 93 % each, fewer than this many of PEOPLE are covered by less than one chance in a thousand. */
#define COVERED 17

/* Somebody whose markers sit and stay where they belong, before a camera without faults. */
static bend plain_bend(sagitta_marker_set set, double rate, double lag_s) {
  static const sg_amounts none = { 0, 0, 0, 0.2, 0 };
  bend b = bend_of(7, 3, set, rate, NAN);
  sg_chance who = sg_chance_new(7, 9);
  b.who = sg_person_draw(&who, &none);
  b.who.pelvis = 58;
  b.who.lumbar_flexion = 46;
  b.who.thigh_lean = -8;
  b.who.knee = 0;
  b.who.warp_pelvis = b.who.warp_lumbar = 1;
  b.who.filming.flat = true;
  b.who.filming.px_per_cm = 3.5;
  b.schedule = sg_schedule_regular(1, 1.2, 1.8, 0.8, 1.8, lag_s);
  return b;
}

static sagitta_result *analysed(const bend *b) {
  return measured(bend_tracks(b), NULL);
}

static const sagitta_repetition *only(const sagitta_result *result) {
  size_t count = 0;
  const sagitta_repetition *r = sagitta_result_repetitions(result, &count);
  assert_int_equal(count, 1);
  return r;
}

static void test_order_of_hips_and_back(void **state) {
  (void)state;
  static const double lags[] = { -0.3, -0.15, 0, 0.15, 0.3 };
  for (int set = SAGITTA_SET_STRIP; set <= SAGITTA_SET_CLINIC; set++) {
    for (size_t i = 0; i < 5; i++) {
      const bend b = plain_bend((sagitta_marker_set)set, 30, lags[i]);
      double truth[TRUTHS];
      assert_true(bend_truth(&b, truth));
      sagitta_result *result = analysed(&b);
      const sagitta_quantity lag = only(result)->hip_lag;
      assert_true(lag.known);
      assert_int_equal(lag.inferred, set == SAGITTA_SET_STRIP);
      if (fabs(lag.value - truth[TRUTH_LAG]) > 0.07) fail_msg("%f instead of %f", lag.value, truth[TRUTH_LAG]);
      assert_true(lag.low <= truth[TRUTH_LAG] && truth[TRUTH_LAG] <= lag.high);
      assert_true(lag.low <= lag.camera_low && lag.camera_high <= lag.high);
      if (fabs(lags[i]) == 0.3) assert_true((lag.low > 0) == (lags[i] > 0) && (lag.high < 0) == (lags[i] < 0));
      if (lags[i] == 0) assert_true(lag.low < 0 && lag.high > 0);
      sagitta_result_free(&result);
    }
  }
}

static void test_everything_at_every_rate(void **state) {
  (void)state;
  static const double rates[] = { 20, 30, 60, 240 };
  for (size_t i = 0; i < 8; i++) {
    bend b = plain_bend(SAGITTA_SET_CLINIC, rates[i / 2], 0.2);
    b.uneven = i % 2 ? 0.4 : 0;
    double truth[TRUTHS];
    assert_true(bend_truth(&b, truth));
    sagitta_result *result = analysed(&b);
    for (int k = 0; k < TRUTHS; k++) {
      const sagitta_quantity *q = bend_found(only(result), k);
      if (isnan(truth[k])) continue;
      if (!q || !q->known) fail_msg("%s is not said at %g frames/s", truth_names[k], rates[i / 2]);
      if (!(q->low <= truth[k] && truth[k] <= q->high)) {
        fail_msg("%s at %g frames/s: %f to %f without %f", truth_names[k], rates[i / 2], q->low, q->high, truth[k]);
      }
    }
    assert_true(fabs(only(result)->hip_velocity.value / truth[TRUTH_HIP_SPEED] - 1) < 0.1);
    assert_true(fabs(only(result)->lumbar_velocity.value / truth[TRUTH_LUMBAR_SPEED] - 1) < 0.1);
    assert_true(fabs(only(result)->smoothness.value - truth[TRUTH_SMOOTHNESS]) < 0.05);
    assert_true(fabs(only(result)->weight_shift.value - truth[TRUTH_WEIGHT_SHIFT]) < 0.05);
    sagitta_result_free(&result);
  }
}

static void test_intervals_hold_the_truth(void **state) {
  (void)state;
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC; set++) {
    size_t covered[TRUTHS] = { 0 }, known[TRUTHS] = { 0 }, missed[TRUTHS] = { 0 };
    for (uint64_t i = 0; i < PEOPLE; i++) {
      const double lag_s = 0.6 * (double)i / (PEOPLE - 1) - 0.3;
      bend b = bend_of(11, i, (sagitta_marker_set)set, 30, lag_s);
      b.who.knee = fmin(b.who.knee, 3); /* with more, the bend is not used */
      double truth[TRUTHS];
      assert_true(bend_truth(&b, truth));
      sagitta_result *result = analysed(&b);
      for (int k = 0; k < TRUTHS; k++) {
        const sagitta_quantity *q = bend_found(only(result), k);
        if (isnan(truth[k]) || !q || !q->known) continue;
        known[k]++;
        covered[k] += q->low <= truth[k] && truth[k] <= q->high;
        missed[k] = known[k] - covered[k];
      }
      sagitta_result_free(&result);
    }
    for (int k = 0; k < TRUTHS; k++) {
      if (missed[k] > PEOPLE - COVERED) fail_msg("%s, set %d: %zu of %zu", truth_names[k], set, covered[k], known[k]);
      const bool part = k <= TRUTH_LUMBAR_SPEED;
      assert_true(part && set == SAGITTA_SET_DISCS ? known[k] == 0 : known[k] >= PEOPLE / 2);
    }
  }
}

static void test_nothing_where_the_markers_do_not_carry_it(void **state) {
  (void)state;
  bend b = plain_bend(SAGITTA_SET_CLINIC, 12, 0);
  sagitta_result *result = analysed(&b);
  const sagitta_repetition *r = only(result);
  assert_false(r->hip_lag.known || r->hip_onset.known || r->lumbar_onset.known || r->peak_velocity.known ||
               r->hip_velocity.known || r->lumbar_velocity.known || r->smoothness.known);
  assert_true(r->phase_count == 3 && r->weight_shift.known && !r->weight_shift_cm.known);
  sagitta_result_free(&result);
  b = plain_bend(SAGITTA_SET_DISCS, 30, 0);
  result = analysed(&b);
  r = only(result);
  assert_false(r->hip_lag.known || r->hip_onset.known || r->lumbar_onset.known || r->hip_velocity.known);
  assert_true(r->peak_velocity.known && r->smoothness.known && r->phase_count == 3);
  sagitta_result_free(&result);
}

static sagitta_result *with_scale(const bend *b, const char *test) {
  sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  sagitta_tracks *tracks = bend_tracks(b);
  sagitta_result *result = NULL;
  settings.height_cm = b->who.stature;
  settings.test = test;
  assert_int_equal(sagitta_analyze(&result, tracks, &settings, NULL), SAGITTA_OK);
  sagitta_tracks_free(&tracks);
  return result;
}

static void test_hips_move_backward(void **state) {
  (void)state;
  static const double leans[] = { -3, -8, -14 };
  for (size_t i = 0; i < 3; i++) {
    bend b = plain_bend(SAGITTA_SET_CLINIC, 30, 0);
    b.who.thigh_lean = leans[i];
    const double cm = (b.who.thigh + b.who.shank) * sin(-leans[i] * 3.14159265358979323846 / 180);
    sagitta_result *result = with_scale(&b, "toe-touch");
    const sagitta_repetition *r = only(result);
    assert_true(r->weight_shift.known && r->weight_shift_cm.known);
    assert_true(fabs(r->weight_shift.value - cm / b.who.thigh) < 0.04);
    assert_true(r->weight_shift_cm.low <= cm && cm <= r->weight_shift_cm.high);
    assert_true(fabs(r->weight_shift_cm.value - cm) < 2);
    sagitta_result_free(&result);
  }
}

/* Seconds around end range in which the ribs are turned by at least 95 % of the most. */
static double true_hold(const bend *b) {
  sg_actor actor = sg_actor_new(&b->who, &b->schedule, b->set, true, false, &b->chance);
  const int frames = (int)(1000 * sg_schedule_length(&b->schedule));
  double most = 0, hold = 0;
  for (int twice = 0; twice < 2; twice++) {
    for (int i = 0; i < frames; i++) {
      sagitta_sample samples[SAGITTA_ROLES];
      sagitta_simulated_frame truth;
      sg_actor_frame(&actor, i / 1000.0, samples, &truth);
      if (twice == 0) most = fmax(most, truth.ribs_rotation);
      if (twice == 1 && truth.ribs_rotation >= 0.95 * most) hold += 0.001;
    }
    actor = sg_actor_new(&b->who, &b->schedule, b->set, true, false, &b->chance);
  }
  return hold;
}

static void test_hold_is_the_time_near_end_range(void **state) {
  (void)state;
  static const double holds[] = { 0, 0.5, 3 };
  for (size_t i = 0; i < 6; i++) {
    bend b = plain_bend(i % 2 ? SAGITTA_SET_STRIP : SAGITTA_SET_CLINIC, i / 2 ? 30 : 60, 0);
    b.schedule = sg_schedule_regular(1, 1.2, 1.8, holds[i / 2], 1.8, 0);
    sagitta_result *result = analysed(&b);
    const double truth = true_hold(&b), found = only(result)->hold_s;
    if (fabs(found - truth) > 0.1) fail_msg("%f s instead of %f", found, truth);
    sagitta_result_free(&result);
  }
}

/* Curves of an angle that rests, then rises evenly by `speed` deg/s from from_s on. */
static void ramp(sg_timing_curves *c, double *speed, double *angle, double from_s, double deg_s) {
  memset(c, 0, sizeof *c);
  c->n = 120;
  c->step_s = 1.0 / 60;
  c->from_s = 2;
  c->span = 3;
  for (size_t i = 0; i < c->n; i++) angle[i] = deg_s * fmax(0, (double)i / 60 - from_s);
  sg_timing_speed(c, angle, speed);
}

static void test_onset_by_its_definition(void **state) {
  (void)state;
  double speed[120], angle[120];
  sg_timing_curves c;
  ramp(&c, speed, angle, 1, 40);
  /* The chord of 0.1 s passes 5 % of 40 deg/s, which is less than 3, when 7.5 % of it lie on the ramp. */
  assert_true(fabs(sg_timing_onset(&c, speed) - (2 + 1 - 0.05 + 0.0075)) < 1e-9);
  ramp(&c, speed, angle, 1, 100);
  assert_true(fabs(sg_timing_onset(&c, speed) - (2 + 1 - 0.05 + 0.005)) < 1e-9);
  assert_true(fabs(sg_timing_fastest(&c, speed) - 100) < 1e-9);
  /* A twitch before it, and stillness again, is not it. */
  for (size_t i = 20; i < 30; i++) speed[i] = 20;
  assert_true(fabs(sg_timing_onset(&c, speed) - 2.955) < 1e-9);
  ramp(&c, speed, angle, 1, 2); /* too slow to be one */
  assert_true(isnan(sg_timing_onset(&c, speed)));
  ramp(&c, speed, angle, -1, 40); /* moving when it begins */
  assert_true(isnan(sg_timing_onset(&c, speed)));
  ramp(&c, speed, angle, 1, 40);
  speed[58] = NAN; /* out of sight when it sets off */
  assert_true(isnan(sg_timing_onset(&c, speed)));
}

static void test_velocity_of_every_row(void **state) {
  (void)state;
  const bend b = plain_bend(SAGITTA_SET_CLINIC, 30, 0);
  sagitta_result *result = analysed(&b);
  double most = 0;
  for (size_t i = 0; i < sagitta_result_angle_rows(result); i++) {
    const double v = sagitta_result_velocity(result, i, SAGITTA_ANGLE_HIP_HINGE);
    if (sagitta_result_angle_time(result, i) < 1) assert_true(fabs(v) < 3);
    most = fmax(most, v);
  }
  assert_true(fabs(most / only(result)->hip_velocity.value - 1) < 0.05);
  assert_true(isnan(sagitta_result_velocity(result, SIZE_MAX, SAGITTA_ANGLE_HIP_HINGE)));
  assert_true(isnan(sagitta_result_velocity(result, 0, SAGITTA_ANGLES)));
  sagitta_result_free(&result);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_order_of_hips_and_back),   cmocka_unit_test(test_everything_at_every_rate),
    cmocka_unit_test(test_intervals_hold_the_truth), cmocka_unit_test(test_nothing_where_the_markers_do_not_carry_it),
    cmocka_unit_test(test_hips_move_backward),       cmocka_unit_test(test_hold_is_the_time_near_end_range),
    cmocka_unit_test(test_onset_by_its_definition),  cmocka_unit_test(test_velocity_of_every_row),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
