/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta records show, remove. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/access.h"
#include "records/history.h"
#include "records/records.h"
#include "cli/text.h"

typedef struct show_options {
  records_place place;
  int result;
  bool yes, help, version;
} show_options;

#define AT(field) offsetof(show_options, field)
#define USUAL                                                                                   \
  ACCESS_ROWS(show_options), { "help", NULL, OPTION_FLAG, AT(help), 0, 0, NULL, "This help." }, \
      { "version", NULL, OPTION_FLAG, AT(version), 0, 0, NULL, "The version." }, {              \
    .name = NULL                                                                                \
  }

static const option_row show_rows[] = { { "result", "N", OPTION_COUNT, AT(result), 1, 2e9, NULL,
                                          "Print the document of result N (JSON), as it was saved." },
                                        USUAL };
static const option_row remove_rows[] = { { "result", "N", OPTION_COUNT, AT(result), 1, 2e9, NULL,
                                            "Remove result N alone." },
                                          { "yes", NULL, OPTION_FLAG, AT(yes), 0, 0, NULL, "Do not ask." },
                                          USUAL };

static const command show_part = {
  .name = "records show",
  .usage = "ID | --result N",
  .purpose = "One client: details, visits, results.",
  .options = show_rows,
};
static const command remove_part = {
  .name = "records remove",
  .usage = "ID | --result N [--yes]",
  .purpose = "Remove a client and everything of theirs, for good.",
  .about =
      "Remove a client with all visits, results and answers. What is removed is overwritten in the file, and the "
      "file is rewritten without it. Backups, exports and reports that were made before are not reached.",
  .options = remove_rows,
};

static void print_field(const char *name, const char *text) {
  if (!*text) return;
  text_pad(stdout, name, 9);
  text_wrap(stdout, text, text_columns(stdout), 9, 9);
}

static void print_client(const records_client *c) {
  char born[16] = "", height[16] = "";
  if (c->birth_year) (void)snprintf(born, sizeof born, "%d", c->birth_year);
  if (c->height_cm > 0) (void)snprintf(height, sizeof height, "%g cm", c->height_cm);
  print_field("ID", c->code);
  print_field("name", c->name);
  print_field("born", born);
  print_field("sex", c->sex == 'f' ? "f" : c->sex == 'm' ? "m" : "");
  print_field("height", height);
  print_field("notes", c->notes);
}

static void print_result(const records_result *t) {
  char number[24], pain[24] = "";
  (void)snprintf(number, sizeof number, "%lld", (long long)t->id);
  if (t->pain >= 0) (void)snprintf(pain, sizeof pain, "pain %d", t->pain);
  printf("  result ");
  text_pad(stdout, number, 6);
  text_pad(stdout, t->test, 22);
  text_pad(stdout, t->marker_set, 8);
  text_pad(stdout, records_mark_name(t->mark), 8);
  text_pad(stdout, pain, 8);
  if (t->session) fputs("repeatability  ", stdout);
  text_wrap(stdout, t->input_name, 1000, 0, 0);
}

static void print_visits(const records_visit *visits, size_t visit_count, const records_result *results, size_t count) {
  for (size_t i = 0; i < visit_count; i++) {
    const bool yes = visits[i].pretest && pretest_has_yes(visits[i].pretest);
    printf("\n%s  %s\n", visits[i].day,
           !visits[i].pretest         ? "pre-test questions not asked"
           : yes && visits[i].cleared ? "a pre-test answer was yes; measured all the same (--force)"
           : yes                      ? "a pre-test answer was yes: to see a clinician first"
                                      : "pre-test questions all answered with no");
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

int records_show(int count, char **arguments) {
  show_options o = { .result = 0 };
  int words;
  const int parsed = access_parse(&show_part, &o, count, arguments, 0, 1, "", &o.help, &o.version, &words);
  if (parsed >= 0) return parsed;
  if ((words == 1) == (o.result > 0)) {
    return command_misused(&show_part, "What is to be shown? Give a client's ID, or --result N.");
  }
  records *r = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_status status = records_open(&r, &o.place, RECORDS_READ, &error);
  if (status == SAGITTA_OK) status = words ? show_client(r, arguments[0], &error) : show_result(r, o.result, &error);
  records_close(&r);
  return status == SAGITTA_OK ? command_finish(EXIT_MEASURED) : command_fail(&error);
}

/* Whether the user means it: the ID, or the number, typed again. */
static bool is_confirmed(const char *what, const char *expected) {
  char line[128];
  fprintf(stderr, "%s will be removed for good. Type \"%s\" to go on: ", what, expected);
  fflush(stderr);
  if (!fgets(line, sizeof line, stdin)) return false;
  line[strcspn(line, "\r\n")] = '\0';
  return strcmp(line, expected) == 0;
}

static sagitta_status may_remove(const show_options *o, const char *what, const char *expected, sagitta_error *error) {
  if (o->yes) return SAGITTA_OK;
  if (!access_can_ask()) {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                        "Nothing was removed: add --yes where nobody can be asked whether it is meant.");
  }
  return is_confirmed(what, expected) ? SAGITTA_OK
                                      : records_fail(error, SAGITTA_ERROR_ARGUMENT, "Nothing was removed.");
}

static void say_traces(bool left) {
  if (!left) return;
  text_complain(
      "What was removed is out of the records and overwritten, but the file was not rewritten without the room it "
      "took: "
      "another program has it open, or the disk is full. That program's journal (the file ending in -wal) goes when it "
      "closes the records.");
}

static sagitta_status remove_client(records *r, const show_options *o, const char *code, sagitta_error *error) {
  records_client c;
  records_removed gone;
  char what[RECORDS_CODE + RECORDS_NAME + 60];
  sagitta_status status = records_client_find(r, code, &c, error);
  if (status != SAGITTA_OK) return status;
  (void)snprintf(what, sizeof what, "%s%s%s%s with everything of theirs", c.code, *c.name ? " (" : "", c.name,
                 *c.name ? ")" : "");
  status = may_remove(o, what, c.code, error);
  if (status == SAGITTA_OK) status = records_client_remove(r, c.id, &gone, error);
  if (status != SAGITTA_OK) return status;
  printf(
      "Removed %s: %lld visit%s with answers, %lld result%s, %lld repeatability session%s. Backups and exports made "
      "before are not reached.\n",
      c.code, (long long)gone.visits, gone.visits == 1 ? "" : "s", (long long)gone.results,
      gone.results == 1 ? "" : "s", (long long)gone.sessions, gone.sessions == 1 ? "" : "s");
  say_traces(gone.traces_left);
  return status;
}

static sagitta_status remove_result(records *r, const show_options *o, sagitta_error *error) {
  records_result *result = NULL;
  char what[160], number[24];
  bool traces = false;
  sagitta_status status = records_result_get(r, o->result, &result, error);
  if (status != SAGITTA_OK) return status;
  (void)snprintf(what, sizeof what, "Result %d of %s, %s", o->result, result->code, result->day);
  (void)snprintf(number, sizeof number, "%d", o->result);
  status = may_remove(o, what, number, error);
  if (status == SAGITTA_OK) status = records_result_remove(r, result->id, &traces, error);
  if (status == SAGITTA_OK) {
    printf("Removed: %s.\n", what);
    say_traces(traces);
  }
  records_results_free(result, 1);
  return status;
}

int records_remove(int count, char **arguments) {
  show_options o = { .result = 0 };
  int words;
  const int parsed = access_parse(&remove_part, &o, count, arguments, 0, 1, "", &o.help, &o.version, &words);
  if (parsed >= 0) return parsed;
  if ((words == 1) == (o.result > 0)) {
    return command_misused(&remove_part, "What is to be removed? Give a client's ID, or --result N.");
  }
  records *r = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_status status = records_open(&r, &o.place, RECORDS_WRITE, &error);
  if (status == SAGITTA_OK) {
    status = words ? remove_client(r, &o, arguments[0], &error) : remove_result(r, &o, &error);
  }
  records_close(&r);
  return status == SAGITTA_OK ? command_finish(EXIT_MEASURED) : command_fail(&error);
}
