/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/assess. Smoothness of a movement: the spectral arc length of its speed, SPARC. Stateless, thread-safe.
 *
 * Balasubramanian, Melendez-Calderon, Roby-Brami, Burdet 2015, J NeuroEng Rehabil 12:112, after Balasubramanian,
 * Melendez-Calderon, Burdet 2012, IEEE Trans Biomed Eng 59:2126. With V(f) the magnitude of the speed's Fourier
 * transform over its greatest, and fc the last frequency up to 10 Hz at which V is still at least 0.05,
 *   SPARC = − ∫ from 0 to fc of sqrt((1/fc)² + (dV/df)²) df,
 * a sum over the transform of the profile padded with zeros to 2^(ceil(log2 n) + 4) values. Dimensionless, negative; a
 * minimum-jerk movement has −1.40, pauses and bounces make it more negative. It does not depend on how far or how long
 * the movement goes.
 *
 * The limit of 10 Hz is the published one. The signals here have been low-passed at 4 Hz or more (result:
 * filter_cutoff_hz), so nothing above about twice that is left to be found; both stay the same between two recordings
 * that are compared only if their cut-offs are much the same.
 */
#ifndef SG_ASSESS_SMOOTHNESS_H
#define SG_ASSESS_SMOOTHNESS_H

#include <stddef.h>

#include "assess/timing_draws.h"
#include "sagitta/result.h"

#define SG_SPARC_TOP_HZ 10.0
#define SG_SPARC_LEAST  0.05

/*
 * Of speed[n] (any unit) at `rate` values a second, which begins and ends at rest. NAN where n < 4 or nothing moves;
 * negative infinity when memory is short.
 */
double sg_sparc(const double *speed, size_t n, double rate);

/* Fill smoothness: of the trunk's speed from the repetition's start to end range, with what the camera's noise does to
 * it. 0 when memory is short. */
int sg_measure_smoothness(const sg_timing_curves *curves, sagitta_repetition *out);

#endif
