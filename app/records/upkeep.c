/* SPDX-License-Identifier: Apache-2.0 */
#include "records/upkeep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/db.h"
#include "records/fresh.h"
#include "records/hash.h"
#include "records/pretest.h"

/* ---- backup ---- */

static sagitta_status backup_failed(sqlite3 *to, const char *path, sagitta_error *error) {
  const int code = sqlite3_errcode(to);
  return records_fail(error, SAGITTA_ERROR_WRITE,
                      "The backup \"%s\" could not be written: %s. Nothing was left behind.", path,
                      code == SQLITE_FULL ? "the disk is full" : sqlite3_errmsg(to));
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

/* One file, without a journal beside it; and whole. */
static sagitta_status check_copy(sqlite3 *to, const char *path, sagitta_error *error) {
  sqlite3_stmt *row = NULL;
  if (sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK) {
    return backup_failed(to, path, error);
  }
  bool whole = sqlite3_prepare_v2(to, "PRAGMA quick_check(1)", -1, &row, NULL) == SQLITE_OK &&
               sqlite3_step(row) == SQLITE_ROW && sqlite3_column_text(row, 0) &&
               strcmp((const char *)sqlite3_column_text(row, 0), "ok") == 0;
  sqlite3_finalize(row);
  if (whole) return SAGITTA_OK;
  return records_fail(error, SAGITTA_ERROR_FORMAT,
                      "The records are damaged, so that no backup was made of them. \"sagitta records recover FILE -o "
                      "NEW\" saves what can be read into a new file.");
}

sagitta_status upkeep_backup(records *r, const char *path, sagitta_error *error) {
  fresh_file file;
  sqlite3 *to = NULL;
  sagitta_status status = fresh_begin(&file, path, error);
  if (status != SAGITTA_OK) return status;
  if (sqlite3_open_v2(file.name, &to, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
    status = backup_failed(to, path, error);
    goto done;
  }
#ifdef SQLITE_HAS_CODEC
  if (sqlite3_key(to, r->key, (int)strlen(r->key)) != SQLITE_OK) {
    status = backup_failed(to, path, error);
    goto done;
  }
#endif
  status = copy_pages(r, to, path, error);
  if (status == SAGITTA_OK) status = check_copy(to, path, error);
done:
  (void)sqlite3_close(to);
  return fresh_end(&file, status, error);
}

/* ---- verification ---- */

typedef struct check {
  records *r;
  void (*say)(void *user, const char *problem);
  void *user;
  size_t problems;
} check;

static void report(check *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void report(check *c, const char *format, ...) {
  char text[1400];
  va_list arguments;
  va_start(arguments, format);
  (void)vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  c->problems++;
  c->say(c->user, text);
}

static sagitta_status check_pages(check *c, sagitta_error *error) {
  sqlite3_stmt *row;
  sagitta_status status = db_query(c->r, &row, error, "PRAGMA integrity_check(20)", "");
  while (status == SAGITTA_OK && (status = db_step(c->r, row, error)) == SAGITTA_OK) {
    const char *text = (const char *)sqlite3_column_text(row, 0);
    if (text && strcmp(text, "ok") != 0) report(c, "The file: %s.", text);
  }
  sqlite3_finalize(row);
  if (status != SAGITTA_END) return status;
  status = db_query(c->r, &row, error, "PRAGMA foreign_key_check", "");
  while (status == SAGITTA_OK && (status = db_step(c->r, row, error)) == SAGITTA_OK) {
    report(c, "Row %lld of %s belongs to nobody.", (long long)sqlite3_column_int64(row, 1),
           (const char *)sqlite3_column_text(row, 0));
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static void check_document(check *c, int64_t id, const char *test, const char *set, const char *hash,
                           const char *document, size_t length) {
  char found[RECORDS_HASH];
  sagitta_result *result = NULL;
  sagitta_error why = SAGITTA_ERROR_INIT;
  if (!hash_text(document, length, found) || strcmp(found, hash) != 0) {
    report(c, "Result %lld is not what was saved: its document was changed.", (long long)id);
  } else if (sagitta_result_parse(&result, document, length, &why) != SAGITTA_OK) {
    report(c, "Result %lld cannot be read: %s", (long long)id, why.text);
  } else if (strcmp(sagitta_result_test(result), test) != 0 ||
             strcmp(sagitta_marker_set_name(sagitta_result_set(result)), set) != 0) {
    report(c, "Result %lld is listed as another test or marker set than it is.", (long long)id);
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
      report(c, "Result %lld has parts missing.", (long long)sqlite3_column_int64(row, 0));
    }
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
      report(c, "Visit %lld has no day.", (long long)sqlite3_column_int64(row, 0));
    } else if (answers && pretest_parse(&parsed, answers, strlen(answers), NULL) != SAGITTA_OK) {
      report(c, "The pre-test answers of a visit on %s cannot be read.", day);
    }
    free(parsed);
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

sagitta_status upkeep_verify(records *r, void (*say)(void *user, const char *problem), void *user, upkeep_report *out,
                             sagitta_error *error) {
  check c = { .r = r, .say = say, .user = user };
  memset(out, 0, sizeof *out);
  sagitta_status status = db_script(r, "BEGIN", error);
  if (status == SAGITTA_OK) status = check_pages(&c, error);
  if (status == SAGITTA_OK) status = check_visits(&c, error);
  if (status == SAGITTA_OK) status = check_documents(&c, error);
  if (status == SAGITTA_OK) status = db_number(r, &out->clients, error, "SELECT count(*) FROM clients", "");
  if (status == SAGITTA_OK) status = db_number(r, &out->visits, error, "SELECT count(*) FROM visits", "");
  if (status == SAGITTA_OK) status = db_number(r, &out->results, error, "SELECT count(*) FROM results", "");
  out->problems = c.problems;
  return db_end(r, status, error);
}
