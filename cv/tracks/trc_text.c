/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of a TRC file. Line 1: "PathFileType 4 (X/Y/Z) NAME"; 2: keys; 3: their values; 4: "Frame#", "Time" and the
 * markers, each above the first of its three columns; 5: X1 Y1 Z1 …; then rows. Cells are parted by tabs, and where a
 * line has none, by blanks.
 */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"
#include "tracks/tracks_file.h"
#include "tracks/tracks_format.h"
#include "tracks/trc.h"

#define POINTS_MAX ((size_t)20000000) /* rows times markers of ours: half a gigabyte */
#define FAR_MM     1e6

typedef struct reader {
  span text; /* what is left to read */
  size_t line;
  size_t markers;
  sg_trc *trc;
  sagitta_error *error;
} reader;

void sg_trc_free(sg_trc *trc) {
  free(trc->time);
  free(trc->point);
  trc->time = NULL;
  trc->point = NULL;
}

static span without_mark(span text) {
  const char bom[] = "\xEF\xBB\xBF";
  if (starts_with(text, bom)) text.at += strlen(bom);
  return text;
}

bool sg_trc_begins(const char *head, size_t length) {
  return starts_with(without_mark((span){ head, head + length }), "PathFileType");
}

static bool next_line(reader *r, span *line) {
  if (r->text.at == r->text.end) return false;
  const char *newline = memchr(r->text.at, '\n', size_of(r->text));
  *line = (span){ r->text.at, newline ? newline : r->text.end };
  if (line->end > line->at && line->end[-1] == '\r') line->end--;
  r->text.at = newline ? newline + 1 : r->text.end;
  r->line++;
  return true;
}

/* The cells of one line, one by one. */
typedef struct cells {
  span left;
  bool tabs, more;
} cells;

static cells cells_of(span line) {
  const bool tabs = line.at < line.end && memchr(line.at, '\t', size_of(line));
  return (cells){ tabs ? line : trim(line), tabs, true };
}

static bool next_cell(cells *c, span *cell) {
  if (!c->more) return false;
  const char *end = c->left.at;
  while (end < c->left.end && !(c->tabs ? *end == '\t' : is_blank(*end))) end++;
  *cell = trim((span){ c->left.at, end });
  c->more = end < c->left.end;
  c->left.at = c->more ? end + 1 : end;
  while (!c->tabs && c->left.at < c->left.end && is_blank(*c->left.at)) c->left.at++;
  return true;
}

static bool next_word(cells *c, span *word) {
  while (next_cell(c, word)) {
    if (word->at < word->end) return true;
  }
  return false;
}

static bool take_number(span cell, double *value) {
  return sg_parse_number(&cell.at, cell.end, value) && cell.at == cell.end;
}

static bool same_word(span cell, const char *lower) {
  const size_t length = strlen(lower);
  if (size_of(cell) != length) return false;
  for (size_t i = 0; i < length; i++) {
    const char c = cell.at[i];
    if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != lower[i]) return false;
  }
  return true;
}

static sagitta_status take_units(const reader *r, span value) {
  static const struct {
    const char *word;
    double mm;
  } units[] = { { "mm", 1 },   { "millimeters", 1 },  { "millimetres", 1 }, { "cm", 10 },      { "centimeters", 10 },
                { "m", 1000 }, { "centimetres", 10 }, { "meters", 1000 },   { "metres", 1000 } };
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (same_word(value, units[i].word)) {
      r->trc->mm = units[i].mm;
      return SAGITTA_OK;
    }
  }
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line %zu: Units is \"%s\" where mm, cm or m is expected.", r->line,
                 quote(value).text);
}

/* Lines 2 and 3: keys above their values, word by word. */
static sagitta_status take_keys(reader *r) {
  span keys_line, values_line;
  if (!next_line(r, &keys_line) || !next_line(r, &values_line)) {
    return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "It ends within its first three lines: nothing is in it.");
  }
  cells keys = cells_of(keys_line), values = cells_of(values_line);
  span key, value;
  while (next_word(&keys, &key) && next_word(&values, &value)) {
    if (equals(key, "DataRate") && (!take_number(value, &r->trc->rate) || !(r->trc->rate >= 0))) r->trc->rate = 0;
    if (!equals(key, "Units")) continue;
    const sagitta_status status = take_units(r, value);
    if (status != SAGITTA_OK) return status;
  }
  if (r->trc->mm > 0) return SAGITTA_OK;
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                 "Lines 2 and 3 do not give the Units: write mm or m below that word, with a value below every other "
                 "one.");
}

static sagitta_status take_names(reader *r, const sagitta_trc_settings *settings) {
  span line, name;
  if (!next_line(r, &line)) {
    return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "It ends before line 4, which names the markers.");
  }
  cells row = cells_of(line);
  span *names = malloc(SG_TRC_MARKERS * sizeof *names);
  if (!names) return sg_fail(r->error, SAGITTA_ERROR_MEMORY, "Not enough memory to read the tracks.");
  sagitta_status status = SAGITTA_OK;
  for (size_t i = 0; status == SAGITTA_OK && next_word(&row, &name); i++) {
    if (i < 2) continue; /* Frame# and Time */
    if (r->markers == SG_TRC_MARKERS) {
      status = sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line 4 names more than %d markers.", SG_TRC_MARKERS);
    } else {
      names[r->markers++] = name;
    }
  }
  if (status == SAGITTA_OK && r->markers == 0) {
    status = sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line 4 names no markers after Frame# and Time.");
  }
  if (status == SAGITTA_OK) status = sg_trc_choose(r->trc, names, r->markers, settings, r->error);
  free(names);
  return status;
}

static sagitta_status bad_cell(const reader *r, span cell, const char *what) {
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line %zu: \"%s\" %s.", r->line, quote(cell).text, what);
}

/* Blank and "nan" are missing. False where the cell is neither that nor a number. */
static bool take_coordinate(span cell, double *value) {
  *value = NAN;
  if (cell.at == cell.end || same_word(cell, "nan") || same_word(cell, "-nan")) return true;
  return take_number(cell, value) && fabs(*value) < 1e9;
}

static bool make_room(sg_trc *trc) {
  if (trc->rows < trc->capacity) return true;
  const size_t capacity = trc->capacity ? 2 * trc->capacity : 256;
  double *time = realloc(trc->time, capacity * sizeof *time);
  if (time) trc->time = time;
  double(*point)[3] = realloc(trc->point, capacity * trc->slots * sizeof *point);
  if (point) trc->point = point;
  if (time && point) trc->capacity = capacity;
  return time && point;
}

static sagitta_status take_time(const reader *r, span cell, double *time) {
  const sg_trc *trc = r->trc;
  if (cell.at == cell.end && trc->rate > 0) {
    *time = (double)trc->rows / trc->rate;
  } else if (!take_number(cell, time)) {
    return bad_cell(r, cell, "is no time in seconds; numbers need a decimal point");
  }
  if (!(fabs(*time) <= SG_TIME_MAX)) return bad_cell(r, cell, "is no time in seconds that can be");
  *time = sg_round(*time, SG_TIME_DECIMALS);
  if (trc->rows > 0 && *time <= trc->time[trc->rows - 1]) {
    return bad_cell(r, cell, "does not come after the time of the row before");
  }
  return SAGITTA_OK;
}

/* One coordinate, where its marker is one of ours. */
static sagitta_status take_cell(const reader *r, size_t column, span cell, double (*points)[3]) {
  const sg_trc *trc = r->trc;
  double value;
  if (column / 3 >= r->markers) {
    return cell.at == cell.end ? SAGITTA_OK
                               : bad_cell(r, cell, "stands beyond the columns that line 4 names a marker for");
  }
  for (size_t slot = 0; slot < trc->slots; slot++) {
    if (trc->slot[slot].marker != column / 3) continue;
    if (!take_coordinate(cell, &value)) return bad_cell(r, cell, "is not a number with a decimal point");
    value *= trc->mm;
    if (fabs(value) > FAR_MM) return bad_cell(r, cell, "is farther away than a kilometre: check the Units in line 3");
    points[slot][column % 3] = value;
  }
  return SAGITTA_OK;
}

/* A coordinate that is missing takes the others with it, and the origin itself stands for a missing marker in files of
 * several makers. */
static void drop_missing(double p[3]) {
  const bool origin = p[0] == 0 && p[1] == 0 && p[2] == 0;
  if (!origin && !isnan(p[0]) && !isnan(p[1]) && !isnan(p[2])) return;
  p[0] = p[1] = p[2] = NAN;
}

static sagitta_status take_row(const reader *r, span line) {
  sg_trc *trc = r->trc;
  if (trc->rows == SG_TRACKS_ROWS_MAX || trc->rows * trc->slots >= POINTS_MAX) {
    return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "The file has more than %zu rows: cut it into parts.", trc->rows);
  }
  if (!make_room(trc)) return sg_fail(r->error, SAGITTA_ERROR_MEMORY, "Not enough memory to read the tracks.");
  double(*points)[3] = trc->point + trc->rows * trc->slots;
  for (size_t slot = 0; slot < trc->slots; slot++) points[slot][0] = points[slot][1] = points[slot][2] = NAN;
  cells row = cells_of(line);
  span cell = { NULL, NULL }, time = { NULL, NULL };
  (void)next_cell(&row, &cell); /* the frame's number: times are what counts */
  (void)next_cell(&row, &time);
  sagitta_status status = take_time(r, time, &trc->time[trc->rows]);
  for (size_t column = 0; status == SAGITTA_OK && next_cell(&row, &cell); column++) {
    status = take_cell(r, column, cell, points);
  }
  for (size_t slot = 0; slot < trc->slots; slot++) drop_missing(points[slot]);
  trc->rows++;
  return status;
}

/* Rows, after the line X1 Y1 Z1 … and blank ones; what has no cell that says anything is no row. */
static sagitta_status take_rows(reader *r) {
  span line;
  while (next_line(r, &line)) {
    const span words = trim(line);
    if (words.at == words.end) continue;
    const bool labels = r->trc->rows == 0 && (*words.at == 'X' || *words.at == 'x');
    const sagitta_status status = labels ? SAGITTA_OK : take_row(r, line);
    if (status != SAGITTA_OK) return status;
  }
  if (r->trc->rows > 0) return SAGITTA_OK;
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "There are no rows of markers in it, only the lines above them.");
}

sagitta_status sg_trc_parse(sg_trc *trc, span text, const sagitta_trc_settings *settings, sagitta_error *error) {
  reader r = { .text = without_mark(text), .trc = trc, .error = error };
  span first;
  if (!sg_trc_begins(text.at, size_of(text)) || !next_line(&r, &first)) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT,
                   "This is not a TRC file: its first line does not begin with PathFileType. Export the markers again "
                   "as TRC.");
  }
  trc->stated = sg_trc_take_stated(first);
  sagitta_status status = take_keys(&r);
  if (status == SAGITTA_OK) status = take_names(&r, settings);
  return status == SAGITTA_OK ? take_rows(&r) : status;
}
