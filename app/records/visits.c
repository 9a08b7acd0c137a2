/* SPDX-License-Identifier: Apache-2.0 */
/* Days, a client's visits with the answers before the test, and repeatability sessions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "records/db.h"

#include "cli/failure.h"

/* ---- days ---- */

void records_today(char day[RECORDS_DAY]) {
  const time_t now = time(NULL);
  struct tm local;
  if (!localtime_r(&now, &local) || strftime(day, RECORDS_DAY, "%Y-%m-%d", &local) != RECORDS_DAY - 1) {
    (void)snprintf(day, RECORDS_DAY, "1970-01-01");
  }
}

static bool in_calendar(int year, int month, int day) {
  static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  if (month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= days[month - 1] + (leap && month == 2);
}

bool records_is_day(const char *day) {
  int year, month, number, length = 0;
  if (strspn(day, "0123456789-") != 10 || strlen(day) != 10) return false;
  if (sscanf(day, "%4d-%2d-%2d%n", &year, &month, &number, &length) != 3 || length != 10) return false;
  if (year < 1900 || !in_calendar(year, month, number)) return false;
  /* Tomorrow: clocks of two machines, or the other side of the date line. */
  const time_t tomorrow = time(NULL) + 86400;
  struct tm local;
  char limit[RECORDS_DAY] = "";
  if (!localtime_r(&tomorrow, &local) || strftime(limit, sizeof limit, "%Y-%m-%d", &local) == 0) return true;
  return strcmp(day, limit) <= 0;
}

/* ---- visits ---- */

void records_visits_free(records_visit *visits, size_t count) {
  for (size_t i = 0; i < count; i++) free(visits[i].pretest);
  free(visits);
}

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the visits.");
}

sagitta_status records_visits(records *r, int64_t client, records_visit **visits, size_t *count, sagitta_error *error) {
  sqlite3_stmt *row;
  void *items = NULL;
  size_t n = 0;
  *visits = NULL;
  *count = 0;
  sagitta_status status = db_query(r, &row, error,
                                   "SELECT v.id, v.day, v.pretest, v.cleared,"
                                   " (SELECT count(*) FROM results t WHERE t.visit = v.id) FROM visits v"
                                   " WHERE v.client = ? ORDER BY v.day",
                                   "i", client);
  while (status == SAGITTA_OK && (status = db_step(r, row, error)) == SAGITTA_OK) {
    records_visit *v = db_grow(&items, &n, sizeof *v);
    if (!v) {
      status = no_memory(error);
      break;
    }
    v->id = sqlite3_column_int64(row, 0);
    db_text(row, 1, v->day, sizeof v->day);
    v->pretest = db_copy(row, 2, &status);
    v->cleared = sqlite3_column_int(row, 3) != 0;
    v->results = sqlite3_column_int64(row, 4);
    if (status != SAGITTA_OK) (void)no_memory(error);
  }
  sqlite3_finalize(row);
  if (status != SAGITTA_END) {
    records_visits_free(items, n);
    return status;
  }
  *visits = items;
  *count = n;
  return SAGITTA_OK;
}

sagitta_status records_visit_set(records *r, int64_t client, const char *day, const char *pretest, bool cleared,
                                 int64_t *visit, sagitta_error *error) {
  if (!records_is_day(day)) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "A visit's day is written YYYY-MM-DD, as 2026-03-31, and is not in the future.");
  }
  const bool inside = !sqlite3_get_autocommit(r->db);
  sagitta_status status = inside ? SAGITTA_OK : db_begin(r, error);
  if (status != SAGITTA_OK) return status;
  status = db_run(r, error, "INSERT OR IGNORE INTO visits(client, day) VALUES(?, ?)", "it", client, day);
  if (status == SAGITTA_OK && pretest) {
    status = db_run(r, error, "UPDATE visits SET pretest = ?3, cleared = ?4 WHERE client = ?1 AND day = ?2", "itti",
                    client, day, pretest, (int64_t)cleared);
  }
  int64_t id = 0;
  if (status == SAGITTA_OK) {
    status = db_number(r, &id, error, "SELECT id FROM visits WHERE client = ? AND day = ?", "it", client, day);
  }
  if (visit) *visit = id;
  return inside ? status : db_end(r, status, error);
}

sagitta_status records_visit_pretest(records *r, int64_t client, const char *day, char **pretest, bool *cleared,
                                     sagitta_error *error) {
  sqlite3_stmt *row;
  *pretest = NULL;
  *cleared = false;
  sagitta_status status =
      db_query(r, &row, error, "SELECT pretest, cleared FROM visits WHERE client = ? AND day = ?", "it", client, day);
  if (status == SAGITTA_OK && (status = db_step(r, row, error)) == SAGITTA_OK) {
    *pretest = db_copy(row, 0, &status);
    *cleared = sqlite3_column_int(row, 1) != 0;
    if (status != SAGITTA_OK) (void)no_memory(error);
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

/* ---- repeatability sessions ---- */

sagitta_status records_session_start(records *r, int64_t client, const char *day, int64_t *id, sagitta_error *error) {
  sagitta_status status = db_begin(r, error);
  if (status != SAGITTA_OK) return status;
  status = db_run(r, error, "UPDATE sessions SET open = 0 WHERE client = ?", "i", client);
  if (status == SAGITTA_OK) {
    status = db_run(r, error, "INSERT INTO sessions(client, day, open) VALUES(?, ?, 1)", "it", client, day);
  }
  *id = sqlite3_last_insert_rowid(r->db);
  return db_end(r, status, error);
}

sagitta_status records_session_end(records *r, int64_t client, sagitta_error *error) {
  const sagitta_status status =
      db_run(r, error, "UPDATE sessions SET open = 0 WHERE client = ? AND open = 1", "i", client);
  if (status != SAGITTA_OK || sqlite3_changes(r->db) > 0) return status;
  return fail_with(error, SAGITTA_ERROR_ARGUMENT, "No repeatability session is open. Begin one with --start.");
}

sagitta_status records_session_remove(records *r, int64_t client, int64_t session, sagitta_error *error) {
  const sagitta_status status =
      db_run(r, error, "DELETE FROM sessions WHERE id = ? AND client = ?", "ii", session, client);
  if (status != SAGITTA_OK || sqlite3_changes(r->db) > 0) return status;
  return fail_with(error, SAGITTA_ERROR_ARGUMENT, "The client has no repeatability session %lld.", (long long)session);
}

sagitta_status records_session_join(records *r, int64_t session, const int64_t *results, size_t count,
                                    sagitta_error *error) {
  sagitta_status status = db_begin(r, error);
  if (status != SAGITTA_OK) return status;
  for (size_t i = 0; i < count && status == SAGITTA_OK; i++) {
    status =
        db_run(r, error,
               "UPDATE results SET session = ?1 WHERE id = ?2 AND visit IN (SELECT v.id FROM visits v JOIN sessions"
               " s ON s.client = v.client WHERE s.id = ?1)",
               "ii", session, results[i]);
    if (status == SAGITTA_OK && sqlite3_changes(r->db) == 0) {
      status = fail_with(error, SAGITTA_ERROR_ARGUMENT,
                         "Result %lld is none of this client's: nothing was changed. \"sagitta records show CLIENT\" "
                         "lists them.",
                         (long long)results[i]);
    }
  }
  return db_end(r, status, error);
}

sagitta_status records_sessions(records *r, int64_t client, records_session **sessions, size_t *count,
                                sagitta_error *error) {
  sqlite3_stmt *row;
  void *items = NULL;
  size_t n = 0;
  *sessions = NULL;
  *count = 0;
  sagitta_status status = db_query(r, &row, error,
                                   "SELECT s.id, s.day, s.open, (SELECT count(*) FROM results t WHERE t.session = s.id)"
                                   " FROM sessions s WHERE s.client = ? ORDER BY s.day, s.id",
                                   "i", client);
  while (status == SAGITTA_OK && (status = db_step(r, row, error)) == SAGITTA_OK) {
    records_session *s = db_grow(&items, &n, sizeof *s);
    if (!s) {
      status = fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the sessions.");
      break;
    }
    s->id = sqlite3_column_int64(row, 0);
    db_text(row, 1, s->day, sizeof s->day);
    s->open = sqlite3_column_int(row, 2) != 0;
    s->results = sqlite3_column_int64(row, 3);
  }
  sqlite3_finalize(row);
  if (status != SAGITTA_END) {
    free(items);
    return status;
  }
  *sessions = items;
  *count = n;
  return SAGITTA_OK;
}
