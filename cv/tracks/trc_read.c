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
#include "base/translate.h"
#include "tracks/space.h"
#include "tracks/tracks_file.h"
#include "tracks/trc_times.h"

#define MARKERS_MAX 4096
#define ROWS_ALIKE  3   /* rows that show how numbers are written */
#define TIME_MOST   1e9 /* of a time as it is written, either sign: milliseconds, too, until it is known */

typedef struct reader {
  sg_span text; /* what is left to read */
  size_t line;  /* number of the line last taken */
  bool unended; /* that line is the last, and the file ends within it */
  bool at_end;  /* the cell that was complained of is the last one of the file */
  size_t markers;
  double frames; /* as NumFrames says; 0 = it does not */
  int decimals;  /* with which the times are printed, at most; SG_DECIMALS_MOST: exactly */
  double mm;     /* per unit of the file */
  sg_space *space;
  sagitta_error *error;
} reader;

static const char signature[] = "PathFileType";

static bool begins(sg_span head) {
  return sg_span_begins(sg_span_skip_mark(head), signature);
}

static bool next_line(reader *r, sg_span *line) {
  if (!sg_span_take_line(&r->text, line)) return false;
  r->unended = sg_span_empty(r->text) && line->end == r->text.end;
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

static sagitta_status take_units(reader *r, sg_span value) {
  if (r->mm > 0) return SAGITTA_OK; /* declared */
  r->mm = sg_space_unit_mm(value);
  if (r->mm > 0) return SAGITTA_OK;
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line %zu: Units is \"%s\" where mm, cm or m is expected.", r->line,
                 sg_span_quote(value).text);
}

static void take_positive(sg_span value, double *number) {
  if (!take_number(value, number) || !(*number >= 0)) *number = 0;
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
    if (sg_span_is(key, "DataRate")) take_positive(value, &r->space->rate);
    if (sg_span_is(key, "NumFrames")) take_positive(value, &r->frames);
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

static sagitta_status bad_cell(reader *r, sg_span cell, const char *what) {
  r->at_end = cell.end == r->text.end || !cell.end;
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "Line %zu: \"%s\" %s.", r->line, sg_span_quote(cell).text,
                 sg_say(sg_error_language(r->error), what));
}

/* Blank and "nan" are missing. False where the cell is neither that nor a number. */
static bool take_coordinate(sg_span cell, double *value) {
  *value = NAN;
  if (cell.at == cell.end || sg_span_is_lower(cell, "nan") || sg_span_is_lower(cell, "-nan")) return true;
  return take_number(cell, value) && fabs(*value) < 1e9;
}

/* Decimals of a number as it is written; SG_DECIMALS_MOST also where it has an exponent. */
static int decimals_of(sg_span number) {
  const char *point = memchr(number.at, '.', sg_span_size(number));
  const ptrdiff_t decimals = point ? number.end - point - 1 : 0;
  const bool exponent = memchr(number.at, 'e', sg_span_size(number)) || memchr(number.at, 'E', sg_span_size(number));
  return exponent || decimals > SG_DECIMALS_MOST ? SG_DECIMALS_MOST : (int)decimals;
}

/* As it stands in the file: what it means shows when all rows are there. */
static sagitta_status take_time(reader *r, sg_span cell) {
  sg_space *space = r->space;
  double *time = &space->time[space->rows];
  if (cell.at == cell.end && space->rate > 0) {
    *time = (double)space->rows / space->rate;
    r->decimals = SG_DECIMALS_MOST;
  } else if (take_number(cell, time)) {
    const int decimals = decimals_of(cell);
    if (decimals > r->decimals) r->decimals = decimals;
  } else {
    return bad_cell(r, cell, SG_TRANSLATABLE("is no time in seconds; numbers need a decimal point"));
  }
  return fabs(*time) < TIME_MOST ? SAGITTA_OK : bad_cell(r, cell, SG_TIME_CANNOT_BE);
}

/* One coordinate, where its marker is one of ours. */
static sagitta_status take_cell(reader *r, size_t column, sg_span cell, double (*points)[3]) {
  const sg_space *space = r->space;
  double value;
  if (column / 3 >= r->markers) {
    return cell.at == cell.end
               ? SAGITTA_OK
               : bad_cell(r, cell, SG_TRANSLATABLE("stands beyond the columns that line 4 names a marker for"));
  }
  for (size_t slot = 0; slot < space->slots; slot++) {
    if (space->slot[slot].marker != column / 3) continue;
    if (!take_coordinate(cell, &value))
      return bad_cell(r, cell, SG_TRANSLATABLE("is not a number with a decimal point"));
    value *= r->mm;
    if (fabs(value) > SG_SPACE_FAR_MM) {
      return bad_cell(r, cell, SG_TRANSLATABLE("is farther away than a kilometre: check the Units in line 3"));
    }
    points[slot][column % 3] = value;
  }
  return SAGITTA_OK;
}

/* What a row ends with. */
typedef struct row_end {
  size_t cells;
  int decimals; /* of its last number; SG_DECIMALS_MOST where its last cell is none */
} row_end;

/* The row that is begun. */
static sagitta_status take_row(reader *r, sg_span line, row_end *end) {
  double(*points)[3];
  sagitta_status status = sg_space_begin_row(r->space, &points, r->error);
  if (status != SAGITTA_OK) return status;
  cells row = cells_of(line);
  sg_span cell = { NULL, NULL }, time = { NULL, NULL };
  (void)next_cell(&row, &cell); /* the frame's number: times are what counts */
  (void)next_cell(&row, &time);
  status = take_time(r, time);
  for (end->cells = 2; status == SAGITTA_OK && next_cell(&row, &cell); end->cells++) {
    status = take_cell(r, end->cells - 2, cell, points);
  }
  double number;
  end->decimals = cell.at < cell.end && take_number(cell, &number) ? decimals_of(cell) : SG_DECIMALS_MOST;
  return status;
}

/* The next line that is a row: the line X1 Y1 Z1 … before the first one, and blank ones, are none. */
static bool next_row(reader *r, bool first, sg_span *line) {
  while (next_line(r, line)) {
    const sg_span words = sg_span_trim(*line);
    const bool labels = first && words.at < words.end && (*words.at == 'X' || *words.at == 'x');
    if (words.at < words.end && !labels) return true;
  }
  return false;
}

static bool nothing_follows(const reader *r) {
  const char *at = r->text.at;
  while (at < r->text.end && (sg_is_blank(*at) || *at == '\n')) at++;
  return at == r->text.end;
}

/* Whether the file ends within the row that was just taken. `before`: of the row before it, with the fewest decimals
 * of any row: a last number with fewer is the beginning of one. */
static bool is_cut(const reader *r, row_end row, row_end before) {
  const size_t rows = r->space->rows;
  const bool shorter = rows > 0 && row.cells < before.cells, missing = (double)rows + 1 < r->frames;
  if (!nothing_follows(r)) return false;
  if (!r->unended) return shorter && missing;
  return shorter || missing || (rows >= ROWS_ALIKE && row.decimals < before.decimals);
}

/* Rows, as far as they are whole. *cut: the file ends within its last one, which is left out: what ended there may be a
 * number, and looks like another. */
static sagitta_status take_rows(reader *r, bool *cut) {
  sg_space *space = r->space;
  sg_span line;
  row_end row, before = { 0, SG_DECIMALS_MOST };
  while (next_row(r, space->rows == 0, &line)) {
    sagitta_error reason = sg_error_like(r->error), *asked = r->error;
    r->error = &reason;
    r->at_end = false;
    const sagitta_status status = take_row(r, line, &row);
    r->error = asked;
    *cut = status == SAGITTA_OK ? is_cut(r, row, before) : r->at_end && r->unended && space->rows > 0;
    if (*cut) break;
    if (status != SAGITTA_OK) return sg_error_pass(r->error, &reason);
    sg_space_end_row(space);
    before.cells = row.cells;
    if (row.decimals < before.decimals) before.decimals = row.decimals;
  }
  if (space->rows > 0) return SAGITTA_OK;
  return sg_fail(r->error, SAGITTA_ERROR_FORMAT, "There are no rows of markers in it, only the lines above them.");
}

/* Complain of the time of a row; `r` stands before the first row. */
static sagitta_status bad_time(reader r, size_t row) {
  const bool possible = fabs(r.space->time[row]) <= SG_TRACKS_TIME_MAX;
  const double before = row ? r.space->time[row - 1] : -INFINITY;
  const bool same = sg_round(r.space->time[row], SG_TRACKS_TIME_DECIMALS) == before;
  sg_span line = { NULL, NULL }, cell = { NULL, NULL };
  for (size_t i = 0; i <= row; i++) (void)next_row(&r, i == 0, &line);
  cells of = cells_of(line);
  (void)next_cell(&of, &cell);
  (void)next_cell(&of, &cell);
  if (possible && same) return sg_tracks_time_stands(r.line, cell, r.error);
  return bad_cell(&r, cell, possible ? SG_TIME_RUNS_BACK : SG_TIME_CANNOT_BE);
}

static sagitta_status read_rows(reader *r) {
  const reader first = *r;
  bool cut = false;
  sagitta_status status = take_rows(r, &cut);
  const double unit = r->decimals < SG_DECIMALS_MOST ? 1 / sg_powers_of_ten[r->decimals] : 0;
  if (status == SAGITTA_OK) status = sg_trc_settle_times(r->space, unit, r->error);
  if (status != SAGITTA_OK) return status;
  const size_t row = sg_trc_round_times(r->space);
  if (row < r->space->rows) return bad_time(first, row);
  sg_trc_check_end(r->space, r->frames, cut, r->error);
  return SAGITTA_OK;
}

/* Sports2D writes pixels under "Units m" into what it calls …_px_person00.trc, and its file's name into the first line.
 * They are the picture's, y down. */
static bool is_in_pixels(const sg_space *space, sg_span first) {
  const char mark[] = "_px_person";
  return space->points == SAGITTA_POINTS_KEYPOINTS && memmem(first.at, sg_span_size(first), mark, strlen(mark));
}

static sagitta_status read_text(reader *r, const sagitta_trc_settings *settings) {
  sg_span first;
  if (!sg_span_begins(r->text, signature) || !next_line(r, &first)) {
    return sg_fail(r->error, SAGITTA_ERROR_FORMAT,
                   "This is not a TRC file: its first line does not begin with PathFileType. Export the markers again "
                   "as TRC.");
  }
  r->space->stated = sg_stated_view_parse(first.at, first.end);
  sagitta_status status = sg_space_declare(r->space, settings, r->error);
  if (settings->unit_mm > 0) r->mm = settings->unit_mm;
  r->space->unscaled = settings->unit_mm < 0 || (settings->unit_mm == 0 && is_in_pixels(r->space, first));
  if (r->space->unscaled) r->mm = 1;
  if (status == SAGITTA_OK) status = take_keys(r);
  if (status == SAGITTA_OK) status = take_names(r, settings);
  if (status == SAGITTA_OK) status = read_rows(r);
  if (status == SAGITTA_OK && r->space->unscaled) sg_space_fit(r->space);
  return status;
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
  sg_space space = { .unit_at = SG_TRANSLATABLE("the Units in line 3") };
  reader r = { .text = sg_span_skip_mark((sg_span){ text, text + length }), .space = &space, .error = error };
  status = read_text(&r, settings);
  if (status == SAGITTA_OK) status = sg_space_to_tracks(out, &space, settings->up, view, error);
  sg_space_free(&space);
  return status;
}

sagitta_status sagitta_tracks_read_trc(sagitta_tracks **out, const char *path, const sagitta_trc_settings *settings,
                                       sagitta_trc_view *view, sagitta_error *error) {
  if (out) *out = NULL;
  if (!out || !path) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No name of a TRC file was given.");
  return sg_space_read_file(out, path, begins, sagitta_tracks_parse_trc, settings, view, error);
}
