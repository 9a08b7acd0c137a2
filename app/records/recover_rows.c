/* SPDX-License-Identifier: Apache-2.0 */
/* Rows of a damaged file: gathered in memory, then put together in a new file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "records/db.h"
#include "records/recover.h"

struct salvage {
  records found; /* an SQLite in memory: tables without any rule but the id */
};

static const char *const client_columns[] = { "id",        "code",  "name",     "birth_year", "sex",
                                              "height_cm", "notes", "added_at", "uid" };
static const char *const visit_columns[] = { "id", "client", "day", "pretest", "cleared" };
static const char *const session_columns[] = { "id", "client", "day", "open" };
enum {
  R_ID,
  R_UID,
  R_VISIT,
  R_SESSION,
  R_SAVED_AT,
  R_TEST,
  R_MARKER_SET,
  R_SIDE,
  R_TREATMENT,
  R_SAME_MARKERS,
  R_REST_MIN,
  R_PAIN,
  R_PROGRAM,
  R_INPUT_NAME,
  R_INPUT_SHA256,
  R_VIDEO,
  R_DOCUMENT_SHA256,
  R_SETTINGS,
  R_DOCUMENT
};
static const char *const result_columns[] = {
  [R_ID] = "id",
  [R_UID] = "uid",
  [R_VISIT] = "visit",
  [R_SESSION] = "session",
  [R_SAVED_AT] = "saved_at",
  [R_TEST] = "test",
  [R_MARKER_SET] = "marker_set",
  [R_SIDE] = "side",
  [R_TREATMENT] = "treatment",
  [R_SAME_MARKERS] = "same_markers",
  [R_REST_MIN] = "rest_min",
  [R_PAIN] = "pain",
  [R_PROGRAM] = "program",
  [R_INPUT_NAME] = "input_name",
  [R_INPUT_SHA256] = "input_sha256",
  [R_VIDEO] = "video",
  [R_DOCUMENT_SHA256] = "document_sha256",
  [R_SETTINGS] = "settings",
  [R_DOCUMENT] = "document",
};
static const char *const track_columns[] = { "id", "sha256", "tracks" };
static const char *const merged_columns[] = { "id", "uid", "client" };

static const struct {
  const char *name;
  const char *const *columns;
  int count;
} tables[SALVAGE_TABLES] = {
  { "clients", client_columns, sizeof client_columns / sizeof *client_columns },
  { "visits", visit_columns, sizeof visit_columns / sizeof *visit_columns },
  { "sessions", session_columns, sizeof session_columns / sizeof *session_columns },
  { "results", result_columns, sizeof result_columns / sizeof *result_columns },
  { "tracks", track_columns, sizeof track_columns / sizeof *track_columns },
  { "merged", merged_columns, sizeof merged_columns / sizeof *merged_columns },
};

const char *salvage_name(salvage_table table) {
  return tables[table].name;
}

const char *const *salvage_columns(salvage_table table, int *count) {
  *count = tables[table].count;
  return tables[table].columns;
}

void salvage_free(salvage **s) {
  if (!*s) return;
  (void)sqlite3_close((*s)->found.db);
  free((*s)->found.path);
  free(*s);
  *s = NULL;
}

sagitta_status salvage_new(salvage **out, sagitta_error *error) {
  salvage *s = *out = calloc(1, sizeof *s);
  if (!s || !(s->found.path = strdup("memory")) || sqlite3_open(":memory:", &s->found.db) != SQLITE_OK) {
    if (s) salvage_free(out);
    return fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory to recover the records.");
  }
  sagitta_status status = SAGITTA_OK;
  for (int t = 0; t < SALVAGE_TABLES && status == SAGITTA_OK; t++) {
    char sql[400];
    size_t at = (size_t)snprintf(sql, sizeof sql, "CREATE TABLE %s(id INTEGER PRIMARY KEY", tables[t].name);
    for (int c = 1; c < tables[t].count; c++) {
      at += (size_t)snprintf(sql + at, sizeof sql - at, ", %s", tables[t].columns[c]);
    }
    (void)snprintf(sql + at, sizeof sql - at, ")");
    status = db_script(&s->found, sql, error);
  }
  if (status != SAGITTA_OK) salvage_free(out);
  return status;
}

static sagitta_status prepare(salvage *s, salvage_table table, sqlite3_stmt **statement, sagitta_error *error) {
  char sql[200];
  size_t at = (size_t)snprintf(sql, sizeof sql, "INSERT OR IGNORE INTO %s VALUES(?", tables[table].name);
  for (int c = 1; c < tables[table].count; c++) at += (size_t)snprintf(sql + at, sizeof sql - at, ",?");
  (void)snprintf(sql + at, sizeof sql - at, ")");
  return db_query(&s->found, statement, error, sql, "");
}

static sagitta_status finish(salvage *s, sqlite3_stmt *statement, sagitta_error *error) {
  const sagitta_status status = db_step(&s->found, statement, error);
  sqlite3_finalize(statement);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

sagitta_status salvage_add(salvage *s, salvage_table table, sqlite3_value *const *value, sagitta_error *error) {
  sqlite3_stmt *statement;
  const sagitta_status status = prepare(s, table, &statement, error);
  if (status != SAGITTA_OK) return status;
  for (int c = 0; c < tables[table].count; c++) {
    if (value[c]) (void)sqlite3_bind_value(statement, c + 1, value[c]);
  }
  return finish(s, statement, error);
}

sagitta_status salvage_add_cells(salvage *s, salvage_table table, const salvage_cell *cell, sagitta_error *error) {
  sqlite3_stmt *statement;
  const sagitta_status status = prepare(s, table, &statement, error);
  if (status != SAGITTA_OK) return status;
  for (int c = 0; c < tables[table].count; c++) {
    if (cell[c].kind == SALVAGE_INTEGER) (void)sqlite3_bind_int64(statement, c + 1, cell[c].integer);
    if (cell[c].kind == SALVAGE_REAL) (void)sqlite3_bind_double(statement, c + 1, cell[c].real);
    if (cell[c].kind == SALVAGE_TEXT) {
      (void)sqlite3_bind_text(statement, c + 1, cell[c].text, (int)cell[c].length, SQLITE_TRANSIENT);
    }
  }
  return finish(s, statement, error);
}

/* ---- putting together ---- */

static const char *text_at(sqlite3_stmt *row, int column) {
  const char *text = (const char *)sqlite3_column_text(row, column);
  return text ? text : "";
}

/* A client of the id, with what can be kept of the values; an ID of its own where the recorded one cannot be. */
static sagitta_status write_client(records *to, sqlite3_stmt *row, sagitta_error *error) {
  const int64_t id = sqlite3_column_int64(row, 0);
  records_client c = { .birth_year = sqlite3_column_int(row, 3), .sex = text_at(row, 4)[0] };
  sagitta_error why = error_like(error);
  db_text(row, 1, c.code, sizeof c.code);
  db_text(row, 2, c.name, sizeof c.name);
  c.height_cm = sqlite3_column_double(row, 5);
  db_text(row, 6, c.notes, sizeof c.notes);
  db_text(row, 7, c.added_at, sizeof c.added_at);
  db_text(row, 8, c.uid, sizeof c.uid);
  if (strlen(c.uid) != RECORDS_UID - 1) c.uid[0] = '\0';
  sagitta_status status = records_client_add(to, &c, &why);
  if (status == SAGITTA_ERROR_ARGUMENT || status == SAGITTA_ERROR_FORMAT) {
    records_client bare = { .id = 0 };
    (void)snprintf(bare.code, sizeof bare.code, "recovered-%lld", (long long)id);
    memcpy(bare.name, c.name, sizeof bare.name);
    c = bare;
    status = records_client_add(to, &c, &why);
    if (status == SAGITTA_ERROR_ARGUMENT) {
      c.name[0] = '\0';
      status = records_client_add(to, &c, &why);
    }
  }
  if (status == SAGITTA_OK) {
    status = db_run(to, &why, "UPDATE clients SET id = ?2 WHERE id = ?1", "ii", c.id, id);
  }
  if (status != SAGITTA_OK && error) *error = why;
  return status;
}

/* Clients that only visits speak of. */
static sagitta_status write_nameless(salvage *s, records *to, upkeep_recovered *n, sagitta_error *error) {
  sqlite3_stmt *row;
  sagitta_status status =
      db_query(&s->found, &row, error,
               "SELECT DISTINCT client FROM visits WHERE typeof(client) = 'integer' AND client NOT IN"
               " (SELECT id FROM clients) ORDER BY 1",
               "");
  while (status == SAGITTA_OK && (status = db_step(&s->found, row, error)) == SAGITTA_OK) {
    records_client c = { .id = 0 };
    const int64_t id = sqlite3_column_int64(row, 0);
    (void)snprintf(c.code, sizeof c.code, "recovered-%lld", (long long)id);
    status = records_client_add(to, &c, error);
    if (status == SAGITTA_OK) status = db_run(to, error, "UPDATE clients SET id = ?2 WHERE id = ?1", "ii", c.id, id);
    n->nameless++;
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static sagitta_status write_visit(records *to, sqlite3_stmt *row, sagitta_error *error) {
  const char *answers = (const char *)sqlite3_column_text(row, 3);
  char *parsed = NULL;
  if (answers && pretest_parse(&parsed, answers, strlen(answers), NULL) != SAGITTA_OK) answers = NULL;
  free(parsed);
  if (!records_is_day(text_at(row, 2))) return SAGITTA_OK;
  return db_run(to, error, "INSERT OR IGNORE INTO visits(id, client, day, pretest, cleared) VALUES(?, ?, ?, ?, ?)",
                "iitti", sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1), text_at(row, 2), answers,
                (int64_t)(sqlite3_column_int64(row, 4) != 0));
}

static sagitta_status write_session(records *to, sqlite3_stmt *row, sagitta_error *error) {
  if (!records_is_day(text_at(row, 2))) return SAGITTA_OK;
  return db_run(to, error,
                "INSERT OR IGNORE INTO sessions(id, client, day, open) SELECT ?1, ?2, ?3, 0 WHERE EXISTS"
                " (SELECT 1 FROM clients WHERE id = ?2)",
                "iit", sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1), text_at(row, 2));
}

/* Whose visit it is in the new file, and its day; 0 when that visit was not found. */
static sagitta_status find_visit(records *to, int64_t visit, int64_t *client, char day[RECORDS_DAY],
                                 sagitta_error *error) {
  sqlite3_stmt *row;
  *client = 0;
  sagitta_status status = db_query(to, &row, error, "SELECT client, day FROM visits WHERE id = ?", "i", visit);
  if (status == SAGITTA_OK && (status = db_step(to, row, error)) == SAGITTA_OK) {
    *client = sqlite3_column_int64(row, 0);
    db_text(row, 1, day, RECORDS_DAY);
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

/* A visit that was not found: that of a client made for such, on the day the result was saved. */
static sagitta_status lost_visit(records *to, const char *saved_at, int64_t *client, char day[RECORDS_DAY],
                                 upkeep_recovered *n, sagitta_error *error) {
  records_client c = { .code = "recovered-results" };
  (void)snprintf(day, RECORDS_DAY, "%.10s", saved_at);
  if (!records_is_day(day)) (void)snprintf(day, RECORDS_DAY, "1970-01-01");
  sagitta_status status = db_number(to, client, error, "SELECT id FROM clients WHERE code = ?", "t", c.code);
  if (status != SAGITTA_OK || *client) return status;
  n->nameless++;
  status = records_client_add(to, &c, error);
  *client = c.id;
  return status;
}

/* The tracks of a result that were found whole, to be freed; NULL where there are none. */
static char *find_tracks(salvage *s, int64_t id) {
  sqlite3_stmt *row;
  char hash[RECORDS_HASH], *tracks = NULL;
  sagitta_status status = db_query(&s->found, &row, NULL, "SELECT sha256, tracks FROM tracks WHERE id = ?", "i", id);
  if (status == SAGITTA_OK && (status = db_step(&s->found, row, NULL)) == SAGITTA_OK) {
    const char *text = text_at(row, 1);
    if (hash_text(text, strlen(text), hash) && strcmp(hash, text_at(row, 0)) == 0) tracks = strdup(text);
  }
  sqlite3_finalize(row);
  return tracks;
}

static records_markers markers_at(sqlite3_stmt *row, int column) {
  if (sqlite3_column_type(row, column) != SQLITE_INTEGER) return RECORDS_MARKERS_UNKNOWN;
  return sqlite3_column_int(row, column) ? RECORDS_MARKERS_SAME : RECORDS_MARKERS_NEW;
}

static int number_at(sqlite3_stmt *row, int column, int most, int otherwise) {
  const bool is_number = sqlite3_column_type(row, column) == SQLITE_INTEGER;
  const int64_t value = is_number ? sqlite3_column_int64(row, column) : -1;
  return value >= 0 && value <= most ? (int)value : otherwise;
}

static sagitta_status write_result(salvage *s, records *to, sqlite3_stmt *row, upkeep_recovered *n,
                                   sagitta_error *error) {
  char hash[RECORDS_HASH], day[RECORDS_DAY] = "";
  const char *document = text_at(row, R_DOCUMENT), *expected = text_at(row, R_DOCUMENT_SHA256);
  const char *saved_at = text_at(row, R_SAVED_AT), *input = text_at(row, R_INPUT_SHA256), *uid = text_at(row, R_UID);
  int64_t id = 0, client = 0, session = 0;
  bool already = false;
  const bool hashed = hash_text(document, strlen(document), hash);
  if (!hashed || (*expected && strcmp(hash, expected) != 0)) {
    n->incomplete++;
    return SAGITTA_OK;
  }
  sagitta_status status = find_visit(to, sqlite3_column_int64(row, R_VISIT), &client, day, error);
  if (status == SAGITTA_OK && !client) status = lost_visit(to, saved_at, &client, day, n, error);
  if (status == SAGITTA_OK) {
    status = db_number(to, &session, error, "SELECT id FROM sessions WHERE id = ? AND client = ?", "ii",
                       sqlite3_column_int64(row, R_SESSION), client);
  }
  if (status != SAGITTA_OK) return status;
  char *tracks = find_tracks(s, sqlite3_column_int64(row, R_ID));
  const records_new_result new = {
    .client = client,
    .day = day,
    .document = document,
    .settings = *text_at(row, R_SETTINGS) ? text_at(row, R_SETTINGS) : NULL,
    .input_sha256 = strlen(input) == RECORDS_HASH - 1 ? input : NULL,
    .side = sagitta_side_from_name(text_at(row, R_SIDE)),
    .mark = db_mark(text_at(row, R_TREATMENT)),
    .markers = markers_at(row, R_SAME_MARKERS),
    .rest_min = number_at(row, R_REST_MIN, RECORDS_REST_MAX, 0),
    .pain = number_at(row, R_PAIN, 10, -1),
    .tracks = tracks,
    .video = text_at(row, R_VIDEO),
    .session = session,
    .uid = strlen(uid) == RECORDS_UID - 1 ? uid : NULL,
    .saved_at = *saved_at ? saved_at : NULL,
  };
  sagitta_error why = error_like(error);
  status = records_result_save(to, &new, &id, &already, &why);
  free(tracks);
  if (status == SAGITTA_ERROR_FORMAT) {
    n->incomplete++;
    return SAGITTA_OK;
  }
  if (status != SAGITTA_OK && error) *error = why;
  return status;
}

/* The identity of a client that was merged into one that was found. */
static sagitta_status write_merged(records *to, sqlite3_stmt *row, sagitta_error *error) {
  if (strlen(text_at(row, 1)) != RECORDS_UID - 1) return SAGITTA_OK;
  return db_run(to, error,
                "INSERT OR IGNORE INTO merged(uid, client) SELECT ?1, ?2 WHERE EXISTS"
                " (SELECT 1 FROM clients WHERE id = ?2)",
                "ti", text_at(row, 1), sqlite3_column_int64(row, 2));
}

static sagitta_status write_table(salvage *s, records *to, salvage_table table, upkeep_recovered *n,
                                  sagitta_error *error) {
  sqlite3_stmt *row;
  char sql[80];
  (void)snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY id", tables[table].name);
  sagitta_status status = db_query(&s->found, &row, error, sql, "");
  while (status == SAGITTA_OK && (status = db_step(&s->found, row, error)) == SAGITTA_OK) {
    switch (table) {
      case SALVAGE_CLIENTS:
        status = write_client(to, row, error);
        break;
      case SALVAGE_VISITS:
        status = write_visit(to, row, error);
        break;
      case SALVAGE_SESSIONS:
        status = write_session(to, row, error);
        break;
      case SALVAGE_RESULTS:
        status = write_result(s, to, row, n, error);
        break;
      case SALVAGE_TRACKS: /* taken with their results */
        break;
      case SALVAGE_MERGED:
        status = write_merged(to, row, error);
        break;
    }
  }
  sqlite3_finalize(row);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

sagitta_status salvage_write(salvage *s, records *to, upkeep_recovered *recovered, sagitta_error *error) {
  sagitta_status status = db_begin(to, error);
  if (status == SAGITTA_OK) status = write_table(s, to, SALVAGE_CLIENTS, recovered, error);
  if (status == SAGITTA_OK) status = write_nameless(s, to, recovered, error);
  if (status == SAGITTA_OK) status = write_table(s, to, SALVAGE_VISITS, recovered, error);
  if (status == SAGITTA_OK) status = write_table(s, to, SALVAGE_SESSIONS, recovered, error);
  if (status == SAGITTA_OK) status = write_table(s, to, SALVAGE_RESULTS, recovered, error);
  if (status == SAGITTA_OK) status = write_table(s, to, SALVAGE_MERGED, recovered, error);
  if (status == SAGITTA_OK) status = db_number(to, &recovered->clients, error, "SELECT count(*) FROM clients", "");
  if (status == SAGITTA_OK) status = db_number(to, &recovered->visits, error, "SELECT count(*) FROM visits", "");
  if (status == SAGITTA_OK) status = db_number(to, &recovered->results, error, "SELECT count(*) FROM results", "");
  return db_end(to, status, error);
}
