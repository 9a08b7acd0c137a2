/* SPDX-License-Identifier: Apache-2.0 */
/* The start of a movement: which way the person faces, when they are still, whether it is the posture asked for. */
#ifndef SAGITTA_START_H
#define SAGITTA_START_H

#include "body/motion.h"

/* NO_MEASUREMENT, and which markers to put on, where one of those that are needed is never there. */
sagitta_status sg_start_roles(const sg_signals *signals, const sg_opening *opening, sagitta_error *error);

/*
 * Set right and start_still of `motion`, whose signals and opening are set and whose trunk is scratch, and find the
 * rows
 * [*from, *to) of the start. Errors: NO_MEASUREMENT.
 */
sagitta_status sg_start_find(sg_motion *motion, size_t *from, size_t *to, sagitta_error *error);

/* Whether the start taken is the posture asked for, and a body's. Errors: NO_MEASUREMENT. */
sagitta_status sg_start_check(const sg_motion *motion, sagitta_error *error);

/* The posture in rows [from, to), whatever was asked for; −1 when it is none of them. */
int sg_start_posture(const sg_signals *signals, size_t from, size_t to);

/* A refusal that says which posture was found, which one is asked for, and which test begins like that. */
sagitta_status sg_start_refuse(int found, const sg_opening *opening, sagitta_error *error);

#endif
