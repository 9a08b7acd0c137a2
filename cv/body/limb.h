/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Angles of single lines and strips over some rows, by plain geometry, and how far skin, placement and camera may have
 * them wrong: for movements that need no model of the body. Facing right, degrees, forward positive. Stateless,
 * thread-safe.
 */
#ifndef SAGITTA_LIMB_H
#define SAGITTA_LIMB_H

#include "body/angles.h"

typedef struct sg_limb {
  double value;          /* deg; NAN = unknown */
  double person, camera; /* standard errors, deg: all together; the instrument alone */
} sg_limb;

/* How far the line between two roles has turned since the start. `growth`: 0–1, how far the skin over it has slid. */
sg_limb sg_limb_turn(const sg_motion *motion, sagitta_role from, sagitta_role to, size_t first, size_t end,
                     double growth);

/* The angle at `corner` between the line from `a` and the line on to `b`, as they lie: 0 = in line, positive as a knee
 * bends where a, corner, b are hip, knee, ankle. `placement`: 1 where no start is subtracted, 0 where it cancels. */
sg_limb sg_limb_corner(const sg_motion *motion, sagitta_role a, sagitta_role corner, sagitta_role b, size_t first,
                       size_t end, double growth, double placement);

/* The direction of a line in space, from straight up. Placement, and what is up, count. */
sg_limb sg_limb_lean(const sg_motion *motion, sagitta_role from, sagitta_role to, size_t first, size_t end);

/* How far a strip has turned since the start; its direction in space from straight up. */
sg_limb sg_strip_turn(const sg_motion *motion, sagitta_role role, size_t first, size_t end, double growth);
sg_limb sg_strip_tilt(const sg_motion *motion, sagitta_role role, size_t first, size_t end);

/* Fill the angles through time of a movement that has no body: thigh and strips as they turn, values and spreads. */
void sg_limb_rows(const sg_motion *motion, sg_angles *angles);

#endif
