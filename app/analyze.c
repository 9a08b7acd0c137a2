/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta analyze: input → tracks → result → outputs and a summary. */
#include <stdlib.h>
#include <string.h>

#include "analyze.h"
#include "analyze_options.h"
#include "analyze_report.h"
#include "batch/batch.h"
#include "command.h"
#include "exports.h"
#include "overlay.h"
#include "progress.h"
#include "records/access.h"
#include "records/build.h"
#include "summary.h"
#include "text.h"
#include "timings.h"

/* Everything that one run owns. */
typedef struct run {
  analyze_options options;
  outputs out;
  sagitta_camera camera; /* read, where --camera asks for it */
  sagitta_trc_view space; /* of a TRC file */
  exports files;
  sagitta_source *source;
  sagitta_tracks *tracks;
  sagitta_result *result;
  const char *remark; /* on the report; NULL = none */
  keep keep; /* the client's records, where --client asks for them */
  run_timings timings;
  progress progress;
  sagitta_error error;
} run;

static bool any_marker(const sagitta_tracks *tracks) {
  for (int role = 0; tracks && role < SAGITTA_ROLES; role++) {
    if (sagitta_tracks_has(tracks, (sagitta_role)role)) return true;
  }
  return false;
}

static sagitta_status track(run *r, char *const *inputs, int input_count) {
  const analyze_options *o = &r->options;
  sagitta_markers markers;
  sagitta_track_settings settings = sagitta_track_default_settings();
  if (o->markers) {
    settings.set = sagitta_marker_set_from_name(o->markers);
    if (settings.set == SAGITTA_SET_UNKNOWN) {
      sagitta_status status = sagitta_markers_read(&markers, o->markers, &r->error);
      if (status != SAGITTA_OK) return status;
      settings.markers = &markers;
    }
  }
  sagitta_source_settings source = sagitta_source_default_settings();
  source.rate = o->rate;
  source.seconds = o->seconds;
  source.threads = o->threads;
  source.progress = progress_report;
  source.progress_user = &r->progress;
  sagitta_status status =
      sagitta_source_open(&r->source, (const char *const *)inputs, (size_t)input_count, &source, &r->error);
  if (status != SAGITTA_OK) return status;

  settings.picks = o->picks;
  settings.pick_count = o->pick_count;
  settings.simd = o->simd;
  settings.progress = progress_report;
  settings.progress_user = &r->progress;
  return sagitta_track_source(&r->tracks, r->source, &settings, NULL, &r->timings.library, &r->error);
}

static sagitta_status read_tracks(run *r, const char *path) {
  const marker_map *map = &r->options.map;
  if (!input_is_trc(path)) return sagitta_tracks_read(&r->tracks, path, &r->error);
  const sagitta_trc_settings settings = { map->name, map->count, map->up };
  return sagitta_tracks_read_trc(&r->tracks, path, &settings, &r->space, &r->error);
}

/* The camera of the tracks, or NULL: --camera's, or that which a TRC file stands for. */
static const sagitta_camera *camera_of(const run *r, const char *input) {
  if (r->options.camera) return &r->camera;
  return input_is_trc(input) ? &r->space.camera : NULL;
}

/* The calibration at the size of these pictures; refused where that is not right. */
static sagitta_status fit_camera(run *r) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(r->tracks);
  return sagitta_camera_scale(&r->camera, info->width, info->height, &r->error);
}

static sagitta_status measure(run *r, char *const *inputs, int input_count) {
  if (r->options.camera) {
    const sagitta_status read = sagitta_camera_read(&r->camera, r->options.camera, &r->error);
    if (read != SAGITTA_OK) return read;
  }
  double began = clock_seconds();
  bool from_tracks = input_is_tracks(inputs[0]);
  sagitta_status status = from_tracks ? read_tracks(r, inputs[0]) : track(r, inputs, input_count);
  if (from_tracks) r->timings.library.open_ms = 1e3 * (clock_seconds() - began);
  if (status != SAGITTA_OK) return status;

  began = clock_seconds();
  sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  const analyze_options *o = &r->options;
  settings.test = o->test;
  settings.camera = camera_of(r, inputs[0]);
  settings.language = o->language;
  settings.ruler_cm = o->ruler;
  settings.height_cm = o->height > 0 ? o->height : r->keep.client.height_cm;
  settings.age_years = o->age > 0 ? o->age : keep_age(&r->keep);
  const char sex = o->sex ? o->sex[0] : r->keep.client.sex;
  if (sex) settings.sex = sex == 'f' ? SAGITTA_SEX_FEMALE : SAGITTA_SEX_MALE;
  if (o->camera) status = fit_camera(r);
  if (status == SAGITTA_OK) status = sagitta_analyze(&r->result, r->tracks, &settings, &r->error);
  r->timings.library.body_ms = 1e3 * (clock_seconds() - began);
  return status;
}

/* What the outputs are made from, once it is there. */
static void set_files(run *r, const char *input) {
  const records_client *client = &r->keep.client;
  r->files = (exports){ .tracks = r->tracks,
                        .result = r->result,
                        .camera = camera_of(r, input),
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
    status = overlay_make(r->source, r->tracks, r->result, r->out.open[OUT_OVERLAY], &r->progress, &r->error);
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
  build b = { false };
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
  const analyze_report from = { .result = r->result,
                                .tracks = r->tracks,
                                .source = r->source,
                                .client = r->options.keep.client ? &r->keep : NULL,
                                .film = r->options.report_video };
  return r->out.open[OUT_REPORT] ? analyze_report_write(&from, &r->out, &r->remark, &r->error) : SAGITTA_OK;
}

/* Into the records, and then every output under its name. */
static sagitta_status save_all(run *r, char *const *inputs, int input_count) {
  if (r->options.keep.client) {
    char *settings = asked_for(&r->options);
    const sagitta_status kept = keep_save(&r->keep, r->result, settings, inputs, input_count, &r->error);
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
    if (kind != OUT_TRACKS || !any_marker(r->tracks)) outputs_discard(&r->out, (output_kind)kind);
  }
  set_files(r, input);
  sagitta_status status = write_text(r, OUT_TRACKS);
  if (status == SAGITTA_OK) status = outputs_commit(&r->out, &r->error);
  int code = command_fail(&measured);
  if (r->tracks) summary_warnings(r->tracks, stderr);
  if (r->tracks && input_is_trc(input)) exports_view_note(&r->space, &r->options.map, stderr);
  if (status != SAGITTA_OK) {
    const int unwritten = command_fail(&r->error);
    return status == SAGITTA_ERROR_WRITE ? unwritten : code;
  }
  if (r->out.asked[OUT_TRACKS] && any_marker(r->tracks) && strcmp(r->out.asked[OUT_TRACKS], "-") != 0) {
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
    summary_print(r->result, &r->out, to);
    exports_notes(&r->files, &r->out, to);
    if (input_is_trc(inputs[0])) exports_view_note(&r->space, &r->options.map, to);
    if (r->options.keep.client) keep_report(&r->keep, to);
    if (r->remark) text_complain(r->remark);
  }
  r->timings.total_ms = 1e3 * (clock_seconds() - began);
  if (r->options.timings) timings_print(&r->timings, r->source, r->tracks, stderr);
  return command_finish(code);
}

static void release(run *r) {
  outputs_discard_all(&r->out);
  sagitta_result_free(&r->result);
  sagitta_tracks_free(&r->tracks);
  sagitta_source_close(&r->source);
  keep_end(&r->keep);
  free(r->options.picks);
  map_free(&r->options.map);
}

sagitta_status analyze_input(const analyze_options *options, char *input, sagitta_result **result,
                             sagitta_error *error) {
  run r = { .options = *options, .error = SAGITTA_ERROR_INIT };
  const sagitta_status status = measure(&r, &input, 1);
  *result = status == SAGITTA_OK ? r.result : NULL;
  if (status == SAGITTA_OK) r.result = NULL;
  *error = r.error;
  /* What the options point to is the caller's. */
  r.options.picks = NULL;
  r.options.map = (marker_map){ .count = 0 };
  release(&r);
  return status;
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
  } else if (!analyze_options_check(o, arguments, inputs, why)) {
    code = command_misused(&analyze_command, why);
  } else {
    r.out = (outputs){ .asked = { o->json, o->tracks, o->angles, o->c3d, o->fhir, o->overlay, o->report } };
    code = batch_asked(o) ? batch_run(o, arguments, inputs) : execute(&r, arguments, inputs);
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
      "a folder, are measured one by one. For --json, --tracks or --angles, - is standard output; the summary then goes to standard error.\n\n"
      " Exit status: 0 measured · 1 read, but no honest measurement\n"
      "              2 wrong usage · 3 input cannot be read\n"
      "              4 an output cannot be written",
  .options = analyze_rows,
  .run = run_analyze,
};
