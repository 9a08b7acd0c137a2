/* SPDX-License-Identifier: Apache-2.0 */
/* The inside of records: the handle, statements, and failures in the user's words. */
#ifndef APP_RECORDS_DB_H
#define APP_RECORDS_DB_H

#include <sqlite3.h>

#include "records/records.h"

struct records {
  sqlite3 *db;
  char *path;
  char *key;    /* NULL where there is no encryption; wiped at the end */
  bool reading; /* cannot be written to */
};

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

#endif
