/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sheets to print, at true size: markers to cut out, chessboards, a ruler, a guide. In: nothing but the paper. Out: one
 * PDF for each sheet and paper, the same bytes from the same program. sheets.c makes the documents; guide.c,
 * marker_sheets.c and board_sheets.c draw their pages on a sheet (true_size.c), in mm; person.c draws a person. The
 * only header that other rooms include.
 */
#ifndef SG_SHEETS_SHEETS_H
#define SG_SHEETS_SHEETS_H

#include <stddef.h>

#include "sagitta/output.h"

/* A sheet on one paper. */
typedef struct sheet_file {
  char name[32];    /* "guide-a4.pdf" */
  const char *what; /* what is on it, in a few words */
} sheet_file;

#define SHEET_KINDS 4
#define SHEET_FILES (2 * SHEET_KINDS) /* each on A4, then each on Letter */

sheet_file sheet_file_of(size_t index);
/* Draw one into an output that is open; it is neither committed nor discarded. Errors: WRITE, MEMORY. */
sagitta_status sheet_file_draw(size_t index, sagitta_output *output, sagitta_error *error);

#endif
