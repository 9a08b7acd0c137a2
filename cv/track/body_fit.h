/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/track: which of the blobs in one frame are the markers of a
 * person, by colour, shape and size, and by where on a body each can be.
 */
#ifndef SG_TRACK_BODY_FIT_H
#define SG_TRACK_BODY_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/explain.h"
#include "sagitta/markers.h"
#include "track/measure.h"
#include "track/posture.h"

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
