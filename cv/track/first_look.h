/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/track: the first look at a video, at a few frames spread over it, from which the palette is learnt. */
#ifndef SG_TRACK_FIRST_LOOK_H
#define SG_TRACK_FIRST_LOOK_H

#include "sagitta/track.h"
#include "track/associate.h"
#include "track/ruler.h"

typedef struct sg_first_look {
  sg_target target[SAGITTA_ROLES]; /* entry.wanted = to be tracked; the ruler's never is */
  sg_blob seen[SAGITTA_ROLES];     /* how the marker looked, where it was seen */
  bool has_seen[SAGITTA_ROLES];
  sg_posture posture; /* of the body found, ANY without one */
  bool body;          /* three markers that fit a body were found */
  size_t candidates;  /* the most found in one frame, for the message */
  sg_ruler ruler;
} sg_first_look;

/*
 * Look. Colours that the settings name are taken from there; the others are
 * found from the default colours. On success *look is filled and *video is the source opened at its first frame, the
 * caller's to close; on failure it is NULL.
 * look->ruler owns memory in either case (sg_ruler_free).
 * Errors: those of opening and reading the source; SAGITTA_NO_MEASUREMENT when nothing stands out where the user
 * pointed; MEMORY; CANCELLED.
 */
sagitta_status sg_first_look_take(sg_first_look *look, sagitta_video **video, const sagitta_source *source,
                                  const sagitta_track_settings *settings, sagitta_error *error);

#endif
