/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/track: which colours a recording shows, inside its markers, on and around the person, and elsewhere.
 */
#ifndef SG_TRACK_SURVEY_H
#define SG_TRACK_SURVEY_H

#include "sagitta/tracks.h"
#include "sagitta/video.h"
#include "track/palette.h"

#define SG_SURVEY_BINS 128 /* per axis of the chroma plane */
#define SG_SURVEY_BIN  2.0 /* standard chroma units */

enum { SG_SURVEY_PERSON, SG_SURVEY_ROOM, SG_SURVEY_ZONES };

typedef struct sg_survey_marker {
  double n, b, r, bb, br, rr; /* sums over the samples well inside it, standard chroma offsets */
  double area;                /* px², mean over the frames */
  double frames;
  double l, ll;                         /* sums of its luma over the same samples, 0–255 */
  double beside_n, beside_l, beside_ll; /* the same of the luma right beside it */
} sg_survey_marker;

typedef struct sg_survey {
  sg_survey_marker marker[SAGITTA_ROLES];
  /* Area (px² per frame) of each colour outside of the markers, row by row of Cr; even patches only, so that the mixed
   * colours of edges do not count. */
  double area[SG_SURVEY_ZONES][SG_SURVEY_BINS * SG_SURVEY_BINS];
  int frames; /* looked at */
} sg_survey;

/* Fill *survey from up to sixteen frames spread over the source. Errors: those of reading it. */
sagitta_status sg_survey_take(sg_survey *survey, const sagitta_source *source, const sagitta_tracks *tracks,
                              sagitta_error *error);

/* The middle of a bin. */
sg_chroma sg_survey_colour(int bin);

#endif
