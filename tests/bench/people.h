/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Simulated people for judging the estimator, built apart from it on purpose: a smooth spine instead of joints, other
 * shares between the levels, skin that slides by another law, proportions drawn from stature.
 */
#ifndef SAGITTA_PEOPLE_H
#define SAGITTA_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "sagitta/markers.h"

typedef struct person {
  double thigh, shank, pelvis_up, pelvis_back, lumbar, thorax; /* cm */
  double lordosis, kyphosis, base;                             /* deg */
  double lower;                                                /* −1…1: flexion towards the lower lumbar joints */
  double shoulder_x, shoulder_y, protraction;                  /* cm */
  double hip_x, hip_y, knee_x;                                 /* placement, cm */
  double slide[4][2];                                          /* skin at full bend, cm: shoulder, hip, knee, ankle */
  double pelvis_skin, ribs_skin;                               /* deg at full bend */
  double yaw;                                                  /* deg */
  double px_per_cm, noise_px;
  bool right;                                          /* faces right */
  double pelvis, lumbar_flexion, thoracic, thigh_lean; /* deg at end range; lumbar_flexion to the ribs strip */
  double lead;                                         /* > 0: the lower back leads the pelvis */
} person;

typedef struct seen_marker {
  double x, y, axis, length; /* px, deg clockwise from up; without noise */
} seen_marker;

typedef struct people_settings {
  double skin, placement; /* 1 and 1; 0 switches them off */
} people_settings;

/* Uniform in (0, 1); standard normal. */
double people_unit(uint64_t *state);
double people_normal(uint64_t *state);

person people_draw(uint64_t *state, const people_settings *settings);

/* Markers when the bend has gone `part` (0–1) of its way. hip_strip: the hip is a strip (set `strip`). */
void people_markers(const person *p, double part, bool hip_strip, seen_marker out[SAGITTA_ROLES]);

#endif
