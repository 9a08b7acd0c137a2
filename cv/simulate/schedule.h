/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to simulate/. When the person stands, goes down, holds and comes up, and which pose that is at a moment. */
#ifndef SG_SIMULATE_SCHEDULE_H
#define SG_SIMULATE_SCHEDULE_H

#include "simulate/skeleton.h"

#define SG_BENDS_MAX 10

typedef struct sg_bending {
  double start_s, down_s, hold_s, up_s; /* start from the first frame, then lengths */
  double pelvis, lumbar;                /* of the person's pelvis and lumbar_flexion */
  double rest_pelvis, rest_lumbar;      /* deg, where they come to rest afterwards */
  double lag_s, lag_up_s;               /* the pelvis sets off after the lower back; on the way up the opposite */
} sg_bending;

typedef struct sg_schedule {
  int bends;
  sg_bending bend[SG_BENDS_MAX];
  double stand_s, pause_s; /* before the first; after each */
} sg_schedule;

/* The person's own: drawn from chance. */
sg_schedule sg_schedule_draw(const sg_person *person, int bends, sg_chance *chance);
/* Regular bends, all alike: down, hold and up as given, the pelvis `lag_s` after the lower back. */
sg_schedule sg_schedule_regular(int bends, double stand_s, double down_s, double hold_s, double up_s, double lag_s);
double sg_schedule_length(const sg_schedule *schedule);
/* The number, 1 …, of the bend at a moment: from its start until it is up again; 0 when in none. */
int sg_schedule_bend(const sg_schedule *schedule, double time_s);
/* 0 standing … 1 bent. */
double sg_schedule_part(const sg_schedule *schedule, double time_s);
void sg_schedule_pose(const sg_schedule *schedule, const sg_person *person, double time_s, sg_pose *out);

#endif
