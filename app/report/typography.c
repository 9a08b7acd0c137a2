/* SPDX-License-Identifier: Apache-2.0 */
/* The letters of the pages, and how their charts are filled. */
#include "report/typography.h"

#include <math.h>

/* The first font that is there; the last is on every machine that has any. */
static const typeface paper_face = { .families = "Source Sans 3, Noto Sans, Liberation Sans, DejaVu Sans, Sans",
                                     .exact = true,
                                     .paragraphs = true,
                                     .leading = 1.3,
                                     .halo = { 1, 1, 1, 0.92 },
                                     .halo_width = 0.3 };

static lettering on_paper(const lettering *what) {
  lettering t = *what;
  t.face = &paper_face;
  return t;
}

void typeset_measure(cairo_t *cr, const lettering *what, double *width, double *height) {
  const lettering t = on_paper(what);
  const lettering_size size = lettering_measure(cr, &t);
  if (width) *width = size.width;
  if (height) *height = size.height;
}

double typeset_draw(cairo_t *cr, double x, double y, const lettering *what) {
  const lettering t = on_paper(what);
  return lettering_draw(cr, x, y, &t).height;
}

double typeset_draw_middle(cairo_t *cr, double x, double y, const lettering *what) {
  const lettering t = on_paper(what);
  return lettering_draw_middle(cr, x, y, &t).height;
}

bool typeset_has_letters(const char *text) {
  return lettering_is_complete(&paper_face, text);
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
  ink_box(cr, x0, y0, x1 - x0, y1 - y0, PAPER_WHITE);
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
  ink_line(cr, x0, y0, x1, y1, width, colour);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
}

double axis_step(double span, int most) {
  static const double steps[] = { 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600 };
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    if (span / steps[i] <= most) return steps[i];
  }
  return span;
}
