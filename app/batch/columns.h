/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the batch: what stands in a line of the table. */
#ifndef SG_BATCH_COLUMNS_H
#define SG_BATCH_COLUMNS_H

#include <stdio.h>

#include "batch/items.h"

/* The first and the last columns are the item's, those between what its measurement made. */
#define COLUMNS_BEFORE 4 /* file, client, age, sex */
#define COLUMNS_AFTER  4 /* bytes, modified, settings, program */
#define COLUMN_EXIT    COLUMNS_BEFORE
#define COLUMN_REASON  (COLUMNS_BEFORE + 1)

/* The line of names. */
void columns_names(FILE *to);
/* The columns between, of a result or of none (NULL), ended by a line feed. */
void columns_measured(FILE *to, int exit_code, const char *reason, const sagitta_result *result);
/* The whole line, without its line feed, to be freed; NULL when memory is short. */
char *columns_line(const batch_item *item, const char *measured);

#endif
