/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to simulate/. How the points of other programs leave the body: keypoints that a network guesses, stickers
 * that a tracker's window slips on. The laws are not the estimator's (cv/body/anatomy.h): with long tails, leaning to
 * one side in everybody, in directions that turn with the segments, and by courses of their own through a bend. One
 * thread at a time.
 */
#ifndef SG_SIMULATE_GUESSES_H
#define SG_SIMULATE_GUESSES_H

#include "sagitta/markers.h"
#include "simulate/people.h"

#define SG_GUESSED (SAGITTA_ANKLE + 1) /* roles that are guessed: SHOULDER to ANKLE */

typedef struct sg_guesses {
  sagitta_points points;       /* UNSTATED, MARKERS: nothing is changed */
  sg_chance chance;            /* of what comes and goes */
  sg_xy standing[SG_GUESSED];  /* cm from the joint, in the frame of its segments */
  sg_xy bending[SG_GUESSED];   /* cm that a bend adds, by courses of their own */
  double slipping[SG_GUESSED]; /* cm: spread of what comes and goes */
  sg_xy now[SG_GUESSED];       /* cm: what there is of that */
  double time_s;               /* of the frame before */
  bool begun;
} sg_guesses;

/* Of one person's recording, drawn from `chance`. `amount`: 1 = as wrong as such points are, 0 = not at all. */
sg_guesses sg_guesses_draw(sagitta_points points, double amount, const sg_chance *chance);
/* Move the places of one frame, cm, or put guesses of joints in their stead. Times go up. */
void sg_guesses_apply(sg_guesses *guesses, const sg_skeleton *skeleton, double time_s, sg_xy at[SG_GUESSED]);

#endif
