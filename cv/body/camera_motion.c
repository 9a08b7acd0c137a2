/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A camera that moved during the recording: how it stood in every row, from the tracks' own columns or, where they have
 * none, from the ruler's two marks, which stand still in the world; markers brought back to where the camera of the
 * first row would have seen them; and when it moved, by how much.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "body/body.h"
#include "body/timeline.h"
#include "tracks/tracks.h"

#define SEEN_LEAST    0.5  /* of the rows, that both marks are seen in */
#define START_ROWS    15   /* that the marks' first places are the medians of */
#define SMOOTH_ROWS   4    /* to either side, of the running median of what the marks tell */
#define SETTLED_S     0.4  /* s without motion: the camera stands again */
#define SETTLED_SHARE 0.15 /* of what counts as moved: within this it stands */
#define SETTLED_MOVED 0.3  /* … and before it is lost, within this */
#define BEGINS_SHARE  0.06 /* … and beyond this it has set off */
#define SETTLED_MOST  0.05 /* … or within this part of how far it went */
#define GAP_S         0.5  /* s: a stretch without a pose that is longer is no gap of the markers */

static bool known(const sagitta_camera_pose *pose) {
  return !isnan(pose->x);
}

/* ---- from the ruler's marks ---- */

typedef struct marks {
  bool seen;
  double x[2], y[2], sigma;
} marks;

static marks marks_in(const sg_signals *signals, const sagitta_tracks *tracks, size_t row) {
  marks m = { .seen = true };
  for (int k = 0; k < 2; k++) {
    const sagitta_sample s = sg_timeline_sample(signals, tracks, row, k ? SAGITTA_RULER1 : SAGITTA_RULER0);
    m.seen = m.seen && s.state == SAGITTA_SEEN;
    m.x[k] = s.x;
    m.y[k] = s.y;
    m.sigma = fmax(m.sigma, isnan(s.sigma) ? sg_priors[SG_PIXEL].spread : s.sigma);
  }
  return m;
}

/* The similarity that brings the marks from where they were to where they are. */
static sagitta_camera_pose pose_by(const marks *was, const marks *is, const sg_signals *s) {
  const double ux = was->x[1] - was->x[0], uy = was->y[1] - was->y[0], square = ux * ux + uy * uy;
  const double vx = is->x[1] - is->x[0], vy = is->y[1] - is->y[0];
  const double a = (ux * vx + uy * vy) / square, b = (ux * vy - uy * vx) / square;
  const double u = 0.5 * (was->x[0] + was->x[1]) - 0.5 * s->width, v = 0.5 * (was->y[0] + was->y[1]) - 0.5 * s->height;
  return (sagitta_camera_pose){ 0.5 * (is->x[0] + is->x[1]) - 0.5 * s->width - a * u + b * v,
                                0.5 * (is->y[0] + is->y[1]) - 0.5 * s->height - b * u - a * v, atan2(b, a) / SG_RADIANS,
                                hypot(a, b) };
}

/* Medians of the first rows in which both are seen. */
static bool first_marks(const sg_signals *s, const sagitta_tracks *tracks, marks *first) {
  double value[4][START_ROWS];
  size_t n = 0;
  *first = (marks){ .seen = true };
  for (size_t i = 0; i < s->rows && n < START_ROWS; i++) {
    const marks m = marks_in(s, tracks, i);
    if (!m.seen) continue;
    for (int k = 0; k < 2; k++) {
      value[k][n] = m.x[k];
      value[2 + k][n] = m.y[k];
    }
    first->sigma = fmax(first->sigma, m.sigma);
    n++;
  }
  if (n == 0) return false;
  for (int k = 0; k < 2; k++) {
    first->x[k] = sg_median(value[k], n);
    first->y[k] = sg_median(value[2 + k], n);
  }
  return hypot(first->x[1] - first->x[0], first->y[1] - first->y[0]) > 1;
}

/* The running median of one number of the poses. */
static void smooth(sagitta_camera_pose *pose, const sagitta_camera_pose *raw, size_t rows) {
  for (size_t i = 0; i < rows; i++) {
    double value[4][2 * SMOOTH_ROWS + 1];
    size_t n = 0;
    if (!known(&raw[i])) continue;
    for (size_t k = i > SMOOTH_ROWS ? i - SMOOTH_ROWS : 0; k < rows && k <= i + SMOOTH_ROWS; k++) {
      if (!known(&raw[k])) continue;
      value[0][n] = raw[k].x;
      value[1][n] = raw[k].y;
      value[2][n] = raw[k].roll;
      value[3][n++] = raw[k].scale;
    }
    pose[i] = (sagitta_camera_pose){ sg_median(value[0], n), sg_median(value[1], n), sg_median(value[2], n),
                                     sg_median(value[3], n) };
  }
}

/* Whether the ankle, which stands on the floor, stays more nearly in its place when the marks are believed: else it was
 * the ruler that moved. */
static bool ankle_agrees(const sg_signals *s, const sagitta_tracks *tracks, const sagitta_camera_pose *pose,
                         double limit) {
  const sagitta_camera_pose still = { 0, 0, 0, 1 };
  double first[2] = { NAN, NAN }, raw = 0, set_right = 0;
  for (size_t i = 0; i < s->rows; i++) {
    sagitta_sample ankle = sg_timeline_sample(s, tracks, i, SAGITTA_ANKLE);
    if (ankle.state != SAGITTA_SEEN || !known(&pose[i])) continue;
    if (isnan(first[0])) {
      first[0] = ankle.x;
      first[1] = ankle.y;
    }
    if (sg_poses_apart(s, &pose[i], &still) <= limit) continue;
    raw += hypot(ankle.x - first[0], ankle.y - first[1]);
    sg_pose_undo(sagitta_tracks_get_info(tracks), &pose[i], &ankle);
    set_right += hypot(ankle.x - first[0], ankle.y - first[1]);
  }
  return set_right <= raw;
}

/* Fill `pose`, where the marks moved as if it was the camera. 0 when memory is short. */
static int by_marks(sg_signals *s, const sagitta_tracks *tracks, sagitta_camera_pose *pose, bool *moved) {
  const sagitta_camera_pose still = { 0, 0, 0, 1 };
  marks first;
  *moved = false;
  if (!first_marks(s, tracks, &first)) return 1;
  sagitta_camera_pose *raw = malloc(s->rows * sizeof *raw);
  if (!raw) return 0;
  size_t seen = 0;
  for (size_t i = 0; i < s->rows; i++) {
    const marks m = marks_in(s, tracks, i);
    raw[i] = pose[i] = (sagitta_camera_pose){ NAN, NAN, NAN, NAN };
    if (!m.seen) continue;
    raw[i] = pose_by(&first, &m, s);
    seen++;
  }
  smooth(pose, raw, s->rows);
  const double length = hypot(first.x[1] - first.x[0], first.y[1] - first.y[0]);
  s->pose_noise = first.sigma * (1 + 1.5 * hypot(s->width, s->height) / 2 / length);
  const double limit = sg_camera_limit(s);
  size_t off = 0;
  for (size_t i = 0; i < s->rows; i++) off += known(&pose[i]) && sg_poses_apart(s, &pose[i], &still) > limit;
  *moved = (double)seen > SEEN_LEAST * (double)s->rows && (double)off > 0.15 * s->rate &&
           ankle_agrees(s, tracks, pose, limit);
  free(raw);
  return 1;
}

/* Rows without a pose, between alike ones, have it too; where the columns know better, the camera was elsewhere
 * meanwhile, and is lost. So are longer stretches. */
static void bridge(sg_signals *s, bool columns) {
  for (size_t i = 0; i < s->rows; i++) {
    if (known(&s->pose[i])) continue;
    const size_t first = i;
    bool left_out = columns && s->track_row[i] != SG_NO_ROW;
    while (i + 1 < s->rows && !known(&s->pose[i + 1])) {
      i++;
      left_out = left_out || (columns && s->track_row[i] != SG_NO_ROW);
    }
    const sagitta_camera_pose *before = first > 0 ? &s->pose[first - 1] : NULL;
    const sagitta_camera_pose *after = i + 1 < s->rows ? &s->pose[i + 1] : NULL;
    const bool back = before && after && sg_poses_apart(s, before, after) < sg_camera_limit(s);
    const bool alike = back && !left_out;
    const bool lost = (back && left_out) || s->time[i] - s->time[first] >= GAP_S;
    const sagitta_camera_pose held = alike || (!after && before) ? *before : s->pose[first];
    for (size_t k = first; k <= i; k++) {
      if (alike) s->pose[k] = held;
      s->pose_lost[k] = !alike && lost;
    }
  }
}

/* Rows that the columns leave out, by the ruler's marks, which go by the first row as well. 0 when memory is short. */
static int complete_by_marks(sg_signals *s, const sagitta_tracks *tracks) {
  sagitta_camera_pose *told = malloc(s->rows * sizeof *told);
  bool moved = false;
  const double noise = s->pose_noise;
  const int whole = told && by_marks(s, tracks, told, &moved);
  size_t completed = 0;
  for (size_t i = 0; moved && i < s->rows; i++) {
    if (known(&s->pose[i]) || s->track_row[i] == SG_NO_ROW) continue;
    s->pose[i] = told[i];
    completed += known(&told[i]);
  }
  /* What the marks tell is surer than nothing, and less sure than the columns. */
  if (completed == 0) s->pose_noise = noise;
  free(told);
  return whole;
}

static bool is_knocked(const sg_signals *s) {
  return memchr(s->unseen, SG_KNOCKED, s->rows) != NULL;
}

int sg_find_camera(sg_signals *s, const sagitta_tracks *tracks) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  const bool ruler = sagitta_tracks_has(tracks, SAGITTA_RULER0) && sagitta_tracks_has(tracks, SAGITTA_RULER1);
  s->width = info->width;
  s->height = info->height;
  const bool columns = sagitta_tracks_has_camera(tracks), knocked = is_knocked(s);
  if (!columns && !ruler && !knocked) return 1;
  s->pose = malloc(s->rows * sizeof *s->pose);
  s->pose_lost = calloc(s->rows, sizeof *s->pose_lost);
  if (!s->pose || !s->pose_lost) return 0;
  bool moved = true;
  for (size_t i = 0; i < s->rows; i++) {
    const sagitta_camera_pose nowhere = { NAN, NAN, NAN, NAN }, unmoved = { 0, 0, 0, 1 };
    s->pose[i] = nowhere;
    if (!columns) s->pose[i] = unmoved;
    if (columns && s->track_row[i] != SG_NO_ROW) s->pose[i] = sagitta_tracks_get_camera(tracks, s->track_row[i]);
  }
  if (!columns && ruler && !by_marks(s, tracks, s->pose, &moved)) return 0;
  if (columns && ruler && !complete_by_marks(s, tracks)) return 0;
  if (moved || knocked) {
    bridge(s, columns);
    sg_carry_over_lost(s, tracks);
    if (knocked) sg_lose_after_knock(s, tracks);
    return 1;
  }
  free(s->pose);
  free(s->pose_lost);
  s->pose = NULL;
  s->pose_lost = NULL;
  return 1;
}

/* ---- when, and how much ---- */

/* The end (one past) of the rows from `from` in which the camera stands as it does there, or until it is unknown. */
static bool settles(const sg_signals *s, size_t row, double near) {
  for (size_t i = row; i < s->rows && s->time[i] <= s->time[row] + SETTLED_S; i++) {
    if (s->pose_lost[i] || !known(&s->pose[i]) || sg_poses_apart(s, &s->pose[i], &s->pose[row]) > near) return false;
  }
  return true;
}

/* The next motion after `row`, from where the camera stands as in `row`. */
static bool next_motion(const sg_signals *s, size_t *row, sg_camera_event *event) {
  const double limit = sg_camera_limit(s), near = fmax(SETTLED_SHARE * limit, 1.5 * s->pose_noise);
  const double begins = fmax(BEGINS_SHARE * limit, 1.5 * s->pose_noise);
  const sagitta_camera_pose from = s->pose[*row];
  size_t i = *row, last = *row;
  bool lost = false;
  for (; i < s->rows; i++) {
    lost = s->pose_lost[i];
    if (lost || (known(&s->pose[i]) && sg_poses_apart(s, &s->pose[i], &from) > limit)) break;
    if (known(&s->pose[i]) && sg_poses_apart(s, &s->pose[i], &from) <= begins) last = i;
  }
  if (i == s->rows) return false;
  /* who is lost at once was not moving before */
  if (lost && i > 0 && known(&s->pose[i - 1]) && sg_poses_apart(s, &s->pose[i - 1], &from) < SETTLED_MOVED * limit)
    last = i - 1;
  *event = (sg_camera_event){ .from_s = s->time[last + 1 < s->rows ? last + 1 : last], .lost = lost };
  double most = 0;
  for (; i < s->rows; i++) {
    if (known(&s->pose[i])) most = fmax(most, sg_poses_apart(s, &s->pose[i], &from));
    if (!s->pose_lost[i] && settles(s, i, fmax(near, SETTLED_MOST * most))) break;
    event->lost = event->lost || s->pose_lost[i];
  }
  *row = i < s->rows ? i : s->rows;
  event->to_s = s->time[i < s->rows ? i : s->rows - 1];
  for (size_t k = last; k < s->rows && k <= i; k++) {
    const sagitta_camera_pose *p = &s->pose[k];
    if (!known(p)) continue;
    const double c = cos((p->roll - from.roll) * SG_RADIANS), n = sin((p->roll - from.roll) * SG_RADIANS);
    const double ratio = p->scale / from.scale;
    const double x = p->x - ratio * (c * from.x - n * from.y), y = p->y - ratio * (n * from.x + c * from.y);
    if (hypot(x, y) > event->shift_px) event->shift_px = hypot(x, y);
    if (fabs(p->roll - from.roll) > fabs(event->roll_deg)) event->roll_deg = p->roll - from.roll;
    if (fabs(ratio - 1) > fabs(event->zoom)) event->zoom = ratio - 1;
  }
  return true;
}

size_t sg_camera_events(const sg_signals *s, sg_camera_event *event, size_t room) {
  size_t count = 0, row = 0;
  while (s->pose && row < s->rows && !known(&s->pose[row])) row++;
  while (s->pose && count < room && row < s->rows && next_motion(s, &row, &event[count])) count++;
  return count;
}
