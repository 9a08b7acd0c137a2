/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The room's face: from points in the upright picture to the plane of movement, and how far they may be wrong for what
 * is not known of the camera.
 *
 * In: places and directions in px of the upright picture; a calibration (sagitta/camera.h) or none. Out: plane px, and
 * what each error of the camera would do to them. undistort.c: the lens, the homography, which numbers describe a
 * camera. view.c: one recording's view. camera_file.c: sagitta-camera/1, read and written. Start reading with sg_view.
 *
 * Plane px: like px of the upright picture (x to the right, y down), but with the lens straightened, the perspective
 * taken out and up pointing up; near the middle of the picture one plane px is as long as one px. Where nothing is
 * known, plane px are the picture's. A view is constant once made; the functions are stateless: thread-safe.
 */
#ifndef SG_CAMERA_VIEW_H
#define SG_CAMERA_VIEW_H

#include "sagitta/camera.h"

/* ---- undistort.c: for whoever makes a camera: lens and plane of movement, and which numbers describe them ---- */

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

/* ---- view.c ---- */

/*
 * What is believed of a camera about which nothing is known: X(ENUM, name, spread, unit, source). All are zero in the
 * mean. A calibration replaces those that it measures.
 */
#define SG_VIEW_LIST(X)                                                                                        \
  X(LENS, "radial distortion k1, at the assumed focal length", 0.10, "1",                                      \
    "[J] phones and webcams as sold: -0.2 to 0.1 where they do not correct it")                                \
  X(YAW, "plane of movement turned about the vertical", 7.0, "deg", "Puig-Divi 2019 usable to 45; people: 10") \
  X(PITCH, "camera looking down or up at the plane", 4.5, "deg", "[C] 20 cm too high at 3 m is 3.8")           \
  X(ROLL, "camera turned about its axis", 2.5, "deg", "[J] a phone leaned against a chair")                    \
  X(DEPTH, "shoulder marker nearer to the camera than hip and knee, of the distance", 0.006, "1", "[C] 2 cm at 3.3 m")

typedef enum sg_view_error {
#define SG_VIEW_ENUM(upper, name, spread, unit, source) SG_VIEW_##upper,
  SG_VIEW_LIST(SG_VIEW_ENUM)
#undef SG_VIEW_ENUM
      SG_VIEW_ERRORS
} sg_view_error;

typedef struct sg_view_prior {
  const char *name;
  double spread;
  const char *unit, *source;
} sg_view_prior;
extern const sg_view_prior sg_view_priors[SG_VIEW_ERRORS];

typedef struct sg_view {
  sagitta_camera camera;         /* has_lens, has_plane: what of it is known */
  double to_plane[9];            /* undistorted px → plane px */
  double from_plane[9];          /* back */
  double spread[SG_VIEW_ERRORS]; /* standard deviations, in the units of the list */
  double focal;                  /* px, of the lens or assumed */
  double middle[2];              /* plane px: where the optical axis meets the plane */
  double cm_per_px;              /* of plane px; NAN = unknown */
  double scale_share;            /* standard deviation of the scale, as a share of it */
  bool level_known;              /* up of the plane is up */
  bool plain;                    /* plane px are the picture's */
} sg_view;

/* The view of a picture of that size; camera NULL: not calibrated. ARGUMENT where the camera is one of another picture
 * size, or none. */
sagitta_status sg_view_set(sg_view *view, const sagitta_camera *camera, int width, int height, sagitta_error *error);
/* px of the upright picture → plane px. False, and NAN, where the point is beyond the horizon of the plane. */
bool sg_view_point(const sg_view *view, double x, double y, double to[2]);
/* A direction in the picture (degrees clockwise from straight up) through x, y, over `length` px: in plane px. The
 * nearest branch to axis. NAN where that cannot be said. */
double sg_view_axis(const sg_view *view, double x, double y, double axis, double length);

/* How long a strip of that direction and length about x, y is, plane px. */
double sg_view_length(const sg_view *view, double x, double y, double axis, double length);

/* Where the point at plane px `p` would be, if the camera differed by `deviations` standard deviations of that error.
 * DEPTH moves every point that it is asked for: ask for the shoulder's alone. */
void sg_view_disturb(const sg_view *view, sg_view_error error, double deviations, const double p[2], double to[2]);

#endif
