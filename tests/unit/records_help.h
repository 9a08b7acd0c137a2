/* SPDX-License-Identifier: Apache-2.0 */
/* What the tests of the records share: a folder of their own, documents, a file that is opened and damaged. */
#ifndef RECORDS_HELP_H
#define RECORDS_HELP_H

#include "records/history.h"

/* A new empty folder that becomes the working folder, and, in encrypted builds, a key. For cmocka. */
int help_setup(void **state);
int help_teardown(void **state);

/* The records file "test.db" of the folder. Fails the test where it does not open. */
records *help_open(void);
records *help_open_file(const char *name);
/* The key file's name; NULL without encryption. */
const char *help_key(void);

/* A client, added. */
records_client help_client(records *r, const char *code);
/* A result document whose hip hinge is moved by `shift` degrees, with the given test. To be freed. */
char *help_document(double shift, const char *test);
/* Saved for the client; its number. */
int64_t help_save(records *r, const records_client *c, const char *day, double shift, records_mark mark, int pain);

/* A file's bytes, with room for one more, to be freed; NULL where there is none. */
char *help_read(const char *name, size_t *length);
/* Whether the bytes of `text` stand anywhere in the file, or in one of SQLite's beside it. */
int help_contains(const char *name, const char *text);

/* "test.db" with two clients, four visits and eleven results. */
records *help_filled(void);
/* Everything about a client (NULL: everything) as the export writes it, to be freed. */
char *help_export(records *r, const records_client *c);

/* A file past the records' own code; to be closed. And statements on "test.db". */
struct sqlite3 *help_sqlite(const char *name);
void help_sql(const char *sql);

/* Fails the test unless "test.db" is whole and has so many results (below 0: any number). */
void help_verify(records *r, int64_t results);

#endif
