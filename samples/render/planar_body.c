/* SPDX-License-Identifier: Apache-2.0 */
#include "render/planar_body.h"

#define ACROMION          0.818
#define LUMBAR_VERTEBRA   0.021
#define THORACIC_VERTEBRA 0.0135
#define LUMBAR_JOINTS     6

/* Standing lean of each vertebra: lordosis of 42°, kyphosis of 44°. */
static const double lean[SAMPLE_SPINE] = { 20, 20, 11, 2, -7, -15, -22, -20, -17, -13, -9, -5, 0, 5, 10, 14, 18, 22 };
/* The lower lumbar joints bend more. */
static const double lumbar_part[LUMBAR_JOINTS] = { 0.23, 0.21, 0.18, 0.15, 0.13, 0.10 };

/* Spine, neck and head upwards from the hip. */
static void build_trunk(sample_pose *pose, const sample_motion *m) {
  double s = pose->stature, bent = m->pelvis;
  pose->pelvis = m->pelvis;
  pose->tilt[0] = lean[0] + bent;
  pose->spine[0] = sample_add(pose->hip, sample_turn((sample_point){ -0.030 * s, 0.055 * s }, m->pelvis));
  for (int i = 1; i < SAMPLE_SPINE; i++) {
    bent += i <= LUMBAR_JOINTS ? m->lumbar * lumbar_part[i - 1] : m->thoracic / (SAMPLE_T1 - SAMPLE_T12);
    pose->tilt[i] = lean[i] + bent;
    pose->spine[i] =
        sample_along(pose->spine[i - 1], s * (i < SAMPLE_T12 ? LUMBAR_VERTEBRA : THORACIC_VERTEBRA), pose->tilt[i]);
    if (i == SAMPLE_T12) pose->ribs = bent;
    if (i == SAMPLE_T3) pose->chest = bent;
  }
  pose->neck = sample_along(pose->spine[SAMPLE_T1], 0.05 * s, 0.9 * (22 + bent));
  pose->head_tilt = 0.9 * bent;
  pose->head = sample_add(pose->neck, sample_turn((sample_point){ 0.010 * s, 0.045 * s }, pose->head_tilt));
}

/* Where a point that belongs to a vertebra when standing has gone. */
sample_point sample_carried(const sample_pose *stand, const sample_pose *pose, int vertebra, sample_point point) {
  sample_point local = sample_turn(sample_subtract(point, stand->spine[vertebra]), -stand->tilt[vertebra]);
  return sample_add(pose->spine[vertebra], sample_turn(local, pose->tilt[vertebra]));
}

static void shoulders(sample_pose *pose, const sample_pose *stand, double protraction) {
  double s = pose->stature;
  pose->shoulder = sample_carried(stand, pose, SAMPLE_T3, (sample_point){ 0, ACROMION * s });
  pose->shoulder = sample_add(pose->shoulder, sample_turn((sample_point){ protraction, 0 }, pose->chest));
  for (int i = 0; i < 2; i++) pose->arm[i].root = pose->shoulder;
}

void sample_person_neutral(double stature, sample_pose *pose) {
  const sample_options standing = { .movement = SAMPLE_MOVE_TOE_TOUCH, .stature = stature };
  *pose = (sample_pose){ .stature = stature };
  sample_posture_legs(&standing, &(sample_motion){ 0 }, pose);
  build_trunk(pose, &(sample_motion){ 0 });
}

void sample_person_pose(const sample_options *o, const sample_motion *m, sample_pose *pose) {
  sample_pose stand;
  sample_person_neutral(o->stature, &stand);
  *pose = (sample_pose){ .stature = o->stature };
  sample_posture_legs(o, m, pose);
  build_trunk(pose, m);
  shoulders(pose, &stand, o->protraction * m->bend);
  sample_posture_arms(o, m, pose);
}

void sample_person_stand(double stature, sample_pose *pose) {
  sample_person_neutral(stature, pose);
  shoulders(pose, pose, 0);
  for (int i = 0; i < 2; i++) sample_hang_arm(&pose->arm[i], stature, -2 + 8 * i, 12);
}

void sample_person_walk(double stature, double phase, sample_pose *pose) {
  double s = stature;
  sample_person_stand(stature, pose);
  double lowest = 1e9;
  for (int i = 0; i < 2; i++) {
    double turn = 2 * M_PI * phase + M_PI * i, swing = sin(turn), lift = fmax(0, cos(turn));
    sample_limb *leg = &pose->leg[i];
    leg->root = pose->hip;
    leg->mid = sample_along(leg->root, -SAMPLE_THIGH_LENGTH * s, -(24 * swing + 8 * lift));
    leg->tip = sample_along(leg->mid, -SAMPLE_SHANK_LENGTH * s, -(24 * swing - 6 - 36 * lift));
    pose->foot_tilt[i] = 18 * swing - 20 * lift;
    lowest = fmin(lowest, leg->tip.y);
    sample_hang_arm(&pose->arm[i], s, -22 * swing, 18);
  }
  double up = SAMPLE_ANKLE_HEIGHT * s - lowest;
  sample_point *all[] = { &pose->hip, &pose->shoulder, &pose->neck, &pose->head };
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) all[i]->y += up;
  for (int i = 0; i < SAMPLE_SPINE; i++) pose->spine[i].y += up;
  for (int i = 0; i < 2; i++) {
    sample_limb *limbs[] = { &pose->leg[i], &pose->arm[i] };
    for (int k = 0; k < 2; k++) {
      limbs[k]->root.y += up;
      limbs[k]->mid.y += up;
      limbs[k]->tip.y += up;
      limbs[k]->end.y += up;
    }
  }
}
