/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the overlay: the band below the picture with the angles now, how they share the bend, and the time line
 * with its cursor. */
#ifndef SG_OVERLAY_BAND_H
#define SG_OVERLAY_BAND_H

#include <cairo.h>

#include "sagitta/result.h"

typedef struct band band;

/* Height, px (even), of the band below a picture of that width; unit is the height of ordinary text, px. */
int band_height(int width, double unit);
/* NULL when there is no memory. The result must outlive it. */
band *band_new(const sagitta_result *result, int width, double unit);
/* Draw with the top left corner at (0, 0). A row past the end has no values. */
void band_draw(const band *b, cairo_t *cr, size_t row, double time_s);
/* NULL-safe; sets *b to NULL. */
void band_free(band **b);

#endif
