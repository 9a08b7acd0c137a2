/* SPDX-License-Identifier: Apache-2.0 */
/* Figures in rows, for terminal and page. */
#ifndef SG_CLI_TEXT_ROWS_H
#define SG_CLI_TEXT_ROWS_H

#include <stddef.h>
#include <stdio.h>

/* A figure as it is shown: what it is, its value, and what is said beside it ("" = nothing). */
typedef struct text_row {
  char label[120], value[80], more[80];
} text_row;

/* Print rows in columns: labels at the left, values at the right of theirs. */
void text_rows(FILE *to, const text_row *row, size_t count);

#endif
