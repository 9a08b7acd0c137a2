/* SPDX-License-Identifier: Apache-2.0 */
/* Removing for good: secure_delete overwrites what goes, and the file is then rewritten without it, journal included.
 */
#include "records/db.h"

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

sagitta_status records_compact(records *r, bool *traces_left, sagitta_error *error) {
  bool busy = true;
  sagitta_error ignored = SAGITTA_ERROR_INIT;
  sagitta_status status = cut_journal(r, &busy, &ignored);
  /* What is removed is removed: that the file could not be made smaller (a full disk, a reader) is a remark. */
  if (status == SAGITTA_OK) status = db_script(r, "VACUUM", &ignored);
  const sagitta_status cut = cut_journal(r, &busy, &ignored);
  *traces_left = status != SAGITTA_OK || cut != SAGITTA_OK || busy;
  if (status == SAGITTA_ERROR_FORMAT && error) *error = ignored;
  return status == SAGITTA_ERROR_FORMAT ? status : SAGITTA_OK;
}

sagitta_status records_client_remove(records *r, int64_t client, records_removed *removed, sagitta_error *error) {
  *removed = (records_removed){ 0, 0, 0, false };
  sagitta_status status = db_begin(r, error);
  if (status != SAGITTA_OK) return status;
  status = db_number(r, &removed->visits, error, "SELECT count(*) FROM visits WHERE client = ?", "i", client);
  if (status == SAGITTA_OK) {
    status =
        db_number(r, &removed->results, error,
                  "SELECT count(*) FROM results WHERE visit IN (SELECT id FROM visits WHERE client = ?)", "i", client);
  }
  if (status == SAGITTA_OK) {
    status = db_number(r, &removed->sessions, error, "SELECT count(*) FROM sessions WHERE client = ?", "i", client);
  }
  if (status == SAGITTA_OK) status = db_run(r, error, "DELETE FROM clients WHERE id = ?", "i", client);
  status = db_end(r, status, error);
  return status == SAGITTA_OK ? records_compact(r, &removed->traces_left, error) : status;
}

sagitta_status records_result_remove(records *r, int64_t id, bool *traces_left, sagitta_error *error) {
  *traces_left = false;
  sagitta_status status = db_run(r, error, "DELETE FROM results WHERE id = ?", "i", id);
  if (status == SAGITTA_OK && sqlite3_changes(r->db) == 0) {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                        "There is no result %lld. \"sagitta records show CLIENT\" lists a client's results.",
                        (long long)id);
  }
  return status == SAGITTA_OK ? records_compact(r, traces_left, error) : status;
}
