/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta serve: the clinic's page. */
#include "serve/serve.h"

#include <stdio.h>
#include <unistd.h>

#include "cli/files.h"
#include "cli/options.h"
#include "commands/commands.h"

typedef struct serve_options {
  serve_settings serve;
  bool help, version;
} serve_options;

static const option_row rows[] = {
  COUNT_ROW(serve_options, serve.port, "port", "N", 1, 65535, "The port (default: a free one)."),
  RECORDS_ROWS(serve_options, serve.place),
  CLINIC_ROW(serve_options, serve.clinic),
  TEXT_ROW(serve_options, serve.camera, "camera", "CAMERA",
           "A camera beside those of this machine: a phone's address (http://192.168.1.20:8080/video), or a video that "
           "is played as if it were one."),
  COUNT_ROW(serve_options, serve.upload_mb, "largest", "MIB", 1, 1 << 20,
            "The largest recording that is taken, in MiB (default: 4096)."),
  FLAG_ROW(serve_options, serve.no_browser, "no-browser",
           "Do not open the browser: only say which file opens the page."),
  FLAG_ROW(serve_options, serve.until_closed, "until-closed",
           "End when no page has been open for ten minutes, as when it was started from the desktop's menu."),
  HELP_ROWS(serve_options)
};

/* A camera may be plugged in later, a file not. */
static bool check(const serve_settings *s, char *why) {
  if (!s->camera || file_is_camera(s->camera)) return true;
  if (sagitta_name_kind_of(s->camera) == SAGITTA_NAME_VIDEO && access(s->camera, R_OK) == 0) return true;
  return options_refuse(why, "--camera is a phone's address or a video that can be read, and '%.200s' is neither.",
                        s->camera);
}

static int run(const command *self, int count, char **arguments) {
  serve_options o = { .serve.port = 0 };
  int words;
  char why[OPTION_WHY];
  int done = command_begin_words(self, &o, count, arguments, 0, 0, NULL, &words);
  if (done < 0 && !check(&o.serve, why)) done = command_misused(self, why);
  return done >= 0 ? done : serve_run(&o.serve);
}

const command serve_command = {
  .name = "serve",
  .usage = "[options]",
  .purpose = TRANSLATABLE("The clinic's page in the browser: clients, recordings, results."),
  .about = TRANSLATABLE(
      "Open a page in the browser of this machine: choose a client, drop a recording on it, and print what came out. "
      "Nobody else can open it: it answers on this machine alone, and only to the browser that opened the file which "
      "is named when it starts, \"open file:///…\". Nothing is sent anywhere.\n\n"
      "Recordings are measured one after the other, each in a process of its own, and are removed when their result "
      "has been seen; tracks and results stay in the client's records. It runs until it is interrupted (Ctrl+C)."),
  .options = rows,
  .run = run,
};
