/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The manual: man pages, completions of three shells and one page of Markdown with every option, all made from the
 * table of commands that the parser and --help read, so that they cannot say anything else. In: that table. Out: files
 * in a folder: man1/sagitta.1 and one page for each command, bash/sagitta, zsh/_sagitta, fish/sagitta.fish, OPTIONS.md;
 * the same bytes from the same table. Start reading at manual.c. The only header that other rooms include is this one.
 */
#ifndef SG_MANUAL_MANUAL_H
#define SG_MANUAL_MANUAL_H

#include "cli/command.h"

/* The program as it is described. Everything is borrowed. */
typedef struct manual {
  const command *const *commands; /* NULL-terminated */
  const option_row *everywhere;   /* options that every command has, and no table of a command names */
  const char *about;              /* what the program is, in a sentence or two */
  const char *help_purpose;       /* of the command help, which has no table */
} manual;

/* Write all of it into a folder, which is made where it is not there. Errors: WRITE, MEMORY. */
sagitta_status manual_write(const manual *m, const char *folder, sagitta_error *error);

/* ---- one file each ---- */

void manual_man_overview(const manual *m, FILE *to); /* man_pages.c */
void manual_man_command(const manual *m, const command *c, FILE *to);
void manual_markdown(const manual *m, FILE *to); /* markdown.c */
void manual_bash(const manual *m, FILE *to);     /* completions.c */
void manual_zsh(const manual *m, FILE *to);
void manual_fish(const manual *m, FILE *to);

/* ---- what they share (manual.c) ---- */

/* "lens" of "calibrate lens"; the name itself where it is one word. */
const char *manual_last_word(const command *c);
/* The part of a paragraph of `about` up to the next empty line, and where that next one starts (NULL: there is none).
 */
const char *manual_paragraph(const char *text, size_t *length);
/* What an option's argument is by its word in the table: "FILE.csv", "soft|keep", "N". */
typedef enum manual_argument {
  MANUAL_NONE, /* a flag */
  MANUAL_FILE, /* also a file or one of several words */
  MANUAL_FOLDER,
  MANUAL_WORDS, /* one of the words between the bars */
  MANUAL_OTHER
} manual_argument;
manual_argument manual_argument_of(const option_row *row);

#endif
