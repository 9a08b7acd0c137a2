/* SPDX-License-Identifier: Apache-2.0 */
/* The sheets as files to print. */
#ifndef SG_SHEETS_SHEET_FILES_H
#define SG_SHEETS_SHEET_FILES_H

#include <stdbool.h>

#include "sagitta/sagitta.h"

typedef enum sheets_kind {
  SHEETS_GUIDE = 0,
  SHEETS_MARKERS = 1,
  SHEETS_BOARDS = 2,
  SHEETS_RULER = 3,
  SHEETS_PROOF = 4,
  SHEETS_QUESTIONS = 5
} sheets_kind;
#define SHEETS_KINDS 6

/* Draw one as PDF for A4 or Letter into an output that is open; it is neither committed nor discarded. language: of its
 * words, a code; NULL = English. Errors: WRITE, MEMORY. */
sagitta_status sheets_draw(sheets_kind kind, bool letter, const char *language, sagitta_output *output,
                           sagitta_error *error);
/* The guide's page as SVG, on A4, in *svg (malloc), zero-terminated; its words in that language, a code. Errors:
 * MEMORY.
 */
sagitta_status sheets_guide_svg(char **svg, const char *language, sagitta_error *error);

#endif
