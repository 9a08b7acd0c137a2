/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta records: which of its parts; and records questions. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/option_rows.h"
#include "cli/option_values.h"
#include "commands/commands.h"
#include "commands/records_parts.h"
#include "cli/files.h"
#include "records/records.h"

typedef struct questions_options {
  const char *output, *language;
  bool help, version;
} questions_options;

static const option_row question_rows[] = {
  OUTPUT_ROW(questions_options, output, "FILE", "Where to; -o FILE for short (default: standard output)."),
  LANGUAGE_ROW(questions_options, language, "The language of the questions: en (default), de or es."),
  HELP_ROWS(questions_options)
};

static int run_questions(const command *self, int count, char **arguments) {
  questions_options o = { .output = NULL };
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 0, 0, "", &words);
  if (parsed >= 0) return parsed;
  char why[OPTION_WHY];
  if (o.language && !language_check(o.language, why)) return command_misused(self, why);
  sagitta_error error = SAGITTA_ERROR_INIT;
  char *form = pretest_form(o.language);
  if (!form) {
    (void)records_fail(&error, SAGITTA_ERROR_MEMORY, "Not enough memory for the questions.");
    return command_fail(&error);
  }
  sagitta_status status = SAGITTA_OK;
  if (o.output && strcmp(o.output, "-") != 0) {
    status = file_write(o.output, form, &error);
  } else {
    puts(form);
  }
  free(form);
  return command_end(status, &error);
}

static const command records_questions_command = {
  .name = "records questions",
  .usage = "[-o FILE.json]",
  .purpose = "The questions before a test, as a form for --pretest.",
  .about =
      "Fill in true (yes) or false (no) for each under \"answers\", and give the file to: sagitta analyze VIDEO "
      "--client ID --pretest FILE.json.",
  .options = question_rows,
  .run = run_questions,
};

const command records_command = {
  .name = "records",
  .usage = "add|list|show|edit|remove|… …",
  .purpose = "Clients, their visits and results.",
  .about =
      " records add ID --name NAME …       a new client\n"
      " records list                       all clients\n"
      " records show ID                    one client: visits and results\n"
      " records edit ID …                  change what is known of a client\n"
      " records edit --result N …          pain or treatment mark of a result\n"
      " records remove ID                  a client and everything of theirs, for good\n"
      " records export ID -o FILE.json     to take along; records import FILE.json\n"
      " records backup FILE                the whole file, checked\n"
      " records verify                     look at every page and document\n"
      " records recover FILE -o NEW        what can be read of a damaged file\n"
      " records repeatability ID           a personal detectable change\n"
      " records questions                  the questions before a test, as a form\n\n"
      "Results are saved by: sagitta analyze VIDEO --client ID. Each part has its own help: sagitta records add "
      "--help.",
  .options = plain_options,
  .run = command_run_part,
  .parts = (const command *const[]){ &records_add_command, &records_list_command, &records_show_command,
                                     &records_edit_command, &records_remove_command, &records_export_command,
                                     &records_import_command, &records_backup_command, &records_verify_command,
                                     &records_recover_command, &records_repeatability_command,
                                     &records_questions_command, NULL },
  .which_part = "What about the records? Say which part first.",
};
