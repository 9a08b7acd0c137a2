/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The store behind sagitta/explain.h: what the rooms that decide put into it. They do so where an explanation is asked
 * for and the frame is a chosen one, which costs one test of a pointer otherwise. Where memory runs short, something is
 * left out and the explanation says so: nobody's result depends on it.
 */
#ifndef SG_BASE_EXPLANATION_H
#define SG_BASE_EXPLANATION_H

#include "sagitta/explain.h"

/* A chosen moment as it is filled. */
typedef struct sg_moment {
  sagitta_explained_moment told;
  sagitta_explained_candidate *candidate;
  sagitta_explained_cost *cost;
  size_t candidate_capacity, cost_capacity;
  sagitta_explanation *owner;
} sg_moment;

/* The next moment that is not seen yet, if a frame at `time_s` is at or after it; else NULL, and where there is no
 * explanation. Marks it as seen. Frames come in order. */
sg_moment *sg_explanation_reach(sagitta_explanation *explanation, size_t frame, double time_s);
/* Whether every moment was seen. */
bool sg_explanation_reached_all(const sagitta_explanation *explanation);
/* The moment whose frame this is; NULL where it is none, and where there is no explanation. */
sg_moment *sg_explanation_at(sagitta_explanation *explanation, size_t frame);
/* Moment `index`, NULL past the end. */
sg_moment *sg_explanation_moment(sagitta_explanation *explanation, size_t index);

/* Append; the copy, which stays where it is until the next one, or NULL when memory is short. */
sagitta_explained_candidate *sg_moment_add_candidate(sg_moment *moment, const sagitta_explained_candidate *candidate);
sagitta_explained_cost *sg_moment_add_cost(sg_moment *moment, const sagitta_explained_cost *cost);
/* Put the candidates of every moment in their order for readers (explain.h); costs keep theirs. NULL-safe. */
void sg_explanation_sort(sagitta_explanation *explanation);
/* Something could not be looked at for want of memory: the explanation is not complete. */
void sg_explanation_cut_short(sagitta_explanation *explanation);
/* `explanation` may be NULL. */
void sg_explanation_add_start(sagitta_explanation *explanation, const sagitta_explained_start *start);

#endif
