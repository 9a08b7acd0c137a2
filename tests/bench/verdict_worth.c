/* SPDX-License-Identifier: Apache-2.0 */
#include "verdict_worth.h"

#include <math.h>
#include <stdio.h>

#include "sagitta/analysis.h"

#define LEAST_PROBABILITY 1e-4 /* results are rounded to it: no surprise is endless */

static void put(worth_bins *b, double p, bool so) {
  const int k = (int)fmin(WORTH_BINS - 1, floor(p * WORTH_BINS));
  b->count[k]++;
  b->right[k] += so;
  b->sum[k] += p;
}

static void judge_side(worth *w, const sagitta_verdict *v, double share) {
  const bool hips = share < 0.5;
  const double p = v->probability[SAGITTA_MORE_HIPS];
  w->more_hips += hips;
  w->side_right += (v->lean == SAGITTA_MORE_HIPS) == hips;
  w->bits += log2(fmax(hips ? p : 1 - p, LEAST_PROBABILITY));
  w->brier += (p - hips) * (p - hips);
  if (!(share > WORTH_BACK)) return;
  const sagitta_label side = sagitta_verdict_side(v);
  w->back++;
  w->back_named += side == SAGITTA_MORE_LOWER_BACK;
  w->back_opposite += side == SAGITTA_MORE_HIPS;
}

static void judge(worth *w, const sagitta_verdict *v, double share) {
  static const sagitta_label label[WORTH_SAID] = { SAGITTA_MORE_HIPS, SAGITTA_HIPS, SAGITTA_BOTH, SAGITTA_LOWER_BACK };
  const sagitta_label said = sagitta_verdict_said(v);
  w->judged++;
  w->label[v->label]++;
  w->share += share;
  w->share_squares += share * share;
  w->on_usual += v->rests_on_usual;
  if (v->label != SAGITTA_CANNOT_TELL) {
    w->given++;
    w->right += tally_holds(v->label, share);
  }
  judge_side(w, v, share);
  for (int k = 0; k < WORTH_SAID; k++) put(&w->of[k], v->probability[label[k]], tally_holds(label[k], share));
  if (said != SAGITTA_CANNOT_TELL) put(&w->of[WORTH_SAID], v->probability[said], tally_holds(said, share));
}

bool worth_add(worth *w, const sagitta_simulation_settings *settings, uint64_t number, sagitta_verdict *verdict,
               double *share) {
  sagitta_simulation *simulation = NULL;
  sagitta_result *result = NULL;
  sagitta_error error = SAGITTA_ERROR_INIT;
  bool fine = !sagitta_simulate_person(&simulation, settings, number, &error);
  if (fine) {
    const sagitta_status status = sagitta_analyze(&result, sagitta_simulation_tracks(simulation), NULL, &error);
    fine = status == SAGITTA_OK || status == SAGITTA_NO_MEASUREMENT;
  }
  if (!fine) fprintf(stderr, "%s\n", error.text);
  fine = fine && tally_add(&w->intervals, simulation, result);
  size_t count = 0;
  double mean = 0;
  const sagitta_simulated_bend *bends = fine ? sagitta_simulation_bends(simulation, &count) : NULL;
  for (size_t i = 0; i < count; i++) mean += bends[i].lumbar_share / (double)count;
  if (verdict) *verdict = (sagitta_verdict){ 0 };
  if (share) *share = mean;
  if (fine && result && sagitta_result_verdict(result)->given) {
    judge(w, sagitta_result_verdict(result), mean);
    if (verdict) *verdict = *sagitta_result_verdict(result);
  }
  sagitta_result_free(&result);
  sagitta_simulation_free(&simulation);
  return fine;
}

void worth_free(worth *w) {
  tally_free(&w->intervals);
  *w = (worth){ 0 };
}

void worth_join(worth *to, const worth *from) {
  for (int k = 0; k < WORTH_KINDS; k++) {
    for (int b = 0; b < WORTH_BINS; b++) {
      to->of[k].count[b] += from->of[k].count[b];
      to->of[k].right[b] += from->of[k].right[b];
      to->of[k].sum[b] += from->of[k].sum[b];
    }
  }
}

double worth_worst(const worth_bins *bins, size_t least) {
  double worst = 0;
  for (int k = 0; k < WORTH_BINS; k++) {
    if (bins->count[k] < least) continue;
    worst = fmax(worst, 100 * fabs(bins->sum[k] - (double)bins->right[k]) / (double)bins->count[k]);
  }
  return worst;
}

double worth_open(const worth *w) {
  const double part = (double)w->more_hips / (double)w->judged;
  return part > 0 && part < 1 ? -part * log2(part) - (1 - part) * log2(1 - part) : 0;
}

double worth_gained(const worth *w) {
  return w->bits / (double)w->judged + worth_open(w);
}
