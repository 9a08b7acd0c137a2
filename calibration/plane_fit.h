/* SPDX-License-Identifier: Apache-2.0 */
/* The plane of movement from points, and how surely. */
#ifndef SAGITTA_CALIBRATION_PLANE_FIT_H
#define SAGITTA_CALIBRATION_PLANE_FIT_H

#include "sagitta/calibration.h"

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

/* Errors: MEMORY; ARGUMENT (the points coincide or lie on one line), without a text. */
sagitta_status sg_plane_fit(const sg_plane_data *data, sg_plane_answer *answer);
/* Standard deviations of scale (as a share), level and tilt when each coordinate of px is off by sigma_px, and each of
 * the plumb line's by plumb_px: first-order propagation. `data` is changed and changed back. Errors: as above. */
sagitta_status sg_plane_spread(sg_plane_data *data, const sg_plane_answer *middle, double sigma_px, double plumb_px,
                               double *scale_share, double *level_deg, double *tilt_deg);

/* The same for a lens that is not known: radial distortion k1 about (cx, cy) with the standard deviation usual_k1, or
 * as much as makes the points fit best, if that is more. Errors: as above. */
sagitta_status sg_plane_lens_spread(const sg_plane_data *data, const sg_plane_answer *middle, double usual_k1,
                                    double *scale_share, double *level_deg, double *tilt_deg);

#endif
