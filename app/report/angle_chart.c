/* SPDX-License-Identifier: Apache-2.0 */
/* The two angles through time with their 95 % bands: a solid line and a dashed one. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/charts.h"
#include "report/typography.h"
#include "report/wording.h"

typedef struct plot {
  cairo_t *cr;
  const report_curves *curves;
  double x, y, width, height;
  double low, high;  /* deg */
  double begin, end; /* s */
  double text;
  const char *language;
} plot;

static bool is_possible(const report *r, int which) {
  (void)which;
  return r->curves.count > 1;
}

static double x_of(const plot *p, double time_s) {
  return p->x + (time_s - p->begin) / (p->end - p->begin) * p->width;
}

static double y_of(const plot *p, double degrees) {
  return p->y + p->height * (p->high - degrees) / (p->high - p->low);
}

static void find_range(plot *p) {
  const report_curves *c = p->curves;
  p->low = 0;
  p->high = 20;
  for (size_t i = 0; i < c->count; i++) {
    for (int k = 0; k < CURVES; k++) {
      const sagitta_angle_value *v = &c->value[k][i];
      if (!isfinite(v->value)) continue;
      p->low = fmin(p->low, isfinite(v->low) ? v->low : v->value);
      p->high = fmax(p->high, isfinite(v->high) ? v->high : v->value);
    }
  }
  const double step = axis_step(p->high - p->low, 5);
  p->low = floor(p->low / (step / 2)) * (step / 2);
  p->high = ceil(p->high / (step / 2)) * (step / 2);
  p->begin = c->time_s[0];
  p->end = c->time_s[c->count - 1];
}

static ink ink_of(int k) {
  return k == 0 ? PAPER_HIPS : PAPER_BACK;
}

/* From `from`, the stretch in which the angle is known: its end. */
static size_t stretch_end(const sagitta_angle_value *v, size_t from, size_t count) {
  while (from < count && isfinite(v[from].value) && isfinite(v[from].low) && isfinite(v[from].high)) from++;
  return from;
}

static void draw_band(const plot *p, int k) {
  const report_curves *c = p->curves;
  const sagitta_angle_value *v = c->value[k];
  for (size_t i = 0; i < c->count;) {
    const size_t end = stretch_end(v, i, c->count);
    if (end > i + 1) {
      cairo_new_path(p->cr);
      for (size_t j = i; j < end; j++) cairo_line_to(p->cr, x_of(p, c->time_s[j]), y_of(p, v[j].high));
      for (size_t j = end; j-- > i;) cairo_line_to(p->cr, x_of(p, c->time_s[j]), y_of(p, v[j].low));
      cairo_close_path(p->cr);
      use_ink(p->cr, ink_of(k), 0.17);
      cairo_fill(p->cr);
    }
    i = end + 1;
  }
}

static void draw_curve(const plot *p, int k) {
  const report_curves *c = p->curves;
  const double dash[2] = { 0.55 * p->text, 0.32 * p->text };
  bool pen = false;
  cairo_new_path(p->cr);
  for (size_t i = 0; i < c->count; i++) {
    const double value = c->value[k][i].value;
    if (!isfinite(value)) {
      pen = false;
      continue;
    }
    const double x = x_of(p, c->time_s[i]), y = y_of(p, value);
    pen ? cairo_line_to(p->cr, x, y) : cairo_move_to(p->cr, x, y);
    pen = true;
  }
  use_ink(p->cr, ink_of(k), 1);
  cairo_set_line_width(p->cr, 0.18 * p->text);
  cairo_set_line_join(p->cr, CAIRO_LINE_JOIN_ROUND);
  if (k == 1) cairo_set_dash(p->cr, dash, 2, 0);
  cairo_stroke(p->cr);
  cairo_set_dash(p->cr, NULL, 0, 0);
}

static void draw_axes(const plot *p) {
  char shown[WORDING_SHORT];
  const double size = 0.9 * p->text, step = axis_step(p->high - p->low, (int)fmax(2, p->height / (2.2 * p->text)));
  for (double v = ceil(p->low / step - 1e-9) * step; v <= p->high + 1e-9; v += step) {
    const double y = y_of(p, v);
    const bool zero = fabs(v) < 1e-9;
    ink_line(p->cr, p->x, y, p->x + p->width, y, (zero ? 0.09 : 0.05) * p->text, zero ? PAPER_FAINT : PAPER_LINE);
    (void)snprintf(shown, sizeof shown, "%s%.0f°", v < -1e-9 ? "−" : "", fabs(v));
    typeset_draw_middle(p->cr, p->x - 0.5 * p->text, y,
                        &(lettering){ .text = shown, .size = size, .align = 1, .colour = PAPER_FAINT });
  }
  const double seconds = axis_step(p->end - p->begin, (int)fmax(2, p->width / (5 * p->text)));
  for (double s = ceil(p->begin / seconds) * seconds; s <= p->end + 1e-9; s += seconds) {
    text_format(shown, sizeof shown, p->language, seconds < 1 ? "%.1f s" : "%.0f s", s);
    ink_line(p->cr, x_of(p, s), p->y + p->height, x_of(p, s), p->y + p->height + 0.3 * p->text, 0.07 * p->text,
             PAPER_FAINT);
    typeset_draw(p->cr, x_of(p, s), p->y + p->height + 0.4 * p->text,
                 &(lettering){ .text = shown, .size = size, .align = 0.5, .colour = PAPER_FAINT });
  }
}

/* A field behind each repetition, its number above, a tick at end range. */
static void draw_repetitions(const plot *p, const report *r) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  for (size_t i = 0; i < count; i++) {
    const double from = fmax(x_of(p, repetitions[i].start_s), p->x);
    const double to = fmin(x_of(p, repetitions[i].end_s), p->x + p->width);
    if (!(to > from)) continue;
    ink_box(p->cr, from, p->y, to - from, p->height, PAPER_WASH);
    char number[WORDING_SHORT];
    double width;
    (void)snprintf(number, sizeof number, "%zu%s", i + 1, repetitions[i].valid ? "" : "*");
    lettering label = { .text = number, .size = 0.9 * p->text, .align = 0.5, .colour = PAPER_TEXT };
    typeset_measure(p->cr, &label, &width, NULL);
    if (width < to - from) typeset_draw(p->cr, (from + to) / 2, p->y - 1.25 * p->text, &label);
    const double x = x_of(p, repetitions[i].end_range_s);
    ink_line(p->cr, x, p->y, x, p->y + p->height, 0.09 * p->text, PAPER_LINE);
  }
}

/* What the lines are, each with its own sign. */
static void draw_legend(const plot *p, const report *r, double width) {
  const double dash[2] = { 0.55 * p->text, 0.32 * p->text }, y = 0.75 * p->text;
  double x = 0;
  for (int k = 0; k < CURVES; k++) {
    if (!report_curve_known(p->curves, k)) continue;
    use_ink(p->cr, ink_of(k), 0.17);
    cairo_rectangle(p->cr, x, y - 0.45 * p->text, 2.2 * p->text, 0.9 * p->text);
    cairo_fill(p->cr);
    if (k == 1) cairo_set_dash(p->cr, dash, 2, 0);
    ink_line(p->cr, x, y, x + 2.2 * p->text, y, 0.18 * p->text, ink_of(k));
    cairo_set_dash(p->cr, NULL, 0, 0);
    double across;
    lettering name = { .text = wording_curve(r, k), .size = p->text, .colour = PAPER_TEXT };
    typeset_measure(p->cr, &name, &across, NULL);
    typeset_draw_middle(p->cr, x + 2.7 * p->text, y, &name);
    x += across + 4.4 * p->text;
  }
  double across;
  lettering note = {
    .text = say(r->language, "shaded: 95 % interval"), .size = 0.9 * p->text, .align = 1, .colour = PAPER_FAINT
  };
  typeset_measure(p->cr, &note, &across, NULL);
  if (x + across < width) typeset_draw_middle(p->cr, width, y, &note);
}

static void draw(cairo_t *cr, const report *r, int which, chart_box f) {
  (void)which;
  plot p = { .cr = cr, .curves = &r->curves, .text = f.text, .language = r->language };
  p.x = 3.0 * f.text;
  p.y = 3.3 * f.text;
  p.width = f.width - p.x - 1.2 * f.text;
  p.height = f.height - p.y - 1.8 * f.text;
  find_range(&p);
  draw_repetitions(&p, r);
  draw_axes(&p);
  cairo_save(cr);
  cairo_rectangle(cr, p.x, p.y - f.text * 0.2, p.width, p.height + f.text * 0.4);
  cairo_clip(cr);
  for (int k = CURVES - 1; k >= 0; k--) draw_band(&p, k);
  for (int k = CURVES - 1; k >= 0; k--) draw_curve(&p, k);
  cairo_restore(cr);
  draw_legend(&p, r, f.width);
}

static void put_words(const report *r, int which, char *alt) {
  (void)which;
  const report_curves *c = &r->curves;
  const sagitta_quantity_info *info = sagitta_quantity_find("hip_hinge_deg");
  size_t count, at = 0;
  sagitta_result_repetitions(r->result, &count);
  const double seconds = c->time_s[c->count - 1] - c->time_s[0];
  at = (size_t)(count ? snprintf(alt, CHART_WORDS,
                                 say(r->language, "Angles over %.0f seconds with their 95 %% bands; repetitions: %zu."),
                                 seconds, count)
                      : snprintf(alt, CHART_WORDS, say(r->language, "Angles over %.0f seconds with their 95 %% bands."),
                                 seconds));
  for (int k = 0; k < CURVES && at < CHART_WORDS; k++) {
    double furthest = 0;
    char most[WORDING_SHORT];
    if (!report_curve_known(c, k)) continue;
    for (size_t i = 0; i < c->count; i++) {
      if (fabs(c->value[k][i].value) > fabs(furthest)) furthest = c->value[k][i].value;
    }
    const report_figure *today = &r->figure[REPORT_TODAY];
    const sagitta_quantity shown = {
      .value = furthest,
      .inferred = (c->angle[k] == SAGITTA_ANGLE_HIP_HINGE && today->hips_inferred) ||
                  (c->angle[k] == SAGITTA_ANGLE_LUMBAR_FLEXION && today->back_inferred),
    };
    at += (size_t)snprintf(alt + at, CHART_WORDS - at,
                           k == 0 ? say(r->language, " %s, the solid line, reaches %s.")
                                  : say(r->language, " %s, the dashed line, reaches %s."),
                           wording_curve(r, k), wording_quantity(most, &shown, info, r->language));
  }
  if (at < CHART_WORDS) (void)snprintf(alt + at, CHART_WORDS - at, say(r->language, " The table gives the figures."));
}

const chart angle_chart = {
  .title = TRANSLATABLE("Through time"),
  .possible = is_possible,
  .draw = draw,
  .words = put_words,
  .aspect = 3.4,
  .narrow = 1.35,
};
