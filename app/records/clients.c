/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "records/db.h"
#include "cli/options.h"
#include "records/words.h"

static int this_year(void) {
  char day[RECORDS_DAY];
  records_today(day);
  return atoi(day);
}

static sagitta_status check_birth_year(int year, sagitta_error *error) {
  const int now = this_year();
  if (year == 0 || (year >= now - 125 && year <= now)) return SAGITTA_OK;
  if (year > now) {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                        "The birth year %d is in the future: this is %d. Nothing was "
                        "changed.",
                        year, now);
  }
  return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                      "The birth year %d cannot be right: it takes %d to %d. Nothing was "
                      "changed.",
                      year, now - 125, now);
}

sagitta_status records_client_check(const records_client *c, sagitta_error *error) {
  if (!words_code(c->code)) {
    return records_fail(
        error, SAGITTA_ERROR_ARGUMENT,
        "The ID of a client is made of letters of any script, digits, '-', '_' and '.', without blanks, "
        "starts with a letter, a digit or '_', and has at most %d bytes. Any text can be its --name.",
        RECORDS_CODE - 1);
  }
  if (!words_plain(c->name, false)) {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                        "The name has control characters in it, or is not UTF-8. Type it again.");
  }
  if (!words_plain(c->notes, true)) {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                        "The notes have control characters in them, or are not UTF-8. Type them again.");
  }
  if (c->sex != 0 && c->sex != 'f' && c->sex != 'm') {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT, "The sex is f or m, for the norms, or is left out.");
  }
  if (!(c->height_cm >= 0 && c->height_cm <= 280) || (c->height_cm > 0 && c->height_cm < 50)) {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT, "The height is 50 to 280 cm, not %g.", c->height_cm);
  }
  return check_birth_year(c->birth_year, error);
}

static void now_utc(char text[RECORDS_TIME]) {
  const time_t now = time(NULL);
  struct tm utc;
  if (!gmtime_r(&now, &utc) || strftime(text, RECORDS_TIME, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0) text[0] = '\0';
}

/* The message for an ID that is taken; `error` keeps another failure. */
static sagitta_status explain_taken(records *r, const char *code, sagitta_status status, sagitta_error *error) {
  if (sqlite3_extended_errcode(r->db) != SQLITE_CONSTRAINT_UNIQUE) return status;
  return records_fail(
      error, SAGITTA_ERROR_ARGUMENT,
      "There is a client with the ID \"%s\" already: nothing was changed. See: sagitta records show %s.", code, code);
}

sagitta_status records_client_add(records *r, records_client *c, sagitta_error *error) {
  sagitta_status status = records_client_check(c, error);
  if (status != SAGITTA_OK) return status;
  if (!c->added_at[0]) now_utc(c->added_at);
  status = db_run(r, error,
                  "INSERT INTO clients(uid, code, name, birth_year, sex, height_cm, notes, added_at)"
                  " VALUES(coalesce(?1, lower(hex(randomblob(16)))), ?2, ?3, ?4, ?5, nullif(?6, 0.0), ?7, ?8)",
                  "ottzodtt", c->uid, c->code, c->name, (int64_t)c->birth_year,
                  c->sex == 'f'   ? "f"
                  : c->sex == 'm' ? "m"
                                  : NULL,
                  c->height_cm, c->notes, c->added_at);
  if (status != SAGITTA_OK) return explain_taken(r, c->code, status, error);
  c->id = sqlite3_last_insert_rowid(r->db);
  sqlite3_stmt *made;
  status = db_query(r, &made, error, "SELECT uid FROM clients WHERE id = ?", "i", c->id);
  if (status == SAGITTA_OK && (status = db_step(r, made, error)) == SAGITTA_OK) db_text(made, 0, c->uid, sizeof c->uid);
  sqlite3_finalize(made);
  return status;
}

static void read_client(sqlite3_stmt *row, records_client *c) {
  memset(c, 0, sizeof *c);
  c->id = sqlite3_column_int64(row, 0);
  db_text(row, 1, c->uid, sizeof c->uid);
  db_text(row, 2, c->code, sizeof c->code);
  db_text(row, 3, c->name, sizeof c->name);
  c->birth_year = sqlite3_column_int(row, 4);
  const unsigned char *sex = sqlite3_column_text(row, 5);
  c->sex = sex ? (char)sex[0] : 0;
  c->height_cm = sqlite3_column_double(row, 6);
  db_text(row, 7, c->notes, sizeof c->notes);
  db_text(row, 8, c->added_at, sizeof c->added_at);
}

static sagitta_status no_such_client(records *r, const char *code, sagitta_error *error) {
  records_client_row *rows = NULL;
  size_t count = 0;
  sagitta_status status = records_clients(r, &rows, &count, error);
  const char **names = status == SAGITTA_OK ? calloc(count + 1, sizeof *names) : NULL;
  if (names) {
    for (size_t i = 0; i < count; i++) names[i] = rows[i].code;
    const char *near = options_nearest(code, names);
    char shown[RECORDS_CODE];
    (void)snprintf(shown, sizeof shown, "%s", words_plain(code, false) ? code : "?");
    status = near ? records_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no client \"%s\". Did you mean \"%s\"?",
                                 shown, near)
                  : records_fail(error, SAGITTA_ERROR_ARGUMENT,
                                 "There is no client \"%s\". \"sagitta records list\" shows all, \"sagitta records add "
                                 "ID\" adds one.",
                                 shown);
  }
  free(names);
  free(rows);
  return status == SAGITTA_OK ? records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.")
                              : status;
}

sagitta_status records_client_find(records *r, const char *code, records_client *out, sagitta_error *error) {
  sqlite3_stmt *row;
  sagitta_status status =
      db_query(r, &row, error,
               "SELECT id, uid, code, name, birth_year, sex, height_cm, notes, added_at FROM clients"
               " WHERE code = ?",
               "t", code);
  if (status == SAGITTA_OK) status = db_step(r, row, error);
  if (status == SAGITTA_OK) read_client(row, out);
  sqlite3_finalize(row);
  return status == SAGITTA_END ? no_such_client(r, code, error) : status;
}

sagitta_status records_client_update(records *r, const records_client *c, sagitta_error *error) {
  sagitta_status status = records_client_check(c, error);
  if (status != SAGITTA_OK) return status;
  status = db_run(r, error,
                  "UPDATE clients SET code = ?2, name = ?3, birth_year = ?4, sex = ?5, height_cm = nullif(?6, 0.0),"
                  " notes = ?7 WHERE id = ?1",
                  "ittzodt", c->id, c->code, c->name, (int64_t)c->birth_year,
                  c->sex == 'f'   ? "f"
                  : c->sex == 'm' ? "m"
                                  : NULL,
                  c->height_cm, c->notes);
  return status == SAGITTA_OK ? status : explain_taken(r, c->code, status, error);
}

sagitta_status records_clients(records *r, records_client_row **rows, size_t *count, sagitta_error *error) {
  sqlite3_stmt *row;
  void *items = NULL;
  size_t n = 0;
  *rows = NULL;
  *count = 0;
  sagitta_status status =
      db_query(r, &row, error,
               "SELECT c.code, c.name, c.birth_year, count(DISTINCT v.id), count(t.id), max(v.day) FROM clients c"
               " LEFT JOIN visits v ON v.client = c.id LEFT JOIN results t ON t.visit = v.id"
               " GROUP BY c.id ORDER BY c.code COLLATE NOCASE",
               "");
  while (status == SAGITTA_OK && (status = db_step(r, row, error)) == SAGITTA_OK) {
    records_client_row *c = db_grow(&items, &n, sizeof *c);
    if (!c) {
      status = records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the list of clients.");
      break;
    }
    db_text(row, 0, c->code, sizeof c->code);
    db_text(row, 1, c->name, sizeof c->name);
    c->birth_year = sqlite3_column_int(row, 2);
    c->visits = sqlite3_column_int64(row, 3);
    c->results = sqlite3_column_int64(row, 4);
    db_text(row, 5, c->last_day, sizeof c->last_day);
  }
  sqlite3_finalize(row);
  if (status != SAGITTA_END) {
    free(items);
    return status;
  }
  *rows = items;
  *count = n;
  return SAGITTA_OK;
}
