/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "assess/verdict.h"
#include "assess/words.h"
#include "base/base.h"

#define HIPS_BELOW 0.40
#define BACK_ABOVE 0.60
#define SURE       0.8
#define BORDER     0.05 /* closer than this to a border between bands */

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

static const sagitta_quantity *field(const sagitta_repetition *rep, size_t offset) {
  return (const sagitta_quantity *)((const char *)rep + offset);
}

/* The same body bends each time, so errors do not average out: the mean's limits are the means of the limits. */
static sagitta_quantity mean_of(const sagitta_result *r, size_t offset) {
  sagitta_quantity mean = { 0 };
  double count = 0;
  for (size_t i = 0; i < r->repetitions; i++) {
    const sagitta_quantity *q = field(&r->repetition[i], offset);
    if (!r->repetition[i].valid || !q->known) continue;
    mean.value += q->value;
    mean.low += q->low;
    mean.high += q->high;
    mean.camera_low += q->camera_low;
    mean.camera_high += q->camera_high;
    mean.inferred = mean.inferred || q->inferred;
    count += 1;
  }
  if (count == 0) return (sagitta_quantity){ false, NAN, NAN, NAN, NAN, NAN, false };
  return (sagitta_quantity){ true,
                             mean.value / count,
                             mean.low / count,
                             mean.high / count,
                             mean.camera_low / count,
                             mean.camera_high / count,
                             mean.inferred };
}

void sg_summarise(sagitta_result *r) {
  sagitta_summary *s = &r->summary;
  s->repetitions = 0;
  for (size_t i = 0; i < r->repetitions; i++) s->repetitions += r->repetition[i].valid;
  s->hip_hinge = mean_of(r, offsetof(sagitta_repetition, hip_hinge));
  s->lumbar_flexion = mean_of(r, offsetof(sagitta_repetition, lumbar_flexion));
  s->lumbar_share = mean_of(r, offsetof(sagitta_repetition, lumbar_share));
  s->pelvic_rotation = mean_of(r, offsetof(sagitta_repetition, pelvic_rotation));
  s->trunk_thigh = mean_of(r, offsetof(sagitta_repetition, trunk_thigh));
  s->knee_flexion = mean_of(r, offsetof(sagitta_repetition, knee_flexion));
  s->reach = mean_of(r, offsetof(sagitta_repetition, reach));
}

static void weigh_bands(sagitta_verdict *v, const sg_pool *pool, double share) {
  double band[3] = { 0, 0, 0 }, sum = 0;
  for (size_t i = 0; i < pool->count; i++) {
    const double s = share + pool->deviation[i];
    band[s < HIPS_BELOW ? SAGITTA_HIPS : s > BACK_ABOVE ? SAGITTA_LOWER_BACK : SAGITTA_BOTH] += pool->weight[i];
    sum += pool->weight[i];
  }
  for (int k = 0; k < 3; k++) v->probability[k] = sg_round(band[k] / sum, 4);
  v->lean = SAGITTA_HIPS;
  for (int k = 1; k < 3; k++) {
    if (v->probability[k] > v->probability[v->lean]) v->lean = (sagitta_label)k;
  }
  /* Rounded so that they add up to 1: the likeliest takes what is left. */
  double others = 0;
  for (int k = 0; k < 3; k++) others += k == (int)v->lean ? 0 : v->probability[k];
  v->probability[v->lean] = sg_round(1 - others, 4);
  v->label = v->probability[v->lean] >= SURE ? v->lean : SAGITTA_CANNOT_TELL;
}

static void say_verdict(sagitta_result *r) {
  static const sg_word given[] = { SG_WORD_LED_BY_HIPS, SG_WORD_SHARED, SG_WORD_LED_BY_BACK };
  static const sg_word bands[] = { SG_WORD_BAND_HIPS, SG_WORD_BAND_BOTH, SG_WORD_BAND_LOWER_BACK };
  const sagitta_verdict *v = &r->verdict;
  const sagitta_quantity *share = &r->summary.lumbar_share;
  const double low = 100 * fmax(0, share->low), high = 100 * fmin(1, share->high);
  int at = v->label == SAGITTA_CANNOT_TELL
               ? snprintf(r->sentence, sizeof r->sentence, sg_words(SG_WORD_CANNOT_TELL), 100 * share->value, low, high,
                          sg_words(bands[v->lean]), 100 * v->probability[v->lean])
               : snprintf(r->sentence, sizeof r->sentence, sg_words(given[v->label]), 100 * share->value, low, high);
  const bool border = fabs(share->value - HIPS_BELOW) < BORDER || fabs(share->value - BACK_ABOVE) < BORDER;
  if (border) at += snprintf(r->sentence + at, sizeof r->sentence - (size_t)at, "%s", sg_words(SG_WORD_BORDER));
  snprintf(r->sentence + at, sizeof r->sentence - (size_t)at, "%s", sg_words(SG_WORD_NO_NORM));
}

void sg_decide(sagitta_result *r, const sg_pool *pool, const sg_rules *rules) {
  const sagitta_summary *s = &r->summary;
  r->verdict.given = s->lumbar_share.known && pool->count > 0;
  if (r->verdict.given) {
    weigh_bands(&r->verdict, pool, s->lumbar_share.value);
    say_verdict(r);
  } else if (s->hip_hinge.known) {
    snprintf(r->sentence, sizeof r->sentence, sg_words(SG_WORD_WITHHELD_SMALL),
             s->hip_hinge.value + s->lumbar_flexion.value, rules->small_bend_deg);
  } else {
    snprintf(r->sentence, sizeof r->sentence, "%s", sg_words(SG_WORD_WITHHELD_INVALID));
  }
}
