/* SPDX-License-Identifier: Apache-2.0 */
#include "sheets/sheets.h"

#include <cairo-pdf.h>
#include <stdio.h>

#include "sheets/sheet_pages.h"

typedef struct paper_size {
  const char *name, *suffix;
  double width, height; /* mm */
} paper_size;

typedef struct document {
  const char *name, *title, *what;
  void (*draw)(sheet *s);
} document;

static const paper_size papers[] = { { "A4", "a4", 210, 297 }, { "Letter", "letter", 215.9, 279.4 } };
static const document documents[SHEET_KINDS] = {
  { "guide", "Sagitta: before you record", "where the markers go, how to stand, where the camera goes",
    sheets_draw_guide },
  { "markers", "Sagitta: markers to cut out", "discs and strips to cut out", sheets_draw_markers },
  { "boards", "Sagitta: chessboards", "chessboards for calibrate lens and plane", sheets_draw_boards },
  { "ruler", "Sagitta: ruler", "two marks 20 cm apart, for scale and reach", sheets_draw_ruler },
};

sheet_file sheet_file_of(size_t index) {
  const document *d = &documents[index % SHEET_KINDS];
  sheet_file file = { .what = d->what };
  snprintf(file.name, sizeof file.name, "%s-%s.pdf", d->name, papers[index / SHEET_KINDS].suffix);
  return file;
}

static sagitta_status draw(const paper_size *p, const document *d, sagitta_output *output, sagitta_error *error) {
  cairo_sink to = { output, error, SAGITTA_OK };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(cairo_sink_write, &to, 1, 1);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, d->title);
  /* Without a date the same program makes the same bytes. */
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  cairo_t *cr = cairo_create(surface);
  sheet s = { .cr = cr, .surface = surface, .paper_width = p->width, .paper_height = p->height, .paper = p->name };
  d->draw(&s);
  cairo_destroy(cr);
  cairo_surface_finish(surface);
  const cairo_status_t drawn = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  if (to.status != SAGITTA_OK || drawn == CAIRO_STATUS_SUCCESS) return to.status;
  error->status = SAGITTA_ERROR_MEMORY;
  snprintf(error->text, sizeof error->text, "The sheets could not be drawn: %s.", cairo_status_to_string(drawn));
  return error->status;
}

sagitta_status sheet_file_draw(size_t index, sagitta_output *output, sagitta_error *error) {
  return draw(&papers[index / SHEET_KINDS], &documents[index % SHEET_KINDS], output, error);
}
