/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Typography on a cairo context, for every page and figure of the report. Lengths are in user units of the context
 * (points on paper, px on a screen). Glyphs keep their fractional places, so that a page looks the same at any scale.
 * Names in any script: what the first font lacks, pango takes from another; the paragraph itself runs left to right.
 */
#ifndef APP_REPORT_TYPE_H
#define APP_REPORT_TYPE_H

#include <cairo.h>
#include <stdbool.h>

#include "drawing/lettering.h"

/* On white. Hips blue and solid, back ochre and striped: told apart without colour too, and neither says good or bad.
 * Text inks have a contrast of at least 4.5 to white and to PAPER_WASH. */
#define PAPER_TEXT  ((ink){ 0.106, 0.122, 0.145, 1 })
#define PAPER_FAINT ((ink){ 0.325, 0.361, 0.412, 1 })
#define PAPER_HIPS  ((ink){ 0.106, 0.345, 0.639, 1 })
#define PAPER_BACK  ((ink){ 0.624, 0.310, 0.020, 1 })
#define PAPER_LINE  ((ink){ 0.780, 0.800, 0.831, 1 })
#define PAPER_WASH  ((ink){ 0.953, 0.961, 0.973, 1 })
#define PAPER_WHITE ((ink){ 1, 1, 1, 1 })

typedef struct type {
  const char *text; /* UTF-8 */
  double size;      /* of the font */
  double width;     /* at which lines break; 0 = one line */
  double align;     /* 0: x is the left end, 0.5 the middle, 1 the right end */
  bool bold;
  bool halo;      /* a white outline, for words on lines */
  int lines;      /* no more than so many, then …; 0 = as many as it takes */
  double leading; /* distance of lines, times the size; 0 = 1.3 */
  ink colour;
} type;

/* Draw with the top at y; returns the height. */
double type_draw(cairo_t *cr, double x, double y, const type *what);
/* The same with the middle of the text's height at y. */
double type_draw_middle(cairo_t *cr, double x, double y, const type *what);
/* Either may be NULL. */
void type_measure(cairo_t *cr, const type *what, double *width, double *height);
/* Whether every letter of the text is in some font of this machine. */
bool type_has_letters(const char *text);

/* Fill or stroke helpers that every figure uses. */
void line_draw(cairo_t *cr, double x0, double y0, double x1, double y1, double width, ink colour);
void box_fill(cairo_t *cr, double x, double y, double width, double height, ink colour);
/* Fill the current path with the back's stripes and outline it; the path is consumed. */
void path_fill_stripes(cairo_t *cr, double pitch);
/* Fill the current path with the hips' solid colour and outline it; the path is consumed. */
void path_fill_solid(cairo_t *cr);

#endif
