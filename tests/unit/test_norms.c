/* SPDX-License-Identifier: Apache-2.0 */
/* Protects scores and percentiles: conversions, the rule of the best, the published table to the last number,
 * interpolation, ties, both ends, ages in and out. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "assess/assess.h"

/* As published: inches, 90 to 10 %. */
static const double men[9][6] = { { 22, 21, 21, 19, 17, 17 }, { 20, 19, 19, 17, 15, 15 }, { 19, 17, 17, 15, 13, 13 },
                                  { 18, 17, 16, 14, 13, 12 }, { 17, 15, 15, 13, 11, 10 }, { 15, 14, 13, 11, 9, 9 },
                                  { 14, 13, 13, 10, 9, 8 },   { 13, 11, 11, 9, 7, 7 },    { 11, 9, 7, 6, 5, 4 } };
static const double women[9][6] = { { 24, 23, 22, 21, 20, 20 }, { 22, 21, 21, 20, 19, 18 }, { 21, 20, 19, 18, 17, 17 },
                                    { 20, 20, 18, 17, 16, 17 }, { 19, 19, 17, 16, 15, 15 }, { 18, 17, 16, 14, 14, 14 },
                                    { 17, 16, 15, 14, 13, 13 }, { 16, 15, 14, 12, 11, 11 }, { 14, 13, 12, 10, 9, 9 } };
static const double ages[6] = { 18, 26, 36, 46, 56, 66 };

static sagitta_score scored(double reach_cm, double error_cm) {
  sagitta_repetition rep;
  sagitta_score score;
  memset(&rep, 0, sizeof rep);
  rep.valid = true;
  rep.reach = (sagitta_quantity){ true, reach_cm, reach_cm - error_cm, reach_cm + error_cm, reach_cm, reach_cm, false };
  sg_score(&score, &rep, 1);
  return score;
}

static double inches_to_cm(double inches) {
  return (inches - 15) * 2.54;
}

/* Every number of the table has its row's percentage, or the middle of the rows that share it. */
static void test_table(void **state) {
  (void)state;
  for (int sex = 0; sex < 2; sex++) {
    const double(*table)[6] = sex ? women : men;
    for (int group = 0; group < 6; group++) {
      for (int row = 0; row < 9; row++) {
        sagitta_score score = scored(inches_to_cm(table[row][group]), 0);
        int least = row, most = row;
        while (most > 0 && table[most - 1][group] <= table[row][group]) most--;
        while (least < 8 && table[least + 1][group] >= table[row][group]) least++;
        assert_int_equal(sg_norm_find(&score, sex ? 'f' : 'm', ages[group]), SG_NORM_GIVEN);
        const double wanted = 90 - 10 * 0.5 * (least + most);
        if (fabs(score.norm.percentile - wanted) > 1e-6) {
          fail_msg("%g in, group %d: %g instead of %g", table[row][group], group, score.norm.percentile, wanted);
        }
        assert_int_equal(score.norm.female, sex);
      }
    }
  }
}

static void test_between_rows_and_beyond(void **state) {
  (void)state;
  sagitta_score score = scored(inches_to_cm(16), 2.54); /* men 18–25: 15 in is 40 %, 17 in is 50 % */
  assert_int_equal(sg_norm_find(&score, 'm', 20), SG_NORM_GIVEN);
  assert_true(fabs(score.norm.percentile - 45) < 1e-6);
  assert_true(fabs(score.norm.low - 40) < 1e-6 && fabs(score.norm.high - 50) < 1e-6);
  assert_int_equal(score.norm.beyond, 0);

  score = scored(inches_to_cm(11.5), 2.54); /* the interval leaves the table below */
  assert_int_equal(sg_norm_find(&score, 'm', 20), SG_NORM_GIVEN);
  assert_true(isnan(score.norm.low) && !isnan(score.norm.percentile) && score.norm.beyond == 0);

  score = scored(inches_to_cm(23), 0.5);
  assert_int_equal(sg_norm_find(&score, 'm', 20), SG_NORM_GIVEN);
  assert_true(isnan(score.norm.percentile) && score.norm.beyond == 1 && score.norm.most > 89);
  score = scored(inches_to_cm(3), 0.5);
  assert_int_equal(sg_norm_find(&score, 'f', 70), SG_NORM_GIVEN);
  assert_true(isnan(score.norm.percentile) && score.norm.beyond == -1 && score.norm.least < 11);
  assert_true(score.norm.age_from == 66 && score.norm.age_to == 0);
}

static void test_ages(void **state) {
  (void)state;
  static const struct {
    double age;
    int from, to;
  } cases[] = { { 18, 18, 25 }, { 25.9, 18, 25 }, { 26, 26, 35 }, { 35, 26, 35 },
                { 45, 36, 45 }, { 55, 46, 55 },   { 65, 56, 65 }, { 66, 66, 0 } };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    sagitta_score score = scored(0, 1);
    assert_int_equal(sg_norm_find(&score, 'f', cases[i].age), SG_NORM_GIVEN);
    assert_true(score.norm.age_from == cases[i].from && score.norm.age_to == cases[i].to);
  }
  sagitta_score score = scored(0, 1);
  assert_int_equal(sg_norm_find(&score, 'f', 17.9), SG_NORM_TOO_YOUNG);
  assert_false(score.norm.given);
  assert_int_equal(sg_norm_find(&score, 0, 30), SG_NORM_AGE_OR_SEX);
  assert_int_equal(sg_norm_find(&score, 'm', 0), SG_NORM_AGE_OR_SEX);
  assert_int_equal(sg_norm_find(&score, 0, 0), SG_NORM_NOT_ASKED);
}

static void test_conversions(void **state) {
  (void)state;
  static const double zero[] = { 26, 23, 15, 15 };
  const sagitta_score score = scored(-5.08, 1.27);
  assert_int_equal(score.protocols, 4);
  for (size_t i = 0; i < 4; i++) {
    const double unit = i == 3 ? 2.54 : 1;
    assert_true(fabs(score.protocol[i].value - (zero[i] - 5.08 / unit)) < 1e-9);
    assert_true(fabs(score.protocol[i].high - score.protocol[i].value - 1.27 / unit) < 1e-9);
    assert_string_not_equal(sagitta_protocol_title(score.protocol[i].protocol), score.protocol[i].protocol);
  }
  assert_string_equal(sagitta_protocol_title("unheard-of"), "unheard-of");
}

/* Void trials are repeated: they are none of the first two. */
static void test_the_best_of_those_that_count(void **state) {
  (void)state;
  static const double reach[] = { 9, 1, 3, 7, 8 };
  sagitta_repetition rep[5];
  sagitta_score score;
  memset(rep, 0, sizeof rep);
  for (int i = 0; i < 5; i++) {
    rep[i].valid = i > 0; /* the first was void */
    rep[i].reach = (sagitta_quantity){ true, reach[i], reach[i] - 1, reach[i] + 1, reach[i], reach[i], false };
  }
  sg_score(&score, rep, 5);
  assert_int_equal(score.repetition, 5);
  assert_true(score.protocol[0].repetition == 3 && score.protocol[0].best_of == 2); /* CSEP: of 1 and 3 cm */
  assert_true(score.protocol[2].repetition == 3 && score.protocol[2].best_of == 2); /* Eurofit */
  assert_true(score.protocol[3].repetition == 4 && score.protocol[3].best_of == 3); /* YMCA: of 1, 3 and 7 */
  sg_score(&score, rep, 1);
  assert_false(score.given);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_table),
    cmocka_unit_test(test_between_rows_and_beyond),
    cmocka_unit_test(test_ages),
    cmocka_unit_test(test_conversions),
    cmocka_unit_test(test_the_best_of_those_that_count),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
