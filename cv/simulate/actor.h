/* SPDX-License-Identifier: Apache-2.0 */
/* A person on their course in front of the camera, frame by frame: skin remembers what went before. */
#ifndef SG_SIMULATE_ACTOR_H
#define SG_SIMULATE_ACTOR_H

#include "sagitta/simulate.h"
#include "sagitta/tracks.h"
#include "simulate/course.h"

typedef struct sg_actor {
  sg_person person;
  sg_course course;
  bool wanted[SAGITTA_ROLES];
  bool hip_strip;   /* the hip marker is a strip (set `strip`) */
  sg_chance chance; /* of the camera's noise */
  bool begun;
  double time_s;              /* of the frame before */
  double held[SG_PATCHES];    /* how far each skin has gone of its way, with what stays behind */
  double late[SG_PATCHES];    /* and with what comes after */
  double axis[SAGITTA_ROLES]; /* deg, of the frame before, for its branch */
} sg_actor;

/* Markers of a set; ankle, hand and ruler where the flags say so (clinic has its ankle anyway). */
sg_actor sg_actor_new(const sg_person *person, const sg_course *course, sagitta_marker_set set, bool ankle, bool hand,
                      const sg_chance *chance);
/* One frame; times go up. `truth` may be NULL: rotations from the standing skeleton, not yet from the start. */
void sg_actor_frame(sg_actor *actor, double time_s, sagitta_sample samples[SAGITTA_ROLES],
                    sagitta_simulated_frame *truth);

#endif
