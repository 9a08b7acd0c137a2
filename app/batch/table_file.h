/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to the batch: its table (include/sagitta/FORMATS.md): a line of names, one line a file. While a batch runs
 * its lines go, each once and synced, to a journal beside the table, NAME.partial, so that whatever ends the run, what
 * was measured is not measured again.
 */
#ifndef SG_BATCH_TABLE_FILE_H
#define SG_BATCH_TABLE_FILE_H

#include <stdio.h>

#include "batch/items.h"

typedef struct table_file {
  const char *path;
  char *journal;    /* its name; NULL: none is kept, for standard output and devices */
  int fd;           /* of the journal; −1 */
  batch_items kept; /* lines of files that this run does not measure */
} table_file;

/*
 * Read what there is: lines of `items` that were measured from the same file with the same settings go to them, lines
 * of other files are kept. Errors: ARGUMENT (a file of that name that is no such table; another run is writing it),
 * WRITE (no journal can be made), MEMORY.
 */
sagitta_status table_open(table_file *t, const char *path, batch_items *items, sagitta_error *error);
/* One more line is there: into the journal, synced. Errors: WRITE. */
sagitta_status table_add(table_file *t, const batch_item *item, sagitta_error *error);
/* All lines, in the order of their names, and the journal away. Errors: WRITE. */
sagitta_status table_finish(table_file *t, const batch_items *items, sagitta_error *error);
/* Frees; the journal stays unless the table was finished. */
void table_close(table_file *t);

#endif
