/* SPDX-License-Identifier: Apache-2.0 */
/* Writing the tracks file, sagitta-tracks/1. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "sagitta/tracks.h"
#include "tracks/tracks_format.h"

#define WRITE_BYTES ((size_t)65536)

/* Text that grows, or that is passed on to an output whenever it has become long. */
typedef struct sink {
  char *data;
  size_t length, capacity;
  sagitta_output *output;
  sagitta_status status;
  sagitta_error *error;
} sink;

static void put(sink *to, const char *text, size_t length) {
  if (to->status != SAGITTA_OK) return;
  void *items = to->data;
  if (!sg_reserve(&items, &to->capacity, to->length + length + 1, 1)) {
    to->status = sg_fail(to->error, SAGITTA_ERROR_MEMORY, "Not enough memory to write the tracks.");
    return;
  }
  to->data = items;
  memcpy(to->data + to->length, text, length);
  to->length += length;
  to->data[to->length] = '\0';
}

static void put_text(sink *to, const char *text) {
  put(to, text, strlen(text));
}

static void put_number(sink *to, double value, int decimals) {
  char buffer[32];
  put(to, buffer, sg_print_short(buffer, value, decimals));
}

static void pass_on(sink *to, size_t threshold) {
  if (!to->output || to->status != SAGITTA_OK || to->length <= threshold) return;
  to->status = sagitta_output_write(to->output, to->data, to->length, to->error);
  to->length = 0;
}

static int plain(const char *text) {
  const char *safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_/";
  return *text && strspn(text, safe) == strlen(text);
}

static void put_key(sink *to, const char *key, const char *value) {
  put_text(to, " ");
  put_text(to, key);
  put_text(to, "=");
  if (plain(value)) {
    put_text(to, value);
    return;
  }
  json_t *string = json_string(value);
  char *quoted = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;
  if (quoted) {
    put_text(to, quoted);
  } else {
    to->status = sg_fail(to->error, SAGITTA_ERROR_MEMORY, "Not enough memory to write the tracks.");
  }
  free(quoted);
  json_decref(string);
}

static void put_first_line(sink *to, const sagitta_tracks_info *info) {
  put_text(to, SG_TRACKS_SIGNATURE);
  put_text(to, "1 width=");
  put_number(to, info->width, 0);
  put_text(to, " height=");
  put_number(to, info->height, 0);
  const char *set = sagitta_marker_set_name(info->set);
  if (set) put_key(to, "set", set);
  put_text(to, " rotation=");
  put_number(to, info->rotation_deg, 0);
  if (info->rate > 0) {
    put_text(to, " rate=");
    put_number(to, info->rate, SG_RATE_DECIMALS);
  }
  if (*info->program) put_key(to, "program", info->program);
  if (*info->source) put_key(to, "source", info->source);
  put_text(to, "\n");
}

/* Which columns there are; strips have an axis and a length, and both when either is known. */
typedef struct written_columns {
  bool role[SAGITTA_ROLES], strip[SAGITTA_ROLES];
} written_columns;

static written_columns choose_columns(const sagitta_tracks *tracks) {
  written_columns columns;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sagitta_role role = (sagitta_role)r;
    columns.role[r] = sagitta_tracks_has(tracks, role);
    columns.strip[r] = columns.role[r] &&
                       (sg_tracks_knows(tracks, role, SG_FIELD_AXIS) || sg_tracks_knows(tracks, role, SG_FIELD_LENGTH));
  }
  return columns;
}

static bool is_written(const written_columns *columns, int role, sg_field field) {
  const bool strips_only = field == SG_FIELD_AXIS || field == SG_FIELD_LENGTH;
  return strips_only ? columns->strip[role] : columns->role[role];
}

static void put_names(sink *to, const written_columns *columns) {
  put_text(to, "time_s");
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    for (sg_field f = SG_FIELD_X; f < SG_FIELDS; f++) {
      if (!is_written(columns, r, f)) continue;
      put_text(to, ",");
      put_text(to, sagitta_role_name((sagitta_role)r));
      put_text(to, "_");
      put_text(to, sg_field_name(f));
    }
  }
  put_text(to, "\n");
}

static void put_row(sink *to, const sagitta_tracks *tracks, size_t row, const written_columns *columns) {
  put_number(to, sagitta_tracks_time(tracks, row), SG_TIME_DECIMALS);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (!columns->role[r]) continue;
    const sagitta_sample sample = sagitta_tracks_get(tracks, row, (sagitta_role)r);
    for (sg_field f = SG_FIELD_X; f < SG_FIELD_NUMBERS; f++) {
      if (!is_written(columns, r, f)) continue;
      put_text(to, ",");
      put_number(to, sg_sample_value(&sample, f), sg_field_decimals(f));
    }
    put_text(to, ",");
    put_text(to, sg_state_name(sample.state));
  }
  put_text(to, "\n");
}

static void put_tracks(sink *to, const sagitta_tracks *tracks) {
  const written_columns columns = choose_columns(tracks);
  put_first_line(to, sagitta_tracks_get_info(tracks));
  put_names(to, &columns);
  const size_t rows = sagitta_tracks_rows(tracks);
  for (size_t row = 0; row < rows && to->status == SAGITTA_OK; row++) {
    put_row(to, tracks, row, &columns);
    pass_on(to, WRITE_BYTES);
  }
  pass_on(to, 0);
}

sagitta_status sagitta_tracks_print(const sagitta_tracks *tracks, char **text, size_t *length, sagitta_error *error) {
  if (text) *text = NULL;
  if (!tracks || !text) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No tracks, or no place for their text.");
  sink to = { .error = error };
  put_tracks(&to, tracks);
  if (to.status != SAGITTA_OK) {
    free(to.data);
    return to.status;
  }
  *text = to.data;
  if (length) *length = to.length;
  return SAGITTA_OK;
}

sagitta_status sagitta_tracks_write(const sagitta_tracks *tracks, sagitta_output *output, sagitta_error *error) {
  if (!tracks || !output) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No tracks, or no output to write them to.");
  sink to = { .error = error, .output = output };
  put_tracks(&to, tracks);
  free(to.data);
  return to.status;
}
