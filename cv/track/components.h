/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to cv/track: connected components, from the scan's runs of one colour. */
#ifndef SG_TRACK_COMPONENTS_H
#define SG_TRACK_COMPONENTS_H

#include <stddef.h>
#include <stdint.h>

#include "scan/scan.h"

/* A connected set of runs of one colour (neighbours also across corners); lengths in chroma samples. */
typedef struct sg_component {
  uint8_t colour;     /* index of the scan's region */
  int x0, y0, x1, y1; /* box, x1 and y1 exclusive */
  int64_t area;       /* samples */
  int seed_x, seed_y; /* a sample of it, of those near the centroid */
} sg_component;

typedef struct sg_components sg_components;

sg_components *sg_components_new(void);             /* NULL when memory is short; one per thread */
void sg_components_free(sg_components *components); /* NULL-safe */

/* Join runs (ordered by y, then x) in a single pass. *out belongs to `components` until the next call; components of
 * fewer than `smallest` samples are left out. Returns their number, or −1 when memory is short. Ordered by first row,
 * then column, on every machine. */
ptrdiff_t sg_components_join(sg_components *components, const sg_run *runs, size_t count, int64_t smallest,
                             const sg_component **out);

#endif
