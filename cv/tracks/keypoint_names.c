/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names of keypoints. OpenPose's BODY_25 and what Pose2Sim makes of HALPE_26 and COCO bear the same ones (RHip, LKnee,
 * Neck); Sports2D and OpenCap write them into TRC as they are. OpenCap adds the markers that a second network makes of
 * them (r_knee_study, RHJC_study). Networks themselves, and MMPose, write right_hip.
 */
#include "tracks/keypoint_names.h"

#define LISTS 3
#define SIDES 2

/* The joints of SHOULDER to ANKLE, right and left. The first list of which a file has hip and knee counts: OpenCap's
 * second network has been trained on few movements, and none of them is a bend (Falisse 2024). */
static const char *const joints[LISTS][SIDES][SAGITTA_ANKLE + 1] = {
  { { "RShoulder", "RHip", "RKnee", "RAnkle" }, { "LShoulder", "LHip", "LKnee", "LAnkle" } },
  { { "right_shoulder", "right_hip", "right_knee", "right_ankle" },
    { "left_shoulder", "left_hip", "left_knee", "left_ankle" } },
  { { "r_shoulder_study", "RHJC_study", "r_knee_study", "r_ankle_study" },
    { "L_shoulder_study", "LHJC_study", "L_knee_study", "L_ankle_study" } },
};

/* What nobody puts a sticker on, or names so: one of them beside hip and knee tells a list of keypoints. */
static const char *const others[] = {
  "Nose",    "Neck",  "Head",  "REye",     "LEye",      "REar",      "LEar",
  "RBigToe", "RHeel", "LHeel", "midHip",   "LBigToe",   "RSmallToe", "LElbow",
  "RElbow",  "nose",  "neck",  "left_ear", "right_eye", "C7_study",  "r.ASIS_study"
};

static size_t find(const sg_span *names, size_t count, const char *wanted) {
  for (size_t i = 0; i < count; i++) {
    if (sg_span_is(names[i], wanted)) return i;
  }
  return count;
}

static bool has(const sg_span *names, size_t count, const char *const list[SAGITTA_ANKLE + 1]) {
  return find(names, count, list[SAGITTA_HIP]) < count && find(names, count, list[SAGITTA_KNEE]) < count;
}

bool sg_names_are_keypoints(const sg_span *names, size_t count) {
  bool legs = false, other = false;
  for (int list = 0; list < LISTS; list++) {
    legs = legs || has(names, count, joints[list][0]) || has(names, count, joints[list][1]);
  }
  for (size_t i = 0; legs && !other && i < sizeof others / sizeof *others; i++) {
    other = find(names, count, others[i]) < count;
  }
  return other;
}

size_t sg_find_keypoint(const sg_span *names, size_t count, sagitta_role role, sagitta_side side) {
  const int left = side == SAGITTA_SIDE_LEFT;
  for (int list = 0; list < LISTS && role <= SAGITTA_ANKLE; list++) {
    if (has(names, count, joints[list][left])) return find(names, count, joints[list][left][role]);
  }
  return count;
}
