/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Tracker (physlets.org) exports as a data file. Version 6: "#multi:" where there are several tracks; a line of
 * their names, each above the first of its columns, after an empty cell; a line of columns, "t", then those of each
 * track again; rows, with the separator at their ends as well. Up to version 5: one track a file, its name with
 * underscores alone in the first line. The separator is a tab, a comma, a semicolon or a blank, as chosen; numbers are
 * 1.245986911E1, or rounded as the table shows them, with the machine's decimal mark. A frame without a mark has empty
 * cells.
 *
 * t is in s. x and y are in the unit of the user's calibration, which is not in the file, y up from the user's origin;
 * pixelx and pixely are the picture's, y down from its top. Other columns (frame, step, r, vx …) are passed over.
 */
#include <math.h>

#include "base/base.h"
#include "base/translate.h"
#include "tracks/trajectories.h"

#define COLUMNS_MAX 1024

static const char several[] = "#multi:";

typedef enum axis { AXIS_NONE, AXIS_X, AXIS_Y, AXIS_PIXEL_X, AXIS_PIXEL_Y } axis;

static axis axis_of(sg_span name) {
  if (sg_span_is(name, "x")) return AXIS_X;
  if (sg_span_is(name, "y")) return AXIS_Y;
  if (sg_span_is(name, "pixelx")) return AXIS_PIXEL_X;
  if (sg_span_is(name, "pixely")) return AXIS_PIXEL_Y;
  return AXIS_NONE;
}

static bool is_clock(sg_span name) {
  return sg_span_is(name, "t") || sg_span_is(name, "frame") || sg_span_is(name, "step");
}

/* The mark that parts the columns, behind the first one's name: '\0' where this is no line of columns. */
static char separator_of(sg_span line) {
  static const char marks[] = "\t;, ";
  line = sg_span_trim(line);
  const char *end = line.at;
  while (end < line.end && !strchr(marks, *end)) end++;
  return end < line.end && is_clock((sg_span){ line.at, end }) ? *end : '\0';
}

/* Names and columns, as they stand above the rows. */
typedef struct heading {
  sg_span names, columns;
  char separator;
  size_t line; /* of the columns */
} heading;

static bool take_heading(sg_span *text, heading *h) {
  h->line = 2;
  if (!sg_span_take_line(text, &h->names)) return false;
  if (sg_span_is(sg_span_trim(h->names), several)) {
    h->line = 3;
    if (!sg_span_take_line(text, &h->names)) return false;
  }
  if (!sg_span_take_line(text, &h->columns)) return false;
  h->separator = separator_of(h->columns);
  return h->separator != '\0';
}

bool sg_tracker_begins(sg_span head) {
  heading h;
  sg_span cell;
  if (!take_heading(&head, &h)) return false;
  const bool marked = h.line == 3;
  bool place = false;
  while (sg_take_cell(&h.columns, h.separator, &cell)) place = place || axis_of(cell) != AXIS_NONE;
  return marked || place;
}

/* A column of the table. */
typedef struct column {
  size_t series; /* SG_SERIES_MAX: none */
  axis axis;
} column;

typedef struct table {
  size_t columns;
  column column[COLUMNS_MAX];
  bool pixels[SG_SERIES_MAX]; /* the series has no x and y, but pixels */
} table;

/* One name alone, of version 5, stands for all columns; its blanks were made underscores. */
static sagitta_status take_names(sg_trajectories *t, const heading *h, table *of, sagitta_error *error) {
  sg_span names = h->names, cell;
  size_t at = 0, series = SG_SERIES_MAX;
  sagitta_status status = SAGITTA_OK;
  const bool alone = h->separator == ' ' || !memchr(names.at, h->separator, sg_span_size(names));
  for (; alone && status == SAGITTA_OK && at < COLUMNS_MAX; at++) {
    if (at == 0) status = sg_trajectories_name(t, sg_span_trim(names), &series, error);
    of->column[at] = (column){ series, AXIS_NONE };
  }
  for (; !alone && status == SAGITTA_OK && at < COLUMNS_MAX && sg_take_cell(&names, h->separator, &cell); at++) {
    if (!sg_span_empty(cell)) status = sg_trajectories_name(t, cell, &series, error);
    of->column[at] = (column){ series, AXIS_NONE };
  }
  for (; at < COLUMNS_MAX; at++) of->column[at] = (column){ series, AXIS_NONE };
  return status;
}

static bool has_axis(const table *of, size_t series, axis wanted) {
  for (size_t i = 1; i < of->columns; i++) {
    if (of->column[i].series == series && of->column[i].axis == wanted) return true;
  }
  return false;
}

static sagitta_status take_columns(sg_trajectories *t, const heading *h, table *of, sagitta_error *error) {
  sg_span columns = h->columns, cell;
  bool any = false;
  if (!sg_take_cell(&columns, h->separator, &cell) || !sg_span_is(cell, "t")) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT,
                   "Line %zu: its rows are numbered by \"%s\" and have no times. Choose t as the first column in "
                   "Tracker and export again.",
                   h->line, sg_span_quote(cell).text);
  }
  for (of->columns = 1; of->columns < COLUMNS_MAX && sg_take_cell(&columns, h->separator, &cell); of->columns++) {
    of->column[of->columns].axis = axis_of(cell);
  }
  for (size_t s = 0; s < t->series; s++) {
    const bool calibrated = has_axis(of, s, AXIS_X) && has_axis(of, s, AXIS_Y);
    of->pixels[s] = !calibrated && has_axis(of, s, AXIS_PIXEL_X) && has_axis(of, s, AXIS_PIXEL_Y);
    any = any || calibrated || of->pixels[s];
  }
  if (any) return SAGITTA_OK;
  return sg_fail(
      error, SAGITTA_ERROR_FORMAT,
      "Line %zu: no track has both of its columns x and y, or pixelx and pixely. Choose them under Columns in "
      "Tracker and export again.",
      h->line);
}

/* The places of one row. */
static sagitta_status take_row(sg_trajectories *t, const table *of, sg_span line, char separator, size_t number,
                               sagitta_error *error) {
  sg_trajectory_place place[SG_SERIES_MAX];
  sg_span cell;
  double time = NAN, value;
  const bool comma = separator != ',';
  for (size_t s = 0; s < t->series; s++) place[s] = (sg_trajectory_place){ NAN, NAN, NAN, s, number };
  for (size_t at = 0; at < of->columns && sg_take_cell(&line, separator, &cell); at++) {
    const column *c = &of->column[at];
    if (at > 0 && (c->axis == AXIS_NONE || c->series == SG_SERIES_MAX)) continue;
    if (!sg_written_number(cell, comma, &value)) {
      return sg_fail(error, SAGITTA_ERROR_FORMAT, "Line %zu: \"%s\" %s.", number, sg_span_quote(cell).text,
                     sg_say(sg_error_language(error), SG_TRANSLATABLE("is no number that is read")));
    }
    if (at == 0) time = value;
    if (at == 0) continue;
    const bool pixels = of->pixels[c->series];
    if (c->axis == (pixels ? AXIS_PIXEL_X : AXIS_X)) place[c->series].x = value;
    if (c->axis == (pixels ? AXIS_PIXEL_Y : AXIS_Y)) place[c->series].y = pixels ? -value : value;
  }
  sagitta_status status = SAGITTA_OK;
  for (size_t s = 0; status == SAGITTA_OK && s < t->series; s++) {
    place[s].time = time;
    status = sg_trajectories_add(t, &place[s], error);
  }
  return status;
}

sagitta_status sg_tracker_read(sg_trajectories *t, sg_span text, sagitta_error *error) {
  heading h;
  table of;
  sg_span line;
  if (!take_heading(&text, &h)) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT, "It ends before the line that names its columns.");
  }
  t->time_kind = SG_TIME_SECONDS;
  memset(&of, 0, sizeof of);
  sagitta_status status = take_names(t, &h, &of, error);
  if (status == SAGITTA_OK) status = take_columns(t, &h, &of, error);
  for (size_t number = h.line + 1; status == SAGITTA_OK && sg_span_take_line(&text, &line); number++) {
    if (line.end > line.at && line.end[-1] == '\r') line.end--;
    if (!sg_span_empty(sg_span_trim(line))) status = take_row(t, &of, line, h.separator, number, error);
  }
  return status;
}
