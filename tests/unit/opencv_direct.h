/* SPDX-License-Identifier: Apache-2.0 */
/* OpenCV as its own users call it: the yardstick for our calibration. Shares no code with what is tested. */
#ifndef SAGITTA_TEST_OPENCV_DIRECT_H
#define SAGITTA_TEST_OPENCV_DIRECT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Whether cv::findChessboardCorners, with its own settings, finds the board in a grey picture. */
bool direct_finds(const uint8_t *grey, int width, int height, int columns, int rows);

typedef struct direct_lens {
  double fx, fy, cx, cy, rms; /* px; cx, cy in OpenCV's coordinates */
} direct_lens;

/* cv::calibrateCamera with its own settings. xy: columns · rows corners of each view in OpenCV's coordinates, where the
 * centre of the first pixel is (0, 0). False when it throws. */
bool direct_calibrate(const double *xy, size_t views, int columns, int rows, double square, int width, int height,
                      direct_lens *lens);

#ifdef __cplusplus
}
#endif
#endif
