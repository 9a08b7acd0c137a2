/* SPDX-License-Identifier: Apache-2.0 */
/* What verdicts are worth: simulated people through the whole analysis, and what they were told against what was so.
 * Shared by bench_verdict and test_verdict_people. */
#ifndef SAGITTA_VERDICT_WORTH_H
#define SAGITTA_VERDICT_WORTH_H

#include "interval_tally.h"

#define WORTH_BINS 10
#define WORTH_BACK 0.55 /* share from which on somebody bends from the back */

/* Probabilities of one kind, and how often it was so. */
typedef struct worth_bins {
  size_t count[WORTH_BINS], right[WORTH_BINS];
  double sum[WORTH_BINS];
} worth_bins;

/* The statements whose probabilities are judged: the half, each band, and what the sentence leads with. */
enum { WORTH_MORE_HIPS, WORTH_HIPS, WORTH_BOTH, WORTH_LOWER_BACK, WORTH_SAID, WORTH_KINDS };

/* Starts zeroed. Counts of people. */
typedef struct worth {
  tally intervals;
  size_t judged, given, right, on_usual;
  size_t back, back_named, back_opposite; /* truly above WORTH_BACK; told the back's side, told the other */
  size_t more_hips, side_right;           /* truly below one half; whose lean is so */
  double share, share_squares;            /* sums of the true share */
  double bits, brier;                     /* sums, of the half's probability */
  size_t label[SAGITTA_LABELS];
  worth_bins of[WORTH_KINDS];
} worth;

/* Simulate and analyse person `number` and judge the verdict. False where simulation or memory fails; says why on
 * standard error. `verdict`, `share` (of the person, mean of the bends) may be NULL. */
bool worth_add(worth *w, const sagitta_simulation_settings *settings, uint64_t number, sagitta_verdict *verdict,
               double *share);
void worth_free(worth *w);

/* Add the bins of one to another's. */
void worth_join(worth *to, const worth *from);
/* Greatest distance of what was said from how often it was so, points, over bins of at least so many people. */
double worth_worst(const worth_bins *bins, size_t least);
/* Bits that the half's probabilities are better than knowing only how often it is so in these people; the bits that
 * there were to gain. */
double worth_gained(const worth *w);
double worth_open(const worth *w);

#endif
