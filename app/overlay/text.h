/* SPDX-License-Identifier: Apache-2.0 */
/* Words and colours of the overlay. */
#ifndef APP_OVERLAY_TEXT_H
#define APP_OVERLAY_TEXT_H

#include <cairo.h>
#include <stdbool.h>

typedef struct ink {
  double red, green, blue, alpha;
} ink;

/* Hips blue, back amber: told apart by the colour-blind, and neither says good or bad. */
#define INK_HIPS   ((ink){ 0.36, 0.68, 1.00, 1 })
#define INK_BACK   ((ink){ 1.00, 0.72, 0.26, 1 })
#define INK_TEXT   ((ink){ 0.95, 0.96, 0.97, 1 })
#define INK_FAINT  ((ink){ 0.66, 0.69, 0.74, 1 })
#define INK_GROUND ((ink){ 0.085, 0.095, 0.115, 1 })

typedef struct words {
  const char *text;
  double size; /* px */
  bool bold;
  bool halo;    /* dark outline, for words on a picture */
  double align; /* 0: x is the left end, 0.5 the middle, 1 the right end */
  ink colour;
} words;

void use_ink(cairo_t *cr, ink colour, double alpha);
/* Draw with the top at y; returns the width, px. */
double words_draw(cairo_t *cr, double x, double y, const words *what);
void words_measure(cairo_t *cr, const words *what, double *width, double *height);

#endif
