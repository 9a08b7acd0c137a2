/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the overlay: what is drawn over and beside a moment's picture. */
#ifndef SG_OVERLAY_MOMENT_MARKS_H
#define SG_OVERLAY_MOMENT_MARKS_H

#include <cairo.h>

#include "drawing/lettering.h"
#include "drawing/shown_frame.h"
#include "sagitta/explain.h"

#define MOMENT_LIST_WIDTH 520 /* px */

/* Candidates on the picture: squares are what was taken, circles what was refused, small ones what could not be
 * measured. */
void moment_marks_draw(cairo_t *cr, const sagitta_explained_moment *moment, const marks_view *view);
/* The list, with its top left corner at (0, 0). `tracks` may be NULL; `row` is the moment's. */
void moment_list_draw(cairo_t *cr, const sagitta_explained_moment *moment, const sagitta_tracks *tracks, size_t row,
                      int height);

#endif
