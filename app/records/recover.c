/* SPDX-License-Identifier: Apache-2.0 */
/* Recovery of a damaged file: what SQLite still reads, then, where that is not everything, page by page. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/failure.h"
#include "records/db.h"
#include "records/recover.h"

#define PIECE ((size_t)1 << 18)

/* A copy to work on: SQLite folds the journal into it, and the damaged file stays as it is. */
static sagitta_status copy_file(const char *from, const char *to, bool optional, sagitta_error *error) {
  struct stat about;
  const int in = open(from, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (in < 0 && optional && errno == ENOENT) return SAGITTA_OK;
  if (in < 0 || fstat(in, &about) != 0 || !S_ISREG(about.st_mode)) {
    const char *why = in < 0 ? error_reason(error, errno) : error_say(error, "it is no file");
    if (in >= 0) (void)close(in);
    return fail_with(error, SAGITTA_ERROR_MISSING, "\"%s\" cannot be read: %s.", from, why);
  }
  const int out = open(to, O_WRONLY | O_TRUNC | O_CLOEXEC);
  char *piece = malloc(PIECE);
  ssize_t n = -1;
  errno = ENOMEM;
  while (out >= 0 && piece && (n = read(in, piece, PIECE)) > 0) {
    if (write(out, piece, (size_t)n) != n) break;
  }
  const int code = errno;
  free(piece);
  (void)close(in);
  if (out >= 0 && close(out) == 0 && n == 0) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_WRITE, "\"%s\" could not be copied to be recovered: %s. Free some space.", from,
                   error_reason(error, code));
}

/* One row by SQLite; columns by name, so that any version will do. */
static sagitta_status take_row(salvage *s, salvage_table table, sqlite3_stmt *row, sagitta_error *error) {
  sqlite3_value *value[32] = { NULL };
  int count = 0;
  const char *const *columns = salvage_columns(table, &count);
  for (int i = 0; i < sqlite3_column_count(row); i++) {
    for (int c = 0; c < count; c++) {
      if (strcmp(sqlite3_column_name(row, i), columns[c]) == 0) value[c] = sqlite3_column_value(row, i);
    }
  }
  return salvage_add(s, table, value, error);
}

/* The ids of a table, from an end to the first page that cannot be read, `backwards` from the other end. */
static sagitta_status take_rows(salvage *s, records *from, salvage_table table, bool backwards, bool *broken,
                                sagitta_error *error) {
  sqlite3_stmt *row;
  char sql[120];
  sagitta_error why = error_like(error);
  (void)snprintf(sql, sizeof sql, "SELECT * FROM %s NOT INDEXED ORDER BY id%s", salvage_name(table),
                 backwards ? " DESC" : "");
  sagitta_status status = db_query(from, &row, &why, sql, "");
  while (status == SAGITTA_OK && (status = db_step(from, row, &why)) == SAGITTA_OK) {
    status = take_row(s, table, row, error);
    if (status != SAGITTA_OK) {
      sqlite3_finalize(row);
      return status;
    }
  }
  sqlite3_finalize(row);
  *broken = *broken || status != SAGITTA_END;
  return SAGITTA_OK;
}

/* Between two broken pages: id after id, as far as there can be any. */
static sagitta_status take_ids(salvage *s, records *from, salvage_table table, sagitta_error *error) {
  sqlite3_stmt *row;
  char sql[120];
  (void)snprintf(sql, sizeof sql, "SELECT * FROM %s NOT INDEXED WHERE id = ?", salvage_name(table));
  int missed = 0;
  for (int64_t id = 1; missed < 5000 && id < 10000000; id++) {
    sagitta_error why = error_like(error);
    sagitta_status status = db_query(from, &row, &why, sql, "i", id);
    if (status == SAGITTA_OK) status = db_step(from, row, &why);
    missed = status == SAGITTA_OK ? 0 : missed + 1;
    if (status == SAGITTA_OK) status = take_row(s, table, row, error);
    sqlite3_finalize(row);
    if (status == SAGITTA_ERROR_MEMORY) return status;
  }
  return SAGITTA_OK;
}

/* What SQLite still finds; *broken where that is not everything. */
static sagitta_status take_by_sqlite(salvage *s, const new_file *copy, const char *key, bool *broken,
                                     sagitta_error *error) {
  records from = { .db = NULL, .path = strdup(copy->path) };
  sagitta_status status = SAGITTA_OK;
  *broken = true;
  if (!from.path) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory to recover the records.");
  if (new_file_connect(copy, key, &from.db) != SQLITE_OK) goto done;
  *broken = false;
  for (int t = 0; t < SALVAGE_TABLES && status == SAGITTA_OK; t++) {
    bool cut = false;
    status = take_rows(s, &from, (salvage_table)t, false, &cut, error);
    if (status == SAGITTA_OK && cut) status = take_rows(s, &from, (salvage_table)t, true, &cut, error);
    if (status == SAGITTA_OK && cut) status = take_ids(s, &from, (salvage_table)t, error);
    *broken = *broken || cut;
  }
done:
  (void)sqlite3_close(from.db);
  free(from.path);
  return status;
}

static sagitta_status fill(salvage *s, const new_file *file, const records_place *damaged, upkeep_recovered *recovered,
                           sagitta_error *error) {
  records *to = NULL;
  sagitta_status status = records_open_new(&to, file, damaged->key_file, error);
  if (status == SAGITTA_OK) status = salvage_write(s, to, recovered, error);
  records_close(&to);
  if (status != SAGITTA_OK || recovered->clients > 0) return status;
  return fail_with(
      error, SAGITTA_ERROR_FORMAT,
      "Nothing of a client could be found in \"%s\": it is no records file, or it is encrypted, or nothing "
      "of it is left. A backup is what helps now.",
      damaged->file);
}

sagitta_status upkeep_recover(const records_place *damaged, const char *path, upkeep_recovered *recovered,
                              sagitta_error *error) {
  new_file file, copy = { .path = NULL };
  salvage *s = NULL;
  char *key = NULL, *journal = NULL;
  bool broken = false;
  memset(recovered, 0, sizeof *recovered);
  sagitta_status status = new_file_begin(&file, path, error);
  if (status == SAGITTA_OK) status = new_file_begin(&copy, path, error);
  if (status == SAGITTA_OK) status = key_get(&key, damaged->key_file, false, error);
  if (status == SAGITTA_OK && asprintf(&journal, "%s-wal", damaged->file) < 0) {
    journal = NULL;
    status = fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory to recover the records.");
  }
  if (status == SAGITTA_OK) status = copy_file(damaged->file, new_file_path(&copy), false, error);
  if (status == SAGITTA_OK) status = copy_file(journal, new_file_log_path(&copy), true, error);
  if (status == SAGITTA_OK) status = salvage_new(&s, error);
  if (status == SAGITTA_OK) status = take_by_sqlite(s, &copy, key, &broken, error);
  if (status == SAGITTA_OK && broken) status = salvage_pages(s, new_file_path(&copy), error);
  if (status == SAGITTA_OK) status = fill(s, &file, damaged, recovered, error);
  salvage_free(&s);
  key_free(&key);
  free(journal);
  (void)new_file_end(&copy, SAGITTA_END, NULL);
  return new_file_end(&file, status, error);
}
