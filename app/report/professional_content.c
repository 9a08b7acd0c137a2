/* SPDX-License-Identifier: Apache-2.0 */
/* What the professional's page says: tables of every repetition, and paragraphs. */
#include "cli/summary.h"
#include "report/pages.h"
#include "report/wording.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli/set_words.h"
#include "cli/side.h"
#include "sagitta/printing.h"

/* ---- tables ---- */

/* In which table a quantity stands; what is not listed is measured. */
typedef enum table_part { PART_MEASURED = 0, PART_ON_THE_WAY = 1, PART_NONE = 2 } table_part;

static table_part part_of(const char *key) {
  static const struct {
    const char *key;
    table_part part;
  } rows[] = {
    /* What each repetition has of its own, beside the angles and lengths that have a mean. */
    { "peak_velocity_deg_s", PART_ON_THE_WAY },
    { "weight_shift", PART_ON_THE_WAY },
    { "weight_shift_cm", PART_ON_THE_WAY },
    /* The order of hips and back is told in words; what else nobody acts upon stays in the result document. */
    { "hip_lag_s", PART_NONE },
    { "hip_velocity_deg_s", PART_NONE },
    { "lumbar_velocity_deg_s", PART_NONE },
    { "smoothness", PART_NONE },
    { "hip_onset_s", PART_NONE },
    { "lumbar_onset_s", PART_NONE },
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    if (strcmp(rows[i].key, key) == 0) return rows[i].part;
  }
  return PART_MEASURED;
}

static bool known_anywhere(const report *r, const char *key) {
  size_t count;
  /* A share of what is meant to be none says nothing. */
  if (strcmp(key, "lumbar_share") == 0 && !report_asks(r, key)) return false;
  sagitta_result_repetitions(r->result, &count);
  for (size_t i = 0; i < count; i++) {
    if (report_of(r, i, key)) return true;
  }
  return report_mean(r, key) != NULL;
}

static void finish(const report *r, repetition_table *t) {
  size_t count;
  sagitta_result_repetitions(r->result, &count);
  t->means = false;
  for (size_t c = 0; c < t->columns; c++) t->means = t->means || report_mean(r, t->column[c]->key);
  t->single = t->means && count == 1;
  t->rows = t->single ? 2 : count + (t->means ? 2 : 0);
}

/* Columns that a part has. */
static size_t columns_of(const report *r, table_part part) {
  size_t count, columns = 0;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (size_t i = 0; i < count; i++) columns += part_of(info[i].key) == part && known_anywhere(r, info[i].key);
  return columns;
}

/* Of a free movement: between what values each angle went. False where there is none. */
static bool range_table(const report *r, repetition_table *t) {
  static const sagitta_quantity_info columns[] = {
    { "least_deg", TRANSLATABLE("Least"), "°", 1, 0, "", { 0 } },
    { "least_s", TRANSLATABLE("at"), "s", 1, 1, "", { 0 } },
    { "greatest_deg", TRANSLATABLE("Greatest"), "°", 1, 0, "", { 0 } },
    { "greatest_s", TRANSLATABLE("at"), "s", 1, 1, "", { 0 } },
  };
  *t = (repetition_table){ .title = say(r->language, "What was measured"), .ranges = true };
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    if (sagitta_result_range(r->result, (sagitta_angle)a)->known) t->angle[t->rows++] = (sagitta_angle)a;
  }
  for (size_t c = 0; c < sizeof columns / sizeof *columns; c++) t->column[t->columns++] = &columns[c];
  return t->rows > 0;
}

static void range_cell(const report *r, const repetition_table *t, size_t row, size_t column, table_cell *out) {
  const sagitta_range *range = sagitta_result_range(r->result, t->angle[row]);
  const sagitta_quantity *q = column < 2 ? &range->least : &range->greatest;
  char number[WORDING_SHORT];
  const bool angle = column % 2 == 0;
  (void)snprintf(out->value, sizeof out->value, "%s%.40s", angle && q->inferred ? "≈" : "",
                 wording_number(number,
                                angle        ? q->value
                                : column < 2 ? range->least_s
                                             : range->greatest_s,
                                t->column[column], r->language));
  if (angle) wording_range(out->range, q->low, q->high, t->column[column], r->language);
}

size_t professional_table_list(const report *r, repetition_table out[TABLES_MAX]) {
  size_t count, tables = 0;
  if (range_table(r, &out[0])) return 1;
  const bool one = columns_of(r, PART_MEASURED) + columns_of(r, PART_ON_THE_WAY) <= TABLE_COLUMNS;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (table_part part = PART_MEASURED; part <= PART_ON_THE_WAY; part++) {
    repetition_table *t = one && tables ? &out[0] : NULL;
    /* The test's own quantity first. */
    const sagitta_quantity_info *own = r->test->quantities[0] ? sagitta_quantity_find(r->test->quantities[0]) : NULL;
    const size_t first = own && part_of(own->key) == part ? (size_t)(own - info) : count;
    for (size_t turn = 0; turn <= count; turn++) {
      const size_t i = turn ? turn - 1 : first;
      if (i == count || (turn && i == first)) continue;
      if (part_of(info[i].key) != part || !known_anywhere(r, info[i].key)) continue;
      if (!t || t->columns == TABLE_COLUMNS) {
        if (tables == TABLES_MAX) break;
        t = &out[tables++];
        *t = (repetition_table){ .title = part == PART_ON_THE_WAY ? say(r->language, "On the way there")
                                                                  : say(r->language, "What was measured") };
      }
      t->column[t->columns++] = &info[i];
    }
  }
  for (size_t i = 0; i < tables; i++) finish(r, &out[i]);
  return tables;
}

void professional_row_name(const report *r, const repetition_table *t, size_t row, char text[WORDING_SHORT]) {
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, NULL);
  if (t->ranges) {
    (void)snprintf(text, WORDING_SHORT, "%s", say(r->language, sagitta_angle_title(t->angle[row])));
  } else if (t->means && row == 0 && !t->single) {
    (void)snprintf(text, WORDING_SHORT, say(r->language, "Mean of %zu"),
                   sagitta_result_summary(r->result)->repetitions);
  } else if (t->means && row == 1) {
    (void)snprintf(text, WORDING_SHORT, say(r->language, "Camera alone"));
  } else {
    const size_t i = t->single ? 0 : row - (t->means ? 2 : 0);
    (void)snprintf(text, WORDING_SHORT, say(r->language, "Repetition %zu%s"), i + 1, repetitions[i].valid ? "" : "*");
  }
}

void professional_cell(const report *r, const repetition_table *t, size_t row, size_t column, table_cell *out) {
  out->value[0] = out->range[0] = '\0';
  if (t->ranges) {
    range_cell(r, t, row, column, out);
    return;
  }
  const sagitta_quantity_info *info = t->column[column];
  const bool mean = t->means && row < 2, camera = mean && row == 1;
  const sagitta_quantity *q = mean ? report_mean(r, info->key) : report_of(r, row - (t->means ? 2 : 0), info->key);
  if (t->single) q = report_of(r, 0, info->key);
  if (!q) return;
  if (!camera) {
    char number[WORDING_SHORT];
    const bool best = mean && !t->single && summary_is_best(info);
    (void)snprintf(out->value, sizeof out->value, "%.12s%s%.40s", best ? say(r->language, "best ") : "",
                   q->inferred ? "≈" : "", wording_number(number, q->value, info, r->language));
  }
  if (!camera) {
    wording_range(out->range, q->low, q->high, info, r->language);
    return;
  }
  /* With one decimal where both ends would read the same. */
  const double unit = pow(10, info->decimals) * info->factor;
  sagitta_quantity_info fine = *info;
  fine.decimals += fabs(round(q->camera_high * unit) - round(q->camera_low * unit)) < 0.5;
  wording_range(out->range, q->camera_low, q->camera_high, &fine, r->language);
}

/* ---- paragraphs ---- */

static bool any_inferred(const report *r) {
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  for (size_t i = 0; i < count; i++) {
    const sagitta_quantity *q = report_mean(r, info[i].key);
    if (q && q->inferred) return true;
    const sagitta_quantity *first = report_of(r, 0, info[i].key);
    if (first && first->inferred) return true;
  }
  for (int a = 0; a < SAGITTA_ANGLES; a++) {
    const sagitta_range *range = sagitta_result_range(r->result, (sagitta_angle)a);
    if (range->known && range->least.inferred) return true;
  }
  return false;
}

static bool any_left_out(const report *r) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  for (size_t i = 0; i < count; i++) {
    if (!repetitions[i].valid) return true;
  }
  return false;
}

typedef struct prose {
  char *text;
  size_t size, used;
  const char *language;
} prose;

static prose start(char *text, size_t size, const char *language) {
  text[0] = '\0';
  return (prose){ text, size, 0, language };
}

/* One more paragraph, or, where `line` is false, more of the last one. */
static void tell(prose *w, bool line, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void tell(prose *w, bool line, const char *format, ...) {
  if (w->used >= w->size) return;
  if (line && w->used > 0) w->used += (size_t)snprintf(w->text + w->used, w->size - w->used, "\n");
  if (w->used >= w->size) return;
  va_list arguments;
  va_start(arguments, format);
  w->used += (size_t)sagitta_vprint(w->text + w->used, w->size - w->used, w->language, format, arguments);
  va_end(arguments);
}

static void tell_knees(prose *w, const report *r) {
  const sagitta_quantity *knee = report_mean(r, "knee_flexion_deg");
  const sagitta_quantity_info *info = sagitta_quantity_find("knee_flexion_deg");
  char value[WORDING_SHORT], range[WORDING_SHORT];
  const bool asked = report_asks(r, info->key);
  if (knee && knee->low <= 0 && knee->high >= 0) {
    tell(w, true, say(r->language, "Knees: no bending can be told (%s, %s)."),
         wording_value(value, knee->value, info, false, r->language),
         wording_range(range, knee->low, knee->high, info, r->language));
  } else if (knee) {
    tell(w, true, say(r->language, "Knees: %s from the start (%s)."),
         wording_value(value, knee->value, info, false, r->language),
         wording_range(range, knee->low, knee->high, info, r->language));
  } else if (asked) {
    tell(w, true, say(r->language, "Knees: not seen, there is no marker on the ankle."));
  }
}

static void tell_holds(prose *w, const report *r) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  if (count == 0) return;
  const bool stands = r->subject == REPORT_OF_TILT;
  tell(w, true,
       stands ? say(r->language, "Stood quietly for ") : say(r->language, "Held within 5 %% of the furthest point: "));
  for (size_t i = 0; i < count; i++) tell(w, false, "%s%.1f", i ? ", " : "", repetitions[i].hold_s);
  tell(w, false, " s.");
}

/* Of the repetitions that count: how many say for sure that the hips set off first, or last. */
static void tell_order(prose *w, const report *r) {
  size_t count, known = 0, first = 0, last = 0;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  for (size_t i = 0; i < count; i++) {
    const sagitta_quantity *lag = &repetitions[i].hip_lag;
    if (!repetitions[i].valid || !lag->known) continue;
    known++;
    first += lag->high < 0;
    last += lag->low > 0;
  }
  if (known == 0) return;
  if (first == known) {
    tell(w, true, say(r->language, "Hips set off before the lower back, in every repetition."));
  } else if (last == known) {
    tell(w, true, say(r->language, "The lower back set off before the hips, in every repetition. That is ordinary."));
  } else {
    tell(w, true, say(r->language, "Which of hips and lower back set off first: no difference can be told."));
  }
}

static void tell_markers(prose *w, const report *r) {
  const report_marker *least = NULL, *gap = NULL;
  for (size_t i = 0; i < r->markers; i++) {
    const report_marker *m = &r->marker[i];
    if (!least || m->seen < least->seen) least = m;
    if (!gap || m->longest_gap_s > gap->longest_gap_s) gap = m;
  }
  if (!least) return;
  if (least->seen >= 1) {
    tell(w, true, say(r->language, "Every marker was seen in every frame."));
    return;
  }
  tell(w, true, say(r->language, "Markers seen in %.0f %% of the frames or more"), floor(100 * least->seen));
  if (gap->longest_gap_s > 0)
    tell(w, false, say(r->language, "; the longest gap was %.1f s (%s)"), gap->longest_gap_s,
         say(r->language, gap->role));
  tell(w, false, ".");
}

void professional_beside(const report *r, char *text, size_t size) {
  prose w = start(text, size, r->language);
  tell_knees(&w, r);
  tell_order(&w, r);
  tell_holds(&w, r);
  tell_markers(&w, r);
  if (r->sides[0]) tell(&w, true, "%s", r->sides);
  char pain[WORDING_LONG];
  if (wording_pain(r, pain, sizeof pain)) tell(&w, true, "%s", pain);
}

void professional_score(const report *r, char *text, size_t size) {
  prose w = start(text, size, r->language);
  const sagitta_score *score = sagitta_result_score(r->result);
  if (!score->given) return;
  for (size_t i = 0; i < score->protocols; i++) {
    const sagitta_protocol_score *p = &score->protocol[i];
    const sagitta_quantity_info info = { .unit = p->unit, .factor = 1, .decimals = 1 };
    char value[WORDING_SHORT], range[WORDING_SHORT];
    tell(&w, i == 0, say(r->language, "%s%s: %s (%s), repetition %zu, the best of the first %zu"), i ? "; " : "",
         sagitta_protocol_title(p->protocol), wording_value(value, p->value, &info, false, r->language),
         wording_range(range, p->low, p->high, &info, r->language), p->repetition, p->best_of);
  }
  if (score->protocols) tell(&w, false, ".");
  const sagitta_norm *n = &score->norm;
  if (!n->given) return;
  char people[WORDING_PEOPLE];
  wording_people(people, n, r->language);
  if (isfinite(n->percentile)) {
    tell(&w, true, say(r->language, "Percentile (%s): %.0f."), people, n->percentile);
  } else if (n->beyond < 0) {
    tell(&w, true, say(r->language, "Below the table’s lowest row, %2$.0f %% (%1$s)."), people, n->least);
  } else {
    tell(&w, true, say(r->language, "Above the table’s highest row, %2$.0f %% (%1$s)."), people, n->most);
  }
  tell(&w, true, say(r->language, "Source of the norm: %s."), say(r->language, n->source));
}

static void tell_scale(prose *w, const report *r) {
  const sagitta_scale *scale = sagitta_result_scale(r->result);
  static const char *const from[] = { NULL, TRANSLATABLE("the two ruler marks"), TRANSLATABLE("the calibrated plane"),
                                      TRANSLATABLE("the person’s stature, by the proportions of an average body") };
  if (scale->from == SAGITTA_SCALE_NONE || scale->from > SAGITTA_SCALE_STATURE) return;
  tell(w, false, say(r->language, " Centimetres come from %s."), say(r->language, from[scale->from]));
}

void professional_method(const report *r, char *text, size_t size) {
  prose w = start(text, size, r->language);
  if (r->ranged >= 0) {
    tell(&w, true,
         say(r->language,
             "With each angle stands its 95 %% interval for the person (camera, skin, marker placement and "
             "anatomy together)."));
  } else {
    tell(
        &w, true,
        say(r->language,
            "Angles are change from the person’s own start, forward positive, the mean over ±0.1 s around the furthest "
            "point. "
            "With each stands the 95 %% interval for the person (camera, skin, marker placement and anatomy together); "
            "“camera alone” is the instrument’s own."));
  }
  if (any_inferred(r)) {
    tell(&w, false,
         say(r->language,
             " ≈ is inferred from the other markers by a model of the body, not measured by a marker of its own."));
  }
  if (any_left_out(r)) tell(&w, false, say(r->language, " * does not count; the notes say why."));
  if (isfinite(r->cutoff_hz)) {
    tell(&w, false, say(r->language, " Filter: zero-lag Butterworth of 4th order, cut-off %.1f Hz."), r->cutoff_hz);
  }
  tell_scale(&w, r);
  repetition_table tables[TABLES_MAX];
  const size_t count = professional_table_list(r, tables);
  for (size_t t = 0; t < count; t++) {
    for (size_t c = 0; c < tables[t].columns; c++)
      if (tables[t].column[c]->meaning[0])
        tell(&w, t + c == 0, "%s%s", t + c ? " " : "", say(r->language, tables[t].column[c]->meaning));
  }
  /* A knee that begins bent and is straightened has two numbers, the one of which is no part of the other. */
  if (r->test->quantities[0] && strcmp(r->test->quantities[0], "knee_angle_deg") == 0) {
    tell(&w, false, "%s",
         say(r->language,
             " In the chart the knee counts from the start, where it was bent: below zero it has "
             "straightened by so much."));
  }
  if (!r->test->verdict) {
    tell(&w, true, say(r->language, "Norms: %s %s"), say(r->language, r->test->norms),
         say(r->language, r->test->limits));
  } else if (sagitta_result_verdict(r->result)->of_three) {
    tell(&w, true, say(r->language, "An answer is given at a probability of 0.8 or more. %s"),
         say(r->language, r->test->norms));
  } else {
    tell(&w, true,
         say(r->language,
             "Two questions have probabilities, those of each adding up to 100 %%: which did more, and which of three "
             "descriptions fits. The answer is the most exact statement of either that has 0.8 or more. %s"),
         say(r->language, r->test->norms));
  }
  if (r->series_count) {
    tell(
        &w, true,
        say(r->language,
            "Through the visits: the shaded band between dashed lines is the value of the first visit and, either way, "
            "what is measurement error; a value outside of it is more than that (95 %%)."));
  }
}

const chart_kind professional_pictures[PROFESSIONAL_PICTURES] = { CHART_START, CHART_DEEPEST, CHART_MAIN,
                                                                  CHART_SECOND };

void professional_title(const report *r, char *text, size_t size) {
  (void)snprintf(text, size, say(r->language, "%s · for the professional"), say(r->language, r->test->title));
}

void professional_recording(const report *r, char *text, size_t size) {
  prose w = start(text, size, r->language);
  const sagitta_input_info *input = sagitta_result_input(r->result);
  tell(&w, true,
       sagitta_result_facing_right(r->result) ? say(r->language, "Facing right · markers: %s")
                                              : say(r->language, "Facing left · markers: %s"),
       marker_set_words(sagitta_result_set(r->result), r->language));
  /* That it is unknown stands among the notes. */
  if (r->sided && r->side != SAGITTA_SIDE_UNKNOWN) tell(&w, false, " · %s", side_words(r->side, r->language));
  if (r->mark) tell(&w, false, " · %s", wording_mark(r));
  tell(&w, false, say(r->language, " · %lld frames, %.1f s at %.2f frames/s"), (long long)input->frames,
       input->duration_s, input->frame_rate);
  if (input->slow_motion && input->capture_rate > 0)
    tell(&w, false, say(r->language, " (captured at %.0f)"), input->capture_rate);
  tell(&w, false, " · %d × %d px", input->width, input->height);
  tell(&w, false,
       r->camera[0] ? say(r->language, " · camera calibrated: %.200s")
                    : say(r->language, " · camera not calibrated%.200s"),
       r->camera);
  tell(&w, false, say(r->language, " · file: %s"), input->source);
}
