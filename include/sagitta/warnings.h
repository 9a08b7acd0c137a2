/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Flags (of one repetition) and warnings (of a whole recording): one
 * append-only list. The lower-case name is what stands in files.
 */
#ifndef SAGITTA_WARNINGS_H
#define SAGITTA_WARNINGS_H

#include <stdint.h>

#include "sagitta/markers.h"
#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(ENUM, name, what it means). Append only. */
#define SAGITTA_WARNING_LIST(X)                                                                              \
  X(MARKER_HIDDEN, marker_hidden, "a marker was out of sight for longer than can be filled")                 \
  X(MARKER_NEVER_SEEN, marker_never_seen, "a marker that was named or expected was never found")             \
  X(LOW_SEPARATION, low_separation, "a marker's colour is close to what surrounds it")                       \
  X(TWO_CANDIDATES, two_candidates, "two things could be the same marker")                                   \
  X(FRAMES_DAMAGED, frames_damaged, "some frames were damaged and were decoded as far as possible")          \
  X(STREAM_TRUNCATED, stream_truncated, "the file breaks off before its end")                                \
  X(PICTURE_SIZE_CHANGED, picture_size_changed, "the picture size changes; measured up to there")            \
  X(TIMESTAMPS_REPAIRED, timestamps_repaired, "time stamps were wrong and were put right")                   \
  X(VARIABLE_FRAME_RATE, variable_frame_rate, "frames are not evenly spaced in time; stamps were used")      \
  X(SLOW_MOTION, slow_motion, "recorded at another rate than it is played")                                  \
  X(COLOUR_GUESSED, colour_guessed, "the file does not say its colour matrix or range")                      \
  X(LOW_FRAME_RATE, low_frame_rate, "too few frames per second for velocities")                              \
  X(START_NOT_STILL, start_not_still, "the person did not stand still at the start")                         \
  X(FEW_REPETITIONS, few_repetitions, "fewer than three repetitions")                                        \
  X(NO_KNEE_ANGLE, no_knee_angle, "without an ankle marker knee flexion is not known")                       \
  X(KNEES_BENT_SLIGHTLY, knees_bent_slightly, "knee flexion above 5 degrees")                                \
  X(KNEES_BENT, knees_bent, "knee flexion above the test's limit")                                           \
  X(SMALL_BEND, small_bend, "hip hinge and lumbar flexion together below 60 degrees")                        \
  X(MARKER_LOST_AT_END_RANGE, marker_lost_at_end_range, "a needed marker was hidden at end range")           \
  X(REPETITION_CUT_OFF, repetition_cut_off, "the recording starts or ends within a repetition")              \
  X(HOLD_SHORT, hold_short, "end range was not held")                                                        \
  X(TOO_FAST, too_fast, "the bend took less than one second")                                                \
  X(TOO_SLOW, too_slow, "the bend took more than six seconds")                                               \
  X(HIPS_DRIFTING, hips_drifting, "the hips moved away from where the feet hold them")                       \
  X(TURNED_AWAY, turned_away, "the person turned away from the side view")                                   \
  X(WRONG_MOVEMENT, wrong_movement, "the movement is not that of the test")                                  \
  X(IMPLAUSIBLE_BODY, implausible_body, "the markers do not fit a human body")                               \
  X(SECONDS_LIMIT, seconds_limit, "only the asked-for part of the input was measured")                       \
  X(FEET_MOVED, feet_moved, "the feet, the heels or the ankle moved")                                        \
  X(NO_SCALE, no_scale, "nothing in the recording gives centimetres")                                        \
  X(ROUGH_SCALE, rough_scale, "centimetres were taken from the stature, which is rough")                     \
  X(SOLES_ESTIMATED, soles_estimated, "where the soles are was estimated from the ankle")                    \
  X(THIGH_NOT_UPRIGHT, thigh_not_upright, "hip and thigh were not at a right angle")                         \
  X(PELVIS_ROLLED, pelvis_rolled, "the pelvis rolled along with the leg")                                    \
  X(BACK_ROUNDED, back_rounded, "the lower back left its neutral band")                                      \
  X(HIPS_NOT_BENT, hips_not_bent, "the hips did not do the bending")                                         \
  X(NO_NORM, no_norm, "there is no norm for this age, or age or sex were not given")                         \
  X(STANDING_UNSTEADY, standing_unsteady, "the person did not stand quietly for long enough")                \
  X(KNEES_NOT_BENT, knees_not_bent, "the knees stayed straighter than the test asks for")                    \
  X(START_UNCERTAIN, start_uncertain, "nobody stood still upright: what angles count from is in doubt")      \
  X(SIDE_UNKNOWN, side_unknown, "which side was tested was not said")                                        \
  X(NOT_FILMED, not_filmed, "the recording leaves out time in which there was movement")                     \
  X(PICTURES_REPEATED, pictures_repeated, "the recorder repeated a picture while there was movement")        \
  X(CAMERA_MOVED, camera_moved, "the camera moved during the recording")                                     \
  X(COLOURS_CHANGED, colours_changed, "the picture's colours changed and could not be followed")             \
  X(NEUTRAL_NOT_TOLD, neutral_not_told, "whether the lower back stayed neutral cannot be told")              \
  X(LABELS_EXCHANGED, labels_exchanged, "the labels of markers changed places")                              \
  X(MARKER_FELL_OFF, marker_fell_off, "a marker came off during the recording")                              \
  X(RECORDING_JOINED, recording_joined, "the recording was paused and joined: what lies between is missing") \
  X(SIDE_OTHER, side_other, "the camera sees the other side than the one that was named")                    \
  X(KEYPOINTS, keypoints, "the points are guesses of joints, not markers: intervals are as wide")            \
  X(CLICKED, clicked, "the markers were followed by another program: intervals are a little wider")

typedef enum sagitta_warning_code {
#define SAGITTA_WARNING_ENUM(upper, lower, meaning) SAGITTA_WARNING_##upper,
  SAGITTA_WARNING_LIST(SAGITTA_WARNING_ENUM)
#undef SAGITTA_WARNING_ENUM
      SAGITTA_WARNINGS
} sagitta_warning_code;

#define SAGITTA_WARNING_TEXT 400

typedef struct sagitta_warning {
  sagitta_warning_code code;
  int role;      /* a sagitta_role, or -1 when it is about no marker in particular */
  double from_s; /* s from the first shown frame; NAN when it is about no moment in particular */
  double to_s;
  char message[SAGITTA_WARNING_TEXT]; /* UTF-8, cause and remedy in the user's words */
  uint64_t reserved[4];               /* room to grow */
} sagitta_warning;

/* "marker_hidden" for SAGITTA_WARNING_MARKER_HIDDEN; NULL for a value outside the list. Thread-safe. */
SAGITTA_API const char *sagitta_warning_name(sagitta_warning_code code);
/* "a marker was hidden": what the code says in a few English words; NULL outside the list. Static. Thread-safe. */
SAGITTA_API const char *sagitta_warning_meaning(sagitta_warning_code code);
/* The code of a name, or SAGITTA_WARNINGS when there is none. Thread-safe. */
SAGITTA_API sagitta_warning_code sagitta_warning_from_name(const char *name);

#ifdef __cplusplus
}
#endif
#endif
