/* SPDX-License-Identifier: Apache-2.0 */
/* A pinhole camera that looks at the person's middle, with radial distortion, and the grid in which its picture is
 * coded. */
#include "render/imaging.h"
#include "render/movements.h"

static double dot(const double a[3], const double b[3]) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/* Upright → coded: undo the flip, then the rotation, then stretch to the sample aspect. */
static bool set_grid(const sample_options *o, sample_camera *c, char *error) {
  double w = o->width, h = o->height, sar = (double)o->sar_num / o->sar_den;
  double flip = o->mirror ? -1.0 : 1.0, shift = o->mirror ? w : 0.0; /* x' = flip x + shift */
  bool side = o->rotation % 180 != 0;
  double coded_w = (side ? h : w) / sar, coded_h = side ? w : h;
  c->width = (int)lround(coded_w);
  c->height = (int)lround(coded_h);
  if (c->width < 16 || c->height < 16 || c->width > 16384 || c->height > 16384)
    return sample_fail(error, "a coded picture of %dx%d px is not possible: use another --size or --sar", c->width,
                       c->height);
  double s = c->width / (side ? h : w);
  switch (o->rotation) {
    case 0: /* x = x', y = y' */
      c->xx = s * flip, c->xy = 0, c->x0 = s * shift;
      c->yx = 0, c->yy = 1, c->y0 = 0;
      break;
    case 90: /* shown turned clockwise: coded x runs up the left side of the shown picture … */
      c->xx = 0, c->xy = s, c->x0 = 0;
      c->yx = -flip, c->yy = 0, c->y0 = w - shift;
      break;
    case 180:
      c->xx = -s * flip, c->xy = 0, c->x0 = s * (w - shift);
      c->yx = 0, c->yy = -1, c->y0 = h;
      break;
    default: /* 270 */
      c->xx = 0, c->xy = -s, c->x0 = s * h;
      c->yx = flip, c->yy = 0, c->y0 = shift;
      break;
  }
  return true;
}

/* The distorted radius of an undistorted one, and its slope; normalised coordinates. */
static double bent(const sample_camera *c, double r) {
  return r * (1 + r * r * (c->k1 + r * r * c->k2));
}

static double bent_slope(const sample_camera *c, double r) {
  return 1 + r * r * (3 * c->k1 + 5 * r * r * c->k2);
}

static double find_edge(const sample_camera *c) {
  double r = 0;
  while (r < 2 && bent_slope(c, r + 0.01) > 0.2) r += 0.01;
  return r;
}

bool sample_camera_set(const sample_options *o, sample_camera *c, char *error) {
  double yaw = o->yaw * M_PI / 180, roll = o->roll * M_PI / 180;
  const sample_framing *framing = &sample_movement_of(o->movement)->framing;
  double pitch = atan2(o->camera_height - framing->aim, o->distance);
  double sy = sin(yaw), cy = cos(yaw), sp = sin(pitch), cp = cos(pitch);
  double fit = fmin(o->height / framing->high, o->width / framing->wide) * o->distance;
  *c = (sample_camera){ .f = o->focal > 0 ? o->focal : fit,
                        .cx = o->width / 2.0,
                        .cy = o->height / 2.0,
                        .k1 = o->k1,
                        .k2 = o->k2,
                        .eye = { o->distance * sy, o->camera_height, o->distance * cy },
                        .right = { cy, 0, -sy },
                        .up = { -sy * sp, cp, -cy * sp },
                        .ahead = { -sy * cp, -sp, -cy * cp },
                        .cos_roll = cos(roll),
                        .sin_roll = sin(roll) };
  c->edge = find_edge(c);
  return set_grid(o, c, error);
}

sample_point sample_project(const sample_camera *c, double x, double y, double z) {
  double d[3] = { x - c->eye[0], y - c->eye[1], z - c->eye[2] };
  double depth = fmax(dot(d, c->ahead), 1.0);
  double px = dot(d, c->right) / depth, py = -dot(d, c->up) / depth;
  double rx = c->cos_roll * px - c->sin_roll * py, ry = c->sin_roll * px + c->cos_roll * py;
  double r = sqrt(rx * rx + ry * ry), bend = 1 + r * r * (c->k1 + r * r * c->k2);
  if (r > c->edge) bend = (bent(c, c->edge) + (r - c->edge) * bent_slope(c, c->edge)) / r;
  return (sample_point){ c->cx + c->f * rx * bend, c->cy + c->f * ry * bend };
}

sample_point sample_to_coded(const sample_camera *c, sample_point p) {
  return (sample_point){ c->xx * p.x + c->xy * p.y + c->x0, c->yx * p.x + c->yy * p.y + c->y0 };
}

sample_point sample_to_upright(const sample_camera *c, sample_point p) {
  double det = c->xx * c->yy - c->xy * c->yx, x = p.x - c->x0, y = p.y - c->y0;
  return (sample_point){ (c->yy * x - c->xy * y) / det, (c->xx * y - c->yx * x) / det };
}

double sample_undistorted(const sample_camera *c, double radius) {
  double r = radius;
  for (int i = 0; i < 50; i++) r = fmin(r - (bent(c, r) - radius) / fmax(bent_slope(c, r), 0.2), c->edge);
  return r;
}

void sample_camera_direction(const sample_camera *c, const double v[3], double world[3]) {
  double x = c->cos_roll * v[0] + c->sin_roll * v[1], y = -c->sin_roll * v[0] + c->cos_roll * v[1];
  for (int i = 0; i < 3; i++) world[i] = x * c->right[i] - y * c->up[i] + v[2] * c->ahead[i];
}
