/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/track: whether a frame shows the same picture as the one before it, at a cost that its size hardly
 * changes. Stateless, thread-safe. */
#ifndef SG_TRACK_FINGERPRINT_H
#define SG_TRACK_FINGERPRINT_H

#include <stdint.h>

#include "sagitta/video.h"

/*
 * A number that is the same for equal pictures. It is made of every sample in SG_PRINT_ROWS rows of luma and half as
 * many of each plane of chroma, spread over the picture: what moves across several of them changes it. Only to be
 * compared with others of the same run: it depends on the machine's byte order.
 */
uint64_t sg_fingerprint(const sagitta_frame *frame);

#define SG_PRINT_ROWS 32

#endif
