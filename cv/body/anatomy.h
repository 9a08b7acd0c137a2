/* SPDX-License-Identifier: Apache-2.0 */
/* Public face of cv/body, beside body.h: what is believed of a body before anything is seen, one table of priors.
 * Constant data, thread-safe. */
#ifndef SG_BODY_ANATOMY_H
#define SG_BODY_ANATOMY_H

/*
 * X(ENUM, name, value, spread, unit, source). The first SG_LATENTS rows are what the posterior searches, each a
 * normal distribution; the rest are constants of the forward model and the spreads of what is seen. Rows with the
 * unit "per deg" are multiplied by how far the trunk has turned; skin slides in proportion to that until FULL_GROWTH.
 * Sources are in METHOD.md beside this header: [J] judgement; [C] calculated; [S] set so that bench_coverage finds
 * the intervals neither too narrow nor wider than they must be.
 */
#define SG_PRIOR_LIST(X)                                                                                               \
  X(THIGH, "hip joint to knee marker", 42.5, 2.6, "cm", "Winter 2009: .245 of stature")                                \
  X(PELVIS_UP, "hip joint to L5/S1, up", 9.5, 1.5, "cm", "[J]")                                                        \
  X(PELVIS_BACK, "hip joint to L5/S1, back", 2.2, 1.5, "cm", "[J] pelvic tilt 12 deg")                                 \
  X(LUMBAR, "six lumbar joints, along the curve", 18.5, 1.8, "cm", "[J] .105 of stature")                              \
  X(THORAX, "twelve thoracic joints, along the curve", 27.5, 2.4, "cm", "[J] .155 of stature")                         \
  X(LORDOSIS, "standing lordosis over the lumbar joints", 36.0, 11.0, "deg", "[J]")                                    \
  X(KYPHOSIS, "standing kyphosis over the thoracic joints", 36.0, 11.0, "deg", "[J]")                                  \
  X(BASE, "lean of the lumbar curve's chord", 0.0, 5.0, "deg", "[J]")                                                  \
  X(HIP_X, "hip marker ahead of the hip joint", 0.0, 1.0, "cm", "[J]; Della Croce 2005: palpation 1.5-2 cm")           \
  X(HIP_Y, "hip marker above the hip joint", 0.0, 1.0, "cm", "[J]; Della Croce 2005: palpation 1.5-2 cm")              \
  X(PROTRACTION, "shoulder slid forward on the thorax at full reach", 3.8, 2.0, "cm",                                  \
    "[J] clavicle of 15 cm forward by 12 +- 6 deg, and up by 4; upper ribs turn beyond T3; no source: METHOD.md")      \
  X(YAW, "foreshortening across the picture, 1 - cos(yaw)", 0.005, 0.006, "1", "[C] yaw of up to 15 deg")              \
  X(RIBS, "ribs rotation beyond the trunk line's", 0.12, 0.30, "per deg", "[J] wide: the picture decides")             \
  X(SHARE, "lumbar flexion per degree of trunk rotation, beyond EARLY", 0.20, 0.15, "per deg",                         \
    "[C] Laird 2018: 52 +- 11 and 46 +- 12 of 111 +- 16 and 93 +- 16 deg, who bends further does so from the hips: "   \
    "0.125; mean shares from study to study, 37 to 53 % (Esola 1996, Laird 2016, Tafazzol 2014): 0.084")               \
  X(THORACIC, "thoracic flexion per degree of trunk rotation", 0.16, 0.13, "per deg",                                  \
    "[J] 15 +- 8 deg in a full bend")                                                                                  \
  X(LEAN, "thigh rotation per degree of trunk rotation", -0.085, 0.05, "per deg",                                      \
    "[J]; the rendered clips have -8 deg")                                                                             \
  X(LUMBAR_BIAS, "share of lumbar flexion moved to the lower joints", 0.0, 0.15, "1", "[J]")                           \
  X(SHOULDER_X, "shoulder marker ahead of T3", 3.0, 1.8, "cm", "[J] anatomy 1.5, placement 1.0")                       \
  X(SHOULDER_Y, "shoulder marker above T3", 1.5, 1.8, "cm", "[J] anatomy 1.5, placement 1.0")                          \
  X(SKIN_HIP, "skin over the trochanter, at full growth", 0.0, 1.45, "cm",                                             \
    "[S]; Fiorentino 2017: ranges of 0.3-5.4 cm")                                                                      \
  X(SKIN_SHOULDER, "skin over the acromion, at full growth", 0.0, 1.5, "cm", "[S]; no source in cm: METHOD.md")        \
  X(SKIN_KNEE, "skin over the epicondyle, at full growth", 0.0, 0.6, "cm", "[J]")                                      \
  X(SKIN_ANKLE, "skin over the malleolus, at full growth", 0.0, 0.3, "cm", "[J]")                                      \
  X(SKIN_PELVIS, "rotation of a pelvis strip on its bone, at full growth", -1.0, 5.0, "deg",                           \
    "[S]; [J] had 4; less than the bone: half of what Fiorentino 2017 has for the hip")                                \
  X(SKIN_RIBS, "rotation of a ribs strip on its bone, at full growth", 0.0, 5.2, "deg", "[S]; [J] had 3.5")            \
  X(PLANAR, "what a planar body of straight parts leaves unexplained", 0.0, 1.2, "cm", "[S], with the rendered clips") \
  X(ROOM, "misfits of markers, greater for intervals than for probabilities by", 1.2, 0.0, "1",                        \
    "[S]; between SKIN_PELVIS, SKIN_RIBS and what [J] had of them")                                                    \
  X(EARLY, "lumbar flexion that comes first in a bend from standing", 32.0, 0.0, "deg",                                \
    "[C] Esola 1996, Tafazzol 2014: 66-72 % of the first 30 deg; what Laird 2018 leaves at the end")                   \
  X(EARLY_TURN, "trunk rotation in which most of it has come", 30.0, 0.0, "deg", "[C] likewise")                       \
  X(SMALL_ANGLE, "freedom of the split at a small bend", 0.0, 6.5, "deg",                                              \
    "[J]; Esola 1996, Tafazzol 2014: the back leads early")                                                            \
  X(SMALL_RIBS, "freedom of the ribs rotation at a small bend", 0.0, 6.0, "deg", "[J]")                                \
  X(SMALL_THORACIC, "freedom of the thoracic flexion at a small bend", 0.0, 1.5, "deg", "[J]")                         \
  X(SMALL_LEAN, "freedom of the thigh rotation at a small bend", 0.0, 2.0, "deg", "[J]")                               \
  X(FULL_GROWTH, "trunk rotation at which skin has slid in full", 75.0, 0.0, "deg", "[S]")                             \
  X(PIXEL, "centroid, where the tracks do not say", 0.0, 0.1, "px", "[J]")                                             \
  X(CODEC, "centroid, moved by the codec: smoothing leaves it", 0.0, 0.06, "px", "[C] rendered H.264 at 16 Mbit/s")    \
  X(STANDING, "lean of the line from knee to shoulder in standing", 0.0, 2.5, "deg", "[J]")                            \
  X(SIT_PELVIS_UP, "sitting with the legs out: hip joint to L5/S1, up", 6.5, 2.1, "cm",                                \
    "[C] standing, tilted back by 35 +- 12 deg [J]")                                                                   \
  X(SIT_PELVIS_BACK, "sitting with the legs out: hip joint to L5/S1, back", 7.2, 2.5, "cm", "[C] likewise")            \
  X(SIT_LORDOSIS, "lordosis sitting with the legs out", 0.0, 15.0, "deg", "[J] flattened")                             \
  X(SIT_KYPHOSIS, "kyphosis sitting with the legs out", 42.0, 12.0, "deg", "[J]")                                      \
  X(SIT_BASE, "lean of the lumbar curve's chord sitting with the legs out", -12.0, 10.0, "deg", "[J]")                 \
  X(SIT_HIP, "hip marker from the hip joint sitting with the legs out, either axis", 0.0, 2.0, "cm",                   \
    "[J]; Fiorentino 2017: ranges of 0.3-5.4 cm")                                                                      \
  X(SIT_SHARE, "lumbar flexion per degree of trunk rotation from sitting", 0.30, 0.25, "per deg",                      \
    "[J] part of it is spent in sitting down")                                                                         \
  X(SIT_THORACIC, "thoracic flexion per degree of trunk rotation from sitting", 0.25, 0.20, "per deg", "[J]")          \
  X(SIT_LEAN, "thigh rotation per degree of trunk rotation from sitting", 0.0, 0.03, "per deg", "[J] the legs lie")    \
  X(SIT_REACH, "trunk rotation from sitting at which the arms are out", 30.0, 0.0, "deg", "[J]")                       \
  X(SIT_RIBS, "ribs rotation beyond the trunk line's from sitting", -0.06, 0.30, "per deg",                            \
    "[J] the arms reach, which turns the line; wide")                                                                  \
  X(FREE_THIGH, "freedom of the thigh rotation with bent knees", 0.0, 30.0, "deg", "[J] wide: the picture decides")    \
  X(GUIDED, "part of the usual lumbar flexion of who is told to bend from the hips", 0.5, 0.5, "1",                    \
    "[J] wide, from hollowed to as usual: the picture decides")                                                        \
  X(PLACEMENT, "a disc from its landmark, either axis", 0.0, 1.0, "cm", "[J]; Della Croce 2005: palpation 1.5-2 cm")   \
  X(STRIP_PLACEMENT, "direction of a strip when it is put on anew", 0.0, 3.6, "deg",                                   \
    "[C] detectable change 10 deg: METHOD.md 10")                                                                      \
  X(LEVEL_TRUNK, "trunk of a lying person from level", 0.0, 4.0, "deg", "[J]")                                         \
  X(SOLE, "lateral malleolus to the sole", 6.7, 0.9, "cm", "Winter 2009: .039 of stature; spread [J]")                 \
  X(SOLE_TURNED, "the sole from the ankle along the leg, the foot not held at a right angle", 0.0, 1.8, "cm", "[J]")   \
  X(FINGERTIP, "hand marker from the fingertip", 0.0, 0.5, "cm", "[J]")                                                \
  X(HAND_DEPTH, "hand nearer to or further from the camera than the mark of zero, of the distance", 0.0, 0.010, "1",   \
    "[C] 3 cm at 3 m")                                                                                                 \
  X(RULER_DEPTH, "ruler marks nearer or further than the body, of the distance", 0.0, 0.010, "1", "[C] 3 cm at 3 m")   \
  X(RULER_MARK, "a ruler mark from its place", 0.0, 0.15, "cm", "[J]")                                                 \
  X(OF_THIGH, "thigh, of stature", 0.245, 0.010, "1", "Winter 2009; spread [J]")                                       \
  X(OF_SHANK, "shank, of stature", 0.246, 0.010, "1", "Winter 2009; spread [J]")                                       \
  X(OF_TRUNK, "trochanter to acromion in standing, of stature", 0.288, 0.013, "1", "Winter 2009; spread [J]")          \
  X(START_PELVIS, "pelvis, of a start that is no quiet standing", 0.0, 7.0, "deg", "[C] recordings of motion capture") \
  X(START_LUMBAR, "lumbar flexion, likewise", 0.0, 10.0, "deg", "[C] likewise")                                        \
  X(START_ALIKE, "their correlation: the line from hip to shoulder is seen to be upright", -0.7, 0.0, "1", "[C]")      \
  X(START_TRUNK, "line from hip to shoulder, likewise", 0.0, 5.0, "deg", "[J]")                                        \
  X(START_THIGH, "thigh, likewise", 0.0, 3.0, "deg", "[J]")                                                            \
  X(START_SHANK, "shank, likewise", 0.0, 3.0, "deg", "[J]")                                                            \
  X(CLICK_WANDER, "a sticker that was clicked, away from its middle and slowly changing, either axis", 0.0, 0.4, "cm", \
    "[J] a tracker's window slips on a disc of 3 cm; smoothing leaves it")                                             \
  X(KEY_WANDER, "a keypoint, to and fro within a second, either axis", 0.0, 0.8, "cm",                                 \
    "[J] smoothing leaves it; Needham 2021: 1-15 mm at the ankle, where nothing else was")                             \
  X(KEY_HIP, "hip keypoint from the hip joint in standing, either axis", 0.0, 2.5, "cm",                               \
    "[C] Needham 2021: 30-50 mm systematic, Kanko 2021: 36 mm RMS, over three axes: 23 and 21 each; one camera [J]")   \
  X(KEY_SHOULDER_X, "shoulder keypoint ahead of T3", 3.0, 3.0, "cm", "[J] the joint; Kanko 2021: less than 25 mm RMS") \
  X(KEY_SHOULDER_Y, "shoulder keypoint above T3", -2.5, 3.0, "cm", "[J] the joint, 4 cm below the acromion")           \
  X(KEY_LEG, "knee or ankle keypoint from its joint, either axis", 0.0, 2.0, "cm",                                     \
    "[C] Needham 2021: 30-50 mm systematic at the knee, 1-15 mm at the ankle, over three axes")                        \
  X(KEY_HIP_MOVES, "hip keypoint along its body with the pose, at full growth", 0.0, 2.8, "cm",                        \
    "[J] errors standing and bent that are alike by half: as large as either; no study of a bend")                     \
  X(KEY_SHOULDER_MOVES, "shoulder keypoint likewise", 0.0, 3.0, "cm", "[J] likewise, and the arm hangs off the trunk") \
  X(KEY_KNEE_MOVES, "knee keypoint likewise", 0.0, 1.6, "cm", "[J] the knee's own pose hardly changes")                \
  X(KEY_ANKLE_MOVES, "ankle keypoint likewise", 0.0, 0.8, "cm", "[J] likewise")

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
