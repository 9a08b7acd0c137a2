/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers of tracks share, whatever the format. */
#ifndef SAGITTA_TRACKS_FILE_H
#define SAGITTA_TRACKS_FILE_H

#include <stdbool.h>

#include "sagitta/tracks.h"

#define SG_TRACKS_ROWS_MAX                                                                  \
  4000000 /* more than a day at 30 frames/s: hostile rows of few bytes must not fill memory \
           */
#define SG_TRACKS_HEAD_BYTES ((size_t)4096) /* enough to tell a tracks file from anything else */

typedef struct sg_tracks_text {
  char *data; /* the caller's, also on failure: free() */
  size_t length;
} sg_tracks_text;

/* Whether a file that begins with these bytes is of the wanted format. */
typedef bool sg_tracks_is_ours(const char *head, size_t length);

/* The whole file, or only its head where that already shows that it is something else. Errors: MISSING, FORMAT (too
 * large), MEMORY; the text does not name the file. */
sagitta_status sg_tracks_load(sg_tracks_text *text, const char *path, sg_tracks_is_ours *is_ours, sagitta_error *error);

/* Frames, duration and rate of tracks that have all their rows, for the result document; kind TRACKS. */
void sg_tracks_describe(sagitta_tracks *tracks);
/* The input's source: the file's name without its folder. */
void sg_tracks_name_source(sagitta_tracks *tracks, const char *path);

#endif
