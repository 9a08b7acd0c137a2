/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The perspective of a plane that is turned by a small angle a about the vertical through the optical axis: a point
 * (X, Y) of the plane, in px from the axis, is seen at (X cos a, Y) / (1 + X sin a / f); undone in sg_view_disturb.
 */
#include "camera/view.h"

#include <math.h>
#include <string.h>

#include "base/base.h"
#include "base/math.h"
#include "base/translate.h"

#define FOCAL_SHARE  0.9 /* of the longer side: phones and webcams while filming, 0.75 to 1.1 */
#define OUT_OF_PLANE 1.5 /* deg: nobody bends exactly in the plane that was calibrated */

const sg_view_prior sg_view_priors[SG_VIEW_ERRORS] = {
#define ROW(upper, name, spread, unit, source) [SG_VIEW_##upper] = { name, spread, unit, source },
  SG_VIEW_LIST(ROW)
#undef ROW
};

static void multiply(const double a[9], const double b[9], double out[9]) {
  for (int row = 0; row < 3; row++) {
    for (int column = 0; column < 3; column++) {
      out[3 * row + column] = 0;
      for (int k = 0; k < 3; k++) out[3 * row + column] += a[3 * row + k] * b[3 * k + column];
    }
  }
}

static bool invert(const double m[9], double out[9]) {
  for (int i = 0; i < 9; i++) {
    const int row = i / 3, column = i % 3; /* of the adjugate: cofactor of (column, row) */
    const int r0 = (column + 1) % 3, r1 = (column + 2) % 3, c0 = (row + 1) % 3, c1 = (row + 2) % 3;
    out[i] = m[3 * r0 + c0] * m[3 * r1 + c1] - m[3 * r0 + c1] * m[3 * r1 + c0];
  }
  const double det = m[0] * out[0] + m[1] * out[3] + m[2] * out[6];
  if (!(fabs(det) > 0)) return false;
  for (int i = 0; i < 9; i++) out[i] /= det;
  return true;
}

static bool refresh(sg_view *view) {
  double middle[2];
  if (!invert(view->to_plane, view->from_plane)) return false;
  const double cx = view->camera.has_lens ? view->camera.lens.cx : 0.5 * view->camera.width;
  const double cy = view->camera.has_lens ? view->camera.lens.cy : 0.5 * view->camera.height;
  if (!sg_homography_apply(view->to_plane, cx, cy, &middle[0], &middle[1])) return false;
  memcpy(view->middle, middle, sizeof middle);
  return true;
}

/* cm of the plane → plane px: one of them as long as one px in the middle of the picture. */
static bool take_plane(sg_view *view) {
  const sagitta_camera *c = &view->camera;
  double slope[4];
  sg_homography_slope(c->plane.to_cm, 0.5 * c->width, 0.5 * c->height, slope);
  const double area = slope[1] * slope[2] - slope[0] * slope[3];
  if (!(area > 0)) return false;
  view->cm_per_px = sqrt(area);
  view->scale_share = c->plane.scale_share;
  view->level_known = c->plane.level_known;
  if (view->level_known) view->spread[SG_VIEW_ROLL] = fmin(c->plane.level_sd_deg, view->spread[SG_VIEW_ROLL]);
  const double s = 1 / view->cm_per_px, to_px[9] = { s, 0, 0, 0, -s, 0, 0, 0, 1 };
  multiply(to_px, c->plane.to_cm, view->to_plane);
  if (!c->plane.perspective_known) return true;
  const double off = hypot(c->plane.tilt_sd_deg, OUT_OF_PLANE);
  view->spread[SG_VIEW_YAW] = fmin(off, view->spread[SG_VIEW_YAW]);
  view->spread[SG_VIEW_PITCH] = fmin(c->plane.tilt_sd_deg, view->spread[SG_VIEW_PITCH]);
  return true;
}

sagitta_status sg_view_set(sg_view *view, const sagitta_camera *camera, int width, int height, sagitta_error *error) {
  static const double same[9] = { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
  memset(view, 0, sizeof *view);
  memcpy(view->to_plane, same, sizeof same);
  view->plain = !camera;
  for (int e = 0; e < SG_VIEW_ERRORS; e++) view->spread[e] = sg_view_priors[e].spread;
  view->cm_per_px = NAN;
  view->focal = FOCAL_SHARE * (width > height ? width : height);
  if (!camera) {
    view->camera.width = width;
    view->camera.height = height;
    return refresh(view) ? SAGITTA_OK : SAGITTA_ERROR_ARGUMENT;
  }
  if (camera->width != width || camera->height != height) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                   "The camera was calibrated with pictures of %d x %d px, but these are %d x %d px.", camera->width,
                   camera->height, width, height);
  }
  const char *fault = sg_camera_fault(camera);
  if (fault)
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "%s. Calibrate the camera again.",
                   sg_say(sg_error_language(error), fault));
  view->camera = *camera;
  if (camera->has_lens) {
    view->focal = 0.5 * (camera->lens.fx + camera->lens.fy);
    /* The terms of a fitted lens hang together: what is left of them in the picture is about its RMS, not their sum. */
    view->spread[SG_VIEW_LENS] = fmin(camera->lens.k_sd[0], camera->lens.rms * 4 / hypot(width, height));
  }
  if (camera->has_plane && !take_plane(view)) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The plane of movement is none. Calibrate it again.");
  }
  return refresh(view) ? SAGITTA_OK
                       : sg_fail(error, SAGITTA_ERROR_ARGUMENT, "The plane of movement is none. Calibrate it again.");
}

bool sg_view_point(const sg_view *view, double x, double y, double to[2]) {
  double u, v;
  sagitta_camera_undistort(&view->camera, x, y, &u, &v);
  if (sg_homography_apply(view->to_plane, u, v, &to[0], &to[1])) return true;
  to[0] = to[1] = NAN;
  return false;
}

/* Both ends of a strip, in plane px. */
static bool ends_of(const sg_view *view, double x, double y, double axis, double length, double upper[2],
                    double lower[2]) {
  const double dx = 0.5 * length * sin(axis * SG_RADIANS), dy = -0.5 * length * cos(axis * SG_RADIANS);
  return sg_view_point(view, x + dx, y + dy, upper) && sg_view_point(view, x - dx, y - dy, lower);
}

double sg_view_axis(const sg_view *view, double x, double y, double axis, double length) {
  double upper[2], lower[2];
  if (!ends_of(view, x, y, axis, length, upper, lower)) return NAN;
  return sg_nearest_turn(atan2(upper[0] - lower[0], lower[1] - upper[1]) / SG_RADIANS, axis);
}

double sg_view_length(const sg_view *view, double x, double y, double axis, double length) {
  double upper[2], lower[2];
  return ends_of(view, x, y, axis, length, upper, lower) ? hypot(upper[0] - lower[0], upper[1] - lower[1]) : NAN;
}

/* A plane that is turned about one axis of the picture: `along` is across that axis, `beside` is parallel to it. */
static void unturn(double focal, double deg, double *along, double *beside) {
  const double x = *along, s = sin(deg * SG_RADIANS);
  *along = x / (cos(deg * SG_RADIANS) - x * s / focal);
  *beside *= 1 + *along * s / focal;
}

void sg_view_disturb(const sg_view *view, sg_view_error error, double deviations, const double p[2], double to[2]) {
  const double by = deviations * view->spread[error];
  const double c = cos(by * SG_RADIANS), s = sin(by * SG_RADIANS);
  double x = p[0] - view->middle[0], y = p[1] - view->middle[1], bend, along;
  switch (error) {
    case SG_VIEW_LENS:
      bend = 1 - by * (x * x + y * y) / (view->focal * view->focal);
      x *= bend;
      y *= bend;
      break;
    case SG_VIEW_YAW:
      unturn(view->focal, by, &x, &y);
      break;
    case SG_VIEW_PITCH:
      unturn(view->focal, by, &y, &x);
      break;
    case SG_VIEW_ROLL:
      along = c * x - s * y;
      y = s * x + c * y;
      x = along;
      break;
    default:
      x *= 1 + by;
      y *= 1 + by;
      break;
  }
  to[0] = x + view->middle[0];
  to[1] = y + view->middle[1];
}
