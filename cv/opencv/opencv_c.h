/* SPDX-License-Identifier: Apache-2.0 */
/* A C API over the little of OpenCV that is used. No exception leaves it. */
#ifndef SAGITTA_OPENCV_C_H
#define SAGITTA_OPENCV_C_H

#include <stddef.h>
#include <stdint.h>

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

#ifdef __cplusplus
}
#endif
#endif
