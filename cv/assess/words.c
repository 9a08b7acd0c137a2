/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/words.h"

static const char *const english[SG_WORDS] = {
  [SG_WORD_LED_BY_HIPS] =
      "In this bend about %.0f %% of the movement came from the lower back (between %.0f and %.0f %%) "
      "and the rest from the hips: the hips did most of the bending.",
  [SG_WORD_SHARED] =
      "In this bend about %.0f %% of the movement came from the lower back (between %.0f and %.0f %%) and "
      "the rest from the hips: hips and lower back shared it.",
  [SG_WORD_LED_BY_BACK] =
      "In this bend about %.0f %% of the movement came from the lower back (between %.0f and "
      "%.0f %%) and the rest from the hips: the lower back did most of the bending.",
  [SG_WORD_CANNOT_TELL] =
      "From these markers it cannot be told whether the hips or the lower back did more of this bend: "
      "about %.0f %% of the movement came from the lower back, but anything between %.0f and %.0f %% "
      "fits what was seen. More likely than the rest: %s (%.0f %%).",
  [SG_WORD_BORDER] =
      " This is close to the line between two descriptions, which is ordinary: published averages run "
      "from 37 to 53 %.",
  [SG_WORD_NO_NORM] = " It describes how you moved today; there is no single correct pattern.",
  [SG_WORD_WITHHELD_SMALL] =
      "Hips and lower back together turned by %.0f degrees. Below %.0f degrees the angles stand, "
      "but how they share the bend is not stated.",
  [SG_WORD_WITHHELD_INVALID] =
      "No bend in this recording can be used to say how hips and lower back share the movement; "
      "the notes below say why and what to do.",
  [SG_WORD_BAND_HIPS] = "mostly the hips",
  [SG_WORD_BAND_BOTH] = "hips and lower back sharing it",
  [SG_WORD_BAND_LOWER_BACK] = "mostly the lower back",
  [SG_WORD_MARKER_HIDDEN] = "The %s marker was out of sight from %.1f s to %.1f s. %s",
  [SG_WORD_HIP_REMEDY] = "Probably the arm covers it: fold the arms at the start.",
  [SG_WORD_HIDDEN_REMEDY] = "Keep every marker in the picture and uncovered.",
  [SG_WORD_HIDDEN_AT_END] = "The %s marker was hidden from %.1f s to %.1f s, at the deepest point of the bend. %s",
  [SG_WORD_START_NOT_STILL] =
      "The person did not stand still before bending, so the intervals are wider. Stand still for "
      "a second before the first bend.",
  [SG_WORD_FEW_REPETITIONS] = "%zu of %d repetitions could be used. Three repetitions make the mean steadier.",
  [SG_WORD_NO_KNEE] =
      "Without an ankle marker it cannot be seen whether the knees stayed straight. Put a marker on the "
      "outer ankle to measure it.",
  [SG_WORD_LOW_RATE] = "The recording has %.1f frames per second, too few for a speed. Record at 25 or more.",
  [SG_WORD_UNEVEN] = "The frames are not evenly spaced in time; their own time stamps were used.",
  [SG_WORD_SMALL_BEND] =
      "Repetition %zu: hips and lower back together turned by %.0f degrees; below %.0f the share is "
      "not stated. Bend further if it is comfortable.",
  [SG_WORD_KNEES_SLIGHTLY] = "Repetition %zu: the knees bent by %.0f degrees. Keep them straighter to compare days.",
  [SG_WORD_KNEES_BENT] =
      "Repetition %zu was not used: the knees bent by %.0f degrees, more than %.0f. Keep them straight.",
  [SG_WORD_CUT_OFF] =
      "Repetition %zu was not used: the recording starts or ends within it. Start and end the recording "
      "standing.",
  [SG_WORD_HOLD_SHORT] = "Repetition %zu: the deepest point was held for %.1f s only. Stay there for %.1f s or more.",
  [SG_WORD_TOO_FAST] = "Repetition %zu: the bend took %.1f s, less than %.0f. Bend more slowly.",
  [SG_WORD_TOO_SLOW] = "Repetition %zu: the bend took %.1f s, more than %.0f. Bend in one even movement.",
  [SG_WORD_DRIFTING] = "Repetition %zu: the ankle moved by %.0f cm. Keep the feet where they are.",
  [SG_WORD_IMPLAUSIBLE] =
      "Repetition %zu was not used: the markers moved as those of no human body do. Check that none "
      "came off, and that none are exchanged.",
  [SG_WORD_WRONG_MOVEMENT] =
      "Repetition %zu was not used: the thigh turned by %.0f degrees, as in a squat or a step, not "
      "in a bend with straight knees. Keep the knees straight.",
  [SG_WORD_NO_BEND] =
      "No bend was found that leaves standing and comes back. Record from standing, down towards the "
      "toes and up again, side-on to the camera.",
};

const char *sg_words(sg_word word) {
  return english[word];
}
