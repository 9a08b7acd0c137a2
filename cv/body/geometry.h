/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/body. The plane geometry of the room: lines between markers and how they lean, mean places over rows,
 * what one camera error does to places and directions, and how errors of points become errors of angles; and, from all
 * that (yaw.c), how the camera looks on. Plane px, y down; degrees clockwise from straight up in the picture; NAN =
 * unknown. Stateless, thread-safe.
 */
#ifndef SG_BODY_GEOMETRY_H
#define SG_BODY_GEOMETRY_H

#include "body/body.h"

/* ---- lines ---- */

/* From one role to another in a row: plane px, x to the right, y up. NAN where one of them is unknown. */
sg_xy sg_line(const sg_signals *signals, sagitta_role from, sagitta_role to, size_t row);
/* The sum of these lines over rows [first, end). Returns in how many rows both roles are known. */
size_t sg_line_sum(const sg_signals *signals, sagitta_role from, sagitta_role to, size_t first, size_t end, sg_xy *sum);

/* How a line (y up) leans, in (−180, 180]; 0 where it points straight up. */
double sg_lean(sg_xy line);
/* How a line leans in every row, on one branch: the first known row's is the one nearest to `reference`. */
void sg_lean_rows(const sg_signals *signals, sagitta_role from, sagitta_role to, double reference, double *out);

/* The least and the greatest of v[n] without what is NAN; low > high where nothing is known. */
typedef struct sg_extent {
  double low, high;
} sg_extent;
sg_extent sg_extent_of(const double *v, size_t n);

/* The rotation of something that is seen to have turned by `deg` from upright, its width in the picture shortened by
 * the fraction `across`. */
double sg_lengthened(double deg, double across);

/* ---- places ---- */

/* Mean places of the body's roles over rows [from, to): each from the hip's, over the rows that know both. */
void sg_find_places(const sg_signals *signals, size_t from, size_t to, sg_places *out);
/* From the hip to a role: px, as if facing right, y up, turned by the motion's roll. */
sg_xy sg_from_hip(const sg_motion *motion, const sg_places *places, sagitta_role role);

/* ---- the camera's errors: `by` standard deviations of one of them ---- */

/* Where a role's place would be. The error of depth moves the shoulder alone. */
void sg_move_place(const sg_view *view, sg_view_error error, double by, sagitta_role role, const double p[2],
                   double to[2]);
/* A strip's direction, by where two of its points go, half a strip's length (px) to either side of its place p; with
 * `place_is_end` the place is the strip's lower end and the points are that end and the upper one. */
double sg_move_axis(const sg_view *view, sg_view_error error, double by, const double p[2], double axis, double half,
                    bool place_is_end);
/* All places and directions at once. */
void sg_move_places(const sg_motion *motion, const sg_places *places, sg_view_error error, double by, sg_places *out);

/* ---- variances ---- */

/* Second moment of a z + b z² for a standard normal z, from the effects at z = −1 and z = 1: a² + 3 b². */
double sg_effect_variance(double down, double up);
/* Squared standard error (rad²) of a line's direction whose ends are off by so many px per axis. */
double sg_direction_variance(const double a[2], const double b[2], double at_a, double at_b);
/* The same of the difference of two lines' directions, from `corner` to a and to b. */
double sg_corner_variance(const double a[2], const double corner[2], const double b[2], double at_a, double at_corner,
                          double at_b);

/* ---- yaw.c: how far from square-on to the plane of movement the camera looks ---- */

/*
 * Fill view, across and yaw_… of a motion whose angles are set: a strip keeps its length, so what it seems to gain or
 * lose while it turns and travels is the camera's doing. Without a strip that turns, yaw_… are NAN and the view keeps
 * its doubt. Thread-safe.
 */
void sg_motion_find_yaw(sg_motion *motion);

#endif
