/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sagitta sheets: PDFs to print, at true size: markers to cut out, chessboards, a ruler, a guide. In: nothing but the
 * paper. Out: one PDF for each sheet and paper, the same bytes from the same program. sheets.c is the command;
 * sheet_files.c makes the documents; targets.c and guide.c draw their pages on a sheet (true_size.c), in mm. The header
 * of the command; sheet_files.h is that of what is drawn.
 */
#ifndef SG_SHEETS_SHEETS_H
#define SG_SHEETS_SHEETS_H

#include "cli/command.h"

extern const command sheets_command;

#endif
