/* SPDX-License-Identifier: Apache-2.0 */
#include "tracks/tracks_file.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"

#define FILE_MAX   ((size_t)1 << 30)
#define READ_BYTES ((size_t)65536)
#define UNEVEN     0.25 /* of the mean interval: steps that differ by more are no constant rate */

static sagitta_status take_all(int file, sg_tracks_text *text, sg_tracks_is_ours *is_ours, sagitta_error *error) {
  size_t capacity = 0;
  for (;;) {
    void *items = text->data;
    if (!sg_reserve(&items, &capacity, text->length + READ_BYTES, 1)) {
      return sg_fail(error, SAGITTA_ERROR_MEMORY, "not enough memory to read it");
    }
    text->data = items;
    const ssize_t got = read(file, text->data + text->length, capacity - text->length);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return sg_fail(error, SAGITTA_ERROR_MISSING, "it cannot be read: %s", strerror(errno));
    text->length += (size_t)got;
    if (got == 0) return SAGITTA_OK;
    if (text->length >= SG_TRACKS_HEAD_BYTES && !is_ours(text->data, text->length)) return SAGITTA_OK;
    if (text->length > FILE_MAX) return sg_fail(error, SAGITTA_ERROR_FORMAT, "it is larger than any tracks file");
  }
}

sagitta_status sg_tracks_load(sg_tracks_text *text, const char *path, sg_tracks_is_ours *is_ours,
                              sagitta_error *error) {
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return sg_fail(error, SAGITTA_ERROR_MISSING, "it cannot be opened: %s", strerror(errno));
  const sagitta_status status = take_all(file, text, is_ours, error);
  (void)close(file);
  return status;
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
    for (size_t row = 1; row < rows; row++) {
      const double step = sagitta_tracks_time(tracks, row) - sagitta_tracks_time(tracks, row - 1);
      if (fabs(step - mean) > UNEVEN * mean) input.variable_frame_rate = true;
    }
  }
  sagitta_tracks_set_input(tracks, &input);
}

void sg_tracks_name_source(sagitta_tracks *tracks, const char *path) {
  sagitta_input_info input = *sagitta_tracks_input(tracks);
  const char *slash = strrchr(path, '/');
  (void)snprintf(input.source, sizeof input.source, "%s", slash ? slash + 1 : path);
  sagitta_tracks_set_input(tracks, &input);
}
