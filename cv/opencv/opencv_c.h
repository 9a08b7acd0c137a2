/* SPDX-License-Identifier: Apache-2.0 */
/* A C API over the little of OpenCV that is used. No exception leaves it. */
#ifndef SAGITTA_OPENCV_C_H
#define SAGITTA_OPENCV_C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/camera.h"
#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Limits of one colour in OpenCV's 8-bit HSV: hue 0–179 (2 degrees each), saturation and value 0–255, inclusive. */
typedef struct sg_hsv_range {
  uint8_t low[3], high[3];
} sg_hsv_range;

/* A connected component (8 neighbours): its box in px, its area in px, its centroid in OpenCV's coordinates, where the
 * centre of the top-left pixel is (0, 0). */
typedef struct sg_hsv_blob {
  int range; /* index of the colour */
  int left, top, width, height, area;
  double x, y;
} sg_hsv_blob;

/* Number of threads that OpenCV may use in this process; 1 = the caller's only. Not thread-safe. */
void sg_opencv_set_threads(int threads);

/*
 * The common way to find coloured markers, as a yardstick for our own: BGR to
 * HSV, a mask per range, connected components of each mask with statistics.
 * bgr: rows of 3 · width bytes, `stride` bytes apart (>= 3 · width). The first
 * `room` blobs go to blobs[], ordered by range; *found counts all of them.
 * Errors: ARGUMENT, MEMORY (also whatever else OpenCV throws); *found is then 0.
 * Thread-safe.
 */
sagitta_status sg_opencv_hsv_blobs(const uint8_t *bgr, int width, int height, ptrdiff_t stride,
                                   const sg_hsv_range *ranges, size_t count, sg_hsv_blob *blobs, size_t room,
                                   size_t *found);

/* To be called before the calibrations below: where OpenCV stands in a module of its own, they fail without it. Errors:
 * NO_DECODER (it cannot be loaded; the error says why). Thread-safe. */
sagitta_status sg_opencv_load(sagitta_error *error);

/* ---- calibration: all points below are in our image coordinates, where the centre of the top-left pixel is
 * (0.5, 0.5); the half pixel to OpenCV's is taken off and put back here. Points are x, y pairs in one array. ---- */

/* A grey picture of 8 bits, rows `stride` bytes apart (>= width). */
typedef struct sg_grey {
  const uint8_t *pixels;
  int width, height; /* px */
  ptrdiff_t stride;
} sg_grey;

/* How hard to look for a board. */
typedef enum sg_effort {
  SG_EFFORT_QUICK = 0,   /* on a small copy, and gives up early where there is no board: for the frames of a video */
  SG_EFFORT_CLASSIC = 1, /* cv::findChessboardCorners without a short cut */
  SG_EFFORT_SECTOR = 2   /* cv::findChessboardCornersSB, exhaustive: noise, blur and strong distortion */
} sg_effort;

/*
 * The inner corners of a chessboard, columns x rows of them (each >= 3), row by row, to about a pixel.
 * xy: room for 2 · columns · rows. *found is false, and xy undefined, where the whole board is not seen.
 * Errors: ARGUMENT, MEMORY, NO_MEASUREMENT (whatever else OpenCV throws). Thread-safe.
 */
sagitta_status sg_opencv_find_board(const sg_grey *picture, int columns, int rows, sg_effort effort, double *xy,
                                    bool *found);
/* Move corners to where the edges around them cross, looked at within `reach` px (1 to 100) each way. Errors as above.
 * Thread-safe. */
sagitta_status sg_opencv_refine(const sg_grey *picture, double *xy, size_t points, int reach);
/*
 * The size in inner corners of whatever part of a chessboard can be seen, at least 3 x 3, and the box around it, px as
 * left, top, right, bottom. *columns and *rows are 0 where there is none. Errors as above. Thread-safe.
 */
sagitta_status sg_opencv_board_size(const sg_grey *picture, int *columns, int *rows, double box[4]);

/* What a lens calibration answers. */
typedef struct sg_lens_fit {
  sagitta_lens lens;
  double *rms;  /* caller's, one per view: px */
  double *turn; /* caller's, three per view: the board's rotation vector */
  double *move; /* caller's, three per view: the board's place, in units of the object */
} sg_lens_fit;

/*
 * cv::calibrateCamera (Brown–Conrady) or cv::fisheye::calibrate: `points` points of a flat object, object_xy, seen in
 * `views` views, image_xy (view by view). Fills fit->lens and the poses; RMS, per view too, and standard deviations
 * for Brown–Conrady alone. focal_px: where the search for a fisheye starts, 0 = a lens that sees 180 degrees. Without
 * all_terms, the terms of the highest order stay 0: Brown–Conrady's k3, the fisheye's k3 and k4.
 * Errors: ARGUMENT, MEMORY, NO_MEASUREMENT (the views do not determine a lens). Thread-safe.
 */
sagitta_status sg_opencv_calibrate(const double *object_xy, size_t points, const double *image_xy, size_t views,
                                   int width, int height, sagitta_lens_model model, double focal_px, bool all_terms,
                                   sg_lens_fit *fit);
/* Where a posed flat object is seen. Errors as above. Thread-safe. */
sagitta_status sg_opencv_project(const sagitta_lens *lens, const double *object_xy, size_t points, const double turn[3],
                                 const double move[3], double *image_xy);
/* Undistorted points, px of the ideal pinhole with the same fx, fy, cx, cy. Errors as above. Thread-safe. */
sagitta_status sg_opencv_undistort(const sagitta_lens *lens, const double *xy, size_t points, double *to_xy);
/* The homography that brings `from` onto `to` with the least squared error in `to`; at least four points. Row by row,
 * in our coordinates on both sides. Errors as above. Thread-safe. */
sagitta_status sg_opencv_homography(const double *from_xy, const double *to_xy, size_t points, double h[9]);

#ifdef __cplusplus
}
#endif
#endif
