/* SPDX-License-Identifier: Apache-2.0 */
/* The plane of movement in the making: from what is asked to points (plane.c), and how good they are (plane_judge.c).
 */
#ifndef SAGITTA_CALIBRATION_PLANE_H
#define SAGITTA_CALIBRATION_PLANE_H

#include "plane_fit.h"

typedef struct sg_plane_making {
  const sagitta_plane_settings *settings;
  sagitta_plane_report report;
  sg_plane_data data; /* px and cm owned */
  sg_plane_answer answer;
  bool has_upright;  /* what is upright is known: */
  double upright[4]; /* two places on it, px as seen: a plumb line, a standing person */
  double lens_scale; /* part of the scale's standard deviation: of a lens that is not known */
} sg_plane_making;

/* Whether the settings can be had in pictures of the size that report.camera has. Errors: ARGUMENT. */
sagitta_status sg_plane_check(const sg_plane_making *m, sagitta_error *error);
/* Whether the two places of `what` (px) are far enough from one another. Errors: ARGUMENT. */
sagitta_status sg_plane_check_apart(const char *what, double x1, double y1, double x2, double y2, sagitta_error *error);
/* With data and answer there: fill report and its plane, or refuse them. Errors: ARGUMENT, NO_MEASUREMENT, MEMORY. */
sagitta_status sg_plane_judge(sg_plane_making *m, sagitta_error *error);

sagitta_status sg_plane_no_memory(sagitta_error *error);
/* The points determine no plane. ARGUMENT. */
sagitta_status sg_plane_none(sagitta_error *error);

#endif
