/* SPDX-License-Identifier: Apache-2.0 */
/* The whole file: backup, verification, rewriting without what was removed. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/db.h"

#include "cli/failure.h"
#include "cli/text.h"

/* ---- rewriting ---- */

/* The journal holds pages as they were: it is folded in and cut to nothing. 1 in the first column: another program
 * reads, and the journal stays. */
static sagitta_status cut_journal(records *r, bool *busy, sagitta_error *error) {
  sqlite3_stmt *row;
  *busy = true;
  sagitta_status status = db_query(r, &row, error, "PRAGMA wal_checkpoint(TRUNCATE)", "");
  if (status == SAGITTA_OK && (status = db_step(r, row, error)) == SAGITTA_OK) *busy = sqlite3_column_int(row, 0) != 0;
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

sagitta_status upkeep_compact(records *r, bool *traces_left, sagitta_error *error) {
  bool busy = true;
  sagitta_error ignored = error_in(NULL);
  sagitta_status status = cut_journal(r, &busy, &ignored);
  /* What is removed is removed: that the file could not be made smaller (a full disk, a reader) is a remark. */
  if (status == SAGITTA_OK) status = db_script(r, "VACUUM", &ignored);
  const sagitta_status cut = cut_journal(r, &busy, &ignored);
  *traces_left = status != SAGITTA_OK || cut != SAGITTA_OK || busy;
  if (status == SAGITTA_ERROR_FORMAT && error) *error = ignored;
  return status == SAGITTA_ERROR_FORMAT ? status : SAGITTA_OK;
}

/* ---- backup ---- */

static sagitta_status backup_failed(sqlite3 *to, const char *path, sagitta_error *error) {
  const int code = sqlite3_errcode(to);
  return fail_with(error, SAGITTA_ERROR_WRITE, "The backup \"%s\" could not be written: %s. Nothing was left behind.",
                   path,
                   code == SQLITE_FULL ? error_say(error, "the disk is full") : error_say(error, sqlite3_errmsg(to)));
}

static sagitta_status copy_pages(records *r, sqlite3 *to, const char *path, sagitta_error *error) {
  sqlite3_backup *backup = sqlite3_backup_init(to, "main", r->db, "main");
  if (!backup) return backup_failed(to, path, error);
  int code;
  int waited = 0;
  while ((code = sqlite3_backup_step(backup, -1)) == SQLITE_BUSY || code == SQLITE_LOCKED) {
    if ((waited += sqlite3_sleep(100)) > 10000) break;
  }
  (void)sqlite3_backup_finish(backup);
  return code == SQLITE_DONE ? SAGITTA_OK : backup_failed(to, path, error);
}

/* Whole; and no longer said to have a write-ahead log beside it. */
static sagitta_status check_copy(sqlite3 *to, const char *path, sagitta_error *error) {
  sqlite3_stmt *row = NULL;
  bool whole = sqlite3_prepare_v2(to, "PRAGMA quick_check(1)", -1, &row, NULL) == SQLITE_OK &&
               sqlite3_step(row) == SQLITE_ROW && sqlite3_column_text(row, 0) &&
               strcmp((const char *)sqlite3_column_text(row, 0), "ok") == 0;
  sqlite3_finalize(row);
  if (!whole) {
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "The records are damaged, so that no backup was made of them. \"sagitta records recover FILE -o "
                     "NEW\" saves what can be read into a new file.");
  }
  return sqlite3_exec(to, NEW_FILE_JOURNAL, NULL, NULL, NULL) == SQLITE_OK ? SAGITTA_OK
                                                                           : backup_failed(to, path, error);
}

sagitta_status upkeep_backup(records *r, const char *path, sagitta_error *error) {
  new_file file;
  sqlite3 *to = NULL;
  sagitta_status status = new_file_begin(&file, path, error);
  if (status != SAGITTA_OK) return status;
  if (new_file_connect(&file, r->key, &to) != SQLITE_OK ||
      sqlite3_exec(to, NEW_FILE_JOURNAL, NULL, NULL, NULL) != SQLITE_OK) {
    status = backup_failed(to, path, error);
  }
  if (status == SAGITTA_OK) status = copy_pages(r, to, path, error);
  if (status == SAGITTA_OK) status = check_copy(to, path, error);
  if (sqlite3_close(to) != SQLITE_OK && status == SAGITTA_OK) status = backup_failed(to, path, error);
  return new_file_end(&file, status, error);
}

/* ---- verification ---- */

typedef struct check {
  records *r;
  const char *language;
  void (*tell)(void *user, const char *problem);
  void *user;
  size_t problems;
} check;

/* A problem, in the terminal's language. */
static void verify_tell(check *c, const char *english, ...) __attribute__((format(printf, 2, 3)));

static void verify_tell(check *c, const char *english, ...) {
  char text[1400];
  va_list arguments;
  va_start(arguments, english);
  (void)vsnprintf(text, sizeof text, say(c->language, english), arguments);
  va_end(arguments);
  c->problems++;
  c->tell(c->user, text);
}

static sagitta_status check_pages(check *c, sagitta_error *error) {
  sqlite3_stmt *row;
  sagitta_status status = db_query(c->r, &row, error, "PRAGMA integrity_check(20)", "");
  while (status == SAGITTA_OK && (status = db_step(c->r, row, error)) == SAGITTA_OK) {
    const char *text = (const char *)sqlite3_column_text(row, 0);
    if (text && strcmp(text, "ok") != 0) verify_tell(c, "The file: %s.", text);
  }
  sqlite3_finalize(row);
  if (status != SAGITTA_END) return status;
  status = db_query(c->r, &row, error, "PRAGMA foreign_key_check", "");
  while (status == SAGITTA_OK && (status = db_step(c->r, row, error)) == SAGITTA_OK) {
    verify_tell(c, "Row %lld of %s belongs to nobody.", (long long)sqlite3_column_int64(row, 1),
                (const char *)sqlite3_column_text(row, 0));
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static void check_document(check *c, int64_t id, const char *test, const char *set, const char *hash,
                           const char *document, size_t length) {
  char found[RECORDS_HASH];
  sagitta_result *result = NULL;
  sagitta_error why = error_in(c->language);
  if (!hash_text(document, length, found) || strcmp(found, hash) != 0) {
    verify_tell(c, "Result %lld is not what was saved: its document was changed.", (long long)id);
  } else if (sagitta_result_parse(&result, document, length, &why) != SAGITTA_OK) {
    verify_tell(c, "Result %lld cannot be read: %s", (long long)id, why.text);
  } else if (strcmp(sagitta_result_test(result), test) != 0 ||
             strcmp(sagitta_marker_set_name(sagitta_result_set(result)), set) != 0) {
    verify_tell(c, "Result %lld is listed as another test or marker set than it is.", (long long)id);
  }
  sagitta_result_free(&result);
}

static sagitta_status check_documents(check *c, sagitta_error *error) {
  sqlite3_stmt *row;
  sagitta_status status = db_query(
      c->r, &row, error, "SELECT id, test, marker_set, document_sha256, document FROM results ORDER BY id", "");
  while (status == SAGITTA_OK && (status = db_step(c->r, row, error)) == SAGITTA_OK) {
    const char *test = (const char *)sqlite3_column_text(row, 1), *set = (const char *)sqlite3_column_text(row, 2);
    const char *hash = (const char *)sqlite3_column_text(row, 3), *document = (const char *)sqlite3_column_text(row, 4);
    if (test && set && hash && document) {
      check_document(c, sqlite3_column_int64(row, 0), test, set, hash, document, (size_t)sqlite3_column_bytes(row, 4));
    } else {
      verify_tell(c, "Result %lld has parts missing.", (long long)sqlite3_column_int64(row, 0));
    }
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static sagitta_status check_tracks(check *c, sagitta_error *error) {
  sqlite3_stmt *row;
  char hash[RECORDS_HASH];
  sagitta_status status = db_query(c->r, &row, error, "SELECT id, sha256, tracks FROM tracks ORDER BY id", "");
  while (status == SAGITTA_OK && (status = db_step(c->r, row, error)) == SAGITTA_OK) {
    const char *expected = (const char *)sqlite3_column_text(row, 1), *text = (const char *)sqlite3_column_text(row, 2);
    if (expected && text && hash_text(text, strlen(text), hash) && strcmp(hash, expected) == 0) continue;
    verify_tell(c, "The tracks of result %lld are not those that were saved.", (long long)sqlite3_column_int64(row, 0));
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static sagitta_status check_visits(check *c, sagitta_error *error) {
  sqlite3_stmt *row;
  sagitta_status status = db_query(c->r, &row, error, "SELECT id, day, pretest FROM visits ORDER BY id", "");
  while (status == SAGITTA_OK && (status = db_step(c->r, row, error)) == SAGITTA_OK) {
    const char *day = (const char *)sqlite3_column_text(row, 1), *answers = (const char *)sqlite3_column_text(row, 2);
    char *parsed = NULL;
    if (!day || !records_is_day(day)) {
      verify_tell(c, "Visit %lld has no day.", (long long)sqlite3_column_int64(row, 0));
    } else if (answers && pretest_parse(&parsed, answers, strlen(answers), NULL) != SAGITTA_OK) {
      verify_tell(c, "The pre-test answers of a visit on %s cannot be read.", day);
    }
    free(parsed);
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

sagitta_status upkeep_verify(records *r, void (*tell)(void *user, const char *problem), void *user,
                             upkeep_report *report, sagitta_error *error) {
  check c = { .r = r, .language = error ? error->language : NULL, .tell = tell, .user = user };
  memset(report, 0, sizeof *report);
  sagitta_status status = db_script(r, "BEGIN", error);
  if (status == SAGITTA_OK) status = check_pages(&c, error);
  if (status == SAGITTA_OK) status = check_visits(&c, error);
  if (status == SAGITTA_OK) status = check_documents(&c, error);
  if (status == SAGITTA_OK) status = check_tracks(&c, error);
  if (status == SAGITTA_OK) status = db_number(r, &report->clients, error, "SELECT count(*) FROM clients", "");
  if (status == SAGITTA_OK) status = db_number(r, &report->visits, error, "SELECT count(*) FROM visits", "");
  if (status == SAGITTA_OK) status = db_number(r, &report->results, error, "SELECT count(*) FROM results", "");
  report->problems = c.problems;
  return db_end(r, status, error);
}
