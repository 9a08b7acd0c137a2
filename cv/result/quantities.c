/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>
#include <string.h>

#include "base/math.h"
#include "result/document.h"

/* Kinds of values: decimals that the document keeps, least, most. The limits are those of sense, not of anatomy:
 * outside of them a document was not written by this program. */
#define DEGREES SG_ANGLE_DECIMALS, -1080, 1080
#define SHARE   SG_SHARE_DECIMALS, -100, 100
#define CM      SG_ANGLE_DECIMALS, -1000, 1000
#define SECONDS SG_TIME_DECIMALS, -1e6, 1e6
#define SPEED   SG_ANGLE_DECIMALS, -1e6, 1e6

/* What holds a quantity, and how the repetitions' values become the summary's. */
#define IN_BOTH(member)         offsetof(sagitta_repetition, member), offsetof(sagitta_summary, member)
#define REPETITION(member)      { offsetof(sagitta_repetition, member), SG_NOT_HELD, SG_NOT_HELD }, SG_SUMMARY_NONE
#define MEAN(member)            { IN_BOTH(member), SG_NOT_HELD }, SG_SUMMARY_MEAN
#define GREATEST(member)        { IN_BOTH(member), SG_NOT_HELD }, SG_SUMMARY_GREATEST
#define LEAST(member)           { IN_BOTH(member), SG_NOT_HELD }, SG_SUMMARY_LEAST
#define MEAN_AND_PHASES(member) { IN_BOTH(member), offsetof(sagitta_phase, member) }, SG_SUMMARY_MEAN

/*
 * Every quantity, in the order in which users see them. Columns: its place in the document (a new one takes the next
 * number), key, kind of value, what holds it, label, unit shown, factor from the document's unit to the shown one,
 * decimals shown, meaning. Label and meaning are translated.
 */
#define QUANTITIES(ROW)                                                                                                \
  ROW(0, "hip_hinge_deg", DEGREES, MEAN(hip_hinge), "Hip hinge", "°", 1, 0,                                            \
      "Hip hinge: the pelvis turns on the thighs.")                                                                    \
  ROW(1, "lumbar_flexion_deg", DEGREES, MEAN(lumbar_flexion), "Lumbar flexion", "°", 1, 0,                             \
      "Lumbar flexion: the lower back rounds.")                                                                        \
  ROW(2, "lumbar_share", SHARE, MEAN_AND_PHASES(lumbar_share), "Lumbar share", "%", 100, 0,                            \
      "Lumbar share: lumbar flexion's part of the two.")                                                               \
  ROW(3, "pelvic_rotation_deg", DEGREES, MEAN(pelvic_rotation), "Pelvis tilted forward", "°", 1, 0,                    \
      "Pelvis tilted forward: in space; below zero: backward.")                                                        \
  ROW(4, "trunk_thigh_deg", DEGREES, MEAN(trunk_thigh), "Trunk–thigh", "°", 1, 0,                                      \
      "Trunk–thigh: the angle at the hip marker, no sum of the two: a round back takes the shoulder along by less.")   \
  ROW(5, "knee_flexion_deg", DEGREES, MEAN(knee_flexion), "Knee flexion", "°", 1, 0,                                   \
      "Knee flexion: how far the knee has bent since the start.")                                                      \
  ROW(6, "reach_cm", CM, GREATEST(reach), "Reach", "cm", 1, 1, "Reach: beyond the soles; of several the best.")        \
  ROW(19, "fingertip_to_floor_cm", CM, LEAST(fingertip_to_floor), "Above floor", "cm", 1, 1,                           \
      "Above floor: the fingertip over the level of the soles; of several the least.")                                 \
  ROW(16, "leg_raise_deg", DEGREES, MEAN(leg_raise), "Leg raised", "°", 1, 0,                                          \
      "Leg raised: how far the thigh has risen from lying.")                                                           \
  ROW(17, "knee_angle_deg", DEGREES, MEAN(knee_angle), "Knee angle", "°", 1, 0,                                        \
      "Knee angle: what is missing to the straight knee.")                                                             \
  ROW(18, "hip_angle_deg", DEGREES, MEAN(hip_angle), "Hip angle", "°", 1, 0,                                           \
      "Hip angle: thigh against trunk; 90° is a right angle.")                                                         \
  ROW(20, "neutral_hold_s", SECONDS, GREATEST(neutral_hold), "Held neutral", "s", 1, 1,                                \
      "Held neutral: with the lower back in its neutral band and the hips doing the bending; of several the longest.") \
  ROW(23, "bent_knee_hold_s", SECONDS, GREATEST(bent_knee_hold), "Held, knee bent", "s", 1, 1,                         \
      "Held, knee bent: of the time held neutral, that with the knee 10° or more from straight.")                      \
  ROW(24, "straight_knee_hold_s", SECONDS, GREATEST(straight_knee_hold), "Held, knee straight", "s", 1, 1,             \
      "Held, knee straight: of the time held neutral, that with the knee straight.")                                   \
  ROW(25, "neutral_hinge_deg", DEGREES, MEAN(neutral_hinge), "Hips, back straight", "°", 1, 0,                         \
      "Hips, back straight: how far they bent before the lower back went more than 10° from the person's own "        \
      "standing "                                                                                                      \
      "posture, or in all.")                                                                                           \
  ROW(26, "lumbar_at_50_deg", DEGREES, MEAN(lumbar_at_50), "Back at 50°", "°", 1, 0,                                   \
      "Back at 50°: how far the lower back had rounded when the hips had bent by 50°.")                                \
  ROW(21, "pelvis_tilt_deg", DEGREES, MEAN(pelvis_tilt), "Pelvis strip", "°", 1, 1,                                    \
      "Pelvis strip: its tilt in space, forward positive.")                                                            \
  ROW(22, "ribs_tilt_deg", DEGREES, MEAN(ribs_tilt), "Ribs strip", "°", 1, 1,                                          \
      "Ribs strip: its tilt in space, forward positive.")                                                              \
  ROW(14, "weight_shift", SHARE, REPETITION(weight_shift), "Hips went back", "%", 100, 0,                              \
      "Hips went back: the hip's way backward, in % of the thigh's length.")                                           \
  ROW(15, "weight_shift_cm", CM, REPETITION(weight_shift_cm), "Hips went back", "cm", 1, 1,                            \
      "Hips went back: the hip's way backward over the ankle.")                                                        \
  ROW(7, "hip_lag_s", SECONDS, REPETITION(hip_lag), "Hips after back", "s", 1, 2,                                      \
      "Hips after back: how much later the hips set off than the lower back.")                                         \
  ROW(9, "hip_onset_s", SECONDS, REPETITION(hip_onset), "Hips set off", "s", 1, 2,                                     \
      "Hips set off: when the hip hinge begins.")                                                                      \
  ROW(10, "lumbar_onset_s", SECONDS, REPETITION(lumbar_onset), "Back sets off", "s", 1, 2,                             \
      "Back sets off: when the lumbar flexion begins.")                                                                \
  ROW(8, "peak_velocity_deg_s", SPEED, REPETITION(peak_velocity), "Trunk's speed", "°/s", 1, 0,                        \
      "Trunk's speed: the greatest on the way down.")                                                                  \
  ROW(11, "hip_velocity_deg_s", SPEED, REPETITION(hip_velocity), "Hips' speed", "°/s", 1, 0,                           \
      "Hips' speed: the greatest of the hip hinge on the way down.")                                                   \
  ROW(12, "lumbar_velocity_deg_s", SPEED, REPETITION(lumbar_velocity), "Back's speed", "°/s", 1, 0,                    \
      "Back's speed: the greatest of the lumbar flexion on the way down.")                                             \
  ROW(13, "smoothness", SHARE, REPETITION(smoothness), "Smoothness", "", 1, 2,                                         \
      "Smoothness: of the trunk's speed (SPARC); nearer to 0 is smoother.")

#define SHOWN(place, key, kind, held, label, unit, factor, decimals, meaning) \
  { key, label, unit, factor, decimals, meaning, { 0 } },
static const sagitta_quantity_info shown[] = { QUANTITIES(SHOWN) };

#define KEPT(place, key, kind, held, label, unit, factor, decimals, meaning) [place] = { key, kind, held },
static const sg_quantity_row rows[] = { QUANTITIES(KEPT) };

#define COUNT (sizeof rows / sizeof *rows)
_Static_assert(sizeof shown / sizeof *shown == COUNT, "each quantity has a place of its own in the document");

const sagitta_quantity_info *sagitta_quantities(size_t *count) {
  if (count) *count = COUNT;
  return shown;
}

const sagitta_quantity_info *sagitta_quantity_find(const char *key) {
  for (size_t i = 0; key && i < COUNT; i++) {
    if (strcmp(shown[i].key, key) == 0) return &shown[i];
  }
  return NULL;
}

const sg_quantity_row *sg_quantity_rows(size_t *count) {
  *count = COUNT;
  return rows;
}

const sagitta_quantity *sg_quantity_get(sg_holder holder, const void *of, const sg_quantity_row *row) {
  if (row->at[holder] == SG_NOT_HELD) return NULL;
  return (const sagitta_quantity *)(const void *)((const char *)of + row->at[holder]);
}

sagitta_quantity *sg_quantity_at(sg_holder holder, void *of, const sg_quantity_row *row) {
  if (row->at[holder] == SG_NOT_HELD) return NULL;
  return (sagitta_quantity *)(void *)((char *)of + row->at[holder]);
}

void sg_quantities_clear(sg_holder holder, void *of) {
  for (size_t i = 0; i < COUNT; i++) {
    sagitta_quantity *q = sg_quantity_at(holder, of, &rows[i]);
    if (q) *q = SG_UNKNOWN_QUANTITY;
  }
}

static const sagitta_quantity *find(sg_holder holder, const void *of, const char *key) {
  for (size_t i = 0; key && i < COUNT; i++) {
    if (strcmp(rows[i].key, key) == 0) return sg_quantity_get(holder, of, &rows[i]);
  }
  return NULL;
}

const sagitta_quantity *sagitta_repetition_quantity(const sagitta_repetition *repetition, const char *key) {
  return find(SG_IN_REPETITION, repetition, key);
}

const sagitta_quantity *sagitta_summary_quantity(const sagitta_summary *summary, const char *key) {
  return find(SG_IN_SUMMARY, summary, key);
}

sagitta_quantity sg_quantity_of(double value, double low, double high, double camera, bool inferred) {
  sagitta_quantity q = { .known = !isnan(value), .value = value, .low = low, .high = high, .inferred = inferred };
  q.camera_low = fmax(low, value - SG_NORMAL * camera);
  q.camera_high = fmin(high, value + SG_NORMAL * camera);
  return q;
}
