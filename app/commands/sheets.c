/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta sheets: PDF files to print, at true size. */
#include <cairo-pdf.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "sheets/pages.h"
#include "cli/interrupt.h"
#include "cli/text.h"

typedef struct paper {
  const char *name, *suffix;
  double width, height; /* mm */
} paper;

typedef struct document {
  const char *name, *title, *what;
  void (*draw)(sheet *s);
} document;

static const paper papers[] = { { "A4", "a4", 210, 297 }, { "Letter", "letter", 215.9, 279.4 } };
static const document documents[] = {
  { "guide", "Sagitta: before you record", "where the markers go, how to stand, where the camera goes",
    sheets_draw_guide },
  { "markers", "Sagitta: markers to cut out", "discs and strips to cut out", sheets_draw_markers },
  { "boards", "Sagitta: chessboards", "chessboards for calibrate lens and plane", sheets_draw_boards },
  { "ruler", "Sagitta: ruler", "two marks 20 cm apart, for scale and reach", sheets_draw_ruler },
};
#define PAPERS    (sizeof papers / sizeof *papers)
#define DOCUMENTS (sizeof documents / sizeof *documents)
#define FILES     (PAPERS * DOCUMENTS)

typedef struct sheet_file {
  char path[PATH_MAX];
  char beside[PATH_MAX];
  sagitta_output *output;
} sheet_file;

typedef struct sink {
  sagitta_output *output;
  sagitta_error *error;
  sagitta_status status;
} sink;

static cairo_status_t take(void *user, const unsigned char *data, unsigned length) {
  sink *to = user;
  if (to->status == SAGITTA_OK) to->status = sagitta_output_write(to->output, data, length, to->error);
  return to->status == SAGITTA_OK ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static sagitta_status draw(const paper *p, const document *d, sagitta_output *output, sagitta_error *error) {
  sink to = { output, error, SAGITTA_OK };
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(take, &to, 1, 1);
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

static sagitta_status open_file(sheet_file *file, const char *folder, size_t index, sagitta_error *error) {
  const int length = snprintf(file->path, sizeof file->path, "%s/%s-%s.pdf", folder, documents[index % DOCUMENTS].name,
                              papers[index / DOCUMENTS].suffix);
  if (length < 0 || (size_t)length >= sizeof file->path) {
    error->status = SAGITTA_ERROR_WRITE;
    snprintf(error->text, sizeof error->text, "The name of the folder is too long: choose a shorter one.");
    return error->status;
  }
  signals_hold();
  const sagitta_status status = sagitta_output_open(&file->output, file->path, error);
  if (status == SAGITTA_OK) {
    snprintf(file->beside, sizeof file->beside, "%s", sagitta_output_path(file->output));
    if (strcmp(file->beside, file->path) != 0) signals_remember(file->beside);
  }
  signals_release();
  return status;
}

static void discard_all(sheet_file *files) {
  for (size_t i = 0; i < FILES; i++) {
    if (!files[i].output) continue;
    sagitta_output_discard(&files[i].output);
    signals_forget(files[i].beside);
  }
}

/* All are drawn before the first is put in place. */
static sagitta_status make_all(sheet_file *files, const char *folder, sagitta_error *error) {
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; i < FILES && status == SAGITTA_OK; i++) status = open_file(&files[i], folder, i, error);
  for (size_t i = 0; i < FILES && status == SAGITTA_OK; i++) {
    status = draw(&papers[i / DOCUMENTS], &documents[i % DOCUMENTS], files[i].output, error);
  }
  for (size_t i = 0; i < FILES && status == SAGITTA_OK; i++) {
    status = sagitta_output_commit(&files[i].output, error);
    signals_forget(files[i].beside);
  }
  discard_all(files);
  return status;
}

static sagitta_status make_folder(const char *folder, bool *made, sagitta_error *error) {
  struct stat info;
  *made = mkdir(folder, 0777) == 0;
  if (*made) return SAGITTA_OK;
  const int cause = errno;
  if (cause == EEXIST && stat(folder, &info) == 0 && S_ISDIR(info.st_mode)) return SAGITTA_OK;
  error->status = SAGITTA_ERROR_WRITE;
  snprintf(error->text, sizeof error->text, "The folder '%.300s' cannot be made: %s. Choose another place.", folder,
           cause == EEXIST ? "there is a file of that name" : strerror(cause));
  return error->status;
}

static void tell(const char *folder) {
  printf("Written to %s, for A4 and for Letter paper:\n", folder);
  for (size_t i = 0; i < DOCUMENTS; i++) {
    char names[64];
    snprintf(names, sizeof names, "%s-a4.pdf, %s-letter.pdf", documents[i].name, documents[i].name);
    fputs("  ", stdout);
    text_pad(stdout, names, 38);
    text_wrap(stdout, documents[i].what, text_columns(stdout), 40, 40);
  }
  puts("Print at 100 % (\"actual size\"), in colour, and measure the 10 cm bar on each page.");
}

typedef struct sheets_settings {
  bool help, version;
} sheets_settings;

static int run_sheets(int count, char **arguments) {
  sheets_settings settings = { false, false };
  int folders;
  char why[OPTION_WHY];
  if (!options_parse(plain_options, &settings, arguments, count, &folders, why)) {
    return command_misused(&sheets_command, why);
  }
  if (settings.help || settings.version) {
    settings.help ? command_help(&sheets_command, stdout) : command_version(stdout);
    return command_finish(EXIT_MEASURED);
  }
  if (folders != 1 || !*arguments[0]) {
    return command_misused(&sheets_command, "Where shall the sheets go? Name one folder: sagitta sheets print.");
  }
  sagitta_error error = SAGITTA_ERROR_INIT;
  static sheet_file files[FILES];
  bool made = false;
  sagitta_status status = make_folder(arguments[0], &made, &error);
  if (status == SAGITTA_OK) status = make_all(files, arguments[0], &error);
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
  .purpose = "Printable markers, chessboards, a ruler and a guide (PDF).",
  .about =
      "Write PDF files to print, at true size, for A4 and for Letter paper: markers to cut out, chessboards, a "
      "ruler, and one page that shows where the markers go, how to stand and where the camera goes.",
  .options = plain_options,
  .run = run_sheets,
};
