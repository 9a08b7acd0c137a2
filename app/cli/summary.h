/* SPDX-License-Identifier: Apache-2.0 */
/* A result on the terminal; with --timings, what the input is and where the time went. */
#ifndef SG_CLI_SUMMARY_H
#define SG_CLI_SUMMARY_H

#include <stdbool.h>
#include <stdio.h>

#include "sagitta/sagitta.h"

/* Whether the summary's value is the best of the repetitions and not their mean: as the quantity's meaning says. */
bool summary_is_best(const sagitta_quantity_info *row);

/* The verdict, a table with intervals, and warnings with remedies. */
void summary_print(const sagitta_result *result, FILE *to);
/* The warnings of a recording that could not be measured. */
void summary_warnings(const sagitta_tracks *tracks, FILE *to);

typedef struct run_timings {
  sagitta_timings library;
  double overlay_ms, total_ms;
} run_timings;

/* Where there are no tracks to ask, the source (NULL allowed) is read once more for its size, rate and stamps. */
void timings_print(const run_timings *timings, const sagitta_source *source, const sagitta_tracks *tracks, FILE *to);

/* "Eurofit: 31.5 cm (30.9–32.1), repetition 2, the best of the first 2." */
void summary_score(char *text, size_t size, const sagitta_protocol_score *p, const char *language);

#endif
