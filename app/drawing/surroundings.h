/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the drawing: what of the picture belongs to the measured person, in one row of the tracks. */
#ifndef SG_DRAWING_SURROUNDINGS_H
#define SG_DRAWING_SURROUNDINGS_H

#include <stddef.h>

#include "sagitta/tracks.h"

#define SURROUNDINGS_MAX 8

/* A line with room around it. */
typedef struct surround {
  double x0, y0, x1, y1, radius; /* px of the tracks */
} surround;

typedef struct surroundings {
  surround part[SURROUNDINGS_MAX];
  size_t parts;
} surroundings;

/* Head and trunk, thigh, shank and foot, the arm, and the ruler's marks; where a marker is lost, as in the nearest row
 * in which it is known. None where shoulder and hip are never seen. `trunk`: px, hip to acromion. */
void surroundings_of(surroundings *s, const sagitta_tracks *tracks, size_t row, double trunk, int forward);
/* How far outside of all of them; 0 or less: within. INFINITY where there are none. */
double surroundings_outside(const surroundings *s, double x, double y);

#endif
