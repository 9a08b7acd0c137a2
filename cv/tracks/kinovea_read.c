/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Kinovea exports of trajectories.
 *
 * Text, for gnuplot: "#Kinovea Trajectory data export", "#T X Y", then a block for each, parted by blank lines: rows "T
 * X Y", parted by blanks, with a decimal point or comma as the machine has it. Up to 0.9.5 blocks have no names (they
 * are called 1, 2, 3 … here) and T is written in the format chosen for times: as a rule 0:00:01:43, h:mm:ss and
 * hundredths (thousandths where frames are faster). Later "# NAME" stands above each block, T is a number in the unit
 * chosen (s where that is a clock), and an object of several points has a pair of columns for each.
 *
 * CSV, from 2023.1 on: one table; "Time", then "NAME/0/X" and "NAME/0/Y" for each, every cell in quotation marks,
 * parted by the machine's list separator, a comma or a semicolon; an empty cell where a point has no place.
 *
 * Neither names a unit of length: px, or what the user calibrated to. X points right, Y up from the user's origin (or,
 * where image coordinates are chosen for the export, down from the picture's top).
 */
#include <math.h>
#include <stdio.h>

#include "base/base.h"
#include "base/translate.h"
#include "tracks/trajectories.h"

#define CELLS_MAX (2 * SG_SERIES_MAX + 2)

static const char title[] = "#Kinovea Trajectory data export";

bool sg_kinovea_text_begins(sg_span head) {
  return sg_span_begins(head, title);
}

static sagitta_status bad_cell(size_t line, sg_span cell, const char *what, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_FORMAT, "Line %zu: \"%s\" %s.", line, sg_span_quote(cell).text,
                 sg_say(sg_error_language(error), what));
}

/* ---- times ---- */

/* h:mm:ss:cc, or with three digits at the end thousandths; a sign before it. */
static bool take_clock(sg_span text, double *time, double *unit) {
  static const double seconds[] = { 3600, 60, 1 };
  const bool negative = text.at < text.end && *text.at == '-';
  double part;
  *time = 0;
  text.at += negative;
  for (int i = 0; i < 4; i++) {
    const char *colon = i < 3 ? memchr(text.at, ':', sg_span_size(text)) : text.end;
    if (!colon) return false;
    const sg_span digits = { text.at, colon };
    for (const char *c = digits.at; c < digits.end; c++) {
      if (*c < '0' || *c > '9') return false;
    }
    if (sg_span_empty(digits) || sg_span_size(digits) > 9 || !sg_written_number(digits, false, &part)) return false;
    if (i == 3) *unit = pow(10, -(double)sg_span_size(digits));
    *time += part * (i < 3 ? seconds[i] : *unit);
    if (i < 3) text.at = colon + 1;
  }
  if (negative) *time = -*time;
  return true;
}

static sagitta_status take_time(sg_trajectories *t, sg_span cell, bool comma, size_t line, double *time,
                                sagitta_error *error) {
  double unit;
  if (take_clock(cell, time, &unit)) {
    t->time_kind = SG_TIME_CLOCK;
    t->unit_s = fmax(t->unit_s, unit);
    return SAGITTA_OK;
  }
  if (sg_written_number(cell, comma, time) && !isnan(*time)) return SAGITTA_OK;
  return bad_cell(line, cell, SG_TRANSLATABLE("is no time that is read"), error);
}

/* What may stand between a time and its place: a unit, or the frame in parentheses. */
static bool belongs_to_time(sg_span cell) {
  return sg_span_is(cell, "ms") || sg_span_is(cell, "s") || sg_span_is(cell, "\xC2\xB5s") || sg_span_begins(cell, "(");
}

/* ---- text ---- */

/* The block that is being read. */
typedef struct block {
  sg_span name;        /* empty: it has none */
  size_t first, count; /* its series, once there are any */
  bool begun;
} block;

/* "hip", "hip/1" where there are several points in it; "3" where it has no name. */
static sagitta_status name_series(sg_trajectories *t, const block *b, size_t point, size_t points,
                                  sagitta_error *error) {
  char name[SG_SERIES_NAME];
  size_t series;
  const int length = (int)(sg_span_size(b->name) < SG_SERIES_NAME - 8 ? sg_span_size(b->name) : SG_SERIES_NAME - 8);
  if (length == 0) {
    (void)snprintf(name, sizeof name, "%zu", t->series + 1);
  } else if (points > 1) {
    (void)snprintf(name, sizeof name, "%.*s/%zu", length, b->name.at, point);
  } else {
    (void)snprintf(name, sizeof name, "%.*s", length, b->name.at);
  }
  return sg_trajectories_name(t, (sg_span){ name, name + strlen(name) }, &series, error);
}

static sagitta_status begin_block(sg_trajectories *t, block *b, size_t points, sagitta_error *error) {
  b->first = t->series;
  b->count = points;
  b->begun = true;
  for (size_t i = 0; i < points; i++) {
    const sagitta_status status = name_series(t, b, i, points, error);
    if (status != SAGITTA_OK) return status;
  }
  return SAGITTA_OK;
}

/* "T X Y", or more pairs. */
static sagitta_status take_row(sg_trajectories *t, block *b, sg_span line, size_t number, sagitta_error *error) {
  sg_span cell[CELLS_MAX];
  size_t cells = 0;
  while (cells < CELLS_MAX && sg_take_cell(&line, ' ', &cell[cells])) {
    if (cells != 1 || !belongs_to_time(cell[1])) cells++;
  }
  if (cells < 3 || cells % 2 == 0 || cells == CELLS_MAX || (b->begun && cells != 1 + 2 * b->count)) {
    return sg_fail(
        error, SAGITTA_ERROR_FORMAT,
        "Line %zu: a time and then x and y are expected, as many as in the rows before; there are %zu cells. "
        "The file may be cut off: export it again.",
        number, cells);
  }
  sagitta_status status = b->begun ? SAGITTA_OK : begin_block(t, b, cells / 2, error);
  double time = NAN;
  if (status == SAGITTA_OK) status = take_time(t, cell[0], true, number, &time, error);
  for (size_t i = 0; status == SAGITTA_OK && i < b->count; i++) {
    sg_trajectory_place place = { .time = time, .series = b->first + i, .line = number };
    const sg_span *at = &cell[1 + 2 * i];
    if (!sg_written_number(at[0], true, &place.x) || !sg_written_number(at[1], true, &place.y)) {
      return bad_cell(number, isnan(place.x) ? at[0] : at[1], SG_TRANSLATABLE("is no number that is read"), error);
    }
    status = sg_trajectories_add(t, &place, error);
  }
  return status;
}

sagitta_status sg_kinovea_read_text(sg_trajectories *t, sg_span text, sagitta_error *error) {
  block b = { .begun = false };
  sg_span line;
  for (size_t number = 1; sg_span_take_line(&text, &line); number++) {
    line = sg_span_trim(line);
    if (number == 1) continue;
    if (sg_span_empty(line) || *line.at == '#') {
      const bool names = sg_span_begins(line, "# ");
      if (names || b.begun) b = (block){ .begun = false };
      if (names) b.name = sg_span_trim((sg_span){ line.at + 2, line.end });
      continue;
    }
    const sagitta_status status = take_row(t, &b, line, number, error);
    if (status != SAGITTA_OK) return status;
  }
  return SAGITTA_OK;
}

/* ---- CSV ---- */

/* The mark that parts the cells: what stands behind the first one. 0 where there is none. */
static char separator_of(sg_span line) {
  const char *quote = line.at < line.end && *line.at == '"' ? memchr(line.at + 1, '"', sg_span_size(line) - 1) : NULL;
  const char *at = quote ? quote + 1 : line.at + strcspn(line.at, ",;\t\n");
  return at < line.end && (*at == ',' || *at == ';' || *at == '\t') ? *at : '\0';
}

/* "hip/0/X": the part before the axis; *axis is 'X', 'Y', or 0 for another name. */
static sg_span point_of(sg_span name, char *axis) {
  const size_t size = sg_span_size(name);
  *axis = size > 2 && name.end[-2] == '/' && (name.end[-1] == 'X' || name.end[-1] == 'Y') ? name.end[-1] : '\0';
  if (*axis) name.end -= 2;
  if (sg_span_size(name) > 2 && name.end[-2] == '/' && name.end[-1] == '0') name.end -= 2;
  return name;
}

/* A line of its own, which a text need not be zero-terminated for. */
static bool first_line(sg_span text, char *copy, size_t size) {
  sg_span line;
  if (!sg_span_take_line(&text, &line)) return false;
  const size_t length = sg_span_size(line) < size - 1 ? sg_span_size(line) : size - 1;
  memcpy(copy, line.at, length);
  copy[length] = '\0';
  return true;
}

bool sg_kinovea_csv_begins(sg_span head) {
  char copy[1024];
  sg_span cell;
  char axis;
  if (!first_line(head, copy, sizeof copy)) return false;
  sg_span line = { copy, copy + strlen(copy) };
  const char separator = separator_of(line);
  if (!separator || !sg_take_cell(&line, separator, &cell) || !sg_span_is(cell, "Time")) return false;
  if (!sg_take_cell(&line, separator, &cell)) return false;
  (void)point_of(cell, &axis);
  return axis == 'X';
}

/* "Time", then X and Y of each: the series, in the order of their columns. */
static sagitta_status take_names(sg_trajectories *t, sg_span line, char separator, sagitta_error *error) {
  sg_span x, y;
  size_t series;
  char axis_x, axis_y;
  (void)sg_take_cell(&line, separator, &x);
  while (sg_take_cell(&line, separator, &x)) {
    if (sg_span_empty(x) && !line.at) return SAGITTA_OK;
    const sg_span name = point_of(x, &axis_x);
    axis_y = '\0';
    if (sg_take_cell(&line, separator, &y)) (void)point_of(y, &axis_y);
    if (axis_x != 'X' || axis_y != 'Y') {
      return bad_cell(1, x, SG_TRANSLATABLE("and the column after it are no X and Y of a trajectory"), error);
    }
    const sagitta_status status = sg_trajectories_name(t, name, &series, error);
    if (status != SAGITTA_OK) return status;
  }
  return SAGITTA_OK;
}

static sagitta_status take_table_row(sg_trajectories *t, sg_span line, char separator, size_t number,
                                     sagitta_error *error) {
  const bool comma = separator != ',';
  sg_span cell, x, y;
  double time;
  (void)sg_take_cell(&line, separator, &cell);
  /* Every cell is in quotation marks, so that a decimal comma is one even where commas part the cells. */
  sagitta_status status = take_time(t, cell, comma || memchr(cell.at, ',', sg_span_size(cell)), number, &time, error);
  for (size_t series = 0; status == SAGITTA_OK && series < t->series; series++) {
    if (!sg_take_cell(&line, separator, &x) || !sg_take_cell(&line, separator, &y)) return SAGITTA_OK;
    sg_trajectory_place place = { .time = time, .series = series, .line = number };
    if (!sg_written_number(x, true, &place.x))
      return bad_cell(number, x, SG_TRANSLATABLE("is no number that is read"), error);
    if (!sg_written_number(y, true, &place.y))
      return bad_cell(number, y, SG_TRANSLATABLE("is no number that is read"), error);
    status = sg_trajectories_add(t, &place, error);
  }
  return status;
}

sagitta_status sg_kinovea_read_csv(sg_trajectories *t, sg_span text, sagitta_error *error) {
  char copy[64];
  sg_span line;
  (void)first_line(text, copy, sizeof copy);
  const char separator = separator_of((sg_span){ copy, copy + strlen(copy) });
  (void)sg_span_take_line(&text, &line);
  sagitta_status status = take_names(t, sg_span_trim(line), separator, error);
  for (size_t number = 2; status == SAGITTA_OK && sg_span_take_line(&text, &line); number++) {
    line = sg_span_trim(line);
    if (!sg_span_empty(line)) status = take_table_row(t, line, separator, number, error);
  }
  return status;
}
