/* SPDX-License-Identifier: Apache-2.0 */
/* Reading the tracks file, sagitta-tracks/1, whoever wrote it. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "base/translate.h"
#include "tracks/tracks_file.h"

#define COLUMNS_MAX    1024
#define VALUE_BYTES    2048 /* of a key: the longest is that of SAGITTA_STRETCHES repeated pictures */
#define COLUMN_IGNORED (-1)
#define COLUMN_TIME    (-2)
#define COLUMN_CAMERA  (-3)

static const char signature[] = SG_TRACKS_SIGNATURE;

typedef struct column {
  int8_t role;  /* sagitta_role, or COLUMN_… */
  int8_t field; /* sg_sample_field; of the camera sg_pose_field */
} column;

typedef struct reader {
  sg_span text; /* what is left to read */
  size_t line;  /* number of the line last taken */
  bool unended; /* that line is the last, and the file ends within it */
  bool at_end;  /* what was complained of is the last thing in the file */
  sagitta_error *error;
  sagitta_tracks_info info;
  sagitta_stretch repeated[SAGITTA_STRETCHES];
  size_t repeated_count;
  double colours_changed_s; /* NAN = the colours did not change */
  sagitta_tracks *tracks;
  size_t columns;
  bool known[SAGITTA_ROLES], camera; /* which have columns */
  column column[COLUMNS_MAX];
} reader;

static bool next_line(reader *r, sg_span *line) {
  if (!sg_span_take_line(&r->text, line)) return false;
  r->unended = sg_span_empty(r->text) && line->end == r->text.end;
  *line = sg_span_trim(*line);
  r->line++;
  return true;
}

/* The next line that is neither blank nor a remark. */
static bool next_row(reader *r, sg_span *line) {
  while (next_line(r, line)) {
    if (line->at < line->end && *line->at != '#') return true;
  }
  return false;
}

/* Take one cell; *more tells whether another follows. Quotes around a cell are taken off. */
static sg_span next_cell(sg_span *line, bool *more) {
  const char *end = line->at;
  while (end < line->end && sg_is_blank(*end)) end++;
  const bool quoted = end < line->end && *end == '"';
  if (quoted) {
    end++;
    while (end < line->end && (*end != '"' || (end + 1 < line->end && end[1] == '"'))) end += *end == '"' ? 2 : 1;
  }
  while (end < line->end && *end != ',') end++;
  *more = end < line->end;
  sg_span cell = sg_span_trim((sg_span){ line->at, end });
  line->at = *more ? end + 1 : end;
  if (quoted && sg_span_size(cell) >= 2 && cell.end[-1] == '"') {
    cell.at++;
    cell.end--;
  }
  return sg_span_trim(cell);
}

static sagitta_status not_tracks(const reader *r) {
  const sg_span text = r->text;
  const char *what = SG_TRANSLATABLE(
      "Its first line is not \"# sagitta-tracks/1 width=... height=...\". If this table comes from "
      "another program, put that line above it and name the columns time_s, hip_x, hip_y, hip_state "
      "and so on.");
  if (text.at == text.end) {
    what = SG_TRANSLATABLE("The file is empty. Analyse the video again with --tracks to write it anew.");
  } else if (sg_span_begins(text, "\xFF\xFE") || sg_span_begins(text, "\xFE\xFF")) {
    what = SG_TRANSLATABLE("The file is text in UTF-16. Save it as \"CSV UTF-8\".");
  } else if (sg_span_begins(text, "PathFileType")) {
    what = SG_TRANSLATABLE("The file is in the TRC format, not a sagitta-tracks/1 table.");
  } else if (memchr(text.at, '\0',
                    sg_span_size(text) < SG_TRACKS_HEAD_BYTES ? sg_span_size(text) : SG_TRACKS_HEAD_BYTES)) {
    what = SG_TRANSLATABLE("The file is no table but binary data. Give a video its own name ending, such as .mp4.");
  } else if (sg_span_begins(text, signature)) {
    what = SG_TRANSLATABLE(
        "The file was written in a newer format than sagitta-tracks/1. Use a newer version of Sagitta.");
  }
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "This is not a tracks file that can be read. %s",
                 sg_say(sg_error_language(r->error), what));
}

static bool take_signature(reader *r, sg_span *rest) {
  r->text = sg_span_skip_mark(r->text);
  const size_t length = strlen(signature);
  if (!sg_span_begins(r->text, signature) || sg_span_size(r->text) == length || r->text.at[length] != '1') return false;
  const char *after = r->text.at + length + 1;
  if (after < r->text.end && !sg_is_blank(*after) && *after != '\n') return false;
  if (!next_line(r, rest)) return false;
  rest->at = after < rest->end ? after : rest->end;
  return true;
}

static void copy_text(char *to, size_t size, const char *from, size_t length) {
  if (length > size - 1) length = size - 1;
  memcpy(to, from, length);
  to[length] = '\0';
}

static sagitta_status take_quoted(const reader *r, sg_span key, sg_span quoted, char *value, size_t size) {
  json_error_t cause;
  json_t *string = json_loadb(quoted.at, sg_span_size(quoted), JSON_DECODE_ANY, &cause);
  if (!string && (!*cause.text || json_error_code(&cause) == json_error_out_of_memory)) {
    return sg_fail(r->error, SAGITTA_ERROR_MEMORY, "Not enough memory to read the tracks.");
  }
  if (!string) {
    return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line 1, %s: %s is no complete text in quotes as JSON writes it.",
                   sg_span_quote(key).text, sg_span_quote(quoted).text);
  }
  copy_text(value, size, json_string_value(string), json_string_length(string));
  json_decref(string);
  return SAGITTA_OK;
}

/* A value: JSON text in quotes, or everything up to the next blank. */
static sagitta_status take_value(const reader *r, sg_span key, sg_span *line, char *value, size_t size) {
  sg_span taken = { line->at, line->at };
  const bool quoted = line->at < line->end && *line->at == '"';
  if (quoted) {
    taken.end++;
    for (; taken.end < line->end && *taken.end != '"'; taken.end++) {
      taken.end += *taken.end == '\\' && taken.end + 1 < line->end;
    }
    taken.end += taken.end < line->end;
  } else {
    while (taken.end < line->end && !sg_is_blank(*taken.end)) taken.end++;
  }
  line->at = taken.end;
  if (quoted) return take_quoted(r, key, taken, value, size);
  copy_text(value, size, taken.at, sg_span_size(taken));
  return SAGITTA_OK;
}

static bool whole_number(const char *text, double low, double high, int *value) {
  const char *at = text, *end = text + strlen(text);
  double number;
  if (!sg_parse_number(&at, end, &number) || at != end || number < low || number > high || number != floor(number)) {
    return false;
  }
  *value = (int)number;
  return true;
}

/* "3-5.4,7.1-7.5"; times are not before the first row's, which is 0. */
static bool take_repeated(reader *r, const char *at) {
  const char *end = at + strlen(at);
  for (r->repeated_count = 0; r->repeated_count < SAGITTA_STRETCHES; r->repeated_count++) {
    sagitta_stretch *s = &r->repeated[r->repeated_count];
    const double least = r->repeated_count > 0 ? s[-1].to_s : 0;
    if (!sg_parse_number(&at, end, &s->from_s) || s->from_s < least) return false;
    if (at == end || *at++ != '-' || !sg_parse_number(&at, end, &s->to_s)) return false;
    if (!(s->to_s - s->from_s >= 0.0001 && s->to_s <= SG_TRACKS_TIME_MAX)) return false;
    if (at == end) return r->repeated_count++, true;
    if (*at++ != ',') return false;
  }
  return false;
}

/* Whether a known key has a value that it can have; keys of later versions are passed over. */
static bool set_key(reader *r, sg_span key, const char *value, const char **expected) {
  sagitta_tracks_info *info = &r->info;
  if (sg_span_is(key, "repeated")) {
    *expected = SG_TRANSLATABLE("times in s such as 3-5.4,7.1-7.5, in order");
    return take_repeated(r, value);
  }
  if (sg_span_is(key, "colours_changed")) {
    const char *at = value, *end = value + strlen(value);
    *expected = SG_TRANSLATABLE("a time in s, such as 1.7");
    return sg_parse_number(&at, end, &r->colours_changed_s) && at == end && r->colours_changed_s >= 0 &&
           r->colours_changed_s <= SG_TRACKS_TIME_MAX;
  }
  if (sg_span_is(key, "width") || sg_span_is(key, "height")) {
    *expected = SG_TRANSLATABLE("a whole number of px from 1 to 16000");
    return whole_number(value, 1, SAGITTA_PICTURE_MAX, sg_span_is(key, "width") ? &info->width : &info->height);
  }
  if (sg_span_is(key, "rotation")) {
    *expected = "0, 90, 180 or 270";
    return whole_number(value, -270, 270, &info->rotation_deg) && info->rotation_deg % 90 == 0;
  }
  if (sg_span_is(key, "rate")) {
    const char *at = value, *end = value + strlen(value);
    *expected = SG_TRANSLATABLE("frames per second, such as 29.97");
    return sg_parse_number(&at, end, &info->rate) && at == end && info->rate >= 0 && info->rate < 1e6;
  }
  if (sg_span_is(key, "set")) {
    *expected = SG_TRANSLATABLE("discs, strip or clinic");
    info->set = sagitta_marker_set_from_name(value);
    return info->set != SAGITTA_SET_UNKNOWN;
  }
  if (sg_span_is(key, "points")) {
    *expected = SG_TRANSLATABLE("markers, clicked or keypoints");
    info->points = sagitta_points_from_name(value);
    return info->points != SAGITTA_POINTS_UNSTATED;
  }
  if (sg_span_is(key, "program")) copy_text(info->program, sizeof info->program, value, strlen(value));
  if (sg_span_is(key, "source")) copy_text(info->source, sizeof info->source, value, strlen(value));
  return true;
}

static sagitta_status read_first_line(reader *r) {
  sg_span line;
  if (!take_signature(r, &line)) return not_tracks(r);
  for (line = sg_span_trim(line); line.at < line.end; line = sg_span_trim(line)) {
    sg_span key = { line.at, line.at };
    while (key.end < line.end && !sg_is_blank(*key.end) && *key.end != '=') key.end++;
    line.at = key.end;
    if (line.at == line.end || *line.at != '=') continue;
    line.at++;
    char value[VALUE_BYTES];
    const sagitta_status status = take_value(r, key, &line, value, sizeof value);
    if (status != SAGITTA_OK) return status;
    const char *expected = "";
    if (!set_key(r, key, value, &expected)) {
      return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line 1, %s=%s: expected %s.", sg_span_quote(key).text,
                     sg_span_quote((sg_span){ value, value + strlen(value) }).text,
                     sg_say(sg_error_language(r->error), expected));
    }
  }
  if (r->info.width && r->info.height) return SAGITTA_OK;
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                 "Line 1 does not give the picture's %s in px: write it as %s=1280, without blanks.",
                 r->info.width ? "height" : "width", r->info.width ? "height" : "width");
}

static column name_column(sg_span name) {
  if (sg_span_is(name, "time_s")) return (column){ COLUMN_TIME, 0 };
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    const char *word = sagitta_role_name((sagitta_role)role);
    const size_t length = strlen(word);
    if (!sg_span_begins(name, word) || sg_span_size(name) <= length || name.at[length] != '_') continue;
    for (sg_sample_field f = SG_SAMPLE_X; f < SG_SAMPLE_FIELDS; f++) {
      if (sg_span_is((sg_span){ name.at + length + 1, name.end }, sg_sample_field_name(f)))
        return (column){ (int8_t)role, (int8_t)f };
    }
  }
  const char camera[] = "camera_";
  for (int f = 0; sg_span_begins(name, camera) && f < SG_POSE_FIELDS; f++) {
    if (sg_span_is((sg_span){ name.at + strlen(camera), name.end }, sg_pose_field_name((sg_pose_field)f)))
      return (column){ COLUMN_CAMERA, (int8_t)f };
  }
  return (column){ COLUMN_IGNORED, 0 };
}

static sagitta_status missing_column(const reader *r, const char *role, const char *field) {
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line %zu: the column %s%s%s is missing.", r->line, role,
                 *field ? "_" : "", field);
}

static sagitta_status read_names(reader *r) {
  bool found[SAGITTA_ROLES][SG_SAMPLE_FIELDS] = { { false } };
  bool time = false, more = true, camera[SG_POSE_FIELDS] = { false };
  sg_span line;
  if (!next_row(r, &line)) {
    return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "The file ends after line %zu, before the columns' names.", r->line);
  }
  const sg_span first = line;
  for (; more; r->columns++) {
    const sg_span name = next_cell(&line, &more);
    if (r->columns == COLUMNS_MAX) {
      return sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                     "Line %zu has more than %d columns: remove those that are no "
                     "markers.",
                     r->line, COLUMNS_MAX);
    }
    const column c = r->column[r->columns] = name_column(name);
    if (c.role == COLUMN_IGNORED) continue;
    bool *slot = c.role == COLUMN_TIME ? &time : c.role == COLUMN_CAMERA ? &camera[c.field] : &found[c.role][c.field];
    if (*slot) {
      return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line %zu: the column %s stands twice.", r->line,
                     sg_span_quote(name).text);
    }
    *slot = true;
    if (c.role >= 0) r->known[c.role] = true;
    if (c.role == COLUMN_CAMERA) r->camera = true;
  }
  if (!time && r->columns == 1 && memchr(first.at, ';', sg_span_size(first))) {
    return sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                   "Line %zu: the columns are separated by semicolons. Save the table with commas between the columns "
                   "and points in the numbers.",
                   r->line);
  }
  if (!time) return missing_column(r, "time_s", "");
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    const sg_sample_field required[] = { SG_SAMPLE_X, SG_SAMPLE_Y, SG_SAMPLE_STATE };
    for (size_t i = 0; r->known[role] && i < sizeof required / sizeof *required; i++) {
      if (found[role][required[i]]) continue;
      return missing_column(r, sagitta_role_name((sagitta_role)role), sg_sample_field_name(required[i]));
    }
  }
  for (int f = 0; r->camera && f < SG_POSE_FIELDS; f++) {
    if (!camera[f]) return missing_column(r, "camera", sg_pose_field_name((sg_pose_field)f));
  }
  return SAGITTA_OK;
}

static sagitta_status bad_cell(reader *r, column c, sg_span cell, const char *what) {
  const bool time = c.role == COLUMN_TIME, camera = c.role == COLUMN_CAMERA;
  const char *first = time ? "time_s" : camera ? "camera" : sagitta_role_name((sagitta_role)c.role);
  const char *last = time     ? ""
                     : camera ? sg_pose_field_name((sg_pose_field)c.field)
                              : sg_sample_field_name((sg_sample_field)c.field);
  r->at_end = cell.end == r->text.end;
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line %zu, column %s%s%s: \"%s\" %s.", r->line, first, time ? "" : "_",
                 last, sg_span_quote(cell).text, sg_say(sg_error_language(r->error), what));
}

/* The cells of one row, by what they mean; those that the file does not have are empty. */
typedef struct row_cells {
  sg_span time, cell[SAGITTA_ROLES][SG_SAMPLE_FIELDS], camera[SG_POSE_FIELDS];
} row_cells;

static sagitta_status split_row(reader *r, sg_span line, row_cells *cells) {
  memset(cells, 0, sizeof *cells);
  size_t count = 0;
  for (bool more = true; more; count++) {
    const sg_span cell = next_cell(&line, &more);
    if (count >= r->columns) continue;
    const column c = r->column[count];
    if (c.role == COLUMN_TIME) cells->time = cell;
    if (c.role == COLUMN_CAMERA) cells->camera[c.field] = cell;
    if (c.role >= 0) cells->cell[c.role][c.field] = cell;
  }
  if (count == r->columns) return SAGITTA_OK;
  r->at_end = count < r->columns;
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                 "Line %zu has %zu columns where the names above give %zu. Numbers need a decimal point, not a comma.",
                 r->line, count, r->columns);
}

static bool parse_cell(sg_span cell, double *value) {
  *value = NAN;
  return cell.at == cell.end || (sg_parse_number(&cell.at, cell.end, value) && cell.at == cell.end);
}

static bool parse_state(sg_span cell, sagitta_state *state) {
  for (*state = SAGITTA_LOST; sg_state_name(*state); (*state)++) {
    if (sg_span_is(cell, sg_state_name(*state))) return true;
  }
  *state = SAGITTA_LOST;
  return false;
}

/* An empty state means lost where there is no position either. */
static sagitta_status read_sample(reader *r, int role, const sg_span *cells, sagitta_sample *sample) {
  *sample = sg_sample_unknown();
  for (sg_sample_field f = SG_SAMPLE_X; f < SG_SAMPLE_NUMBERS; f++) {
    double value;
    if (!parse_cell(cells[f], &value)) {
      return bad_cell(r, (column){ (int8_t)role, (int8_t)f }, cells[f],
                      SG_TRANSLATABLE("is not a number with a decimal point"));
    }
    sg_sample_set_value(sample, f, value);
  }
  const sg_span state = cells[SG_SAMPLE_STATE];
  const bool nothing = state.at == state.end && isnan(sample->x) && isnan(sample->y);
  sg_sample_field field = SG_SAMPLE_STATE;
  const char *fault = SG_TRANSLATABLE("is none of seen, filled and lost");
  if (nothing || parse_state(state, &sample->state)) fault = sg_sample_fault(&r->info, sample, &field);
  return fault ? bad_cell(r, (column){ (int8_t)role, (int8_t)field }, cells[field], fault) : SAGITTA_OK;
}

static sagitta_status read_camera(reader *r, const sg_span *cells, sagitta_camera_pose *pose) {
  for (int f = 0; f < SG_POSE_FIELDS; f++) {
    double value;
    if (!parse_cell(cells[f], &value))
      return bad_cell(r, (column){ COLUMN_CAMERA, (int8_t)f }, cells[f],
                      SG_TRANSLATABLE("is not a number with a decimal point"));
    sg_pose_set_value(pose, (sg_pose_field)f, value);
  }
  sg_pose_field field;
  const char *fault = sg_pose_fault(&r->info, pose, &field);
  return fault ? bad_cell(r, (column){ COLUMN_CAMERA, (int8_t)field }, cells[field], fault) : SAGITTA_OK;
}

static sagitta_status read_time(reader *r, sg_span cell, double *time) {
  const column c = { COLUMN_TIME, 0 };
  if (!parse_cell(cell, time)) return bad_cell(r, c, cell, SG_TRANSLATABLE("is not a number with a decimal point"));
  if (!(fabs(*time) <= SG_TRACKS_TIME_MAX)) return bad_cell(r, c, cell, SG_TIME_CANNOT_BE);
  const size_t rows = sagitta_tracks_rows(r->tracks);
  const double before = rows ? sagitta_tracks_time(r->tracks, rows - 1) : -INFINITY;
  const double rounded = sg_round(*time, SG_TRACKS_TIME_DECIMALS);
  if (rounded > before) return SAGITTA_OK;
  return rounded < before ? bad_cell(r, c, cell, SG_TIME_RUNS_BACK) : sg_tracks_time_stands(r->line, cell, r->error);
}

static sagitta_status read_row(reader *r, sg_span line) {
  row_cells cells;
  sagitta_sample samples[SAGITTA_ROLES];
  double time = NAN;
  sagitta_status status = split_row(r, line, &cells);
  if (status == SAGITTA_OK) status = read_time(r, cells.time, &time);
  for (int role = 0; status == SAGITTA_OK && role < SAGITTA_ROLES; role++) {
    status = read_sample(r, role, cells.cell[role], &samples[role]);
  }
  sagitta_camera_pose pose;
  if (status == SAGITTA_OK && r->camera) status = read_camera(r, cells.camera, &pose);
  if (status == SAGITTA_OK) status = sagitta_tracks_append(r->tracks, time, samples, r->error);
  if (status != SAGITTA_OK || !r->camera) return status;
  status = sagitta_tracks_set_camera(r->tracks, sagitta_tracks_rows(r->tracks) - 1, &pose);
  return status == SAGITTA_OK ? status : sg_fail(r->error, status, "Not enough memory for another row of tracks.");
}

/* The file ends within a row, which is left out. */
static sagitta_status break_off(const reader *r) {
  const size_t rows = sagitta_tracks_rows(r->tracks);
  const sagitta_warning warning =
      sg_tracks_broken_off(sg_error_language(r->error), sagitta_tracks_time(r->tracks, rows - 1), rows, 0);
  const sagitta_status status = sagitta_tracks_add_warning(r->tracks, &warning);
  if (status == SAGITTA_OK) return status;
  return sg_fail(r->error, status, "Not enough memory to read the tracks.");
}

static sagitta_status read_rows(reader *r) {
  sg_span line;
  while (next_row(r, &line)) {
    if (sagitta_tracks_rows(r->tracks) == SG_TRACKS_ROWS_MAX) {
      return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "The file has more than %d rows: cut it into parts.",
                     SG_TRACKS_ROWS_MAX);
    }
    sagitta_error reason = sg_error_like(r->error), *asked = r->error;
    r->error = &reason;
    r->at_end = false;
    const sagitta_status status = read_row(r, line);
    r->error = asked;
    if (status == SAGITTA_ERROR_FORMAT && r->at_end && r->unended && sagitta_tracks_rows(r->tracks) > 0) {
      return break_off(r);
    }
    if (status != SAGITTA_OK) return sg_error_pass(r->error, &reason);
  }
  return SAGITTA_OK;
}

/* What the tracker said of the light when it wrote the file. */
static sagitta_status tell_colours(const reader *r) {
  if (isnan(r->colours_changed_s)) return SAGITTA_OK;
  const sagitta_warning warning = sg_tracks_colours_changed(sg_error_language(r->error), r->colours_changed_s);
  const sagitta_status status = sagitta_tracks_add_warning(r->tracks, &warning);
  return status == SAGITTA_OK ? status : sg_fail(r->error, status, "Not enough memory to read the tracks.");
}

sagitta_status sagitta_tracks_parse(sagitta_tracks **out, const char *text, size_t length, sagitta_error *error) {
  if (out) *out = NULL;
  if (!out || (!text && length)) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No text of tracks was given.");
  if (!text) text = "";
  reader r = { .text = { text, text + length }, .error = error, .colours_changed_s = (double)NAN };
  sagitta_status status = read_first_line(&r);
  if (status == SAGITTA_OK) status = read_names(&r);
  if (status == SAGITTA_OK) status = sagitta_tracks_new(&r.tracks, &r.info, error);
  for (size_t i = 0; status == SAGITTA_OK && i < r.repeated_count; i++) {
    status = sagitta_tracks_add_repeated(r.tracks, r.repeated[i]);
  }
  if (status == SAGITTA_OK) status = tell_colours(&r);
  if (status == SAGITTA_OK) status = read_rows(&r);
  if (status == SAGITTA_OK) status = sg_tracks_check_times(r.tracks, error);
  if (status != SAGITTA_OK) {
    sagitta_tracks_free(&r.tracks);
    return status;
  }
  sg_tracks_describe(r.tracks);
  *out = r.tracks;
  return SAGITTA_OK;
}

static bool begins(sg_span head) {
  reader start = { .text = head };
  sg_span line;
  return take_signature(&start, &line);
}

static sagitta_status parse(sagitta_tracks **out, sg_span text, void *how, sagitta_error *error) {
  (void)how;
  return sagitta_tracks_parse(out, text.at, sg_span_size(text), error);
}

sagitta_status sagitta_tracks_read(sagitta_tracks **out, const char *path, sagitta_error *error) {
  static const sg_tracks_format csv = { begins, parse };
  if (out) *out = NULL;
  if (!out || !path) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No name of a tracks file was given.");
  return sg_tracks_read_file(out, path, &csv, NULL, error);
}
