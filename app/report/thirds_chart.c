/* SPDX-License-Identifier: Apache-2.0 */
/* Lumbar share per third of the bend: a mark with its 95 % interval for each repetition that counts. */
#include <math.h>
#include <stdio.h>

#include "report/charts.h"
#include "report/typography.h"
#include "report/wording.h"

/* The repetition that has the most parts says which parts there are. */
static const sagitta_repetition *fullest(const report *r) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count), *best = NULL;
  for (size_t i = 0; i < count; i++) {
    if (!repetitions[i].valid || repetitions[i].phase_count == 0) continue;
    if (!best || repetitions[i].phase_count > best->phase_count) best = &repetitions[i];
  }
  return best;
}

static bool is_possible(const report *r, int which) {
  (void)which;
  return report_asks(r, "lumbar_share") && fullest(r) != NULL;
}

typedef struct thirds_grid {
  cairo_t *cr;
  double x, y, width, height, text;
  size_t parts;
} thirds_grid;

static double y_of(const thirds_grid *g, double share) {
  return g->y + g->height * (1 - fmin(fmax(share, 0), 1));
}

static void draw_grid(const thirds_grid *g, const sagitta_repetition *whole) {
  char shown[WORDING_SHORT];
  for (int percent = 0; percent <= 100; percent += 25) {
    const double y = y_of(g, percent / 100.0);
    ink_line(g->cr, g->x, y, g->x + g->width, y, 0.05 * g->text, percent % 100 ? PAPER_LINE : PAPER_FAINT);
    (void)snprintf(shown, sizeof shown, "%d\u00a0%%", percent);
    typeset_draw_middle(g->cr, g->x - 0.5 * g->text, y,
                        &(lettering){ .text = shown, .size = 0.9 * g->text, .align = 1, .colour = PAPER_FAINT });
  }
  for (size_t i = 0; i < whole->phase_count; i++) {
    const double middle = g->x + g->width * ((double)i + 0.5) / (double)g->parts;
    (void)snprintf(shown, sizeof shown, "%.0f–%.0f°", whole->phase[i].from_deg, whole->phase[i].to_deg);
    typeset_draw(g->cr, middle, g->y + g->height + 0.45 * g->text,
                 &(lettering){ .text = shown, .size = 0.9 * g->text, .align = 0.5, .colour = PAPER_TEXT });
    if (i > 0) {
      const double x = g->x + g->width * (double)i / (double)g->parts;
      ink_line(g->cr, x, g->y, x, g->y + g->height, 0.05 * g->text, PAPER_LINE);
    }
  }
}

/* Where an interval goes on beyond the axis: an open arrow head, up (−1) or down. */
static void draw_beyond(const thirds_grid *g, double x, double y, int down) {
  const double half = 0.28 * g->text;
  cairo_new_path(g->cr);
  cairo_move_to(g->cr, x - half, y - down * half);
  cairo_line_to(g->cr, x, y);
  cairo_line_to(g->cr, x + half, y - down * half);
  use_ink(g->cr, PAPER_BACK, 1);
  cairo_set_line_width(g->cr, 0.13 * g->text);
  cairo_stroke(g->cr);
}

static void draw_mark(const thirds_grid *g, double x, const sagitta_quantity *share) {
  const double half = 0.24 * g->text;
  ink_line(g->cr, x, y_of(g, share->low), x, y_of(g, share->high), 0.13 * g->text, PAPER_BACK);
  if (share->high > 1) draw_beyond(g, x, y_of(g, 1), -1);
  if (share->low < 0) draw_beyond(g, x, y_of(g, 0), 1);
  cairo_rectangle(g->cr, x - half, y_of(g, share->value) - half, 2 * half, 2 * half);
  use_ink(g->cr, PAPER_WHITE, 1);
  cairo_fill_preserve(g->cr);
  use_ink(g->cr, PAPER_BACK, 1);
  cairo_set_line_width(g->cr, 0.15 * g->text);
  cairo_stroke(g->cr);
}

/* What the axis is, and what a mark is. */
static lettering legend_of(const report *r, double width, double text) {
  return (lettering){ .text =
                          say(r->language,
                              "Across: how far hips and lower back together had bent. Each mark: a repetition, with "
                              "its 95 % interval."),
                      .size = 0.86 * text,
                      .width = width,
                      .colour = PAPER_FAINT };
}

static void draw(cairo_t *cr, const report *r, int which, chart_box f) {
  (void)which;
  const sagitta_repetition *whole = fullest(r);
  const lettering legend = legend_of(r, f.width, f.text);
  double legend_height;
  typeset_measure(cr, &legend, NULL, &legend_height);
  typeset_draw(cr, 0, f.height - legend_height, &legend);
  thirds_grid g = { .cr = cr, .text = f.text, .parts = whole->phase_count };
  g.x = 3.6 * f.text;
  g.y = 0.7 * f.text;
  g.width = f.width - g.x - 0.4 * f.text;
  g.height = fmax(f.height - g.y - 1.9 * f.text - legend_height, f.text);
  draw_grid(&g, whole);
  size_t count, valid = 0, at = 0;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  for (size_t i = 0; i < count; i++) valid += repetitions[i].valid;
  for (size_t i = 0; i < count; i++) {
    if (!repetitions[i].valid) continue;
    for (size_t k = 0; k < repetitions[i].phase_count && k < g.parts; k++) {
      const sagitta_quantity *share = &repetitions[i].phase[k].lumbar_share;
      const double place = ((double)at + 1) / ((double)valid + 1);
      if (share->known) draw_mark(&g, g.x + g.width * ((double)k + place) / (double)g.parts, share);
    }
    at++;
  }
}

static void put_words(const report *r, int which, char *alt) {
  (void)which;
  size_t count, at = 0;
  const sagitta_quantity_info *info = sagitta_quantity_find("lumbar_share");
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  at = (size_t)snprintf(alt, CHART_WORDS,
                        say(r->language,
                            "The lower back's share in each part of the way down, by hip hinge and lumbar "
                            "flexion together."));
  for (size_t i = 0; i < count && at < CHART_WORDS; i++) {
    if (!repetitions[i].valid) continue;
    at += (size_t)snprintf(alt + at, CHART_WORDS - at, say(r->language, " Repetition %zu:"), i + 1);
    for (size_t k = 0; k < repetitions[i].phase_count && at < CHART_WORDS; k++) {
      const sagitta_phase *phase = &repetitions[i].phase[k];
      char value[WORDING_SHORT];
      if (!phase->lumbar_share.known) continue;
      at += (size_t)snprintf(alt + at, CHART_WORDS - at, say(r->language, "%s %.0f to %.0f° %s"), k ? "," : "",
                             phase->from_deg, phase->to_deg,
                             wording_value(value, phase->lumbar_share.value, info, false, r->language));
    }
    if (at < CHART_WORDS) at += (size_t)snprintf(alt + at, CHART_WORDS - at, ".");
  }
}

const chart thirds_chart = {
  .title = TRANSLATABLE("The lower back’s share in each part of the bend"),
  .possible = is_possible,
  .draw = draw,
  .words = put_words,
  .aspect = 1.7,
  .narrow = 1.35,
};
