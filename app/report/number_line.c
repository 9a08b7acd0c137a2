/* SPDX-License-Identifier: Apache-2.0 */
/* Lengths, times and tilts on a line: every repetition a dot, the value that stands for them a diamond with its 95 %
 * interval. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/charts.h"
#include "report/typography.h"
#include "report/wording.h"

static const struct {
  const char *key, *zero; /* what zero is; NULL: nothing */
  bool beside;            /* shown also where it is not the test's main quantity */
} lines[] = {
  { "reach_cm", TRANSLATABLE("soles"), false },
  { "fingertip_to_floor_cm", TRANSLATABLE("floor"), false },
  { "neutral_hold_s", NULL, false },
  { "pelvis_tilt_deg", TRANSLATABLE("upright"), true },
  { "ribs_tilt_deg", TRANSLATABLE("upright"), true },
};
#define LINES (sizeof lines / sizeof *lines)

/* Those that the test is about: of a pair, both. */
static int lines_of(const report *r, int out[LINES]) {
  int count = 0;
  for (const char *const *key = r->test->quantities; *key; key++) {
    for (size_t i = 0; i < LINES; i++) {
      const bool shown = key == r->test->quantities || lines[i].beside;
      if (shown && strcmp(*key, lines[i].key) == 0 && report_mean(r, *key)) out[count++] = (int)i;
    }
  }
  return count;
}

static bool is_possible(const report *r, int which) {
  (void)which;
  int row[LINES];
  return lines_of(r, row) > 0;
}

typedef struct axis {
  double low, high, step; /* in the shown unit */
  double x, width;
} axis;

static double place(const axis *a, double shown) {
  return a->x + (shown - a->low) / (a->high - a->low) * a->width;
}

static axis axis_of(const report *r, const int *row, int count, chart_box f) {
  axis a = { .low = 0, .high = 0, .x = 1.5 * f.text, .width = f.width - 3 * f.text };
  size_t repetitions;
  sagitta_result_repetitions(r->result, &repetitions);
  for (int k = 0; k < count; k++) {
    const char *key = lines[row[k]].key;
    const double factor = sagitta_quantity_find(key)->factor;
    for (size_t i = 0; i <= repetitions; i++) {
      const sagitta_quantity *q = i == repetitions ? report_mean(r, key) : report_of(r, i, key);
      if (!q) continue;
      a.low = fmin(a.low, q->low * factor);
      a.high = fmax(a.high, q->high * factor);
    }
  }
  const double least = 5;
  if (a.high - a.low < least) a.high = a.low + least;
  a.step = axis_step(1.1 * (a.high - a.low), 7);
  a.low = floor(a.low / a.step) * a.step;
  a.high = ceil(a.high / a.step) * a.step;
  return a;
}

static void draw_dots(cairo_t *cr, const report *r, const char *key, const axis *a, double y, double text) {
  const double factor = sagitta_quantity_find(key)->factor;
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  for (size_t i = 0; i < count; i++) {
    const sagitta_quantity *q = report_of(r, i, key);
    if (!q) continue;
    cairo_new_path(cr);
    cairo_arc(cr, place(a, q->value * factor), y, 0.26 * text, 0, 2 * M_PI);
    use_ink(cr, repetitions[i].valid ? PAPER_FAINT : PAPER_WHITE, 1);
    cairo_fill_preserve(cr);
    use_ink(cr, PAPER_FAINT, 1);
    cairo_set_line_width(cr, 0.1 * text);
    cairo_stroke(cr);
  }
}

static void draw_best(cairo_t *cr, const sagitta_quantity *q, const sagitta_quantity_info *info, const axis *a,
                      double y, double text) {
  const double low = place(a, q->low * info->factor), high = place(a, q->high * info->factor);
  const double x = place(a, q->value * info->factor), half = 0.48 * text;
  ink_line(cr, low, y, high, y, 0.16 * text, PAPER_HIPS);
  ink_line(cr, low, y - half, low, y + half, 0.16 * text, PAPER_HIPS);
  ink_line(cr, high, y - half, high, y + half, 0.16 * text, PAPER_HIPS);
  cairo_move_to(cr, x, y - half);
  cairo_line_to(cr, x + half, y);
  cairo_line_to(cr, x, y + half);
  cairo_line_to(cr, x - half, y);
  cairo_close_path(cr);
  path_fill_solid(cr);
}

static void draw_axis(cairo_t *cr, const axis *a, double y, double text, const char *unit, const char *zero) {
  ink_line(cr, a->x, y, a->x + a->width, y, 0.08 * text, PAPER_FAINT);
  for (double v = a->low; v <= a->high + 1e-9; v += a->step) {
    const double x = place(a, v);
    const bool origin = fabs(v) < 1e-9;
    char shown[WORDING_SHORT];
    ink_line(cr, x, y - (origin ? 2.9 : 0.3) * text, x, y + 0.3 * text, (origin ? 0.12 : 0.08) * text, PAPER_FAINT);
    (void)snprintf(shown, sizeof shown, "%s%.0f", v < -1e-9 ? "−" : "", fabs(v));
    typeset_draw(cr, x, y + 0.5 * text,
                 &(lettering){ .text = shown, .size = 0.9 * text, .align = 0.5, .colour = PAPER_FAINT });
    if (origin && zero) {
      typeset_draw(cr, x, y + 1.7 * text,
                   &(lettering){ .text = zero, .size = 0.9 * text, .align = 0.5, .colour = PAPER_TEXT });
    }
  }
  if (unit[0]) {
    typeset_draw(cr, a->x + a->width, y + 1.7 * text,
                 &(lettering){ .text = unit, .size = 0.9 * text, .align = 1, .colour = PAPER_FAINT });
  }
}

static double height_in_lines(const report *r) {
  int row[LINES];
  return 8.2 * lines_of(r, row);
}

static void draw(cairo_t *cr, const report *r, int which, chart_box f) {
  (void)which;
  int row[LINES];
  const int count = lines_of(r, row);
  const axis a = axis_of(r, row, count, f);
  const double height = fmin(f.height / count, 9.5 * f.text);
  for (int k = 0; k < count; k++) {
    const sagitta_quantity_info *info = sagitta_quantity_find(lines[row[k]].key);
    const sagitta_quantity *q = report_mean(r, info->key);
    const double y = height * k + 4.8 * f.text;
    char value[WORDING_SHORT], name[160];
    (void)snprintf(name, sizeof name, "%s: %s", say(r->language, info->label),
                   wording_value(value, q->value, info, false, r->language));
    typeset_draw(cr, 0, y - 4.8 * f.text,
                 &(lettering){ .text = name, .size = f.text, .bold = true, .colour = PAPER_TEXT });
    draw_axis(cr, &a, y, f.text,
              info->unit[0] == 'c'   ? "cm"
              : info->unit[0] == 's' ? "s"
                                     : say(r->language, "degrees"),
              lines[row[k]].zero ? say(r->language, lines[row[k]].zero) : NULL);
    draw_dots(cr, r, info->key, &a, y - 0.8 * f.text, f.text);
    draw_best(cr, q, info, &a, y - 2.1 * f.text, f.text);
  }
}

static void put_words(const report *r, int which, char *alt) {
  (void)which;
  int row[LINES];
  const int count = lines_of(r, row);
  size_t at = 0;
  alt[0] = '\0';
  for (int k = 0; k < count && at < CHART_WORDS; k++) {
    const sagitta_quantity_info *info = sagitta_quantity_find(lines[row[k]].key);
    const sagitta_quantity *q = report_mean(r, info->key);
    char value[WORDING_SHORT], between[2 * WORDING_SHORT];
    at += (size_t)snprintf(alt + at, CHART_WORDS - at, say(r->language, "%s%s on a line: %s, with 95 %% certainty %s."),
                           k ? " " : "", say(r->language, info->label),
                           wording_value(value, q->value, info, false, r->language),
                           wording_between(between, q->low, q->high, info, r->language));
  }
  if (at < CHART_WORDS) {
    (void)snprintf(alt + at, CHART_WORDS - at,
                   say(r->language,
                       " The diamond is the value that stands for the recording, its line the 95 %% interval; each dot "
                       "is a repetition, hollow where it does not count."));
  }
}

static void put_title(const report *r, int which, char *title) {
  (void)which;
  (void)snprintf(title, CHART_WORDS, "%s",
                 r->subject == REPORT_OF_TILT   ? say(r->language, "How the strips lean")
                 : r->subject == REPORT_OF_HOLD ? say(r->language, "How long it was held")
                                                : say(r->language, "How far"));
}

const chart number_line_chart = {
  .title_of = put_title,
  .possible = is_possible,
  .draw = draw,
  .words = put_words,
  .lines = height_in_lines,
};
