/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tracks of a simulated person (simulate/people.h) whose bends tests can set to the second and to the degree:
 * everything regular, a camera without perspective, nobody sways.
 */
#ifndef SAGITTA_REGULAR_BENDS_H
#define SAGITTA_REGULAR_BENDS_H

#include "sagitta/tracks.h"
#include "simulate/actor.h"

typedef sg_person person;

typedef struct recording {
  sagitta_marker_set set;
  double rate;                          /* frames/s */
  double stand_s, down_s, hold_s, up_s; /* of one repetition; it is followed by standing again */
  int repetitions;
  bool ankle;
  double noise; /* times the person's own pixel noise */
} recording;

/* skin 0: nothing slides and markers sit on the joints' axes; 1: as on people. */
person recording_person(uint64_t seed, double skin);
recording recording_default(sagitta_marker_set set);
/* s from the first frame to the middle of the hold of a repetition, 0 … */
double recording_hold(const recording *r, int repetition);
double recording_length(const recording *r);
/* Part of the way down (0–1) at a moment. */
double recording_part(const recording *r, double time_s);
/* One row of samples at a moment. */
void recording_samples(const recording *r, const person *p, double time_s, uint64_t *state,
                       sagitta_sample samples[SAGITTA_ROLES]);
/* NULL when memory is short. */
sagitta_tracks *recording_tracks(const recording *r, const person *p, uint64_t *state);

#endif
