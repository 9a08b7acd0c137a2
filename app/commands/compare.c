/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta compare: two results, two visits, before and after a treatment, or straight and bent knees, side by side. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/option_values.h"
#include "cli/side.h"
#include "cli/text.h"
#include "commands/change_table.h"
#include "commands/commands.h"
#include "commands/compare_page.h"
#include "records/history.h"

static const option_row rows[] = {
  TEST_ROW(compare_options, change.test, "Of visits with several tests: which. See: sagitta tests."),
  OUTPUT_ROW(compare_options, output, "FILE",
             "The comparison as a page, by the end of its name: .pdf, .html, .svg or .png; -o FILE for short."),
  TEXT_ROW(compare_options, report, "report", "FILE", "The same as --output."),
  CUSTOM_ROW(compare_options, tracks, "tracks", "FILE.csv", pair_files_parse,
             "For photographs on the page: the tracks of A, and once more those of B."),
  CUSTOM_ROW(compare_options, video, "video", "FILE", pair_files_parse,
             "The videos of these tracks, in the same order."),
  CLINIC_ROW(compare_options, clinic),
  PAPER_ROW(compare_options, paper),
  BACKGROUND_ROW(compare_options, keep_background),
  JSON_ROW(compare_options, change.json, JSON_TOO_HELP),
  LANGUAGE_ROW(compare_options, change.language, "The language: en, de or es (default: that of the second result)."),
  RECORDS_ROWS(compare_options, change.place),
  HELP_ROWS(compare_options)
};

static bool is_known(const comparison *c, size_t i) {
  return c->a.cell[i].results || c->b.cell[i].results;
}

/* A row of figures: of either side, and their difference. */
static void put_figures(const change_table *t, const history_cell *a, const history_cell *b, bool told,
                        const sagitta_quantity_info *info) {
  change_put_marked(t, -t->value, a->value, a->inferred, info);
  change_put_marked(t, -t->value - 2, b->value, b->inferred, info);
  change_put_value(t, -t->change, told ? comparison_difference(a->value, b->value, info) : (double)NAN, info, true);
}

static void print_row(const change_table *t, const comparison *c, size_t i, const sagitta_quantity_info *info) {
  const double a = c->a.cell[i].value, b = c->b.cell[i].value;
  const bool beyond = comparison_is_knee_pair(c) || comparison_is_side_pair(c);
  const change_limit limit = comparison_limit(c, info->key);
  const sagitta_quantity_info apart = shown_apart(info, a, b, limit.mdc);
  change_put_label(t, info);
  put_figures(t, &c->a.cell[i], &c->b.cell[i], comparison_is_told(c, info->key), &apart);
  change_put_value(t, -t->limit, limit.mdc, &apart, false);
  fprintf(t->to, "  %s\n", change_verdict_word(t, comparison_judge(c, i, limit.mdc), beyond));
}

static void print_pain(const change_table *t, const comparison *c) {
  if (isnan(c->a.pain) || isnan(c->b.pain)) return;
  change_put_text(t, t->label, CHANGE_PAIN);
  put_figures(t, &(history_cell){ .value = c->a.pain }, &(history_cell){ .value = c->b.pain }, true,
              &change_pain_scale);
  fputc('\n', t->to);
}

/* What straight and bent knees say about the hamstrings, in words that claim no more. */
static void print_bent(const change_table *t, const comparison *c) {
  const comparison_side *straight = strcmp(c->a.test, TEST_STRAIGHT_KNEES) == 0 ? &c->a : &c->b,
                        *bent = straight == &c->a ? &c->b : &c->a;
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (size_t i = 0; i < count && i < HISTORY_QUANTITIES; i++) {
    if (strcmp(info[i].key, "hip_hinge_deg") != 0) continue;
    const double more = bent->cell[i].value - straight->cell[i].value, mdc = comparison_limit(c, info[i].key).mdc;
    char line[600];
    if (isnan(more) || isnan(mdc)) return;
    if (more > mdc) {
      (void)snprintf(line, sizeof line,
                     say(t->language,
                         "With bent knees the hips go %.0f° further, more than measurement error: what stops them with "
                         "straight knees may be the hamstrings, or the nerve beside them. The straight-leg raise and "
                         "the knee extension can check."),
                     round(bent->cell[i].value) - round(straight->cell[i].value));
    } else {
      (void)snprintf(line, sizeof line,
                     say(t->language,
                         "With bent knees the hips do not go further by more than measurement error (%.0f°): this does "
                         "not point to the hamstrings."),
                     mdc);
    }
    fputc('\n', t->to);
    text_wrap(t->to, line, text_columns(t->to), 0, 0);
  }
}

/* Who and what, in one line. */
static void print_what(const change_table *t, const comparison *c, bool tests) {
  const comparison_side *a = &c->a, *b = &c->b;
  const history *h = a->h ? a->h : b->h;
  if (h) fprintf(t->to, "%s%s%s: ", h->client.code, *h->client.name ? "  " : "", h->client.name);
  char title[200];
  if (comparison_is_side_pair(c)) {
    (void)snprintf(title, sizeof title, "%s", shown_test(a->test, t->language));
  } else {
    shown_test_of_side(title, sizeof title, a->test, a->side, t->language);
  }
  fprintf(t->to, say(t->language, "%s, %s markers"), title, sagitta_marker_set_name(a->set));
  if (tests) {
    fputs("; ", t->to);
    fprintf(t->to, say(t->language, "%s, %s markers"), shown_test(b->test, t->language),
            sagitta_marker_set_name(b->set));
  }
  if (!tests && a->set != b->set) fprintf(t->to, say(t->language, " and then %s"), sagitta_marker_set_name(b->set));
  fputc('\n', t->to);
}

/* The answer, before every number there is: who and what, and a sentence for what the test is about. */
static void print_answer(const change_table *t, const comparison *c, bool tests) {
  size_t at[2];
  const size_t count = comparison_main(c, at, 2);
  print_what(t, c, tests);
  for (size_t i = 0; i < count; i++) {
    char text[600];
    comparison_sentence(c, at[i], text, sizeof text, t->language);
    text_wrap(t->to, text, text_columns(t->to), 0, 2);
  }
  fputc('\n', t->to);
}

/* The heading of a column: the day and, translated, before or after; or the test, where the tests differ, or the side.
 */
static void label_of(const change_table *t, const comparison_side *s, bool tests, bool sides, char text[80]) {
  static const char *const marks[] = { TRANSLATABLE("before"), TRANSLATABLE("after") };
  (void)snprintf(text, 80, "%.79s", tests ? s->test : s->label);
  if (sides) {
    (void)snprintf(text, 80, "%.30s%s%s", s->day, s->day[0] ? " " : "", side_words(s->side, t->language));
    return;
  }
  for (size_t i = 0; !tests && s->day[0] && i < sizeof marks / sizeof *marks; i++) {
    const size_t length = strlen(s->label), mark = strlen(marks[i]);
    if (length > mark && strcmp(s->label + length - mark, marks[i]) == 0) {
      (void)snprintf(text, 80, "%.*s%.20s", (int)(length - mark), s->label, say(t->language, marks[i]));
    }
  }
  if (text_width(text) > 20 && strlen(text) > 20) text[20] = '\0';
}

static void print_heads(change_table *t, const comparison *c, bool tests) {
  char left[80], right[80];
  const bool sides = comparison_is_side_pair(c);
  const char *between = sides ? say(t->language, "difference") : say(t->language, "change");
  label_of(t, &c->a, tests, sides, left);
  label_of(t, &c->b, tests, sides, right);
  const int a = text_width(left), b = text_width(right);
  t->value = a > b ? a : b;
  if (t->value < 10) t->value = 10;
  t->change = text_width(between) + 3;
  t->limit = text_width(say(t->language, "detectable")) + 2;
  text_pad(t->to, "", t->label);
  text_pad(t->to, left, -t->value);
  text_pad(t->to, right, -t->value - 2);
  text_pad(t->to, between, -t->change);
  text_pad(t->to, say(t->language, "detectable"), -t->limit);
  fputc('\n', t->to);
}

static void print_comparison(FILE *to, const comparison *c, const char *language) {
  change_table t = { .to = to, .language = language };
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  const bool tests = strcmp(c->a.test, c->b.test) != 0;
  change_widen(&t, NULL);
  for (size_t i = 0; i < count && i < HISTORY_QUANTITIES; i++) {
    if (is_known(c, i)) change_widen(&t, &info[i]);
  }
  print_answer(&t, c, tests);
  print_heads(&t, c, tests);
  for (size_t i = 0; i < count && i < HISTORY_QUANTITIES; i++) {
    if (is_known(c, i)) print_row(&t, c, i, &info[i]);
  }
  print_pain(&t, c);
  if (comparison_has_inferred(c)) {
    fputc('\n', to);
    change_put_inferred(&t);
  }
  if (tests) print_bent(&t, c);
  if (comparison_treatment(c)) {
    char text[1200];
    treatment_words(comparison_treatment(c), text, sizeof text, language);
    fputc('\n', to);
    text_wrap(to, text, text_columns(to), 0, 0);
  }
  if (comparison_is_of_unknown_side(c)) {
    fputc('\n', to);
    text_wrap(
        to,
        say(language,
            "Which leg these results are of was not said, so that no change is told. Say it: sagitta records edit "
            "--result N --side left (or right)."),
        text_columns(to), 0, 0);
  }
  if (c->a.set == c->b.set) return;
  fputc('\n', to);
  text_wrap(to, say(language, "The marker sets differ: a change counts only beyond the wider of their two limits."),
            text_columns(to), 0, 0);
}

static sagitta_status show(const comparison *c, const compare_options *o, sagitta_error *error) {
  const change_options *common = &o->change;
  FILE *to;
  const sagitta_status status = change_document(common, common->json ? comparison_json(c) : NULL, &to, error);
  if (status == SAGITTA_OK) print_comparison(to, c, text_language_or(common->language, c->b.language));
  if (status == SAGITTA_OK && o->output) {
    fprintf(to, "\n%s: ", say(text_language_or(common->language, c->b.language), "Report"));
    text_wrap(to, o->output, text_columns(to), 8, 0);
  }
  return status;
}

static int run(const command *self, int count, char **arguments) {
  compare_options o = { .output = NULL };
  int words;
  const int parsed = command_begin_words(self, &o, count, arguments, 1, 2, "What with what?", &words);
  if (parsed >= 0) return parsed;
  char why[OPTION_WHY];
  if (o.change.language && !language_check(o.change.language, why)) return command_misused(self, why);
  if (!compare_options_check(&o, arguments, words, why)) return command_misused(self, why);
  if (words == 1 && comparison_is_file(arguments[0])) {
    return command_misused(self, "One file alone: with what is it to be compared?");
  }
  comparison both = { .place = o.change.place, .test = o.change.test };
  sagitta_error error = error_in(text_language_or(o.change.language, "en"));
  sagitta_status status = comparison_load(&both, arguments[0], words == 2 ? arguments[1] : NULL, &error);
  if (status == SAGITTA_OK && o.output) status = compare_write_page(&both, &o, &error);
  if (status == SAGITTA_OK) status = show(&both, &o, &error);
  comparison_free(&both);
  return command_end(status, &error);
}

const command compare_command = {
  .name = "compare",
  .usage = "A B [options]",
  .purpose = TRANSLATABLE("Two results side by side, and whether they differ for real."),
  .about = TRANSLATABLE(
      "A and B are each a result file (from analyze --json), the number of a result in the records, or a visit: "
      "CLIENT@2026-03-31, CLIENT@first, CLIENT@last, and, where a visit has several, CLIENT@DAY:before, "
      "CLIENT@DAY:after, "
      "CLIENT@DAY:left, CLIENT@DAY:right, CLIENT@DAY:toe-touch-knees-bent.\n\n"
      "One visit alone compares its before with its after, or, where there is none, the toe touch with straight and "
      "with bent knees, or left with right. A change holds for one side: where left is set beside right, it is their "
      "difference that is told, with its limit.\n\n"
      "\"real change\" is one beyond the detectable change (95 %): the client's own, after a repeatability session, or "
      "the default of the markers used.\n\n"
      "With -o the two stand side by side on a page, to hand over."),
  .options = rows,
  .run = run,
};
