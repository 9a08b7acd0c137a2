/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/words.h"

static const char *const english[SG_WORDS] = {
  [SG_WORD_LED_BY_HIPS] =
      "The hips did most of this bend. About %.0f %% of the movement came from the lower back (95 %% interval: "
      "%.0f to %.0f %%), the rest from the hips.",
  [SG_WORD_SHARED] =
      "Hips and lower back shared this bend. About %.0f %% of the movement came from the lower back (95 %% interval: "
      "%.0f to %.0f %%), the rest from the hips.",
  [SG_WORD_LED_BY_BACK] =
      "The lower back did most of this bend. About %.0f %% of the movement came from the lower back (95 %% interval: "
      "%.0f to %.0f %%), the rest from the hips.",
  [SG_WORD_CANNOT_TELL] =
      "It cannot be told for sure whether the hips or the lower back did more of this bend; most likely %4$s "
      "(%5$.0f %%). About %1$.0f %% of the movement came from the lower back, but anything between %2$.0f and %3$.0f "
      "%% fits what was seen.",
  [SG_WORD_BORDER] =
      " Values near the line between two descriptions are ordinary: published averages run from 37 to 53 %.",
  [SG_WORD_NO_NORM] = " It describes how you moved today; there is no single correct pattern.",
  [SG_WORD_WITHHELD_SMALL] =
      "The bend was too small to say how hips and lower back share it: together they turned by %.0f°, and %.0f° are "
      "needed. The angles themselves stand.",
  [SG_WORD_WITHHELD_INVALID] =
      "No bend in this recording can be used to say how hips and lower back share it. The notes say why, and what to "
      "do.",
  [SG_WORD_BAND_HIPS] = "the hips did",
  [SG_WORD_BAND_BOTH] = "they shared it",
  [SG_WORD_BAND_LOWER_BACK] = "the lower back did",
  [SG_WORD_MARKER_HIDDEN] = "The %s marker was out of sight from %.1f s to %.1f s. %s",
  [SG_WORD_HIP_REMEDY] = "Probably the arm covers it: fold the arms at the start.",
  [SG_WORD_HIDDEN_REMEDY] = "Keep every marker in the picture and uncovered.",
  [SG_WORD_HIDDEN_AT_END] = "The %s marker was hidden from %.1f s to %.1f s, at the deepest point of the bend. %s",
  [SG_WORD_START_NOT_STILL] =
      "The person did not stand still before bending, so the intervals are wider. Stand still for "
      "a second before the first bend.",
  [SG_WORD_ONE_BEND] = "One bend was recorded; with %d the mean is steadier.",
  [SG_WORD_FEW_BENDS] = "%zu bends were recorded; with %d the mean is steadier.",
  [SG_WORD_NONE_USED] = "No bend could be used. Record %d that can.",
  [SG_WORD_FEW_USED] = "%zu of %zu bends could be used; with %d the mean is steadier.",
  [SG_WORD_NO_KNEE] =
      "Without an ankle marker it cannot be seen whether the knees stayed straight. Put a marker on the "
      "outer ankle to measure it.",
  [SG_WORD_LOW_RATE] = "The recording has %.1f frames per second, too few for a speed. Record at 25 or more.",
  [SG_WORD_UNEVEN] =
      "The frames are not evenly spaced in time. Each frame's own time stamp was used; nothing needs to be done.",
  [SG_WORD_SMALL_BEND] =
      "Repetition %zu: hips and lower back together turned by %.0f°; below %.0f° their share is "
      "not stated. Bend further if it is comfortable.",
  [SG_WORD_KNEES_SLIGHTLY] =
      "Repetition %zu: the knees bent by %.0f°. Keep them straighter, so that days can be compared.",
  [SG_WORD_KNEES_BENT] = "Repetition %zu was not used: the knees bent by %.0f°, more than %.0f°. Keep them straight.",
  [SG_WORD_CUT_OFF] =
      "Repetition %zu was not used: the recording starts or ends within it. Start and end the recording "
      "standing.",
  [SG_WORD_HOLD_SHORT] = "Repetition %zu: the deepest point was held for %.1f s only. Stay there for %.1f s or more.",
  [SG_WORD_TOO_FAST] = "Repetition %zu: the bend took %.1f s, less than %.0f s. Bend more slowly.",
  [SG_WORD_TOO_SLOW] = "Repetition %zu: the bend took %.1f s, more than %.0f s. Bend in one even movement.",
  [SG_WORD_DRIFTING] = "Repetition %zu: the ankle moved by %.0f cm. Keep the feet where they are.",
  [SG_WORD_IMPLAUSIBLE] =
      "Repetition %zu was not used: the markers moved as those of no human body do. Check that none "
      "came off, and that none are exchanged.",
  [SG_WORD_WRONG_MOVEMENT] =
      "Repetition %zu was not used: the thigh turned by %.0f°, as in a squat or a step, not "
      "in a bend with straight knees. Keep the knees straight.",
  [SG_WORD_NO_BEND] =
      "No bend was found that leaves standing and comes back. Record from standing, down towards the "
      "toes and up again, side-on to the camera.",
};

const char *sg_words(sg_word word) {
  return english[word];
}
