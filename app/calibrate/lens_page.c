/* SPDX-License-Identifier: Apache-2.0 */
#include "calibrate/lens_page.h"

#include <cairo-svg.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/failure.h"
#include "drawing/lettering.h"

#define PAGE      900.0 /* px, wide */
#define MARGIN    30.0
#define HEADER    64.0
#define LINE      20.0
#define ARROW     18.0 /* px on the page of an error as large as the RMS */
#define NAMES     220.0
#define LETTERS   30  /* of a view's name, in bytes */
#define CROSS     7.0 /* half of it, px on the page */
#define PAPER     ((ink){ 1, 1, 1, 1 })
#define PEN       ((ink){ 0.13, 0.15, 0.18, 1 })
#define SOFT      ((ink){ 0.55, 0.58, 0.62, 1 })
#define BOARD_INK ((ink){ 0.16, 0.42, 0.74, 1 })
#define MISS_INK  ((ink){ 0.82, 0.34, 0.05, 1 })

static void write_text(cairo_t *cr, double x, double y, double size, ink colour, double align, const char *text) {
  const lettering what = { .text = text, .size = size, .align = align, .colour = colour };
  lettering_draw(cr, x, y, &what);
}

/* The outline of the board in one view, through its outer corners. */
static void draw_outline(cairo_t *cr, const sagitta_lens_report *r, const sagitta_lens_corner *c, double scale) {
  const size_t columns = (size_t)r->board.columns, last = columns * (size_t)r->board.rows - 1;
  const size_t outer[4] = { 0, columns - 1, last, last + 1 - columns };
  for (int i = 0; i < 4; i++) cairo_line_to(cr, c[outer[i]].x * scale, c[outer[i]].y * scale);
  cairo_close_path(cr);
  use_ink(cr, BOARD_INK, 0.05);
  cairo_fill_preserve(cr);
  use_ink(cr, BOARD_INK, 0.45);
  cairo_set_line_width(cr, 0.7);
  cairo_stroke(cr);
}

static void draw_picture(cairo_t *cr, const sagitta_lens_report *r, double scale, double magnified) {
  cairo_rectangle(cr, 0, 0, r->camera.width * scale, r->camera.height * scale);
  use_ink(cr, SOFT, 1);
  cairo_set_line_width(cr, 1);
  cairo_stroke_preserve(cr);
  cairo_clip(cr);
  for (size_t v = 0; v < r->view_count; v++) {
    if (r->views[v].state == SAGITTA_VIEW_USED) draw_outline(cr, r, r->corners + r->views[v].first_corner, scale);
  }
  use_ink(cr, MISS_INK, 0.9);
  cairo_set_line_width(cr, 0.8);
  for (size_t i = 0; i < r->corner_count; i++) {
    const sagitta_lens_corner *c = &r->corners[i];
    cairo_move_to(cr, c->x * scale, c->y * scale);
    cairo_rel_line_to(cr, c->dx * magnified, c->dy * magnified);
  }
  cairo_stroke(cr);
  const sagitta_lens *lens = &r->camera.lens;
  use_ink(cr, PEN, 0.9);
  cairo_set_line_width(cr, 1.2);
  cairo_move_to(cr, lens->cx * scale - CROSS, lens->cy * scale);
  cairo_rel_line_to(cr, 2 * CROSS, 0);
  cairo_move_to(cr, lens->cx * scale, lens->cy * scale - CROSS);
  cairo_rel_line_to(cr, 0, 2 * CROSS);
  cairo_stroke(cr);
}

/* The end of a long name, which tells the views apart. */
static const char *short_name(const char *name, char *shortened, size_t size) {
  const size_t length = strlen(name);
  if (length <= LETTERS) return name;
  const char *from = name + length - LETTERS;
  while ((*from & 0xC0) == 0x80) from++; /* not within a letter */
  snprintf(shortened, size, "\u2026%s", from);
  return shortened;
}

static void draw_bars(cairo_t *cr, const sagitta_lens_report *r, double width) {
  double most = r->camera.lens.rms, y = 0;
  for (size_t v = 0; v < r->view_count; v++) most = fmax(most, r->views[v].rms);
  for (size_t v = 0; v < r->view_count; v++) {
    const sagitta_lens_view *view = &r->views[v];
    if (view->state != SAGITTA_VIEW_USED) continue;
    char figure[32], name[LETTERS + 8];
    const double length = (width - NAMES - 70) * (most > 0 ? view->rms / most : 0);
    write_text(cr, NAMES - 8, y, 12, PEN, 1, short_name(view->name, name, sizeof name));
    cairo_rectangle(cr, NAMES, y + 3, length, LINE - 8);
    use_ink(cr, BOARD_INK, 0.7);
    cairo_fill(cr);
    snprintf(figure, sizeof figure, "%.3f px", view->rms);
    write_text(cr, NAMES + length + 6, y, 12, PEN, 0, figure);
    y += LINE;
  }
}

static void draw_page(cairo_t *cr, const sagitta_lens_report *r, double scale, double page_height) {
  const sagitta_lens *lens = &r->camera.lens;
  const double magnified = lens->rms > 0 ? ARROW / lens->rms : 1;
  char line[200];
  ink_box(cr, 0, 0, PAGE, page_height, PAPER);
  snprintf(line, sizeof line, "Lens: %d views, %zu corners, RMS %.3f px", lens->views, r->corner_count, lens->rms);
  write_text(cr, MARGIN, 16, 18, PEN, 0, line);
  snprintf(
      line, sizeof line,
      "Lines: found less expected, %.0f times as long as in the picture. Board over %.0f %% of the picture. Cross: "
      "the middle of the lens.",
      magnified / scale, 100 * r->coverage);
  write_text(cr, MARGIN, 41, 12, SOFT, 0, line);
  cairo_save(cr);
  cairo_translate(cr, MARGIN, HEADER);
  draw_picture(cr, r, scale, magnified);
  cairo_restore(cr);
  cairo_translate(cr, MARGIN, HEADER + r->camera.height * scale + LINE);
  draw_bars(cr, r, PAGE - 2 * MARGIN);
}

sagitta_status lens_page_draw(const sagitta_lens_report *lens, sagitta_output *output, sagitta_error *error) {
  const double room = PAGE - 2 * MARGIN;
  const double scale = fmin(room / lens->camera.width, room / lens->camera.height);
  const double height = HEADER + lens->camera.height * scale + LINE * (lens->camera.lens.views + 1) + MARGIN;
  cairo_sink s = { output, error, SAGITTA_OK };
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream(cairo_sink_write, &s, PAGE, height);
  cairo_t *cr = cairo_create(surface);
  draw_page(cr, lens, scale, height);
  cairo_destroy(cr);
  cairo_surface_finish(surface);
  const cairo_status_t drawn = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  if (s.status != SAGITTA_OK || drawn == CAIRO_STATUS_SUCCESS) return s.status;
  return fail_with(error, SAGITTA_ERROR_MEMORY, "The plot of the residuals cannot be drawn: %s.",
                   cairo_status_to_string(drawn));
}
