/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The tracks document. A column of whole numbers for every field of every role, each number in units of the last
 * decimal place that the file keeps: so what lies in memory is what stands in the file.
 */
#include "tracks/tracks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "base/translate.h"

#define UNKNOWN     INT32_MIN
#define AXIS_MAX    1e6 /* deg, either sign */
#define OUTSIDE_MAX 4   /* picture sizes: how far from the origin a position, or how large an extent may be */

typedef struct column_set {
  uint8_t *state;                    /* NULL until the role is in sight */
  int32_t *value[SG_SAMPLE_NUMBERS]; /* NULL until a value of this field is known */
  size_t seen;                       /* rows */
} column_set;

struct sagitta_tracks {
  sagitta_tracks_info info;
  sagitta_input_info input;
  size_t rows, capacity;
  int64_t *time;
  column_set role[SAGITTA_ROLES];
  int32_t *camera[SG_POSE_FIELDS]; /* NULL until something is said of the camera */
  sagitta_track_note note[SAGITTA_ROLES];
  sagitta_warning *warnings;
  size_t warning_count, warning_capacity;
  sagitta_stretch repeated[SAGITTA_STRETCHES];
  size_t repeated_count;
};

/* A sample as it lies in memory; UNKNOWN for what is not known. */
typedef struct fixed_sample {
  sagitta_state state;
  int32_t value[SG_SAMPLE_NUMBERS];
} fixed_sample;

/* 10 to so many decimals. */
static const double powers[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6 };

/* ---- the fields of a sample ---- */

static const struct {
  const char *name;
  int decimals;
  size_t offset; /* of the number in sagitta_sample */
} fields[SG_SAMPLE_FIELDS] = {
  [SG_SAMPLE_X] = { "x", SG_TRACKS_PX_DECIMALS, offsetof(sagitta_sample, x) },
  [SG_SAMPLE_Y] = { "y", SG_TRACKS_PX_DECIMALS, offsetof(sagitta_sample, y) },
  [SG_SAMPLE_AXIS] = { "axis", SG_TRACKS_AXIS_DECIMALS, offsetof(sagitta_sample, axis) },
  [SG_SAMPLE_LENGTH] = { "length", SG_TRACKS_PX_DECIMALS, offsetof(sagitta_sample, length) },
  [SG_SAMPLE_SIZE] = { "size", SG_TRACKS_PX_DECIMALS, offsetof(sagitta_sample, size) },
  [SG_SAMPLE_SIGMA] = { "sigma", SG_TRACKS_PX_DECIMALS, offsetof(sagitta_sample, sigma) },
  [SG_SAMPLE_STATE] = { "state", 0, 0 },
};

const char *sg_sample_field_name(sg_sample_field field) {
  return fields[field].name;
}

int sg_sample_decimals(sg_sample_field field) {
  return fields[field].decimals;
}

const char *sg_state_name(sagitta_state state) {
  switch (state) {
    case SAGITTA_LOST:
      return "lost";
    case SAGITTA_SEEN:
      return "seen";
    case SAGITTA_FILLED:
      return "filled";
  }
  return NULL;
}

double sg_sample_value(const sagitta_sample *sample, sg_sample_field field) {
  double value = NAN;
  if (field < SG_SAMPLE_NUMBERS) memcpy(&value, (const char *)sample + fields[field].offset, sizeof value);
  return value;
}

void sg_sample_set_value(sagitta_sample *sample, sg_sample_field field, double value) {
  if (field < SG_SAMPLE_NUMBERS) memcpy((char *)sample + fields[field].offset, &value, sizeof value);
}

sagitta_sample sg_sample_unknown(void) {
  return (sagitta_sample){ SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
}

const char *sg_sample_fault(const sagitta_tracks_info *info, const sagitta_sample *sample, sg_sample_field *field) {
  *field = SG_SAMPLE_STATE;
  if (!sg_state_name(sample->state)) return SG_TRANSLATABLE("is none of seen, filled and lost");
  if (sample->state == SAGITTA_LOST) return NULL;
  const double width = OUTSIDE_MAX * (double)info->width;
  const double height = OUTSIDE_MAX * (double)info->height;
  const double extent = width > height ? width : height;
  const double low[SG_SAMPLE_NUMBERS] = { -width, -height, -AXIS_MAX, 0, 0, 0 };
  const double high[SG_SAMPLE_NUMBERS] = { width, height, AXIS_MAX, extent, extent, extent };
  for (*field = SG_SAMPLE_X; *field < SG_SAMPLE_NUMBERS; (*field)++) {
    const double value = sg_sample_value(sample, *field);
    const int position = *field <= SG_SAMPLE_Y;
    if (isnan(value)) {
      if (position)
        return SG_TRANSLATABLE(
            "is empty although the marker is seen or filled here: give the position, or the state lost");
    } else if (value < low[*field] || value > high[*field]) {
      return position ? SG_TRANSLATABLE("lies farther from the picture than four times its size")
                      : SG_TRANSLATABLE("is larger or smaller than can be");
    }
  }
  return NULL;
}

/* ---- the document ---- */

static int64_t to_fixed(double value, int decimals) {
  const double exact = sg_round(value, decimals) * powers[decimals];
  return (int64_t)(exact + (exact < 0 ? -0.5 : 0.5));
}

static fixed_sample fix_sample(const sagitta_sample *sample) {
  fixed_sample fixed = { .state = sample->state };
  for (sg_sample_field f = SG_SAMPLE_X; f < SG_SAMPLE_NUMBERS; f++) {
    const double value = sg_sample_value(sample, f);
    const int unknown = sample->state == SAGITTA_LOST || isnan(value);
    fixed.value[f] = unknown ? UNKNOWN : (int32_t)to_fixed(value, sg_sample_decimals(f));
  }
  return fixed;
}

static int good_size(const sagitta_tracks_info *info) {
  return info->width >= 1 && info->width <= SAGITTA_PICTURE_MAX && info->height >= 1 &&
         info->height <= SAGITTA_PICTURE_MAX;
}

static sagitta_tracks_info clean_info(const sagitta_tracks_info *info) {
  sagitta_tracks_info clean = *info;
  if (!sagitta_marker_set_name(clean.set)) clean.set = SAGITTA_SET_UNKNOWN;
  if (!sagitta_points_name(clean.points)) clean.points = SAGITTA_POINTS_UNSTATED;
  if (clean.rotation_deg % 90 != 0) clean.rotation_deg = 0;
  clean.rotation_deg = (clean.rotation_deg % 360 + 360) % 360;
  clean.rate = clean.rate > 0 && clean.rate < 1e6 ? sg_round(clean.rate, SG_TRACKS_RATE_DECIMALS) : 0;
  sg_clean_text(clean.program, sizeof clean.program);
  sg_clean_text(clean.source, sizeof clean.source);
  return clean;
}

sagitta_status sagitta_tracks_new(sagitta_tracks **out, const sagitta_tracks_info *info, sagitta_error *error) {
  if (!out) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No place was given for the new tracks.");
  *out = NULL;
  if (!info) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "Tracks need to know the size of their picture.");
  if (SG_SETTINGS_CHECK(info, error) != SAGITTA_OK) return SAGITTA_ERROR_ARGUMENT;
  if (!good_size(info)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "A picture of %d x %d px cannot be: each side is 1 to %d px.",
                   info->width, info->height, SAGITTA_PICTURE_MAX);
  }
  sagitta_tracks *tracks = calloc(1, sizeof *tracks);
  if (!tracks) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for the tracks.");
  tracks->info = clean_info(info);
  for (int r = 0; r < SAGITTA_ROLES; r++) tracks->note[r].separation = NAN;
  sagitta_input_info *input = &tracks->input;
  input->coded_width = input->width = info->width;
  input->coded_height = input->height = info->height;
  input->rotation_deg = tracks->info.rotation_deg;
  input->sample_aspect = 1;
  input->upright[0] = input->upright[4] = 1;
  memcpy(input->source, tracks->info.source, sizeof input->source);
  *out = tracks;
  return SAGITTA_OK;
}

void sagitta_tracks_free(sagitta_tracks **tracks) {
  if (!tracks || !*tracks) return;
  sagitta_tracks *old = *tracks;
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    free(old->role[r].state);
    for (int f = 0; f < SG_SAMPLE_NUMBERS; f++) free(old->role[r].value[f]);
  }
  for (int f = 0; f < SG_POSE_FIELDS; f++) free(old->camera[f]);
  free(old->time);
  free(old->warnings);
  free(old);
  *tracks = NULL;
}

/* Columns that could grow before memory ran short stay larger than `capacity` says, which does no harm. */
static void *widened(void *column, size_t capacity, size_t size, int *done) {
  void *larger = realloc(column, capacity * size);
  if (larger) return larger;
  *done = 0;
  return column;
}

static int make_room(sagitta_tracks *tracks) {
  if (tracks->rows < tracks->capacity) return 1;
  if (tracks->capacity > SIZE_MAX / 32) return 0;
  const size_t capacity = tracks->capacity ? tracks->capacity + tracks->capacity / 2 : 64;
  int done = 1;
  tracks->time = widened(tracks->time, capacity, sizeof *tracks->time, &done);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    column_set *set = &tracks->role[r];
    if (set->state) set->state = widened(set->state, capacity, sizeof *set->state, &done);
    for (int f = 0; f < SG_SAMPLE_NUMBERS; f++) {
      if (set->value[f]) set->value[f] = widened(set->value[f], capacity, sizeof *set->value[f], &done);
    }
  }
  for (int f = 0; f < SG_POSE_FIELDS; f++) {
    if (tracks->camera[f]) tracks->camera[f] = widened(tracks->camera[f], capacity, sizeof **tracks->camera, &done);
  }
  if (done) tracks->capacity = capacity;
  return done;
}

static const sagitta_camera_pose unmoved = { 0, 0, 0, 1 };

static void store_pose(sagitta_tracks *tracks, size_t row, const sagitta_camera_pose *pose) {
  for (int f = 0; f < SG_POSE_FIELDS; f++) {
    const double value = sg_pose_value(pose, (sg_pose_field)f);
    if (!tracks->camera[f]) continue;
    tracks->camera[f][row] = isnan(value) ? UNKNOWN : (int32_t)to_fixed(value, sg_pose_decimals((sg_pose_field)f));
  }
}

/* Make the columns that this sample needs; rows before it are lost and unknown. */
static int make_columns(sagitta_tracks *tracks, column_set *set, const fixed_sample *fixed) {
  if (fixed->state != SAGITTA_LOST && !set->state) {
    set->state = calloc(tracks->capacity, sizeof *set->state);
    if (!set->state) return 0;
  }
  for (int f = 0; f < SG_SAMPLE_NUMBERS; f++) {
    if (fixed->value[f] == UNKNOWN || set->value[f]) continue;
    set->value[f] = malloc(tracks->capacity * sizeof *set->value[f]);
    if (!set->value[f]) return 0;
    for (size_t row = 0; row < tracks->rows; row++) set->value[f][row] = UNKNOWN;
  }
  return 1;
}

static void store(column_set *set, size_t row, const fixed_sample *fixed) {
  if (set->state) set->state[row] = (uint8_t)fixed->state;
  set->seen += fixed->state == SAGITTA_SEEN;
  for (int f = 0; f < SG_SAMPLE_NUMBERS; f++) {
    if (set->value[f]) set->value[f][row] = fixed->value[f];
  }
}

sagitta_status sagitta_tracks_append(sagitta_tracks *tracks, double time_s, const sagitta_sample *samples,
                                     sagitta_error *error) {
  if (!tracks || !samples) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "No tracks or no samples were given.");
  if (!(fabs(time_s) <= SG_TRACKS_TIME_MAX)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "A row's time is no number of seconds that can be.");
  }
  const int64_t time = to_fixed(time_s, SG_TRACKS_TIME_DECIMALS);
  if (tracks->rows && time <= tracks->time[tracks->rows - 1]) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "Times must increase by at least 0.0001 s from row to row.");
  }
  fixed_sample fixed[SAGITTA_ROLES];
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    sg_sample_field field;
    const char *fault = sg_sample_fault(&tracks->info, &samples[r], &field);
    if (fault) {
      return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "%s_%s %s.", sagitta_role_name((sagitta_role)r),
                     sg_sample_field_name(field), fault);
    }
    fixed[r] = fix_sample(&samples[r]);
  }
  int room = make_room(tracks);
  for (int r = 0; room && r < SAGITTA_ROLES; r++) room = make_columns(tracks, &tracks->role[r], &fixed[r]);
  if (!room) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory for another row of tracks.");
  tracks->time[tracks->rows] = time;
  for (int r = 0; r < SAGITTA_ROLES; r++) store(&tracks->role[r], tracks->rows, &fixed[r]);
  store_pose(tracks, tracks->rows, &unmoved);
  tracks->rows++;
  return SAGITTA_OK;
}

static int good_role(sagitta_role role) {
  return (int)role >= 0 && (int)role < SAGITTA_ROLES;
}

sagitta_status sagitta_tracks_set(sagitta_tracks *tracks, size_t row, sagitta_role role, const sagitta_sample *sample) {
  sg_sample_field field;
  if (!tracks || !sample || row >= tracks->rows || !good_role(role)) return SAGITTA_ERROR_ARGUMENT;
  if (sg_sample_fault(&tracks->info, sample, &field)) return SAGITTA_ERROR_ARGUMENT;
  const fixed_sample fixed = fix_sample(sample);
  column_set *set = &tracks->role[role];
  if (!make_columns(tracks, set, &fixed)) return SAGITTA_ERROR_MEMORY;
  if (set->state) set->seen -= set->state[row] == SAGITTA_SEEN;
  store(set, row, &fixed);
  return SAGITTA_OK;
}

sagitta_status sagitta_tracks_set_camera(sagitta_tracks *tracks, size_t row, const sagitta_camera_pose *pose) {
  sg_pose_field field;
  if (!tracks || !pose || row >= tracks->rows) return SAGITTA_ERROR_ARGUMENT;
  if (sg_pose_fault(&tracks->info, pose, &field)) return SAGITTA_ERROR_ARGUMENT;
  for (int f = 0; f < SG_POSE_FIELDS; f++) {
    if (tracks->camera[f]) continue;
    tracks->camera[f] = malloc(tracks->capacity * sizeof **tracks->camera);
    if (!tracks->camera[f]) return SAGITTA_ERROR_MEMORY;
    const double still = sg_pose_value(&unmoved, (sg_pose_field)f);
    for (size_t i = 0; i < tracks->rows; i++) {
      tracks->camera[f][i] = (int32_t)to_fixed(still, sg_pose_decimals((sg_pose_field)f));
    }
  }
  store_pose(tracks, row, pose);
  return SAGITTA_OK;
}

sagitta_camera_pose sagitta_tracks_get_camera(const sagitta_tracks *tracks, size_t row) {
  sagitta_camera_pose pose = unmoved;
  if (!sagitta_tracks_has_camera(tracks) || row >= tracks->rows) return pose;
  for (int f = 0; f < SG_POSE_FIELDS; f++) {
    const int32_t fixed = tracks->camera[f][row];
    sg_pose_set_value(&pose, (sg_pose_field)f,
                      fixed == UNKNOWN ? (double)NAN : (double)fixed / powers[sg_pose_decimals((sg_pose_field)f)]);
  }
  return pose;
}

/* The last column that is made stands for all four: memory may have run short before it. */
bool sagitta_tracks_has_camera(const sagitta_tracks *tracks) {
  return tracks && tracks->camera[SG_POSE_FIELDS - 1];
}

const sagitta_tracks_info *sagitta_tracks_get_info(const sagitta_tracks *tracks) {
  return tracks ? &tracks->info : NULL;
}

void sagitta_tracks_set_info(sagitta_tracks *tracks, const sagitta_tracks_info *info) {
  if (!tracks || !info) return;
  const int width = tracks->info.width, height = tracks->info.height;
  const int keep = tracks->rows > 0 || !good_size(info);
  tracks->info = clean_info(info);
  if (keep) {
    tracks->info.width = width;
    tracks->info.height = height;
  }
}

size_t sagitta_tracks_rows(const sagitta_tracks *tracks) {
  return tracks ? tracks->rows : 0;
}

double sagitta_tracks_time(const sagitta_tracks *tracks, size_t row) {
  return tracks && row < tracks->rows ? (double)tracks->time[row] / powers[SG_TRACKS_TIME_DECIMALS] : NAN;
}

bool sagitta_tracks_has(const sagitta_tracks *tracks, sagitta_role role) {
  return tracks && good_role(role) && tracks->role[role].seen > 0;
}

sagitta_sample sagitta_tracks_get(const sagitta_tracks *tracks, size_t row, sagitta_role role) {
  sagitta_sample sample = sg_sample_unknown();
  if (!sagitta_tracks_has(tracks, role) || row >= tracks->rows) return sample;
  const column_set *set = &tracks->role[role];
  sample.state = (sagitta_state)set->state[row];
  for (sg_sample_field f = SG_SAMPLE_X; f < SG_SAMPLE_NUMBERS; f++) {
    if (!set->value[f] || set->value[f][row] == UNKNOWN) continue;
    sg_sample_set_value(&sample, f, (double)set->value[f][row] / powers[sg_sample_decimals(f)]);
  }
  return sample;
}

sagitta_sample sg_tracks_get_unmoved(const sagitta_tracks *tracks, size_t row, sagitta_role role) {
  sagitta_sample sample = sagitta_tracks_get(tracks, row, role);
  if (!sagitta_tracks_has_camera(tracks) || sample.state == SAGITTA_LOST) return sample;
  const sagitta_camera_pose pose = sagitta_tracks_get_camera(tracks, row);
  if (isnan(pose.x) || sample.state == SAGITTA_FILLED) return sg_sample_unknown();
  sg_pose_undo(sagitta_tracks_get_info(tracks), &pose, &sample);
  return sample;
}

bool sg_tracks_knows(const sagitta_tracks *tracks, sagitta_role role, sg_sample_field field) {
  const int32_t *value = tracks->role[role].value[field];
  for (size_t row = 0; value && row < tracks->rows; row++) {
    if (value[row] != UNKNOWN) return true;
  }
  return false;
}

sagitta_track_note sagitta_tracks_note(const sagitta_tracks *tracks, sagitta_role role) {
  if (tracks && good_role(role)) return tracks->note[role];
  return (sagitta_track_note){ .separation = (double)NAN };
}

void sagitta_tracks_set_note(sagitta_tracks *tracks, sagitta_role role, sagitta_track_note note) {
  if (tracks && good_role(role)) tracks->note[role] = note;
}

const sagitta_input_info *sagitta_tracks_input(const sagitta_tracks *tracks) {
  return tracks ? &tracks->input : NULL;
}

void sagitta_tracks_set_input(sagitta_tracks *tracks, const sagitta_input_info *input) {
  if (!tracks || !input) return;
  tracks->input = *input;
  sg_clean_text(tracks->input.source, sizeof tracks->input.source);
  sg_clean_text(tracks->input.codec, sizeof tracks->input.codec);
  sg_clean_text(tracks->input.pixel_format, sizeof tracks->input.pixel_format);
}

const sagitta_warning *sagitta_tracks_warnings(const sagitta_tracks *tracks, size_t *count) {
  if (count) *count = tracks ? tracks->warning_count : 0;
  return tracks ? tracks->warnings : NULL;
}

sagitta_status sagitta_tracks_add_warning(sagitta_tracks *tracks, const sagitta_warning *warning) {
  if (!tracks || !warning) return SAGITTA_ERROR_ARGUMENT;
  void *items = tracks->warnings;
  if (!sg_reserve(&items, &tracks->warning_capacity, tracks->warning_count + 1, sizeof *warning)) {
    return SAGITTA_ERROR_MEMORY;
  }
  tracks->warnings = items;
  tracks->warnings[tracks->warning_count++] = *warning;
  return SAGITTA_OK;
}

sagitta_warning sg_tracks_colours_changed(const char *language, double at_s) {
  const double at = sg_round(at_s, SG_TRACKS_TIME_DECIMALS);
  return sg_warning(language, SAGITTA_WARNING_COLOURS_CHANGED, -1, at, at,
                    "The picture's colours changed at %.1f s, so much that the markers could not be followed: lock the "
                    "camera's white balance, leave the lamps as they are, and film again.",
                    at);
}

const sagitta_stretch *sagitta_tracks_repeated(const sagitta_tracks *tracks, size_t *count) {
  if (count) *count = tracks ? tracks->repeated_count : 0;
  return tracks ? tracks->repeated : NULL;
}

sagitta_status sagitta_tracks_add_repeated(sagitta_tracks *tracks, sagitta_stretch stretch) {
  if (!tracks || tracks->repeated_count == SAGITTA_STRETCHES) return SAGITTA_ERROR_ARGUMENT;
  if (!(fabs(stretch.from_s) <= SG_TRACKS_TIME_MAX && fabs(stretch.to_s) <= SG_TRACKS_TIME_MAX)) {
    return SAGITTA_ERROR_ARGUMENT;
  }
  const size_t n = tracks->repeated_count;
  const sagitta_stretch rounded = { sg_round(stretch.from_s, SG_TRACKS_TIME_DECIMALS),
                                    sg_round(stretch.to_s, SG_TRACKS_TIME_DECIMALS) };
  if (rounded.to_s <= rounded.from_s || (n > 0 && rounded.from_s < tracks->repeated[n - 1].to_s)) {
    return SAGITTA_ERROR_ARGUMENT;
  }
  tracks->repeated[tracks->repeated_count++] = rounded;
  return SAGITTA_OK;
}
