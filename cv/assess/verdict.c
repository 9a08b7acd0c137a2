/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/verdict.h"

#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"

int sg_pool_add(sg_pool *pool, const sg_sampler *sampler, double share) {
  const size_t n = sg_sampler_count(sampler);
  const double *values = sg_sampler_values(sampler, SG_Q_SHARE), *weights = sg_sampler_weights(sampler);
  void *deviation = pool->deviation, *weight = pool->weight;
  const int whole = sg_reserve(&deviation, &pool->room, pool->count + n, sizeof(double)) &&
                    sg_reserve(&weight, &pool->room_weight, pool->count + n, sizeof(double));
  pool->deviation = deviation;
  pool->weight = weight;
  if (!whole) return 0;
  for (size_t i = 0; i < n; i++) {
    pool->deviation[pool->count] = values[i] - share;
    pool->weight[pool->count++] = weights[i];
  }
  return 1;
}

void sg_pool_free(sg_pool *pool) {
  free(pool->deviation);
  free(pool->weight);
}

static void weigh_bands(sagitta_verdict *v, const sg_pool *pool, double share) {
  double band[3] = { 0, 0, 0 }, sum = 0;
  for (size_t i = 0; i < pool->count; i++) {
    const double s = share + pool->deviation[i];
    band[s < SG_HIPS_BELOW ? SAGITTA_HIPS : s > SG_BACK_ABOVE ? SAGITTA_LOWER_BACK : SAGITTA_BOTH] += pool->weight[i];
    sum += pool->weight[i];
  }
  for (int k = 0; k < 3; k++) v->probability[k] = sg_round(band[k] / sum, 4);
  v->lean = SAGITTA_HIPS;
  for (int k = 1; k < 3; k++) {
    if (v->probability[k] > v->probability[v->lean]) v->lean = (sagitta_label)k;
  }
  /* The rounded probabilities add up to 1: the likeliest takes what the others leave. */
  double others = 0;
  for (int k = 0; k < 3; k++) others += k == (int)v->lean ? 0 : v->probability[k];
  v->probability[v->lean] = sg_round(1 - others, 4);
  v->label = v->probability[v->lean] >= SG_SURE ? v->lean : SAGITTA_CANNOT_TELL;
}

void sg_decide(sagitta_result *r, const sg_pool *pool) {
  const sagitta_summary *s = &r->summary;
  r->verdict.given = r->verdict.applies && s->lumbar_share.known && pool->count > 0;
  if (r->verdict.given) weigh_bands(&r->verdict, pool, s->lumbar_share.value);
}
