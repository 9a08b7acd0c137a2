/* SPDX-License-Identifier: Apache-2.0 */
/* What every command shares: exit statuses and how it is listed. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H

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

typedef struct command {
  const char *name;
  const char *usage;   /* what follows the name */
  const char *purpose; /* one line, for the list of commands */
  const char *about;   /* paragraphs of the command's own help, separated by empty lines; NULL = none */
  const option_row *options;
  int (*run)(int count, char **arguments); /* arguments after the command's name */
} command;

extern const command analyze_command, calibrate_command, check_command, cpu_command, sheets_command, simulate_command,
    tests_command;
extern const command compare_command, history_command, records_command, report_command;

/* The exit status that answers a library status. */
int exit_of(sagitta_status status);

/* Print the message of a failure and return its exit status. */
int command_fail(const sagitta_error *error);
/* Print a usage error and how to get help; returns EXIT_USAGE. */
int command_misused(const command *which, const char *why);
void command_help(const command *which, FILE *to);
void command_version(FILE *to);

/* Parse the words of a command into its settings, of which *help and *version are part: help, version and misuse are
 * answered. Returns −1 to go on, with *inputs words moved to the front, else the exit status. */
int command_begin(const command *which, void *settings, const bool *help, const bool *version, int count,
                  char **arguments, int *inputs);
/* Parse the options of a command without arguments of its own beyond --help and --version. Returns −1 to go on, else
 * the exit status. */
int command_plain(const command *which, int count, char **arguments);
extern const option_row plain_options[];

/* Flush standard output: an answer that could not be printed is not a success. */
int command_finish(int status);

#endif
