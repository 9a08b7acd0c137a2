/* SPDX-License-Identifier: Apache-2.0 */
/* What is believed of a body before anything is seen: one table of priors. Constant data, thread-safe. */
#ifndef SAGITTA_ANATOMY_H
#define SAGITTA_ANATOMY_H

/*
 * X(ENUM, name, value, spread, unit, source). The first SG_LATENTS rows are what the posterior searches, each a
 * normal distribution; the rest are constants of the forward model and the spreads of what is seen. Rows with the
 * unit "per deg" are multiplied by how far the trunk has turned; skin slides in proportion to that until FULL_GROWTH.
 * Sources: A, B: the project's notes on the science (decisions, evidence); [J] judgement; [C] calculated.
 */
#define SG_PRIOR_LIST(X)                                                                                         \
  X(THIGH, "hip joint to knee marker", 42.5, 2.6, "cm", "B 4: .245 of stature")                                  \
  X(PELVIS_UP, "hip joint to L5/S1, up", 9.5, 1.5, "cm", "[J]; spread A2, widened")                              \
  X(PELVIS_BACK, "hip joint to L5/S1, back", 2.2, 1.5, "cm", "[J] pelvic tilt 12 deg; spread A2")                \
  X(LUMBAR, "six lumbar joints, along the curve", 18.5, 1.8, "cm", "B 4 [J]: .105 of stature")                   \
  X(THORAX, "twelve thoracic joints, along the curve", 27.5, 2.4, "cm", "[J] .155 of stature; spread A2")        \
  X(LORDOSIS, "standing lordosis over the lumbar joints", 36.0, 11.0, "deg", "[J]; spread A2")                   \
  X(KYPHOSIS, "standing kyphosis over the thoracic joints", 36.0, 11.0, "deg", "[J]; spread A2")                 \
  X(BASE, "lean of the lumbar curve's chord", 0.0, 5.0, "deg", "[J]")                                            \
  X(HIP_X, "hip marker ahead of the hip joint", 0.0, 1.0, "cm", "A2: placement")                                 \
  X(HIP_Y, "hip marker above the hip joint", 0.0, 1.0, "cm", "A2: placement")                                    \
  X(PROTRACTION, "shoulder slid forward on the thorax at full reach", 3.0, 1.5, "cm", "A2")                      \
  X(YAW, "foreshortening across the picture, 1 - cos(yaw)", 0.005, 0.006, "1", "B 3: yaw up to 15 deg")          \
  X(RIBS, "ribs rotation beyond the trunk line's", 0.12, 0.30, "per deg", "[J] wide: the picture decides")       \
  X(SHARE, "lumbar flexion per degree of trunk rotation", 0.52, 0.17, "per deg", "B 1: published means 37-53 %") \
  X(THORACIC, "thoracic flexion per degree of trunk rotation", 0.16, 0.13, "per deg",                            \
    "[J] 15 +- 8 deg in a full bend")                                                                            \
  X(LEAN, "thigh rotation per degree of trunk rotation", -0.085, 0.05, "per deg",                                \
    "[J]; the rendered clips have -8 deg")                                                                       \
  X(LUMBAR_BIAS, "share of lumbar flexion moved to the lower joints", 0.0, 0.15, "1", "[J]")                     \
  X(SHOULDER_X, "shoulder marker ahead of T3", 3.0, 1.8, "cm", "[J] anatomy 1.5, placement 1.0 (A2)")            \
  X(SHOULDER_Y, "shoulder marker above T3", 1.5, 1.8, "cm", "[J] anatomy 1.5, placement 1.0 (A2)")               \
  X(SKIN_HIP, "skin over the trochanter, at full growth", 0.0, 1.25, "cm",                                       \
    "A2 has 1.3; set for width, bench_coverage")                                                                 \
  X(SKIN_SHOULDER, "skin over the acromion, at full growth", 0.0, 1.6, "cm",                                     \
    "A2 has 1.0; set for coverage, bench_coverage")                                                              \
  X(SKIN_KNEE, "skin over the epicondyle, at full growth", 0.0, 0.6, "cm", "[J]")                                \
  X(SKIN_ANKLE, "skin over the malleolus, at full growth", 0.0, 0.3, "cm", "[J]")                                \
  X(SKIN_PELVIS, "rotation of a pelvis strip on its bone, at full growth", 0.0, 3.8, "deg",                      \
    "A2 has 4; set for width, bench_coverage")                                                                   \
  X(SKIN_RIBS, "rotation of a ribs strip on its bone, at full growth", 0.0, 4.2, "deg",                          \
    "A2 has 3.5; set for coverage, bench_coverage")                                                              \
  X(PLANAR, "what a planar body of straight parts leaves unexplained", 0.0, 1.2, "cm",                           \
    "[J]; set with bench_coverage and the rendered clips")                                                       \
  X(SMALL_ANGLE, "freedom of the split at a small bend", 0.0, 4.0, "deg", "B 1: early lumbar lead is normal")    \
  X(SMALL_RIBS, "freedom of the ribs rotation at a small bend", 0.0, 6.0, "deg", "[J]")                          \
  X(SMALL_THORACIC, "freedom of the thoracic flexion at a small bend", 0.0, 1.5, "deg", "[J]")                   \
  X(SMALL_LEAN, "freedom of the thigh rotation at a small bend", 0.0, 2.0, "deg", "[J]")                         \
  X(FULL_GROWTH, "trunk rotation at which skin has slid in full", 75.0, 0.0, "deg", "[J]; set for coverage")     \
  X(PIXEL, "centroid, where the tracks do not say", 0.0, 0.1, "px", "[J]")                                       \
  X(LENS, "uncalibrated lens, of a distance in the picture", 0.0, 0.003, "1", "[J]")                             \
  X(LENS_ANGLE, "uncalibrated lens and level, of a rotation", 0.0, 0.12, "deg", "[J]")                           \
  X(YAW_CAMERA, "yaw of the camera, for the instrument's own error", 0.0, 5.0, "deg", "[J]")

enum sg_prior_row {
#define SG_PRIOR_ENUM(upper, name, value, spread, unit, source) SG_##upper,
  SG_PRIOR_LIST(SG_PRIOR_ENUM)
#undef SG_PRIOR_ENUM
      SG_PRIORS
};

#define SG_LATENTS (SG_LUMBAR_BIAS + 1)

typedef struct sg_prior {
  const char *name;
  double value, spread;
  const char *unit;
  const char *source;
} sg_prior;

extern const sg_prior sg_priors[SG_PRIORS];

#endif
