/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What everything that is drawn is drawn with, on a cairo context: inks, lines, boxes, text, and a way for cairo to
 * write into an output. Lengths are in user units of the context (points on paper, px on a screen, mm on a sheet).
 */
#ifndef SG_DRAWING_LETTERING_H
#define SG_DRAWING_LETTERING_H

#include <cairo.h>
#include <stdbool.h>

#include "sagitta/output.h"

/* sRGB and opacity, each 0–1. */
typedef struct ink {
  double red, green, blue, alpha;
} ink;

/* On dark ground and on pictures. Hips blue, back amber: told apart by the colour-blind, and neither says good or
 * bad. */
#define INK_HIPS   ((ink){ 0.36, 0.68, 1.00, 1 })
#define INK_BACK   ((ink){ 1.00, 0.72, 0.26, 1 })
#define INK_TEXT   ((ink){ 0.95, 0.96, 0.97, 1 })
#define INK_FAINT  ((ink){ 0.66, 0.69, 0.74, 1 })
#define INK_GROUND ((ink){ 0.085, 0.095, 0.115, 1 })

void use_ink(cairo_t *cr, ink colour, double alpha);
void ink_line(cairo_t *cr, double x0, double y0, double x1, double y1, double width, ink colour);
void ink_box(cairo_t *cr, double x, double y, double width, double height, ink colour);

/* How the letters of one kind of page look. */
typedef struct typeface {
  const char *families; /* comma-separated; the first that is there */
  bool exact;           /* glyphs keep their fractional places: the same look at any scale, on every machine */
  /* Text of a page, in any script: paragraphs run left to right, overlong words break, and a number stays with its
   * unit. */
  bool paragraphs;
  double line_spacing; /* distance of lines, times the font's own; 0 = its own */
  double leading;      /* distance of lines, times the size, the same in every font; 0 = by line_spacing */
  ink halo;
  double halo_width; /* times the size */
} typeface;

/* Plain letters of the screen: the overlay, plots. */
extern const typeface screen_face;

typedef struct lettering {
  const char *text;     /* UTF-8 */
  double size;          /* of the font */
  bool bold;            /* … */
  bool halo;            /* an outline in the face's halo, for words on a picture or on lines */
  double align;         /* 0: x is the left end, 0.5 the middle, 1 the right end */
  ink colour;           /* … */
  const typeface *face; /* NULL = screen_face */
  double width;         /* at which lines break; 0 = one line */
  int lines;            /* no more than so many, then …; 0 = as many as it takes */
  double leading;       /* in place of the face's; 0 = the face's */
} lettering;

/* The room that a text takes; either may be NULL. */
typedef struct lettering_size {
  double width, height;
} lettering_size;

/* Draw with the top at y, or with the middle of its height there; the path is left empty. Returns the size. */
lettering_size lettering_draw(cairo_t *cr, double x, double y, const lettering *what);
lettering_size lettering_draw_middle(cairo_t *cr, double x, double y, const lettering *what);
lettering_size lettering_measure(cairo_t *cr, const lettering *what);
/* From here on the sizes of exact faces' texts are remembered with what `cr` draws on, and shared with what `like`
 * draws on (NULL: nothing). Without memory nothing is remembered. Both are used by one thread. */
void lettering_remember(cairo_t *cr, cairo_t *like);
/* The same, where nobody looks at what is drawn: texts are measured and not drawn. */
void lettering_only_measure(cairo_t *cr, cairo_t *like);
/* Whether every letter of the text is in some font of this machine. */
bool lettering_is_complete(const typeface *face, const char *text);

/* For cairo_…_surface_create_for_stream: what cairo makes goes into an output. Cairo hears of no failure, since some of
 * its versions fall over when a font cannot be written: `status` remembers it. */
typedef struct cairo_sink {
  sagitta_output *output;
  sagitta_error *error;
  sagitta_status status;
} cairo_sink;
/* `sink` is a cairo_sink. */
cairo_status_t cairo_sink_write(void *sink, const unsigned char *data, unsigned length);

#endif
