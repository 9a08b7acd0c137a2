/* SPDX-License-Identifier: Apache-2.0 */
/* Tracks made ready for angles: gaps bridged on a copy, resampled to an even grid, smoothed, and the noise that is
 * left. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "base/gaps.h"
#include "base/translate.h"
#include "body/body.h"
#include "body/timeline.h"

#define EVEN_JITTER  0.05 /* of an interval: stamps that far from even still count as even */
#define BREAK_S      0.5  /* stamps further apart than this are no neighbours … */
#define BREAK_FRAMES 5.0  /* … nor than so many intervals */
#define JUMP_DEG     45.0 /* no strip turns by more from one picture to the next */

void sg_signals_free(sg_signals *signals) {
  if (!signals) return;
  free(signals->time);
  free(signals->track_row);
  free(signals->unseen);
  free(signals->pose);
  free(signals->pose_lost);
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    for (int c = 0; c < SG_CHANNELS; c++) free(signals->value[role][c]);
    free(signals->length[role]);
  }
  free(signals);
}

bool sg_signals_known(const sg_signals *signals, sagitta_role role, size_t row) {
  const double *x = signals->value[role][SG_CHANNEL_X];
  return x && !isnan(x[row]);
}

sagitta_role sg_signals_pelvis(const sg_signals *signals) {
  return signals->set == SAGITTA_SET_STRIP ? SAGITTA_HIP : SAGITTA_PELVIS;
}

static double *new_values(size_t n) {
  double *v = malloc(n * sizeof *v);
  for (size_t i = 0; v && i < n; i++) v[i] = NAN;
  return v;
}

/* Whether the role is a strip: its direction is known most of the time that it is in sight. */
static bool has_axis(const sagitta_tracks *tracks, sagitta_role role) {
  size_t known = 0, there = 0;
  for (size_t i = 0; i < sagitta_tracks_rows(tracks); i++) {
    const sagitta_sample s = sagitta_tracks_get(tracks, i, role);
    there += s.state != SAGITTA_LOST;
    known += s.state != SAGITTA_LOST && !isnan(s.axis) && (role != SAGITTA_HIP || s.length > 0);
  }
  return known > 1 && known * 2 > there;
}

static double typical_length(const sagitta_tracks *tracks, sagitta_role role, double *scratch) {
  size_t n = 0;
  for (size_t i = 0; i < sagitta_tracks_rows(tracks); i++) {
    const sagitta_sample s = sagitta_tracks_get(tracks, i, role);
    if (s.state != SAGITTA_LOST && s.length > 0) scratch[n++] = s.length;
  }
  return n ? sg_median(scratch, n) : NAN;
}

/* A strip where it was last seen. */
typedef struct {
  double time;        /* s */
  double axis, trunk; /* deg; NAN = unknown */
} axis_seen;

static double same_branch(double axis, double last) {
  return axis - 180 * round((axis - last) / 180);
}

/* Roughly up the trunk from a strip: towards the shoulder, or away from the ankle or the knee; px. False where none of
 * them is known. */
static bool up_trunk(const sagitta_tracks *tracks, size_t row, const sagitta_sample *strip, double up[2]) {
  static const sagitta_role ends[] = { SAGITTA_SHOULDER, SAGITTA_ANKLE, SAGITTA_KNEE };
  for (size_t k = 0; k < sizeof ends / sizeof *ends; k++) {
    const sagitta_sample end = sagitta_tracks_get(tracks, row, ends[k]);
    if (end.state == SAGITTA_LOST || isnan(end.x) || isnan(end.y)) continue;
    const double sign = ends[k] == SAGITTA_SHOULDER ? 1 : -1;
    up[0] = sign * (end.x - strip->x);
    up[1] = sign * (end.y - strip->y);
    return true;
  }
  return false;
}

/* Where the line from a strip to the shoulder points, deg clockwise from straight up; NAN = unknown. */
static double trunk_direction(const sagitta_tracks *tracks, size_t row, const sagitta_sample *strip) {
  const sagitta_sample shoulder = sagitta_tracks_get(tracks, row, SAGITTA_SHOULDER);
  if (shoulder.state == SAGITTA_LOST || isnan(shoulder.x) || isnan(shoulder.y)) return NAN;
  return atan2(shoulder.x - strip->x, strip->y - shoulder.y) * SG_DEGREES;
}

/* A strip's axis, of which only the line is known, on the branch that goes on from where it was last seen, and that is
 * where it is seen now. What was out of sight for longer, or jumps, may have turned far: then about as far as the trunk
 * did. */
static double follow_axis(axis_seen *last, double time, double axis, double trunk) {
  double expected = last->axis;
  const bool jumps = fabs(same_branch(axis, expected) - expected) > JUMP_DEG;
  if ((jumps || time - last->time > SG_GAP_FILL_S) && !isnan(trunk) && !isnan(last->trunk)) {
    expected += remainder(trunk - last->trunk, 360);
  }
  *last = (axis_seen){ time, isnan(expected) ? axis : same_branch(axis, expected), trunk };
  return last->axis;
}

/* By how much a strip's axis is to be turned to point along the trunk: tracks have it from the end that is lower in the
 * picture, which of somebody who lies may be either. */
static double along_trunk(const sagitta_tracks *tracks, sagitta_role role) {
  axis_seen seen = { NAN, NAN, NAN };
  double first = NAN, sum = 0;
  for (size_t i = 0; i < sagitta_tracks_rows(tracks); i++) {
    const sagitta_sample strip = sagitta_tracks_get(tracks, i, role);
    double up[2];
    if (strip.state == SAGITTA_LOST || isnan(strip.axis) || isnan(strip.x) || isnan(strip.y)) continue;
    const double last =
        follow_axis(&seen, sagitta_tracks_time(tracks, i), strip.axis, trunk_direction(tracks, i, &strip));
    if (isnan(first)) first = last;
    if (!up_trunk(tracks, i, &strip, up)) continue;
    sum += (sin(last * SG_RADIANS) * up[0] - cos(last * SG_RADIANS) * up[1]) / fmax(hypot(up[0], up[1]), 1);
  }
  return sum >= 0 ? 0 : first > 0 ? -180 : 180;
}

/* The copy of one role, before any smoothing. A strip's axis is kept on one branch, that which the body
 * asks for. */
static void copy_role(sg_signals *s, const sagitta_tracks *tracks, sagitta_role role, bool lower_end, double length) {
  const double turned = lower_end ? along_trunk(tracks, role) : 0;
  axis_seen last = { NAN, NAN, NAN };
  for (size_t i = 0; i < s->rows; i++) {
    const sagitta_sample seen = sg_timeline_sample(s, tracks, i, role);
    sagitta_sample m = seen;
    if (m.state == SAGITTA_LOST || isnan(m.x) || isnan(m.y) || !sg_undo_camera(s, i, &m)) continue;
    if (sg_marker_is_off(s, role, i)) continue;
    double axis = m.axis;
    if (s->value[role][SG_CHANNEL_AXIS] && !isnan(axis)) {
      const double trunk = trunk_direction(tracks, s->track_row[i], &seen);
      axis = follow_axis(&last, s->time[i], isnan(last.axis) ? axis + turned : axis, trunk);
      s->value[role][SG_CHANNEL_AXIS][i] = axis;
    }
    double place[2] = { m.x, m.y };
    if (lower_end) {
      if (isnan(axis)) continue;
      const double half = 0.5 * (m.length > 0 ? m.length : length);
      place[0] -= half * sin(axis * SG_RADIANS);
      place[1] += half * cos(axis * SG_RADIANS);
    }
    if (s->length[role] && m.state == SAGITTA_SEEN && m.length > 0 && !isnan(axis)) {
      s->length[role][i] = sg_view_length(&s->view, m.x, m.y, axis, m.length);
    }
    if (!s->view.plain) {
      if (s->value[role][SG_CHANNEL_AXIS] && !isnan(axis)) {
        s->value[role][SG_CHANNEL_AXIS][i] = sg_view_axis(&s->view, m.x, m.y, axis, m.length > 0 ? m.length : length);
      }
      if (!sg_view_point(&s->view, place[0], place[1], place)) continue;
    }
    s->value[role][SG_CHANNEL_X][i] = place[0];
    s->value[role][SG_CHANNEL_Y][i] = place[1];
  }
}

/* The next row at or after `row` that parts what is before it from what is after it; rows where there is none. */
static size_t next_joint(const sg_signals *s, size_t row) {
  while (row < s->rows && !sg_unseen_parts(s->unseen[row])) row++;
  return row;
}

/* Gaps within the parts of a recording are filled, none across their ends. Negative when memory is short. */
static int fill_parts(const sg_signals *s, double *value, unsigned char *known) {
  for (size_t from = 0, to; from < s->rows; from = to + 1) {
    to = next_joint(s, from);
    if (sg_fill_gaps(s->time + from, value + from, known + from, to - from) < 0) return -1;
  }
  return 0;
}

/* 0 when memory is short. Two channels that belong together are filled together or not at all. */
static int fill(const sg_signals *s, double *a, double *b, double *scratch) {
  int done = 0;
  unsigned char *known = malloc(2 * s->rows);
  double *other = b ? scratch : NULL;
  if (!known) return 0;
  for (size_t i = 0; i < s->rows; i++) {
    known[i] = (unsigned char)(isnan(a[i]) ? SG_GAP_LOST : SG_GAP_SEEN);
    known[s->rows + i] = known[i];
  }
  double *filled = scratch + s->rows;
  memcpy(filled, a, s->rows * sizeof *a);
  if (fill_parts(s, filled, known) < 0) goto end;
  if (other) {
    memcpy(other, b, s->rows * sizeof *b);
    if (fill_parts(s, other, known + s->rows) < 0) goto end;
  }
  for (size_t i = 0; i < s->rows; i++) {
    if (!known[i] || (other && !known[s->rows + i])) continue;
    a[i] = filled[i];
    if (other) b[i] = other[i];
  }
  done = 1;
end:
  free(known);
  return done;
}

/* The end (one past) of the run of known, neighbouring rows that begins at `from`. */
static size_t run_end(const sg_signals *s, const double *v, size_t from) {
  const double apart = fmax(BREAK_S, BREAK_FRAMES / s->rate);
  size_t i = from + 1;
  while (i < s->rows && !isnan(v[i]) && s->time[i] - s->time[i - 1] <= apart) i++;
  return i;
}

typedef struct {
  double *value;
  size_t n;
  double rate;
} even_run;

/* rows [from, to) on an even grid; value NULL when memory is short. */
static even_run to_even(const sg_signals *s, const double *v, size_t from, size_t to) {
  const double length = s->time[to - 1] - s->time[from];
  const size_t steps = s->uneven ? (size_t)fmax(1, round(length * s->rate)) : to - from - 1;
  even_run run = { malloc((steps + 1) * sizeof *run.value), steps + 1, (double)steps / length };
  if (!run.value) return run;
  if (!s->uneven) {
    memcpy(run.value, v + from, run.n * sizeof *v);
    return run;
  }
  size_t i = from;
  for (size_t k = 0; k < run.n; k++) {
    const double at = k == steps ? s->time[to - 1] : s->time[from] + length * (double)k / (double)steps;
    while (i + 2 < to && s->time[i + 1] < at) i++;
    run.value[k] = sg_pchip(s->time + from, v + from, to - from, i - from, at);
  }
  return run;
}

static void from_even(const sg_signals *s, double *v, size_t from, size_t to, const even_run *run, double *grid) {
  if (!s->uneven) {
    memcpy(v + from, run->value, run->n * sizeof *v);
    return;
  }
  for (size_t k = 0; k < run->n; k++) grid[k] = s->time[from] + (double)k / run->rate;
  size_t i = 0;
  for (size_t row = from; row < to; row++) {
    while (i + 2 < run->n && grid[i + 1] < s->time[row]) i++;
    v[row] = sg_pchip(grid, run->value, run->n, i, fmin(s->time[row], grid[run->n - 1]));
  }
}

/* 0 when memory is short. */
static int smooth(const sg_signals *s, double *v) {
  for (size_t from = 0; from < s->rows;) {
    if (isnan(v[from])) {
      from++;
      continue;
    }
    const size_t to = run_end(s, v, from);
    if (to - from >= 4) {
      even_run run = to_even(s, v, from, to);
      double *grid = malloc(run.n * sizeof *grid);
      const int whole = run.value && grid && sg_low_pass(run.value, run.n, run.rate, s->cutoff);
      if (whole) from_even(s, v, from, to, &run, grid);
      free(grid);
      free(run.value);
      if (!whole) return 0;
    }
    from = to;
  }
  return 1;
}

/* The highest cut-off that any moving channel asks for; negative when memory is short. */
static double choose_cutoff(const sg_signals *s) {
  double most = 0;
  for (int role = 0; role < SAGITTA_RULER0; role++) {
    for (int c = 0; c < SG_CHANNELS; c++) {
      const double *v = s->value[role][c];
      size_t best = 0, best_end = 0;
      for (size_t from = 0; v && from < s->rows;) {
        const size_t to = isnan(v[from]) ? from + 1 : run_end(s, v, from);
        if (!isnan(v[from]) && to - from > best_end - best) {
          best = from;
          best_end = to;
        }
        from = to;
      }
      if (best_end - best < 8) continue;
      even_run run = to_even(s, v, best, best_end);
      const double cutoff = run.value ? sg_residual_cutoff(run.value, run.n, run.rate) : -1;
      free(run.value);
      if (cutoff < 0) return -1;
      most = fmax(most, cutoff);
    }
  }
  return most > 0 ? most : fmin(SG_CUTOFF_FLOOR, SG_CUTOFF_SHARE * s->rate);
}

static void find_uneven(sg_signals *s) {
  const double interval = 1 / s->rate;
  for (size_t i = 1; i < s->rows; i++) {
    if (sg_unseen_parts(s->unseen[i]) || sg_unseen_parts(s->unseen[i - 1])) continue; /* no run of rows has them */
    const double jitter = fabs(s->time[i] - s->time[i - 1] - interval);
    s->uneven = s->uneven || jitter > EVEN_JITTER * interval + 1.5e-4;
  }
}

static void find_noise(sg_signals *s, const sagitta_tracks *tracks) {
  const double kept = sqrt(fmin(1.0, 2 * s->cutoff / s->rate)); /* of white noise, after the low pass */
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    double sigma = 0, length = 0, count = 0, counted = 0;
    for (size_t i = 0; i < s->rows; i++) {
      const sagitta_sample m = sg_timeline_sample(s, tracks, i, (sagitta_role)role);
      if (m.state != SAGITTA_SEEN) continue;
      if (m.sigma > 0) {
        sigma += m.sigma;
        count += 1;
      }
      if (m.length > 0) {
        length += m.length;
        counted += 1;
      }
    }
    const double one = count > 0 ? sigma / count : sg_priors[SG_PIXEL].spread;
    const double left = hypot(one * kept, sg_priors[SG_CODEC].spread);
    s->sigma[role] = left;
    /* A line through points of equal noise: its direction is sqrt(12)/length times as uncertain as its centre. */
    s->axis_sigma[role] = counted > 0 ? sqrt(12.0) * left / (length / counted) / SG_RADIANS : 0.3 * kept;
  }
}

static sagitta_marker_set recognise(const sg_signals *s) {
  if (s->value[SAGITTA_PELVIS][SG_CHANNEL_AXIS] && s->value[SAGITTA_RIBS][SG_CHANNEL_AXIS]) return SAGITTA_SET_CLINIC;
  if (s->value[SAGITTA_HIP][SG_CHANNEL_AXIS]) return SAGITTA_SET_STRIP;
  return SAGITTA_SET_DISCS;
}

static int load(sg_signals *s, const sagitta_tracks *tracks, double *scratch) {
  const bool clinic = has_axis(tracks, SAGITTA_PELVIS) && has_axis(tracks, SAGITTA_RIBS);
  for (int k = 0; k < SAGITTA_ROLES; k++) {
    const sagitta_role role = (sagitta_role)k;
    if (!sagitta_tracks_has(tracks, role)) continue;
    const bool strip = role == SAGITTA_PELVIS || role == SAGITTA_RIBS || (role == SAGITTA_HIP && !clinic);
    const int channels = strip && has_axis(tracks, role) ? SG_CHANNELS : SG_CHANNEL_AXIS;
    for (int c = 0; c < channels; c++) {
      if (!(s->value[k][c] = new_values(s->rows))) return 0;
    }
    if (channels == SG_CHANNELS && !(s->length[k] = new_values(s->rows))) return 0;
    const bool lower_end = role == SAGITTA_HIP && channels == SG_CHANNELS;
    copy_role(s, tracks, role, lower_end, channels == SG_CHANNELS ? typical_length(tracks, role, scratch) : NAN);
    if (!fill(s, s->value[k][SG_CHANNEL_X], s->value[k][SG_CHANNEL_Y], scratch)) return 0;
    if (channels == SG_CHANNELS && !fill(s, s->value[k][SG_CHANNEL_AXIS], NULL, scratch)) return 0;
  }
  return 1;
}

sagitta_status sg_signals_new(sg_signals **out, const sagitta_tracks *tracks, const sagitta_camera *camera,
                              sagitta_error *error) {
  sagitta_status status = SAGITTA_ERROR_MEMORY;
  *out = NULL;
  const size_t rows = sagitta_tracks_rows(tracks);
  if (rows < 2) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   rows ? SG_TRANSLATABLE("There is only one frame: a movement cannot be measured from that. Record "
                                          "the whole bend, from standing to standing.")
                        : SG_TRANSLATABLE("There are no frames: a movement cannot be measured from that. Record the "
                                          "whole bend, from standing to standing."));
  }
  sg_signals *s = calloc(1, sizeof *s);
  double *scratch = NULL;
  if (!s || !sg_timeline_lay(s, tracks) || !(scratch = malloc(2 * s->rows * sizeof *scratch))) goto fail;
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  if ((status = sg_view_set(&s->view, camera, info->width, info->height, error))) goto fail;
  status = SAGITTA_ERROR_MEMORY;
  find_uneven(s);
  if (!sg_find_camera(s, tracks) || !sg_find_marker_faults(s, tracks)) goto fail;
  if (!load(s, tracks, scratch)) goto fail;
  s->points = info->points;
  s->set = recognise(s);
  s->cutoff = choose_cutoff(s);
  if (s->cutoff < 0) goto fail;
  s->cutoff = sg_round(s->cutoff, 2);
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    for (int c = 0; c < SG_CHANNELS; c++) {
      if (s->value[role][c] && !smooth(s, s->value[role][c])) goto fail;
    }
  }
  find_noise(s, tracks);
  free(scratch);
  *out = s;
  return SAGITTA_OK;
fail:
  free(scratch);
  sg_signals_free(s);
  if (status != SAGITTA_ERROR_MEMORY) return status;
  return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to analyse %zu frames. Cut the recording shorter.",
                 rows);
}
