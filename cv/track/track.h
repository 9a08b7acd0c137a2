/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The face of cv/track: what other rooms may use of it besides the public API (sagitta/track.h, sagitta/markers.h,
 * sagitta/colours.h). In: a source of frames. Out: TRACKS, markers over time. Start reading at README.md beside this
 * file, then at track.c, which calls the steps in order.
 *
 * Offered here: tracking with what was found out about the ruler; and, for whoever looks at single frames, their
 * samples, a marker in them (measure.h, palette.h), and all that could be one (blobs.h).
 */
#ifndef SG_TRACK_TRACK_H
#define SG_TRACK_TRACK_H

#include "sagitta/track.h"
#include "sagitta/warnings.h"
#include "track/blobs.h"
#include "track/measure.h"

/* What is said where there is no ruler. */
typedef struct sg_ruler_words {
  const char *otherwise;          /* the caller's own way out: "point at them with …" */
  char why[SAGITTA_WARNING_TEXT]; /* cause and remedy in the user's words, empty where there is a ruler */
} sg_ruler_words;

/* As sagitta_track_source; also fills words->why. words->otherwise is to be set. */
sagitta_status sg_track_source(sagitta_tracks **out, const sagitta_source *source,
                               const sagitta_track_settings *settings, sagitta_markers *found, sagitta_timings *timings,
                               sg_ruler_words *words, sagitta_error *error);

#endif
