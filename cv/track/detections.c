/* SPDX-License-Identifier: Apache-2.0 */
/* The store of detections: fixed-point places and single precision, so that an hour of video fits in memory. */
#include "track/detections.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "track/picture_change.h"

#define PLACES    10000.0
#define CHROMA    64.0
#define LUMA_UNIT 2048.0

/* Centroids farther apart than 15 px are not of the same thing. */
static int16_t luma_offset(const sg_blob *b, double offset) {
  if (!b->has_luma || !(fabs(offset) < 15.0)) return SG_NO_LUMA;
  return (int16_t)floor(offset * LUMA_UNIT + 0.5);
}

int sg_detections_begin(sg_detections *s, double time_s) {
  if (!sg_reserve((void **)&s->time_s, &s->time_capacity, s->frames + 1, sizeof *s->time_s) ||
      !sg_reserve((void **)&s->change, &s->change_capacity, s->frames + 1, sizeof *s->change) ||
      !sg_reserve((void **)&s->first, &s->first_capacity, s->frames + 2, sizeof *s->first)) {
    return 0;
  }
  s->time_s[s->frames] = time_s;
  s->change[s->frames] = (float)SG_CHANGE_NEW;
  s->first[s->frames] = s->count;
  s->frames++;
  s->first[s->frames] = s->count;
  return 1;
}

void sg_detections_change(sg_detections *s, double levels) {
  s->change[s->frames - 1] = (float)levels;
}

sg_detection sg_detection_of(const sg_blob *b, uint8_t colour) {
  return (sg_detection){ .x = (int32_t)floor(b->x * PLACES + 0.5),
                         .y = (int32_t)floor(b->y * PLACES + 0.5),
                         .axis = (float)b->axis,
                         .length = (float)b->length,
                         .width = (float)b->width,
                         .diameter = (float)b->diameter,
                         .sigma = (float)b->sigma,
                         .fill = (float)b->fill,
                         .evenness = (float)b->evenness,
                         .contrast = (float)b->contrast,
                         .separation = (float)b->separation,
                         .core_b = (int16_t)floor(b->core.b * CHROMA + 0.5),
                         .core_r = (int16_t)floor(b->core.r * CHROMA + 0.5),
                         .luma_x = luma_offset(b, b->luma_x - b->x),
                         .luma_y = luma_offset(b, b->luma_y - b->y),
                         .colour = colour,
                         .cut = b->cut };
}

int sg_detections_add(sg_detections *s, const sg_blob *b, uint8_t colour) {
  if (!sg_reserve((void **)&s->item, &s->capacity, s->count + 1, sizeof *s->item)) return 0;
  s->item[s->count++] = sg_detection_of(b, colour);
  s->first[s->frames] = s->count;
  return 1;
}

void sg_detections_free(sg_detections *s) {
  free(s->item);
  free(s->time_s);
  free(s->change);
  free(s->first);
  memset(s, 0, sizeof *s);
}

const sg_detection *sg_detections_of(const sg_detections *s, size_t frame, size_t *count) {
  *count = s->first[frame + 1] - s->first[frame];
  return *count > 0 ? s->item + s->first[frame] : NULL;
}

const sg_detection *sg_detections_chosen(const sg_detections *s, const int *chosen, size_t frame, int role) {
  const int index = chosen[frame * SAGITTA_ROLES + (size_t)role];
  return index < 0 ? NULL : s->item + s->first[frame] + index;
}

sg_blob sg_detection_blob(const sg_detection *d) {
  const bool has_luma = d->luma_x != SG_NO_LUMA && d->luma_y != SG_NO_LUMA;
  return (sg_blob){ .x = d->x / PLACES,
                    .y = d->y / PLACES,
                    .axis = (double)d->axis,
                    .length = (double)d->length,
                    .width = (double)d->width,
                    .diameter = (double)d->diameter,
                    .elongation = (double)d->length / (double)d->width,
                    .fill = (double)d->fill,
                    .evenness = (double)d->evenness,
                    .sigma = (double)d->sigma,
                    .contrast = (double)d->contrast,
                    .separation = (double)d->separation,
                    .core = { d->core_b / CHROMA, d->core_r / CHROMA },
                    .hue = { d->core_b / CHROMA, d->core_r / CHROMA },
                    .cut = d->cut != 0,
                    .has_luma = has_luma,
                    .luma_x = has_luma ? d->x / PLACES + d->luma_x / LUMA_UNIT : 0.0,
                    .luma_y = has_luma ? d->y / PLACES + d->luma_y / LUMA_UNIT : 0.0 };
}
