/* SPDX-License-Identifier: Apache-2.0 */
/* Text as spreadsheets save it, brought into UTF-8. Stateless. */
#ifndef SG_CLI_SPREADSHEET_TEXT_H
#define SG_CLI_SPREADSHEET_TEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum text_coding {
  TEXT_UNKNOWN = 0, /* none of these, or no text at all */
  TEXT_UTF8,        /* with or without a byte order mark */
  TEXT_UTF16,       /* either order, with or without the mark */
  TEXT_WINDOWS_1252 /* what is no UTF-8, but could be this: one cannot be sure */
} text_coding;

/* Length of the UTF-8 character at `s`, which a zero ends; 0 where there is none. */
size_t utf8_character(const unsigned char *s);

/*
 * Which coding the text is in; *text (to be freed, *length bytes and a zero) is then UTF-8, without a mark. Left as it
 * is where the coding is not known; freed and NULL when memory is short.
 */
text_coding text_to_utf8(char **text, size_t *length);

#endif
