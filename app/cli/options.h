/* SPDX-License-Identifier: Apache-2.0 */
/* A command's options as one table: the parser, the help and the "did you mean" all read it. Rows that stand in the
 * tables of several commands are in cli/option_rows.h. */
#ifndef SG_CLI_OPTIONS_H
#define SG_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef enum option_kind {
  OPTION_FLAG,   /* bool */
  OPTION_TEXT,   /* const char *; never empty */
  OPTION_NUMBER, /* double, "29.97" or "30000/1001", within [least, most] */
  OPTION_COUNT,  /* int, within [least, most] */
  OPTION_CUSTOM  /* parse() decides; may be repeated */
} option_kind;

#define OPTION_WHY 512

typedef struct option_row {
  const char *name;     /* without its dashes; NULL ends the table */
  const char *argument; /* "FILE"; NULL for a flag */
  option_kind kind;
  size_t offset; /* of the value within the settings */
  double least, most;
  /* CUSTOM: `at` is the value within the settings; false, and `why` (OPTION_WHY bytes) filled, when `value` is none. */
  bool (*parse)(void *at, const char *value, char *why);
  const char *help;
} option_row;

#define OPTIONS_MAX 64

/*
 * Parse arguments [0, count) into *settings, whose values start zeroed or as defaults. What is no option is moved to
 * the front of `arguments`, in order, and *positional set to their number. "--" ends the options; "-" is no option;
 * "-o" stands for --output, "-h" for --help, where there is one. Returns false and fills `why` with one sentence: cause
 * and remedy.
 */
bool options_parse(const option_row *rows, void *settings, char **arguments, int count, int *positional, char *why);

/* Whether the table has a flag of that name and it is set in the settings. */
bool options_flag(const option_row *rows, const void *settings, const char *name);

/* The table as help text, wrapped at 80 columns. */
void options_help(const option_row *rows, FILE *to);

/* The nearest of `names` (NULL-terminated) to a mistyped one, or NULL when none is near. */
const char *options_nearest(const char *typed, const char *const *names);

#endif
