/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to calibration. A chessboard in one frame: luma as a grey picture, corners in upright px, listed so that
 * rows and columns turn clockwise, as x and y of the picture do. Stateless but for what is passed; thread-safe.
 */
#ifndef SG_CALIBRATION_BOARD_H
#define SG_CALIBRATION_BOARD_H

#include "opencv/opencv_c.h"
#include "sagitta/calibration.h"

/* Luma in its coded orientation; zero-initialise, sg_luma_free. */
typedef struct sg_luma {
  uint8_t *pixels; /* width · height */
  size_t capacity;
  int width, height;
  double upright[6]; /* coded px → upright px */
  double time_s;
  int64_t index;
} sg_luma;

/* Copy a frame's luma, 8 bits, without colour. Errors: MEMORY. */
sagitta_status sg_luma_take(sg_luma *luma, const sagitta_frame *frame, const sagitta_input_info *info,
                            sagitta_error *error);
void sg_luma_free(sg_luma *luma);
/* How much detail there is: for comparing frames of one scene. */
double sg_luma_detail(const sagitta_frame *frame);

const char *sg_board_fault(const sagitta_board *board); /* NULL when it is one */
size_t sg_board_corners(const sagitta_board *board);
/* The corners' places on the board, cm, row by row; room for two each. */
void sg_board_object(const sagitta_board *board, double *xy_cm);

/* A board that was looked for. */
typedef struct sg_found_board {
  double *xy;     /* owned: corners, upright px, rows and columns turning clockwise as x and y of the picture do */
  double edge_px; /* width of the board's edges */
  bool found;
} sg_found_board;

/* Look for the board. `quick`: give up early where there is none. The caller frees xy with sagitta_free.
 * Errors: MEMORY, NO_MEASUREMENT never. */
sagitta_status sg_board_find(const sg_luma *luma, const sagitta_board *board, bool quick, sg_found_board *out,
                             sagitta_error *error);
/* The mean width in px over which the board's edges rise from a tenth to nine tenths; 0 when none can be told. The
 * corners `xy` are in the luma's own px. */
double sg_board_edge(const sg_luma *luma, const sagitta_board *board, const double *xy);
/* What is there instead: NO_BOARD, CUT_OFF or OTHER_BOARD, and why in words. */
sagitta_view_state sg_board_explain(const sg_luma *luma, const sagitta_board *board, const char *language,
                                    char reason[SAGITTA_VIEW_TEXT]);
/* Whether the picture shows a larger board than asked for; its size then. */
bool sg_board_larger(const sg_luma *luma, const sagitta_board *board, int *columns, int *rows);
/* The failure of a board of that size where `board` was asked for. NO_MEASUREMENT. */
sagitta_status sg_board_refuse_size(const sagitta_board *board, int columns, int rows, sagitta_error *error);

#endif
