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

int sg_pool_add(sg_pool *pool, const sg_sampler *sampler, const sagitta_repetition *rep, const sg_end_range *end) {
  const size_t n = sg_sampler_count(sampler);
  const double *values = sg_sampler_values(sampler, SG_Q_SHARE), *weights = sg_sampler_odds(sampler);
  const double whole = rep->hip_hinge.value + rep->lumbar_flexion.value;
  void *deviation = pool->deviation, *weight = pool->weight;
  const int room = sg_reserve(&deviation, &pool->room, pool->count + n, sizeof(double)) &&
                   sg_reserve(&weight, &pool->room_weight, pool->count + n, sizeof(double));
  pool->deviation = deviation;
  pool->weight = weight;
  if (!room) return 0;
  for (size_t i = 0; i < n; i++) {
    pool->deviation[pool->count] = values[i] - rep->lumbar_share.value;
    pool->weight[pool->count++] = weights[i];
  }
  pool->usual += end->usual_lumbar / whole;
  pool->usual_spread += end->usual_spread / whole;
  pool->repetitions++;
  return 1;
}

void sg_pool_free(sg_pool *pool) {
  free(pool->deviation);
  free(pool->weight);
}

/* Part of the bodies whose share is below `limit`. */
static double part_below(const sg_pool *pool, double share, double limit) {
  double below = 0, sum = 0;
  for (size_t i = 0; i < pool->count; i++) {
    if (share + pool->deviation[i] < limit) below += pool->weight[i];
    sum += pool->weight[i];
  }
  return below / sum;
}

/* From the parts of a distribution below the three limits; rounded, so that each kind sums to 1. */
static void put_probabilities(double p[SAGITTA_LABELS], double below_hips, double below_half, double below_back) {
  p[SAGITTA_HIPS] = sg_round(below_hips, 4);
  p[SAGITTA_LOWER_BACK] = sg_round(1 - below_back, 4);
  p[SAGITTA_BOTH] = sg_round(1 - p[SAGITTA_HIPS] - p[SAGITTA_LOWER_BACK], 4);
  p[SAGITTA_CANNOT_TELL] = 0;
  p[SAGITTA_MORE_HIPS] = sg_round(below_half, 4);
  p[SAGITTA_MORE_LOWER_BACK] = sg_round(1 - p[SAGITTA_MORE_HIPS], 4);
}

/* What the markers alone would make of two statements that are as likely before: the odds now over those before. */
static double by_markers_alone(double now, double before) {
  const double with = now * (1 - before), against = (1 - now) * before;
  return with + against > 0 ? with / (with + against) : 1;
}

/* Whether what is said would not even be "probably" so, if it were not so of most people who bend. */
static bool rests_on_usual(const sagitta_verdict *v, const sg_pool *pool) {
  const double n = (double)pool->repetitions, usual = pool->usual / n, spread = pool->usual_spread / n;
  const sagitta_label said = sagitta_verdict_said(v);
  double before[SAGITTA_LABELS];
  if (!(spread > 0) || said == SAGITTA_CANNOT_TELL) return false;
  put_probabilities(before, sg_normal_below((SG_HIPS_BELOW - usual) / spread),
                    sg_normal_below((SG_HALF - usual) / spread), sg_normal_below((SG_BACK_ABOVE - usual) / spread));
  return by_markers_alone(v->probability[said], before[said]) < SAGITTA_PROBABLY;
}

void sg_decide(sagitta_result *r, const sg_pool *pool) {
  const double share = r->summary.lumbar_share.value;
  sagitta_verdict *v = &r->verdict;
  v->given = v->applies && r->summary.lumbar_share.known && pool->count > 0;
  if (!v->given) return;
  put_probabilities(v->probability, part_below(pool, share, SG_HIPS_BELOW), part_below(pool, share, SG_HALF),
                    part_below(pool, share, SG_BACK_ABOVE));
  v->lean = sg_verdict_lean(v->probability);
  v->label = sg_verdict_label(v->probability);
  v->rests_on_usual = rests_on_usual(v, pool);
}
