/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta sheets: PDF files to print, at true size. */
#include "sheets/sheets.h"

#include <unistd.h>

#include "cli/files.h"
#include "cli/text.h"
#include "commands/commands.h"

/* All are drawn before the first is put in place. */
static sagitta_status make_all(const char *folder, sagitta_error *error) {
  sagitta_output *output[SHEET_FILES] = { NULL };
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; i < SHEET_FILES && status == SAGITTA_OK; i++) {
    status = output_begin_in(&output[i], folder, sheet_file_of(i).name, error);
  }
  for (size_t i = 0; i < SHEET_FILES && status == SAGITTA_OK; i++) status = sheet_file_draw(i, output[i], error);
  for (size_t i = 0; i < SHEET_FILES && status == SAGITTA_OK; i++) status = output_end(&output[i], error);
  for (size_t i = 0; i < SHEET_FILES; i++) output_drop(&output[i]);
  return status;
}

static void tell(const char *folder) {
  printf("Written to %s, for A4 and for Letter paper:\n", folder);
  for (size_t i = 0; i < SHEET_KINDS; i++) {
    const sheet_file a4 = sheet_file_of(i), letter = sheet_file_of(i + SHEET_KINDS);
    char names[80];
    snprintf(names, sizeof names, "%s, %s", a4.name, letter.name);
    fputs("  ", stdout);
    text_pad(stdout, names, 38);
    text_wrap(stdout, a4.what, text_columns(stdout), 40, 40);
  }
  puts("Print at 100 % (\"actual size\"), in colour, and measure the 10 cm bar on each page.");
}

static int run(const command *self, int count, char **arguments) {
  plain_settings settings = { false, false };
  int folders;
  const int done = command_begin(self, &settings, count, arguments, &folders);
  if (done >= 0) return done;
  if (folders != 1 || !*arguments[0]) {
    return command_misused(self, "Where shall the sheets go? Name one folder: sagitta sheets print.");
  }
  sagitta_error error = SAGITTA_ERROR_INIT;
  bool made = false;
  sagitta_status status = folder_make(arguments[0], &made, &error);
  if (status == SAGITTA_OK) status = make_all(arguments[0], &error);
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
  .run = run,
};
