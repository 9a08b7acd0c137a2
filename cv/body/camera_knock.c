/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A camera that was knocked while nothing in the picture tells how it stands: from then on nobody knows where the floor
 * is. How much larger or smaller the body is in the picture, and how it is turned, its own markers tell from one row to
 * the next.
 */
#include <math.h>

#include "base/base.h"
#include "body/body.h"
#include "body/timeline.h"

#define LEAST_MARKERS 3
#define BESIDE_S      0.25 /* s after the knock in which they are first seen again */

/* A marker's place, and its way to the next row outwards (step -1: before it). */
static bool place_beside(const sg_signals *s, const sagitta_tracks *tracks, size_t row, int step, int role,
                         double at[2]) {
  const size_t next = row + (size_t)(ptrdiff_t)step;
  const sagitta_sample is = sg_timeline_sample(s, tracks, row, (sagitta_role)role);
  if (is.state != SAGITTA_SEEN) return false;
  at[0] = is.x;
  at[1] = is.y;
  if (next >= s->rows) return true;
  const sagitta_sample was = sg_timeline_sample(s, tracks, next, (sagitta_role)role);
  if (was.state != SAGITTA_SEEN) return true;
  /* half way to the other side of the knock, as it moves on this one */
  at[0] += 0.5 * (is.x - was.x);
  at[1] += 0.5 * (is.y - was.y);
  return true;
}

/* The similarity about the picture's middle that brings the markers of row a to those of row b. */
static bool knock_between(const sg_signals *s, const sagitta_tracks *tracks, size_t a, size_t b,
                          sagitta_camera_pose *pose) {
  double from[SAGITTA_HAND][2], to[SAGITTA_HAND][2], mean[4] = { 0 }, square = 0, along = 0, across = 0;
  int n = 0;
  for (int role = 0; role < SAGITTA_HAND; role++) {
    if (!place_beside(s, tracks, a, -1, role, from[n]) || !place_beside(s, tracks, b, 1, role, to[n])) continue;
    for (int k = 0; k < 2; k++) {
      mean[k] += from[n][k];
      mean[2 + k] += to[n][k];
    }
    n++;
  }
  if (n < LEAST_MARKERS) return false;
  for (int k = 0; k < 4; k++) mean[k] /= n;
  for (int i = 0; i < n; i++) {
    const double ux = from[i][0] - mean[0], uy = from[i][1] - mean[1];
    const double vx = to[i][0] - mean[2], vy = to[i][1] - mean[3];
    square += ux * ux + uy * uy;
    along += ux * vx + uy * vy;
    across += ux * vy - uy * vx;
  }
  if (!(square > 1)) return false;
  const double c = along / square, d = across / square;
  const double u = mean[0] - 0.5 * s->width, v = mean[1] - 0.5 * s->height;
  *pose = (sagitta_camera_pose){ mean[2] - 0.5 * s->width - c * u + d * v, mean[3] - 0.5 * s->height - d * u - c * v,
                                 atan2(d, c) / SG_RADIANS, hypot(c, d) };
  return true;
}

/* First `inner`, then `outer`. */
static sagitta_camera_pose after(const sagitta_camera_pose *outer, const sagitta_camera_pose *inner) {
  const double c = outer->scale * cos(outer->roll * SG_RADIANS), d = outer->scale * sin(outer->roll * SG_RADIANS);
  return (sagitta_camera_pose){ c * inner->x - d * inner->y + outer->x, d * inner->x + c * inner->y + outer->y,
                                outer->roll + inner->roll, outer->scale * inner->scale };
}

/* The knock of a row, from the first row after it in which enough markers are seen. */
static bool knock_in(const sg_signals *s, const sagitta_tracks *tracks, size_t row, sagitta_camera_pose *knock) {
  for (size_t b = row + 1; row > 0 && b < s->rows && s->time[b] - s->time[row] <= BESIDE_S; b++) {
    if (knock_between(s, tracks, row - 1, b, knock)) return true;
  }
  return false;
}

void sg_lose_after_knock(sg_signals *s, const sagitta_tracks *tracks) {
  sagitta_camera_pose now = { 0, 0, 0, 1 };
  bool lost = false;
  for (size_t row = 0; row < s->rows; row++) {
    if (s->unseen[row] == SG_KNOCKED) {
      sagitta_camera_pose knock;
      if (row > 0 && !lost && !isnan(s->pose[row - 1].x)) now = s->pose[row - 1];
      lost = true;
      if (knock_in(s, tracks, row, &knock)) now = after(&knock, &now);
    }
    if (!lost) continue;
    s->pose[row] = now;
    s->pose_lost[row] = true;
  }
}
