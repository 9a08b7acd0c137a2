/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta check: is the setup fit for a measurement? One line each: a tick, or what to do. */
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/sandbox.h"
#include "cli/files.h"
#include "cli/options.h"
#include "cli/text.h"
#include "commands/commands.h"
#include "measure/outputs.h"

#define DEFAULT_SECONDS 10.0 /* a setup shows in less; a whole recording need not be read */

typedef struct check_options {
  pick_list picks;
  const char *markers, *json;
  double seconds;
  bool help, version;
} check_options;

static const option_row rows[] = {
  JSON_ROW(check_options, json, "Write the check as JSON; - is standard output."),
  TEXT_ROW(check_options, markers, "markers", "FILE|SET",
           "Which markers to expect: a set (strip, discs, clinic) or a file of learnt colours (markers.json)."),
  PICK_ROW(check_options, picks,
           "The marker ROLE is at pixel X,Y of the upright picture, S seconds from the start. May be repeated."),
  SECONDS_ROW(check_options, seconds, "Look at the first N seconds (default 10). A camera needs it."),
  HELP_ROWS(check_options)
};

static void print_lines(const sagitta_check *check, FILE *to) {
  static const char *const signs[] = { "✓ ", "? ", "! ", "✗ " };
  size_t count;
  const char *language = text_language();
  const sagitta_check_line *line = sagitta_check_lines(check, &count);
  for (size_t i = 0; i < count; i++) {
    fputs(signs[line[i].grade], to);
    text_wrap(to, line[i].message, text_columns(to), 2, 2);
  }
  fputc('\n', to);
  size_t advice = 0;
  for (size_t i = 0; i < count; i++) advice += line[i].grade == SAGITTA_CHECK_ADVICE;
  if (!sagitta_check_ready(check)) {
    fputs(say(language, "Not ready: put right what is marked ✗.\n"), to);
  } else if (advice > 0) {
    fputs(say(language, "Ready to measure. What is marked ! would make it better.\n"), to);
  } else {
    fputs(say(language, "Ready to measure.\n"), to);
  }
}

static sagitta_status look(const check_options *o, char *const *inputs, int count, sagitta_check **check, progress *bar,
                           sagitta_error *error) {
  sagitta_markers markers;
  sagitta_track_settings settings = sagitta_track_default_settings();
  sagitta_status status = markers_choose(o->markers, &settings, &markers, error);
  if (status != SAGITTA_OK) return status;
  sagitta_source_settings source_settings = sandbox_source_settings();
  source_settings.seconds = o->seconds > 0 ? o->seconds : DEFAULT_SECONDS;
  source_settings.progress = progress_report;
  source_settings.progress_user = bar;
  sagitta_source *source = NULL;
  status = sagitta_source_open(&source, (const char *const *)inputs, (size_t)count, &source_settings, error);
  if (status != SAGITTA_OK) return status;
  settings.picks = o->picks.pick;
  settings.pick_count = o->picks.count;
  settings.progress = progress_report;
  settings.progress_user = bar;
  status = sagitta_check_source(check, source, &settings, error);
  sagitta_source_close(&source);
  return status;
}

static sagitta_status write_json(const sagitta_check *check, outputs *out, sagitta_error *error) {
  if (!out->open[OUT_JSON]) return SAGITTA_OK;
  char *text = NULL;
  size_t length = 0;
  sagitta_status status = sagitta_check_print(check, &text, &length, error);
  if (status == SAGITTA_OK) status = outputs_write(out, OUT_JSON, text, length, error);
  if (status == SAGITTA_OK) status = outputs_commit(out, error);
  sagitta_free(text);
  return status;
}

static int execute(const check_options *o, char *const *inputs, int count) {
  outputs out = { .asked = { [OUT_JSON] = o->json } };
  sagitta_error error = error_at_terminal();
  sagitta_check *check = NULL;
  progress bar;
  sagitta_status status = outputs_open(&out, &error);
  progress_begin(&bar);
  if (status == SAGITTA_OK) status = look(o, inputs, count, &check, &bar, &error);
  progress_clear(&bar);
  if (status == SAGITTA_OK && o->json) {
    sagitta_check_speak(check, NULL); /* a document does not ask the environment */
    status = write_json(check, &out, &error);
    sagitta_check_speak(check, error.language);
  }
  int code = EXIT_MEASURED;
  if (status != SAGITTA_OK) {
    code = command_fail(&error);
  } else {
    print_lines(check, outputs_use_stdout(&out) ? stderr : stdout);
    code = sagitta_check_ready(check) ? EXIT_MEASURED : EXIT_NO_MEASUREMENT;
  }
  outputs_discard_all(&out);
  sagitta_check_free(&check);
  return command_finish(code);
}

static bool check_words(const check_options *o, char *const *inputs, int count, char *why) {
  if (count == 0 || !*inputs[0]) {
    return options_refuse(why,
                          "What is to be checked? Give a few seconds of the standing person: sagitta check VIDEO.");
  }
  if (file_is_camera(inputs[0]) && !(o->seconds > 0)) {
    return options_refuse(why, "How long shall the camera look? Add, for example, --seconds 3.");
  }
  const outputs wanted = { .asked = { [OUT_JSON] = o->json } };
  return outputs_check(&wanted, inputs, count, why);
}

static int run(const command *self, int count, char **arguments) {
  check_options o = { .json = NULL };
  char why[OPTION_WHY];
  int inputs;
  int code = command_begin(self, &o, count, arguments, &inputs);
  if (code < 0 && !check_words(&o, arguments, inputs, why)) code = command_misused(self, why);
  if (code < 0) code = execute(&o, arguments, inputs);
  free(o.picks.pick);
  return code;
}

const command check_command = {
  .name = "check",
  .usage = "INPUT… [options]",
  .purpose = TRANSLATABLE("Check markers, camera and light before the client bends."),
  .about = TRANSLATABLE(
      "Look at a few seconds of the standing person (or a picture) and say, one line each, whether markers, camera and "
      "light are fit for a measurement: ✓ fine, ! better if changed, ✗ no measurement possible, ? cannot be seen from "
      "this.\n\n"
      " Exit status: 0 a measurement is possible · 1 it is not\n"
      "              2 wrong usage · 3 input cannot be read\n"
      "              4 an output cannot be written"),
  .options = rows,
  .run = run,
};
