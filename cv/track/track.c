/* SPDX-License-Identifier: Apache-2.0 */
#include "sagitta/track.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/gaps.h"
#include "sagitta/version.h"
#include "track/look.h"
#include "track/observe.h"
#include "track/write_tracks.h"

#define MARGIN_TO_TELL 1.5 /* log units: below, a rival is as likely as the chosen marker */

sagitta_track_settings sagitta_track_default_settings(void) {
  sagitta_track_settings settings;
  memset(&settings, 0, sizeof settings);
  return settings;
}

static bool any_wanted(const sg_look *look) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (look->role[r].expected.wanted) return true;
  }
  return false;
}

/* The colours used, for the caller who wants to keep them. */
static void tell_colours(const sg_look *look, sagitta_markers *found) {
  if (!found) return;
  memset(found, 0, sizeof *found);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sg_expectation *e = &look->role[r].expected;
    found->role[r] = (sagitta_marker){ .wanted = e->wanted, .colour = e->colour, .shape = e->shape };
  }
}

static const char *markers_of(sagitta_marker_set set) {
  switch (set) {
    case SAGITTA_SET_DISCS:
      return "discs on shoulder, hip and knee";
    case SAGITTA_SET_STRIP:
      return "discs on shoulder and knee, a strip on the hip";
    case SAGITTA_SET_CLINIC:
      return "discs on shoulder, hip, knee and ankle, strips on pelvis and ribs";
    case SAGITTA_SET_UNKNOWN:
      break;
  }
  return "";
}

static sagitta_status no_markers(const sg_look *look, sagitta_marker_set set, const sagitta_input_info *info,
                                 sagitta_error *error) {
  if (set != SAGITTA_SET_UNKNOWN) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "The markers of the set \"%s\" (%s) were not found on a person in this %d x %d px video. Leave out "
                   "--markers to have the set recognised, or point at markers with --pick ROLE=X,Y.",
                   sagitta_marker_set_name(set), markers_of(set), info->width, info->height);
  }
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "No markers were found on a person in this %d x %d px video%s. Put coloured stickers on shoulder, hip "
                 "and knee, stand sideways to the camera in full view, or point at them with --pick ROLE=X,Y.",
                 info->width, info->height,
                 look->spots > 0 ? " (there are coloured spots, but no three of them fit a standing body)" : "");
}

static sagitta_status count_roles(const sagitta_tracks *tracks, sagitta_error *error) {
  static const sagitta_role core[] = { SAGITTA_SHOULDER, SAGITTA_HIP, SAGITTA_KNEE };
  char missing[64] = "";
  size_t length = 0;
  int count = 0;
  for (int i = 0; i < 3; i++) {
    if (sagitta_tracks_has(tracks, core[i])) continue;
    const char *name = sagitta_role_name(core[i]);
    if (count++ > 0) {
      memcpy(missing + length, ", ", 3);
      length += 2;
    }
    memcpy(missing + length, name, strlen(name) + 1);
    length += strlen(name);
  }
  if (count == 0) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "Too few markers to measure a bend: %s not found. Shoulder, hip and knee are needed; put the sticker "
                 "on, or point at it with --pick ROLE=X,Y.",
                 missing);
}

/* What can be said of the tracks as a whole, once they are there. */
static sagitta_status judge(const sagitta_tracks *tracks, const sg_follow_result *followed, sagitta_error *error) {
  const sagitta_status status = count_roles(tracks, error);
  if (status != SAGITTA_OK) return status;
  if (sagitta_tracks_rows(tracks) < 2) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "There is only one frame: a bend cannot be measured from a single picture. Record a video.");
  }
  if (followed->margin < MARGIN_TO_TELL && followed->rival_role >= 0) {
    const char *name = sagitta_role_name((sagitta_role)followed->rival_role);
    return sg_fail(
        error, SAGITTA_NO_MEASUREMENT,
        "Two things could be the %s marker and cannot be told apart at %.1f s. Take the other one out of the "
        "picture, or point at the right one with --pick %s=X,Y@%.1f.",
        name, followed->anchor_s, name, followed->anchor_s);
  }
  return SAGITTA_OK;
}

/* A marker that was hardly ever there was none: something passed where it could have been. */
static void drop_glimpses(const sg_look *look, size_t frames, int *chosen) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    size_t seen = 0;
    for (size_t f = 0; f < frames; f++) seen += chosen[f * SAGITTA_ROLES + (size_t)r] >= 0;
    if (look->role[r].named || seen * 20 >= frames) continue;
    for (size_t f = 0; f < frames; f++) chosen[f * SAGITTA_ROLES + (size_t)r] = -1;
  }
}

static sagitta_status track_with(sagitta_tracks **out, sagitta_video *video, const sg_look *look,
                                 const sagitta_track_settings *settings, sagitta_timings *timings,
                                 sagitta_error *error) {
  sg_sightings sightings = { 0 };
  sagitta_tracks *tracks = NULL;
  int *chosen = NULL;
  sagitta_status status = sg_observe(&sightings, video, look, settings, timings, error);
  if (status != SAGITTA_OK) goto fail;
  const sagitta_input_info *info = sagitta_video_info(video);
  const double start = sg_clock_ms();
  status = SAGITTA_ERROR_MEMORY;
  chosen = calloc(sightings.frames * SAGITTA_ROLES + 1, sizeof *chosen);
  if (!chosen) {
    (void)sg_fail(error, status, "Not enough memory.");
    goto fail;
  }
  sg_follow_result followed;
  sg_follow(&sightings, look->role, info->height, chosen, &followed);
  drop_glimpses(look, sightings.frames, chosen);
  status = sg_write_tracks(&tracks, &sightings, chosen, look, video, error);
  timings->track_ms += sg_clock_ms() - start;
  if (status != SAGITTA_OK) goto fail;
  bool any = false;
  for (int r = 0; r < SAGITTA_ROLES; r++) any = any || sagitta_tracks_has(tracks, (sagitta_role)r);
  if (!any) {
    status = no_markers(look, settings->set, info, error);
    goto fail;
  }
  status = judge(tracks, &followed, error);
  *out = tracks;
  tracks = NULL;
fail:
  sagitta_tracks_free(&tracks);
  free(chosen);
  sg_sightings_free(&sightings);
  return status;
}

sagitta_status sagitta_track_source(sagitta_tracks **out, const sagitta_source *source,
                                    const sagitta_track_settings *settings, sagitta_markers *found,
                                    sagitta_timings *timings, sagitta_error *error) {
  if (!out || !source) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is nothing to track.");
  *out = NULL;
  const sagitta_track_settings fallback = sagitta_track_default_settings();
  sagitta_timings unused;
  if (!settings) settings = &fallback;
  if (!timings) timings = &unused;
  memset(timings, 0, sizeof *timings);
  sagitta_video *video = NULL;
  sg_look *look = calloc(1, sizeof *look);
  if (!look) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory.");
  const double start = sg_clock_ms();
  sagitta_status status = sg_look_at(look, &video, source, settings, error);
  timings->look_ms = sg_clock_ms() - start;
  if (status != SAGITTA_OK) goto done;
  tell_colours(look, found);
  if (any_wanted(look)) {
    status = track_with(out, video, look, settings, timings, error);
  } else {
    status = no_markers(look, settings->set, sagitta_video_info(video), error);
  }
done:
  sagitta_video_close(&video);
  free(look);
  return status;
}
