/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what is called a change within one visit: only against two recordings before, of which the last is compared,
 * or after a rest; by the smaller limit only where it was said that the markers stayed on; and the words that say so.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "records/history.h"
#include "records_help.h"

#define DAY "2024-01-05"

/* A document with three repetitions, 1 deg apart. */
static char *three(double shift) {
  static const char *const times[] = { "start_s", "end_range_s", "end_s" };
  static const char *const parts[] = { "value", "low", "high", "camera_low", "camera_high" };
  char *text = help_document(shift, NULL);
  json_t *root = json_loads(text, 0, NULL), *all = json_object_get(root, "repetitions");
  free(text);
  for (int i = 1; i < 3; i++) {
    json_t *rep = json_deep_copy(json_array_get(all, 0)), *q = json_object_get(rep, "hip_hinge_deg");
    for (size_t k = 0; k < 3; k++) {
      json_object_set_new(rep, times[k],
                          json_real(round(1e4 * (json_number_value(json_object_get(rep, times[k])) + 9 * i)) / 1e4));
    }
    for (size_t k = 0; k < 5; k++) {
      json_object_set_new(q, parts[k],
                          json_real(round(100 * (json_number_value(json_object_get(q, parts[k])) + i)) / 100));
    }
    json_array_append_new(all, rep);
  }
  json_object_set_new(json_object_get(root, "summary"), "repetitions", json_integer(3));
  char *out = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
  json_decref(root);
  assert_non_null(out);
  return out;
}

static int64_t save(records *r, const records_client *c, double shift, records_mark mark, records_markers markers,
                    int rest_min) {
  char *text = three(shift);
  const records_new_result n = {
    .client = c->id, .day = DAY, .document = text, .mark = mark, .markers = markers, .rest_min = rest_min, .pain = -1
  };
  int64_t id = 0;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (records_result_save(r, &n, &id, NULL, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  free(text);
  return id;
}

static size_t hinge_at(void) {
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(info[i].key, "hip_hinge_deg") == 0) return i;
  }
  fail();
  return 0;
}

/* The treatment of the one visit of "a", copied. */
static history_treatment treatment(records *r, char words[1200]) {
  records_client c;
  history *h = NULL;
  assert_int_equal(records_client_find(r, "a", &c, NULL), SAGITTA_OK);
  assert_int_equal(history_read(r, &c, NULL, &h, NULL), SAGITTA_OK);
  assert_int_equal(h->tests, 1);
  const history_treatment t = h->test[0].visit[0].treatment;
  if (words) treatment_words(&t, words, 1200, NULL);
  history_free(&h);
  return t;
}

static void test_grounds(void **state) {
  (void)state;
  const size_t q = hinge_at();
  char words[1200];
  records *r = help_open();
  records_client c = help_client(r, "a");
  (void)save(r, &c, 0, RECORDS_BEFORE, RECORDS_MARKERS_UNKNOWN, 0);
  history_treatment t = treatment(r, NULL);
  assert_int_equal(t.before, 1);
  assert_int_equal(t.after, 0);
  assert_int_equal(t.change[q].verdict, CHANGE_UNKNOWN);
  const int64_t after = save(r, &c, 12, RECORDS_AFTER, RECORDS_MARKERS_NEW, 0);
  t = treatment(r, words);
  assert_int_equal(t.ground, TREATMENT_NO_GROUND);
  assert_int_equal(t.change[q].verdict, CHANGE_BEYOND);
  assert_true(fabs(t.change[q].after - t.change[q].before - 12) < 1e-9);
  assert_true(fabs(t.change[q].limit.mdc - 10) < 1e-9 && !t.same_markers);
  assert_non_null(strstr(words, "is not called a real change"));
  assert_int_equal(records_result_set_change(r, after, RECORDS_MARKERS_UNKNOWN, TREATMENT_REST_MIN - 1, NULL),
                   SAGITTA_OK);
  assert_int_equal(treatment(r, NULL).change[q].verdict, CHANGE_BEYOND);
  assert_int_equal(records_result_set_change(r, after, RECORDS_MARKERS_UNKNOWN, TREATMENT_REST_MIN, NULL), SAGITTA_OK);
  t = treatment(r, words);
  assert_int_equal(t.ground, TREATMENT_REST);
  assert_int_equal(t.change[q].verdict, CHANGE_REAL);
  assert_non_null(strstr(words, "a rest of 10 minutes"));
  assert_int_equal(records_result_set_change(r, after, RECORDS_MARKERS_UNKNOWN, 0, NULL), SAGITTA_OK);
  /* A second one before, in which bending has loosened by five degrees: seven are left, and that is within error. */
  (void)save(r, &c, 5, RECORDS_BEFORE, RECORDS_MARKERS_SAME, 0);
  t = treatment(r, words);
  assert_int_equal(t.ground, TREATMENT_TWO_BEFORE);
  assert_true(fabs(t.change[q].loosened - 5) < 1e-9);
  assert_true(fabs(t.change[q].after - t.change[q].before - 7) < 1e-9);
  assert_int_equal(t.change[q].verdict, CHANGE_WITHIN);
  assert_non_null(strstr(words, "of 2 recordings before, the last is compared"));
  assert_non_null(strstr(words, "Hip hinge changed by +5°"));
  /* With the markers left on it is a change. */
  assert_int_equal(records_result_set_change(r, after, RECORDS_MARKERS_SAME, -1, NULL), SAGITTA_OK);
  t = treatment(r, words);
  assert_true(t.same_markers && t.change[q].limit.same_markers && t.change[q].limit.mdc < 7);
  assert_int_equal(t.change[q].verdict, CHANGE_REAL);
  assert_non_null(strstr(words, "stayed on"));
  records_close(&r);
}

static void test_comparison(void **state) {
  (void)state;
  const size_t q = hinge_at();
  records *r = help_open();
  records_client c = help_client(r, "a");
  (void)save(r, &c, 0, RECORDS_BEFORE, RECORDS_MARKERS_UNKNOWN, 0);
  (void)save(r, &c, 2, RECORDS_BEFORE, RECORDS_MARKERS_SAME, 0);
  (void)save(r, &c, 9, RECORDS_AFTER, RECORDS_MARKERS_SAME, 0);
  (void)save(r, &c, 11, RECORDS_AFTER, RECORDS_MARKERS_UNKNOWN, 0);
  records_close(&r);
  static const char *const pairs[][2] = { { "a@" DAY, NULL }, { "a@last:after", "a@" DAY ":before" } };
  for (size_t i = 0; i < 2; i++) {
    comparison both = { .place = { "test.db", help_key() } };
    sagitta_error error = SAGITTA_ERROR_INIT;
    if (comparison_load(&both, pairs[i][0], pairs[i][1], &error) != SAGITTA_OK) fail_msg("%s", error.text);
    const history_treatment *t = comparison_treatment(&both);
    assert_non_null(t);
    assert_int_equal(t->before, 2);
    const change_limit limit = comparison_limit(&both, "hip_hinge_deg");
    assert_true(limit.same_markers && limit.mdc < 8);
    assert_int_equal(comparison_judge(&both, q, limit.mdc), CHANGE_REAL);
    /* What the table shows is what was judged: the last before, the mean after. */
    assert_true(fabs(fabs(both.b.cell[q].value - both.a.cell[q].value) - 8) < 1e-9);
    char *text = comparison_json(&both);
    json_t *root = json_loads(text, 0, NULL), *of = json_object_get(root, "treatment");
    assert_string_equal(json_string_value(json_object_get(of, "ground")), "two_before");
    assert_true(json_is_true(json_object_get(of, "same_markers")));
    json_decref(root);
    free(text);
    comparison_free(&both);
  }
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, help_setup, help_teardown)

int main(void) {
  const struct CMUnitTest tests[] = { EACH(test_grounds), EACH(test_comparison) };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
