/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/measurement.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/failure.h"
#include "cli/sandbox.h"
#include "cli/files.h"
#include "cli/system.h"
#include "cli/text.h"

#define HEAD_BYTES 4096 /* in which a file of trajectories shows what it is */

/* Trajectories are text or CSV by their names, as our own tracks are, and only their first lines tell them apart. What
 * is no file, a pipe above all, is not looked into: it can be read once. */
static bool are_trajectories(const char *path) {
  char head[HEAD_BYTES];
  struct stat about;
  if (!file_ends_as(path, ".csv") && !file_ends_as(path, ".txt")) return false;
  if (stat(path, &about) != 0 || !S_ISREG(about.st_mode)) return false;
  FILE *file = fopen(path, "rbe");
  if (!file) return false;
  const size_t got = fread(head, 1, sizeof head, file);
  (void)fclose(file);
  return sagitta_trajectories_begin(head, got);
}

bool input_is_in_space(const char *path) {
  return file_ends_as(path, ".trc") || file_ends_as(path, ".c3d") || are_trajectories(path);
}

bool input_is_tracks(const char *path) {
  return file_ends_as(path, ".csv") || input_is_in_space(path);
}

bool measurement_has_markers(const measurement *m) {
  for (int role = 0; m->tracks && role < SAGITTA_ROLES; role++) {
    if (sagitta_tracks_has(m->tracks, (sagitta_role)role)) return true;
  }
  return false;
}

/* Tracking takes a while: a calibration that does not belong to these pictures is refused before it. */
static sagitta_status check_camera(const measurement *m, sagitta_error *error) {
  sagitta_video *video = NULL;
  sagitta_camera camera = m->camera;
  sagitta_status status = sagitta_video_open(&video, m->source, error);
  if (status != SAGITTA_OK) return status;
  const sagitta_input_info *info = sagitta_video_info(video);
  if (info->width > 0) status = sagitta_camera_scale(&camera, info->width, info->height, error);
  sagitta_video_close(&video);
  return status;
}

static sagitta_status open_source(measurement *m, const measure_settings *o, char *const *inputs, int input_count,
                                  sagitta_progress tell_progress, void *user, sagitta_error *error) {
  sagitta_source_settings settings = sandbox_source_settings();
  settings.rate = o->rate;
  settings.seconds = o->seconds;
  settings.threads = o->threads;
  settings.progress = tell_progress;
  settings.progress_user = user;
  const sagitta_status status =
      sagitta_source_open(&m->source, (const char *const *)inputs, (size_t)input_count, &settings, error);
  return status == SAGITTA_OK && o->camera ? check_camera(m, error) : status;
}

static sagitta_status track(measurement *m, const measure_settings *o, sagitta_progress tell_progress, void *user,
                            sagitta_error *error) {
  sagitta_markers markers;
  sagitta_track_settings settings = sagitta_track_default_settings();
  const sagitta_status status = markers_choose(o->markers, &settings, &markers, error);
  if (status != SAGITTA_OK) return status;
  settings.picks = o->picks.pick;
  settings.pick_count = o->picks.count;
  settings.simd = o->simd;
  settings.language = o->language;
  settings.progress = tell_progress;
  settings.progress_user = user;
  settings.explanation = m->explanation;
  return sagitta_track_source(&m->tracks, m->source, &settings, NULL, &m->timings, error);
}

/* Our own CSV, which may say itself what its points are. */
static sagitta_status read_own(measurement *m, const measure_settings *o, const char *path, sagitta_error *error) {
  const sagitta_status status = sagitta_tracks_read(&m->tracks, path, error);
  if (status != SAGITTA_OK || !o->points) return status;
  sagitta_tracks_info info = *sagitta_tracks_get_info(m->tracks);
  if (info.points && info.points != o->points) {
    sagitta_tracks_free(&m->tracks);
    return fail_with(error, SAGITTA_ERROR_ARGUMENT,
                     "\"%.200s\" says that its points are %s, and --points says %s: leave --points out.", path,
                     sagitta_points_name(info.points), sagitta_points_name(o->points));
  }
  info.points = o->points;
  sagitta_tracks_set_info(m->tracks, &info);
  return SAGITTA_OK;
}

static sagitta_status read_tracks_in(measurement *m, const measure_settings *o, const char *path,
                                     sagitta_error *error) {
  const sagitta_trc_settings settings = { .names = o->map.name,
                                          .name_count = o->map.count,
                                          .up = o->map.up,
                                          .points = o->points,
                                          .side = o->map.side,
                                          .unit_mm = o->map.unit_mm };
  if (!m->in_space) return read_own(m, o, path, error);
  if (file_ends_as(path, ".c3d")) return sagitta_tracks_read_c3d(&m->tracks, path, &settings, &m->space, error);
  if (file_ends_as(path, ".trc")) return sagitta_tracks_read_trc(&m->tracks, path, &settings, &m->space, error);
  return sagitta_tracks_read_trajectories(&m->tracks, path, &settings, &m->space, error);
}

/* What is said of the tracks is kept with the result, in the language of documents; a failure is said in that of the
 * error. */
static sagitta_status read_tracks(measurement *m, const measure_settings *o, const char *path, sagitta_error *error) {
  const double began = system_seconds();
  struct stat about;
  sagitta_error kept = error_in(o->language);
  sagitta_status status = read_tracks_in(m, o, path, &kept);
  if (status != SAGITTA_OK) {
    (void)fail_as(error, &kept);
    const bool other = strcmp(o->language ? o->language : "en", error->language ? error->language : "en") != 0;
    if (other && !(stat(path, &about) == 0 && S_ISFIFO(about.st_mode))) status = read_tracks_in(m, o, path, error);
  }
  m->timings.open_ms = 1e3 * (system_seconds() - began);
  return status;
}

const sagitta_camera *measurement_camera(const measurement *m) {
  return m->calibrated ? &m->camera : m->in_space && !m->space.unscaled ? &m->space.camera : NULL;
}

static sagitta_status analyse(measurement *m, const measure_settings *o, const measured_person *person,
                              const char *language, sagitta_result **out, sagitta_error *error) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(m->tracks);
  sagitta_status status = SAGITTA_OK;
  if (o->camera) status = sagitta_camera_scale(&m->camera, info->width, info->height, error);
  if (status != SAGITTA_OK) return status;
  sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  settings.test = o->test;
  settings.camera = measurement_camera(m);
  settings.explanation = m->explanation;
  settings.side = o->side;
  settings.language = language;
  settings.ruler_cm = o->ruler;
  settings.height_cm = o->height > 0 ? o->height : person->height_cm;
  settings.age_years = o->age > 0 ? o->age : person->age_years;
  const char sex = o->sex ? o->sex[0] : person->sex;
  if (sex) settings.sex = sex == 'f' ? SAGITTA_SEX_FEMALE : SAGITTA_SEX_MALE;
  return sagitta_analyze(out, m->tracks, &settings, error);
}

/* The tracks still say which file they are of. */
static void name_recording(measurement *m, const char *called) {
  sagitta_input_info input = *sagitta_tracks_input(m->tracks);
  (void)snprintf(input.source, sizeof input.source, "%s", called);
  sagitta_tracks_set_input(m->tracks, &input);
}

sagitta_status measurement_make(measurement *m, const measure_settings *settings, const measured_person *person,
                                char *const *inputs, int input_count, sagitta_progress tell_progress, void *user,
                                sagitta_error *error) {
  sagitta_status status = SAGITTA_OK;
  m->calibrated = settings->camera != NULL;
  m->in_space = input_is_in_space(inputs[0]);
  if (m->calibrated) status = sagitta_camera_read(&m->camera, settings->camera, error);
  if (status == SAGITTA_OK && settings->explain.count > 0)
    status = sagitta_explanation_new(&m->explanation, settings->explain.s, settings->explain.count, error);
  if (status != SAGITTA_OK) return status;
  if (input_is_tracks(inputs[0])) {
    status = read_tracks(m, settings, inputs[0], error);
  } else {
    status = m->source ? (settings->camera ? check_camera(m, error) : SAGITTA_OK)
                       : open_source(m, settings, inputs, input_count, tell_progress, user, error);
    if (status == SAGITTA_OK) status = track(m, settings, tell_progress, user, error);
  }
  if (status != SAGITTA_OK) return status;
  if (settings->called) name_recording(m, settings->called);
  const double began = system_seconds();
  status = analyse(m, settings, person, settings->language, &m->result, error);
  m->timings.body_ms = 1e3 * (system_seconds() - began);
  return status;
}

sagitta_status measurement_say(measurement *m, const measure_settings *settings, const measured_person *person,
                               const char *language, sagitta_result **out, sagitta_error *error) {
  return analyse(m, settings, person, language, out, error);
}

/* Whose joints were taken where nobody named them; NULL where somebody did, or they are no keypoints. */
static char *side_note(const measure_settings *settings, const char *language) {
  if (settings->points != SAGITTA_POINTS_KEYPOINTS || settings->map.count > 0) return NULL;
  const bool left = settings->map.side == SAGITTA_SIDE_LEFT;
  return strdup(left ? say(language, "The joints of the left side were taken, as --map says.")
                     : say(language,
                           "The joints of the right side were taken. If the camera saw the person from the left, add "
                           "side=left to --map."));
}

char *measurement_space_note(const measurement *m, const measure_settings *settings, const char *language) {
  const sagitta_trc_view *view = &m->space;
  char *note = NULL;
  if (m->in_space && view->flat) return side_note(settings, language);
  if (!m->in_space) return NULL;
  const char *found = view->up == 'z' && !settings->map.up
                          ? say(language,
                                " That Z is up was found from how the person stands, or "
                                "stands in the file; if it is not, add up=y to --map.")
                          : "";
  const int made = asprintf(&note,
                            say(language,
                                "The markers are in space, %c up. They move most in an upright plane %.0f° from the X "
                                "axis, which is measured; across it they move by %.0f %% of all movement.%s"),
                            view->up == 'z' ? 'Z' : 'Y', fabs(view->turn_deg), 100 * view->across_share, found);
  char *side = made < 0 ? NULL : side_note(settings, language), *both = NULL;
  if (!side) return made < 0 ? NULL : note;
  const int joined = asprintf(&both, "%s %s", note, side);
  free(side);
  if (joined < 0) return note;
  free(note);
  return both;
}

void measurement_free(measurement *m) {
  sagitta_explanation_free(&m->explanation);
  sagitta_result_free(&m->result);
  sagitta_tracks_free(&m->tracks);
  sagitta_source_close(&m->source);
}
