/* SPDX-License-Identifier: Apache-2.0 */
/* The estimator with its spread of skin and placement switched off, at a moment that is told to it. */
#ifndef SAGITTA_EXACT_MARKERS_H
#define SAGITTA_EXACT_MARKERS_H

#include "sagitta/simulate.h"
#include "interval_tally.h"

/*
 * For markers that do not slide and sit where they belong: what is measured by strips is geometry, the rest the
 * posterior's mean. value[] in the order of TALLY_HINGE …, of ±0.1 s around end range. False when it cannot be had.
 */
bool exact_estimate(const sagitta_tracks *tracks, double end_range_s, double value[TALLY_QUANTITIES]);

#endif
