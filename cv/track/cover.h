/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to measuring: how much of each sample a marker covers, and the integer moments of that cover; from chroma,
 * and from luma where luma shows the marker too. */
#ifndef SG_TRACK_COVER_H
#define SG_TRACK_COVER_H

#include "track/patch.h"

#define SG_COVER 1024 /* a sample wholly covered */

typedef struct sg_cover_sum {
  int64_t b, r, n;
} sg_cover_sum;

typedef struct sg_cover_sums {
  sg_cover_sum *item;
  size_t capacity;
} sg_cover_sums;

/* Summed areas of a patch's deep samples and of its ring; zero to start with, the items freed by the owner. */
typedef struct sg_cover {
  sg_cover_sums deep, ring;
} sg_cover;

typedef struct sg_moments {
  int64_t n, x, y, xx, xy, yy;             /* of cover, in samples of the window */
  int64_t touched, touched_xx, touched_yy; /* of the samples that may carry noise */
} sg_moments;

/*
 * Moments of the cover of a patch that sg_patch_surround has prepared. Cover is where a sample's chroma lies between
 * the ground's and the marker's own within half_x, half_y samples of it, so that shade on the marker is not taken for
 * an edge. Where a part of the ground has a colour between those two, as a finger under a red sticker has, that
 * much is taken off next to it. Returns 0 when memory is short.
 */
int sg_cover_moments(sg_cover *cover, const sg_patch *patch, sg_native_colour core, sg_native_colour ground, int half_x,
                     int half_y, sg_moments *moments);

/* A centroid in coded luma px. */
typedef struct sg_centroid {
  bool found;
  double x, y;
} sg_centroid;

/*
 * The same marker's centroid from luma, which has up to four times the samples: where its brightness differs from an
 * even ground all around and is even itself. Cover between a fifth and four fifths counts, so that slow shading does
 * not.
 */
sg_centroid sg_luma_centroid(const sg_patch *patch, sg_native_colour core, sg_native_colour ground);

#endif
