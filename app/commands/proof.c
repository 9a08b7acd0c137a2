/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta proof: what one's own camera does, from the printed sheet. */
#include <stdio.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/option_values.h"
#include "cli/sandbox.h"
#include "cli/text.h"
#include "commands/commands.h"
#include "report/report.h"

#define DEFAULT_SECONDS 10

typedef struct proof_options {
  const char *json, *output, *paper, *language, *date;
  double seconds, rate;
  bool help, version;
} proof_options;

static const option_row rows[] = {
  SECONDS_ROW(proof_options, seconds, "Look at the first N seconds (default 10). A camera needs it."),
  RATE_ROW(proof_options, rate, "The true capture rate, where the file does not know it."),
  JSON_ROW(proof_options, json, JSON_TOO_HELP),
  OUTPUT_ROW(proof_options, output, "FILE", "A page, by the end of its name: .pdf, .svg or .png; -o FILE for short."),
  PAPER_ROW(proof_options, paper),
  DATE_ROW(proof_options, date, "The day on the page (default: today)."),
  LANGUAGE_ROW(proof_options, language, "The language: en (default), de or es."),
  HELP_ROWS(proof_options)
};

static bool check(const proof_options *o, char *const *inputs, int count, char *why) {
  report_paper paper;
  const report_format format = o->output ? report_format_of(o->output) : REPORT_NONE;
  const char *const written[] = { o->json, o->output };
  if (o->language && !language_check(o->language, why)) return false;
  if (count == 0 || !*inputs[0]) {
    options_refuse(
        why,
        "What was filmed? Print the proof sheet (sagitta sheets print), film it for 5 seconds: sagitta proof VIDEO.");
  } else if (file_is_camera(inputs[0]) && !(o->seconds > 0)) {
    options_refuse(why, "How long shall the camera look? Add, for example, --seconds 5.");
  } else if (o->output && (format == REPORT_NONE || format == REPORT_HTML)) {
    options_refuse(why, "The page is a .pdf, .svg or .png by the end of its name, and '%.200s' is none.", o->output);
  } else if (!o->output && (o->paper || o->date)) {
    options_refuse(why, "%s is for the page: add -o page.pdf, or leave it out.", o->paper ? "--paper" : "--date");
  } else if (o->paper && !report_paper_of(o->paper, &paper)) {
    options_refuse(why, "--paper is a4 or letter, and not '%.80s'.", o->paper);
  } else if (o->date && !records_is_day(o->date)) {
    options_refuse(why, "'%.40s' is no day. Write it as YYYY-MM-DD.", o->date);
  } else {
    for (int i = 0; i < 2 * count; i++) {
      const char *to = written[i % 2], *input = inputs[i / 2];
      if (!to || strcmp(to, "-") == 0 || strcmp(input, "-") == 0 || !files_same(to, input)) continue;
      return options_refuse(why, "'%.200s' would be overwritten: give the output another name.", input);
    }
    return true;
  }
  return false;
}

static sagitta_status look(const proof_options *o, char *const *inputs, int count, sagitta_proof **proof,
                           sagitta_error *error) {
  sagitta_source *source = NULL;
  sagitta_source_settings settings = sandbox_source_settings();
  progress bar;
  settings.seconds = o->seconds > 0 ? o->seconds : DEFAULT_SECONDS;
  settings.rate = o->rate;
  progress_begin(&bar);
  sagitta_status status = sagitta_source_open(&source, (const char *const *)inputs, (size_t)count, &settings, error);
  if (status == SAGITTA_OK) status = sagitta_proof_source(proof, source, progress_report, &bar, error);
  progress_clear(&bar);
  sagitta_source_close(&source);
  return status;
}

static sagitta_status write_page(const sagitta_proof *proof, const proof_options *o, const char *input,
                                 const char *language, sagitta_error *error) {
  sagitta_output *to = NULL;
  char today[RECORDS_DAY];
  records_today(today);
  proof_page page = { proof, file_name(input), language, o->date ? o->date : today, report_paper_usual() };
  if (o->paper) (void)report_paper_of(o->paper, &page.paper);
  sagitta_status status = output_begin(&to, o->output, error);
  if (status == SAGITTA_OK) status = proof_page_write(&page, report_format_of(o->output), to, error);
  if (status == SAGITTA_OK) status = output_end(&to, error);
  output_drop(&to);
  return status;
}

static sagitta_status write_json(const sagitta_proof *proof, const char *path, sagitta_error *error) {
  char *text = NULL;
  sagitta_status status = sagitta_proof_print(proof, &text, NULL, error);
  if (status == SAGITTA_OK) status = file_write(path, text, error);
  sagitta_free(text);
  return status;
}

/* ---- on the terminal ---- */

static void print_proof(FILE *to, const sagitta_proof *proof, const char *output, const char *language) {
  static const char *const signs[] = { "✓", "!", "✗" };
  text_row row[PROOF_ROWS];
  text_wrap(to, proof_lead(proof, language), text_columns(to), 0, 0);
  for (size_t i = 0; i < proof->lines; i++) {
    fprintf(to, "%s ", signs[proof->line[i].grade]);
    text_wrap(to, proof->line[i].message, text_columns(to), 2, 2);
  }
  fprintf(to, "\n%s\n", say(language, "What it adds to each quantity: 95 % of errors are smaller"));
  text_rows(to, row, proof_quantity_rows(proof, language, row));
  fprintf(to, "\n%s\n", say(language, "What was seen"));
  text_rows(to, row, proof_fact_rows(proof, language, row));
  if (!output) return;
  const int at = fprintf(to, "%s: ", say(language, "Report"));
  text_wrap(to, output, text_columns(to), at, 0);
}

static int run(const command *self, int count, char **arguments) {
  proof_options o = { .json = NULL };
  char why[OPTION_WHY];
  int inputs;
  const int done = command_begin(self, &o, count, arguments, &inputs);
  if (done >= 0) return done;
  if (!check(&o, arguments, inputs, why)) return command_misused(self, why);
  const char *language = o.language ? o.language : "en"; /* of the documents */
  sagitta_error error = error_in(text_language_or(o.language, "en"));
  sagitta_proof *proof = NULL;
  sagitta_status status = look(&o, arguments, inputs, &proof, &error);
  sagitta_proof_speak(proof, language);
  if (status == SAGITTA_OK && o.output) status = write_page(proof, &o, arguments[0], language, &error);
  if (status == SAGITTA_OK && o.json) status = write_json(proof, o.json, &error);
  int code = EXIT_MEASURED;
  if (status != SAGITTA_OK) {
    code = command_fail(&error);
  } else {
    sagitta_proof_speak(proof, error.language);
    print_proof(o.json && strcmp(o.json, "-") == 0 ? stderr : stdout, proof, o.output, error.language);
    if (proof->grade == SAGITTA_PROOF_FAIL) code = EXIT_NO_MEASUREMENT;
  }
  sagitta_proof_free(&proof);
  return command_finish(code);
}

const command proof_command = {
  .name = "proof",
  .usage = "INPUT… [options]",
  .purpose = TRANSLATABLE("What your own camera does to angles and places, from a printed sheet."),
  .about = TRANSLATABLE(
      "Print the proof sheet (sagitta sheets), fix it flat where the person will stand, and film it for 5 seconds from "
      "where the camera will be, or nearer, the camera or the sheet moving a little; or take a dozen pictures. Every "
      "mark "
      "is found as the markers on a person are, and compared with where it was printed: the error of directions and "
      "places, noise, light, lens, the times of the pictures, and what all this adds to each quantity.\n\n"
      " Exit status: 0 it passes, or can be used · 1 change something first, or the sheet is not seen\n"
      "              2 wrong usage · 3 input cannot be read\n"
      "              4 an output cannot be written"),
  .options = rows,
  .run = run,
};
