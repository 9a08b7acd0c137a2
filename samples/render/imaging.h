/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to samples/render. From a point in the world to a value in a file: pinhole.c projects, camera_move.c moves
 * the camera, polygon.c knows the exact coverage of outlines, canvas.c draws with cairo, sensor.c adds light, blur and
 * noise, chroma.c makes Y'CbCr.
 *
 * Upright px: of the picture as it is shown (render.h). Coded px: of the grid that the file stores, before a player
 * turns, flips and stretches it; pictures are drawn in it.
 */
#ifndef SAMPLE_RENDER_IMAGING_H
#define SAMPLE_RENDER_IMAGING_H

#include <cairo.h>

#include "render/basics.h"

/* --- pinhole.c --- */

typedef struct sample_camera {
  double f, cx, cy, k1, k2; /* px of the upright picture; radial distortion of normalised coordinates */
  double edge;              /* radius beyond which the distortion goes on straight, so that it never folds back */
  double eye[3], right[3], up[3], ahead[3]; /* world: cm, and unit vectors */
  double cos_roll, sin_roll;
  double xx, xy, x0, yx, yy, y0; /* upright px → coded px */
  int width, height;             /* coded */
} sample_camera;

/* False with a message when the coded picture would be too small or too large. */
bool sample_camera_set(const sample_options *o, sample_camera *camera, char *error);
/* How a camera that stands as `rest` at first stands at a time of the scene. */
void sample_camera_moved(const sample_options *o, const sample_camera *rest, double scene_s, sample_camera *moved);
sample_point sample_project(const sample_camera *c, double x, double y, double z); /* world → upright px */
sample_point sample_to_coded(const sample_camera *c, sample_point upright);
sample_point sample_to_upright(const sample_camera *c, sample_point coded);
/* The undistorted radius of a distorted one, in normalised coordinates. */
double sample_undistorted(const sample_camera *c, double radius);
/* The direction in the world of what lies at v[0] to the right, v[1] down, v[2] ahead of the rolled camera. */
void sample_camera_direction(const sample_camera *c, const double v[3], double world[3]);

/* --- polygon.c --- */

typedef struct sample_box {
  int x0, y0, x1, y1; /* px; x1, y1 beyond the last */
} sample_box;

/* Exact covered part (0–1) of each pixel of the box at (x0, y0); points in the box's picture. */
void sample_coverage(const sample_point *p, int n, int x0, int y0, int w, int h, float *cover);
/* Area centroid and direction of the long principal axis (radians from +x, folded; may be NULL), area > 0. */
void sample_polygon_moments(const sample_point *p, int n, sample_point *centroid, double *direction);
sample_box sample_polygon_box(const sample_point *p, int n);

/* --- canvas.c --- */

#define SAMPLE_POLYGON 512

typedef struct sample_canvas {
  cairo_surface_t *surface;
  cairo_t *cr;
  const sample_camera *camera; /* borrowed */
  double origin_x, facing;     /* where a body's x = 0 stands in the world, and which way x goes */
  bool failed;                 /* memory ran short */
  /* Outlines of what was drawn since recording began: what may cover a marker. */
  bool recording;
  sample_point *point; /* coded px of all outlines */
  size_t points, point_room;
  int *start; /* index of each outline's first point */
  size_t starts, start_room;
} sample_canvas;

/* A rounded body part from its lower to its upper end; body cm. */
typedef struct sample_ribbon {
  int n;
  sample_point c[24];
  double front[24], back[24]; /* half-widths */
  double cap0, cap1;          /* length of the round ends as a part of the half-width */
} sample_ribbon;

/* False when memory is short; close it all the same. */
bool sample_canvas_open(sample_canvas *canvas, const sample_camera *camera);
void sample_canvas_close(sample_canvas *canvas);
void sample_canvas_forget(sample_canvas *canvas);                               /* empties the record */
void sample_canvas_record(sample_canvas *canvas, const sample_point *p, int n); /* an outline, while recording */
sample_point sample_canvas_body(const sample_canvas *canvas, sample_point body, double z);   /* coded px */
sample_point sample_canvas_world(const sample_canvas *canvas, double x, double y, double z); /* coded px */
void sample_canvas_colour(sample_canvas *canvas, sample_colour colour, double alpha);
/* Fills coded points with the present source and records them. */
void sample_canvas_fill(sample_canvas *canvas, const sample_point *p, int n);
/* A quadrangle in the world; alpha 0 = with the canvas's present source. */
void sample_canvas_quad(sample_canvas *canvas, const double p[4][3], sample_colour colour, double alpha);
/* A rectangle of the world that stands at right angles to its z. */
void sample_canvas_upright(sample_canvas *canvas, double x0, double y0, double x1, double y1, double z,
                           sample_colour colour);
/* A smooth surface through the ribbon, lit from above and in front. */
void sample_canvas_ribbon(sample_canvas *canvas, const sample_ribbon *ribbon, double z, sample_colour colour,
                          int bands);
/* A smooth closed curve through body points. */
void sample_canvas_blob(sample_canvas *canvas, const sample_point *body, int n, double z, sample_colour colour);
/* A disc of the world that stands at right angles to its z, without light. */
void sample_canvas_disc(sample_canvas *canvas, double x, double y, double z, double radius, sample_colour colour);
/* A ball in the world, lit. */
void sample_canvas_ball(sample_canvas *canvas, double x, double y, double z, double radius, sample_colour colour);
/* Mixes a colour into the picture by the coverage (0–1) of each pixel of a box that starts at (x0, y0), w px wide. */
void sample_canvas_blend(sample_canvas *canvas, const float *cover, int x0, int y0, int w, int h, sample_colour colour);

/* --- sensor.c --- */

typedef struct sample_sensor sample_sensor;

/* NULL when memory is short. */
sample_sensor *sample_sensor_new(const sample_options *o, const sample_camera *camera);
void sample_sensor_free(sample_sensor *sensor);
/* Begins a frame of `steps` exposures, each given by sample_sensor_expose. */
void sample_sensor_begin(sample_sensor *sensor, int frame, double scene_s, int steps);
/* cairo's RGB24 rows; borrowed until the next frame begins. */
void sample_sensor_expose(sample_sensor *sensor, const uint8_t *argb, int stride);
void sample_sensor_end(sample_sensor *sensor);
/* Row of gamma-coded values 0–255 with light and noise. The rows have camera->width entries. */
void sample_sensor_row(const sample_sensor *sensor, int y, float *r, float *g, float *b);

/* --- chroma.c --- */

typedef struct sample_packer sample_packer;

/* NULL with a message: a pixel format that cannot be written, or memory. */
sample_packer *sample_packer_new(const sample_options *o, const sample_camera *camera, char *error);
void sample_packer_free(sample_packer *packer);
/* The planes belong to the packer and last until its next picture. */
void sample_packer_pack(sample_packer *packer, const sample_sensor *sensor, sample_picture *out);

#endif
