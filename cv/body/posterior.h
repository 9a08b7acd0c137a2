/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What posture explains the markers, how surely. sg_fit finds the likeliest body and posture and its normal
 * approximation (cheap: used through time); sg_sample draws bodies around it and weighs them (exact: used at end
 * range). Equations: Gauss–Newton; importance sampling with a defensive normal mixture; weighted quantiles.
 */
#ifndef SAGITTA_POSTERIOR_H
#define SAGITTA_POSTERIOR_H

#include <stddef.h>
#include <stdint.h>

#include "body/forward.h"

/* Mean and 95 % limits; the camera's own standard error. Units of the quantity. */
typedef struct sg_estimate {
  double value, low, high, camera;
} sg_estimate;

typedef struct sg_fit {
  double u[SG_LATENTS];                   /* the likeliest latents */
  double factor[SG_LATENTS * SG_LATENTS]; /* Cholesky factor of their precision */
  double value[SG_QUANTITIES];            /* quantities there */
  double spread[SG_QUANTITIES];           /* standard deviations of the normal approximation */
  double camera[SG_QUANTITIES];           /* standard errors from camera noise, lens and yaw alone */
  double misfit;                          /* squared distance from the priors, in standard deviations */
} sg_fit;

/* `from` (may be NULL) is a fit of a neighbouring moment to start from. camera[] stays 0. Thread-safe. */
void sg_fit_posture(sg_fit *fit, const sg_scene *scene, const sg_fit *from);
/* Fill camera[] of a fit to that scene: noise, and what the same posture would have been taken for had the camera been
 * off, [error][down, up] (may be NULL: noise alone). Thread-safe. */
void sg_fit_camera(sg_fit *fit, const sg_scene *scene, const sg_spread *spread, const sg_sighting (*disturbed)[2],
                   size_t errors);

typedef struct sg_sampler sg_sampler;

/* NULL when memory is short. One thread at a time. */
sg_sampler *sg_sampler_new(uint64_t seed, size_t bodies);
void sg_sampler_free(sg_sampler *sampler); /* NULL-safe */

/* Draw and weigh; estimate[] gets every quantity. Returns the effective number of bodies. */
double sg_sample(sg_sampler *sampler, const sg_scene *scene, const sg_fit *fit, sg_estimate estimate[SG_QUANTITIES]);

/* The last sample's values of a quantity and weights (sum 1), sg_sampler_count of each. Belong to the sampler. */
const double *sg_sampler_values(const sg_sampler *sampler, sg_quantity quantity);
const double *sg_sampler_weights(const sg_sampler *sampler);
size_t sg_sampler_count(const sg_sampler *sampler);

#endif
