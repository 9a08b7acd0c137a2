/* SPDX-License-Identifier: Apache-2.0 */
/* What the person can do next time, one sentence for each kind of trouble. */
#include <string.h>

#include "report/phrases.h"

/* The most useful first: what spoils a recording, then what widens its intervals. What the person can do nothing about
 * has no row. */
static const struct {
  sagitta_warning_code code;
  const char *sentence;
} rows[] = {
  { SAGITTA_WARNING_MARKER_LOST_AT_END_RANGE,
    TRANSLATABLE("Keep arms and clothes away from the markers at the deepest point; fold the arms at the start.") },
  { SAGITTA_WARNING_REPETITION_CUT_OFF,
    TRANSLATABLE("Start the recording before the first repetition and end it after the last.") },
  { SAGITTA_WARNING_WRONG_MOVEMENT, TRANSLATABLE("Look at the movement once more before you record it.") },
  { SAGITTA_WARNING_KNEES_BENT, TRANSLATABLE("Keep the knees straighter, and go only as deep as they stay straight.") },
  { SAGITTA_WARNING_KNEES_NOT_BENT, TRANSLATABLE("Bend the knees a little, and keep them bent.") },
  { SAGITTA_WARNING_IMPLAUSIBLE_BODY, TRANSLATABLE("Check that no marker has come off or changed places.") },
  { SAGITTA_WARNING_THIGH_NOT_UPRIGHT, TRANSLATABLE("Hold the thigh upright with both hands.") },
  { SAGITTA_WARNING_TURNED_AWAY, TRANSLATABLE("Stay side-on to the camera, as on rails.") },
  { SAGITTA_WARNING_TWO_CANDIDATES, TRANSLATABLE("Take things in the markers' colours out of the picture.") },
  { SAGITTA_WARNING_LOW_SEPARATION,
    TRANSLATABLE("Wear plain clothes in other colours than the markers, in even light.") },
  { SAGITTA_WARNING_SMALL_BEND, TRANSLATABLE("Bend further, as long as it is comfortable.") },
  { SAGITTA_WARNING_MARKER_HIDDEN, TRANSLATABLE("Keep every marker uncovered and in the picture, also by the arms.") },
  { SAGITTA_WARNING_FEET_MOVED, TRANSLATABLE("Leave feet and heels where they are.") },
  { SAGITTA_WARNING_HIPS_DRIFTING,
    TRANSLATABLE("Keep the hips where the feet hold them, the weight on the whole sole.") },
  { SAGITTA_WARNING_BACK_ROUNDED, TRANSLATABLE("Come up a little when the back begins to round.") },
  { SAGITTA_WARNING_HIPS_NOT_BENT, TRANSLATABLE("Push the hips back and keep the back flat.") },
  { SAGITTA_WARNING_PELVIS_ROLLED, TRANSLATABLE("Keep the other leg down.") },
  { SAGITTA_WARNING_START_NOT_STILL, TRANSLATABLE("Keep quite still for a second before the first repetition.") },
  { SAGITTA_WARNING_STANDING_UNSTEADY, TRANSLATABLE("Stand quietly for ten seconds.") },
  { SAGITTA_WARNING_FEW_REPETITIONS, TRANSLATABLE("Record three repetitions: their mean is steadier.") },
  { SAGITTA_WARNING_HOLD_SHORT, TRANSLATABLE("Stay at the furthest point a little longer.") },
  { SAGITTA_WARNING_TOO_FAST, TRANSLATABLE("Move more slowly.") },
  { SAGITTA_WARNING_TOO_SLOW, TRANSLATABLE("Move in one even movement.") },
  { SAGITTA_WARNING_KNEES_BENT_SLIGHTLY, TRANSLATABLE("Keep the knees straighter.") },
  { SAGITTA_WARNING_NO_KNEE_ANGLE,
    TRANSLATABLE("Put a marker on the outer ankle as well: it shows whether the knees stay straight.") },
  { SAGITTA_WARNING_NO_SCALE, TRANSLATABLE("Put the two ruler marks into the picture: then there are centimetres.") },
  { SAGITTA_WARNING_ROUGH_SCALE,
    TRANSLATABLE("Put the two ruler marks into the picture: they are more exact than body height.") },
  { SAGITTA_WARNING_SOLES_ESTIMATED, TRANSLATABLE("Put the ruler's first mark at the soles.") },
  { SAGITTA_WARNING_LOW_FRAME_RATE, TRANSLATABLE("Record with 25 frames a second or more.") },
};

static bool has(const report *r, sagitta_warning_code code) {
  size_t count;
  const sagitta_warning *warnings = sagitta_result_warnings(r->result, &count);
  for (size_t i = 0; i < count; i++) {
    if (warnings[i].code == code) return true;
  }
  const sagitta_repetition *repetitions = sagitta_result_repetitions(r->result, &count);
  for (size_t i = 0; i < count; i++) {
    for (size_t k = 0; k < repetitions[i].flag_count; k++) {
      if (repetitions[i].flag[k] == code) return true;
    }
  }
  return false;
}

/* What would narrow an interval that is too wide for an answer. */
static const char *better_markers(const report *r) {
  const sagitta_verdict *verdict = sagitta_result_verdict(r->result);
  if (!verdict->given || verdict->label != SAGITTA_CANNOT_TELL) return NULL;
  switch (sagitta_result_set(r->result)) {
    case SAGITTA_SET_DISCS:
      return phrase("Use a strip of tape on the hip instead of the disc: it tells hips from lower back more surely.");
    case SAGITTA_SET_STRIP:
      return phrase("Use strips of tape on pelvis and lower ribs: they tell hips from lower back more surely.");
    default:
      return NULL;
  }
}

int phrase_advice(const report *r, const char *out[ADVICE_MAX]) {
  int count = 0;
  const char *markers = better_markers(r);
  if (markers) out[count++] = markers;
  for (size_t i = 0; i < sizeof rows / sizeof *rows && count < ADVICE_MAX; i++) {
    if (has(r, rows[i].code)) out[count++] = phrase(rows[i].sentence);
  }
  if (count < ADVICE_MAX) {
    out[count++] = phrase("To compare, measure at the same time of day, warmed up alike, markers at the same places.");
  }
  return count;
}
