/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the drawing: what stands still in a recording, told from a few of its frames, and what of a frame is not
 * that: whoever moves. In cells, whose size is the caller's. Pixels as in shown_frame.h. */
#ifndef SG_DRAWING_BACKDROP_H
#define SG_DRAWING_BACKDROP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drawing/soften.h"

#define BACKDROP_FRAMES 5

typedef struct backdrop {
  double width, height; /* of a cell, px of the tracks */
  int columns, rows;
  int frames;
  uint8_t *seen[BACKDROP_FRAMES]; /* means of the cells' red, green and blue */
} backdrop;

/* The cells of a frame that show something else than they do in the frames of other postures. */
typedef struct moved_cells {
  const backdrop *of;
  uint8_t *moved;        /* columns x rows: than in how many of them; NULL: nothing is known */
  bool *short_of_memory; /* set where something is not known for want of memory */
} moved_cells;

/* For pictures of width x height px of the tracks. */
void backdrop_begin(backdrop *b, double cell, double width, double height);
/* Take in a frame that shows the tracks' whole picture, scaled. False when memory is short; one too many is left, and
 * one with fewer pixels than cells. */
bool backdrop_add(backdrop *b, const soft_picture *frame);
void backdrop_release(backdrop *b);

/* Nothing is known from fewer than two frames, or when memory is short, which `short_of_memory` then says. */
void moved_cells_find(moved_cells *m, const backdrop *b, const soft_picture *frame, bool *short_of_memory);
void moved_cells_release(moved_cells *m);
/* 1: at this place of the tracks' picture something is that is in no other frame; −1: what is there always was; NAN:
 * not known. */
double moved_cells_at(const moved_cells *m, double x, double y);

#endif
