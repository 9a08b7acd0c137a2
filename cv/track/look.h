/* SPDX-License-Identifier: Apache-2.0 */
/* The first look at a video: a few frames spread over it, in which the markers' colours are found. */
#ifndef SAGITTA_TRACK_LOOK_H
#define SAGITTA_TRACK_LOOK_H

#include "sagitta/track.h"
#include "track/follow.h"
#include "track/ruler.h"

typedef struct sg_look {
  sg_follow_role role[SAGITTA_ROLES]; /* expected.wanted = to be followed; the ruler's never is */
  sg_blob seen[SAGITTA_ROLES];        /* how the marker looked, where it was seen */
  bool has_seen[SAGITTA_ROLES];
  sg_posture posture; /* of the body found, ANY without one */
  bool body;          /* three markers that fit a body were found */
  size_t spots;       /* the most marker-like spots seen in one frame, for the message */
  sg_ruler ruler;
} sg_look;

/*
 * Look. Colours that the settings name are taken from there; the others are
 * found from the starting colours. On success *look is filled and *video is the source opened at its first frame, the
 * caller's to close; on failure it is NULL.
 * Errors: those of opening and reading the source; SAGITTA_NO_MEASUREMENT when nothing stands out where the user
 * pointed; MEMORY; CANCELLED.
 */
sagitta_status sg_look_at(sg_look *look, sagitta_video **video, const sagitta_source *source,
                          const sagitta_track_settings *settings, sagitta_error *error);

#endif
