/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the sheets: drawing on paper at true size, everything in mm from the sheet's top left corner
 * (true_size.c), and the pages that are drawn so. */
#ifndef SG_SHEETS_SHEET_PAGES_H
#define SG_SHEETS_SHEET_PAGES_H

#include <cairo.h>
#include <stdbool.h>

#include "drawing/lettering.h"
#include "sagitta/markers.h"

/* Kept free for printers that cannot print to the edge. */
#define SHEET_MARGIN 12.0

typedef struct sheet {
  cairo_t *cr;
  cairo_surface_t *surface;
  double paper_width, paper_height; /* mm, upright */
  const char *paper;                /* "A4" */
  const char *language;             /* of every word; NULL = English */
  double width, height;             /* mm, of the page being drawn */
  const char *note;                 /* beside the check bar; NULL = none */
} sheet;

/* sRGB, 0–255. */
#define SHEET_COLOUR(red, green, blue) ((ink){ (red) / 255.0, (green) / 255.0, (blue) / 255.0, 1 })

#define SHEET_BLACK SHEET_COLOUR(0, 0, 0)
#define SHEET_GREY  SHEET_COLOUR(95, 95, 95)
#define SHEET_LINE  SHEET_COLOUR(165, 165, 165)

typedef struct sheet_text {
  const char *text;
  double x, y;  /* mm, top; x is the left end, the middle or the right end as `align` says */
  double size;  /* points */
  double width; /* mm at which lines break; 0 = one line */
  double align; /* 0 left, 0.5 middle, 1 right */
  bool bold;
  ink colour; /* not set: black */
} sheet_text;

/* Begin a page, upright or lying; end it with its check bar, footer and number. */
void sheet_begin(sheet *s, bool lying);
void sheet_end(sheet *s);

void sheet_ink(sheet *s, ink colour);
/* Returns the height that the text took, mm. */
double sheet_write(sheet *s, const sheet_text *text);
/* A heading at the top of the page with a line of explanation below it; returns where the rest may begin, mm. */
double sheet_heading(sheet *s, const char *heading, const char *explanation);
void sheet_line(sheet *s, double x0, double y0, double x1, double y1, double width, ink colour);

/* ---- all pages of one file each (guide.c, targets.c, proof_sheet.c, questions.c) ---- */

void sheets_draw_guide(sheet *s);
void sheets_draw_markers(sheet *s);
void sheets_draw_boards(sheet *s);
void sheets_draw_ruler(sheet *s);
void sheets_draw_proof(sheet *s);
void sheets_draw_questions(sheet *s); /* of no size that matters, and so without the check bar */

/* ---- markers (targets.c) ---- */

/* The sRGB colour that a role's marker is printed in: those that sagitta_markers_default() stands for. */
ink sheets_marker_colour(sagitta_role role);
/* A disc around (x, y), and a strip with this middle and its long side at `turn_deg` clockwise from straight up. */
void sheets_disc(sheet *s, double x, double y, double diameter, sagitta_role role, bool cut);
void sheets_strip(sheet *s, double x, double y, double length, double width, double turn_deg, sagitta_role role,
                  bool cut);

#endif
