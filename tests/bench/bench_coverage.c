/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench_coverage [PEOPLE [SEED]]: simulated people (people.h) through the whole analysis, set by set. Prints how often
 * the 95 % interval holds the truth, median widths, errors, how often a verdict is given and right, how reliable the
 * probabilities are, and the cost.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "recording.h"
#include "sagitta/analysis.h"

enum { HINGE, LUMBAR, SHARE, QUANTITIES };
#define BINS 5

typedef struct {
  size_t people, failed, given, right, bin[BINS], bin_right[BINS];
  double *width[QUANTITIES];
  size_t covered[QUANTITIES];
  double squares[QUANTITIES], bias[QUANTITIES], brier, ms, rows;
} tally;

static int by_value(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static void judge(tally *t, const sagitta_verdict *v, double share) {
  const int truth = share < 0.4 ? SAGITTA_HIPS : share > 0.6 ? SAGITTA_LOWER_BACK : SAGITTA_BOTH;
  if (!v->given) return;
  for (int k = 0; k < 3; k++) {
    const double p = v->probability[k];
    const size_t bin = (size_t)fmin(BINS - 1, floor(p * BINS));
    t->bin[bin]++;
    t->bin_right[bin] += k == truth;
    t->brier += (p - (k == truth)) * (p - (k == truth));
  }
  if (v->label == SAGITTA_CANNOT_TELL) return;
  t->given++;
  t->right += (int)v->label == truth;
}

static int add_person(tally *t, const recording *r, uint64_t *state) {
  static const people_settings whole = { 1, 1 };
  const person p = people_draw(state, &whole);
  sagitta_tracks *tracks = recording_tracks(r, &p, state);
  if (!tracks) return 0;
  sagitta_result *result = NULL;
  const double before = now_ms();
  const sagitta_status status = sagitta_analyze(&result, tracks, NULL, NULL);
  t->ms += now_ms() - before;
  t->rows += (double)sagitta_tracks_rows(tracks);
  sagitta_tracks_free(&tracks);
  const sagitta_summary *s = status ? NULL : sagitta_result_summary(result);
  if (!s || !s->lumbar_share.known) {
    t->failed++;
    sagitta_result_free(&result);
    return 1;
  }
  const double hinge = p.pelvis - p.thigh_lean, lumbar = p.lumbar_flexion;
  const double truth[QUANTITIES] = { hinge, lumbar, lumbar / (hinge + lumbar) };
  const sagitta_quantity *found[QUANTITIES] = { &s->hip_hinge, &s->lumbar_flexion, &s->lumbar_share };
  for (int q = 0; q < QUANTITIES; q++) {
    const double error = found[q]->value - truth[q];
    t->covered[q] += truth[q] >= found[q]->low && truth[q] <= found[q]->high;
    t->squares[q] += error * error;
    t->bias[q] += error;
    t->width[q][t->people] = found[q]->high - found[q]->low;
  }
  judge(t, sagitta_result_verdict(result), truth[SHARE]);
  t->people++;
  sagitta_result_free(&result);
  return 1;
}

static void report(tally *t, sagitta_marker_set set, double all) {
  static const char *const names[QUANTITIES] = { "hip hinge, deg", "lumbar flexion, deg", "lumbar share" };
  const double n = (double)t->people;
  printf("%s: %zu people (%zu not measured)\n", sagitta_marker_set_name(set), t->people, t->failed);
  for (int q = 0; q < QUANTITIES; q++) {
    qsort(t->width[q], t->people, sizeof(double), by_value);
    printf("  %-20s coverage %5.1f %%  median width %7.3f  RMS %7.3f  bias %7.3f\n", names[q],
           100 * (double)t->covered[q] / n, t->width[q][t->people / 2], sqrt(t->squares[q] / n), t->bias[q] / n);
  }
  printf("  verdict given to %.1f %%, right in %.1f %%; Brier %.3f; reliability", 100 * (double)t->given / n,
         t->given ? 100 * (double)t->right / (double)t->given : 0, t->brier / n);
  for (int k = 0; k < BINS; k++) {
    printf(" %.1f-%.1f: %.2f", (double)k / BINS, (double)(k + 1) / BINS,
           t->bin[k] ? (double)t->bin_right[k] / (double)t->bin[k] : NAN);
  }
  printf("\n  %.1f ms for %.0f frames\n", t->ms / all, t->rows / all);
}

int main(int argc, char **argv) {
  const int people = argc > 1 ? atoi(argv[1]) : 2000;
  const uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 20240229;
  if (people < 1) return 2;
  int status = 0;
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC && !status; set++) {
    const recording r = recording_default((sagitta_marker_set)set);
    uint64_t state = seed;
    tally t = { 0 };
    for (int q = 0; q < QUANTITIES; q++) {
      if (!(t.width[q] = malloc((size_t)people * sizeof(double)))) status = 1;
    }
    for (int i = 0; i < people && !status; i++) status = !add_person(&t, &r, &state);
    if (!status) report(&t, (sagitta_marker_set)set, people);
    for (int q = 0; q < QUANTITIES; q++) free(t.width[q]);
  }
  return status;
}
