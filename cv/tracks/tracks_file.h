/* SPDX-License-Identifier: Apache-2.0 */
/* What the readers of tracks files share, whatever the format. Internal to the room. Thread-safe. */
#ifndef SG_TRACKS_TRACKS_FILE_H
#define SG_TRACKS_TRACKS_FILE_H

#include "tracks/span.h"
#include "tracks/tracks.h"

/* More than a day at 30 frames/s: hostile rows of few bytes must not fill memory. */
#define SG_TRACKS_ROWS_MAX 4000000

#define SG_TRACKS_HEAD_BYTES ((size_t)4096) /* enough to tell a tracks file from anything else */

/* What is wrong with a time, after it is quoted. */
#define SG_TIME_RUNS_BACK "does not come after the time of the row before"
#define SG_TIME_CANNOT_BE "is no time in seconds that can be"

/* A format of tracks files. */
typedef struct sg_tracks_format {
  /* Whether a file that begins with these bytes is of this format. */
  bool (*begins)(sg_span head);
  /* Make tracks of the whole text; `how` is the format's own. *out belongs to the caller on success only. */
  sagitta_status (*parse)(sagitta_tracks **out, sg_span text, void *how, sagitta_error *error);
} sg_tracks_format;

/* Read a file of the format: at most 1 GiB, and only its head where that already shows that it is something else. The
 * tracks' source is the file's name without its folder. Errors, whose text begins with the file's name: MISSING,
 * FORMAT, MEMORY, and those of parse. */
sagitta_status sg_tracks_read_file(sagitta_tracks **out, const char *path, const sg_tracks_format *format, void *how,
                                   sagitta_error *error);

/* FORMAT: the time in this line, as it is written, is that of the row before. */
sagitta_status sg_tracks_time_stands(size_t line, sg_span time, sagitta_error *error);

/* Warn that a file breaks off behind its row at `end_s`, the last of `rows` whole ones; `promised`: how many the file
 * says that it has, 0 = it does not say. */
sagitta_warning sg_tracks_broken_off(const char *language, double end_s, size_t rows, double promised);

/* Frames, duration and rate of tracks that have all their rows, for the result document; kind TRACKS. */
void sg_tracks_describe(sagitta_tracks *tracks);

#endif
