/* SPDX-License-Identifier: Apache-2.0 */
#include "svg_plot.h"

#include <cairo-svg.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const plot_colour plot_ink = { 0.15, 0.15, 0.15 }, plot_grey = { 0.6, 0.6, 0.6 }, plot_hips = { 0.0, 0.36, 0.66 },
                  plot_back = { 0.80, 0.36, 0.0 }, plot_skin = { 0.93, 0.90, 0.86 };

static void set(cairo_t *cr, plot_colour c) {
  cairo_set_source_rgb(cr, c.red, c.green, c.blue);
}

double plot_x(const plot *p, double x) {
  return p->left + p->width * (x - p->x0) / (p->x1 - p->x0);
}

double plot_y(const plot *p, double y) {
  return p->top + p->height * (p->y1 - y) / (p->y1 - p->y0);
}

void plot_text(cairo_t *cr, double x, double y, double align, plot_colour colour, const char *text) {
  cairo_text_extents_t e;
  set(cr, colour);
  cairo_text_extents(cr, text, &e);
  cairo_move_to(cr, x - align * e.x_advance, y);
  cairo_show_text(cr, text);
}

static void number(cairo_t *cr, double x, double y, double align, double value) {
  char text[32];
  snprintf(text, sizeof text, "%g", fabs(value) < 1e-9 ? 0 : value);
  plot_text(cr, x, y, align, plot_ink, text);
}

void plot_frame(const plot *p, const char *title, const char *x_name, const char *y_name, double x_step,
                double y_step) {
  cairo_t *cr = p->cr;
  set(cr, plot_grey);
  cairo_set_line_width(cr, 0.6);
  cairo_rectangle(cr, p->left, p->top, p->width, p->height);
  cairo_stroke(cr);
  for (double x = ceil(p->x0 / x_step - 1e-9) * x_step; x <= p->x1 + 1e-9; x += x_step) {
    set(cr, plot_grey);
    cairo_move_to(cr, plot_x(p, x), p->top + p->height);
    cairo_rel_line_to(cr, 0, 3);
    cairo_stroke(cr);
    number(cr, plot_x(p, x), p->top + p->height + 13, 0.5, x);
  }
  for (double y = ceil(p->y0 / y_step - 1e-9) * y_step; y <= p->y1 + 1e-9; y += y_step) {
    set(cr, plot_grey);
    cairo_move_to(cr, p->left, plot_y(p, y));
    cairo_rel_line_to(cr, -3, 0);
    cairo_stroke(cr);
    number(cr, p->left - 5, plot_y(p, y) + 3, 1, y);
  }
  if (title) plot_text(cr, p->left, p->top - 6, 0, plot_ink, title);
  if (x_name) plot_text(cr, p->left + 0.5 * p->width, p->top + p->height + 26, 0.5, plot_ink, x_name);
  if (!y_name) return;
  cairo_save(cr);
  cairo_translate(cr, p->left - 30, p->top + 0.5 * p->height);
  cairo_rotate(cr, -1.5707963);
  plot_text(cr, 0, 0, 0.5, plot_ink, y_name);
  cairo_restore(cr);
}

/* What is drawn from here on stays inside the frame; to be restored. */
static void clip(const plot *p) {
  cairo_save(p->cr);
  cairo_rectangle(p->cr, p->left, p->top, p->width, p->height);
  cairo_clip(p->cr);
}

void plot_line(const plot *p, const double *x, const double *y, size_t n, plot_colour colour, double width,
               bool dashed) {
  static const double dash[] = { 3, 3 };
  bool drawing = false;
  clip(p);
  set(p->cr, colour);
  cairo_set_line_width(p->cr, width);
  if (dashed) cairo_set_dash(p->cr, dash, 2, 0);
  for (size_t i = 0; i < n; i++) {
    if (isnan(x[i]) || isnan(y[i])) {
      drawing = false;
      continue;
    }
    if (drawing) {
      cairo_line_to(p->cr, plot_x(p, x[i]), plot_y(p, y[i]));
    } else {
      cairo_move_to(p->cr, plot_x(p, x[i]), plot_y(p, y[i]));
    }
    drawing = true;
  }
  cairo_stroke(p->cr);
  cairo_restore(p->cr);
}

void plot_band(const plot *p, const double *x, const double *low, const double *high, size_t n, plot_colour colour) {
  clip(p);
  for (size_t from = 0; from < n;) {
    size_t to = from;
    while (to < n && !isnan(low[to]) && !isnan(high[to])) to++;
    if (to > from + 1) {
      for (size_t i = from; i < to; i++) cairo_line_to(p->cr, plot_x(p, x[i]), plot_y(p, high[i]));
      for (size_t i = to; i > from; i--) cairo_line_to(p->cr, plot_x(p, x[i - 1]), plot_y(p, low[i - 1]));
      cairo_close_path(p->cr);
      cairo_set_source_rgba(p->cr, colour.red, colour.green, colour.blue, 0.22);
      cairo_fill(p->cr);
    }
    from = to > from ? to : from + 1;
  }
  cairo_restore(p->cr);
}

void plot_level(const plot *p, double y, plot_colour colour) {
  const double x[2] = { p->x0, p->x1 }, level[2] = { y, y };
  plot_line(p, x, level, 2, colour, 0.8, true);
}

cairo_t *plot_open(const char *path, double width, double height) {
  cairo_surface_t *surface = cairo_svg_surface_create(path, width, height);
  cairo_t *cr = cairo_create(surface);
  cairo_surface_destroy(surface);
  cairo_set_source_rgb(cr, 1, 1, 1);
  cairo_paint(cr);
  cairo_set_font_size(cr, 9.5);
  return cr;
}

bool plot_close(cairo_t *cr, const char *path) {
  cairo_surface_t *surface = cairo_surface_reference(cairo_get_target(cr));
  cairo_destroy(cr);
  cairo_surface_finish(surface);
  const bool fine = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy(surface);
  return fine && plot_trim(path);
}

static char *read_whole(const char *path, size_t *length) {
  FILE *f = fopen(path, "rb");
  char *text = NULL;
  if (!f) return NULL;
  if (fseek(f, 0, SEEK_END) == 0 && ftell(f) > 0) {
    *length = (size_t)ftell(f);
    rewind(f);
    text = malloc(*length);
    if (text && fread(text, 1, *length, f) != *length) {
      free(text);
      text = NULL;
    }
  }
  fclose(f);
  return text;
}

static bool digit(const char *at, const char *end) {
  return at < end && *at >= '0' && *at <= '9';
}

/* The length of a piece at `at` that says nothing: what holds anyway, or a repeated command. */
static size_t needless(const char *at, const char *end, char command) {
  static const char *const defaults[] = { "fill-rule:nonzero;",     "fill-opacity:1;",
                                          "stroke-opacity:1;",      "stroke-linecap:butt;",
                                          "stroke-linejoin:miter;", "stroke-miterlimit:10;",
                                          "stroke-miterlimit:10; ", "stroke:none;" };
  for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++) {
    const size_t n = strlen(defaults[i]);
    if ((size_t)(end - at) > n && memcmp(at, defaults[i], n) == 0) return n;
  }
  return command == 'L' && end - at > 2 && at[0] == 'L' && at[1] == ' ' ? 2 : 0;
}

bool plot_trim(const char *path) {
  size_t n = 0;
  char *text = read_whole(path, &n);
  FILE *f = text ? fopen(path, "wb") : NULL;
  const char *end = text + n;
  int before = 0;   /* digits before the point */
  char command = 0; /* of the path that is being drawn */
  for (const char *at = text; f && at < end;) {
    const size_t skip = needless(at, end, command);
    at += skip;
    if (skip) continue;
    if ((*at >= 'A' && *at <= 'Z') || *at == '"') command = *at;
    before = digit(at, end) ? before + 1 : *at == '.' ? before : 0;
    fputc(*at, f);
    const bool point = *at++ == '.' && before > 0;
    for (int k = 0; point && digit(at, end); k++, at++) {
      if (k < (before < 2 ? 2 : 1)) fputc(*at, f);
    }
  }
  free(text);
  return f && fclose(f) == 0;
}
