/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "regular_bends.h"

#define LAG_S     0.2 /* the hips set off after the back */
#define PX_PER_CM 3.5
#define MIDDLE_CM 75.0 /* above the floor, near the middle of the picture */

enum { WIDTH = 1280, HEIGHT = 720, STEPS = 20 };

person recording_person(uint64_t seed, double skin) {
  const sg_amounts amounts = { .skin = skin, .placement = skin, .noise = 1 };
  sg_chance chance = sg_chance_new(seed, 0);
  person p = sg_person_draw(&chance, &amounts);
  p.filming.width = WIDTH;
  p.filming.height = HEIGHT;
  p.filming.px_per_cm = PX_PER_CM;
  p.filming.height_cm = MIDDLE_CM;
  p.knee = 0;
  p.trochanter.x *= skin;
  p.trochanter.y *= skin;
  return p;
}

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

static sg_schedule schedule_of(const recording *r) {
  return sg_schedule_regular(r->repetitions, r->stand_s, r->down_s, r->hold_s, r->up_s, LAG_S);
}

static sg_actor actor_of(const recording *r, const person *p, uint64_t *state) {
  const sg_schedule schedule = schedule_of(r);
  const sg_chance chance = sg_chance_new((*state)++, 1);
  person noisy = *p;
  noisy.filming.noise_px *= r->noise;
  noisy.filming.noise_deg *= r->noise;
  return sg_actor_new(&noisy, &schedule, r->set, r->ankle, false, &chance);
}

double recording_hold(const recording *r, int repetition) {
  const sg_schedule schedule = schedule_of(r);
  const sg_bending *b = &schedule.bend[repetition];
  return b->start_s + b->down_s + 0.5 * b->hold_s;
}

double recording_length(const recording *r) {
  const sg_schedule schedule = schedule_of(r);
  return sg_schedule_length(&schedule);
}

double recording_part(const recording *r, double time_s) {
  const sg_schedule schedule = schedule_of(r);
  return sg_schedule_part(&schedule, time_s);
}

static void drop_ankle(const recording *r, sagitta_sample samples[SAGITTA_ROLES]) {
  if (!r->ankle) samples[SAGITTA_ANKLE] = (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
}

void recording_samples(const recording *r, const person *p, double time_s, uint64_t *state,
                       sagitta_sample samples[SAGITTA_ROLES]) {
  sg_actor actor = actor_of(r, p, state);
  /* What went before counts: for the branch of a strip's axis and for the skin. */
  for (int i = 0; i <= STEPS; i++) sg_actor_frame(&actor, time_s * i / STEPS, samples, NULL);
  drop_ankle(r, samples);
}

sagitta_tracks *recording_tracks(const recording *r, const person *p, uint64_t *state) {
  const sagitta_tracks_info info = { .width = WIDTH, .height = HEIGHT, .rate = r->rate };
  sagitta_tracks *tracks = NULL;
  if (sagitta_tracks_new(&tracks, &info, NULL)) return NULL;
  sg_actor actor = actor_of(r, p, state);
  const int frames = (int)(recording_length(r) * r->rate);
  for (int i = 0; i < frames; i++) {
    sagitta_sample samples[SAGITTA_ROLES];
    sg_actor_frame(&actor, i / r->rate, samples, NULL);
    drop_ankle(r, samples);
    if (sagitta_tracks_append(tracks, i / r->rate, samples, NULL)) {
      sagitta_tracks_free(&tracks);
      return NULL;
    }
  }
  return tracks;
}
