/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the drawing: where the head is, of all the places that a neck allows, from what moves in the frame. */
#ifndef SG_DRAWING_HEAD_PLACE_H
#define SG_DRAWING_HEAD_PLACE_H

#include <stdbool.h>

#include "drawing/backdrop.h"

/* Directions from the acromion, deg clockwise from straight up. */
typedef struct head_range {
  double from, until;
} head_range;

/* Narrow a range to the directions in which something moves that is as large and as round as a head, and to no less
 * than a head's doubt to either side. False, and the range as it was, where nothing looks like one beyond doubt.
 * `x`, `y`, `trunk`: px of the tracks. */
bool head_find(const moved_cells *moved, double x, double y, double trunk, head_range *range);

#endif
