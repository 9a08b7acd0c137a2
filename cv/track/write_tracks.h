/* SPDX-License-Identifier: Apache-2.0 */
/* Chosen sightings → TRACKS: states, axes without folds, gaps, notes and warnings. */
#ifndef SAGITTA_TRACK_WRITE_TRACKS_H
#define SAGITTA_TRACK_WRITE_TRACKS_H

#include "sagitta/tracks.h"
#include "track/look.h"
#include "track/ruler.h"
#include "track/sightings.h"

/* `chosen` as sg_follow fills it, the ruler as sg_ruler_judge found it. On success *out belongs to the caller. Errors:
 * MEMORY. */
sagitta_status sg_write_tracks(sagitta_tracks **out, const sg_sightings *sightings, const int *chosen,
                               const sg_ruler_watch *ruler, const sg_ruler_verdict *marks, const sg_look *look,
                               const sagitta_video *video, sagitta_error *error);

#endif
