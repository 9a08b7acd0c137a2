/* SPDX-License-Identifier: Apache-2.0 */
/* The states in front of a camera are a pure function of time and readings: rows of readings → the state after each,
 * for every test by its own row of the table of tests; and the readout's filter, whose lag is what is stated. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "live/capture.h"
#include "live/readout.h"

#define RATE 50.0

typedef enum { OK, NO_CHECKS, NOT_UPRIGHT, HIDE, STOP, UNPLUG, OUT_OF_BAND, UNTOLD } what;

/* For `s` seconds the angle goes to `to`, evenly; then the state is this one. */
typedef struct {
  double s, to;
  what seen;
  sagitta_live_state state;
} row;

#define S(x) SAGITTA_LIVE_##x

typedef struct {
  sg_capture capture;
  double time_s, angle;
  int cues[8];
  int counted; /* −1 = nobody counts */
} run;

static run begin(const char *test) {
  const sg_capture_rules rules = sg_capture_rules_of(sg_test_find(test));
  return (run){ .capture = sg_capture_begin(&rules), .counted = -1 };
}

static void play(run *r, const row *rows, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const row *w = &rows[i];
    const int steps = (int)lround(w->s * RATE);
    const double from = r->angle;
    for (int k = 1; k <= steps; k++) {
      r->angle = from + (w->to - from) * k / steps;
      r->time_s += 1.0 / RATE;
      const sg_reading reading = { .time_s = r->time_s,
                                   .frame = w->seen != STOP && w->seen != UNPLUG,
                                   .unplugged = w->seen == UNPLUG,
                                   .checks = w->seen != NO_CHECKS,
                                   .at_start = w->seen != NOT_UPRIGHT,
                                   .hidden = w->seen == HIDE,
                                   .angle_deg = w->seen == HIDE ? (double)NAN : r->angle,
                                   .speed_deg_s = w->seen == HIDE ? (double)NAN : fabs(w->to - from) / w->s,
                                   .counted = r->counted,
                                   .band = w->seen == OUT_OF_BAND ? SG_BAND_OUT
                                           : w->seen == UNTOLD    ? SG_BAND_UNTOLD
                                                                  : SG_BAND_IN };
      sagitta_live_cue cue;
      r->capture = sg_capture_next(&r->capture, &reading, &cue);
      r->cues[cue]++;
    }
    if (r->capture.state != w->state) {
      fail_msg("row %zu: %s, expected %s", i, sagitta_live_state_name(r->capture.state),
               sagitta_live_state_name(w->state));
    }
  }
}

#define PLAY(r, ...)                           \
  do {                                         \
    const row rows[] = { __VA_ARGS__ };        \
    play(r, rows, sizeof rows / sizeof *rows); \
  } while (0)

#define STANDING              \
  { 1.1, 0, OK, S(READY) }, { \
    1.6, 0, OK, S(ARMED)      \
  }

static void test_three_bends(void **state) {
  (void)state;
  run r = begin("toe-touch");
  PLAY(&r, { 0.5, 0, OK, S(LOOKING) }, { 0.2, 0, NO_CHECKS, S(LOOKING) }, { 0.9, 0, OK, S(LOOKING) },
       { 0.2, 0, OK, S(READY) }, { 1.0, 8, OK, S(READY) }, { 1.0, 8, OK, S(READY) }, { 0.6, 8, OK, S(ARMED) },
       { 1.0, 20, OK, S(ARMED) }, { 0.5, 26, OK, S(DOWN) }, { 1.5, 98, OK, S(DOWN) }, { 0.2, 98, OK, S(DOWN) },
       { 0.2, 98, OK, S(HOLD) }, { 0.8, 98, OK, S(HOLD) }, { 0.3, 98, OK, S(UP) }, { 1.5, 8, OK, S(UP) },
       { 0.4, 8, OK, S(UP) }, { 0.2, 8, OK, S(ARMED) });
  assert_int_equal(r.capture.done, 1);
  PLAY(&r, { 1.5, 98, OK, S(DOWN) }, { 1.4, 98, OK, S(UP) }, { 1.5, 8, OK, S(UP) }, { 0.6, 8, OK, S(ARMED) },
       { 1.5, 98, OK, S(DOWN) }, { 1.4, 98, OK, S(UP) }, { 1.5, 8, OK, S(UP) }, { 0.6, 8, OK, S(DONE) },
       { 1.5, 98, OK, S(DONE) });
  assert_int_equal(r.capture.done, 3);
  assert_int_equal(r.cues[SAGITTA_CUE_ARMED], 1);
  assert_int_equal(r.cues[SAGITTA_CUE_UP], 3);
  assert_int_equal(r.cues[SAGITTA_CUE_DONE], 1);
}

/* Whoever faces left turns the other way; nobody has to say so. */
static void test_facing_left(void **state) {
  (void)state;
  run r = begin("toe-touch");
  PLAY(&r, STANDING, { 1.5, -90, OK, S(DOWN) }, { 1.5, -90, OK, S(UP) });
  assert_int_equal(r.capture.facing, -1);
  assert_true(fabs(r.capture.turned_deg - 90) < 1e-6);
  /* then an arch to the other side is no bend */
  PLAY(&r, { 1.0, 0, OK, S(UP) }, { 0.6, 0, OK, S(ARMED) }, { 1.0, 30, OK, S(ARMED) });
}

/* Without a stay, and without standing still between: prompted through all the same. */
static void test_hurried(void **state) {
  (void)state;
  run r = begin("toe-touch");
  PLAY(&r, STANDING, { 1.0, 90, OK, S(DOWN) }, { 0.5, 45, OK, S(UP) }, { 0.5, 0, OK, S(UP) }, { 1.0, 90, OK, S(DOWN) });
  assert_int_equal(r.capture.done, 1);
  PLAY(&r, { 1.0, 0, OK, S(UP) }, { 1.0, 90, OK, S(DOWN) }, { 1.0, 0, OK, S(UP) }, { 1.0, 90, OK, S(DONE) });
  assert_int_equal(r.capture.done, 3);
}

/* Who bends without standing still as long as is asked is followed all the same, from where there was some rest. */
static void test_not_waited(void **state) {
  (void)state;
  run r = begin("toe-touch");
  PLAY(&r, { 0.7, 3, OK, S(LOOKING) }, { 0.5, 3, OK, S(READY) }, { 0.3, 30, OK, S(DOWN) });
  assert_true(fabs(r.capture.turned_deg - 27) < 1);
  PLAY(&r, { 0.8, 80, OK, S(DOWN) }, { 0.8, 3, OK, S(UP) }, { 0.6, 3, OK, S(ARMED) });
  assert_int_equal(r.capture.done, 1);
  /* from nowhere: somebody who never rested is still asked to */
  run hurried = begin("toe-touch");
  PLAY(&hurried, { 1.2, 40, OK, S(READY) }, { 1.0, 80, OK, S(READY) });
}

/* The assessment's count decides when it is enough: a bend that it does not count is asked for again. */
static void test_counted(void **state) {
  (void)state;
  run r = begin("toe-touch");
  r.counted = 0;
  PLAY(&r, STANDING);
  for (int k = 1; k <= 4; k++) {
    PLAY(&r, { 1.0, 90, OK, S(DOWN) }, { 1.4, 90, OK, S(UP) }, { 1.0, 0, OK, S(UP) });
    r.counted = k > 1 ? k - 1 : 0;
    PLAY(&r, { 0.6, 0, OK, k == 4 ? S(DONE) : S(ARMED) });
  }
  assert_int_equal(r.cues[SAGITTA_CUE_DONE], 1);
  /* one that is counted late, while the next is waited for */
  run late = begin("toe-touch");
  late.counted = 2;
  PLAY(&late, STANDING, { 0.2, 0, OK, S(ARMED) });
  late.counted = 3;
  PLAY(&late, { 0.4, 0, OK, S(ARMED) }, { 0.2, 0, OK, S(DONE) });
  /* where nothing can be counted, it is not asked for without end */
  run never = begin("toe-touch");
  never.counted = 0;
  PLAY(&never, STANDING);
  for (int k = 1; k <= 6; k++) {
    PLAY(&never, { 1.0, 90, OK, S(DOWN) }, { 1.4, 90, OK, S(UP) }, { 1.0, 0, OK, S(UP) },
         { 0.6, 0, OK, k == 6 ? S(DONE) : S(ARMED) });
  }
}

static void test_nobody_moves(void **state) {
  (void)state;
  run r = begin("toe-touch");
  PLAY(&r, { 30, 0, NO_CHECKS, S(LOOKING) }, STANDING, { 19.8, 0, OK, S(ARMED) }, { 0.4, 0, OK, S(READY) },
       { 1.6, 0, OK, S(ARMED) });
  assert_true(r.cues[SAGITTA_CUE_ARMED] == 2);
}

static void test_not_upright(void **state) {
  (void)state;
  run r = begin("toe-touch");
  PLAY(&r, { 1.1, 60, OK, S(READY) }, { 5.0, 60, NOT_UPRIGHT, S(READY) }, { 1.6, 60, OK, S(ARMED) });
}

static void test_marker_hidden(void **state) {
  (void)state;
  run r = begin("toe-touch");
  PLAY(&r, STANDING, { 1.0, 60, OK, S(DOWN) }, { 0.6, 60, HIDE, S(DOWN) }, { 0.1, 70, OK, S(DOWN) },
       { 0.8, 70, HIDE, S(LOST) }, { 0.1, 75, OK, S(DOWN) }, { 1.5, 75, OK, S(UP) }, { 0.8, 75, HIDE, S(LOST) },
       { 0.1, 70, OK, S(UP) }, { 0.8, 70, HIDE, S(LOST) }, { 5.1, 70, HIDE, S(READY) });
  assert_int_equal(r.capture.done, 0);
  assert_int_equal(r.cues[SAGITTA_CUE_LOST], 3);
}

static void test_checks_fail(void **state) {
  (void)state;
  run r = begin("toe-touch");
  PLAY(&r, STANDING, { 0.4, 0, NO_CHECKS, S(ARMED) }, { 0.1, 0, OK, S(ARMED) }, { 0.6, 0, NO_CHECKS, S(LOOKING) },
       STANDING, { 1.0, 80, OK, S(DOWN) }, { 0.3, 80, NO_CHECKS, S(DOWN) }, { 3.0, 80, NO_CHECKS, S(UP) });
}

/* Back as soon as there are pictures, whoever is in them. */
static void test_camera_gone(void **state) {
  (void)state;
  run r = begin("toe-touch");
  PLAY(&r, STANDING, { 1.0, 60, OK, S(DOWN) }, { 0.9, 60, STOP, S(DOWN) }, { 0.1, 60, OK, S(DOWN) },
       { 1.1, 60, STOP, S(GONE) }, { 0.1, 0, HIDE, S(LOOKING) }, STANDING, { 0.1, 0, UNPLUG, S(GONE) },
       { 29, 0, UNPLUG, S(GONE) }, { 1.5, 0, UNPLUG, S(DONE) }, { 1.0, 0, OK, S(DONE) });
}

/* The stretch: the clock runs in the band alone, and stands where that cannot be told. */
static void test_stretch(void **state) {
  (void)state;
  run r = begin("supported-stretch");
  PLAY(&r, STANDING, { 2.0, 50, OK, S(DOWN) }, { 0.4, 50, OK, S(HOLD) }, { 10, 50, OUT_OF_BAND, S(HOLD) },
       { 10, 50, UNTOLD, S(HOLD) });
  assert_true(r.capture.hold_s < 0.2);
  PLAY(&r, { 29, 50, OK, S(HOLD) }, { 2, 50, OK, S(UP) }, { 2, 0, OK, S(UP) }, { 0.6, 0, OK, S(DONE) });
  assert_int_equal(r.cues[SAGITTA_CUE_TICK], 29); /* the thirtieth second is the sound to come up */
}

/* Quiet standing comes first, and only quiet counts. */
static void test_posture(void **state) {
  (void)state;
  run r = begin("standing-posture");
  PLAY(&r, { 1.1, 0, OK, S(READY) }, { 1.6, 0, OK, S(HOLD) }, { 9.5, 0, OK, S(HOLD) }, { 1.0, 0, OK, S(ARMED) },
       { 1.0, 40, OK, S(DOWN) }, { 0.5, 40, OK, S(UP) }, { 1.0, 0, OK, S(UP) }, { 0.6, 0, OK, S(DONE) });
  run moved = begin("standing-posture");
  PLAY(&moved, { 1.1, 0, OK, S(READY) }, { 1.6, 0, OK, S(HOLD) }, { 1.0, 30, OK, S(READY) });
}

/* Every test has thresholds and words, and is prompted through by its own movement. */
static void test_every_test(void **state) {
  (void)state;
  size_t count;
  const sagitta_test *all = sagitta_tests(&count);
  for (size_t i = 0; i < count; i++) {
    const sg_test *test = sg_test_find(all[i].name);
    run r = begin(all[i].name);
    if (test->event == SG_EVENT_NONE) {
      assert_string_equal(all[i].prompts.move, "");
      PLAY(&r, STANDING, { 5.0, 90, OK, S(ARMED) });
      continue;
    }
    assert_true(test->moves_deg >= test->leave_deg && test->stay_s >= 1);
    assert_true(test->event == SG_EVENT_STANDS || test->moves_deg <= test->enter_deg);
    const char *const words[] = { all[i].prompts.still, all[i].prompts.move, all[i].prompts.deepest,
                                  all[i].prompts.stay,  all[i].prompts.back, all[i].prompts.moving,
                                  all[i].prompts.coming };
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) assert_true(words[k][0]);
    if (test->event == SG_EVENT_STANDS) continue;
    PLAY(&r, STANDING);
    for (int k = 0; k < all[i].repetitions; k++) {
      const bool last = k + 1 == all[i].repetitions;
      PLAY(&r, { 1.0, 2.5 * test->moves_deg, OK, S(DOWN) }, { test->stay_s + 0.4, 2.5 * test->moves_deg, OK, S(UP) },
           { 1.0, 0, OK, S(UP) }, { 0.6, 0, OK, last ? S(DONE) : S(ARMED) });
    }
  }
}

/* The filter is as late as it says, at any rate, also where frames come unevenly. */
static void test_lag(void **state) {
  (void)state;
  static const double rates[] = { 15, 25, 30, 60, 120 };
  assert_true(fabs(SG_READOUT_LAG_S - sqrt(2.0) / (2 * 3.14159265358979 * SG_READOUT_CUTOFF)) < 1e-6);
  assert_true(SG_READOUT_LAG_S < 0.035);
  for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
    sg_causal f = { 0 };
    double t = 0;
    for (int k = 0; t < 2; k++, t += (k % 3 == 0 ? 1.4 : 0.8) / rates[i])
      sg_causal_step(&f, SG_READOUT_CUTOFF, t, 60 * t);
    assert_true(fabs(f.speed - 60) < 0.1);
    assert_true(fabs((60 * f.time_s - f.value) / 60 - SG_READOUT_LAG_S) < 0.0005);
  }
}

/* Half the power at the cut-off; a gap holds no value, and a long one no speed. */
static void test_filter(void **state) {
  (void)state;
  sg_causal f = { 0 };
  double most = 0;
  for (int k = 0; k < 4000; k++) {
    const double t = k / 1000.0;
    sg_causal_step(&f, SG_READOUT_CUTOFF, t, sin(2 * 3.14159265358979 * SG_READOUT_CUTOFF * t));
    if (t > 2) most = fmax(most, f.value);
  }
  assert_true(fabs(most - sqrt(0.5)) < 0.002);
  sg_causal_step(&f, SG_READOUT_CUTOFF, 4.01, (double)NAN);
  assert_true(isnan(f.value) && isnan(f.speed));
  sg_causal_step(&f, SG_READOUT_CUTOFF, 4.5, 7);
  assert_true(f.value == 7 && f.speed == 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_three_bends),  cmocka_unit_test(test_facing_left), cmocka_unit_test(test_hurried),
    cmocka_unit_test(test_nobody_moves), cmocka_unit_test(test_not_upright), cmocka_unit_test(test_marker_hidden),
    cmocka_unit_test(test_checks_fail),  cmocka_unit_test(test_camera_gone), cmocka_unit_test(test_stretch),
    cmocka_unit_test(test_posture),      cmocka_unit_test(test_every_test),  cmocka_unit_test(test_lag),
    cmocka_unit_test(test_filter),       cmocka_unit_test(test_not_waited),  cmocka_unit_test(test_counted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
