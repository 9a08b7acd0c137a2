/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to cv/track: from the scan's runs of one colour to detections (detections.c): connected components; and the
 * detections of all frames, kept small, since association begins after the last frame.
 */
#ifndef SG_TRACK_DETECTIONS_H
#define SG_TRACK_DETECTIONS_H

#include <stddef.h>
#include <stdint.h>

#include "scan/scan.h"
#include "track/measure.h"

/* ---- connected components ---- */

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

/* ---- the store ---- */

#define SG_NO_LUMA INT16_MIN

/* A blob in one frame that may be a marker; px of the upright picture. 56 bytes. */
typedef struct sg_detection {
  int32_t x, y; /* px × 10,000 */
  float axis, length, width, diameter, sigma;
  float fill, evenness, contrast, separation;
  int16_t core_b, core_r; /* standard chroma × 64 */
  int16_t luma_x, luma_y; /* centroid in luma less that in chroma, px × 2,048; SG_NO_LUMA = none */
  uint8_t colour;         /* the scan's region that found it */
  uint8_t cut;
  uint8_t by_luma; /* core_b is luma − 128 */
} sg_detection;

typedef struct sg_detections {
  sg_detection *item;
  size_t count, capacity;
  double *time_s; /* per frame */
  float *change;  /* per frame: how much the picture differs from the one before, 8-bit levels */
  size_t *first;  /* per frame: index of its first detection; frames + 1 entries */
  size_t frames, time_capacity, change_capacity, first_capacity;
} sg_detections; /* zero to start with */

/* Begin a frame; then add its blobs. 0 when memory is short. */
int sg_detections_begin(sg_detections *detections, double time_s);
/* How much the picture of the frame that was begun differs from the one before (picture_change.h). */
void sg_detections_change(sg_detections *detections, double levels);
int sg_detections_add(sg_detections *detections, const sg_blob *blob, uint8_t colour);
/* Leave out the first `frames` of them. */
void sg_detections_forget(sg_detections *detections, size_t frames);
void sg_detections_free(sg_detections *detections); /* leaves it empty */

/* The detections of a frame, NULL where there are none. */
const sg_detection *sg_detections_of(const sg_detections *detections, size_t frame, size_t *count);
/* The detection of a frame that is a role's marker by `chosen` (see associate.h), NULL = none. */
const sg_detection *sg_detections_chosen(const sg_detections *detections, const int *chosen, size_t frame, int role);

/* A blob kept small, and back (ground, luma and the light's colour are not kept). */
sg_detection sg_detection_of(const sg_blob *blob, uint8_t colour);
sg_blob sg_detection_blob(const sg_detection *detection);

#endif
