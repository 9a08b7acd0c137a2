/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/track: white, grey and black markers in one frame (luma_find.c). They are looked for only where the
 * user names one (sg_palette_entry.by_luma); an ordinary recording is not touched. In: a frame and the targets. Out:
 * blobs of such a luma, without colour, of a marker's size, that stand out from what is right around them.
 */
#ifndef SG_TRACK_LUMA_FIND_H
#define SG_TRACK_LUMA_FIND_H

#include <stddef.h>

#include "track/associate.h"
#include "track/explain.h"
#include "track/measure.h"

#define SG_LUMA_FOUND_MAX 64 /* blobs of one frame */

typedef struct sg_luma_finder sg_luma_finder;

/* The marker of each role as it looked where it was pointed at; not seen where it is named by a file. */
typedef struct sg_luma_wanted {
  const sg_target *target; /* one per role */
  const sg_blob *seen;
  const bool *has_seen;
} sg_luma_wanted;

/* `simd` as in sg_scan_new. NULL when memory is short or there is no such level. One per thread. */
sg_luma_finder *sg_luma_finder_new(const char *simd);
void sg_luma_finder_free(sg_luma_finder *finder); /* NULL-safe */

/* Whether any target is known by its luma. */
bool sg_luma_wanted_any(const sg_target target[SAGITTA_ROLES]);

/* Find them: at most SG_LUMA_FOUND_MAX to `found`, larger ones first; sharing[] of each: a bit for each role that
 * has about its luma. Returns their number, −1 when memory is short. `moment` is told of what is refused; NULL =
 * nobody. */
ptrdiff_t sg_luma_find(sg_luma_finder *finder, const sagitta_frame *frame, const sagitta_input_info *info,
                       const sg_luma_wanted *wanted, sg_moment *moment, sg_blob *found, unsigned *sharing);

/* The blob at a place of the upright picture, px, of whatever size and luma: the smallest that stands out there by its
 * luma, in windows of up to `reach` px either way. 1, 0 = none; −1 when memory is short. */
int sg_luma_measure(sg_luma_finder *finder, const sagitta_frame *frame, const sagitta_input_info *info, double x,
                    double y, int reach, sg_blob *blob);

#endif
