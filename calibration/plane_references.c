/* SPDX-License-Identifier: Apache-2.0 */
/* What a source shows of the plane of movement: the picture's size, a board, the ruler marks, a standing person. */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"
#include "base/translate.h"
#include "calibration/plane_calibration.h"
#include "sagitta/track.h"
#include "track/track.h"
#include "video/video.h"

#define EVERY_S       0.25 /* of a video */
#define LOOKS_MAX     120
#define SIGHTINGS_MAX 5 /* of the board, of which the sharpest is taken */

#define LOOK_S     3.0  /* of the recording, from its start */
#define STANDING_S 0.5  /* of what is seen of the person, from its start */
#define LEAN_MOST  20.0 /* deg from the picture's up: more is no standing */
#define STILL_DEG  2.0  /* by which the line may turn meanwhile */

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
  sg_found_board seen;
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
    if (s->settings->progress &&
        s->settings->progress(s->settings->progress_user, SG_TRANSLATABLE("looking for the board"), -1)) {
      return sg_fail(error, SAGITTA_CANCELLED, "Stopped.");
    }
    next_s = frame.time_s + EVERY_S;
    status = sg_luma_take(&s->luma, &frame, sagitta_video_info(video), error);
    if (status == SAGITTA_OK) status = look(s, !pictures && s->looks > 0, error);
  }
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

static sagitta_status refuse_board(const seeking *s, sagitta_error *error) {
  char reason[SAGITTA_VIEW_TEXT];
  const char *language = sg_error_language(error);
  (void)sg_print(reason, sizeof reason, language, "no frame could be read");
  if (s->luma.pixels) (void)sg_board_explain(&s->luma, &s->settings->board, language, reason);
  return sg_fail(
      error, SAGITTA_NO_MEASUREMENT,
      "The board (%d x %d inner corners) was not found (pictures looked at: %d): in the last, %s. Hold it still where "
      "the person will stand, fully in the picture, facing the camera, in even light.",
      s->settings->board.columns, s->settings->board.rows, s->looks, reason);
}

/* A part of a larger board would give the right scale, but it is not the board that was asked for. */
static sagitta_status check_larger(const seeking *s, sagitta_error *error) {
  int columns, rows;
  if (!sg_board_larger(&s->luma, &s->settings->board, &columns, &rows)) return SAGITTA_OK;
  return sg_board_refuse_size(&s->settings->board, columns, rows, error);
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

/* ---- the two ruler marks, as the tracker finds them: whether or not anybody is in the picture ---- */

/* Where a mark is over the whole recording: the median of each coordinate. */
static bool place_of(const sagitta_tracks *tracks, sagitta_role role, double *scratch, double *xy) {
  for (int k = 0; k < 2; k++) {
    size_t n = 0;
    for (size_t row = 0; row < sagitta_tracks_rows(tracks); row++) {
      const sagitta_sample s = sagitta_tracks_get(tracks, row, role);
      if (s.state == SAGITTA_SEEN) scratch[n++] = k == 0 ? s.x : s.y;
    }
    if (n == 0) return false;
    xy[k] = sg_median(scratch, n);
  }
  return true;
}

static sagitta_status take_places(const sagitta_tracks *tracks, const sg_ruler_words *words, double xy[4],
                                  sagitta_error *error) {
  double *scratch = malloc((sagitta_tracks_rows(tracks) + 1) * sizeof *scratch);
  if (!scratch) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to look for marks.");
  const bool found = place_of(tracks, SAGITTA_RULER0, scratch, xy) && place_of(tracks, SAGITTA_RULER1, scratch, xy + 2);
  free(scratch);
  if (found) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_NO_MEASUREMENT, "%s",
                 *words->why
                     ? words->why
                     : sg_say(sg_error_language(error),
                              "The two ruler marks are never in full view: show them, or use --from and --to."));
}

sagitta_status sg_plane_find_marks(const sagitta_source *source, const sagitta_plane_settings *settings, double xy[4],
                                   sagitta_error *error) {
  sagitta_track_settings track = sagitta_track_default_settings();
  sg_ruler_words words = { .otherwise = SG_TRANSLATABLE("say where the marks are with --from X,Y --to X,Y") };
  sagitta_tracks *tracks = NULL;
  sagitta_error cause = sg_error_like(error);
  track.ruler = true;
  track.language = sg_error_language(error); /* of the words, should the marks not be found */
  track.progress = settings->progress;
  track.progress_user = settings->progress_user;
  sagitta_status status = sg_track_source(&tracks, source, &track, NULL, NULL, &words, &cause);
  if (tracks) {
    status = take_places(tracks, &words, xy, error);
  } else if (status == SAGITTA_OK || status == SAGITTA_NO_MEASUREMENT) {
    /* that nobody is in the picture is no failure here */
    status = sg_fail(error, SAGITTA_NO_MEASUREMENT, "%s", words.why);
  } else {
    (void)sg_fail(error, status, "%s", cause.text);
  }
  sagitta_tracks_free(&tracks);
  return status;
}

/* ---- which way is up, from somebody who stands: the line from the knee marker to the shoulder marker ---- */

/* The line in one row, degrees from the picture's up. NAN where it is not seen. */
static double lean_at(const sagitta_tracks *tracks, size_t row) {
  const sagitta_sample knee = sagitta_tracks_get(tracks, row, SAGITTA_KNEE);
  const sagitta_sample shoulder = sagitta_tracks_get(tracks, row, SAGITTA_SHOULDER);
  if (knee.state != SAGITTA_SEEN || shoulder.state != SAGITTA_SEEN) return NAN;
  return atan2(shoulder.x - knee.x, knee.y - shoulder.y) * SG_DEGREES;
}

/* Rows from..to: the first moments in which the line is seen. False when it never is. */
static bool first_moments(const sagitta_tracks *tracks, size_t *from, size_t *to) {
  const size_t rows = sagitta_tracks_rows(tracks);
  *from = 0;
  while (*from < rows && isnan(lean_at(tracks, *from))) ++*from;
  if (*from == rows) return false;
  const double until = sagitta_tracks_time(tracks, *from) + STANDING_S;
  for (*to = *from; *to < rows && sagitta_tracks_time(tracks, *to) <= until;) ++*to;
  return true;
}

/* Medians over the rows; false where the line turns. */
static bool take_line(const sagitta_tracks *tracks, size_t from, size_t to, double *scratch, double xy[4]) {
  double least = INFINITY, most = -INFINITY;
  for (int k = 0; k < 4; k++) {
    size_t n = 0;
    for (size_t row = from; row < to; row++) {
      const double lean = lean_at(tracks, row);
      if (isnan(lean)) continue;
      least = fmin(least, lean);
      most = fmax(most, lean);
      const sagitta_sample s = sagitta_tracks_get(tracks, row, k < 2 ? SAGITTA_KNEE : SAGITTA_SHOULDER);
      scratch[n++] = k % 2 == 0 ? s.x : s.y;
    }
    xy[k] = sg_median(scratch, n);
  }
  return most - least <= STILL_DEG;
}

static sagitta_status nobody(sagitta_error *error) {
  return sg_fail(
      error, SAGITTA_NO_MEASUREMENT,
      "Nobody is seen standing with markers on shoulder, hip and knee in the first %.0f s: show them, or point "
      "at a plumb line or a door frame with --plumb X1,Y1 X2,Y2.",
      LOOK_S);
}

static sagitta_status judge_line(const sagitta_tracks *tracks, double xy[4], sagitta_error *error) {
  size_t from, to;
  if (!first_moments(tracks, &from, &to)) return nobody(error);
  double *scratch = malloc((to - from) * sizeof *scratch);
  if (!scratch) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to look for a standing person.");
  const bool still = take_line(tracks, from, to, scratch, xy);
  free(scratch);
  const double lean = fabs(atan2(xy[2] - xy[0], xy[1] - xy[3]) * SG_DEGREES);
  if (!still) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "The person does not stand still at the start, so that it does not tell which way is up: stand "
                   "upright for a second, or point at a plumb line with --plumb X1,Y1 X2,Y2.");
  }
  if (lean <= LEAN_MOST) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "The line from knee to shoulder leans by %.0f degrees: that is nobody standing upright, or the camera "
                 "is far from level. Point at a plumb line or a door frame with --plumb X1,Y1 X2,Y2.",
                 lean);
}

sagitta_status sg_plane_find_standing(const sagitta_source *source, const sagitta_plane_settings *settings,
                                      double xy[4], sagitta_error *error) {
  const sagitta_source beginning = sg_source_beginning(source, LOOK_S);
  sagitta_track_settings track = sagitta_track_default_settings();
  sagitta_tracks *tracks = NULL;
  track.progress = settings->progress;
  track.progress_user = settings->progress_user;
  sagitta_status status = sagitta_track_source(&tracks, &beginning, &track, NULL, NULL, error);
  /* A single picture carries no movement, but it shows how the person stands. */
  if (tracks) {
    status = judge_line(tracks, xy, error);
  } else if (status == SAGITTA_NO_MEASUREMENT) {
    status = nobody(error);
  }
  sagitta_tracks_free(&tracks);
  return status;
}
