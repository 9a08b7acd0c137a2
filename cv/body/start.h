/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/body. The start, or reference posture: the course of the movement (facing.c), which rows of the
 * recording the start is (start.c), and the refusals of recordings that have none or another one (start_refusals.c).
 * Every refusal is NO_MEASUREMENT with cause and remedy. Thread-safe.
 */
#ifndef SG_BODY_START_H
#define SG_BODY_START_H

#include "base/explanation.h"
#include "body/geometry.h"

#define SG_START_SHORTEST_S 0.2 /* s: so much must be upright, or whatever the test asks for, where nobody is quiet */

/* What a start is chosen by: one value a row, deg, as if facing right; NAN = unknown. The arrays belong to the caller.
 */
typedef struct sg_rows {
  double *lead;  /* the one angle that grows from the movement's start to its end range */
  double *trunk; /* hip → shoulder from straight up */
  double *thigh; /* knee → hip likewise */
  double *speed; /* deg/s: of whatever turns fastest; >= 0 */
} sg_rows;

/* The posture in which a kind of start is looked for: SCIENCE.md A6a. deg; INFINITY: no limit. */
typedef struct sg_posture_limits {
  double trunk_at, trunk_deg, trunk_sd; /* from straight up, how far off that it may be, how far it usually is */
  double thigh_at, thigh_deg, thigh_sd;
  double floor_deg; /* what the lead falls below is no part of the movement: arching back, leaning back */
  double least_deg; /* that the lead changes by in a movement */
  bool upright;     /* the shoulder is above the hip */
  bool longest;     /* no posture is better than another: the longest quiet stretch */
  bool first;       /* the first quiet stretch, whatever the posture */
} sg_posture_limits;

const sg_posture_limits *sg_start_limits(const sg_opening *opening);

/* The start as it is chosen. */
typedef struct sg_start {
  size_t from, to; /* rows [from, to) */
  sg_stillness stillness;
  bool leans;                    /* it is quiet, and so far from upright that it may be none */
  double doubt;                  /* 0–1: of how far a start that is no quiet standing may be from it */
  bool right;                    /* the person faces right in the picture */
  sg_start_candidate *candidate; /* `candidates` of them; belongs to the caller (free) */
  size_t candidates;
} sg_start;

/* Fill lead, trunk and thigh; returns whether the person faces right. `scratch`: one double a row. */
bool sg_facing_find(const sg_signals *signals, const sg_opening *opening, const sg_rows *rows, double *scratch);
/* Whether a person who does whatever they like faces right. `scratch`: one double a row. */
bool sg_facing_free(const sg_signals *signals, double *scratch);

/*
 * The one place where the start is chosen. Fills `rows`. `scratch`: one double a row. `explanation` is told what was
 * considered; NULL = nobody. Errors: MEMORY, NO_MEASUREMENT (nobody moves, nobody is upright, a needed marker is
 * hidden, the picture or the markers are upside down).
 */
sagitta_status sg_start_choose(sg_start *out, const sg_signals *signals, const sg_opening *opening, const sg_rows *rows,
                               double *scratch, sagitta_explanation *explanation, sagitta_error *error);

/* Tell of the candidates of a choice, and of what lies between them; `speed`: deg/s up to which a row was quiet. */
void sg_start_explain(sagitta_explanation *to, const sg_signals *signals, const sg_opening *opening,
                      const sg_rows *rows, const sg_start *start, double speed);
/* Of the whole recording, that is refused before there are candidates. */
void sg_start_explain_all(sagitta_explanation *to, const sg_signals *signals, sagitta_refusal refused);

/* Whether all lines that a test needs are known in a row. */
bool sg_start_known(const sg_signals *signals, const sg_opening *opening, size_t row);
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
/* No moment is upright, or whatever the test asks for: says which posture there is in the first `early` rows. Always
 * refuses. */
sagitta_status sg_start_not_upright(const sg_signals *signals, const sg_opening *opening, const sg_rows *rows,
                                    size_t early, sagitta_error *error);
/* Whether the first `early` rows are the posture in which another test starts. */
bool sg_start_is_another(const sg_signals *signals, const sg_opening *opening, size_t early);
/* Whether picture and markers are the right way up. */
sagitta_status sg_start_way_up(const sg_signals *signals, const sg_opening *opening, const sg_rows *rows,
                               sagitta_error *error);
/* Whether the start taken is the posture asked for, and a body's. */
sagitta_status sg_start_check(const sg_motion *motion, sagitta_error *error);

#endif
