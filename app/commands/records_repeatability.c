/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta records repeatability: sessions, and what they say. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/access.h"
#include "records/history.h"
#include "cli/text.h"

#define RESULTS_MAX 200

typedef struct repeat_options {
  records_place place;
  const char *date;
  int64_t results[RESULTS_MAX];
  size_t result_count;
  int forget;
  bool start, end, help, version;
} repeat_options;

/* "12,13,14" */
static bool parse_results(void *settings, const char *value, char *why) {
  repeat_options *o = settings;
  for (const char *at = value; *at;) {
    char *end;
    const long long number = strtoll(at, &end, 10);
    if (end == at || number < 1 || (*end && *end != ',') || o->result_count == RESULTS_MAX) {
      snprintf(why, OPTION_WHY, "--results takes numbers of results, as 12,13,14,15, not '%.80s'.", value);
      return false;
    }
    o->results[o->result_count++] = number;
    at = end + (*end == ',');
  }
  return true;
}

#define AT(field) offsetof(repeat_options, field)
static const option_row rows[] = {
  { "start", NULL, OPTION_FLAG, AT(start), 0, 0, NULL,
    "Begin a session: what is saved for the client on that day are its recordings." },
  { "date", "YYYY-MM-DD", OPTION_TEXT, AT(date), 0, 0, NULL, "With --start or --results: the day (default: today)." },
  { "end", NULL, OPTION_FLAG, AT(end), 0, 0, NULL, "End the session." },
  { "results", "N,N,…", OPTION_CUSTOM, 0, 0, 0, parse_results, "Make a session of results that are saved already." },
  { "forget", "N", OPTION_COUNT, AT(forget), 1, 2e9, NULL, "Forget session N; its results stay." },
  ACCESS_ROWS(repeat_options),
  { "help", NULL, OPTION_FLAG, AT(help), 0, 0, NULL, "This help." },
  { "version", NULL, OPTION_FLAG, AT(version), 0, 0, NULL, "The version." },
  { .name = NULL }
};

static const command part = {
  .name = "records repeatability",
  .usage = "ID [options]",
  .purpose = "A personal detectable change.",
  .about =
      "How much a measurement differs when nothing has changed: take the markers off and put them on again between "
      "recordings, four times or more, on one day and without a treatment in between.\n\n"
      " sagitta records repeatability ID --start\n"
      " sagitta analyze one.mp4 --client ID      (and again for two.mp4, three.mp4, four.mp4)\n"
      " sagitta records repeatability ID         what it says\n\n"
      "From then on the history calls a change real against this person's own limit: the standard error of the "
      "recordings, drawn toward the default as long as there are few of them.",
  .options = rows,
};

static void print_limits(const history_test *t) {
  printf("\n%s, %s markers: %d recording%s in %d session%s\n", t->test, sagitta_marker_set_name(t->set), t->replicates,
         t->replicates == 1 ? "" : "s", t->sessions, t->sessions == 1 ? "" : "s");
  text_pad(stdout, "detectable change", 22);
  puts("default   personal");
  for (size_t i = 0; i < t->quantities; i++) {
    const history_quantity *q = &t->quantity[i];
    const double standard = change_default(q->info->key, t->set);
    char label[64], text[SHOWN_TEXT];
    if (q->visits == 0 || isnan(standard)) continue;
    text_pad(stdout, shown_label(label, sizeof label, q->info, NULL), 22);
    text_pad(stdout, shown_value(text, standard, q->info, false), 10);
    puts(q->limit.personal ? shown_value(text, q->limit.mdc, q->info, false) : "–");
  }
}

static sagitta_status print_state(records *r, const records_client *c, sagitta_error *error) {
  history *h = NULL;
  records_session *sessions = NULL;
  size_t count = 0;
  sagitta_status status = records_sessions(r, c->id, &sessions, &count, error);
  if (status == SAGITTA_OK) status = history_read(r, c, NULL, &h, error);
  if (status == SAGITTA_OK) {
    if (count == 0) text_wrap(stdout, "No repeatability session yet: begin one with --start.", 80, 0, 0);
    for (size_t i = 0; i < count; i++) {
      printf("session %lld  %s  %lld recording%s%s\n", (long long)sessions[i].id, sessions[i].day,
             (long long)sessions[i].results, sessions[i].results == 1 ? "" : "s", sessions[i].open ? "  open" : "");
    }
    for (size_t k = 0; k < h->tests; k++) {
      if (h->test[k].replicates) print_limits(&h->test[k]);
    }
    if (count > 0) {
      putchar('\n');
      text_wrap(stdout, "A personal limit needs four recordings of one test with the same markers.", 80, 0, 0);
    }
  }
  free(sessions);
  history_free(&h);
  return status;
}

static sagitta_status act(records *r, const records_client *c, const repeat_options *o, sagitta_error *error) {
  char today[RECORDS_DAY];
  int64_t id = 0;
  records_today(today);
  const char *day = o->date ? o->date : today;
  if (!records_is_day(day)) {
    return records_fail(error, SAGITTA_ERROR_ARGUMENT,
                        "A day is written YYYY-MM-DD, as 2026-03-31, and is not in the "
                        "future.");
  }
  sagitta_status status = SAGITTA_OK;
  if (o->end) status = records_session_end(r, c->id, error);
  if (o->forget) status = records_session_remove(r, c->id, o->forget, error);
  if (o->start || o->result_count) status = records_session_start(r, c->id, day, &id, error);
  if (status == SAGITTA_OK && o->result_count) {
    status = records_session_join(r, id, o->results, o->result_count, error);
    if (status == SAGITTA_OK) status = records_session_end(r, c->id, error);
    if (status != SAGITTA_OK) (void)records_session_remove(r, c->id, id, NULL);
  }
  if (status == SAGITTA_OK && o->start) {
    printf(
        "Session %lld is open on %s. Take the markers off and put them on again before each recording: four or more, "
        "each saved with --client %s.\n",
        (long long)id, day, c->code);
  }
  return status;
}

int records_repeatability(int count, char **arguments) {
  repeat_options o = { .forget = 0 };
  int words;
  const int parsed =
      access_parse(&part, &o, count, arguments, 1, 1, "Whose repeatability?", &o.help, &o.version, &words);
  if (parsed >= 0) return parsed;
  const int asked = o.start + o.end + (o.forget > 0) + (o.result_count > 0);
  if (asked > 1) return command_misused(&part, "Give one of --start, --end, --results and --forget at a time.");
  records *r = NULL;
  records_client c;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_status status = records_open(&r, &o.place, asked ? RECORDS_WRITE : RECORDS_READ, &error);
  if (status == SAGITTA_OK) status = records_client_find(r, arguments[0], &c, &error);
  if (status == SAGITTA_OK && asked) status = act(r, &c, &o, &error);
  if (status == SAGITTA_OK && !o.start) status = print_state(r, &c, &error);
  records_close(&r);
  return status == SAGITTA_OK ? command_finish(EXIT_MEASURED) : command_fail(&error);
}
