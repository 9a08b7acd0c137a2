/* SPDX-License-Identifier: Apache-2.0 */
/* What a comparison says, for terminal and page, and the documents behind it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/side.h"
#include "cli/text.h"
#include "records/history.h"

/* ---- documents ---- */

/* Whether a saved result is one of those that the side is the mean of. */
static bool belongs(const records_result *row, const comparison_side *side) {
  const bool marked = side->mark ? row->mark == side->mark : row->mark != RECORDS_AFTER;
  return marked && row->document && strcmp(row->day, side->day) == 0 && strcmp(row->test, side->test) == 0 &&
         strcmp(row->marker_set, sagitta_marker_set_name(side->set)) == 0 &&
         (!side_matters(side->test) || row->side == side->side);
}

static sagitta_status read_last(comparison *s, comparison_side *side, sagitta_error *error) {
  records_result *rows = NULL;
  size_t count = 0;
  if (side->result || !side->h) return SAGITTA_OK;
  sagitta_status status = records_results(s->r, side->h->client.id, true, &rows, &count, error);
  for (size_t i = count; status == SAGITTA_OK && i > 0 && !side->result; i--) {
    if (!belongs(&rows[i - 1], side)) continue;
    side->number = rows[i - 1].id;
    status = records_result_parse(&side->result, &rows[i - 1], error);
  }
  records_results_free(rows, count);
  return status;
}

sagitta_status comparison_documents(comparison *s, sagitta_error *error) {
  sagitta_status status = read_last(s, &s->a, error);
  if (status == SAGITTA_OK) status = read_last(s, &s->b, error);
  if (status != SAGITTA_OK || (s->a.result && s->b.result)) return status;
  return fail_with(error, SAGITTA_ERROR_MISSING, "There is no result document behind \"%s\".",
                   s->a.result ? s->b.label : s->a.label);
}

/* ---- words ---- */

static bool is_bend(const comparison *s) {
  const sagitta_test *test = sagitta_test_find(s->b.test);
  return test && test->verdict;
}

static size_t index_of(const char *key) {
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (size_t i = 0; i < count && i < HISTORY_QUANTITIES; i++) {
    if (strcmp(info[i].key, key) == 0) return i;
  }
  return HISTORY_QUANTITIES;
}

static bool is_known(const comparison *s, size_t i) {
  return i < HISTORY_QUANTITIES && s->a.cell[i].results && s->b.cell[i].results;
}

bool comparison_has_inferred(const comparison *s) {
  for (size_t i = 0; i < HISTORY_QUANTITIES; i++) {
    if (is_known(s, i) && (s->a.cell[i].inferred || s->b.cell[i].inferred)) return true;
  }
  return false;
}

size_t comparison_main(const comparison *s, size_t *out, size_t most) {
  static const char *const bend[] = { "hip_hinge_deg", "lumbar_flexion_deg", NULL };
  const sagitta_test *test = sagitta_test_find(s->b.test);
  if (!test || !test->quantities[0]) return 0;
  const bool own_first = strcmp(test->quantities[0], bend[0]) != 0;
  size_t count = 0;
  for (size_t k = 0; k < 2 && own_first && count < most; k++) {
    if (!test->quantities[k]) break;
    const bool shown = k == 0 || strstr(test->quantities[k], "_tilt_");
    const size_t i = index_of(test->quantities[k]);
    if (shown && is_known(s, i)) out[count++] = i;
  }
  for (size_t k = 0; bend[k] && is_bend(s) && count < most; k++) {
    const size_t i = index_of(bend[k]);
    if (is_known(s, i)) out[count++] = i;
  }
  return count;
}

/* "8°", "−2.5 cm", "37 %". */
static const char *value_of(char text[SHOWN_TEXT + 24], double value, const sagitta_quantity_info *info, bool sign,
                            const char *language) {
  char number[SHOWN_TEXT];
  const bool close = strncmp(info->unit, "°", strlen("°")) == 0, share = strcmp(info->unit, "%") == 0;
  (void)snprintf(text, SHOWN_TEXT + 24, "%s%s%s", shown_value(number, value, info, sign, language),
                 close ? "" : "\u00a0", sign && share ? say(language, "points") : info->unit);
  return text;
}

/* One side's value, ≈ where it is inferred. */
static void cell_of(char text[SHOWN_TEXT + 24], const history_cell *cell, const sagitta_quantity_info *info,
                    const char *language) {
  char value[SHOWN_TEXT + 24];
  (void)snprintf(text, SHOWN_TEXT + 24, "%s%.48s", cell->inferred ? "≈" : "",
                 value_of(value, cell->value, info, false, language));
}

static const char *name_of(const comparison *s, const sagitta_quantity_info *info, const char *language) {
  if (is_bend(s) && strcmp(info->key, "hip_hinge_deg") == 0) return say(language, "Hips");
  if (is_bend(s) && strcmp(info->key, "lumbar_flexion_deg") == 0) return say(language, "Lower back");
  return say(language, info->label);
}

/* More than error, and nothing that makes it a change: with the remedy, once for all quantities. */
static const char *beyond_of(const comparison *s, size_t i, const char *language) {
  size_t at[2];
  const size_t count = comparison_main(s, at, 2);
  for (size_t k = 0; k < count && at[k] != i; k++) {
    if (comparison_judge(s, at[k], NAN) != CHANGE_BEYOND) continue;
    return say(language,
               "%s: %s to %s, %s. That, too, is more than the measurement error of %s, and the bending itself may have "
               "done it.");
  }
  return say(language,
             "%s: %s to %s, %s. That is more than the measurement error of %s; the bending itself may have loosened so "
             "much.");
}

/* What lies between the two is no change where they are two tests or two sides. */
static bool is_change(const comparison *s) {
  return !comparison_is_knee_pair(s) && !comparison_is_side_pair(s);
}

/* A real change has its direction in words before the limit. */
static const char *format_of(const comparison *s, size_t i, change_verdict verdict, const char *language) {
  const bool change = is_change(s);
  if (verdict == CHANGE_UNKNOWN) return say(language, "%s: %s to %s, %s. From where on that counts is not known.");
  if (verdict == CHANGE_REAL) {
    return change ? say(language, "%s: %s to %s, %s, %s. A real change: it is more than the %s of measurement error.")
                  : say(language, "%s: %s to %s, %s. That is more than the %s of measurement error.");
  }
  if (verdict == CHANGE_BEYOND) return beyond_of(s, i, language);
  return change ? say(language, "%s: %s to %s, %s. No real change can be told: up to %s may be measurement error.")
                : say(language, "%s: %s to %s, %s. No difference can be told: up to %s may be measurement error.");
}

double comparison_difference(double a, double b, const sagitta_quantity_info *info) {
  const double unit = info->factor * pow(10, info->decimals);
  return (round(b * unit) - round(a * unit)) / unit;
}

void comparison_sentence(const comparison *s, size_t i, char *text, size_t size, const char *language) {
  const double a = s->a.cell[i].value, b = s->b.cell[i].value;
  const double mdc = comparison_limit(s, sagitta_quantities(NULL)[i].key).mdc;
  const change_verdict verdict = comparison_judge(s, i, mdc);
  const sagitta_quantity_info apart = shown_apart(&sagitta_quantities(NULL)[i], a, b, mdc), *info = &apart;
  char from[SHOWN_TEXT + 24], to[SHOWN_TEXT + 24], change[SHOWN_TEXT + 24], limit[SHOWN_TEXT + 24];
  sagitta_quantity_info shown = *info;
  if (!comparison_is_told(s, info->key)) {
    (void)snprintf(text, size,
                   comparison_has_keypoints(s)
                       ? say(language, "%s: keypoints cannot tell a change of it; stickers on the skin can.")
                       : say(language, "%s: three discs cannot tell a change of it; a strip of tape on the hip can."),
                   name_of(s, info, language));
    return;
  }
  cell_of(from, &s->a.cell[i], info, language);
  cell_of(to, &s->b.cell[i], info, language);
  value_of(change, comparison_difference(a, b, info), info, true, language);
  if (strcmp(info->unit, "%") == 0) shown.unit = say(language, "points");
  value_of(limit, mdc, &shown, false, language);
  const char *format = format_of(s, i, verdict, language), *name = name_of(s, info, language);
  if (verdict == CHANGE_REAL && is_change(s)) {
    (void)snprintf(text, size, format, name, from, to, change, shown_direction(info, b - a, language), limit);
  } else {
    (void)snprintf(text, size, format, name, from, to, change, limit);
  }
}

void comparison_caption(const comparison *s, const comparison_side *side, char *text, size_t size,
                        const char *language) {
  const bool same_day = s->a.day[0] && strcmp(s->a.day, s->b.day) == 0;
  const char *word = comparison_is_side_pair(s) ? side_words(side->side, language)
                     : comparison_is_knee_pair(s)
                         ? (strcmp(side->test, TEST_STRAIGHT_KNEES) == 0 ? say(language, "straight knees")
                                                                         : say(language, "bent knees"))
                     : side->mark == RECORDS_BEFORE ? say(language, "before")
                     : side->mark == RECORDS_AFTER  ? say(language, "after")
                                                    : "";
  if (!side->day[0] && !*word) {
    (void)snprintf(text, size, "%s", side->label);
    return;
  }
  const char *day = same_day && *word ? "" : side->day;
  (void)snprintf(text, size, "%s%s%s", day, *day && *word ? ", " : "", word);
}
