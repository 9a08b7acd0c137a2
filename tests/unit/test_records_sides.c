/* SPDX-License-Identifier: Apache-2.0 */
/* Protects left and right in the records: series, limits and changes of one side never take in the other, nor a side
 * that was not said; the difference between the sides is told with its own limit; a side may be said afterwards, and
 * goes with exports, imports and what is recovered. */
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

#define RAISE "straight-leg-raise"

/* No two documents of a client may be the same: the second would not be saved. */
static int64_t save(records *r, const records_client *c, const char *day, double shift, const char *test,
                    sagitta_side side) {
  char *text = help_document(shift, test);
  const records_new_result n = { .client = c->id, .day = day, .document = text, .side = side, .pain = -1 };
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

static history *read_history(records *r, const records_client *c) {
  history *h = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (history_read(r, c, NULL, &h, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  return h;
}

static const history_test *test_of(const history *h, sagitta_side side) {
  for (size_t i = 0; i < h->tests; i++) {
    if (strcmp(h->test[i].test, RAISE) == 0 && h->test[i].side == side) return &h->test[i];
  }
  fail_msg("there is no series of side %d", (int)side);
  return NULL;
}

/* A right leg at 0 and a left one 30 lower, week after week: neither changes. */
static void test_series_are_of_one_side(void **state) {
  (void)state;
  static const char *const days[] = { "2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22" };
  const size_t q = hinge_at();
  records *r = help_open();
  const records_client c = help_client(r, "a");
  for (int i = 0; i < 4; i++) {
    (void)save(r, &c, days[i], i % 2 ? -30 + i : i, RAISE, i % 2 ? SAGITTA_SIDE_LEFT : SAGITTA_SIDE_RIGHT);
  }
  (void)save(r, &c, "2024-01-08", 50, RAISE, SAGITTA_SIDE_UNKNOWN);
  (void)save(r, &c, "2024-01-22", 90, RAISE, SAGITTA_SIDE_UNKNOWN);
  (void)save(r, &c, "2024-01-22", 7, RAISE, SAGITTA_SIDE_BOTH);
  (void)save(r, &c, "2024-01-01", 0, NULL, SAGITTA_SIDE_LEFT); /* a toe touch is of no side, whatever is said */
  history *h = read_history(r, &c);
  assert_int_equal(h->tests, 5);
  for (int side = SAGITTA_SIDE_LEFT; side <= SAGITTA_SIDE_RIGHT; side++) {
    const history_test *t = test_of(h, (sagitta_side)side);
    assert_int_equal(t->visits, 2);
    assert_int_equal(t->quantity[q].verdict, CHANGE_WITHIN);
    assert_true(t->quantity[q].trend.known && t->quantity[q].trend.low < 0 && t->quantity[q].trend.high > 0);
  }
  /* 40 apart, and nobody knows of which leg. */
  const history_test *unknown = test_of(h, SAGITTA_SIDE_UNKNOWN);
  assert_true(unknown->sided && unknown->visits == 2);
  assert_int_equal(unknown->quantity[q].verdict, CHANGE_UNKNOWN);
  assert_false(unknown->quantity[q].trend.known);
  assert_int_equal(test_of(h, SAGITTA_SIDE_BOTH)->visits, 1);
  assert_string_equal(h->test[1].test, "toe-touch");
  assert_true(!h->test[1].sided && h->test[1].side == SAGITTA_SIDE_UNKNOWN);
  history_free(&h);
  records_close(&r);
}

/* A session of the right leg makes the right leg's limit personal, and no other. */
static void test_limits_are_of_one_side(void **state) {
  (void)state;
  const size_t q = hinge_at();
  records *r = help_open();
  const records_client c = help_client(r, "a");
  int64_t session = 0;
  assert_int_equal(records_session_start(r, c.id, "2024-01-01", &session, NULL), SAGITTA_OK);
  for (int i = 0; i < 4; i++) (void)save(r, &c, "2024-01-01", 2 * i, RAISE, SAGITTA_SIDE_RIGHT);
  for (int i = 0; i < 2; i++) (void)save(r, &c, "2024-01-01", -1 - 30 * i, RAISE, SAGITTA_SIDE_LEFT);
  assert_int_equal(records_session_end(r, c.id, NULL), SAGITTA_OK);
  history *h = read_history(r, &c);
  const history_test *left = test_of(h, SAGITTA_SIDE_LEFT), *right = test_of(h, SAGITTA_SIDE_RIGHT);
  assert_int_equal(right->replicates, 4);
  assert_int_equal(left->replicates, 2);
  assert_true(right->quantity[q].limit.personal && !left->quantity[q].limit.personal);
  assert_true(right->quantity[q].limit.sem < left->quantity[q].limit.sem &&
              fabs(left->quantity[q].limit.mdc - 10) < 1e-9);
  /* The difference of two measurements with errors of their own. */
  side_difference d[HISTORY_DIFFERENCES];
  assert_true(history_differences(h, left, NULL, d) >= 1);
  const double wanted = sqrt((pow(left->quantity[q].limit.mdc, 2) + pow(right->quantity[q].limit.mdc, 2)) / 2);
  assert_string_equal(d[0].info->key, "hip_hinge_deg");
  assert_true(fabs(d[0].limit.mdc - wanted) < 1e-9 && !d[0].limit.personal);
  assert_int_equal(history_differences(h, right, NULL, d), 0); /* told once, from the left */
  history_free(&h);
  records_close(&r);
}

static void test_difference(void **state) {
  (void)state;
  static const struct {
    const char *left, *right; /* days */
    double higher;            /* the right one */
    change_verdict verdict;   /* UNKNOWN: nothing is told */
    const char *words;
  } cases[] = {
    { "2024-03-01", "2024-03-01", 30, CHANGE_REAL, ": 30° difference, larger than the limit of 10°." },
    { "2024-03-01", "2024-03-01", -30, CHANGE_REAL, ": 30° difference, larger than the limit of 10°." },
    { "2024-03-01", "2024-03-01", 6, CHANGE_WITHIN, ": 6° difference, within the limit of 10°." },
    { "2024-03-01", "2024-03-15", 12, CHANGE_REAL, "(2024-03-15): 12° difference" },
    { "2024-03-01", "2024-03-16", 12, CHANGE_UNKNOWN, "" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    records *r = help_open_file("difference.db");
    char code[24], text[400] = "";
    (void)snprintf(code, sizeof code, "c%zu", i);
    const records_client c = help_client(r, code);
    side_difference d[HISTORY_DIFFERENCES];
    (void)save(r, &c, cases[i].left, 0, RAISE, SAGITTA_SIDE_LEFT);
    (void)save(r, &c, cases[i].right, cases[i].higher, RAISE, SAGITTA_SIDE_RIGHT);
    history *h = read_history(r, &c);
    const size_t count = history_differences(h, test_of(h, SAGITTA_SIDE_LEFT), NULL, d);
    assert_int_equal(count > 0, cases[i].verdict != CHANGE_UNKNOWN);
    if (count) {
      assert_int_equal(d[0].verdict, cases[i].verdict);
      assert_true(fabs(d[0].right_value - d[0].left_value - cases[i].higher) < 1e-9);
      shown_difference(text, sizeof text, &d[0], d[0].left->day, d[0].right->day, NULL);
      if (!strstr(text, cases[i].words)) fail_msg("\"%s\" lacks \"%s\"", text, cases[i].words);
    }
    char *json = history_json(h);
    json_t *root = json_loads(json, 0, NULL), *sides = json_object_get(root, "sides");
    assert_int_equal(json_array_size(sides) > 0, count > 0);
    if (count) {
      const json_t *first = json_array_get(sides, 0);
      assert_true(fabs(json_number_value(json_object_get(first, "difference")) - cases[i].higher) < 1e-3);
    }
    json_decref(root);
    free(json);
    history_free(&h);
    records_close(&r);
  }
}

/* The latest that lie near enough, and of those the nearest; nothing after the day asked for. */
static void test_which_visits_are_set_side_by_side(void **state) {
  (void)state;
  records *r = help_open();
  const records_client c = help_client(r, "a");
  side_difference d[HISTORY_DIFFERENCES];
  (void)save(r, &c, "2024-01-01", 0, RAISE, SAGITTA_SIDE_LEFT);
  (void)save(r, &c, "2024-01-01", 1, RAISE, SAGITTA_SIDE_RIGHT);
  (void)save(r, &c, "2024-02-01", 2, RAISE, SAGITTA_SIDE_LEFT);
  (void)save(r, &c, "2024-02-05", 3, RAISE, SAGITTA_SIDE_LEFT);
  (void)save(r, &c, "2024-02-08", 4, RAISE, SAGITTA_SIDE_RIGHT);
  (void)save(r, &c, "2024-06-01", 5, RAISE, SAGITTA_SIDE_RIGHT); /* too late for any left one */
  history *h = read_history(r, &c);
  const history_test *left = test_of(h, SAGITTA_SIDE_LEFT);
  assert_true(history_differences(h, left, NULL, d) >= 1);
  assert_string_equal(d[0].left->day, "2024-02-05");
  assert_string_equal(d[0].right->day, "2024-02-08");
  assert_true(history_differences(h, left, "2024-02-05", d) >= 1);
  assert_string_equal(d[0].left->day, "2024-01-01");
  assert_string_equal(d[0].right->day, "2024-01-01");
  assert_int_equal(history_differences(h, left, "2023-12-31", d), 0);
  history_free(&h);
  records_close(&r);
}

static void test_comparison(void **state) {
  (void)state;
  records *r = help_open();
  const records_client c = help_client(r, "a"), d = help_client(r, "b");
  const int64_t first = save(r, &c, "2024-01-01", 0, RAISE, SAGITTA_SIDE_RIGHT);
  (void)save(r, &c, "2024-01-01", -30, RAISE, SAGITTA_SIDE_LEFT);
  const int64_t last = save(r, &c, "2024-01-08", -27, RAISE, SAGITTA_SIDE_LEFT);
  const int64_t unsaid = save(r, &c, "2024-01-09", 40, RAISE, SAGITTA_SIDE_UNKNOWN);
  (void)save(r, &c, "2024-01-10", 1, RAISE, SAGITTA_SIDE_UNKNOWN);
  (void)save(r, &c, "2024-03-01", 3, RAISE, SAGITTA_SIDE_RIGHT);
  (void)save(r, &d, "2024-01-01", 0, RAISE, SAGITTA_SIDE_RIGHT);
  (void)save(r, &d, "2024-02-01", -30, RAISE, SAGITTA_SIDE_LEFT);
  records_close(&r);
  char right[24], left[24], unknown[24];
  (void)snprintf(right, sizeof right, "%lld", (long long)first);
  (void)snprintf(left, sizeof left, "%lld", (long long)last);
  (void)snprintf(unknown, sizeof unknown, "%lld", (long long)unsaid);
  const size_t q = hinge_at();
  const struct {
    const char *first, *second;
    double apart;           /* NAN: refused */
    bool sides;             /* it is left against right */
    change_verdict verdict; /* where it is not refused */
    const char *words;
  } cases[] = {
    { "a@2024-01-01:left", "a@2024-01-08", 3, false, CHANGE_WITHIN, "" },
    { "a@2024-01-01:right", "a@2024-03-01", 3, false, CHANGE_WITHIN, "" },
    { "a@first:right", "a@last:right", 3, false, CHANGE_WITHIN, "" },
    { "a@2024-01-08", "a@2024-01-01", -3, false, CHANGE_WITHIN, "" }, /* that of the same leg is taken */
    { "a@2024-01-01", "a@2024-01-08", NAN, false, 0, "more than one side" },
    { "b@first", "b@last", NAN, false, 0, "a change holds for one side" },
    { "a@2024-01-08", "a@2024-03-01", NAN, false, 0, "a change holds for one side" },
    { "a@2024-01-01:left", "a@2024-01-01:right", 30, true, CHANGE_REAL, "" },
    { "a@2024-01-01", NULL, 30, true, CHANGE_REAL, "" },
    { right, left, -27, true, CHANGE_REAL, "" },
    { "b@first:right", "b@last:left", NAN, false, 0, "31 days apart" },
    { "a@2024-01-08", unknown, NAN, false, 0, "was not said" },
    { unknown, "a@2024-01-10", -39, false, CHANGE_UNKNOWN, "" },
    { "a@2024-01-08:right", left, NAN, false, 0, "of a, right" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    comparison s = { .place = { "test.db", help_key() } };
    sagitta_error error = SAGITTA_ERROR_INIT;
    const sagitta_status status = comparison_load(&s, cases[i].first, cases[i].second, &error);
    if (isnan(cases[i].apart)) {
      if (status == SAGITTA_OK) fail_msg("%s %s", cases[i].first, cases[i].second);
      if (!strstr(error.text, cases[i].words)) fail_msg("'%s' does not say '%s'", error.text, cases[i].words);
    } else {
      if (status != SAGITTA_OK) fail_msg("%s: %s", cases[i].first, error.text);
      const double apart = s.b.cell[q].value - s.a.cell[q].value;
      if (fabs(apart - cases[i].apart) > 1e-9) fail_msg("case %zu: %g", i, apart);
      assert_int_equal(comparison_is_side_pair(&s), cases[i].sides);
      assert_int_equal(comparison_judge(&s, q, comparison_limit(&s, "hip_hinge_deg").mdc), cases[i].verdict);
      char *json = comparison_json(&s);
      assert_int_equal(strstr(json, "\"difference\"") != NULL, cases[i].sides);
      free(json);
    }
    comparison_free(&s);
  }
}

static sagitta_side side_of(records *r, int64_t id) {
  records_result *row = NULL;
  assert_int_equal(records_result_get(r, id, &row, NULL), SAGITTA_OK);
  const sagitta_side side = row->side;
  records_results_free(row, 1);
  return side;
}

static void test_said_afterwards(void **state) {
  (void)state;
  records *r = help_open();
  const records_client c = help_client(r, "a");
  sagitta_error error = SAGITTA_ERROR_INIT;
  const int64_t raise = save(r, &c, "2024-01-01", 0, RAISE, SAGITTA_SIDE_UNKNOWN);
  const int64_t touch = save(r, &c, "2024-01-01", 0, NULL, SAGITTA_SIDE_UNKNOWN);
  assert_int_equal(side_of(r, raise), SAGITTA_SIDE_UNKNOWN);
  assert_int_equal(records_result_set_side(r, raise, SAGITTA_SIDE_LEFT, NULL), SAGITTA_OK);
  assert_int_equal(side_of(r, raise), SAGITTA_SIDE_LEFT);
  assert_int_equal(records_result_set_side(r, touch, SAGITTA_SIDE_LEFT, &error), SAGITTA_ERROR_ARGUMENT);
  assert_non_null(strstr(error.text, "has no side"));
  assert_int_equal(records_result_set_side(r, 999, SAGITTA_SIDE_LEFT, NULL), SAGITTA_ERROR_ARGUMENT);
  help_verify(r, 2); /* the document is what it was */
  /* It goes with an export into other records. */
  char *text = help_export(r, NULL);
  exchange_counts n;
  records *other = help_open_file("other.db");
  if (exchange_import(other, text, strlen(text), NULL, &n, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  records_client d;
  records_result *rows = NULL;
  size_t count = 0;
  assert_int_equal(records_client_find(other, "a", &d, NULL), SAGITTA_OK);
  assert_int_equal(records_results(other, d.id, false, &rows, &count, NULL), SAGITTA_OK);
  assert_int_equal(count, 2);
  assert_int_equal(rows[0].side, SAGITTA_SIDE_LEFT);
  assert_int_equal(rows[1].side, SAGITTA_SIDE_UNKNOWN);
  records_results_free(rows, count);
  records_close(&other);
  /* A side that is none was put in by hand. */
  memcpy(strstr(text, "\"side\": \"left\""), "\"side\": \"lift\"", 14);
  other = help_open_file("third.db");
  assert_int_equal(exchange_import(other, text, strlen(text), NULL, &n, &error), SAGITTA_ERROR_FORMAT);
  records_close(&other);
  free(text);
  records_close(&r);
}

/* With rows through SQLite, and from the pages of a file without a head. */
static void test_recovered(void **state) {
  (void)state;
  const records_place place = { "test.db", help_key() };
  records *r = help_open();
  const records_client c = help_client(r, "a");
  (void)save(r, &c, "2024-01-01", 0, RAISE, SAGITTA_SIDE_RIGHT);
  (void)save(r, &c, "2024-01-02", 1, RAISE, SAGITTA_SIDE_UNKNOWN);
  records_close(&r);
#ifdef SQLITE_HAS_CODEC
  const int ways = 1;
#else
  const int ways = 2;
#endif
  for (int way = 0; way < ways; way++) {
    if (way == 1) {
      FILE *file = fopen("test.db", "r+b");
      assert_non_null(file);
      for (int i = 0; i < 100; i++) (void)fputc(0xFF, file);
      assert_int_equal(fclose(file), 0);
    }
    const char *name = way ? "pages.db" : "rows.db";
    upkeep_recovered n;
    sagitta_error error = SAGITTA_ERROR_INIT;
    records_client d;
    records_result *rows = NULL;
    size_t count = 0;
    if (upkeep_recover(&place, name, &n, &error) != SAGITTA_OK) fail_msg("%s", error.text);
    r = help_open_file(name);
    assert_int_equal(records_client_find(r, "a", &d, NULL), SAGITTA_OK);
    assert_int_equal(records_results(r, d.id, false, &rows, &count, NULL), SAGITTA_OK);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].side, SAGITTA_SIDE_RIGHT);
    assert_int_equal(rows[1].side, SAGITTA_SIDE_UNKNOWN);
    records_results_free(rows, count);
    records_close(&r);
  }
}

/* Of 0.1.0: a document whose only repetitions do not count was saved like a measurement. */
static void test_nothing_measured_is_no_visit(void **state) {
  (void)state;
  records *r = help_open();
  const records_client c = help_client(r, "a");
  char *text = help_document(0, NULL);
  json_t *root = json_loads(text, 0, NULL), *rep;
  size_t i;
  int64_t id;
  free(text);
  json_array_foreach(json_object_get(root, "repetitions"), i, rep) json_object_set_new(rep, "valid", json_false());
  json_object_set_new(root, "summary", json_pack("{s:i}", "repetitions", 0));
  json_object_set_new(root, "verdict", json_pack("{s:s}", "sentence", "No bend can be used."));
  text = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
  json_decref(root);
  const records_new_result n = { .client = c.id, .day = "2024-01-02", .document = text, .pain = 4 };
  sagitta_error error = SAGITTA_ERROR_INIT;
  (void)save(r, &c, "2024-01-01", 0, NULL, SAGITTA_SIDE_UNKNOWN);
  if (records_result_save(r, &n, &id, NULL, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  free(text);
  history *h = read_history(r, &c);
  assert_int_equal(h->unusable, 1);
  assert_int_equal(h->test[0].visits, 1);
  history_free(&h);
  records_close(&r);
}

int main(void) {
#define EACH(test) cmocka_unit_test_setup_teardown(test, help_setup, help_teardown)
  const struct CMUnitTest tests[] = {
    EACH(test_series_are_of_one_side),
    EACH(test_limits_are_of_one_side),
    EACH(test_difference),
    EACH(test_which_visits_are_set_side_by_side),
    EACH(test_comparison),
    EACH(test_said_afterwards),
    EACH(test_recovered),
    EACH(test_nothing_measured_is_no_visit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
