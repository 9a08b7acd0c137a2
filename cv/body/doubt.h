/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/body. A start that is no quiet standing: how far it may be from it, put into whatever is counted from
 * it. Pelvis, lumbar spine, trunk, thigh and shank of the start are each off by a normal error (rows START_… of
 * anatomy.h, times the doubt); every change from the start is off by as much. 0: nothing is added. Stateless,
 * thread-safe.
 */
#ifndef SG_BODY_DOUBT_H
#define SG_BODY_DOUBT_H

#include "body/body.h"

/* Independent standard normals that one start's error is made of. */
#define SG_DOUBT_NORMALS 3

/* The quantities of a posture whose start is off by the error that `normals` make. */
void sg_doubt_shift(double doubt, const double normals[SG_DOUBT_NORMALS], double quantity[SG_QUANTITIES]);
/* Add that error's variance to the standard deviations of quantities. */
void sg_doubt_widen(double doubt, const double quantity[SG_QUANTITIES], double spread[SG_QUANTITIES]);

/* Variance (deg²) of how far a line between two roles, a strip, stood from where it stands in quiet standing. */
double sg_doubt_of_line(const sg_motion *motion, sagitta_role from, sagitta_role to);
double sg_doubt_of_strip(const sg_motion *motion, sagitta_role role);

#endif
