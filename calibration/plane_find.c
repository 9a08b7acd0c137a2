/* SPDX-License-Identifier: Apache-2.0 */
#include "plane_find.h"

#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "board.h"

#define EVERY_S       0.25 /* of a video */
#define LOOKS_MAX     120
#define SIGHTINGS_MAX 5 /* of which the sharpest is taken */

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
