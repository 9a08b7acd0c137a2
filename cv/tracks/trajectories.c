/* SPDX-License-Identifier: Apache-2.0 */
/* Trajectories gathered, and put into rows: one row a moment at which any of ours has a place. */
#include "tracks/trajectories.h"

#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"
#include "base/translate.h"
#include "tracks/trc_times.h"

#define PLACES_MAX   ((size_t)8000000)
#define NUMBER_BYTES 48

/* Steps from row to row, as they are written, that can be nothing else than those of seconds, ms, us: from 1000 to 2.5
 * frames a second. One to one is what frames are numbered by. */
#define LEAST_S  0.001
#define MOST_S   0.4
#define LEAST_MS 2.0
#define MOST_MS  400.0
#define LEAST_US 2000.0
#define MOST_US  400000.0

#define COARSE 0.1 /* of a step: times that are rounded more coarsely than that are no times of frames */
#define AWAY   1.5 /* of the unit: by how much rounded times differ from even ones, at most */

void sg_trajectories_free(sg_trajectories *t) {
  free(t->place);
  t->place = NULL;
}

sagitta_status sg_trajectories_name(sg_trajectories *t, sg_span name, size_t *series, sagitta_error *error) {
  if (t->series == SG_SERIES_MAX) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT,
                   "There are more than %d trajectories in it: export those of shoulder, hip, knee and ankle alone.",
                   SG_SERIES_MAX);
  }
  const size_t length = sg_span_size(name) < SG_SERIES_NAME - 1 ? sg_span_size(name) : SG_SERIES_NAME - 1;
  memcpy(t->name[t->series], name.at, length);
  t->name[t->series][length] = '\0';
  *series = t->series++;
  return SAGITTA_OK;
}

sagitta_status sg_trajectories_add(sg_trajectories *t, const sg_trajectory_place *place, sagitta_error *error) {
  if (isnan(place->time) || isnan(place->x) || isnan(place->y)) return SAGITTA_OK;
  void *items = t->place;
  if (t->places == PLACES_MAX) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT, "Line %zu: there are too many places in it: cut the file into parts.",
                   place->line);
  }
  if (!sg_reserve(&items, &t->capacity, t->places + 1, sizeof *t->place)) {
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to read the tracks.");
  }
  t->place = items;
  t->place[t->places++] = *place;
  return SAGITTA_OK;
}

/* ---- cells ---- */

bool sg_written_number(sg_span text, bool comma, double *value) {
  char number[NUMBER_BYTES];
  text = sg_span_trim(text);
  *value = NAN;
  if (sg_span_empty(text) || sg_span_is_lower(text, "nan")) return true;
  const size_t length = sg_span_size(text);
  if (length >= sizeof number) return false;
  memcpy(number, text.at, length);
  char *mark = comma ? memchr(number, ',', length) : NULL;
  if (mark) *mark = '.';
  const char *at = number;
  return sg_parse_number(&at, number + length, value) && at == number + length && fabs(*value) < 1e15;
}

bool sg_take_cell(sg_span *line, char separator, sg_span *cell) {
  const bool blank = separator == ' ';
  while (blank && line->at && line->at < line->end && sg_is_blank(*line->at)) line->at++;
  if (!line->at || (blank && line->at == line->end)) return false;
  const char *end = line->at;
  bool quoted = false;
  for (; end < line->end; end++) {
    if (*end == '"') quoted = !quoted;
    if (!quoted && (blank ? sg_is_blank(*end) : *end == separator)) break;
  }
  *cell = sg_span_trim((sg_span){ line->at, end });
  line->at = end < line->end ? end + 1 : NULL;
  if (sg_span_size(*cell) >= 2 && *cell->at == '"' && cell->end[-1] == '"') {
    cell->at++;
    cell->end--;
  }
  return true;
}

/* ---- rows ---- */

static int by_time(const void *a, const void *b) {
  const sg_trajectory_place *p = a, *q = b;
  if (p->time != q->time) return p->time < q->time ? -1 : 1;
  return p->series == q->series ? (p->line > q->line) - (p->line < q->line) : (p->series > q->series ? 1 : -1);
}

static sagitta_status take_twice(const sg_trajectories *t, const sg_trajectory_place *place, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_FORMAT,
                 "Line %zu: \"%.60s\" has two places at one time. The times may be rounded: let the program write them "
                 "in milliseconds or with more decimals, and export again.",
                 place->line, t->name[place->series]);
}

/* The slots of the space, filled row by row. */
static sagitta_status fill(sg_trajectories *t, sg_space *space, sagitta_error *error) {
  double(*points)[3] = NULL;
  double last = NAN;
  if (t->places > 0) qsort(t->place, t->places, sizeof *t->place, by_time);
  for (size_t i = 0; i < t->places; i++) {
    const sg_trajectory_place *p = &t->place[i];
    for (size_t slot = 0; slot < space->slots; slot++) {
      if (space->slot[slot].marker != p->series) continue;
      if (!points || p->time != last) {
        if (points) sg_space_end_row(space);
        const sagitta_status status = sg_space_begin_row(space, &points, error);
        if (status != SAGITTA_OK) return status;
        space->time[space->rows] = last = p->time;
      } else if (!isnan(points[slot][0])) {
        return take_twice(t, p, error);
      }
      points[slot][0] = p->x;
      points[slot][1] = p->y;
      points[slot][2] = 0;
    }
  }
  if (points) sg_space_end_row(space);
  if (space->rows > 0) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_FORMAT, "The trajectories that were named have no places in it.");
}

/* ---- times ---- */

/* Clock times that are rounded too coarsely for their frames, and are the rounded ones of an even rate, are made even.
 */
static void make_even(sg_space *space, double unit, double step, const char *language) {
  const double span = space->time[space->rows - 1] - space->time[0], even = span / (double)(space->rows - 1);
  char rounded[32], rate[32];
  if (!(unit > COARSE * step) || !(span > 0)) return;
  for (size_t row = 0; row < space->rows; row++) {
    if (fabs(space->time[row] - space->time[0] - (double)row * even) > AWAY * unit) return;
  }
  for (size_t row = 1; row < space->rows; row++) space->time[row] = space->time[0] + (double)row * even;
  sg_print_short(rounded, unit, SG_TRACKS_TIME_DECIMALS);
  sg_print_short(rate, 1 / even, 2);
  sg_space_warn(space, sg_warning(language, SAGITTA_WARNING_TIMESTAMPS_REPAIRED, -1, NAN, NAN,
                                  "The times are rounded to %s s, too coarsely for their frames. They are those of %s "
                                  "frames per second, and were made even. Nothing needs to be done.",
                                  rounded, rate));
}

static sagitta_status no_seconds(double step, sagitta_error *error) {
  char by[32];
  sg_print_short(by, step, 4);
  return sg_fail(error, SAGITTA_ERROR_FORMAT,
                 "Its times go on by %s from row to row: those are frame numbers, or of a unit that nothing tells. In "
                 "Kinovea choose a time format of seconds or milliseconds, in Tracker the column t, and export again.",
                 by);
}

/* s from the first row on, whatever they are written in. */
static sagitta_status settle_times(const sg_trajectories *t, sg_space *space, sagitta_error *error) {
  double step, per_s = 1;
  const sagitta_status status = sg_space_usual_step(space, &step, error);
  if (status != SAGITTA_OK || isnan(step)) return status;
  if (t->time_kind == SG_TIME_NUMBERS) {
    per_s = step >= LEAST_S && step <= MOST_S     ? 1
            : step >= LEAST_MS && step <= MOST_MS ? 1e3
            : step >= LEAST_US && step <= MOST_US ? 1e6
                                                  : 0;
  } else if (!(step >= LEAST_S && step <= MOST_S)) {
    per_s = 0;
  }
  if (per_s == 0) return no_seconds(step, error);
  const double first = space->time[0];
  for (size_t row = 0; row < space->rows; row++) space->time[row] = (space->time[row] - first) / per_s;
  if (t->time_kind == SG_TIME_CLOCK) make_even(space, t->unit_s, step, sg_error_language(error));
  return SAGITTA_OK;
}

sagitta_status sg_trajectories_to_space(sg_trajectories *t, sg_space *space, const sagitta_trc_settings *settings,
                                        sagitta_error *error) {
  sg_span names[SG_SERIES_MAX];
  if (t->series == 0) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT, "There are no trajectories in it, only the lines above them.");
  }
  for (size_t i = 0; i < t->series; i++) names[i] = (sg_span){ t->name[i], t->name[i] + strlen(t->name[i]) };
  sagitta_status status = sg_space_choose(space, names, t->series, settings, error);
  if (status == SAGITTA_OK) status = fill(t, space, error);
  if (status == SAGITTA_OK) status = settle_times(t, space, error);
  if (status != SAGITTA_OK) return status;
  const size_t row = sg_trc_round_times(space);
  if (row == space->rows) return SAGITTA_OK;
  return sg_fail(
      error, SAGITTA_ERROR_FORMAT,
      "Two of its times are nearer to each other than 0.0001 s, or no times that can be. Export it again with "
      "times in seconds.");
}
