/* SPDX-License-Identifier: Apache-2.0 */
/* Public face of cv/camera for whoever makes a camera, beside view.h: the lens and the plane of movement, and which
 * numbers describe them. Stateless, thread-safe. */
#ifndef SG_CAMERA_UNDISTORT_H
#define SG_CAMERA_UNDISTORT_H

#include "sagitta/camera.h"

/* NULL when the values describe a camera; else what is wrong, in words that start a sentence. A lens must be one that
 * can be undone everywhere in the picture; a plane must lie in front of the camera everywhere in the picture, x to the
 * right and y up in its middle. */
const char *sg_camera_fault(const sagitta_camera *camera);
/* The parts of it. */
const char *sg_lens_fault(const sagitta_lens *lens, int width, int height);

/* Whether the distortion can be undone at this place of the picture. */
bool sg_lens_undoes(const sagitta_lens *lens, double x, double y);

/* h(x, y); false where the point is at or beyond the horizon of the plane. */
bool sg_homography_apply(const double h[9], double x, double y, double *to_x, double *to_y);
/* How x_cm, y_cm change with x and y there: dX/dx dX/dy dY/dx dY/dy. */
void sg_homography_slope(const double h[9], double x, double y, double slope[4]);

#endif
