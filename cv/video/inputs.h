/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to this room: from what the user named to bytes. Lists of files (paths.c), the bytes of an item (bytes.c),
 * and a camera recorded once (camera_recording.c). Stateless but for what is passed; thread-safe.
 */
#ifndef SG_VIDEO_INPUTS_H
#define SG_VIDEO_INPUTS_H

#include <libavformat/avformat.h>

#include "video/video.h"

/* ---- paths.c ---- */

/* Numbers by value ("frame2" before "frame10"), everything else by byte: a total order, whatever the locale. */
int sg_natural_compare(const char *left, const char *right);
/* Whether the last part of the path is a printf-like pattern with exactly one integer ("%d", "%04d"). */
bool sg_name_is_pattern(const char *path);

/* A list of owned paths. */
typedef struct sg_paths {
  char **path;
  size_t count, capacity;
} sg_paths;

void sg_paths_free(sg_paths *paths);
/* Append a copy of folder/name (folder may be NULL). 0 when memory is short. */
int sg_paths_add(sg_paths *paths, const char *folder, const char *name);
/* The pictures of a folder in natural order. ARGUMENT when it holds videos, NOT_VIDEO when it holds no picture. */
sagitta_status sg_paths_of_folder(sg_paths *paths, const char *folder, sagitta_error *error);
/* The files that a pattern matches, by number. MISSING when there is none. */
sagitta_status sg_paths_of_pattern(sg_paths *paths, const char *pattern, sagitta_error *error);

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

typedef struct sg_spooling {
  double patience_s;                              /* where nothing comes for so long, it is given up */
  const sagitta_source_settings *settings;        /* whose progress is asked */
  bool (*known)(void *user, const sg_item *item); /* whether what has come so far is a video or picture */
  void *user;
} sg_spooling;

/* Copy everything from the descriptor `from` into a temporary file (*out, the caller's). Errors: MEMORY (no room for
 * it), MISSING (reading failed, nothing came), NOT_VIDEO (known by its first 8 MB; more than 16 GB), CANCELLED. */
sagitta_status sg_bytes_spool(int *out, int from, const sg_spooling *how, sagitta_error *error);

/* ---- camera_recording.c ---- */

/*
 * Record a camera once, packets as they come with their stamps, into a temporary file (*out, the caller's), until
 * settings->seconds or until the progress callback stops it, which is no failure once there is a picture. `format`: a
 * demuxer of libavdevice; NULL for the system's own (tests record from "lavfi").
 */
sagitta_status sg_camera_record(int *out, const char *format, const char *device,
                                const sagitta_source_settings *settings, sagitta_error *error);

#endif
