/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Samples of a frame (pixels.c), and one marker measured in it to a fraction of a pixel (measure.c). Part of the room's
 * face: other rooms get it through track/track.h.
 */
#ifndef SG_TRACK_MEASURE_H
#define SG_TRACK_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/explain.h"
#include "sagitta/video.h"
#include "track/palette.h"

/* ---- pixels.c: samples of a frame of any layout and depth, one at a time or a window at once, for the few that are
 * looked at closely ---- */

/* Where a frame's samples are. Owns nothing. */
typedef struct sg_pixels {
  const sagitta_frame *frame;
  const uint8_t *b, *r;         /* first sample of each chroma component; NULL in a GREY frame */
  ptrdiff_t stride_b, stride_r; /* bytes per row */
  int step;                     /* bytes from one chroma sample to the next */
  const uint8_t *luma;
  ptrdiff_t stride_luma;
  int step_luma;
} sg_pixels;

/* A copy of a part of a frame, in native codes (`bits` bits). */
typedef struct sg_window {
  int x0, y0, width, height;                     /* chroma samples */
  bool cut_left, cut_top, cut_right, cut_bottom; /* this side is the picture's edge */
  int32_t *b, *r;                                /* belong to the window's owner (free), reused between calls */
  int32_t *luma;                                 /* the luma sample nearest to the middle of each chroma sample */
  size_t b_capacity, r_capacity, luma_capacity;
} sg_window;

/* The frame must stay valid while the result is used. Of a GREY frame only sg_pixels_luma may be asked. */
sg_pixels sg_pixels_of(const sagitta_frame *frame);
/* The native codes of one chroma sample; 0 <= x < chroma_width, 0 <= y < chroma_height. */
void sg_pixels_chroma(const sg_pixels *pixels, int x, int y, int *b, int *r);
/* The native code of one luma sample; 0 <= x < width, 0 <= y < height. */
int sg_pixels_luma(const sg_pixels *pixels, int x, int y);
/* The luma sample under the middle of a chroma sample. */
int sg_pixels_luma_under(const sg_pixels *pixels, int x, int y);
/* Every `every`-th chroma sample of row y from x0 on, `count` of them inside the picture, with the luma sample under
 * each; native codes. */
void sg_pixels_row(const sg_pixels *pixels, int x0, int y, int every, int count, int32_t *b, int32_t *r, int32_t *luma);
/* Copy [x0, x1) × [y0, y1) chroma samples, cut to the picture. Returns 0 when memory is short. */
int sg_pixels_window(const sg_pixels *pixels, int x0, int y0, int x1, int y1, sg_window *window);

/* ---- measure.c: the edge of a marker mixes its colour with the ground behind it; how much of each sample the marker
 * covers follows from where the sample lies between the two colours. The moments of that cover are integers, so that a
 * centroid is the same on every machine ---- */

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
  sg_chroma hue;         /* its colour less that of the light, where that is known (candidates.c); else its colour */
  bool cut;              /* it touches the edge of the picture */
  bool has_luma;         /* luma shows it too, */
  double luma_x, luma_y; /* with its centroid here */
  bool by_luma;          /* it was measured by its luma: core, ground and contrast are of luma_view.h's plane, */
  sg_chroma tint;        /* and its chroma is this */
} sg_blob;

typedef struct sg_measure sg_measure;

sg_measure *sg_measure_new(void); /* NULL when memory is short. One per thread. */
void sg_measure_free(sg_measure *measure);

/* Say which frame is measured from here on; `frame` and `info` must stay valid. */
void sg_measure_frame(sg_measure *measure, const sagitta_frame *frame, const sagitta_input_info *info);

/* The same for what differs by its luma alone: `view` is a frame's luma (luma_view.h), `frame` itself tells the tint.
 * Places are samples of luma then. */
void sg_measure_luma(sg_measure *measure, const sagitta_frame *view, const sagitta_frame *frame,
                     const sagitta_input_info *info);

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
