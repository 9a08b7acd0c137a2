/* SPDX-License-Identifier: Apache-2.0 */
/* What the client's page says: the two numbers, and what to do next time. */
#include "cli/summary.h"
#include "report/wording.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- the numbers ---- */

static const struct {
  const char *key, *title, *meaning;
  int part;
  const char *test; /* this one alone; NULL: every other */
} number_rows[] = {
  { "hip_hinge_deg", TRANSLATABLE("The hip itself bent by"),
    TRANSLATABLE("What is left, if anything, is the pelvis rolling along."), -1, "straight-leg-raise" },
  { "hip_hinge_deg", TRANSLATABLE("Your hips bent by"),
    TRANSLATABLE("How far the pelvis tips forward over the thighs."), 0, NULL },
  { "lumbar_flexion_deg", TRANSLATABLE("Your lower back rounded by"),
    TRANSLATABLE("How far the spine between pelvis and lower ribs bends."), 1, NULL },
  { "reach_cm", TRANSLATABLE("You reached"), TRANSLATABLE("Beyond the soles of the feet; below zero: short of them."),
    -1, NULL },
  { "fingertip_to_floor_cm", TRANSLATABLE("Fingertips above the floor"),
    TRANSLATABLE("Below zero: below the level of the soles."), -1, NULL },
  { "leg_raise_deg", TRANSLATABLE("Your leg rose by"), TRANSLATABLE("How far the straight leg lifts from lying."), -1,
    NULL },
  { "knee_angle_deg", TRANSLATABLE("Missing to a straight knee"), TRANSLATABLE("0° is a straight knee."), -1, NULL },
  { "hip_angle_deg", TRANSLATABLE("Between thigh and trunk"), TRANSLATABLE("90° is a right angle."), -1, NULL },
  { "neutral_hold_s", TRANSLATABLE("You held the stretch for"),
    TRANSLATABLE("With the lower back flat and the hips doing the bending."), -1, NULL },
  { "neutral_hinge_deg", TRANSLATABLE("With the back straight your hips bent by"),
    TRANSLATABLE("Before the lower back went more than 10° from your own standing posture."), -1, NULL },
  { "lumbar_at_50_deg", TRANSLATABLE("At 50° of the hips your back had rounded by"),
    TRANSLATABLE("When the hips had bent by 50°; below zero: hollowed."), -1, NULL },
  { "pelvis_tilt_deg", TRANSLATABLE("Pelvis strip leaned by"),
    TRANSLATABLE("Forward is positive. Compare it with your own other days alone."), -1, NULL },
  { "ribs_tilt_deg", TRANSLATABLE("Ribs strip leaned by"),
    TRANSLATABLE("Forward is positive. Compare it with your own other days alone."), -1, NULL },
};

#define NUMBER_ROWS (sizeof number_rows / sizeof *number_rows)

/* NUMBER_ROWS: said in the sentence already, or no number for a client. */
static size_t row_of(const report *r, const char *key) {
  for (size_t i = 0; i < NUMBER_ROWS; i++) {
    const bool test = !number_rows[i].test || strcmp(number_rows[i].test, r->test->name) == 0;
    if (test && strcmp(number_rows[i].key, key) == 0) return i;
  }
  return NUMBER_ROWS;
}

static void fill(client_number *c, const report *r, const char *key, const sagitta_quantity *q) {
  const sagitta_quantity_info *info = sagitta_quantity_find(key);
  char between[2 * WORDING_SHORT];
  const size_t row = row_of(r, key);
  *c = (client_number){ .part = number_rows[row].part };
  (void)snprintf(c->title, sizeof c->title, "%s", say(r->language, number_rows[row].title));
  (void)snprintf(c->meaning, sizeof c->meaning, "%s%s", say(r->language, number_rows[row].meaning),
                 q->inferred ? say(r->language, " ≈: worked out from the other markers.") : "");
  wording_quantity(c->value, q, info, r->language);
  (void)snprintf(c->between, sizeof c->between, "%s", wording_between(between, q->low, q->high, info, r->language));
  const size_t repetitions = sagitta_result_summary(r->result)->repetitions, at = strlen(c->between);
  if (summary_is_best(info) && repetitions > 1) {
    (void)snprintf(c->between + at, sizeof c->between - at, say(r->language, ", the best of %zu"), repetitions);
  }
  if (c->between[0] >= 'a' && c->between[0] <= 'z') c->between[0] = (char)(c->between[0] - 'a' + 'A');
  if (!wording_change(c->change, sizeof c->change, report_series_of(r, key), r->language)) c->change[0] = '\0';
}

/* Where the score stands, in place of a second number. */
static bool fill_percentile(client_number *c, const report *r) {
  const sagitta_norm *n = &sagitta_result_score(r->result)->norm;
  if (!n->given || !isfinite(n->percentile)) return false;
  *c = (client_number){ .part = -1 };
  char people[WORDING_PEOPLE];
  (void)snprintf(c->title, sizeof c->title, say(r->language, "That is further than"));
  (void)snprintf(c->value, sizeof c->value, "%.0f\u00a0%%", n->percentile);
  (void)snprintf(c->meaning, sizeof c->meaning, say(r->language, "Of %s, by the %s table."),
                 wording_people(people, n, r->language), sagitta_protocol_title(n->protocol));
  if (isfinite(n->low) && isfinite(n->high)) {
    (void)snprintf(c->between, sizeof c->between, say(r->language, "Between %.0f %% and %.0f %%"), n->low, n->high);
  } else {
    (void)snprintf(c->between, sizeof c->between, say(r->language, "The range goes beyond the table."));
  }
  return true;
}

/* Of a free movement: how far hips and lower back went. */
static int free_numbers(const report *r, client_number out[CLIENT_NUMBERS]) {
  static const struct {
    sagitta_angle angle;
    const char *key;
  } parts[CLIENT_NUMBERS] = { { SAGITTA_ANGLE_HIP_HINGE, "hip_hinge_deg" },
                              { SAGITTA_ANGLE_LUMBAR_FLEXION, "lumbar_flexion_deg" } };
  int count = 0;
  for (int k = 0; k < CLIENT_NUMBERS; k++) {
    const sagitta_range *range = sagitta_result_range(r->result, parts[k].angle);
    if (range->known) fill(&out[count++], r, parts[k].key, &range->greatest);
  }
  return count;
}

int client_numbers(const report *r, client_number out[CLIENT_NUMBERS]) {
  if (!*r->test->quantities) return free_numbers(r, out);
  int count = 0;
  for (const char *const *key = r->test->quantities; *key && count < CLIENT_NUMBERS; key++) {
    const sagitta_quantity *q = report_mean(r, *key);
    if (!q || row_of(r, *key) == NUMBER_ROWS) continue;
    fill(&out[count++], r, *key, q);
    if (count == 1 && fill_percentile(&out[1], r)) return 2;
  }
  return count;
}

void client_numbers_explained(const report *r, char *text, size_t size) {
  const size_t repetitions = sagitta_result_summary(r->result)->repetitions;
  const sagitta_quantity_info *own = r->test->quantities[0] ? sagitta_quantity_find(r->test->quantities[0]) : NULL;
  size_t at = 0;
  text[0] = '\0';
  if (own && !summary_is_best(own) && repetitions > 0) {
    at = (size_t)snprintf(text, size,
                          repetitions > 1 ? say(r->language, "The numbers are the mean of %zu repetitions. ")
                                          : say(r->language, "The numbers are of one repetition. "),
                          repetitions);
  }
  if (at >= size) return;
  (void)snprintf(text + at, size - at, "%s",
                 say(r->language,
                     "“Between … and …”: there the true value lies with 95 % certainty. Camera, skin, the places of "
                     "the markers and the build of the body allow no narrower answer."));
}

/* What the test is about, through the visits: the bend's two parts, or its own quantity. */
int client_series(const report *r, const report_series *out[CLIENT_NUMBERS]) {
  const report_series *hips = report_series_of(r, "hip_hinge_deg"), *back = report_series_of(r, "lumbar_flexion_deg");
  if (r->test->verdict && hips && back) {
    out[0] = hips;
    out[1] = back;
    return 2;
  }
  out[0] = r->series_count ? &r->series[0] : NULL;
  return out[0] ? 1 : 0;
}

bool client_change(const report *r, char *text, size_t size) {
  const report_series *s[CLIENT_NUMBERS];
  const int count = client_series(r, s);
  char day[WORDING_SHORT], changes[CLIENT_NUMBERS * 160];
  size_t at = 0;
  if (count == 0) return false;
  for (int k = 0; k < count && at < sizeof changes; k++) {
    char change[WORDING_SHORT];
    if (s[k]->verdict != CHANGE_REAL) continue;
    const char *name = count == 1 ? say(r->language, s[k]->info->label)
                       : k        ? say(r->language, "Lower back")
                                  : say(r->language, "Hips");
    at += (size_t)snprintf(changes + at, sizeof changes - at, "%s%s %s (%s)", at ? ", " : "", name,
                           wording_direction(s[k], r->language), wording_difference(change, s[k], r->language));
  }
  wording_day(day, s[0]->point[0].day, r->language);
  if (at) {
    (void)snprintf(text, size, say(r->language, "A real change since %s: %s."), day, changes);
  } else {
    (void)snprintf(text, size, say(r->language, "Since %s no change that is more than measurement error."), day);
  }
  return true;
}

/* ---- next time ---- */

/* The most useful first: what spoils a recording, then what widens its intervals. What the person can do nothing about
 * has no row. */
static const struct {
  sagitta_warning_code code;
  const char *sentence;
} advice_rows[] = {
  { SAGITTA_WARNING_KEYPOINTS,
    TRANSLATABLE("Put markers on before you film: guesses of joints are too rough for this.") },
  { SAGITTA_WARNING_MARKER_LOST_AT_END_RANGE,
    TRANSLATABLE("Keep arms and clothes away from the markers at the deepest point; fold the arms at the start.") },
  { SAGITTA_WARNING_NOT_FILMED,
    TRANSLATABLE("Film without a pause, and close other programs on the recording device.") },
  { SAGITTA_WARNING_PICTURES_REPEATED,
    TRANSLATABLE("Film without a pause, and close other programs on the recording device.") },
  { SAGITTA_WARNING_RECORDING_JOINED,
    TRANSLATABLE("Film without a pause, and close other programs on the recording device.") },
  { SAGITTA_WARNING_COLOURS_CHANGED,
    TRANSLATABLE("Leave the lamps as they are while you film, and lock the camera's white balance.") },
  { SAGITTA_WARNING_REPETITION_CUT_OFF,
    TRANSLATABLE("Start the recording before the first repetition and end it after the last.") },
  { SAGITTA_WARNING_WRONG_MOVEMENT, TRANSLATABLE("Look at the movement once more before you record it.") },
  { SAGITTA_WARNING_KNEES_BENT, TRANSLATABLE("Keep the knees straighter, and go only as deep as they stay straight.") },
  { SAGITTA_WARNING_KNEES_NOT_BENT, TRANSLATABLE("Bend the knees a little, and keep them bent.") },
  { SAGITTA_WARNING_IMPLAUSIBLE_BODY, TRANSLATABLE("Check that no marker has come off or changed places.") },
  { SAGITTA_WARNING_THIGH_NOT_UPRIGHT, TRANSLATABLE("Hold the thigh upright with both hands.") },
  { SAGITTA_WARNING_MARKER_FELL_OFF, TRANSLATABLE("Fix the markers so that they hold during the whole recording.") },
  { SAGITTA_WARNING_CAMERA_MOVED,
    TRANSLATABLE("Put the camera on something firm, and do not touch it while it records.") },
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
  { SAGITTA_WARNING_NEUTRAL_NOT_TOLD,
    TRANSLATABLE("Put strips of tape on pelvis and lower ribs, flat on the skin: they show the lower back.") },
  { SAGITTA_WARNING_HIPS_NOT_BENT, TRANSLATABLE("Push the hips back and keep the back flat.") },
  { SAGITTA_WARNING_PELVIS_ROLLED, TRANSLATABLE("Keep the other leg down.") },
  { SAGITTA_WARNING_START_NOT_STILL, TRANSLATABLE("Keep quite still for a second before the first repetition.") },
  { SAGITTA_WARNING_START_UNCERTAIN, TRANSLATABLE("Keep quite still for a second before the first repetition.") },
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
  if (!verdict->given || (verdict->label != SAGITTA_CANNOT_TELL && !verdict->rests_on_usual)) return NULL;
  switch (sagitta_result_set(r->result)) {
    case SAGITTA_SET_DISCS:
      return say(r->language,
                 "Use a strip of tape on the hip instead of the disc: it tells hips from lower back more surely.");
    case SAGITTA_SET_STRIP:
      return say(r->language,
                 "Use strips of tape on pelvis and lower ribs: they tell hips from lower back more surely.");
    default:
      return NULL;
  }
}

/* What would count as a change the next time, of what the test is about: both parts of a bend, else its own quantity.
 */
static bool tell_limit(const report *r, char text[CLIENT_NEXT]) {
  const char *own = r->test->quantities[0];
  const bool bend = r->test->verdict && own && strcmp(own, "hip_hinge_deg") == 0;
  const char *const keys[2] = { own, bend ? "lumbar_flexion_deg" : NULL };
  char limit[2][WORDING_SHORT];
  int count = 0;
  for (int i = 0; i < 2 && keys[i]; i++) {
    const double mdc = report_mean(r, keys[i]) ? report_limit(r, keys[i]) : (double)NAN;
    if (isfinite(mdc)) wording_value(limit[count++], mdc, sagitta_quantity_find(keys[i]), false, r->language);
  }
  if (bend && count == 2) {
    (void)snprintf(
        text, CLIENT_NEXT,
        say(r->language,
            "Measure again in a few weeks. A change of the hips counts above %s, one of the lower back above "
            "%s; less may be measurement error."),
        limit[0], limit[1]);
  } else if (!bend && count == 1) {
    (void)snprintf(
        text, CLIENT_NEXT,
        say(r->language, "Measure again in a few weeks. A change counts above %s; less may be measurement error."),
        limit[0]);
  } else {
    return false;
  }
  return true;
}

static void take(char out[CLIENT_ADVICE][CLIENT_NEXT], int *count, const char *sentence) {
  for (int i = 0; i < *count; i++) {
    if (strcmp(out[i], sentence) == 0) return;
  }
  (void)snprintf(out[(*count)++], CLIENT_NEXT, "%s", sentence);
}

/* What follows for who bends from the back, or may: nobody sees from a bend whether the hips cannot or do not. */
static const char *find_out_why(const report *r) {
  const sagitta_verdict *verdict = sagitta_result_verdict(r->result);
  if (!verdict->given || !r->test->usual_share) return NULL;
  if (sagitta_verdict_side(verdict) == SAGITTA_MORE_LOWER_BACK) {
    return say(
        r->language,
        "Find out why the hips do less: film the same bend with the knees bent, and a waiter's bow (bending from "
        "the hips on purpose). If the hips then bend further, it is tight hamstrings, or a habit.");
  }
  return NULL;
}

int client_next(const report *r, char out[CLIENT_ADVICE][CLIENT_NEXT]) {
  const char *hurts = say(r->language, "If it hurts, stop, and show this page to a clinician.");
  int count = 0;
  if (r->pain > 0) take(out, &count, hurts);
  const char *why = find_out_why(r);
  if (why) take(out, &count, why);
  count += tell_limit(r, out[count]);
  const char *markers = better_markers(r);
  if (markers) take(out, &count, markers);
  for (size_t i = 0; i < sizeof advice_rows / sizeof *advice_rows && count < CLIENT_ADVICE - 1; i++) {
    if (has(r, advice_rows[i].code)) take(out, &count, say(r->language, advice_rows[i].sentence));
  }
  if (count < CLIENT_ADVICE - 1) {
    take(out, &count,
         say(r->language, "To compare, measure at the same time of day, warmed up alike, markers at the same places."));
  }
  take(out, &count, hurts);
  return count;
}

bool client_sides(const report *r, char *text, size_t size) {
  if (!r->sides[0]) return false;
  (void)snprintf(
      text, size, "%.*s %s", (int)strcspn(r->sides, "\n"), r->sides,
      say(r->language,
          "The limit is how far two measurements of one person lie apart by measurement error alone (95 %)."));
  return true;
}

bool client_pain(const report *r, char *text, size_t size) {
  return wording_pain(r, text, size);
}
