/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to samples/render. A planar body in space: postures.c puts legs and arms, planar_body.c adds pelvis, five
 * lumbar vertebrae between six joints, twelve thoracic vertebrae, neck and head, stickers.c the markers on it. Body
 * coordinates (basics.h).
 */
#ifndef SAMPLE_RENDER_PLANAR_BODY_H
#define SAMPLE_RENDER_PLANAR_BODY_H

#include "render/movements.h"

/* Proportions as shares of stature (Drillis & Contini as given by Winter, Biomechanics and Motor Control of Human
 * Movement). */
#define SAMPLE_ANKLE_HEIGHT     0.039
#define SAMPLE_SHANK_LENGTH     0.246
#define SAMPLE_THIGH_LENGTH     0.245
#define SAMPLE_UPPER_ARM_LENGTH 0.186
#define SAMPLE_FOREARM_LENGTH   0.146
#define SAMPLE_HAND_LENGTH      0.108

/* What people sit and lie on, cm. */
#define SAMPLE_TABLE       60.0 /* height of the table they lie on */
#define SAMPLE_STEP_HEIGHT 40.0
#define SAMPLE_REACH_BOARD 26.0 /* height of the ruler that a sitting person reaches along */

#define SAMPLE_SPINE 18 /* tops of S1, L5 … L1, T12 … T1 */
#define SAMPLE_T12   6  /* index in spine[]; S1 is 0, L5 1 … L1 5 */
#define SAMPLE_T3    15
#define SAMPLE_T1    17

typedef struct sample_limb {
  sample_point root, mid, tip, end; /* hip knee ankle toe-side; shoulder elbow wrist fingertip */
} sample_limb;

typedef struct sample_pose {
  sample_limb leg[2], arm[2]; /* 0 near the camera, 1 far; leg end unused */
  double foot_tilt[2];        /* deg, toes up positive */
  sample_point hip, shoulder, neck, head;
  sample_point spine[SAMPLE_SPINE];
  double tilt[SAMPLE_SPINE];       /* deg forward of each vertebra, world */
  double pelvis, chest, head_tilt; /* deg forward, world, 0 when standing neutrally */
  double ribs, thigh, shank;       /* thigh: knee → hip, shank: ankle → knee, deg forward of straight up */
  double sole;                     /* cm, where the soles are: x when sitting, else y */
  double stature;
} sample_pose;

/* --- postures.c: where legs and arms are --- */

/* Legs, hip and soles of the movement's posture. */
void sample_posture_legs(const sample_options *o, const sample_motion *motion, sample_pose *pose);
/* Arms from the shoulders, which are given: hanging, reaching or behind the head. */
void sample_posture_arms(const sample_options *o, const sample_motion *motion, sample_pose *pose);
/* Upper arm deg forward of straight down, elbow flexion on top of it. */
void sample_hang_arm(sample_limb *arm, double stature, double upper, double elbow);
/* The point `grip` cm beyond the elbow reaches the target, elbow behind the line. */
void sample_reach_arm(sample_limb *arm, double stature, double grip, sample_point target);
/* How far ahead of the standing ankle the one on the step is, cm. */
double sample_step_ahead(double stature);
/* The x of a sitting person's soles. */
double sample_sitting_sole(const sample_options *o);
/* The fingertip, cm beyond the soles; NAN when lying. */
double sample_reach(const sample_options *o, const sample_pose *pose);

/* --- planar_body.c --- */

/* The bending person at a motion, arms as the posture has them. */
void sample_person_pose(const sample_options *o, const sample_motion *motion, sample_pose *pose);
/* Somebody who stands, or walks; `phase` 1 is two steps. */
void sample_person_stand(double stature, sample_pose *pose);
void sample_person_walk(double stature, double phase, sample_pose *pose);
/* Hip, trunk and head of neutral standing, without arms. */
void sample_person_neutral(double stature, sample_pose *pose);
/* Where a point that belongs to a vertebra in the pose `stand` is in the other. */
sample_point sample_carried(const sample_pose *stand, const sample_pose *pose, int vertebra, sample_point point);

/* --- stickers.c: the markers on the person --- */

typedef struct sample_sticker {
  int role;
  bool strip;
  sample_point centre;
  double tilt;          /* strips: deg forward of vertical, lower end to upper */
  double length, width; /* cm; a disc has its diameter as width */
  bool over_arm;        /* worn on the arm or shoulder: nothing of the body covers it */
} sample_sticker;

/* The markers of the set on a pose, at most SAMPLE_ROLES; returns how many. */
int sample_stickers_worn(const sample_options *o, const sample_pose *pose, const sample_motion *motion, double disc_cm,
                         sample_sticker *out);
/* Move the marker that comes off, --fall, among the `n` of sample_stickers_worn, to where it is at a time of the scene.
 */
void sample_stickers_fall(const sample_options *o, double scene_s, double disc_cm, sample_sticker *sticker, int n);
/* The ruler's two marks, where there is a ruler: two or none. */
int sample_stickers_ruler(const sample_options *o, double disc_cm, sample_sticker *out);
/* Where ruler mark 0 or 1 is; `along` (may be NULL) is the direction from the first to the second. */
sample_point sample_ruler_mark(const sample_options *o, int mark, sample_point *along);
/* The person at a time of the scene, the near hand on whatever marker it then hides. */
void sample_pose_at(const sample_options *o, double scene_s, const sample_motion *motion, sample_pose *pose);

#endif
