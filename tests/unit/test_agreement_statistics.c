/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Protects the statistics of agreement: they are those of the papers that they are named after, on the papers' own
 * data, and those of R 4.2.2 (qt, qchisq, qf; lm; the package psych 2.2.9: ICC, cohen.kappa).
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "agreement/statistics.h"
#include "cli/distributions.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool short_of_memory; /* of the figures below: never */

static void near(const char *what, double value, double wanted, double within) {
  if (!(fabs(value - wanted) <= within)) fail_msg("%s is %.9g instead of %.9g", what, value, wanted);
}

static void estimate_near(const char *what, estimate e, double value, double low, double high, double within) {
  near(what, e.value, value, within);
  near(what, e.low, low, within);
  near(what, e.high, high, within);
}

static void test_quantiles(void **state) {
  (void)state;
  near("z", normal_quantile(0.975), 1.959963985, 1e-8);
  near("z below", normal_quantile(0.1), -1.281551566, 1e-8);
  near("t", student_quantile(0.975, 10), 2.228138852, 1e-8);
  near("t below", student_quantile(0.025, 3.7), -2.867520707, 1e-8);
  near("chi squared", chi_squared_quantile(0.975, 10), 20.48317735, 1e-7);
  near("chi squared below", chi_squared_quantile(0.025, 1), 0.0009820691, 1e-9);
  near("chi squared far", chi_squared_quantile(0.975, 400), 457.305482, 1e-5);
  near("F", f_quantile(0.975, 3, 10), 4.825621493, 1e-8);
  near("F of broken degrees", f_quantile(0.975, 4.79, 5), 7.189695827, 1e-7);
  assert_true(isnan(f_quantile(0.975, 0, 5)) && isnan(student_quantile(0.975, -1)));
}

/* Peak flow, first readings: Bland & Altman, Lancet 1986;i:307. */
static void test_peak_flow(void **state) {
  (void)state;
  static const double large[] = { 494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427 };
  static const double small[] = { 512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451 };
  size_t subject[COUNT(large)];
  for (size_t i = 0; i < COUNT(large); i++) subject[i] = i;
  const agreement_limits l = agreement_limits_of(&(paired_values){ large, small, subject, COUNT(large), COUNT(large) },
                                                 0.95, &short_of_memory);
  estimate_near("bias", l.bias, -2.1, -22.0, 17.8, 0.06);
  near("sd", l.sd, 38.8, 0.05);
  near("lower", l.lower.value, -78.1, 0.05); /* the paper takes 2 sd, and has -79.7 */
  near("upper", l.upper.value, 73.9, 0.05);
  assert_true(isnan(l.sd_within) && l.lower.low < l.lower.value && l.lower.high > l.lower.value);
  /* Further out than in, since a standard deviation is. */
  assert_true(l.lower.value - l.lower.low > l.lower.high - l.lower.value);
}

/* Cardiac ejection by two methods, several pairs a subject: Bland & Altman 2007, table 1. */
static const struct {
  size_t subject;
  double rv, ic;
} ejection[] = {
  { 1, 7.83, 6.57 },  { 1, 7.42, 5.62 },  { 1, 7.89, 6.90 },  { 1, 7.12, 6.57 },  { 1, 7.88, 6.35 },
  { 2, 6.16, 4.06 },  { 2, 7.26, 4.29 },  { 2, 6.71, 4.26 },  { 2, 6.54, 4.09 },  { 3, 4.75, 4.71 },
  { 3, 5.24, 5.50 },  { 3, 4.86, 5.08 },  { 3, 4.78, 5.02 },  { 3, 6.05, 6.01 },  { 3, 5.42, 5.67 },
  { 4, 4.21, 4.14 },  { 4, 3.61, 4.20 },  { 4, 3.72, 4.61 },  { 4, 3.87, 4.68 },  { 4, 3.92, 5.04 },
  { 5, 3.13, 3.03 },  { 5, 2.98, 2.86 },  { 5, 2.85, 2.77 },  { 5, 3.17, 2.46 },  { 5, 3.09, 2.32 },
  { 5, 3.12, 2.43 },  { 6, 5.92, 5.90 },  { 6, 6.42, 5.81 },  { 6, 5.92, 5.70 },  { 6, 6.27, 5.76 },
  { 7, 7.13, 5.09 },  { 7, 6.62, 4.63 },  { 7, 6.58, 4.61 },  { 7, 6.93, 5.09 },  { 8, 4.54, 4.72 },
  { 8, 4.81, 4.61 },  { 8, 5.11, 4.36 },  { 8, 5.29, 4.20 },  { 8, 5.39, 4.36 },  { 8, 5.57, 4.20 },
  { 9, 4.48, 3.17 },  { 9, 4.92, 3.12 },  { 9, 3.97, 2.96 },  { 10, 4.22, 4.35 }, { 10, 4.65, 4.62 },
  { 10, 4.74, 3.16 }, { 10, 4.44, 3.53 }, { 10, 4.50, 3.53 }, { 11, 6.78, 7.20 }, { 11, 6.07, 6.09 },
  { 11, 6.52, 7.00 }, { 11, 6.42, 7.10 }, { 11, 6.41, 7.40 }, { 11, 5.76, 6.80 }, { 12, 5.06, 4.50 },
  { 12, 4.72, 4.20 }, { 12, 4.90, 3.80 }, { 12, 4.80, 3.80 }, { 12, 4.90, 4.20 }, { 12, 5.10, 4.50 },
};

static void test_ejection(void **state) {
  (void)state;
  double rv[COUNT(ejection)], ic[COUNT(ejection)];
  size_t subject[COUNT(ejection)];
  for (size_t i = 0; i < COUNT(ejection); i++) {
    rv[i] = ejection[i].rv;
    ic[i] = ejection[i].ic;
    subject[i] = ejection[i].subject - 1;
  }
  const agreement_limits l =
      agreement_limits_of(&(paired_values){ rv, ic, subject, COUNT(ejection), 12 }, 0.95, &short_of_memory);
  /* The paper's own figures. */
  near("within", l.ms_within, 0.170714026, 5e-8);
  near("between", l.ms_between, 4.2090856, 5e-6);
  near("bias", l.bias.value, 0.6021667, 1e-7);
  near("sd", l.sd, 0.99062408, 1e-7);
  near("lower", l.lower.value, -1.3394565, 2e-6);
  near("upper", l.upper.value, 2.5437899, 2e-6);
  /* R, by the formulas. */
  estimate_near("bias", l.bias, 0.6021666667, 0.007089507069, 1.197243826, 1e-8);
  estimate_near("lower", l.lower, -1.339456585, -2.653899877, -0.6264731748, 1e-8);
  estimate_near("upper", l.upper, 2.543789918, 1.830806508, 3.85823321, 1e-8);
  estimate_near("slope", l.slope, 0.06491396986, -0.486356754, 0.6161846938, 1e-8);
  near("sd between", l.sd_between, 0.9003455616, 1e-9);
  near("sd within", l.sd_within, 0.4131754991, 1e-9);
}

/* One pair each: the intervals of the limits by MOVER as SimplyAgree 0.0.2 has them, at 90 %. */
static void test_mover(void **state) {
  (void)state;
  static const double x[] = { 7.83, 7.42, 7.89, 7.12, 6.16, 7.26, 6.71, 4.75, 5.24,
                              4.86, 4.78, 6.05, 5.42, 4.21, 3.61, 3.72, 3.87, 3.92 };
  static const double y[] = { 6.57, 5.62, 6.9,  6.57, 4.06, 4.29, 4.26, 4.71, 5.5,
                              5.08, 5.02, 6.01, 5.67, 4.14, 4.2,  4.61, 4.68, 5.04 };
  size_t subject[COUNT(x)];
  for (size_t i = 0; i < COUNT(x); i++) subject[i] = i;
  const agreement_limits l =
      agreement_limits_of(&(paired_values){ x, y, subject, COUNT(x), COUNT(x) }, 0.90, &short_of_memory);
  estimate_near("bias", l.bias, 0.4383, -0.0607, 0.9374, 6e-5);
  near("lower", l.lower.value, -1.947, 6e-4);
  near("lower's low", l.lower.low, -3.0117, 2e-4);
  near("upper's high", l.upper.high, 3.8884, 2e-4);
}

/* Four judges, six targets: Shrout & Fleiss, Psychol Bull 1979;86:420, table 2; intervals: R. */
static const double judged[] = { 9, 2, 5, 8, 6, 1, 3, 2, 8, 4, 6, 8, 7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7 };

static void test_judges(void **state) {
  (void)state;
  const reliability r = reliability_two_way(judged, 6, 4, 0.95);
  near("ICC(1,1)", r.icc_1.value, 0.17, 0.005);
  near("ICC(2,1)", r.icc_a1.value, 0.29, 0.005);
  near("ICC(3,1)", r.icc_c1.value, 0.71, 0.005);
  near("BMS", r.ms_subjects, 11.24, 0.005);
  near("WMS", r.ms_within, 6.26, 0.005);
  near("JMS", r.ms_raters, 32.49, 0.005);
  near("EMS", r.ms_error, 1.02, 0.005);
  estimate_near("ICC(1,1)", r.icc_1, 0.16574177, -0.132932325, 0.72256006, 5e-7);
  estimate_near("ICC(2,1)", r.icc_a1, 0.28976378, 0.018786513, 0.76108437, 5e-7);
  estimate_near("ICC(3,1)", r.icc_c1, 0.71484071, 0.342464765, 0.94585826, 5e-7);
  near("what can be detected", detectable_change(r.sem_consistency).value, 1.96 * sqrt(2) * sqrt(r.ms_error), 1e-12);
  /* One way, of the same: that of the two-way table; of unequal numbers: R's aov. */
  size_t subject[COUNT(judged)];
  for (size_t i = 0; i < COUNT(judged); i++) subject[i] = i / 4;
  const reliability one = reliability_one_way(judged, subject, COUNT(judged), 6, 0.95, &short_of_memory);
  estimate_near("one way", one.icc_1, r.icc_1.value, r.icc_1.low, r.icc_1.high, 1e-12);
  assert_true(isnan(one.icc_a1.value) && one.raters == 0);
  const reliability unequal = reliability_one_way(judged, subject, COUNT(judged) - 3, 6, 0.95, &short_of_memory);
  near("unequal, between", unequal.ms_subjects, 11.02857143, 1e-8);
  near("unequal, within", unequal.ms_within, 6.533333333, 1e-8);
  estimate_near("unequal", unequal.icc_1, 0.1671388102, -0.1820355351, 0.7418025951, 1e-8);
}

static void test_perfect(void **state) {
  (void)state;
  static const double same[] = { 1, 1, 2, 2, 3, 3 };
  const reliability r = reliability_two_way(same, 3, 2, 0.95);
  assert_true(r.sem_consistency.value == 0 && isnan(r.icc_a1.value));
  assert_true(isnan(reliability_two_way(same, 1, 2, 0.95).sem_within.value));
  assert_true(
      isnan(agreement_limits_of(&(paired_values){ same, same, (size_t[]){ 0 }, 1, 1 }, 0.95, &short_of_memory).sd));
}

/* Two psychiatrists, three diagnoses, 200 patients: Cohen, Psychol Bull 1968;70:213: κ 0.492, weighted 0.348. */
static void test_kappa(void **state) {
  (void)state;
  static const int table[3][3] = { { 88, 10, 2 }, { 14, 40, 6 }, { 18, 10, 12 } };
  static const double weight[] = { 1, 5. / 6, 3. / 6, 5. / 6, 1, 0, 3. / 6, 0, 1 };
  int first[200], second[200];
  size_t n = 0;
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < 3; j++) {
      for (int c = 0; c < table[i][j]; c++, n++) {
        first[n] = i;
        second[n] = j;
      }
    }
  }
  assert_int_equal(n, 200);
  estimate_near("kappa", kappa_of(first, second, n, 3, NULL, 0.95, &short_of_memory), 0.491525424, 0.391563702,
                0.591487145, 1e-8);
  /* The standard error is that of 200,000 drawn tables (0.0753), and not psych's, whose margins change places. */
  const estimate weighted = kappa_of(first, second, n, 3, weight, 0.95, &short_of_memory);
  near("weighted", weighted.value, 0.347826087, 1e-8);
  near("its standard error", (weighted.high - weighted.low) / 2 / 1.959964, 0.0753, 0.0005);
  assert_true(isnan(kappa_of(first, first, 50, 3, NULL, 0.95, &short_of_memory).value)); /* one category alone */
}

static void test_shares(void **state) {
  (void)state;
  bool hit[40] = { false };
  size_t subject[40];
  for (size_t i = 0; i < 40; i++) {
    hit[i] = i >= 4;
    subject[i] = i / 4;
  }
  /* prop.test(36, 40, correct = FALSE) */
  estimate_near("independent", share_of(hit, NULL, 40, 40, 0.95, &short_of_memory), 0.9, 0.7694822477, 0.9604204713,
                1e-8);
  /* All four of one subject are outside: they say little more than one. */
  const estimate clustered = share_of(hit, subject, 40, 10, 0.95, &short_of_memory);
  assert_true(clustered.low < 0.6 && clustered.high > 0.97);
  assert_true(isnan(share_of(hit, NULL, 0, 0, 0.95, &short_of_memory).value));
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_quantiles), cmocka_unit_test(test_peak_flow), cmocka_unit_test(test_ejection),
    cmocka_unit_test(test_mover),     cmocka_unit_test(test_judges),    cmocka_unit_test(test_perfect),
    cmocka_unit_test(test_kappa),     cmocka_unit_test(test_shares),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
