/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the drawing: what of the picture belongs to the measured person, in one row of the tracks. */
#ifndef SG_DRAWING_SURROUNDINGS_H
#define SG_DRAWING_SURROUNDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "drawing/backdrop.h"
#include "drawing/surround.h"
#include "sagitta/tracks.h"

/* Whose surroundings: what holds in the whole recording. */
typedef struct surrounded {
  const sagitta_tracks *tracks;
  double trunk; /* px, hip to acromion */
  int forward;  /* 1: faces right, −1: left */
  bool lying;   /* see surroundings_lying */
} surrounded;

/* Whether the person lies from beginning to end: the trunk is never nearer to upright than to level. */
bool surroundings_lying(const sagitta_tracks *tracks);

/*
 * Trunk, thigh, shank and foot, the arms, a leg that has no markers, and the ruler's marks; where a marker is lost, as
 * in the nearest row in which it is known. None where shoulder and hip are never seen. Limbs without markers lie where
 * something as wide as a limb moves (limbs.h), else where they lie in most people. `moved` may be empty.
 */
void surroundings_of(surroundings *s, const surrounded *whose, size_t row, const moved_cells *moved);
#endif
