/* SPDX-License-Identifier: Apache-2.0 */
/* Small plots on cairo: a frame with numbered axes, lines, bands, words. */
#ifndef SAGITTA_SVG_PLOT_H
#define SAGITTA_SVG_PLOT_H

#include <cairo.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct plot_colour {
  double red, green, blue;
} plot_colour;

extern const plot_colour plot_ink, plot_grey, plot_hips, plot_back, plot_skin;

typedef struct plot {
  cairo_t *cr;
  double left, top, width, height; /* points */
  double x0, x1, y0, y1;           /* values at its edges; y0 below */
} plot;

/* Ticks every x_step and y_step. */
void plot_frame(const plot *p, const char *title, const char *x_name, const char *y_name, double x_step, double y_step);
/* Gaps where a value is NAN. */
void plot_line(const plot *p, const double *x, const double *y, size_t n, plot_colour colour, double width,
               bool dashed);
void plot_band(const plot *p, const double *x, const double *low, const double *high, size_t n, plot_colour colour);
void plot_level(const plot *p, double y, plot_colour colour);
/* align: 0 the text begins there, 0.5 is centred, 1 ends. */
void plot_text(cairo_t *cr, double x, double y, double align, plot_colour colour, const char *text);
double plot_x(const plot *p, double x);
double plot_y(const plot *p, double y);

/* An SVG file of that size in points, white. plot_close writes it, trimmed, and is false when it cannot.
 */
cairo_t *plot_open(const char *path, double width, double height);
bool plot_close(cairo_t *cr, const char *path);
/* Makes an SVG file of cairo's smaller: numbers to 0.01, from 10 on to 0.1; nothing said twice. */
bool plot_trim(const char *path);

#endif
