/* SPDX-License-Identifier: Apache-2.0 */
/* Protects what is known of two clients who are one: after a merge nothing is lost or twice, after its undoing the file
 * says to the byte what it said before; a result that is moved goes and comes back; what was changed since is not
 * overwritten; what was removed is not in the journal; a program that is killed on the way leaves all or nothing. And
 * recordings by their names. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "records/records.h"
#include "records_help.h"

static char *answers(bool yes) {
  char *text = pretest_form(NULL), *parsed = NULL;
  assert_non_null(text);
  char *all = strdup(text);
  assert_non_null(all);
  all[0] = '\0';
  for (const char *at = text; *at;) {
    const char *null = strstr(at, "null");
    const size_t length = null ? (size_t)(null - at) : strlen(at);
    all = realloc(all, strlen(all) + length + 8);
    assert_non_null(all);
    strncat(all, at, length);
    if (null) strcat(all, yes ? "true" : "false");
    at += length + (null ? 4 : 0);
  }
  assert_int_equal(pretest_parse(&parsed, all, strlen(all), NULL), SAGITTA_OK);
  free(all);
  free(text);
  return parsed;
}

/* "ana" and "ana2": one person under two IDs, with a day, a document and a session in common or not. */
static records *two_of_one(void) {
  records *r = help_open();
  records_client a = help_client(r, "ana"), b = help_client(r, "ana2");
  int64_t session = 0;
  a.name[0] = '\0';
  a.birth_year = 0;
  (void)strcpy(a.notes, "left handed");
  (void)strcpy(b.notes, "runs");
  assert_int_equal(records_client_update(r, &a, NULL), SAGITTA_OK);
  assert_int_equal(records_client_update(r, &b, NULL), SAGITTA_OK);
  (void)help_save(r, &a, "2024-01-05", 1, RECORDS_BEFORE, 5);
  (void)help_save(r, &a, "2024-01-05", 2, RECORDS_AFTER, 4);
  (void)help_save(r, &a, "2024-02-05", 3, RECORDS_UNMARKED, -1);
  (void)help_save(r, &b, "2024-02-05", 3, RECORDS_AFTER, 2); /* the same document, here with its tracks */
  (void)help_save(r, &b, "2024-02-05", 4, RECORDS_UNMARKED, 2);
  (void)help_save(r, &b, "2024-03-05", 5, RECORDS_AFTER, 1);
  assert_int_equal(records_session_start(r, b.id, "2024-04-05", &session, NULL), SAGITTA_OK);
  for (int i = 10; i < 14; i++) (void)help_save(r, &b, "2024-04-05", i, RECORDS_UNMARKED, -1);
  char *yes = answers(true), *no = answers(false);
  assert_int_equal(records_visit_set(r, a.id, "2024-02-05", no, false, NULL, NULL), SAGITTA_OK);
  assert_int_equal(records_visit_set(r, b.id, "2024-02-05", yes, true, NULL, NULL), SAGITTA_OK);
  assert_int_equal(records_visit_set(r, b.id, "2024-03-05", no, false, NULL, NULL), SAGITTA_OK);
  free(yes);
  free(no);
  return r;
}

static void merge(records *r, const char *into, const char *from, records_merge *m) {
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (records_merge_look(r, into, from, m, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  if (records_merge_do(r, m, &error) != SAGITTA_OK) fail_msg("%s", error.text);
}

static void undo(records *r) {
  records_undo last;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(records_undo_last(r, &last, &error), SAGITTA_OK);
  if (records_undo_do(r, &last, &error) != SAGITTA_OK) fail_msg("%s", error.text);
}

static void test_merge_and_back(void **state) {
  (void)state;
  records *r = two_of_one();
  records_merge m;
  records_undo last;
  records_client c;
  exchange_counts n;
  char *before = help_export(r, NULL);
  merge(r, "ana", "ANA2", &m);
  assert_int_equal(m.visits, 3);
  assert_int_equal(m.results, 7);
  assert_int_equal(m.shared_days, 1);
  assert_int_equal(m.doubles, 1);
  assert_false(m.differ);
  help_verify(r, 9);
  assert_int_equal(records_client_find(r, "ana2", &c, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(records_client_find(r, "ana", &c, NULL), SAGITTA_OK);
  assert_string_equal(c.name, "Zoë ana2");
  assert_int_equal(c.birth_year, 1980);
  assert_string_equal(c.notes, "left handed\nruns");
  records_visit *visits = NULL;
  size_t count = 0;
  assert_int_equal(records_visits(r, c.id, &visits, &count, NULL), SAGITTA_OK);
  assert_int_equal(count, 4);
  assert_int_equal(visits[1].results, 2); /* the double is there once */
  assert_true(pretest_has_yes(visits[1].pretest) && visits[1].cleared);
  assert_false(pretest_has_yes(visits[2].pretest));
  records_visits_free(visits, count);
  /* … and it is the one that has tracks. */
  records_result *rows = NULL;
  char *tracks = NULL;
  assert_int_equal(records_results(r, c.id, false, &rows, &count, NULL), SAGITTA_OK);
  assert_int_equal(records_result_tracks(r, rows[2].id, &tracks, NULL), SAGITTA_OK);
  assert_non_null(tracks);
  assert_int_equal(rows[8].session, 1);
  free(tracks);
  records_results_free(rows, count);
  /* What was exported before is hers, and there. */
  char *after = help_export(r, NULL);
  assert_int_equal(exchange_import(r, before, strlen(before), NULL, &n, NULL), SAGITTA_OK);
  assert_int_equal(n.clients, 0);
  assert_int_equal(n.visits, 0);
  /* The double that went came back as the one that stayed. */
  assert_int_equal(n.results, 0);
  char *again = help_export(r, NULL);
  assert_string_equal(after, again);
  assert_int_equal(records_undo_last(r, &last, NULL), SAGITTA_OK);
  assert_true(last.is_merge);
  assert_string_equal(last.subject, "ana2");
  assert_string_equal(last.target, "ana");
  undo(r);
  help_verify(r, 10);
  free(again);
  again = help_export(r, NULL);
  assert_string_equal(before, again);
  assert_int_equal(records_undo_last(r, &last, NULL), SAGITTA_OK);
  assert_int_equal(last.id, 0);
  free(before);
  free(after);
  free(again);
  records_close(&r);
}

static void test_what_cannot_be_merged(void **state) {
  (void)state;
  records *r = two_of_one();
  records_merge m;
  assert_int_equal(records_merge_look(r, "ana", "ANA", &m, NULL), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(records_merge_look(r, "ana", "anna", &m, NULL), SAGITTA_ERROR_ARGUMENT);
  records_client c;
  assert_int_equal(records_client_find(r, "ana", &c, NULL), SAGITTA_OK);
  c.sex = 'm';
  assert_int_equal(records_client_update(r, &c, NULL), SAGITTA_OK);
  assert_int_equal(records_merge_look(r, "ana", "ana2", &m, NULL), SAGITTA_OK);
  assert_true(m.differ);
  /* Gone while the user was asked. */
  records_removed gone;
  assert_int_equal(records_client_remove(r, m.from.id, &gone, NULL), SAGITTA_OK);
  assert_int_equal(records_merge_do(r, &m, NULL), SAGITTA_ERROR_ARGUMENT);
  help_verify(r, 3);
  records_close(&r);
}

/* What came since stays; what was changed since is not overwritten; IDs that were given again are not taken away. */
static void test_undo_after_other_things(void **state) {
  (void)state;
  records *r = two_of_one();
  records_merge m;
  records_undo last;
  records_client c, other;
  sagitta_error error = SAGITTA_ERROR_INIT;
  merge(r, "ana", "ana2", &m);
  other = help_client(r, "ben"); /* gets the number that ana2 had */
  assert_int_equal(other.id, m.from.id);
  (void)help_save(r, &other, "2024-02-05", 30, RECORDS_UNMARKED, 3);
  assert_int_equal(records_client_find(r, "ana", &c, NULL), SAGITTA_OK);
  (void)help_save(r, &c, "2024-09-09", 20, RECORDS_UNMARKED, 3);
  undo(r);
  help_verify(r, 12);
  records_visit *visits = NULL;
  size_t count = 0;
  assert_int_equal(records_visits(r, c.id, &visits, &count, NULL), SAGITTA_OK);
  assert_int_equal(count, 3); /* her two, and what came since */
  records_visits_free(visits, count);
  assert_int_equal(records_client_find(r, "ana2", &c, NULL), SAGITTA_OK);
  assert_int_not_equal(c.id, other.id);
  assert_int_equal(records_visits(r, c.id, &visits, &count, NULL), SAGITTA_OK);
  assert_int_equal(count, 3);
  assert_int_equal(visits[0].results, 2);
  records_visits_free(visits, count);
  /* Again, and now the ID is somebody's. */
  merge(r, "ana", "ana2", &m);
  other = help_client(r, "Ana2");
  char *before = help_export(r, NULL);
  assert_int_equal(records_undo_last(r, &last, NULL), SAGITTA_OK);
  assert_int_equal(records_undo_do(r, &last, &error), SAGITTA_ERROR_ARGUMENT);
  assert_non_null(strstr(error.text, "another client"));
  /* Or the notes were written anew. */
  assert_int_equal(records_client_find(r, "Ana2", &other, NULL), SAGITTA_OK);
  (void)strcpy(other.code, "somebody");
  assert_int_equal(records_client_update(r, &other, NULL), SAGITTA_OK);
  assert_int_equal(records_client_find(r, "ana", &c, NULL), SAGITTA_OK);
  (void)strcpy(c.notes, "new");
  assert_int_equal(records_client_update(r, &c, NULL), SAGITTA_OK);
  free(before);
  before = help_export(r, NULL);
  assert_int_equal(records_undo_do(r, &last, &error), SAGITTA_ERROR_ARGUMENT);
  assert_non_null(strstr(error.text, "changed again"));
  char *after = help_export(r, NULL);
  assert_string_equal(before, after);
  help_verify(r, -1);
  free(before);
  free(after);
  records_close(&r);
}

static void test_moves(void **state) {
  (void)state;
  records *r = two_of_one();
  records_client a, b;
  records_undo last;
  records_result *rows = NULL;
  size_t count = 0;
  sagitta_error error = SAGITTA_ERROR_INIT;
  assert_int_equal(records_client_find(r, "ana", &a, NULL), SAGITTA_OK);
  assert_int_equal(records_client_find(r, "ana2", &b, NULL), SAGITTA_OK);
  char *before = help_export(r, NULL);
  assert_int_equal(records_results(r, b.id, false, &rows, &count, NULL), SAGITTA_OK);
  const int64_t in_session = rows[6].id, same = rows[0].id, alone = rows[2].id;
  assert_int_equal(rows[6].session, 1);
  records_results_free(rows, count);
  assert_int_equal(records_result_move(r, same, &a, &error), SAGITTA_ERROR_ARGUMENT);
  assert_non_null(strstr(error.text, "very result"));
  assert_int_equal(records_result_move(r, alone, &b, &error), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(records_result_move(r, 999, &b, &error), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(records_undo_last(r, &last, NULL), SAGITTA_OK);
  assert_int_equal(last.id, 0); /* nothing of it stays */
  assert_int_equal(records_result_move(r, in_session, &a, &error), SAGITTA_OK);
  assert_int_equal(records_results(r, a.id, false, &rows, &count, NULL), SAGITTA_OK);
  assert_int_equal(count, 4);
  assert_string_equal(rows[3].day, "2024-04-05");
  assert_int_equal(rows[3].session, 0);
  records_results_free(rows, count);
  assert_int_equal(records_result_move(r, alone, &a, &error), SAGITTA_OK);
  help_verify(r, 10);
  undo(r);
  undo(r);
  char *after = help_export(r, NULL);
  assert_string_equal(before, after);
  help_verify(r, 10);
  free(before);
  free(after);
  records_close(&r);
}

/* The journal keeps no one who was removed, and ends with the room they took. */
static void test_the_journal_forgets(void **state) {
  (void)state;
  records *r = two_of_one();
  records_merge m;
  records_undo last;
  records_removed gone;
  bool traces = true;
  records_client other = help_client(r, "other");
  merge(r, "ana", "ana2", &m);
#ifndef SQLITE_HAS_CODEC
  assert_true(help_contains("test.db", "ana2"));
#endif
  assert_int_equal(records_client_remove(r, m.into.id, &gone, NULL), SAGITTA_OK);
  assert_int_equal(records_undo_last(r, &last, NULL), SAGITTA_OK);
  assert_int_equal(last.id, 0);
  assert_true(!help_contains("test.db", "ana2"));
  const int64_t id = help_save(r, &other, "2024-01-05", 1, RECORDS_UNMARKED, -1);
  records_client third = help_client(r, "third");
  assert_int_equal(records_result_move(r, id, &third, NULL), SAGITTA_OK);
  assert_int_equal(records_vacuum(r, &traces, NULL), SAGITTA_OK);
  assert_false(traces);
  assert_int_equal(records_undo_last(r, &last, NULL), SAGITTA_OK);
  assert_int_equal(last.id, 0);
  assert_int_equal(records_undo_do(r, &last, NULL), SAGITTA_ERROR_ARGUMENT);
  help_verify(r, 1);
  records_close(&r);
}

/* Merges and takes back, again and again, until it is killed. */
static void child(void) {
  records *r = help_open();
  for (;;) {
    records_merge m;
    records_undo last;
    if (records_merge_look(r, "ana", "ana2", &m, NULL) == SAGITTA_OK) (void)records_merge_do(r, &m, NULL);
    if (records_undo_last(r, &last, NULL) == SAGITTA_OK && last.id) (void)records_undo_do(r, &last, NULL);
  }
}

static void test_kills(void **state) {
  (void)state;
  records *r = two_of_one();
  records_merge m;
  records_undo last;
  char *apart = help_export(r, NULL);
  merge(r, "ana", "ana2", &m);
  char *merged = help_export(r, NULL);
  records_close(&r);
  uint64_t seed = 11;
  int found[2] = { 0, 0 };
  for (int i = 0; i < 30; i++) {
    const pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) child();
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    const struct timespec delay = { 0, 20000000 + (long)((seed >> 33) % 60) * 1000000 };
    (void)nanosleep(&delay, NULL);
    assert_int_equal(kill(pid, SIGKILL), 0);
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSIGNALED(status));
    r = help_open();
    help_verify(r, -1);
    assert_int_equal(records_undo_last(r, &last, NULL), SAGITTA_OK);
    char *now = help_export(r, NULL);
    assert_string_equal(now, last.id ? merged : apart); /* all or nothing, and what is there can be undone */
    found[last.id != 0]++;
    free(now);
    records_close(&r);
  }
  assert_true(found[0] + found[1] == 30);
  print_message("killed: %d times apart, %d times merged\n", found[0], found[1]);
  free(apart);
  free(merged);
}

static int64_t number_of(records *r, const char *word, int *others) {
  records_name name;
  int64_t id = 0;
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (records_name_parse(&name, word, NULL, &error) != SAGITTA_OK) return -1;
  return records_name_find(r, &name, &id, others, &error) == SAGITTA_OK ? id : 0;
}

static void test_names(void **state) {
  (void)state;
  records *r = two_of_one();
  static const struct {
    const char *word;
    int64_t id; /* 0: there is none; -1: no name */
    int others;
  } names[] = {
    { "12", 12, 0 },
    { "#7", 7, 0 },
    { "ana@last", 3, 0 },
    { "ana@first", 2, 1 },
    { "ana@first:before", 1, 0 },
    { "ana@2024-01-05", 2, 1 },
    { "ana@2024-01-05:before", 1, 0 },
    { "ANA@2024-01-05:after:toe-touch", 2, 0 },
    { "ana@last:after", 2, 0 },
    { "ana@2024-01-05:sit-and-reach", 0, 0 },
    { "ana@2024-01-06", 0, 0 },
    { "ana@today", 0, 0 },
    { "nobody@last", 0, 0 },
    { "ana@last:left", 0, 0 },
    { "ana", -1, 0 },
    { "@last", -1, 0 },
    { "ana@", -1, 0 },
    { "#", -1, 0 },
    { "ana@2024-01-05T", -1, 0 },
  };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    int others = 0;
    const int64_t id = number_of(r, names[i].word, &others);
    if (id != names[i].id) fail_msg("%s is %lld", names[i].word, (long long)id);
    if (id > 0 && others != names[i].others) fail_msg("%s: %d others", names[i].word, others);
  }
  records_close(&r);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, help_setup, help_teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
    EACH(test_merge_and_back), EACH(test_what_cannot_be_merged), EACH(test_undo_after_other_things),
    EACH(test_moves),          EACH(test_the_journal_forgets),   EACH(test_kills),
    EACH(test_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
