/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/base.h"
#include "base/translate.h"
#include "body/lines.h"
#include "body/start.h"

#define STILL_S       0.5  /* s: so much quiet is a start */
#define STILL_MOST_S  2.0  /* s: more of it adds nothing */
#define STILL_SPEED   4.0  /* deg/s of the course */
#define NEAR_DEG      10.0 /* above the least moment still counts as the start … */
#define NEAR_SHARE    0.12 /* … or this much of the whole movement */
#define SHORT_START_S 0.15
#define BENDS_DEG     15.0 /* a movement is at least so large … */
#define SITS_DEG      8.0  /* … one that begins sitting, */
#define EXTENDS_DEG   10.0 /* … the knee's */
#define OTHER_DEG     30.0 /* another part that turns further makes it another movement */

/*
 * The course of a movement is the one angle (deg) that grows from its start to its end range. Each kind of start has
 * its own, and its own way to tell which side the person faces.
 */
typedef struct {
  double low, high;
} extent;

static extent extent_of(const double *v, size_t n) {
  extent e = { INFINITY, -INFINITY };
  for (size_t i = 0; i < n; i++) {
    if (isnan(v[i])) continue;
    e.low = fmin(e.low, v[i]);
    e.high = fmax(e.high, v[i]);
  }
  return e;
}

static void negate(double *v, size_t n) {
  for (size_t i = 0; i < n; i++) v[i] = -v[i];
}

/* How far to the right a line points, over all rows: in lengths of it. */
static double rightward(const sg_signals *s, sagitta_role from, sagitta_role to) {
  double sum = 0;
  for (size_t i = 0; i < s->rows; i++) {
    const sg_point p = sg_line(s, from, to, i);
    if (!isnan(p.x)) sum += p.x / fmax(1e-9, hypot(p.x, p.y));
  }
  return sum;
}

/* Whoever bends from upright bends forward: the greater turn is that way. */
static void course_of_bend(sg_motion *m, double *course) {
  sg_lean_rows(m->signals, SAGITTA_HIP, SAGITTA_SHOULDER, 0, course);
  const extent e = extent_of(course, m->rows);
  m->right = e.high >= -e.low;
  if (!m->right) negate(course, m->rows);
}

static void course_of_sitting(sg_motion *m, double *course) {
  m->right = rightward(m->signals, SAGITTA_HIP, SAGITTA_KNEE) >= 0;
  sg_lean_rows(m->signals, SAGITTA_HIP, SAGITTA_SHOULDER, 0, course);
  if (!m->right) negate(course, m->rows);
}

static void course_of_leg(sg_motion *m, double *course) {
  m->right = rightward(m->signals, SAGITTA_HIP, SAGITTA_KNEE) >= 0;
  sg_lean_rows(m->signals, SAGITTA_KNEE, SAGITTA_HIP, m->right ? -90 : 90, course);
  if (m->right) negate(course, m->rows);
}

/* The knee straightens: minus its flexion. */
static void course_of_knee(sg_motion *m, double *course) {
  const sg_signals *s = m->signals;
  m->right = rightward(s, SAGITTA_KNEE, SAGITTA_ANKLE) >= 0;
  double last = -90;
  for (size_t i = 0; i < m->rows; i++) {
    const double shank = sg_lean(sg_line(s, SAGITTA_ANKLE, SAGITTA_KNEE, i));
    const double thigh = sg_lean(sg_line(s, SAGITTA_KNEE, SAGITTA_HIP, i));
    course[i] = m->right ? thigh - shank : shank - thigh;
    course[i] = sg_near(course[i], last);
    if (!isnan(course[i])) last = course[i];
  }
}

static const struct {
  void (*course)(sg_motion *m, double *course);
  double least_deg;
} kinds[SG_STARTS] = {
  [SG_START_STANDING] = { course_of_bend, BENDS_DEG },       [SG_START_STEPPING] = { course_of_bend, BENDS_DEG },
  [SG_START_LONG_SITTING] = { course_of_sitting, SITS_DEG }, [SG_START_LYING] = { course_of_leg, BENDS_DEG },
  [SG_START_LYING_90] = { course_of_knee, EXTENDS_DEG },
};

static bool needed(const sg_motion *m, int role) {
  return m->opening.roles >> role & 1u;
}

static bool all_known(const sg_motion *m, size_t row) {
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    /* The hand may still be on its way into the picture. */
    if (role != SAGITTA_HAND && needed(m, role) && !sg_signals_known(m->signals, (sagitta_role)role, row)) return false;
  }
  return true;
}

static sagitta_status hidden(const sg_motion *m, size_t from, size_t to, const char *when, sagitta_error *error) {
  const sg_signals *s = m->signals;
  for (int role = 0; role < SAGITTA_HAND; role++) {
    size_t first = s->rows, last = 0;
    for (size_t i = from; needed(m, role) && i < to; i++) {
      if (sg_signals_known(s, (sagitta_role)role, i)) continue;
      first = i < first ? i : first;
      last = i;
    }
    if (first == s->rows) continue;
    while (last + 1 < s->rows && !sg_signals_known(s, (sagitta_role)role, last + 1)) last++;
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

/* Rows [*from, *to) of the earliest quiet stretch at the start's end of the course; false when there is none. */
static bool find_still(const sg_motion *m, const double *course, double limit, size_t *from, size_t *to) {
  const double *t = m->signals->time;
  for (size_t i = 0; i < m->rows; i++) {
    size_t k = i;
    while (k < m->rows && t[k] - t[i] <= STILL_MOST_S && all_known(m, k) && course[k] <= limit &&
           fabs(sg_turning(m->signals, course, k)) <= STILL_SPEED) {
      k++;
    }
    if (k > i + 1 && t[k - 1] - t[i] >= STILL_S - 1.5 / m->signals->rate) {
      *from = i;
      *to = k;
      return true;
    }
    if (k > i) i = k - 1;
  }
  return false;
}

/* The least moment before the first large movement: second best where nobody was still. */
static bool find_moment(const sg_motion *m, const double *course, extent e, size_t *from, size_t *to) {
  const double *t = m->signals->time, deep = e.low + 0.5 * (e.high - e.low);
  size_t best = m->rows;
  for (size_t i = 0; i < m->rows; i++) {
    if (isnan(course[i]) || !all_known(m, i)) continue;
    if (best < m->rows && course[i] > deep && course[best] < e.low + NEAR_DEG + NEAR_SHARE * (e.high - e.low)) break;
    if (best == m->rows || course[i] < course[best]) best = i;
  }
  if (best == m->rows) return false;
  *from = *to = best;
  while (*from > 0 && t[best] - t[*from - 1] <= SHORT_START_S && all_known(m, *from - 1)) --*from;
  while (*to < m->rows && t[*to] - t[best] <= SHORT_START_S && all_known(m, *to)) ++*to;
  return true;
}

/* Stillness that no movement follows is no start. */
static bool moves_after(const sg_motion *m, const double *course, extent e, size_t row) {
  for (; row < m->rows; row++) {
    if (course[row] > e.low + 0.5 * (e.high - e.low)) return true;
  }
  return false;
}

/* How far the line between two roles turns in the whole recording. */
static double range_of(const sg_motion *m, sagitta_role from, sagitta_role to, double *scratch) {
  sg_lean_rows(m->signals, from, to, 0, scratch);
  const extent e = extent_of(scratch, m->rows);
  return e.high - e.low;
}

static size_t early_rows(const sg_signals *s) {
  size_t early = 0;
  while (early < s->rows && s->time[early] - s->time[0] < STILL_S) early++;
  return early;
}

/* The movement that is asked for does not happen: what happens instead, and what to do. */
static sagitta_status unmoved(sg_motion *m, double range, sagitta_error *error) {
  const int found = sg_start_posture(m->signals, 0, early_rows(m->signals));
  /* The leg of whoever stands may be upright, and on a step it may be as level as in sitting. */
  const bool steps = m->opening.start == SG_START_STEPPING &&
                     (found == SG_START_STANDING || found == SG_START_STEPPING || found == SG_START_LONG_SITTING);
  if (found >= 0 && found != (int)m->opening.start && !steps) {
    return sg_start_refuse(found, &m->opening, error);
  }
  switch (m->opening.start) {
    case SG_START_LYING:
      if (range_of(m, SAGITTA_HIP, SAGITTA_SHOULDER, m->trunk) > OTHER_DEG) {
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
      if (range_of(m, SAGITTA_KNEE, SAGITTA_HIP, m->trunk) > OTHER_DEG) {
        return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                       "The thigh turns in this recording and the trunk hardly does, as in a squat. Keep the knees "
                       "straight and bend forward from standing.");
      }
      return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                     m->opening.quiet
                         ? SG_TRANSLATABLE("Which way the person faces cannot be seen: the trunk turns by %.0f° only. "
                                           "After the quiet standing, bend forward once.")
                         : SG_TRANSLATABLE("Nobody bends in this recording: the trunk turns by %.0f° only. Record from "
                                           "standing, down to the toes and up again, side-on to the camera."),
                     range);
  }
}

/* Upright starts: the shoulder is above the hip at some time. */
static sagitta_status check_upright(const sg_motion *m, const double *lean, sagitta_error *error) {
  const sg_signals *s = m->signals;
  bool upside_down = true;
  for (size_t i = 0; i < m->rows; i++) {
    if (fabs(lean[i]) < 90) return SAGITTA_OK;
    const sg_point thigh = sg_line(s, SAGITTA_HIP, SAGITTA_KNEE, i);
    if (!isnan(thigh.y)) upside_down = upside_down && thigh.y > 0;
  }
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 upside_down
                     ? SG_TRANSLATABLE("Everything is upside down: the shoulder marker is below the hip marker, and "
                                       "the knee marker above it. Turn the video the right way up; if the tracks come "
                                       "from another program, let y run downwards from the picture's top.")
                     : SG_TRANSLATABLE("In standing the shoulder marker is below the hip marker: they are exchanged, "
                                       "or this is not standing. Check which marker is where, or show them with "
                                       "--pick."));
}

sagitta_status sg_start_find(sg_motion *m, size_t *from, size_t *to, sagitta_error *error) {
  const sg_signals *s = m->signals;
  const sg_start start = m->opening.start;
  double *course = m->trunk;
  kinds[start].course(m, course);
  const extent e = extent_of(course, m->rows);
  if (e.low > e.high) return hidden(m, 0, m->rows, SG_TRANSLATABLE("the whole time"), error);
  if (start == SG_START_STANDING || start == SG_START_STEPPING) {
    const sagitta_status status = check_upright(m, course, error);
    if (status) return status;
  }
  if (e.high - e.low < kinds[start].least_deg) return unmoved(m, e.high - e.low, error);
  const double limit = e.low + fmax(NEAR_DEG, NEAR_SHARE * (e.high - e.low));
  m->start_still = find_still(m, course, limit, from, to) && (m->opening.quiet || moves_after(m, course, e, *to));
  const size_t early = early_rows(s);
  bool seen_early = true;
  for (size_t i = 0; i < early; i++) seen_early = seen_early && all_known(m, i);
  if (!m->start_still && (!seen_early || !find_moment(m, course, e, from, to))) {
    return hidden(m, 0, seen_early ? m->rows : early, SG_TRANSLATABLE("at the start"), error);
  }
  return SAGITTA_OK;
}
