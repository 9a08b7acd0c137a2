/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/track: association, which detection is which marker, through
 * time. From the frame in which the body is surest, forwards to the end and
 * backwards to the first: each frame's detections are given to the roles at
 * once, so that motion, size, colour and the lengths of the body's segments
 * agree best. A marker that is hidden is lost, not guessed, and found again
 * anywhere the body allows.
 */
#ifndef SG_TRACK_ASSOCIATE_H
#define SG_TRACK_ASSOCIATE_H

#include "track/body_fit.h"
#include "track/detections.h"
#include "track/explain.h"

/* One role's marker that is to be tracked. */
typedef struct sg_target {
  sg_palette_entry entry; /* wanted = the role is to be tracked */
  bool named;             /* the user named it: no body is asked of it */
  double x, y;            /* px, where a named role was pointed at; NAN = not pointed at */
  double time_s;          /* s, when */
} sg_target;

typedef struct sg_association {
  sg_posture posture;    /* of the body in the anchor frame; ANY when no body was found */
  double foot_x, foot_y; /* px, where its ankle was; NAN when no body was found */
  double anchor_s;       /* s, the frame from which the body was tracked; NAN when no body was found */
  double margin;         /* of the body fit there (sg_body_fit.margin) */
  int rival_role;        /* of the body fit there */
} sg_association;

/*
 * Decide. `posture` is the one in which the body was found at first, or ANY; `picture_height` px. `chosen` has frames ×
 * SAGITTA_ROLES entries, of each the index of the detection within its frame or −1; it is filled completely.
 * `explanation` is told the costs of its frames; NULL = none. Returns 0 when memory is short.
 */
int sg_associate(const sg_detections *detections, const sg_target targets[SAGITTA_ROLES], sg_posture posture,
                 double picture_height, sagitta_explanation *explanation, int *chosen, sg_association *result);

#endif
