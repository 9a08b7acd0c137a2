/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the drawing: lines with room around them, and whether a place is in that. */
#ifndef SG_DRAWING_SURROUND_H
#define SG_DRAWING_SURROUND_H

#include <stddef.h>

#define SURROUNDINGS_MAX 20

/* A line with room around it, which goes over from one end's to the other's. */
typedef struct surround {
  double x0, y0, radius0, x1, y1, radius1; /* px of the tracks */
} surround;

typedef struct surroundings {
  surround part[SURROUNDINGS_MAX];
  size_t parts;
} surroundings;

/* How far outside of all of them; 0 or less: within. INFINITY where there are none. */
double surroundings_outside(const surroundings *s, double x, double y);

#endif
