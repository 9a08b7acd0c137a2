/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <string.h>

#include "result/fields.h"
#include "sagitta/result.h"

static const sagitta_quantity_info rows[] = {
  { "hip_hinge_deg", "Hip hinge", "°", 1, 0, "Hip hinge: the pelvis turns on the thighs." },
  { "lumbar_flexion_deg", "Lumbar flexion", "°", 1, 0, "Lumbar flexion: the lower back rounds." },
  { "lumbar_share", "Lumbar share", "%", 100, 0, "Lumbar share: lumbar flexion's part of the two." },
  { "pelvic_rotation_deg", "Pelvis turned", "°", 1, 0, "Pelvis turned: in space, forward positive." },
  { "trunk_thigh_deg", "Trunk–thigh", "°", 1, 0,
    "Trunk–thigh: the raw angle at the hip marker, which is not the hip hinge." },
  { "knee_flexion_deg", "Knee flexion", "°", 1, 0, "Knee flexion: how far the knee has bent since the start." },
  { "reach_cm", "Reach", "cm", 1, 1, "Reach: beyond the soles; of several the best." },
  { "fingertip_to_floor_cm", "Above floor", "cm", 1, 1,
    "Above floor: the fingertip over the level of the soles; of several the least." },
  { "leg_raise_deg", "Leg raised", "°", 1, 0, "Leg raised: how far the thigh has risen from lying." },
  { "knee_angle_deg", "Knee angle", "°", 1, 0, "Knee angle: what is missing to the straight knee." },
  { "hip_angle_deg", "Hip angle", "°", 1, 0, "Hip angle: thigh against trunk; 90° is a right angle." },
  { "neutral_hold_s", "Held neutral", "s", 1, 1,
    "Held neutral: with the lower back in its neutral band and the hips doing the bending; of several the longest." },
  { "pelvis_tilt_deg", "Pelvis strip", "°", 1, 1, "Pelvis strip: its tilt in space, forward positive." },
  { "ribs_tilt_deg", "Ribs strip", "°", 1, 1, "Ribs strip: its tilt in space, forward positive." },
  { "weight_shift", "Hips went back", "%", 100, 0, "Hips went back: over the ankle, of the thigh's length." },
  { "weight_shift_cm", "Hips went back", "cm", 1, 1, "Hips went back: over the ankle." },
  { "hip_lag_s", "Hips after back", "s", 1, 2,
    "Hips after back: how much later the hips set off than the lower back." },
  { "hip_onset_s", "Hips set off", "s", 1, 2, "Hips set off: when the hip hinge begins." },
  { "lumbar_onset_s", "Back sets off", "s", 1, 2, "Back sets off: when the lumbar flexion begins." },
  { "peak_velocity_deg_s", "Trunk's speed", "°/s", 1, 0, "Trunk's speed: the greatest on the way down." },
  { "hip_velocity_deg_s", "Hips' speed", "°/s", 1, 0, "Hips' speed: the greatest of the hip hinge on the way down." },
  { "lumbar_velocity_deg_s", "Back's speed", "°/s", 1, 0,
    "Back's speed: the greatest of the lumbar flexion on the way down." },
  { "smoothness", "Smoothness", "", 1, 2, "Smoothness: of the trunk's speed (SPARC); nearer to 0 is smoother." },
};

const sagitta_quantity_info *sagitta_quantities(size_t *count) {
  if (count) *count = sizeof rows / sizeof *rows;
  return rows;
}

const sagitta_quantity_info *sagitta_quantity_find(const char *key) {
  for (size_t i = 0; key && i < sizeof rows / sizeof *rows; i++) {
    if (strcmp(rows[i].key, key) == 0) return &rows[i];
  }
  return NULL;
}

static const sagitta_quantity *find(const void *from, const sg_field *field, const char *key) {
  for (; key && field->key; field++) {
    if (strcmp(field->key, key) == 0)
      return (const sagitta_quantity *)(const void *)((const char *)from + field->offset);
  }
  return NULL;
}

const sagitta_quantity *sagitta_repetition_quantity(const sagitta_repetition *repetition, const char *key) {
  return find(repetition, sg_repetition_fields, key);
}

const sagitta_quantity *sagitta_summary_quantity(const sagitta_summary *summary, const char *key) {
  return find(summary, sg_summary_fields, key);
}

const char *sagitta_scale_name(sagitta_scale_source from) {
  return sg_field_word(sg_scale_names, (int)from);
}
