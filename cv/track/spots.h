/* SPDX-License-Identifier: Apache-2.0 */
/* Everything in one frame that could be a marker of whatever colour: small, even, compact, unlike its surroundings. */
#ifndef SAGITTA_TRACK_SPOTS_H
#define SAGITTA_TRACK_SPOTS_H

#include <stddef.h>

#include "track/measure.h"

#define SG_SPOTS_MAX 64

typedef struct sg_spots sg_spots;

sg_spots *sg_spots_new(void); /* NULL when memory is short */
void sg_spots_free(sg_spots *spots);

/*
 * Find them in the frame that `measure` was given. Fills up to SG_SPOTS_MAX of
 * `found`, those that stand out most first. Returns the number, or −1 when
 * memory is short. Several milliseconds on a full-HD frame: for a few frames,
 * not for every one.
 */
ptrdiff_t sg_spots_find(sg_spots *spots, sg_measure *measure, const sagitta_frame *frame,
                        const sagitta_input_info *info, sg_blob *found);

/* The farthest a marker can reach from its middle, in chroma samples of the finer direction, for this picture. */
int sg_spots_reach(const sagitta_frame *frame, const sagitta_input_info *info);

/* Whether a blob is of a marker's size, and compact and even enough to be one. */
int sg_spot_plausible(const sg_blob *blob, const sagitta_input_info *info);

#endif
