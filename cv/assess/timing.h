/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/assess. The timing of one bend on the way down: order, onsets and speeds of hips and lower back,
 * shares of its thirds, smoothness (timing.c), and the curves that they are read off, with draws of what these may have
 * been instead (timing_draws.c). Thread-safe.
 */
#ifndef SG_ASSESS_TIMING_H
#define SG_ASSESS_TIMING_H

#include <stddef.h>
#include <stdint.h>

#include "assess/assess.h"

/* ---- timing_draws.c ---- */

/*
 * Hip hinge and lumbar flexion of one bend on the way down, on an even grid of time, and draws
 * of what they may have been instead, given the errors. Whatever is read off the curves (an onset, a greatest speed,
 * the share of a third) is read off each of the draws too: their quantiles are its interval.
 *
 * The error of an angle q at the part x of the bend (trunk rotation over that at end range) is modelled as
 *   e_q(x) = s_q(x) · (cos(TURN·x)·z1 + sin(TURN·x)·z2),
 * s_q its standard deviation there (from its 95 % limits, either side on its own), z1 and z2 standard normals that
 * belong to the person: at neighbouring moments the error is nearly the same, between standing and end range its
 * correlation is cos(TURN). Hinge and lumbar errors are correlated as the spreads of pelvis, ribs and thigh say they
 * are. The camera's noise is added: white noise through the low pass that the signals went through.
 */

#define SG_TIMING_DRAWS 256

typedef struct sg_timing_curves {
  size_t n; /* moments; 0 where the bend was not seen */
  double from_s, step_s;
  size_t lead;            /* moments [0, lead) lie before the bend's start */
  double *hinge, *lumbar; /* deg as estimated; NAN = unknown */
  double *trunk;          /* deg: turn of the hip–shoulder line; NAN = unknown */
  /* What follows is for sg_timing_draw alone. */
  double *below[2], *above[2]; /* standard deviations of either side */
  double *alike;               /* correlation of the errors of hinge and lumbar flexion */
  double *turn_cos, *turn_sin;
  double *normals;                                           /* [SG_TIMING_DRAWS][4] */
  double *noise;                                             /* standard deviation 1 */
  double pelvis_noise, thigh_noise, ribs_noise, trunk_noise; /* deg */
  size_t span;                                               /* moments on either side of a speed */
} sg_timing_curves;

/* From finished angles. 0 when memory is short. Thread-safe; free with sg_timing_curves_free, also after a failure. */
int sg_timing_curves_make(sg_timing_curves *curves, const sg_motion *motion, const sg_angles *angles,
                          const sg_bounds *bounds, uint64_t seed);
void sg_timing_curves_free(sg_timing_curves *curves);

/* The k-th pair of curves, k < SG_TIMING_DRAWS, n values each. `person` false: the camera's noise alone. Thread-safe.
 */
void sg_timing_draw(const sg_timing_curves *curves, size_t k, bool person, double *hinge, double *lumbar);
/* The trunk likewise, with the camera's noise. */
void sg_timing_draw_trunk(const sg_timing_curves *curves, size_t k, double *trunk);

/* deg/s in each moment, from the chord over ±0.05 s; NAN where that is not known. */
void sg_timing_speed(const sg_timing_curves *curves, const double *angle, double *speed);
/* The greatest from the bend's start on; NAN where none is known. */
double sg_timing_fastest(const sg_timing_curves *curves, const double *speed);

/*
 * s from the first shown frame at which an angle sets off, from its speed: going back from the moment of the greatest
 * one, the last that is followed by nothing but more than 5 % of the greatest and 3 deg/s, and preceded by 0.1 s of
 * less. NAN where nothing moves, where it was already moving when the curves begin, or is unknown in between.
 */
double sg_timing_onset(const sg_timing_curves *curves, const double *speed);

/* ---- timing.c ---- */

/* Frames/s below which there is no speed. */
#define SG_LOW_RATE 15.0

/*
 * Fill from finished angles: hip_lag, hip_onset, lumbar_onset, peak_velocity, hip_velocity, lumbar_velocity,
 * smoothness, phase[]. Unknown stays what the markers do not carry: speeds and onsets below 15 frames/s, onsets and
 * speeds of the parts where the hip hinge is inferred. 0 when memory is short. Thread-safe.
 */
int sg_measure_timing(const sg_motion *motion, const sg_angles *angles, const sg_bounds *bounds, uint64_t seed,
                      sagitta_repetition *out);

/*
 * Smoothness of a movement: the spectral arc length of its speed, SPARC.
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

#define SG_SPARC_TOP_HZ 10.0
#define SG_SPARC_LEAST  0.05

/*
 * Of speed[n] (any unit) at `rate` values a second, which begins and ends at rest. NAN where n < 4 or nothing moves;
 * negative infinity when memory is short.
 */
double sg_sparc(const double *speed, size_t n, double rate);

#endif
