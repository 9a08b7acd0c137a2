/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta records: which of its parts; and two of them: repeatability (sessions, and what they say) and questions. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/side.h"
#include "cli/text.h"
#include "commands/commands.h"
#include "commands/counted.h"
#include "records/history.h"
#include "records/records.h"

/* ---- records repeatability ---- */

#define RESULTS_MAX 200

/* --results 12,13,14 */
typedef struct result_list {
  int64_t number[RESULTS_MAX];
  size_t count;
} result_list;

typedef struct repeat_options {
  records_place place;
  const char *date;
  result_list results;
  int forget;
  bool start, end, help, version;
} repeat_options;

static bool parse_results(void *list, const char *value, char *why) {
  result_list *results = list;
  for (const char *at = value; *at;) {
    char *end;
    const long long number = strtoll(at, &end, 10);
    if (end == at || number < 1 || (*end && *end != ',') || results->count == RESULTS_MAX) {
      return options_refuse(why, "--results takes numbers of results, as 12,13,14,15, not '%.80s'.", value);
    }
    results->number[results->count++] = number;
    at = end + (*end == ',');
  }
  return true;
}

static const option_row repeatability_rows[] = {
  FLAG_ROW(repeat_options, start, "start",
           "Begin a session: what is saved for the client on that day are its recordings."),
  DATE_ROW(repeat_options, date, "With --start or --results: the day (default: today)."),
  FLAG_ROW(repeat_options, end, "end", "End the session."),
  CUSTOM_ROW(repeat_options, results, "results", "N,N,…", parse_results,
             "Make a session of results that are saved already."),
  COUNT_ROW(repeat_options, forget, "forget", "N", 1, 2e9, "Forget session N; its results stay."),
  RECORDS_ROWS(repeat_options, place),
  HELP_ROWS(repeat_options)
};

static void print_limits(const history_test *t) {
  const char *language = text_language();
  char test[SHOWN_TEXT];
  putchar('\n');
  printf(say(language, "%s, %s markers"),
         shown_test_of_side(test, sizeof test, t->test, t->sided ? t->side : 0, language),
         sagitta_marker_set_name(t->set));
  printf(": %s, %s\n", COUNTED(t->replicates, RECORDINGS), COUNTED(t->sessions, SESSIONS));
  text_pad(stdout, say(language, "detectable change"), 26);
  text_pad(stdout, say(language, "default"), 12);
  puts(say(language, "personal"));
  for (size_t i = 0; i < t->quantities; i++) {
    const history_quantity *q = &t->quantity[i];
    const double standard = change_default(q->info->key, t->set);
    char label[64], text[SHOWN_TEXT];
    if (q->visits == 0 || isnan(standard)) continue;
    text_pad(stdout, shown_label(label, sizeof label, q->info, language), 26);
    text_pad(stdout, shown_value(text, standard, q->info, false, text_language()), 12);
    puts(q->limit.personal ? shown_value(text, q->limit.mdc, q->info, false, text_language()) : "–");
  }
}

static sagitta_status print_state(records *r, const records_client *c, sagitta_error *error) {
  history *h = NULL;
  records_session *sessions = NULL;
  size_t count = 0;
  sagitta_status status = records_sessions(r, c->id, &sessions, &count, error);
  if (status == SAGITTA_OK) status = history_read(r, c, NULL, &h, error);
  if (status == SAGITTA_OK) {
    if (count == 0)
      text_wrap(stdout, error_say(error, "No repeatability session yet: begin one with --start."), 80, 0, 0);
    for (size_t i = 0; i < count; i++) {
      printf(error_say(error, "session %lld  %s  %s%s\n"), (long long)sessions[i].id, sessions[i].day,
             COUNTED(sessions[i].results, RECORDINGS), sessions[i].open ? error_say(error, "  open") : "");
    }
    for (size_t k = 0; k < h->tests; k++) {
      if (h->test[k].replicates) print_limits(&h->test[k]);
    }
    if (count > 0) {
      putchar('\n');
      text_wrap(stdout, error_say(error, "A personal limit needs four recordings of one test with the same markers."),
                80, 0, 0);
    }
  }
  free(sessions);
  history_free(&h);
  return status;
}

static sagitta_status change_sessions(records *r, const records_client *c, const repeat_options *o,
                                      sagitta_error *error) {
  char today[RECORDS_DAY];
  int64_t id = 0;
  records_today(today);
  const char *day = o->date ? o->date : today;
  if (!records_is_day(day)) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "A day is written YYYY-MM-DD, as 2026-03-31, and is not in the "
                     "future.");
  }
  sagitta_status status = SAGITTA_OK;
  if (o->end) status = records_session_end(r, c->id, error);
  if (o->forget) status = records_session_remove(r, c->id, o->forget, error);
  if (o->start || o->results.count) status = records_session_start(r, c->id, day, &id, error);
  if (status == SAGITTA_OK && o->results.count) {
    status = records_session_join(r, id, o->results.number, o->results.count, error);
    if (status == SAGITTA_OK) status = records_session_end(r, c->id, error);
    if (status != SAGITTA_OK) (void)records_session_remove(r, c->id, id, NULL);
  }
  if (status == SAGITTA_OK && o->start) {
    printf(error_say(error,
                     "Session %lld is open on %s. Take the markers off and put them on again before each recording: "
                     "four or more, "
                     "each saved with --client %s.\n"),
           (long long)id, day, c->code);
  }
  return status;
}

static int run_repeatability(const command *self, int count, char **arguments) {
  repeat_options o = { .forget = 0 };
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 1, 1, "Whose repeatability?", &words);
  if (parsed >= 0) return parsed;
  const int asked = o.start + o.end + (o.forget > 0) + (o.results.count > 0);
  if (asked > 1) return command_misused(self, "Give one of --start, --end, --results and --forget at a time.");
  records *r = NULL;
  records_client c;
  sagitta_error error = error_at_terminal();
  sagitta_status status = records_open(&r, &o.place, asked ? RECORDS_WRITE : RECORDS_READ, &error);
  if (status == SAGITTA_OK) status = records_client_find(r, arguments[0], &c, &error);
  if (status == SAGITTA_OK && asked) status = change_sessions(r, &c, &o, &error);
  if (status == SAGITTA_OK && !o.start) status = print_state(r, &c, &error);
  records_close(&r);
  return command_end(status, &error);
}

static const command records_repeatability_command = {
  .name = "records repeatability",
  .usage = "ID [options]",
  .purpose = TRANSLATABLE("A personal detectable change."),
  .about = TRANSLATABLE(
      "How much a measurement differs when nothing has changed: take the markers off and put them on again between "
      "recordings, four times or more, on one day and without a treatment in between.\n\n"
      " sagitta records repeatability ID --start\n"
      " sagitta analyze one.mp4 --client ID      (and again for two.mp4, three.mp4, four.mp4)\n"
      " sagitta records repeatability ID         what it says\n\n"
      "From then on the history calls a change real against this person's own limit: the standard error of the "
      "recordings, drawn toward the default as long as there are few of them."),
  .options = repeatability_rows,
  .run = run_repeatability,
};

/* ---- records questions ---- */

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
  const int parsed = command_begin_words(self, &o, count, arguments, 0, 0, NULL, &words);
  if (parsed >= 0) return parsed;
  char why[OPTION_WHY];
  if (o.language && !language_check(o.language, why)) return command_misused(self, why);
  sagitta_error error = error_at_terminal();
  char *form = pretest_form(o.language);
  if (!form) {
    (void)fail_with(&error, SAGITTA_ERROR_MEMORY, "Not enough memory for the questions.");
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
  .purpose = TRANSLATABLE("The questions before a test, as a form for --pretest."),
  .about = TRANSLATABLE(
      "Answer each question under \"answers\" in place of null, with \"yes\" or \"no\" (or true, false), and give the "
      "file to: sagitta analyze VIDEO "
      "--client ID --pretest FILE.json. On paper, to tick and to sign: sagitta sheets DIR."),
  .options = question_rows,
  .run = run_questions,
};

const command records_command = {
  .name = "records",
  .usage = "add|list|show|edit|remove|… …",
  .purpose = TRANSLATABLE("Clients, their visits and results."),
  .about = TRANSLATABLE(
      " records add ID --name NAME …       a new client\n"
      " records list                       all clients\n"
      " records show ID                    one client: visits and results\n"
      " records edit ID …                  change what is known of a client\n"
      " records edit --result N …          pain or treatment mark of a result\n"
      " records merge A B                  two clients that are one person\n"
      " records move N CLIENT              a result to the client whose it is\n"
      " records undo                       take the last merge or move back\n"
      " records remove ID                  a client and everything of theirs, for good\n"
      " records vacuum                     rewrite the file without what is no longer needed\n"
      " records export ID -o FILE.json     to take along; records import FILE.json\n"
      " records backup FILE                the whole file, checked\n"
      " records verify                     look at every page and document\n"
      " records recover FILE -o NEW        what can be read of a damaged file\n"
      " records repeatability ID           a personal detectable change\n"
      " records questions                  the questions before a test, as a form\n\n"
      "Results are saved by: sagitta analyze VIDEO --client ID. A recording is named by its number, N or #N, or as "
      "CLIENT@last, CLIENT@2026-03-31, CLIENT@2026-03-31:after. Each part has its own help: sagitta records add "
      "--help."),
  .options = plain_options,
  .run = command_run_part,
  .parts = (const command *const[]){ &records_add_command, &records_list_command, &records_show_command,
                                     &records_edit_command, &records_remove_command, &records_export_command,
                                     &records_import_command, &records_backup_command, &records_verify_command,
                                     &records_recover_command, &records_repeatability_command,
                                     &records_questions_command, &records_merge_command, &records_move_command,
                                     &records_undo_command, &records_vacuum_command, NULL },
  .which_part = TRANSLATABLE("What about the records? Say which part first."),
};
