/* SPDX-License-Identifier: Apache-2.0 */
/* Protects the records' file: every earlier version is brought up to date with nothing lost, and ends with one schema;
 * exports come back as they were, twice imported change nothing, changed by hand are refused; backups are whole;
 * verification finds what was changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "records/records.h"
#include "records_help.h"
#include "scratch.h"
#include "records/db.h"

static void document_sql(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  char *text = help_document(sqlite3_value_double(values[0]), NULL);
  sqlite3_result_text(context, text, -1, free);
}

static void hash_sql(sqlite3_context *context, int count, sqlite3_value **values) {
  char hash[RECORDS_HASH];
  (void)count;
  assert_true(hash_text(sqlite3_value_text(values[0]), (size_t)sqlite3_value_bytes(values[0]), hash));
  sqlite3_result_text(context, hash, -1, SQLITE_TRANSIENT);
}

/* "test.db" as one of the old versions wrote it. */
static void make_old(int version) {
  char path[500];
  size_t length;
  char *cause = NULL;
  (void)snprintf(path, sizeof path, "%s/version_%d.sql", SCHEMAS, version);
  char *sql = help_read(path, &length);
  assert_non_null(sql);
  sql[length] = '\0';
  sqlite3 *db = help_sqlite("test.db");
  assert_int_equal(sqlite3_create_function(db, "document", 1, SQLITE_UTF8, NULL, document_sql, NULL, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_create_function(db, "hash", 1, SQLITE_UTF8, NULL, hash_sql, NULL, NULL), SQLITE_OK);
  if (sqlite3_exec(db, sql, NULL, NULL, &cause) != SQLITE_OK) fail_msg("%s", cause);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
  free(sql);
}

static int add_line(void *user, int count, char **values, char **names) {
  (void)count;
  (void)names;
  char *text = user;
  (void)snprintf(text + strlen(text), 8000 - strlen(text), "%s|%s\n", values[0], values[1] ? values[1] : "");
  return 0;
}

static void read_schema(const char *name, char text[8000]) {
  sqlite3 *db = help_sqlite(name);
  text[0] = '\0';
  assert_int_equal(sqlite3_exec(db, "SELECT name, sql FROM sqlite_master ORDER BY name", add_line, text, NULL),
                   SQLITE_OK);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void check_migrated(records *r, int version) {
  records_client c;
  records_result *rows = NULL;
  records_visit *visits = NULL;
  size_t count = 0, visit_count = 0;
  assert_int_equal(records_client_find(r, "zm-01", &c, NULL), SAGITTA_OK);
  assert_string_equal(c.name, "Zoë Müller");
  assert_string_equal(c.notes, "stretches daily");
  assert_int_equal(c.birth_year, 1980);
  assert_int_equal(strlen(c.uid), RECORDS_UID - 1);
  assert_int_equal(records_results(r, c.id, true, &rows, &count, NULL), SAGITTA_OK);
  assert_int_equal(count, 2);
  assert_int_equal(rows[0].id, 1);
  assert_string_equal(rows[0].settings, "{\"test\":\"toe-touch\"}");
  assert_string_equal(rows[0].test, "toe-touch");
  assert_string_equal(rows[0].marker_set, "strip");
  assert_string_equal(rows[0].input_name, "d2.mp4");
  assert_int_equal(rows[1].id, 4);
  char *text = help_document(5, NULL);
  assert_string_equal(rows[1].document, text);
  free(text);
  assert_int_equal(rows[1].pain, version >= 2 ? 6 : -1);
  assert_int_equal(rows[1].mark, version >= 2 ? RECORDS_BEFORE : RECORDS_UNMARKED);
  assert_int_equal(rows[1].side, SAGITTA_SIDE_UNKNOWN); /* nobody had said it */
  assert_int_equal(rows[1].session, version >= 2 ? 1 : 0);
  assert_int_equal(rows[1].markers, RECORDS_MARKERS_UNKNOWN);
  assert_int_equal(rows[1].rest_min, 0);
  assert_null(rows[1].video);
  char *tracks = NULL;
  assert_int_equal(records_result_tracks(r, 4, &tracks, NULL), SAGITTA_OK);
  assert_null(tracks);
  assert_int_equal(records_visits(r, c.id, &visits, &visit_count, NULL), SAGITTA_OK);
  assert_int_equal(visit_count, 2);
  assert_int_equal(visits[1].cleared, version >= 2);
  records_visits_free(visits, visit_count);
  records_results_free(rows, count);
  assert_int_equal(records_client_find(r, "李", &c, NULL), SAGITTA_OK);
  help_verify(r, 3);
}

static void test_migration(void **state) {
  (void)state;
  char fresh[8000], migrated[8000];
  records *r = help_open_file("fresh.db");
  records_close(&r);
  read_schema("fresh.db", fresh);
  for (int version = 1; version < SCHEMA_VERSION; version++) {
    unlink("test.db");
    make_old(version);
    r = help_open();
    check_migrated(r, version);
    /* A new result gets a number that was never used. */
    records_client c;
    assert_int_equal(records_client_find(r, "zm-01", &c, NULL), SAGITTA_OK);
    assert_true(help_save(r, &c, "2024-03-03", 20, RECORDS_AFTER, 1) > 5);
    records_close(&r);
    r = help_open();
    help_verify(r, 4);
    records_close(&r);
    read_schema("test.db", migrated);
    assert_string_equal(fresh, migrated);
  }
}

/* Rows of every version are known by their columns, where nothing but the pages is left. */
static void test_old_pages_are_recovered(void **state) {
  (void)state;
#ifndef SQLITE_HAS_CODEC
  for (int version = 1; version < SCHEMA_VERSION; version++) {
    const records_place place = { "test.db", NULL };
    upkeep_recovered n;
    size_t length;
    unlink("test.db");
    unlink("new.db");
    make_old(version);
    char *bytes = help_read("test.db", &length);
    memset(bytes, 0xFF, 100);
    write_file("test.db", bytes, length);
    free(bytes);
    assert_int_equal(upkeep_recover(&place, "new.db", &n, NULL), SAGITTA_OK);
    assert_int_equal(n.clients, 2);
    assert_int_equal(n.visits, 3);
    assert_int_equal(n.results, 3);
    records *r = help_open_file("new.db");
    records_client c;
    records_result *rows = NULL;
    size_t count = 0;
    assert_int_equal(records_client_find(r, "zm-01", &c, NULL), SAGITTA_OK);
    assert_int_equal(records_results(r, c.id, false, &rows, &count, NULL), SAGITTA_OK);
    assert_int_equal(count, 2);
    assert_string_equal(rows[1].day, "2024-02-05");
    assert_string_equal(rows[0].settings, "{\"test\":\"toe-touch\"}");
    assert_int_equal(rows[1].pain, version >= 2 ? 6 : -1);
    assert_int_equal(rows[1].mark, version >= 2 ? RECORDS_BEFORE : RECORDS_UNMARKED);
    records_results_free(rows, count);
    help_verify(r, 3);
    records_close(&r);
  }
#endif
}

/* What cannot be brought up to date stays what it was. */
static void test_failed_migration_changes_nothing(void **state) {
  (void)state;
  char before[8000], after[8000];
  records *r = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  const records_place place = { "test.db", help_key() };
  make_old(2);
  help_sql("UPDATE results SET document = 'gone' WHERE id = 5");
  read_schema("test.db", before);
  assert_int_equal(records_open(&r, &place, RECORDS_WRITE, &error), SAGITTA_ERROR_FORMAT);
  assert_non_null(strstr(error.text, "Result 5"));
  read_schema("test.db", after);
  assert_string_equal(before, after);
  /* Recovered without it. */
  upkeep_recovered n;
  assert_int_equal(upkeep_recover(&place, "new.db", &n, &error), SAGITTA_OK);
  assert_int_equal(n.clients, 2);
  assert_int_equal(n.results, 2);
  assert_int_equal(n.incomplete, 1);
}

static sagitta_status import(records *r, const char *text, const char *as, exchange_counts *n, sagitta_error *error) {
  return exchange_import(r, text, strlen(text), as, n, error);
}

static void test_export_and_import(void **state) {
  (void)state;
  exchange_counts n;
  sagitta_error error = SAGITTA_ERROR_INIT;
  records *r = help_filled(), *other = help_open_file("other.db");
  char *text = help_export(r, NULL);
  assert_non_null(strstr(text, "\"tracks\": \"# sagitta-tracks/1"));
  assert_non_null(strstr(text, "\"video\": \"/videos/ä clip.mp4\""));
  assert_non_null(strstr(text, "\"rest_min\": 15"));
  if (import(other, text, NULL, &n, &error) != SAGITTA_OK) fail_msg("%s", error.text);
  assert_int_equal(n.clients, 2);
  assert_int_equal(n.visits, 4);
  assert_int_equal(n.results, 11);
  assert_int_equal(n.already, 0);
  help_verify(other, 11);
  char *again = help_export(other, NULL);
  assert_string_equal(text, again);
  /* Twice changes nothing. */
  assert_int_equal(import(other, text, NULL, &n, &error), SAGITTA_OK);
  assert_int_equal(n.clients + n.visits + n.results, 0);
  assert_int_equal(n.already, 11);
  free(again);
  again = help_export(other, NULL);
  assert_string_equal(text, again);
  records_close(&other);
  /* An ID that is somebody else's. */
  other = help_open_file("third.db");
  (void)help_client(other, "zm-01");
  assert_int_equal(import(other, text, NULL, &n, &error), SAGITTA_ERROR_ARGUMENT);
  assert_non_null(strstr(error.text, "--as"));
  help_verify(other, 0);
  assert_int_equal(import(other, text, "zm-02", &n, &error), SAGITTA_ERROR_ARGUMENT); /* of two clients */
  records_client c;
  assert_int_equal(records_client_find(r, "zm-01", &c, NULL), SAGITTA_OK);
  free(text);
  text = help_export(r, &c);
  assert_int_equal(import(other, text, "zm-02", &n, &error), SAGITTA_OK);
  assert_int_equal(n.results, 10);
  records_close(&other);
  records_close(&r);
  free(again);
  free(text);
}

/* Replace the first `was` by `is` of the same length. */
static char *edited(const char *text, const char *was, const char *is) {
  char *copy = strdup(text);
  assert_non_null(copy);
  char *at = strstr(copy, was);
  if (!at) fail_msg("there is no %s", was);
  assert_int_equal(strlen(was), strlen(is));
  memcpy(at, is, strlen(is));
  return copy;
}

static void test_edited_exports_are_refused(void **state) {
  (void)state;
  static const char *const edits[][2] = {
    { "\"method\": \"measured\"", "\"method\": \"inferred\"" },
    { "\"sagitta-records/1\"", "\"sagitta-records/2\"" },
    { "\"sagitta-records/1\"", "\"sagitta-unknown/1\"" },
    { "\"day\": \"2024-01-05\"", "\"day\": \"2024-99-05\"" },
    { "\"pain\": 1", "\"pain\": x" },
    { "\"birth_year\": 1980", "\"birth_year\": 2980" },
    { "\"sex\": \"f\"", "\"sex\": \"q\"" },
    { "\"id\": \"b\"", "\"id\": \"/\"" },
    { "\"uid\": \"", "\"uix\": \"" },
    { "\"document_sha256\": \"", "\"document_sha257\": \"" },
    { "\"mark\": \"after\"", "\"mark\": \"aftre\"" },
    { "\"session\": 1", "\"session\": 7" },
    { "\"rest_min\": 15", "\"rest_min\": -5" },
    { "\"same_markers\": true", "\"same_markers\": \"ye\"" },
  };
  records *r = help_filled(), *other = help_open_file("other.db");
  char *text = help_export(r, NULL);
  for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
    sagitta_error error = SAGITTA_ERROR_INIT;
    exchange_counts n;
    char *changed = edited(text, edits[i][0], edits[i][1]);
    const sagitta_status status = import(other, changed, NULL, &n, &error);
    if (status != SAGITTA_ERROR_FORMAT && status != SAGITTA_ERROR_ARGUMENT) fail_msg("%s passed", edits[i][1]);
    assert_true(strlen(error.text) > 30);
    free(changed);
    help_verify(other, 0); /* all of it or nothing */
  }
  for (size_t length = strlen(text) - 2; length > 100; length = length * 2 / 3) {
    exchange_counts n;
    assert_int_equal(exchange_import(other, text, length, NULL, &n, NULL), SAGITTA_ERROR_FORMAT);
  }
  help_verify(other, 0);
  free(text);
  records_close(&other);
  records_close(&r);
}

static void test_backup(void **state) {
  (void)state;
  records *r = help_filled();
  sagitta_error error = SAGITTA_ERROR_INIT;
  if (upkeep_backup(r, "backup.db", &error) != SAGITTA_OK) fail_msg("%s", error.text);
  assert_int_equal(upkeep_backup(r, "backup.db", &error), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(upkeep_backup(r, "test.db", &error), SAGITTA_ERROR_ARGUMENT);
  assert_int_equal(upkeep_backup(r, "no/folder.db", &error), SAGITTA_ERROR_WRITE);
  assert_int_not_equal(access("backup.db-wal", F_OK), 0);
#ifdef SQLITE_HAS_CODEC
  assert_true(!help_contains("backup.db", "SQLite format"));
#endif
  records *copy = help_open_file("backup.db");
  help_verify(copy, 11);
  char *a = help_export(r, NULL), *b = help_export(copy, NULL);
  assert_string_equal(a, b);
  free(a);
  free(b);
  records_close(&copy);
  records_close(&r);
}

static void count_problem(void *user, const char *problem) {
  assert_true(strlen(problem) > 10);
  ++*(int *)user;
}

static void test_verification(void **state) {
  (void)state;
  static const char *const changes[] = {
    "UPDATE results SET document = replace(document, 'measured', 'inferred') WHERE id = 2",
    "UPDATE results SET test = 'sit-and-reach' WHERE id = 2",
    "PRAGMA foreign_keys = OFF; UPDATE results SET visit = 999 WHERE id = 2",
    "UPDATE visits SET pretest = 'maybe' WHERE id = 1",
    "UPDATE tracks SET tracks = tracks || '9' WHERE id = 3",
    "UPDATE visits SET day = '2024-99-99' WHERE id = 1",
  };
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    unlink("test.db");
    records *r = help_filled();
    records_close(&r);
    help_sql(changes[i]);
    int said = 0;
    upkeep_report report;
    r = help_open();
    assert_int_equal(upkeep_verify(r, count_problem, &said, &report, NULL), SAGITTA_OK);
    assert_true(said >= 1);
    assert_int_equal(report.problems, said);
    records_close(&r);
  }
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, help_setup, help_teardown)

int main(void) {
  const struct CMUnitTest tests[] = {
    EACH(test_migration),         EACH(test_old_pages_are_recovered),    EACH(test_failed_migration_changes_nothing),
    EACH(test_export_and_import), EACH(test_edited_exports_are_refused), EACH(test_backup),
    EACH(test_verification),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
