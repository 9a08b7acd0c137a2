/* SPDX-License-Identifier: Apache-2.0 */
#include "plane_find.h"

#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "board.h"
#include "sagitta/track.h"

#define EVERY_S       0.25 /* of a video */
#define LOOKS_MAX     120
#define SIGHTINGS_MAX 5 /* of which the sharpest is taken */
#define ROWS_LEAST    1 /* in which both marks are seen */

sagitta_status sg_plane_size(const sagitta_source *source, int *width, int *height, sagitta_error *error) {
  sagitta_video *video = NULL;
  sagitta_frame frame;
  sagitta_status status = sagitta_video_open(&video, source, error);
  if (status == SAGITTA_OK) status = sagitta_video_read(video, &frame, error);
  if (status == SAGITTA_OK) {
    *width = sagitta_video_info(video)->width;
    *height = sagitta_video_info(video)->height;
  }
  sagitta_video_close(&video);
  return status == SAGITTA_END ? sg_fail(error, SAGITTA_NO_MEASUREMENT, "The input has no picture.") : status;
}

/* ---- the board ---- */

typedef struct seeking {
  const sagitta_plane_settings *settings;
  sg_luma luma;
  double *best; /* owned */
  double edge_px, at_s;
  int looks, sightings;
} seeking;

static sagitta_status look(seeking *s, bool quick, sagitta_error *error) {
  sg_sighting seen;
  const sagitta_status status = sg_board_find(&s->luma, &s->settings->board, quick, &seen, error);
  s->looks++;
  if (status != SAGITTA_OK || !seen.found) return status;
  s->sightings++;
  if (s->best && seen.edge_px >= s->edge_px) {
    sagitta_free(seen.xy);
    return SAGITTA_OK;
  }
  sagitta_free(s->best);
  s->best = seen.xy;
  s->edge_px = seen.edge_px;
  s->at_s = s->luma.time_s;
  return SAGITTA_OK;
}

static sagitta_status seek(seeking *s, sagitta_video *video, sagitta_error *error) {
  const bool pictures = sagitta_video_info(video)->kind == SAGITTA_INPUT_PICTURES;
  double next_s = 0;
  sagitta_status status = SAGITTA_OK;
  while (status == SAGITTA_OK && s->looks < LOOKS_MAX && s->sightings < SIGHTINGS_MAX) {
    sagitta_frame frame;
    status = sagitta_video_read(video, &frame, error);
    if (status != SAGITTA_OK || (!pictures && frame.time_s < next_s)) continue;
    if (s->settings->progress && s->settings->progress(s->settings->progress_user, "looking for the board", -1)) {
      return sg_fail(error, SAGITTA_CANCELLED, "Stopped.");
    }
    next_s = frame.time_s + EVERY_S;
    status = sg_luma_take(&s->luma, &frame, sagitta_video_info(video), error);
    if (status == SAGITTA_OK) status = look(s, !pictures && s->looks > 0, error);
  }
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static sagitta_status refuse_board(const seeking *s, sagitta_error *error) {
  char reason[SAGITTA_VIEW_TEXT] = "no frame could be read";
  if (s->luma.pixels) (void)sg_board_excuse(&s->luma, &s->settings->board, reason);
  return sg_fail(
      error, SAGITTA_NO_MEASUREMENT,
      "The board (%d x %d inner corners) was not found in %d picture%s: in the last, %s. Hold it still where "
      "the person will stand, fully in the picture, facing the camera, in even light.",
      s->settings->board.columns, s->settings->board.rows, s->looks, s->looks == 1 ? "" : "s", reason);
}

/* A part of a larger board would give the right scale, but it is not the board that was asked for. */
static sagitta_status check_larger(const seeking *s, sagitta_error *error) {
  int columns, rows;
  if (!sg_board_larger(&s->luma, &s->settings->board, &columns, &rows)) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "The board in the picture has %d x %d inner corners, not %d x %d: count the places where four squares "
                 "meet, and give that as the board.",
                 columns, rows, s->settings->board.columns, s->settings->board.rows);
}

sagitta_status sg_plane_find_board(const sagitta_source *source, const sagitta_plane_settings *settings, double **xy,
                                   double *at_s, sagitta_error *error) {
  seeking s = { .settings = settings };
  sagitta_video *video = NULL;
  sagitta_status status = sagitta_video_open(&video, source, error);
  if (status == SAGITTA_OK) status = seek(&s, video, error);
  if (status == SAGITTA_OK) status = s.best ? check_larger(&s, error) : refuse_board(&s, error);
  if (status == SAGITTA_OK) {
    *xy = s.best;
    *at_s = s.at_s;
  } else {
    sagitta_free(s.best);
  }
  sg_luma_free(&s.luma);
  sagitta_video_close(&video);
  return status;
}

/* ---- the ruler marks ---- */

static int by_value(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static sagitta_status median_of(const sagitta_tracks *tracks, double xy[4], sagitta_error *error) {
  const size_t rows = sagitta_tracks_rows(tracks);
  double *values = malloc((rows + 1) * sizeof *values);
  size_t count = 0;
  if (!values) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to find the ruler marks.");
  for (int c = 0; c < 4; c++) {
    count = 0;
    for (size_t row = 0; row < rows; row++) {
      const sagitta_sample a = sagitta_tracks_get(tracks, row, SAGITTA_RULER0);
      const sagitta_sample b = sagitta_tracks_get(tracks, row, SAGITTA_RULER1);
      if (a.state != SAGITTA_SEEN || b.state != SAGITTA_SEEN) continue;
      values[count++] = c < 2 ? (c ? a.y : a.x) : (c == 3 ? b.y : b.x);
    }
    if (count) qsort(values, count, sizeof *values, by_value);
    if (count) xy[c] = values[count / 2];
  }
  free(values);
  if (count >= ROWS_LEAST) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "Two yellow ruler marks are not to be seen together in any picture: one may be hidden, or of another "
                 "colour. Uncover them, or say where they are with --from X,Y --to X,Y.");
}

sagitta_status sg_plane_find_marks(const sagitta_source *source, const sagitta_plane_settings *settings, double xy[4],
                                   sagitta_error *error) {
  sagitta_markers markers = sagitta_markers_default();
  for (int r = 0; r < SAGITTA_ROLES; r++) markers.role[r].wanted = r == SAGITTA_RULER0 || r == SAGITTA_RULER1;
  sagitta_track_settings track = sagitta_track_default_settings();
  track.markers = &markers;
  track.progress = settings->progress;
  track.progress_user = settings->progress_user;
  sagitta_tracks *tracks = NULL;
  sagitta_error cause = SAGITTA_ERROR_INIT;
  sagitta_status status = sagitta_track_source(&tracks, source, &track, NULL, NULL, &cause);
  if (status == SAGITTA_OK || (status == SAGITTA_NO_MEASUREMENT && tracks)) {
    status = median_of(tracks, xy, error);
  } else {
    (void)sg_fail(error, status, "%s", cause.text);
    if (status == SAGITTA_NO_MEASUREMENT) {
      (void)sg_fail(error, status,
                    "Two yellow ruler marks are not to be seen: uncover them, or say where they are with --from X,Y "
                    "--to X,Y.");
    }
  }
  sagitta_tracks_free(&tracks);
  return status;
}
