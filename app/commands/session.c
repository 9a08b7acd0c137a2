/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta session: what the recordings of a client's day say together, on the terminal and as a page. */
#include <stdio.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/option_values.h"
#include "cli/text.h"
#include "commands/change_table.h"
#include "commands/commands.h"
#include "records/day_session.h"
#include "report/report.h"

typedef struct session_options {
  change_options change;
  const char *day, *output, *clinic, *paper;
  bool help, version;
} session_options;

static const option_row rows[] = {
  TEXT_ROW(session_options, day, "day", "YYYY-MM-DD",
           "The day, or today (default: the last day with such a recording)."),
  OUTPUT_ROW(session_options, output, "FILE",
             "A page, by the end of its name: .pdf, .html, .svg or .png; -o FILE for short."),
  CLINIC_ROW(session_options, clinic),
  PAPER_ROW(session_options, paper),
  JSON_ROW(session_options, change.json, JSON_TOO_HELP),
  LANGUAGE_ROW(session_options, change.language, "The language: en, de or es (default: that of the last result)."),
  RECORDS_ROWS(session_options, change.place),
  HELP_ROWS(session_options)
};

/* What can be wrong with the words themselves. */
static bool check(const session_options *o, char *why) {
  report_paper paper;
  if (o->change.language && !language_check(o->change.language, why)) return false;
  if (!o->output && (o->clinic || o->paper)) {
    options_refuse(why, "%s is for the page: add -o page.pdf, or leave it out.", o->clinic ? "--clinic" : "--paper");
  } else if (o->output && report_format_of(o->output) == REPORT_NONE) {
    options_refuse(why, "A page is a .pdf, .html, .svg or .png by the end of its name, and '%.200s' is none.",
                   o->output);
  } else if (o->paper && !report_paper_of(o->paper, &paper)) {
    options_refuse(why, "--paper is a4 or letter, and not '%.80s'.", o->paper);
  } else if (o->output && o->clinic && files_same(o->output, o->clinic)) {
    options_refuse(why, "The page would overwrite '%.200s': give it another name.", o->clinic);
  } else {
    return true;
  }
  return false;
}

/* Whose day: CLIENT, or CLIENT@DAY. `day` is filled; "" = the last. */
static sagitta_status read_word(records *r, const char *word, const char *asked, records_client *client,
                                char day[RECORDS_DAY], sagitta_error *error) {
  records_name name;
  sagitta_error no_client = error_like(error);
  day[0] = '\0';
  const bool plain = records_client_find(r, word, client, &no_client) == SAGITTA_OK || !strchr(word, '@');
  sagitta_status status =
      plain ? records_client_find(r, word, client, error) : records_name_parse(&name, word, NULL, error);
  if (status == SAGITTA_OK && !plain) status = records_client_find(r, name.code, client, error);
  if (status != SAGITTA_OK) return status;
  const char *wanted = asked ? asked : plain ? "last" : name.day;
  if (strcmp(wanted, "today") == 0) {
    records_today(day);
  } else if (strcmp(wanted, "last") != 0) {
    if (!records_is_day(wanted)) {
      return fail_with(error, SAGITTA_ERROR_ARGUMENT, "\"%.80s\" is no day: write it as 2026-03-31.", wanted);
    }
    (void)snprintf(day, RECORDS_DAY, "%s", wanted);
  }
  return SAGITTA_OK;
}

/* ---- on the terminal: at most a dozen lines ---- */

#define TITLE_MOST 28

static void print_rows(FILE *to, const day_session *s, const char *language) {
  session_row row[SESSION_PARTS];
  int width = 0;
  for (int p = 0; p < SESSION_PARTS; p++) {
    session_row_of(s, (session_part)p, language, &row[p]);
    if (text_width(row[p].title) > width) width = text_width(row[p].title);
  }
  if (width > TITLE_MOST) width = TITLE_MOST;
  for (int p = 0; p < SESSION_PARTS; p++) {
    char text[2 * SESSION_TEXT];
    if (p == SESSION_RAISE_RIGHT && session_has_no_raise(s)) continue;
    if (row[p].filmed) {
      (void)snprintf(text, sizeof text, "%s %s%s%s%s", row[p].label, row[p].value, *row[p].between ? " (" : "",
                     row[p].between, *row[p].between ? ")" : "");
    } else {
      (void)snprintf(text, sizeof text, "%s", row[p].says);
    }
    text_pad(to, row[p].title, width);
    fputs("  ", to);
    text_wrap(to, text, 200, width + 2, width + 2);
  }
}

static void print_session(FILE *to, const day_session *s, const char *output, const char *language) {
  char lead[SESSION_TEXT], next[SESSION_SENTENCES][SESSION_TEXT];
  fprintf(to, "%s%s%s, %s: %s\n", s->client.code, *s->client.name ? "  " : "", s->client.name, s->day,
          say(language, "What limits the bend"));
  session_lead(s, language, lead);
  text_wrap(to, lead, text_columns(to), 0, 0);
  print_rows(to, s, language);
  if (session_next(s, language, next) > 0) text_wrap(to, next[0], text_columns(to), 0, 0);
  if (!output) return;
  const int at = fprintf(to, "%s: ", say(language, "Report"));
  text_wrap(to, output, text_columns(to), at, 0);
}

/* ---- as a page ---- */

static sagitta_status write_page(const report *r, const char *path, sagitta_error *error) {
  sagitta_output *to = NULL;
  sagitta_status status = output_begin(&to, path, error);
  if (status == SAGITTA_OK) status = report_write(r, REPORT_SESSION, report_format_of(path), NULL, to, error);
  if (status == SAGITTA_OK) return output_end(&to, error);
  output_drop(&to);
  return status;
}

static sagitta_status make_page(records *r, const day_session *s, const session_options *o, const char *language,
                                sagitta_error *error) {
  report *part[SESSION_PARTS] = { NULL }, *first = NULL;
  clinic *head = NULL;
  report_paper paper = report_paper_usual();
  if (o->paper) (void)report_paper_of(o->paper, &paper);
  sagitta_status status = o->clinic ? clinic_read(&head, o->clinic, error) : SAGITTA_OK;
  for (int p = 0; p < SESSION_PARTS && status == SAGITTA_OK; p++) {
    if (!s->result[p]) continue;
    status = report_new(&part[p], s->result[p], NULL, NULL, error);
    if (status == SAGITTA_OK) report_set_language(part[p], language);
    if (!first) first = part[p];
  }
  if (status == SAGITTA_OK) status = report_add_client(first, r, &s->client, error);
  if (status == SAGITTA_OK) {
    report_set_day(first, s->day);
    report_set_paper(first, paper);
    report_set_clinic(first, head);
    report_set_session(first, s, (const report *const *)part);
    status = write_page(first, o->output, error);
  }
  for (int p = 0; p < SESSION_PARTS; p++) report_free(&part[p]);
  clinic_free(&head);
  return status;
}

static sagitta_status show(records *r, const day_session *s, const session_options *o, sagitta_error *error) {
  FILE *to = stdout;
  const char *language = o->change.language ? o->change.language : s->language;
  sagitta_status status = o->output ? make_page(r, s, o, language, error) : SAGITTA_OK;
  if (status == SAGITTA_OK) {
    char *document = o->change.json ? day_session_json(s, language) : NULL;
    status = change_document(&o->change, document, &to, error);
  }
  if (status == SAGITTA_OK) print_session(to, s, o->output, text_language_or(o->change.language, s->language));
  return status;
}

static int run(const command *self, int count, char **arguments) {
  session_options o = { .day = NULL };
  int words;
  char why[OPTION_WHY], day[RECORDS_DAY];
  const int parsed = command_begin_words(self, &o, count, arguments, 1, 1, "Whose session?", &words);
  if (parsed >= 0) return parsed;
  if (!check(&o, why)) return command_misused(self, why);
  records *r = NULL;
  records_client client;
  day_session *s = NULL;
  sagitta_error error = error_in(text_language_or(o.change.language, "en"));
  sagitta_status status = records_open(&r, &o.change.place, RECORDS_READ, &error);
  if (status == SAGITTA_OK) status = read_word(r, arguments[0], o.day, &client, day, &error);
  if (status == SAGITTA_OK) status = day_session_read(r, &client, *day ? day : NULL, &s, &error);
  if (status == SAGITTA_OK) status = show(r, s, &o, &error);
  day_session_free(&s);
  records_close(&r);
  return command_end(status, &error);
}

const command session_command = {
  .name = "session",
  .usage = "CLIENT [options]",
  .purpose = TRANSLATABLE("A day's recordings together: can't, or doesn't?"),
  .about = TRANSLATABLE(
      "What limits the bend, from what was recorded of a client on one day: the usual bend (toe-touch), with the knees "
      "bent (toe-touch-knees-bent), from the hips when asked to (waiters-bow), and the straight leg raised on either "
      "side (straight-leg-raise). CLIENT@2026-03-31 is another day.\n\n"
      "Where the hips go further with the knees bent, the hamstrings limit the bend; where the usual bend comes more "
      "from the lower back, and the hips bend when that is asked for, it is a habit. Both can hold, or neither. Each "
      "is "
      "said with its probability, from 80 % on; what is missing is named, and how to film it.\n\n"
      "Say that the markers stayed on between the recordings (analyze --same-markers): then a smaller difference "
      "counts."),
  .options = rows,
  .run = run,
};
