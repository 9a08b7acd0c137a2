/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to the room: what the readers of tracks files share, whatever the format: pieces of a text that is read in
 * place, and the file (tracks_file.c). Stateless, thread-safe.
 */
#ifndef SG_TRACKS_TRACKS_FILE_H
#define SG_TRACKS_TRACKS_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "tracks/tracks.h"

/* ---- pieces of a text ---- */

#define SG_EXCERPT_BYTES 40

/* [at, end) of somebody else's text. */
typedef struct sg_span {
  const char *at, *end;
} sg_span;

static inline size_t sg_span_size(sg_span s) {
  return (size_t)(s.end - s.at);
}

static inline bool sg_span_empty(sg_span s) {
  return s.at == s.end;
}

static inline bool sg_is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

/* Without blanks at either end. */
static inline sg_span sg_span_trim(sg_span s) {
  while (s.at < s.end && sg_is_blank(*s.at)) s.at++;
  while (s.end > s.at && sg_is_blank(s.end[-1])) s.end--;
  return s;
}

static inline bool sg_span_begins(sg_span s, const char *prefix) {
  const size_t length = strlen(prefix);
  return sg_span_size(s) >= length && memcmp(s.at, prefix, length) == 0;
}

static inline bool sg_span_is(sg_span s, const char *word) {
  return sg_span_size(s) == strlen(word) && sg_span_begins(s, word);
}

/* The same whether in capitals or not; `lower` is in small letters. */
static inline bool sg_span_is_lower(sg_span s, const char *lower) {
  if (sg_span_size(s) != strlen(lower)) return false;
  for (; s.at < s.end; s.at++, lower++) {
    if ((*s.at >= 'A' && *s.at <= 'Z' ? (char)(*s.at - 'A' + 'a') : *s.at) != *lower) return false;
  }
  return true;
}

/* Without a byte order mark of UTF-8. */
static inline sg_span sg_span_skip_mark(sg_span s) {
  const char mark[] = "\xEF\xBB\xBF";
  if (sg_span_begins(s, mark)) s.at += strlen(mark);
  return s;
}

/* Take the next line off the text, without its line feed. False at the text's end. */
static inline bool sg_span_take_line(sg_span *text, sg_span *line) {
  if (sg_span_empty(*text)) return false;
  const char *newline = memchr(text->at, '\n', sg_span_size(*text));
  *line = (sg_span){ text->at, newline ? newline : text->end };
  text->at = newline ? newline + 1 : text->end;
  return true;
}

/* A piece of the file that can stand in a message: what is not printable ASCII is '?', what is long is cut. */
typedef struct sg_excerpt {
  char text[SG_EXCERPT_BYTES + 4];
} sg_excerpt;

static inline sg_excerpt sg_span_quote(sg_span s) {
  sg_excerpt e;
  size_t length = 0;
  for (; s.at < s.end && length < SG_EXCERPT_BYTES; s.at++) {
    e.text[length++] = *s.at < 0x20 || *s.at > 0x7E ? '?' : *s.at;
  }
  memcpy(e.text + length, s.at < s.end ? "..." : "", s.at < s.end ? 4 : 1);
  return e;
}

/* ---- the file ---- */

/* More than a day at 30 frames/s: hostile rows of few bytes must not fill memory. */
#define SG_TRACKS_ROWS_MAX 4000000

#define SG_TRACKS_HEAD_BYTES ((size_t)4096) /* enough to tell a tracks file from anything else */

/* What is wrong with a time, after it is quoted. */
#define SG_TIME_RUNS_BACK SG_TRANSLATABLE("does not come after the time of the row before")
#define SG_TIME_CANNOT_BE SG_TRANSLATABLE("is no time in seconds that can be")

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

/* FORMAT where rows are so far apart in time that they cannot be seconds. */
sagitta_status sg_tracks_check_times(const sagitta_tracks *tracks, sagitta_error *error);

/* Warn that a file breaks off behind its row at `end_s`, the last of `rows` whole ones; `promised`: how many the file
 * says that it has, 0 = it does not say. */
sagitta_warning sg_tracks_broken_off(const char *language, double end_s, size_t rows, double promised);

/* Frames, duration and rate of tracks that have all their rows, for the result document; kind TRACKS. */
void sg_tracks_describe(sagitta_tracks *tracks);

#endif
