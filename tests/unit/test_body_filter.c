/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the low pass: no lag, the stated cut-off over both passes, ends that do not ring; and the residual analysis'
 * limits. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "body/body.h"
#include "base/math.h"

#define N    600
#define RATE 60.0

static double *sine(double hz) {
  double *v = malloc(N * sizeof *v);
  assert_non_null(v);
  for (int i = 0; i < N; i++) v[i] = sin(2 * SG_PI * hz * i / RATE);
  return v;
}

/* Amplitude of the part in phase with the sine, over the middle half; *lag: the part a quarter wave behind. */
static double gain_of(const double *v, double hz, double *lag) {
  double in = 0, out = 0;
  for (int i = N / 4; i < 3 * N / 4; i++) {
    in += v[i] * sin(2 * SG_PI * hz * i / RATE);
    out += v[i] * cos(2 * SG_PI * hz * i / RATE);
  }
  *lag = 4 * out / N;
  return 4 * in / N;
}

static void test_cutoff_is_that_of_both_passes(void **state) {
  (void)state;
  double lag, *v = sine(6);
  assert_true(sg_low_pass(v, N, RATE, 6));
  assert_true(fabs(gain_of(v, 6, &lag) - sqrt(0.5)) < 0.01);
  assert_true(fabs(lag) < 0.005);
  free(v);
}

static void test_slow_passes_fast_stops(void **state) {
  (void)state;
  double lag, *slow = sine(1), *fast = sine(20);
  assert_true(sg_low_pass(slow, N, RATE, 6) && sg_low_pass(fast, N, RATE, 6));
  assert_true(fabs(gain_of(slow, 1, &lag) - 1) < 0.005);
  assert_true(fabs(lag) < 0.005);
  assert_true(fabs(gain_of(fast, 20, &lag)) < 0.02);
  free(slow);
  free(fast);
}

static void test_line_stays_to_its_ends(void **state) {
  (void)state;
  double v[40];
  for (int i = 0; i < 40; i++) v[i] = 3 + 0.5 * i;
  assert_true(sg_low_pass(v, 40, 30, 4));
  for (int i = 0; i < 40; i++) assert_true(fabs(v[i] - (3 + 0.5 * i)) < 0.02);
}

static void test_residual_cutoff_keeps_its_limits(void **state) {
  (void)state;
  uint64_t seed = 7;
  double *v = sine(0.5);
  for (int i = 0; i < N; i++) v[i] = 100 * v[i] + sg_normal_quantile(sg_random_unit(&seed));
  const double cutoff = sg_residual_cutoff(v, N, RATE);
  assert_true(cutoff >= SG_CUTOFF_FLOOR && cutoff <= SG_CUTOFF_SHARE * RATE);
  assert_true(cutoff < 7);
  assert_true(sg_residual_cutoff(v, N, 8) == 8 * SG_CUTOFF_SHARE);
  free(v);
}

static void test_normal_quantiles(void **state) {
  (void)state;
  assert_true(fabs(sg_normal_quantile(0.975) - 1.959963985) < 1e-8);
  assert_true(fabs(sg_normal_quantile(0.001) + 3.090232306) < 1e-8);
  for (double z = -4; z <= 4; z += 0.5) assert_true(fabs(sg_normal_quantile(sg_normal_below(z)) - z) < 1e-6);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_cutoff_is_that_of_both_passes),
    cmocka_unit_test(test_slow_passes_fast_stops),
    cmocka_unit_test(test_line_stays_to_its_ends),
    cmocka_unit_test(test_residual_cutoff_keeps_its_limits),
    cmocka_unit_test(test_normal_quantiles),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
