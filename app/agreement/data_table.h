/* SPDX-License-Identifier: Apache-2.0 */
/* A table of measurements in memory: what analyze --table writes, or a data sheet that somebody filled in. Lines that
 * could not be measured (exit other than 0) are counted and left out. */
#ifndef SG_AGREEMENT_DATA_TABLE_H
#define SG_AGREEMENT_DATA_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/sagitta.h"

typedef struct data_table {
  const char *path;
  char *text;   /* the file, its cells in place */
  char **cell;  /* rows × columns; into the text, or one of `owned` */
  char **name;  /* of the columns, in the same way */
  char **owned; /* texts of derived columns */
  size_t columns, rows, owns, owned_room;
  size_t unmeasured; /* lines left out */
} data_table;

/*
 * Read it: UTF-8, UTF-16 or Windows-1252, parted by commas, semicolons or tabs. Where a line has readings of two
 * inclinometers (t12_start_deg, t12_end_deg, s1_start_deg, s1_end_deg; thigh_start_deg, thigh_end_deg), what they say
 * is added under the names of our quantities: the pelvis turns as S1 does, the lower back flexes as T12 does less S1,
 * the hips hinge as S1 does less the thigh; a column that is there already stays. `path` must outlive it. On success it
 * is the caller's (data_table_free), else empty. Errors: MISSING, FORMAT (with the line), MEMORY.
 */
sagitta_status data_table_read(data_table *t, const char *path, sagitta_error *error);
void data_table_free(data_table *t);

/* Its place among the columns, without regard to capitals; −1 where there is none. `name` NULL: none. */
int data_table_column(const data_table *t, const char *name);
/* "" where there is no such column (−1). */
const char *data_table_cell(const data_table *t, size_t row, int column);
/* NAN where the cell is empty or no number; a decimal comma is one. */
double data_table_number(const data_table *t, size_t row, int column);
/* Whether a column has a number in three lines at least, and nothing else in any. */
bool data_table_is_numeric(const data_table *t, int column);

#endif
