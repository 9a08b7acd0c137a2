/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the batch: --roster FILE.csv: whose each file is. */
#ifndef SG_BATCH_ROSTER_H
#define SG_BATCH_ROSTER_H

#include <stdio.h>

#include "batch/items.h"

/*
 * A table with a line of names: file, and any of client, age (years), sex (f, m), height_cm and map (as --map, of a TRC
 * or C3D file); other columns are passed over. In UTF-8, UTF-16 or Windows-1252, parted by commas, semicolons or tabs,
 * with decimal points or commas: applied as a whole, or not at all. A file is named by its path, by its name, or by its
 * name without the ending, as long as that is one. Errors: MISSING, FORMAT (with the line), MEMORY. What is not found
 * either way is told on `notes`.
 */
sagitta_status roster_apply(batch_items *items, const char *path, FILE *notes, sagitta_error *error);

#endif
