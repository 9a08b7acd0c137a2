/* SPDX-License-Identifier: Apache-2.0 */
/* One frame after the other: follow the markers, read the angle, check, prompt, and count where a movement has come to
 * rest. */
#include "sagitta/live.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"
#include "live/capture.h"
#include "live/checks.h"
#include "live/counting.h"
#include "live/readout.h"
#include "track/online.h"
#include "video/packets.h"

#define HIDDEN_S   0.1 /* a marker that is not seen for longer is out of sight */
#define BAND_DEG   5.0 /* on either side of the neutral band's limit: skin and strips leave it open [J] */
#define BAND_SHARE 0.4 /* of a bend from the hips that may come from the lower back (SG_HIPS_BELOW) */

struct sagitta_live {
  sagitta_markers markers;
  sagitta_track_settings track;
  const sg_test *test;
  const char *language;
  bool measured;
  sg_online *online; /* NULL before the first frame */
  sagitta_input_info info;
  const char *decoder;
  sg_packet_reader *jpeg; /* NULL before the first JPEG picture */
  sg_capture capture;
  sg_readout readout;
  sg_causal lumbar, hinge; /* deg, in space: ribs − pelvis, pelvis − thigh, where strips show them */
  double lumbar_zero, hinge_zero;
  sg_watch watch;
  sg_counting counting;
  bool begun;
  sagitta_live_view view;
  char prompt[SG_CHECK_TEXT];
};

sagitta_live_settings sagitta_live_default_settings(void) {
  return (sagitta_live_settings){ .test = "toe-touch", .measured = true };
}

sagitta_status sagitta_live_new(sagitta_live **out, const sagitta_live_settings *settings, sagitta_error *error) {
  if (!out) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "sagitta_live_new needs a place for the view.");
  *out = NULL;
  const sagitta_live_settings defaults = sagitta_live_default_settings();
  if (!settings) settings = &defaults;
  if (SG_SETTINGS_CHECK(settings, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  const char *name = settings->test ? settings->test : defaults.test;
  const sg_test *test = sg_test_find(name);
  if (!test)
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no test \"%s\". `sagitta tests` lists those there are.",
                   name);
  if (settings->language && !sg_language_known(settings->language))
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no language \"%s\".", settings->language);
  sagitta_live *l = calloc(1, sizeof *l);
  if (!l) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  if (settings->markers) l->markers = *settings->markers;
  l->track = sagitta_track_default_settings();
  l->track.markers = settings->markers ? &l->markers : NULL;
  l->track.set = settings->set;
  l->track.simd = settings->simd;
  l->track.language = l->language = settings->language;
  l->test = test;
  l->measured = settings->measured;
  l->decoder = settings->decoder;
  const sg_capture_rules rules = sg_capture_rules_of(test);
  l->capture = sg_capture_begin(&rules);
  l->readout = sg_readout_begin(test);
  l->watch = sg_watch_begin();
  l->counting = sg_counting_begin();
  l->lumbar_zero = l->hinge_zero = (double)NAN;
  const double none = (double)NAN;
  l->view.provisional =
      (sagitta_live_repetition){ .end_range_s = none, .hip_hinge_deg = none, .lumbar_flexion_deg = none };
  l->view.asked = rules.repetitions;
  l->view.hold_asked_s = rules.hold_s;
  l->view.angle_deg = l->view.hip_hinge_deg = l->view.lumbar_flexion_deg = none;
  l->view.lag_s = SG_READOUT_LAG_S;
  *out = l;
  return SAGITTA_OK;
}

void sagitta_live_free(sagitta_live **live) {
  if (!live || !*live) return;
  sg_online_free((*live)->online);
  sg_packet_reader_close(&(*live)->jpeg);
  free(*live);
  *live = NULL;
}

/* The lower back's neutral band, where strips show both ends of it; nothing is told by fewer markers. */
static sg_in_band band_of(const sagitta_live *l) {
  const double lumbar = l->capture.facing * (l->lumbar.value - l->lumbar_zero);
  const double hinge = l->capture.facing * (l->hinge.value - l->hinge_zero), limit = l->test->neutral_deg;
  if (!l->lumbar.begun || !l->hinge.begun || isnan(lumbar) || isnan(hinge)) return SG_BAND_UNTOLD;
  if (fabs(lumbar) > limit + BAND_DEG) return SG_BAND_OUT;
  if (hinge < l->test->hinge_deg || fabs(lumbar) > limit - BAND_DEG) return SG_BAND_UNTOLD;
  return lumbar <= BAND_SHARE / (1 - BAND_SHARE) * hinge ? SG_BAND_IN : SG_BAND_UNTOLD;
}

static void read_strips(sagitta_live *l, double time_s, const sagitta_sample *markers) {
  const double thigh = sg_line_direction(markers, SAGITTA_KNEE, SAGITTA_HIP);
  const sagitta_role strip =
      isnan(markers[SAGITTA_HIP].axis) ? SAGITTA_PELVIS : SAGITTA_HIP; /* of set strip: the hip's */
  const double pelvis = markers[strip].axis, ribs = markers[SAGITTA_RIBS].axis;
  sg_causal_step(&l->lumbar, SG_READOUT_CUTOFF, time_s, ribs - pelvis);
  sg_causal_step(&l->hinge, SG_READOUT_CUTOFF, time_s, pelvis - thigh);
}

/* What the state is called, to be read from afar. */
static const char *word_of(const sagitta_live *l) {
  const sagitta_prompts *p = &l->test->text->prompts;
  switch (l->capture.state) {
    case SAGITTA_LIVE_LOOKING:
      return sg_say(l->language, "CHECK");
    case SAGITTA_LIVE_READY:
      return sg_say(l->language, "STILL");
    case SAGITTA_LIVE_ARMED:
    case SAGITTA_LIVE_DOWN:
      return p->moving[0] ? sg_say(l->language, p->moving) : "";
    case SAGITTA_LIVE_HOLD:
      return sg_say(l->language, "HOLD");
    case SAGITTA_LIVE_UP:
      return sg_say(l->language, p->coming);
    case SAGITTA_LIVE_DONE:
      return sg_say(l->language, "DONE");
    case SAGITTA_LIVE_LOST:
      return sg_say(l->language, "MARKER");
    case SAGITTA_LIVE_GONE:
    case SAGITTA_LIVE_STATES:
      break;
  }
  return sg_say(l->language, "CAMERA");
}

static const char *stay_of(const sagitta_live *l, sg_in_band band) {
  if (!l->capture.rules.band || band == SG_BAND_IN) return l->test->text->prompts.stay;
  return band == SG_BAND_OUT
             ? SG_TRANSLATABLE("The lower back moves: come up a little. The clock stands.")
             : SG_TRANSLATABLE("It cannot be told whether the lower back stays as it was. The clock stands.");
}

/* One sentence: what to do now. `check`: what is to be put right first. */
static void prompt(sagitta_live *l, const char *check, sg_in_band band) {
  const sagitta_prompts *p = &l->test->text->prompts;
  const int hidden = sg_watch_hidden(&l->watch, l->view.time_s, l->test->opening.roles, HIDDEN_S);
  const char *text = "";
  switch (l->capture.state) {
    case SAGITTA_LIVE_LOOKING:
      snprintf(l->prompt, sizeof l->prompt, "%s", check);
      return;
    case SAGITTA_LIVE_READY:
      text = p->still;
      break;
    case SAGITTA_LIVE_ARMED:
      text = p->move;
      break;
    case SAGITTA_LIVE_DOWN:
      text = p->deepest;
      break;
    case SAGITTA_LIVE_HOLD:
      text = stay_of(l, band);
      break;
    case SAGITTA_LIVE_UP:
      text = p->back;
      break;
    case SAGITTA_LIVE_DONE:
      text = SG_TRANSLATABLE("Done, thank you.");
      break;
    case SAGITTA_LIVE_LOST:
      if (hidden < 0) break;
      snprintf(l->prompt, sizeof l->prompt, sg_say(l->language, "The %s marker is hidden: keep the arms away."),
               sg_say(l->language, sagitta_role_name((sagitta_role)hidden)));
      return;
    case SAGITTA_LIVE_GONE:
    case SAGITTA_LIVE_STATES:
      text = SG_TRANSLATABLE("The camera gives no pictures: plug it in again.");
      break;
  }
  snprintf(l->prompt, sizeof l->prompt, "%s", text[0] ? sg_say(l->language, text) : "");
}

/* Measure what is kept, for the numbers of the last repetition. What cannot be measured yet has none. */
static sagitta_status measure(sagitta_live *l, const sagitta_tracks *tracks, sagitta_error *error) {
  sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  sagitta_error unheard = SAGITTA_ERROR_INIT;
  sagitta_result *result = NULL;
  settings.test = l->test->text->name;
  const sagitta_status status = sagitta_analyze(&result, tracks, &settings, &unheard);
  if (status == SAGITTA_ERROR_MEMORY) return sg_fail(error, status, "Not enough memory to measure a repetition.");
  if (status != SAGITTA_OK) return SAGITTA_OK;
  size_t count;
  const sagitta_repetition *all = sagitta_result_repetitions(result, &count);
  while (count > 0 && !all[count - 1].hip_hinge.known) count--;
  if (count > 0) {
    const sagitta_repetition *last = &all[count - 1];
    l->view.provisional =
        (sagitta_live_repetition){ .number = l->view.repetitions,
                                   .end_range_s = last->end_range_s,
                                   .hip_hinge_deg = last->hip_hinge.value,
                                   .lumbar_flexion_deg =
                                       last->lumbar_flexion.known ? last->lumbar_flexion.value : (double)NAN };
  }
  sagitta_result_free(&result);
  return SAGITTA_OK;
}

static sagitta_status count(sagitta_live *l, bool whole, sagitta_error *error) {
  sagitta_tracks *tracks = NULL;
  const size_t before = l->view.repetitions;
  sagitta_status status = sg_online_tracks(l->online, &tracks, error);
  if (status != SAGITTA_OK || !tracks) return status;
  status = sg_counting_count(&l->counting, tracks, l->test, whole, &l->view.repetitions, error);
  const bool more = l->view.repetitions > before || (whole && l->view.repetitions > 0);
  if (status == SAGITTA_OK && l->measured && more) status = measure(l, tracks, error);
  sagitta_tracks_free(&tracks);
  return status;
}

/* The next state and all that is said. */
static void step(sagitta_live *l, const sg_reading *reading, const char *check) {
  const sg_capture before = l->capture;
  l->capture = sg_capture_next(&l->capture, reading, &l->view.cue);
  /* The strips are counted from where the angle is: NAN is no place, and differs from itself. */
  if (l->capture.zero_deg != before.zero_deg && !isnan(l->capture.zero_deg)) {
    l->lumbar_zero = l->lumbar.value;
    l->hinge_zero = l->hinge.value;
  }
  l->view.state = l->capture.state;
  l->view.hold_s = l->capture.hold_s;
  l->view.hold_runs = l->capture.hold_runs;
  l->view.hip_hinge_deg = l->capture.facing * (l->hinge.value - l->hinge_zero);
  l->view.lumbar_flexion_deg = l->capture.facing * (l->lumbar.value - l->lumbar_zero);
  if (l->capture.facing == 0) l->view.hip_hinge_deg = l->view.lumbar_flexion_deg = (double)NAN;
  const bool known = !isnan(l->capture.zero_deg) && !isnan(reading->angle_deg);
  l->view.angle_deg = known ? l->capture.turned_deg : (double)NAN;
  prompt(l, check, reading->band);
  l->view.state_word = word_of(l);
  l->view.prompt = l->prompt;
}

/* The first frame tells the size; the others must have it. */
static sagitta_status take_info(sagitta_live *l, const sagitta_frame *frame, const sagitta_input_info *info,
                                sagitta_error *error) {
  sagitta_input_info plain = { .coded_width = frame->width,
                               .coded_height = frame->height,
                               .width = frame->width,
                               .height = frame->height,
                               .sample_aspect = 1.0,
                               .full_range = frame->full_range,
                               .matrix = frame->matrix,
                               .upright = { 1, 0, 0, 0, 1, 0 } };
  if (!info) info = &plain;
  if (l->online) {
    if (info->width == l->info.width && info->height == l->info.height) return SAGITTA_OK;
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The pictures were %d x %d px and are now %d x %d px: begin anew.",
                   l->info.width, l->info.height, info->width, info->height);
  }
  l->info = *info;
  return sg_online_new(&l->online, &l->track, &l->info, SAGITTA_LIVE_KEPT_S, error);
}

static sagitta_status take_time(sagitta_live *l, double time_s, sagitta_error *error) {
  if (!(time_s > l->view.time_s) && l->begun)
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The time of a frame must be later than that of the one before.");
  if (!isfinite(time_s)) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The time of a frame must be a number.");
  l->begun = true;
  l->view.time_s = time_s;
  return SAGITTA_OK;
}

sagitta_status sagitta_live_frame(sagitta_live *l, const sagitta_frame *frame, const sagitta_input_info *info,
                                  sagitta_live_view *view, sagitta_error *error) {
  if (!l || !frame || !view) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no frame to look at.");
  if (SG_SETTINGS_CHECK(frame, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  if (info && SG_SETTINGS_CHECK(info, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  char check[SG_CHECK_TEXT];
  sagitta_status status = take_info(l, frame, info, error);
  if (status == SAGITTA_OK) status = take_time(l, frame->time_s, error);
  if (status == SAGITTA_OK) status = sg_online_frame(l->online, frame, l->view.marker, error);
  if (status != SAGITTA_OK) return status;
  const sagitta_sample *markers = l->view.marker;
  l->view.wanted = sg_online_wanted(l->online);
  sg_watch_next(&l->watch, frame->time_s, markers);
  sg_readout_next(&l->readout, frame->time_s, markers);
  read_strips(l, frame->time_s, markers);
  sg_checks_make(l->test, l->language, frame, &l->info, &l->watch, markers, l->view.wanted, l->view.met, check);
  const double angle = l->readout.angle.value, speed = l->readout.slow.speed;
  const sg_reading reading = {
    .time_s = frame->time_s,
    .frame = true,
    .checks = l->view.met[SAGITTA_LIVE_CHECK_LIGHT] && l->view.met[SAGITTA_LIVE_CHECK_MARKERS] &&
              l->view.met[SAGITTA_LIVE_CHECK_WHOLE_BODY],
    .at_start = l->view.met[SAGITTA_LIVE_CHECK_POSTURE],
    .hidden = sg_watch_hidden(&l->watch, frame->time_s, l->test->opening.roles, HIDDEN_S) >= 0,
    .angle_deg = angle,
    .speed_deg_s = fabs(speed),
    .band = band_of(l),
    .counted = (int)l->view.repetitions,
  };
  const bool was_home = l->capture.home;
  step(l, &reading, check);
  const bool due = sg_counting_is_due(&l->counting, l->test, frame->time_s, angle, speed);
  if (due || (l->capture.home && !was_home)) status = count(l, false, error);
  *view = l->view;
  return status;
}

sagitta_status sagitta_live_jpeg(sagitta_live *l, const uint8_t *jpeg, size_t size, double time_s,
                                 sagitta_live_view *view, sagitta_error *error) {
  if (!l || !jpeg || !view) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no frame to look at.");
  sagitta_frame frame;
  sagitta_input_info info;
  const sg_coding any_jpeg = { .format = -1 };
  sagitta_status status = l->jpeg ? SAGITTA_OK : sg_packet_reader_open(&l->jpeg, &any_jpeg, l->decoder, error);
  if (status == SAGITTA_OK) status = sg_packet_reader_read(l->jpeg, jpeg, size, time_s, &frame, &info, error);
  return status == SAGITTA_OK ? sagitta_live_frame(l, &frame, &info, view, error) : status;
}

sagitta_status sagitta_live_idle(sagitta_live *l, double time_s, bool unplugged, sagitta_live_view *view,
                                 sagitta_error *error) {
  if (!l || !view) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no view.");
  const sagitta_status status = take_time(l, time_s, error);
  if (status != SAGITTA_OK) return status;
  const double none = (double)NAN;
  const sg_reading reading = {
    .time_s = time_s,
    .unplugged = unplugged,
    .angle_deg = none,
    .speed_deg_s = none,
    .band = SG_BAND_UNTOLD,
    .counted = (int)l->view.repetitions,
  };
  step(l, &reading, l->prompt);
  *view = l->view;
  return SAGITTA_OK;
}

sagitta_status sagitta_live_finish(sagitta_live *l, sagitta_live_view *view, sagitta_error *error) {
  if (!l || !view) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no view.");
  const sagitta_status status = l->online ? count(l, true, error) : SAGITTA_OK;
  l->view.cue = SAGITTA_CUE_NONE;
  *view = l->view;
  return status;
}
