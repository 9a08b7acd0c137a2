/* SPDX-License-Identifier: Apache-2.0 */
/* Saved results: listing, saving, changing, removing, and reading their documents. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "records/db.h"
#include "sagitta/tests.h"

#define COLUMNS                                                                                                       \
  "t.id, t.uid, v.client, t.visit, t.session, c.code, v.day, t.saved_at, t.test, t.marker_set, t.side, t.treatment, " \
  "t.pain,"                                                                                                           \
  " t.program, t.input_name, t.input_sha256, t.document_sha256, t.settings, t.same_markers, t.rest_min, t.video"
#define FROM " FROM results t JOIN visits v ON v.id = t.visit JOIN clients c ON c.id = v.client"

const char *records_mark_name(records_mark mark) {
  return mark == RECORDS_BEFORE ? "before" : mark == RECORDS_AFTER ? "after" : "";
}

void records_result_clear(records_result *result) {
  free(result->settings);
  free(result->video);
  free(result->document);
  result->settings = result->video = result->document = NULL;
}

void records_results_free(records_result *results, size_t count) {
  for (size_t i = 0; i < count; i++) records_result_clear(&results[i]);
  free(results);
}

static sagitta_status no_memory(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the results.");
}

static sagitta_status read_result(sqlite3_stmt *row, bool with_document, records_result *t, sagitta_error *error) {
  char mark[8], side[8];
  sagitta_status status = SAGITTA_OK;
  t->id = sqlite3_column_int64(row, 0);
  db_text(row, 1, t->uid, sizeof t->uid);
  t->client = sqlite3_column_int64(row, 2);
  t->visit = sqlite3_column_int64(row, 3);
  t->session = sqlite3_column_int64(row, 4);
  db_text(row, 5, t->code, sizeof t->code);
  db_text(row, 6, t->day, sizeof t->day);
  db_text(row, 7, t->saved_at, sizeof t->saved_at);
  db_text(row, 8, t->test, sizeof t->test);
  db_text(row, 9, t->marker_set, sizeof t->marker_set);
  db_text(row, 10, side, sizeof side);
  t->side = sagitta_side_from_name(side);
  db_text(row, 11, mark, sizeof mark);
  t->mark = db_mark(mark);
  t->pain = sqlite3_column_type(row, 12) == SQLITE_NULL ? -1 : sqlite3_column_int(row, 12);
  db_text(row, 13, t->program, sizeof t->program);
  db_text(row, 14, t->input_name, sizeof t->input_name);
  db_text(row, 15, t->input_sha256, sizeof t->input_sha256);
  db_text(row, 16, t->document_sha256, sizeof t->document_sha256);
  t->settings = db_copy(row, 17, &status);
  t->markers = sqlite3_column_type(row, 18) == SQLITE_NULL ? RECORDS_MARKERS_UNKNOWN
               : sqlite3_column_int(row, 18)               ? RECORDS_MARKERS_SAME
                                                           : RECORDS_MARKERS_NEW;
  t->rest_min = sqlite3_column_int(row, 19);
  t->video = db_copy(row, 20, &status);
  if (with_document) t->document = db_copy(row, 21, &status);
  return status == SAGITTA_OK ? status : no_memory(error);
}

sagitta_status records_results(records *r, int64_t client, bool with_documents, records_result **results, size_t *count,
                               sagitta_error *error) {
  sqlite3_stmt *row;
  void *items = NULL;
  size_t n = 0;
  *results = NULL;
  *count = 0;
  sagitta_status status =
      db_query(r, &row, error,
               with_documents ? "SELECT " COLUMNS ", t.document" FROM " WHERE v.client = ? ORDER BY v.day, t.id"
                              : "SELECT " COLUMNS FROM " WHERE v.client = ? ORDER BY v.day, t.id",
               "i", client);
  while (status == SAGITTA_OK && (status = db_step(r, row, error)) == SAGITTA_OK) {
    records_result *t = db_grow(&items, &n, sizeof *t);
    status = t ? read_result(row, with_documents, t, error) : no_memory(error);
  }
  sqlite3_finalize(row);
  if (status != SAGITTA_END) {
    records_results_free(items, n);
    return status;
  }
  *results = items;
  *count = n;
  return SAGITTA_OK;
}

static sagitta_status no_such_result(int64_t id, sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                   "There is no result %lld. \"sagitta records show CLIENT\" lists a client's results.", (long long)id);
}

static sagitta_status bad_rest(sagitta_error *error) {
  return fail_with(error, SAGITTA_ERROR_ARGUMENT, "A rest is 0 to %d minutes of one day.", RECORDS_REST_MAX);
}

sagitta_status records_result_get(records *r, int64_t id, records_result **result, sagitta_error *error) {
  sqlite3_stmt *row;
  *result = calloc(1, sizeof **result);
  if (!*result) return no_memory(error);
  sagitta_status status = db_query(r, &row, error, "SELECT " COLUMNS ", t.document" FROM " WHERE t.id = ?", "i", id);
  if (status == SAGITTA_OK) status = db_step(r, row, error);
  if (status == SAGITTA_OK) status = read_result(row, true, *result, error);
  sqlite3_finalize(row);
  if (status == SAGITTA_OK) return status;
  records_results_free(*result, 1);
  *result = NULL;
  return status == SAGITTA_END ? no_such_result(id, error) : status;
}

sagitta_status records_result_update(records *r, int64_t id, records_mark mark, int pain, sagitta_error *error) {
  if (pain < -1 || pain > 10) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT, "Pain is 0 (none) to 10 (the worst there can be).");
  }
  const sagitta_status status =
      db_run(r, error, "UPDATE results SET treatment = ?2, pain = nullif(?3, -1) WHERE id = ?1", "ioi", id,
             records_mark_name(mark), (int64_t)pain);
  return status == SAGITTA_OK && sqlite3_changes(r->db) == 0 ? no_such_result(id, error) : status;
}

sagitta_status records_result_set_change(records *r, int64_t id, records_markers markers, int rest_min,
                                         sagitta_error *error) {
  if (rest_min < -1 || rest_min > RECORDS_REST_MAX) return bad_rest(error);
  const int64_t same = markers == RECORDS_MARKERS_UNKNOWN ? -1 : markers == RECORDS_MARKERS_SAME;
  const sagitta_status status = db_run(r, error,
                                       "UPDATE results SET same_markers = coalesce(nullif(?2, -1), same_markers),"
                                       " rest_min = CASE ?3 WHEN -1 THEN rest_min ELSE nullif(?3, 0) END WHERE id = ?1",
                                       "iii", id, same, (int64_t)rest_min);
  return status == SAGITTA_OK && sqlite3_changes(r->db) == 0 ? no_such_result(id, error) : status;
}

sagitta_status records_result_tracks(records *r, int64_t id, char **tracks, sagitta_error *error) {
  sqlite3_stmt *row;
  char hash[RECORDS_HASH] = "", expected[RECORDS_HASH] = "";
  *tracks = NULL;
  sagitta_status status = db_query(r, &row, error, "SELECT sha256, tracks FROM tracks WHERE id = ?", "i", id);
  if (status == SAGITTA_OK && (status = db_step(r, row, error)) == SAGITTA_OK) {
    db_text(row, 0, expected, sizeof expected);
    *tracks = db_copy(row, 1, &status);
    if (status != SAGITTA_OK) (void)no_memory(error);
  }
  sqlite3_finalize(row);
  if (status == SAGITTA_END) return SAGITTA_OK;
  if (status != SAGITTA_OK) return status;
  if (*tracks && hash_text(*tracks, strlen(*tracks), hash) && strcmp(hash, expected) == 0) return SAGITTA_OK;
  free(*tracks);
  *tracks = NULL;
  return fail_with(error, SAGITTA_ERROR_FORMAT,
                   "The tracks of result %lld are not those that were saved: they were changed by something else, "
                   "or are damaged. \"sagitta records verify\" looks at all of them.",
                   (long long)id);
}

sagitta_status records_result_set_side(records *r, int64_t id, sagitta_side side, sagitta_error *error) {
  records_result *row = NULL;
  sagitta_status status = records_result_get(r, id, &row, error);
  if (status != SAGITTA_OK) return status;
  const sagitta_test *test = sagitta_test_find(row->test);
  if (!test || !test->side || !*sagitta_side_name(side)) {
    status = fail_with(error, SAGITTA_ERROR_ARGUMENT, "Result %lld is of the test %s, which has no side.",
                       (long long)id, row->test);
  } else {
    status = db_run(r, error, "UPDATE results SET side = ?2 WHERE id = ?1", "it", id, sagitta_side_name(side));
  }
  records_results_free(row, 1);
  return status;
}

/* The document that the client has already, by its hash; 0 = none. */
static sagitta_status find_same(records *r, int64_t client, const char *hash, int64_t *id, sagitta_error *error) {
  return db_number(r, id, error, "SELECT t.id" FROM " WHERE v.client = ? AND t.document_sha256 = ?", "it", client,
                   hash);
}

/* "" where it is not known, or the test has none. */
static const char *side_of(const records_new_result *n, const sagitta_result *parsed) {
  const sagitta_test *test = sagitta_test_find(sagitta_result_test(parsed));
  if (!test || !test->side) return "";
  return sagitta_side_name(n->side ? n->side : sagitta_result_side(parsed));
}

/* The tracks beside a result that has none yet. */
static sagitta_status insert_tracks(records *r, int64_t id, const char *tracks, sagitta_error *error) {
  char hash[RECORDS_HASH];
  if (!hash_text(tracks, strlen(tracks), hash)) return no_memory(error);
  return db_run(r, error, "INSERT OR IGNORE INTO tracks(id, sha256, tracks) VALUES(?, ?, ?)", "itt", id, hash, tracks);
}

static sagitta_status insert(records *r, const records_new_result *n, const sagitta_result *parsed,
                             const char *document, const char *hash, int64_t *id, sagitta_error *error) {
  int64_t visit = 0, session = n->session;
  const bool said = n->markers != RECORDS_MARKERS_UNKNOWN;
  char now[RECORDS_TIME] = "";
  db_now(now);
  sagitta_status status = records_visit_set(r, n->client, n->day, NULL, false, &visit, error);
  if (status == SAGITTA_OK && session == 0) {
    status = db_number(r, &session, error,
                       "SELECT id FROM sessions WHERE client = ? AND day = ? AND open = 1 ORDER BY id DESC", "it",
                       n->client, n->day);
  }
  if (status == SAGITTA_OK) {
    status =
        db_run(r, error,
               "INSERT INTO results(uid, visit, session, saved_at, test, marker_set, side, treatment, same_markers,"
               " rest_min, pain, program, input_name, input_sha256, video, document_sha256, settings, document)"
               " VALUES(coalesce(?, lower(hex(randomblob(16)))), ?, ?, ?, ?, ?, ?, ?, nullif(?, -1), nullif(?, 0),"
               " nullif(?, -1), ?, ?, ?, ?, ?, ?, ?)",
               "oizttto"
               "oiiitto"
               "ottt",
               n->uid, visit, session, n->saved_at ? n->saved_at : now, sagitta_result_test(parsed),
               sagitta_marker_set_name(sagitta_result_set(parsed)), side_of(n, parsed), records_mark_name(n->mark),
               said ? (int64_t)(n->markers == RECORDS_MARKERS_SAME) : -1, (int64_t)n->rest_min, (int64_t)n->pain,
               sagitta_result_version(parsed), sagitta_result_input(parsed)->source, n->input_sha256, n->video, hash,
               n->settings ? n->settings : "{}", document);
  }
  *id = sqlite3_last_insert_rowid(r->db);
  return status;
}

/* What counts as a change from day to day was found of stickers; guesses of joints must not stand in the same row. */
static sagitta_status check_points(const sagitta_result *parsed, sagitta_error *error) {
  if (sagitta_result_input(parsed)->points != SAGITTA_POINTS_KEYPOINTS) return SAGITTA_OK;
  return fail_with(
      error, SAGITTA_ERROR_ARGUMENT,
      "Records keep no result of keypoints: what changes from day to day cannot be told from such guesses. "
      "Leave --client out, and keep the result as a file (--json).");
}

sagitta_status records_result_save(records *r, const records_new_result *result, int64_t *id, bool *already,
                                   sagitta_error *error) {
  sagitta_result *parsed = NULL;
  char hash[RECORDS_HASH], *document = NULL;
  size_t length = 0;
  int64_t same = 0;
  if (result->pain < -1 || result->pain > 10) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT, "Pain is 0 (none) to 10 (the worst there can be).");
  }
  if (result->rest_min < 0 || result->rest_min > RECORDS_REST_MAX) return bad_rest(error);
  /* Kept as the program prints it, whatever the blanks and the order of what was given. */
  sagitta_status status = sagitta_result_parse(&parsed, result->document, strlen(result->document), error);
  if (status == SAGITTA_OK) status = check_points(parsed, error);
  if (status == SAGITTA_OK) status = sagitta_result_print(parsed, &document, &length, error);
  if (status == SAGITTA_OK && !hash_text(document, length, hash)) status = no_memory(error);
  const bool inside = !sqlite3_get_autocommit(r->db);
  if (status == SAGITTA_OK && !inside) status = db_begin(r, error);
  if (status == SAGITTA_OK) {
    status = find_same(r, result->client, hash, &same, error);
    if (status == SAGITTA_OK && !same) status = insert(r, result, parsed, document, hash, id, error);
    if (status == SAGITTA_OK && result->tracks) {
      status = insert_tracks(r, same ? same : *id, result->tracks, error);
    }
    /* Saved by a Sagitta that did not keep it, or moved since. */
    if (status == SAGITTA_OK && same && result->video && *result->video) {
      status = db_run(r, error, "UPDATE results SET video = ?2 WHERE id = ?1", "it", same, result->video);
    }
    if (!inside) status = db_end(r, status, error);
  }
  if (status == SAGITTA_OK && same) *id = same;
  if (already) *already = same != 0;
  sagitta_free(document);
  sagitta_result_free(&parsed);
  return status;
}

sagitta_status records_result_remove(records *r, int64_t id, bool *traces_left, sagitta_error *error) {
  *traces_left = false;
  sagitta_status status = db_begin(r, error);
  if (status != SAGITTA_OK) return status;
  status = db_run(r, error, "DELETE FROM results WHERE id = ?", "i", id);
  if (status == SAGITTA_OK && sqlite3_changes(r->db) == 0) status = no_such_result(id, error);
  if (status == SAGITTA_OK) status = undo_forget(r, error);
  if (status == SAGITTA_OK) status = pictures_sweep(r, error);
  status = db_end(r, status, error);
  return status == SAGITTA_OK ? upkeep_compact(r, traces_left, error) : status;
}

sagitta_status records_result_parse(sagitta_result **out, const records_result *row, sagitta_error *error) {
  char hash[RECORDS_HASH] = "";
  const size_t length = strlen(row->document);
  if (row->document_sha256[0] && hash_text(row->document, length, hash) && strcmp(hash, row->document_sha256) != 0) {
    return fail_with(error, SAGITTA_ERROR_FORMAT,
                     "Its document is not the one that was saved: it was changed by something else, or is damaged. "
                     "\"sagitta records verify\" looks at all of them.");
  }
  return sagitta_result_parse(out, row->document, length, error);
}

bool records_test_is_followed(const char *name) {
  const sagitta_test *test = sagitta_test_find(name);
  return !test || test->quantities[0];
}

bool records_result_is_measured(const sagitta_result *result) {
  const sagitta_test *test = sagitta_test_find(sagitta_result_test(result));
  return sagitta_result_summary(result)->repetitions > 0 || (test && test->repetitions == 0);
}
