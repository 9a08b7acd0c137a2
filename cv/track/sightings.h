/* SPDX-License-Identifier: Apache-2.0 */
/* All measured blobs of all frames, kept small: what identity is decided from after the last frame. */
#ifndef SAGITTA_TRACK_SIGHTINGS_H
#define SAGITTA_TRACK_SIGHTINGS_H

#include <stddef.h>
#include <stdint.h>

#include "track/measure.h"

#define SG_NO_LUMA INT16_MIN

/* One blob; px of the upright picture. 56 bytes. */
typedef struct sg_sighting {
  int32_t x, y; /* px × 10,000 */
  float axis, length, width, diameter, sigma;
  float fill, evenness, contrast, separation;
  int16_t core_b, core_r; /* standard chroma × 64 */
  int16_t luma_x, luma_y; /* centroid in luma less that in chroma, px × 2,048; SG_NO_LUMA = none */
  uint8_t colour;         /* palette entry that found it */
  uint8_t cut;
} sg_sighting;

typedef struct sg_sightings {
  sg_sighting *item;
  size_t count, capacity;
  double *time_s; /* per frame */
  size_t *first;  /* per frame: index of its first sighting; frames + 1 entries */
  size_t frames, time_capacity, first_capacity;
} sg_sightings;

/* Begin a frame; then add its blobs. 0 when memory is short. */
int sg_sightings_begin(sg_sightings *sightings, double time_s);
int sg_sightings_add(sg_sightings *sightings, const sg_blob *blob, uint8_t colour);
void sg_sightings_free(sg_sightings *sightings); /* leaves it empty */

/* The sightings of a frame. */
const sg_sighting *sg_sightings_of(const sg_sightings *sightings, size_t frame, size_t *count);
/* A blob kept small, and back (ground, luma and light are not kept). */
sg_sighting sg_sighting_of(const sg_blob *blob, uint8_t colour);
sg_blob sg_sighting_blob(const sg_sighting *sighting);

#endif
