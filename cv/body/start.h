/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/body. The start, or reference posture: which rows of the recording it is (start.c), and the refusals
 * of recordings that have none or another one (start_refusals.c). Every refusal is NO_MEASUREMENT with cause and
 * remedy. Thread-safe.
 */
#ifndef SG_BODY_START_H
#define SG_BODY_START_H

#include "base/explanation.h"
#include "body/geometry.h"

/* The start as it is chosen. */
typedef struct sg_start {
  size_t from, to; /* rows [from, to) */
  bool still;      /* nobody moved in them; else they are the most extended moment before the first movement */
  bool right;      /* the person faces right in the picture */
} sg_start;

/*
 * The one place where the start is chosen. `scratch`: one double a row. `explanation` is told what was considered; NULL
 * = nobody. Errors: NO_MEASUREMENT (nobody moves, a needed
 * marker is hidden, markers are upside down).
 */
sagitta_status sg_start_choose(sg_start *out, const sg_signals *signals, const sg_opening *opening, double *scratch,
                               sagitta_explanation *explanation, sagitta_error *error);

/* The start of a free movement: the first quiet stretch, in any posture, and the side that is faced. Where nobody is
 * quiet it is one row in which hip and knee are known, and *in_space. Errors: MEMORY, NO_MEASUREMENT (hip and knee are
 * never seen together). */
sagitta_status sg_start_of_free(sg_start *out, bool *in_space, const sg_signals *signals, const sg_opening *opening,
                                sagitta_error *error);

/* Whether a test needs the role. */
bool sg_start_needs(const sg_opening *opening, int role);

/* Which markers to put on, where one of those that are needed is never there. */
sagitta_status sg_start_roles(const sg_signals *signals, const sg_opening *opening, sagitta_error *error);
/* A needed marker is hidden in rows [from, to); `when`: the end of that sentence, translatable. Always refuses. */
sagitta_status sg_start_hidden(const sg_signals *signals, const sg_opening *opening, size_t from, size_t to,
                               const char *when, sagitta_error *error);
/* The movement that is asked for does not happen: its one angle changes by `range` deg only. Says what happens instead,
 * judged by the posture in the first `early` rows and by what else turns. `scratch`: one double a row. Always refuses.
 */
sagitta_status sg_start_unmoved(const sg_signals *signals, const sg_opening *opening, double range, size_t early,
                                double *scratch, sagitta_error *error);
/* Whether the shoulder is above the hip at some time; `lean`: of the line from hip to shoulder in every row, deg. */
sagitta_status sg_start_upright(const sg_signals *signals, const double *lean, sagitta_error *error);
/* Whether the start taken is the posture asked for, and a body's. */
sagitta_status sg_start_check(const sg_motion *motion, sagitta_error *error);

#endif
