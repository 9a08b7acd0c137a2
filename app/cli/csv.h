/* SPDX-License-Identifier: Apache-2.0 */
/* Comma-separated values as spreadsheets write and read them (RFC 4180), UTF-8. */
#ifndef SG_CLI_CSV_H
#define SG_CLI_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* A text that is read in place: its cells are unquoted where they stand. */
typedef struct csv {
  char *text, *at, *end; /* the text is followed by a zero */
  char separator;
  size_t line; /* of the row last read, from 1 */
  char **cell; /* of that row */
  size_t cells, capacity;
} csv;

/* The text is the caller's, and changed. A byte order mark is skipped; the separator is the one of comma, semicolon and
 * tab that the first line has most of, or the one that a first line "sep=;" names. */
void csv_open(csv *c, char *text, size_t length);
/* The next row that is not blank: 1, 0 at the end, −1 when memory is short, −2 where a quotation mark is never closed.
 * Cells are trimmed of blanks unless they are quoted. */
int csv_next(csv *c);
void csv_close(csv *c);

/* Put a cell, quoted where it has to be; bytes that are no UTF-8, and line breaks, become '?' and blanks. */
void csv_put(FILE *to, const char *text);

/* Whether a cell that was read is what csv_put makes of `text`. */
bool csv_same(const char *cell, const char *text);

/* The whole file (at most 64 MiB) and a zero, to be freed; NULL and errno otherwise. */
char *csv_load(const char *path, size_t *length);

#endif
