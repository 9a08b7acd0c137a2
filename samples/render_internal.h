/* SPDX-License-Identifier: Apache-2.0 */
/* What the renderer's files share. Body coordinates: cm, x forward, y up, origin under the ankle on the floor. World:
 * x right seen from the camera, y up, z towards the camera, the marker plane at z = 0. */
#ifndef SAMPLE_RENDER_INTERNAL_H
#define SAMPLE_RENDER_INTERNAL_H

#include <cairo.h>
#include <math.h>

#include "render.h"

typedef struct sample_point {
  double x, y;
} sample_point;

/* --- numbers that repeat --- */
uint64_t sample_hash(uint64_t a, uint64_t b); /* mixes two numbers */
double sample_uniform(uint64_t *state);       /* [0, 1) */
double sample_gauss(uint64_t *state);         /* mean 0, sigma 1, never beyond 6 */
double sample_smooth(double t);               /* 0 → 1 with minimum jerk, clamped */

/* --- body (render_body.c) --- */
/* Proportions as shares of stature (Drillis & Contini as given by Winter, Biomechanics and Motor Control of Human
 * Movement). */
#define SAMPLE_ANKLE_HEIGHT     0.039
#define SAMPLE_SHANK_LENGTH     0.246
#define SAMPLE_THIGH_LENGTH     0.245
#define SAMPLE_UPPER_ARM_LENGTH 0.186
#define SAMPLE_FOREARM_LENGTH   0.146
#define SAMPLE_HAND_LENGTH      0.108

#define SAMPLE_SPINE 18 /* tops of S1, L5 … L1, T12 … T1 */

typedef struct sample_motion {
  double pelvis, lumbar, thoracic, thigh, knee; /* deg from neutral standing; thigh and knee where they are free */
  double bend;                                  /* 0 at the start … 1 at end range */
} sample_motion;

typedef struct sample_limb {
  sample_point root, mid, tip, end; /* hip knee ankle toe-side; shoulder elbow wrist fingertip */
} sample_limb;

typedef struct sample_pose {
  sample_limb leg[2], arm[2]; /* 0 near the camera, 1 far; leg end unused */
  double foot_tilt[2];        /* deg, toes up positive */
  sample_point hip, shoulder, neck, head;
  sample_point spine[SAMPLE_SPINE];
  double tilt[SAMPLE_SPINE];       /* deg forward of each vertebra, world */
  double pelvis, chest, head_tilt; /* deg forward, world, 0 when standing neutrally */
  double ribs, thigh, shank;       /* thigh: knee → hip, shank: ankle → knee, deg forward of straight up */
  double sole;                     /* cm, where the soles are: x when sitting, else y */
  double stature;
} sample_pose;

typedef struct sample_spot {
  int role;
  bool strip;
  sample_point centre; /* body cm */
  double tilt;         /* strips: deg forward of vertical, lower end to upper */
  double length, width;
  bool over_arm; /* worn on the arm or shoulder: nothing of the body covers it */
} sample_spot;

typedef struct sample_view {
  double aim, high, wide; /* cm: height of the middle of the picture; what must fit into it */
  double origin;          /* cm, the body's x = 0 from the picture's middle, to the side the person faces */
} sample_view;

enum { SAMPLE_STAND, SAMPLE_SIT, SAMPLE_LIE, SAMPLE_STEP };

/* Whose greatest value is end range. */
typedef enum sample_measure {
  SAMPLE_MEASURE_TRUNK,     /* pelvis + spine */
  SAMPLE_MEASURE_THIGH,     /* flexion of the hip */
  SAMPLE_MEASURE_EXTENSION, /* of the knee */
  SAMPLE_MEASURE_FLEXION,   /* of the knee */
  SAMPLE_MEASURE_BACKWARDS  /* the trunk, backwards */
} sample_measure;

/* --- movement (render_move.c) --- */
typedef struct sample_move {
  const char *name;
  const char *defaults; /* options, in the form of a preset */
  int posture;          /* SAMPLE_STAND … */
  sample_measure measure;
  sample_motion start; /* deg from neutral standing */
  sample_view view;
} sample_move;

const sample_move *sample_move_of(const sample_options *o);
/* Sets the options that differ from one movement to another. */
bool sample_move_defaults(sample_options *o, char *error);
double sample_move_progress(const sample_options *o, const sample_pose *pose, const sample_motion *motion);
/* "name=value name" → options. */
bool sample_options_apply(sample_options *o, const char *text, char *error);

double sample_script_seconds(const sample_options *o);
void sample_motion_at(const sample_options *o, double scene_s, sample_motion *motion);
/* The bending person at a time, arms included. */
void sample_pose_at(const sample_options *o, double scene_s, const sample_motion *motion, sample_pose *pose);
void sample_pose_stand(double stature, sample_pose *pose);
void sample_pose_walk(double stature, double phase, sample_pose *pose);
/* Markers on that pose; returns how many. spots has SAMPLE_ROLES entries. */
int sample_spots(const sample_options *o, const sample_pose *pose, const sample_motion *motion, double disc_cm,
                 sample_spot *spots);
sample_point sample_turn(sample_point p, double deg_forward);
/* The fingertip, cm beyond the soles; NAN when lying. */
double sample_reach(const sample_options *o, const sample_pose *pose);
/* Where the two ruler marks are, body cm; `along` (may be NULL) is the direction from the first to the second. */
sample_point sample_ruler_mark(const sample_options *o, int mark, sample_point *along);
/* --- posture (render_posture.c): where legs and hip are, and what they stand or lie on --- */
void sample_posture_legs(const sample_options *o, const sample_motion *motion, sample_pose *pose);
void sample_posture_arms(const sample_options *o, const sample_motion *motion, sample_pose *pose);
sample_point sample_along(sample_point from, double length, double deg_forward);
/* Upper arm deg forward of straight down, elbow flexion on top of it. */
void sample_hang_arm(sample_limb *arm, double stature, double upper, double elbow);
/* The point `grip` cm beyond the elbow reaches the target, elbow behind the line. */
void sample_reach_arm(sample_limb *arm, double stature, double grip, sample_point target);

/* --- camera (render_camera.c) --- */
typedef struct sample_camera {
  double f, cx, cy, k1, k2;
  double edge; /* radius beyond which the distortion goes on straight, so that it never folds back */
  double eye[3], right[3], up[3], ahead[3];
  double cos_roll, sin_roll;
  double xx, xy, x0, yx, yy, y0; /* upright px → coded px */
  int width, height;             /* coded */
} sample_camera;

bool sample_camera_set(const sample_options *o, sample_camera *camera, char *error);
sample_point sample_project(const sample_camera *c, double x, double y, double z); /* upright px */
sample_point sample_to_coded(const sample_camera *c, sample_point upright);
sample_point sample_to_upright(const sample_camera *c, sample_point coded);

/* --- polygons (render_polygon.c) --- */
/* Exact covered part (0–1) of each pixel of the box; points in the box's picture. */
void sample_coverage(const sample_point *p, int n, int x0, int y0, int w, int h, float *cover);
/* Area centroid and direction of the long principal axis (radians from +x, folded), area > 0. */
void sample_polygon_moments(const sample_point *p, int n, sample_point *centroid, double *direction);
typedef struct sample_box {
  int x0, y0, x1, y1;
} sample_box;
sample_box sample_polygon_box(const sample_point *p, int n);

/* --- canvas (render_canvas.c) --- */
#define SAMPLE_POLYGON 512
typedef struct sample_canvas {
  cairo_surface_t *surface;
  cairo_t *cr;
  const sample_camera *camera;
  double origin_x, facing; /* where a body's x = 0 stands in the world, and which way x goes */
  bool failed;
  /* outlines of what was drawn since recording began: what may cover a marker */
  bool recording;
  sample_point *point;
  size_t points, point_room;
  int *start;
  size_t starts, start_room;
} sample_canvas;

typedef struct sample_ribbon {
  int n;
  sample_point c[24];
  double front[24], back[24];
  double cap0, cap1; /* length of the round ends as a part of the half-width */
} sample_ribbon;

bool sample_canvas_open(sample_canvas *canvas, const sample_camera *camera);
void sample_canvas_close(sample_canvas *canvas);
void sample_canvas_forget(sample_canvas *canvas);                               /* empties the record */
void sample_canvas_record(sample_canvas *canvas, const sample_point *p, int n); /* an outline, while recording */
sample_point sample_canvas_body(const sample_canvas *canvas, sample_point body, double z);   /* coded px */
sample_point sample_canvas_world(const sample_canvas *canvas, double x, double y, double z); /* coded px */
void sample_canvas_colour(sample_canvas *canvas, sample_colour colour, double alpha);
/* Fills coded points with the present source and records them. */
void sample_canvas_fill(sample_canvas *canvas, const sample_point *p, int n);
/* A rounded body part: a smooth ribbon from its lower to its upper end, lit from above and in front. */
void sample_canvas_ribbon(sample_canvas *canvas, const sample_ribbon *ribbon, double z, sample_colour colour,
                          int bands);
/* A smooth closed curve through body points. */
void sample_canvas_blob(sample_canvas *canvas, const sample_point *body, int n, double z, sample_colour colour);
/* A ball in the world, lit. */
void sample_canvas_ball(sample_canvas *canvas, double x, double y, double z, double radius, sample_colour colour);
sample_colour sample_shade(sample_colour colour, double factor);

/* --- what is drawn --- */
typedef struct sample_dress {
  sample_colour shirt, trousers, skin, hair;
} sample_dress;
void sample_figure_body(sample_canvas *canvas, const sample_pose *pose, const sample_dress *dress, double z);
void sample_figure_near_arm(sample_canvas *canvas, const sample_pose *pose, const sample_dress *dress, double z);
void sample_room_draw(sample_canvas *canvas, const sample_options *o);
/* What the person sits, lies or steps on, and the ruler's board. */
void sample_props_draw(sample_canvas *canvas, const sample_options *o);
void sample_room_behind(sample_canvas *canvas, const sample_options *o, double scene_s);
void sample_room_front(sample_canvas *canvas, const sample_options *o, double scene_s);

/* The board of --board; false when memory is short. */
bool sample_board_draw(sample_canvas *canvas, const sample_options *o, double scene_s);
double sample_board_seconds(const sample_options *o);

/* --- sensor and colour (render_sensor.c, render_colour.c) --- */
typedef struct sample_sensor sample_sensor;
sample_sensor *sample_sensor_new(const sample_options *o, const sample_camera *camera);
void sample_sensor_free(sample_sensor *sensor);
/* Begins a frame of `steps` exposures, each given by sample_sensor_expose. */
void sample_sensor_begin(sample_sensor *sensor, int frame, double scene_s, int steps);
void sample_sensor_expose(sample_sensor *sensor, const uint8_t *argb, int stride);
void sample_sensor_end(sample_sensor *sensor);
/* Row of gamma-coded values 0–255 with light and noise. The rows have camera->width entries. */
void sample_sensor_row(const sample_sensor *sensor, int y, float *r, float *g, float *b);

typedef struct sample_packer sample_packer;
sample_packer *sample_packer_new(const sample_options *o, const sample_camera *camera, char *error);
void sample_packer_free(sample_packer *packer);
void sample_packer_pack(sample_packer *packer, const sample_sensor *sensor, sample_picture *out);

/* What AUTO means for this file. */
int sample_matrix_of(const sample_options *o);
int sample_siting_of(const sample_options *o);
bool sample_full_range(const sample_options *o);
const char *sample_pixel_of(const sample_options *o);

/* --- truth (render_truth.c) --- */
const sample_options *sample_renderer_options(const sample_renderer *renderer);
void sample_truth_head(FILE *out, const sample_options *o, const sample_truth *first);
void sample_truth_row(FILE *out, const sample_truth *truth, const sample_truth *first);
bool sample_truth_summary(const sample_renderer *renderer, const sample_options *o, const char *path, char *error);
/* Angles of a motion, from the mean of the first standing. */
void sample_truth_angles(const sample_options *o, double scene_s, sample_truth *truth);

bool sample_fail(char *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
