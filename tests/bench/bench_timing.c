/* SPDX-License-Identifier: Apache-2.0 */
/*
 * bench_timing [PEOPLE [SEED [RATE [UNEVEN [LAG]]]]]: simulated people (bends.h) through the whole analysis, set by
 * set. Prints for each quantity of the bend's timing how often its 95 % interval holds the truth, the median width, RMS
 * error and bias, and for how many people it is not said. LAG (s): everybody's hips set off so much after the back.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bends.h"
#include "base/math.h"
#include "sagitta/analysis.h"

typedef struct {
  size_t people, covered, camera, unknown;
  double *width, squares, bias;
  size_t order_said, order_right; /* of the lag: its interval lies on one side of zero, and that is the true one */
} quantity_tally;

static void add(quantity_tally *t, const sagitta_quantity *found, double truth) {
  if (isnan(truth)) return;
  if (!found || !found->known) {
    t->unknown++;
    return;
  }
  t->covered += truth >= found->low && truth <= found->high;
  t->width[t->people++] = found->high - found->low;
  t->squares += (found->value - truth) * (found->value - truth);
  t->bias += found->value - truth;
  if (found->low > 0 || found->high < 0) {
    t->order_said++;
    t->order_right += (found->low > 0) == (truth > 0);
  }
}

static bool add_person(quantity_tally *t, const bend *b) {
  double truth[TRUTHS];
  sagitta_result *result = NULL;
  sagitta_tracks *tracks = bend_tracks(b);
  if (!tracks || !bend_truth(b, truth)) {
    sagitta_tracks_free(&tracks);
    return false;
  }
  const sagitta_status status = sagitta_analyze(&result, tracks, NULL, NULL);
  size_t count = 0;
  const sagitta_repetition *reps = status ? NULL : sagitta_result_repetitions(result, &count);
  for (int i = 0; i < TRUTHS; i++) add(&t[i], count ? bend_found(reps, i) : NULL, truth[i]);
  sagitta_result_free(&result);
  sagitta_tracks_free(&tracks);
  return true;
}

static void report(quantity_tally *t, sagitta_marker_set set) {
  printf("%s\n", sagitta_marker_set_name(set));
  for (int i = 0; i < TRUTHS; i++) {
    const double n = (double)t[i].people;
    if (t[i].people + t[i].unknown == 0) continue;
    printf("  %-21s", truth_names[i]);
    if (t[i].people) {
      qsort(t[i].width, t[i].people, sizeof(double), sg_compare_doubles);
      printf(" coverage %5.1f %%  median width %7.3f  RMS %7.3f  bias %7.3f", 100 * (double)t[i].covered / n,
             t[i].width[t[i].people / 2], sqrt(t[i].squares / n), t[i].bias / n);
    }
    printf("  not said %zu of %zu\n", t[i].unknown, t[i].unknown + t[i].people);
  }
  const quantity_tally *lag = &t[TRUTH_LAG];
  if (lag->order_said) {
    printf("  which comes first: said of %.0f %%, right in %.1f %%\n",
           100 * (double)lag->order_said / (double)lag->people,
           100 * (double)lag->order_right / (double)lag->order_said);
  }
}

int main(int argc, char **argv) {
  const int people = argc > 1 ? atoi(argv[1]) : 400;
  const uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 20240229;
  const double rate = argc > 3 ? atof(argv[3]) : 30, uneven = argc > 4 ? atof(argv[4]) : 0;
  const double lag_s = argc > 5 ? atof(argv[5]) : NAN;
  if (people < 1 || !(rate > 1) || !(uneven >= 0 && uneven < 0.5)) return 2;
  bool whole = true;
  for (int set = SAGITTA_SET_DISCS; set <= SAGITTA_SET_CLINIC && whole; set++) {
    quantity_tally t[TRUTHS] = { 0 };
    for (int i = 0; i < TRUTHS; i++) whole = (t[i].width = malloc((size_t)people * sizeof(double))) && whole;
    for (int i = 0; i < people && whole; i++) {
      bend b = bend_of(seed, (uint64_t)i, (sagitta_marker_set)set, rate, lag_s);
      b.uneven = uneven;
      whole = add_person(t, &b);
    }
    if (whole) report(t, (sagitta_marker_set)set);
    for (int i = 0; i < TRUTHS; i++) free(t[i].width);
  }
  return whole ? 0 : 1;
}
