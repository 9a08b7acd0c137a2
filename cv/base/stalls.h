/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A recorder that stalls repeats one picture while the movement goes on. Which repeated pictures are such a stall, and
 * which show somebody who holds still, the movement before and after tells. No libm but sqrt and fabs. Stateless,
 * thread-safe.
 */
#ifndef SG_BASE_STALLS_H
#define SG_BASE_STALLS_H

#include <stddef.h>

/* A marker's places in every row, px; NAN = unknown. */
typedef struct sg_path {
  const double *x, *y;
} sg_path;

/*
 * same[i]: whether row i shows the picture of row i − 1 again; same[0] is ignored. Sets stalled[i] to 1 in the rows
 * that repeat a picture for more than SG_GAP_FILL_S although the movement of one of the paths just before or just after
 * implies more than a pixel (and more than its noise), else to 0.
 *
 * Before: the last three pictures or more of 0.1 s, and four or more of 0.2 s, are followed by a parabola to where the
 * movement would have come to rest, for at most 0.2 s. After: likewise backwards, and the place so found is compared
 * with the repeated one; a movement that sets out from rest there explains a first step of up to half the second, and
 * without a movement the places must differ by 3 px, and not all alike, as those of a picture whose camera was knocked.
 * Who slows down to a hold and sets out from it again is at rest at both ends of it, however still and however well
 * compressed the video.
 *
 * Returns 0 when memory is short.
 */
int sg_find_stalls(const double *time_s, const unsigned char *same, size_t n, const sg_path *path, size_t paths,
                   unsigned char *stalled);

#endif
