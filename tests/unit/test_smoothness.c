/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the smoothness: the published example to five decimals, minimum jerk the smoothest whatever its size, length
 * and frame rate, and every bounce, pause or tremor less smooth. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "assess/smoothness.h"
#include "base/math.h"

#define ROOM 2048

/* Speed of a minimum-jerk movement of `length_s` that sets off at from_s, added to v. */
static void add_movement(double *v, size_t n, double rate, double from_s, double length_s, double size) {
  for (size_t i = 0; i < n; i++) {
    const double x = ((double)i / rate - from_s) / length_s;
    if (x > 0 && x < 1) v[i] += size * 30 * x * x * (1 - x) * (1 - x) / length_s;
  }
}

static void test_published_example(void **state) {
  (void)state;
  double v[200];
  for (int i = 0; i < 200; i++) v[i] = exp(-5 * pow(-1 + 0.01 * i, 2));
  assert_true(fabs(sg_sparc(v, 200, 100) + 1.41403) < 5e-6);
}

static void test_minimum_jerk_is_the_same_at_any_size_length_and_rate(void **state) {
  (void)state;
  static const double rates[] = { 20, 30, 60, 120, 240 };
  for (size_t r = 0; r < 5; r++) {
    for (double length = 1; length <= 4; length += 1) {
      double v[ROOM] = { 0 };
      const size_t n = (size_t)(length * rates[r]) + 1;
      add_movement(v, n, rates[r], 0, length, 100 * length);
      const double found = sg_sparc(v, n, rates[r]);
      if (fabs(found + 1.40) > 0.01) fail_msg("%f at %f frames/s, %f s", found, rates[r], length);
    }
  }
}

static void test_stillness_around_it_changes_nothing(void **state) {
  (void)state;
  double v[ROOM] = { 0 };
  add_movement(v, 180, 60, 0.5, 2, 100);
  assert_true(fabs(sg_sparc(v, 180, 60) + 1.40) < 0.01);
}

static void test_less_smooth_is_further_from_zero(void **state) {
  (void)state;
  double last = -1.41;
  for (int pause = 1; pause <= 4; pause++) { /* two halves, ever further apart */
    double v[ROOM] = { 0 };
    add_movement(v, 400, 60, 0, 1, 50);
    add_movement(v, 400, 60, 1 + 0.5 * pause, 1, 50);
    const double found = sg_sparc(v, 400, 60);
    assert_true(found < last - 0.3);
    last = found;
  }
  last = -1.41;
  for (int tremor = 1; tremor <= 3; tremor++) {
    double v[ROOM] = { 0 };
    add_movement(v, 121, 60, 0, 2, 100);
    for (int i = 0; i < 121; i++) v[i] = fabs(v[i] * (1 + 0.2 * tremor * sin(2 * SG_PI * 4 * i / 60.0)));
    const double found = sg_sparc(v, 121, 60);
    assert_true(found < last - 0.05);
    last = found;
  }
}

static void test_nothing_to_say(void **state) {
  (void)state;
  const double still[50] = { 0 };
  assert_true(isnan(sg_sparc(still, 50, 30)));
  assert_true(isnan(sg_sparc(still, 3, 30)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_published_example),
    cmocka_unit_test(test_minimum_jerk_is_the_same_at_any_size_length_and_rate),
    cmocka_unit_test(test_stillness_around_it_changes_nothing),
    cmocka_unit_test(test_less_smooth_is_further_from_zero),
    cmocka_unit_test(test_nothing_to_say),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
