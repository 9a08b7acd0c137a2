/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows that an analysis goes by: those of the tracks and, in time that was not filmed, rows of its own in which
 * every marker is lost. So whatever follows has gaps of one kind only. Rows that repeat a picture while the movement
 * goes on are lost likewise. Where a recording was paused and joined there is one lost row, half a step after the last
 * one that was filmed: how much time it stands for is not known.
 */
#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/gaps.h"
#include "base/math.h"
#include "base/stalls.h"
#include "base/translate.h"
#include "body/body.h"
#include "body/joints.h"
#include "body/timeline.h"
#include "tracks/tracks.h"

#define NEIGHBOURS   5    /* steps on either side that say what is usual there */
#define USUAL_MOST_S 0.2  /* a longer step is usual only where it is so all over */
#define HOLE_ROWS    1000 /* at most, in one hole … */
#define HIDES_S      1.0  /* time enough for a repetition, or most of it */
#define SPARE_ROWS   2000 /* … and in all of them two a row of the tracks and so many */

typedef struct layout {
  const sagitta_tracks *tracks;
  const unsigned char *joint; /* of each row: see joints.h */
  size_t rows;
  double usual; /* s, median step */
  size_t most;  /* rows in a hole */
} layout;

static double step_after(const layout *l, size_t row) {
  return sagitta_tracks_time(l->tracks, row + 1) - sagitta_tracks_time(l->tracks, row);
}

/* The usual step around one of them: where the rate changes within the recording, each part has its own. */
static double usual_around(const layout *l, size_t row) {
  double step[2 * NEIGHBOURS + 1];
  size_t n = 0;
  const size_t from = row > NEIGHBOURS ? row - NEIGHBOURS : 0;
  for (size_t i = from; i + 1 < l->rows && i <= row + NEIGHBOURS; i++) step[n++] = step_after(l, i);
  return fmax(l->usual, fmin(USUAL_MOST_S, sg_median(step, n)));
}

/* How many rows are missing after this one; 0 where none is. */
static size_t missing_after(const layout *l, size_t row) {
  const double step = step_after(l, row);
  if (l->joint[row] == SG_JOINT_AFTER || l->joint[row] == SG_KNOCK_AFTER) return 1;
  if (!sg_step_is_hole(step, l->usual)) return 0;
  const double usual = usual_around(l, row);
  if (!sg_step_is_hole(step, usual)) return 0;
  return (size_t)fmin((double)l->most, fmax(1, round(step / usual) - 1));
}

static sg_unseen cause_after(const layout *l, size_t row) {
  return l->joint[row] == SG_JOINT_AFTER ? SG_JOINED : l->joint[row] == SG_KNOCK_AFTER ? SG_KNOCKED : SG_NOT_FILMED;
}

bool sg_unseen_parts(unsigned char cause) {
  return cause == SG_JOINED || cause == SG_KNOCKED;
}

/* Lays out the rows; `s` NULL counts them. */
static size_t lay(const layout *l, sg_signals *s) {
  size_t n = 0;
  for (size_t row = 0; row < l->rows; row++) {
    const double time = sagitta_tracks_time(l->tracks, row);
    if (s) {
      s->time[n] = time;
      s->track_row[n] = row;
      s->unseen[n] = l->joint[row] == SG_JOINT_WITHIN ? SG_JOINED : SG_SEEN;
    }
    n++;
    if (row + 1 == l->rows) break;
    const size_t missing = missing_after(l, row);
    for (size_t k = 1; s && k <= missing; k++) {
      const size_t at = n + k - 1;
      s->time[at] = time + step_after(l, row) * (double)k / (double)(missing + 1);
      s->track_row[at] = SG_NO_ROW;
      s->unseen[at] = (unsigned char)cause_after(l, row);
    }
    n += missing;
  }
  return n;
}

static int find_usual(layout *l) {
  double *step = malloc(l->rows * sizeof *step);
  if (!step) return 0;
  for (size_t i = 0; i + 1 < l->rows; i++) step[i] = step_after(l, i);
  l->usual = sg_median(step, l->rows - 1);
  free(step);
  l->most = HOLE_ROWS;
  size_t holes = 0;
  for (size_t i = 0; i + 1 < l->rows; i++) holes += missing_after(l, i) > 0;
  if (holes) l->most = (size_t)fmin(HOLE_ROWS, fmax(1, (double)(2 * l->rows + SPARE_ROWS) / (double)holes));
  return 1;
}

/* ---- pictures that are repeated ---- */

static bool same_place(const sagitta_sample *a, const sagitta_sample *b) {
  if ((a->state == SAGITTA_SEEN) != (b->state == SAGITTA_SEEN)) return false;
  if (a->state != SAGITTA_SEEN) return true;
  return a->x == b->x && a->y == b->y && (a->axis == b->axis || (isnan(a->axis) && isnan(b->axis)));
}

/* Whether every marker is exactly where it was in the row before, and at least one is there. */
static bool repeats(const sagitta_tracks *tracks, size_t row) {
  bool any = false;
  for (int role = 0; role < SAGITTA_ROLES; role++) {
    const sagitta_sample before = sagitta_tracks_get(tracks, row - 1, (sagitta_role)role);
    const sagitta_sample now = sagitta_tracks_get(tracks, row, (sagitta_role)role);
    if (!same_place(&before, &now)) return false;
    any = any || now.state == SAGITTA_SEEN;
  }
  return any;
}

/* Tracks do not show pictures; places that repeat to the last digit, while the movement goes on, stand for them. */
static int find_repeats(const layout *l, unsigned char *stalled) {
  const size_t n = l->rows;
  double *memory = malloc((2 * SAGITTA_ROLES + 1) * n * sizeof *memory), *time = memory;
  unsigned char *same = calloc(n, 1);
  sg_path path[SAGITTA_ROLES];
  size_t paths = 0;
  int whole = memory && same;
  for (size_t i = 0; whole && i < n; i++) time[i] = sagitta_tracks_time(l->tracks, i);
  for (size_t i = 1; whole && i < n; i++) same[i] = repeats(l->tracks, i);
  for (int role = 0; whole && role < SAGITTA_RULER0; role++) {
    if (!sagitta_tracks_has(l->tracks, (sagitta_role)role)) continue;
    double *x = memory + (2 * paths + 1) * n, *y = x + n;
    for (size_t i = 0; i < n; i++) {
      sagitta_sample sample = sagitta_tracks_get(l->tracks, i, (sagitta_role)role);
      bool seen = sample.state == SAGITTA_SEEN;
      if (seen && sagitta_tracks_has_camera(l->tracks)) {
        const sagitta_camera_pose pose = sagitta_tracks_get_camera(l->tracks, i);
        seen = !isnan(pose.x);
        if (seen) sg_pose_undo(sagitta_tracks_get_info(l->tracks), &pose, &sample);
      }
      x[i] = seen ? sample.x : NAN;
      y[i] = seen ? sample.y : NAN;
    }
    path[paths++] = (sg_path){ x, y };
  }
  whole = whole && sg_find_stalls(time, same, n, path, paths, stalled);
  free(same);
  free(memory);
  return whole;
}

/* What the tracker saw of it stands in the tracks. */
static void take_stated(const layout *l, unsigned char *stalled) {
  size_t count = 0;
  const sagitta_stretch *repeated = sagitta_tracks_repeated(l->tracks, &count);
  for (size_t k = 0; k < count; k++) {
    for (size_t i = 0; i < l->rows; i++) {
      const double time = sagitta_tracks_time(l->tracks, i);
      if (time > repeated[k].from_s && time <= repeated[k].to_s) stalled[i] = 1;
    }
  }
}

int sg_timeline_lay(sg_signals *s, const sagitta_tracks *tracks) {
  layout l = { .tracks = tracks, .rows = sagitta_tracks_rows(tracks) };
  unsigned char *stalled = calloc(l.rows, 1), *joint = calloc(l.rows, 1);
  l.joint = joint;
  int whole = stalled && joint && find_usual(&l) && find_repeats(&l, stalled);
  if (whole) take_stated(&l, stalled);
  whole = whole && sg_find_joints(tracks, stalled, joint);
  if (whole) {
    s->rows = lay(&l, NULL);
    s->rate = 1 / l.usual;
    s->time = malloc(s->rows * sizeof *s->time);
    s->track_row = malloc(s->rows * sizeof *s->track_row);
    s->unseen = malloc(s->rows);
    whole = s->time && s->track_row && s->unseen;
  }
  if (whole) lay(&l, s);
  for (size_t i = 0; whole && i < s->rows; i++) {
    if (s->track_row[i] != SG_NO_ROW && stalled[s->track_row[i]]) s->unseen[i] = SG_REPEATED;
  }
  free(stalled);
  free(joint);
  return whole;
}

/* Whether what is filled in row `row` was filled in across a joint, in one direction. */
static bool filled_across(const sg_signals *s, const sagitta_tracks *tracks, size_t row, sagitta_role role, int step) {
  for (size_t i = row; i < s->rows; i += (size_t)(ptrdiff_t)step) {
    if (sg_unseen_parts(s->unseen[i])) return true;
    if (s->unseen[i] != SG_SEEN) return false;
    if (sagitta_tracks_get(tracks, s->track_row[i], role).state != SAGITTA_FILLED) return false;
  }
  return false;
}

sagitta_sample sg_timeline_sample(const sg_signals *s, const sagitta_tracks *tracks, size_t row, sagitta_role role) {
  const sagitta_sample lost = { SAGITTA_LOST, NAN, NAN, NAN, NAN, NAN, NAN };
  if (s->unseen[row] != SG_SEEN) return lost;
  const sagitta_sample sample = sagitta_tracks_get(tracks, s->track_row[row], role);
  if (sample.state != SAGITTA_FILLED) return sample;
  const bool across = filled_across(s, tracks, row, role, -1) || filled_across(s, tracks, row, role, 1);
  return across ? lost : sample;
}

/* ---- what is told of it ---- */

bool sg_next_unseen(const sg_signals *s, size_t row, sg_unseen_rows *out) {
  while (row < s->rows && s->unseen[row] == SG_SEEN) row++;
  if (row == s->rows) return false;
  size_t last = row;
  while (last + 1 < s->rows && s->unseen[last + 1] == s->unseen[row]) last++;
  const size_t before = row > 0 ? row - 1 : 0, after = last + 1 < s->rows ? last + 1 : last;
  *out = (sg_unseen_rows){ (sg_unseen)s->unseen[row], row, last, s->time[before], s->time[after] };
  return true;
}

bool sg_joined_between(const sg_signals *s, size_t first, size_t last) {
  for (size_t i = first + 1; i < last && i < s->rows; i++) {
    if (s->unseen[i] == SG_JOINED) return true;
  }
  return false;
}

/* As long as they count, s: a pause of unknown length for no less than what hides a repetition. */
static double length_of(const sg_unseen_rows *rows) {
  const double length = rows->to_s - rows->from_s;
  return rows->cause == SG_JOINED ? fmax(length, HIDES_S) : length;
}

/* The longest in rows [first, last]; returns how long all of them are, s. */
static double longest_unseen(const sg_signals *s, size_t first, size_t last, sg_unseen_rows *out) {
  double sum = 0;
  sg_unseen_rows rows;
  for (size_t row = first; sg_next_unseen(s, row, &rows) && rows.first <= last; row = rows.last + 1) {
    const double length = length_of(&rows);
    if (sum == 0 || length > length_of(out)) *out = rows;
    sum += length;
  }
  return sum;
}

bool sg_mostly_unseen(const sg_signals *s, size_t first, size_t last, sg_unseen_rows *out) {
  const double unseen = longest_unseen(s, first, last, out);
  const double from = s->time[first > 0 ? first - 1 : 0], to = s->time[last + 1 < s->rows ? last + 1 : last];
  return unseen > 0 && 2 * unseen >= to - from;
}

sagitta_status sg_refuse_unseen(const sg_signals *s, sagitta_error *error) {
  sg_unseen_rows rows;
  if (s->rows == 0 || longest_unseen(s, 0, s->rows - 1, &rows) == 0 || length_of(&rows) < HIDES_S) return SAGITTA_OK;
  if (rows.cause == SG_JOINED) {
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "No whole repetition was filmed: the recording was paused at %.1f s and joined again. Film again "
                   "without a pause, from rest to rest.",
                   rows.from_s);
  }
  return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                 rows.cause == SG_NOT_FILMED
                     ? SG_TRANSLATABLE("No whole repetition was filmed, and nothing was filmed from %.1f s to %.1f s. "
                                       "Film again without a pause, from rest to rest.")
                     : SG_TRANSLATABLE("No whole repetition was filmed, and the recording stood still from %.1f s to "
                                       "%.1f s. Film again, from rest to rest, with other programs on the recording "
                                       "device closed."),
                 rows.from_s, rows.to_s);
}
