/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One bend of somebody from the project's own population (cv/simulate), whose order of hips and back, frame rate and
 * timestamps can be set, and what the quantities of its timing truly are: read off the person's own angles at 1,000
 * moments a second by their definitions, apart from the code that is judged.
 */
#ifndef SAGITTA_BENDS_H
#define SAGITTA_BENDS_H

#include "sagitta/result.h"
#include "simulate/actor.h"

typedef struct bend {
  sg_person who;
  sg_schedule schedule; /* a single bend */
  sagitta_marker_set set;
  double rate;   /* frames/s */
  double uneven; /* 0–0.45: stamps up to so much of an interval aside */
  sg_chance chance;
} bend;

/* Person `number` of a seed. lag_s NAN: their own; else the hips set off so much after the back. */
bend bend_of(uint64_t seed, uint64_t number, sagitta_marker_set set, double rate, double lag_s);
/* NULL when memory is short. */
sagitta_tracks *bend_tracks(const bend *b);

enum {
  TRUTH_HIP_ONSET,
  TRUTH_LUMBAR_ONSET,
  TRUTH_LAG,
  TRUTH_HIP_SPEED,
  TRUTH_LUMBAR_SPEED,
  TRUTH_TRUNK_SPEED,
  TRUTH_SHARE_1,
  TRUTH_SHARE_2,
  TRUTH_SHARE_3,
  TRUTH_SMOOTHNESS,
  TRUTH_WEIGHT_SHIFT,
  TRUTHS
};

extern const char *const truth_names[TRUTHS];

/* NAN where there is none. False when memory is short. */
bool bend_truth(const bend *b, double truth[TRUTHS]);
/* The quantity that measures it; NULL where the repetition has none. */
const sagitta_quantity *bend_found(const sagitta_repetition *r, int truth);

#endif
