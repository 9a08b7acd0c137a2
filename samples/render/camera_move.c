/* SPDX-License-Identifier: Apache-2.0 */
/* A camera that does not stand still: knocked, drifting, shaken, its picture larger and smaller while it focuses. */
#include "render/imaging.h"

/* Where on its way the camera is at a time: 0 at rest, 1 moved. */
static double course(const sample_options *o, double t) {
  const double since = t - o->move_at, length = fmax(o->move_for, 1e-3), part = fmin(fmax(since / length, 0), 1);
  if (since < 0) return 0;
  switch (o->move) {
    case SAMPLE_CAMERA_STEP:
      return part * part * (3 - 2 * part);
    case SAMPLE_CAMERA_BREATHE: /* there and back, again and again */
      return o->move_for > 0 ? 0.5 - 0.5 * cos(2 * M_PI * since / length) : 0;
    case SAMPLE_CAMERA_SHAKE: /* a hand's tremor and sway, for so long or to the end */
      if (o->move_for > 0 && since > o->move_for) return 0;
      return fmin(since / 0.2, 1) * (0.5 * sin(2 * M_PI * 0.7 * since) + 0.3 * sin(2 * M_PI * 1.9 * since + 1) +
                                     0.2 * sin(2 * M_PI * 6.1 * t));
    default:
      return 0;
  }
}

static void turn(double toward[3], double ahead[3], double angle) {
  for (int i = 0; i < 3; i++) {
    const double t = toward[i], a = ahead[i];
    toward[i] = t * cos(angle) + a * sin(angle);
    ahead[i] = a * cos(angle) - t * sin(angle);
  }
}

void sample_camera_moved(const sample_options *o, const sample_camera *rest, double scene_s, sample_camera *moved) {
  const double p = course(o, scene_s), roll = (o->roll + p * o->move_roll) * M_PI / 180;
  *moved = *rest;
  if (p == 0) return;
  moved->f = rest->f * (1 + p * o->move_zoom);
  moved->cos_roll = cos(roll);
  moved->sin_roll = sin(roll);
  for (int i = 0; i < 3; i++) moved->eye[i] = rest->eye[i] + p * o->move_aside * rest->right[i];
  moved->cx = rest->cx + p * o->move_x;
  moved->cy = rest->cy + p * o->move_y;
  turn(moved->right, moved->ahead, p * o->move_pan * M_PI / 180);
  turn(moved->up, moved->ahead, -p * o->move_tilt * M_PI / 180);
}
