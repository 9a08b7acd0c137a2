/* SPDX-License-Identifier: Apache-2.0 */
/* The schema and the way from each version to the next. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/db.h"

#include "cli/failure.h"

/* Version 1: clients, visits, results. */
static const char version_1[] =
    "CREATE TABLE clients("
    " id INTEGER PRIMARY KEY,"
    " code TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK(length(code) BETWEEN 1 AND 64),"
    " name TEXT NOT NULL,"
    " birth_year INTEGER CHECK(birth_year BETWEEN 1880 AND 2200),"
    " sex TEXT CHECK(sex IN ('f','m')),"
    " height_cm REAL CHECK(height_cm BETWEEN 30 AND 300),"
    " notes TEXT NOT NULL,"
    " added_at TEXT NOT NULL);"
    "CREATE TABLE visits("
    " id INTEGER PRIMARY KEY,"
    " client INTEGER NOT NULL REFERENCES clients(id) ON DELETE CASCADE,"
    " day TEXT NOT NULL CHECK(length(day) = 10),"
    " UNIQUE(client, day));"
    "CREATE TABLE results("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " visit INTEGER NOT NULL REFERENCES visits(id) ON DELETE CASCADE,"
    " saved_at TEXT NOT NULL,"
    " program TEXT NOT NULL,"
    " settings TEXT NOT NULL,"
    " document TEXT NOT NULL);"
    "CREATE INDEX results_of_visit ON results(visit);";

/* Version 2: pain, treatment, the pre-test answers, repeatability sessions. */
static const char version_2[] =
    "ALTER TABLE visits ADD COLUMN pretest TEXT;"
    "ALTER TABLE visits ADD COLUMN cleared INTEGER NOT NULL DEFAULT 0 CHECK(cleared IN (0,1));"
    "CREATE TABLE sessions("
    " id INTEGER PRIMARY KEY,"
    " client INTEGER NOT NULL REFERENCES clients(id) ON DELETE CASCADE,"
    " day TEXT NOT NULL CHECK(length(day) = 10),"
    " open INTEGER NOT NULL CHECK(open IN (0,1)));"
    "CREATE INDEX sessions_of_client ON sessions(client);"
    "ALTER TABLE results ADD COLUMN pain INTEGER CHECK(pain BETWEEN 0 AND 10);"
    "ALTER TABLE results ADD COLUMN treatment TEXT CHECK(treatment IN ('before','after'));"
    "ALTER TABLE results ADD COLUMN session INTEGER REFERENCES sessions(id) ON DELETE SET NULL;";

/* Version 3: identities that survive export and import, hashes, and what lists show in columns of its own before the
 * document, so that a list reads no documents. */
static const char version_3[] =
    "ALTER TABLE clients ADD COLUMN uid TEXT NOT NULL DEFAULT '';"
    "UPDATE clients SET uid = lower(hex(randomblob(16)));"
    "CREATE UNIQUE INDEX clients_uid ON clients(uid);"
    "CREATE TABLE results_3("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " uid TEXT NOT NULL UNIQUE,"
    " visit INTEGER NOT NULL REFERENCES visits(id) ON DELETE CASCADE,"
    " session INTEGER REFERENCES sessions(id) ON DELETE SET NULL,"
    " saved_at TEXT NOT NULL,"
    " test TEXT NOT NULL,"
    " marker_set TEXT NOT NULL,"
    " treatment TEXT CHECK(treatment IN ('before','after')),"
    " pain INTEGER CHECK(pain BETWEEN 0 AND 10),"
    " program TEXT NOT NULL,"
    " input_name TEXT NOT NULL,"
    " input_sha256 TEXT CHECK(length(input_sha256) = 64),"
    " document_sha256 TEXT NOT NULL CHECK(length(document_sha256) = 64),"
    " settings TEXT NOT NULL,"
    " document TEXT NOT NULL);";

static const char version_3_end[] =
    "DROP TABLE results;"
    "ALTER TABLE results_3 RENAME TO results;"
    "CREATE INDEX results_of_visit ON results(visit);"
    "CREATE INDEX results_of_session ON results(session);";

/* Version 4: the side of the body that was tested. What was recorded before does not say it. The numbers that results
 * have had are not given again. */
static const char version_4[] =
    "CREATE TABLE results_4("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " uid TEXT NOT NULL UNIQUE,"
    " visit INTEGER NOT NULL REFERENCES visits(id) ON DELETE CASCADE,"
    " session INTEGER REFERENCES sessions(id) ON DELETE SET NULL,"
    " saved_at TEXT NOT NULL,"
    " test TEXT NOT NULL,"
    " marker_set TEXT NOT NULL,"
    " side TEXT CHECK(side IN ('left','right','both')),"
    " treatment TEXT CHECK(treatment IN ('before','after')),"
    " pain INTEGER CHECK(pain BETWEEN 0 AND 10),"
    " program TEXT NOT NULL,"
    " input_name TEXT NOT NULL,"
    " input_sha256 TEXT CHECK(length(input_sha256) = 64),"
    " document_sha256 TEXT NOT NULL CHECK(length(document_sha256) = 64),"
    " settings TEXT NOT NULL,"
    " document TEXT NOT NULL);"
    "INSERT INTO results_4 SELECT id, uid, visit, session, saved_at, test, marker_set, NULL, treatment, pain, program,"
    " input_name, input_sha256, document_sha256, settings, document FROM results;"
    "DELETE FROM sqlite_sequence WHERE name = 'results_4';"
    "UPDATE sqlite_sequence SET name = 'results_4' WHERE name = 'results';"
    "DROP TABLE results;"
    "ALTER TABLE results_4 RENAME TO results;"
    "CREATE INDEX results_of_visit ON results(visit);"
    "CREATE INDEX results_of_session ON results(session);";

/* Version 5: whether the markers stayed where they were for the recording before, the minutes of rest since it, where
 * the video is; the tracks, in a table of their own, so that reading documents reads no tracks; identities of clients
 * that were merged into another one; and what can be undone (undo.c). */
static const char version_5[] =
    "CREATE TABLE results_5("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " uid TEXT NOT NULL UNIQUE,"
    " visit INTEGER NOT NULL REFERENCES visits(id) ON DELETE CASCADE,"
    " session INTEGER REFERENCES sessions(id) ON DELETE SET NULL,"
    " saved_at TEXT NOT NULL,"
    " test TEXT NOT NULL,"
    " marker_set TEXT NOT NULL,"
    " side TEXT CHECK(side IN ('left','right','both')),"
    " treatment TEXT CHECK(treatment IN ('before','after')),"
    " same_markers INTEGER CHECK(same_markers IN (0,1)),"
    " rest_min INTEGER CHECK(rest_min BETWEEN 0 AND 1440),"
    " pain INTEGER CHECK(pain BETWEEN 0 AND 10),"
    " program TEXT NOT NULL,"
    " input_name TEXT NOT NULL,"
    " input_sha256 TEXT CHECK(length(input_sha256) = 64),"
    " video TEXT,"
    " document_sha256 TEXT NOT NULL CHECK(length(document_sha256) = 64),"
    " settings TEXT NOT NULL,"
    " document TEXT NOT NULL);"
    "INSERT INTO results_5 SELECT id, uid, visit, session, saved_at, test, marker_set, side, treatment, NULL, NULL,"
    " pain, program, input_name, input_sha256, NULL, document_sha256, settings, document FROM results;"
    "DELETE FROM sqlite_sequence WHERE name = 'results_5';"
    "UPDATE sqlite_sequence SET name = 'results_5' WHERE name = 'results';"
    "DROP TABLE results;"
    "ALTER TABLE results_5 RENAME TO results;"
    "CREATE INDEX results_of_visit ON results(visit);"
    "CREATE INDEX results_of_session ON results(session);"
    "CREATE TABLE tracks("
    " id INTEGER PRIMARY KEY REFERENCES results(id) ON DELETE CASCADE,"
    " sha256 TEXT NOT NULL CHECK(length(sha256) = 64),"
    " tracks TEXT NOT NULL);"
    "CREATE TABLE merged("
    " id INTEGER PRIMARY KEY,"
    " uid TEXT NOT NULL UNIQUE,"
    " client INTEGER NOT NULL REFERENCES clients(id) ON DELETE CASCADE);"
    "CREATE TABLE undo("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " made_at TEXT NOT NULL,"
    " act TEXT NOT NULL CHECK(act IN ('merge','move')),"
    " subject TEXT NOT NULL,"
    " origin TEXT NOT NULL,"
    " target TEXT NOT NULL);"
    "CREATE TABLE undo_steps("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " undo INTEGER NOT NULL REFERENCES undo(id) ON DELETE CASCADE,"
    " step TEXT NOT NULL CHECK(step IN ('set','delete','make')),"
    " tbl TEXT NOT NULL,"
    " row INTEGER NOT NULL,"
    " col TEXT NOT NULL,"
    " was,"
    " became);"
    "CREATE INDEX undo_steps_of_undo ON undo_steps(undo);";

/* What a row of version 2 gets: from its document. */
static sagitta_status copy_result(records *r, sqlite3_stmt *from, sagitta_error *error) {
  const int64_t id = sqlite3_column_int64(from, 0);
  const char *document = (const char *)sqlite3_column_text(from, 1);
  json_t *root = document ? json_loads(document, JSON_REJECT_DUPLICATES, NULL) : NULL;
  const char *test = json_string_value(json_object_get(root, "test"));
  const char *set = json_string_value(json_object_get(root, "marker_set"));
  const char *source = json_string_value(json_object_get(json_object_get(root, "input"), "source"));
  char hash[RECORDS_HASH];
  sagitta_status status = SAGITTA_ERROR_FORMAT;
  if (!test || !set) {
    (void)fail_with(error, status,
                    "Result %lld in \"%s\" is no result document, so that the records cannot be brought up to date. "
                    "\"sagitta records recover FILE -o NEW\" saves what can be read into a new file.",
                    (long long)id, r->path);
  } else if (!hash_text(document, strlen(document), hash)) {
    status = fail_with(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the records.");
  } else {
    status = db_run(r, error,
                    "INSERT INTO results_3 SELECT id, lower(hex(randomblob(16))), visit, session, saved_at, ?2, ?3,"
                    " treatment, pain, program, ?4, NULL, ?5, settings, document FROM results WHERE id = ?1",
                    "itttt", id, test, set, source ? source : "", hash);
  }
  json_decref(root);
  return status;
}

static sagitta_status to_version_3(records *r, sagitta_error *error) {
  sqlite3_stmt *from = NULL;
  sagitta_status status = db_script(r, version_3, error);
  if (status == SAGITTA_OK) status = db_query(r, &from, error, "SELECT id, document FROM results ORDER BY id", "");
  while (status == SAGITTA_OK && (status = db_step(r, from, error)) == SAGITTA_OK) status = copy_result(r, from, error);
  sqlite3_finalize(from);
  return status == SAGITTA_END ? db_script(r, version_3_end, error) : status;
}

static sagitta_status step(records *r, int to, sagitta_error *error) {
  switch (to) {
    case 1:
      return db_script(r, version_1, error);
    case 2:
      return db_script(r, version_2, error);
    case 3:
      return to_version_3(r, error);
    case 4:
      return db_script(r, version_4, error);
    default:
      return db_script(r, version_5, error);
  }
}

static sagitta_status stamp(records *r, int version, sagitta_error *error) {
  char sql[120];
  (void)snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d;", SCHEMA_APPLICATION, version);
  return db_script(r, sql, error);
}

static sagitta_status check_references(records *r, sagitta_error *error) {
  sqlite3_stmt *broken;
  sagitta_status status = db_query(r, &broken, error, "PRAGMA foreign_key_check", "");
  if (status == SAGITTA_OK) status = db_step(r, broken, error);
  sqlite3_finalize(broken);
  if (status == SAGITTA_END) return SAGITTA_OK;
  if (status != SAGITTA_OK) return status;
  return fail_with(error, SAGITTA_ERROR_FORMAT,
                   "The records in \"%s\" have rows that belong to nobody: they are damaged. \"sagitta records "
                   "recover FILE -o NEW\" saves what can be read into a new file.",
                   r->path);
}

sagitta_status schema_migrate_to(records *r, int version, sagitta_error *error) {
  int64_t from = 0;
  /* A table that is replaced must not take along the rows that refer to it; only outside of a transaction. */
  sagitta_status status = db_script(r, "PRAGMA foreign_keys = OFF", error);
  if (status == SAGITTA_OK) status = db_begin(r, error);
  if (status == SAGITTA_OK) {
    /* Asked within the transaction: another program may just have done it. */
    status = db_number(r, &from, error, "PRAGMA user_version", "");
    for (int to = (int)from + 1; to <= version && status == SAGITTA_OK; to++) status = step(r, to, error);
    if (status == SAGITTA_OK && from > 0) status = check_references(r, error);
    if (status == SAGITTA_OK && from < version) status = stamp(r, version, error);
    status = db_end(r, status, error);
  }
  const sagitta_status on = db_script(r, "PRAGMA foreign_keys = ON", status == SAGITTA_OK ? error : NULL);
  return status == SAGITTA_OK ? on : status;
}

sagitta_status schema_migrate(records *r, sagitta_error *error) {
  return schema_migrate_to(r, SCHEMA_VERSION, error);
}
