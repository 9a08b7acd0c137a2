/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "simulate/camera.h"
#include "base/math.h"

#define AHEAD_CM 25.0 /* the camera is aimed between the feet and where the hands come down */
#define FLAT_UP  0.55 /* of the picture's height: hips, when flat */

double sg_film_scale(const sg_filming *f, double side) {
  return f->flat ? f->px_per_cm : f->focal / (f->distance - side);
}

sg_xy sg_film(const sg_filming *f, bool right, sg_xy point, double side, double turned) {
  const double facing = right ? 1 : -1;
  const sg_xy middle = { 0.5 * f->width, 0.5 * f->height };
  if (f->flat) {
    return (sg_xy){ middle.x + facing * f->px_per_cm * (point.x - AHEAD_CM),
                    FLAT_UP * f->height - f->px_per_cm * (point.y - f->height_cm) };
  }
  const double yaw = (f->yaw + turned) * SG_RADIANS, pitch = f->pitch * SG_RADIANS, roll = f->roll * SG_RADIANS;
  const double across = facing * (point.x * cos(yaw) + side * sin(yaw) - AHEAD_CM);
  const double nearer = side * cos(yaw) - point.x * sin(yaw);
  const double up = point.y - f->height_cm, away = f->distance - nearer;
  /* Looking down: what lies straight ahead comes up in the picture. */
  const double up_seen = up * cos(pitch) + away * sin(pitch), deep = away * cos(pitch) - up * sin(pitch);
  const double x = across / deep, y = -up_seen / deep;
  const double bent = 1 + f->lens * (x * x + y * y);
  const double u = f->focal * bent * x, v = f->focal * bent * y;
  return (sg_xy){ middle.x + u * cos(roll) - v * sin(roll), middle.y + u * sin(roll) + v * cos(roll) };
}
