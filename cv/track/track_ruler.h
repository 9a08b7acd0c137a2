/* SPDX-License-Identifier: Apache-2.0 */
/* Tracking, with what was found out about the ruler: for rooms that need its marks whoever is in the picture. */
#ifndef SAGITTA_TRACK_TRACK_RULER_H
#define SAGITTA_TRACK_TRACK_RULER_H

#include "sagitta/track.h"
#include "track/ruler.h"

/* As sagitta_track_source; also fills words->why (empty where both marks were found). words->otherwise is to be set. */
sagitta_status sg_track_source(sagitta_tracks **out, const sagitta_source *source,
                               const sagitta_track_settings *settings, sagitta_markers *found, sagitta_timings *timings,
                               sg_ruler_words *words, sagitta_error *error);

#endif
