/* SPDX-License-Identifier: Apache-2.0 */
/* Protects: a picture that is repeated while the movement goes on is told from a hold that was filmed, whatever the
 * rate and the noise; and what counts as time that was not filmed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/gaps.h"
#include "base/pace.h"
#include "base/stalls.h"

#define N      400
#define WAY_PX 200.0

typedef struct {
  double time[N], x[N], y[N];
  unsigned char same[N], stalled[N];
  size_t n;
} course;

static double noise(uint64_t *state) {
  double sum = 0;
  for (int i = 0; i < 12; i++) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    sum += (double)(*state >> 40) / (double)(1 << 24);
  }
  return sum - 6;
}

/* Stands for 1 s, bends in 1.5 s, holds for 1 s, comes up in 1.5 s, stands. */
static double place(double t) {
  const double part = t < 1 ? 0 : t < 2.5 ? (t - 1) / 1.5 : t < 3.5 ? 1 : t < 5 ? (5 - t) / 1.5 : 0;
  return WAY_PX * (1 - cos(3.14159265358979 * part)) / 2;
}

static course film(double rate, double sigma) {
  course c = { .n = (size_t)(6 * rate) };
  uint64_t state = 7;
  assert_true(c.n <= N);
  for (size_t i = 0; i < c.n; i++) {
    c.time[i] = (double)i / rate;
    c.x[i] = place(c.time[i]) + sigma * noise(&state);
    c.y[i] = 100 + 0.5 * place(c.time[i]) + sigma * noise(&state);
  }
  return c;
}

/* The picture at from_s stays until to_s. */
static void repeat(course *c, double from_s, double to_s) {
  for (size_t i = 1; i < c->n; i++) {
    if (c->time[i] <= from_s || c->time[i] > to_s) continue;
    c->x[i] = c->x[i - 1];
    c->y[i] = c->y[i - 1];
    c->same[i] = 1;
  }
}

static size_t stalled(course *c) {
  const sg_path path = { c->x, c->y };
  size_t count = 0;
  assert_int_equal(sg_find_stalls(c->time, c->same, c->n, &path, 1, c->stalled), 1);
  for (size_t i = 0; i < c->n; i++) {
    assert_true(!c->stalled[i] || c->same[i]);
    count += c->stalled[i];
  }
  return count;
}

static const double rates[] = { 15, 20, 30, 60 }, sigmas[] = { 0, 0.02, 0.1 };

#define EACH_FILM(c)                                            \
  for (size_t r = 0; r < sizeof rates / sizeof *rates; r++)     \
    for (size_t s = 0; s < sizeof sigmas / sizeof *sigmas; s++) \
      for (course c = film(rates[r], sigmas[s]), *once = &c; once; once = NULL)

static void test_stall_in_movement(void **state) {
  (void)state;
  static const double moments[][2] = { { 1.4, 2.0 }, { 2.0, 3.0 }, { 2.2, 3.9 }, { 3.2, 4.2 }, { 3.9, 4.4 } };
  for (size_t k = 0; k < sizeof moments / sizeof *moments; k++) {
    EACH_FILM(c) {
      repeat(&c, moments[k][0], moments[k][1]);
      assert_true(stalled(&c) > 0);
    }
  }
}

/* A still picture that an encoder did not code anew: blocks are skipped while nobody moves. */
static void test_hold_is_none(void **state) {
  (void)state;
  static const double moments[][2] = { { 0.2, 0.95 }, { 2.6, 3.4 }, { 2.5, 3.5 }, { 5.1, 5.8 } };
  for (size_t k = 0; k < sizeof moments / sizeof *moments; k++) {
    EACH_FILM(c) {
      repeat(&c, moments[k][0], moments[k][1]);
      assert_int_equal(stalled(&c), 0);
    }
  }
}

/* A camera that is knocked in a hold brings all places elsewhere at once, as one picture; a person cannot. */
static void test_knock_is_none(void **state) {
  (void)state;
  for (int alike = 0; alike < 2; alike++) {
    static course c[3];
    sg_path path[3];
    size_t count = 0;
    for (int k = 0; k < 3; k++) {
      c[k] = film(20, 0);
      repeat(&c[k], 2.5, 3.0);
      for (size_t i = 0; i < c[k].n; i++) {
        c[k].y[i] += 60.0 * k;
        if (c[k].time[i] > 3.0) c[k].x[i] += alike || k == 1 ? 30 : 0;
        if (c[k].time[i] > 3.0 && c[k].time[i] < 3.6) c[k].x[i] = c[k].x[i - 1]; /* it goes on later, from rest */
        if (c[k].time[i] > 3.0 && c[k].time[i] < 3.06) c[k].x[i] += alike || k == 1 ? 30 : 0;
      }
      path[k] = (sg_path){ c[k].x, c[k].y };
    }
    assert_int_equal(sg_find_stalls(c[0].time, c[0].same, c[0].n, path, 3, c[0].stalled), 1);
    for (size_t i = 0; i < c[0].n; i++) count += c[0].stalled[i];
    assert_int_equal(count > 0, !alike);
  }
}

static void test_short_stall_is_bridged(void **state) {
  (void)state;
  course c = film(30, 0.02);
  repeat(&c, 1.6, 1.78);
  assert_int_equal(stalled(&c), 0);
}

static void test_what_is_a_hole(void **state) {
  (void)state;
  const double usual = 1.0 / 30;
  assert_false(sg_step_is_hole(2 * usual, usual)); /* a dropped frame */
  assert_false(sg_step_is_hole(0.2, usual));       /* as long as is bridged */
  assert_true(sg_step_is_hole(0.5, usual));
  assert_false(sg_step_is_hole(0.25, 0.2)); /* a low rate */
}

static double kept_time(const void *of, size_t i) {
  return ((const double *)of)[i];
}

/* A hole is no matter of rate; every fifth interval that is longer is. */
static void test_pace(void **state) {
  (void)state;
  double time[N];
  for (size_t i = 0; i < N; i++) time[i] = (double)i / 30 + (i >= 200 ? 2.5 : 0);
  assert_false(sg_pace_of_times(kept_time, time, N));
  for (size_t i = 0; i < N; i++) time[i] = floor(((double)i + 0.4 * (double)(i / 5)) * 1e4 / 30) / 1e4;
  assert_true(sg_pace_of_times(kept_time, time, N));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_stall_in_movement), cmocka_unit_test(test_hold_is_none),
    cmocka_unit_test(test_knock_is_none),     cmocka_unit_test(test_short_stall_is_bridged),
    cmocka_unit_test(test_what_is_a_hole),    cmocka_unit_test(test_pace),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
