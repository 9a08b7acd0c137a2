/* SPDX-License-Identifier: Apache-2.0 */
/* What the commands that use the records share. */
#ifndef SG_COMMANDS_ACCESS_H
#define SG_COMMANDS_ACCESS_H

#include "cli/command.h"
#include "records/records.h"

/* Rows of an options table whose settings have a records_place `place`. */
#define ACCESS_ROWS(settings)                                                                                    \
  { "records", "FILE", OPTION_TEXT, offsetof(settings, place.file),                                              \
    0,         0,      NULL,        "Another records file than your own ($XDG_DATA_HOME/sagitta/records.db)." }, \
  {                                                                                                              \
    "key-file", "FILE", OPTION_TEXT, offsetof(settings, place.key_file), 0, 0, NULL,                             \
        "Encrypted records: the file that holds their key. Else SAGITTA_PASSPHRASE, or asked for."               \
  }

/* The parts of sagitta records: each takes the words after its own name and returns the exit status. */
int records_add(int count, char **arguments);
int records_list(int count, char **arguments);
int records_show(int count, char **arguments);
int records_edit(int count, char **arguments);
int records_remove(int count, char **arguments);
int records_export(int count, char **arguments);
int records_import(int count, char **arguments);
int records_backup(int count, char **arguments);
int records_verify(int count, char **arguments);
int records_recover(int count, char **arguments);
int records_repeatability(int count, char **arguments);
int records_questions(int count, char **arguments);

/*
 * Parse a part's options; `least` to `most` positional words, `wants` says what they are. −1 to go on, else the exit
 * status. `help` and `version` are the settings' flags.
 */
int access_parse(const command *part, void *settings, int count, char **arguments, int least, int most,
                 const char *wants, const bool *help, const bool *version, int *positional);

/* Write a document to `path` ("-": standard output). */
sagitta_status access_write(const char *path, const char *text, sagitta_error *error);
/* The bytes of a file in *text (to be freed), zero-terminated. "-" is standard input. */
sagitta_status access_read(const char *path, char **text, size_t *length, sagitta_error *error);

/* A terminal on both sides, so that a question can be asked. */
bool access_can_ask(void);

#endif
