/* SPDX-License-Identifier: Apache-2.0 */
/* The one thing that a module of OpenCV shows: its functions. */
#include "opencv/opencv_table.h"

#include "sagitta/version.h"

#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const sg_opencv_table sg_opencv_here = {
  .version = SAGITTA_VERSION,
  .find_board = sg_opencv_find_board,
  .refine = sg_opencv_refine,
  .board_size = sg_opencv_board_size,
  .calibrate = sg_opencv_calibrate,
  .project = sg_opencv_project,
  .undistort = sg_opencv_undistort,
  .homography = sg_opencv_homography,
};
