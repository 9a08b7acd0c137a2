/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/assess. Hip hinge and lumbar flexion of one bend on the way down, on an even grid of time, and draws
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
#ifndef SG_ASSESS_TIMING_DRAWS_H
#define SG_ASSESS_TIMING_DRAWS_H

#include <stdint.h>

#include "assess/repetitions.h"

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

#endif
