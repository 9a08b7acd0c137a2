/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta records merge, move, undo, vacuum: two clients that are one person, a result that is somebody else's, and the
 * way back. */
#include <stdio.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/options.h"
#include "cli/text.h"
#include "commands/commands.h"
#include "commands/counted.h"
#include "records/records.h"

typedef struct rearrange_options {
  records_place place;
  bool yes, help, version;
} rearrange_options;

static const option_row rearrange_rows[] = { FLAG_ROW(rearrange_options, yes, "yes", "Do not ask."),
                                             RECORDS_ROWS(rearrange_options, place), HELP_ROWS(rearrange_options) };
static const option_row vacuum_rows[] = { RECORDS_ROWS(rearrange_options, place), HELP_ROWS(rearrange_options) };

/* "ana (Ana Müller)" */
#define WHOSE (RECORDS_CODE + RECORDS_NAME + 4)
static void name_of(const records_client *c, char text[WHOSE]) {
  (void)snprintf(text, WHOSE, "%s%s%s%s", c->code, *c->name ? " (" : "", c->name, *c->name ? ")" : "");
}

/* ---- merge ---- */

static sagitta_status may_merge(const records_merge *m, bool yes, sagitta_error *error) {
  char into[WHOSE], from[WHOSE], question[1400];
  name_of(&m->into, into);
  name_of(&m->from, from);
  (void)snprintf(
      question, sizeof question, error_say(error, "%s and %s become one client, %s. Of %s are added: %s, %s.%s"), into,
      from, m->into.code, m->from.code, COUNTED(m->visits, VISITS), COUNTED(m->results, RESULTS),
      m->differ ? error_say(error, " Their year of birth, sex or stature are not the same: are they one person?") : "");
  return command_confirm(yes, question, "yes", TRANSLATABLE("Nothing was merged."), error);
}

static int run_merge(const command *self, int count, char **arguments) {
  rearrange_options o = { .yes = false };
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 2, 2, "Who is merged with whom?", &words);
  if (parsed >= 0) return parsed;
  records *r = NULL;
  records_merge m;
  sagitta_error error = error_at_terminal();
  sagitta_status status = records_open(&r, &o.place, RECORDS_WRITE, &error);
  if (status == SAGITTA_OK) status = records_merge_look(r, arguments[0], arguments[1], &m, &error);
  if (status == SAGITTA_OK) status = may_merge(&m, o.yes, &error);
  if (status == SAGITTA_OK) status = records_merge_do(r, &m, &error);
  if (status == SAGITTA_OK) {
    printf(say(error.language, "Merged %s into %s: %s, %s."), m.from.code, m.into.code, COUNTED(m.visits, VISITS),
           COUNTED(m.results, RESULTS));
    if (m.shared_days) printf(say(error.language, " With a visit of both: %s."), COUNTED(m.shared_days, DAYS));
    if (m.doubles) printf(say(error.language, " Kept once, for both had them: %s."), COUNTED(m.doubles, RESULTS));
    puts(say(error.language, " Back: sagitta records undo."));
  }
  records_close(&r);
  return command_end(status, &error);
}

const command records_merge_command = {
  .name = "records merge",
  .usage = "A B [--yes]",
  .purpose = TRANSLATABLE("Two clients that are one person: B becomes part of A."),
  .about = TRANSLATABLE(
      "All visits, answers, results and repeatability sessions of B become A's. A keeps its ID and what is known of "
      "it, "
      "and takes from B what it does not say; B's ID is free again. Of a day on which both have answers before the "
      "test, those with a yes stay. What was exported of B before is A's when it is imported.\n\n"
      "It is done whole or not at all, and can be undone (sagitta records undo) until something is removed from the "
      "records or sagitta records vacuum is run."),
  .options = rearrange_rows,
  .run = run_merge,
};

/* ---- move ---- */

static sagitta_status move(records *r, const rearrange_options *o, char **words, sagitta_error *error) {
  records_name name;
  records_client to;
  records_result *t = NULL;
  char question[600], whose[WHOSE];
  int64_t id = 0;
  sagitta_status status = records_name_parse(&name, words[0], NULL, error);
  if (status == SAGITTA_OK) status = records_name_find(r, &name, &id, NULL, error);
  if (status == SAGITTA_OK) status = records_client_find(r, words[1], &to, error);
  if (status == SAGITTA_OK) status = records_result_get(r, id, &t, error);
  if (status != SAGITTA_OK) return status;
  name_of(&to, whose);
  (void)snprintf(question, sizeof question, error_say(error, "Result %lld of %s (%s, %s) is given to %s."),
                 (long long)id, t->code, t->test, t->day, whose);
  status = command_confirm(o->yes, question, "yes", TRANSLATABLE("Nothing was moved."), error);
  if (status == SAGITTA_OK) status = records_result_move(r, id, &to, error);
  if (status == SAGITTA_OK) {
    printf(say(text_language(), "Moved result %lld from %s to %s, visit of %s. Back: sagitta records undo.\n"),
           (long long)id, t->code, to.code, t->day);
  }
  records_results_free(t, 1);
  return status;
}

static int run_move(const command *self, int count, char **arguments) {
  rearrange_options o = { .yes = false };
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 2, 2, "Which result, and to whom?", &words);
  if (parsed >= 0) return parsed;
  records *r = NULL;
  sagitta_error error = error_at_terminal();
  sagitta_status status = records_open(&r, &o.place, RECORDS_WRITE, &error);
  if (status == SAGITTA_OK) status = move(r, &o, arguments, &error);
  records_close(&r);
  return command_end(status, &error);
}

const command records_move_command = {
  .name = "records move",
  .usage = "N CLIENT [--yes]",
  .purpose = TRANSLATABLE("Give a result that was saved for the wrong client to the right one."),
  .about = TRANSLATABLE(
      "N is the number of a result, or its name: CLIENT@last, CLIENT@2026-03-31:after. It keeps its day, its number, "
      "its "
      "tracks and its marks, and leaves a repeatability session. Answers before the test stay where they were "
      "given.\n\n"
      "It can be undone (sagitta records undo) until something is removed from the records or sagitta records vacuum "
      "is "
      "run."),
  .options = rearrange_rows,
  .run = run_move,
};

/* ---- undo ---- */

static void describe(const records_undo *last, const char *language, char *text, size_t size) {
  if (last->is_merge) {
    (void)snprintf(text, size, say(language, "the merging of %s into %s (%.10s)"), last->subject, last->target,
                   last->made_at);
  } else {
    (void)snprintf(text, size, say(language, "the moving of result %s from %s to %s (%.10s)"), last->subject,
                   last->origin, last->target, last->made_at);
  }
}

static sagitta_status undo(records *r, const rearrange_options *o, sagitta_error *error) {
  records_undo last;
  char what[400], question[500];
  sagitta_status status = records_undo_last(r, &last, error);
  if (status == SAGITTA_OK && !last.id) {
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "There is nothing to undo: no merge or move since the file was last rewritten.");
  }
  if (status != SAGITTA_OK) return status;
  describe(&last, error->language, what, sizeof what);
  (void)snprintf(question, sizeof question, error_say(error, "Taken back is %s."), what);
  status = command_confirm(o->yes, question, "yes", TRANSLATABLE("Nothing was undone."), error);
  if (status == SAGITTA_OK) status = records_undo_do(r, &last, error);
  if (status == SAGITTA_OK) printf(say(text_language(), "Undone: %s.\n"), what);
  return status;
}

static int run_undo(const command *self, int count, char **arguments) {
  rearrange_options o = { .yes = false };
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 0, 0, NULL, &words);
  if (parsed >= 0) return parsed;
  records *r = NULL;
  sagitta_error error = error_at_terminal();
  sagitta_status status = records_open(&r, &o.place, RECORDS_WRITE, &error);
  if (status == SAGITTA_OK) status = undo(r, &o, &error);
  records_close(&r);
  return command_end(status, &error);
}

const command records_undo_command = {
  .name = "records undo",
  .usage = "[--yes]",
  .purpose = TRANSLATABLE("Take the last merge or move back; again for the one before."),
  .about = TRANSLATABLE(
      "What was recorded since stays where it is. Where what would be taken back was changed since, nothing is done."),
  .options = rearrange_rows,
  .run = run_undo,
};

/* ---- vacuum ---- */

static int run_vacuum(const command *self, int count, char **arguments) {
  rearrange_options o = { .yes = false };
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 0, 0, NULL, &words);
  if (parsed >= 0) return parsed;
  records *r = NULL;
  bool traces = false;
  sagitta_error error = error_at_terminal();
  sagitta_status status = records_open(&r, &o.place, RECORDS_WRITE, &error);
  if (status == SAGITTA_OK) status = records_vacuum(r, &traces, &error);
  if (status == SAGITTA_OK)
    printf(say(text_language(), "Rewrote \"%s\"; merges and moves before this cannot be undone.\n"), records_path(r));
  if (status == SAGITTA_OK) records_say_traces(traces);
  records_close(&r);
  return command_end(status, &error);
}

const command records_vacuum_command = {
  .name = "records vacuum",
  .usage = "[options]",
  .purpose = TRANSLATABLE("Rewrite the file without what is no longer needed."),
  .about = TRANSLATABLE(
      "The file is rewritten without the room that removed things took, and what is kept to undo merges and moves "
      "goes. "
      "Removing a client or a result does the same."),
  .options = vacuum_rows,
  .run = run_vacuum,
};
