/* SPDX-License-Identifier: Apache-2.0 */
#include "drawing/lettering.h"

#include <pango/pangocairo.h>
#include <string.h>

#include "cli/text.h"

const typeface screen_face = {
  .families = "Sans", .halo = { 0.085, 0.095, 0.115, 0.75 }, .halo_width = 0.25 /* INK_GROUND */
};

/* ---- lines, boxes, outputs ---- */

void use_ink(cairo_t *cr, ink colour, double alpha) {
  cairo_set_source_rgba(cr, colour.red, colour.green, colour.blue, colour.alpha * alpha);
}

void ink_line(cairo_t *cr, double x0, double y0, double x1, double y1, double width, ink colour) {
  use_ink(cr, colour, 1);
  cairo_set_line_width(cr, width);
  cairo_move_to(cr, x0, y0);
  cairo_line_to(cr, x1, y1);
  cairo_stroke(cr);
}

void ink_box(cairo_t *cr, double x, double y, double width, double height, ink colour) {
  use_ink(cr, colour, 1);
  cairo_rectangle(cr, x, y, width, height);
  cairo_fill(cr);
}

cairo_status_t cairo_sink_write(void *sink, const unsigned char *data, unsigned length) {
  cairo_sink *to = sink;
  if (to->status == SAGITTA_OK) to->status = sagitta_output_write(to->output, data, length, to->error);
  return CAIRO_STATUS_SUCCESS;
}

/* ---- text ---- */

/* Fonts differ in the distance of their lines by a third: by the size of the letters they are alike. */
static void space_lines(PangoLayout *layout, const typeface *face, const lettering *t) {
  const double leading = t->leading > 0 ? t->leading : face->leading;
  if (face->line_spacing > 0) pango_layout_set_line_spacing(layout, (float)face->line_spacing);
  if (!(leading > 0)) return;
  PangoFontMetrics *metrics =
      pango_context_get_metrics(pango_layout_get_context(layout), pango_layout_get_font_description(layout), NULL);
  const double own = (double)pango_font_metrics_get_height(metrics) / PANGO_SCALE;
  pango_font_metrics_unref(metrics);
  if (own > 0) pango_layout_set_line_spacing(layout, (float)(leading * t->size / own));
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

static void set_exact(PangoContext *context, bool grey) {
  cairo_font_options_t *options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  if (grey) cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(context, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(context, FALSE);
}

static PangoLayout *lay_out(cairo_t *cr, const lettering *t) {
  const typeface *face = t->face ? t->face : &screen_face;
  PangoLayout *layout = pango_cairo_create_layout(cr);
  PangoContext *context = pango_layout_get_context(layout);
  if (face->exact) set_exact(context, face->paragraphs);
  if (face->paragraphs) {
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    pango_context_set_language(context, pango_language_from_string("en"));
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_single_paragraph_mode(layout, t->width <= 0);
  }
  PangoFontDescription *font = pango_font_description_from_string(face->families);
  pango_font_description_set_weight(font, t->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font, t->size * PANGO_SCALE);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  if (t->width > 0) pango_layout_set_width(layout, (int)(t->width * PANGO_SCALE));
  if (t->width > 0 && face->paragraphs) pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  if (t->lines > 0) {
    pango_layout_set_height(layout, -t->lines);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
  }
  if (t->align > 0) pango_layout_set_alignment(layout, t->align < 1 ? PANGO_ALIGN_CENTER : PANGO_ALIGN_RIGHT);
  pango_layout_set_text(layout, t->text, -1);
  if (t->width > 0 && face->paragraphs) keep_together(layout, t->text);
  space_lines(layout, face, t);
  return layout;
}

static lettering_size size_of(PangoLayout *layout) {
  int width, height;
  pango_layout_get_size(layout, &width, &height);
  return (lettering_size){ (double)width / PANGO_SCALE, (double)height / PANGO_SCALE };
}

/* ---- sizes that are known ----
 * A page is set several times until everything has its place, and setting a text costs more than all else on it. The
 * size of an exact face's text hangs on nothing but the text and how it is set. */
typedef struct known_sizes {
  int users;
  GHashTable *of; /* what is set and how, in words → lettering_size */
} known_sizes;

static const cairo_user_data_key_t remembers, measures_only;

static void forget(void *data) {
  known_sizes *known = data;
  if (--known->users > 0) return;
  g_hash_table_destroy(known->of);
  g_free(known);
}

static known_sizes *known_by(cairo_t *cr) {
  return cairo_surface_get_user_data(cairo_get_target(cr), &remembers);
}

void lettering_remember(cairo_t *cr, cairo_t *like) {
  known_sizes *known = like ? known_by(like) : NULL;
  if (!known) {
    known = g_new0(known_sizes, 1);
    known->of = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  }
  known->users++;
  if (cairo_surface_set_user_data(cairo_get_target(cr), &remembers, known, forget) != CAIRO_STATUS_SUCCESS)
    forget(known);
}

void lettering_only_measure(cairo_t *cr, cairo_t *like) {
  static char yes;
  lettering_remember(cr, like);
  (void)cairo_surface_set_user_data(cairo_get_target(cr), &measures_only, &yes, NULL);
}

lettering_size lettering_measure(cairo_t *cr, const lettering *what) {
  known_sizes *known = what->face && what->face->exact ? known_by(cr) : NULL;
  char *key = NULL;
  if (known) {
    key = g_strdup_printf("%p %a %a %a %d %d %a %s", (const void *)what->face, what->size, what->width, what->leading,
                          what->lines, what->bold, what->align, what->text);
    const lettering_size *found = g_hash_table_lookup(known->of, key);
    if (found) {
      g_free(key);
      return *found;
    }
  }
  PangoLayout *layout = lay_out(cr, what);
  const lettering_size size = size_of(layout);
  g_object_unref(layout);
  if (known) g_hash_table_insert(known->of, key, g_memdup2(&size, sizeof size));
  return size;
}

/* `middle`: the part of its height that is above y. */
static lettering_size draw(cairo_t *cr, double x, double y, const lettering *what, double middle) {
  const typeface *face = what->face ? what->face : &screen_face;
  if (cairo_surface_get_user_data(cairo_get_target(cr), &measures_only)) return lettering_measure(cr, what);
  PangoLayout *layout = lay_out(cr, what);
  const lettering_size size = size_of(layout);
  const double left = x - what->align * (what->width > 0 ? what->width : size.width), top = y - middle * size.height;
  cairo_new_path(cr);
  cairo_move_to(cr, left, top);
  if (what->halo) {
    pango_cairo_layout_path(cr, layout);
    use_ink(cr, face->halo, 1);
    cairo_set_line_width(cr, what->size * face->halo_width);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_stroke(cr);
    cairo_move_to(cr, left, top);
  }
  use_ink(cr, what->colour, 1);
  pango_cairo_show_layout(cr, layout);
  cairo_new_path(cr);
  g_object_unref(layout);
  return size;
}

lettering_size lettering_draw(cairo_t *cr, double x, double y, const lettering *what) {
  return draw(cr, x, y, what, 0);
}

lettering_size lettering_draw_middle(cairo_t *cr, double x, double y, const lettering *what) {
  return draw(cr, x, y, what, 0.5);
}

bool lettering_is_complete(const typeface *face, const char *text) {
  cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
  cairo_t *cr = cairo_create(surface);
  PangoLayout *layout = lay_out(cr, &(lettering){ .face = face, .text = text, .size = 10 });
  const bool all = pango_layout_get_unknown_glyphs_count(layout) == 0;
  g_object_unref(layout);
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
  return all;
}
