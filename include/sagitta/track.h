/* SPDX-License-Identifier: Apache-2.0 */
/* From video to TRACKS: find the markers' colours, scan every frame, say which blob is which marker. */
#ifndef SAGITTA_TRACK_H
#define SAGITTA_TRACK_H

#include <stdint.h>

#include "sagitta/explain.h"
#include "sagitta/markers.h"
#include "sagitta/status.h"
#include "sagitta/tracks.h"
#include "sagitta/video.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "the marker of this role is here, at that moment" */
typedef struct sagitta_pick {
  sagitta_role role;
  double x, y;   /* px, upright picture */
  double time_s; /* s from the first shown frame */
} sagitta_pick;

typedef struct sagitta_track_settings {
  const sagitta_markers *markers; /* colours to use as they are; NULL = find them. Roles that it names are tracked
                                     whatever they sit on */
  sagitta_marker_set set;         /* which set to expect; UNKNOWN = recognise it */
  const sagitta_pick *picks;      /* learn these roles' colours where the user points */
  size_t pick_count;
  bool ruler;                /* the user says that two ruler marks are in the picture: what is missing is a warning */
  const char *simd;          /* highest kernel level: "c", "sse4.1", "avx2", "avx512", "neon"; NULL = best */
  sagitta_progress progress; /* may be NULL */
  void *progress_user;
  const char *language; /* of warnings and refusals: a code of sagitta_languages(); NULL: warnings are English,
                           refusals in the language of the error */
  sagitta_explanation *explanation; /* to be filled for its moments (sagitta/explain.h); NULL = none. Stays the
                                       caller's. Costs a second reading up to the last of them */
  uint64_t reserved[8];             /* 0 (sagitta/sagitta.h) */
} sagitta_track_settings;

SAGITTA_API sagitta_track_settings sagitta_track_default_settings(void);

/* Where the time went; wall milliseconds over the whole input. */
typedef struct sagitta_timings {
  int64_t frames;
  double open_ms;       /* probing, opening */
  double look_ms;       /* finding the colours */
  double decode_ms;     /* waiting for decoded frames */
  double scan_ms;       /* the inner loop */
  double track_ms;      /* blobs, identity, gaps */
  double body_ms;       /* posture and assessment: filled by the caller of the analysis */
  uint64_t reserved[4]; /* room to grow */
} sagitta_timings;

/*
 * Track a whole source. On success *out belongs to the caller. On
 * SAGITTA_NO_MEASUREMENT (no markers, two candidates that cannot be told
 * apart, one frame) *out holds the tracks if any marker was seen, else NULL;
 * on any other failure it is NULL. `found` (may be NULL) receives the colours
 * that were used; `timings` may be NULL. Thread-safe for different sources.
 */
SAGITTA_API sagitta_status sagitta_track_source(sagitta_tracks **out, const sagitta_source *source,
                                                const sagitta_track_settings *settings, sagitta_markers *found,
                                                sagitta_timings *timings, sagitta_error *error);

#ifdef __cplusplus
}
#endif
#endif
