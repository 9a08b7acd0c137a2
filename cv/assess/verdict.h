/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/assess. The verdict: hips, both, lower back or cannot tell, by the probability of the lumbar share's
 * bands over the bodies that were drawn. One pool belongs to one thread.
 */
#ifndef SG_ASSESS_VERDICT_H
#define SG_ASSESS_VERDICT_H

#include "body/body.h"
#include "result/result.h"

/* Limits of the lumbar share's bands: body/METHOD.md 10. */
#define SG_HIPS_BELOW 0.40
#define SG_BACK_ABOVE 0.60

/* Drawn bodies of all repetitions that count: the lumbar share of each as its deviation from the repetition's mean, and
 * its weight. Starts zeroed. */
typedef struct sg_pool {
  double *deviation, *weight;
  size_t count, room, room_weight;
} sg_pool;

/* Append the sampler's bodies of a repetition whose share is `share`. 0 when memory is short. */
int sg_pool_add(sg_pool *pool, const sg_sampler *sampler, double share);
void sg_pool_free(sg_pool *pool);

/* Fill the verdict of a summarised result, where it applies. */
void sg_decide(sagitta_result *result, const sg_pool *pool);

#endif
