/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why there is no start to measure from: markers that are not there, hidden or exchanged, another posture than the test
 * asks for, no movement. Each refusal names what was found and what to do.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"
#include "body/start.h"

#define LYING_DEG        50.0  /* trunk from upright */
#define SITTING_DEG      40.0  /* thigh from upright */
#define LOW_STEP_DEG     15.0  /* thigh: below this no foot is on a step */
#define HIGH_STEP_DEG    80.0  /* from here on the legs are out as in sitting */
#define LEGS_OUT_DEG     60.0  /* … and from here on the legs are out, where no ankle tells of the shank */
#define LEVEL_DEG        50.0  /* thigh and shank: from here on the legs are out … */
#define RAISED_DEG       140.0 /* … and from here on the knee is above the hip */
#define THIGH_TRUNK_LOW  0.5   /* Winter 2009: 0.245 / 0.288; strips, placement and slouching widen it */
#define THIGH_TRUNK_HIGH 1.3
#define THIGH_SLOUCHED   1.5
#define SHANK_THIGH_LOW  0.6 /* Winter 2009: 0.246 / 0.245 */
#define SHANK_THIGH_HIGH 1.6
#define UPRIGHT_DEG      40.0                     /* of a part from straight up, or from straight down */
#define SINKS_DEG        40.0                     /* a leg that goes so far below level */
#define LIST_TEXT        (SAGITTA_ERROR_TEXT / 3) /* names of roles: two lists and the sentence around them fit an error */
#define OTHER_DEG        30.0                     /* another part that turns further makes it another movement */

/* ---- markers that are needed ---- */

/* Adds a role's name to `list` (`size` bytes), after `between` where it is not the first. A name that there is no room
 * for is left out whole. */
static void add_name(char *list, size_t size, const char *between, sagitta_role role, const char *language) {
  const size_t length = strlen(list);
  const char *before = length ? between : "", *name = sg_say(language, sagitta_role_name(role));
  if (length + strlen(before) + strlen(name) >= size) return;
  if (snprintf(list + length, size - length, "%s%s", before, name) < 0) list[length] = '\0';
}

sagitta_status sg_start_roles(const sg_signals *s, const sg_opening *o, sagitta_error *error) {
  char missing[LIST_TEXT] = "", wanted[LIST_TEXT] = "";
  const char *language = sg_error_language(error), *and = sg_say(language, " and ");
  size_t count = 0;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (!sg_start_needs(o, role)) continue;
    add_name(wanted, sizeof wanted, ", ", (sagitta_role)role, language);
    if (s->value[role][SG_CHANNEL_X]) continue;
    add_name(missing, sizeof missing, and, (sagitta_role)role, language);
    count++;
  }
  const bool strips = s->value[SAGITTA_PELVIS][SG_CHANNEL_AXIS] || s->value[SAGITTA_HIP][SG_CHANNEL_AXIS] ||
                      s->value[SAGITTA_RIBS][SG_CHANNEL_AXIS];
  if (count == 0 && o->quiet && !strips) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "How pelvis and ribs are tilted shows on strips of tape only, and there is none. Put a strip on the "
                   "pelvis and one on the lower ribs, or wear the hip as a strip.");
  }
  if (count == 0) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 count == 1 ? SG_TRANSLATABLE("This test needs the markers %s, and there is no %s marker. Put it on, "
                                              "or show it with --pick ROLE=X,Y.")
                            : SG_TRANSLATABLE("This test needs the markers %s, and there are no %s markers. Put them "
                                              "on, or show them with --pick ROLE=X,Y."),
                 wanted, missing);
}

/* It was no marker that was hidden. */
static sagitta_status refuse_unseen(const sg_unseen_rows *rows, const char *when, sagitta_error *error) {
  if (rows->cause == SG_JOINED) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "The recording was paused at %.1f s and joined again, %s. Film again without a pause, from rest to "
                   "rest.",
                   rows->from_s, sg_say(sg_error_language(error), when));
  }
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 rows->cause == SG_NOT_FILMED
                     ? SG_TRANSLATABLE("Nothing was filmed from %.1f s to %.1f s, %s. Film again without a pause, from "
                                       "rest to rest.")
                     : SG_TRANSLATABLE("The recording stood still from %.1f s to %.1f s, %s, although the person was "
                                       "moving. Close other programs on the recording device, and film again."),
                 rows->from_s, rows->to_s, sg_say(sg_error_language(error), when));
}

sagitta_status sg_start_hidden(const sg_signals *s, const sg_opening *o, size_t from, size_t to, const char *when,
                               sagitta_error *error) {
  for (int role = 0; role < SAGITTA_HAND; role++) {
    size_t first = s->rows, last = 0;
    for (size_t i = from; sg_start_needs(o, role) && i < to; i++) {
      if (sg_signals_known(s, (sagitta_role)role, i)) continue;
      first = i < first ? i : first;
      last = i;
    }
    if (first == s->rows) continue;
    while (last + 1 < s->rows && !sg_signals_known(s, (sagitta_role)role, last + 1)) last++;
    sg_unseen_rows unseen;
    if (sg_mostly_unseen(s, first, last, &unseen)) return refuse_unseen(&unseen, when, error);
    return sg_fail(
        error, SAGITTA_NO_MEASUREMENT, "The %s marker was hidden from %.1f s to %.1f s, %s. %s",
        sg_say(sg_error_language(error), sagitta_role_name((sagitta_role)role)), s->time[first], s->time[last],
        sg_say(sg_error_language(error), when),
        sg_say(sg_error_language(error),
               role == SAGITTA_HIP ? SG_TRANSLATABLE("Probably the arm covers it: fold the arms at the start.")
                                   : SG_TRANSLATABLE("Keep every marker in the picture and in sight of the camera.")));
  }
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "The markers that this test needs are never seen together. Keep all of them in sight of the camera.");
}

/* ---- postures ---- */

typedef struct {
  double trunk, thigh,
      shank; /* deg: hip → shoulder, knee → hip, ankle → knee from straight up, unsigned; NAN unknown */
} attitude;

static int classify(attitude a) {
  const bool trunk_known = !isnan(a.trunk), shank_level = isnan(a.shank) || a.shank > LEVEL_DEG;
  if (isnan(a.thigh)) return -1;
  if (trunk_known && a.trunk <= LYING_DEG) {
    if (a.thigh <= SITTING_DEG) return SG_START_STANDING;
    if (a.thigh > RAISED_DEG) return -1;
    return shank_level ? SG_START_LONG_SITTING : SG_START_STEPPING;
  }
  if (a.thigh > RAISED_DEG) return SG_START_LYING_90;
  if (a.thigh > (isnan(a.shank) ? LEGS_OUT_DEG : SITTING_DEG)) return shank_level ? SG_START_LYING : -1;
  return trunk_known ? -1 : SG_START_STANDING;
}

static double mean_lean(const sg_signals *s, sagitta_role a, sagitta_role b, size_t from, size_t to) {
  sg_xy sum;
  return sg_line_sum(s, a, b, from, to, &sum) > 0 ? fabs(sg_lean(sum)) : NAN;
}

/* In rows [from, to). */
static attitude attitude_of(const sg_signals *s, size_t from, size_t to) {
  return (attitude){ mean_lean(s, SAGITTA_HIP, SAGITTA_SHOULDER, from, to),
                     mean_lean(s, SAGITTA_KNEE, SAGITTA_HIP, from, to),
                     mean_lean(s, SAGITTA_ANKLE, SAGITTA_KNEE, from, to) };
}

/* The posture in rows [from, to), whatever was asked for; −1 when it is none of them. */
static int posture_of(const sg_signals *s, size_t from, size_t to) {
  return classify(attitude_of(s, from, to));
}

bool sg_start_is_another(const sg_signals *s, const sg_opening *o, size_t early) {
  const int found = posture_of(s, 0, early);
  /* Before a step the leg may be upright as in standing, on the step as level as in sitting. */
  const bool steps = o->start == SG_START_STEPPING &&
                     (found == SG_START_STANDING || found == SG_START_STEPPING || found == SG_START_LONG_SITTING);
  return found >= 0 && found != (int)o->start && !steps;
}

/* Which posture was found (−1: none of them), which one is asked for, and which test begins like that. */
static sagitta_status refuse(int found, const sg_opening *o, sagitta_error *error) {
  static const char *const is[SG_STARTS] = {
    [SG_START_STANDING] = SG_TRANSLATABLE("The recording starts standing upright."),
    [SG_START_STEPPING] =
        SG_TRANSLATABLE("The recording starts with the thigh far from upright, as in sitting on a chair or squatting."),
    [SG_START_LONG_SITTING] = SG_TRANSLATABLE("The recording starts sitting with the legs out."),
    [SG_START_LYING] = SG_TRANSLATABLE("The recording starts lying with the legs out."),
    [SG_START_LYING_90] = SG_TRANSLATABLE("The recording starts lying with the thigh upright."),
  };
  static const char *const should[SG_STARTS] = {
    [SG_START_STANDING] =
        SG_TRANSLATABLE("This test is a bend from standing: start and end standing, side-on to the camera."),
    [SG_START_STEPPING] = SG_TRANSLATABLE(
        "This stretch is a bend from standing with one foot on a step or a chair: start and end upright, side-on to "
        "the camera."),
    [SG_START_LONG_SITTING] = SG_TRANSLATABLE(
        "This test is a reach from sitting: start and end sitting upright with the legs out, side-on to the camera."),
    [SG_START_LYING] = SG_TRANSLATABLE("This test starts lying on the back with both legs out, side-on to the camera."),
    [SG_START_LYING_90] = SG_TRANSLATABLE(
        "This test starts lying on the back with the thigh upright and the knee bent at a right angle, side-on to the "
        "camera."),
  };
  static const char *const instead[SG_STARTS] = {
    [SG_START_STANDING] = SG_TRANSLATABLE("For a bend from standing there is --test toe-touch."),
    [SG_START_STEPPING] = SG_TRANSLATABLE("For a stretch with one foot on a step there is --test supported-stretch."),
    [SG_START_LONG_SITTING] = SG_TRANSLATABLE("For a reach from sitting there is --test sit-and-reach."),
    [SG_START_LYING] = SG_TRANSLATABLE("For a leg that is raised from lying there is --test straight-leg-raise."),
    [SG_START_LYING_90] = SG_TRANSLATABLE("For a knee that is straightened in lying there is --test knee-extension."),
  };
  if (found < 0) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT, "The recording does not start in the posture of this test. %s",
                   sg_say(sg_error_language(error), should[o->start]));
  }
  return sg_fail(error, SAGITTA_NO_MEASUREMENT, "%s %s %s", sg_say(sg_error_language(error), is[found]),
                 sg_say(sg_error_language(error), should[o->start]), sg_say(sg_error_language(error), instead[found]));
}

static bool is_posture(const sg_motion *m) {
  const attitude a = { fabs(m->start_lean), fabs(m->start_thigh), fabs(m->start_shank) };
  const int found = classify(a);
  if (m->opening.start != SG_START_STEPPING) {
    return found == (int)m->opening.start ||
           (m->opening.start == SG_START_LYING && isnan(a.trunk) && a.thigh > SITTING_DEG && a.thigh <= RAISED_DEG);
  }
  return a.trunk <= LYING_DEG && a.thigh >= LOW_STEP_DEG && a.thigh <= HIGH_STEP_DEG;
}

/* ---- movements ---- */

/* How far the line between two roles turns in the whole recording. */
static double range_of(const sg_signals *s, sagitta_role from, sagitta_role to, double *scratch) {
  sg_lean_rows(s, from, to, 0, scratch);
  const sg_extent e = sg_extent_of(scratch, s->rows);
  return e.high - e.low;
}

#define OUT_OF_SIGHT_S 1.0 /* long enough for a bend */

/* Rows *from to *to: the longest time in which a marker that the start needs was out of sight; false where none was out
 * of sight for long enough to bend meanwhile. */
static bool longest_hidden(const sg_signals *s, const sg_opening *o, size_t *from, size_t *to) {
  double longest = OUT_OF_SIGHT_S;
  bool any = false;
  for (int role = 0; role < SAGITTA_HAND; role++) {
    size_t first = 0;
    for (size_t i = 0; sg_start_needs(o, role) && i < s->rows; i++) {
      if (sg_signals_known(s, (sagitta_role)role, i)) first = i + 1;
      if (first > i || s->time[i] - s->time[first] < longest) continue;
      longest = s->time[i] - s->time[first];
      *from = first;
      *to = i + 1;
      any = true;
    }
  }
  return any;
}

sagitta_status sg_start_unmoved(const sg_signals *s, const sg_opening *o, double range, size_t early, double *scratch,
                                sagitta_error *error) {
  if (sg_start_is_another(s, o, early)) return refuse(posture_of(s, 0, early), o, error);
  const sagitta_status unseen = sg_refuse_unseen(s, error);
  if (unseen) return unseen;
  size_t from, to;
  if (longest_hidden(s, o, &from, &to))
    return sg_start_hidden(s, o, from, to, SG_TRANSLATABLE("and in what is seen nobody moves"), error);
  switch (o->start) {
    case SG_START_LYING:
      if (range_of(s, SAGITTA_HIP, SAGITTA_SHOULDER, scratch) > OTHER_DEG) {
        return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                       "The trunk rises in this recording, not the leg, as in a sit-up. For the straight leg raise lie "
                       "on the back and raise one straight leg; the trunk stays down.");
      }
      return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                     "No leg is raised in this recording: the thigh turns by %.0f° only. Put the markers on the leg "
                     "that is raised, on the side of the camera.",
                     range);
    case SG_START_LYING_90:
      return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                     "The knee is not straightened in this recording: it turns by %.0f° only. Start with the knee bent "
                     "at a right angle, and put the markers on the leg that moves.",
                     range);
    case SG_START_LONG_SITTING:
      return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                     "Nobody reaches forward in this recording: the trunk turns by %.0f° only. Start sitting upright, "
                     "reach forward along the legs and come back, side-on to the camera.",
                     range);
    default:
      if (range_of(s, SAGITTA_KNEE, SAGITTA_HIP, scratch) > OTHER_DEG) {
        return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                       "The thigh turns in this recording and the trunk hardly does, as in a squat. Keep the knees "
                       "straight and bend forward from standing.");
      }
      return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                     o->quiet
                         ? SG_TRANSLATABLE("Which way the person faces cannot be seen: the trunk turns by %.0f° only. "
                                           "After the quiet standing, bend forward once.")
                         : SG_TRANSLATABLE("Nobody bends in this recording: the trunk turns by %.0f° only. Record from "
                                           "standing, down to the toes and up again, side-on to the camera."),
                     range);
  }
}

/* ---- bodies ---- */

/* How many rows a standing (or a sitting) body is upright in, less those in which it hangs head down. */
static double upright_rows(const sg_rows *r, size_t n, bool legs) {
  double count = 0;
  for (size_t i = 0; i < n; i++) {
    if (isnan(r->trunk[i]) || isnan(r->thigh[i])) continue;
    const double trunk = fabs(remainder(r->trunk[i], 360)), thigh = fabs(remainder(r->thigh[i], 360));
    if (trunk < UPRIGHT_DEG && (!legs || thigh < UPRIGHT_DEG)) count += 1;
    if (trunk > 180 - UPRIGHT_DEG && (!legs || thigh > 180 - UPRIGHT_DEG)) count -= 1;
  }
  return count;
}

/* A leg that is raised from lying goes up. */
static bool leg_sinks(const sg_rows *r, size_t n) {
  const sg_extent e = sg_extent_of(r->lead, n);
  return e.low < 90 - SINKS_DEG && e.high < 90 + SINKS_DEG / 2;
}

/* Lying on the back, the knee is above the hip. */
static bool thigh_hangs(const sg_rows *r, size_t n) {
  double hangs = 0;
  for (size_t i = 0; i < n; i++) {
    const double trunk = fabs(remainder(r->trunk[i], 360)), thigh = fabs(remainder(r->thigh[i], 360));
    if (fabs(trunk - 90) > UPRIGHT_DEG) continue;
    hangs += thigh < UPRIGHT_DEG ? 1 : thigh > 180 - UPRIGHT_DEG ? -1 : 0;
  }
  return hangs > 0;
}

/* What is taken for the thigh turns, and the trunk does not: shoulder and knee marker are exchanged. */
static bool thigh_bends(const sg_rows *r, size_t n) {
  const sg_extent trunk = sg_extent_of(r->trunk, n), thigh = sg_extent_of(r->thigh, n);
  return thigh.high - thigh.low > trunk.high - trunk.low;
}

static sagitta_status check_shoulder(const sg_signals *s, const sg_rows *r, bool head_down, sagitta_error *error) {
  for (size_t i = 0; !head_down && i < s->rows; i++) {
    if (fabs(r->trunk[i]) < 90) return SAGITTA_OK;
  }
  return sg_fail(
      error, SAGITTA_NO_MEASUREMENT,
      "In standing the shoulder marker is below the hip marker: they are exchanged, or this is not standing. "
      "Check which marker is where, or show them with --pick.");
}

sagitta_status sg_start_way_up(const sg_signals *s, const sg_opening *o, const sg_rows *r, sagitta_error *error) {
  const bool stands = o->start == SG_START_STANDING || o->start == SG_START_STEPPING;
  const bool head_down = (stands || o->start == SG_START_LONG_SITTING) && upright_rows(r, s->rows, stands) < 0;
  if (head_down && !thigh_bends(r, s->rows)) {
    return sg_fail(
        error, SAGITTA_NO_MEASUREMENT,
        stands ? SG_TRANSLATABLE("Everything is upside down: the shoulder marker is below the hip marker, and the knee "
                                 "marker above it. Turn the video the right way up; if the tracks come from another "
                                 "program, let y run downwards from the picture's top.")
               : SG_TRANSLATABLE("Everything is upside down: the shoulder marker is below the hip marker. "
                                 "Turn the video the right way up; if the tracks come from another program, "
                                 "let y run downwards from the picture's top."));
  }
  if ((o->start == SG_START_LYING && leg_sinks(r, s->rows)) ||
      (o->start == SG_START_LYING_90 && thigh_hangs(r, s->rows))) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "Everything is upside down: the knee marker is below the hip marker of a person who lies. Turn the "
                   "video the right way up; if the tracks come from another program, let y run downwards from the "
                   "picture's top.");
  }
  return stands ? check_shoulder(s, r, head_down, error) : SAGITTA_OK;
}

static sagitta_status exchanged(sagitta_role upper, sagitta_role lower, sagitta_error *error) {
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "In standing the %s marker is below the %s marker: they are exchanged, or this is not standing. "
                 "Check which marker is where, or show them with --pick.",
                 sg_say(sg_error_language(error), sagitta_role_name(upper)),
                 sg_say(sg_error_language(error), sagitta_role_name(lower)));
}

/* How near to upright the trunk comes, and how near the thigh while the trunk is; deg, signed. */
static void find_nearest(const sg_rows *r, size_t n, const sg_posture_limits *limits, double *trunk, double *thigh) {
  *trunk = *thigh = INFINITY;
  for (size_t i = 0; i < n; i++) {
    const double off = r->trunk[i] - limits->trunk_at, legs = r->thigh[i] - limits->thigh_at;
    if (fabs(off) < fabs(*trunk)) *trunk = off;
    if (fabs(off) <= limits->trunk_deg && fabs(legs) < fabs(*thigh)) *thigh = legs;
  }
}

sagitta_status sg_start_not_upright(const sg_signals *s, const sg_opening *o, const sg_rows *r, size_t early,
                                    sagitta_error *error) {
  const sg_posture_limits *limits = sg_start_limits(o);
  const attitude a = attitude_of(s, 0, early);
  const int found = classify(a);
  if (!limits->upright) return refuse(found == (int)o->start ? -1 : found, o, error);
  /* Knee above hip under an upright trunk: no posture; the markers are exchanged. */
  if (a.trunk <= LYING_DEG && a.thigh > RAISED_DEG) return exchanged(SAGITTA_HIP, SAGITTA_KNEE, error);
  if (found >= 0 && found != (int)o->start) return refuse(found, o, error);
  double trunk, thigh;
  find_nearest(r, s->rows, limits, &trunk, &thigh);
  const double begins = sg_mean(r->trunk, 0, early);
  if (fabs(trunk) <= limits->trunk_deg && fabs(thigh) > limits->thigh_deg) {
    return o->start == SG_START_STEPPING
               ? refuse(-1, o, error)
               : sg_fail(error, SAGITTA_NO_MEASUREMENT,
                         "There is no upright moment in this recording: while the trunk is upright the thigh leans by "
                         "%.0f° or more, as with bent knees. Start and end the recording standing upright and still.",
                         fabs(thigh));
  }
  if (fabs(trunk) <= limits->trunk_deg) {
    return sg_fail(
        error, SAGITTA_NO_MEASUREMENT,
        "There is no upright moment in this recording: the person passes upright for less than %.1f s. Start "
        "and end the recording standing upright and still.",
        SG_START_SHORTEST_S);
  }
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 trunk < 0 ? SG_TRANSLATABLE("There is no upright moment in this recording: the person leans back by "
                                             "%.0f° or more. Start and end the recording standing upright and still.")
                 : begins > limits->trunk_deg
                     ? SG_TRANSLATABLE("There is no upright moment in this recording: it starts in the bend, and the "
                                       "trunk never comes nearer to upright than %.0f°. Start and end the recording "
                                       "standing upright and still.")
                     : SG_TRANSLATABLE("There is no upright moment in this recording: the trunk never comes nearer to "
                                       "upright than %.0f°. Start and end the recording standing upright and still."),
                 fabs(trunk));
}

/* px, up. */
static double mean_height(const sg_motion *m, sagitta_role role) {
  return -sg_mean(m->signals->value[role][SG_CHANNEL_Y], m->start_row, m->start_row + m->start_rows);
}

/* In standing the first of each pair is above the second. */
static sagitta_status check_order(const sg_motion *m, sagitta_error *error) {
  static const sagitta_role pairs[][2] = { { SAGITTA_SHOULDER, SAGITTA_HIP },
                                           { SAGITTA_HIP, SAGITTA_KNEE },
                                           { SAGITTA_KNEE, SAGITTA_ANKLE },
                                           { SAGITTA_RIBS, SAGITTA_PELVIS },
                                           { SAGITTA_SHOULDER, SAGITTA_RIBS } };
  for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
    if (mean_height(m, pairs[k][0]) < mean_height(m, pairs[k][1])) return exchanged(pairs[k][0], pairs[k][1], error);
  }
  return SAGITTA_OK;
}

/* Legs out: the ankle is beyond the knee, seen from the hip; lying, the shoulder is on the other side. */
static sagitta_status check_row(const sg_motion *m, sagitta_error *error) {
  const sg_xy knee = m->start_knee, ankle = m->start_ankle, shoulder = m->start_shoulder;
  const bool lying = m->opening.start == SG_START_LYING;
  if (hypot(ankle.x, ankle.y) < hypot(knee.x, knee.y)) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "With the legs out the ankle marker is nearer to the hip than the knee marker: they are exchanged. "
                   "Check which marker is where, or show them with --pick.");
  }
  if (lying && shoulder.x * knee.x > 0) {
    return sg_fail(
        error, SAGITTA_NO_MEASUREMENT,
        "In lying the shoulder marker is on the same side of the hip as the knee marker: they are exchanged, "
        "or this is not lying. Check which marker is where, or show them with --pick.");
  }
  return SAGITTA_OK;
}

static sagitta_status check_lengths(const sg_motion *m, sagitta_error *error) {
  const double thigh = 1 / hypot(m->start_shoulder.x, m->start_shoulder.y);
  const double shank = hypot(m->start_ankle.x - m->start_knee.x, m->start_ankle.y - m->start_knee.y);
  const double most = m->opening.start == SG_START_LONG_SITTING ? THIGH_SLOUCHED : THIGH_TRUNK_HIGH;
  if (thigh < THIGH_TRUNK_LOW || thigh > most) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "The markers do not fit a human body: the thigh is %.2f times as long as the trunk (0.7 to 1.0 is "
                   "usual). Check that shoulder, hip and knee markers sit where they belong and are not exchanged.",
                   thigh);
  }
  if (shank < SHANK_THIGH_LOW || shank > SHANK_THIGH_HIGH) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "The markers do not fit a human body: the shank is %.2f times as long as the thigh (0.9 to 1.1 is "
                   "usual). Check that hip, knee and ankle markers sit where they belong and are not exchanged.",
                   shank);
  }
  return SAGITTA_OK;
}

sagitta_status sg_start_check(const sg_motion *m, sagitta_error *error) {
  if (m->opening.start == SG_START_FREE) return SAGITTA_OK;
  if (!is_posture(m)) {
    const attitude a = { fabs(m->start_lean), fabs(m->start_thigh), fabs(m->start_shank) };
    const int first = posture_of(m->signals, 0, m->start_rows);
    const bool other = first >= 0 && first != (int)m->opening.start; /* whatever posture came next */
    return refuse(other ? first : classify(a), &m->opening, error);
  }
  sagitta_status status = SAGITTA_OK;
  if (m->opening.start == SG_START_STANDING) status = check_order(m, error);
  if (m->opening.start == SG_START_LONG_SITTING || m->opening.start == SG_START_LYING) status = check_row(m, error);
  return status ? status : check_lengths(m, error);
}
