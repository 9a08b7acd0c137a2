/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the start is the posture that a test asks for, and whether the markers are where a body has them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/base.h"
#include "base/translate.h"
#include "body/lines.h"
#include "body/start.h"

#define LYING_DEG        50.0  /* trunk from upright */
#define SITTING_DEG      40.0  /* thigh from upright */
#define LOW_STEP_DEG     15.0  /* thigh: below this no foot is on a step */
#define HIGH_STEP_DEG    80.0  /* from here on the legs are out as in sitting */
#define LEVEL_DEG        50.0  /* thigh and shank: from here on the legs are out … */
#define RAISED_DEG       140.0 /* … and from here on the knee is above the hip */
#define THIGH_TRUNK_LOW  0.5   /* Winter 2009: 0.245 / 0.288; strips, placement and slouching widen it */
#define THIGH_TRUNK_HIGH 1.3
#define THIGH_SLOUCHED   1.5
#define SHANK_THIGH_LOW  0.6 /* Winter 2009: 0.246 / 0.245 */
#define SHANK_THIGH_HIGH 1.6

sagitta_status sg_start_roles(const sg_signals *s, const sg_opening *o, sagitta_error *error) {
  char missing[128] = "", wanted[128] = "";
  size_t count = 0;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    if (!(o->roles >> role & 1u)) continue;
    if (*wanted) strcat(wanted, ", ");
    strcat(wanted, sg_say(sg_error_language(error), sagitta_role_name((sagitta_role)role)));
    if (s->value[role][SG_CHANNEL_X]) continue;
    if (count++) strcat(missing, sg_say(sg_error_language(error), " and "));
    strcat(missing, sg_say(sg_error_language(error), sagitta_role_name((sagitta_role)role)));
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
  if (a.thigh > SITTING_DEG) return shank_level ? SG_START_LYING : -1;
  return trunk_known ? -1 : SG_START_STANDING;
}

static double mean_lean(const sg_signals *s, sagitta_role a, sagitta_role b, size_t from, size_t to) {
  sg_point sum = { 0, 0 };
  double count = 0;
  for (size_t i = from; i < to; i++) {
    const sg_point p = sg_line(s, a, b, i);
    if (isnan(p.x)) continue;
    sum.x += p.x;
    sum.y += p.y;
    count += 1;
  }
  return count > 0 ? fabs(sg_lean(sum)) : NAN;
}

int sg_start_posture(const sg_signals *s, size_t from, size_t to) {
  return classify((attitude){ mean_lean(s, SAGITTA_HIP, SAGITTA_SHOULDER, from, to),
                              mean_lean(s, SAGITTA_KNEE, SAGITTA_HIP, from, to),
                              mean_lean(s, SAGITTA_ANKLE, SAGITTA_KNEE, from, to) });
}

sagitta_status sg_start_refuse(int found, const sg_opening *o, sagitta_error *error) {
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

/* ---- bodies ---- */

static sagitta_status exchanged(sagitta_role upper, sagitta_role lower, sagitta_error *error) {
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "In standing the %s marker is below the %s marker: they are exchanged, or this is not standing. "
                 "Check which marker is where, or show them with --pick.",
                 sg_say(sg_error_language(error), sagitta_role_name(upper)),
                 sg_say(sg_error_language(error), sagitta_role_name(lower)));
}

static double mean_height(const sg_motion *m, sagitta_role role) {
  const sg_signals *s = m->signals;
  double sum = 0, count = 0;
  for (size_t i = m->start_row; i < m->start_row + m->start_rows; i++) {
    if (!sg_signals_known(s, role, i)) continue;
    sum -= s->value[role][SG_CHANNEL_Y][i];
    count += 1;
  }
  return sum / count;
}

/* Whoever stands has these one above the other. */
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
  const sg_point knee = m->start_knee, ankle = m->start_ankle, shoulder = m->start_shoulder;
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
  if (!is_posture(m)) {
    const attitude a = { fabs(m->start_lean), fabs(m->start_thigh), fabs(m->start_shank) };
    /* Knee above hip in standing: no posture, but markers that are exchanged. */
    if (m->opening.start == SG_START_STANDING && a.trunk <= LYING_DEG && a.thigh > RAISED_DEG) {
      return exchanged(SAGITTA_HIP, SAGITTA_KNEE, error);
    }
    const int first = sg_start_posture(m->signals, 0, m->start_rows);
    const bool other = first >= 0 && first != (int)m->opening.start; /* whatever posture came next */
    return sg_start_refuse(other ? first : classify(a), &m->opening, error);
  }
  sagitta_status status = SAGITTA_OK;
  if (m->opening.start == SG_START_STANDING) status = check_order(m, error);
  if (m->opening.start == SG_START_LONG_SITTING || m->opening.start == SG_START_LYING) status = check_row(m, error);
  return status ? status : check_lengths(m, error);
}
