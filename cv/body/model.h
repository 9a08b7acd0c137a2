/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/body. The planar body: an observation of it (observation.c), where the markers of a posture are
 * (model.c), and what posture explains an observation, how surely (posterior.c). Stateless; thread-safe.
 */
#ifndef SG_BODY_MODEL_H
#define SG_BODY_MODEL_H

#include "body/body.h"

/* ---- observation.c ---- */

/*
 * An observation: what the body model is given at one instant. From the hip marker, facing right, y up, levelled;
 * lengths in units of the distance from hip to knee marker at the start; degrees, forward positive, change from the
 * start. Also what its strips and thigh say by themselves, with nothing believed about bodies.
 */

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
  sagitta_points points; /* what shoulder, hip and knee are */
  bool guided;           /* hips and lower back may share the bend in any way, not as people do by themselves */
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

/* ---- model.c ---- */

/*
 * From a posture to where its markers are.
 *
 * Frame: the person faces +x, y is up, the origin is the hip marker. Lengths are in units of the distance from hip
 * to knee marker at the start; angles in degrees, forward positive, change from the start. Six lumbar and twelve
 * thoracic joints carry the shoulder at T3; the curve is a chain of straight parts.
 */

/* How much of the table's person error is believed: 1 and 1 but in tests. */
typedef struct sg_spread {
  double skin;      /* scales every SKIN row */
  double placement; /* scales the placement part of markers */
} sg_spread;

/* Residuals: two of the standing shoulder, two each of shoulder and knee now, two strips. */
#define SG_RESIDUALS          8
#define SG_RESIDUALS_STANDING 2 /* the first */

/* An observation made ready: what each latent means for it, and how far each residual may lie from zero. */
typedef struct sg_scene {
  sg_observation seen;
  double mean[SG_LATENTS], spread[SG_LATENTS];
  double growth;                       /* 0–1, of skin sliding */
  double reach;                        /* 0–1, of the shoulder sliding forward as the arms reach */
  sg_xy shoulder_mean;                 /* cm, from T3 in its frame */
  double pelvis_skin;                  /* deg: rotation of a pelvis strip on its bone, mean */
  double shoulder_spread;              /* cm */
  double hip_cm, shoulder_cm, knee_cm; /* sliding of the markers, standard deviations */
  double pelvis_deg, ribs_deg;         /* standard deviations of the strips: skin and camera */
} sg_scene;

void sg_scene_prepare(sg_scene *scene, const sg_observation *seen, const sg_spread *spread);

/*
 * For latents u (standard normals): residuals in standard deviations, independent of each other (zero where nothing
 * was seen), the logarithm of the volume factor, and the quantities. Any of the last two may be NULL.
 */
void sg_forward(const sg_scene *scene, const double u[SG_LATENTS], double residual[SG_RESIDUALS], double *log_volume,
                double quantity[SG_QUANTITIES]);

/* L5/S1, and above each of the six lumbar and of the ten thoracic parts up to T3. */
#define SG_PATH 17

/* The spine of a body with these latents (values, not normals), turned and flexed from standing: cm from the hip joint.
 * Returns how the part that carries the shoulder leans, deg. */
double sg_body_path(const double latents[SG_LATENTS], double pelvis_deg, double ribs_deg, double thoracic_deg,
                    sg_xy path[SG_PATH]);

/* ---- posterior.c ---- */

/*
 * What posture explains an observation, how surely. sg_fit_posture finds the likeliest body and posture and its normal
 * approximation (cheap: used through time); sg_sample draws bodies around it and weighs them (exact: used at end
 * range). Equations: METHOD.md 5: Gauss–Newton; importance sampling with a defensive normal mixture; weighted
 * quantiles.
 */

typedef struct sg_fit {
  double u[SG_LATENTS];                   /* the likeliest latents */
  double factor[SG_LATENTS * SG_LATENTS]; /* Cholesky factor of their precision */
  double value[SG_QUANTITIES];            /* quantities there */
  double spread[SG_QUANTITIES];           /* standard deviations of the normal approximation */
  double camera[SG_QUANTITIES];           /* standard errors from camera noise, lens and yaw alone */
  double misfit;                          /* squared distance from the priors, in standard deviations */
} sg_fit;

/* `from` (may be NULL) is a fit of a neighbouring moment to start from. camera[] stays 0. Thread-safe. */
void sg_fit_posture(sg_fit *fit, const sg_scene *scene, const sg_fit *from);
/* Fill camera[] of a fit to that scene: noise, and what the same posture would have been taken for had the camera been
 * off, [error][down, up] (may be NULL: noise alone). Thread-safe. */
void sg_fit_camera(sg_fit *fit, const sg_scene *scene, const sg_spread *spread, const sg_observation (*disturbed)[2],
                   size_t errors);

/*
 * Draw and weigh; estimate[] gets every quantity. Where too few bodies carry the weight, it is spread over more of them
 * and no interval is narrower than the normal approximation's. Returns the effective number of bodies that the weights
 * have in the end; 0 where no body explains what is seen: the estimates are NAN then.
 */
double sg_sample(sg_sampler *sampler, const sg_scene *scene, const sg_fit *fit, sg_estimate estimate[SG_QUANTITIES]);

#endif
