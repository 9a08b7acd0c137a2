/* SPDX-License-Identifier: Apache-2.0 */
/* The sheets as files: PDF at true size, and the guide as SVG. */
#include "sheets/sheet_files.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/text.h"
#include "sheets/sheet_pages.h"

typedef struct paper_size {
  const char *name;
  double width, height; /* mm */
} paper_size;

typedef struct document {
  const char *title;
  void (*draw)(sheet *s);
} document;

static const paper_size papers[] = { { "A4", 210, 297 }, { "Letter", 215.9, 279.4 } };
static const document documents[SHEETS_KINDS] = {
  [SHEETS_GUIDE] = { TRANSLATABLE("Sagitta: before you record"), sheets_draw_guide },
  [SHEETS_MARKERS] = { TRANSLATABLE("Sagitta: markers to cut out"), sheets_draw_markers },
  [SHEETS_BOARDS] = { TRANSLATABLE("Sagitta: chessboards"), sheets_draw_boards },
  [SHEETS_RULER] = { TRANSLATABLE("Sagitta: ruler"), sheets_draw_ruler },
  [SHEETS_PROOF] = { TRANSLATABLE("Sagitta: proof sheet"), sheets_draw_proof },
  [SHEETS_QUESTIONS] = { TRANSLATABLE("Sagitta: before the test"), sheets_draw_questions },
};

sagitta_status sheets_draw(sheets_kind kind, bool letter, const char *language, sagitta_output *output,
                           sagitta_error *error) {
  const paper_size *p = &papers[letter];
  const document *d = &documents[kind];
  cairo_sink to = { output, error, SAGITTA_OK };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(cairo_sink_write, &to, 1, 1);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, say(language, d->title));
  /* Without a date the same program makes the same bytes. */
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  cairo_t *cr = cairo_create(surface);
  sheet s = { .cr = cr,
              .surface = surface,
              .paper_width = p->width,
              .paper_height = p->height,
              .paper = p->name,
              .language = language };
  d->draw(&s);
  cairo_destroy(cr);
  cairo_surface_finish(surface);
  const cairo_status_t drawn = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  if (to.status != SAGITTA_OK || drawn == CAIRO_STATUS_SUCCESS) return to.status;
  return fail_with(error, SAGITTA_ERROR_MEMORY, "The sheets could not be drawn: %s.", cairo_status_to_string(drawn));
}

/* A text that grows. */
typedef struct svg_text {
  char *text;
  size_t length;
} svg_text;

static cairo_status_t take_svg(void *user, const unsigned char *data, unsigned length) {
  svg_text *to = user;
  char *more = realloc(to->text, to->length + length + 1);
  if (!more) return CAIRO_STATUS_NO_MEMORY;
  memcpy(more + to->length, data, length);
  to->text = more;
  to->length += length;
  to->text[to->length] = '\0';
  return CAIRO_STATUS_SUCCESS;
}

sagitta_status sheets_guide_svg(char **svg, const char *language, sagitta_error *error) {
  svg_text to = { NULL, 0 };
  const paper_size *p = &papers[0];
  cairo_surface_t *surface =
      cairo_svg_surface_create_for_stream(take_svg, &to, p->width / 25.4 * 72, p->height / 25.4 * 72);
  cairo_t *cr = cairo_create(surface);
  sheet s = { .cr = cr,
              .surface = surface,
              .paper_width = p->width,
              .paper_height = p->height,
              .paper = p->name,
              .language = language };
  sheets_draw_guide(&s);
  cairo_destroy(cr);
  cairo_surface_finish(surface);
  const cairo_status_t drawn = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  *svg = to.text;
  if (drawn == CAIRO_STATUS_SUCCESS && to.text) return SAGITTA_OK;
  free(to.text);
  *svg = NULL;
  return fail_with(error, SAGITTA_ERROR_MEMORY, "The sheets could not be drawn: %s.", cairo_status_to_string(drawn));
}
