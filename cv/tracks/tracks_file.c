/* SPDX-License-Identifier: Apache-2.0 */
#include "tracks/tracks_file.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"
#include "base/pace.h"
#include "base/system.h"
#include "base/translate.h"

#define FILE_MAX   ((size_t)1 << 30)
#define READ_BYTES ((size_t)65536)
#define SLOWEST_S  2.0 /* from row to row: nobody films a movement so slowly, … */
#define ROWS_LEAST 20  /* … over so many rows */

typedef struct content {
  char *data; /* also on failure: free() */
  size_t length;
} content;

static sagitta_status read_all(int file, content *text, const sg_tracks_format *format, sagitta_error *error) {
  size_t capacity = 0;
  for (;;) {
    void *items = text->data;
    if (!sg_reserve(&items, &capacity, text->length + READ_BYTES, 1)) {
      return sg_fail(error, SAGITTA_ERROR_MEMORY, "not enough memory to read it");
    }
    text->data = items;
    const ssize_t got = read(file, text->data + text->length, capacity - text->length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0)
      return sg_fail(error, SAGITTA_ERROR_MISSING, "it cannot be read: %s",
                     sg_say(sg_error_language(error), sg_system_reason(errno)));
    text->length += (size_t)got;
    if (got == 0) return SAGITTA_OK;
    const sg_span head = { text->data, text->data + text->length };
    if (text->length >= SG_TRACKS_HEAD_BYTES && !format->begins(head)) return SAGITTA_OK;
    if (text->length > FILE_MAX) return sg_fail(error, SAGITTA_ERROR_FORMAT, "it is larger than any tracks file");
  }
}

static sagitta_status load(content *text, const char *path, const sg_tracks_format *format, sagitta_error *error) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return sg_fail(error, SAGITTA_ERROR_MISSING, "it cannot be opened: %s",
                   sg_say(sg_error_language(error), sg_system_reason(errno)));
  const sagitta_status status = read_all(file, text, format, error);
  (void)close(file);
  return status;
}

static void name_source(sagitta_tracks *tracks, const char *path) {
  sagitta_input_info input = *sagitta_tracks_input(tracks);
  const char *slash = strrchr(path, '/');
  (void)snprintf(input.source, sizeof input.source, "%s", slash ? slash + 1 : path);
  sagitta_tracks_set_input(tracks, &input);
}

sagitta_status sg_tracks_read_file(sagitta_tracks **out, const char *path, const sg_tracks_format *format, void *how,
                                   sagitta_error *error) {
  sagitta_error cause = sg_error_like(error);
  content text = { NULL, 0 };
  sagitta_status status = load(&text, path, format, &cause);
  if (status == SAGITTA_OK) status = format->parse(out, (sg_span){ text.data, text.data + text.length }, how, &cause);
  free(text.data);
  if (status != SAGITTA_OK) return sg_fail(error, status, "\"%s\": %s", path, cause.text);
  name_source(*out, path);
  return SAGITTA_OK;
}

sagitta_status sg_tracks_time_stands(size_t line, sg_span time, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_FORMAT,
                 "Line %zu: the time \"%s\" is that of the row before as well. It may be rounded: export the file with "
                 "more decimals in its times.",
                 line, sg_span_quote(time).text);
}

sagitta_warning sg_tracks_broken_off(const char *language, double end_s, size_t rows, double promised) {
  char end[32];
  sg_print_short(end, end_s, 1);
  if (!(promised > 0)) {
    return sg_warning(language, SAGITTA_WARNING_STREAM_TRUNCATED, -1, end_s, NAN,
                      "The file breaks off after %s s, before its end; it was measured up to there. Copy it again to "
                      "have the rest.",
                      end);
  }
  return sg_warning(language, SAGITTA_WARNING_STREAM_TRUNCATED, -1, end_s, NAN,
                    "The file breaks off after %s s: it says that it has %.0f frames, and holds %zu whole ones, which "
                    "were measured. Copy or export it again to have the rest.",
                    end, promised, rows);
}

sagitta_status sg_tracks_check_times(const sagitta_tracks *tracks, sagitta_error *error) {
  const size_t rows = sagitta_tracks_rows(tracks);
  double least = INFINITY;
  char by[32];
  for (size_t i = 1; i < rows; i++) {
    least = fmin(least, sagitta_tracks_time(tracks, i) - sagitta_tracks_time(tracks, i - 1));
  }
  if (rows < ROWS_LEAST || least < SLOWEST_S) return SAGITTA_OK;
  sg_print_short(by, least, 3);
  return sg_fail(error, SAGITTA_ERROR_FORMAT,
                 "Its times go on by %s s from row to row: they are milliseconds or frame numbers. Write them in "
                 "seconds.",
                 by);
}

static double time_at(const void *tracks, size_t row) {
  return sagitta_tracks_time(tracks, row);
}

bool sg_tracks_uneven(const sagitta_tracks *tracks) {
  return sg_pace_of_times(time_at, tracks, sagitta_tracks_rows(tracks));
}

void sg_tracks_describe(sagitta_tracks *tracks) {
  sagitta_input_info input = *sagitta_tracks_input(tracks);
  const size_t rows = sagitta_tracks_rows(tracks);
  input.kind = SAGITTA_INPUT_TRACKS;
  input.frames = (int64_t)rows;
  if (rows > 1) {
    const double span_s = sagitta_tracks_time(tracks, rows - 1) - sagitta_tracks_time(tracks, 0);
    const double mean = span_s / (double)(rows - 1);
    input.frame_rate = 1 / mean;
    input.duration_s = span_s + mean;
    input.variable_frame_rate = sg_tracks_uneven(tracks);
  }
  sagitta_tracks_set_input(tracks, &input);
}
