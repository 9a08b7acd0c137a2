/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to simulate/. The markers of a person who follows a schedule in front of a camera, frame by frame: skin
 * moves late and with hysteresis, so each frame depends on those before it. */
#ifndef SG_SIMULATE_ACTOR_H
#define SG_SIMULATE_ACTOR_H

#include "sagitta/simulate.h"
#include "sagitta/tracks.h"
#include "simulate/schedule.h"

typedef struct sg_actor {
  sg_person person;
  sg_schedule schedule;
  bool wanted[SAGITTA_ROLES];
  bool hip_strip;   /* the hip marker is a strip (set `strip`) */
  sg_chance chance; /* of the camera's noise */
  bool begun;
  double time_s; /* of the frame before */
  /* Fraction (1 at a full bend) of its final displacement that each patch of skin has reached: with hysteresis; and
   * with its delay as well. */
  double held[SG_SKIN_SITES], late[SG_SKIN_SITES];
  double axis[SAGITTA_ROLES]; /* deg, of the frame before, for its branch */
} sg_actor;

/* Markers of a set; ankle, hand and ruler where the flags say so (clinic has its ankle anyway). */
sg_actor sg_actor_new(const sg_person *person, const sg_schedule *schedule, sagitta_marker_set set, bool ankle,
                      bool hand, const sg_chance *chance);
/* One frame; times go up. `truth` may be NULL: rotations from the standing skeleton, not yet from the start. */
void sg_actor_frame(sg_actor *actor, double time_s, sagitta_sample samples[SAGITTA_ROLES],
                    sagitta_simulated_frame *truth);

#endif
