/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/body. An observation: what the body model is given at one instant. From the hip marker, facing right,
 * y up, levelled; lengths in units of the distance from hip to knee marker at the start; degrees, forward positive,
 * change from the start. Also what its strips and thigh say by themselves, with nothing believed about bodies.
 * Stateless, thread-safe.
 */
#ifndef SG_BODY_OBSERVATION_H
#define SG_BODY_OBSERVATION_H

#include "body/body.h"

typedef struct sg_observation {
  sg_xy start_shoulder, start_knee;    /* from the hip marker; start_knee has length 1 */
  sg_xy shoulder, knee;                /* now, from the hip marker */
  double trunk_deg;                    /* turn of the hip → shoulder line */
  double pelvis_deg, ribs_deg;         /* turn of the strips */
  bool has_knee, has_pelvis, has_ribs; /* the shoulder is always there */
  bool hip_on_pelvis;                  /* the hip point is a strip's end and rides on the pelvis, not on the thigh */
  double point_noise;                  /* standard error of shoulder, hip and knee: same unit as they */
  double pelvis_noise_deg, ribs_noise_deg;
  double doubt; /* 0–1: of how far a start that is no quiet standing may be from it */
  /* Standard deviations of what the camera may do to each, beyond noise: lens, perspective. Same unit; deg. */
  double shoulder_camera, knee_camera, pelvis_camera_deg, ribs_camera_deg;
  double
      yaw_known;   /* how much of the table's doubt about the yaw is gone: 0 none, 1 all; below 0 it is more doubtful */
  double across;   /* by how much, of a length, what lies across the picture is taken to be shortened */
  double seated;   /* 0–1: from standing (0) to sitting with the legs out (1) at the start */
  bool free_thigh; /* the thigh may turn as it likes, not as in a bend with straight knees */
} sg_observation;

/* The mean of rows [from, to). False when shoulder and hip are never known together. */
bool sg_observation_of(const sg_motion *motion, size_t from, size_t to, sg_observation *out);
/* That observation, if the camera were one standard deviation off: [error][0] down, [error][1] up. */
void sg_observation_disturbed(const sg_motion *motion, size_t from, size_t to, const sg_observation *observation,
                              sg_observation disturbed[SG_VIEW_ERRORS][2]);

/* What is measured without a model, strip now − strip at the start. Units of the quantities; NAN where the markers do
 * not measure it. */
typedef struct sg_direct {
  double value[SG_QUANTITIES];
  double camera[SG_QUANTITIES]; /* standard error: noise, and the camera's errors */
} sg_direct;

/* `disturbed`: the observation as other cameras would have shown it, [error][down, up]; may be NULL. */
void sg_measure_directly(const sg_observation *seen, const sg_observation (*disturbed)[2], size_t errors,
                         sg_direct *out);
/* Measured values take the place of inferred ones; an interval is widened where it does not hold them. */
void sg_prefer_direct(const sg_direct *direct, sg_estimate estimate[SG_QUANTITIES]);

#endif
