/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta sheets: PDF files to print, at true size. */
#include "sheets/sheets.h"

#include <stdio.h>
#include <unistd.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/option_values.h"
#include "cli/options.h"
#include "cli/text.h"
#include "report/report.h"
#include "sheets/sheet_files.h"

#define KINDS SHEETS_KINDS
#define FILES (2 * KINDS) /* each on A4, then each on Letter */

static const char *const papers[] = { "a4", "letter" };

typedef struct document {
  const char *name, *what;
} document;

/* As sheet_files.h counts them. */
static const document documents[KINDS] = {
  [SHEETS_GUIDE] = { "guide", TRANSLATABLE("where the markers go, how to stand, where the camera goes") },
  [SHEETS_MARKERS] = { "markers", TRANSLATABLE("discs and strips to cut out") },
  [SHEETS_BOARDS] = { "boards", TRANSLATABLE("chessboards for calibrate lens and plane") },
  [SHEETS_RULER] = { "ruler", TRANSLATABLE("two marks 20 cm apart, for scale and reach") },
  [SHEETS_PROOF] = { "proof", TRANSLATABLE("marks at known places, to prove a camera by (sagitta proof)") },
  [SHEETS_QUESTIONS] = { "questions", TRANSLATABLE("the questions before a test, to answer with yes or no") },
};

typedef struct sheets_options {
  const char *language; /* NULL = English */
  bool help, version;
} sheets_options;

static const option_row rows[] = { LANGUAGE_ROW(sheets_options, language,
                                                "The language of the sheets: en (default), de or es."),
                                   HELP_ROWS(sheets_options) };

/* A sheet on one paper. */
typedef struct sheet_file {
  char name[32];    /* "guide-a4.pdf" */
  const char *what; /* what is on it, in a few words */
} sheet_file;

static sheet_file sheet_file_of(size_t index) {
  const document *d = &documents[index % KINDS];
  sheet_file file = { .what = d->what };
  snprintf(file.name, sizeof file.name, "%s-%s.pdf", d->name, papers[index / KINDS]);
  return file;
}

/* All are drawn before the first is put in place. */
static sagitta_status make_all(const char *folder, const char *language, sagitta_error *error) {
  sagitta_output *output[FILES] = { NULL };
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; i < FILES && status == SAGITTA_OK; i++) {
    status = output_begin_in(&output[i], folder, sheet_file_of(i).name, error);
  }
  for (size_t i = 0; i < FILES && status == SAGITTA_OK; i++)
    status = sheets_draw((sheets_kind)(i % KINDS), i >= KINDS, language, output[i], error);
  for (size_t i = 0; i < FILES && status == SAGITTA_OK; i++) status = output_end(&output[i], error);
  for (size_t i = 0; i < FILES; i++) output_drop(&output[i]);
  return status;
}

static void tell(const char *folder, const char *language) {
  printf(say(language, "Written to %s, for A4 and for Letter paper:\n"), folder);
  for (size_t i = 0; i < KINDS; i++) {
    const sheet_file a4 = sheet_file_of(i), letter = sheet_file_of(i + KINDS);
    char names[80];
    snprintf(names, sizeof names, "%s, %s", a4.name, letter.name);
    fputs("  ", stdout);
    text_pad(stdout, names, 40);
    text_wrap(stdout, say(language, a4.what), text_columns(stdout), 42, 42);
  }
  text_wrap(stdout,
            say(language, "Print at 100 % (\"actual size\"), in colour, and measure the 10 cm bar on each page."),
            text_columns(stdout), 0, 0);
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
  sagitta_error error = error_in(text_language_or(o.language, "en"));
  bool made = false;
  /* Before there is a folder: where nothing can be drawn here, none is left. */
  sagitta_status status = report_ready(&error);
  if (status == SAGITTA_OK) status = folder_make(arguments[0], &made, &error);
  if (status == SAGITTA_OK) status = make_all(arguments[0], o.language, &error);
  if (status != SAGITTA_OK) {
    if (made) (void)rmdir(arguments[0]);
    return command_fail(&error);
  }
  tell(arguments[0], text_language_or(o.language, "en"));
  return command_finish(EXIT_MEASURED);
}

const command sheets_command = {
  .name = "sheets",
  .usage = "DIR",
  .purpose = TRANSLATABLE("Printable markers, chessboards, a ruler, a guide, a proof sheet and questions (PDF)."),
  .about = TRANSLATABLE(
      "Write PDF files to print, at true size, for A4 and for Letter paper: markers to cut out, chessboards, a "
      "ruler, a sheet to prove a camera by, and one page that shows where the markers go, how to stand and where the "
      "camera goes."),
  .options = rows,
  .run = run,
};
