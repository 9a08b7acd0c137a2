/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the gap rule: short gaps are filled without overshoot, longer ones only where nothing moves, the rest stay.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/gaps.h"
#include "base/math.h"

#define N 60

typedef struct {
  double time[N], value[N];
  unsigned char known[N];
} series;

/* 30 frames/s; still at 5 up to row 20, then rising by 2 a row. */
static series make(size_t gap_from, size_t gap_to) {
  series s;
  for (size_t i = 0; i < N; i++) {
    s.time[i] = (double)i / 30;
    s.value[i] = i < 20 ? 5 : 5 + 2 * (double)(i - 20);
    s.known[i] = SG_GAP_SEEN;
    if (i < gap_from || i >= gap_to) continue;
    s.known[i] = SG_GAP_LOST;
    s.value[i] = NAN;
  }
  return s;
}

static void test_short_gap_is_filled(void **state) {
  (void)state;
  series s = make(30, 36); /* six frames of 30: 0.2 s */
  assert_int_equal(sg_fill_gaps(s.time, s.value, s.known, N), 6);
  for (size_t i = 30; i < 36; i++) {
    assert_int_equal(s.known[i], SG_GAP_FILLED);
    assert_true(fabs(s.value[i] - (5 + 2 * (double)(i - 20))) < 1e-9);
  }
}

static void test_longer_gap_needs_stillness(void **state) {
  (void)state;
  series moving = make(30, 40), still = make(3, 12);
  assert_int_equal(sg_fill_gaps(moving.time, moving.value, moving.known, N), 0);
  assert_int_equal(moving.known[35], SG_GAP_LOST);
  assert_int_equal(sg_fill_gaps(still.time, still.value, still.known, N), 9);
  assert_true(fabs(still.value[7] - 5) < 1e-9);
}

static void test_long_gap_and_ends_stay(void **state) {
  (void)state;
  series s = make(2, 19);
  assert_int_equal(sg_fill_gaps(s.time, s.value, s.known, N), 0);
  series end = make(57, N);
  assert_int_equal(sg_fill_gaps(end.time, end.value, end.known, N), 0);
  series start = make(0, 2);
  assert_int_equal(sg_fill_gaps(start.time, start.value, start.known, N), 0);
}

static void test_no_overshoot(void **state) {
  (void)state;
  series s = make(18, 22); /* across the bend from still to rising */
  assert_int_equal(sg_fill_gaps(s.time, s.value, s.known, N), 4);
  for (size_t i = 17; i < 22; i++) assert_true(s.value[i + 1] >= s.value[i] && s.value[i] >= 5);
}

static void test_median(void **state) {
  (void)state;
  double odd[] = { 3, 1, 2 }, even[] = { 4, 1, 3, 2 };
  assert_true(sg_median(odd, 3) == 2);
  assert_true(sg_median(even, 4) == 2.5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_short_gap_is_filled),
    cmocka_unit_test(test_longer_gap_needs_stillness),
    cmocka_unit_test(test_long_gap_and_ends_stay),
    cmocka_unit_test(test_no_overshoot),
    cmocka_unit_test(test_median),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
