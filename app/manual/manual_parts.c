/* SPDX-License-Identifier: Apache-2.0 */
/* What each form of the manual takes from the tables of commands and options. */
#include <ctype.h>
#include <string.h>

#include "manual/manual.h"

const char *manual_last_word(const command *c) {
  const char *blank = strrchr(c->name, ' ');
  return blank ? blank + 1 : c->name;
}

const char *manual_paragraph(const char *text, size_t *length) {
  const char *end = strstr(text, "\n\n");
  *length = end ? (size_t)(end - text) : strlen(text);
  return end && end[2] ? end + 2 : NULL;
}

manual_argument manual_argument_of(const option_row *row) {
  const char *word = row->argument;
  if (!word) return MANUAL_NONE;
  if (strstr(word, "FILE") || strstr(word, "VIDEO") || strstr(word, "TRACKS")) return MANUAL_FILE;
  if (strstr(word, "FOLDER") || strcmp(word, "DIR") == 0) return MANUAL_FOLDER;
  bool words = strchr(word, '|') != NULL;
  for (const char *at = word; *at; at++) words = words && (islower((unsigned char)*at) || strchr("|-", *at));
  return words ? MANUAL_WORDS : MANUAL_OTHER;
}
