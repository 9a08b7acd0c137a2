/* SPDX-License-Identifier: Apache-2.0 */
/* The posture through time: values and bands of every angle, row by row. */
#ifndef SAGITTA_ANGLES_H
#define SAGITTA_ANGLES_H

#include "body/motion.h"
#include "body/posterior.h"
#include "sagitta/result.h"

typedef struct sg_angles {
  size_t rows;
  double *value[SAGITTA_ANGLES];                      /* deg; NAN = unknown */
  double *spread[SAGITTA_ANGLES];                     /* deg: standard deviation of the person's error */
  double *low[SAGITTA_ANGLES], *high[SAGITTA_ANGLES]; /* deg: 95 % limits */
} sg_angles;

/* What weighing many bodies at end range adds to the normal approximation there, in its standard deviations. */
typedef struct sg_shape {
  double trunk_deg; /* where it was found */
  double shift;     /* of the mean */
  double low, high; /* limits from the mean; low < 0 */
} sg_shape;

/* The normal approximation in every row: value and spread. Belongs to the caller. NULL when memory is short. */
sg_angles *sg_angles_new(const sg_motion *motion);
void sg_angles_free(sg_angles *angles); /* NULL-safe */

/* The shape of each quantity at one sample of end range. */
void sg_shape_of(const sg_fit *fit, const sg_estimate estimate[SG_QUANTITIES], double trunk_deg,
                 sg_shape shape[SG_QUANTITIES]);

/* Bend values and limits so that they meet `shape` at end range and are normal at the start. NULL: normal all over. */
void sg_angles_finish(sg_angles *angles, const sg_motion *motion, const sg_shape shape[SG_QUANTITIES]);

/* The quantity behind an angle, or −1 for those that are plain geometry. */
int sg_angle_quantity(sagitta_angle angle);

#endif
