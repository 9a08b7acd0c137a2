/* SPDX-License-Identifier: Apache-2.0 */
/* Everything in one frame that could be a marker, of whatever colour and whether or not there is a body. Part of the
 * room's face: other rooms get it through track/track.h. */
#ifndef SG_TRACK_BLOBS_H
#define SG_TRACK_BLOBS_H

#include "track/measure.h"

#define SG_BLOBS_MAX 64

typedef struct sg_blob_finder sg_blob_finder;

sg_blob_finder *sg_blob_finder_new(void);         /* NULL when memory is short; one per thread */
void sg_blob_finder_free(sg_blob_finder *finder); /* NULL-safe */

/* Find and measure them; fills `found`, those that stand out most first. Returns their number, or −1 when memory is
 * short. Several milliseconds on a full-HD frame. */
ptrdiff_t sg_blobs_find(sg_blob_finder *finder, const sagitta_frame *frame, const sagitta_input_info *info,
                        sg_blob found[SG_BLOBS_MAX]);

#endif
