/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/body. What posture explains an observation, how surely. sg_fit_posture finds the likeliest body and
 * posture and its normal approximation (cheap: used through time); sg_sample draws bodies around it and weighs them
 * (exact: used at end range). Equations: METHOD.md 5: Gauss–Newton; importance sampling with a defensive normal
 * mixture; weighted quantiles.
 */
#ifndef SG_BODY_POSTERIOR_H
#define SG_BODY_POSTERIOR_H

#include "body/model.h"

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
void sg_fit_camera(sg_fit *fit, const sg_scene *scene, const sg_spread *spread, const sg_observation (*disturbed)[2],
                   size_t errors);

/*
 * Draw and weigh; estimate[] gets every quantity. Where too few bodies carry the weight, it is spread over more of them
 * and no interval is narrower than the normal approximation's. Returns the effective number of bodies that the weights
 * have in the end; 0 where no body explains what is seen: the estimates are NAN then.
 */
double sg_sample(sg_sampler *sampler, const sg_scene *scene, const sg_fit *fit, sg_estimate estimate[SG_QUANTITIES]);

#endif
