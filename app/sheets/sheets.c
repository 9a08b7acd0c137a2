/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta sheets: PDF files to print, at true size. */
#include "sheets/sheets.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/files.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/text.h"
#include "sheets/sheet_pages.h"

#define KINDS 5
#define FILES (2 * KINDS) /* each on A4, then each on Letter */

typedef struct paper_size {
  const char *name, *suffix;
  double width, height; /* mm */
} paper_size;

typedef struct document {
  const char *name, *title, *what;
  void (*draw)(sheet *s);
} document;

static const paper_size papers[] = { { "A4", "a4", 210, 297 }, { "Letter", "letter", 215.9, 279.4 } };
static const document documents[KINDS] = {
  { "guide", "Sagitta: before you record", "where the markers go, how to stand, where the camera goes",
    sheets_draw_guide },
  { "markers", "Sagitta: markers to cut out", "discs and strips to cut out", sheets_draw_markers },
  { "boards", "Sagitta: chessboards", "chessboards for calibrate lens and plane", sheets_draw_boards },
  { "ruler", "Sagitta: ruler", "two marks 20 cm apart, for scale and reach", sheets_draw_ruler },
  { "questions", "Sagitta: before the test", "the questions before a test, to answer with yes or no",
    sheets_draw_questions },
};

typedef struct sheets_options {
  const char *language; /* NULL = English */
  bool help, version;
} sheets_options;

static const option_row rows[] = { LANGUAGE_ROW(sheets_options, language,
                                                "The language of the questions before a test: en (default), de or es."),
                                   HELP_ROWS(sheets_options) };

/* A sheet on one paper. */
typedef struct sheet_file {
  char name[32];    /* "guide-a4.pdf" */
  const char *what; /* what is on it, in a few words */
} sheet_file;

static sheet_file sheet_file_of(size_t index) {
  const document *d = &documents[index % KINDS];
  sheet_file file = { .what = d->what };
  snprintf(file.name, sizeof file.name, "%s-%s.pdf", d->name, papers[index / KINDS].suffix);
  return file;
}

/* Draw one into an output that is open; it is neither committed nor discarded. Errors: WRITE, MEMORY. */
static sagitta_status sheet_file_draw(size_t index, const char *language, sagitta_output *output,
                                      sagitta_error *error) {
  const paper_size *p = &papers[index / KINDS];
  const document *d = &documents[index % KINDS];
  cairo_sink to = { output, error, SAGITTA_OK };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(cairo_sink_write, &to, 1, 1);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, d->title);
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
  error->status = SAGITTA_ERROR_MEMORY;
  snprintf(error->text, sizeof error->text, "The sheets could not be drawn: %s.", cairo_status_to_string(drawn));
  return error->status;
}

/* All are drawn before the first is put in place. */
static sagitta_status make_all(const char *folder, const char *language, sagitta_error *error) {
  sagitta_output *output[FILES] = { NULL };
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; i < FILES && status == SAGITTA_OK; i++) {
    status = output_begin_in(&output[i], folder, sheet_file_of(i).name, error);
  }
  for (size_t i = 0; i < FILES && status == SAGITTA_OK; i++) status = sheet_file_draw(i, language, output[i], error);
  for (size_t i = 0; i < FILES && status == SAGITTA_OK; i++) status = output_end(&output[i], error);
  for (size_t i = 0; i < FILES; i++) output_drop(&output[i]);
  return status;
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

sagitta_status sheets_guide_svg(char **svg, sagitta_error *error) {
  svg_text to = { NULL, 0 };
  const paper_size *p = &papers[0];
  cairo_surface_t *surface =
      cairo_svg_surface_create_for_stream(take_svg, &to, p->width / 25.4 * 72, p->height / 25.4 * 72);
  cairo_t *cr = cairo_create(surface);
  sheet s = { .cr = cr, .surface = surface, .paper_width = p->width, .paper_height = p->height, .paper = p->name };
  sheets_draw_guide(&s);
  cairo_destroy(cr);
  cairo_surface_finish(surface);
  const cairo_status_t drawn = cairo_surface_status(surface);
  cairo_surface_destroy(surface);
  *svg = to.text;
  if (drawn == CAIRO_STATUS_SUCCESS && to.text) return SAGITTA_OK;
  free(to.text);
  *svg = NULL;
  error->status = SAGITTA_ERROR_MEMORY;
  snprintf(error->text, sizeof error->text, "The sheets could not be drawn: %s.", cairo_status_to_string(drawn));
  return error->status;
}

static void tell(const char *folder) {
  printf("Written to %s, for A4 and for Letter paper:\n", folder);
  for (size_t i = 0; i < KINDS; i++) {
    const sheet_file a4 = sheet_file_of(i), letter = sheet_file_of(i + KINDS);
    char names[80];
    snprintf(names, sizeof names, "%s, %s", a4.name, letter.name);
    fputs("  ", stdout);
    text_pad(stdout, names, 40);
    text_wrap(stdout, a4.what, text_columns(stdout), 42, 42);
  }
  puts("Print at 100 % (\"actual size\"), in colour, and measure the 10 cm bar on each page.");
}

static int run(const command *self, int count, char **arguments) {
  sheets_options o = { .language = NULL };
  int folders;
  char why[OPTION_WHY];
  const int done = command_begin(self, &o, count, arguments, &folders);
  if (done >= 0) return done;
  if (folders != 1 || !*arguments[0]) {
    return command_misused(self, "Where shall the sheets go? Name one folder: sagitta sheets print.");
  }
  if (o.language && !language_check(o.language, why)) return command_misused(self, why);
  sagitta_error error = SAGITTA_ERROR_INIT;
  bool made = false;
  sagitta_status status = folder_make(arguments[0], &made, &error);
  if (status == SAGITTA_OK) status = make_all(arguments[0], o.language, &error);
  if (status != SAGITTA_OK) {
    if (made) (void)rmdir(arguments[0]);
    return command_fail(&error);
  }
  tell(arguments[0]);
  return command_finish(EXIT_MEASURED);
}

const command sheets_command = {
  .name = "sheets",
  .usage = "DIR",
  .purpose = "Printable markers, chessboards, a ruler, a guide and questions (PDF).",
  .about =
      "Write PDF files to print, at true size, for A4 and for Letter paper: markers to cut out, chessboards, a "
      "ruler, and one page that shows where the markers go, how to stand and where the camera goes.",
  .options = rows,
  .run = run,
};
