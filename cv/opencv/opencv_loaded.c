/* SPDX-License-Identifier: Apache-2.0 */
/* OpenCV in a module beside the library: the functions of opencv_c.h, each handed on to it. */
#include <pthread.h>

#include "base/base.h"
#include "base/system.h"
#include "opencv/opencv_table.h"
#include "sagitta/version.h"

static const sg_opencv_table *loaded;
static char why_not[SG_MODULE_WHY];

static void load(void) {
  loaded = sg_system_module(SG_OPENCV_MODULE, SG_OPENCV_SYMBOL, SAGITTA_VERSION, why_not);
}

static const sg_opencv_table *table(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  (void)pthread_once(&once, load);
  return loaded;
}

sagitta_status sg_opencv_load(sagitta_error *error) {
  if (table()) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_NO_DECODER,
                 "Sagitta's part that calibrates cannot be loaded: %s. Install Sagitta again.", why_not);
}

sagitta_status sg_opencv_find_board(const sg_grey *picture, int columns, int rows, sg_effort effort, double *xy,
                                    bool *found) {
  const sg_opencv_table *t = table();
  if (found) *found = false;
  return t ? t->find_board(picture, columns, rows, effort, xy, found) : SAGITTA_ERROR_NO_DECODER;
}

sagitta_status sg_opencv_refine(const sg_grey *picture, double *xy, size_t points, int reach) {
  const sg_opencv_table *t = table();
  return t ? t->refine(picture, xy, points, reach) : SAGITTA_ERROR_NO_DECODER;
}

sagitta_status sg_opencv_board_size(const sg_grey *picture, int *columns, int *rows, double box[4]) {
  const sg_opencv_table *t = table();
  return t ? t->board_size(picture, columns, rows, box) : SAGITTA_ERROR_NO_DECODER;
}

sagitta_status sg_opencv_calibrate(const double *object_xy, size_t points, const double *image_xy, size_t views,
                                   int width, int height, sagitta_lens_model model, double focal_px, bool all_terms,
                                   sg_lens_fit *fit) {
  const sg_opencv_table *t = table();
  if (!t) return SAGITTA_ERROR_NO_DECODER;
  return t->calibrate(object_xy, points, image_xy, views, width, height, model, focal_px, all_terms, fit);
}

sagitta_status sg_opencv_project(const sagitta_lens *lens, const double *object_xy, size_t points, const double turn[3],
                                 const double move[3], double *image_xy) {
  const sg_opencv_table *t = table();
  return t ? t->project(lens, object_xy, points, turn, move, image_xy) : SAGITTA_ERROR_NO_DECODER;
}

sagitta_status sg_opencv_undistort(const sagitta_lens *lens, const double *xy, size_t points, double *to_xy) {
  const sg_opencv_table *t = table();
  return t ? t->undistort(lens, xy, points, to_xy) : SAGITTA_ERROR_NO_DECODER;
}

sagitta_status sg_opencv_homography(const double *from_xy, const double *to_xy, size_t points, double h[9]) {
  const sg_opencv_table *t = table();
  return t ? t->homography(from_xy, to_xy, points, h) : SAGITTA_ERROR_NO_DECODER;
}
