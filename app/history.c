/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta history: one client through the weeks. */
#include "records/history.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/access.h"
#include "records/shown.h"
#include "records/history_json.h"
#include "text.h"

#define SPARKS     16
#define TREND_DAYS 30 /* a month, for trends */

typedef struct history_options {
  records_place place;
  const char *test, *json;
  bool help, version;
} history_options;

#define AT(field) offsetof(history_options, field)
static const option_row rows[] = {
  { "test", "NAME", OPTION_TEXT, AT(test), 0, 0, NULL, "One test alone. See: sagitta tests." },
  { "json", "FILE", OPTION_TEXT, AT(json), 0, 0, NULL, "Write it as JSON as well; - is standard output." },
  ACCESS_ROWS(history_options),
  { "help", NULL, OPTION_FLAG, AT(help), 0, 0, NULL, "This help." },
  { "version", NULL, OPTION_FLAG, AT(version), 0, 0, NULL, "The version." },
  { .name = NULL }
};

/* The last visits, as many as fit. */
static void print_spark(FILE *to, const history_test *t, size_t q, double least) {
  double values[SPARKS];
  char text[4 * SPARKS];
  size_t count = 0;
  for (size_t i = t->visits > SPARKS ? t->visits - SPARKS : 0; i < t->visits; i++) {
    values[count++] = t->visit[i].cell[RECORDS_UNMARKED][q].value;
  }
  shown_spark(text, sizeof text, values, count, isnan(least) ? 0 : least);
  text_pad(to, text, SPARKS + 1);
}

static void print_quantity(FILE *to, const history_test *t, size_t i) {
  const history_quantity *q = &t->quantity[i];
  const double first = q->first->cell[RECORDS_UNMARKED][i].value, last = q->last->cell[RECORDS_UNMARKED][i].value;
  char label[64], a[SHOWN_TEXT], b[SHOWN_TEXT], band[2 * SHOWN_TEXT + 8] = "–";
  text_pad(to, shown_label(label, sizeof label, q->info), 19);
  print_spark(to, t, i, 2 * q->limit.mdc);
  text_pad(to, shown_value(a, first, q->info, false), -6);
  text_pad(to, shown_value(b, last, q->info, false), -7);
  text_pad(to, q->visits > 1 ? shown_value(a, last - first, q->info, true) : "", -7);
  if (!isnan(q->limit.mdc)) {
    (void)snprintf(band, sizeof band, "%s to %s", shown_value(a, first - q->limit.mdc, q->info, false),
                   shown_value(b, first + q->limit.mdc, q->info, false));
  }
  fputs("  ", to);
  text_pad(to, band, 11);
  fprintf(to, "  %s\n",
          q->visits < 2                 ? ""
          : q->verdict == CHANGE_REAL   ? "real change"
          : q->verdict == CHANGE_WITHIN ? "within error"
                                        : "–");
}

static void print_pain(FILE *to, const history_test *t) {
  double values[SPARKS], first = NAN, last = NAN;
  char text[4 * SPARKS];
  size_t count = 0;
  for (size_t i = 0; i < t->visits; i++) {
    const double value = t->visit[i].pain[RECORDS_UNMARKED].value;
    if (isnan(value)) continue;
    if (isnan(first)) first = value;
    last = value;
  }
  if (isnan(first)) return;
  for (size_t i = t->visits > SPARKS ? t->visits - SPARKS : 0; i < t->visits; i++) {
    values[count++] = t->visit[i].pain[RECORDS_UNMARKED].value;
  }
  shown_spark(text, sizeof text, values, count, 10);
  text_pad(to, "Pain, 0 to 10", 19);
  text_pad(to, text, SPARKS + 1);
  fprintf(to, fabs(last - first) > 0 ? "%6.3g%7.3g%+7.3g\n" : "%6.3g%7.3g%7.3g\n", first, last, last - first);
}

static void print_trend(FILE *to, const history_quantity *q) {
  char label[64], slope[SHOWN_TEXT], low[SHOWN_TEXT], high[SHOWN_TEXT];
  const change_trend *trend = &q->trend;
  if (!trend->known || isnan(q->limit.mdc)) return;
  text_pad(to, shown_label(label, sizeof label, q->info), 19);
  text_pad(to, shown_slope(slope, TREND_DAYS * trend->per_day, q->info), -6);
  fprintf(to, "  (%s to %s)  %s\n", shown_slope(low, TREND_DAYS * trend->low, q->info),
          shown_slope(high, TREND_DAYS * trend->high, q->info),
          trend->low > 0    ? "rising"
          : trend->high < 0 ? "falling"
                            : "no trend shown");
}

/* What a treatment did within one visit. */
static void print_treatments(FILE *to, const history_test *t) {
  bool titled = false;
  for (size_t v = 0; v < t->visits; v++) {
    for (size_t i = 0; i < t->quantities; i++) {
      const history_quantity *q = &t->quantity[i];
      const double before = t->visit[v].cell[RECORDS_BEFORE][i].value, after = t->visit[v].cell[RECORDS_AFTER][i].value;
      char label[64], a[SHOWN_TEXT], b[SHOWN_TEXT], c[SHOWN_TEXT];
      if (isnan(before) || isnan(after) || isnan(q->limit.mdc)) continue;
      if (!titled) fputs("\nBefore and after treatment\n", to);
      titled = true;
      fprintf(to, "%s  ", t->visit[v].day);
      text_pad(to, shown_label(label, sizeof label, q->info), 19);
      text_pad(to, shown_value(a, before, q->info, false), -6);
      text_pad(to, shown_value(b, after, q->info, false), -7);
      text_pad(to, shown_value(c, after - before, q->info, true), -7);
      fprintf(to, "  %s\n", change_judge(before, after, q->limit.mdc) == CHANGE_REAL ? "real change" : "within error");
    }
  }
}

static bool is_personal(const history_test *t) {
  for (size_t i = 0; i < t->quantities; i++) {
    if (t->quantity[i].visits && t->quantity[i].limit.personal) return true;
  }
  return false;
}

static void print_test(FILE *to, const history_test *t, const char *code) {
  char note[400];
  bool trends = false;
  fprintf(to, "\n%s, %s markers: %zu visit%s", t->test, sagitta_marker_set_name(t->set), t->visits,
          t->visits == 1 ? "" : "s");
  fprintf(to, t->visits > 1 ? ", %s to %s\n\n" : ", %s\n\n", t->visit[0].day, t->visit[t->visits - 1].day);
  text_pad(to, "", 19);
  text_pad(to, "course", SPARKS + 1);
  fputs(" first   last change  error band\n", to);
  for (size_t i = 0; i < t->quantities; i++) {
    if (t->quantity[i].visits) print_quantity(to, t, i);
    trends = trends || (t->quantity[i].trend.known && !isnan(t->quantity[i].limit.mdc));
  }
  print_pain(to, t);
  if (trends) fprintf(to, "\nTrend per %d days (95 %% interval)\n", TREND_DAYS);
  for (size_t i = 0; i < t->quantities; i++) print_trend(to, &t->quantity[i]);
  print_treatments(to, t);
  fputc('\n', to);
  if (is_personal(t)) {
    (void)snprintf(note, sizeof note,
                   "The error band is this person's own: from %d recordings with the markers put on "
                   "anew each time.",
                   t->replicates);
  } else {
    (void)snprintf(note, sizeof note,
                   "The error band is the default for these markers: a value has changed for real only outside of it. "
                   "A repeatability session gives a personal one: sagitta records repeatability %s --start.",
                   code);
  }
  text_wrap(to, note, text_columns(to), 0, 0);
}

static void print_remarks(FILE *to, const history *h) {
  char text[SAGITTA_ERROR_TEXT + 200];
  if (h->superseded) {
    (void)snprintf(text, sizeof text, "%d result%s left out: the same recording was analysed again later.",
                   h->superseded, h->superseded == 1 ? " is" : "s are");
    text_wrap(to, text, text_columns(to), 0, 0);
  }
  if (h->only_after) {
    (void)snprintf(text, sizeof text, "%d visit%s measured after a treatment alone: no point of a trend.",
                   h->only_after, h->only_after == 1 ? " was" : "s were");
    text_wrap(to, text, text_columns(to), 0, 0);
  }
  if (h->unreadable) {
    (void)snprintf(text, sizeof text, "%d result%s could not be read. %.900s", h->unreadable,
                   h->unreadable == 1 ? "" : "s", h->why.text);
    text_complain(text);
  }
}

static void print_history(FILE *to, const history *h) {
  const records_client *c = &h->client;
  fputs(c->code, to);
  if (*c->name) fprintf(to, "  %s", c->name);
  if (c->birth_year) fprintf(to, "  born %d", c->birth_year);
  fputc('\n', to);
  for (size_t i = 0; i < h->tests; i++) print_test(to, &h->test[i], c->code);
  if (h->tests == 0) fputs("Nothing has been measured yet: sagitta analyze VIDEO --client ID saves results.\n", to);
  if (h->superseded || h->only_after || h->unreadable) fputc('\n', to);
  print_remarks(to, h);
}

static sagitta_status show(const history *h, const history_options *o, sagitta_error *error) {
  const bool to_stdout = o->json && strcmp(o->json, "-") == 0;
  sagitta_status status = SAGITTA_OK;
  if (o->json) {
    char *text = history_json(h);
    status = text ? access_write(o->json, text, error)
                  : records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the history.");
    free(text);
  }
  if (status == SAGITTA_OK) print_history(to_stdout ? stderr : stdout, h);
  return status;
}

static bool check_test(const char *name, char *why) {
  size_t count;
  const sagitta_test *tests = sagitta_tests(&count);
  const char *names[OPTIONS_MAX + 1] = { NULL };
  for (size_t i = 0; name && i < count; i++) {
    if (strcmp(tests[i].name, name) == 0) return true;
    if (i < OPTIONS_MAX) names[i] = tests[i].name;
  }
  if (!name) return true;
  const char *near = options_nearest(name, names);
  snprintf(why, OPTION_WHY, "There is no test '%.80s'.%s%s%s See: sagitta tests.", name, near ? " Did you mean " : "",
           near ? near : "", near ? "?" : "");
  return false;
}

static int run_history(int count, char **arguments) {
  history_options o = { .test = NULL };
  int words;
  char why[OPTION_WHY];
  const int parsed =
      access_parse(&history_command, &o, count, arguments, 1, 1, "Whose history?", &o.help, &o.version, &words);
  if (parsed >= 0) return parsed;
  if (!check_test(o.test, why)) return command_misused(&history_command, why);
  records *r = NULL;
  records_client c;
  history *h = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_status status = records_open(&r, &o.place, RECORDS_READ, &error);
  if (status == SAGITTA_OK) status = records_client_find(r, arguments[0], &c, &error);
  if (status == SAGITTA_OK) status = history_read(r, &c, o.test, &h, &error);
  if (status == SAGITTA_OK) status = show(h, &o, &error);
  history_free(&h);
  records_close(&r);
  return status == SAGITTA_OK ? command_finish(EXIT_MEASURED) : command_fail(&error);
}

const command history_command = {
  .name = "history",
  .usage = "CLIENT [options]",
  .purpose = "One client through the weeks: what has really changed.",
  .about =
      "Every quantity through the client's visits, the change since the first, and whether it is more than measurement "
      "error: \"real change\" outside of the error band (first value plus and minus the detectable change, with 95 % "
      "confidence), \"within error\" inside of it. The trend is the straight line through all visits.\n\n"
      "A visit's value is the mean of what was measured that day, without what was measured after a treatment.",
  .options = rows,
  .run = run_history,
};
