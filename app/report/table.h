/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of every repetition as tables, for paper and HTML alike. */
#ifndef APP_REPORT_TABLE_H
#define APP_REPORT_TABLE_H

#include "report/phrases.h"

#define TABLE_COLUMNS 8
#define TABLES_MAX    4

typedef struct table {
  const char *title;
  const sagitta_quantity_info *column[TABLE_COLUMNS];
  size_t columns;
  size_t rows; /* mean and camera where there is a mean to show, then the repetitions; of one alone no mean */
  bool means, single;
} table;

/* Tables of what is known; returns how many. */
size_t table_list(const report *r, table out[TABLES_MAX]);

typedef struct table_cell {
  char value[PHRASE_SHORT]; /* "69"; "" = not known */
  char range[PHRASE_SHORT]; /* "61–76" */
} table_cell;

/* "Mean of 3", "Camera alone", "Repetition 1*". */
void table_row_name(const report *r, const table *t, size_t row, char text[PHRASE_SHORT]);
void table_cell_at(const report *r, const table *t, size_t row, size_t column, table_cell *out);

#endif
