/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/track: costs in log units (minus the logarithm of a likelihood), and proportions that several files
 * need. */
#ifndef SG_TRACK_COSTS_H
#define SG_TRACK_COSTS_H

#define SG_REFUSED 1e6 /* the cost of what is not taken at any price */

/* Shares of stature: Drillis and Contini's heights (as in Winter). */
#define SG_KNEE_TO_SHOULDER 0.533 /* in standing */
#define SG_THIGH            0.245 /* knee to greater trochanter */

/* The cost of a normally distributed value: half its square in standard deviations. */
static inline double sg_cost(double value, double deviation) {
  const double z = value / deviation;
  return 0.5 * z * z;
}

#endif
