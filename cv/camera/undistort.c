/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Points through a lens and onto the plane of movement, and which numbers describe a lens and a plane. The models are
 * those of OpenCV's manual: Brown–Conrady (Brown 1971) with three radial and two tangential terms, and Kannala & Brandt
 * 2006 with four terms in the angle.
 */
#include <math.h>
#include <stddef.h>

#include "base/base.h"
#include "base/translate.h"
#include "camera/view.h"
#include "sagitta/video.h"

#define TURNS_MAX    60    /* of an iteration */
#define SETTLED      1e-13 /* in units of the focal length */
#define STEEPEST     1.5   /* rad: a pinhole sees nothing beyond 90 degrees */
#define ASPECT_SHARE 0.005 /* sides that far from the same shape are the same */

#define GRID 16 /* places tried along each side of the picture */

#define FOCAL_LEAST   0.05 /* of the longer side */
#define FOCAL_MOST    100.0
#define TERM_MOST     1e6
#define CM_A_PX_LEAST 1e-4
#define CM_A_PX_MOST  100.0

/* ---- the two models, on the plane at distance 1 ---- */

/* d: the distorted point; slope (may be NULL): dx'/dx dx'/dy dy'/dx dy'/dy. */
static void brown(const double k[5], double x, double y, double d[2], double slope[4]) {
  const double r2 = x * x + y * y;
  const double radial = 1.0 + r2 * (k[0] + r2 * (k[1] + r2 * k[4]));
  d[0] = x * radial + 2.0 * k[2] * x * y + k[3] * (r2 + 2.0 * x * x);
  d[1] = y * radial + k[2] * (r2 + 2.0 * y * y) + 2.0 * k[3] * x * y;
  if (!slope) return;
  const double steep = 2.0 * (k[0] + r2 * (2.0 * k[1] + r2 * 3.0 * k[4])); /* of radial, per x · dx */
  slope[0] = radial + x * x * steep + 2.0 * k[2] * y + 6.0 * k[3] * x;
  slope[1] = slope[2] = x * y * steep + 2.0 * k[2] * x + 2.0 * k[3] * y;
  slope[3] = radial + y * y * steep + 6.0 * k[2] * y + 2.0 * k[3] * x;
}

static double fisheye_angle(const double k[5], double t, double *slope) {
  const double t2 = t * t;
  *slope = 1.0 + t2 * (3.0 * k[0] + t2 * (5.0 * k[1] + t2 * (7.0 * k[2] + t2 * 9.0 * k[3])));
  return t * (1.0 + t2 * (k[0] + t2 * (k[1] + t2 * (k[2] + t2 * k[3]))));
}

static bool undo_brown(const double k[5], double xd, double yd, double *x, double *y) {
  double u = xd, v = yd, d[2], slope[4];
  brown(k, u, v, d, slope);
  double miss = hypot(d[0] - xd, d[1] - yd);
  for (int i = 0; i < TURNS_MAX && miss > SETTLED; i++) {
    const double det = slope[0] * slope[3] - slope[1] * slope[2];
    if (!(det > 1e-9)) break;
    const double dx = xd - d[0], dy = yd - d[1];
    const double du = (slope[3] * dx - slope[1] * dy) / det, dv = (slope[0] * dy - slope[2] * dx) / det;
    double step = 1.0, better = miss;
    for (int halved = 0; halved < 12; halved++, step *= 0.5) {
      brown(k, u + step * du, v + step * dv, d, slope);
      better = hypot(d[0] - xd, d[1] - yd);
      if (better < miss) break;
    }
    if (!(better < miss)) break;
    u += step * du;
    v += step * dv;
    miss = better;
  }
  *x = u;
  *y = v;
  /* The branch that starts at the middle of the picture, not one beyond the fold. */
  brown(k, u, v, d, slope);
  return miss < 1e-9 && slope[0] * slope[3] - slope[1] * slope[2] > 1e-3 && slope[0] + slope[3] > 0;
}

/* By halving intervals up to the first fold, since Newton's steps may leap over it. */
static bool undo_fisheye(const double k[5], double xd, double yd, double *x, double *y) {
  const double wanted = hypot(xd, yd);
  double low = 0.0, high = 0.0, slope;
  *x = xd;
  *y = yd;
  if (wanted < 1e-12) return true;
  while (high < STEEPEST && fisheye_angle(k, high, &slope) < wanted && slope > 1e-3) {
    low = high;
    high += 0.02;
  }
  if (high > STEEPEST) high = STEEPEST;
  const bool reached = fisheye_angle(k, high, &slope) >= wanted && slope > 1e-3;
  for (int i = 0; i < TURNS_MAX && reached; i++) {
    const double middle = 0.5 * (low + high);
    if (fisheye_angle(k, middle, &slope) < wanted) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const double scale = tan(reached ? 0.5 * (low + high) : high) / wanted;
  *x = xd * scale;
  *y = yd * scale;
  return reached;
}

static bool undo(const sagitta_lens *lens, double x, double y, double *to_x, double *to_y) {
  const double xd = (x - lens->cx) / lens->fx, yd = (y - lens->cy) / lens->fy;
  const bool undone = (lens->model == SAGITTA_LENS_FISHEYE ? undo_fisheye : undo_brown)(lens->k, xd, yd, to_x, to_y);
  *to_x = *to_x * lens->fx + lens->cx;
  *to_y = *to_y * lens->fy + lens->cy;
  return undone;
}

bool sg_lens_undoes(const sagitta_lens *lens, double x, double y) {
  double u, v;
  return undo(lens, x, y, &u, &v);
}

void sagitta_camera_undistort(const sagitta_camera *camera, double x, double y, double *to_x, double *to_y) {
  *to_x = x;
  *to_y = y;
  if (camera->has_lens) (void)undo(&camera->lens, x, y, to_x, to_y);
}

void sagitta_camera_distort(const sagitta_camera *camera, double x, double y, double *to_x, double *to_y) {
  *to_x = x;
  *to_y = y;
  if (!camera->has_lens) return;
  const sagitta_lens *lens = &camera->lens;
  const double u = (x - lens->cx) / lens->fx, v = (y - lens->cy) / lens->fy;
  double d[2] = { u, v };
  if (lens->model == SAGITTA_LENS_FISHEYE) {
    const double r = hypot(u, v);
    double slope;
    const double scale = r > 1e-12 ? fisheye_angle(lens->k, atan(r), &slope) / r : 1.0;
    d[0] = u * scale;
    d[1] = v * scale;
  } else {
    brown(lens->k, u, v, d, NULL);
  }
  *to_x = d[0] * lens->fx + lens->cx;
  *to_y = d[1] * lens->fy + lens->cy;
}

/* ---- the plane ---- */

bool sg_homography_apply(const double h[9], double x, double y, double *to_x, double *to_y) {
  const double w = h[6] * x + h[7] * y + h[8];
  const double u = h[0] * x + h[1] * y + h[2], v = h[3] * x + h[4] * y + h[5];
  const bool ahead = w > 1e-9 * (fabs(h[6] * x) + fabs(h[7] * y) + fabs(h[8]));
  *to_x = ahead ? u / w : 0.0;
  *to_y = ahead ? v / w : 0.0;
  return ahead;
}

void sg_homography_slope(const double h[9], double x, double y, double slope[4]) {
  const double w = h[6] * x + h[7] * y + h[8];
  const double u = (h[0] * x + h[1] * y + h[2]) / w, v = (h[3] * x + h[4] * y + h[5]) / w;
  slope[0] = (h[0] - u * h[6]) / w;
  slope[1] = (h[1] - u * h[7]) / w;
  slope[2] = (h[3] - v * h[6]) / w;
  slope[3] = (h[4] - v * h[7]) / w;
}

sagitta_status sagitta_camera_to_plane(const sagitta_camera *camera, double x, double y, double *x_cm, double *y_cm) {
  if (!camera || !camera->has_plane) return SAGITTA_ERROR_ARGUMENT;
  double u, v;
  sagitta_camera_undistort(camera, x, y, &u, &v);
  return sg_homography_apply(camera->plane.to_cm, u, v, x_cm, y_cm) ? SAGITTA_OK : SAGITTA_ERROR_ARGUMENT;
}

/* ---- which numbers describe a camera ---- */

static bool within(double value, double least, double most) {
  return value >= least && value <= most; /* false for NAN */
}

static bool good_deviations(const sagitta_lens *l) {
  bool good = within(l->fx_sd, 0, 1e6) && within(l->fy_sd, 0, 1e6) && within(l->cx_sd, 0, 1e6) &&
              within(l->cy_sd, 0, 1e6) && within(l->rms, 0, 1e4) && l->views >= 0 && l->views <= 1000000;
  for (int i = 0; i < 5; i++) good = good && within(l->k_sd[i], 0, 1e9);
  return good;
}

const char *sg_lens_fault(const sagitta_lens *l, int width, int height) {
  const double side = width > height ? width : height;
  if (l->model != SAGITTA_LENS_BROWN && l->model != SAGITTA_LENS_FISHEYE)
    return SG_TRANSLATABLE("The model of the lens is unknown");
  if (!within(l->fx, FOCAL_LEAST * side, FOCAL_MOST * side) || !within(l->fy, FOCAL_LEAST * side, FOCAL_MOST * side)) {
    return SG_TRANSLATABLE("The focal length (\"fx\", \"fy\") does not suit the size of the picture");
  }
  if (!within(l->cx, -width, 2.0 * width) || !within(l->cy, -height, 2.0 * height)) {
    return SG_TRANSLATABLE("The middle of the lens (\"cx\", \"cy\") lies far outside the picture");
  }
  for (int i = 0; i < 5; i++) {
    if (!within(l->k[i], -TERM_MOST, TERM_MOST)) return SG_TRANSLATABLE("A distortion term is absurdly large");
  }
  if (!good_deviations(l))
    return SG_TRANSLATABLE("A standard deviation, the RMS or the number of views of the lens is not possible");
  for (int i = 0; i <= GRID; i++) {
    for (int j = 0; j <= GRID; j++) {
      if (!sg_lens_undoes(l, width * (double)i / GRID, height * (double)j / GRID)) {
        return SG_TRANSLATABLE("The distortion folds the picture over within its borders, which no lens does");
      }
    }
  }
  return NULL;
}

static bool in_front(const sagitta_camera *camera) {
  for (int corner = 0; corner < 4; corner++) {
    double x, y, x_cm, y_cm;
    sagitta_camera_undistort(camera, corner & 1 ? camera->width : 0, corner & 2 ? camera->height : 0, &x, &y);
    if (!sg_homography_apply(camera->plane.to_cm, x, y, &x_cm, &y_cm)) return false;
    if (!(fabs(x_cm) < 1e9) || !(fabs(y_cm) < 1e9)) return false;
  }
  return true;
}

static const char *plane_fault(const sagitta_camera *camera) {
  const sagitta_plane *p = &camera->plane;
  double slope[4], largest = 0.0;
  for (int i = 0; i < 9; i++) {
    if (!isfinite(p->to_cm[i])) return SG_TRANSLATABLE("A number of the homography is not finite");
    largest = fmax(largest, fabs(p->to_cm[i]));
  }
  if (!(largest <= 1e12)) return SG_TRANSLATABLE("A number of the homography is absurdly large");
  if (!in_front(camera)) return SG_TRANSLATABLE("The horizon of the plane of movement lies within the picture");
  sg_homography_slope(p->to_cm, camera->width / 2.0, camera->height / 2.0, slope);
  const double area = slope[1] * slope[2] - slope[0] * slope[3];
  if (!(area > 0.0)) return SG_TRANSLATABLE("The plane of movement is mirrored: x must run to the right, y up");
  if (!within(sqrt(area), CM_A_PX_LEAST, CM_A_PX_MOST))
    return SG_TRANSLATABLE("The scale of the plane of movement is not possible");
  if (!within(p->scale_share, 0, 1) || !within(p->level_sd_deg, 0, 180) || !within(p->tilt_sd_deg, 0, 90)) {
    return SG_TRANSLATABLE("An uncertainty of the plane of movement is not possible");
  }
  return NULL;
}

const char *sg_camera_fault(const sagitta_camera *camera) {
  if (camera->width < 1 || camera->height < 1 || camera->width > SAGITTA_PICTURE_MAX ||
      camera->height > SAGITTA_PICTURE_MAX) {
    return SG_TRANSLATABLE("The size of the picture must be from 1 to 16000 px");
  }
  if (!camera->has_lens && !camera->has_plane)
    return SG_TRANSLATABLE("There is neither a lens nor a plane of movement in it");
  const char *fault = camera->has_lens ? sg_lens_fault(&camera->lens, camera->width, camera->height) : NULL;
  return fault || !camera->has_plane ? fault : plane_fault(camera);
}

/* ---- another picture size ---- */

static void scale_lens(sagitta_lens *lens, double sx, double sy) {
  lens->fx *= sx;
  lens->cx *= sx;
  lens->fx_sd *= sx;
  lens->cx_sd *= sx;
  lens->fy *= sy;
  lens->cy *= sy;
  lens->fy_sd *= sy;
  lens->cy_sd *= sy;
  lens->rms *= sqrt(sx * sy);
}

static sagitta_status refuse_size(const sagitta_camera *c, int width, int height, sagitta_error *error) {
  const bool turned = (c->width > c->height) != (width > height) && c->width != c->height && width != height;
  return sg_fail(error, SAGITTA_ERROR_ARGUMENT,
                 turned
                     ? "The camera was calibrated with pictures of %d x %d px, but these are %d x %d px: it was held "
                       "the other way up. Calibrate it as it is held here."
                     : "The camera was calibrated with pictures of %d x %d px, but these are %d x %d px, which has "
                       "another shape: they show another part of what the lens sees. Calibrate with the same "
                       "settings of the camera.",
                 c->width, c->height, width, height);
}

sagitta_status sagitta_camera_scale(sagitta_camera *camera, int width, int height, sagitta_error *error) {
  if (!camera || camera->width < 1 || camera->height < 1 || width < 1 || height < 1) {
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "A picture size must be above 0.");
  }
  const double sx = (double)width / camera->width, sy = (double)height / camera->height;
  /* Half a pixel of rounding is allowed for in pictures of few pixels. */
  const double slack = ASPECT_SHARE + 0.5 / (width < height ? width : height);
  if (fabs(sx / sy - 1.0) > (width == camera->width && height == camera->height ? 0.0 : slack)) {
    return refuse_size(camera, width, height, error);
  }
  if (camera->has_lens) scale_lens(&camera->lens, sx, sy);
  for (int row = 0; camera->has_plane && row < 3; row++) {
    camera->plane.to_cm[3 * row] /= sx;
    camera->plane.to_cm[3 * row + 1] /= sy;
  }
  camera->width = width;
  camera->height = height;
  return SAGITTA_OK;
}
