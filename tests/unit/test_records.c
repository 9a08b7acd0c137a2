/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the records: what may be entered, what is found again, one transaction for each change, removal without a
 * trace, and that neither a foreign file, one of a later version nor one with another key is touched. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "records/records.h"
#include "records_help.h"
#include "scratch.h"

static sagitta_status add(records *r, const char *code, sagitta_error *error) {
  records_client c = { .id = 0 };
  (void)snprintf(c.code, sizeof c.code, "%s", code);
  return records_client_add(r, &c, error);
}

static void test_clients(void **state) {
  (void)state;
  records *r = help_open();
  records_client c = help_client(r, "zm-01"), found;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(strlen(c.uid), RECORDS_UID - 1);
  assert_int_equal(records_client_find(r, "ZM-01", &found, NULL), SAGITTA_OK);
  assert_string_equal(found.name, "Zoë zm-01");
  assert_int_equal(found.birth_year, 1980);
  assert_int_equal(found.sex, 'f');
  assert_string_equal(found.uid, c.uid);
  /* Capital letters make no second client. */
  assert_int_equal(add(r, "Zm-01", &error), SAGITTA_ERROR_ARGUMENT);
  assert_non_null(strstr(error.text, "already"));
  assert_int_equal(records_client_find(r, "zm-02", &found, &error), SAGITTA_ERROR_ARGUMENT);
  assert_non_null(strstr(error.text, "Did you mean \"zm-01\""));
  found = c;
  (void)strcpy(found.name, "<script>alert('x')</script> \" & Ω 李");
  (void)strcpy(found.code, "李-1");
  found.height_cm = 0;
  assert_int_equal(records_client_update(r, &found, NULL), SAGITTA_OK);
  assert_int_equal(records_client_find(r, "李-1", &c, NULL), SAGITTA_OK);
  assert_string_equal(c.name, found.name);
  assert_true(c.height_cm == 0.0);
  records_close(&r);
}

static void test_what_may_be_entered(void **state) {
  (void)state;
  static const char *const good[] = { "a", "zm-01", "Ω_3.b", "王", "0", "_x" };
  static const char *const bad[] = { "",         "a b",       "-x",           ".x",  "a@b",  "a/b",
                                     "a\nb",     "a,b",       "a\"b",         "a'b", "\xff", "a\xe2\x80\xaex",
                                     "\xc0\x80", "a\xc2\xa0", "\xed\xa0\x80", "a:b", "a;b" };
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_true(records_code_is_valid(good[i]));
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_true(!records_code_is_valid(bad[i]));
  records_client c = { .code = "x" };
  assert_int_equal(records_client_check(&c, NULL), SAGITTA_OK);
  const struct {
    int birth_year;
    char sex;
    double height;
    const char *name, *words;
  } wrong[] = {
    { 2200, 0, 0, "", "future" },    { 1700, 0, 0, "", "cannot be right" }, { 0, 'x', 0, "", "f or m" },
    { 0, 0, 20, "", "height" },      { 0, 0, 900, "", "height" },           { 0, 0, 0, "a\nb", "name" },
    { 0, 0, 0, "\xc3\x28", "name" },
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    sagitta_error error = SAGITTA_ERROR_INIT;
    records_client w = {
      .code = "x", .birth_year = wrong[i].birth_year, .sex = wrong[i].sex, .height_cm = wrong[i].height
    };
    (void)strcpy(w.name, wrong[i].name);
    assert_int_equal(records_client_check(&w, &error), SAGITTA_ERROR_ARGUMENT);
    assert_non_null(strstr(error.text, wrong[i].words));
  }
  assert_true(records_is_day("2024-02-29"));
  static const char *const days[] = { "2023-02-29",  "2024-13-01", "2024-00-10", "2024-1-1", "24-01-01",
                                      "2024-01-01x", "2999-01-01", "1899-01-01", "",         "2024/01/01" };
  for (size_t i = 0; i < sizeof days / sizeof *days; i++) assert_true(!records_is_day(days[i]));
}

static void test_results(void **state) {
  (void)state;
  records *r = help_open();
  const records_client c = help_client(r, "a"), d = help_client(r, "b");
  records_result *rows = NULL, *one = NULL;
  size_t count = 0;
  bool already = true;
  const int64_t first = help_save(r, &c, "2024-03-01", 0, RECORDS_BEFORE, 7);
  const int64_t second = help_save(r, &c, "2024-03-01", 1, RECORDS_AFTER, 0);
  const int64_t third = help_save(r, &c, "2024-02-01", 2, RECORDS_UNMARKED, -1);
  assert_true(first < second && second < third);
  assert_int_equal(records_results(r, c.id, true, &rows, &count, NULL), SAGITTA_OK);
  assert_int_equal(count, 3);
  assert_int_equal(rows[0].id, third); /* by day */
  assert_int_equal(rows[0].pain, -1);
  assert_int_equal(rows[1].mark, RECORDS_BEFORE);
  assert_int_equal(rows[1].pain, 7);
  assert_int_equal(rows[2].pain, 0);
  assert_string_equal(rows[2].test, "toe-touch");
  assert_string_equal(rows[2].marker_set, "strip");
  char *text = help_document(1, NULL);
  assert_string_equal(rows[2].document, text);
  /* The very same document again: not saved twice. For another client it is another result. */
  records_new_result n = { .client = c.id, .day = "2024-05-01", .document = text, .pain = -1 };
  int64_t id = 0;
  assert_int_equal(records_result_save(r, &n, &id, &already, NULL), SAGITTA_OK);
  assert_true(already && id == second);
  n.client = d.id;
  assert_int_equal(records_result_save(r, &n, &id, &already, NULL), SAGITTA_OK);
  assert_true(!already && id > third);
  assert_int_equal(records_result_update(r, id, RECORDS_AFTER, 10, NULL), SAGITTA_OK);
  assert_int_equal(records_result_get(r, id, &one, NULL), SAGITTA_OK);
  assert_int_equal(one->mark, RECORDS_AFTER);
  assert_int_equal(one->pain, 10);
  records_results_free(one, 1);
  assert_int_equal(records_result_update(r, id, RECORDS_AFTER, 11, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(records_result_update(r, 999, RECORDS_AFTER, 1, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(records_result_get(r, 999, &one, NULL), SAGITTA_ERROR_ARGUMENT);
  /* What is no result, or no visit, is not saved. */
  n.document = "{}";
  assert_int_equal(records_result_save(r, &n, &id, NULL, NULL), SAGITTA_ERROR_FORMAT);
  n.document = text;
  n.day = "2024-02-30";
  n.client = c.id + 1000;
  assert_int_equal(records_result_save(r, &n, &id, NULL, NULL), SAGITTA_ERROR_ARGUMENT);
  help_verify(r, 4);
  free(text);
  records_results_free(rows, count);
  records_close(&r);
}

static void test_pretest(void **state) {
  (void)state;
  char *form = pretest_form(NULL), *answers = NULL, *kept = NULL, advice[500];
  sagitta_error error = SAGITTA_ERROR_INIT;
  bool cleared = true;
  assert_int_equal(pretest_parse(&answers, form, strlen(form), &error), SAGITTA_ERROR_FORMAT);
  assert_non_null(strstr(error.text, "bladder_or_bowel"));
  for (char *null; (null = strstr(form, "null"));) memcpy(null, "true", 4);
  assert_int_equal(pretest_parse(&answers, form, strlen(form), &error), SAGITTA_OK);
  assert_true(pretest_has_yes(answers));
  pretest_advice(answers, NULL, advice, sizeof advice);
  assert_true(strncmp(advice, "See a clinician first", 21) == 0);
  records *r = help_open();
  const records_client c = help_client(r, "a");
  assert_int_equal(records_visit_pretest(r, c.id, "2024-03-01", &kept, &cleared, NULL), SAGITTA_OK);
  assert_null(kept);
  assert_int_equal(records_visit_set(r, c.id, "2024-03-01", answers, true, NULL, NULL), SAGITTA_OK);
  assert_int_equal(records_visit_pretest(r, c.id, "2024-03-01", &kept, &cleared, NULL), SAGITTA_OK);
  assert_string_equal(kept, answers);
  assert_true(cleared);
  records_close(&r);
  free(kept);
  free(answers);
  free(form);
  FILE *from = tmpfile(), *to = tmpfile();
  assert_non_null(from);
  assert_non_null(to);
  fputs("perhaps\nno\nN\nyes\nn\nn\nn\nn\nn\nn\n", from);
  rewind(from);
  assert_int_equal(pretest_ask(&answers, NULL, from, to, NULL), SAGITTA_OK);
  assert_true(pretest_has_yes(answers));
  free(answers);
  assert_int_equal(pretest_ask(&answers, NULL, from, to, NULL), SAGITTA_ERROR_ARGUMENT); /* the input has ended */
  assert_null(answers);
  /* In another language: its words in the questions, its yes and no for an answer. */
  rewind(from);
  fputs("ja\nNein\nn\nn\nn\nn\nn\nn\nn\n", from);
  rewind(from);
  rewind(to);
  assert_int_equal(pretest_ask(&answers, "de", from, to, NULL), SAGITTA_OK);
  assert_true(pretest_has_yes(answers));
  pretest_advice(answers, "de", advice, sizeof advice);
  assert_non_null(strstr(advice, "ärztlich"));
  assert_null(strstr(advice, "clinician"));
  free(answers);
  (void)fclose(from);
  (void)fclose(to);
}

static void test_removal_leaves_nothing(void **state) {
  (void)state;
  records *r = help_open();
  records_client secret = help_client(r, "secret-id"), other = help_client(r, "other");
  records_removed gone;
  int64_t session = 0;
  (void)strcpy(secret.name, "Wilhelmina Unmistakable");
  (void)strcpy(secret.notes, "a note nobody else has");
  assert_int_equal(records_client_update(r, &secret, NULL), SAGITTA_OK);
  assert_int_equal(records_session_start(r, secret.id, "2024-01-01", &session, NULL), SAGITTA_OK);
  for (int i = 0; i < 8; i++) (void)help_save(r, &secret, i < 4 ? "2024-01-01" : "2024-02-01", i, RECORDS_UNMARKED, 3);
  (void)help_save(r, &other, "2024-01-01", 50, RECORDS_UNMARKED, 3);
  assert_int_equal(records_client_remove(r, secret.id, &gone, NULL), SAGITTA_OK);
  assert_int_equal(gone.visits, 2);
  assert_int_equal(gone.results, 8);
  assert_int_equal(gone.sessions, 1);
  assert_true(!gone.traces_left);
#ifndef SQLITE_HAS_CODEC
  assert_true(help_contains("test.db", "Zoë other"));
#endif
  assert_true(!help_contains("test.db", "Unmistakable"));
  assert_true(!help_contains("test.db", "secret-id"));
  assert_true(!help_contains("test.db", "nobody else has"));
  assert_true(!help_contains("test.db", secret.uid));
  help_verify(r, 1);
  /* Another program that reads holds the old state as long as it does; that is said. */
  records *reader = help_open();
  sqlite3 *held = NULL;
  secret.uid[0] = '\0';
  assert_int_equal(records_client_add(r, &secret, NULL), SAGITTA_OK);
#ifndef SQLITE_HAS_CODEC
  assert_int_equal(sqlite3_open("test.db", &held), SQLITE_OK);
  assert_int_equal(sqlite3_exec(held, "BEGIN; SELECT * FROM clients", NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(records_client_remove(r, secret.id, &gone, NULL), SAGITTA_OK);
  assert_true(gone.traces_left);
  assert_int_equal(sqlite3_close(held), SQLITE_OK);
#else
  (void)held;
#endif
  records_close(&reader);
  records_close(&r);
  struct stat about;
  assert_int_equal(stat("test.db", &about), 0);
  assert_int_equal(about.st_mode & 0777, 0600);
  assert_int_not_equal(stat("test.db-wal", &about), 0);
}

static void expect_refused(const char *name, records_mode mode, const char *words) {
  const records_place place = { name, help_key() };
  records *r = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  size_t before = 0, after = 0;
  char *was = help_read(name, &before);
  const sagitta_status status = records_open(&r, &place, mode, &error);
  assert_null(r);
  assert_int_not_equal(status, SAGITTA_OK);
  if (!strstr(error.text, words)) fail_msg("'%s' does not say '%s'", error.text, words);
  char *is = help_read(name, &after);
  assert_int_equal(before, after);
  if (was) assert_memory_equal(was, is, before);
  free(was);
  free(is);
}

static void test_other_files_are_not_touched(void **state) {
  (void)state;
  sqlite3 *db = NULL;
  expect_refused("missing.db", RECORDS_READ, "no records in");
  expect_refused("missing.db", RECORDS_WRITE, "no records in");
  expect_refused("no/such/folder.db", RECORDS_MAKE, "folder does not exist");
  expect_refused("/dev/null", RECORDS_WRITE, "no records file");
  expect_refused(".", RECORDS_MAKE, "a folder");
  write_file("text.db", "This is a letter to my aunt, and no database at all. Kind regards, and so on.", 78);
#ifndef SQLITE_HAS_CODEC
  expect_refused("text.db", RECORDS_MAKE, "no records file of Sagitta");
  assert_int_equal(sqlite3_open("foreign.db", &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "CREATE TABLE stamps(id)", NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
  expect_refused("foreign.db", RECORDS_MAKE, "another program");
  records *r = help_open();
  records_close(&r);
  assert_int_equal(sqlite3_open("test.db", &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
  expect_refused("test.db", RECORDS_MAKE, "later Sagitta");
  const records_place keyed = { "test.db", "key" };
  assert_int_equal(records_open(&r, &keyed, RECORDS_READ, NULL), SAGITTA_ERROR_ARGUMENT);
#else
  (void)db;
  expect_refused("text.db", RECORDS_MAKE, "does not open with this key");
  records *r = help_open();
  records_close(&r);
  assert_true(!help_contains("test.db", "SQLite format"));
  write_file("key", "another key altogether", 22);
  expect_refused("test.db", RECORDS_MAKE, "does not open with this key");
  write_file("key", "short", 5);
  expect_refused("test.db", RECORDS_MAKE, "too short");
  static char long_key[5000];
  memset(long_key, 'k', sizeof long_key);
  write_file("key", long_key, sizeof long_key);
  expect_refused("test.db", RECORDS_MAKE, "too long");
  write_file("key", "correct horse battery staple\n", 29);
  assert_int_equal(chmod("key", 0640), 0);
  expect_refused("test.db", RECORDS_MAKE, "by others");
  unlink("key");
  expect_refused("test.db", RECORDS_MAKE, "cannot be read");
#endif
}

/* A reader sees what was committed, a second writer waits: no change is lost. */
static void test_two_at_once(void **state) {
  (void)state;
  records *a = help_open(), *b = help_open();
  const records_client c = help_client(a, "a");
  for (int i = 0; i < 10; i++) {
    (void)help_save(a, &c, "2024-01-01", i, RECORDS_UNMARKED, -1);
    (void)help_save(b, &c, "2024-01-01", 0.5 + i, RECORDS_UNMARKED, -1);
  }
  help_verify(a, 20);
  help_verify(b, 20);
  records_close(&a);
  records_close(&b);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, help_setup, help_teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
    EACH(test_clients),     EACH(test_what_may_be_entered),    EACH(test_results),
    EACH(test_pretest),     EACH(test_removal_leaves_nothing), EACH(test_other_files_are_not_touched),
    EACH(test_two_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
