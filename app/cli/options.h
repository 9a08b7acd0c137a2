/* SPDX-License-Identifier: Apache-2.0 */
/* A command's options as one table: the parser, the help and the "did you mean" all read it. */
#ifndef SG_CLI_OPTIONS_H
#define SG_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/text.h"

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
  const char *help; /* English, a text of the catalogues: the rows' macros mark it (po/marks) */
} option_row;

#define OPTIONS_MAX 64

/*
 * Parse arguments [0, count) into *settings, whose values start zeroed or as defaults. What is no option is moved to
 * the front of `arguments`, in order, and *positional set to their number. "--" ends the options; "-" is no option;
 * "-o" stands for --output, "-h" for --help, where there is one. Returns false and fills `why` with one sentence: cause
 * and remedy.
 */
bool options_parse(const option_row *rows, void *settings, char **arguments, int count, int *positional, char *why);

/*
 * The sentences of a refusal, in `why` (OPTION_WHY bytes) and the terminal's language (text_language()): the first,
 * which says what is wrong, and what comes after it. `english` is a text of the catalogues. options_refuse() returns
 * false, as whatever has been refused does.
 */
bool options_refuse(char *why, const char *english, ...) __attribute__((format(printf, 2, 3)));
void options_add(char *why, const char *english, ...) __attribute__((format(printf, 2, 3)));

/* Whether the table has a flag of that name and it is set in the settings. */
bool options_flag(const option_row *rows, const void *settings, const char *name);

/* The table as help text in the terminal's language, wrapped at 80 columns. */
void options_help(const option_row *rows, FILE *to);

/* The nearest of `names` (NULL-terminated) to a mistyped one, or NULL when none is near. */
const char *options_nearest(const char *typed, const char *const *names);

/* ---- rows of tables ---- */

/*
 * The first macros make a row of each kind for `field` of the settings `type`, with its help in one piece; the others
 * are rows that stand in the tables of several commands, each with its words written once. HELP_ROWS ends a table.
 */
#define FLAG_ROW(type, field, name, help) \
  { name, NULL, OPTION_FLAG, offsetof(type, field), 0, 0, NULL, help }
#define TEXT_ROW(type, field, name, argument, help) \
  { name, argument, OPTION_TEXT, offsetof(type, field), 0, 0, NULL, help }
#define NUMBER_ROW(type, field, name, argument, least, most, help) \
  { name, argument, OPTION_NUMBER, offsetof(type, field), least, most, NULL, help }
#define COUNT_ROW(type, field, name, argument, least, most, help) \
  { name, argument, OPTION_COUNT, offsetof(type, field), least, most, NULL, help }
/* `parse` is given the place of the field. */
#define CUSTOM_ROW(type, field, name, argument, parse, help) \
  { name, argument, OPTION_CUSTOM, offsetof(type, field), 0, 0, parse, help }

/* The last two rows of every table (fields help, version), and its end. */
#define HELP_ROWS(type)                                                                             \
  FLAG_ROW(type, help, "help", "This help."), FLAG_ROW(type, version, "version", "The version."), { \
    .name = NULL                                                                                    \
  }

/* Which records: a records_place in `field`. */
#define KEY_FILE_ROW(type, field, help) TEXT_ROW(type, field.key_file, "key-file", "FILE", help)
#define RECORDS_ROWS(type, field)                                                      \
  TEXT_ROW(type, field.file, "records", "FILE",                                        \
           "Another records file than your own ($XDG_DATA_HOME/sagitta/records.db)."), \
      KEY_FILE_ROW(type, field,                                                        \
                   "Encrypted records: the file that holds their key. Else SAGITTA_PASSPHRASE, or asked for.")

/* Of which the argument is the same everywhere, and the sentence each command's own. */
#define CAMERA_ROW(type, field, help) TEXT_ROW(type, field, "camera", "FILE", help)
#define CLINIC_ROW(type, field)      \
  TEXT_ROW(                          \
      type, field, "clinic", "FILE", \
      "Whose page it is: a file with name, address and logo (PNG, JPEG or SVG), as the manual of reports has it.")
#define PAPER_ROW(type, field) \
  TEXT_ROW(type, field, "paper", "SIZE", "a4 or letter (default: what is usual where the locale is from).")
#define DATE_ROW(type, field, help)             TEXT_ROW(type, field, "date", "YYYY-MM-DD", help)
#define JSON_ROW(type, field, help)             TEXT_ROW(type, field, "json", "FILE", help)
#define LANGUAGE_ROW(type, field, help)         TEXT_ROW(type, field, "language", "CODE", help)
#define OUTPUT_ROW(type, field, argument, help) TEXT_ROW(type, field, "output", argument, help)
#define PAIN_ROW(type, field, help)             COUNT_ROW(type, field, "pain", "0-10", 0, 10, help)
#define PRETEST_ROW(type, field, help)          TEXT_ROW(type, field, "pretest", "FILE", help)
#define RATE_ROW(type, field, help)             NUMBER_ROW(type, field, "rate", "FPS", 0.01, 100000, help)
#define REST_ROW(type, field, help)             COUNT_ROW(type, field, "rest", "MIN", 0, 1440, help)
#define RESULT_ROW(type, field, help)           COUNT_ROW(type, field, "result", "N", 1, 2e9, help)
#define SECONDS_ROW(type, field, help)          NUMBER_ROW(type, field, "seconds", "N", 0.01, 1e6, help)
#define TEST_ROW(type, field, help)             TEXT_ROW(type, field, "test", "NAME", help)
/* A bool in `field`: whether it is kept. */
#define BACKGROUND_ROW(type, field)                                                                                 \
  CUSTOM_ROW(type, field, "background", "soft|keep", background_parse,                                              \
             "What is around the person in pictures and videos that are saved: soft beyond recognition (default), " \
             "since others have faces too, or kept as it was filmed.")
/* A pick_list in `field`. */
#define PICK_ROW(type, field, help) CUSTOM_ROW(type, field, "pick", "ROLE=X,Y[@S]", picks_parse, help)

#define SECONDS_HELP  TRANSLATABLE("Stop after N seconds of input. A camera needs it.")
#define JSON_TOO_HELP TRANSLATABLE("Write it as JSON as well; - is standard output.")

#endif
