/* SPDX-License-Identifier: Apache-2.0 */
/* sagitta live: watch what is filmed, tell the person what to do, and measure the recording as `analyze` does. A file
 * is played at its own pace, as if it were a camera. */
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/files.h"
#include "cli/filming.h"
#include "cli/own_pace.h"
#include "cli/sandbox.h"
#include "cli/system.h"
#include "cli/text.h"
#include "commands/commands.h"
#include "commands/live_recording.h"
#include "commands/live_screen.h"
#include "commands/measure_rows.h"
#include "sagitta/cameras.h"

typedef struct live_options {
  analyze_options analyze; /* first: rows of analyze are rows here */
  sagitta_camera_settings camera;
} live_options;

static bool mode_parse(void *at, const char *value, char *why);

static const option_row live_rows[] = {
  CUSTOM_ROW(live_options, camera, "mode", "WxH@RATE", mode_parse,
             "The camera's picture, as in 1280x720@60 (default: that, or the best "
             "that it has)."),
  TEXT_ROW(live_options, camera.record, "record", "FILE.nut",
           "Keep what the camera sends in this file. It shows faces."),
  MEASURE_ROWS, SECONDS_ROW(analyze_options, measure.seconds, SECONDS_HELP), HELP_ROWS(analyze_options)
};

static sagitta_status begin_view(sagitta_live **live, const measure_settings *measure, sagitta_error *error) {
  sagitta_markers markers;
  sagitta_track_settings chosen = sagitta_track_default_settings();
  const sagitta_status status = markers_choose(measure->markers, &chosen, &markers, error);
  if (status != SAGITTA_OK) return status;
  sagitta_live_settings settings = sagitta_live_default_settings();
  settings.test = measure->test;
  settings.markers = chosen.markers;
  settings.set = chosen.set;
  settings.simd = measure->simd;
  settings.language = measure->language;
  return sagitta_live_new(live, &settings, error);
}

/* Every frame of the video, each when it is due. What cannot be read is told by the measurement. */
static sagitta_status play(sagitta_live *live, sagitta_video *video, live_screen *screen, sagitta_error *error) {
  const double pace = pace_asked(), began = system_seconds();
  sagitta_error unheard = error_in(NULL);
  sagitta_live_view view;
  sagitta_frame frame;
  while (sagitta_video_read(video, &frame, &unheard) == SAGITTA_OK) {
    pace_wait(began, frame.time_s, pace);
    const sagitta_status status = sagitta_live_frame(live, &frame, sagitta_video_info(video), &view, error);
    if (status != SAGITTA_OK) return status;
    live_screen_show(screen, &view);
  }
  const sagitta_status status = sagitta_live_finish(live, &view, error);
  if (status == SAGITTA_OK && screen->begun) live_screen_show(screen, &view);
  return status;
}

/* A camera that is watched. */
typedef struct watching {
  sagitta_live *live;
  live_screen screen;
  filming filming;
  sagitta_status status;
  sagitta_error *error;
} watching;

/* A sagitta_camera_watch: ends when the test is done, or something is typed. */
static int on_frame(void *user, const sagitta_frame *frame, const sagitta_input_info *info, double time_s) {
  watching *f = user;
  sagitta_live_view view;
  f->status = frame ? sagitta_live_frame(f->live, frame, info, &view, f->error)
                    : sagitta_live_idle(f->live, time_s, false, &view, f->error);
  if (f->status != SAGITTA_OK) return 1;
  live_screen_show(&f->screen, &view);
  const int next = filming_next(&f->filming, &view, time_s);
  return system_is_typed() ? SAGITTA_CAMERA_STOP : next;
}

/* How the camera filmed: a rate that was halved, or pictures that are missing, are seen here first. */
static void print_report(const sagitta_camera_report *r, const char *language) {
  char *note = NULL;
  if (asprintf(&note, say(language, "Camera: %d x %d px, %.0f frames/s, %lld frames, %lld missing."), r->width,
               r->height, r->rate, (long long)r->frames, (long long)r->dropped) >= 0)
    text_wrap(stderr, note, text_columns(stderr), 0, 0);
  free(note);
  if (r->unplugged)
    text_wrap(stderr, say(language, "The camera was gone before the end: what was recorded until then is measured."),
              text_columns(stderr), 0, 0);
}

/* *source is the recording, in either case the caller's. */
static sagitta_status film(const live_options *o, const char *camera, sagitta_live *live, sagitta_source **source,
                           sagitta_error *error) {
  watching f = { .live = live,
                 .screen = { .to = stderr, .language = o->analyze.measure.language },
                 .filming = { .begun = true, .done_s = -1 },
                 .error = error };
  sagitta_camera_settings settings = o->camera;
  sagitta_camera_report seen = { .frames = 0 };
  settings.report = &seen;
  settings.seconds = o->analyze.measure.seconds;
  settings.decoder = sandbox_source_settings().decoder;
  live_screen_begin(&f.screen);
  const sagitta_status status = sagitta_camera_record(source, camera, &settings, on_frame, &f, error);
  live_screen_end(&f.screen);
  if (seen.frames > 0) print_report(&seen, o->analyze.measure.language);
  return status == SAGITTA_OK ? f.status : status;
}

static sagitta_status play_file(const measure_settings *measure, sagitta_live *live, sagitta_source *source,
                                sagitta_error *error) {
  sagitta_video *video = NULL;
  live_screen screen = { .to = stderr, .language = measure->language };
  sagitta_status status = sagitta_video_open(&video, source, error);
  if (status != SAGITTA_OK) return status;
  live_screen_begin(&screen);
  status = play(live, video, &screen, error);
  live_screen_end(&screen);
  sagitta_video_close(&video);
  return status;
}

static sagitta_status watch(const live_options *o, const char *input, sagitta_source **source, sagitta_error *error) {
  const measure_settings *measure = &o->analyze.measure;
  sagitta_source_settings settings = sandbox_source_settings();
  sagitta_live *live = NULL;
  settings.seconds = measure->seconds;
  settings.threads = measure->threads;
  sagitta_status status = begin_view(&live, measure, error);
  if (status == SAGITTA_OK && file_is_camera(input)) {
    status = film(o, input, live, source, error);
  } else if (status == SAGITTA_OK) {
    status = sagitta_source_open(source, &input, 1, &settings, error);
    if (status == SAGITTA_OK) status = play_file(measure, live, *source, error);
  }
  sagitta_live_free(&live);
  if (status != SAGITTA_OK) sagitta_source_close(source);
  return status;
}

/* "1280x720@60", "1280x720", "@60". */
static bool mode_parse(void *at, const char *value, char *why) {
  sagitta_camera_settings *s = at;
  char end = '\0';
  const bool sized = sscanf(value, "%dx%d%c", &s->width, &s->height, &end) >= 2;
  const char *rate = strchr(value, '@');
  const bool rated = rate && sscanf(rate, "@%lf%c", &s->rate, &end) == 1;
  const bool whole = sized ? (rate ? rated && end != 'x' : end == '\0') : rated && rate == value;
  if (whole && s->width >= 0 && s->height >= 0 && (!sized || (s->width > 0 && s->height > 0)) &&
      (!rated || s->rate > 0))
    return true;
  return options_refuse(why, "--mode is the camera's picture as in 1280x720@60, and not '%.80s'.", value);
}

/* What can be wrong with the words, beside what is wrong for a measurement. */
static bool check(const live_options *o, char *const *inputs, int count, char *why) {
  if (count == 1 && strcmp(inputs[0], "-") == 0) {
    return options_refuse(why,
                          "Standard input is read once, and cannot be watched and measured: name a file or a camera.");
  }
  if (count == 1 && input_is_tracks(inputs[0])) {
    return options_refuse(why, "'%.200s' holds no pictures to watch: sagitta analyze measures it.", inputs[0]);
  }
  const bool camera = count == 1 && file_is_camera(inputs[0]);
  if (!camera && (o->camera.record || o->camera.width > 0 || o->camera.rate > 0)) {
    return options_refuse(why, "%s is for a camera, and '%.200s' is none: leave it out.",
                          o->camera.record ? "--record" : "--mode", inputs[0]);
  }
  /* A camera is recorded until the test is done. */
  analyze_options as = o->analyze;
  if (camera && !(as.measure.seconds > 0)) as.measure.seconds = 1;
  return analyze_options_check(&as, inputs, count, why);
}

static int run(const command *self, int count, char **arguments) {
  live_options o = { .analyze = analyze_options_default() };
  sagitta_error error = error_at_terminal();
  sagitta_source *source = NULL;
  live_recording kept = { .path = "" };
  char why[OPTION_WHY];
  int inputs;
  int code =
      command_begin_words(self, &o, count, arguments, 1, 1, "What is to be watched? Name a camera or a file.", &inputs);
  if (code < 0 && !check(&o, arguments, inputs, why)) code = command_misused(self, why);
  if (code < 0) live_recording_tell(o.analyze.measure.language);
  if (code < 0 && file_is_camera(arguments[0])) {
    kept = live_recording_begin();
    if (kept.restore[0]) o.camera.restore = kept.restore;
    if (!o.camera.record && kept.path[0]) o.camera.record = kept.path;
  }
  if (code < 0 && watch(&o, arguments[0], &source, &error) != SAGITTA_OK) code = command_fail(&error);
  if (code < 0) code = analyze_input(&o.analyze, arguments, inputs, source);
  /* One whose outputs could not be written is kept, and told at the next start. */
  if (code == EXIT_MEASURED || code == EXIT_NO_MEASUREMENT) live_recording_end(&kept);
  analyze_options_free(&o.analyze);
  return code;
}

const command live_command = {
  .name = "live",
  .usage = "CAMERA|FILE [options]",
  .purpose = TRANSLATABLE("Watch a bend as it is filmed, prompt the person, then measure it."),
  .about = TRANSLATABLE(
      "Watch a person who is filmed: what is to be put right first, one sentence at a time; when to "
      "bend, stay and come up, in letters to be read from three metres away; repetitions as they are done. What is "
      "shown meanwhile is a view of the moment: numbers with ≈ are provisional. At the end the recording is measured "
      "as "
      "sagitta analyze does, with the same outputs and the same result.\n\n"
      "CAMERA is /dev/video0 or the like (sagitta cameras lists them), or the address of a phone or network camera "
      "that gives Motion JPEG (http://192.168.1.20:8080/video): it is recorded while it is watched, until the test's "
      "repetitions are done, "
      "Enter is pressed or --seconds are over. FILE is a video or a folder of pictures, played at its own pace as if "
      "it "
      "were a camera.\n\n"
      " Exit status: that of sagitta analyze."),
  .options = live_rows,
  .run = run,
};
