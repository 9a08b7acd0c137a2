/* SPDX-License-Identifier: Apache-2.0 */
/* One quantity through the visits, with the band in which a change is measurement error. */
#include <math.h>
#include <stdio.h>

#include "report/charts.h"
#include "report/typography.h"
#include "report/wording.h"

typedef struct trend_plot {
  cairo_t *cr;
  const report_series *s;
  const char *language;
  double x, y, width, height, text;
  double low, high; /* of the values, in the shown unit */
} trend_plot;

static double x_of(const trend_plot *t, double days) {
  const double begin = t->s->point[0].days, span = t->s->point[t->s->points - 1].days - begin;
  return t->x + 0.8 * t->text + (span > 0 ? (days - begin) / span : 0.5) * (t->width - 1.6 * t->text);
}

static double y_of(const trend_plot *t, double value) {
  const double shown = value * t->s->info->factor;
  return t->y + t->height * (t->high - shown) / (t->high - t->low);
}

static void find_range(trend_plot *t) {
  const report_series *s = t->s;
  const double factor = s->info->factor, first = s->point[0].value * factor;
  const double mdc = isnan(s->mdc) ? 0 : s->mdc * factor;
  t->low = first - mdc;
  t->high = first + mdc;
  for (size_t i = 0; i < s->points; i++) {
    t->low = fmin(t->low, s->point[i].low * factor);
    t->high = fmax(t->high, s->point[i].high * factor);
  }
  if (s->info == &report_pain_scale) {
    t->low = 0;
    t->high = 10;
  }
  const double step = axis_step(fmax(t->high - t->low, 1), 4);
  t->low = floor(t->low / step) * step;
  t->high = ceil(t->high / step) * step;
}

/* Within it a change from the first visit is measurement error: shaded, between dashed lines. */
static void draw_band(const trend_plot *t) {
  if (isnan(t->s->mdc)) return;
  const double dash[2] = { 0.4 * t->text, 0.3 * t->text };
  const double top = y_of(t, t->s->point[0].value + t->s->mdc), foot = y_of(t, t->s->point[0].value - t->s->mdc);
  ink_box(t->cr, t->x, top, t->width, foot - top, PAPER_WASH);
  cairo_set_dash(t->cr, dash, 2, 0);
  ink_line(t->cr, t->x, top, t->x + t->width, top, 0.09 * t->text, PAPER_FAINT);
  ink_line(t->cr, t->x, foot, t->x + t->width, foot, 0.09 * t->text, PAPER_FAINT);
  cairo_set_dash(t->cr, NULL, 0, 0);
}

static void draw_axes(const trend_plot *t) {
  char shown[WORDING_SHORT];
  const double step = axis_step(t->high - t->low, (int)fmax(2, t->height / (2.0 * t->text)));
  for (double v = ceil(t->low / step - 1e-9) * step; v <= t->high + 1e-9; v += step) {
    const double y = y_of(t, v / t->s->info->factor);
    ink_line(t->cr, t->x - 0.3 * t->text, y, t->x, y, 0.06 * t->text, PAPER_FAINT);
    text_number(shown, v, step < 1 ? 1 : 0, false, t->language);
    typeset_draw_middle(t->cr, t->x - 0.5 * t->text, y,
                        &(lettering){ .text = shown, .size = 0.9 * t->text, .align = 1, .colour = PAPER_FAINT });
  }
  ink_line(t->cr, t->x, t->y, t->x, t->y + t->height, 0.06 * t->text, PAPER_FAINT);
  ink_line(t->cr, t->x, t->y + t->height, t->x + t->width, t->y + t->height, 0.06 * t->text, PAPER_FAINT);
  char first[WORDING_SHORT], last[WORDING_SHORT];
  lettering day = { .text = wording_day(first, t->s->point[0].day, t->language),
                    .size = 0.9 * t->text,
                    .colour = PAPER_FAINT };
  double width, more;
  typeset_measure(t->cr, &day, &width, NULL);
  lettering end = day;
  end.text = wording_day(last, t->s->point[t->s->points - 1].day, t->language);
  typeset_measure(t->cr, &end, &more, NULL);
  const double room = t->x + t->width;
  const double shrink = fmax(0.75, fmin(1, room / (width + more + t->text)));
  day.size = end.size = shrink * day.size;
  /* Below the axis' numbers where the two would meet. */
  typeset_draw(t->cr, 0, t->y + t->height + 0.35 * t->text, &day);
  day = end;
  day.align = 1;
  if (shrink * (width + more) < room) typeset_draw(t->cr, t->x + t->width, t->y + t->height + 0.35 * t->text, &day);
}

static void draw_points(const trend_plot *t) {
  const report_series *s = t->s;
  for (size_t i = 0; i + 1 < s->points; i++) {
    ink_line(t->cr, x_of(t, s->point[i].days), y_of(t, s->point[i].value), x_of(t, s->point[i + 1].days),
             y_of(t, s->point[i + 1].value), 0.12 * t->text, PAPER_HIPS);
  }
  for (size_t i = 0; i < s->points; i++) {
    const double x = x_of(t, s->point[i].days);
    ink_line(t->cr, x, y_of(t, s->point[i].low), x, y_of(t, s->point[i].high), 0.1 * t->text, PAPER_HIPS);
    cairo_new_path(t->cr);
    cairo_arc(t->cr, x, y_of(t, s->point[i].value), 0.3 * t->text, 0, 2 * M_PI);
    path_fill_solid(t->cr);
  }
}

static void draw(cairo_t *cr, const report *r, int which, chart_box f) {
  trend_plot t = { .cr = cr, .s = &r->series[which], .language = r->language, .text = f.text };
  t.x = 2.8 * f.text;
  t.y = 0.7 * f.text;
  t.width = f.width - t.x - 0.8 * f.text;
  t.height = f.height - t.y - 1.7 * f.text;
  find_range(&t);
  draw_band(&t);
  draw_axes(&t);
  draw_points(&t);
}

static void put_words(const report *r, int which, char *alt) {
  const report_series *s = &r->series[which];
  char change[WORDING_LONG];
  size_t at = (size_t)snprintf(alt, CHART_WORDS, say(r->language, "%s through %zu visits:"),
                               say(r->language, s->info->label), s->points);
  const size_t skip = s->points > 12 ? s->points - 12 : 0;
  for (size_t i = skip; i < s->points && at < CHART_WORDS; i++) {
    char value[WORDING_SHORT], day[WORDING_SHORT];
    at += (size_t)snprintf(alt + at, CHART_WORDS - at, "%s %s %s", i > skip ? "," : "",
                           wording_day(day, s->point[i].day, r->language),
                           wording_value(value, s->point[i].value, s->info, false, r->language));
  }
  if (at < CHART_WORDS && wording_change(change, sizeof change, s, r->language)) {
    (void)snprintf(alt + at, CHART_WORDS - at,
                   say(r->language, ". %s Within the shaded band a change is measurement error."), change);
  }
}

static bool is_possible(const report *r, int which) {
  return (size_t)which < r->series_count;
}

static void put_title(const report *r, int which, char *title) {
  const sagitta_quantity_info *info = r->series[which].info;
  (void)snprintf(title, CHART_WORDS, "%s %s", say(r->language, info->label), info->unit);
}

const chart trend_chart = {
  .title_of = put_title,
  .possible = is_possible,
  .draw = draw,
  .words = put_words,
  .aspect = 1.6,
};
