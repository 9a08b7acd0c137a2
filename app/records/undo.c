/* SPDX-License-Identifier: Apache-2.0 */
/* Merges and moves, and the way back: each change to a row is written into undo_steps in the transaction that makes it,
 * and undoing goes through the steps from the last to the first. */
#include <stdio.h>
#include <string.h>

#include "records/db.h"

#include "cli/failure.h"

sagitta_status undo_begin(records *r, int64_t *undo, const char *act, const char *subject, const char *origin,
                          const char *target, sagitta_error *error) {
  char now[RECORDS_TIME] = "";
  db_now(now);
  const sagitta_status status =
      db_run(r, error, "INSERT INTO undo(made_at, act, subject, origin, target) VALUES(?, ?, ?, ?, ?)", "ttttt", now,
             act, subject, origin, target);
  *undo = sqlite3_last_insert_rowid(r->db);
  return status;
}

/* Run a statement that sqlite3_mprintf made, with up to three numbers. */
static sagitta_status run(records *r, char *sql, const char *types, int64_t a, int64_t b, int64_t c,
                          sagitta_error *error) {
  if (!sql) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
  const sagitta_status status = db_run(r, error, sql, types, a, b, c);
  sqlite3_free(sql);
  return status;
}

sagitta_status undo_set(records *r, int64_t undo, const char *table, const char *column, const char *value,
                        const char *where, int64_t is, sagitta_error *error) {
  const sagitta_status status = run(r,
                                    sqlite3_mprintf("INSERT INTO undo_steps(undo, step, tbl, row, col, was, became)"
                                                    " SELECT ?1, 'set', %Q, id, %Q, \"%w\", %s FROM \"%w\""
                                                    " WHERE \"%w\" = ?2 ORDER BY id",
                                                    table, column, column, value, table, where),
                                    "ii", undo, is, 0, error);
  if (status != SAGITTA_OK) return status;
  return run(r, sqlite3_mprintf("UPDATE \"%w\" SET \"%w\" = %s WHERE \"%w\" = ?1", table, column, value, where), "i",
             is, 0, 0, error);
}

sagitta_status undo_set_id(records *r, int64_t undo, const char *table, const char *column, int64_t value,
                           const char *where, int64_t is, sagitta_error *error) {
  char text[24] = "NULL";
  if (value) (void)snprintf(text, sizeof text, "%lld", (long long)value);
  return undo_set(r, undo, table, column, text, where, is, error);
}

sagitta_status undo_set_text(records *r, int64_t undo, const char *table, const char *column, const char *value,
                             int64_t id, sagitta_error *error) {
  char *text = sqlite3_mprintf("%Q", value);
  if (!text) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
  const sagitta_status status = undo_set(r, undo, table, column, text, "id", id, error);
  sqlite3_free(text);
  return status;
}

sagitta_status undo_delete(records *r, int64_t undo, const char *table, int64_t id, sagitta_error *error) {
  sqlite3_stmt *column;
  /* Where a row's columns stand; SQLCipher has no table-valued pragmas. */
  char *pragma = sqlite3_mprintf("PRAGMA table_info(\"%w\")", table);
  if (!pragma) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
  sagitta_status status = db_query(r, &column, error, pragma, "");
  sqlite3_free(pragma);
  while (status == SAGITTA_OK && (status = db_step(r, column, error)) == SAGITTA_OK) {
    const char *name = (const char *)sqlite3_column_text(column, 1);
    status = run(r,
                 sqlite3_mprintf("INSERT INTO undo_steps(undo, step, tbl, row, col, was) SELECT ?1, 'delete', %Q, id,"
                                 " %Q, \"%w\" FROM \"%w\" WHERE id = ?2",
                                 table, name, name, table),
                 "ii", undo, id, 0, error);
  }
  sqlite3_finalize(column);
  if (status != SAGITTA_END) return status;
  return run(r, sqlite3_mprintf("DELETE FROM \"%w\" WHERE id = ?1", table), "i", id, 0, 0, error);
}

sagitta_status undo_made(records *r, int64_t undo, const char *table, int64_t id, sagitta_error *error) {
  return db_run(r, error, "INSERT INTO undo_steps(undo, step, tbl, row, col) VALUES(?, 'make', ?, ?, '')", "iti", undo,
                table, id);
}

/* ---- the way back ---- */

typedef struct undo_step {
  int64_t id, row;
  char step[8], table[24], column[40];
} undo_step;

static sagitta_status changed_since(const undo_step *s, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "It cannot be undone: what it changed (%s %lld) was changed again since. Nothing was undone.",
                   s->table, (long long)s->row);
}

static sagitta_status set_back(records *r, const undo_step *s, sagitta_error *error) {
  const sagitta_status status =
      run(r,
          sqlite3_mprintf("UPDATE \"%w\" SET \"%w\" = (SELECT was FROM undo_steps WHERE id = ?1) WHERE id = ?2 AND"
                          " \"%w\" IS (SELECT became FROM undo_steps WHERE id = ?1)",
                          s->table, s->column, s->column),
          "ii", s->id, s->row, 0, error);
  return status == SAGITTA_OK && sqlite3_changes(r->db) == 0 ? changed_since(s, error) : status;
}

/* Where the number was given to another row since, the row comes back under a new one, and the steps that are still to
 * come follow it. */
static sagitta_status renumber(records *r, int64_t undo, const undo_step *s, int64_t now, sagitta_error *error) {
  static const struct {
    const char *table, *column;
  } references[] = { { "clients", "client" }, { "visits", "visit" }, { "sessions", "session" } };
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; i < sizeof references / sizeof *references && status == SAGITTA_OK; i++) {
    if (strcmp(references[i].table, s->table) != 0) continue;
    status = db_run(r, error, "UPDATE undo_steps SET was = ?4 WHERE undo = ?1 AND col = ?2 AND was = ?3", "itii", undo,
                    references[i].column, s->row, now);
  }
  return status;
}

/* The row of which the steps (undo, table, row) hold a column each. */
static sagitta_status bring_back(records *r, int64_t undo, const undo_step *s, sagitta_error *error) {
  int64_t taken = 0;
  char *columns = NULL, *values = NULL;
  sqlite3_stmt *each;
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  char *look = sqlite3_mprintf("SELECT count(*) FROM \"%w\" WHERE id = ?", s->table);
  if (look) status = db_number(r, &taken, error, look, "i", s->row);
  sqlite3_free(look);
  if (status == SAGITTA_OK) {
    status = db_query(r, &each, error,
                      "SELECT id, col FROM undo_steps WHERE undo = ? AND step = 'delete' AND tbl = ? AND row = ?"
                      " ORDER BY id",
                      "iti", undo, s->table, s->row);
    while (status == SAGITTA_OK && (status = db_step(r, each, error)) == SAGITTA_OK) {
      const char *name = (const char *)sqlite3_column_text(each, 1);
      if (taken && strcmp(name, "id") == 0) continue;
      columns = sqlite3_mprintf("%z%s\"%w\"", columns, columns ? ", " : "", name);
      values = sqlite3_mprintf("%z%s(SELECT was FROM undo_steps WHERE id = %lld)", values, values ? ", " : "",
                               (long long)sqlite3_column_int64(each, 0));
      if (!columns || !values) status = fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
    }
    sqlite3_finalize(each);
  }
  if (status == SAGITTA_END) {
    sagitta_error why = error_like(error);
    status = run(r, sqlite3_mprintf("INSERT INTO \"%w\"(%s) VALUES(%s)", s->table, columns, values), "", 0, 0, 0, &why);
    if (status != SAGITTA_OK && sqlite3_extended_errcode(r->db) == SQLITE_CONSTRAINT_UNIQUE) {
      status = fail_with(error, SAGITTA_ERROR_ARGUMENT,
                         "It cannot be undone: the ID that would come back was given to another client since. "
                         "Give that one another ID first: sagitta records edit ID --id NEW.");
    } else if (status != SAGITTA_OK && error) {
      *error = why;
    }
  }
  sqlite3_free(columns);
  sqlite3_free(values);
  if (status != SAGITTA_OK || !taken) return status;
  return renumber(r, undo, s, sqlite3_last_insert_rowid(r->db), error);
}

/* What was made goes, unless something came to it since. */
static sagitta_status unmake(records *r, const undo_step *s, sagitta_error *error) {
  if (strcmp(s->table, "visits") == 0) {
    return db_run(r, error,
                  "DELETE FROM visits WHERE id = ?1 AND pretest IS NULL AND NOT EXISTS (SELECT 1 FROM results WHERE"
                  " visit = ?1)",
                  "i", s->row);
  }
  return run(r, sqlite3_mprintf("DELETE FROM \"%w\" WHERE id = ?1", s->table), "i", s->row, 0, 0, error);
}

static sagitta_status take_back(records *r, int64_t undo, const undo_step *s, sagitta_error *error) {
  if (strcmp(s->step, "set") == 0) return set_back(r, s, error);
  if (strcmp(s->step, "make") == 0) return unmake(r, s, error);
  /* Of a row, its id is the first step, and the last that is come to. */
  return strcmp(s->column, "id") == 0 ? bring_back(r, undo, s, error) : SAGITTA_OK;
}

sagitta_status records_undo_last(records *r, records_undo *last, sagitta_error *error) {
  sqlite3_stmt *row;
  char act[8];
  memset(last, 0, sizeof *last);
  sagitta_status status = db_query(
      r, &row, error, "SELECT id, made_at, act, subject, origin, target FROM undo ORDER BY id DESC LIMIT 1", "");
  if (status == SAGITTA_OK && (status = db_step(r, row, error)) == SAGITTA_OK) {
    last->id = sqlite3_column_int64(row, 0);
    db_text(row, 1, last->made_at, sizeof last->made_at);
    db_text(row, 2, act, sizeof act);
    db_text(row, 3, last->subject, sizeof last->subject);
    db_text(row, 4, last->origin, sizeof last->origin);
    db_text(row, 5, last->target, sizeof last->target);
    last->is_merge = strcmp(act, "merge") == 0;
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static sagitta_status walk_back(records *r, int64_t undo, sagitta_error *error) {
  int64_t before = INT64_MAX;
  for (;;) {
    sqlite3_stmt *row;
    undo_step s = { .id = 0 };
    sagitta_status status = db_query(r, &row, error,
                                     "SELECT id, step, tbl, row, col FROM undo_steps WHERE undo = ? AND id < ?"
                                     " ORDER BY id DESC LIMIT 1",
                                     "ii", undo, before);
    if (status == SAGITTA_OK && (status = db_step(r, row, error)) == SAGITTA_OK) {
      s.id = before = sqlite3_column_int64(row, 0);
      db_text(row, 1, s.step, sizeof s.step);
      db_text(row, 2, s.table, sizeof s.table);
      s.row = sqlite3_column_int64(row, 3);
      db_text(row, 4, s.column, sizeof s.column);
    }
    sqlite3_finalize(row);
    if (status == SAGITTA_END) return SAGITTA_OK;
    if (status == SAGITTA_OK) status = take_back(r, undo, &s, error);
    if (status != SAGITTA_OK) return status;
  }
}

sagitta_status records_undo_do(records *r, const records_undo *last, sagitta_error *error) {
  int64_t there = 0;
  sagitta_status status = db_begin(r, error);
  if (status != SAGITTA_OK) return status;
  /* Another program may just have done it, or something else. */
  status = db_number(r, &there, error, "SELECT max(id) FROM undo", "");
  if (status == SAGITTA_OK && (last->id == 0 || there != last->id)) {
    status = fail_with(error, SAGITTA_ERROR_ARGUMENT, "There is nothing to undo.");
  }
  if (status == SAGITTA_OK) status = walk_back(r, last->id, error);
  if (status == SAGITTA_OK) status = db_run(r, error, "DELETE FROM undo WHERE id = ?", "i", last->id);
  return db_end(r, status, error);
}

sagitta_status undo_forget(records *r, sagitta_error *error) {
  return db_run(r, error, "DELETE FROM undo", "");
}

sagitta_status records_vacuum(records *r, bool *traces_left, sagitta_error *error) {
  *traces_left = false;
  sagitta_status status = undo_forget(r, error);
  if (status == SAGITTA_OK) status = pictures_sweep(r, error);
  return status == SAGITTA_OK ? upkeep_compact(r, traces_left, error) : status;
}
