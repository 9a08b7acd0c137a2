/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "simulate/skeleton.h"
#include "base/math.h"

sg_xy sg_turned(sg_xy v, double deg) {
  const double c = cos(deg * SG_RADIANS), s = sin(deg * SG_RADIANS);
  return (sg_xy){ v.x * c + v.y * s, v.y * c - v.x * s };
}

/* `length` further from `from`, leaning forward by deg. */
static sg_xy along(sg_xy from, double length, double deg) {
  return (sg_xy){ from.x + length * sin(deg * SG_RADIANS), from.y + length * cos(deg * SG_RADIANS) };
}

/* Flexion of each lumbar joint: its part of the whole, more of it early where the upper joints go first. */
static void flex_joints(const sg_person *p, const sg_pose *pose, double flexion[SG_JOINTS]) {
  double part[SG_LUMBAR_JOINTS], sum = 0;
  for (int i = 0; i < SG_LUMBAR_JOINTS; i++) {
    const double rank = 2.0 * i / (SG_LUMBAR_JOINTS - 1) - 1;
    part[i] = p->joint_part[i] * fmax(0, 1 + p->cascade * rank * (1 - pose->lumbar_done));
    sum += part[i];
  }
  for (int i = 0; i < SG_JOINTS; i++) {
    flexion[i] = i < SG_LUMBAR_JOINTS ? pose->lumbar * part[i] / sum : pose->thoracic * p->joint_part[i];
  }
}

static void set_spine(sg_skeleton *f, const sg_person *p, const sg_pose *pose, sg_xy *second) {
  double flexion[SG_JOINTS];
  flex_joints(p, pose, flexion);
  sg_xy at = f->sacrum;
  double lean = p->sacral_slope + pose->pelvis, changed = pose->pelvis;
  for (int i = 0; i < SG_JOINTS; i++) {
    lean += p->standing[i] + flexion[i];
    changed += flexion[i];
    f->vertebra[i] = changed;
    at = along(at, p->length[i], lean);
    if (i == SG_T12) f->ribs = at;
    if (i == SG_T2) *second = at;
  }
  f->top = at;
}

static void set_shoulder(sg_skeleton *f, const sg_person *p, const sg_pose *pose, sg_xy second) {
  double upper = 0;
  for (int i = SG_T4; i <= SG_T1; i++) upper += f->vertebra[i] / (SG_T1 - SG_T4 + 1);
  f->upper = upper;
  const double back = (p->retraction - pose->protraction) * SG_RADIANS, up = (p->elevation + pose->shrug) * SG_RADIANS;
  const sg_xy clavicle = { -p->clavicle * cos(up) * sin(back), p->clavicle * sin(up) };
  const sg_xy acromion = sg_turned((sg_xy){ p->sternum.x + clavicle.x, p->sternum.y + clavicle.y }, upper);
  f->acromion = (sg_xy){ second.x + acromion.x, second.y + acromion.y };
  f->fingertip = along(f->acromion, -p->arm, -pose->reach);
}

void sg_skeleton_set(sg_skeleton *skeleton, const sg_person *p, const sg_pose *pose) {
  skeleton->thigh = pose->thigh;
  skeleton->shank = pose->thigh + pose->knee;
  skeleton->pelvis = pose->pelvis;
  skeleton->ankle = (sg_xy){ 0, p->ankle_height };
  skeleton->knee = along(skeleton->ankle, p->shank, skeleton->shank);
  skeleton->hip = along(skeleton->knee, p->thigh, skeleton->thigh);
  skeleton->sacrum = along(skeleton->hip, p->pelvis_length, pose->pelvis - p->pelvic_tilt);
  sg_xy second = { 0, 0 };
  set_spine(skeleton, p, pose, &second);
  set_shoulder(skeleton, p, pose, second);
}

void sg_skeleton_stand(sg_skeleton *skeleton, const sg_person *person) {
  static const sg_pose standing = { 0 };
  sg_skeleton_set(skeleton, person, &standing);
}
