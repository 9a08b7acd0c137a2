/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to calibration. A fisheye lens from views of a board, for which OpenCV wants a start and tells no
 * uncertainty. */
#ifndef SG_CALIBRATION_FISHEYE_H
#define SG_CALIBRATION_FISHEYE_H

#include "opencv/opencv_c.h"

/*
 * As sg_opencv_calibrate with the model FISHEYE, from several focal lengths, with RMS, RMS per view and the standard
 * deviations of the least squares' covariance: each number's, whatever the poses are (they are eliminated view by
 * view). Errors: MEMORY, NO_MEASUREMENT. Thread-safe.
 */
sagitta_status sg_fisheye_calibrate(const double *object_xy, size_t points, const double *image_xy, size_t views,
                                    int width, int height, bool all_terms, sg_lens_fit *fit);

#endif
