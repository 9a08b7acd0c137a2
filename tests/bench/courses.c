/* SPDX-License-Identifier: Apache-2.0 */
#include "courses.h"

#include <math.h>

#define RAD        (3.14159265358979323846 / 180)
#define AXIS_NOISE 0.15 /* deg */

course course_draw(uint64_t *state, sagitta_marker_set set, double rate) {
  static const people_settings whole = { 1, 1 };
  course c = { .set = set, .rate = rate, .stand_s = 1.2, .repetitions = 1, .noise = 1 };
  c.who = people_draw(state, &whole);
  c.skin = (course_skin)(people_unit(state) * COURSE_SKINS);
  c.minimum_jerk = people_unit(state) < 0.5;
  c.lead = fmin(0.6, fmax(-0.3, 0.15 + 0.2 * people_normal(state)));
  c.lag_s = 0.6 * people_unit(state) - 0.3;
  c.down_s = 1.3 + 1.2 * people_unit(state);
  c.hold_s = 0.5 + people_unit(state);
  c.up_s = 1.3 + 1.2 * people_unit(state);
  return c;
}

static double whole_s(const course *c) {
  return c->stand_s + fabs(c->lag_s) + c->down_s + c->hold_s + c->up_s;
}

double course_begin(const course *c, int repetition) {
  return repetition * whole_s(c);
}

double course_hold(const course *c, int repetition) {
  return course_begin(c, repetition) + c->stand_s + fabs(c->lag_s) + c->down_s + 0.5 * c->hold_s;
}

double course_length(const course *c) {
  return c->repetitions * whole_s(c) + c->stand_s;
}

static double eased(const course *c, double part) {
  const double x = fmin(1, fmax(0, part));
  return c->minimum_jerk ? x * x * x * (10 - 15 * x + 6 * x * x) : x * x * (3 - 2 * x);
}

/* Part of its way (0–1) that a part of the body has gone which sets off `late_s` after the first. */
static double part_at(const course *c, double time_s, double late_s) {
  const double n = floor(time_s / whole_s(c));
  if (n >= c->repetitions) return 0;
  const double t = time_s - n * whole_s(c) - c->stand_s;
  const double back = t - fabs(c->lag_s) - c->down_s - c->hold_s;
  return back > 0 ? 1 - eased(c, back / c->up_s) : eased(c, (t - late_s) / c->down_s);
}

typedef struct {
  double pelvis, lumbar, thoracic, thigh, part;
} posture;

static posture posture_at(const course *c, double time_s) {
  const person *p = &c->who;
  const double hips = part_at(c, time_s, fmax(0, c->lag_s)), back = part_at(c, time_s, fmax(0, -c->lag_s));
  posture q = { .pelvis = p->pelvis * (hips - c->lead * hips * (1 - hips)),
                .lumbar = p->lumbar_flexion * (back + c->lead * back * (1 - back)),
                .thoracic = p->thoracic * back,
                .thigh = p->thigh_lean * hips };
  q.part = fmin(1, fmax(0, (q.pelvis + q.lumbar) / (p->pelvis + p->lumbar_flexion)));
  return q;
}

course_truth course_at(const course *c, double time_s) {
  const posture q = posture_at(c, time_s);
  return (course_truth){ q.pelvis - q.thigh, q.lumbar, q.thigh, -(c->who.thigh + c->who.shank) * sin(q.thigh * RAD) };
}

static double slid(course_skin law, double part) {
  if (law == COURSE_SKIN_EVEN) return part;
  return law == COURSE_SKIN_EARLY ? (1 - exp(-2.5 * part)) / (1 - exp(-2.5)) : part * part;
}

/* The person as they are at a moment: people_markers() then draws them at the whole of that. */
static person frozen(const course *c, double time_s) {
  const posture q = posture_at(c, time_s);
  const double skin = slid(c->skin, q.part);
  person p = c->who;
  p.pelvis = q.pelvis;
  p.lumbar_flexion = q.lumbar;
  p.thoracic = q.thoracic;
  p.thigh_lean = q.thigh;
  p.protraction *= q.part;
  p.pelvis_skin *= skin;
  p.ribs_skin *= skin;
  for (int i = 0; i < 4; i++) {
    for (int k = 0; k < 2; k++) p.slide[i][k] *= skin;
  }
  return p;
}

void course_markers(const course *c, double time_s, seen_marker out[SAGITTA_ROLES]) {
  const person p = frozen(c, time_s);
  people_markers(&p, 1, c->set == SAGITTA_SET_STRIP, out);
}

static bool wanted(sagitta_marker_set set, int role) {
  if (role == SAGITTA_PELVIS || role == SAGITTA_RIBS) return set == SAGITTA_SET_CLINIC;
  return role <= SAGITTA_ANKLE;
}

static void take_samples(const course *c, double time_s, uint64_t *state, sagitta_sample samples[SAGITTA_ROLES]) {
  seen_marker seen[SAGITTA_ROLES];
  const double noise = c->noise * c->who.noise_px;
  course_markers(c, time_s, seen);
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    samples[role] = (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
    if (!wanted(c->set, role)) continue;
    samples[role] = (sagitta_sample){ .state = SAGITTA_SEEN,
                                      .x = seen[role].x + noise * people_normal(state),
                                      .y = seen[role].y + noise * people_normal(state),
                                      .axis = NAN,
                                      .length = NAN,
                                      .size = 3 * c->who.px_per_cm,
                                      .sigma = fmax(0.02, noise) };
    if (isnan(seen[role].axis)) continue;
    samples[role].axis = seen[role].axis + c->noise * AXIS_NOISE * people_normal(state);
    samples[role].length = seen[role].length + noise * people_normal(state);
  }
}

sagitta_tracks *course_tracks(const course *c, uint64_t *state) {
  const sagitta_tracks_info info = { .width = 1280, .height = 720, .rate = c->uneven > 0 ? 0 : c->rate };
  sagitta_tracks *tracks = NULL;
  if (sagitta_tracks_new(&tracks, &info, NULL)) return NULL;
  const int frames = (int)(course_length(c) * c->rate);
  for (int i = 0; i < frames; i++) {
    sagitta_sample samples[SAGITTA_ROLES];
    const double aside = c->uneven > 0 && i > 0 ? c->uneven * (2 * people_unit(state) - 1) : 0;
    const double t = (i + aside) / c->rate;
    take_samples(c, t, state, samples);
    if (sagitta_tracks_append(tracks, t, samples, NULL)) {
      sagitta_tracks_free(&tracks);
      return NULL;
    }
  }
  return tracks;
}
