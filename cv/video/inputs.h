/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to decoding: the bytes of an item (bytes.c), and a camera recorded once (camera_recording.c). Stateless but
 * for what is passed; thread-safe.
 */
#ifndef SG_VIDEO_INPUTS_H
#define SG_VIDEO_INPUTS_H

#include <libavformat/avformat.h>

#include "sagitta/cameras.h"
#include "video/camera_hold.h"
#include "video/item.h"

/* ---- bytes.c ---- */

/* Open an item for libavformat; names are never read as protocols. NULL and the error filled on failure (MISSING,
 * MEMORY). `name` is how the user calls it. */
AVIOContext *sg_bytes_open(const sg_item *item, const char *name, sagitta_error *error);
void sg_bytes_close(AVIOContext **bytes); /* NULL-safe */
/* Read a whole item of at most `limit` bytes, followed by AV_INPUT_BUFFER_PADDING_SIZE zeros; av_free it.
 * NULL when it cannot be read or memory is short. */
uint8_t *sg_bytes_read(const sg_item *item, size_t limit, size_t *size);
/* What an item is by its content, where that is one of the formats that are read. */
sg_content sg_bytes_content(const sg_item *item);

/* ---- camera_recording.c ---- */

/*
 * Record a camera once, packets as they come with their stamps, into a temporary file (*out, the caller's), until
 * settings->seconds or until the progress callback stops it, which is no failure once there is a picture. `format`: a
 * demuxer of libavdevice; NULL for the system's own (tests record from "lavfi").
 */
sagitta_status sg_camera_record(int *out, const char *format, const char *device,
                                const sagitta_source_settings *settings, sagitta_error *error);

/* Watched meanwhile. */
typedef struct sg_camera_watching {
  const sagitta_camera_settings *settings;
  sagitta_camera_watch watch;
  void *user;
  int file;        /* to record to; −1 = a temporary one */
  int64_t *frames; /* to be told how many were recorded; NULL = nobody asks */
} sg_camera_watching;

/* The same, in the mode that is asked for, each newest frame shown to the watcher, who may stop it. A camera that gives
 * nothing any more ends the recording. `watching->file` is owned from here on. */
sagitta_status sg_camera_record_watched(int *out, const char *format, const char *device,
                                        const sg_camera_watching *watching, sagitta_error *error);

/* camera_source.c: what sagitta_camera_record does. */
sagitta_status sg_camera_record_source(sagitta_source **out, const char *camera,
                                       const sagitta_camera_settings *settings, sagitta_camera_watch watch, void *user,
                                       sagitta_error *error);

#endif
