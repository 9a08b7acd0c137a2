/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to measuring: a window on one frame and what in it is inside a marker, around it, and the ground next to it
 * (patch.c); how much of each sample the marker covers, and the moments of that cover (cover.c). All arithmetic is in
 * integers.
 */
#ifndef SG_TRACK_PATCH_H
#define SG_TRACK_PATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "track/measure.h"

/* ---- patch.c ---- */

#define SG_FRACTION 16 /* colours inside a window carry four fractional bits */

/* Bits of the mask. */
enum {
  SG_INSIDE = 1, /* of the marker's colour, connected with the seed */
  SG_AROUND = 2, /* inside, or so near that the marker's blur may reach there */
  SG_RING = 4,   /* the ground next to that */
  SG_DEEP = 8    /* inside, with all neighbours inside */
};

typedef struct sg_box {
  int x0, y0, x1, y1; /* window samples; x1 and y1 exclusive */
} sg_box;

/* A colour: chroma codes and luma code, native × SG_FRACTION. */
typedef struct sg_native_colour {
  int b, r, luma;
} sg_native_colour;

typedef struct sg_patch {
  sg_pixels pixels;
  sg_window window;
  sg_box focus;          /* the part of the window that is looked at */
  uint8_t *mask, *grown; /* one byte per sample of the window */
  int32_t *stack;
  size_t mask_capacity, grown_capacity, stack_capacity;
  int32_t histogram[3][4096];
  int neutral, black; /* codes of no colour, and of black */
  bool narrow;        /* the last flood left the window, but was narrow */
} sg_patch;

/* For each sample of the focus: y is its row, i its index in the window; both are declared here.
 * NOLINTBEGIN(bugprone-macro-parentheses): a name that is declared cannot stand in parentheses. */
#define SG_EACH_IN_FOCUS(p, y, i)                                                                           \
  for (int y = (p)->focus.y0; y < (p)->focus.y1; y++)                                                       \
    for (int i = y * (p)->window.width + (p)->focus.x0, end_of_row = y * (p)->window.width + (p)->focus.x1; \
         i < end_of_row; i++)
/* NOLINTEND(bugprone-macro-parentheses) */

/* Take the window [x0, x1) × [y0, y1) of chroma samples, cut to the picture. 0 when memory is short. */
int sg_patch_open(sg_patch *patch, int x0, int y0, int x1, int y1);
void sg_patch_free(sg_patch *patch); /* what it owns, not itself */

/* Colours before anything is known: the ground's from the window's rim, and the core's, for which the seed moves up to
 * two samples to where the colour is purest. */
void sg_patch_estimate(sg_patch *patch, int *seed, sg_native_colour *core, sg_native_colour *ground);

/* Find INSIDE from the seed: nearer to the core's colour than half way to the ground's, or, with `shade`, the core's in
 * shade. The focus becomes its box. Returns the number of samples; −1 when it leaves the window inside the picture. */
int64_t sg_patch_flood(sg_patch *patch, int seed, sg_native_colour core, sg_native_colour ground, bool shade);

/* After a flood: set AROUND within nx, ny samples of it, RING two samples beyond, DEEP; the focus takes them in. Then
 * measure the colour of the marker and of the ground next to it. */
void sg_patch_surround(sg_patch *patch, int nx, int ny, sg_native_colour *core, sg_native_colour *ground);

int64_t sg_native_distance_squared(sg_native_colour a, sg_native_colour b); /* of chroma alone */
/* Mean absolute deviation of the chroma of masked samples from a shade, native codes. */
double sg_patch_deviation(const sg_patch *patch, uint8_t bit, sg_native_colour centre);
/* Share of DEEP whose chroma is the core's within 0.29 of the distance to the ground; 1 where there is hardly any. */
double sg_patch_evenness(const sg_patch *patch, sg_native_colour core, sg_native_colour ground);

/* ---- cover.c: from chroma, and from luma where luma shows the marker too ---- */

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
