/* SPDX-License-Identifier: Apache-2.0 */
/* Lengths, times and tilts on a line: every repetition a dot, the one that stands for them a diamond with its 95 %
 * interval. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/figures.h"
#include "report/type.h"
#include "report/phrases.h"

static const struct {
  const char *key, *zero;
} lines[] = {
  { "reach_cm", TRANSLATABLE("soles") },
  { "fingertip_to_floor_cm", TRANSLATABLE("floor") },
  { "neutral_hold_s", NULL },
  { "pelvis_tilt_deg", TRANSLATABLE("upright") },
  { "ribs_tilt_deg", TRANSLATABLE("upright") },
};
#define LINES (sizeof lines / sizeof *lines)

/* Those that the test is about: of a pair, both. */
static int lines_of(const report *r, int out[LINES]) {
  int count = 0;
  for (const char *const *key = r->test->quantities; *key; key++) {
    for (size_t i = 0; i < LINES; i++) {
      const bool main = key == r->test->quantities || strstr(*key, "_tilt_deg") != NULL;
      if (main && strcmp(*key, lines[i].key) == 0 && report_mean(r, *key)) out[count++] = (int)i;
    }
  }
  return count;
}

bool scale_possible(const report *r) {
  int which[LINES];
  return lines_of(r, which) > 0;
}

typedef struct axis {
  double low, high, step; /* in the shown unit */
  double x, width;
} axis;

static double place(const axis *a, double shown) {
  return a->x + (shown - a->low) / (a->high - a->low) * a->width;
}

static axis axis_of(const report *r, const int *which, int count, figure f) {
  axis a = { .low = 0, .high = 0, .x = 1.5 * f.text, .width = f.width - 3 * f.text };
  size_t repetitions;
  sagitta_result_repetitions(r->result, &repetitions);
  for (int k = 0; k < count; k++) {
    const char *key = lines[which[k]].key;
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
  a.step = figure_step(1.1 * (a.high - a.low), 7);
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
  line_draw(cr, low, y, high, y, 0.16 * text, PAPER_HIPS);
  line_draw(cr, low, y - half, low, y + half, 0.16 * text, PAPER_HIPS);
  line_draw(cr, high, y - half, high, y + half, 0.16 * text, PAPER_HIPS);
  cairo_move_to(cr, x, y - half);
  cairo_line_to(cr, x + half, y);
  cairo_line_to(cr, x, y + half);
  cairo_line_to(cr, x - half, y);
  cairo_close_path(cr);
  path_fill_solid(cr);
}

static void draw_axis(cairo_t *cr, const axis *a, double y, double text, const char *unit, const char *zero) {
  line_draw(cr, a->x, y, a->x + a->width, y, 0.08 * text, PAPER_FAINT);
  for (double v = a->low; v <= a->high + 1e-9; v += a->step) {
    const double x = place(a, v);
    const bool origin = fabs(v) < 1e-9;
    char shown[PHRASE_SHORT];
    line_draw(cr, x, y - (origin ? 2.9 : 0.3) * text, x, y + 0.3 * text, (origin ? 0.12 : 0.08) * text, PAPER_FAINT);
    (void)snprintf(shown, sizeof shown, "%s%.0f", v < -1e-9 ? "−" : "", fabs(v));
    type_draw(cr, x, y + 0.5 * text, &(type){ .text = shown, .size = 0.9 * text, .align = 0.5, .colour = PAPER_FAINT });
    if (origin && zero) {
      type_draw(cr, x, y + 1.7 * text, &(type){ .text = zero, .size = 0.9 * text, .align = 0.5, .colour = PAPER_TEXT });
    }
  }
  if (unit[0]) {
    type_draw(cr, a->x + a->width, y + 1.7 * text,
              &(type){ .text = unit, .size = 0.9 * text, .align = 1, .colour = PAPER_FAINT });
  }
}

double scale_lines(const report *r) {
  int which[LINES];
  return 8.2 * lines_of(r, which);
}

void scale_draw(cairo_t *cr, const report *r, figure f) {
  int which[LINES];
  const int count = lines_of(r, which);
  const axis a = axis_of(r, which, count, f);
  const double height = fmin(f.height / count, 9.5 * f.text);
  for (int k = 0; k < count; k++) {
    const sagitta_quantity_info *info = sagitta_quantity_find(lines[which[k]].key);
    const sagitta_quantity *q = report_mean(r, info->key);
    const double y = height * k + 4.8 * f.text;
    char value[PHRASE_SHORT], name[160];
    (void)snprintf(name, sizeof name, "%s: %s", phrase(info->label), phrase_value(value, q->value, info, false));
    type_draw(cr, 0, y - 4.8 * f.text, &(type){ .text = name, .size = f.text, .bold = true, .colour = PAPER_TEXT });
    draw_axis(cr, &a, y, f.text,
              info->unit[0] == 'c'   ? "cm"
              : info->unit[0] == 's' ? "s"
                                     : phrase("degrees"),
              lines[which[k]].zero ? phrase(lines[which[k]].zero) : NULL);
    draw_dots(cr, r, info->key, &a, y - 0.8 * f.text, f.text);
    draw_best(cr, q, info, &a, y - 2.1 * f.text, f.text);
  }
}

void scale_words(const report *r, char *alt) {
  int which[LINES];
  const int count = lines_of(r, which);
  size_t at = 0;
  alt[0] = '\0';
  for (int k = 0; k < count && at < FIGURE_ALT; k++) {
    const sagitta_quantity_info *info = sagitta_quantity_find(lines[which[k]].key);
    const sagitta_quantity *q = report_mean(r, info->key);
    char value[PHRASE_SHORT], between[2 * PHRASE_SHORT];
    at += (size_t)snprintf(alt + at, FIGURE_ALT - at, phrase("%s%s on a line: %s, with 95 %% certainty %s."),
                           k ? " " : "", phrase(info->label), phrase_value(value, q->value, info, false),
                           phrase_between(between, q->low, q->high, info));
  }
  if (at < FIGURE_ALT) {
    (void)snprintf(
        alt + at, FIGURE_ALT - at,
        phrase(" The diamond is the value that stands for the recording, its line the 95 %% interval; each dot "
               "is a repetition, hollow where it does not count."));
  }
}
