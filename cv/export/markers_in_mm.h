/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tracks as markers in the plane of movement, in millimetres: what TRC and C3D hold. Internal to the room. x to the
 * right in the picture, y up; the origin is that of a calibrated plane, else the picture's lower left corner.
 */
#ifndef SG_EXPORT_MARKERS_IN_MM_H
#define SG_EXPORT_MARKERS_IN_MM_H

#include "sagitta/export.h"
#include "tracks/tracks.h"

#define SG_MARKERS_MM_MAX (2 * SAGITTA_ROLES) /* a strip is two */

typedef struct sg_marker_mm {
  sagitta_state state;
  double x, y;  /* mm; unknown where LOST */
  double sigma; /* mm, standard error per axis; NAN = unknown */
} sg_marker_mm;

typedef struct sg_markers_mm {
  size_t rows, count;
  char name[SG_MARKERS_MM_MAX][24]; /* "knee", "hip_a" */
  const char *meaning[SG_MARKERS_MM_MAX];
  double *time;     /* s */
  sg_marker_mm *at; /* [rows][count] */
  bool even;        /* every row lies within 1 ms of an even grid */
  double rate;      /* frames/s, the mean; 0 of a single row */
  sg_stated_view seen_in;
} sg_markers_mm;

/* settings NULL: the defaults. On success *out belongs to the caller (sg_markers_mm_free), and *note (may be NULL) is
 * what has to be said. Errors: as of the exports. Thread-safe. */
sagitta_status sg_markers_mm_new(sg_markers_mm **out, const sagitta_tracks *tracks,
                                 const sagitta_export_settings *settings, sagitta_export_note *note,
                                 sagitta_error *error);
void sg_markers_mm_free(sg_markers_mm *markers); /* NULL-safe */

#endif
