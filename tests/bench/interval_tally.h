/* SPDX-License-Identifier: Apache-2.0 */
/* What became of simulated people: how often intervals held the truth, how wide they were, what verdicts were worth. */
#ifndef SAGITTA_INTERVAL_TALLY_H
#define SAGITTA_INTERVAL_TALLY_H

#include <stdio.h>

#include "sagitta/simulate.h"

enum { TALLY_HINGE, TALLY_LUMBAR, TALLY_SHARE, TALLY_PELVIS, TALLY_QUANTITIES };
#define TALLY_BINS   10
#define TALLY_LABELS 3

typedef struct tally_quantity {
  size_t count, covered, capacity;
  double squares, bias;
  double *width; /* of each */
} tally_quantity;

typedef struct tally {
  size_t people, refused, withheld; /* withheld: measured, but the bend too small for a share */
  size_t bends, bends_found;
  tally_quantity repetition[TALLY_QUANTITIES], summary[TALLY_QUANTITIES];
  tally_quantity lag, knee;
  size_t judged, given, right;
  size_t table[TALLY_LABELS][SAGITTA_LABELS]; /* true band, label said */
  double brier;
  size_t bin[TALLY_BINS], bin_right[TALLY_BINS];
  double bin_sum[TALLY_BINS]; /* of the probabilities in it */
  double ms, frames;
} tally;

/* One person; result NULL when refused. False when memory is short. */
bool tally_add(tally *t, const sagitta_simulation *simulation, const sagitta_result *result);
void tally_free(tally *t);

/* Whether what a label says is so of a lumbar share. */
bool tally_holds(sagitta_label label, double share);

double tally_coverage(const tally_quantity *q); /* per cent */
double tally_median(tally_quantity *q);         /* sorts the widths */
double tally_rms(const tally_quantity *q);

/* Share of people with a verdict, and of the verdicts that were right, per cent. */
double tally_given(const tally *t);
double tally_right(const tally *t);

#endif
