/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The camera: from image points to the plane of movement, and the
 * camera.json file (sagitta-camera/1). Only points are undistorted and
 * rectified, never pictures.
 */
#ifndef SAGITTA_CAMERA_H
#define SAGITTA_CAMERA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum sagitta_lens_model {
  SAGITTA_LENS_BROWN = 0,  /* k1 k2 p1 p2 k3 (Brown–Conrady) */
  SAGITTA_LENS_FISHEYE = 1 /* k1 k2 k3 k4 (Kannala–Brandt) */
} sagitta_lens_model;

/* Values in px of the upright picture in our image coordinates: (0, 0) is the outer corner of the top-left pixel, so
 * OpenCV's principal point is ours less half a pixel. */
typedef struct sagitta_lens {
  sagitta_lens_model model;
  double fx, fy, cx, cy;             /* px */
  double k[5];                       /* BROWN: k1 k2 p1 p2 k3; FISHEYE: k1 k2 k3 k4, 0 */
  double fx_sd, fy_sd, cx_sd, cy_sd; /* standard deviations, px */
  double k_sd[5];
  double rms;           /* px, reprojection */
  int views;            /* it was calibrated from */
  uint64_t reserved[4]; /* room to grow */
} sagitta_lens;

/* The plane of movement: undistorted px → cm in that plane, x along the floor (to the right in the picture), y up. */
typedef struct sagitta_plane {
  double to_cm[9];        /* 3x3 homography, row by row: (X, Y, W) = H (x, y, 1), cm = X / W, Y / W */
  double scale_share;     /* standard deviation of the scale, as a share of it */
  double level_sd_deg;    /* standard deviation of the direction "up" */
  double tilt_sd_deg;     /* standard deviation of how square-on the plane is known */
  bool level_known;       /* false: `up` is the picture's */
  bool perspective_known; /* false: the homography is a similarity (scale and level alone) */
  uint64_t reserved[4];   /* room to grow */
} sagitta_plane;

#define SAGITTA_DATE_TEXT 32

/* A plain value: copy it freely. */
typedef struct sagitta_camera {
  int width, height; /* px of the upright picture it was calibrated at */
  bool has_lens, has_plane;
  sagitta_lens lens;
  sagitta_plane plane;
  char date[SAGITTA_DATE_TEXT]; /* ISO 8601, when it was calibrated; for information */
  uint64_t reserved[8];         /* room to grow */
} sagitta_camera;

/* Read a camera.json. Errors: MISSING, FORMAT, MEMORY. *out is untouched on failure. Thread-safe. */
SAGITTA_API sagitta_status sagitta_camera_read(sagitta_camera *out, const char *path, sagitta_error *error);
/* The same from memory; `text` need not be zero-terminated. */
SAGITTA_API sagitta_status sagitta_camera_parse(sagitta_camera *out, const char *text, size_t length,
                                                sagitta_error *error);
/* The document in *text (sagitta_free) of *length bytes, zero-terminated; 12 significant digits, whatever the locale.
 * `length` may be NULL. Errors: ARGUMENT (values that describe no camera: a lens that folds the picture over, a plane
 * that is mirrored or whose horizon lies in the picture, …), MEMORY. */
SAGITTA_API sagitta_status sagitta_camera_print(const sagitta_camera *camera, char **text, size_t *length,
                                                sagitta_error *error);
/* Write one, whole or not at all. Errors: ARGUMENT (as above), WRITE, MEMORY. */
SAGITTA_API sagitta_status sagitta_camera_write(const sagitta_camera *camera, const char *path, sagitta_error *error);

/*
 * Scale a calibration to pictures of another size: right when the aspect is
 * the same within 0.5 %; refused with ARGUMENT when the aspect or the
 * orientation differs (the text says which).
 */
SAGITTA_API sagitta_status sagitta_camera_scale(sagitta_camera *camera, int width, int height, sagitta_error *error);

/* Undistort one point, px → px of an ideal pinhole with the same fx, fy, cx, cy. Without a lens it is unchanged.
 * Thread-safe. */
SAGITTA_API void sagitta_camera_undistort(const sagitta_camera *camera, double x, double y, double *to_x, double *to_y);
/* The opposite direction. */
SAGITTA_API void sagitta_camera_distort(const sagitta_camera *camera, double x, double y, double *to_x, double *to_y);
/* Undistort, then map to the plane of movement, cm. Without a plane: ARGUMENT. */
SAGITTA_API sagitta_status sagitta_camera_to_plane(const sagitta_camera *camera, double x, double y, double *x_cm,
                                                   double *y_cm);

#ifdef __cplusplus
}
#endif
#endif
