/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to serve: what the page gets of each frame: the numbers as JSON and the picture as JPEG, in one record, so
 * that what is drawn is drawn over its own picture:
 *
 *   u32 size        bytes that follow this number
 *   u32 json_size
 *   json            json_size bytes, UTF-8
 *   jpeg            the rest; may be nothing
 *
 * Numbers are little-endian.
 */
#ifndef SG_SERVE_CAMERA_RECORD_H
#define SG_SERVE_CAMERA_RECORD_H

#include <jansson.h>
#include <stdint.h>

#include "sagitta/live.h"

/* The record in *out (malloc), its size. `document` is taken over. 0 when memory is short. */
size_t camera_record_make(void **out, json_t *document, const uint8_t *jpeg, size_t jpeg_size);

/* The cue's name, "armed" …; "" for none. */
const char *camera_cue_name(sagitta_live_cue cue);
/* A view as a document: times in s, angles in deg, places in px of the upright picture; null = unknown. NULL when
 * memory is short. */
json_t *camera_view_document(const sagitta_live_view *v);

#endif
