/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the room: which line belongs to which. */
#ifndef SG_AGREEMENT_PAIRS_H
#define SG_AGREEMENT_PAIRS_H

#include "agreement/agreement.h"

/* A line of the first table with its counterparts: lines of a reference, one a rater; or lines of the same table, one a
 * level, of which the line itself is one. */
typedef struct pair {
  size_t subject;
  size_t first; /* the line */
  size_t row[AGREEMENT_LEVELS];
  bool has[AGREEMENT_LEVELS];
} pair;

typedef struct pair_list {
  pair *pair;
  size_t count, subjects;
  char level[AGREEMENT_LEVELS][AGREEMENT_NAME]; /* raters of the reference; levels of the column */
  size_t levels;
  size_t alone, reference_alone;
} pair_list;

/*
 * By `file`, where both tables have it (as a path, the end of one, or a name, each also without its ending, as a
 * roster's); else by `client` and what both have of trial, placement, occasion, session, device. Several lines of the
 * reference for one of ours have to be different raters'. Errors: ARGUMENT, MEMORY.
 */
sagitta_status pairs_of_tables(pair_list *list, const data_table *ours, const data_table *reference, const char *rater,
                               sagitta_error *error);
/* The lines of a person that differ in `between`, and in nothing else of trial, placement, occasion, session, device
 * and rater. Errors: ARGUMENT, MEMORY. */
sagitta_status pairs_between(pair_list *list, const data_table *t, const char *between, sagitta_error *error);
/* Every line for itself. Errors: ARGUMENT (`persons`: no line says whose it is), MEMORY. */
sagitta_status pairs_of_lines(pair_list *list, const data_table *t, bool persons, sagitta_error *error);
void pairs_free(pair_list *list);

#endif
