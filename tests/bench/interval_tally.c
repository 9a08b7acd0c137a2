/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "base/math.h"
#include "interval_tally.h"

static bool add(tally_quantity *q, const sagitta_quantity *found, double truth) {
  if (!found->known || isnan(truth)) return true;
  if (q->count == q->capacity) {
    const size_t capacity = q->capacity ? 2 * q->capacity : 256;
    double *grown = realloc(q->width, capacity * sizeof *grown);
    if (!grown) return false;
    q->width = grown;
    q->capacity = capacity;
  }
  const double error = found->value - truth;
  q->width[q->count++] = found->high - found->low;
  q->covered += truth >= found->low && truth <= found->high;
  q->squares += error * error;
  q->bias += error;
  return true;
}

static bool add_repetition(tally *t, const sagitta_simulated_bend *truth, const sagitta_repetition *found) {
  tally_quantity *q = t->repetition;
  return add(&q[TALLY_HINGE], &found->hip_hinge, truth->hip_hinge) &&
         add(&q[TALLY_LUMBAR], &found->lumbar_flexion, truth->lumbar_flexion) &&
         add(&q[TALLY_SHARE], &found->lumbar_share, truth->lumbar_share) &&
         add(&q[TALLY_PELVIS], &found->pelvic_rotation, truth->pelvic_rotation) &&
         add(&t->lag, &found->hip_lag, truth->hip_lag_s) && add(&t->knee, &found->knee_flexion, truth->knee_flexion);
}

/* The repetition that was found within a true bend; only valid ones count. */
static const sagitta_repetition *find(const sagitta_repetition *reps, size_t count,
                                      const sagitta_simulated_bend *truth) {
  for (size_t i = 0; i < count; i++) {
    const double at = reps[i].end_range_s;
    if (reps[i].valid && at > truth->start_s && at < truth->end_s) return &reps[i];
  }
  return NULL;
}

bool tally_holds(sagitta_label label, double share) {
  switch (label) {
    case SAGITTA_HIPS:
      return share < 0.4;
    case SAGITTA_BOTH:
      return share >= 0.4 && share <= 0.6;
    case SAGITTA_LOWER_BACK:
      return share > 0.6;
    case SAGITTA_MORE_HIPS:
      return share < 0.5;
    case SAGITTA_MORE_LOWER_BACK:
      return share > 0.5;
    default:
      return false;
  }
}

static void judge(tally *t, const sagitta_verdict *v, double share) {
  if (!v->given) return;
  const int truth = share < 0.4 ? SAGITTA_HIPS : share > 0.6 ? SAGITTA_LOWER_BACK : SAGITTA_BOTH;
  t->judged++;
  for (int k = 0; k < TALLY_LABELS; k++) {
    const double p = v->probability[k];
    const int bin = (int)fmin(TALLY_BINS - 1, floor(p * TALLY_BINS));
    t->bin[bin]++;
    t->bin_right[bin] += k == truth;
    t->bin_sum[bin] += p;
    t->brier += (p - (k == truth)) * (p - (k == truth));
  }
  t->table[truth][v->label]++;
  if (v->label == SAGITTA_CANNOT_TELL) return;
  t->given++;
  t->right += tally_holds(v->label, share);
}

bool tally_add(tally *t, const sagitta_simulation *simulation, const sagitta_result *result) {
  size_t bends = 0, count = 0;
  const sagitta_simulated_bend *truth = sagitta_simulation_bends(simulation, &bends);
  t->people++;
  t->bends += bends;
  if (!result) {
    t->refused++;
    return true;
  }
  const sagitta_repetition *reps = sagitta_result_repetitions(result, &count);
  double mean[TALLY_QUANTITIES] = { 0 };
  for (size_t i = 0; i < bends; i++) {
    const double each[TALLY_QUANTITIES] = { truth[i].hip_hinge, truth[i].lumbar_flexion, truth[i].lumbar_share,
                                            truth[i].pelvic_rotation };
    for (int q = 0; q < TALLY_QUANTITIES; q++) mean[q] += each[q] / (double)bends;
    const sagitta_repetition *found = find(reps, count, &truth[i]);
    if (!found) continue;
    t->bends_found++;
    if (!add_repetition(t, &truth[i], found)) return false;
  }
  const sagitta_summary *s = sagitta_result_summary(result);
  const sagitta_quantity *found[TALLY_QUANTITIES] = { &s->hip_hinge, &s->lumbar_flexion, &s->lumbar_share,
                                                      &s->pelvic_rotation };
  for (int q = 0; q < TALLY_QUANTITIES; q++) {
    if (!add(&t->summary[q], found[q], mean[q])) return false;
  }
  if (!sagitta_result_verdict(result)->given) t->withheld++;
  judge(t, sagitta_result_verdict(result), mean[TALLY_SHARE]);
  return true;
}

void tally_free(tally *t) {
  for (int q = 0; q < TALLY_QUANTITIES; q++) {
    free(t->repetition[q].width);
    free(t->summary[q].width);
  }
  free(t->lag.width);
  free(t->knee.width);
  *t = (tally){ 0 };
}

double tally_median(tally_quantity *q) {
  if (!q->count) return NAN;
  qsort(q->width, q->count, sizeof *q->width, sg_compare_doubles);
  return q->width[q->count / 2];
}

double tally_coverage(const tally_quantity *q) {
  return 100 * (double)q->covered / (double)q->count;
}

double tally_rms(const tally_quantity *q) {
  return sqrt(q->squares / (double)q->count);
}

double tally_given(const tally *t) {
  return 100 * (double)t->given / (double)(t->people - t->refused);
}

double tally_right(const tally *t) {
  return 100 * (double)t->right / (double)t->given;
}
