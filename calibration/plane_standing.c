/* SPDX-License-Identifier: Apache-2.0 */
/* Which way is up, from somebody who stands: the line from the knee marker to the shoulder marker. */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/gaps.h"
#include "base/math.h"
#include "plane_find.h"
#include "sagitta/track.h"
#include "video/video.h"

#define LOOK_S     3.0  /* of the recording, from its start */
#define STANDING_S 0.5  /* of what is seen of the person, from its start */
#define LEAN_MOST  20.0 /* deg from the picture's up: more is no standing */
#define STILL_DEG  2.0  /* by which the line may turn meanwhile */

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
  sagitta_source start = *source;
  sagitta_track_settings track = sagitta_track_default_settings();
  sagitta_tracks *tracks = NULL;
  if (start.kind != SAGITTA_INPUT_CAMERA && !(start.seconds > 0 && start.seconds < LOOK_S)) start.seconds = LOOK_S;
  track.progress = settings->progress;
  track.progress_user = settings->progress_user;
  sagitta_status status = sagitta_track_source(&tracks, &start, &track, NULL, NULL, error);
  /* A single picture carries no movement, but it shows how the person stands. */
  if (tracks) {
    status = judge_line(tracks, xy, error);
  } else if (status == SAGITTA_NO_MEASUREMENT) {
    status = nobody(error);
  }
  sagitta_tracks_free(&tracks);
  return status;
}
