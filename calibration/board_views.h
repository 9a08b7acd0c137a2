/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to calibration. Views of a board: which of them a source offers (collect_views.c), and which of those to use
 * (choose_views.c). Not thread-safe: one sg_views per thread.
 */
#ifndef SG_CALIBRATION_BOARD_VIEWS_H
#define SG_CALIBRATION_BOARD_VIEWS_H

#include "calibration/board.h"

#define SG_VIEWS_FEWEST 3

typedef struct sg_view {
  sagitta_lens_view about;
  double *xy;        /* owned: the corners, upright px; NULL when no board was found */
  int width, height; /* of the upright picture */
} sg_view;

/* Zero-initialise, sg_views_free. */
typedef struct sg_views {
  sg_view *list;
  size_t count, capacity;
  int width, height; /* of the upright pictures that are used */
  bool pictures;     /* rather than a video */
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
/* State and reason of a view that is not used. */
void sg_view_drop(sg_view *view, sagitta_view_state state, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Too few views are left: say why the others were not used. */
sagitta_status sg_views_refuse(const sg_views *views, const sagitta_board *board, sagitta_error *error);
void sg_views_free(sg_views *views);

#endif
