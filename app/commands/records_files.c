/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta records export, import, backup, verify, recover: the records as files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/options.h"
#include "cli/side.h"
#include "cli/text.h"
#include "commands/commands.h"
#include "commands/counted.h"
#include "records/records.h"

typedef struct files_options {
  records_place place;
  const char *output, *client, *as, *date;
  int pain;
  sagitta_side side;
  bool all, before, after, help, version;
} files_options;

static const option_row export_rows[] = { FLAG_ROW(files_options, all, "all", "Every client."),
                                          OUTPUT_ROW(files_options, output, "FILE",
                                                     "Where to; -o FILE for short, - for standard output."),
                                          RECORDS_ROWS(files_options, place), HELP_ROWS(files_options) };
static const option_row import_rows[] = {
  TEXT_ROW(files_options, as, "as", "ID", "The ID for the one client of an export, where theirs is taken here."),
  TEXT_ROW(files_options, client, "client", "ID", "Whose a single result (from analyze --json) is."),
  DATE_ROW(files_options, date, "Of a single result: the day of the visit (default: today)."),
  PAIN_ROW(files_options, pain, "Of a single result: the pain during the movement."),
  CUSTOM_ROW(files_options, side, "side", "left|right|both", side_parse,
             "Of a single result that does not say it: which leg was tested."),
  FLAG_ROW(files_options, before, "before", "Of a single result: measured before a treatment."),
  FLAG_ROW(files_options, after, "after", "Of a single result: measured after a treatment."),
  RECORDS_ROWS(files_options, place),
  HELP_ROWS(files_options)
};
static const option_row place_rows[] = { RECORDS_ROWS(files_options, place), HELP_ROWS(files_options) };
static const option_row recover_rows[] = {
  OUTPUT_ROW(files_options, output, "FILE", "The new records file; -o NEW for short."),
  KEY_FILE_ROW(files_options, place, "Encrypted records: the file that holds their key."), HELP_ROWS(files_options)
};

static int run_export(const command *self, int count, char **arguments) {
  files_options o = { .pain = -1 };
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 0, 1, NULL, &words);
  if (parsed >= 0) return parsed;
  if ((words == 1) == o.all) return command_misused(self, "Who is to be exported? Give a client's ID, or --all.");
  if (!o.output) return command_misused(self, "Where shall it go? Add -o FILE.json.");
  records *r = NULL;
  records_client c;
  sagitta_output *output = NULL;
  sagitta_error error = error_at_terminal();
  sagitta_status status = records_open(&r, &o.place, RECORDS_READ, &error);
  if (status == SAGITTA_OK && words) status = records_client_find(r, arguments[0], &c, &error);
  if (status == SAGITTA_OK) status = sagitta_output_open(&output, o.output, &error);
  if (status == SAGITTA_OK) status = exchange_export(r, words ? &c : NULL, output, &error);
  if (status == SAGITTA_OK) status = sagitta_output_commit(&output, &error);
  sagitta_output_discard(&output);
  records_close(&r);
  if (status != SAGITTA_OK) return command_fail(&error);
  if (strcmp(o.output, "-") != 0)
    printf(say(error.language, "Exported to \"%s\": %s.\n"), o.output,
           words ? c.code : say(error.language, "all clients"));
  return command_finish(EXIT_MEASURED);
}

const command records_export_command = {
  .name = "records export",
  .usage = "ID|--all -o FILE.json",
  .purpose = TRANSLATABLE("One client, or all, as one JSON document."),
  .about = TRANSLATABLE(
      "Everything that is recorded: details, visits, answers, result documents whole. It is not encrypted: keep it "
      "as you keep the records. \"sagitta records import FILE.json\" takes it in, on any machine."),
  .options = export_rows,
  .run = run_export,
};

/* A document from before this was refused: it holds nothing that was measured. */
static sagitta_status check_measured(const char *text, sagitta_error *error) {
  sagitta_result *result = NULL;
  sagitta_status status = sagitta_result_parse(&result, text, strlen(text), error);
  if (status == SAGITTA_OK && !records_result_is_measured(result)) {
    status = fail_with(error, SAGITTA_NO_MEASUREMENT,
                       "It has no repetition that could be used, and is no measurement: nothing was saved. Record "
                       "the movement again.");
  }
  sagitta_result_free(&result);
  return status;
}

static sagitta_status import_single(records *r, const files_options *o, records_mark mark, const char *text,
                                    sagitta_error *error) {
  records_client c;
  char today[RECORDS_DAY];
  int64_t id = 0;
  bool already = false;
  if (!o->client) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "It is a single result, which does not say whose it is: add --client ID.");
  }
  records_today(today);
  sagitta_status status = check_measured(text, error);
  if (status == SAGITTA_OK) status = records_client_find(r, o->client, &c, error);
  if (status != SAGITTA_OK) return status;
  const records_new_result n = {
    .client = c.id, .day = o->date ? o->date : today, .document = text, .side = o->side, .mark = mark, .pain = o->pain
  };
  status = records_result_save(r, &n, &id, &already, error);
  if (status != SAGITTA_OK) return status;
  printf(already ? error_say(error, "It is there already, as result %lld of %s.\n")
                 : error_say(error, "Saved as result %lld of %s.\n"),
         (long long)id, c.code);
  return status;
}

static sagitta_status import_text(records *r, const files_options *o, records_mark mark, const char *text,
                                  size_t length, sagitta_error *error) {
  exchange_counts n;
  if (!exchange_is_export(text, length)) return import_single(r, o, mark, text, error);
  if (o->client || o->date || o->pain >= 0 || o->side || mark) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "It is an export, which says all of that itself: leave out --client, --date, --pain, --side, "
                     "--before and --after.");
  }
  const sagitta_status status = exchange_import(r, text, length, o->as, &n, error);
  if (status != SAGITTA_OK) return status;
  printf(error_say(error, "Imported: %s, %s, %s. There already: %s.\n"), COUNTED(n.clients, NEW_CLIENTS),
         COUNTED(n.visits, VISITS), COUNTED(n.results, RESULTS), COUNTED(n.already, RESULTS));
  return status;
}

static int run_import(const command *self, int count, char **arguments) {
  files_options o = { .pain = -1 };
  int words;
  char why[OPTION_WHY];
  records_mark mark;
  const int parsed = command_begin_words(self, &o, count, arguments, 1, 1, "What is to be imported?", &words);
  if (parsed >= 0) return parsed;
  if (!keep_mark(o.before, o.after, &mark, why)) return command_misused(self, why);
  records *r = NULL;
  char *text = NULL;
  size_t length = 0;
  sagitta_error error = error_at_terminal(), cause = error_at_terminal();
  sagitta_status status = file_read(arguments[0], &text, &length, &error);
  if (status == SAGITTA_OK) {
    status = records_open(&r, &o.place, exchange_is_export(text, length) ? RECORDS_MAKE : RECORDS_WRITE, &error);
    if (status == SAGITTA_OK && (status = import_text(r, &o, mark, text, length, &cause)) != SAGITTA_OK) {
      /* What is wrong with the document names the document. */
      if (status == SAGITTA_ERROR_FORMAT) {
        (void)fail_with(&error, status, "\"%.200s\": %.800s", arguments[0], cause.text);
      } else {
        error = cause;
      }
    }
  }
  records_close(&r);
  free(text);
  return command_end(status, &error);
}

const command records_import_command = {
  .name = "records import",
  .usage = "FILE.json [options]",
  .purpose = TRANSLATABLE("Take in an export, or a single result for a client."),
  .about = TRANSLATABLE(
      "What is there already is left as it is: importing a file twice changes nothing. If anything in the file is "
      "wrong, nothing of it is imported."),
  .options = import_rows,
  .run = run_import,
};

static int run_backup(const command *self, int count, char **arguments) {
  files_options o = { .pain = -1 };
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 1, 1, "Where shall the backup go?", &words);
  if (parsed >= 0) return parsed;
  records *r = NULL;
  sagitta_error error = error_at_terminal();
  sagitta_status status = records_open(&r, &o.place, RECORDS_READ, &error);
  if (status == SAGITTA_OK) status = upkeep_backup(r, arguments[0], &error);
  if (status == SAGITTA_OK)
    printf(say(text_language(), "Backup of \"%s\" in \"%s\", checked.\n"), records_path(r), arguments[0]);
  records_close(&r);
  return command_end(status, &error);
}

const command records_backup_command = {
  .name = "records backup",
  .usage = "FILE",
  .purpose = TRANSLATABLE("A checked copy of the whole records file."),
  .about = TRANSLATABLE(
      "Also while other programs are writing. The copy is a records file itself: sagitta records list --records "
      "FILE. Encrypted records stay encrypted, with the same key."),
  .options = place_rows,
  .run = run_backup,
};

static void print_problem(void *user, const char *problem) {
  (void)user;
  text_wrap(stdout, problem, text_columns(stdout), 0, 0);
}

static int run_verify(const command *self, int count, char **arguments) {
  files_options o = { .pain = -1 };
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 0, 0, NULL, &words);
  if (parsed >= 0) return parsed;
  records *r = NULL;
  upkeep_report found;
  sagitta_error error = error_at_terminal();
  sagitta_status status = records_open(&r, &o.place, RECORDS_READ, &error);
  if (status == SAGITTA_OK) status = upkeep_verify(r, print_problem, NULL, &found, &error);
  if (status == SAGITTA_OK && found.problems) {
    status = fail_with(&error, SAGITTA_ERROR_FORMAT,
                       "In \"%s\": %s. Keep the file as it is; \"sagitta records recover FILE -o NEW\" saves "
                       "what is whole into a new one.",
                       records_path(r), COUNTED(found.problems, PROBLEMS));
  } else if (status == SAGITTA_OK) {
    printf(say(error.language, "\"%s\" is whole, and every document as it was saved: %s, %s, %s.\n"), records_path(r),
           COUNTED(found.clients, CLIENTS), COUNTED(found.visits, VISITS), COUNTED(found.results, RESULTS));
  }
  records_close(&r);
  return command_end(status, &error);
}

const command records_verify_command = {
  .name = "records verify",
  .usage = "[options]",
  .purpose = TRANSLATABLE("Look at every page, reference, hash and document."),
  .about = TRANSLATABLE(
      "Exit status 0 when all is well, 3 when something is damaged or was changed behind the program's back."),
  .options = place_rows,
  .run = run_verify,
};

static int run_recover(const command *self, int count, char **arguments) {
  files_options o = { .pain = -1 };
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 1, 1, "Which file is to be recovered?", &words);
  if (parsed >= 0) return parsed;
  if (!o.output) return command_misused(self, "Where shall the new records go? Add -o NEW.");
  upkeep_recovered n;
  sagitta_error error = error_at_terminal();
  o.place.file = arguments[0];
  const sagitta_status status = upkeep_recover(&o.place, o.output, &n, &error);
  if (status != SAGITTA_OK) return command_fail(&error);
  printf(say(error.language, "Recovered into \"%s\": %s, %s, %s.\n"), o.output, COUNTED(n.clients, CLIENTS),
         COUNTED(n.visits, VISITS), COUNTED(n.results, RESULTS));
  if (n.incomplete)
    printf(say(text_language(), "%lld result document(s) were not whole, and left out.\n"), (long long)n.incomplete);
  if (n.nameless)
    printf(say(text_language(), "%lld client(s) without their details are called \"recovered-…\".\n"),
           (long long)n.nameless);
  return command_finish(EXIT_MEASURED);
}

const command records_recover_command = {
  .name = "records recover",
  .usage = "FILE -o NEW",
  .purpose = TRANSLATABLE("What can be read of a damaged records file, into a new one."),
  .about = TRANSLATABLE(
      "The damaged file is not touched. Results are taken only if they are whole, to the last byte. Visits whose "
      "client was not found go to \"recovered-…\"."),
  .options = recover_rows,
  .run = run_recover,
};
