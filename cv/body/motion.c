/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "body/motion.h"

#define RAD              0.017453292519943295
#define STILL_S          0.5  /* s: so much quiet standing is a start */
#define STILL_MOST_S     2.0  /* s: more of it adds nothing */
#define STILL_SPEED      4.0  /* deg/s of the trunk line */
#define SPEED_SPAN_S     0.1  /* s on either side, for a speed */
#define UPRIGHT_DEG      10.0 /* above the most upright moment still counts as standing … */
#define UPRIGHT_SHARE    0.12 /* … or this much of the whole movement */
#define SHORT_START_S    0.15
#define UNREST           0.008 /* units, where the start was not still */
#define MOVES_DEG        15.0
#define LYING_DEG        50.0
#define SITTING_DEG      40.0
#define THIGH_TRUNK_LOW  0.5 /* B 4: 0.85 ± 15 %; strips and placement widen it */
#define THIGH_TRUNK_HIGH 1.3

static const sagitta_role needed[] = { SAGITTA_SHOULDER, SAGITTA_HIP, SAGITTA_KNEE };

void sg_motion_free(sg_motion *m) {
  if (!m) return;
  free(m->trunk);
  free(m->thigh);
  free(m->shank);
  free(m->pelvis);
  free(m->ribs);
  free(m);
}

/* px from one role to another in a row; x to the right, y up. */
static sg_point between(const sg_signals *s, sagitta_role from, sagitta_role to, size_t row) {
  if (!sg_signals_known(s, from, row) || !sg_signals_known(s, to, row)) return (sg_point){ NAN, NAN };
  return (sg_point){ s->value[to][SG_CHANNEL_X][row] - s->value[from][SG_CHANNEL_X][row],
                     s->value[from][SG_CHANNEL_Y][row] - s->value[to][SG_CHANNEL_Y][row] };
}

/* Degrees from straight up, to the right positive. */
static double lean_of(sg_point p) {
  return atan2(p.x, p.y) / RAD;
}

static double near(double angle, double reference) {
  return angle - 360 * round((angle - reference) / 360);
}

/* How a line leans in every row, on one branch from the first known row on. */
static void lean_rows(const sg_signals *s, sagitta_role from, sagitta_role to, double *out) {
  double last = 0;
  for (size_t i = 0; i < s->rows; i++) {
    const sg_point p = between(s, from, to, i);
    out[i] = isnan(p.x) ? NAN : near(lean_of(p), last);
    if (!isnan(out[i])) last = out[i];
  }
}

static double speed_at(const sg_motion *m, const double *angle, size_t row) {
  const double *t = m->signals->time;
  size_t a = row, b = row;
  while (a > 0 && t[row] - t[a - 1] <= SPEED_SPAN_S && !isnan(angle[a - 1])) a--;
  while (b + 1 < m->rows && t[b + 1] - t[row] <= SPEED_SPAN_S && !isnan(angle[b + 1])) b++;
  return a == b || isnan(angle[row]) ? NAN : (angle[b] - angle[a]) / (t[b] - t[a]);
}

static bool all_known(const sg_signals *s, size_t row) {
  for (size_t k = 0; k < 3; k++) {
    if (!sg_signals_known(s, needed[k], row)) return false;
  }
  return true;
}

static sagitta_status check_roles(const sg_signals *s, sagitta_error *error) {
  char missing[96] = "";
  size_t count = 0;
  for (size_t k = 0; k < 3; k++) {
    if (s->value[needed[k]][SG_CHANNEL_X]) continue;
    if (count++) strcat(missing, " and ");
    strcat(missing, sagitta_role_name(needed[k]));
  }
  if (count == 0) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "Shoulder, hip and knee are needed, and there is no %s marker. Put %s on, or show %s with "
                 "--pick ROLE=X,Y.",
                 missing, count == 1 ? "it" : "them", count == 1 ? "it" : "them");
}

static sagitta_status hidden(const sg_motion *m, size_t from, size_t to, const char *when, sagitta_error *error) {
  const sg_signals *s = m->signals;
  for (size_t k = 0; k < 3; k++) {
    size_t first = s->rows, last = 0;
    for (size_t i = from; i < to; i++) {
      if (sg_signals_known(s, needed[k], i)) continue;
      first = i < first ? i : first;
      last = i;
    }
    if (first == s->rows) continue;
    while (last + 1 < s->rows && !sg_signals_known(s, needed[k], last + 1)) last++;
    return sg_fail(error, SAGITTA_NO_MEASUREMENT, "The %s marker was hidden from %.1f s to %.1f s, %s. %s",
                   sagitta_role_name(needed[k]), s->time[first], s->time[last], when,
                   needed[k] == SAGITTA_HIP ? "Probably the arm covers it: fold the arms at the start."
                                            : "Keep every marker in the picture and in sight of the camera.");
  }
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "Shoulder, hip and knee markers are never seen together. Keep all of them in sight of the camera.");
}

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

/* Rows [*from, *to) of the earliest quiet standing; false when there is none. lean: facing right, from straight up. */
static bool find_still(const sg_motion *m, const double *lean, double limit, size_t *from, size_t *to) {
  const double *t = m->signals->time;
  for (size_t i = 0; i < m->rows; i++) {
    size_t k = i;
    while (k < m->rows && t[k] - t[i] <= STILL_MOST_S && all_known(m->signals, k) && lean[k] <= limit &&
           fabs(speed_at(m, lean, k)) <= STILL_SPEED) {
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

/* The most upright moment before the first deep bend: second best where nobody stood still. */
static bool find_moment(const sg_motion *m, const double *lean, extent e, size_t *from, size_t *to) {
  const double *t = m->signals->time, deep = e.low + 0.5 * (e.high - e.low);
  size_t best = m->rows;
  for (size_t i = 0; i < m->rows; i++) {
    if (isnan(lean[i]) || !all_known(m->signals, i)) continue;
    if (best < m->rows && lean[i] > deep && lean[best] < e.low + UPRIGHT_DEG + UPRIGHT_SHARE * (e.high - e.low)) break;
    if (best == m->rows || lean[i] < lean[best]) best = i;
  }
  if (best == m->rows) return false;
  *from = *to = best;
  while (*from > 0 && t[best] - t[*from - 1] <= SHORT_START_S && all_known(m->signals, *from - 1)) --*from;
  while (*to < m->rows && t[*to] - t[best] <= SHORT_START_S && all_known(m->signals, *to)) ++*to;
  return true;
}

static sg_point mean_between(const sg_motion *m, sagitta_role to, size_t from, size_t end) {
  sg_point sum = { 0, 0 };
  double count = 0;
  for (size_t i = from; i < end; i++) {
    const sg_point p = between(m->signals, SAGITTA_HIP, to, i);
    if (isnan(p.x)) continue;
    sum.x += m->right ? p.x : -p.x;
    sum.y += p.y;
    count += 1;
  }
  return (sg_point){ sum.x / count / m->unit_px, sum.y / count / m->unit_px };
}

static double mean_axis(const sg_motion *m, sagitta_role role, size_t from, size_t end) {
  const double *v = m->signals->value[role][SG_CHANNEL_AXIS];
  double sum = 0, count = 0;
  for (size_t i = from; v && i < end; i++) {
    if (isnan(v[i])) continue;
    sum += v[i];
    count += 1;
  }
  return sum / count;
}

static void take_start(sg_motion *m, size_t from, size_t to) {
  const sg_signals *s = m->signals;
  m->start_from_s = s->time[from];
  m->start_to_s = s->time[to - 1];
  m->unrest = m->start_still ? 0 : UNREST;
  m->unit_px = 1;
  const sg_point knee = mean_between(m, SAGITTA_KNEE, from, to);
  m->unit_px = hypot(knee.x, knee.y);
  m->start_knee = mean_between(m, SAGITTA_KNEE, from, to);
  m->start_shoulder = mean_between(m, SAGITTA_SHOULDER, from, to);
  m->start_ankle = mean_between(m, SAGITTA_ANKLE, from, to);
  m->start_lean = lean_of(m->start_shoulder);
  for (int role = 0; role < SAGITTA_ROLES; role++) m->start_axis[role] = mean_axis(m, (sagitta_role)role, from, to);
}

static double mean_height(const sg_signals *s, sagitta_role role, double from_s, double to_s) {
  double sum = 0, count = 0;
  for (size_t i = 0; i < s->rows; i++) {
    if (s->time[i] < from_s || s->time[i] > to_s || !sg_signals_known(s, role, i)) continue;
    sum -= s->value[role][SG_CHANNEL_Y][i];
    count += 1;
  }
  return sum / count;
}

static sagitta_status exchanged(sagitta_role upper, sagitta_role lower, sagitta_error *error) {
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "In standing the %s marker is below the %s marker: they are exchanged, or this is not standing. "
                 "Check which marker is where, or show them with --pick.",
                 sagitta_role_name(upper), sagitta_role_name(lower));
}

/* Whoever stands has these one above the other. */
static sagitta_status check_order(const sg_motion *m, sagitta_error *error) {
  static const sagitta_role pairs[][2] = { { SAGITTA_SHOULDER, SAGITTA_HIP },
                                           { SAGITTA_HIP, SAGITTA_KNEE },
                                           { SAGITTA_KNEE, SAGITTA_ANKLE },
                                           { SAGITTA_RIBS, SAGITTA_PELVIS },
                                           { SAGITTA_SHOULDER, SAGITTA_RIBS } };
  for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
    const double upper = mean_height(m->signals, pairs[k][0], m->start_from_s, m->start_to_s);
    const double lower = mean_height(m->signals, pairs[k][1], m->start_from_s, m->start_to_s);
    if (upper < lower) return exchanged(pairs[k][0], pairs[k][1], error);
  }
  return SAGITTA_OK;
}

static sagitta_status not_standing(const char *what, sagitta_error *error) {
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "The movement does not start from standing upright (the %s is far from upright). This test is a bend "
                 "from standing: start and end standing, side-on to the camera.",
                 what);
}

static sagitta_status check_body(const sg_motion *m, sagitta_error *error) {
  if (fabs(m->start_lean) > LYING_DEG) return not_standing("trunk", error);
  const double thigh = fabs(lean_of((sg_point){ -m->start_knee.x, -m->start_knee.y }));
  if (thigh > SITTING_DEG && thigh < 180 - SITTING_DEG) return not_standing("thigh", error);
  const sagitta_status status = check_order(m, error);
  if (status) return status;
  const double ratio = 1 / hypot(m->start_shoulder.x, m->start_shoulder.y);
  if (ratio >= THIGH_TRUNK_LOW && ratio <= THIGH_TRUNK_HIGH) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 "The markers do not fit a human body: the thigh is %.2f times as long as the trunk (0.7 to 1.0 is "
                 "usual). Check that shoulder, hip and knee markers sit where they belong and are not exchanged.",
                 ratio);
}

static void angle_rows(sg_motion *m) {
  const sg_signals *s = m->signals;
  const double sign = m->right ? 1 : -1;
  lean_rows(s, SAGITTA_HIP, SAGITTA_SHOULDER, m->trunk);
  lean_rows(s, SAGITTA_KNEE, SAGITTA_HIP, m->thigh);
  lean_rows(s, SAGITTA_ANKLE, SAGITTA_KNEE, m->shank);
  const sg_point thigh = { -m->start_knee.x, -m->start_knee.y };
  const sg_point shank = { m->start_knee.x - m->start_ankle.x, m->start_knee.y - m->start_ankle.y };
  const bool strip = s->set == SAGITTA_SET_STRIP;
  const sagitta_role pelvis = strip ? SAGITTA_HIP : SAGITTA_PELVIS;
  const double *pelvis_axis = s->value[pelvis][SG_CHANNEL_AXIS], *ribs_axis = s->value[SAGITTA_RIBS][SG_CHANNEL_AXIS];
  for (size_t i = 0; i < m->rows; i++) {
    m->trunk[i] = sign * m->trunk[i] - m->start_lean;
    m->thigh[i] = sign * m->thigh[i] - lean_of(thigh);
    m->shank[i] = sign * m->shank[i] - lean_of(shank);
    m->pelvis[i] = pelvis_axis ? sign * (pelvis_axis[i] - m->start_axis[pelvis]) : NAN;
    m->ribs[i] = ribs_axis ? sign * (ribs_axis[i] - m->start_axis[SAGITTA_RIBS]) : NAN;
  }
}

/* Standing that no bend follows is no start. */
static bool bends_after(const sg_motion *m, const double *lean, extent e, size_t row) {
  for (; row < m->rows; row++) {
    if (lean[row] > e.low + 0.5 * (e.high - e.low)) return true;
  }
  return false;
}

static sagitta_status find_start(sg_motion *m, sagitta_error *error) {
  const sg_signals *s = m->signals;
  double *lean = m->trunk;
  lean_rows(s, SAGITTA_HIP, SAGITTA_SHOULDER, lean);
  extent e = extent_of(lean, m->rows);
  if (e.low > e.high) return hidden(m, 0, m->rows, "the whole time", error);
  bool above = false; /* the shoulder is above the hip at some time */
  for (size_t i = 0; i < m->rows; i++) above = above || fabs(lean[i]) < 90;
  if (!above) return exchanged(SAGITTA_SHOULDER, SAGITTA_HIP, error);
  m->right = e.high >= -e.low;
  if (!m->right) {
    for (size_t i = 0; i < m->rows; i++) lean[i] = -lean[i];
    e = (extent){ -e.high, -e.low };
  }
  if (e.high - e.low < MOVES_DEG) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "Nobody bends in this recording: the trunk turns by %.0f° only. Record from standing, down "
                   "to the toes and up again, side-on to the camera.",
                   e.high - e.low);
  }
  size_t from = 0, to = 0;
  const double limit = e.low + fmax(UPRIGHT_DEG, UPRIGHT_SHARE * (e.high - e.low));
  m->start_still = find_still(m, lean, limit, &from, &to) && bends_after(m, lean, e, to);
  size_t early = 0;
  while (early < m->rows && s->time[early] - s->time[0] < STILL_S) early++;
  bool seen_early = true;
  for (size_t i = 0; i < early; i++) seen_early = seen_early && all_known(s, i);
  if (!m->start_still && (!seen_early || !find_moment(m, lean, e, &from, &to))) {
    return hidden(m, 0, seen_early ? m->rows : early, "at the start", error);
  }
  take_start(m, from, to);
  return SAGITTA_OK;
}

sagitta_status sg_motion_new(sg_motion **out, const sg_signals *signals, sagitta_error *error) {
  *out = NULL;
  sagitta_status status = check_roles(signals, error);
  if (status) return status;
  sg_motion *m = calloc(1, sizeof *m);
  const size_t bytes = signals->rows * sizeof(double);
  if (!m || !(m->trunk = malloc(bytes)) || !(m->thigh = malloc(bytes)) || !(m->shank = malloc(bytes)) ||
      !(m->pelvis = malloc(bytes)) || !(m->ribs = malloc(bytes))) {
    status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to analyse %zu frames. Cut the recording shorter.",
                     signals->rows);
    goto fail;
  }
  m->signals = signals;
  m->rows = signals->rows;
  if ((status = find_start(m, error)) || (status = check_body(m, error))) goto fail;
  angle_rows(m);
  *out = m;
  return SAGITTA_OK;
fail:
  sg_motion_free(m);
  return status;
}

static double mean_of(const double *v, size_t from, size_t to) {
  double sum = 0, count = 0;
  for (size_t i = from; i < to; i++) {
    if (isnan(v[i])) continue;
    sum += v[i];
    count += 1;
  }
  return sum / count;
}

bool sg_motion_sighting(const sg_motion *m, size_t from, size_t to, sg_sighting *out) {
  const sg_signals *s = m->signals;
  const bool strip = s->set == SAGITTA_SET_STRIP;
  memset(out, 0, sizeof *out);
  out->start_shoulder = m->start_shoulder;
  out->start_knee = m->start_knee;
  out->shoulder = mean_between(m, SAGITTA_SHOULDER, from, to);
  out->knee = mean_between(m, SAGITTA_KNEE, from, to);
  out->trunk_deg = mean_of(m->trunk, from, to);
  out->pelvis_deg = mean_of(m->pelvis, from, to);
  out->ribs_deg = mean_of(m->ribs, from, to);
  out->has_knee = !isnan(out->knee.x);
  out->has_pelvis = !isnan(out->pelvis_deg);
  out->has_ribs = !isnan(out->ribs_deg);
  out->hip_on_pelvis = strip;
  out->unrest = m->unrest;
  out->point_noise = (s->sigma[SAGITTA_SHOULDER] + s->sigma[SAGITTA_HIP] + s->sigma[SAGITTA_KNEE]) / 3 / m->unit_px;
  out->pelvis_noise_deg = s->axis_sigma[strip ? SAGITTA_HIP : SAGITTA_PELVIS];
  out->ribs_noise_deg = s->axis_sigma[SAGITTA_RIBS];
  return !isnan(out->shoulder.x) && !isnan(out->trunk_deg);
}

/* An angle between the lines from `corner` to a and to b, whose ends move by so much (units, per axis). */
static double corner_error(sg_point a, sg_point b, double corner, double at_a, double at_b) {
  const double a2 = a.x * a.x + a.y * a.y, b2 = b.x * b.x + b.y * b.y;
  const double gx = a.y / a2 - b.y / b2, gy = a.x / a2 - b.x / b2; /* of the direction difference, by the corner */
  return sqrt(corner * corner * (gx * gx + gy * gy) + at_a * at_a / a2 + at_b * at_b / b2) / RAD;
}

static sg_line_error line_error(const sg_motion *m, sagitta_role corner, sagitta_role a, sagitta_role b, size_t row) {
  static const int skin[] = { SG_SKIN_SHOULDER, SG_SKIN_HIP, SG_SKIN_KNEE, SG_SKIN_ANKLE };
  const sg_signals *s = m->signals;
  const sg_point to_a = between(s, corner, a, row), to_b = between(s, corner, b, row);
  const double cm = m->unit_px / sg_priors[SG_THIGH].value * sg_growth(m->trunk[row]); /* px */
  const double lens = sg_priors[SG_LENS_ANGLE].spread;
  sg_line_error e;
  e.camera = hypot(corner_error(to_a, to_b, s->sigma[corner], s->sigma[a], s->sigma[b]), 2 * lens);
  e.person = corner_error(to_a, to_b, cm * sg_priors[skin[corner]].spread, cm * sg_priors[skin[a]].spread,
                          cm * sg_priors[skin[b]].spread);
  e.person = hypot(e.person, e.camera);
  if (!m->start_still) e.person = hypot(e.person, m->unrest * 2 / RAD);
  return e;
}

sg_line_error sg_trunk_thigh_error(const sg_motion *m, size_t row) {
  return line_error(m, SAGITTA_HIP, SAGITTA_SHOULDER, SAGITTA_KNEE, row);
}

sg_line_error sg_knee_error(const sg_motion *m, size_t row) {
  return line_error(m, SAGITTA_KNEE, SAGITTA_HIP, SAGITTA_ANKLE, row);
}
