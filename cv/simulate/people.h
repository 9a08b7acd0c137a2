/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to simulate/. In: a seed and a person's number. Out: tracks as a tracker would make them, and the truth
 * (include/sagitta/simulate.h is the room's face). Start reading at simulate.c. people.c draws a person from the
 * population and puts the bones where a pose wants them; actor.c says which pose they take when, moves the skin, places
 * the markers and films them; truth.c says what a perfect measurement would. Calls go one way: simulate → truth, actor
 * → people.
 *
 * The population: who the simulated people are, how they bend, how their skin moves and how they are filmed. It is kept
 * apart from what the estimator believes (cv/body): its figures come from the literature named in each row, and none
 * was chosen by looking at how well the estimator does with them.
 *
 * Lengths cm, angles deg, times s. The sagittal plane: x forward, y up, leans forward positive.
 */
#ifndef SG_SIMULATE_PEOPLE_H
#define SG_SIMULATE_PEOPLE_H

#include <stdbool.h>

#include "base/math.h"
#include "sagitta/markers.h"

/*
 * X(ENUM, name, mean, spread, least, most, unit, source): a normal distribution, cut off at least and most.
 * [V] read in the source, as a rule its abstract; [2] read where another prints it; [C] calculated from what it says;
 * [J] judgement: no source says so, or none that was read. METHOD.md, references, says what was looked for in vain.
 */
#define SG_TRAIT_LIST(X)                                                                                              \
  /* who */                                                                                                           \
  X(AGE, "age", 38, 14, 18, 80, "years", "Laird 2018 tab. 1: 34 +- 14 and 41 +- 13 [V]")                              \
  X(STATURE_WOMEN, "stature, women", 162.9, 6.4, 145, 185, "cm",                                                      \
    "Gordon 2014 (ANSUR II), mean of 1,986 [2]; spread [J]")                                                          \
  X(STATURE_MEN, "stature, men", 175.6, 6.9, 155, 205, "cm", "the same, mean of 4,082 [2]; spread [J]")               \
  X(BMI, "body mass index", 24.6, 4.2, 17, 40, "kg/m2", "Laird 2018: 23.6 +- 3.5 and 25.6 +- 4.9 [V]")                \
  /* bones */                                                                                                         \
  X(THIGH, "hip joint to epicondyle", 0.245, 0.011, 0.2, 0.29, "statures",                                            \
    "Drillis & Contini 1966 [2]; ANSUR II, trochanter to middle of the patella: 0.235, women 0.243 [2]; spread [J]")  \
  X(SHANK, "epicondyle to malleolus", 0.246, 0.009, 0.2, 0.29, "statures", "Drillis & Contini 1966 [2]; spread [J]")  \
  X(ANKLE, "malleolus above the floor", 0.039, 0.003, 0.03, 0.05, "statures",                                         \
    "Drillis & Contini 1966 [2]; spread [J]")                                                                         \
  X(PELVIS, "hip axis to middle of the sacral plate", 0.0635, 0.0045, 0.045, 0.08, "statures",                        \
    "10.8 +- 0.8 cm [J]; Duval-Beaupere 1992 and Legaye 1998 were not read")                                          \
  X(PELVIC_TILT, "pelvic tilt, standing", 13.2, 6.1, -5, 32, "deg", "Mac-Thiong 2011, 709 adults: 13.5 +- 6.8 [V]")   \
  X(SACRAL_SLOPE, "sacral slope, standing", 41.2, 8.4, 15, 65, "deg", "Mac-Thiong 2011: 39.5 +- 7.8 [V]")             \
  X(KYPHOSIS, "kyphosis T1-T12, standing", 44, 10, 15, 75, "deg",                                                     \
    "EOS, 455 people: 45.5 +- 9.3 (doi 10.1186/s12891-024-07490-2 [V])")                                              \
  X(LOW_LORDOSIS, "part of the lordosis in L4-S1", 0.708, 0.1, 0.45, 0.95, "1", "PMC6680033 [V]")                     \
  X(BALANCE, "T1 ahead of the hip axis, standing", -3.0, 2.5, -9, 5, "cm",                                            \
    "[J]; the lordosis T12-S1 follows from it, as 49.8 +- 11.2 (PMC6680033 [V])")                                     \
  X(LUMBAR, "L1-L5 with discs", 0.106, 0.006, 0.085, 0.13, "statures", "18 cm in men: textbooks [V]; spread [J]")     \
  X(THORAX, "T1-T12 with discs", 0.158, 0.008, 0.13, 0.19, "statures", "28 cm in men: textbooks [V]; spread [J]")     \
  X(STERNUM_X, "sternoclavicular joint ahead of T2", 8.0, 0.8, 5, 11, "cm",                                           \
    "T1 to manubrium 6.6 +- 0.7: Baker 2021 [V]; to the joint more [J]")                                              \
  X(STERNUM_Y, "and below it", 2.5, 0.8, 0, 5, "cm", "sternal notch at T2 or T3 in 1,035 scans [V]")                  \
  X(CLAVICLE, "clavicle with acromion", 0.088, 0.005, 0.07, 0.11, "statures",                                         \
    "14.9 +- 1.0 cm: Bernat, 68 clavicles [V]; with acromion [J]")                                                    \
  X(RETRACTION, "clavicle behind the frontal plane, standing", 20, 5, 2, 38, "deg", "[J]; Ludewig 2009 was not read") \
  X(ELEVATION, "clavicle above the horizontal, standing", 6, 4, -6, 18, "deg", "[J]; Ludewig 2009 was not read")      \
  X(ARM, "acromion to fingertip", 0.44, 0.012, 0.4, 0.48, "statures",                                                 \
    "Drillis & Contini 1966: 0.186 + 0.146 + 0.108 [2]; spread [J]")                                                  \
  X(TROCHANTER_X, "trochanter ahead of the hip axis", -0.5, 0.7, -3, 2, "cm",                                         \
    "[J]; Weinhandl 2010: -1.2 from a functional hip centre [V]")                                                     \
  X(TROCHANTER_Y, "and above it", -0.4, 0.8, -3, 2, "cm", "[J]; Weinhandl 2010: 0.5 [V]")                             \
  /* how they bend */                                                                                                 \
  X(PELVIS_HEALTHY, "pelvic rotation", 59, 15, 15, 100, "deg", "Laird 2018 tab. 1, n = 124 [V]")                      \
  X(PELVIS_PAIN, "the same, back pain", 48, 15, 10, 95, "deg", "Laird 2018 tab. 1, n = 140 [V]")                      \
  X(LUMBAR_HEALTHY, "lumbar flexion, sensors at T12 and S2", 52, 11, 15, 90, "deg",                                   \
    "Laird 2018 [V]; r = -0.28 with the pelvis follows from its spread of their sum, 16 [C]")                         \
  X(LUMBAR_PAIN, "the same, back pain", 46, 12, 10, 88, "deg", "Laird 2018 [V]; r as above [C]")                      \
  X(THORACIC, "thoracic flexion T1-T11", 17, 8, -8, 42, "deg",                                                        \
    "[J]; T1-L1 32 +- 11 from extended to flexed, lying: Morita 2014 [V]; 4 more with short hamstrings: direction "   \
    "Gajdosik 1994 [V]")                                                                                              \
  X(THIGH_LEAN, "thigh rotation at a pelvic rotation of 55", -8, 4, -20, 4, "deg",                                    \
    "hip 69 (Esola 1996) - pelvis 55-59 (Laird) [C]; they go against the trunk: Alexandrov [V]")                      \
  X(KNEE, "knee flexion, told to keep straight", 1, 2.5, -5, 6, "deg", "[J]")                                         \
  X(KNEE_BENT, "the same in those who give way", 8, 2.5, 4, 14, "deg", "[J] one in five")                             \
  X(CASCADE, "upper lumbar levels before lower ones", 0.25, 0.35, -0.8, 1.2, "1",                                     \
    "Caelers 2023, doi 10.2196/41906: several patterns [V]; which is the most frequent [J]")                          \
  X(PROTRACTION, "clavicle forward in reaching", 12, 6, -2, 30, "deg",                                                \
    "no source: raised arms draw it back (Ludewig 2004 [V]), hanging ones not [J]")                                   \
  X(SHRUG, "clavicle up in reaching", 4, 4, -5, 18, "deg", "the same; hanging arms pull down and forward [J]")        \
  X(REACH_FROM, "part of the bend after which they reach", 0.3, 0.2, 0, 0.8, "1", "[J]")                              \
  X(REACH_ANGLE, "arms ahead of the vertical, bent", 5, 6, -12, 25, "deg", "[J]")                                     \
  /* in time */                                                                                                       \
  X(DOWN, "way down", 2.28, 0.7, 1.1, 5.5, "s", "Laird 2018: 2.28; back pain 1.4 times as long [V]; spread [J]")      \
  X(UP, "way up, in ways down", 0.95, 0.15, 0.6, 1.5, "1", "[J]")                                                     \
  X(HOLD, "hold", 1.5, 0.7, 0.4, 5, "s", "[J] toe-touch instructions")                                                \
  X(STAND, "standing before the first bend", 1.8, 0.5, 1.0, 4, "s", "[J]")                                            \
  X(PAUSE, "standing between bends", 1.2, 0.4, 0.6, 3, "s", "[J]")                                                    \
  X(LAG, "pelvis sets off after the lower back", 0.21, 0.46, -0.8, 1.2, "s", "Laird 2018: 0.21 +- 0.46 [V]")          \
  X(LAG_PAIN, "more of it with back pain", 0.15, 0, 0, 1, "s", "Laird 2018: 0.36 +- 0.46 [V]")                        \
  X(LAG_UP, "lower back comes up after the pelvis", 0.2, 0.25, -0.4, 0.8, "s",                                        \
    "lumbar/pelvis 1.23, then 2.86 on the way up: Tafazzol 2014 [V]; s [J]")                                          \
  X(WARP, "lateness of the course, as exponent", 1, 0.12, 0.7, 1.4, "1", "[J]")                                       \
  X(DEEPER, "gain per repetition", 0.012, 0.01, -0.02, 0.05, "1", "viscoelastic creep [J]")                           \
  X(AGAIN, "repetition from repetition", 0, 0.025, -0.08, 0.08, "1",                                                  \
    "[J]; ICC of three above 0.90: doi 10.1186/s12891-015-0578-2 [V]")                                                \
  X(RETURN, "standing again, from the first standing", 0, 0.9, -3, 3, "deg", "[J]")                                   \
  X(SWAY, "sway of the whole body, RMS", 0.25, 0.08, 0.1, 0.6, "deg", "centre of pressure 4 mm RMS [C]")              \
  X(UNREST, "unrest of each part, RMS", 0.25, 0.08, 0.1, 0.6, "deg", "[J]")                                           \
  X(BREATH_RATE, "breathing", 0.25, 0.05, 0.15, 0.4, "Hz", "12-18 a minute: health pages [V]")                        \
  X(BREATH_RIBS, "lower ribs tilt with it, amplitude", 0.6, 0.25, 0.1, 1.5, "deg", "bucket-handle motion [J]")        \
  X(BREATH_SHOULDER, "shoulder rises with it, amplitude", 0.25, 0.1, 0, 0.6, "cm", "[J]")                             \
  /* markers */                                                                                                       \
  X(PLACE_SHOULDER, "shoulder beside the acromion, each way", 0, 0.7, -2, 2, "cm",                                    \
    "less than at the hip: Della Croce 2005 [2]; cm [J]")                                                             \
  X(PLACE_HIP, "hip beside the trochanter, each way", 0, 1.1, -3.5, 3.5, "cm",                                        \
    "Della Croce 2005: 15-20 mm within and between examiners [2]")                                                    \
  X(PLACE_KNEE, "knee beside the epicondyle, each way", 0, 0.8, -2.5, 2.5, "cm",                                      \
    "less than at the hip: Della Croce 2005 [2]; cm [J]")                                                             \
  X(PLACE_ANKLE, "ankle beside the malleolus, each way", 0, 0.4, -1.2, 1.2, "cm",                                     \
    "less than at the hip: Della Croce 2005 [2]; cm [J]")                                                             \
  X(PLACE_STRIP, "strip out of the trunk's direction", 0, 5, -15, 15, "deg", "[J]")                                   \
  X(PLACE_RIBS, "ribs strip above its ribs, T11", 0, 0.7, -2, 2, "levels",                                            \
    "levels found rightly: 69 % (Snider 2011), 47 % and 72 % within one (Harlick 2007) [V]")                          \
  /* skin over bone at a full bend */                                                                                 \
  X(SKIN_SHOULDER, "acromion, each way", 0, 0.8, -2.5, 2.5, "cm",                                                     \
    "no figure in cm was found (METHOD.md, references) [J]")                                                          \
  X(SKIN_HIP_X, "trochanter, forward", -0.8, 1.0, -4, 3, "cm",                                                        \
    "Fiorentino 2017: ranges of 0.3-5.4 cm [V]; backward [J]")                                                        \
  X(SKIN_HIP_Y, "trochanter, upward", 0.5, 1.0, -3, 4, "cm", "the same; upward [J]")                                  \
  X(SKIN_KNEE, "epicondyle, each way", 0, 0.5, -1.5, 1.5, "cm", "thigh most, knee less: Leardini 2005 [V]; cm [J]")   \
  X(SKIN_ANKLE, "malleolus, each way", 0, 0.2, -0.6, 0.6, "cm", "less than at the thigh: Leardini 2005 [V]; cm [J]")  \
  X(SKIN_PELVIS, "strip on the pelvis, forward", -1.5, 3.8, -14, 12, "deg",                                           \
    "hip by skin markers 1.9 less flexed: Fiorentino 2017 [V]; spread: lumbar flexion by inclinometers against "      \
    "radiographs r = 0.95 (Saur 1996 [V]), rater against rater 4.6 (PMC4893951) in two parts [C]")                    \
  X(SKIN_RIBS, "strip on the ribs, forward", 0, 3.3, -12, 12, "deg", "the same; r = 0.3 with the pelvis [J]")         \
  X(SKIN_BMI, "growth of all of it per kg/m2", 0.03, 0, 0, 1, "1",                                                    \
    "skin thicker with body mass: Mantovani 2016 [V]; by how much it slides [J]")                                     \
  X(SKIN_POWER, "skin follows the bend to this power", 1.2, 0.35, 0.6, 2.4, "1",                                      \
    "[J]; of Zemp 2014 only both ends were read")                                                                     \
  X(SKIN_DELAY, "skin comes after", 0.2, 0.12, 0.02, 0.6, "s", "viscoelastic [J]")                                    \
  X(SKIN_STAYS, "skin stays behind on the way back", 0.1, 0.06, 0, 0.3, "1", "hysteresis of skin [J]")                \
  /* how they are filmed */                                                                                           \
  X(DISTANCE, "camera from the person", 350, 60, 250, 550, "cm", "guide: 3 m and more [J]")                           \
  X(HEIGHT, "camera above the floor", 100, 15, 60, 150, "cm", "guide: hip height [J]")                                \
  X(FIELD, "field of the picture's long side", 62, 6, 45, 78, "deg",                                                  \
    "phones, 23-28 mm: 65-76 [V]; cropped in video [J]")                                                              \
  X(YAW, "bend turned out of the picture", 0, 5, -15, 15, "deg", "[J]")                                               \
  X(TWIST, "turning further while bending", 0, 2, -6, 6, "deg", "[J]")                                                \
  X(ROLL, "camera on one side", 0, 1, -4, 4, "deg", "[J] tripod or shelf")                                            \
  X(PITCH, "camera looking down", 0, 2, -7, 7, "deg", "[J]")                                                          \
  X(LENS, "radial distortion k1", -0.01, 0.03, -0.12, 0.1, "1", "[J] phones correct it, webcams do not wholly")       \
  X(NOISE, "centroid of a marker", 0.06, 0.03, 0.02, 0.2, "px", "the tracker on rendered videos: 0.02-0.1 [C]")       \
  X(NOISE_AXIS, "direction of a strip", 0.12, 0.05, 0.03, 0.3, "deg", "the same: at most 0.3 [C]")                    \
  X(SIDE_SHOULDER, "shoulder marker from the middle plane", 19, 1.2, 15, 23, "cm",                                    \
    "biacromial 36.5 and 41.6 cm: ANSUR II [2]; spread [J]")                                                          \
  X(SIDE_RIBS, "ribs strip", 15, 1.3, 11, 20, "cm", "[J] chest breadth 28-32 cm")                                     \
  X(SIDE_HIP, "hip and pelvis markers", 17.5, 1.3, 14, 23, "cm",                                                      \
    "hip breadth 35.4 and 34.6 cm: ANSUR II [2]; spread [J]")                                                         \
  X(SIDE_KNEE, "knee marker", 14, 1.5, 9, 19, "cm", "feet hip-wide [J]")                                              \
  X(SIDE_ANKLE, "ankle marker", 11.5, 1.5, 7, 17, "cm", "feet hip-wide [J]")

#define SG_WOMEN      0.58  /* Laird 2018: 57-59 % [V] */
#define SG_PAIN       0.5   /* Laird 2018: 140 of 264 with back pain [V] */
#define SG_GIVE_WAY   0.2   /* bend their knees [J] */
#define SG_TOGETHER   -0.28 /* correlation of pelvic rotation and lumbar flexion: Laird 2018 [C] */
#define SG_HAMSTRINGS 0.6   /* correlation of hamstring length with pelvic rotation: Gajdosik 1992, 52 against 72 [C] */
#define SG_SHORT      -0.8  /* z of the hamstring length below which they are called short: one in five [J] */

typedef enum sg_trait {
#define SG_TRAIT_ENUM(upper, name, mean, spread, least, most, unit, source) SG_TRAIT_##upper,
  SG_TRAIT_LIST(SG_TRAIT_ENUM)
#undef SG_TRAIT_ENUM
      SG_TRAITS
} sg_trait;

typedef struct sg_trait_row {
  const char *name;
  double mean, spread, least, most;
  const char *unit, *source;
} sg_trait_row;
extern const sg_trait_row sg_traits[SG_TRAITS];

/*
 * Joints from below: L5/S1, L4/L5 … L1/L2, T12/L1, T11/T12, then T10/T11 … T1/T2. Segment i is the vertebra above joint
 * i: 0 = L5 … 4 = L1, 5 = T12, 6 = T11 … 16 = T1. The ribs strip lies at the height of T12 on ribs that slope down from
 * T11: lumbar flexion, the lower ribs against the pelvis, is what joints 0–6 do.
 */
enum { SG_LUMBAR_JOINTS = 7, SG_THORACIC_JOINTS = 10, SG_JOINTS = SG_LUMBAR_JOINTS + SG_THORACIC_JOINTS };
enum { SG_T12 = 5, SG_T11 = 6, SG_T4 = 13, SG_T2 = 15, SG_T1 = 16 };

/* How skin (or the strip on it) moves over the bone: displaced by `by` at a full bend, in between by a power of the
 * part of the bend, delayed by delay_s, and with a hysteresis of `stays` (a part of the full displacement). */
typedef struct sg_skin {
  double by[2]; /* cm forward and up in the frame of the bone; or deg forward and unused */
  double power, delay_s, stays;
} sg_skin;

/* The patches of skin under markers; sg_skin of each. */
typedef enum sg_skin_site {
  SG_SITE_SHOULDER,
  SG_SITE_HIP,
  SG_SITE_KNEE,
  SG_SITE_ANKLE,
  SG_SITE_PELVIS, /* turning of the strip on the pelvis */
  SG_SITE_RIBS,   /* and on the ribs */
  SG_SKIN_SITES
} sg_skin_site;

typedef struct sg_filming {
  int width, height;              /* px */
  bool flat;                      /* no perspective, no lens, nothing askew: px_per_cm alone counts */
  double px_per_cm;               /* in the middle plane */
  double distance, height_cm;     /* cm */
  double focal;                   /* px */
  double lens;                    /* k1 */
  double yaw, twist, roll, pitch; /* deg */
  double noise_px, noise_deg;
  double side[SAGITTA_ROLES]; /* cm from the middle plane to the marker */
} sg_filming;

/* Change from standing, deg, forward positive. */
typedef struct sg_pose {
  double pelvis, thigh, knee; /* rotations in space; knee flexion */
  double lumbar, thoracic;    /* flexion of joints 0–6, of joints 7–16 */
  double lumbar_done;         /* 0–1: fraction of the lumbar flexion that is reached, for which level moves first */
  double protraction, shrug, reach; /* deg of the clavicle; of the arm ahead of the vertical */
  double walking;                   /* 0 on fixed ankles … 1 the hip keeps its height and the ankles go, … */
  double away;                      /* … cm behind where the person will stand */
} sg_pose;

/* A plain value: copy and change it freely. */
typedef struct sg_person {
  bool woman, pain, short_hamstrings, right;                       /* right: faces right in the picture */
  double age, stature, bmi;                                        /* years, cm, kg/m2 */
  double thigh, shank, ankle_height, pelvis_length, clavicle, arm; /* cm */
  double pelvic_tilt, sacral_slope;                                /* deg, standing */
  double length[SG_JOINTS];                                        /* cm, of each vertebra with its disc */
  double standing[SG_JOINTS];                                      /* deg, of each joint: lordosis negative */
  sg_xy sternum;                                                   /* cm from T2, standing */
  double retraction, elevation;                                    /* deg, of the clavicle, standing */
  sg_xy trochanter;                                                /* cm from the hip axis, standing */
  sg_pose from;                                                    /* where bends begin: all 0 = standing */
  /* At end range of the first bend, deg beyond that: */
  double pelvis, lumbar_flexion, thoracic, thigh_lean, knee;
  double joint_part[SG_JOINTS];   /* of the lumbar flexion and of the thoracic flexion; each sums to 1 */
  double cascade;                 /* > 0: the upper lumbar joints move before the lower ones */
  double protraction, shrug;      /* deg, of the clavicle in reaching */
  double reach_from, reach_angle; /* part of the bend; deg */
  /* Small movements */
  double sway, unrest;                            /* deg RMS */
  double breath_hz, breath_ribs, breath_shoulder; /* Hz, deg, cm */
  double warp_pelvis, warp_lumbar;                /* exponents of their courses */
  double phase[4][6];                             /* turns, of the waves that sway and unrest are made of */
  /* Markers */
  sg_xy place[SAGITTA_ROLES];       /* cm beside the landmark, standing */
  double strip_tilt[SAGITTA_ROLES]; /* deg */
  double ribs_level;                /* levels above T11 */
  sg_skin skin[SG_SKIN_SITES];
  sg_filming filming;
} sg_person;

/* How much of each there is: 1 = as people are, 0 = none. */
typedef struct sg_amounts {
  double skin;      /* skin that slides, and breathing ribs under the strip */
  double placement; /* of the markers */
  double camera;    /* perspective, lens, yaw, roll, pitch; 0 is flat, anything else is all of it times that */
  double noise;     /* of centroids and axes */
  double unrest;    /* sway, unrest */
} sg_amounts;

/* Somebody, all of it drawn from `chance`; the same numbers are drawn whatever `amounts` says. */
sg_person sg_person_draw(sg_chance *chance, const sg_amounts *amounts);
/* The same body for another recording: sways in its own way, and where `anew` the markers are put on and the camera set
 * up anew. */
void sg_person_again(sg_person *person, const sg_amounts *amounts, bool anew, sg_chance *chance);
/* One trait of its own, from `chance`. */
double sg_trait_draw(sg_chance *chance, sg_trait trait);

/* ---- the skeleton: from a pose (change of joint angles) to where bones are: legs on fixed ankles, pelvis, seventeen
 * vertebrae, shoulder girdle, arm ---- */

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
