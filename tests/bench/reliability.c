/* SPDX-License-Identifier: Apache-2.0 */
#include <cairo-svg.h>
#include <math.h>

#include "reliability.h"

#define PANEL  240.0 /* points */
#define MARGIN 46.0
#define INNER  (PANEL - 2 * MARGIN + 30)

typedef struct {
  cairo_t *cr;
  double left, top;
} panel;

static double across(const panel *p, double probability) {
  return p->left + INNER * probability;
}

static double down(const panel *p, double part) {
  return p->top + INNER * (1 - part);
}

static void write_at(const panel *p, double x, double y, double align, const char *text) {
  cairo_text_extents_t e;
  cairo_text_extents(p->cr, text, &e);
  cairo_move_to(p->cr, x - align * e.width, y);
  cairo_show_text(p->cr, text);
}

static void draw_axes(const panel *p, const char *name) {
  cairo_set_source_rgb(p->cr, 0.2, 0.2, 0.2);
  cairo_set_line_width(p->cr, 0.8);
  cairo_rectangle(p->cr, p->left, p->top, INNER, INNER);
  cairo_stroke(p->cr);
  static const char *const marks[] = { "0", "0.5", "1" };
  for (int i = 0; i < 3; i++) {
    write_at(p, across(p, 0.5 * i), p->top + INNER + 13, 0.5, marks[i]);
    write_at(p, p->left - 4, down(p, 0.5 * i) + 3, 1, marks[i]);
  }
  write_at(p, across(p, 0.5), p->top + INNER + 27, 0.5, "probability given");
  write_at(p, across(p, 0.5), p->top - 8, 0.5, name);
  cairo_save(p->cr);
  cairo_translate(p->cr, p->left - 24, down(p, 0.5));
  cairo_rotate(p->cr, -1.5707963);
  const panel turned = { p->cr, 0, 0 };
  write_at(&turned, 0, 0, 0.5, "part that was so");
  cairo_restore(p->cr);
  cairo_set_source_rgb(p->cr, 0.7, 0.7, 0.7);
  cairo_move_to(p->cr, across(p, 0), down(p, 0));
  cairo_line_to(p->cr, across(p, 1), down(p, 1));
  cairo_stroke(p->cr);
}

/* A point per bin, its area by how often it was given, with twice the binomial standard error. */
static void draw_bins(const panel *p, const tally *t) {
  double all = 0;
  for (int k = 0; k < TALLY_BINS; k++) all += (double)t->bin[k];
  cairo_set_source_rgb(p->cr, 0.0, 0.35, 0.65);
  for (int k = 0; k < TALLY_BINS; k++) {
    if (!t->bin[k]) continue;
    const double n = (double)t->bin[k], mean = t->bin_sum[k] / n, part = (double)t->bin_right[k] / n;
    const double error = 2 * sqrt(part * (1 - part) / n);
    cairo_move_to(p->cr, across(p, mean), down(p, fmin(1, part + error)));
    cairo_line_to(p->cr, across(p, mean), down(p, fmax(0, part - error)));
    cairo_stroke(p->cr);
    cairo_arc(p->cr, across(p, mean), down(p, part), 1.5 + 7 * sqrt(n / all), 0, 6.2831853);
    cairo_fill(p->cr);
  }
}

bool reliability_plot(const char *path, const tally *tallies, const char *const *names, int count) {
  cairo_surface_t *surface = cairo_svg_surface_create(path, PANEL * count, PANEL);
  cairo_t *cr = cairo_create(surface);
  cairo_set_source_rgb(cr, 1, 1, 1);
  cairo_paint(cr);
  cairo_set_font_size(cr, 10);
  for (int i = 0; i < count; i++) {
    const panel p = { cr, i * PANEL + MARGIN, MARGIN - 16 };
    draw_axes(&p, names[i]);
    draw_bins(&p, &tallies[i]);
  }
  cairo_destroy(cr);
  cairo_surface_finish(surface);
  const bool fine = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy(surface);
  return fine;
}
