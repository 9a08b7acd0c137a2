/* SPDX-License-Identifier: Apache-2.0 */
/* Statements, transactions, columns, and failures of SQLite in the user's words. */
#include "records/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/failure.h"
#include "cli/text.h"

/* What is said of a file that SQLite does not take for one of its own. */
#ifdef SQLITE_HAS_CODEC
static const char no_database[] = TRANSLATABLE(
    "\"%s\" does not open with this key: the key or passphrase is another one, or it is no "
    "encrypted records file. If it is damaged: sagitta records recover FILE -o NEW.");
#else
static const char no_database[] = TRANSLATABLE(
    "\"%s\" is no records file of Sagitta, or it is an encrypted one, which needs a Sagitta "
    "built with -DSAGITTA_ENCRYPTED=ON. If it is damaged: sagitta records recover FILE -o NEW.");
#endif

static sagitta_status input_output(records *r, sagitta_error *error) {
  const int code = sqlite3_system_errno(r->db);
  return fail_with(error, SAGITTA_ERROR_WRITE,
                   "The records in \"%s\" could not be read or written: %s. Nothing was changed; free some space, or "
                   "look after the disk, and try again.",
                   r->path, code ? error_reason(error, code) : error_say(error, sqlite3_errmsg(r->db)));
}

bool db_distrust(sqlite3 *db) {
  bool done = sqlite3_exec(db, "PRAGMA cell_size_check = ON", NULL, NULL, NULL) == SQLITE_OK;
#ifdef SQLITE_DBCONFIG_DEFENSIVE /* SQLite 3.26; an SQLCipher may be built on an older one */
  done = done && sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL) == SQLITE_OK;
#endif
#ifdef SQLITE_DBCONFIG_TRUSTED_SCHEMA /* SQLite 3.31 */
  done = done && sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL) == SQLITE_OK;
#endif
  return done;
}

sagitta_status db_fail(records *r, sagitta_error *error) {
  switch (sqlite3_errcode(r->db)) {
    case SQLITE_NOMEM:
      return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
    case SQLITE_FULL:
      return fail_with(error, SAGITTA_ERROR_WRITE,
                       "The disk is full: nothing was saved in the records, and nothing in them is lost. Free some "
                       "space and try again.");
    case SQLITE_IOERR:
      return input_output(r, error);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return fail_with(error, SAGITTA_ERROR_WRITE,
                       "Another program has been writing to the records in \"%s\" for longer than 10 s: nothing was "
                       "changed. Try again when it has finished.",
                       r->path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return fail_with(error, SAGITTA_ERROR_WRITE,
                       "The records in \"%s\" may not be changed: you have no permission to write to the file or its "
                       "folder. Choose another file with --records.",
                       r->path);
    case SQLITE_CANTOPEN:
      return fail_with(error, SAGITTA_ERROR_WRITE,
                       "The records in \"%s\" cannot be opened: their folder must be there, and be writable for what "
                       "SQLite keeps beside the file.",
                       r->path);
    case SQLITE_CORRUPT:
      return fail_with(error, SAGITTA_ERROR_FORMAT,
                       "The records in \"%s\" are damaged (%s); nothing was changed. \"sagitta records verify\" says "
                       "how far, \"sagitta records recover FILE -o NEW\" saves what can be read into a new file.",
                       r->path, error_say(error, sqlite3_errmsg(r->db)));
    case SQLITE_NOTADB:
      return fail_with(error, SAGITTA_ERROR_FORMAT, no_database, r->path);
    default:
      return fail_with(error, SAGITTA_ERROR_FORMAT, "The records in \"%s\" cannot be used: %s.", r->path,
                       error_say(error, sqlite3_errmsg(r->db)));
  }
}

static int bind_one(sqlite3_stmt *statement, int at, char type, va_list *values) {
  if (type == 'd') return sqlite3_bind_double(statement, at, va_arg(*values, double));
  if (type == 't' || type == 'o') {
    const char *text = va_arg(*values, const char *);
    const bool absent = !text || (type == 'o' && !*text);
    return absent ? sqlite3_bind_null(statement, at) : sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
  }
  const int64_t number = va_arg(*values, int64_t);
  return type == 'z' && number == 0 ? sqlite3_bind_null(statement, at) : sqlite3_bind_int64(statement, at, number);
}

static sagitta_status query(records *r, sqlite3_stmt **statement, sagitta_error *error, const char *sql,
                            const char *types, va_list *values) {
  *statement = NULL;
  if (sqlite3_prepare_v2(r->db, sql, -1, statement, NULL) != SQLITE_OK) return db_fail(r, error);
  for (int i = 0; types[i]; i++) {
    if (bind_one(*statement, i + 1, types[i], values) != SQLITE_OK) {
      sagitta_status status = db_fail(r, error);
      sqlite3_finalize(*statement);
      *statement = NULL;
      return status;
    }
  }
  return SAGITTA_OK;
}

sagitta_status db_query(records *r, sqlite3_stmt **statement, sagitta_error *error, const char *sql, const char *types,
                        ...) {
  va_list values;
  va_start(values, types);
  const sagitta_status status = query(r, statement, error, sql, types, &values);
  va_end(values);
  return status;
}

sagitta_status db_step(records *r, sqlite3_stmt *statement, sagitta_error *error) {
  switch (sqlite3_step(statement)) {
    case SQLITE_ROW:
      return SAGITTA_OK;
    case SQLITE_DONE:
      return SAGITTA_END;
    default:
      return db_fail(r, error);
  }
}

sagitta_status db_run(records *r, sagitta_error *error, const char *sql, const char *types, ...) {
  sqlite3_stmt *statement;
  va_list values;
  va_start(values, types);
  sagitta_status status = query(r, &statement, error, sql, types, &values);
  va_end(values);
  while (status == SAGITTA_OK) status = db_step(r, statement, error);
  sqlite3_finalize(statement);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

sagitta_status db_number(records *r, int64_t *number, sagitta_error *error, const char *sql, const char *types, ...) {
  sqlite3_stmt *statement;
  va_list values;
  va_start(values, types);
  sagitta_status status = query(r, &statement, error, sql, types, &values);
  va_end(values);
  if (status == SAGITTA_OK) status = db_step(r, statement, error);
  *number = status == SAGITTA_OK ? sqlite3_column_int64(statement, 0) : 0;
  sqlite3_finalize(statement);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

sagitta_status db_script(records *r, const char *sql, sagitta_error *error) {
  return sqlite3_exec(r->db, sql, NULL, NULL, NULL) == SQLITE_OK ? SAGITTA_OK : db_fail(r, error);
}

sagitta_status db_begin(records *r, sagitta_error *error) {
  return db_script(r, "BEGIN IMMEDIATE", error);
}

sagitta_status db_end(records *r, sagitta_status status, sagitta_error *error) {
  if (status == SAGITTA_OK) status = db_script(r, "COMMIT", error);
  if (status != SAGITTA_OK && !sqlite3_get_autocommit(r->db)) (void)sqlite3_exec(r->db, "ROLLBACK", NULL, NULL, NULL);
  return status;
}

void db_text(sqlite3_stmt *statement, int column, char *text, size_t size) {
  const unsigned char *found = sqlite3_column_text(statement, column);
  (void)snprintf(text, size, "%s", found ? (const char *)found : "");
}

char *db_copy(sqlite3_stmt *statement, int column, sagitta_status *status) {
  if (sqlite3_column_type(statement, column) == SQLITE_NULL) return NULL;
  const char *found = (const char *)sqlite3_column_text(statement, column);
  char *copy = found ? strdup(found) : NULL;
  if (!copy) *status = SAGITTA_ERROR_MEMORY;
  return copy;
}

void *db_grow(void **items, size_t *count, size_t size) {
  /* Doubling at powers of two: the count says how much room there is. */
  if ((*count & (*count - 1)) == 0) {
    void *more = realloc(*items, (*count ? 2 * *count : 1) * size);
    if (!more) return NULL;
    *items = more;
  }
  char *item = (char *)*items + *count * size;
  memset(item, 0, size);
  ++*count;
  return item;
}

void db_now(char text[RECORDS_TIME]) {
  const time_t now = time(NULL);
  struct tm utc;
  if (!gmtime_r(&now, &utc) || strftime(text, RECORDS_TIME, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0) text[0] = '\0';
}

records_mark db_mark(const char *text) {
  return text[0] == 'b' ? RECORDS_BEFORE : text[0] == 'a' ? RECORDS_AFTER : RECORDS_UNMARKED;
}
