/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to the report: the letters of its pages, the same at any scale, in any script for which there is a font
 * (`face` of a lettering is set here), and how charts are filled. Lengths are in user units of the context (points on
 * paper, px on a screen).
 */
#ifndef SG_REPORT_TYPOGRAPHY_H
#define SG_REPORT_TYPOGRAPHY_H

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

/* Draw with the top at y; returns the height. */
double typeset_draw(cairo_t *cr, double x, double y, const lettering *what);
/* The same with the middle of the text's height at y. */
double typeset_draw_middle(cairo_t *cr, double x, double y, const lettering *what);
/* Either may be NULL. */
void typeset_measure(cairo_t *cr, const lettering *what, double *width, double *height);
/* Whether every letter of the text is in some font of this machine. */
bool typeset_has_letters(const char *text);

/* Lines and fills that every chart uses. */
/* As ink_line, with round ends. */
void round_line_draw(cairo_t *cr, double x0, double y0, double x1, double y1, double width, ink colour);
/* Fill the current path with the back's stripes and outline it; the path is consumed. */
void path_fill_stripes(cairo_t *cr, double pitch);
/* Fill the current path with the hips' solid colour and outline it; the path is consumed. */
void path_fill_solid(cairo_t *cr);

/* A round step of an axis, of which about `most` fit into the span. */
double axis_step(double span, int most);

#endif
