/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the history: one point per visit, results after a treatment aside, a recording that was analysed again once,
 * sessions that make the limit personal, documents that cannot be read said and not fatal; and memory that runs short.
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

#include "records/records.h"
#include "failing_memory.h"
#include "records/history.h"
#include "records_help.h"
#include "scratch.h"

static size_t quantity_at(const char *key) {
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  assert_true(count <= HISTORY_QUANTITIES);
  for (size_t i = 0; i < count; i++) {
    if (strcmp(info[i].key, key) == 0) return i;
  }
  fail_msg("there is no %s", key);
  return 0;
}

static history *read_history(records *r, const char *code) {
  records_client c;
  history *h = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(records_client_find(r, code, &c, NULL), SAGITTA_OK);
  if (history_read(r, &c, NULL, &h, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  return h;
}

/* The hip hinge of help_document(0). */
static double hinge(void) {
  char *text = help_document(0, NULL);
  sagitta_result *result = NULL;
  assert_int_equal(sagitta_result_parse(&result, text, strlen(text), NULL), SAGITTA_OK);
  const double value = sagitta_result_summary(result)->hip_hinge.value;
  sagitta_result_free(&result);
  free(text);
  return value;
}

static void assert_near(double a, double b) {
  if (!(fabs(a - b) < 1e-9)) fail_msg("%.12g is not %.12g", a, b);
}

static void test_points(void **state) {
  (void)state;
  records *r = help_open();
  const records_client c = help_client(r, "a");
  const double zero = hinge();
  const size_t q = quantity_at("hip_hinge_deg");
  (void)help_save(r, &c, "2024-02-01", 4, RECORDS_UNMARKED, 4);
  (void)help_save(r, &c, "2024-01-01", 0, RECORDS_UNMARKED, 6);
  (void)help_save(r, &c, "2024-01-01", -2, RECORDS_BEFORE, 8);
  (void)help_save(r, &c, "2024-01-01", 10, RECORDS_AFTER, 2);
  (void)help_save(r, &c, "2024-04-01", 30, RECORDS_AFTER, -1);
  (void)help_save(r, &c, "2024-03-01", 14, RECORDS_UNMARKED, -1);
  history *h = read_history(r, "a");
  assert_int_equal(h->tests, 1);
  const history_test *t = &h->test[0];
  assert_int_equal(t->visits, 4);
  assert_string_equal(t->visit[0].day, "2024-01-01");
  assert_near(t->visit[0].cell[RECORDS_UNMARKED][q].value, zero - 1); /* of 0 and −2 */
  assert_int_equal(t->visit[0].cell[RECORDS_UNMARKED][q].results, 2);
  assert_near(t->visit[0].cell[RECORDS_BEFORE][q].value, zero - 2);
  assert_near(t->visit[0].cell[RECORDS_AFTER][q].value, zero + 10);
  assert_near(t->visit[0].pain[RECORDS_UNMARKED].value, 7);
  assert_near(t->visit[0].pain[RECORDS_AFTER].value, 2);
  assert_true(isnan(t->visit[3].cell[RECORDS_UNMARKED][q].value));
  assert_int_equal(h->only_after, 1);
  const history_quantity *hip = &t->quantity[q];
  assert_int_equal(hip->visits, 3);
  assert_string_equal(hip->first->day, "2024-01-01");
  assert_string_equal(hip->last->day, "2024-03-01");
  assert_near(hip->limit.mdc, 10);
  assert_int_equal(hip->verdict, CHANGE_REAL); /* 15 */
  assert_true(hip->trend.known && hip->trend.per_day > 0);
  assert_int_equal(t->quantity[quantity_at("lumbar_flexion_deg")].verdict, CHANGE_WITHIN);
  assert_int_equal(t->quantity[quantity_at("reach_cm")].visits, 0);
  char *text = history_json(h);
  json_t *root = json_loads(text, 0, NULL);
  assert_string_equal(json_string_value(json_object_get(root, "schema")), "sagitta-history/1");
  const json_t *json = json_object_get(json_object_get(json_array_get(json_object_get(root, "tests"), 0), "quantities"),
                                       "hip_hinge_deg");
  assert_string_equal(json_string_value(json_object_get(json, "verdict")), "real");
  assert_true(fabs(json_number_value(json_object_get(json, "change")) - 15) < 1e-4);
  json_decref(root);
  free(text);
  /* What the page of serve shows: the terminal's words and rounded numbers, in its language. */
  text = history_json_told(h, "de");
  root = json_loads(text, 0, NULL);
  json = json_array_get(json_object_get(json_array_get(json_object_get(root, "tests"), 0), "told_changes"), 0);
  assert_string_equal(json_string_value(json_object_get(json, "label")), "Hüftbeugung °");
  assert_string_equal(json_string_value(json_object_get(json, "change")), "+15");
  assert_string_equal(json_string_value(json_object_get(json, "words")), change_words(CHANGE_REAL, "de"));
  assert_string_not_equal(change_words(CHANGE_REAL, "de"), change_words(CHANGE_REAL, "en"));
  json_decref(root);
  free(text);
  history_free(&h);
  records_close(&r);
}

static void test_analysed_again(void **state) {
  (void)state;
  records *r = help_open();
  const records_client c = help_client(r, "a");
  const char video[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  for (int i = 0; i < 3; i++) {
    char *text = help_document(i, NULL);
    const records_new_result n = {
      .client = c.id, .day = i ? "2024-01-02" : "2024-01-01", .document = text, .input_sha256 = video, .pain = -1
    };
    int64_t id;
    assert_int_equal(records_result_save(r, &n, &id, NULL, NULL), SAGITTA_OK);
    free(text);
  }
  history *h = read_history(r, "a");
  assert_int_equal(h->superseded, 2);
  assert_int_equal(h->test[0].visits, 1);
  assert_near(h->test[0].visit[0].cell[0][quantity_at("hip_hinge_deg")].value, hinge() + 2);
  history_free(&h);
  records_close(&r);
}

static void test_sessions(void **state) {
  (void)state;
  records *r = help_open();
  const records_client c = help_client(r, "a"), d = help_client(r, "b");
  const size_t q = quantity_at("hip_hinge_deg");
  int64_t session = 0, results[4];
  assert_int_equal(records_session_end(r, c.id, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(records_session_start(r, c.id, "2024-01-01", &session, NULL), SAGITTA_OK);
  for (int i = 0; i < 4; i++) results[i] = help_save(r, &c, "2024-01-01", 2 * i, RECORDS_UNMARKED, -1);
  (void)help_save(r, &c, "2024-01-02", 40, RECORDS_UNMARKED, -1); /* another day: no replicate */
  assert_int_equal(records_session_end(r, c.id, NULL), SAGITTA_OK);
  (void)help_save(r, &c, "2024-01-01", 60, RECORDS_UNMARKED, -1); /* ended: no replicate */
  history *h = read_history(r, "a");
  /* 0, 2, 4, 6: squares 20, three degrees of freedom. */
  const double sem0 = 10 / (1.96 * sqrt(2)), mdc = change_student(0.05, 7) * sqrt(2) * sqrt((20 + 4 * sem0 * sem0) / 7);
  assert_true(h->test[0].quantity[q].limit.personal);
  assert_near(h->test[0].quantity[q].limit.mdc, mdc);
  assert_int_equal(h->test[0].replicates, 4);
  history_free(&h);
  /* Forgotten, the default is back; made again of saved results. */
  assert_int_equal(records_session_remove(r, d.id, session, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(records_session_remove(r, c.id, session, NULL), SAGITTA_OK);
  h = read_history(r, "a");
  assert_true(!h->test[0].quantity[q].limit.personal);
  history_free(&h);
  assert_int_equal(records_session_start(r, d.id, "2024-01-01", &session, NULL), SAGITTA_OK);
  assert_int_equal(records_session_join(r, session, results, 4, NULL), SAGITTA_ERROR_ARGUMENT); /* another's */
  assert_int_equal(records_session_start(r, c.id, "2024-01-01", &session, NULL), SAGITTA_OK);
  assert_int_equal(records_session_join(r, session, results, 4, NULL), SAGITTA_OK);
  h = read_history(r, "a");
  assert_near(h->test[0].quantity[q].limit.mdc, mdc);
  history_free(&h);
  records_close(&r);
}

static void test_sides(void **state) {
  (void)state;
  records *r = help_open();
  const records_client c = help_client(r, "a"), d = help_client(r, "b");
  (void)help_save(r, &c, "2024-01-01", 0, RECORDS_BEFORE, 6);
  (void)help_save(r, &c, "2024-01-01", 12, RECORDS_AFTER, 2);
  const int64_t later = help_save(r, &c, "2024-02-01", 5, RECORDS_UNMARKED, -1);
  (void)help_save(r, &d, "2024-02-01", 6, RECORDS_UNMARKED, -1);
  char *bent = help_document(20, "toe-touch-knees-bent"), *other = help_document(21, "sit-and-reach");
  records_new_result n = { .client = c.id, .day = "2024-02-01", .document = bent, .pain = -1 };
  int64_t id;
  assert_int_equal(records_result_save(r, &n, &id, NULL, NULL), SAGITTA_OK);
  n.document = other;
  n.day = "2024-03-01";
  assert_int_equal(records_result_save(r, &n, &id, NULL, NULL), SAGITTA_OK);
  free(other);
  write_file("bent.json", bent, strlen(bent));
  free(bent);
  records_close(&r);

  char number[24];
  (void)snprintf(number, sizeof number, "%lld", (long long)later);
  const size_t q = quantity_at("hip_hinge_deg");
  const struct {
    const char *first, *second;
    double change; /* NAN: refused */
    const char *words;
  } cases[] = {
    { "a@2024-01-01", NULL, 12, "" },
    { "a@2024-02-01", NULL, 15, "" }, /* straight, bent */
    { "a@first:before", "a@2024-02-01", 5, "" },
    { "a@2024-01-01", number, 5, "" },
    { "a@2024-02-01:toe-touch-knees-bent", number, -15, "" },
    { "bent.json", "bent.json", 0, "" },
    { number, "bent.json", 15, "" },
    { "a@2024-03-01", NULL, NAN, "neither a before and an after" },
    { "a@2024-02-01", "b@2024-02-01", NAN, "two people" },
    { "a@2024-02-01", "a@2024-03-01", NAN, "different movements" },
    { "a@2024-02-02", number, NAN, "There is no" },
    { "a@", number, NAN, "neither a file" },
    { "nobody@first", number, NAN, "no client" },
    { "999999", number, NAN, "no result" },
    { "a@2024-01-01:after:nonsense", number, NAN, "of a, nonsense" },
    { "missing.json", number, NAN, "missing.json" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    comparison s = { .place = { "test.db", help_key() } };
    sagitta_error error = SAGITTA_ERROR_INIT;
    const sagitta_status status = comparison_load(&s, cases[i].first, cases[i].second, &error);
    if (isnan(cases[i].change)) {
      assert_int_not_equal(status, SAGITTA_OK);
      if (!strstr(error.text, cases[i].words)) fail_msg("'%s' does not say '%s'", error.text, cases[i].words);
    } else {
      if (status != SAGITTA_OK) fail_msg("%s %s: %s", cases[i].first, cases[i].second, error.text);
      assert_near(s.b.cell[q].value - s.a.cell[q].value, cases[i].change);
    }
    comparison_free(&s);
  }
}

static void test_unreadable_results_are_said(void **state) {
  (void)state;
  records *r = help_open();
  const records_client c = help_client(r, "a");
  (void)help_save(r, &c, "2024-01-01", 0, RECORDS_UNMARKED, -1);
  const int64_t id = help_save(r, &c, "2024-02-01", 1, RECORDS_UNMARKED, -1);
  char sql[200];
  (void)snprintf(sql, sizeof sql,
                 "UPDATE results SET document = replace(document, 'toe-touch', 'toe touch\"') WHERE id = %lld",
                 (long long)id);
  records_close(&r);
  help_sql(sql);
  r = help_open();
  history *h = read_history(r, "a");
  assert_int_equal(h->unreadable, 1);
  assert_non_null(strstr(h->why.text, "Result 2"));
  assert_int_equal(h->test[0].visits, 1);
  history_free(&h);
  records_close(&r);
}

/* A recording of three discs, whose hips and lower back both went `shift` degrees further. */
static void save_discs(records *r, const records_client *c, const char *day, double shift) {
  static const char *const keys[] = { "lumbar_flexion_deg", "lumbar_share" };
  char *text = help_document(shift, NULL);
  json_t *root = json_loads(text, 0, NULL), *summary = json_object_get(root, "summary");
  free(text);
  json_object_set_new(root, "marker_set", json_string("discs"));
  for (size_t i = 0; i < 2; i++) {
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(summary, keys[i]), name, value) {
      if (json_is_number(value))
        json_object_set_new(json_object_get(summary, keys[i]), name,
                            json_real(round(1e4 * (json_number_value(value) + (i ? 0.004 : 1) * shift)) / 1e4));
    }
  }
  text = json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
  json_decref(root);
  const records_new_result n = { .client = c->id, .day = day, .document = text, .pain = -1 };
  int64_t id = 0;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (records_result_save(r, &n, &id, NULL, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  free(text);
}

/* Of three discs no change of lumbar flexion and share is told, in whatever form; that of the hips is. */
static void test_discs_tell_no_change_of_the_back(void **state) {
  (void)state;
  static const char *const days[] = { "2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01" };
  records *r = help_open();
  const records_client c = help_client(r, "a");
  for (size_t i = 0; i < 4; i++) save_discs(r, &c, days[i], 10 * (double)i);
  history *h = read_history(r, "a");
  char *text = history_json(h);
  json_t *root = json_loads(text, 0, NULL);
  const json_t *all = json_object_get(json_array_get(json_object_get(root, "tests"), 0), "quantities");
  static const char *const back[] = { "lumbar_flexion_deg", "lumbar_share" };
  static const char *const told[] = { "change", "change_since_previous", "trend" };
  for (size_t k = 0; k < 3; k++) {
    assert_non_null(json_object_get(json_object_get(all, "hip_hinge_deg"), told[k]));
    for (size_t i = 0; i < 2; i++) {
      const json_t *q = json_object_get(all, back[i]);
      assert_non_null(json_object_get(q, "last")); /* the values themselves stand */
      assert_null(json_object_get(q, told[k]));
      assert_string_equal(json_string_value(json_object_get(q, "verdict")), change_word(CHANGE_UNKNOWN));
    }
  }
  json_decref(root);
  free(text);
  history_free(&h);
  records_close(&r);
  comparison both = { .place = { "test.db", help_key() } };
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (comparison_load(&both, "a@2024-01-01", "a@2024-04-01", &error) != SAGITTA_OK) fail_msg("%s", error.text);
  text = comparison_json(&both);
  root = json_loads(text, 0, NULL);
  all = json_object_get(root, "quantities");
  assert_non_null(json_object_get(json_object_get(all, "hip_hinge_deg"), "change"));
  for (size_t i = 0; i < 2; i++) {
    char sentence[600];
    assert_non_null(json_object_get(json_object_get(all, back[i]), "b"));
    assert_null(json_object_get(json_object_get(all, back[i]), "change"));
    comparison_sentence(&both, quantity_at(back[i]), sentence, sizeof sentence, "en");
    assert_non_null(strstr(sentence, "three discs cannot tell"));
    assert_null(strpbrk(sentence, "0123456789"));
  }
  json_decref(root);
  free(text);
  comparison_free(&both);
}

static void test_figures(void **state) {
  (void)state;
  char text[SHOWN_TEXT], spark[40];
  const sagitta_quantity_info *angle = sagitta_quantity_find("hip_hinge_deg"),
                              *share = sagitta_quantity_find("lumbar_share");
  assert_string_equal(shown_value(text, -0.3, angle, true, NULL), "0");
  assert_string_equal(shown_value(text, 15.6, angle, true, NULL), "+16");
  assert_string_equal(shown_value(text, -15.6, angle, true, NULL), "−16");
  assert_string_equal(shown_value(text, 0.434, share, false, NULL), "43");
  assert_string_equal(shown_value(text, NAN, share, false, NULL), "–");
  const double values[] = { 0, 50, NAN, 100 }, flat[] = { 50, 51, 49 };
  shown_spark(spark, sizeof spark, values, 4, 20);
  assert_string_equal(spark, "▁▅·█");
  shown_spark(spark, sizeof spark, flat, 3, 200); /* noise stays flat */
  assert_string_equal(spark, "▅▅▄");
  shown_spark(spark, 7, values, 4, 20);
  assert_string_equal(spark, "▁▅");
}

/* ---- memory ---- */

static sagitta_status use_history(void *user) {
  records_client c;
  history *h = NULL;
  char *text = NULL;
  records *r = user;
  sagitta_status status = records_client_find(r, "a", &c, NULL);
  if (status == SAGITTA_OK) status = history_read(r, &c, NULL, &h, NULL);
  if (status == SAGITTA_OK && !(text = history_json(h))) status = SAGITTA_ERROR_MEMORY;
  free(text);
  history_free(&h);
  return status;
}

static sagitta_status use_lists(void *user) {
  records *r = user;
  records_client_row *rows = NULL;
  records_visit *visits = NULL;
  records_session *sessions = NULL;
  size_t count = 0, visit_count = 0, session_count = 0;
  sagitta_status status = records_clients(r, &rows, &count, NULL);
  if (status == SAGITTA_OK) status = records_visits(r, 1, &visits, &visit_count, NULL);
  if (status == SAGITTA_OK) status = records_sessions(r, 1, &sessions, &session_count, NULL);
  free(rows);
  free(sessions);
  records_visits_free(visits, visit_count);
  return status;
}

static sagitta_status use_open(void *user) {
  (void)user;
  const records_place place = { "test.db", help_key() };
  records *r = NULL;
  const sagitta_status status = records_open(&r, &place, RECORDS_READ, NULL);
  if (status != SAGITTA_OK) assert_null(r);
  records_close(&r);
  return status;
}

static void test_short_memory(void **state) {
  (void)state;
  records *r = help_open();
  const records_client c = help_client(r, "a");
  int64_t session = 0;
  assert_int_equal(records_session_start(r, c.id, "2024-01-01", &session, NULL), SAGITTA_OK);
  for (int i = 0; i < 3; i++) (void)help_save(r, &c, i < 2 ? "2024-01-01" : "2024-02-01", i, RECORDS_UNMARKED, i);
  assert_int_equal(records_visit_set(r, c.id, "2024-01-01", "{}", false, NULL, NULL), SAGITTA_OK);
  /* Documents that memory runs short for are no damaged ones; one allocation after the other takes long. */
  failing_memory_each(use_history, r, 100, 7);
  failing_memory_each(use_lists, r, 1, 1);
  records_close(&r);
  failing_memory_each(use_open, NULL, 1, 1);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, help_setup, help_teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
    EACH(test_points),
    EACH(test_analysed_again),
    EACH(test_sessions),
    EACH(test_sides),
    EACH(test_unreadable_results_are_said),
    EACH(test_discs_tell_no_change_of_the_back),
    EACH(test_figures),
    EACH(test_short_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
