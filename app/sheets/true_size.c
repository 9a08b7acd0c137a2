/* SPDX-License-Identifier: Apache-2.0 */
/* A sheet at true size: its page, check bar and heading, text and lines in mm. */
#include "cli/text.h"
#include "sheets/sheet_pages.h"

#include <cairo-pdf.h>
#include <math.h>
#include <stdio.h>

#define POINTS_PER_MM (72.0 / 25.4)
#define MM_PER_POINT  (25.4 / 72.0)
#define BAR           100.0 /* mm */

static const typeface sheet_face = { .families = "DejaVu Sans, Sans", .exact = true, .line_spacing = 1.12F };

void sheet_begin(sheet *s, bool lying) {
  s->width = lying ? s->paper_height : s->paper_width;
  s->height = lying ? s->paper_width : s->paper_height;
  if (cairo_surface_get_type(s->surface) == CAIRO_SURFACE_TYPE_PDF)
    cairo_pdf_surface_set_size(s->surface, s->width * POINTS_PER_MM, s->height * POINTS_PER_MM);
  s->note = NULL;
  cairo_identity_matrix(s->cr);
  cairo_scale(s->cr, POINTS_PER_MM, POINTS_PER_MM);
}

void sheet_ink(sheet *s, ink colour) {
  use_ink(s->cr, colour, 1);
}

void sheet_line(sheet *s, double x0, double y0, double x1, double y1, double width, ink colour) {
  ink_line(s->cr, x0, y0, x1, y1, width, colour);
}

/* From the text's corner, in points. */
static lettering begin_text(sheet *s, const sheet_text *t) {
  const bool plain = !(t->colour.alpha > 0);
  cairo_save(s->cr);
  cairo_translate(s->cr, t->x, t->y);
  cairo_scale(s->cr, MM_PER_POINT, MM_PER_POINT);
  return (lettering){ .face = &sheet_face,
                      .text = t->text,
                      .size = t->size,
                      .width = t->width * POINTS_PER_MM,
                      .align = t->align,
                      .bold = t->bold,
                      .colour = plain ? SHEET_BLACK : t->colour };
}

double sheet_write(sheet *s, const sheet_text *t) {
  const lettering text = begin_text(s, t);
  const double height = lettering_draw(s->cr, 0, 0, &text).height;
  cairo_restore(s->cr);
  return height * MM_PER_POINT;
}

/* The height that a text will take, mm. */
static double sheet_measure(sheet *s, const sheet_text *t) {
  const lettering text = begin_text(s, t);
  const double height = lettering_measure(s->cr, &text).height;
  cairo_restore(s->cr);
  return height * MM_PER_POINT;
}

double sheet_heading(sheet *s, const char *heading, const char *explanation) {
  double y = SHEET_MARGIN - 2;
  y += sheet_write(s, &(sheet_text){ .text = heading, .x = SHEET_MARGIN, .y = y, .size = 15, .bold = true }) + 1;
  y += sheet_write(s, &(sheet_text){ .text = explanation,
                                     .x = SHEET_MARGIN,
                                     .y = y,
                                     .size = 9,
                                     .width = s->width - 2 * SHEET_MARGIN,
                                     .colour = SHEET_GREY });
  return y;
}

void sheet_end(sheet *s) {
  const double x = SHEET_MARGIN, y = s->height - SHEET_MARGIN;
  sheet_ink(s, SHEET_BLACK);
  cairo_rectangle(s->cr, x, y - 1, BAR, 2);
  cairo_fill(s->cr);
  sheet_line(s, x + 0.15, y - 3, x + 0.15, y + 3, 0.3, SHEET_BLACK);
  sheet_line(s, x + BAR - 0.15, y - 3, x + BAR - 0.15, y + 3, 0.3, SHEET_BLACK);
  char text[500];
  const int length = snprintf(
      text, sizeof text,
      say(s->language, "10 cm on %s. If this bar is longer or shorter, print again at 100 %% (\"actual size\")."),
      s->paper);
  if (s->note && length > 0 && (size_t)length < sizeof text)
    snprintf(text + length, sizeof text - (size_t)length, "\n%s", s->note);
  sheet_text beside = {
    .text = text, .x = x + BAR + 4, .size = 7, .width = s->width - 2 * SHEET_MARGIN - BAR - 4, .colour = SHEET_GREY
  };
  const double height = sheet_measure(s, &beside);
  beside.y = fmin(y - height / 2, s->height - 6 - height);
  sheet_write(s, &beside);
  cairo_show_page(s->cr);
}
