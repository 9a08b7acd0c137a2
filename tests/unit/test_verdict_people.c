/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what verdicts are worth, on people who are not the estimator's own and bend from the back in every fourth
 * case: statements are given and right, probabilities are neither too bold nor too timid, and who bends from the back
 * is told so. Exact figures: bench_verdict. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "verdict_worth.h"

#define PEOPLE 120

static void judge(worth *w, sagitta_marker_set set, uint64_t seed, uint64_t people) {
  sagitta_simulation_settings settings = sagitta_simulation_default_settings();
  settings.population = "wide";
  settings.set = set;
  settings.seed = seed;
  settings.repetitions = 1;
  settings.rate = 15; /* frames/s: enough for an end range, and fast */
  for (uint64_t i = 0; i < people; i++) assert_true(worth_add(w, &settings, i, NULL, NULL));
  assert_true(w->judged > people * 19 / 20);
}

/* Of statements with the mean probability p, p are right: within three standard errors of so many people, and 3 points
 * for what bench_verdict leaves unexplained. */
static void assert_kept(const worth_bins *b, int from, int to, const char *what) {
  double said = 0, spread = 0, right = 0;
  for (int k = from; k < to; k++) {
    const double n = (double)b->count[k], p = n > 0 ? b->sum[k] / n : 0;
    said += b->sum[k];
    spread += n * (p * (1 - p) + 0.03 * 0.03 * n);
    right += (double)b->right[k];
  }
  if ((right - said) * (right - said) > 9 * spread)
    fail_msg("%s: %.1f were to be so, and %.0f were; standard error %.1f", what, said, right, sqrt(spread));
}

static void test_statements_of_strips(void **state) {
  (void)state;
  worth w = { 0 };
  judge(&w, SAGITTA_SET_STRIP, 1977, PEOPLE);
  const double n = (double)w.judged;
  if ((double)w.given < 0.9 * n || (double)w.right < 0.87 * (double)w.given)
    fail_msg("of %zu, %zu were told something and %zu rightly", w.judged, w.given, w.right);
  assert_true(w.back > PEOPLE / 8);
  if ((double)w.back_named < 0.6 * (double)w.back || (double)w.back_opposite > 0.1 * (double)w.back)
    fail_msg("of %zu who bend from the back %zu were told so, %zu the opposite", w.back, w.back_named, w.back_opposite);
  if (worth_gained(&w) < 0.4 * worth_open(&w)) fail_msg("gained %.2f of %.2f bits", worth_gained(&w), worth_open(&w));
  for (int k = 0; k < WORTH_KINDS; k++) {
    assert_kept(&w.of[k], 0, 5, "what is said to be unlikely");
    assert_kept(&w.of[k], 5, WORTH_BINS, "what is said to be likely");
  }
  worth_free(&w);
}

/* Three discs: fewer statements, as sure as they say, and many of them say that they rest on what is usual. */
static void test_statements_of_discs(void **state) {
  (void)state;
  worth w = { 0 };
  judge(&w, SAGITTA_SET_DISCS, 1978, PEOPLE / 2);
  assert_true(w.given > 0 && w.given < w.judged * 2 / 3);
  assert_true(w.on_usual > w.judged / 20);
  assert_true((double)w.back_opposite <= 0.2 * (double)w.back);
  for (int k = 0; k < WORTH_KINDS; k++) {
    assert_kept(&w.of[k], 0, 5, "what is said to be unlikely");
    assert_kept(&w.of[k], 5, WORTH_BINS, "what is said to be likely");
  }
  worth_free(&w);
}

/* The bound is one that a verdict which is always sure would break. */
static void test_a_bold_verdict_is_noticed(void **state) {
  (void)state;
  worth_bins bold = { 0 };
  bold.count[WORTH_BINS - 1] = 100;
  bold.sum[WORTH_BINS - 1] = 98;
  bold.right[WORTH_BINS - 1] = 80;
  assert_true(worth_worst(&bold, 100) > 17.9 && worth_worst(&bold, 101) < 0.1);
}

int main(void) {
  const struct CMUnitTest tests[] = { cmocka_unit_test(test_statements_of_strips),
                                      cmocka_unit_test(test_statements_of_discs),
                                      cmocka_unit_test(test_a_bold_verdict_is_noticed) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
