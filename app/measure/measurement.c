/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/measurement.h"

#include "cli/marker_option.h"

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

static sagitta_status open_source(measurement *m, const analyze_options *o, char *const *inputs, int input_count,
                                  progress *bar, sagitta_error *error) {
  sagitta_source_settings settings = sagitta_source_default_settings();
  settings.rate = o->rate;
  settings.seconds = o->seconds;
  settings.threads = o->threads;
  settings.progress = bar ? progress_report : NULL;
  settings.progress_user = bar;
  const sagitta_status status =
      sagitta_source_open(&m->source, (const char *const *)inputs, (size_t)input_count, &settings, error);
  return status == SAGITTA_OK && o->camera ? check_camera(m, error) : status;
}

static sagitta_status track(measurement *m, const analyze_options *o, progress *bar, sagitta_error *error) {
  sagitta_markers markers;
  sagitta_track_settings settings = sagitta_track_default_settings();
  const sagitta_status status = marker_option(o->markers, &settings, &markers, error);
  if (status != SAGITTA_OK) return status;
  settings.picks = o->picks;
  settings.pick_count = o->pick_count;
  settings.simd = o->simd;
  settings.language = o->language;
  settings.progress = bar ? progress_report : NULL;
  settings.progress_user = bar;
  return sagitta_track_source(&m->tracks, m->source, &settings, NULL, &m->timings, error);
}

static sagitta_status read_tracks(measurement *m, const analyze_options *o, const char *path, sagitta_error *error) {
  const double began = clock_seconds();
  const sagitta_trc_settings settings = { o->map.name, o->map.count, o->map.up };
  const sagitta_status status = input_is_trc(path)
                                    ? sagitta_tracks_read_trc(&m->tracks, path, &settings, &m->space, error)
                                    : sagitta_tracks_read(&m->tracks, path, error);
  m->timings.open_ms = 1e3 * (clock_seconds() - began);
  return status;
}

const sagitta_camera *measurement_camera(const measurement *m, const analyze_options *options, const char *input) {
  if (options->camera) return &m->camera;
  return input_is_trc(input) ? &m->space.camera : NULL;
}

static sagitta_status analyse(measurement *m, const analyze_options *o, const measured_person *person,
                              const char *input, sagitta_error *error) {
  const double began = clock_seconds();
  const sagitta_tracks_info *info = sagitta_tracks_get_info(m->tracks);
  sagitta_status status = SAGITTA_OK;
  if (o->camera) status = sagitta_camera_scale(&m->camera, info->width, info->height, error);
  if (status != SAGITTA_OK) return status;
  sagitta_analysis_settings settings = sagitta_analysis_default_settings();
  settings.test = o->test;
  settings.camera = measurement_camera(m, o, input);
  settings.language = o->language;
  settings.ruler_cm = o->ruler;
  settings.height_cm = o->height > 0 ? o->height : person->height_cm;
  settings.age_years = o->age > 0 ? o->age : person->age_years;
  const char sex = o->sex ? o->sex[0] : person->sex;
  if (sex) settings.sex = sex == 'f' ? SAGITTA_SEX_FEMALE : SAGITTA_SEX_MALE;
  status = sagitta_analyze(&m->result, m->tracks, &settings, error);
  m->timings.body_ms = 1e3 * (clock_seconds() - began);
  return status;
}

sagitta_status measurement_make(measurement *m, const analyze_options *o, const measured_person *person,
                                char *const *inputs, int input_count, progress *bar, sagitta_error *error) {
  sagitta_status status = SAGITTA_OK;
  if (o->camera) status = sagitta_camera_read(&m->camera, o->camera, error);
  if (status != SAGITTA_OK) return status;
  if (input_is_tracks(inputs[0])) {
    status = read_tracks(m, o, inputs[0], error);
  } else {
    status = open_source(m, o, inputs, input_count, bar, error);
    if (status == SAGITTA_OK) status = track(m, o, bar, error);
  }
  return status == SAGITTA_OK ? analyse(m, o, person, inputs[0], error) : status;
}

void measurement_free(measurement *m) {
  sagitta_result_free(&m->result);
  sagitta_tracks_free(&m->tracks);
  sagitta_source_close(&m->source);
}
