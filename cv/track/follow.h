/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which sighting is which marker, through time. From the frame in which the
 * body is surest, forwards to the end and backwards to the start: each frame's
 * sightings are given to the roles at once, so that motion, size, colour and
 * the lengths of the body's segments agree best. A marker that is hidden is
 * lost, not guessed, and found again anywhere the body allows.
 */
#ifndef SAGITTA_TRACK_FOLLOW_H
#define SAGITTA_TRACK_FOLLOW_H

#include "track/body_fit.h"
#include "track/sightings.h"

typedef struct sg_follow_role {
  sg_expectation expected; /* wanted = this role is to be followed */
  bool named;              /* the user named it: no body is asked of it */
  double x, y;             /* px, where a named role was pointed at; NAN = not pointed at */
  double time_s;           /* s, when */
} sg_follow_role;

typedef struct sg_follow_result {
  sg_posture posture;    /* of the body there; ANY when no body was found */
  double foot_x, foot_y; /* px, where its ankle was; NAN when no body was found */
  double anchor_s;       /* s, the frame from which the body was followed; NAN when no body was found */
  double margin;         /* of the body fit there (sg_body_fit.margin) */
  int rival_role;        /* of the body fit there */
} sg_follow_result;

/*
 * Decide. `posture` is the one in which the body was found at first, or ANY. `chosen` has frames × SAGITTA_ROLES
 * entries, of each the index of the sighting within its frame or −1; it is filled completely.
 */
void sg_follow(const sg_sightings *sightings, const sg_follow_role roles[SAGITTA_ROLES], sg_posture posture,
               double picture_height, int *chosen, sg_follow_result *result);

#endif
