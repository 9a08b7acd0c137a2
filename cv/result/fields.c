/* SPDX-License-Identifier: Apache-2.0 */
#include "result/fields.h"

#include "sagitta/result.h"

/* Limits are those of sense, not of anatomy: outside of them a document was not written by this program. */
#define DEGREES SG_ANGLE_DECIMALS, -1080, 1080
#define SHARE   SG_SHARE_DECIMALS, -100, 100
#define CM      SG_ANGLE_DECIMALS, -1000, 1000
#define SECONDS SG_TIME_DECIMALS, -1e6, 1e6
#define SPEED   SG_ANGLE_DECIMALS, -1e6, 1e6

#define REPETITION(key, name, kind) \
  { key, offsetof(sagitta_repetition, name), kind }
#define SUMMARY(key, name, kind) \
  { key, offsetof(sagitta_summary, name), kind }

const sg_field sg_repetition_fields[] = {
  REPETITION("hip_hinge_deg", hip_hinge, DEGREES),
  REPETITION("lumbar_flexion_deg", lumbar_flexion, DEGREES),
  REPETITION("lumbar_share", lumbar_share, SHARE),
  REPETITION("pelvic_rotation_deg", pelvic_rotation, DEGREES),
  REPETITION("trunk_thigh_deg", trunk_thigh, DEGREES),
  REPETITION("knee_flexion_deg", knee_flexion, DEGREES),
  REPETITION("reach_cm", reach, CM),
  REPETITION("hip_lag_s", hip_lag, SECONDS),
  REPETITION("peak_velocity_deg_s", peak_velocity, SPEED),
  REPETITION("hip_onset_s", hip_onset, SECONDS),
  REPETITION("lumbar_onset_s", lumbar_onset, SECONDS),
  REPETITION("hip_velocity_deg_s", hip_velocity, SPEED),
  REPETITION("lumbar_velocity_deg_s", lumbar_velocity, SPEED),
  REPETITION("smoothness", smoothness, SHARE),
  REPETITION("weight_shift", weight_shift, SHARE),
  REPETITION("weight_shift_cm", weight_shift_cm, CM),
  REPETITION("leg_raise_deg", leg_raise, DEGREES),
  REPETITION("knee_angle_deg", knee_angle, DEGREES),
  REPETITION("hip_angle_deg", hip_angle, DEGREES),
  REPETITION("fingertip_to_floor_cm", fingertip_to_floor, CM),
  REPETITION("neutral_hold_s", neutral_hold, SECONDS),
  REPETITION("pelvis_tilt_deg", pelvis_tilt, DEGREES),
  REPETITION("ribs_tilt_deg", ribs_tilt, DEGREES),
  { .key = NULL },
};

const sg_field sg_summary_fields[] = {
  SUMMARY("hip_hinge_deg", hip_hinge, DEGREES),
  SUMMARY("lumbar_flexion_deg", lumbar_flexion, DEGREES),
  SUMMARY("lumbar_share", lumbar_share, SHARE),
  SUMMARY("pelvic_rotation_deg", pelvic_rotation, DEGREES),
  SUMMARY("trunk_thigh_deg", trunk_thigh, DEGREES),
  SUMMARY("knee_flexion_deg", knee_flexion, DEGREES),
  SUMMARY("reach_cm", reach, CM),
  SUMMARY("leg_raise_deg", leg_raise, DEGREES),
  SUMMARY("knee_angle_deg", knee_angle, DEGREES),
  SUMMARY("hip_angle_deg", hip_angle, DEGREES),
  SUMMARY("fingertip_to_floor_cm", fingertip_to_floor, CM),
  SUMMARY("neutral_hold_s", neutral_hold, SECONDS),
  SUMMARY("pelvis_tilt_deg", pelvis_tilt, DEGREES),
  SUMMARY("ribs_tilt_deg", ribs_tilt, DEGREES),
  { .key = NULL },
};

const sg_field sg_phase_fields[] = {
  { "lumbar_share", offsetof(sagitta_phase, lumbar_share), SHARE },
  { .key = NULL },
};

const char *const sg_kind_names[] = { "video", "pictures", "camera", "tracks", NULL };
const char *const sg_matrix_names[] = { "bt601", "bt709", "bt2020", NULL };
const char *const sg_scale_names[] = { "none", "ruler", "plane", "stature", NULL };
const char *const sg_sex_names[] = { "f", "m", NULL };

const char *sg_field_word(const char *const *words, int value) {
  for (int i = 0; words[i]; i++) {
    if (i == value) return words[i];
  }
  return NULL;
}
