/* SPDX-License-Identifier: Apache-2.0 */
/* Lines between markers and how they lean. Degrees from straight up, to the right positive. Stateless, thread-safe. */
#ifndef SAGITTA_LINES_H
#define SAGITTA_LINES_H

#include "body/forward.h"
#include "body/signals.h"

/* From one role to another in a row: plane px, x to the right, y up. NAN where one of them is unknown. */
sg_point sg_line(const sg_signals *signals, sagitta_role from, sagitta_role to, size_t row);

/* In (−180, 180]; 0 where the line points straight up. */
double sg_lean(sg_point line);

/* The angle's branch that is nearest to `reference`. */
double sg_near(double angle, double reference);

/* How a line leans in every row, on one branch: the first known row's is the one nearest to `reference`. */
void sg_lean_rows(const sg_signals *signals, sagitta_role from, sagitta_role to, double reference, double *out);

/* Speed (deg/s) of an angle around a row, over 0.1 s on either side; NAN where it is unknown. */
double sg_turning(const sg_signals *signals, const double *angle, size_t row);

#endif
