/* SPDX-License-Identifier: Apache-2.0 */
#include "sheets/draw.h"

#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>

#define POINTS_PER_MM (72.0 / 25.4)
#define MM_PER_POINT  (25.4 / 72.0)
#define FONT          "DejaVu Sans, Sans"
#define BAR           100.0 /* mm */

void sheet_begin(sheet *s, bool lying) {
  s->width = lying ? s->paper_height : s->paper_width;
  s->height = lying ? s->paper_width : s->paper_height;
  cairo_pdf_surface_set_size(s->surface, s->width * POINTS_PER_MM, s->height * POINTS_PER_MM);
  s->note = NULL;
  cairo_identity_matrix(s->cr);
  cairo_scale(s->cr, POINTS_PER_MM, POINTS_PER_MM);
}

void sheet_ink(sheet *s, sheet_colour colour) {
  cairo_set_source_rgb(s->cr, colour.red / 255, colour.green / 255, colour.blue / 255);
}

void sheet_line(sheet *s, double x0, double y0, double x1, double y1, double width, sheet_colour colour) {
  sheet_ink(s, colour);
  cairo_set_line_width(s->cr, width);
  cairo_move_to(s->cr, x0, y0);
  cairo_line_to(s->cr, x1, y1);
  cairo_stroke(s->cr);
}

/* Glyphs keep their fractional places, so that a sheet looks the same on every machine with the font. */
static PangoLayout *lay_out(sheet *s, const sheet_text *t) {
  PangoLayout *layout = pango_cairo_create_layout(s->cr);
  PangoContext *context = pango_layout_get_context(layout);
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context, options);
  pango_context_set_round_glyph_positions(context, FALSE);
  cairo_font_options_destroy(options);
  PangoFontDescription *font = pango_font_description_from_string(FONT);
  pango_font_description_set_weight(font, t->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font, t->size * PANGO_SCALE);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  if (t->width > 0) pango_layout_set_width(layout, (int)(t->width * POINTS_PER_MM * PANGO_SCALE));
  if (t->align > 0) pango_layout_set_alignment(layout, t->align < 1 ? PANGO_ALIGN_CENTER : PANGO_ALIGN_RIGHT);
  pango_layout_set_line_spacing(layout, 1.12F);
  pango_layout_set_text(layout, t->text, -1);
  return layout;
}

double sheet_write(sheet *s, const sheet_text *t) {
  cairo_save(s->cr);
  cairo_translate(s->cr, t->x, t->y);
  cairo_scale(s->cr, MM_PER_POINT, MM_PER_POINT);
  PangoLayout *layout = lay_out(s, t);
  int width, height;
  pango_layout_get_size(layout, &width, &height);
  const double across = t->width > 0 ? t->width * POINTS_PER_MM : (double)width / PANGO_SCALE;
  sheet_ink(s, t->colour);
  cairo_move_to(s->cr, -t->align * across, 0);
  pango_cairo_show_layout(s->cr, layout);
  g_object_unref(layout);
  cairo_restore(s->cr);
  cairo_new_path(s->cr);
  return (double)height / PANGO_SCALE * MM_PER_POINT;
}

/* The height that a text will take, mm. */
static double sheet_measure(sheet *s, const sheet_text *t) {
  int height;
  cairo_save(s->cr);
  cairo_scale(s->cr, MM_PER_POINT, MM_PER_POINT);
  PangoLayout *layout = lay_out(s, t);
  pango_layout_get_size(layout, NULL, &height);
  g_object_unref(layout);
  cairo_restore(s->cr);
  return (double)height / PANGO_SCALE * MM_PER_POINT;
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
  g_snprintf(text, sizeof text,
             "10 cm on %s. If this bar is longer or shorter, print again at 100 %% (\"actual size\").%s%s", s->paper,
             s->note ? "\n" : "", s->note ? s->note : "");
  sheet_text beside = {
    .text = text, .x = x + BAR + 4, .size = 7, .width = s->width - 2 * SHEET_MARGIN - BAR - 4, .colour = SHEET_GREY
  };
  const double height = sheet_measure(s, &beside);
  beside.y = fmin(y - height / 2, s->height - 6 - height);
  sheet_write(s, &beside);
  cairo_show_page(s->cr);
}
