/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Tracks of a jointed figure in any posture, with exact truth: a smooth spine on a pelvis, a leg, a hand that is where
 * it is told. Built apart from the estimator's model. Lengths in cm, angles in degrees facing right; the figure's own
 * standing is pelvis 0, lumbar 0.
 */
#ifndef SAGITTA_TEST_FIGURE_H
#define SAGITTA_TEST_FIGURE_H

#include "sagitta/tracks.h"

typedef struct posture {
  double hip_x, hip_y;   /* of the hip joint, y up from the floor */
  double thigh, shank;   /* knee → hip, ankle → knee: from straight up, forward positive */
  double pelvis, lumbar; /* turned from standing; flexed from standing */
  double thoracic;
  double hand_x, hand_y; /* NAN: no hand marker */
} posture;

typedef struct movement {
  posture start, end;
  double rate;                          /* frames/s */
  double rest_s, out_s, hold_s, back_s; /* of one repetition; it is followed by rest again */
  int repetitions;
  sagitta_marker_set set;
  unsigned without;   /* roles that are not worn: bits 1u << role */
  double ruler[2][2]; /* cm; NAN: no such mark */
  bool right;         /* faces right in the picture */
  double px_per_cm;
  double middle_x, middle_y; /* cm, in the middle of the picture */
  /* May change the samples of one frame; part: 0–1 of the way out. */
  void (*spoil)(sagitta_sample samples[SAGITTA_ROLES], double time_s, double part, int repetition);
} movement;

/* 30 frames/s, three repetitions of 1 + 2 + 1.5 + 2 s, clinic, facing right, 4 px per cm, no ruler. */
movement movement_default(posture start, posture end);

/* A moment of a script: the figure is in this posture then, and on its way to the next one after it. */
typedef struct script_key {
  double time_s;
  posture at;
} script_key;

/* A figure of 171 cm: standing; sitting with the legs out; lying; lying with the thigh upright and the knee bent. */
posture figure_standing(void);
posture figure_sitting(void);
posture figure_lying(void);
posture figure_lying_90(void);
/* Where the fingertip would be, on the floor below the toes or wherever: a plain setter for one line. */
posture with_hand(posture p, double x, double y);

#define FIGURE_THIGH 42.0
#define FIGURE_SHANK 41.0
#define FIGURE_SOLE  6.7 /* ankle to sole */

/* The hip put where it has to be so that the ankle stands still at x = 0 on the floor. */
posture on_feet(posture p);

/* Where the ankle is. */
void figure_ankle(const posture *p, double at[2]);

/* Belongs to the caller. Aborts the test when it cannot be made. */
sagitta_tracks *movement_tracks(const movement *m);
/* The figure goes from key to key, each way eased; set, markers, side and scale are those of `m`, whose spoil gets part
 * and repetition 0. `sway_deg`: amplitude of a slow waver of thigh, pelvis and spine. Likewise. */
sagitta_tracks *script_tracks(const movement *m, const script_key *keys, size_t count, double sway_deg);
double movement_length(const movement *m);
/* s to the middle of the hold of a repetition, 0 … */
double movement_hold(const movement *m, int repetition);

#endif
