/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Gaps in a signal, and monotone interpolation. No libm: left and right of
 * TRACKS come to the same values. Stateless, thread-safe.
 */
#ifndef SG_BASE_GAPS_H
#define SG_BASE_GAPS_H

#include <stdbool.h>
#include <stddef.h>

#define SG_GAP_FILL_S  0.2 /* s, gaps up to here are filled */
#define SG_GAP_STILL_S 0.5 /* s, gaps up to here are filled where the signal is still on both sides */

/* What `known` says of a value. */
#define SG_GAP_LOST   0
#define SG_GAP_SEEN   1
#define SG_GAP_FILLED 2

/*
 * Fill the gaps of value[n] (any unit) at increasing time_s[n] (s) where known[] is SG_GAP_LOST, and set known[] to
 * SG_GAP_FILLED there. A gap's length is its number of missing samples times their mean interval, and time that was not
 * filmed. Gaps up to SG_GAP_FILL_S are bridged by PCHIP; up to SG_GAP_STILL_S only where the signal does not move on
 * either side by more than 2 % of its whole range or six times its noise; longer ones, and those at either end, stay
 * lost. Entries where known[] is not SG_GAP_LOST must be finite. Returns the number of filled values, or −1 when memory
 * is short (nothing is changed then).
 */
int sg_fill_gaps(const double *time_s, double *value, unsigned char *known, size_t n);

/*
 * Whether a step from one frame to the next (s) is time that was not filmed: longer than the usual one by more than a
 * gap may last that is filled, and at least two frames are missing from it. Frames dropped one by one, an ordinary
 * variable rate and a low one are none.
 */
bool sg_step_is_hole(double step_s, double usual_s);

/*
 * Piecewise cubic Hermite interpolation that never overshoots (Fritsch and Butland's slopes) of y[n] at increasing
 * t[n], at the moment `at` within [t[i], t[i + 1]]; i + 1 < n.
 */
double sg_pchip(const double *t, const double *y, size_t n, size_t i, double at);

#endif
