/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The two yellow ruler marks. The ankle's sticker is yellow as well: what a body wears is left out, and unless exactly
 * two things remain nothing is taken, since a wrong pair would give a wrong scale without a sign of it.
 */
#include <math.h>
#include <string.h>

#include "base/base.h"
#include "plane_find.h"
#include "sagitta/track.h"
#include "track/spots.h"

#define LOOKS       6
#define EVERY_S     0.5
#define HUE_MOST    18.0 /* deg from the ruler's colour */
#define LONG_MOST   1.8  /* longer ones are strips */
#define STILL_SHARE 0.25 /* of the diameter, that a mark may seem to move */
#define SIZES_MOST  1.7  /* ratio of the two diameters */

typedef struct marks {
  sg_blob found[SG_SPOTS_MAX];
  size_t count;
} marks;

static bool is_yellow(const sg_blob *blob) {
  const sagitta_colour colour = sagitta_markers_default().role[SAGITTA_RULER0].colour;
  const sg_chroma yellow = { colour.cb - 128, colour.cr - 128 };
  return !blob->cut && blob->elongation < LONG_MOST &&
         fmin(sg_hue_difference(blob->core, yellow), sg_hue_difference(blob->hue, yellow)) < HUE_MOST;
}

/* The first look lists what is yellow; later ones strike out what is not there, or has moved. */
static void compare(marks *m, const sg_blob *blobs, size_t count, bool first) {
  size_t kept = 0;
  for (size_t i = 0; first && i < count; i++) {
    if (is_yellow(&blobs[i])) m->found[m->count++] = blobs[i];
  }
  for (size_t i = 0; !first && i < m->count; i++) {
    bool there = false;
    for (size_t j = 0; j < count && !there; j++) {
      const double moved = hypot(m->found[i].x - blobs[j].x, m->found[i].y - blobs[j].y);
      there = is_yellow(&blobs[j]) && moved < fmax(2.0, STILL_SHARE * m->found[i].diameter);
    }
    if (there) m->found[kept++] = m->found[i];
  }
  if (!first) m->count = kept;
}

static sagitta_status look_for(marks *m, const sagitta_source *source, sagitta_error *error) {
  sagitta_video *video = NULL;
  sg_measure *measure = sg_measure_new();
  sg_spots *spots = sg_spots_new();
  sagitta_status status = measure && spots
                              ? sagitta_video_open(&video, source, error)
                              : sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to look for marks.");
  double next_s = 0;
  for (int looks = 0; status == SAGITTA_OK && looks < LOOKS;) {
    sagitta_frame frame;
    sg_blob blobs[SG_SPOTS_MAX];
    status = sagitta_video_read(video, &frame, error);
    if (status != SAGITTA_OK || frame.time_s < next_s) continue;
    next_s = frame.time_s + EVERY_S;
    sg_measure_frame(measure, &frame, sagitta_video_info(video));
    const ptrdiff_t count = sg_spots_find(spots, measure, &frame, sagitta_video_info(video), blobs);
    if (count < 0) status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to look for marks.");
    if (count >= 0) compare(m, blobs, (size_t)count, looks++ == 0);
  }
  sagitta_video_close(&video);
  sg_spots_free(spots);
  sg_measure_free(measure);
  return status == SAGITTA_END ? SAGITTA_OK : status;
}

/* What a person wears is no ruler mark. Nobody in the picture is no failure. */
static sagitta_status leave_out_worn(marks *m, const sagitta_source *source, const sagitta_plane_settings *settings,
                                     sagitta_error *error) {
  sagitta_track_settings track = sagitta_track_default_settings();
  sagitta_tracks *tracks = NULL;
  sagitta_error cause = SAGITTA_ERROR_INIT;
  track.progress = settings->progress;
  track.progress_user = settings->progress_user;
  const sagitta_status status = sagitta_track_source(&tracks, source, &track, NULL, NULL, &cause);
  size_t kept = 0;
  for (size_t i = 0; i < m->count; i++) {
    bool worn = false;
    for (int role = 0; tracks && role <= SAGITTA_HAND && !worn; role++) {
      for (size_t row = 0; row < sagitta_tracks_rows(tracks) && !worn; row++) {
        const sagitta_sample s = sagitta_tracks_get(tracks, row, (sagitta_role)role);
        worn = s.state == SAGITTA_SEEN && hypot(s.x - m->found[i].x, s.y - m->found[i].y) < m->found[i].diameter;
      }
    }
    if (!worn) m->found[kept++] = m->found[i];
  }
  m->count = kept;
  sagitta_tracks_free(&tracks);
  if (status == SAGITTA_ERROR_MEMORY || status == SAGITTA_CANCELLED) return sg_fail(error, status, "%s", cause.text);
  return SAGITTA_OK;
}

static sagitta_status refuse(const marks *m, sagitta_error *error) {
  if (m->count == 2) {
    return sg_fail(
        error, SAGITTA_NO_MEASUREMENT,
        "The two yellow things at (%.0f, %.0f) and (%.0f, %.0f) differ too much in size to be ruler marks. Say "
        "where the marks are with --from X,Y --to X,Y.",
        m->found[0].x, m->found[0].y, m->found[1].x, m->found[1].y);
  }
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "Two yellow ruler marks were looked for, but %zu still yellow thing%s to be seen off the body. %s, or "
                 "say where the marks are with --from X,Y --to X,Y.",
                 m->count, m->count == 1 ? " is" : "s are",
                 m->count < 2 ? "Uncover both marks" : "Take the others out of the picture");
}

sagitta_status sg_plane_find_marks(const sagitta_source *source, const sagitta_plane_settings *settings, double xy[4],
                                   sagitta_error *error) {
  marks m = { .count = 0 };
  sagitta_status status = look_for(&m, source, error);
  if (status == SAGITTA_OK && m.count > 0) status = leave_out_worn(&m, source, settings, error);
  if (status != SAGITTA_OK) return status;
  if (m.count != 2 ||
      fmax(m.found[0].diameter, m.found[1].diameter) > SIZES_MOST * fmin(m.found[0].diameter, m.found[1].diameter)) {
    return refuse(&m, error);
  }
  /* The lower one is nearer the soles; of two side by side, the left. */
  const double dx = m.found[1].x - m.found[0].x, dy = m.found[1].y - m.found[0].y;
  const int first = fabs(dy) > 0.2 * fabs(dx) ? dy > 0 : dx < 0;
  xy[0] = m.found[first].x;
  xy[1] = m.found[first].y;
  xy[2] = m.found[1 - first].x;
  xy[3] = m.found[1 - first].y;
  return SAGITTA_OK;
}
