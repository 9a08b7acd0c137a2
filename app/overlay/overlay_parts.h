/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the overlay: the band below the picture, with the angles now, how they share the bend, and the time line
 * with its cursor; and the encoder of the video, an H.264 MP4 with each picture at its own time. */
#ifndef SG_OVERLAY_OVERLAY_PARTS_H
#define SG_OVERLAY_OVERLAY_PARTS_H

#include <cairo.h>
#include <stdint.h>

#include "sagitta/output.h"
#include "sagitta/result.h"

/* ---- the band (band.c) ---- */

typedef struct band band;

/* Height, px (even), of the band below a picture of that width; unit is the height of ordinary text, px. */
int band_height(int width, double unit);
/* NULL when there is no memory. The result must outlive it. */
band *band_new(const sagitta_result *result, int width, double unit);
/* Draw with the top left corner at (0, 0). A row past the end has no values. */
void band_draw(const band *b, cairo_t *cr, size_t row, double time_s);
/* NULL-safe; sets *b to NULL. */
void band_free(band **b);

/* ---- the encoder (encode.c) ---- */

typedef struct encoder encoder;

/*
 * Encode into `to`, which stays the caller's and is neither committed nor discarded here. A regular file gets its
 * index at the front; a device or pipe gets a fragmented file, which needs no going back. width and height (px) are
 * even; rate (frames/s) only guides the encoder. Errors: WRITE, MEMORY.
 */
sagitta_status encoder_open(encoder **out, sagitta_output *to, int width, int height, double rate,
                            sagitta_error *error);
/* One picture in cairo's RGB24 (native-endian 0xXXRRGGBB), shown from time_s on; times increase. */
sagitta_status encoder_write(encoder *e, const uint8_t *pixels, int stride, double time_s, sagitta_error *error);
/* Write what is still inside and the file's index. */
sagitta_status encoder_finish(encoder *e, sagitta_error *error);
/* NULL-safe; sets *e to NULL. */
void encoder_close(encoder **e);

#endif
