/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta records add, list, show, edit, remove: clients and their results. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/options.h"
#include "cli/side.h"
#include "cli/system.h"
#include "cli/text.h"
#include "commands/commands.h"
#include "commands/counted.h"
#include "records/history.h"
#include "records/records.h"

typedef struct client_options {
  records_place place;
  const char *id, *name, *sex, *notes, *json;
  int birth_year, result, pain;
  sagitta_side side;
  double height;
  int rest;
  bool before, after, unmarked, same_markers, new_markers, yes, help, version;
} client_options;

/* As they are where nothing is given. */
#define CLIENT_OPTIONS ((client_options){ .birth_year = -1, .height = -1, .pain = -1, .rest = -1 })

#define DETAIL_ROWS                                                                                                  \
  TEXT_ROW(client_options, name, "name", "NAME", "The client's name, in any script; - for none."),                   \
      COUNT_ROW(client_options, birth_year, "birth-year", "YEAR", 0, 9999, "Year of birth, for norms; 0 for none."), \
      TEXT_ROW(client_options, sex, "sex", "f|m", "The sex, for norms; - for none."),                                \
      NUMBER_ROW(client_options, height, "height", "CM", 0, 280, "Stature in cm; 0 for none."),                      \
      TEXT_ROW(client_options, notes, "notes", "TEXT", "Notes; - for none.")
#define USUAL_ROWS RECORDS_ROWS(client_options, place), HELP_ROWS(client_options)

static const option_row add_rows[] = { DETAIL_ROWS, USUAL_ROWS };
static const option_row list_rows[] = { JSON_ROW(client_options, json, "Write the list as JSON; - is standard output."),
                                        USUAL_ROWS };
static const option_row show_rows[] = {
  RESULT_ROW(client_options, result, "Print the document of result N (JSON), as it was saved."), USUAL_ROWS
};
static const option_row edit_rows[] = {
  TEXT_ROW(client_options, id, "id", "NEW", "Another ID for the client."),
  DETAIL_ROWS,
  RESULT_ROW(client_options, result, "Change result N instead of a client."),
  PAIN_ROW(client_options, pain, "With --result: the pain during the movement."),
  CUSTOM_ROW(client_options, side, "side", "left|right|both", side_parse,
             "With --result: which leg was tested, where that was not said, or wrongly."),
  FLAG_ROW(client_options, before, "before", "With --result: measured before a treatment."),
  FLAG_ROW(client_options, after, "after", "With --result: measured after a treatment."),
  FLAG_ROW(client_options, unmarked, "unmarked", "With --result: neither before nor after."),
  FLAG_ROW(client_options, same_markers, "same-markers",
           "With --result: the markers were still where they were for the recording before of that day."),
  FLAG_ROW(client_options, new_markers, "new-markers", "With --result: they were put on anew."),
  REST_ROW(client_options, rest, "With --result: minutes without bending since the recording before; 0 for none."),
  USUAL_ROWS
};
static const option_row remove_rows[] = { RESULT_ROW(client_options, result, "Remove result N alone."),
                                          FLAG_ROW(client_options, yes, "yes", "Do not ask."), USUAL_ROWS };

/* What a word means where it may be either: a client's ID (*code), or the name of a recording (o->result). */
static sagitta_status settle_word(records *r, client_options *o, const char *word, const char **code,
                                  sagitta_error *error) {
  records_client c;
  records_name name;
  int64_t id = 0;
  sagitta_error no_client = error_like(error);
  *code = word;
  if (!word || !records_is_name(word)) return SAGITTA_OK;
  if (records_client_find(r, word, &c, &no_client) == SAGITTA_OK) return SAGITTA_OK;
  *code = NULL;
  sagitta_status status = records_name_parse(&name, word, NULL, error);
  if (status == SAGITTA_OK) status = records_name_find(r, &name, &id, NULL, error);
  o->result = (int)id;
  return status;
}

/* ---- add ---- */

static bool none(const char *text) {
  return strcmp(text, "-") == 0;
}

static bool too_long(const char *what, const char *value, size_t room, char *why) {
  if (!value || strlen(value) < room) return false;
  options_refuse(why, "%s is too long: %zu bytes are the most.", say(text_language(), what), room - 1);
  return true;
}

/* The given details over those in `c`. */
static bool apply(const client_options *o, records_client *c, char *why) {
  if (too_long(TRANSLATABLE("The ID"), o->id, sizeof c->code, why) ||
      too_long(TRANSLATABLE("The name"), o->name, sizeof c->name, why))
    return false;
  if (too_long(TRANSLATABLE("The notes' text"), o->notes, sizeof c->notes, why)) return false;
  if (o->id) (void)snprintf(c->code, sizeof c->code, "%s", o->id);
  if (o->name) (void)snprintf(c->name, sizeof c->name, "%s", none(o->name) ? "" : o->name);
  if (o->notes) (void)snprintf(c->notes, sizeof c->notes, "%s", none(o->notes) ? "" : o->notes);
  if (o->birth_year >= 0) c->birth_year = o->birth_year;
  if (o->height >= 0) c->height_cm = o->height;
  if (!o->sex) return true;
  if (strcmp(o->sex, "f") != 0 && strcmp(o->sex, "m") != 0 && !none(o->sex)) {
    return options_refuse(why, "--sex is f or m, not '%.40s'; - for none.", o->sex);
  }
  c->sex = none(o->sex) ? 0 : o->sex[0];
  return true;
}

static int run_add(const command *self, int count, char **arguments) {
  client_options o = CLIENT_OPTIONS;
  int words;
  char why[OPTION_WHY];
  const int parsed = command_begin_words(self, &o, count, arguments, 1, 1, "Which ID shall the client have?", &words);
  if (parsed >= 0) return parsed;
  records *r = NULL;
  records_client c = { .id = 0 };
  sagitta_error error = error_at_terminal();
  o.id = arguments[0];
  if (!apply(&o, &c, why)) return command_misused(self, why);
  sagitta_status status = records_client_check(&c, &error);
  if (status == SAGITTA_OK) status = records_open(&r, &o.place, RECORDS_MAKE, &error);
  if (status == SAGITTA_OK) status = records_client_add(r, &c, &error);
  if (status == SAGITTA_OK) printf(say(error.language, "Added %s to \"%s\".\n"), c.code, records_path(r));
  records_close(&r);
  return command_end(status, &error);
}

const command records_add_command = {
  .name = "records add",
  .usage = "ID [options]",
  .purpose = TRANSLATABLE("Add a client."),
  .about = TRANSLATABLE(
      "Add a client under an ID that you choose: letters of any script, digits, '-', '_' and '.'. The records file "
      "is made where there is none, readable by you alone."),
  .options = add_rows,
  .run = run_add,
};

/* ---- list ---- */

static void print_list(const records_client_row *rows, size_t count) {
  int widest = 4;
  for (size_t i = 0; i < count; i++) {
    const int width = text_width(rows[i].code);
    if (width > widest && width <= 24) widest = width;
  }
  const char *language = text_language();
  const char *const head[] = { say(language, "born"), say(language, "visits"), say(language, "results"),
                               say(language, "last visit"), say(language, "name") };
  int wide[5];
  for (int i = 0; i < 5; i++) wide[i] = text_width(head[i]);
  if (wide[0] < 4) wide[0] = 4;
  if (wide[3] < 10) wide[3] = 10;
  text_pad(stdout, "ID", widest + 2);
  for (int i = 0; i < 5; i++) {
    text_pad(stdout, head[i], i == 1 || i == 2 ? -wide[i] : i == 4 ? 0 : wide[i]);
    fputs(i < 4 ? "  " : "\n", stdout);
  }
  for (size_t i = 0; i < count; i++) {
    char year[16] = "–";
    if (rows[i].birth_year) (void)snprintf(year, sizeof year, "%d", rows[i].birth_year);
    text_pad(stdout, rows[i].code, widest + 2);
    text_pad(stdout, year, wide[0]);
    printf("  %*lld  %*lld  ", wide[1], (long long)rows[i].visits, wide[2], (long long)rows[i].results);
    text_pad(stdout, *rows[i].last_day ? rows[i].last_day : "–", wide[3] + 2);
    printf("%s\n", rows[i].name);
  }
  printf("%s\n", COUNTED(count, CLIENTS));
}

static int run_list(const command *self, int count, char **arguments) {
  client_options o = CLIENT_OPTIONS;
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 0, 0, NULL, &words);
  if (parsed >= 0) return parsed;
  records *r = NULL;
  records_client_row *rows = NULL;
  size_t n = 0;
  sagitta_error error = error_at_terminal();
  sagitta_status status = records_open(&r, &o.place, RECORDS_READ, &error);
  if (status == SAGITTA_OK) status = records_clients(r, &rows, &n, &error);
  if (status == SAGITTA_OK && o.json) {
    char *text = records_clients_json(rows, n);
    status = text ? file_write(o.json, text, &error)
                  : fail_with(&error, SAGITTA_ERROR_MEMORY, "Not enough memory for the list of clients.");
    free(text);
  } else if (status == SAGITTA_OK) {
    print_list(rows, n);
  }
  free(rows);
  records_close(&r);
  return command_end(status, &error);
}

const command records_list_command = {
  .name = "records list",
  .usage = "[options]",
  .purpose = TRANSLATABLE("List all clients."),
  .options = list_rows,
  .run = run_list,
};

/* ---- show ---- */

#define FIELD 13 /* columns of a field's name */

static void print_field(const char *name, const char *text) {
  if (!*text) return;
  text_pad(stdout, name, FIELD);
  text_wrap(stdout, text, text_columns(stdout), FIELD, FIELD);
}

static void print_client(const records_client *c) {
  const char *language = text_language();
  char born[16] = "", height[16] = "";
  if (c->birth_year) (void)snprintf(born, sizeof born, "%d", c->birth_year);
  if (c->height_cm > 0) (void)snprintf(height, sizeof height, "%g cm", c->height_cm);
  print_field("ID", c->code);
  print_field(say(language, "name"), c->name);
  print_field(say(language, "born"), born);
  print_field(say(language, "sex"), c->sex == 'f' ? "f" : c->sex == 'm' ? "m" : "");
  print_field(say(language, "height"), height);
  print_field(say(language, "notes"), c->notes);
}

static void print_result(const records_result *t) {
  const char *language = text_language();
  char number[24], pain[24] = "";
  (void)snprintf(number, sizeof number, "%lld", (long long)t->id);
  if (t->pain >= 0) (void)snprintf(pain, sizeof pain, say(language, "pain %d"), t->pain);
  printf("  %s ", say(language, "result"));
  text_pad(stdout, number, 6);
  text_pad(stdout, t->test, 22);
  text_pad(stdout, t->marker_set, 8);
  text_pad(stdout, side_matters(t->test) ? t->side ? side_words(t->side, language) : say(language, "side ?") : "", 7);
  text_pad(stdout, t->mark ? say(language, records_mark_name(t->mark)) : "", 8);
  text_pad(stdout, pain, 11);
  if (t->session) printf("%s  ", say(language, "repeatability"));
  text_wrap(stdout, t->input_name, 1000, 0, 0);
}

static void print_visits(const records_visit *visits, size_t visit_count, const records_result *results, size_t count) {
  const char *language = text_language();
  for (size_t i = 0; i < visit_count; i++) {
    const bool yes = visits[i].pretest && pretest_has_yes(visits[i].pretest);
    printf("\n%s  %s\n", visits[i].day,
           !visits[i].pretest         ? say(language, "pre-test questions not asked")
           : yes && visits[i].cleared ? say(language, "a pre-test answer was yes; measured all the same (--force)")
           : yes                      ? say(language, "a pre-test answer was yes: to see a clinician first")
                                      : say(language, "pre-test questions all answered with no"));
    for (size_t k = 0; k < count; k++) {
      if (results[k].visit == visits[i].id) print_result(&results[k]);
    }
  }
}

static sagitta_status show_client(records *r, const char *code, sagitta_error *error) {
  records_client c;
  records_visit *visits = NULL;
  records_result *results = NULL;
  size_t visit_count = 0, count = 0;
  sagitta_status status = records_client_find(r, code, &c, error);
  if (status == SAGITTA_OK) status = records_visits(r, c.id, &visits, &visit_count, error);
  if (status == SAGITTA_OK) status = records_results(r, c.id, false, &results, &count, error);
  if (status == SAGITTA_OK) {
    print_client(&c);
    print_visits(visits, visit_count, results, count);
  }
  records_results_free(results, count);
  records_visits_free(visits, visit_count);
  return status;
}

static sagitta_status show_result(records *r, int number, sagitta_error *error) {
  records_result *result = NULL;
  sagitta_result *read = NULL;
  sagitta_status status = records_result_get(r, number, &result, error);
  if (status == SAGITTA_OK) status = records_result_parse(&read, result, error);
  sagitta_result_free(&read);
  if (status == SAGITTA_OK) fputs(result->document, stdout);
  if (result) records_results_free(result, 1);
  return status;
}

static int run_show(const command *self, int count, char **arguments) {
  client_options o = CLIENT_OPTIONS;
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 0, 1, NULL, &words);
  if (parsed >= 0) return parsed;
  if ((words == 1) == (o.result > 0)) {
    return command_misused(self, "What is to be shown? Give a client's ID, or --result N.");
  }
  records *r = NULL;
  sagitta_error error = error_at_terminal();
  sagitta_status status = records_open(&r, &o.place, RECORDS_READ, &error);
  const char *code = NULL;
  if (status == SAGITTA_OK) status = settle_word(r, &o, words ? arguments[0] : NULL, &code, &error);
  if (status == SAGITTA_OK) status = code ? show_client(r, code, &error) : show_result(r, o.result, &error);
  records_close(&r);
  return command_end(status, &error);
}

const command records_show_command = {
  .name = "records show",
  .usage = "ID | RECORDING | --result N",
  .purpose = TRANSLATABLE("One client: details, visits, results; or the document of one recording."),
  .about = TRANSLATABLE(
      "A recording is named by its number, N or #N, or as CLIENT@last, CLIENT@first, CLIENT@2026-03-31, and, where a "
      "day "
      "has several, CLIENT@DAY:before, CLIENT@DAY:after, CLIENT@DAY:left, CLIENT@DAY:toe-touch-knees-bent; of several "
      "that fit the last that was saved is meant."),
  .options = show_rows,
  .run = run_show,
};

/* ---- edit ---- */

static sagitta_status edit_result(records *r, const client_options *o, records_mark mark, sagitta_error *error) {
  records_result *result = NULL;
  sagitta_status status = records_result_get(r, o->result, &result, error);
  if (status != SAGITTA_OK) return status;
  const bool marked = o->before || o->after || o->unmarked;
  if (o->side) status = records_result_set_side(r, result->id, o->side, error);
  if (status == SAGITTA_OK && (o->same_markers || o->new_markers || o->rest >= 0)) {
    const records_markers markers = o->same_markers  ? RECORDS_MARKERS_SAME
                                    : o->new_markers ? RECORDS_MARKERS_NEW
                                                     : RECORDS_MARKERS_UNKNOWN;
    status = records_result_set_change(r, result->id, markers, o->rest, error);
  }
  if (status == SAGITTA_OK && (marked || o->pain >= 0)) {
    status = records_result_update(r, result->id, marked ? mark : result->mark, o->pain >= 0 ? o->pain : result->pain,
                                   error);
  }
  if (status == SAGITTA_OK) printf(error_say(error, "Changed result %d of %s.\n"), o->result, result->code);
  records_results_free(result, 1);
  return status;
}

static sagitta_status edit_client(records *r, const client_options *o, const char *code, sagitta_error *error) {
  records_client c;
  char why[OPTION_WHY];
  sagitta_status status = records_client_find(r, code, &c, error);
  if (status == SAGITTA_OK && !apply(o, &c, why)) return fail_with(error, SAGITTA_ERROR_ARGUMENT, "%s", why);
  if (status == SAGITTA_OK) status = records_client_update(r, &c, error);
  if (status == SAGITTA_OK) printf(error_say(error, "Changed %s.\n"), c.code);
  return status;
}

/* Whether what is given can be changed of a result, or of a client. */
static bool edit_fits(const client_options *o, bool of_result) {
  const bool details = o->id || o->name || o->sex || o->notes || o->birth_year >= 0 || o->height >= 0;
  const bool measured = o->pain >= 0 || o->side || o->before || o->after || o->unmarked || o->same_markers ||
                        o->new_markers || o->rest >= 0;
  return of_result ? measured && !details : details && !measured;
}

static const char *edit_misfit(bool of_result) {
  return of_result
             ? TRANSLATABLE(
                   "Of a result --side, --pain, --rest, --same-markers or --new-markers, and one of --before, --after, "
                   "--unmarked can be changed.")
             : TRANSLATABLE("Say what is to be changed, for example --name NAME.");
}

static int run_edit(const command *self, int count, char **arguments) {
  client_options o = CLIENT_OPTIONS;
  int words;
  char why[OPTION_WHY];
  const int parsed = command_begin_words(self, &o, count, arguments, 0, 1, NULL, &words);
  if (parsed >= 0) return parsed;
  records_mark mark;
  if (!keep_mark(o.before, o.after, &mark, why)) return command_misused(self, why);
  if (o.same_markers && o.new_markers)
    return command_misused(self, "--same-markers and --new-markers cannot both hold.");
  if ((words == 1) == (o.result > 0))
    return command_misused(self, "What is to be changed? Give a client's ID, or --result N.");
  /* What a word with neither @ nor # in it names shows only in the records. */
  const bool is_result = o.result || (words == 1 && records_is_name(arguments[0]));
  if (!edit_fits(&o, is_result) && !(is_result && !o.result && edit_fits(&o, false))) {
    return command_misused(self, edit_misfit(is_result));
  }
  records *r = NULL;
  sagitta_error error = error_at_terminal();
  sagitta_status status = records_open(&r, &o.place, RECORDS_WRITE, &error);
  const char *code = NULL;
  if (status == SAGITTA_OK) status = settle_word(r, &o, words ? arguments[0] : NULL, &code, &error);
  if (status == SAGITTA_OK && !edit_fits(&o, !code)) {
    status = fail_with(&error, SAGITTA_ERROR_ARGUMENT, "%s", say(error.language, edit_misfit(!code)));
  }
  if (status == SAGITTA_OK) status = code ? edit_client(r, &o, code, &error) : edit_result(r, &o, mark, &error);
  records_close(&r);
  return command_end(status, &error);
}

const command records_edit_command = {
  .name = "records edit",
  .usage = "ID [options] | RECORDING [options] | --result N [options]",
  .purpose = TRANSLATABLE("Change what is known of a client, or of a result."),
  .about = TRANSLATABLE("Only what is given is changed. Measured values cannot be: they are what was measured."),
  .options = edit_rows,
  .run = run_edit,
};

/* ---- remove ---- */

void records_say_traces(bool left) {
  if (!left) return;
  text_complain(say(
      text_language(),
      "What was removed is out of the records and overwritten, but the file was not rewritten without the room it "
      "took: "
      "another program has it open, or the disk is full. That program's journal (the file ending in -wal) goes when it "
      "closes the records."));
}

static sagitta_status remove_client(records *r, const client_options *o, const char *code, sagitta_error *error) {
  records_client c;
  records_removed gone;
  char what[RECORDS_CODE + RECORDS_NAME + 150];
  sagitta_status status = records_client_find(r, code, &c, error);
  if (status != SAGITTA_OK) return status;
  (void)snprintf(what, sizeof what, error_say(error, "%s%s%s%s with everything of theirs will be removed for good."),
                 c.code, *c.name ? " (" : "", c.name, *c.name ? ")" : "");
  status = command_confirm(o->yes, what, c.code, TRANSLATABLE("Nothing was removed."), error);
  if (status == SAGITTA_OK) status = records_client_remove(r, c.id, &gone, error);
  if (status != SAGITTA_OK) return status;
  printf(error_say(error, "Removed %s: %s with answers, %s, %s. Backups and exports made before are not reached.\n"),
         c.code, COUNTED(gone.visits, VISITS), COUNTED(gone.results, RESULTS), COUNTED(gone.sessions, SESSIONS));
  records_say_traces(gone.traces_left);
  return status;
}

static sagitta_status remove_result(records *r, const client_options *o, sagitta_error *error) {
  records_result *result = NULL;
  char what[200], question[300], number[24];
  bool traces = false;
  sagitta_status status = records_result_get(r, o->result, &result, error);
  if (status != SAGITTA_OK) return status;
  (void)snprintf(what, sizeof what, error_say(error, "Result %d of %s, %s"), o->result, result->code, result->day);
  (void)snprintf(number, sizeof number, "%d", o->result);
  (void)snprintf(question, sizeof question, error_say(error, "%s, will be removed for good."), what);
  status = command_confirm(o->yes, question, number, TRANSLATABLE("Nothing was removed."), error);
  if (status == SAGITTA_OK) status = records_result_remove(r, result->id, &traces, error);
  if (status == SAGITTA_OK) {
    printf(error_say(error, "Removed: %s.\n"), what);
    records_say_traces(traces);
  }
  records_results_free(result, 1);
  return status;
}

static int run_remove(const command *self, int count, char **arguments) {
  client_options o = CLIENT_OPTIONS;
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 0, 1, NULL, &words);
  if (parsed >= 0) return parsed;
  if ((words == 1) == (o.result > 0)) {
    return command_misused(self, "What is to be removed? Give a client's ID, or --result N.");
  }
  records *r = NULL;
  sagitta_error error = error_at_terminal();
  sagitta_status status = records_open(&r, &o.place, RECORDS_WRITE, &error);
  const char *code = NULL;
  if (status == SAGITTA_OK) status = settle_word(r, &o, words ? arguments[0] : NULL, &code, &error);
  if (status == SAGITTA_OK) status = code ? remove_client(r, &o, code, &error) : remove_result(r, &o, &error);
  records_close(&r);
  return command_end(status, &error);
}

const command records_remove_command = {
  .name = "records remove",
  .usage = "ID | RECORDING | --result N [--yes]",
  .purpose = TRANSLATABLE("Remove a client and everything of theirs, for good."),
  .about = TRANSLATABLE(
      "Remove a client with all visits, results and answers. What is removed is overwritten in the file, and the "
      "file is rewritten without it. Backups, exports and reports that were made before are not reached."),
  .options = remove_rows,
  .run = run_remove,
};
