/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <string.h>

#include "assess/fields.h"
#include "sagitta/result.h"

static const sagitta_quantity_info rows[] = {
  { "hip_hinge_deg", "Hip hinge", "°", 1, 0 },
  { "lumbar_flexion_deg", "Lumbar flexion", "°", 1, 0 },
  { "lumbar_share", "Lumbar share", "%", 100, 0 },
  { "pelvic_rotation_deg", "Pelvis turned", "°", 1, 0 },
  { "trunk_thigh_deg", "Trunk–thigh", "°", 1, 0 },
  { "knee_flexion_deg", "Knee flexion", "°", 1, 0 },
  { "reach_cm", "Reach", "cm", 1, 1 },
  { "fingertip_to_floor_cm", "Above the floor", "cm", 1, 1 },
  { "leg_raise_deg", "Leg raised", "°", 1, 0 },
  { "knee_angle_deg", "Knee angle", "°", 1, 0 },
  { "hip_angle_deg", "Hip angle", "°", 1, 0 },
  { "neutral_hold_s", "Held neutral", "s", 1, 1 },
  { "pelvis_tilt_deg", "Pelvis strip", "°", 1, 1 },
  { "ribs_tilt_deg", "Ribs strip", "°", 1, 1 },
  { "hip_lag_s", "Hips after back", "s", 1, 2 },
  { "peak_velocity_deg_s", "Greatest speed", "°/s", 1, 0 },
  { "hip_velocity_deg_s", "Hips, greatest speed", "°/s", 1, 0 },
  { "lumbar_velocity_deg_s", "Back, greatest speed", "°/s", 1, 0 },
  { "hip_onset_s", "Hips set off", "s", 1, 2 },
  { "lumbar_onset_s", "Back sets off", "s", 1, 2 },
  { "smoothness", "Smoothness", "", 1, 2 },
  { "weight_shift", "Hips moved back", "%", 100, 0 },
  { "weight_shift_cm", "Hips moved back", "cm", 1, 1 },
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
