/* SPDX-License-Identifier: Apache-2.0 */
/* From smoothed marker positions to plain angles: which way the person faces, how they stand, how the parts turn. */
#ifndef SAGITTA_MOTION_H
#define SAGITTA_MOTION_H

#include "body/forward.h"
#include "body/signals.h"

typedef struct sg_motion {
  const sg_signals *signals; /* not owned */
  size_t rows;
  bool right;     /* faces right in the picture */
  double unit_px; /* hip to knee at the start: the unit of length below */
  double start_from_s, start_to_s;
  bool start_still;
  sg_point start_shoulder, start_knee, start_ankle; /* from the hip point, facing right, y up; NAN without an ankle */
  double start_axis[SAGITTA_ROLES];                 /* deg, of strips; NAN = unknown */
  double start_lean;                                /* deg: hip → shoulder from straight up */
  double unrest;                                    /* standard error of the start posture, units */
  /* Each of `rows`; degrees, forward positive, change from the start; NAN = unknown. */
  double *trunk, *thigh, *shank, *pelvis, *ribs;
} sg_motion;

/*
 * Errors: MEMORY, NO_MEASUREMENT (a needed marker is missing or hidden at the start, nobody stands upright, nobody
 * moves, the markers are exchanged or fit no body), with cause and remedy. Belongs to the caller (sg_motion_free); the
 * signals must live longer.
 */
sagitta_status sg_motion_new(sg_motion **out, const sg_signals *signals, sagitta_error *error);
void sg_motion_free(sg_motion *motion); /* NULL-safe */

/* The mean of rows [from, to) as the posterior wants it. False when shoulder and hip are never known together. */
bool sg_motion_sighting(const sg_motion *motion, size_t from, size_t to, sg_sighting *sighting);

/*
 * Standard errors (deg) of an angle between two lines at the hip or at the knee, from skin and from the camera.
 * trunk–thigh: hip with shoulder and knee; knee: knee with hip and ankle.
 */
typedef struct sg_line_error {
  double person, camera;
} sg_line_error;
sg_line_error sg_trunk_thigh_error(const sg_motion *motion, size_t row);
sg_line_error sg_knee_error(const sg_motion *motion, size_t row);

#endif
