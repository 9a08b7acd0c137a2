/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reading TRC, the marker format of OpenSim and of most motion capture. Line 1: "PathFileType 4 (X/Y/Z) NAME"; 2: keys;
 * 3: their values; 4: "Frame#", "Time" and the markers, each above the first of its three columns; 5: X1 Y1 Z1 …; then
 * rows. Cells are parted by tabs, and where a line has none, by blanks.
 */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"
#include "tracks/space.h"

#define MARKERS_MAX 4096
#define FAR_MM      1e6 /* of a coordinate, either sign */

typedef struct reader {
  sg_span text; /* what is left to read */
  size_t line;  /* number of the line last taken */
  size_t markers;
  double mm; /* per unit of the file */
  sg_space *space;
  sagitta_error *error;
} reader;

static const char signature[] = "PathFileType";

static bool begins(sg_span head) {
  return sg_span_begins(sg_span_skip_mark(head), signature);
}

static bool next_line(reader *r, sg_span *line) {
  if (!sg_span_take_line(&r->text, line)) return false;
  if (line->end > line->at && line->end[-1] == '\r') line->end--;
  r->line++;
  return true;
}

/* The cells of one line, one by one. */
typedef struct cells {
  sg_span left;
  bool tabs, more;
} cells;

static cells cells_of(sg_span line) {
  const bool tabs = line.at < line.end && memchr(line.at, '\t', sg_span_size(line));
  return (cells){ tabs ? line : sg_span_trim(line), tabs, true };
}

static bool next_cell(cells *c, sg_span *cell) {
  if (!c->more) return false;
  const char *end = c->left.at;
  while (end < c->left.end && !(c->tabs ? *end == '\t' : sg_is_blank(*end))) end++;
  *cell = sg_span_trim((sg_span){ c->left.at, end });
  c->more = end < c->left.end;
  c->left.at = c->more ? end + 1 : end;
  while (!c->tabs && c->left.at < c->left.end && sg_is_blank(*c->left.at)) c->left.at++;
  return true;
}

static bool next_word(cells *c, sg_span *word) {
  while (next_cell(c, word)) {
    if (word->at < word->end) return true;
  }
  return false;
}

static bool take_number(sg_span cell, double *value) {
  return sg_parse_number(&cell.at, cell.end, value) && cell.at == cell.end;
}

static bool same_word(sg_span cell, const char *lower) {
  const size_t length = strlen(lower);
  if (sg_span_size(cell) != length) return false;
  for (size_t i = 0; i < length; i++) {
    const char c = cell.at[i];
    if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != lower[i]) return false;
  }
  return true;
}

static sagitta_status take_units(reader *r, sg_span value) {
  static const struct {
    const char *word;
    double mm;
  } units[] = { { "mm", 1 },   { "millimeters", 1 },  { "millimetres", 1 }, { "cm", 10 },      { "centimeters", 10 },
                { "m", 1000 }, { "centimetres", 10 }, { "meters", 1000 },   { "metres", 1000 } };
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (same_word(value, units[i].word)) {
      r->mm = units[i].mm;
      return SAGITTA_OK;
    }
  }
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line %zu: Units is \"%s\" where mm, cm or m is expected.", r->line,
                 sg_span_quote(value).text);
}

/* Lines 2 and 3: keys above their values, word by word. */
static sagitta_status take_keys(reader *r) {
  sg_span keys_line, values_line;
  if (!next_line(r, &keys_line) || !next_line(r, &values_line)) {
    return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "It ends within its first three lines: nothing is in it.");
  }
  cells keys = cells_of(keys_line), values = cells_of(values_line);
  sg_span key, value;
  while (next_word(&keys, &key) && next_word(&values, &value)) {
    if (sg_span_is(key, "DataRate")) {
      if (!take_number(value, &r->space->rate) || !(r->space->rate >= 0)) r->space->rate = 0;
    }
    if (!sg_span_is(key, "Units")) continue;
    const sagitta_status status = take_units(r, value);
    if (status != SAGITTA_OK) return status;
  }
  if (r->mm > 0) return SAGITTA_OK;
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                 "Lines 2 and 3 do not give the Units: write mm or m below that word, with a value below every other "
                 "one.");
}

static sagitta_status take_names(reader *r, const sagitta_trc_settings *settings) {
  sg_span line, name;
  if (!next_line(r, &line)) {
    return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "It ends before line 4, which names the markers.");
  }
  cells row = cells_of(line);
  sg_span *names = malloc(MARKERS_MAX * sizeof *names);
  if (!names) return sg_fail(r->error, SAGITTA_ERROR_MEMORY, "Not enough memory to read the tracks.");
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; status == SAGITTA_OK && next_word(&row, &name); i++) {
    if (i < 2) continue; /* Frame# and Time */
    if (r->markers == MARKERS_MAX) {
      status = sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line 4 names more than %d markers.", MARKERS_MAX);
    } else {
      names[r->markers++] = name;
    }
  }
  if (status == SAGITTA_OK && r->markers == 0) {
    status = sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line 4 names no markers after Frame# and Time.");
  }
  if (status == SAGITTA_OK) status = sg_space_choose(r->space, names, r->markers, settings, r->error);
  free(names);
  return status;
}

static sagitta_status bad_cell(const reader *r, sg_span cell, const char *what) {
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line %zu: \"%s\" %s.", r->line, sg_span_quote(cell).text, what);
}

/* Blank and "nan" are missing. False where the cell is neither that nor a number. */
static bool take_coordinate(sg_span cell, double *value) {
  *value = NAN;
  if (cell.at == cell.end || same_word(cell, "nan") || same_word(cell, "-nan")) return true;
  return take_number(cell, value) && fabs(*value) < 1e9;
}

static sagitta_status take_time(const reader *r, sg_span cell, double *time) {
  const sg_space *space = r->space;
  if (cell.at == cell.end && space->rate > 0) {
    *time = (double)space->rows / space->rate;
  } else if (!take_number(cell, time)) {
    return bad_cell(r, cell, "is no time in seconds; numbers need a decimal point");
  }
  if (!(fabs(*time) <= SG_TRACKS_TIME_MAX)) return bad_cell(r, cell, "is no time in seconds that can be");
  *time = sg_round(*time, SG_TRACKS_TIME_DECIMALS);
  if (space->rows > 0 && *time <= space->time[space->rows - 1]) {
    return bad_cell(r, cell, "does not come after the time of the row before");
  }
  return SAGITTA_OK;
}

/* One coordinate, where its marker is one of ours. */
static sagitta_status take_cell(const reader *r, size_t column, sg_span cell, double (*points)[3]) {
  const sg_space *space = r->space;
  double value;
  if (column / 3 >= r->markers) {
    return cell.at == cell.end ? SAGITTA_OK
                               : bad_cell(r, cell, "stands beyond the columns that line 4 names a marker for");
  }
  for (size_t slot = 0; slot < space->slots; slot++) {
    if (space->slot[slot].marker != column / 3) continue;
    if (!take_coordinate(cell, &value)) return bad_cell(r, cell, "is not a number with a decimal point");
    value *= r->mm;
    if (fabs(value) > FAR_MM) return bad_cell(r, cell, "is farther away than a kilometre: check the Units in line 3");
    points[slot][column % 3] = value;
  }
  return SAGITTA_OK;
}

static sagitta_status take_row(reader *r, sg_span line) {
  double(*points)[3];
  sagitta_status status = sg_space_begin_row(r->space, &points, r->error);
  if (status != SAGITTA_OK) return status;
  cells row = cells_of(line);
  sg_span cell = { NULL, NULL }, time = { NULL, NULL };
  (void)next_cell(&row, &cell); /* the frame's number: times are what counts */
  (void)next_cell(&row, &time);
  status = take_time(r, time, &r->space->time[r->space->rows]);
  for (size_t column = 0; status == SAGITTA_OK && next_cell(&row, &cell); column++) {
    status = take_cell(r, column, cell, points);
  }
  if (status == SAGITTA_OK) sg_space_end_row(r->space);
  return status;
}

/* Rows, after the line X1 Y1 Z1 … and blank ones; what has no cell that says anything is no row. */
static sagitta_status take_rows(reader *r) {
  sg_span line;
  while (next_line(r, &line)) {
    const sg_span words = sg_span_trim(line);
    if (words.at == words.end) continue;
    const bool labels = r->space->rows == 0 && (*words.at == 'X' || *words.at == 'x');
    const sagitta_status status = labels ? SAGITTA_OK : take_row(r, line);
    if (status != SAGITTA_OK) return status;
  }
  if (r->space->rows > 0) return SAGITTA_OK;
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "There are no rows of markers in it, only the lines above them.");
}

static sagitta_status read_text(reader *r, const sagitta_trc_settings *settings) {
  sg_span first;
  if (!sg_span_begins(r->text, signature) || !next_line(r, &first)) {
    return sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                   "This is not a TRC file: its first line does not begin with PathFileType. Export the markers again "
                   "as TRC.");
  }
  r->space->stated = sg_stated_view_parse(first.at, first.end);
  sagitta_status status = take_keys(r);
  if (status == SAGITTA_OK) status = take_names(r, settings);
  return status == SAGITTA_OK ? take_rows(r) : status;
}

sagitta_status sagitta_tracks_parse_trc(sagitta_tracks **out, const char *text, size_t length,
                                        const sagitta_trc_settings *settings, sagitta_trc_view *view,
                                        sagitta_error *error) {
  static const sagitta_trc_settings defaults = { 0 };
  if (out) *out = NULL;
  if (!out || (!text && length)) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No text of tracks was given.");
  if (!settings) settings = &defaults;
  sagitta_status status = sg_space_check_settings(settings, error);
  if (status != SAGITTA_OK) return status;
  if (!text) text = "";
  sg_space space = { .unit_at = "the Units in line 3" };
  reader r = { .text = sg_span_skip_mark((sg_span){ text, text + length }), .space = &space, .error = error };
  status = read_text(&r, settings);
  if (status == SAGITTA_OK) status = sg_space_to_tracks(out, &space, settings->up, view, error);
  sg_space_free(&space);
  return status;
}

/* What sg_tracks_format hands through to its parse. */
typedef struct request {
  const sagitta_trc_settings *settings;
  sagitta_trc_view *view;
} request;

static sagitta_status parse(sagitta_tracks **out, sg_span text, void *how, sagitta_error *error) {
  const request *r = how;
  return sagitta_tracks_parse_trc(out, text.at, sg_span_size(text), r->settings, r->view, error);
}

sagitta_status sagitta_tracks_read_trc(sagitta_tracks **out, const char *path, const sagitta_trc_settings *settings,
                                       sagitta_trc_view *view, sagitta_error *error) {
  static const sg_tracks_format trc = { begins, parse };
  request r = { settings, view };
  if (out) *out = NULL;
  if (!out || !path) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No name of a TRC file was given.");
  return sg_tracks_read_file(out, path, &trc, &r, error);
}
