/* SPDX-License-Identifier: Apache-2.0 */
/* The summary of the repetitions that count, and the verdict on it. */
#include "assess/assess.h"

#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"

/* ---- summary ---- */

/* The quantity of a repetition that counts; NULL where it is not valid or does not know it. */
static const sagitta_quantity *counted(const sagitta_repetition *rep, const sg_quantity_row *row) {
  const sagitta_quantity *q = sg_quantity_get(SG_IN_REPETITION, rep, row);
  return rep->valid && q && q->known ? q : NULL;
}

/* The same body moves each time, so errors do not average out: the mean's limits are the means of the limits. */
static sagitta_quantity mean_of(const sagitta_result *r, const sg_quantity_row *row) {
  sagitta_quantity mean = { 0 };
  double count = 0;
  for (size_t i = 0; i < r->repetitions; i++) {
    const sagitta_quantity *q = counted(&r->repetition[i], row);
    if (!q) continue;
    mean.value += q->value;
    mean.low += q->low;
    mean.high += q->high;
    mean.camera_low += q->camera_low;
    mean.camera_high += q->camera_high;
    mean.inferred = mean.inferred || q->inferred;
    count += 1;
  }
  if (count == 0) return SG_UNKNOWN_QUANTITY;
  return (sagitta_quantity){ true,
                             mean.value / count,
                             mean.low / count,
                             mean.high / count,
                             mean.camera_low / count,
                             mean.camera_high / count,
                             mean.inferred };
}

/* The greatest for sign 1, the least for −1; of equal ones the first. */
static sagitta_quantity extreme_of(const sagitta_result *r, const sg_quantity_row *row, double sign) {
  sagitta_quantity extreme = SG_UNKNOWN_QUANTITY;
  for (size_t i = 0; i < r->repetitions; i++) {
    const sagitta_quantity *q = counted(&r->repetition[i], row);
    if (q && (!extreme.known || sign * q->value > sign * extreme.value)) extreme = *q;
  }
  return extreme;
}

void sg_summarise(sagitta_result *r) {
  size_t count;
  const sg_quantity_row *rows = sg_quantity_rows(&count);
  r->summary.repetitions = 0;
  for (size_t i = 0; i < r->repetitions; i++) r->summary.repetitions += r->repetition[i].valid;
  for (size_t i = 0; i < count; i++) {
    sagitta_quantity *q = sg_quantity_at(SG_IN_SUMMARY, &r->summary, &rows[i]);
    switch (rows[i].summarised) {
      case SG_SUMMARY_MEAN:
        *q = mean_of(r, &rows[i]);
        break;
      case SG_SUMMARY_GREATEST:
        *q = extreme_of(r, &rows[i], 1);
        break;
      case SG_SUMMARY_LEAST:
        *q = extreme_of(r, &rows[i], -1);
        break;
      case SG_SUMMARY_NONE:
        break;
    }
  }
}

/* ---- verdict ---- */

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
