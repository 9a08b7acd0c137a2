/* SPDX-License-Identifier: Apache-2.0 */
/* Markers and segments on the picture. */
#ifndef APP_OVERLAY_BODY_H
#define APP_OVERLAY_BODY_H

#include <cairo.h>
#include <stdbool.h>

#include "sagitta/tracks.h"

/* Where the labels stood in the frame before, so that they do not jump. Zero-initialise. */
typedef struct body_memory {
  int place[SAGITTA_ROLES];
} body_memory;

typedef struct body_view {
  double scale_x, scale_y; /* px drawn per px of the tracks */
  double unit;             /* px: the height of ordinary text */
  double width, height;    /* px of the picture */
  double left, top;        /* px: words stay right of and below that */
  bool facing_right;
  const char *language; /* of the markers' names; NULL = English */
} body_view;

void body_draw(cairo_t *cr, const sagitta_tracks *tracks, size_t row, const body_view *view, body_memory *memory);

#endif
