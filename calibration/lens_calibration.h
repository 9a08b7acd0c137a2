/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to calibration. The lens in the making: which views of a board a source offers (collect_views.c), which of
 * those to use (choose_views.c), the fit of a fisheye lens (fisheye.c). Not thread-safe: one sg_views per thread.
 */
#ifndef SG_CALIBRATION_LENS_CALIBRATION_H
#define SG_CALIBRATION_LENS_CALIBRATION_H

#include "calibration/board.h"
#include "opencv/opencv_c.h"

/* ---- collect_views.c, choose_views.c ---- */

#define SG_VIEWS_FEWEST 3

typedef struct sg_board_view {
  sagitta_lens_view about;
  double *xy;        /* owned: the corners, upright px; NULL when no board was found */
  int width, height; /* of the upright picture */
} sg_board_view;

/* Zero-initialise, sg_views_free. */
typedef struct sg_views {
  sg_board_view *list;
  size_t count, capacity;
  int width, height;    /* of the upright pictures that are used */
  bool pictures;        /* rather than a video */
  const char *language; /* of what is said about a view */
} sg_views;

/* Look for the board in every picture, or in the sharpest frame of each stretch of a video. Errors: those of
 * sagitta_calibrate_lens. */
sagitta_status sg_views_collect(sg_views *views, const sagitta_source *source, const sagitta_lens_settings *settings,
                                sagitta_error *error);
/* Of pictures: the size that most views of the board have; the others are dropped. Errors: ARGUMENT where too many have
 * another. */
sagitta_status sg_views_settle_size(sg_views *views, sagitta_error *error);
/* Leave in the state USED the sharp views that differ most from one another, `most` at most.
 * Errors: MEMORY. */
sagitta_status sg_views_choose(sg_views *views, const sagitta_board *board, size_t most, sagitta_error *error);
size_t sg_views_in(const sg_views *views, sagitta_view_state state);
/* State and reason, translated, of a view that is not used. */
void sg_board_view_drop(sg_board_view *view, const char *language, sagitta_view_state state, const char *english, ...)
    __attribute__((format(printf, 4, 5)));
/* Too few views are left: say why the others were not used. */
sagitta_status sg_views_refuse(const sg_views *views, const sagitta_board *board, sagitta_error *error);
void sg_views_free(sg_views *views);

/* ---- fisheye.c: a fisheye lens from views of a board, for which OpenCV wants a start and tells no uncertainty ---- */

/*
 * As sg_opencv_calibrate with the model FISHEYE, from several focal lengths, with RMS, RMS per view and the standard
 * deviations of the least squares' covariance: each number's, whatever the poses are (they are eliminated view by
 * view). Errors: MEMORY, NO_MEASUREMENT. Thread-safe.
 */
sagitta_status sg_fisheye_calibrate(const double *object_xy, size_t points, const double *image_xy, size_t views,
                                    int width, int height, bool all_terms, sg_lens_fit *fit);

#endif
