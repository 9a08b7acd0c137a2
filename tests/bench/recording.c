/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "recording.h"

#define AXIS_NOISE 0.15 /* deg */

recording recording_default(sagitta_marker_set set) {
  return (recording){ .set = set,
                      .rate = 30,
                      .stand_s = 1.2,
                      .down_s = 1.8,
                      .hold_s = 1.0,
                      .up_s = 1.8,
                      .repetitions = 1,
                      .ankle = true,
                      .noise = 1 };
}

static double cycle(const recording *r) {
  return r->stand_s + r->down_s + r->hold_s + r->up_s;
}

double recording_hold(const recording *r, int repetition) {
  return repetition * cycle(r) + r->stand_s + r->down_s + 0.5 * r->hold_s;
}

double recording_length(const recording *r) {
  return r->repetitions * cycle(r) + r->stand_s;
}

double recording_part(const recording *r, double time_s) {
  const double whole = floor(time_s / cycle(r));
  if (whole >= r->repetitions) return 0;
  double t = time_s - whole * cycle(r) - r->stand_s;
  if (t <= 0) return 0;
  if (t < r->down_s) return t / r->down_s;
  t -= r->down_s + r->hold_s;
  return t <= 0 ? 1 : 1 - t / r->up_s;
}

static bool wanted(const recording *r, int role) {
  if (role == SAGITTA_ANKLE) return r->ankle;
  if (role == SAGITTA_PELVIS || role == SAGITTA_RIBS) return r->set == SAGITTA_SET_CLINIC;
  return role < SAGITTA_ANKLE;
}

void recording_samples(const recording *r, const person *p, double time_s, uint64_t *state,
                       sagitta_sample samples[SAGITTA_ROLES]) {
  seen_marker seen[SAGITTA_ROLES];
  people_markers(p, recording_part(r, time_s), r->set == SAGITTA_SET_STRIP, seen);
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    samples[role] = (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
    if (!wanted(r, role)) continue;
    const double noise = r->noise * p->noise_px;
    const bool strip = !isnan(seen[role].axis);
    samples[role] = (sagitta_sample){ .state = SAGITTA_SEEN,
                                      .x = seen[role].x + noise * people_normal(state),
                                      .y = seen[role].y + noise * people_normal(state),
                                      .axis = NAN,
                                      .length = NAN,
                                      .size = 3 * p->px_per_cm,
                                      .sigma = r->noise > 0 ? noise : 0.02 };
    if (!strip) continue;
    samples[role].axis = seen[role].axis + r->noise * AXIS_NOISE * people_normal(state);
    samples[role].length = seen[role].length + noise * people_normal(state);
  }
}

sagitta_tracks *recording_tracks(const recording *r, const person *p, uint64_t *state) {
  const sagitta_tracks_info info = { .width = 1280, .height = 720, .rate = r->rate };
  sagitta_tracks *tracks = NULL;
  if (sagitta_tracks_new(&tracks, &info, NULL)) return NULL;
  const int frames = (int)(recording_length(r) * r->rate);
  for (int i = 0; i < frames; i++) {
    sagitta_sample samples[SAGITTA_ROLES];
    recording_samples(r, p, i / r->rate, state, samples);
    if (sagitta_tracks_append(tracks, i / r->rate, samples, NULL)) {
      sagitta_tracks_free(&tracks);
      return NULL;
    }
  }
  return tracks;
}
