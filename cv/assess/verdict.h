/* SPDX-License-Identifier: Apache-2.0 */
/* Hips, both, lower back or cannot tell; and what all repetitions have in common. */
#ifndef SAGITTA_VERDICT_H
#define SAGITTA_VERDICT_H

#include "result/result.h"
#include "assess/rules.h"
#include "body/body.h"

/* Bodies of all bends that count, each bend's shares kept as deviations from its mean. */
typedef struct sg_pool {
  double *deviation, *weight;
  size_t count, room, room_weight;
} sg_pool;

/* Take the sampler's bodies of a bend whose share is `share`. 0 when memory is short. */
int sg_pool_add(sg_pool *pool, const sg_sampler *sampler, double share);
void sg_pool_free(sg_pool *pool);

/* The bands of the lumbar share: METHOD.md 10. */
#define SG_HIPS_BELOW 0.40
#define SG_BACK_ABOVE 0.60

/* Means over valid repetitions, of reaches and holds the best, of a result whose repetitions are complete. */
void sg_summarise(sagitta_result *result);
/* The verdict of a summarised result, where it applies. */
void sg_decide(sagitta_result *result, const sg_pool *pool);

#endif
