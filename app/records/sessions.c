/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

#include "records/db.h"

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
  return records_fail(error, SAGITTA_ERROR_ARGUMENT, "No repeatability session is open. Begin one with --start.");
}

sagitta_status records_session_remove(records *r, int64_t client, int64_t session, sagitta_error *error) {
  const sagitta_status status =
      db_run(r, error, "DELETE FROM sessions WHERE id = ? AND client = ?", "ii", session, client);
  if (status != SAGITTA_OK || sqlite3_changes(r->db) > 0) return status;
  return records_fail(error, SAGITTA_ERROR_ARGUMENT, "The client has no repeatability session %lld.",
                      (long long)session);
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
      status =
          records_fail(error, SAGITTA_ERROR_ARGUMENT,
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
      status = records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the sessions.");
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
