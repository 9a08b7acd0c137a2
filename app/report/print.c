/* SPDX-License-Identifier: Apache-2.0 */
#include "report/print.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/pages.h"
#include "report/phrases.h"

#define PNG_SCALE 2.0 /* px per point: 144 to the inch */

typedef struct sink {
  sagitta_output *output;
  sagitta_error *error;
  sagitta_status status;
} sink;

/* Cairo hears of no failure: some of its versions fall over when a font cannot be written. It is remembered here. */
static cairo_status_t take(void *user, const unsigned char *data, unsigned length) {
  sink *to = user;
  if (to->status == SAGITTA_OK) to->status = sagitta_output_write(to->output, data, length, to->error);
  return CAIRO_STATUS_SUCCESS;
}

static int draw_pages(cairo_t *cr, const report *r, report_pages pages, paper_kind kind, double scale) {
  char running[600], foot[200];
  page_running(r, running, sizeof running);
  page_foot(r, foot, sizeof foot);
  paper p = { .cr = cr, .kind = kind, .scale = scale, .running = running, .foot = foot };
  if (pages & REPORT_CLIENT) page_client(&p, r);
  if (pages & REPORT_PROFESSIONAL) page_professional(&p, r);
  paper_end(&p);
  return p.pages;
}

static int count_pages(const report *r, report_pages pages) {
  cairo_surface_t *surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
  cairo_t *cr = cairo_create(surface);
  const int count = draw_pages(cr, r, pages, PAPER_COUNT, 1);
  cairo_destroy(cr);
  cairo_surface_destroy(surface);
  return count;
}

static void describe(cairo_surface_t *pdf, const report *r) {
  char title[700], running[600];
  page_running(r, running, sizeof running);
  (void)snprintf(title, sizeof title, phrase("Sagitta report: %s"), running);
  cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "Sagitta");
  /* Without a date the same report makes the same bytes. */
  cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, "");
}

static cairo_surface_t *open_surface(const report *r, report_format format, int pages, sink *to) {
  const double height = PAPER_HEIGHT * pages;
  if (format == REPORT_SVG) return cairo_svg_surface_create_for_stream(take, to, PAPER_WIDTH, height);
  if (format == REPORT_PNG) {
    return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)ceil(PAPER_WIDTH * PNG_SCALE),
                                      (int)ceil(height * PNG_SCALE));
  }
  cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream(take, to, PAPER_WIDTH, PAPER_HEIGHT);
  describe(pdf, r);
  return pdf;
}

sagitta_status print_paper(const report *r, report_pages pages, report_format format, sagitta_output *output,
                           sagitta_error *error) {
  sink to = { output, error, SAGITTA_OK };
  phrase_speak(r);
  const int count = format == REPORT_PDF ? 1 : count_pages(r, pages);
  cairo_surface_t *surface = open_surface(r, format, count, &to);
  cairo_t *cr = cairo_create(surface);
  draw_pages(cr, r, pages, format == REPORT_PDF ? PAPER_PAGES : PAPER_STACKED, format == REPORT_PNG ? PNG_SCALE : 1);
  cairo_status_t drawn = cairo_status(cr);
  cairo_destroy(cr);
  if (drawn == CAIRO_STATUS_SUCCESS && format == REPORT_PNG) {
    drawn = cairo_surface_write_to_png_stream(surface, take, &to);
  }
  cairo_surface_finish(surface);
  if (drawn == CAIRO_STATUS_SUCCESS) drawn = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  if (to.status != SAGITTA_OK || drawn == CAIRO_STATUS_SUCCESS) return to.status;
  error->status = SAGITTA_ERROR_MEMORY;
  (void)snprintf(error->text, sizeof error->text, "The report could not be drawn: %s.", cairo_status_to_string(drawn));
  return error->status;
}

typedef struct memory {
  char *bytes;
  size_t length, room;
  bool short_of; /* memory */
} memory;

static cairo_status_t keep_bytes(void *user, const unsigned char *data, unsigned length) {
  memory *m = user;
  if (m->length + length + 1 > m->room) {
    const size_t room = 2 * (m->length + length) + 4096;
    char *bytes = m->short_of ? NULL : realloc(m->bytes, room);
    m->short_of = !bytes;
    if (!bytes) return CAIRO_STATUS_SUCCESS;
    m->bytes = bytes;
    m->room = room;
  }
  memcpy(m->bytes + m->length, data, length);
  m->length += length;
  m->bytes[m->length] = '\0';
  return CAIRO_STATUS_SUCCESS;
}

bool print_figure(const report *r, figure_kind kind, figure f, char **svg, size_t *length) {
  memory m = { NULL, 0, 0, false };
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream(keep_bytes, &m, f.width, f.height);
  cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX);
  cairo_t *cr = cairo_create(surface);
  figure_draw(cr, r, kind, f);
  const cairo_status_t drawn = cairo_status(cr);
  cairo_destroy(cr);
  cairo_surface_finish(surface);
  const bool whole =
      drawn == CAIRO_STATUS_SUCCESS && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS && m.bytes && !m.short_of;
  cairo_surface_destroy(surface);
  if (!whole) {
    free(m.bytes);
    m = (memory){ NULL, 0, 0, true };
  }
  *svg = m.bytes;
  *length = m.length;
  return whole;
}
