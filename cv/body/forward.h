/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The planar body: from a posture to where its markers are.
 *
 * Frame: the person faces +x, y is up, the origin is the hip marker. Lengths are in units of the distance from hip
 * to knee marker at the start; angles in degrees, forward positive, change from the start. Six lumbar and twelve
 * thoracic joints carry the shoulder at T3; the curve is a chain of straight parts. Stateless,
 * thread-safe.
 */
#ifndef SAGITTA_FORWARD_H
#define SAGITTA_FORWARD_H

#include <stdbool.h>

#include "body/anatomy.h"

typedef struct sg_point {
  double x, y;
} sg_point;

/* What the camera saw of one posture, against the start. */
typedef struct sg_sighting {
  sg_point start_shoulder, start_knee; /* from the hip marker; start_knee has length 1 */
  sg_point shoulder, knee;             /* now, from the hip marker */
  double trunk_deg;                    /* turn of the hip → shoulder line */
  double pelvis_deg, ribs_deg;         /* turn of the strips */
  bool has_knee, has_pelvis, has_ribs; /* the shoulder is always there */
  bool hip_on_pelvis;                  /* the hip point is a strip's end and rides on the pelvis, not on the thigh */
  double point_noise;                  /* standard error of shoulder, hip and knee: same unit as they */
  double pelvis_noise_deg, ribs_noise_deg;
  double unrest; /* standard error of the start posture: same unit, 0 when it was still */
  /* Standard deviations of what the camera may do to each, beyond noise: lens, perspective. Same unit; deg. */
  double shoulder_camera, knee_camera, pelvis_camera_deg, ribs_camera_deg;
  double
      yaw_known;   /* how much of the table's doubt about the yaw is gone: 0 none, 1 all; below 0 it is more doubtful */
  double across;   /* by how much, of a length, what lies across the picture is taken to be shortened */
  double seated;   /* 0–1: from standing (0) to sitting with the legs out (1) at the start */
  bool free_thigh; /* the thigh may turn as it likes, not as in a bend with straight knees */
} sg_sighting;

/* How much of the table's person error is believed: 1 and 1 but in tests. */
typedef struct sg_spread {
  double skin;      /* scales every SKIN row */
  double placement; /* scales the placement part of markers */
} sg_spread;

typedef enum sg_quantity {
  SG_Q_PELVIS = 0, /* deg: rotation in space */
  SG_Q_RIBS = 1,   /* deg */
  SG_Q_HINGE = 2,  /* deg: pelvis − thigh */
  SG_Q_LUMBAR = 3, /* deg: ribs − pelvis */
  SG_Q_SHARE = 4,  /* fraction: lumbar / (lumbar + hinge) */
  SG_Q_THIGH = 5,  /* deg */
  SG_QUANTITIES = 6
} sg_quantity;

/* Seen: two of the standing shoulder, two each of shoulder and knee now, two strips. */
#define SG_SEEN 8

/* A sighting made ready: what each latent means for it, and how far each residual may lie from zero. */
typedef struct sg_scene {
  sg_sighting seen;
  double mean[SG_LATENTS], spread[SG_LATENTS];
  double growth;                       /* 0–1, of skin sliding */
  double reach;                        /* 0–1, of the shoulder sliding forward as the arms reach */
  sg_point shoulder_mean;              /* cm, from T3 in its frame */
  double pelvis_skin;                  /* deg: what skin makes of it on average */
  double shoulder_spread;              /* cm */
  double hip_cm, shoulder_cm, knee_cm; /* sliding of the markers, standard deviations */
  double pelvis_deg, ribs_deg;         /* standard deviations of the strips: skin and camera */
} sg_scene;

void sg_scene_prepare(sg_scene *scene, const sg_sighting *seen, const sg_spread *spread);

/*
 * For latents u (standard normals): residuals in standard deviations, independent of each other (zero where nothing
 * was seen), the logarithm of the volume factor, and the quantities. Any of the last two may be NULL.
 */
void sg_forward(const sg_scene *scene, const double u[SG_LATENTS], double residual[SG_SEEN], double *log_volume,
                double quantity[SG_QUANTITIES]);

/* L5/S1, and above each of the six lumbar and of the ten thoracic parts up to T3. */
#define SG_PATH 17

/* The spine of a body with these latents (values, not normals), turned and flexed from standing: cm from the hip joint.
 * Returns how the part that carries the shoulder leans, deg. */
double sg_body_path(const double latents[SG_LATENTS], double pelvis_deg, double ribs_deg, double thoracic_deg,
                    sg_point path[SG_PATH]);

/* 0–1: how far skin has slid when the trunk has turned by so much. */
double sg_growth(double trunk_deg);

#endif
