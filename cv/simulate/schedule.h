/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to simulate/. When the person stands, goes down, holds and comes up, and which pose that is at a moment. */
#ifndef SG_SIMULATE_SCHEDULE_H
#define SG_SIMULATE_SCHEDULE_H

#include "sagitta/simulate.h"
#include "simulate/skeleton.h"

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
void sg_schedule_add(sg_schedule *schedule, sagitta_simulated_aside aside);
double sg_schedule_length(const sg_schedule *schedule);
/* The number, 1 …, of the bend at a moment: from its start until it is up again; 0 when in none. */
int sg_schedule_bend(const sg_schedule *schedule, double time_s);
/* 0 standing … 1 bent. */
double sg_schedule_part(const sg_schedule *schedule, double time_s);
void sg_schedule_pose(const sg_schedule *schedule, const sg_person *person, double time_s, sg_pose *out);

#endif
