/* SPDX-License-Identifier: Apache-2.0 */
/* Markers in space: which of a file's markers are ours, and where those are. */
#include "tracks/space.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"
#include "tracks/keypoint_names.h"

#define LIST_BYTES 400
#define STEPS_MOST 4096 /* that the usual one is taken from */
#define NAME_BYTES 100
#define POINTS_MAX ((size_t)20000000) /* rows times slots: half a gigabyte */

void sg_space_free(sg_space *space) {
  free(space->time);
  free(space->point);
  space->time = NULL;
  space->point = NULL;
}

sagitta_status sg_space_usual_step(const sg_space *space, double *step, sagitta_error *error) {
  *step = NAN;
  if (space->rows < 3) return SAGITTA_OK;
  const size_t steps = space->rows - 1, taken = steps < STEPS_MOST ? steps : STEPS_MOST;
  double *value = malloc(taken * sizeof *value);
  if (!value) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to read the tracks.");
  for (size_t i = 0; i < taken; i++) {
    const size_t row = 1 + i * steps / taken;
    value[i] = space->time[row] - space->time[row - 1];
  }
  *step = sg_median(value, taken);
  free(value);
  return SAGITTA_OK;
}

void sg_space_warn(sg_space *space, sagitta_warning warning) {
  if (space->warnings < SG_SPACE_WARNINGS) space->warning[space->warnings++] = warning;
}

double sg_space_unit_mm(sg_span word) {
  static const struct {
    const char *word;
    double mm;
  } units[] = { { "mm", 1 },   { "millimeters", 1 },  { "millimetres", 1 }, { "cm", 10 },      { "centimeters", 10 },
                { "m", 1000 }, { "centimetres", 10 }, { "meters", 1000 },   { "metres", 1000 } };
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    if (sg_span_is_lower(word, units[i].word)) return units[i].mm;
  }
  return 0;
}

/* ---- names ---- */

static const char *const endings[] = { [SAGITTA_WHOLE] = "", [SAGITTA_LOWER] = "_a", [SAGITTA_UPPER] = "_b" };

/* The part after the subject's name: "Anna:LKNE". */
static sg_span own_part(sg_span name) {
  for (const char *at = name.end; at > name.at; at--) {
    if (at[-1] == ':') return (sg_span){ at, name.end };
  }
  return name;
}

/* The number of the marker of that name, or `count`; a full name goes before a part of one. */
static size_t find(const sg_span *names, size_t count, const char *wanted) {
  for (size_t i = 0; i < count; i++) {
    if (sg_span_is(names[i], wanted)) return i;
  }
  for (size_t i = 0; i < count; i++) {
    if (sg_span_is(own_part(names[i]), wanted)) return i;
  }
  return count;
}

/* "C7, L.ASIS, …" for messages. */
static void list_names(char list[LIST_BYTES], const sg_span *names, size_t count) {
  size_t at = 0;
  list[0] = '\0';
  for (size_t i = 0; i < count; i++) {
    char name[NAME_BYTES] = "";
    const size_t length = sg_span_size(names[i]) < sizeof name - 1 ? sg_span_size(names[i]) : sizeof name - 1;
    memcpy(name, names[i].at, length);
    sg_clean_text(name, sizeof name);
    if (at + strlen(name) + 8 > LIST_BYTES) {
      (void)snprintf(list + at, LIST_BYTES - at, ", …");
      return;
    }
    at += (size_t)snprintf(list + at, LIST_BYTES - at, "%s%s", i ? ", " : "", name);
  }
}

static void take(sg_space *space, sagitta_role role, sagitta_strip_end end, size_t marker) {
  space->slot[space->slots++] = (sg_space_slot){ role, end, marker };
}

static bool has(const sg_space *space, sagitta_role role, sagitta_strip_end end) {
  for (size_t i = 0; i < space->slots; i++) {
    if (space->slot[i].role == role && space->slot[i].end == end) return true;
  }
  return false;
}

static sagitta_status take_named(sg_space *space, const sg_span *names, size_t count, const sagitta_trc_name *wanted,
                                 sagitta_error *error) {
  const char *role = sagitta_role_name(wanted->role);
  if (!role || wanted->end < SAGITTA_WHOLE || wanted->end > SAGITTA_UPPER || !wanted->name) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "A marker's name was given for no role that there is.");
  }
  if (has(space, wanted->role, wanted->end)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "Two markers were named for %s%s: name one.", role,
                   endings[wanted->end]);
  }
  const size_t marker = find(names, count, wanted->name);
  if (marker == count) {
    char list[LIST_BYTES];
    list_names(list, names, count);
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "There is no marker \"%.100s\" in it. Its markers are: %s.",
                   wanted->name, list);
  }
  take(space, wanted->role, wanted->end, marker);
  return SAGITTA_OK;
}

/* Markers that bear our names; the two ends of a strip go before one point of it. */
static void take_own(sg_space *space, const sg_span *names, size_t count) {
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    size_t marker[3];
    for (int end = SAGITTA_WHOLE; end <= SAGITTA_UPPER; end++) {
      char name[40];
      (void)snprintf(name, sizeof name, "%s%s", sagitta_role_name((sagitta_role)role), endings[end]);
      marker[end] = find(names, count, name);
    }
    if (marker[SAGITTA_LOWER] < count && marker[SAGITTA_UPPER] < count) {
      take(space, (sagitta_role)role, SAGITTA_LOWER, marker[SAGITTA_LOWER]);
      take(space, (sagitta_role)role, SAGITTA_UPPER, marker[SAGITTA_UPPER]);
    } else if (marker[SAGITTA_WHOLE] < count) {
      take(space, (sagitta_role)role, SAGITTA_WHOLE, marker[SAGITTA_WHOLE]);
    }
  }
}

/* Joints by the names that programs give them. */
static void take_joints(sg_space *space, const sg_span *names, size_t count, sagitta_side side) {
  for (int role = SAGITTA_SHOULDER; role <= SAGITTA_ANKLE; role++) {
    const size_t marker = sg_find_keypoint(names, count, (sagitta_role)role, side);
    if (marker < count) take(space, (sagitta_role)role, SAGITTA_WHOLE, marker);
  }
}

/* A guess of a joint is a point: two of them show no direction of pelvis or ribs. */
static sagitta_status check_points(const sg_space *space, sagitta_error *error) {
  for (size_t i = 0; space->points == SAGITTA_POINTS_KEYPOINTS && i < space->slots; i++) {
    if (space->slot[i].end == SAGITTA_WHOLE && space->slot[i].role <= SAGITTA_ANKLE) continue;
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "%s was named among keypoints, which show shoulder, hip, knee and ankle and nothing else: how far a "
                   "guess of pelvis or ribs turns with them is not known. Leave it out.",
                   sagitta_role_name(space->slot[i].role));
  }
  return SAGITTA_OK;
}

/* A strip has both of its ends, and is then no point. */
static sagitta_status check_strips(const sg_space *space, sagitta_error *error) {
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    const sagitta_role role = (sagitta_role)r;
    const bool lower = has(space, role, SAGITTA_LOWER), upper = has(space, role, SAGITTA_UPPER);
    if (lower != upper) {
      return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                     "A marker was named for %s_%c, but none for %s_%c: a direction needs both ends.",
                     sagitta_role_name(role), lower ? 'a' : 'b', sagitta_role_name(role), lower ? 'b' : 'a');
    }
    if (lower && has(space, role, SAGITTA_WHOLE)) {
      return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                     "Markers were named for %s and for its two ends, %s_a and %s_b: name either.",
                     sagitta_role_name(role), sagitta_role_name(role), sagitta_role_name(role));
    }
  }
  return SAGITTA_OK;
}

sagitta_status sg_space_check_settings(const sagitta_trc_settings *settings, sagitta_error *error) {
  if (SG_SETTINGS_CHECK(settings, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  const bool named = !settings->name_count || settings->names;
  if ((unsigned)settings->points > SAGITTA_POINTS_KEYPOINTS || (unsigned)settings->side > SAGITTA_SIDE_RIGHT ||
      isnan(settings->unit_mm)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "What the points are, their side or their unit is none that there is.");
  }
  if (named && (!settings->up || settings->up == 'y' || settings->up == 'z')) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "Up is 'y' or 'z', or 0 where it is to be found out.");
}

sagitta_status sg_space_declare(sg_space *space, const sagitta_trc_settings *settings, sagitta_error *error) {
  const sagitta_points stated = space->stated.points;
  space->points = settings->points ? settings->points : stated;
  if (!stated || space->points == stated) return SAGITTA_OK;
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                 "The file says that its points are %s, and they were declared to be %s: leave the declaration out.",
                 sagitta_points_name(stated), sagitta_points_name(space->points));
}

/* What a network guessed must not pass for stickers because nobody said so. */
static sagitta_status refuse_undeclared(sagitta_error *error) {
  return sg_fail(
      error, SAGITTA_ERROR_ARGUMENT,
      "Its names are those of keypoints (RHip, RKnee, Neck …), which a network guesses and which are wrong by "
      "centimetres. Say so with --points keypoints, and intervals will be as wide as that asks for; or, if "
      "they are stickers that only bear these names, --points markers.");
}

sagitta_status sg_space_choose(sg_space *space, const sg_span *names, size_t count,
                               const sagitta_trc_settings *settings, sagitta_error *error) {
  if (!space->points && sg_names_are_keypoints(names, count)) return refuse_undeclared(error);
  for (size_t i = 0; i < settings->name_count; i++) {
    const sagitta_status status = take_named(space, names, count, &settings->names[i], error);
    if (status != SAGITTA_OK) return status;
  }
  if (settings->name_count == 0) take_own(space, names, count);
  if (space->slots == 0 && space->points == SAGITTA_POINTS_KEYPOINTS) take_joints(space, names, count, settings->side);
  if (space->slots > 0) {
    const sagitta_status status = check_points(space, error);
    return status == SAGITTA_OK ? check_strips(space, error) : status;
  }
  char list[LIST_BYTES];
  list_names(list, names, count);
  return sg_fail(error, SAGITTA_ERROR_FORMAT,
                 "None of its markers bears a name of ours. Say which is which, as in --map "
                 "hip=NAME,shoulder=NAME,knee=NAME. Its markers are: %s.",
                 list);
}

/* ---- rows ---- */

static bool make_room(sg_space *space) {
  if (space->rows < space->capacity) return true;
  const size_t capacity = space->capacity ? 2 * space->capacity : 256;
  double *time = realloc(space->time, capacity * sizeof *time);
  if (time) space->time = time;
  double(*point)[3] = realloc(space->point, capacity * space->slots * sizeof *point);
  if (point) space->point = point;
  if (time && point) space->capacity = capacity;
  return time && point;
}

sagitta_status sg_space_begin_row(sg_space *space, double (**points)[3], sagitta_error *error) {
  if (space->rows == SG_TRACKS_ROWS_MAX || space->rows * space->slots >= POINTS_MAX) {
    return sg_fail(error, SAGITTA_ERROR_FORMAT, "The file has more than %zu rows: cut it into parts.", space->rows);
  }
  if (!make_room(space)) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to read the tracks.");
  *points = space->point + space->rows * space->slots;
  for (size_t slot = 0; slot < space->slots; slot++) (*points)[slot][0] = (*points)[slot][1] = (*points)[slot][2] = NAN;
  return SAGITTA_OK;
}

/* A coordinate that is missing takes the others with it, and the origin itself stands for a missing marker in files of
 * several makers. */
static void drop_missing(double p[3]) {
  const bool origin = p[0] == 0 && p[1] == 0 && p[2] == 0;
  if (!origin && !isnan(p[0]) && !isnan(p[1]) && !isnan(p[2])) return;
  p[0] = p[1] = p[2] = NAN;
}

void sg_space_end_row(sg_space *space) {
  double(*points)[3] = space->point + space->rows * space->slots;
  for (size_t slot = 0; slot < space->slots; slot++) drop_missing(points[slot]);
  space->rows++;
}

/* ---- a file that does not say how long its units are ---- */

#define PERSON_MM 1000.0 /* that the points of a bend reach over, either way, about */

static size_t point_of(const sg_space *space, sagitta_role role) {
  for (size_t slot = 0; slot < space->slots; slot++) {
    if (space->slot[slot].role == role && space->slot[slot].end == SAGITTA_WHOLE) return slot;
  }
  return SG_SPACE_SLOTS;
}

/* How far the one point is above the other where they are farthest apart along y. 0 where they are never there. */
static double tallest(const sg_space *space, size_t above, size_t below) {
  double most = 0;
  for (size_t row = 0; row < space->rows; row++) {
    const double(*p)[3] = (const double(*)[3])space->point + row * space->slots;
    const double tall = p[above][1] - p[below][1];
    if (fabs(tall) > fabs(most)) most = tall;
  }
  return most;
}

/* Whether y points down, by whoever stands in the picture. */
static bool stands_on_head(const sg_space *space) {
  static const sagitta_role pairs[][2] = { { SAGITTA_SHOULDER, SAGITTA_KNEE },
                                           { SAGITTA_HIP, SAGITTA_KNEE },
                                           { SAGITTA_SHOULDER, SAGITTA_HIP } };
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
    const size_t above = point_of(space, pairs[i][0]), below = point_of(space, pairs[i][1]);
    if (above < SG_SPACE_SLOTS && below < SG_SPACE_SLOTS) return tallest(space, above, below) < 0;
  }
  return false;
}

void sg_space_fit(sg_space *space) {
  const double y = stands_on_head(space) ? -1 : 1;
  double low[2] = { INFINITY, INFINITY }, high[2] = { -INFINITY, -INFINITY };
  const size_t points = space->rows * space->slots;
  for (size_t i = 0; i < points; i++) {
    for (int k = 0; k < 2; k++) {
      if (isnan(space->point[i][k])) continue;
      low[k] = fmin(low[k], space->point[i][k]);
      high[k] = fmax(high[k], space->point[i][k]);
    }
  }
  const double extent = fmax(high[0] - low[0], high[1] - low[1]);
  const double mm = space->unscaled && extent > 0 ? PERSON_MM / extent : 1;
  for (size_t i = 0; i < points; i++) {
    space->point[i][0] *= mm;
    space->point[i][1] *= y * mm;
  }
}

/* ---- files ---- */

/* What sg_tracks_format hands through to its parse. */
typedef struct request {
  sg_space_parser *parse;
  const sagitta_trc_settings *settings;
  sagitta_trc_view *view;
} request;

static sagitta_status parse_text(sagitta_tracks **out, sg_span text, void *how, sagitta_error *error) {
  const request *r = how;
  return r->parse(out, text.at, sg_span_size(text), r->settings, r->view, error);
}

sagitta_status sg_space_read_file(sagitta_tracks **out, const char *path, bool (*begins)(sg_span head),
                                  sg_space_parser *parse, const sagitta_trc_settings *settings, sagitta_trc_view *view,
                                  sagitta_error *error) {
  const sg_tracks_format format = { begins, parse_text };
  request r = { parse, settings, view };
  return sg_tracks_read_file(out, path, &format, &r, error);
}
