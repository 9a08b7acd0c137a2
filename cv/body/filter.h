/* SPDX-License-Identifier: Apache-2.0 */
/* Smoothing of evenly sampled signals. Stateless, thread-safe. */
#ifndef SAGITTA_FILTER_H
#define SAGITTA_FILTER_H

#include <stddef.h>

#define SG_CUTOFF_FLOOR 4.0 /* Hz */
#define SG_CUTOFF_SHARE 0.4 /* of the frame rate */

/*
 * Zero-lag fourth-order Butterworth low pass in place: second order forwards and backwards, the design
 * frequency corrected by 0.802 so that `cutoff` (Hz) is that of both passes; >= 1 s of point reflection on either side.
 * A cut-off at or above half the rate changes nothing. 0 when memory is short.
 */
int sg_low_pass(double *value, size_t n, double rate, double cutoff);

/*
 * Winter's residual analysis: the cut-off (Hz) where the residual equals the noise that the tail of the residual curve
 * extrapolates to, within SG_CUTOFF_FLOOR and SG_CUTOFF_SHARE × rate (the latter where they cross). Negative when
 * memory is short.
 */
double sg_residual_cutoff(const double *value, size_t n, double rate);

#endif
