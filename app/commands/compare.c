/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta compare: two results, two visits, before and after a treatment, or straight and bent knees, side by side. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/language.h"
#include "commands/access.h"
#include "records/history.h"
#include "cli/text.h"

typedef struct compare_options {
  records_place place;
  const char *test, *json, *language;
  bool help, version;
} compare_options;

#define AT(field) offsetof(compare_options, field)
static const option_row rows[] = {
  { "test", "NAME", OPTION_TEXT, AT(test), 0, 0, NULL, "Of visits with several tests: which. See: sagitta tests." },
  { "json", "FILE", OPTION_TEXT, AT(json), 0, 0, NULL, "Write it as JSON as well; - is standard output." },
  { "language", "CODE", OPTION_TEXT, AT(language), 0, 0, NULL,
    "The language: en, de or es (default: that of the second result)." },
  ACCESS_ROWS(compare_options),
  { "help", NULL, OPTION_FLAG, AT(help), 0, 0, NULL, "This help." },
  { "version", NULL, OPTION_FLAG, AT(version), 0, 0, NULL, "The version." },
  { .name = NULL }
};

/* Where it goes, in which language, and how wide its columns are. */
typedef struct page {
  FILE *to;
  const char *language;
  int label, value, change, limit;
} page;

static const char *verdict_word(const page *p, const comparison *c, change_verdict verdict) {
  if (verdict == CHANGE_WITHIN) return say(p->language, "within error");
  if (verdict != CHANGE_REAL) return "–";
  return comparison_is_knee_pair(c) ? say(p->language, "beyond error") : say(p->language, "real change");
}

static bool is_known(const comparison *c, size_t i) {
  return c->a.cell[i].results || c->b.cell[i].results;
}

static void print_row(const page *p, const comparison *c, size_t i, const sagitta_quantity_info *info) {
  const double a = c->a.cell[i].value, b = c->b.cell[i].value;
  const change_limit limit = comparison_limit(c, info->key);
  char text[80];
  text_pad(p->to, shown_label(text, sizeof text, info, p->language), p->label);
  text_pad(p->to, shown_value(text, a, info, false), -p->value);
  text_pad(p->to, shown_value(text, b, info, false), -p->value - 2);
  text_pad(p->to, shown_value(text, b - a, info, true), -p->change);
  text_pad(p->to, shown_value(text, limit.mdc, info, false), -p->limit);
  fprintf(p->to, "  %s\n", verdict_word(p, c, change_judge(a, b, limit.mdc)));
}

static void print_pain(const page *p, const comparison *c) {
  static const sagitta_quantity_info scale = { .unit = "", .factor = 1, .decimals = 0 };
  char text[SHOWN_TEXT];
  if (isnan(c->a.pain) || isnan(c->b.pain)) return;
  text_pad(p->to, say(p->language, "Pain, 0 to 10"), p->label);
  text_pad(p->to, shown_value(text, c->a.pain, &scale, false), -p->value);
  text_pad(p->to, shown_value(text, c->b.pain, &scale, false), -p->value - 2);
  text_pad(p->to, shown_value(text, c->b.pain - c->a.pain, &scale, true), -p->change);
  fputc('\n', p->to);
}

/* What straight and bent knees say about the hamstrings, in words that claim no more. */
static void print_bent(const page *p, const comparison *c) {
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
                     say(p->language,
                         "With bent knees the hips go %.0f° further, more than measurement error: what stops them with "
                         "straight knees may be the hamstrings. The straight-leg raise and the knee extension can "
                         "check."),
                     more);
    } else {
      (void)snprintf(line, sizeof line,
                     say(p->language,
                         "With bent knees the hips do not go further by more than measurement error (%.0f°): this does "
                         "not point to the hamstrings."),
                     mdc);
    }
    fputc('\n', p->to);
    text_wrap(p->to, line, text_columns(p->to), 0, 0);
  }
}

static void print_what(const page *p, const comparison *c, bool tests) {
  const comparison_side *a = &c->a, *b = &c->b;
  const history *h = a->h ? a->h : b->h;
  if (h) fprintf(p->to, "%s%s%s\n", h->client.code, *h->client.name ? "  " : "", h->client.name);
  fprintf(p->to, say(p->language, "%s, %s markers"), shown_test(a->test, p->language), sagitta_marker_set_name(a->set));
  if (tests) {
    fputs("; ", p->to);
    fprintf(p->to, say(p->language, "%s, %s markers"), shown_test(b->test, p->language),
            sagitta_marker_set_name(b->set));
  }
  if (!tests && a->set != b->set) fprintf(p->to, say(p->language, " and then %s"), sagitta_marker_set_name(b->set));
  fputs("\n\n", p->to);
}

/* "2026-03-31 before" ends in a word of that language. */
static void label_of(const page *p, const comparison_side *s, bool tests, char text[80]) {
  static const char *const marks[] = { TRANSLATABLE("before"), TRANSLATABLE("after") };
  (void)snprintf(text, 80, "%.79s", tests ? s->test : s->label);
  for (size_t i = 0; !tests && s->day[0] && i < sizeof marks / sizeof *marks; i++) {
    const size_t length = strlen(s->label), mark = strlen(marks[i]);
    if (length > mark && strcmp(s->label + length - mark, marks[i]) == 0) {
      (void)snprintf(text, 80, "%.*s%.20s", (int)(length - mark), s->label, say(p->language, marks[i]));
    }
  }
  if (text_width(text) > 20 && strlen(text) > 20) text[20] = '\0';
}

static void print_heads(page *p, const comparison *c, bool tests) {
  char left[80], right[80];
  label_of(p, &c->a, tests, left);
  label_of(p, &c->b, tests, right);
  const int a = text_width(left), b = text_width(right);
  p->value = a > b ? a : b;
  if (p->value < 10) p->value = 10;
  p->change = text_width(say(p->language, "change")) + 3;
  p->limit = text_width(say(p->language, "detectable")) + 2;
  text_pad(p->to, "", p->label);
  text_pad(p->to, left, -p->value);
  text_pad(p->to, right, -p->value - 2);
  text_pad(p->to, say(p->language, "change"), -p->change);
  text_pad(p->to, say(p->language, "detectable"), -p->limit);
  fputc('\n', p->to);
}

static void print_comparison(FILE *to, const comparison *c, const char *language) {
  page p = { .to = to, .language = language, .label = 19 };
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  const bool tests = strcmp(c->a.test, c->b.test) != 0;
  for (size_t i = 0; i < count && i < HISTORY_QUANTITIES; i++) {
    char label[80];
    const int width = is_known(c, i) ? text_width(shown_label(label, sizeof label, &info[i], language)) : 0;
    if (width + 1 > p.label) p.label = width + 1;
  }
  print_what(&p, c, tests);
  print_heads(&p, c, tests);
  for (size_t i = 0; i < count && i < HISTORY_QUANTITIES; i++) {
    if (is_known(c, i)) print_row(&p, c, i, &info[i]);
  }
  print_pain(&p, c);
  if (tests) print_bent(&p, c);
  if (c->a.set != c->b.set) {
    fputc('\n', to);
    text_wrap(to, say(language, "The marker sets differ: a change counts only beyond the wider of their two limits."),
              text_columns(to), 0, 0);
  }
}

static sagitta_status show(const comparison *c, const compare_options *o, sagitta_error *error) {
  const char *json = o->json;
  sagitta_status status = SAGITTA_OK;
  if (json) {
    char *text = comparison_json(c);
    status = text ? access_write(json, text, error)
                  : records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the comparison.");
    free(text);
  }
  if (status == SAGITTA_OK) {
    print_comparison(json && strcmp(json, "-") == 0 ? stderr : stdout, c, o->language ? o->language : c->b.language);
  }
  return status;
}

static int run_compare(int count, char **arguments) {
  compare_options o = { .test = NULL };
  int words;
  const int parsed =
      access_parse(&compare_command, &o, count, arguments, 1, 2, "What with what?", &o.help, &o.version, &words);
  if (parsed >= 0) return parsed;
  char why[OPTION_WHY];
  if (o.language && !language_check(o.language, why)) return command_misused(&compare_command, why);
  if (words == 1 && comparison_is_file(arguments[0])) {
    return command_misused(&compare_command, "One file alone: with what is it to be compared?");
  }
  comparison both = { .place = o.place, .test = o.test };
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_status status = comparison_load(&both, arguments[0], words == 2 ? arguments[1] : NULL, &error);
  if (status == SAGITTA_OK) status = show(&both, &o, &error);
  comparison_free(&both);
  return status == SAGITTA_OK ? command_finish(EXIT_MEASURED) : command_fail(&error);
}

const command compare_command = {
  .name = "compare",
  .usage = "A B [options]",
  .purpose = "Two results side by side, and whether they differ for real.",
  .about =
      "A and B are each a result file (from analyze --json), the number of a result in the records, or a visit: "
      "CLIENT@2026-03-31, CLIENT@first, CLIENT@last, and, where a visit has several, CLIENT@DAY:before, "
      "CLIENT@DAY:after, "
      "CLIENT@DAY:toe-touch-knees-bent.\n\n"
      "One visit alone compares its before with its after, or, where there is none, the toe touch with straight and "
      "with "
      "bent knees.\n\n"
      "\"real change\" is one beyond the detectable change (95 %): the client's own, after a repeatability session, or "
      "the default of the markers used.",
  .options = rows,
  .run = run_compare,
};
