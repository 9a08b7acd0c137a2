/* SPDX-License-Identifier: Apache-2.0 */
/* Hips, both, lower back or cannot tell, and the sentence that says so. */
#ifndef SAGITTA_VERDICT_H
#define SAGITTA_VERDICT_H

#include "assess/result.h"
#include "assess/rules.h"
#include "body/posterior.h"

/* Bodies of all bends that count, each bend's shares kept as deviations from its mean. */
typedef struct sg_pool {
  double *deviation, *weight;
  size_t count, room, room_weight;
} sg_pool;

/* Take the sampler's bodies of a bend whose share is `share`. 0 when memory is short. */
int sg_pool_add(sg_pool *pool, const sg_sampler *sampler, double share);
void sg_pool_free(sg_pool *pool);

/* Means over valid repetitions, then verdict and sentence, of a result whose repetitions are complete. */
void sg_summarise(sagitta_result *result);
void sg_decide(sagitta_result *result, const sg_pool *pool, const sg_rules *rules);

#endif
