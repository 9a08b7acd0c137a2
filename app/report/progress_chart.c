/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Progress for the client: what the test is about through the visits, hips and lower back in one picture where it is a
 * bend, and pain of 0 to 10 below the same days. Of one quantity alone the band is shaded in which a change from the
 * first visit is measurement error; of two their words say it.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/charts.h"
#include "report/typography.h"
#include "report/wording.h"

#define LINES CLIENT_NUMBERS

typedef struct progress_plot {
  cairo_t *cr;
  const report *r;
  const report_series *s[LINES];
  int lines;
  double x, y, width, height, text;
  double low, high;   /* of the values, in the shown unit */
  double begin, span; /* days */
} progress_plot;

static bool is_possible(const report *r, int which) {
  (void)which;
  const report_series *s[LINES];
  return client_series(r, s) > 0;
}

static double x_of(const progress_plot *t, double days) {
  return t->x + (t->span > 0 ? (days - t->begin) / t->span : 0.5) * t->width;
}

static double y_of(const progress_plot *t, double shown) {
  return t->y + t->height * (t->high - shown) / (t->high - t->low);
}

static void find_range(progress_plot *t) {
  t->low = INFINITY;
  t->high = -INFINITY;
  t->begin = INFINITY;
  double end = -INFINITY;
  for (int k = 0; k < t->lines; k++) {
    const report_series *s = t->s[k];
    const double factor = s->info->factor, mdc = t->lines == 1 && isfinite(s->mdc) ? s->mdc * factor : 0;
    for (size_t i = 0; i < s->points; i++) {
      const double value = s->point[i].value * factor;
      t->low = fmin(t->low, i ? value : value - mdc);
      t->high = fmax(t->high, i ? value : value + mdc);
      t->begin = fmin(t->begin, s->point[i].days);
      end = fmax(end, s->point[i].days);
    }
  }
  for (size_t i = 0; i < t->r->pain_count; i++) {
    t->begin = fmin(t->begin, t->r->pains[i].days);
    end = fmax(end, t->r->pains[i].days);
  }
  t->span = end - t->begin;
  /* A change that is measurement error looks small, one of twice as much does not. */
  for (int k = 0; k < t->lines; k++) {
    const double least = isfinite(t->s[k]->mdc) ? 2 * t->s[k]->mdc * t->s[k]->info->factor : 0;
    const double lack = least - (t->high - t->low);
    if (lack <= 0) continue;
    t->low -= lack / 2;
    t->high += lack / 2;
  }
  const double lack = 5 - (t->high - t->low), margin = 0.04 * (t->high - t->low);
  t->low -= lack > 0 ? lack / 2 : margin;
  t->high += lack > 0 ? lack / 2 : margin;
}

static void draw_axis(const progress_plot *t) {
  char shown[WORDING_SHORT], number[TEXT_NUMBER];
  const double step = axis_step(t->high - t->low, (int)fmax(2, t->height / (2.2 * t->text)));
  for (double v = ceil(t->low / step - 1e-9) * step; v <= t->high + 1e-9; v += step) {
    const double y = y_of(t, v);
    ink_line(t->cr, t->x - 0.8 * t->text, y, t->x + t->width + 0.8 * t->text, y, 0.05 * t->text, PAPER_LINE);
    const bool degrees = strcmp(t->s[0]->info->unit, "°") == 0;
    (void)snprintf(shown, sizeof shown, "%s%s", text_number(number, v, step < 1 ? 1 : 0, false, t->r->language),
                   degrees ? "°" : "");
    typeset_draw_middle(t->cr, t->x - 1.2 * t->text, y,
                        &(lettering){ .text = shown, .size = 0.9 * t->text, .align = 1, .colour = PAPER_FAINT });
  }
}

static void draw_band(const progress_plot *t) {
  const report_series *s = t->s[0];
  if (t->lines > 1 || !isfinite(s->mdc)) return;
  const double factor = s->info->factor, first = s->point[0].value * factor;
  const double top = y_of(t, first + s->mdc * factor), foot = y_of(t, first - s->mdc * factor);
  ink_box(t->cr, t->x - 0.8 * t->text, top, t->width + 1.6 * t->text, foot - top, PAPER_WASH);
}

static void draw_mark(const progress_plot *t, double x, double y, int line) {
  const double half = 0.36 * t->text;
  cairo_new_path(t->cr);
  if (line == 0) {
    cairo_arc(t->cr, x, y, half, 0, 2 * M_PI);
    path_fill_solid(t->cr);
  } else {
    cairo_rectangle(t->cr, x - half, y - half, 2 * half, 2 * half);
    use_ink(t->cr, PAPER_WHITE, 1);
    cairo_fill_preserve(t->cr);
    use_ink(t->cr, PAPER_BACK, 1);
    cairo_set_line_width(t->cr, 0.18 * t->text);
    cairo_stroke(t->cr);
  }
}

static void draw_line(const progress_plot *t, int k) {
  const report_series *s = t->s[k];
  const double factor = s->info->factor, dash[2] = { 0.6 * t->text, 0.4 * t->text };
  if (k) cairo_set_dash(t->cr, dash, 2, 0);
  cairo_new_path(t->cr);
  for (size_t i = 0; i < s->points; i++)
    cairo_line_to(t->cr, x_of(t, s->point[i].days), y_of(t, s->point[i].value * factor));
  use_ink(t->cr, k ? PAPER_BACK : PAPER_HIPS, 1);
  cairo_set_line_width(t->cr, 0.18 * t->text);
  cairo_stroke(t->cr);
  cairo_set_dash(t->cr, NULL, 0, 0);
  for (size_t i = 0; i < s->points; i++)
    draw_mark(t, x_of(t, s->point[i].days), y_of(t, s->point[i].value * factor), k);
}

static const char *name_of(const progress_plot *t, int k) {
  if (t->lines == 1) return say(t->r->language, t->s[0]->info->label);
  return k ? say(t->r->language, "Lower back") : say(t->r->language, "Hips");
}

/* "≈53°". */
static void value_of(const progress_plot *t, int k, size_t point, char text[WORDING_SHORT]) {
  const report_series *s = t->s[k];
  const sagitta_quantity *now = report_mean(t->r, s->info->key);
  const sagitta_quantity q = { .value = s->point[point].value, .inferred = now && now->inferred };
  wording_quantity(text, &q, s->info, t->r->language);
}

/* The first value beside its mark: above the higher line, below the lower one. */
static void draw_first(const progress_plot *t) {
  double y[LINES] = { 0, 0 };
  for (int k = 0; k < t->lines; k++) y[k] = y_of(t, t->s[k]->point[0].value * t->s[k]->info->factor);
  for (int k = 0; k < t->lines; k++) {
    const bool below = t->lines == 2 && (y[k] > y[1 - k] || (y[0] >= y[1] && y[0] <= y[1] && k == 1));
    const double x = x_of(t, t->s[k]->point[0].days), at = y[k] + (below ? 1.05 : -1.05) * t->text;
    char value[WORDING_SHORT];
    lettering word = { .text = value, .size = t->text, .bold = true, .colour = PAPER_TEXT };
    double width;
    value_of(t, k, 0, value);
    typeset_measure(t->cr, &word, &width, NULL);
    const double left = fmax(x - width / 2, t->x - 0.8 * t->text);
    ink_box(t->cr, left, at - 0.6 * t->text, width, 1.2 * t->text, PAPER_WHITE);
    typeset_draw_middle(t->cr, left, at, &word);
  }
}

/* Name and last value at the right end of each line, apart from one another. */
static void draw_names(const progress_plot *t) {
  double y[LINES], size = t->text;
  for (int k = 0; k < t->lines; k++) {
    const report_series *s = t->s[k];
    y[k] = y_of(t, s->point[s->points - 1].value * s->info->factor);
  }
  const double least = 2.5 * t->text, lack = t->lines == 2 ? least - fabs(y[0] - y[1]) : 0;
  if (lack > 0) {
    const double up = y[0] <= y[1] ? -1 : 1;
    y[0] += up * lack / 2;
    y[1] -= up * lack / 2;
  }
  for (int k = 0; k < t->lines; k++) {
    const report_series *s = t->s[k];
    const double x = t->x + t->width + 1.2 * t->text;
    char value[WORDING_SHORT];
    value_of(t, k, s->points - 1, value);
    typeset_draw_middle(
        t->cr, x, y[k] - 0.62 * size,
        &(lettering){
            .text = name_of(t, k), .size = 0.9 * size, .width = 8.4 * size, .lines = 1, .colour = PAPER_TEXT });
    typeset_draw_middle(t->cr, x, y[k] + 0.62 * size,
                        &(lettering){ .text = value, .size = 1.15 * size, .bold = true, .colour = PAPER_TEXT });
  }
}

/* A column a visit, ten high, with its number. */
static void draw_pain(const progress_plot *t, double top, double height) {
  const report *r = t->r;
  const double floor_y = top + height;
  typeset_draw_middle(t->cr, t->x + t->width + 1.2 * t->text, floor_y - 0.8 * t->text,
                      &(lettering){ .text = say(r->language, "Pain, 0 to 10"),
                                    .size = 0.9 * t->text,
                                    .width = 8.4 * t->text,
                                    .colour = PAPER_TEXT });
  ink_line(t->cr, t->x - 0.8 * t->text, floor_y, t->x + t->width + 0.8 * t->text, floor_y, 0.06 * t->text, PAPER_FAINT);
  const double bar = fmin(0.7 * t->text, 0.5 * t->width / (double)r->pain_count);
  for (size_t i = 0; i < r->pain_count; i++) {
    char number[24];
    const double x = x_of(t, r->pains[i].days), high = (height - 1.3 * t->text) * r->pains[i].value / 10;
    ink_box(t->cr, x - bar / 2, floor_y - high, bar, high, PAPER_FAINT);
    (void)snprintf(number, sizeof number, "%.0f", r->pains[i].value);
    typeset_draw(
        t->cr, x, floor_y - high - 1.2 * t->text,
        &(lettering){ .text = number, .size = 0.9 * t->text, .align = 0.5, .bold = true, .colour = PAPER_TEXT });
  }
}

/* Days as far as they fit beside one another: the first and the last always. */
static void draw_days(const progress_plot *t, double y) {
  const report_series *s = t->s[0];
  char day[WORDING_SHORT];
  double free_from = -INFINITY, last_width;
  lettering last = { .text = wording_day(day, s->point[s->points - 1].day, t->r->language), .size = 0.9 * t->text };
  typeset_measure(t->cr, &last, &last_width, NULL);
  const double last_x = x_of(t, s->point[s->points - 1].days);
  const double last_left = fmin(last_x - last_width / 2, t->x + t->width + 0.8 * t->text - last_width);
  for (size_t i = 0; i < s->points; i++) {
    const bool is_last = i + 1 == s->points;
    char text[WORDING_SHORT];
    lettering word = { .text = wording_day(text, s->point[i].day, t->r->language),
                       .size = 0.9 * t->text,
                       .colour = PAPER_FAINT };
    double width;
    typeset_measure(t->cr, &word, &width, NULL);
    double left = is_last ? last_left : fmax(x_of(t, s->point[i].days) - width / 2, t->x - 0.8 * t->text);
    if (left < free_from || (!is_last && left + width + t->text > last_left)) continue;
    typeset_draw(t->cr, left, y, &word);
    free_from = left + width + t->text;
  }
}

static void draw(cairo_t *cr, const report *r, int which, chart_box f) {
  (void)which;
  progress_plot t = { .cr = cr, .r = r, .text = f.text };
  t.lines = client_series(r, t.s);
  const double pain = r->pain_count ? fmin(3.0 * f.text, 0.3 * f.height) : 0, days = 1.6 * f.text;
  t.x = 4.2 * f.text;
  t.y = 1.9 * f.text;
  t.width = f.width - t.x - 10.2 * f.text;
  t.height = f.height - t.y - pain - days - (t.lines == 2 ? 1.9 : 0.8) * f.text;
  t.height = fmax(t.height, 2 * f.text);
  find_range(&t);
  draw_band(&t);
  draw_axis(&t);
  for (int k = 0; k < t.lines; k++) draw_line(&t, k);
  draw_first(&t);
  draw_names(&t);
  if (r->pain_count) draw_pain(&t, f.height - days - pain - 0.1 * f.text, pain);
  draw_days(&t, f.height - days + 0.2 * f.text);
}

/* More text, as far as there is room. */
static size_t add(char *alt, size_t at, const char *text) {
  if (at < CHART_WORDS) at += (size_t)snprintf(alt + at, CHART_WORDS - at, "%s", text);
  return at;
}

static size_t add_series(char *alt, size_t at, const report *r, const report_series *s) {
  char text[WORDING_LONG], value[WORDING_SHORT];
  const size_t skip = s->points > 12 ? s->points - 12 : 0;
  (void)snprintf(text, sizeof text, say(r->language, "%s through %zu visits:"), say(r->language, s->info->label),
                 s->points);
  at = add(alt, at, text);
  for (size_t i = skip; i < s->points; i++) {
    (void)snprintf(text, sizeof text, "%s %s", i > skip ? "," : "",
                   wording_value(value, s->point[i].value, s->info, false, r->language));
    at = add(alt, at, text);
  }
  return add(alt, at, ". ");
}

static void put_words(const report *r, int which, char *alt) {
  (void)which;
  const report_series *s[LINES];
  const int lines = client_series(r, s);
  char text[WORDING_LONG];
  size_t at = 0;
  alt[0] = '\0';
  for (int k = 0; k < lines; k++) at = add_series(alt, at, r, s[k]);
  if (lines == 1 && isfinite(s[0]->mdc)) {
    at = add(alt, at, say(r->language, "Within the shaded band a change is measurement error. "));
  }
  for (size_t i = 0; i < r->pain_count; i++) {
    (void)snprintf(text, sizeof text, i ? ", %.0f" : say(r->language, "Pain, of 0 to 10: %.0f"), r->pains[i].value);
    at = add(alt, at, text);
  }
  if (r->pain_count) (void)add(alt, at, ".");
}

const chart progress_chart = {
  .title = TRANSLATABLE("Through the visits"),
  .possible = is_possible,
  .draw = draw,
  .words = put_words,
  .aspect = 3.6,
  .narrow = 1.5,
};
