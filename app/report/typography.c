/* SPDX-License-Identifier: Apache-2.0 */
/* Text, lines and fills on a cairo context. */
#include "report/typography.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "cli/text.h"

/* The first that is there; the last is on every machine that has any font. */
#define FONTS "Source Sans 3, Noto Sans, Liberation Sans, DejaVu Sans, Sans"

/* Fonts differ in the distance of their lines by a third: by the size of the letters they are alike. */
static void space_lines(PangoLayout *layout, const typeset *t) {
  PangoFontMetrics *metrics =
      pango_context_get_metrics(pango_layout_get_context(layout), pango_layout_get_font_description(layout), NULL);
  const double own = (double)pango_font_metrics_get_height(metrics) / PANGO_SCALE;
  pango_font_metrics_unref(metrics);
  if (own > 0) pango_layout_set_line_spacing(layout, (float)((t->leading > 0 ? t->leading : 1.3) * t->size / own));
}

#define TOGETHER_MOST 24 /* bytes of a word that may stay whole at a line's end */

/* No line ends between a number and its unit, nor within "95-%-Bereich". */
static void keep_together(PangoLayout *layout, const char *text) {
  PangoAttrList *list = NULL;
  for (const char *at = text; *at;) {
    at += strspn(at, " \n");
    const size_t bytes = text_word(at);
    const bool joined = memchr(at, ' ', bytes) || (memchr(at, '%', bytes) && memchr(at, '-', bytes));
    if (joined && bytes <= TOGETHER_MOST) {
      PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);
      whole->start_index = (guint)(at - text);
      whole->end_index = (guint)(at - text + (ptrdiff_t)bytes);
      if (!list) list = pango_attr_list_new();
      pango_attr_list_insert(list, whole);
    }
    at += bytes;
  }
  if (!list) return;
  pango_layout_set_attributes(layout, list);
  pango_attr_list_unref(list);
}

static PangoLayout *lay_out(cairo_t *cr, const typeset *t) {
  PangoLayout *layout = pango_cairo_create_layout(cr);
  PangoContext *context = pango_layout_get_context(layout);
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context, FALSE);
  pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
  pango_context_set_language(context, pango_language_from_string("en"));
  PangoFontDescription *font = pango_font_description_from_string(FONTS);
  pango_font_description_set_weight(font, t->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font, t->size * PANGO_SCALE);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_auto_dir(layout, FALSE);
  pango_layout_set_single_paragraph_mode(layout, t->width <= 0);
  if (t->width > 0) {
    pango_layout_set_width(layout, (int)(t->width * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  }
  if (t->lines > 0) {
    pango_layout_set_height(layout, -t->lines);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
  }
  if (t->align > 0) pango_layout_set_alignment(layout, t->align < 1 ? PANGO_ALIGN_CENTER : PANGO_ALIGN_RIGHT);
  pango_layout_set_text(layout, t->text, -1);
  if (t->width > 0) keep_together(layout, t->text);
  space_lines(layout, t);
  return layout;
}

static void measure(PangoLayout *layout, double *width, double *height) {
  int w, h;
  pango_layout_get_size(layout, &w, &h);
  if (width) *width = (double)w / PANGO_SCALE;
  if (height) *height = (double)h / PANGO_SCALE;
}

void typeset_measure(cairo_t *cr, const typeset *what, double *width, double *height) {
  PangoLayout *layout = lay_out(cr, what);
  measure(layout, width, height);
  g_object_unref(layout);
}

static double draw(cairo_t *cr, double x, double y, const typeset *what, double middle) {
  PangoLayout *layout = lay_out(cr, what);
  double width, height;
  measure(layout, &width, &height);
  const double across = what->width > 0 ? what->width : width;
  cairo_new_path(cr);
  cairo_move_to(cr, x - what->align * across, y - middle * height);
  if (what->halo) {
    pango_cairo_layout_path(cr, layout);
    use_ink(cr, PAPER_WHITE, 0.92);
    cairo_set_line_width(cr, what->size * 0.3);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr);
    cairo_move_to(cr, x - what->align * across, y - middle * height);
  }
  use_ink(cr, what->colour, 1);
  pango_cairo_show_layout(cr, layout);
  cairo_new_path(cr);
  g_object_unref(layout);
  return height;
}

double typeset_draw(cairo_t *cr, double x, double y, const typeset *what) {
  return draw(cr, x, y, what, 0);
}

double typeset_draw_middle(cairo_t *cr, double x, double y, const typeset *what) {
  return draw(cr, x, y, what, 0.5);
}

bool typeset_has_letters(const char *text) {
  cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
  cairo_t *cr = cairo_create(surface);
  PangoLayout *layout = lay_out(cr, &(typeset){ .text = text, .size = 10 });
  const bool all = pango_layout_get_unknown_glyphs_count(layout) == 0;
  g_object_unref(layout);
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
  return all;
}

void line_draw(cairo_t *cr, double x0, double y0, double x1, double y1, double width, ink colour) {
  use_ink(cr, colour, 1);
  cairo_set_line_width(cr, width);
  cairo_move_to(cr, x0, y0);
  cairo_line_to(cr, x1, y1);
  cairo_stroke(cr);
}

void box_fill(cairo_t *cr, double x, double y, double width, double height, ink colour) {
  use_ink(cr, colour, 1);
  cairo_rectangle(cr, x, y, width, height);
  cairo_fill(cr);
}

void path_fill_solid(cairo_t *cr) {
  use_ink(cr, PAPER_HIPS, 1);
  cairo_fill(cr);
}

/* Lines and no pattern surface: they stay sharp at every scale. */
void path_fill_stripes(cairo_t *cr, double pitch) {
  cairo_path_t *path = cairo_copy_path(cr);
  double x0, y0, x1, y1;
  cairo_path_extents(cr, &x0, &y0, &x1, &y1);
  cairo_save(cr);
  cairo_clip(cr);
  box_fill(cr, x0, y0, x1 - x0, y1 - y0, PAPER_WHITE);
  use_ink(cr, PAPER_BACK, 1);
  cairo_set_line_width(cr, pitch * 0.46);
  const double height = y1 - y0;
  for (double x = floor((x0 - height) / pitch) * pitch; x < x1; x += pitch) {
    cairo_move_to(cr, x, y1);
    cairo_line_to(cr, x + height, y0);
  }
  cairo_stroke(cr);
  cairo_restore(cr);
  cairo_append_path(cr, path);
  use_ink(cr, PAPER_BACK, 1);
  cairo_set_line_width(cr, pitch * 0.32);
  cairo_stroke(cr);
  cairo_path_destroy(path);
}

void round_line_draw(cairo_t *cr, double x0, double y0, double x1, double y1, double width, ink colour) {
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  line_draw(cr, x0, y0, x1, y1, width, colour);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
}

double axis_step(double span, int most) {
  static const double steps[] = { 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600 };
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    if (span / steps[i] <= most) return steps[i];
  }
  return span;
}
