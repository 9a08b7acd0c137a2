/* SPDX-License-Identifier: Apache-2.0 */
/* The two ruler marks, as the tracker finds them: whether or not anybody is in the picture. */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/gaps.h"
#include "base/math.h"
#include "plane_find.h"
#include "sagitta/track.h"
#include "track/track.h"

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
  return sg_fail(
      error, SAGITTA_NO_MEASUREMENT, "%s",
      *words->why ? words->why : "The two ruler marks are never in full view: show them, or use --from and --to.");
}

sagitta_status sg_plane_find_marks(const sagitta_source *source, const sagitta_plane_settings *settings, double xy[4],
                                   sagitta_error *error) {
  sagitta_track_settings track = sagitta_track_default_settings();
  sg_ruler_words words = { .otherwise = "say where the marks are with --from X,Y --to X,Y" };
  sagitta_tracks *tracks = NULL;
  sagitta_error cause = sg_error_like(error);
  track.ruler = true;
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
