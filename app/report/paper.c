/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of paper: their flow, head and foot, and their files. */
#include "report/paper.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/wording.h"

static void draw_foot(paper_flow *p) {
  char number[WORDING_SHORT];
  const double y = PAPER_HEIGHT - PAPER_FOOT;
  double across;
  (void)snprintf(number, sizeof number, "%d", p->pages);
  lettering page = { .text = number, .size = 7.5, .align = 1, .colour = PAPER_FAINT };
  typeset_measure(p->cr, &page, &across, NULL);
  ink_line(p->cr, PAPER_MARGIN, y, PAPER_WIDTH - PAPER_MARGIN, y, 0.5, PAPER_LINE);
  typeset_draw(p->cr, PAPER_WIDTH - PAPER_MARGIN, y + 5, &page);
  if (!p->foot) return;
  typeset_draw(
      p->cr, PAPER_MARGIN, y + 5,
      &(lettering){
          .text = p->foot, .size = 7.5, .width = PAPER_INSIDE - across - 12, .lines = 1, .colour = PAPER_FAINT });
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
    cairo_translate(p->cr, 0, PAPER_HEIGHT * (p->pages - 1));
    ink_box(p->cr, 0, 0, PAPER_WIDTH, PAPER_HEIGHT, PAPER_WHITE);
    if (p->pages > 1) ink_line(p->cr, 0, 0, PAPER_WIDTH, 0, 1, PAPER_LINE);
  }
  if (p->kind == PAPER_PAGES && section) {
    char attributes[32];
    (void)snprintf(attributes, sizeof attributes, "page=%d", p->pages);
    cairo_pdf_surface_add_outline(cairo_get_target(p->cr), CAIRO_PDF_OUTLINE_ROOT, section, attributes, 0);
  }
  p->y = PAPER_TOP;
  if (section || !p->running) return;
  lettering head = { .text = p->running, .size = 8, .width = PAPER_INSIDE, .lines = 1, .colour = PAPER_FAINT };
  p->y += typeset_draw(p->cr, PAPER_MARGIN, p->y, &head) + 10;
}

double paper_room(const paper_flow *p) {
  return PAPER_HEIGHT - PAPER_FOOT - 8 - p->y;
}

void paper_need(paper_flow *p, double height) {
  if (height > paper_room(p)) paper_turn(p, NULL);
}

void paper_text(paper_flow *p, const lettering *what, double after) {
  lettering t = *what;
  double height;
  if (t.width <= 0) t.width = PAPER_INSIDE;
  typeset_measure(p->cr, &t, NULL, &height);
  paper_need(p, height);
  p->y += typeset_draw(p->cr, PAPER_MARGIN, p->y, &t) + after;
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

void paper_head(paper_flow *p, const report *r, const char *title) {
  char day[WORDING_SHORT] = "", right[600];
  const char *who = r->name[0] ? r->name : r->code;
  if (r->day[0]) wording_day(day, r->day, r->language);
  lettering heading = { .text = title, .size = 10, .colour = PAPER_FAINT };
  double across;
  typeset_measure(p->cr, &heading, &across, NULL);
  heading.width = across + 1 < 0.62 * PAPER_INSIDE ? across + 1 : 0.62 * PAPER_INSIDE;
  heading.lines = 1;
  typeset_draw(p->cr, PAPER_MARGIN, p->y, &heading);
  const bool both = r->name[0] && r->code[0] && strcmp(r->name, r->code) != 0;
  (void)snprintf(right, sizeof right, "%s%s%s%s%s%s", who, both ? " (" : "", both ? r->code : "", both ? ")" : "",
                 who[0] && day[0] ? " · " : "", day);
  double height = 14;
  if (right[0]) {
    lettering whose = { .text = right,
                        .size = 10,
                        .bold = true,
                        .align = 1,
                        .width = PAPER_INSIDE - heading.width - 12,
                        .lines = 2,
                        .colour = PAPER_TEXT };
    height = typeset_draw(p->cr, PAPER_WIDTH - PAPER_MARGIN, p->y, &whose);
  }
  p->y += height + 6;
  ink_line(p->cr, PAPER_MARGIN, p->y, PAPER_WIDTH - PAPER_MARGIN, p->y, 0.7, PAPER_LINE);
  p->y += 10;
}

/* A frame with a heavy left edge: it stands out in black and white. */
void paper_clinician(paper_flow *p, const report *r, double size) {
  if (!r->clinician[0]) return;
  const double pad = 8;
  lettering prose = { .text = r->clinician, .size = size, .width = PAPER_INSIDE - 2 * pad - 4, .colour = PAPER_TEXT };
  double height;
  typeset_measure(p->cr, &prose, NULL, &height);
  paper_need(p, height + 2 * pad + 8);
  ink_box(p->cr, PAPER_MARGIN, p->y, PAPER_INSIDE, height + 2 * pad, PAPER_WASH);
  ink_box(p->cr, PAPER_MARGIN, p->y, 4, height + 2 * pad, PAPER_TEXT);
  typeset_draw(p->cr, PAPER_MARGIN + 4 + pad, p->y + pad, &prose);
  p->y += height + 2 * pad + 12;
}

/* ---- files ---- */

#define PNG_SCALE 2.0 /* px per point: 144 to the inch */

static int draw_pages(cairo_t *cr, const report *r, paper_page *const *pages, size_t count, paper_kind kind,
                      double scale) {
  char running[600], foot[200];
  wording_running(r, running, sizeof running);
  wording_foot(r, foot, sizeof foot);
  paper_flow p = { .cr = cr, .kind = kind, .scale = scale, .running = running, .foot = foot };
  for (size_t i = 0; i < count; i++) pages[i](&p, r);
  end_page(&p);
  return p.pages;
}

static int count_sheets(const report *r, paper_page *const *pages, size_t count) {
  cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
  cairo_t *cr = cairo_create(surface);
  const int sheets = draw_pages(cr, r, pages, count, PAPER_COUNT, 1);
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
  return sheets;
}

static void describe(cairo_surface_t *pdf, const report *r) {
  char title[700];
  wording_title(r, title, sizeof title);
  cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "Sagitta");
  /* Without a date the same report makes the same bytes. */
  cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, "");
}

static cairo_surface_t *open_surface(const report *r, report_format format, int sheets, cairo_sink *to) {
  const double height = PAPER_HEIGHT * sheets;
  if (format == REPORT_SVG) return cairo_svg_surface_create_for_stream(cairo_sink_write, to, PAPER_WIDTH, height);
  if (format == REPORT_PNG) {
    return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(PAPER_WIDTH * PNG_SCALE),
                                      (int)ceil(height * PNG_SCALE));
  }
  cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(cairo_sink_write, to, PAPER_WIDTH, PAPER_HEIGHT);
  describe(pdf, r);
  return pdf;
}

sagitta_status paper_write(const report *r, paper_page *const *pages, size_t count, report_format format,
                           sagitta_output *output, sagitta_error *error) {
  cairo_sink to = { output, error, SAGITTA_OK };
  const int sheets = format == REPORT_PDF ? 1 : count_sheets(r, pages, count);
  cairo_surface_t *surface = open_surface(r, format, sheets, &to);
  cairo_t *cr = cairo_create(surface);
  draw_pages(cr, r, pages, count, format == REPORT_PDF ? PAPER_PAGES : PAPER_STACKED,
             format == REPORT_PNG ? PNG_SCALE : 1);
  cairo_status_t drawn = cairo_status(cr);
  cairo_destroy(cr);
  if (drawn == CAIRO_STATUS_SUCCESS && format == REPORT_PNG) {
    drawn = cairo_surface_write_to_png_stream(surface, cairo_sink_write, &to);
  }
  cairo_surface_finish(surface);
  if (drawn == CAIRO_STATUS_SUCCESS) drawn = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  if (to.status != SAGITTA_OK || drawn == CAIRO_STATUS_SUCCESS) return to.status;
  error->status = SAGITTA_ERROR_MEMORY;
  (void)snprintf(error->text, sizeof error->text, "The report could not be drawn: %s.", cairo_status_to_string(drawn));
  return error->status;
}
