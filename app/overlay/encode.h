/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the overlay: pictures into an H.264 MP4, each at its own time. */
#ifndef SG_OVERLAY_ENCODE_H
#define SG_OVERLAY_ENCODE_H

#include <stdint.h>

#include "sagitta/output.h"

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
