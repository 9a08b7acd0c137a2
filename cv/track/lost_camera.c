/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Time in which it is not known how the camera stood, and in which it has moved: what is seen of the room has, in the
 * one direction that it tells, or the ankle, which stands on the floor, or all markers at once, as no body moves. A
 * room that is not found again for other reasons, behind somebody who passes or in another light, is no camera that
 * moved.
 */
#include <math.h>
#include <string.h>

#include "base/math.h"
#include "base/similar.h"
#include "track/background.h"

#define LONG_S       0.15 /* s without a pose, at the least */
#define ADRIFT_LEAST 2    /* frames */
#define AWAY_S       0.15 /* s for which the ankle is elsewhere */
#define BEFORE_ROWS  5    /* that its place before is the median of */
#define STANDS       0.3  /* of the way that it would have gone with the picture: an ankle that went less far stood */
#define JUMP_S       0.25 /* s: within this after the last known pose the markers are seen again */
#define JUMP_LEAST   2.0  /* times what counts as moved */
#define JUMP_OFF     0.15 /* of how far they went: what a similarity leaves over, root mean square */
#define JUMP_BEFORE  0.3  /* of that: what the step before may have been */

static double time_of(const sagitta_tracks *tracks, size_t row) {
  return sagitta_tracks_time(tracks, row);
}

/* ---- the ankle ---- */

/* Where the ankle was in the rows before `row` in which it is known how the camera stood. */
static bool stood_at(const sagitta_tracks *tracks, const sg_background_pose *pose, size_t row, double at[2]) {
  double x[BEFORE_ROWS], y[BEFORE_ROWS];
  size_t n = 0;
  for (size_t i = row; i > 0 && n < BEFORE_ROWS; i--) {
    const sagitta_sample s = sagitta_tracks_get(tracks, i - 1, SAGITTA_ANKLE);
    if (n == 0 && time_of(tracks, row) - time_of(tracks, i - 1) > 1) break;
    if (s.state != SAGITTA_SEEN || !pose[i - 1].known) continue;
    x[n] = s.x;
    y[n++] = s.y;
  }
  if (n == 0) return false;
  at[0] = sg_median(x, n);
  at[1] = sg_median(y, n);
  return true;
}

/* For how long, s, the ankle is farther than `limit` px from where it was before. */
static double ankle_away(const sagitta_tracks *tracks, const sg_background_pose *pose, size_t from, size_t to,
                         double limit) {
  double at[2], away = 0;
  if (!stood_at(tracks, pose, from, at)) return 0;
  for (size_t i = from; i < to; i++) {
    const sagitta_sample s = sagitta_tracks_get(tracks, i, SAGITTA_ANKLE);
    const double dx = s.x - at[0], dy = s.y - at[1], far = limit + 3 * s.sigma;
    if (s.state == SAGITTA_SEEN && dx * dx + dy * dy > far * far) away += time_of(tracks, i) - time_of(tracks, i - 1);
  }
  return away;
}

bool sg_camera_contradicted(const sagitta_tracks *tracks, const sg_background_pose *pose, size_t last, size_t row,
                            double limit) {
  const sagitta_tracks_info *info = sagitta_tracks_get_info(tracks);
  const sagitta_sample is = sagitta_tracks_get(tracks, row, SAGITTA_ANKLE);
  double was[2], to[2];
  if (is.state != SAGITTA_SEEN || !stood_at(tracks, pose, last + 1, was)) return false;
  const sg_similarity back = sg_similarity_inverse(&pose[last].against_first);
  const sg_similarity step = sg_similarity_after(&pose[row].against_first, &back);
  sg_similarity_move(&step, was[0] - 0.5 * info->width, was[1] - 0.5 * info->height, to);
  const double gone = hypot(to[0] + 0.5 * info->width - was[0], to[1] + 0.5 * info->height - was[1]);
  return gone > limit && hypot(is.x - was[0], is.y - was[1]) < STANDS * gone;
}

/* ---- all markers at once ---- */

/* How the markers that are seen in both rows went from one to the other. */
static bool step_between(const sagitta_tracks *tracks, size_t a, size_t b, sg_similar *step) {
  sg_similar_places places = { .n = 0 };
  for (int r = 0; r < SAGITTA_HAND; r++) {
    const sagitta_sample was = sagitta_tracks_get(tracks, a, (sagitta_role)r);
    const sagitta_sample is = sagitta_tracks_get(tracks, b, (sagitta_role)r);
    if (was.state != SAGITTA_SEEN || is.state != SAGITTA_SEEN) continue;
    places.from[places.n][0] = was.x;
    places.from[places.n][1] = was.y;
    places.to[places.n][0] = is.x;
    places.to[places.n++][1] = is.y;
  }
  return sg_similar_fit(&places, step);
}

/* Whether all markers jumped, as one picture, right after row `last`. */
static bool jumped(const sagitta_tracks *tracks, size_t last, double limit) {
  sg_similar before, step;
  const bool goes = last > 0 && step_between(tracks, last - 1, last, &before);
  for (size_t i = last + 1; i < sagitta_tracks_rows(tracks); i++) {
    if (time_of(tracks, i) - time_of(tracks, last) > JUMP_S) break;
    if (!step_between(tracks, last, i, &step)) continue;
    return step.went > JUMP_LEAST * limit && step.off < JUMP_OFF * step.went &&
           (!goes || before.went < JUMP_BEFORE * step.went);
  }
  return false;
}

/* Whether the camera moved somewhere between frame `last`, whose pose is known, and frame `next` (or the end), in which
 * none is. */
static bool lost_between(const sagitta_tracks *tracks, const sg_background_pose *pose, size_t last, size_t next,
                         double limit) {
  int adrift = 0;
  if (next < last + 2 || time_of(tracks, next - 1) - time_of(tracks, last) < LONG_S) return false;
  for (size_t i = last + 1; i < next; i++) adrift += pose[i].adrift;
  return adrift >= ADRIFT_LEAST || jumped(tracks, last, limit) ||
         ankle_away(tracks, pose, last + 1, next, limit) >= AWAY_S;
}

bool sg_camera_find_lost(const sagitta_tracks *tracks, const sg_background_pose *pose, size_t n, double limit,
                         unsigned char *lost) {
  bool any = false;
  memset(lost, 0, n);
  for (size_t last = 0, i = 1; i <= n; i++) {
    if (i < n && !pose[i].known) continue;
    if (pose[last].known && lost_between(tracks, pose, last, i, limit)) {
      memset(lost + last + 1, 1, i - last - 1);
      any = true;
    }
    last = i;
  }
  return any;
}
