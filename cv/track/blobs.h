/* SPDX-License-Identifier: Apache-2.0 */
/* Runs of one colour → connected blobs. */
#ifndef SAGITTA_TRACK_BLOBS_H
#define SAGITTA_TRACK_BLOBS_H

#include <stddef.h>
#include <stdint.h>

#include "scan/scan.h"

/* A connected set of runs of one colour (neighbours also across corners), in chroma samples. */
typedef struct sg_component {
  uint8_t colour;
  int x0, y0, x1, y1; /* box, x1 and y1 exclusive */
  int64_t area;       /* samples */
  int seed_x, seed_y; /* a sample well inside: the middle of the longest run nearest the centre */
} sg_component;

typedef struct sg_components sg_components;

sg_components *sg_components_new(void);             /* NULL when memory is short */
void sg_components_free(sg_components *components); /* NULL-safe */

/* Join runs (ordered by y, then x) in a single pass. *out belongs to `components` until the next call; components of
 * fewer than `smallest` samples are left out. Returns their number, or −1 when memory is short. Order: by first row,
 * then column, whatever the machine. */
ptrdiff_t sg_components_join(sg_components *components, const sg_run *runs, size_t count, int64_t smallest,
                             const sg_component **out);

#endif
