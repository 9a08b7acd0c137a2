/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sagitta sheets: PDFs to print, at true size: markers to cut out, chessboards, a ruler, a guide. In: nothing but the
 * paper. Out: one PDF for each sheet and paper, the same bytes from the same program. sheets.c is the command and makes
 * the documents; targets.c and guide.c draw their pages on a sheet (true_size.c), in mm. The only header that other
 * rooms include.
 */
#ifndef SG_SHEETS_SHEETS_H
#define SG_SHEETS_SHEETS_H

#include "cli/command.h"

extern const command sheets_command;

/* The guide's page as SVG, on A4, in *svg (malloc), zero-terminated. Errors: MEMORY. */
sagitta_status sheets_guide_svg(char **svg, sagitta_error *error);

#endif
