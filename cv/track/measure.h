/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One marker, measured to a fraction of a pixel. The edge of a marker mixes
 * its colour with the ground behind it; how much of each sample the marker
 * covers follows from where the sample lies between the two colours. The
 * moments of that cover are integers, so that a centroid is the same on every
 * machine. Part of the room's face: other rooms get it through track/track.h.
 */
#ifndef SG_TRACK_MEASURE_H
#define SG_TRACK_MEASURE_H

#include <stdbool.h>

#include "sagitta/explain.h"
#include "sagitta/video.h"
#include "track/palette.h"

/* A measured blob. Lengths in px of the upright picture, origin at its top-left corner. */
typedef struct sg_blob {
  double x, y;           /* centroid */
  double axis;           /* of the long side, degrees clockwise from straight up, (−90, 90] */
  double length;         /* long side of the rectangle with the same moments */
  double width;          /* its short side */
  double diameter;       /* of the disc with the same area */
  double elongation;     /* length / width, >= 1 */
  double fill;           /* area over that of the ellipse with the same moments: 1 ellipse, 0.95 rectangle, less for
                            anything ragged, hollow or bent */
  double evenness;       /* share of the inside whose colour is the core's, 0–1 */
  double sigma;          /* standard error of the centroid, per axis */
  double contrast;       /* distance of its colour from the ground's, standard chroma units */
  double separation;     /* contrast over the spread of both */
  sg_chroma core;        /* its colour, standard offset from neutral */
  sg_chroma ground;      /* the colour around it */
  double luma;           /* its brightness, 0 black – 255 white */
  sg_chroma hue;         /* its colour less that of the light, where that is known (candidates.h); else its colour */
  bool cut;              /* it touches the edge of the picture */
  bool has_luma;         /* luma shows it too, */
  double luma_x, luma_y; /* with its centroid here */
} sg_blob;

typedef struct sg_measure sg_measure;

sg_measure *sg_measure_new(void); /* NULL when memory is short. One per thread. */
void sg_measure_free(sg_measure *measure);

/* Say which frame is measured from here on; `frame` and `info` must stay valid. */
void sg_measure_frame(sg_measure *measure, const sagitta_frame *frame, const sagitta_input_info *info);

/*
 * Measure the blob of one colour that contains the chroma sample (seed_x, seed_y), looking no further than `reach`
 * chroma samples (of the finer direction) from it. Returns 1 and fills *blob; 0 when there is no such blob: it reaches
 * beyond, is smaller than three samples or does not stand out from its ground; −1 when memory is short.
 */
int sg_measure_at(sg_measure *measure, int seed_x, int seed_y, int reach, sg_blob *blob);

/* After an answer of 0: whether the blob reached beyond but was narrow, so that with more reach it may be a strip. */
bool sg_measure_was_narrow(const sg_measure *measure);

/* After an answer of 0: why. */
sagitta_refusal sg_measure_refused(const sg_measure *measure);

/* Chroma sample of an upright picture position; false outside the picture. */
bool sg_measure_locate(const sg_measure *measure, double x, double y, int *sample_x, int *sample_y);

/* The upright picture position, px, of a chroma sample. */
void sg_measure_place(const sg_measure *measure, double sample_x, double sample_y, double *x, double *y);

/* One chroma sample in native codes. */
void sg_measure_sample(const sg_measure *measure, int x, int y, int *b, int *r);

const sg_chroma_map *sg_measure_map(const sg_measure *measure);

#endif
