/* SPDX-License-Identifier: Apache-2.0 */
/* Drawn views of a chessboard through a lens that is exactly known. Shares no code with what is tested. */
#ifndef SAGITTA_TEST_BOARDS_H
#define SAGITTA_TEST_BOARDS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct drawn_camera {
  int width, height;
  double f, cx, cy; /* px, (0, 0) = outer corner of the first pixel */
  double k1, k2;    /* Brown–Conrady */
  bool fisheye;     /* k1, k2 are then Kannala–Brandt's */
  double blur;      /* px, sigma */
  bool mirrored;    /* the finished picture, left to right */
} drawn_camera;

/* The board's middle at (x, y, z) cm before the camera, turned about its own x, y, then z axes, degrees. */
typedef struct drawn_board {
  int columns, rows; /* inner corners */
  double square;     /* cm */
  double x, y, z, turn_x, turn_y, turn_z;
  bool codes; /* in the white squares, as on a ChArUco board */
} drawn_board;

/* Grey pixels, width · height, to be freed. NULL when memory is short. */
uint8_t *draw_board(const drawn_camera *camera, const drawn_board *board);
/* Where the inner corner truly is, px. */
void board_corner(const drawn_camera *camera, const drawn_board *board, int column, int row, double *x, double *y);
/* As a binary PGM. */
bool write_pgm(const char *path, const uint8_t *pixels, int width, int height);
/* View number i of a set that covers the picture and tilts the board every way: a good calibration. */
drawn_board good_view(const drawn_camera *camera, int columns, int rows, double square, int i);

#endif
