/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/body. The planar body: from a posture to where its markers are.
 *
 * Frame: the person faces +x, y is up, the origin is the hip marker. Lengths are in units of the distance from hip
 * to knee marker at the start; angles in degrees, forward positive, change from the start. Six lumbar and twelve
 * thoracic joints carry the shoulder at T3; the curve is a chain of straight parts. Stateless, thread-safe.
 */
#ifndef SG_BODY_MODEL_H
#define SG_BODY_MODEL_H

#include "body/observation.h"

/* How much of the table's person error is believed: 1 and 1 but in tests. */
typedef struct sg_spread {
  double skin;      /* scales every SKIN row */
  double placement; /* scales the placement part of markers */
} sg_spread;

/* Residuals: two of the standing shoulder, two each of shoulder and knee now, two strips. */
#define SG_RESIDUALS 8

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

#endif
