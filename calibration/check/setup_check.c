/* SPDX-License-Identifier: Apache-2.0 */
/* The setup check: tracks and frames of a recording, read once each, to facts and lines. */
#include "sagitta/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "calibration/check/setup_check.h"

/* A person who bends lowers the shoulder against the knee. */
#define UPRIGHT 0.97

static double median_of(const sagitta_tracks *tracks, const bool *standing, sagitta_role role,
                        double (*value)(const sagitta_sample *), double *scratch) {
  size_t n = 0;
  for (size_t i = 0; i < sagitta_tracks_rows(tracks); i++) {
    const sagitta_sample s = sagitta_tracks_get(tracks, i, role);
    if (standing[i] && s.state == SAGITTA_SEEN && !isnan(value(&s))) scratch[n++] = value(&s);
  }
  return n > 0 ? sg_median(scratch, n) : (double)NAN;
}

static double x_of(const sagitta_sample *s) {
  return s->x;
}

static double y_of(const sagitta_sample *s) {
  return s->y;
}

static double size_of(const sagitta_sample *s) {
  return s->size;
}

static double height_of(const sagitta_tracks *tracks, size_t row) {
  const sagitta_sample shoulder = sagitta_tracks_get(tracks, row, SAGITTA_SHOULDER);
  const sagitta_sample knee = sagitta_tracks_get(tracks, row, SAGITTA_KNEE);
  if (shoulder.state != SAGITTA_SEEN || knee.state != SAGITTA_SEEN) return (double)NAN;
  return knee.y - shoulder.y;
}

static void find_standing(const sagitta_tracks *tracks, bool *standing) {
  double tallest = 0.0;
  const size_t rows = sagitta_tracks_rows(tracks);
  for (size_t i = 0; i < rows; i++) {
    const double height = height_of(tracks, i);
    if (height > tallest) tallest = height;
  }
  for (size_t i = 0; i < rows; i++) standing[i] = tallest <= 0.0 || height_of(tracks, i) >= UPRIGHT * tallest;
}

static void describe_markers(sagitta_check_facts *f, const sagitta_tracks *tracks, const bool *standing,
                             const sg_check_frames *frames, double *scratch) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    sagitta_check_marker *m = &f->marker[r];
    const sagitta_role role = (sagitta_role)r;
    const size_t rows = sagitta_tracks_rows(tracks);
    size_t seen = 0;
    for (size_t i = 0; i < rows; i++) seen += sagitta_tracks_get(tracks, i, role).state != SAGITTA_LOST;
    m->found = seen > 0;
    if (!m->found) continue;
    m->seen = (double)seen / (double)rows;
    m->shape = sagitta_tracks_note(tracks, role).shape;
    m->x = median_of(tracks, standing, role, x_of, scratch);
    m->y = median_of(tracks, standing, role, y_of, scratch);
    m->size_px = median_of(tracks, standing, role, size_of, scratch);
    m->found = !isnan(m->x) && !isnan(m->size_px);
    const sg_check_marker_sums *look = &frames->marker[r];
    if (look->edges > 0) m->edge_px = look->edge_px / look->edges;
    if (f->colours.role[r].found) m->separation = f->colours.role[r].separation;
  }
}

static void clear_facts(sagitta_check_facts *f) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    sagitta_check_marker *m = &f->marker[r];
    m->x = m->y = m->size_px = m->edge_px = m->separation = m->seen = (double)NAN;
  }
}

/* The frames again, with the markers' places known. */
static sagitta_status look_closely(sagitta_check *check, const sagitta_source *source, const sagitta_tracks *tracks,
                                   const sagitta_markers *found, sagitta_error *error) {
  const size_t rows = tracks ? sagitta_tracks_rows(tracks) : 0;
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  sg_check_frames frames;
  memset(&frames, 0, sizeof frames);
  bool *standing = calloc(rows + 1, sizeof *standing);
  double *scratch = calloc(rows + 1, sizeof *scratch);
  if (!standing || !scratch) {
    (void)sg_fail(error, status, "Not enough memory.");
    goto fail;
  }
  if (tracks) find_standing(tracks, standing);
  status = tracks ? sagitta_colours_measure(&check->facts.colours, source, tracks, found, error) : SAGITTA_OK;
  if (status == SAGITTA_OK) status = sg_check_frames_take(&frames, source, tracks, standing, error);
  if (status != SAGITTA_OK) goto fail;
  check->input = frames.info;
  if (tracks) describe_markers(&check->facts, tracks, standing, &frames, scratch);
  sg_check_body(&check->facts, &frames.info, &frames);
  sg_check_light(&check->facts, &frames);
  sg_check_blur(&check->facts, &frames);
fail:
  sg_check_frames_free(&frames);
  free(scratch);
  free(standing);
  return status;
}

/* One picture is no measurement, but enough to check a setup by. */
static void keep_refusal(sagitta_check *check, const sagitta_tracks *tracks, const sagitta_error *cause) {
  if (tracks && sagitta_tracks_rows(tracks) == 1) return;
  memcpy(check->refusal, cause->text, sizeof check->refusal);
}

sagitta_status sagitta_check_source(sagitta_check **out, const sagitta_source *source,
                                    const sagitta_track_settings *settings, sagitta_error *error) {
  if (!out || !source) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is nothing to check.");
  *out = NULL;
  sagitta_tracks *tracks = NULL;
  sagitta_markers found;
  memset(&found, 0, sizeof found);
  sagitta_error cause = sg_error_like(error);
  sagitta_check *check = calloc(1, sizeof *check);
  if (!check) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  clear_facts(&check->facts);
  sagitta_status status = sagitta_track_source(&tracks, source, settings, &found, NULL, &cause);
  if (status == SAGITTA_NO_MEASUREMENT) {
    keep_refusal(check, tracks, &cause);
  } else if (status != SAGITTA_OK) {
    (void)sg_fail(error, status, "%s", cause.text);
    goto fail;
  }
  if (tracks) check->set = sagitta_tracks_get_info(tracks)->set;
  status = look_closely(check, source, tracks, &found, error);
  if (status != SAGITTA_OK) goto fail;
  sg_check_judge(check, sg_error_language(error));
  *out = check;
  check = NULL;
fail:
  sagitta_tracks_free(&tracks);
  free(check);
  return status;
}

void sagitta_check_speak(sagitta_check *check, const char *language) {
  if (check) sg_check_judge(check, language);
}

void sagitta_check_free(sagitta_check **check) {
  if (!check) return;
  free(*check);
  *check = NULL;
}

const sagitta_check_line *sagitta_check_lines(const sagitta_check *check, size_t *count) {
  if (count) *count = check ? check->lines : 0;
  return check ? check->line : NULL;
}

const sagitta_check_facts *sagitta_check_get_facts(const sagitta_check *check) {
  return check ? &check->facts : NULL;
}

bool sagitta_check_ready(const sagitta_check *check) {
  for (size_t i = 0; check && i < check->lines; i++) {
    if (check->line[i].grade == SAGITTA_CHECK_STOP) return false;
  }
  return check != NULL;
}

const char *sagitta_check_topic_name(sagitta_check_topic topic) {
  static const char *const names[] = { "marker", "set",     "level",      "side_on", "whole_person",
                                       "light",  "flicker", "frame_rate", "shutter" };
  return (unsigned)topic < sizeof names / sizeof *names ? names[topic] : NULL;
}

const char *sagitta_check_grade_name(sagitta_check_grade grade) {
  static const char *const names[] = { "fine", "unseen", "advice", "stop" };
  return (unsigned)grade < sizeof names / sizeof *names ? names[grade] : NULL;
}
