/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "records/db.h"

void records_visits_free(records_visit *visits, size_t count) {
  for (size_t i = 0; i < count; i++) free(visits[i].pretest);
  free(visits);
}

static sagitta_status no_memory(sagitta_error *error) {
  return records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the visits.");
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
    return records_fail(error, SAGITTA_ERROR_ARGUMENT,
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
