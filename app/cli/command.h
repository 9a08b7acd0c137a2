/* SPDX-License-Identifier: Apache-2.0 */
/* What every command has in common: how it is listed and dispatched, its help, exit statuses and messages. */
#ifndef SG_CLI_COMMAND_H
#define SG_CLI_COMMAND_H

#include "cli/options.h"
#include "sagitta/sagitta.h"

typedef enum exit_status {
  EXIT_MEASURED = 0,
  EXIT_NO_MEASUREMENT = 1,
  EXIT_USAGE = 2,
  EXIT_UNREADABLE = 3,
  EXIT_UNWRITABLE = 4,
  EXIT_INTERRUPTED = 130
} exit_status;

typedef struct command command;
struct command {
  const char *name;
  const char *usage;   /* what follows the name */
  const char *purpose; /* one line, for the list of commands; TRANSLATABLE, as `about` and `which_part` are */
  const char *about;   /* paragraphs of the command's own help, separated by empty lines; NULL = the purpose */
  const option_row *options;
  /* `self` is the command; arguments are those after its name. Returns the exit status. */
  int (*run)(const command *self, int count, char **arguments);
  /* A command of parts ("calibrate lens"), whose run is command_run_part: NULL-terminated, each named in full. */
  const command *const *parts;
  const char *which_part; /* asked where no part is named */
  bool list_in_full;      /* parts are listed as "calibrate lens", not as "lens" */
};

/* The exit status that answers a library status. */
int exit_of(sagitta_status status);

/* Print the message of a failure and return its exit status. */
int command_fail(const sagitta_error *error);
/* Print a usage error, translated where it is a text of the catalogues, and how to get help; returns EXIT_USAGE.
 * `which` NULL: no command's. */
int command_misused(const command *which, const char *why);
/* In the terminal's language. */
void command_help(const command *which, FILE *to);
void command_version(FILE *to);
/* Flush standard output: an answer that could not be printed is not a success. */
int command_finish(int status);
/* Whether the user means it: `question`, and then `expected` typed on the terminal. `yes`: it is not asked. Errors:
 * ARGUMENT (something else was typed: `refused`; nobody can be asked). */
sagitta_status command_confirm(bool yes, const char *question, const char *expected, const char *refused,
                               sagitta_error *error);
/* The end of a command that either failed or printed its answer. */
int command_end(sagitta_status status, const sagitta_error *error);

/* Parse the words of a command into its settings, and answer --help, --version and misuse. Returns −1 to go on, with
 * *words words that are no options moved to the front, else the exit status. */
int command_begin(const command *self, void *settings, int count, char **arguments, int *words);
/* The same, with `least` to `most` such words; `wants` asks for them, NULL where none are needed. */
int command_begin_words(const command *self, void *settings, int count, char **arguments, int least, int most,
                        const char *wants, int *words);
/* The same for a command without words or options of its own: its options are plain_options. */
int command_begin_plain(const command *self, int count, char **arguments);

/* --help and --version alone. */
typedef struct plain_settings {
  bool help, version;
} plain_settings;
extern const option_row plain_options[];

/* Run the part that the first word names. */
int command_run_part(const command *self, int count, char **arguments);
/* The one of that name; NULL when there is none. */
const command *command_find(const command *const *commands, const char *name);

#endif
