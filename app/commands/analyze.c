/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta analyze: input → tracks → result → outputs and a summary. */
#include <stdlib.h>
#include <string.h>

#include "measure/settings.h"
#include "measure/page.h"
#include "batch/batch.h"
#include "cli/command.h"
#include "measure/exports.h"
#include "measure/measurement.h"
#include "overlay/overlay.h"
#include "cli/progress.h"
#include "commands/access.h"
#include "records/records.h"
#include "cli/summary.h"
#include "cli/text.h"
#include "cli/timings.h"

/* Everything that one run owns. */
typedef struct run {
  analyze_options options;
  outputs out;
  measurement of;
  exports files;
  const char *remark; /* on the report; NULL = none */
  keep keep;          /* the client's records, where --client asks for them */
  run_timings timings;
  progress progress;
  sagitta_error error;
} run;

/* A client's records know who bends. */
static sagitta_status measure(run *r, char *const *inputs, int input_count) {
  const measured_person person = { r->keep.client.height_cm, keep_age(&r->keep), r->keep.client.sex };
  return measurement_make(&r->of, &r->options, &person, inputs, input_count, &r->progress, &r->error);
}

/* What the outputs are made from, once it is there. */
static void set_files(run *r, const char *input) {
  const records_client *client = &r->keep.client;
  r->files = (exports){ .tracks = r->of.tracks,
                        .result = r->of.result,
                        .camera = measurement_camera(&r->of, &r->options, input),
                        .ruler_cm = r->options.ruler,
                        .of = sagitta_fhir_default_settings() };
  if (!r->options.keep.client) return;
  sagitta_fhir_settings *of = &r->files.of;
  of->client = client->code;
  if (*client->name) of->name = client->name;
  of->birth_year = client->birth_year;
  if (client->sex) of->sex = client->sex == 'f' ? SAGITTA_SEX_FEMALE : SAGITTA_SEX_MALE;
  of->date = r->keep.day;
  of->height_cm = client->height_cm;
  of->pain = r->options.keep.pain;
}

static sagitta_status write_text(run *r, output_kind kind) {
  if (!r->out.open[kind]) return SAGITTA_OK;
  char *text = NULL;
  size_t length = 0;
  sagitta_status status = exports_print(&r->files, kind, r->out.asked[kind], &text, &length, &r->error);
  if (status == SAGITTA_OK) status = outputs_write(&r->out, kind, text, length, &r->error);
  sagitta_free(text);
  return status;
}

/* The overlay first: it takes longest and can still fail, and standard output cannot be taken back. */
static sagitta_status write_all(run *r, const char *input) {
  sagitta_status status = SAGITTA_OK;
  set_files(r, input);
  if (r->out.open[OUT_OVERLAY]) {
    double began = clock_seconds();
    status = overlay_make(r->of.source, r->of.tracks, r->of.result, r->out.open[OUT_OVERLAY], &r->progress, &r->error);
    r->timings.overlay_ms = 1e3 * (clock_seconds() - began);
  }
  for (int to_stdout = 0; to_stdout <= 1; to_stdout++) {
    for (int kind = OUT_JSON; kind < OUT_OVERLAY && status == SAGITTA_OK; kind++) {
      bool dash = r->out.asked[kind] && strcmp(r->out.asked[kind], "-") == 0;
      if (dash == (to_stdout == 1)) status = write_text(r, (output_kind)kind);
    }
  }
  return status;
}

/* What was asked for, to be kept beside the result. */
static char *asked_for(const analyze_options *o) {
  json_build b = { false };
  json_t *root = json_object();
  build_text(&b, root, "test", o->test);
  build_text(&b, root, "markers", o->markers);
  build_text(&b, root, "camera", o->camera);
  if (o->pick_count) build_put(&b, root, "picks", json_integer((json_int_t)o->pick_count));
  if (o->rate > 0) build_number(&b, root, "rate", o->rate);
  if (o->seconds > 0) build_number(&b, root, "seconds", o->seconds);
  if (o->ruler > 0) build_number(&b, root, "ruler_cm", o->ruler);
  if (o->height > 0) build_number(&b, root, "height_cm", o->height);
  if (o->age > 0) build_number(&b, root, "age_years", o->age);
  build_text(&b, root, "sex", o->sex);
  return build_print(&b, root);
}

/* After the records, because the history in it ends with this very result. */
static sagitta_status write_report(run *r) {
  const analyze_report from = { .result = r->of.result,
                                .tracks = r->of.tracks,
                                .source = r->of.source,
                                .client = r->options.keep.client ? &r->keep : NULL,
                                .film = r->options.report_video };
  return r->out.open[OUT_REPORT] ? analyze_report_write(&from, &r->out, &r->remark, &r->error) : SAGITTA_OK;
}

/* Into the records, and then every output under its name. */
static sagitta_status save_all(run *r, char *const *inputs, int input_count) {
  if (r->options.keep.client) {
    char *settings = asked_for(&r->options);
    const sagitta_status kept = keep_save(&r->keep, r->of.result, settings, inputs, input_count, &r->error);
    free(settings);
    if (kept != SAGITTA_OK) return kept;
  }
  sagitta_status status = write_report(r);
  if (status == SAGITTA_OK) status = outputs_commit(&r->out, &r->error);
  if (status != SAGITTA_OK && r->options.keep.client) keep_report(&r->keep, stderr);
  return status;
}

/* No honest measurement: the tracks file stays if any marker was seen, and nothing else. */
static int end_without_measurement(run *r, const char *input) {
  sagitta_error measured = r->error;
  for (int kind = 0; kind < OUTPUTS; kind++) {
    if (kind != OUT_TRACKS || !measurement_has_markers(&r->of)) outputs_discard(&r->out, (output_kind)kind);
  }
  set_files(r, input);
  sagitta_status status = write_text(r, OUT_TRACKS);
  if (status == SAGITTA_OK) status = outputs_commit(&r->out, &r->error);
  int code = command_fail(&measured);
  if (r->of.tracks) summary_warnings(r->of.tracks, stderr);
  if (r->of.tracks && input_is_trc(input)) exports_view_note(&r->of.space, &r->options.map, stderr);
  if (status != SAGITTA_OK) {
    const int unwritten = command_fail(&r->error);
    return status == SAGITTA_ERROR_WRITE ? unwritten : code;
  }
  if (r->out.asked[OUT_TRACKS] && measurement_has_markers(&r->of) && strcmp(r->out.asked[OUT_TRACKS], "-") != 0) {
    char *note = NULL;
    if (asprintf(&note, "The markers that were seen are in \"%s\"; no other output was written.",
                 r->out.asked[OUT_TRACKS]) >= 0) {
      fputs("         ", stderr);
      text_wrap(stderr, note, text_columns(stderr), 9, 9);
      free(note);
    }
  }
  return code;
}

static int execute(run *r, char *const *inputs, int input_count) {
  double began = clock_seconds();
  sagitta_status status = SAGITTA_OK;
  if (r->options.keep.client) {
    const bool ask = access_can_ask() && strcmp(inputs[0], "-") != 0;
    r->keep.language = r->options.language;
    status = keep_begin(&r->keep, &r->options.keep, ask, &r->error);
  }
  if (status == SAGITTA_OK) status = outputs_open(&r->out, &r->error);
  if (status != SAGITTA_OK) return command_fail(&r->error);
  progress_begin(&r->progress);
  status = measure(r, inputs, input_count);
  int code = EXIT_MEASURED;
  if (status == SAGITTA_OK) status = write_all(r, inputs[0]);
  if (status == SAGITTA_OK) status = save_all(r, inputs, input_count);
  progress_clear(&r->progress);
  if (status == SAGITTA_NO_MEASUREMENT) {
    code = end_without_measurement(r, inputs[0]);
  } else if (status != SAGITTA_OK) {
    code = command_fail(&r->error);
  } else {
    FILE *to = outputs_use_stdout(&r->out) ? stderr : stdout;
    summary_print(r->of.result, &r->out, to);
    exports_notes(&r->files, &r->out, to);
    if (input_is_trc(inputs[0])) exports_view_note(&r->of.space, &r->options.map, to);
    if (r->options.keep.client) keep_report(&r->keep, to);
    if (r->remark) text_complain(r->remark);
  }
  r->timings.total_ms = 1e3 * (clock_seconds() - began);
  r->timings.library = r->of.timings;
  if (r->options.timings) timings_print(&r->timings, r->of.source, r->of.tracks, stderr);
  return command_finish(code);
}

static void release(run *r) {
  outputs_discard_all(&r->out);
  measurement_free(&r->of);
  keep_end(&r->keep);
  free(r->options.picks);
  map_free(&r->options.map);
}

static int run_analyze(int count, char **arguments) {
  run r = { .options = { .test = sagitta_analysis_default_settings().test, .keep.pain = -1 },
            .error = SAGITTA_ERROR_INIT };
  analyze_options *o = &r.options;
  char why[OPTION_WHY];
  int inputs, code;
  if (!options_parse(analyze_rows, o, arguments, count, &inputs, why)) {
    code = command_misused(&analyze_command, why);
  } else if (o->help) {
    command_help(&analyze_command, stdout);
    code = command_finish(EXIT_MEASURED);
  } else if (o->version) {
    command_version(stdout);
    code = command_finish(EXIT_MEASURED);
  } else if (!analyze_options_check(o, arguments, inputs, why) ||
             (o->table && !batch_check(o, arguments, inputs, why))) {
    code = command_misused(&analyze_command, why);
  } else {
    r.out = (outputs){ .asked = { o->json, o->tracks, o->angles, o->c3d, o->fhir, o->overlay, o->report } };
    code = o->table ? batch_run(o, arguments, inputs) : execute(&r, arguments, inputs);
  }
  release(&r);
  return code;
}

const command analyze_command = {
  .name = "analyze",
  .usage = "INPUT… [options]",
  .purpose = "Measure a bend: from a video to a verdict.",
  .about =
      "Measure how a person bends forward, and say whether the bend comes from the hips or from the lower back. The "
      "person stands side-on, wears the markers, and bends three times.\n\n"
      "INPUT is a video; a folder, a pattern (frames/%04d.png) or several pictures as one sequence; a camera "
      "(/dev/video0); - for standard input; or a tracks file: .csv made by --tracks, or the .trc of "
      "any motion capture (see --map). With --table several inputs, or the videos of "
      "a folder, are measured one by one. For --json, --tracks or --angles, - is standard output; the summary then "
      "goes to standard error.\n\n"
      " Exit status: 0 measured · 1 read, but no honest measurement\n"
      "              2 wrong usage · 3 input cannot be read\n"
      "              4 an output cannot be written",
  .options = analyze_rows,
  .run = run_analyze,
};
