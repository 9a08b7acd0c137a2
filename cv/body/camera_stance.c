/* SPDX-License-Identifier: Apache-2.0 */
/* How the camera stood in a row, against the first one: how far apart two poses are, what they leave in doubt, and a
 * marker brought back to where the first row's camera would have seen it. */
#include <math.h>

#include "base/base.h"
#include "body/body.h"
#include "tracks/tracks.h"

#define MOVED_SHARE 0.004 /* of the picture's larger side: what counts as moved [J] … */
#define MOVED_NOISE 6.0   /* … and so many standard errors of the marks, where they tell */
#define DOUBT       0.15  /* of how far things moved in the picture: what taking the motion out may leave [J] */

static bool known(const sagitta_camera_pose *pose) {
  return !isnan(pose->x);
}

double sg_poses_apart(const sg_signals *s, const sagitta_camera_pose *p, const sagitta_camera_pose *q) {
  double most = 0;
  for (int k = 0; k < 4; k++) {
    const double u = (k & 1 ? 0.25 : -0.25) * s->width, v = (k & 2 ? 0.25 : -0.25) * s->height;
    const double pa = p->scale * cos(p->roll * SG_RADIANS), pb = p->scale * sin(p->roll * SG_RADIANS);
    const double qa = q->scale * cos(q->roll * SG_RADIANS), qb = q->scale * sin(q->roll * SG_RADIANS);
    most = fmax(most, hypot((pa - qa) * u - (pb - qb) * v + p->x - q->x, (pb - qb) * u + (pa - qa) * v + p->y - q->y));
  }
  return most;
}

double sg_camera_limit(const sg_signals *s) {
  return fmax(MOVED_SHARE * fmax(s->width, s->height), MOVED_NOISE * s->pose_noise);
}

bool sg_undo_camera(const sg_signals *s, size_t row, sagitta_sample *sample) {
  const sagitta_camera_pose *pose = s->pose ? &s->pose[row] : NULL;
  if (!pose || (!known(pose) && s->pose_lost[row])) return true;
  /* what was filled in was filled in between places in the moved picture: it is filled in anew */
  if (!known(pose) || sample->state == SAGITTA_FILLED) return false;
  const sagitta_tracks_info picture = { .width = (int)s->width, .height = (int)s->height };
  sg_pose_undo(&picture, pose, sample);
  return true;
}

bool sg_camera_is_lost(const sg_signals *s, size_t from, size_t to) {
  for (size_t i = from; s->pose && i < to; i++) {
    if (s->pose_lost[i]) return true;
  }
  return false;
}

double sg_camera_doubt(const sg_signals *s, size_t from, size_t to, size_t start) {
  double most = 0;
  for (size_t i = from; s->pose && known(&s->pose[start]) && i < to; i++) {
    if (known(&s->pose[i])) most = fmax(most, sg_poses_apart(s, &s->pose[i], &s->pose[start]));
  }
  return most > sg_camera_limit(s) ? fmax(DOUBT * most, sg_camera_limit(s)) : 0;
}
