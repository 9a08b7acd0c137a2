/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/track: everything in one frame that could be a marker of whatever colour: small, even, compact, unlike
 * its surroundings. */
#ifndef SG_TRACK_CANDIDATES_H
#define SG_TRACK_CANDIDATES_H

#include <stddef.h>

#include "track/explain.h"
#include "track/measure.h"

#define SG_CANDIDATES_MAX 64

typedef struct sg_candidates sg_candidates;

sg_candidates *sg_candidates_new(void); /* NULL when memory is short; one per thread */
void sg_candidates_free(sg_candidates *candidates);

/*
 * Find them in the frame that `measure` was given. Fills up to SG_CANDIDATES_MAX of
 * `found`, those that stand out most first. Returns the number, or −1 when
 * memory is short. Several milliseconds on a full-HD frame: for a few frames,
 * not for every one.
 */
ptrdiff_t sg_candidates_find(sg_candidates *candidates, sg_measure *measure, const sagitta_frame *frame,
                             const sagitta_input_info *info, sg_blob *found);

/* From here on tell `moment` of every candidate and of what was refused; NULL = nobody. The candidates that are found
 * are the last that it is told of, in their order. */
void sg_candidates_explain(sg_candidates *candidates, sg_moment *moment);

/* The farthest a marker can reach from its middle, in chroma samples of the finer direction, for this picture. */
int sg_marker_reach(const sagitta_frame *frame, const sagitta_input_info *info);

/* Why a blob cannot be a marker: not of a marker's size, or not compact and even enough. NOT = it can be one. */
sagitta_refusal sg_marker_refused(const sg_blob *blob, const sagitta_input_info *info);

#endif
