/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to the records: what is found of a damaged file, rows of any version of the schema, in any order, some
 * twice. They are put together in a file of the present version.
 */
#ifndef SG_RECORDS_RECOVER_H
#define SG_RECORDS_RECOVER_H

#include <sqlite3.h>

#include "records/records.h"

typedef enum salvage_table {
  SALVAGE_CLIENTS,
  SALVAGE_VISITS,
  SALVAGE_SESSIONS,
  SALVAGE_RESULTS,
  SALVAGE_TRACKS,
  SALVAGE_MERGED
} salvage_table;
#define SALVAGE_TABLES 6

typedef struct salvage salvage;

sagitta_status salvage_new(salvage **out, sagitta_error *error);
void salvage_free(salvage **s);

/* "clients" … */
const char *salvage_name(salvage_table table);
/* The columns of a table in the present version, by name; `count` of them. */
const char *const *salvage_columns(salvage_table table, int *count);

/* Take a row, of which column i of the present version has value[i] (NULL = absent); the first of an id stays. Errors:
 * MEMORY. */
sagitta_status salvage_add(salvage *s, salvage_table table, sqlite3_value *const *value, sagitta_error *error);
/* The same of text and numbers as they lie in a page. */
typedef struct salvage_cell {
  enum { SALVAGE_NULL, SALVAGE_INTEGER, SALVAGE_REAL, SALVAGE_TEXT } kind;
  int64_t integer;
  double real;
  const char *text;
  size_t length;
} salvage_cell;
sagitta_status salvage_add_cells(salvage *s, salvage_table table, const salvage_cell *cell, sagitta_error *error);

/* Everything that holds together, into `to`, which is new. */
sagitta_status salvage_write(salvage *s, records *to, upkeep_recovered *recovered, sagitta_error *error);

/* Rows of the leaf pages of a file that is not encrypted, whatever the state of the rest (recover_pages.c). */
sagitta_status salvage_pages(salvage *s, const char *path, sagitta_error *error);

#endif
