/* SPDX-License-Identifier: Apache-2.0 */
/* From smoothed marker positions to plain angles: which way the person faces, how they stand, how the parts turn. */
#ifndef SAGITTA_MOTION_H
#define SAGITTA_MOTION_H

#include "body/forward.h"
#include "body/signals.h"
#include "camera/view.h"

/* Where things are on average over some rows. Plane px, y down; deg; NAN = unknown. */
typedef struct sg_places {
  double at[SAGITTA_ROLES][2], axis[SAGITTA_ROLES];
} sg_places;

/* How a movement starts. */
typedef enum sg_start {
  SG_START_STANDING, /* upright, the thigh under the trunk */
  SG_START_STEPPING, /* upright, one foot on a step or a chair: the thigh anywhere from 15 deg off upright to level */
  SG_START_LONG_SITTING, /* trunk upright, legs out */
  SG_START_LYING,        /* on the back, legs out */
  SG_START_LYING_90,     /* on the back, thigh upright, knee bent */
  SG_STARTS
} sg_start;

/* What a test asks of it. */
typedef struct sg_opening {
  sg_start start;
  unsigned roles;  /* markers without which nothing can be measured: bits 1u << role */
  bool free_thigh; /* the thigh may turn as it likes: bent knees */
  bool quiet;      /* the standing itself is measured; a movement only shows which way the person faces */
} sg_opening;

typedef struct sg_motion {
  const sg_signals *signals; /* not owned */
  sg_view view;              /* the signals', but with the yaw that the strips' lengths tell of */
  double yaw_deg; /* root mean square size of the angle from square-on, as far as strips tell; NAN = they do not */
  double across;  /* of a length: mean shortening across the picture for a yaw of that size */
  double yaw_low_deg, yaw_high_deg; /* 95 % interval of its size */
  size_t rows;
  bool right;     /* faces right in the picture */
  double unit_px; /* hip to knee at the start: the unit of length below */
  double start_from_s, start_to_s;
  size_t start_row, start_rows;                 /* the same as rows */
  sg_places start;                              /* over these rows */
  sg_places start_disturbed[SG_VIEW_ERRORS][2]; /* where another camera would have shown it: [error][down, up] */
  bool start_still;
  sg_point start_shoulder, start_knee, start_ankle; /* from the hip point, facing right, y up; NAN without an ankle */
  double start_axis[SAGITTA_ROLES];                 /* deg, of strips; NAN = unknown */
  double start_lean;                                /* deg: hip → shoulder from straight up */
  double unrest;                                    /* standard error of the start posture, units */
  double start_thigh, start_shank; /* deg: knee → hip, ankle → knee, facing right, from straight up */
  sg_opening opening;
  double seated; /* 0–1: how far from standing to sitting with the legs out the start is */
  double roll;   /* deg: what of the standing lean is put down to the camera, forward positive; 0 where it is level */
  /* Each of `rows`; degrees, forward positive, change from the start; NAN = unknown. */
  double *trunk, *thigh, *shank, *pelvis, *ribs;
} sg_motion;

/*
 * Errors: MEMORY, NO_MEASUREMENT (a needed marker is missing or hidden at the start, the start is another posture,
 * nobody moves, the markers are exchanged or fit no body), with cause and remedy. Belongs to the caller
 * (sg_motion_free); the signals must live longer.
 */
sagitta_status sg_motion_new(sg_motion **out, const sg_signals *signals, const sg_opening *opening,
                             sagitta_error *error);
void sg_motion_free(sg_motion *motion); /* NULL-safe */

/* Fill view and yaw_…: a strip keeps its length, so that what it seems to gain or lose while it turns and
 * travels is the camera's. Without strips the yaw is not known. */
void sg_motion_square(sg_motion *motion);

/* Whether the planar body that stands or sits explains this movement; lying, the plain angles are all there is. */
bool sg_motion_has_body(const sg_motion *motion);

/* Fill start, start_disturbed and roll: a part of the standing person's lean is put down to the camera, where no
 * calibration says what is up. */
void sg_motion_level(sg_motion *motion);

/* The mean of rows [from, to) as the posterior wants it. False when shoulder and hip are never known together. */
bool sg_motion_sighting(const sg_motion *motion, size_t from, size_t to, sg_sighting *sighting);
/* That sighting, if the camera were one standard deviation off: [error][0] down, [error][1] up. */
void sg_motion_disturbed(const sg_motion *motion, size_t from, size_t to, const sg_sighting *sighting,
                         sg_sighting disturbed[SG_VIEW_ERRORS][2]);

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
