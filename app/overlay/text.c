/* SPDX-License-Identifier: Apache-2.0 */
#include "overlay/text.h"

#include <pango/pangocairo.h>

void use_ink(cairo_t *cr, ink colour, double alpha) {
  cairo_set_source_rgba(cr, colour.red, colour.green, colour.blue, colour.alpha * alpha);
}

static PangoLayout *lay_out(cairo_t *cr, const words *what) {
  PangoLayout *layout = pango_cairo_create_layout(cr);
  PangoFontDescription *font = pango_font_description_from_string("Sans");
  pango_font_description_set_weight(font, what->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font, what->size * PANGO_SCALE);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_text(layout, what->text, -1);
  return layout;
}

static void measure(PangoLayout *layout, double *width, double *height) {
  int w, h;
  pango_layout_get_size(layout, &w, &h);
  *width = (double)w / PANGO_SCALE;
  *height = (double)h / PANGO_SCALE;
}

void words_measure(cairo_t *cr, const words *what, double *width, double *height) {
  PangoLayout *layout = lay_out(cr, what);
  measure(layout, width, height);
  g_object_unref(layout);
}

double words_draw(cairo_t *cr, double x, double y, const words *what) {
  PangoLayout *layout = lay_out(cr, what);
  double width, height;
  measure(layout, &width, &height);
  cairo_move_to(cr, x - what->align * width, y);
  if (what->halo) {
    pango_cairo_layout_path(cr, layout);
    use_ink(cr, INK_GROUND, 0.75);
    cairo_set_line_width(cr, what->size / 4);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr);
    cairo_move_to(cr, x - what->align * width, y);
  }
  use_ink(cr, what->colour, 1);
  pango_cairo_show_layout(cr, layout);
  g_object_unref(layout);
  return width;
}
