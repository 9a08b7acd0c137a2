/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/track: the postures in which a recording may start, and where a body's markers are in each. */
#ifndef SG_TRACK_POSTURE_H
#define SG_TRACK_POSTURE_H

#include <stdbool.h>

#include "track/measure.h"

typedef enum sg_posture {
  SG_POSTURE_ANY = -1,
  SG_POSTURE_STANDING,
  SG_POSTURE_LONG_SITTING, /* the legs stretched out in front */
  SG_POSTURE_LYING,        /* on the back, the near leg straight */
  SG_POSTURE_LYING_90,     /* on the back, hip and knee at right angles */
  SG_POSTURE_LYING_HOOK,   /* on the back, the feet beside the seat */
  SG_POSTURE_STEP,         /* the near foot on a step or chair */
  SG_POSTURES
} sg_posture;

/* A body in a posture, as its segments lie in the picture; px, y down. */
typedef struct sg_posture_fit {
  sg_posture posture;
  double facing;           /* +1 right, −1 left */
  double hip_x, hip_y;     /* the hip point: a strip's lower end */
  double up_x, up_y;       /* unit vector hip → shoulder */
  double ankle_x, ankle_y; /* where the ankle must be */
  double ankle_spread;     /* px, one standard deviation of that */
  double stature;          /* px */
  double cost;             /* log units: how unlike the posture the segments lie */
} sg_posture_fit;

/*
 * The posture, other than standing, that three blobs fit best, facing either way. `posture` is the one that is asked
 * for, or ANY. Returns false when they fit none.
 */
bool sg_posture_find(const sg_blob *shoulder, const sg_blob *hip, const sg_blob *knee, sg_posture posture,
                     sg_posture_fit *fit);

#endif
