/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of paper: their flow, head and foot, and their files. */
#include "report/paper.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/failure.h"
#include "report/clinic.h"
#include "report/wording.h"

/* Points, as PDF has them. */
static const struct {
  double width, height;
  const char *name; /* for --paper */
} papers[] = { [REPORT_A4] = { 595.276, 841.890, "a4" }, [REPORT_LETTER] = { 612, 792, "letter" } };

static paper_flow flow_on(report_paper paper) {
  const double width = papers[paper].width;
  return (paper_flow){ .width = width, .height = papers[paper].height, .inside = width - 2 * PAPER_MARGIN, .scale = 1 };
}

paper_flow paper_aside(report_paper paper, const paper_flow *like) {
  cairo_surface_t *nowhere = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
  paper_flow p = like ? *like : flow_on(paper);
  p.cr = cairo_create(nowhere);
  lettering_only_measure(p.cr, like ? like->cr : NULL);
  p.kind = PAPER_COUNT;
  p.scale = 1;
  p.pages = 0;
  cairo_surface_destroy(nowhere);
  return p;
}

void paper_end_aside(paper_flow *p) {
  cairo_destroy(p->cr);
  p->cr = NULL;
}

static void draw_foot(paper_flow *p) {
  char number[WORDING_SHORT];
  const double y = p->height - PAPER_FOOT;
  double across;
  (void)snprintf(number, sizeof number, "%d", p->pages);
  lettering page = { .text = number, .size = 7.5, .align = 1, .colour = PAPER_FAINT };
  typeset_measure(p->cr, &page, &across, NULL);
  ink_line(p->cr, PAPER_MARGIN, y, p->width - PAPER_MARGIN, y, 0.5, PAPER_LINE);
  typeset_draw(p->cr, p->width - PAPER_MARGIN, y + 5, &page);
  if (!p->foot) return;
  typeset_draw(p->cr, PAPER_MARGIN, y + 5,
               &(lettering){
                   .text = p->foot, .size = 7.5, .width = p->inside - across - 12, .lines = 1, .colour = PAPER_FAINT });
}

static void end_page(paper_flow *p) {
  if (p->pages == 0) return;
  draw_foot(p);
  if (p->kind == PAPER_PAGES) cairo_show_page(p->cr);
}

void paper_turn(paper_flow *p, const char *section) {
  end_page(p);
  p->pages++;
  cairo_identity_matrix(p->cr);
  cairo_scale(p->cr, p->scale, p->scale);
  if (p->kind == PAPER_STACKED) {
    cairo_translate(p->cr, 0, p->height * (p->pages - 1));
    ink_box(p->cr, 0, 0, p->width, p->height, PAPER_WHITE);
    if (p->pages > 1) ink_line(p->cr, 0, 0, p->width, 0, 1, PAPER_LINE);
  }
  if (p->kind == PAPER_PAGES && section) {
    char attributes[32];
    (void)snprintf(attributes, sizeof attributes, "page=%d", p->pages);
    cairo_pdf_surface_add_outline(cairo_get_target(p->cr), CAIRO_PDF_OUTLINE_ROOT, section, attributes, 0);
  }
  p->y = PAPER_TOP;
  if (section || !p->running) return;
  lettering head = { .text = p->running, .size = 8, .width = p->inside, .lines = 1, .colour = PAPER_FAINT };
  p->y += typeset_draw(p->cr, PAPER_MARGIN, p->y, &head) + 10;
}

double paper_room(const paper_flow *p) {
  return p->height - PAPER_FOOT - 8 - p->y;
}

void paper_need(paper_flow *p, double height) {
  if (height > paper_room(p)) paper_turn(p, NULL);
}

void paper_text(paper_flow *p, const lettering *what, double after) {
  lettering t = *what;
  double height;
  if (t.width <= 0) t.width = p->inside;
  typeset_measure(p->cr, &t, NULL, &height);
  paper_need(p, height);
  p->y += typeset_draw(p->cr, PAPER_MARGIN, p->y, &t) + after;
}

void paper_item(paper_flow *p, const char *text, double size, double after) {
  const double indent = 1.33 * size;
  lettering line = { .text = text, .size = size, .width = p->inside - indent, .colour = PAPER_TEXT };
  double height;
  typeset_measure(p->cr, &line, NULL, &height);
  paper_need(p, height);
  cairo_new_path(p->cr);
  cairo_arc(p->cr, PAPER_MARGIN + 0.38 * size, p->y + 0.67 * size, 0.18 * size, 0, 6.2832);
  use_ink(p->cr, PAPER_TEXT, 1);
  cairo_fill(p->cr);
  p->y += typeset_draw(p->cr, PAPER_MARGIN + indent, p->y, &line) + after;
}

void paper_heading(paper_flow *p, const char *text) {
  paper_need(p, 40);
  lettering heading = { .text = text, .size = 9.5, .bold = true, .colour = PAPER_TEXT };
  p->y += typeset_draw(p->cr, PAPER_MARGIN, p->y, &heading) + 3;
}

double paper_chart(paper_flow *p, const report *r, chart_kind kind, double x, double width, double height, double text,
                   bool title) {
  char caption[CHART_WORDS], alt[CHART_WORDS];
  double above = 0;
  chart_words(r, kind, caption, alt);
  if (title) {
    lettering prose = { .text = caption, .size = text, .bold = true, .colour = PAPER_TEXT };
    double across;
    typeset_measure(p->cr, &prose, &across, NULL);
    if (across > width) prose.size *= fmax(0.78, width / across - 0.01); /* smaller rather than cut off */
    prose.width = width;
    prose.lines = 1;
    above = typeset_draw(p->cr, x, p->y, &prose) + 3;
  }
  cairo_save(p->cr);
  cairo_translate(p->cr, x, p->y + above);
  chart_draw(p->cr, r, kind, (chart_box){ width, height - above, text });
  cairo_restore(p->cr);
  return height;
}

#define LOGO_HIGH 34.0

/* The clinic's logo at the left, its name and address at the right of it. */
static void draw_clinic(paper_flow *p, const clinic *c) {
  double x = PAPER_MARGIN, height = 0;
  if (c->logo) {
    const double aspect = logo_aspect(c->logo), width = fmin(LOGO_HIGH * aspect, 150);
    height = width / aspect;
    logo_draw(p->cr, c->logo, x, p->y, width, height);
    x += width + 10;
  }
  char address[CLINIC_LINES * CLINIC_LINE + 16] = "";
  for (size_t i = 0, at = 0; i < c->lines && at < sizeof address; i++) {
    at += (size_t)snprintf(address + at, sizeof address - at, "%s%s", i ? " · " : "", c->address[i]);
  }
  const double width = p->width - PAPER_MARGIN - x;
  double y = p->y;
  y += typeset_draw(
      p->cr, x, y,
      &(lettering){ .text = c->name, .size = 11, .width = width, .lines = 2, .bold = true, .colour = PAPER_TEXT });
  if (address[0]) {
    y += typeset_draw(p->cr, x, y,
                      &(lettering){ .text = address, .size = 8.5, .width = width, .lines = 3, .colour = PAPER_FAINT });
  }
  p->y += fmax(height, y - p->y) + 9;
}

void paper_head(paper_flow *p, const report *r, const char *title) {
  char right[900];
  wording_whose(r, right, sizeof right);
  paper_head_of(p, r->clinic, title, right);
}

void paper_head_of(paper_flow *p, const clinic *whose, const char *title, const char *right) {
  if (whose) draw_clinic(p, whose);
  lettering heading = { .text = title, .size = 10, .colour = PAPER_FAINT };
  double across;
  typeset_measure(p->cr, &heading, &across, NULL);
  heading.width = across + 1 < 0.62 * p->inside ? across + 1 : 0.62 * p->inside;
  heading.lines = 1;
  typeset_draw(p->cr, PAPER_MARGIN, p->y, &heading);
  double height = 14;
  if (right[0]) {
    lettering name = { .text = right,
                       .size = 10,
                       .bold = true,
                       .align = 1,
                       .width = p->inside - heading.width - 12,
                       .lines = 2,
                       .colour = PAPER_TEXT };
    height = typeset_draw(p->cr, p->width - PAPER_MARGIN, p->y, &name);
  }
  p->y += height + 6;
  ink_line(p->cr, PAPER_MARGIN, p->y, p->width - PAPER_MARGIN, p->y, 0.7, PAPER_LINE);
  p->y += 10;
}

/* A frame with a heavy left edge: it stands out in black and white. */
void paper_clinician(paper_flow *p, const report *r, double size) {
  if (!r->clinician[0]) return;
  const double pad = 8;
  lettering prose = { .text = r->clinician, .size = size, .width = p->inside - 2 * pad - 4, .colour = PAPER_TEXT };
  double height;
  typeset_measure(p->cr, &prose, NULL, &height);
  paper_need(p, height + 2 * pad + 8);
  ink_box(p->cr, PAPER_MARGIN, p->y, p->inside, height + 2 * pad, PAPER_WASH);
  ink_box(p->cr, PAPER_MARGIN, p->y, 4, height + 2 * pad, PAPER_TEXT);
  typeset_draw(p->cr, PAPER_MARGIN + 4 + pad, p->y + pad, &prose);
  p->y += height + 2 * pad + 12;
}

/* ---- files ---- */

#define PNG_SCALE 2.0 /* px per point: 144 to the inch */

static int draw_pages(cairo_t *cr, const paper_document *d, paper_kind kind, double scale) {
  paper_flow p = flow_on(d->paper);
  p.cr = cr;
  p.kind = kind;
  p.scale = scale;
  p.running = d->running;
  p.foot = d->foot;
  d->draw(&p, d->of);
  end_page(&p);
  return p.pages;
}

static int count_sheets(const paper_document *d) {
  cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
  cairo_t *cr = cairo_create(surface);
  lettering_only_measure(cr, NULL);
  const int sheets = draw_pages(cr, d, PAPER_COUNT, 1);
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
  return sheets;
}

static void describe(cairo_surface_t *pdf, const char *title) {
  cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "Sagitta");
  /* Without a date the same report makes the same bytes. */
  cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, "");
}

static cairo_surface_t *open_surface(const paper_document *d, report_format format, int sheets, cairo_sink *to) {
  const double width = papers[d->paper].width, height = papers[d->paper].height * sheets;
  if (format == REPORT_SVG) return cairo_svg_surface_create_for_stream(cairo_sink_write, to, width, height);
  if (format == REPORT_PNG) {
    return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(width * PNG_SCALE), (int)ceil(height * PNG_SCALE));
  }
  cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(cairo_sink_write, to, width, height);
  describe(pdf, d->title);
  return pdf;
}

sagitta_status paper_write(const paper_document *d, report_format format, sagitta_output *output,
                           sagitta_error *error) {
  cairo_sink to = { output, error, SAGITTA_OK };
  const int sheets = format == REPORT_PDF ? 1 : count_sheets(d);
  cairo_surface_t *surface = open_surface(d, format, sheets, &to);
  cairo_t *cr = cairo_create(surface);
  lettering_remember(cr, NULL);
  draw_pages(cr, d, format == REPORT_PDF ? PAPER_PAGES : PAPER_STACKED, format == REPORT_PNG ? PNG_SCALE : 1);
  cairo_status_t drawn = cairo_status(cr);
  cairo_destroy(cr);
  if (drawn == CAIRO_STATUS_SUCCESS && format == REPORT_PNG) {
    drawn = cairo_surface_write_to_png_stream(surface, cairo_sink_write, &to);
  }
  cairo_surface_finish(surface);
  if (drawn == CAIRO_STATUS_SUCCESS) drawn = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  if (to.status != SAGITTA_OK || drawn == CAIRO_STATUS_SUCCESS) return to.status;
  return fail_with(error, SAGITTA_ERROR_MEMORY, "The report could not be drawn: %s.", cairo_status_to_string(drawn));
}
