/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the records: the handle, statements and failures in the user's words, the key, the schema, files that
 * SQLite writes. One handle belongs to one thread. */
#ifndef SG_RECORDS_DB_H
#define SG_RECORDS_DB_H

#include <sqlite3.h>

#include "records/records.h"
#include "sagitta/output.h"

struct records {
  sqlite3 *db;
  char *path;
  char *key;    /* NULL where there is no encryption; wiped at the end */
  bool reading; /* cannot be written to */
};

/* Set a connection up for a file that anybody may have made: its schema can call no function that reaches outside, and
 * damage is looked for before it is followed. False where SQLite refuses. */
bool db_distrust(sqlite3 *db);

/* The failure that the connection has just met. */
sagitta_status db_fail(records *r, sagitta_error *error);

/*
 * Prepare, and bind `types`: 'i' int64_t, 'd' double, 't' const char * (NULL and, for 'o', "" become NULL), 'z' int64_t
 * of which 0 becomes NULL. Texts must live as long as the statement.
 */
sagitta_status db_query(records *r, sqlite3_stmt **statement, sagitta_error *error, const char *sql, const char *types,
                        ...);
/* OK: a row. END: no more. */
sagitta_status db_step(records *r, sqlite3_stmt *statement, sagitta_error *error);
/* Prepare, bind, run to the end. */
sagitta_status db_run(records *r, sagitta_error *error, const char *sql, const char *types, ...);
/* The one whole number that a query answers. */
sagitta_status db_number(records *r, int64_t *number, sagitta_error *error, const char *sql, const char *types, ...);
/* Several statements without values. */
sagitta_status db_script(records *r, const char *sql, sagitta_error *error);

/* Transactions that write. End answers `status`, or the failure of the commit; a failure rolls back. */
sagitta_status db_begin(records *r, sagitta_error *error);
sagitta_status db_end(records *r, sagitta_status status, sagitta_error *error);

/* Columns of a row: copies, cut to `size`; "" for NULL. */
void db_text(sqlite3_stmt *statement, int column, char *text, size_t size);
/* A copy to be freed; NULL when the column is NULL, or memory is short and *status then MEMORY. */
char *db_copy(sqlite3_stmt *statement, int column, sagitta_status *status);

/* Grow an array of *count items by one zeroed item, which is answered; NULL when memory is short. */
void *db_grow(void **items, size_t *count, size_t size);

/* This moment, UTC; "" where the clock cannot be read. */
void db_now(char text[RECORDS_TIME]);
/* The treatment mark of a column. */
records_mark db_mark(const char *text);

/* Rewrite the file without the room that removed things took (upkeep.c). *traces_left: another program has it open, or
 * the disk is full, and the file could not be rewritten. */
sagitta_status upkeep_compact(records *r, bool *traces_left, sagitta_error *error);

/* ---- where pictures stand (pictures_sweep.c) ---- */

/* How the name of its file ends. */
const char *pictures_ending(records_footage kind);
/* The folder (for ""), or a file in it; to be freed, NULL when memory is short. */
char *pictures_place(const records *r, const char *name);
/* Remove a file, which may not be there. Errors: WRITE. */
sagitta_status pictures_drop(const char *path, sagitta_error *error);
/* Remove every picture that belongs to no result; within the transaction that removed results. Errors:
 * WRITE. */
sagitta_status pictures_sweep(records *r, sagitta_error *error);

/* ---- what can be undone (undo.c): within a transaction, each changes rows and writes down how they were ---- */

/* Begin one: "merge" or "move", of what, from whom, to whom. */
sagitta_status undo_begin(records *r, int64_t *undo, const char *act, const char *subject, const char *origin,
                          const char *target, sagitta_error *error);
/* Set a column, in the rows of which the column `where` is `is`, to `value`, a piece of SQL; to a number (0: NULL); and
 * in row `id` to a text. */
sagitta_status undo_set(records *r, int64_t undo, const char *table, const char *column, const char *value,
                        const char *where, int64_t is, sagitta_error *error);
sagitta_status undo_set_id(records *r, int64_t undo, const char *table, const char *column, int64_t value,
                           const char *where, int64_t is, sagitta_error *error);
sagitta_status undo_set_text(records *r, int64_t undo, const char *table, const char *column, const char *value,
                             int64_t id, sagitta_error *error);
/* Delete a row, which may not be there; what refers to it must be gone, or set to another, before. */
sagitta_status undo_delete(records *r, int64_t undo, const char *table, int64_t id, sagitta_error *error);
/* A row that was just made. */
sagitta_status undo_made(records *r, int64_t undo, const char *table, int64_t id, sagitta_error *error);
/* From now on nothing can be undone: of what is removed nothing may stay. */
sagitta_status undo_forget(records *r, sagitta_error *error);

/* ---- the key (open.c) ---- */

/*
 * The key in *key, to be wiped and freed with key_free; NULL in a build that does not encrypt. From the key file (its
 * bytes without the line feed at the end), from SAGITTA_PASSPHRASE, or asked for at the terminal, twice for a new file.
 * Errors: ARGUMENT (none given, too short, a key file in a build without encryption), MISSING (no such key file).
 */
sagitta_status key_get(char **key, const char *key_file, bool is_new, sagitta_error *error);
void key_free(char **key);

/* ---- the schema and its versions (schema.c) ---- */

/* A new file goes through all versions, so that every file of the same version has the same schema, whatever it started
 * from. */
#define SCHEMA_VERSION     5
#define SCHEMA_APPLICATION 0x53414749 /* "SAGI": PRAGMA application_id */

/* Bring the file from the version it has (0 = new) up to date, in one transaction. Errors: FORMAT when a stored
 * document is not JSON. */
sagitta_status schema_migrate(records *r, sagitta_error *error);
/* The same up to an earlier version, for tests of migration. */
sagitta_status schema_migrate_to(records *r, int version, sagitta_error *error);

/* ---- a new file that SQLite writes (new_file.c) ---- */

/*
 * Without a name until it is whole, readable by its owner alone, and with nothing beside it: of a process that is
 * killed nothing is left. Where the file system has no files without a name, hidden ones beside the name to be, which
 * the next writer of that name removes.
 */
typedef struct new_file_way new_file_way;

typedef struct new_file {
  const char *path;       /* the name to be */
  sagitta_output *output; /* what is written; NULL where none was begun */
  sagitta_output *log;    /* its write-ahead log */
  new_file_way *way;      /* how SQLite reaches both */
  bool replaces;          /* what has the name to be goes when the new one is whole, and not before */
} new_file;

/* Make the empty file. Errors: ARGUMENT (the name is taken, or a journal of that name is there), WRITE, MEMORY. */
sagitta_status new_file_begin(new_file *file, const char *path, sagitta_error *error);
/* The same, but the name may be taken: the file that has it is there until the new one takes its place. */
sagitta_status new_file_replace(new_file *file, const char *path, sagitta_error *error);
/* Where this process opens the file, and its write-ahead log, until the end. */
const char *new_file_path(const new_file *file);
const char *new_file_log_path(const new_file *file);
/* Open it as a database that is not trusted, with `key` where it is encrypted: one connection at a time. *db is to be
 * closed before the end, whatever comes of it. SQLite's code. */
int new_file_connect(const new_file *file, const char *key, sqlite3 **db);
/* What a connection that makes the file does first, and, where pages were copied, also last: no journal on the disk,
 * and the file is on it at the end. */
#define NEW_FILE_JOURNAL "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;"
/* Give it its name, on the disk, where `status` is OK; throw it away otherwise. Answers `status`, or the failure. */
sagitta_status new_file_end(new_file *file, sagitta_status status, sagitta_error *error);

/* The records in a new file: of this version, empty. (open.c) Errors: those of records_open. */
sagitta_status records_open_new(records **out, const new_file *file, const char *key_file, sagitta_error *error);

#endif
