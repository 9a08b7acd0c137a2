/* SPDX-License-Identifier: Apache-2.0 */
/* --timings: what the input is, and where the time went. */
#ifndef APP_TIMINGS_H
#define APP_TIMINGS_H

#include <stdio.h>

#include "sagitta/sagitta.h"

typedef struct run_timings {
  sagitta_timings library;
  double overlay_ms, total_ms;
} run_timings;

/* Where there are no tracks to ask, the source (NULL allowed) is read once more for its size, rate and stamps. */
void timings_print(const run_timings *timings, const sagitta_source *source, const sagitta_tracks *tracks, FILE *to);

#endif
