/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta analyze: input → tracks → result → outputs and a summary. */
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/side.h"
#include "cli/summary.h"
#include "cli/system.h"
#include "cli/text.h"
#include "commands/analyze_options.h"
#include "commands/commands.h"
#include "measure/outputs.h"
#include "report/report.h"

/* Everything that one run owns. */
typedef struct analyze_run {
  analyze_options options;
  outputs out;
  measurement of;
  clinic *clinic;
  keep keep; /* the client's records, where --client asks for them */
  delivery delivery;
  progress progress;
  sagitta_error error;
} analyze_run;

/* A client's records know who bends. */
static measured_person person_of(const analyze_run *r) {
  return (measured_person){ r->keep.client.height_cm, keep_age(&r->keep), r->keep.client.sex };
}

static void print_note(char *note, FILE *to) {
  if (note) text_wrap(to, note, text_columns(to), 0, 0);
  free(note);
}

/* Where the outputs are. */
static void print_places(const outputs *written, const char *language, FILE *to) {
  bool any = false;
  for (int k = 0; k < OUTPUTS; k++) {
    if (!written->asked[k] || outputs_is_stdout(written, (output_kind)k)) continue;
    const char *title = say(language, outputs_title((output_kind)k));
    fprintf(to, "%s%s: ", any ? "" : "\n", title);
    /* A place is printed in one piece, so that it can be copied. */
    text_wrap(to, written->asked[k], text_columns(to), text_width(title) + 2, 0);
    any = true;
  }
}

/* The result as the terminal speaks: that of the documents, unless only the environment asks for another language. */
static const sagitta_result *as_said(analyze_run *r, sagitta_result **said) {
  const char *document = sagitta_result_language(r->of.result);
  const char *language = text_language_or(r->options.measure.language, document);
  const measured_person person = person_of(r);
  sagitta_error error = error_in(language);
  *said = NULL;
  if (strcmp(language, document) == 0) return r->of.result;
  if (measurement_say(&r->of, &r->options.measure, &person, language, said, &error) != SAGITTA_OK) return r->of.result;
  return *said;
}

static void print_all(analyze_run *r, FILE *to) {
  char *notes[DELIVERY_NOTES];
  sagitta_result *said;
  const sagitta_result *result = as_said(r, &said);
  summary_print(result, to);
  print_places(&r->out, sagitta_result_language(result), to);
  sagitta_result_free(&said);
  const size_t count = delivery_notes(&r->delivery, r->error.language, notes);
  for (size_t i = 0; i < count; i++) print_note(notes[i], to);
  print_note(measurement_space_note(&r->of, &r->options.measure, r->error.language), to);
  if (r->delivery.client) keep_report(&r->keep, to);
  if (r->delivery.remark) text_complain(r->delivery.remark);
}

/* No honest measurement: the tracks file stays if any marker was seen, and nothing else. */
static int end_without_measurement(analyze_run *r) {
  const sagitta_error measured = r->error;
  const bool seen = measurement_has_markers(&r->of);
  const char *tracks = r->out.asked[OUT_TRACKS];
  for (int kind = 0; kind < OUTPUTS; kind++) {
    if (kind != OUT_TRACKS || !seen) outputs_discard(&r->out, (output_kind)kind);
  }
  sagitta_status status = deliver_tracks(&r->delivery, &r->error);
  if (status == SAGITTA_OK) status = outputs_commit(&r->out, &r->error);
  const int code = command_fail(&measured);
  if (r->of.tracks) summary_warnings(r->of.tracks, stderr);
  if (r->of.tracks) print_note(measurement_space_note(&r->of, &r->options.measure, r->error.language), stderr);
  if (status != SAGITTA_OK) {
    const int unwritten = command_fail(&r->error);
    return status == SAGITTA_ERROR_WRITE ? unwritten : code;
  }
  if (tracks && seen && !r->options.progress && !outputs_is_stdout(&r->out, OUT_TRACKS)) {
    char *note = NULL;
    if (asprintf(&note, error_say(&measured, "The markers that were seen are in \"%s\"; no other output was written."),
                 tracks) >= 0) {
      fputs("         ", stderr);
      text_wrap(stderr, note, text_columns(stderr), 9, 9);
      free(note);
    }
  }
  return code;
}

/* Which side, where the test has one and nobody has said: asked, once. */
static void settle_side(measure_settings *o, bool ask) {
  const sagitta_test *test = sagitta_test_find(o->test);
  if (test->side && !o->side && ask) o->side = side_ask(test, text_language_or(o->language, "en"), stdin, stderr);
}

/* Records and outputs are opened before the work. */
static sagitta_status open_all(analyze_run *r, const char *input) {
  const analyze_options *o = &r->options;
  const bool ask = system_can_ask() && strcmp(input, "-") != 0;
  sagitta_status status = SAGITTA_OK;
  if (o->keep.client) {
    r->keep.language = text_language_or(o->measure.language, "en");
    status = keep_begin(&r->keep, &o->keep, ask, &r->error);
  }
  r->delivery = (delivery){ .out = &r->out,
                            .from = &r->of,
                            .settings = &o->measure,
                            .client = o->keep.client ? &r->keep : NULL,
                            .film = o->report_video,
                            .key_frames = o->key_frames,
                            .keep_background = o->keep_background,
                            .name = o->name,
                            .paper = report_paper_usual() };
  if (o->paper) (void)report_paper_of(o->paper, &r->delivery.paper);
  if (status == SAGITTA_OK && o->clinic) status = clinic_read(&r->clinic, o->clinic, &r->error);
  r->delivery.clinic = r->clinic;
  if (status == SAGITTA_OK) settle_side(&r->options.measure, ask);
  if (status == SAGITTA_OK && o->key_frames) status = folder_make_private(o->key_frames, &r->error);
  if (status == SAGITTA_OK && o->debug) status = debug_begin(o->debug, &r->error);
  return status == SAGITTA_OK ? outputs_open(&r->out, &r->error) : status;
}

/* What was seen at the moments asked for, whatever came of the measurement, if the input could be read. The first
 * failure counts. */
static sagitta_status show_moments(analyze_run *r, sagitta_status measured) {
  if (!r->options.debug || (measured != SAGITTA_OK && measured != SAGITTA_NO_MEASUREMENT)) return measured;
  sagitta_error error = error_like(&r->error);
  const sagitta_status status = debug_write(r->options.debug, &r->of, r->options.keep_background, &error);
  if (status != SAGITTA_OK) r->error = error;
  return status == SAGITTA_OK ? measured : status;
}

static void tell_saved(const keep *k) {
  fprintf(stderr, "saved %lld\n", (long long)k->id);
  if (k->already) fprintf(stderr, "already %lld\n", (long long)k->id);
}

static int execute(analyze_run *r, char *const *inputs, int input_count) {
  const double began = system_seconds();
  sagitta_status status = open_all(r, inputs[0]);
  if (status != SAGITTA_OK) return command_fail(&r->error);
  const measured_person person = person_of(r);
  r->options.progress ? progress_begin_lines(&r->progress) : progress_begin(&r->progress);
  status = measurement_make(&r->of, &r->options.measure, &person, inputs, input_count, progress_report, &r->progress,
                            &r->error);
  status = show_moments(r, status);
  if (status == SAGITTA_OK) status = deliver_files(&r->delivery, progress_report, &r->progress, &r->error);
  if (status == SAGITTA_OK) {
    status = deliver_all(&r->delivery, inputs, input_count, &r->error);
    if (status != SAGITTA_OK && r->delivery.saved) keep_report(&r->keep, stderr);
  }
  progress_clear(&r->progress);
  int code = EXIT_MEASURED;
  if (status == SAGITTA_NO_MEASUREMENT) {
    code = end_without_measurement(r);
  } else if (status != SAGITTA_OK) {
    code = command_fail(&r->error);
  } else {
    if (r->options.progress && r->delivery.saved) tell_saved(&r->keep);
    print_all(r, outputs_use_stdout(&r->out) ? stderr : stdout);
  }
  const run_timings timings = { .library = r->of.timings,
                                .overlay_ms = r->delivery.overlay_ms,
                                .total_ms = 1e3 * (system_seconds() - began) };
  if (r->options.timings) timings_print(&timings, r->of.source, r->of.tracks, stderr);
  return command_finish(code);
}

static void release(analyze_run *r) {
  outputs_discard_all(&r->out);
  measurement_free(&r->of);
  clinic_free(&r->clinic);
  keep_end(&r->keep);
}

int analyze_input(const analyze_options *options, char *const *inputs, int count, sagitta_source *source) {
  analyze_run r = { .options = *options,
                    .of.source = source,
                    .error = error_in(text_language_or(options->measure.language, "en")) };
  measure_settings *measure = &r.options.measure;
  if (measure->side && !side_matters(measure->test)) {
    char note[160];
    snprintf(note, sizeof note, error_say(&r.error, "The test %.40s has no side: --side was left out."), measure->test);
    text_complain(note);
    measure->side = SAGITTA_SIDE_UNKNOWN;
  }
  r.out = analyze_options_outputs(&r.options);
  r.options.batch.report = options->report;
  r.options.batch.clinic = options->clinic;
  r.options.batch.paper = options->paper;
  const int code =
      r.options.batch.table ? batch_run(&r.options.batch, measure, inputs, count) : execute(&r, inputs, count);
  release(&r);
  return code;
}

analyze_options analyze_options_default(void) {
  return (analyze_options){ .measure.test = sagitta_analysis_default_settings().test, .keep.pain = -1 };
}

void analyze_options_free(analyze_options *o) {
  free(o->measure.picks.pick);
  free(o->measure.explain.s);
  map_free(&o->measure.map);
}

static int run(const command *self, int count, char **arguments) {
  analyze_options o = analyze_options_default();
  char why[OPTION_WHY];
  int inputs;
  int code = command_begin(self, &o, count, arguments, &inputs);
  if (code < 0 && !analyze_options_check(&o, arguments, inputs, why)) code = command_misused(self, why);
  if (code < 0) code = analyze_input(&o, arguments, inputs, NULL);
  analyze_options_free(&o);
  return code;
}

const command analyze_command = {
  .name = "analyze",
  .usage = "INPUT… [options]",
  .purpose = TRANSLATABLE("Measure a bend: from a video to a verdict."),
  .about = TRANSLATABLE(
      "Measure how a person bends forward, and say whether the bend comes from the hips or from the lower back. The "
      "person stands side-on, wears the markers, and bends three times.\n\n"
      "INPUT is a video; a folder, a pattern (frames/%04d.png) or several pictures as one sequence; a camera "
      "(/dev/video0); - for standard input; or a tracks file: .csv made by --tracks, or the .trc or "
      ".c3d of any motion capture, or trajectories of Kinovea or Tracker (see --map, --points). With --table several "
      "inputs, or the videos of a folder, are measured one by one; @LIST stands for what the lines of the file LIST "
      "name. For --json, --tracks "
      "or --angles, - is standard output; the summary then "
      "goes to standard error.\n\n"
      " Exit status: 0 measured · 1 read, but no honest measurement: then the\n"
      "              file of --tracks is written if any marker was seen, so that it\n"
      "              can be looked into, and that of --debug; nothing else, and nothing\n"
      "              is saved to a client's records\n"
      "              2 wrong usage · 3 input cannot be read\n"
      "              4 an output cannot be written"),
  .options = analyze_rows,
  .run = run,
};
