/* SPDX-License-Identifier: Apache-2.0 */
/* One quantity through the visits, with the band in which a change is measurement error. */
#include <math.h>
#include <stdio.h>

#include "report/figures.h"
#include "report/type.h"
#include "report/phrases.h"

typedef struct field {
  cairo_t *cr;
  const report_series *s;
  double x, y, width, height, text;
  double low, high; /* of the values, in the shown unit */
} field;

static double x_of(const field *t, double days) {
  const double begin = t->s->point[0].days, span = t->s->point[t->s->points - 1].days - begin;
  return t->x + 0.8 * t->text + (span > 0 ? (days - begin) / span : 0.5) * (t->width - 1.6 * t->text);
}

static double y_of(const field *t, double value) {
  const double shown = value * t->s->info->factor;
  return t->y + t->height * (t->high - shown) / (t->high - t->low);
}

static void find_range(field *t) {
  const report_series *s = t->s;
  const double factor = s->info->factor, first = s->point[0].value * factor;
  const double mdc = isnan(s->mdc) ? 0 : s->mdc * factor;
  t->low = first - mdc;
  t->high = first + mdc;
  for (size_t i = 0; i < s->points; i++) {
    t->low = fmin(t->low, s->point[i].low * factor);
    t->high = fmax(t->high, s->point[i].high * factor);
  }
  const double step = figure_step(fmax(t->high - t->low, 1), 4);
  t->low = floor(t->low / step) * step;
  t->high = ceil(t->high / step) * step;
}

/* Within it a change from the first visit is measurement error: shaded, between dashed lines. */
static void draw_band(const field *t) {
  if (isnan(t->s->mdc)) return;
  const double dash[2] = { 0.4 * t->text, 0.3 * t->text };
  const double top = y_of(t, t->s->point[0].value + t->s->mdc), foot = y_of(t, t->s->point[0].value - t->s->mdc);
  box_fill(t->cr, t->x, top, t->width, foot - top, PAPER_WASH);
  cairo_set_dash(t->cr, dash, 2, 0);
  line_draw(t->cr, t->x, top, t->x + t->width, top, 0.09 * t->text, PAPER_FAINT);
  line_draw(t->cr, t->x, foot, t->x + t->width, foot, 0.09 * t->text, PAPER_FAINT);
  cairo_set_dash(t->cr, NULL, 0, 0);
}

static void draw_axes(const field *t) {
  char shown[PHRASE_SHORT];
  const double step = figure_step(t->high - t->low, (int)fmax(2, t->height / (2.0 * t->text)));
  for (double v = ceil(t->low / step - 1e-9) * step; v <= t->high + 1e-9; v += step) {
    const double y = y_of(t, v / t->s->info->factor);
    line_draw(t->cr, t->x - 0.3 * t->text, y, t->x, y, 0.06 * t->text, PAPER_FAINT);
    (void)snprintf(shown, sizeof shown, "%s%.*f", v < -1e-9 ? "−" : "", step < 1 ? 1 : 0, fabs(v));
    type_draw_middle(t->cr, t->x - 0.5 * t->text, y,
                     &(type){ .text = shown, .size = 0.9 * t->text, .align = 1, .colour = PAPER_FAINT });
  }
  line_draw(t->cr, t->x, t->y, t->x, t->y + t->height, 0.06 * t->text, PAPER_FAINT);
  line_draw(t->cr, t->x, t->y + t->height, t->x + t->width, t->y + t->height, 0.06 * t->text, PAPER_FAINT);
  type day = { .text = t->s->point[0].day, .size = 0.9 * t->text, .colour = PAPER_FAINT };
  double width;
  type_measure(t->cr, &day, &width, NULL);
  type_draw(t->cr, t->x, t->y + t->height + 0.35 * t->text, &day);
  day.text = t->s->point[t->s->points - 1].day;
  day.align = 1;
  if (2.2 * width < t->width) type_draw(t->cr, t->x + t->width, t->y + t->height + 0.35 * t->text, &day);
}

static void draw_points(const field *t) {
  const report_series *s = t->s;
  for (size_t i = 0; i + 1 < s->points; i++) {
    line_draw(t->cr, x_of(t, s->point[i].days), y_of(t, s->point[i].value), x_of(t, s->point[i + 1].days),
              y_of(t, s->point[i + 1].value), 0.12 * t->text, PAPER_HIPS);
  }
  for (size_t i = 0; i < s->points; i++) {
    const double x = x_of(t, s->point[i].days);
    line_draw(t->cr, x, y_of(t, s->point[i].low), x, y_of(t, s->point[i].high), 0.1 * t->text, PAPER_HIPS);
    cairo_new_path(t->cr);
    cairo_arc(t->cr, x, y_of(t, s->point[i].value), 0.3 * t->text, 0, 2 * M_PI);
    path_fill_solid(t->cr);
  }
}

void trend_draw(cairo_t *cr, const report_series *s, figure f) {
  field t = { .cr = cr, .s = s, .text = f.text };
  t.x = 2.8 * f.text;
  t.y = 0.7 * f.text;
  t.width = f.width - t.x - 0.8 * f.text;
  t.height = f.height - t.y - 1.7 * f.text;
  find_range(&t);
  draw_band(&t);
  draw_axes(&t);
  draw_points(&t);
}

void trend_words(const report_series *s, char *alt) {
  char change[PHRASE_LONG];
  size_t at = (size_t)snprintf(alt, FIGURE_ALT, phrase("%s through %zu visits:"), phrase(s->info->label), s->points);
  const size_t skip = s->points > 12 ? s->points - 12 : 0;
  for (size_t i = skip; i < s->points && at < FIGURE_ALT; i++) {
    char value[PHRASE_SHORT];
    at += (size_t)snprintf(alt + at, FIGURE_ALT - at, "%s %s %s", i > skip ? "," : "", s->point[i].day,
                           phrase_value(value, s->point[i].value, s->info, false));
  }
  if (at < FIGURE_ALT && phrase_change(change, sizeof change, s)) {
    (void)snprintf(alt + at, FIGURE_ALT - at, phrase(". %s Within the shaded band a change is measurement error."),
                   change);
  }
}
