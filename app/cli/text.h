/* SPDX-License-Identifier: Apache-2.0 */
/* Text on a terminal: UTF-8 whatever the locale, wrapped, aligned, with no control characters from file names. */
#ifndef SG_CLI_TEXT_H
#define SG_CLI_TEXT_H

#include <stdbool.h>
#include <stdio.h>

/* Columns that a UTF-8 text takes. */
int text_width(const char *text);

/* Bytes of the first word; a number and its unit ("19.3 cm", "95 %") are one, and are not to be parted. */
size_t text_word(const char *text);

/*
 * Print words of `text` so that no line passes column `width`; the cursor stands at column `at`, following lines (and
 * the first, if at < indent) start at `indent`. Ends with a newline. Control characters come out as '?'.
 */
void text_wrap(FILE *to, const char *text, int width, int at, int indent);

/* Print `text` and blanks up to `columns`: after it, or before it when `columns` is negative. */
void text_pad(FILE *to, const char *text, int columns);

/* Columns to fill on this stream: 40–100 of a terminal, else 80. */
int text_columns(FILE *to);

/* Whether bold may be used: a terminal that is not "dumb", and NO_COLOR is not set. */
bool text_styled(FILE *to);

/* "sagitta: " and a wrapped message on standard error. */
void text_complain(const char *message);

#endif
