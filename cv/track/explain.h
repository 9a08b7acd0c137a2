/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/track: the recorder. The steps call it where a moment is one that is to be explained (a NULL moment
 * or explanation records nothing): candidates as they are found or refused, costs as they are weighed, and what later
 * steps change. What it is told is told where the decision is made.
 */
#ifndef SG_TRACK_EXPLAIN_H
#define SG_TRACK_EXPLAIN_H

#include "base/explanation.h"
#include "track/detections.h"

/* A candidate that was measured. What was told of any colour at the same place, of the same size and for the same
 * reason, is not told again: a large thing is met from many sides. `palette`: as in sagitta_explained_candidate. */
void sg_explain_blob(sg_moment *moment, sagitta_found_by by, unsigned palette, const sg_blob *blob,
                     sagitta_refusal refused);
/* A candidate of which only the place (px) and, roughly, the diameter (px, NAN = not known) are known. */
void sg_explain_place(sg_moment *moment, sagitta_found_by by, unsigned palette, double x, double y, double diameter,
                      sagitta_refusal refused);
/* A detection, `index` within its frame; nothing is decided yet. */
void sg_explain_detection(sg_moment *moment, unsigned palette, const sg_blob *blob, int index);

/* What a fit of the body to the detections says: `role` and `refused` have an entry per detection; `role` −1 = none. */
void sg_explain_body(sg_moment *moment, const int *role, const sagitta_refusal *refused, size_t count);
/* One role's marker and one detection: the costs, and what was decided. `cost` needs no candidate. `since_s`: of a
 * distractor. */
void sg_explain_cost(sg_moment *moment, int detection, const sagitta_explained_cost *cost, double since_s);
/* Find it again, to add what is decided later; NULL where there is none. */
sagitta_explained_cost *sg_explained_cost(sg_moment *moment, sagitta_role role, int detection);
/* All costs of a frame are told and marked as taken: each detection gets the role that took it, or the reason of the
 * role that came nearest to taking it. */
void sg_explain_settle(sg_moment *moment);
/* A later step decides anew: the role's marker in this frame is another detection, −1 = none. The one before was
 * refused for `why`. */
void sg_explain_change(sagitta_explanation *explanation, size_t frame, sagitta_role role, int detection,
                       sagitta_refusal why);
/* The role's marker stays what it is, but its place in this frame is not used. */
void sg_explain_unused(sagitta_explanation *explanation, size_t frame, sagitta_role role, sagitta_refusal why);

#endif
