/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to this room: the functions of opencv_c.h by which the library calibrates, as one table. A static library
 * and the tests have OpenCV linked in (opencv_linked.c); the shared library finds it in a module of its own,
 * sagitta/opencv.so beside itself, which is loaded when it is first needed and stays (opencv_loaded.c).
 */
#ifndef SG_OPENCV_OPENCV_TABLE_H
#define SG_OPENCV_OPENCV_TABLE_H

#include "opencv/opencv_c.h"

typedef struct sg_opencv_table {
  const char *version; /* SAGITTA_VERSION of its build; another one's is not used */
  __typeof__(sg_opencv_find_board) *find_board;
  __typeof__(sg_opencv_refine) *refine;
  __typeof__(sg_opencv_board_size) *board_size;
  __typeof__(sg_opencv_calibrate) *calibrate;
  __typeof__(sg_opencv_project) *project;
  __typeof__(sg_opencv_undistort) *undistort;
  __typeof__(sg_opencv_homography) *homography;
} sg_opencv_table;

#define SG_OPENCV_MODULE "opencv"
#define SG_OPENCV_SYMBOL "sg_opencv_here"
extern const sg_opencv_table sg_opencv_here;

#endif
