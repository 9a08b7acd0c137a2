/* SPDX-License-Identifier: Apache-2.0 */
/* Protects filtering at every frame rate, even and uneven: the cut-off's limits, what is left of noise, what is kept of
 * a bend's depth and of its moments, the ends, and gaps. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "body/body.h"
#include "base/math.h"

#define SECONDS 9.0
#define DEPTH   300.0 /* px that the shoulder travels */
#define NOISE   0.3   /* px */

static const double rates[] = { 12, 20, 30, 60, 240 };
#define RATES (sizeof rates / sizeof *rates)

/* ---- the filter itself ---- */

static void test_cutoff_of_both_passes_at_every_rate(void **state) {
  (void)state;
  for (size_t r = 0; r < RATES; r++) {
    const double rate = rates[r], hz = fmin(6, SG_CUTOFF_SHARE * rate);
    const size_t n = (size_t)(20 * rate);
    double *v = malloc(n * sizeof *v), in = 0, aside = 0;
    assert_non_null(v);
    for (size_t i = 0; i < n; i++) v[i] = sin(2 * SG_PI * hz * (double)i / rate);
    assert_true(sg_low_pass(v, n, rate, hz));
    for (size_t i = n / 4; i < n * 3 / 4; i++) {
      in += v[i] * sin(2 * SG_PI * hz * (double)i / rate) * 4 / (double)n;
      aside += v[i] * cos(2 * SG_PI * hz * (double)i / rate) * 4 / (double)n;
    }
    /* Half the power; no lag. */
    if (fabs(in - sqrt(0.5)) > 0.03 || fabs(aside) > 0.01) fail_msg("gain %f, %f at %g frames/s", in, aside, rate);
    free(v);
  }
}

/* Both passes together let through the noise of a band of 1.04 cut-offs. */
static void test_noise_that_is_left(void **state) {
  (void)state;
  for (size_t r = 1; r < RATES; r++) {
    const size_t n = 40000;
    double *v = malloc(n * sizeof *v), squares = 0;
    uint64_t seed = 11 + r;
    assert_non_null(v);
    for (size_t i = 0; i < n; i++) v[i] = sg_normal_quantile(sg_random_unit(&seed));
    assert_true(sg_low_pass(v, n, rates[r], 5));
    for (size_t i = 0; i < n; i++) squares += v[i] * v[i];
    const double left = squares / (double)n, expected = 2 * 1.04 * 5 / rates[r];
    if (fabs(left / expected - 1) > 0.12) fail_msg("%f instead of %f at %g frames/s", left, expected, rates[r]);
    free(v);
  }
}

static double eased(double x) {
  const double u = fmin(1, fmax(0, x));
  return u * u * u * (10 - 15 * u + 6 * u * u);
}

/* Down from 2 s to 4 s, up from 5 s to 7 s. */
static double bend_at(double t) {
  return DEPTH * (eased((t - 2) / 2) - eased((t - 5) / 2));
}

static void test_cutoff_between_its_limits(void **state) {
  (void)state;
  for (size_t r = 0; r < RATES; r++) {
    const double rate = rates[r];
    const size_t n = (size_t)(SECONDS * rate);
    double *v = malloc(n * sizeof *v);
    uint64_t seed = 3;
    assert_non_null(v);
    for (size_t i = 0; i < n; i++) {
      v[i] = bend_at((double)i / rate) + NOISE * sg_normal_quantile(sg_random_unit(&seed));
    }
    const double slow = sg_residual_cutoff(v, n, rate);
    assert_true(slow >= fmin(SG_CUTOFF_FLOOR, SG_CUTOFF_SHARE * rate) && slow <= SG_CUTOFF_SHARE * rate);
    assert_true(slow <= 7);
    /* What moves faster asks for more, as far as the frame rate goes. */
    for (size_t i = 0; i < n; i++) v[i] += 5 * sin(2 * SG_PI * 7 * (double)i / rate);
    const double fast = sg_residual_cutoff(v, n, rate);
    assert_true(fast <= SG_CUTOFF_SHARE * rate);
    if (rate >= 30 && fast < slow + 1) fail_msg("%f Hz after %f Hz at %g frames/s", fast, slow, rate);
    free(v);
  }
}

/* A recording that begins and ends in the middle of the movement: its ends are neither bent nor flattened. */
static void test_ends_in_movement(void **state) {
  (void)state;
  for (size_t r = 0; r < RATES; r++) {
    const size_t n = (size_t)(1.6 * rates[r]);
    double v[400], speed = DEPTH / 2 * 1.875;
    for (size_t i = 0; i < n; i++) v[i] = bend_at(2.2 + (double)i / rates[r]);
    assert_true(sg_low_pass(v, n, rates[r], fmin(4, SG_CUTOFF_SHARE * rates[r])));
    assert_true(fabs(v[0] - bend_at(2.2)) < 0.02 * speed);
    assert_true(fabs(v[n - 1] - bend_at(2.2 + (double)(n - 1) / rates[r])) < 0.02 * speed);
  }
}

/* ---- tracks made ready ---- */

typedef struct {
  double rate;
  double uneven;           /* of an interval */
  bool half;               /* every other frame is missing in the second half */
  double gap_from, gap_to; /* s in which the shoulder is hidden */
} setting;

static sagitta_tracks *tracks_of(const setting *s) {
  const sagitta_tracks_info info = { .width = 1280, .height = 720 };
  sagitta_tracks *tracks = NULL;
  uint64_t seed = 5;
  assert_int_equal(sagitta_tracks_new(&tracks, &info, NULL), SAGITTA_OK);
  for (int i = 0; i < (int)(SECONDS * s->rate); i++) {
    if (s->half && i > SECONDS * s->rate / 2 && i % 2) continue;
    const double aside = i ? s->uneven * (2 * sg_random_unit(&seed) - 1) : 0, t = (i + aside) / s->rate;
    sagitta_sample samples[SAGITTA_ROLES];
    for (int role = 0; role < SAGITTA_ROLES; role++) {
      samples[role] = (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
      if (role > SAGITTA_KNEE || (role == SAGITTA_SHOULDER && t >= s->gap_from && t < s->gap_to)) continue;
      samples[role].state = SAGITTA_SEEN;
      samples[role].x =
          600 + (role == SAGITTA_SHOULDER ? bend_at(t) : 0) + NOISE * sg_normal_quantile(sg_random_unit(&seed));
      samples[role].y = 200 + 200 * role + NOISE * sg_normal_quantile(sg_random_unit(&seed));
      samples[role].sigma = NOISE;
    }
    assert_int_equal(sagitta_tracks_append(tracks, t, samples, NULL), SAGITTA_OK);
  }
  return tracks;
}

static sg_signals *signals_of(const setting *s) {
  sagitta_tracks *tracks = tracks_of(s);
  sg_signals *signals = NULL;
  assert_int_equal(sg_signals_new(&signals, tracks, NULL, NULL), SAGITTA_OK);
  sagitta_tracks_free(&tracks);
  return signals;
}

typedef struct {
  double rms, worst, depth;
  double half_s; /* when half of the way down is gone */
} outcome;

static outcome compare(const sg_signals *s) {
  const double *x = s->value[SAGITTA_SHOULDER][SG_CHANNEL_X];
  outcome o = { 0, 0, 0, NAN };
  double count = 0;
  for (size_t i = 0; i < s->rows; i++) {
    if (isnan(x[i])) continue;
    const double error = x[i] - 600 - bend_at(s->time[i]);
    o.rms += error * error;
    o.worst = fmax(o.worst, fabs(error));
    o.depth = fmax(o.depth, x[i] - 600);
    count += 1;
    if (!isnan(o.half_s) || i == 0 || x[i] - 600 < DEPTH / 2) continue;
    const double part = (600 + DEPTH / 2 - x[i - 1]) / (x[i] - x[i - 1]);
    o.half_s = s->time[i - 1] + part * (s->time[i] - s->time[i - 1]);
  }
  o.rms = sqrt(o.rms / count);
  return o;
}

static void check(const setting *s) {
  sg_signals *signals = signals_of(s);
  const outcome o = compare(signals);
  /* What the noise of the band leaves, and the little that the low pass takes off the movement. */
  const double expected = NOISE * sqrt(fmin(1, 2.08 * signals->cutoff / signals->rate));
  if (o.rms > 1.3 * expected + 0.1) fail_msg("RMS %f at %g frames/s, not %f", o.rms, s->rate, expected);
  if (o.worst > 6 * expected + 0.5) fail_msg("an error of %f px at %g frames/s", o.worst, s->rate);
  assert_true(fabs(o.depth - DEPTH) < 3 * expected + 0.5);
  if (fabs(o.half_s - 3) > 0.005) fail_msg("half way at %f s at %g frames/s", o.half_s, s->rate);
  assert_true(signals->uneven == (s->uneven > 0 || s->half));
  if (!s->half) assert_true(fabs(signals->rate / s->rate - 1) < 0.06);
  const double stated = signals->sigma[SAGITTA_SHOULDER], all = hypot(expected, sg_priors[SG_CODEC].spread);
  if (fabs(stated / all - 1) > 0.05) fail_msg("noise of %f, not %f at %g frames/s", stated, all, s->rate);
  sg_signals_free(signals);
}

static void test_even_rates(void **state) {
  (void)state;
  for (size_t r = 0; r < RATES; r++) check(&(setting){ .rate = rates[r], .gap_from = -1, .gap_to = -1 });
}

static void test_uneven_rates(void **state) {
  (void)state;
  for (size_t r = 0; r < RATES; r++) {
    check(&(setting){ .rate = rates[r], .uneven = 0.4, .gap_from = -1, .gap_to = -1 });
  }
  check(&(setting){ .rate = 60, .half = true, .gap_from = -1, .gap_to = -1 });
}

static size_t unknown(const sg_signals *s) {
  size_t count = 0;
  for (size_t i = 0; i < s->rows; i++) count += !sg_signals_known(s, SAGITTA_SHOULDER, i);
  return count;
}

static void test_gaps_at_every_rate(void **state) {
  (void)state;
  for (size_t r = 0; r < RATES; r++) {
    const double rate = rates[r], uneven = r % 2 ? 0.3 : 0, frame = 1 / rate;
    const size_t missing = (size_t)floor(0.2 * rate + 1e-6); /* frames that a gap of 0.2 s hides */
    const double from = 2.9 - 0.5 * frame, shortest = from + (double)missing * frame;
    sg_signals *moving = signals_of(&(setting){ .rate = rate, .gap_from = from, .gap_to = shortest });
    assert_int_equal(unknown(moving), 0);
    assert_true(compare(moving).worst < 4);
    sg_signals_free(moving);
    sg_signals *longer = signals_of(&(setting){ rate, uneven, false, 2.8, 3.15 });
    assert_true(unknown(longer) >= (size_t)(0.25 * rate));
    sg_signals_free(longer);
    sg_signals *still = signals_of(&(setting){ rate, uneven, false, 0.8, 1.2 });
    assert_int_equal(unknown(still), 0);
    assert_true(compare(still).worst < 6 * NOISE);
    sg_signals_free(still);
    sg_signals *long_still = signals_of(&(setting){ rate, uneven, false, 0.8, 1.5 });
    assert_true(unknown(long_still) >= (size_t)(0.55 * rate));
    sg_signals_free(long_still);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_cutoff_of_both_passes_at_every_rate),
    cmocka_unit_test(test_noise_that_is_left),
    cmocka_unit_test(test_cutoff_between_its_limits),
    cmocka_unit_test(test_ends_in_movement),
    cmocka_unit_test(test_even_rates),
    cmocka_unit_test(test_uneven_rates),
    cmocka_unit_test(test_gaps_at_every_rate),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
