/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the drawing: a part of a picture made soft beyond recognition. Pixels as in shown_frame.h. Stateless. */
#ifndef SG_DRAWING_SOFTEN_H
#define SG_DRAWING_SOFTEN_H

#include <stdbool.h>
#include <stdint.h>

typedef struct soft_picture {
  uint8_t *pixels;
  int width, height, stride;
} soft_picture;

/* How soft, and where. What the picture keeps are means of squares of `block` px, between which colours go over. */
typedef struct softening {
  double block;                 /* px of the picture */
  double step;                  /* px between the places at which `outside` is asked; the edge is that wide */
  int left, top, right, bottom; /* px: nothing else is looked at */
  /* How far outside of what is to be softened a place of the picture is, px; inside it is 0 or less. Every pixel inside
   * is softened whole; it ends within three steps. */
  double (*outside)(const void *of, double x, double y);
  /* What stays as it is, wherever it lies; NULL = nothing. */
  bool (*spared)(const void *of, double x, double y);
  const void *of;
} softening;

/* False, and the whole part made one colour, when memory is short. */
bool soften(const soft_picture *picture, const softening *how);

#endif
