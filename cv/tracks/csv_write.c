/* SPDX-License-Identifier: Apache-2.0 */
/* Writing the tracks file, sagitta-tracks/1. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "tracks/tracks.h"

#define WRITE_BYTES ((size_t)65536)

static int plain(const char *text) {
  const char *safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_/";
  return *text && strspn(text, safe) == strlen(text);
}

static void put_key(sg_buffer *to, const char *key, const char *value) {
  sg_buffer_text(to, " ");
  sg_buffer_text(to, key);
  sg_buffer_text(to, "=");
  if (plain(value)) {
    sg_buffer_text(to, value);
    return;
  }
  json_t *string = json_string(value);
  char *quoted = string ? json_dumps(string, JSON_ENCODE_ANY) : NULL;
  if (quoted) {
    sg_buffer_text(to, quoted);
  } else {
    to->failed = true;
  }
  free(quoted);
  json_decref(string);
}

/* "3-5.4,7.1-7.5": where a picture was repeated. */
static void put_repeated(sg_buffer *to, const sagitta_tracks *tracks) {
  size_t count = 0;
  const sagitta_stretch *stretch = sagitta_tracks_repeated(tracks, &count);
  for (size_t i = 0; i < count; i++) {
    sg_buffer_text(to, i > 0 ? "," : " repeated=");
    sg_buffer_short(to, stretch[i].from_s, SG_TRACKS_TIME_DECIMALS);
    sg_buffer_text(to, "-");
    sg_buffer_short(to, stretch[i].to_s, SG_TRACKS_TIME_DECIMALS);
  }
}

/* "1.7": when the light changed so much that the markers could not be followed. */
static void put_colours_changed(sg_buffer *to, const sagitta_tracks *tracks) {
  size_t count = 0;
  const sagitta_warning *warning = sagitta_tracks_warnings(tracks, &count);
  for (size_t i = 0; i < count; i++) {
    if (warning[i].code != SAGITTA_WARNING_COLOURS_CHANGED) continue;
    sg_buffer_text(to, " colours_changed=");
    sg_buffer_short(to, warning[i].from_s, SG_TRACKS_TIME_DECIMALS);
    return;
  }
}

static void put_first_line(sg_buffer *to, const sagitta_tracks *tracks) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  sg_buffer_text(to, SG_TRACKS_SIGNATURE "1 width=");
  sg_buffer_short(to, info->width, 0);
  sg_buffer_text(to, " height=");
  sg_buffer_short(to, info->height, 0);
  const char *set = sagitta_marker_set_name(info->set);
  if (set) put_key(to, "set", set);
  sg_buffer_text(to, " rotation=");
  sg_buffer_short(to, info->rotation_deg, 0);
  if (info->rate > 0) {
    sg_buffer_text(to, " rate=");
    sg_buffer_short(to, info->rate, SG_TRACKS_RATE_DECIMALS);
  }
  const char *points = sagitta_points_name(info->points);
  if (points) put_key(to, "points", points);
  put_repeated(to, tracks);
  put_colours_changed(to, tracks);
  if (*info->program) put_key(to, "program", info->program);
  if (*info->source) put_key(to, "source", info->source);
  sg_buffer_text(to, "\n");
}

/* Which columns there are; strips have an axis and a length, and both when either is known. */
typedef struct written_columns {
  bool role[SAGITTA_ROLES], strip[SAGITTA_ROLES], camera;
} written_columns;

static written_columns choose_columns(const sagitta_tracks *tracks) {
  written_columns columns = { .camera = sagitta_tracks_has_camera(tracks) };
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sagitta_role role = (sagitta_role)r;
    columns.role[r] = sagitta_tracks_has(tracks, role);
    columns.strip[r] = columns.role[r] && (sg_tracks_knows(tracks, role, SG_SAMPLE_AXIS) ||
                                           sg_tracks_knows(tracks, role, SG_SAMPLE_LENGTH));
  }
  return columns;
}

static bool is_written(const written_columns *columns, int role, sg_sample_field field) {
  const bool strips_only = field == SG_SAMPLE_AXIS || field == SG_SAMPLE_LENGTH;
  return strips_only ? columns->strip[role] : columns->role[role];
}

static void put_names(sg_buffer *to, const written_columns *columns) {
  sg_buffer_text(to, "time_s");
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    for (sg_sample_field f = SG_SAMPLE_X; f < SG_SAMPLE_FIELDS; f++) {
      if (!is_written(columns, r, f)) continue;
      sg_buffer_text(to, ",");
      sg_buffer_text(to, sagitta_role_name((sagitta_role)r));
      sg_buffer_text(to, "_");
      sg_buffer_text(to, sg_sample_field_name(f));
    }
  }
  for (int f = 0; columns->camera && f < SG_POSE_FIELDS; f++) {
    sg_buffer_text(to, ",camera_");
    sg_buffer_text(to, sg_pose_field_name((sg_pose_field)f));
  }
  sg_buffer_text(to, "\n");
}

static void put_row(sg_buffer *to, const sagitta_tracks *tracks, size_t row, const written_columns *columns) {
  sg_buffer_short(to, sagitta_tracks_time(tracks, row), SG_TRACKS_TIME_DECIMALS);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (!columns->role[r]) continue;
    const sagitta_sample sample = sagitta_tracks_get(tracks, row, (sagitta_role)r);
    for (sg_sample_field f = SG_SAMPLE_X; f < SG_SAMPLE_NUMBERS; f++) {
      if (!is_written(columns, r, f)) continue;
      sg_buffer_text(to, ",");
      sg_buffer_short(to, sg_sample_value(&sample, f), sg_sample_decimals(f));
    }
    sg_buffer_text(to, ",");
    sg_buffer_text(to, sg_state_name(sample.state));
  }
  const sagitta_camera_pose pose = sagitta_tracks_get_camera(tracks, row);
  for (int f = 0; columns->camera && f < SG_POSE_FIELDS; f++) {
    sg_buffer_text(to, ",");
    sg_buffer_short(to, sg_pose_value(&pose, (sg_pose_field)f), sg_pose_decimals((sg_pose_field)f));
  }
  sg_buffer_text(to, "\n");
}

/* Pass on what has gathered, where there is an output and it is more than `threshold` bytes. */
static sagitta_status pass_on(sg_buffer *from, sagitta_output *output, size_t threshold, sagitta_error *error) {
  if (from->failed) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to write the tracks.");
  if (!output || from->length <= threshold) return SAGITTA_OK;
  const size_t length = from->length;
  from->length = 0;
  return sagitta_output_write(output, from->data, length, error);
}

/* The whole file into `to` or, where there is an output, through it. */
static sagitta_status put_tracks(sg_buffer *to, const sagitta_tracks *tracks, sagitta_output *output,
                                 sagitta_error *error) {
  const written_columns columns = choose_columns(tracks);
  put_first_line(to, tracks);
  put_names(to, &columns);
  const size_t rows = sagitta_tracks_rows(tracks);
  sagitta_status status = pass_on(to, output, WRITE_BYTES, error);
  for (size_t row = 0; row < rows && status == SAGITTA_OK; row++) {
    put_row(to, tracks, row, &columns);
    status = pass_on(to, output, WRITE_BYTES, error);
  }
  return status == SAGITTA_OK ? pass_on(to, output, 0, error) : status;
}

sagitta_status sagitta_tracks_print(const sagitta_tracks *tracks, char **text, size_t *length, sagitta_error *error) {
  if (text) *text = NULL;
  if (!tracks || !text) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No tracks, or no place for their text.");
  sg_buffer to = { 0 };
  const sagitta_status status = put_tracks(&to, tracks, NULL, error);
  if (status == SAGITTA_OK) return sg_buffer_finish(&to, text, length, "tracks", error);
  sg_buffer_free(&to);
  return status;
}

sagitta_status sagitta_tracks_write(const sagitta_tracks *tracks, sagitta_output *output, sagitta_error *error) {
  if (!tracks || !output) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No tracks, or no output to write them to.");
  sg_buffer to = { 0 };
  const sagitta_status status = put_tracks(&to, tracks, output, error);
  sg_buffer_free(&to);
  return status;
}
