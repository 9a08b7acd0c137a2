/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta compare: two results, two visits, before and after a treatment, or straight and bent knees, side by side. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "records/access.h"
#include "records/shown.h"
#include "records/history_json.h"
#include "records/side.h"
#include "text.h"

typedef struct compare_options {
  records_place place;
  const char *test, *json;
  bool help, version;
} compare_options;

#define AT(field) offsetof(compare_options, field)
static const option_row rows[] = {
  { "test", "NAME", OPTION_TEXT, AT(test), 0, 0, NULL, "Of visits with several tests: which. See: sagitta tests." },
  { "json", "FILE", OPTION_TEXT, AT(json), 0, 0, NULL, "Write it as JSON as well; - is standard output." },
  ACCESS_ROWS(compare_options),
  { "help", NULL, OPTION_FLAG, AT(help), 0, 0, NULL, "This help." },
  { "version", NULL, OPTION_FLAG, AT(version), 0, 0, NULL, "The version." },
  { .name = NULL }
};

static void print_row(FILE *to, const sides *c, size_t i, const sagitta_quantity_info *info, int width) {
  const history_cell *a = &c->a.cell[i], *b = &c->b.cell[i];
  const change_limit limit = sides_limit(c, info->key);
  const change_verdict verdict = change_judge(a->value, b->value, limit.mdc);
  char label[64], text[SHOWN_TEXT];
  if (!a->results && !b->results) return;
  text_pad(to, shown_label(label, sizeof label, info), 19);
  text_pad(to, shown_value(text, a->value, info, false), -width);
  text_pad(to, shown_value(text, b->value, info, false), -width - 2);
  text_pad(to, shown_value(text, b->value - a->value, info, true), -9);
  text_pad(to, shown_value(text, limit.mdc, info, false), -12);
  fprintf(to, "  %s\n",
          verdict == CHANGE_REAL     ? sides_are_bent_pair(c) ? "beyond error" : "real change"
          : verdict == CHANGE_WITHIN ? "within error"
                                     : "–");
}

/* What straight and bent knees say about the hamstrings, in words that claim no more. */
static void print_bent(FILE *to, const sides *c) {
  const side *straight = strcmp(c->a.test, SIDE_STRAIGHT) == 0 ? &c->a : &c->b,
             *bent = straight == &c->a ? &c->b : &c->a;
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (size_t i = 0; i < count && i < HISTORY_QUANTITIES; i++) {
    if (strcmp(info[i].key, "hip_hinge_deg") != 0) continue;
    const double more = bent->cell[i].value - straight->cell[i].value, mdc = sides_limit(c, info[i].key).mdc;
    char line[500];
    if (isnan(more) || isnan(mdc)) return;
    if (more > mdc) {
      (void)snprintf(line, sizeof line,
                     "With bent knees the hips go %.0f° further, more than measurement error: what stops them with "
                     "straight knees may be the hamstrings. The straight-leg raise and the knee extension can check.",
                     more);
    } else {
      (void)snprintf(line, sizeof line,
                     "With bent knees the hips do not go further by more than measurement error (%.0f°): this does not "
                     "point to the hamstrings.",
                     mdc);
    }
    fputc('\n', to);
    text_wrap(to, line, text_columns(to), 0, 0);
  }
}

static void print_comparison(FILE *to, const sides *c) {
  const side *a = &c->a, *b = &c->b;
  const history *h = a->h ? a->h : b->h;
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  const bool tests = strcmp(a->test, b->test) != 0;
  const char *left = tests ? a->test : a->label, *right = tests ? b->test : b->label;
  int width = text_width(left) > text_width(right) ? text_width(left) : text_width(right);
  width = width < 10 ? 10 : width > 20 ? 20 : width;
  if (h) fprintf(to, "%s%s%s\n", h->client.code, *h->client.name ? "  " : "", h->client.name);
  fprintf(to, "%s, %s markers", a->test, sagitta_marker_set_name(a->set));
  if (tests) fprintf(to, "; %s, %s markers", b->test, sagitta_marker_set_name(b->set));
  if (!tests && a->set != b->set) fprintf(to, " and then %s", sagitta_marker_set_name(b->set));
  fputs("\n\n", to);
  text_pad(to, "", 19);
  char head[200];
  (void)snprintf(head, sizeof head, "%.20s", left);
  text_pad(to, text_width(left) <= 20 ? left : head, -width);
  (void)snprintf(head, sizeof head, "%.20s", right);
  text_pad(to, text_width(right) <= 20 ? right : head, -width - 2);
  fputs("   change  detectable\n", to);
  for (size_t i = 0; i < count && i < HISTORY_QUANTITIES; i++) print_row(to, c, i, &info[i], width);
  if (!isnan(a->pain) && !isnan(b->pain)) {
    text_pad(to, "Pain, 0 to 10", 19);
    fprintf(to, fabs(b->pain - a->pain) > 0 ? "%*.3g%*.3g%+9.3g\n" : "%*.3g%*.3g%9.3g\n", width, a->pain, width + 2,
            b->pain, b->pain - a->pain);
  }
  if (tests) print_bent(to, c);
  if (a->set != b->set) {
    fputc('\n', to);
    text_wrap(to, "The marker sets differ: a change counts only beyond the wider of their two limits.",
              text_columns(to), 0, 0);
  }
}

static json_t *side_json(build *b, const side *s) {
  json_t *o = json_object();
  build_text(b, o, "label", s->label);
  build_text(b, o, "day", s->day);
  build_text(b, o, "test", s->test);
  build_text(b, o, "marker_set", sagitta_marker_set_name(s->set));
  build_number(b, o, "pain", s->pain);
  return o;
}

static json_t *row_json(build *b, const sides *c, size_t i, const char *key) {
  const history_cell *from = &c->a.cell[i], *to = &c->b.cell[i];
  const change_limit limit = sides_limit(c, key);
  json_t *o = json_object();
  build_number(b, o, "a", from->value);
  build_number(b, o, "b", to->value);
  build_number(b, o, "change", to->value - from->value);
  history_limit_json(b, o, &limit);
  build_text(b, o, "verdict", change_word(change_judge(from->value, to->value, limit.mdc)));
  return o;
}

static char *comparison_json(const sides *c) {
  build b = { false };
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  json_t *root = json_object(), *quantities = json_object();
  const history *h = c->a.h ? c->a.h : c->b.h;
  build_text(&b, root, "schema", "sagitta-comparison/1");
  build_text(&b, root, "version", sagitta_version());
  build_text(&b, root, "client", h ? h->client.code : NULL);
  build_put(&b, root, "a", side_json(&b, &c->a));
  build_put(&b, root, "b", side_json(&b, &c->b));
  for (size_t i = 0; i < count && i < HISTORY_QUANTITIES; i++) {
    if (c->a.cell[i].results || c->b.cell[i].results) {
      build_put(&b, quantities, info[i].key, row_json(&b, c, i, info[i].key));
    }
  }
  build_put(&b, root, "quantities", quantities);
  return build_print(&b, root);
}

static sagitta_status show(const sides *c, const char *json, sagitta_error *error) {
  sagitta_status status = SAGITTA_OK;
  if (json) {
    char *text = comparison_json(c);
    status = text ? access_write(json, text, error)
                  : records_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the comparison.");
    free(text);
  }
  if (status == SAGITTA_OK) print_comparison(json && strcmp(json, "-") == 0 ? stderr : stdout, c);
  return status;
}

static int run_compare(int count, char **arguments) {
  compare_options o = { .test = NULL };
  int words;
  const int parsed =
      access_parse(&compare_command, &o, count, arguments, 1, 2, "What with what?", &o.help, &o.version, &words);
  if (parsed >= 0) return parsed;
  if (words == 1 && side_is_file(arguments[0])) {
    return command_misused(&compare_command, "One file alone: with what is it to be compared?");
  }
  sides both = { .place = o.place, .test = o.test };
  sagitta_error error = SAGITTA_ERROR_INIT;
  sagitta_status status = sides_load(&both, arguments[0], words == 2 ? arguments[1] : NULL, &error);
  if (status == SAGITTA_OK) status = show(&both, o.json, &error);
  sides_free(&both);
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
