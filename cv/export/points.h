/* SPDX-License-Identifier: Apache-2.0 */
/* Tracks as points in the plane of movement: what TRC and C3D hold. */
#ifndef SAGITTA_EXPORT_POINTS_H
#define SAGITTA_EXPORT_POINTS_H

#include "camera/view.h"
#include "sagitta/export.h"

#define SG_POINTS_MAX (2 * SAGITTA_ROLES)

typedef struct sg_point {
  sagitta_state state;
  double x, y;  /* mm: to the right in the picture, up; unknown where LOST */
  double sigma; /* mm, standard error per axis; NAN = unknown */
} sg_point_mm;

typedef struct sg_points {
  size_t rows, count;
  char name[SG_POINTS_MAX][24]; /* "knee", "hip_a" */
  const char *meaning[SG_POINTS_MAX];
  double *time;    /* s */
  sg_point_mm *at; /* [rows][count] */
  bool even;       /* every row lies within 1 ms of an even grid */
  double rate;     /* frames/s, the mean; 0 of a single row */
  sagitta_scale_source from;
  sg_view view;
  double mm_per_px, scale_sd;  /* of plane px */
  double sigma[SAGITTA_ROLES]; /* px: mean standard error where seen; NAN = unknown */
  double left, top;            /* mm: plane px that would be the picture's (0, 0), were its middle the optical axis */
} sg_points;

/* On success *out belongs to the caller (sg_points_free). Errors: as of the exports. */
sagitta_status sg_points_new(sg_points **out, const sagitta_tracks *tracks, const sagitta_export_settings *settings,
                             sagitta_error *error);
void sg_points_free(sg_points *points); /* NULL-safe */

sagitta_export_note sg_points_note(const sg_points *points);

#endif
