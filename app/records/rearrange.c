/* SPDX-License-Identifier: Apache-2.0 */
/* Two clients that are one person, and a result that is somebody else's: merging and moving, each one transaction, each
 * step written down so that it can be undone (undo.c). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/db.h"

#include "cli/failure.h"

/* ---- merging ---- */

#define DOUBLES                                                                                                   \
  " FROM results a JOIN visits v ON v.id = a.visit JOIN results b ON b.document_sha256 = a.document_sha256 JOIN " \
  "visits"                                                                                                        \
  " w ON w.id = b.visit WHERE v.client = ?1 AND w.client = ?2"

static bool both(double a, double b) {
  return a > 0 && b > 0 && (a < b || a > b);
}

static sagitta_status count_merge(records *r, records_merge *m, sagitta_error *error) {
  const int64_t into = m->into.id, from = m->from.id;
  sagitta_status status = db_number(r, &m->visits, error, "SELECT count(*) FROM visits WHERE client = ?", "i", from);
  if (status == SAGITTA_OK) {
    status = db_number(r, &m->results, error,
                       "SELECT count(*) FROM results t JOIN visits v ON v.id = t.visit WHERE v.client = ?", "i", from);
  }
  if (status == SAGITTA_OK) {
    status = db_number(r, &m->shared_days, error,
                       "SELECT count(*) FROM visits a JOIN visits b ON a.day = b.day WHERE a.client = ? AND b.client ="
                       " ?",
                       "ii", into, from);
  }
  if (status == SAGITTA_OK) status = db_number(r, &m->doubles, error, "SELECT count(*)" DOUBLES, "ii", into, from);
  return status;
}

sagitta_status records_merge_look(records *r, const char *into, const char *from, records_merge *m,
                                  sagitta_error *error) {
  memset(m, 0, sizeof *m);
  sagitta_status status = records_client_find(r, into, &m->into, error);
  if (status == SAGITTA_OK) status = records_client_find(r, from, &m->from, error);
  if (status != SAGITTA_OK) return status;
  if (m->into.id == m->from.id) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT, "\"%s\" and \"%s\" are one client already.", into, from);
  }
  const records_client *a = &m->into, *b = &m->from;
  m->differ =
      both(a->birth_year, b->birth_year) || both(a->height_cm, b->height_cm) || (a->sex && b->sex && a->sex != b->sex);
  return count_merge(r, m, error);
}

/* What is known of the one who goes, where the other says nothing. */
static sagitta_status merge_details(records *r, int64_t undo, const records_merge *m, sagitta_error *error) {
  const records_client *a = &m->into, *b = &m->from;
  char notes[2 * RECORDS_NOTES], number[40];
  const char sex[2] = { b->sex, '\0' };
  sagitta_status status = SAGITTA_OK;
  if (!*a->name && *b->name) status = undo_set_text(r, undo, "clients", "name", b->name, a->id, error);
  if (status == SAGITTA_OK && !a->birth_year && b->birth_year) {
    (void)snprintf(number, sizeof number, "%d", b->birth_year);
    status = undo_set(r, undo, "clients", "birth_year", number, "id", a->id, error);
  }
  if (status == SAGITTA_OK && !a->sex && b->sex) status = undo_set_text(r, undo, "clients", "sex", sex, a->id, error);
  if (status == SAGITTA_OK && !(a->height_cm > 0) && b->height_cm > 0) {
    (void)snprintf(number, sizeof number, "%.17g", b->height_cm);
    status = undo_set(r, undo, "clients", "height_cm", number, "id", a->id, error);
  }
  const int length = snprintf(notes, sizeof notes, "%s%s%s", a->notes, *a->notes ? "\n" : "", b->notes);
  if (status == SAGITTA_OK && *b->notes && strcmp(a->notes, b->notes) != 0 && length < RECORDS_NOTES) {
    status = undo_set_text(r, undo, "clients", "notes", notes, a->id, error);
  }
  return status;
}

static sagitta_status delete_result(records *r, int64_t undo, int64_t id, sagitta_error *error) {
  sagitta_status status = undo_delete(r, undo, "tracks", id, error);
  if (status == SAGITTA_OK) status = undo_delete(r, undo, "results", id, error);
  return status;
}

/* Of two that are the same to the byte the one stays that has tracks, or else the one that was there. */
static sagitta_status merge_doubles(records *r, int64_t undo, const records_merge *m, sagitta_error *error) {
  sqlite3_stmt *row;
  int64_t *gone = calloc((size_t)m->doubles + 1, sizeof *gone);
  size_t count = 0;
  if (!gone) return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the results.");
  sagitta_status status = db_query(r, &row, error,
                                   "SELECT CASE WHEN EXISTS (SELECT 1 FROM tracks WHERE id = b.id) AND NOT EXISTS"
                                   " (SELECT 1 FROM tracks WHERE id = a.id) THEN a.id ELSE b.id END" DOUBLES,
                                   "ii", m->into.id, m->from.id);
  while (status == SAGITTA_OK && (status = db_step(r, row, error)) == SAGITTA_OK && count < (size_t)m->doubles) {
    gone[count++] = sqlite3_column_int64(row, 0);
  }
  sqlite3_finalize(row);
  if (status == SAGITTA_END) status = SAGITTA_OK;
  for (size_t i = 0; i < count && status == SAGITTA_OK; i++) status = delete_result(r, undo, gone[i], error);
  free(gone);
  return status;
}

/* Two visits of one day: results go over, and the answers before the test, where the other has none or no yes. */
static sagitta_status merge_visit(records *r, int64_t undo, const records_visit *v, int64_t there, const char *had,
                                  sagitta_error *error) {
  sagitta_status status = undo_set_id(r, undo, "results", "visit", there, "visit", v->id, error);
  if (status == SAGITTA_OK && v->pretest && (!had || (pretest_has_yes(v->pretest) && !pretest_has_yes(had)))) {
    status = undo_set_text(r, undo, "visits", "pretest", v->pretest, there, error);
    if (status == SAGITTA_OK) {
      status = undo_set(r, undo, "visits", "cleared", v->cleared ? "1" : "0", "id", there, error);
    }
  }
  return status == SAGITTA_OK ? undo_delete(r, undo, "visits", v->id, error) : status;
}

static sagitta_status merge_visits(records *r, int64_t undo, const records_merge *m, sagitta_error *error) {
  records_visit *visits = NULL;
  size_t count = 0;
  sagitta_status status = records_visits(r, m->from.id, &visits, &count, error);
  for (size_t i = 0; i < count && status == SAGITTA_OK; i++) {
    int64_t there = 0;
    char *had = NULL;
    bool cleared = false;
    status = db_number(r, &there, error, "SELECT id FROM visits WHERE client = ? AND day = ?", "it", m->into.id,
                       visits[i].day);
    if (status == SAGITTA_OK && there) {
      status = records_visit_pretest(r, m->into.id, visits[i].day, &had, &cleared, error);
      if (status == SAGITTA_OK) status = merge_visit(r, undo, &visits[i], there, had, error);
    } else if (status == SAGITTA_OK) {
      status = undo_set_id(r, undo, "visits", "client", m->into.id, "id", visits[i].id, error);
    }
    free(had);
  }
  records_visits_free(visits, count);
  return status;
}

/* An export of the one who went, made before, is the other's from now on. */
static sagitta_status keep_identity(records *r, int64_t undo, const records_merge *m, sagitta_error *error) {
  sagitta_status status = undo_set_id(r, undo, "merged", "client", m->into.id, "client", m->from.id, error);
  if (status == SAGITTA_OK) {
    status = db_run(r, error, "INSERT INTO merged(uid, client) VALUES(?, ?)", "ti", m->from.uid, m->into.id);
  }
  return status == SAGITTA_OK ? undo_made(r, undo, "merged", sqlite3_last_insert_rowid(r->db), error) : status;
}

sagitta_status records_merge_do(records *r, records_merge *m, sagitta_error *error) {
  char into[RECORDS_CODE], from[RECORDS_CODE];
  int64_t undo = 0;
  (void)snprintf(into, sizeof into, "%s", m->into.code);
  (void)snprintf(from, sizeof from, "%s", m->from.code);
  sagitta_status status = db_begin(r, error);
  if (status != SAGITTA_OK) return status;
  /* As they are now, whatever another program did while the user was asked. */
  status = records_merge_look(r, into, from, m, error);
  if (status == SAGITTA_OK) status = undo_begin(r, &undo, "merge", m->from.code, m->from.code, m->into.code, error);
  if (status == SAGITTA_OK) status = merge_details(r, undo, m, error);
  if (status == SAGITTA_OK) status = merge_doubles(r, undo, m, error);
  if (status == SAGITTA_OK) status = undo_set(r, undo, "sessions", "open", "0", "client", m->from.id, error);
  if (status == SAGITTA_OK) {
    status = undo_set_id(r, undo, "sessions", "client", m->into.id, "client", m->from.id, error);
  }
  if (status == SAGITTA_OK) status = merge_visits(r, undo, m, error);
  if (status == SAGITTA_OK) status = keep_identity(r, undo, m, error);
  if (status == SAGITTA_OK) status = undo_delete(r, undo, "clients", m->from.id, error);
  return db_end(r, status, error);
}

/* ---- moving ---- */

/* The client's visit of that day, made if need be, and then written down. */
static sagitta_status visit_for(records *r, int64_t undo, int64_t client, const char *day, int64_t *visit,
                                sagitta_error *error) {
  sagitta_status status =
      db_number(r, visit, error, "SELECT id FROM visits WHERE client = ? AND day = ?", "it", client, day);
  if (status != SAGITTA_OK || *visit) return status;
  status = records_visit_set(r, client, day, NULL, false, visit, error);
  return status == SAGITTA_OK ? undo_made(r, undo, "visits", *visit, error) : status;
}

/* A visit in which nothing is left. */
static sagitta_status drop_empty(records *r, int64_t undo, int64_t visit, sagitta_error *error) {
  int64_t empty = 0;
  const sagitta_status status =
      db_number(r, &empty, error,
                "SELECT count(*) FROM visits v WHERE id = ? AND pretest IS NULL AND NOT EXISTS (SELECT 1 FROM results"
                " t WHERE t.visit = v.id)",
                "i", visit);
  return status == SAGITTA_OK && empty ? undo_delete(r, undo, "visits", visit, error) : status;
}

static sagitta_status check_move(records *r, const records_result *t, const records_client *to, sagitta_error *error) {
  int64_t same = 0;
  if (t->client == to->id) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT, "Result %lld is %s's already.", (long long)t->id, to->code);
  }
  const sagitta_status status =
      db_number(r, &same, error,
                "SELECT t.id FROM results t JOIN visits v ON v.id = t.visit WHERE v.client = ? AND t.document_sha256 ="
                " ?",
                "it", to->id, t->document_sha256);
  if (status != SAGITTA_OK || !same) return status;
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "%s has this very result already, as result %lld. The one too many is removed with: sagitta "
                   "records remove --result %lld.",
                   to->code, (long long)same, (long long)t->id);
}

sagitta_status records_result_move(records *r, int64_t id, const records_client *to, sagitta_error *error) {
  records_result *t = NULL;
  int64_t undo = 0, visit = 0;
  char number[24];
  (void)snprintf(number, sizeof number, "%lld", (long long)id);
  sagitta_status status = db_begin(r, error);
  if (status != SAGITTA_OK) return status;
  status = records_result_get(r, id, &t, error);
  if (status == SAGITTA_OK) status = check_move(r, t, to, error);
  if (status == SAGITTA_OK) status = undo_begin(r, &undo, "move", number, t->code, to->code, error);
  if (status == SAGITTA_OK) status = visit_for(r, undo, to->id, t->day, &visit, error);
  if (status == SAGITTA_OK) status = undo_set_id(r, undo, "results", "session", 0, "id", id, error);
  if (status == SAGITTA_OK) status = undo_set_id(r, undo, "results", "visit", visit, "id", id, error);
  if (status == SAGITTA_OK) status = drop_empty(r, undo, t->visit, error);
  if (t) records_results_free(t, 1);
  return db_end(r, status, error);
}
