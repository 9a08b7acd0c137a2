/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A camera that was knocked while nothing in the picture tells how it stands: from then on nobody knows where the floor
 * is. How much larger or smaller the body is in the picture, and how it is turned, its own markers tell from one row to
 * the next.
 */
#include <math.h>

#include "base/base.h"
#include "base/similar.h"
#include "body/body.h"
#include "body/timeline.h"

#define BESIDE_S    0.25 /* s after the knock in which they are first seen again */
#define KNOCK_LEAST 2.0  /* times what counts as moved: less may be the body */

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
  sg_similar_places places = { .n = 0 };
  sg_similar knock;
  for (int role = 0; role < SAGITTA_HAND; role++) {
    double *from = places.from[places.n], *to = places.to[places.n];
    if (place_beside(s, tracks, a, -1, role, from) && place_beside(s, tracks, b, 1, role, to)) places.n++;
  }
  if (!sg_similar_fit(&places, &knock)) return false;
  const double u = knock.from[0] - 0.5 * s->width, v = knock.from[1] - 0.5 * s->height;
  *pose = (sagitta_camera_pose){ knock.to[0] - 0.5 * s->width - knock.a * u + knock.b * v,
                                 knock.to[1] - 0.5 * s->height - knock.b * u - knock.a * v,
                                 atan2(knock.b, knock.a) / SG_RADIANS, hypot(knock.a, knock.b) };
  return true;
}

/* First `inner`, then `outer`. */
static sagitta_camera_pose after(const sagitta_camera_pose *outer, const sagitta_camera_pose *inner) {
  const double c = outer->scale * cos(outer->roll * SG_RADIANS), d = outer->scale * sin(outer->roll * SG_RADIANS);
  return (sagitta_camera_pose){ c * inner->x - d * inner->y + outer->x, d * inner->x + c * inner->y + outer->y,
                                outer->roll + inner->roll, outer->scale * inner->scale };
}

/* The knock between rows `last` and `next`, or the first after it in which enough markers are seen. */
static bool knock_in(const sg_signals *s, const sagitta_tracks *tracks, size_t last, size_t next,
                     sagitta_camera_pose *knock) {
  for (size_t b = next; b < s->rows && s->time[b] - s->time[last + 1] <= BESIDE_S; b++) {
    if (knock_between(s, tracks, last, b, knock)) return true;
  }
  return false;
}

void sg_carry_over_lost(sg_signals *s, const sagitta_tracks *tracks) {
  const sagitta_camera_pose still = { 0, 0, 0, 1 };
  for (size_t row = 1; row < s->rows; row++) {
    if (!s->pose_lost[row] || s->pose_lost[row - 1] || isnan(s->pose[row - 1].x)) continue;
    sagitta_camera_pose knock, now = s->pose[row - 1];
    if (knock_in(s, tracks, row - 1, row, &knock) &&
        sg_poses_apart(s, &knock, &still) > KNOCK_LEAST * sg_camera_limit(s))
      now = after(&knock, &now);
    for (; row < s->rows && s->pose_lost[row]; row++) s->pose[row] = now;
  }
}

void sg_lose_after_knock(sg_signals *s, const sagitta_tracks *tracks) {
  sagitta_camera_pose now = { 0, 0, 0, 1 };
  bool lost = false;
  for (size_t row = 0; row < s->rows; row++) {
    if (s->unseen[row] == SG_KNOCKED) {
      sagitta_camera_pose knock;
      if (row > 0 && !lost && !isnan(s->pose[row - 1].x)) now = s->pose[row - 1];
      lost = true;
      if (row > 0 && knock_in(s, tracks, row - 1, row + 1, &knock)) now = after(&knock, &now);
    }
    if (!lost) continue;
    s->pose[row] = now;
    s->pose_lost[row] = true;
  }
}
