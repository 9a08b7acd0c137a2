/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to calibration. The plane of movement in the making: from what is asked to points (plane_calibration.c) by
 * what the source shows (plane_references.c), from points to the plane (plane_fit.c), how good it is (plane_report.c).
 * Not thread-safe: one sg_plane_making per thread.
 */
#ifndef SG_CALIBRATION_PLANE_CALIBRATION_H
#define SG_CALIBRATION_PLANE_CALIBRATION_H

#include "calibration/board.h"

/* ---- plane_references.c: what a source shows ---- */

/* Size of the upright picture. Errors: those of the source. */
sagitta_status sg_plane_size(const sagitta_source *source, int *width, int *height, sagitta_error *error);
/* The sharpest of the first sightings of the board: corners in upright px (sagitta_free). Errors: those of the source,
 * NO_MEASUREMENT with what is there instead, CANCELLED. */
sagitta_status sg_plane_find_board(const sagitta_source *source, const sagitta_plane_settings *settings, double **xy,
                                   double *at_s, sagitta_error *error);
/* The two ruler marks, the one nearer the soles first. Errors: those of the source; NO_MEASUREMENT unless exactly two
 * still yellow things are off the body. */
sagitta_status sg_plane_find_marks(const sagitta_source *source, const sagitta_plane_settings *settings, double xy[4],
                                   sagitta_error *error);
/* The knee, then the shoulder marker of somebody who stands still and upright at the start: x, y of each, upright px.
 * Errors: those of tracking; NO_MEASUREMENT unless there is such a person. */
sagitta_status sg_plane_find_standing(const sagitta_source *source, const sagitta_plane_settings *settings,
                                      double xy[4], sagitta_error *error);

/* ---- plane_fit.c ---- */

/* What is fitted. px are undistorted. */
typedef struct sg_plane_data {
  double *px, *cm;  /* x, y pairs, cm with y up */
  size_t count;     /* at least 2 */
  bool perspective; /* a homography (at least 4 points), else a similarity */
  bool has_plumb;
  double plumb[4]; /* undistorted px */
  double focal_px, cx, cy;
} sg_plane_data;

/* What is asked of a plane, in the middle of the points. */
typedef struct sg_plane_answer {
  double to_cm[9];
  double cm_per_px, level_deg, tilt_deg;
  double fit_px; /* RMS of the residuals per coordinate with the fit's own freedom taken off; 0 when there is none */
} sg_plane_answer;

/* Errors: MEMORY; ARGUMENT (the points coincide or lie on one line). */
sagitta_status sg_plane_fit(const sg_plane_data *data, sg_plane_answer *answer, sagitta_error *error);
/* The text of such a status of this file; returns it. */
sagitta_status sg_plane_fail(sagitta_status status, sagitta_error *error);
/* Standard deviations of scale (as a share), level and tilt when each coordinate of px is off by sigma_px, and each of
 * the plumb line's by plumb_px: first-order propagation. `data` is changed and changed back. Errors: as above, without
 * a text. */
sagitta_status sg_plane_spread(sg_plane_data *data, const sg_plane_answer *middle, double sigma_px, double plumb_px,
                               double *scale_share, double *level_deg, double *tilt_deg);

/* The same for a lens that is not known: radial distortion k1 about (cx, cy) with the standard deviation usual_k1, or
 * as much as makes the points fit best, if that is more. Errors: as above, without a text. */
sagitta_status sg_plane_lens_spread(const sg_plane_data *data, const sg_plane_answer *middle, double usual_k1,
                                    double *scale_share, double *level_deg, double *tilt_deg);

/* ---- plane_report.c ---- */

typedef struct sg_plane_making {
  const sagitta_plane_settings *settings;
  sagitta_plane_report report;
  sg_plane_data data; /* px and cm owned */
  sg_plane_answer answer;
  bool has_upright;  /* what is upright is known: */
  double upright[4]; /* two places on it, px as seen: a plumb line, a standing person */
  double lens_scale; /* part of the scale's standard deviation: of a lens that is not known */
} sg_plane_making;

/* With data and answer there: fill report and its plane, or refuse them. Errors: ARGUMENT, NO_MEASUREMENT, MEMORY. */
sagitta_status sg_plane_judge(sg_plane_making *m, sagitta_error *error);

#endif
