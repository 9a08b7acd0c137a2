/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/track: which of the blobs in one frame are the markers of a person, by colour, shape and size, and by
 * where on a body each can be (body_fit.c), in the postures in which a recording may start (posture.c). Stateless,
 * thread-safe.
 */
#ifndef SG_TRACK_BODY_FIT_H
#define SG_TRACK_BODY_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/explain.h"
#include "sagitta/markers.h"
#include "track/measure.h"

/* ---- costs in log units (minus the logarithm of a likelihood), and proportions ---- */

#define SG_REFUSED 1e6 /* the cost of what is not taken at any price */

/* Shares of stature: Drillis and Contini's heights (as in Winter). */
#define SG_KNEE_TO_SHOULDER 0.533 /* in standing */
#define SG_THIGH            0.245 /* knee to greater trochanter */

/* The cost of a normally distributed value: half its square in standard deviations. */
static inline double sg_cost(double value, double deviation) {
  const double z = value / deviation;
  return 0.5 * z * z;
}

/* ---- posture.c: the postures, and where a body's markers are in each ---- */

typedef enum sg_posture {
  SG_POSTURE_ANY = -1,
  SG_POSTURE_STANDING,
  SG_POSTURE_LONG_SITTING, /* the legs stretched out in front */
  SG_POSTURE_LYING,        /* on the back, the near leg straight */
  SG_POSTURE_LYING_90,     /* on the back, hip and knee at right angles */
  SG_POSTURE_LYING_HOOK,   /* on the back, the feet beside the seat */
  SG_POSTURE_STEP,         /* the near foot on a step or chair */
  SG_POSTURE_BENT,         /* bent forward over straight legs: no posture to start in, and found only where asked for */
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
 * for, or ANY, which is any but BENT. Returns false when they fit none.
 */
bool sg_posture_find(const sg_blob *shoulder, const sg_blob *hip, const sg_blob *knee, sg_posture posture,
                     sg_posture_fit *fit);

/* ---- body_fit.c ---- */

typedef struct sg_body_fit {
  int blob[SAGITTA_ROLES]; /* index of the blob, −1 = none */
  double score;            /* above 0: more likely a body than not; log units */
  double margin;           /* score less that of the best fit in which a marker is another blob; INFINITY when none */
  int rival_role;          /* where that fit differs, −1 when there is none */
  double stature;          /* px */
  sg_posture posture;
  double ankle_x, ankle_y; /* px, where the ankle must be, whether or not it is marked */
} sg_body_fit;

/*
 * The best fit of shoulder, hip and knee (and whatever else is there) to `count` blobs, in the posture given or in ANY.
 * Somebody who stands may lean up to 40 degrees; which way they face does not matter. Returns 1 and fills *fit; 0 when
 * no three blobs fit a body at all; −1 when memory is short. The time grows with the third power of `count`.
 */
int sg_body_fit_find(const sg_blob *blobs, size_t count, const sg_palette_entry palette[SAGITTA_ROLES],
                     sg_posture posture, sg_body_fit *fit);

/* The same, and why each blob is not in *fit: `refused` has an entry per blob, NOT for those that are in it; a body is
 * a fit whose score is above 0. NULL = nobody asks. */
int sg_body_fit_explain(const sg_blob *blobs, size_t count, const sg_palette_entry palette[SAGITTA_ROLES],
                        sg_posture posture, sg_body_fit *fit, sagitta_refusal *refused);

/* Why a blob by itself cannot be a role's marker (COLOUR, SHAPE), NOT = it can; and, in *cost, what
 * sg_appearance_cost says. */
sagitta_refusal sg_appearance(const sg_blob *blob, const sg_palette_entry *entry, sagitta_role role, double *cost);
/* How unlike a role's marker a blob looks by itself (colour, shape, evenness): 0 = just as expected; log units. */
double sg_appearance_cost(const sg_blob *blob, const sg_palette_entry *entry, sagitta_role role);

#endif
