/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to simulate/. A person moves in front of a camera (actor.c): when they stand, go down, hold and come up, and
 * the markers, frame by frame; and what a perfect measurement would say of it (truth.c). One actor belongs to one
 * thread.
 */
#ifndef SG_SIMULATE_ACTOR_H
#define SG_SIMULATE_ACTOR_H

#include "sagitta/simulate.h"
#include "sagitta/tracks.h"
#include "simulate/guesses.h"
#include "simulate/people.h"

/* ---- the schedule, and which pose it is at a moment ---- */

#define SG_BENDS_MAX 10

typedef struct sg_bending {
  double start_s, down_s, hold_s, up_s; /* start from the first frame, then lengths */
  double pelvis, lumbar;                /* of the person's pelvis and lumbar_flexion */
  double rest_pelvis, rest_lumbar;      /* deg, where they come to rest afterwards */
  double lag_s, lag_up_s;               /* the pelvis sets off after the lower back; on the way up the opposite */
} sg_bending;

typedef enum sg_aside_kind { SG_ASIDE_ARCH, SG_ASIDE_REACH, SG_ASIDE_WALK } sg_aside_kind;

/* Something beside the bends; at both ends the person is on the way there and back. */
typedef struct sg_aside {
  sg_aside_kind kind;
  double from_s, to_s;
} sg_aside;

typedef struct sg_schedule {
  int asides;
  sg_aside aside[SG_BENDS_MAX];
  double quiet_from_s, quiet_to_s; /* the standing that angles are counted from */
  int bends;
  sg_bending bend[SG_BENDS_MAX];
  double stand_s, pause_s; /* before the first; after each */
} sg_schedule;

/* The person's own: drawn from chance. */
sg_schedule sg_schedule_draw(const sg_person *person, int bends, sg_chance *chance);
/* Regular bends, all alike: down, hold and up as given, the pelvis `lag_s` after the lower back. */
sg_schedule sg_schedule_regular(int bends, double stand_s, double down_s, double hold_s, double up_s, double lag_s);
/* With something beside the bends: these come later, or are cut off at the front. */
void sg_schedule_add(sg_schedule *c, sagitta_simulated_aside aside);
double sg_schedule_length(const sg_schedule *schedule);
/* The number, 1 …, of the bend at a moment: from its start until it is up again; 0 when in none. */
int sg_schedule_bend(const sg_schedule *schedule, double time_s);
/* 0 standing … 1 bent. */
double sg_schedule_part(const sg_schedule *schedule, double time_s);
void sg_schedule_pose(const sg_schedule *schedule, const sg_person *person, double time_s, sg_pose *out);

/* ---- the markers: skin moves late and with hysteresis, so each frame depends on those before it ---- */

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
  sg_guesses guesses;         /* zeroed: the markers are stickers */
} sg_actor;

/* Markers of a set; ankle, hand and ruler where the flags say so (clinic has its ankle anyway). */
sg_actor sg_actor_new(const sg_person *person, const sg_schedule *schedule, sagitta_marker_set set, bool ankle,
                      bool hand, const sg_chance *chance);
/* One frame; times go up. `truth` may be NULL: rotations from the standing skeleton, not yet from the start. */
void sg_actor_frame(sg_actor *actor, double time_s, sagitta_sample samples[SAGITTA_ROLES],
                    sagitta_simulated_frame *truth);

/* ---- truth.c: what the result of a perfect measurement would say of a bend, by the same definitions ---- */

/* Angles as change from their mean over the frames of the schedule's standing: from_s … before to_s. */
void sg_truth_from_start(sagitta_simulated_frame *frames, size_t count, double from_s, double to_s);
/* The bend `index` (0 …) of the schedule; frames are changes from the start. */
sagitta_simulated_bend sg_truth_bend(const sg_person *person, const sg_schedule *schedule, int index,
                                     const sagitta_simulated_frame *frames, size_t count);

#endif
