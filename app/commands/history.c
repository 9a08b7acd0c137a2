/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta history: one client through the weeks. */
#include "records/history.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/option_values.h"
#include "cli/text.h"
#include "commands/change_table.h"
#include "commands/commands.h"

#define SPARKS     12
#define TREND_DAYS 30 /* a month, for trends */

static const option_row rows[] =
    CHANGE_ROWS(TRANSLATABLE("One test alone. See: sagitta tests."),
                TRANSLATABLE("The language: en, de or es (default: the terminal's, else that of the last result)."));

/* A character for each of the last visits, as many as fit; of a quantity, or of the pain (PAIN). Their scale covers
 * at least `least`, so that measurement error looks flat. */
#define PAIN ((size_t)-1)
static void print_spark(const change_table *p, const history_test *t, size_t quantity, double least) {
  double values[SPARKS];
  char text[4 * SPARKS];
  size_t count = 0;
  for (size_t i = t->visits > SPARKS ? t->visits - SPARKS : 0; i < t->visits; i++) {
    const history_visit *v = &t->visit[i];
    values[count++] = quantity == PAIN ? v->pain[RECORDS_UNMARKED].value : v->cell[RECORDS_UNMARKED][quantity].value;
  }
  shown_spark(text, sizeof text, values, count, isnan(least) ? 0 : least);
  text_pad(p->to, text, SPARKS + 1);
}

static void print_quantity(const change_table *p, const history_test *t, size_t i) {
  const history_quantity *q = &t->quantity[i];
  const history_cell *from = &q->first->cell[RECORDS_UNMARKED][i], *to = &q->last->cell[RECORDS_UNMARKED][i];
  const double first = from->value, last = to->value;
  const sagitta_quantity_info info = shown_apart(q->info, first, last, q->visits > 1 ? q->limit.mdc : (double)NAN);
  char band[2 * SHOWN_TEXT + 16] = "–";
  change_put_label(p, q->info);
  print_spark(p, t, i, 2 * q->limit.mdc);
  change_put_marked(p, -6, first, from->inferred, &info);
  change_put_marked(p, -8, last, to->inferred, &info);
  if (q->visits > 1 && change_is_told(q->info->key, t->set)) {
    change_put_value(p, -p->change, comparison_difference(first, last, &info), &info, true);
  } else {
    text_pad(p->to, "", -p->change);
  }
  if (!isnan(q->limit.mdc)) {
    char a[SHOWN_TEXT], b[SHOWN_TEXT];
    (void)snprintf(band, sizeof band, say(p->language, "%s to %s"),
                   shown_value(a, first - q->limit.mdc, &info, false, p->language),
                   shown_value(b, first + q->limit.mdc, &info, false, p->language));
  }
  fputs("  ", p->to);
  text_pad(p->to, band, 13);
  fprintf(p->to, " %s\n", q->visits < 2 ? "" : change_verdict_word(p, q->verdict, false));
}

static void print_pain(const change_table *p, const history_test *t) {
  double first = NAN, last = NAN;
  for (size_t i = 0; i < t->visits; i++) {
    const double value = t->visit[i].pain[RECORDS_UNMARKED].value;
    if (isnan(value)) continue;
    if (isnan(first)) first = value;
    last = value;
  }
  if (isnan(first)) return;
  change_put_text(p, p->label, CHANGE_PAIN);
  print_spark(p, t, PAIN, 10);
  change_put_value(p, -6, first, &change_pain_scale, false);
  change_put_value(p, -8, last, &change_pain_scale, false);
  change_put_value(p, -p->change, last - first, &change_pain_scale, true);
  fputc('\n', p->to);
}

static void print_trend(const change_table *p, const history_quantity *q) {
  char slope[SHOWN_TEXT], low[SHOWN_TEXT], high[SHOWN_TEXT];
  const change_trend *trend = &q->trend;
  if (!trend->known || isnan(q->limit.mdc)) return;
  change_put_label(p, q->info);
  text_pad(p->to, shown_slope(slope, TREND_DAYS * trend->per_day, q->info, p->language), -6);
  fprintf(p->to, say(p->language, "  (%s to %s)  "), shown_slope(low, TREND_DAYS * trend->low, q->info, p->language),
          shown_slope(high, TREND_DAYS * trend->high, q->info, p->language));
  fprintf(p->to, "%s\n",
          trend->low > 0    ? say(p->language, "rising")
          : trend->high < 0 ? say(p->language, "falling")
                            : say(p->language, "no trend shown"));
}

/* Since the visit before the last, where that is not the first. */
static void print_since_previous(const change_table *p, const history_test *t) {
  bool titled = false;
  for (size_t i = 0; i < t->quantities; i++) {
    const history_quantity *q = &t->quantity[i];
    if (q->visits < 3 || isnan(q->limit.mdc)) continue;
    const history_cell *from = &q->previous->cell[RECORDS_UNMARKED][i], *to = &q->last->cell[RECORDS_UNMARKED][i];
    const double previous = from->value, last = to->value;
    const sagitta_quantity_info info = shown_apart(q->info, previous, last, q->limit.mdc);
    if (!titled) fprintf(p->to, "\n%s\n", say(p->language, "Since the visit before the last"));
    titled = true;
    fprintf(p->to, "%s  ", q->previous->day);
    change_put_label(p, q->info);
    change_put_marked(p, -6, previous, from->inferred, &info);
    change_put_marked(p, -7, last, to->inferred, &info);
    change_put_value(p, -7, comparison_difference(previous, last, &info), &info, true);
    fprintf(p->to, "  %s\n", change_verdict_word(p, q->since_previous, false));
  }
}

/* What a treatment did within one visit, and from what on it counts. */
static void print_treatment(const change_table *p, const history_test *t, const history_visit *v) {
  char text[1200], limit[SHOWN_TEXT];
  const history_treatment *of = &v->treatment;
  for (size_t i = 0; i < t->quantities; i++) {
    const history_change *c = &of->change[i];
    const sagitta_quantity_info apart = shown_apart(t->quantity[i].info, c->before, c->after, c->limit.mdc);
    const sagitta_quantity_info *info = &apart;
    if (isnan(c->before) || isnan(c->after) || isnan(c->limit.mdc) || !change_is_told(info->key, t->set)) continue;
    fprintf(p->to, "%s  ", v->day);
    change_put_label(p, info);
    change_put_marked(p, -6, c->before, v->cell[RECORDS_BEFORE][i].inferred, info);
    change_put_marked(p, -7, c->after, v->cell[RECORDS_AFTER][i].inferred, info);
    change_put_value(p, -7, comparison_difference(c->before, c->after, info), info, true);
    fprintf(p->to, " ±%s  %s\n", shown_value(limit, c->limit.mdc, info, false, p->language),
            change_verdict_word(p, c->verdict, false));
  }
  treatment_words(of, text, sizeof text, p->language);
  text_wrap(p->to, text, text_columns(p->to), 0, 0);
}

static void print_treatments(const change_table *p, const history_test *t) {
  bool titled = false;
  for (size_t v = 0; v < t->visits; v++) {
    if (!t->visit[v].treatment.before || !t->visit[v].treatment.after) continue;
    if (!titled) fprintf(p->to, "\n%s\n", say(p->language, "Before and after treatment"));
    titled = true;
    print_treatment(p, t, &t->visit[v]);
  }
}

static bool has_inferred(const history_test *t) {
  for (size_t v = 0; v < t->visits; v++) {
    for (size_t i = 0; i < t->quantities; i++) {
      if (t->visit[v].cell[RECORDS_UNMARKED][i].inferred || t->visit[v].cell[RECORDS_AFTER][i].inferred) return true;
    }
  }
  return false;
}

static bool is_personal(const history_test *t) {
  for (size_t i = 0; i < t->quantities; i++) {
    if (t->quantity[i].visits && t->quantity[i].limit.personal) return true;
  }
  return false;
}

static void print_title(const change_table *p, const history_test *t) {
  char title[200];
  fprintf(p->to, say(p->language, "\n%s, %s markers: "),
          shown_test_of_side(title, sizeof title, t->test, t->side, p->language), sagitta_marker_set_name(t->set));
  fprintf(p->to, t->visits == 1 ? say(p->language, "%zu visit, ") : say(p->language, "%zu visits, "), t->visits);
  if (t->visits > 1) {
    fprintf(p->to, say(p->language, "%s to %s"), t->visit[0].day, t->visit[t->visits - 1].day);
  } else {
    fputs(t->visit[0].day, p->to);
  }
  fputs("\n\n", p->to);
}

static void print_heads(const change_table *p) {
  text_pad(p->to, "", p->label);
  text_pad(p->to, say(p->language, "course"), SPARKS + 1);
  text_pad(p->to, say(p->language, "first"), -6);
  text_pad(p->to, say(p->language, "last"), -8);
  text_pad(p->to, say(p->language, "change"), -p->change);
  fprintf(p->to, "  %s\n", say(p->language, "error band"));
}

static void print_band_note(const change_table *p, const history_test *t, const char *code) {
  char note[600];
  if (is_personal(t)) {
    (void)snprintf(note, sizeof note,
                   say(p->language,
                       "The error band is this person's own: from %d recordings with the markers put on "
                       "anew each time. One day's recordings know nothing of other days."),
                   t->replicates);
  } else {
    (void)snprintf(note, sizeof note,
                   say(p->language,
                       "The error band is the default for these markers: a value has changed for real only outside of "
                       "it. A repeatability session gives a personal one: sagitta records repeatability %s --start."),
                   code);
  }
  text_wrap(p->to, note, text_columns(p->to), 0, 0);
}

static void print_test(change_table *p, const history_test *t, const char *code) {
  bool trends = false;
  p->label = 0;
  p->change = text_width(say(p->language, "change")) + 1;
  change_widen(p, NULL);
  for (size_t i = 0; i < t->quantities; i++) {
    if (t->quantity[i].visits) change_widen(p, t->quantity[i].info);
    trends = trends || (t->quantity[i].trend.known && !isnan(t->quantity[i].limit.mdc));
  }
  print_title(p, t);
  print_heads(p);
  for (size_t i = 0; i < t->quantities; i++) {
    if (t->quantity[i].visits) print_quantity(p, t, i);
  }
  print_pain(p, t);
  if (trends) fprintf(p->to, say(p->language, "\nTrend per %d days (95 %% interval)\n"), TREND_DAYS);
  for (size_t i = 0; i < t->quantities; i++) print_trend(p, &t->quantity[i]);
  print_since_previous(p, t);
  print_treatments(p, t);
  fputc('\n', p->to);
  if (has_inferred(t)) change_put_inferred(p);
  if (!t->sided || t->side) {
    print_band_note(p, t, code);
  } else {
    text_wrap(
        p->to,
        say(p->language,
            "Which leg these results are of was not said, so that no change is told. Say it: sagitta records edit "
            "--result N --side left (or right)."),
        text_columns(p->to), 0, 0);
  }
}

/* Left against right, where both were measured. */
static void print_sides(const change_table *p, const history *h) {
  bool titled = false;
  for (size_t i = 0; i < h->tests; i++) {
    side_difference all[HISTORY_DIFFERENCES];
    const history_test *t = &h->test[i];
    const size_t count = history_differences(h, t, NULL, all);
    if (count && !titled) fprintf(p->to, "\n%s\n\n", say(p->language, "Left and right"));
    titled = titled || count;
    if (count) {
      fprintf(p->to, say(p->language, "%s, %s markers"), shown_test(t->test, p->language),
              sagitta_marker_set_name(t->set));
      fputc('\n', p->to);
    }
    for (size_t k = 0; k < count; k++) {
      char text[400];
      shown_difference(text, sizeof text, &all[k], all[k].left->day, all[k].right->day, p->language);
      text_wrap(p->to, text, text_columns(p->to), 0, 2);
    }
  }
  if (!titled) return;
  text_wrap(p->to,
            say(p->language,
                "The limit is how far two measurements of one person lie apart by measurement error alone (95 %)."),
            text_columns(p->to), 0, 0);
}

static void print_remark(const change_table *p, int count, const char *one, const char *many) {
  char text[400];
  if (count == 0) return;
  (void)snprintf(text, sizeof text, "%d %s", count, say(p->language, count == 1 ? one : many));
  text_wrap(p->to, text, text_columns(p->to), 0, 0);
}

static void print_remarks(const change_table *p, const history *h) {
  if (h->superseded || h->only_after || h->unfollowed || h->unusable || h->unreadable) fputc('\n', p->to);
  print_remark(p, h->superseded, TRANSLATABLE("result is left out: the same recording was analysed again later."),
               TRANSLATABLE("results are left out: the same recordings were analysed again later."));
  print_remark(p, h->only_after, TRANSLATABLE("visit was measured after a treatment alone: no point of a trend."),
               TRANSLATABLE("visits were measured after a treatment alone: no points of a trend."));
  print_remark(p, h->unfollowed, TRANSLATABLE("result of a free movement is left out: it has no quantities to follow."),
               TRANSLATABLE("results of free movements are left out: they have no quantities to follow."));
  print_remark(p, h->unusable, TRANSLATABLE("result is left out: it has no repetition that could be used."),
               TRANSLATABLE("results are left out: they have no repetition that could be used."));
  if (h->unreadable) {
    char text[SAGITTA_ERROR_TEXT + 200];
    (void)snprintf(text, sizeof text, say(p->language, "Results that could not be read: %d. %.900s"), h->unreadable,
                   h->why.text);
    text_complain(text);
  }
}

static void print_history(FILE *to, const history *h, const char *language) {
  const records_client *c = &h->client;
  change_table p = { .to = to, .language = language };
  fputs(c->code, to);
  if (*c->name) fprintf(to, "  %s", c->name);
  if (c->birth_year) fprintf(to, say(language, "  born %d"), c->birth_year);
  fputc('\n', to);
  for (size_t i = 0; i < h->tests; i++) print_test(&p, &h->test[i], c->code);
  print_sides(&p, h);
  if (h->tests == 0 && h->unfollowed == 0 && h->unreadable == 0) {
    text_wrap(to, say(language, "Nothing has been measured yet: sagitta analyze VIDEO --client ID saves results."),
              text_columns(to), 0, 0);
  }
  print_remarks(&p, h);
}

static sagitta_status show(const history *h, const change_options *o, sagitta_error *error) {
  FILE *to;
  const sagitta_status status = change_document(o, o->json ? history_json(h) : NULL, &to, error);
  if (status == SAGITTA_OK) print_history(to, h, text_language_or(o->language, h->language));
  return status;
}

static bool check_test(const char *name, char *why) {
  if (!name || sagitta_test_find(name)) return true;
  const char *near = test_nearest(name);
  options_refuse(why, "There is no test '%.80s'.", name);
  if (near) options_add(why, " Did you mean %s?", near);
  options_add(why, " See: sagitta tests.");
  return false;
}

/* Whose history, and up to which recording, where the word names one: its day, and its test where none is named. */
typedef struct history_word {
  records_client client;
  char day[RECORDS_DAY], test[32]; /* "" = all */
} history_word;

static sagitta_status read_word(records *r, const char *word, history_word *w, sagitta_error *error) {
  records_name name;
  records_result *row = NULL;
  int64_t id = 0;
  sagitta_error no_client = error_like(error);
  memset(w, 0, sizeof *w);
  if (!records_is_name(word)) return records_client_find(r, word, &w->client, error);
  if (records_client_find(r, word, &w->client, &no_client) == SAGITTA_OK) return SAGITTA_OK;
  sagitta_status status = records_name_parse(&name, word, NULL, error);
  if (status == SAGITTA_OK) status = records_name_find(r, &name, &id, NULL, error);
  if (status == SAGITTA_OK) status = records_result_get(r, id, &row, error);
  if (status == SAGITTA_OK) status = records_client_find(r, row->code, &w->client, error);
  if (status == SAGITTA_OK) {
    (void)snprintf(w->day, sizeof w->day, "%s", row->day);
    if (name.number || *name.test) (void)snprintf(w->test, sizeof w->test, "%s", row->test);
  }
  if (row) records_results_free(row, 1);
  return status;
}

static int run(const command *self, int count, char **arguments) {
  change_options o = { .test = NULL };
  int words;
  char why[OPTION_WHY];
  const int parsed = command_begin_words(self, &o, count, arguments, 1, 1, "Whose history?", &words);
  if (parsed >= 0) return parsed;
  if (o.language && !language_check(o.language, why)) return command_misused(self, why);
  if (!check_test(o.test, why)) return command_misused(self, why);
  records *r = NULL;
  history_word w;
  history *h = NULL;
  sagitta_error error = error_in(text_language_or(o.language, "en"));
  sagitta_status status = records_open(&r, &o.place, RECORDS_READ, &error);
  if (status == SAGITTA_OK) status = read_word(r, arguments[0], &w, &error);
  if (status == SAGITTA_OK) {
    status = history_read_until(r, &w.client,
                                o.test    ? o.test
                                : *w.test ? w.test
                                          : NULL,
                                *w.day ? w.day : NULL, &h, &error);
  }
  if (status == SAGITTA_OK) status = show(h, &o, &error);
  history_free(&h);
  records_close(&r);
  return command_end(status, &error);
}

const command history_command = {
  .name = "history",
  .usage = "CLIENT|RECORDING [options]",
  .purpose = TRANSLATABLE("One client through the weeks: what has really changed."),
  .about = TRANSLATABLE(
      "Of a recording (CLIENT@2026-03-31, CLIENT@last:toe-touch, #12) the history ends with its day.\n\n"
      "Every quantity through the client's visits, the change since the first, and whether it is more than measurement "
      "error: \"real change\" outside of the error band (first value plus and minus the detectable change, with 95 % "
      "confidence), \"within error\" inside of it. The trend is the straight line through all visits.\n\n"
      "Left and right stand apart, and where both were measured on one day, or within two weeks, their difference is "
      "told, with its limit.\n\n"
      "A visit's value is the mean of what was measured that day, without what was measured after a treatment."),
  .options = rows,
  .run = run,
};
