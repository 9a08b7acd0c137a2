/* SPDX-License-Identifier: Apache-2.0 */
/* Which numbers describe a camera. */
#include <math.h>

#include "camera/camera.h"
#include "sagitta/video.h"

#define GRID 16 /* places tried along each side of the picture */

#define FOCAL_LEAST   0.05 /* of the longer side */
#define FOCAL_MOST    100.0
#define TERM_MOST     1e6
#define CM_A_PX_LEAST 1e-4
#define CM_A_PX_MOST  100.0

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
  if (l->model != SAGITTA_LENS_BROWN && l->model != SAGITTA_LENS_FISHEYE) return "The model of the lens is unknown";
  if (!within(l->fx, FOCAL_LEAST * side, FOCAL_MOST * side) || !within(l->fy, FOCAL_LEAST * side, FOCAL_MOST * side)) {
    return "The focal length (\"fx\", \"fy\") does not suit the size of the picture";
  }
  if (!within(l->cx, -width, 2.0 * width) || !within(l->cy, -height, 2.0 * height)) {
    return "The middle of the lens (\"cx\", \"cy\") lies far outside the picture";
  }
  for (int i = 0; i < 5; i++) {
    if (!within(l->k[i], -TERM_MOST, TERM_MOST)) return "A distortion term is absurdly large";
  }
  if (!good_deviations(l)) return "A standard deviation, the RMS or the number of views of the lens is not possible";
  for (int i = 0; i <= GRID; i++) {
    for (int j = 0; j <= GRID; j++) {
      if (!sg_lens_undoes(l, width * (double)i / GRID, height * (double)j / GRID)) {
        return "The distortion folds the picture over within its borders, which no lens does";
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
    if (!isfinite(p->to_cm[i])) return "A number of the homography is not finite";
    largest = fmax(largest, fabs(p->to_cm[i]));
  }
  if (!(largest <= 1e12)) return "A number of the homography is absurdly large";
  if (!in_front(camera)) return "The horizon of the plane of movement lies within the picture";
  sg_homography_slope(p->to_cm, camera->width / 2.0, camera->height / 2.0, slope);
  const double area = slope[1] * slope[2] - slope[0] * slope[3];
  if (!(area > 0.0)) return "The plane of movement is mirrored: x must run to the right, y up";
  if (!within(sqrt(area), CM_A_PX_LEAST, CM_A_PX_MOST)) return "The scale of the plane of movement is not possible";
  if (!within(p->scale_share, 0, 1) || !within(p->level_sd_deg, 0, 180) || !within(p->tilt_sd_deg, 0, 90)) {
    return "An uncertainty of the plane of movement is not possible";
  }
  return NULL;
}

const char *sg_camera_fault(const sagitta_camera *camera) {
  if (camera->width < 1 || camera->height < 1 || camera->width > SAGITTA_PICTURE_MAX ||
      camera->height > SAGITTA_PICTURE_MAX) {
    return "The size of the picture must be from 1 to 16000 px";
  }
  if (!camera->has_lens && !camera->has_plane) return "There is neither a lens nor a plane of movement in it";
  const char *fault = camera->has_lens ? sg_lens_fault(&camera->lens, camera->width, camera->height) : NULL;
  return fault || !camera->has_plane ? fault : plane_fault(camera);
}
