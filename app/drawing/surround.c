/* SPDX-License-Identifier: Apache-2.0 */
#include "drawing/surround.h"

#include <math.h>

double surroundings_outside(const surroundings *s, double x, double y) {
  double least = INFINITY;
  for (size_t i = 0; i < s->parts; i++) {
    const surround *p = &s->part[i];
    const double dx = p->x1 - p->x0, dy = p->y1 - p->y0, length = dx * dx + dy * dy;
    double along = length > 0 ? ((x - p->x0) * dx + (y - p->y0) * dy) / length : 0;
    along = fmin(fmax(along, 0), 1);
    least = fmin(least, hypot(x - p->x0 - along * dx, y - p->y0 - along * dy) -
                            (p->radius0 + along * (p->radius1 - p->radius0)));
  }
  return least;
}
