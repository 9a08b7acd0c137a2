/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to simulate/. From a pose (change of joint angles) to where bones are: legs on fixed ankles, pelvis,
 * seventeen vertebrae, shoulder girdle, arm. */
#ifndef SG_SIMULATE_SKELETON_H
#define SG_SIMULATE_SKELETON_H

#include "simulate/people.h"

/* Change from standing, deg, forward positive. */
typedef struct sg_pose {
  double pelvis, thigh, knee; /* rotations in space; knee flexion */
  double lumbar, thoracic;    /* flexion of joints 0–6, of joints 7–16 */
  double lumbar_done;         /* 0–1: fraction of the lumbar flexion that is reached, for which level moves first */
  double protraction, shrug, reach; /* deg of the clavicle; of the arm ahead of the vertical */
} sg_pose;

/* cm, the malleolus at x = 0, the floor at y = 0; leans in deg of change from standing. */
typedef struct sg_skeleton {
  sg_xy ankle, knee, hip, sacrum, ribs, top, acromion, fingertip; /* ribs: top of T12; top: T1 */
  double shank, thigh, pelvis, upper;                             /* upper: the rib cage under the shoulder, T1–T4 */
  double vertebra[SG_JOINTS];
} sg_skeleton;

void sg_skeleton_set(sg_skeleton *skeleton, const sg_person *person, const sg_pose *pose);
void sg_skeleton_stand(sg_skeleton *skeleton, const sg_person *person);
/* (x, y) turned forward by deg. */
sg_xy sg_turned(sg_xy v, double deg);

#endif
