/* SPDX-License-Identifier: Apache-2.0 */
/* The reliability plot: of what was called p probable, how much was so. */
#ifndef SAGITTA_RELIABILITY_H
#define SAGITTA_RELIABILITY_H

#include "interval_tally.h"

/* One panel per tally into an SVG file. False when it cannot be written. */
bool reliability_plot(const char *path, const tally *tallies, const char *const *names, int count);

#endif
