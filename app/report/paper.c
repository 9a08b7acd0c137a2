/* SPDX-License-Identifier: Apache-2.0 */
#include "report/paper.h"

#include <cairo-pdf.h>
#include <math.h>
#include <stdio.h>

#include "report/phrases.h"

static void draw_foot(paper *p) {
  char number[PHRASE_SHORT];
  const double y = PAPER_HEIGHT - PAPER_FOOT;
  double across;
  (void)snprintf(number, sizeof number, "%d", p->pages);
  type page = { .text = number, .size = 7.5, .align = 1, .colour = PAPER_FAINT };
  type_measure(p->cr, &page, &across, NULL);
  line_draw(p->cr, PAPER_MARGIN, y, PAPER_WIDTH - PAPER_MARGIN, y, 0.5, PAPER_LINE);
  type_draw(p->cr, PAPER_WIDTH - PAPER_MARGIN, y + 5, &page);
  if (!p->foot) return;
  type_draw(
      p->cr, PAPER_MARGIN, y + 5,
      &(type){ .text = p->foot, .size = 7.5, .width = PAPER_INSIDE - across - 12, .lines = 1, .colour = PAPER_FAINT });
}

void paper_end(paper *p) {
  if (p->pages == 0) return;
  draw_foot(p);
  if (p->kind == PAPER_PAGES) cairo_show_page(p->cr);
}

void paper_turn(paper *p, const char *section) {
  paper_end(p);
  p->pages++;
  cairo_identity_matrix(p->cr);
  cairo_scale(p->cr, p->scale, p->scale);
  if (p->kind == PAPER_STACKED) {
    cairo_translate(p->cr, 0, PAPER_HEIGHT * (p->pages - 1));
    box_fill(p->cr, 0, 0, PAPER_WIDTH, PAPER_HEIGHT, PAPER_WHITE);
    if (p->pages > 1) line_draw(p->cr, 0, 0, PAPER_WIDTH, 0, 1, PAPER_LINE);
  }
  if (p->kind == PAPER_PAGES && section) {
    char attributes[32];
    (void)snprintf(attributes, sizeof attributes, "page=%d", p->pages);
    cairo_pdf_surface_add_outline(cairo_get_target(p->cr), CAIRO_PDF_OUTLINE_ROOT, section, attributes, 0);
  }
  p->y = PAPER_TOP;
  if (section || !p->running) return;
  type head = { .text = p->running, .size = 8, .width = PAPER_INSIDE, .lines = 1, .colour = PAPER_FAINT };
  p->y += type_draw(p->cr, PAPER_MARGIN, p->y, &head) + 10;
}

double paper_room(const paper *p) {
  return PAPER_HEIGHT - PAPER_FOOT - 8 - p->y;
}

void paper_need(paper *p, double height) {
  if (height > paper_room(p)) paper_turn(p, NULL);
}

void paper_text(paper *p, const type *what, double after) {
  type t = *what;
  double height;
  if (t.width <= 0) t.width = PAPER_INSIDE;
  type_measure(p->cr, &t, NULL, &height);
  paper_need(p, height);
  p->y += type_draw(p->cr, PAPER_MARGIN, p->y, &t) + after;
}

void paper_heading(paper *p, const char *text) {
  paper_need(p, 40);
  type heading = { .text = text, .size = 9.5, .bold = true, .colour = PAPER_TEXT };
  p->y += type_draw(p->cr, PAPER_MARGIN, p->y, &heading) + 3;
}

double paper_figure(paper *p, const report *r, figure_kind kind, double x, double width, double height, double text,
                    bool title) {
  char caption[FIGURE_ALT], alt[FIGURE_ALT];
  double above = 0;
  figure_words(r, kind, caption, alt);
  if (title) {
    type prose = { .text = caption, .size = text, .bold = true, .colour = PAPER_TEXT };
    double across;
    type_measure(p->cr, &prose, &across, NULL);
    if (across > width) prose.size *= fmax(0.78, width / across - 0.01); /* smaller rather than cut off */
    prose.width = width;
    prose.lines = 1;
    above = type_draw(p->cr, x, p->y, &prose) + 3;
  }
  cairo_save(p->cr);
  cairo_translate(p->cr, x, p->y + above);
  figure_draw(p->cr, r, kind, (figure){ width, height - above, text });
  cairo_restore(p->cr);
  return height;
}
