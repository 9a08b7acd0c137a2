/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A frame as it may be shown: as an upright RGB picture (upright.c), with the head hidden and the background soft
 * (head.c, which asks surroundings.c what is the person's, limbs.c and head_place.c where limbs and head are that have
 * no marker, and soften.c to make it so), and with markers and segments drawn on it (marks.c). Pixels are cairo's
 * RGB24: native-endian 0xXXRRGGBB, `stride` bytes a row.
 */
#ifndef SG_DRAWING_SHOWN_FRAME_H
#define SG_DRAWING_SHOWN_FRAME_H

#include <cairo.h>
#include <stdbool.h>
#include <stdint.h>

#include "sagitta/tracks.h"
#include "sagitta/video.h"

/* ---- upright ---- */

typedef struct upright upright;

/* For pictures of width x height px, upright. NULL when there is no memory. */
upright *upright_new(int width, int height);
/* Convert, scale, turn and mirror a frame into `pixels`; `turn` is the frame's upright transform (sagitta_input_info).
 * Errors: ARGUMENT (a layout that cannot be shown), MEMORY. */
sagitta_status upright_take(upright *u, const sagitta_frame *frame, const double turn[6], uint8_t *pixels, int stride,
                            sagitta_error *error);
/* NULL-safe; sets *u to NULL. */
void upright_free(upright **u);

/* ---- a frame of its time ---- */

/* Read the frame that stands at a time (s, to 1 ms) of a video of that length (s): on from the last one, at *now_s
 * (NAN: none yet), where it is near, from the key frame before it where that can be found, else from the start. END:
 * there is none at that time. The frame is the video's, as of sagitta_video_read. */
sagitta_status frame_at(sagitta_video **video, double length_s, double *now_s, double time_s, sagitta_frame *frame,
                        sagitta_error *error);

/* ---- the head, and the background ---- */

/* Where the head is in each frame, generously, from shoulder and trunk: nobody's face leaves this program. Where the
 * shoulder is lost, everything down to the lowest place that the head can have. */
typedef struct head_plan head_plan;

/* Look through the whole recording. NULL when there is no memory. The tracks must outlive it. */
head_plan *head_plan_new(const sagitta_tracks *tracks, bool facing_right);
/* What is behind and beside the person stays as it was filmed; else it is made soft beyond recognition, since others
 * have faces too. */
void head_plan_keep_background(head_plan *plan);
/* Which frames to show the plan: the row whose markers are farthest from where they are in a row, and rows between two
 * that share out the way from the one's posture to the other's, in order of time. Returns how many there are. */
#define HEAD_PLAN_BETWEEN 3
size_t head_plan_farthest(const head_plan *plan, size_t row);
size_t head_plan_between(const head_plan *plan, size_t from, size_t until, size_t row[HEAD_PLAN_BETWEEN]);
/* Show the plan a frame as it was filmed, of a posture of its own. From two on it tells arms, and legs without
 * markers, by what moves; without, they are taken to be where they are in most people. False when memory is short. */
bool head_plan_learn(head_plan *plan, uint8_t *pixels, int width, int height, int stride);
/* NULL-safe; sets *plan to NULL. */
void head_plan_free(head_plan **plan);

/* Hide the head, and the background unless it is kept, of one row's frame in a picture of width x height px that shows
 * the tracks' picture scaled by scale_x, scale_y. Rows past the end hide everything that the head ever reached.
 * False when memory was short: more is hidden than need be, and the picture is not the one that was asked for. */
bool head_hide(const head_plan *plan, size_t row, uint8_t *pixels, int width, int height, int stride, double scale_x,
               double scale_y);

/* ---- markers and segments ---- */

/* Where the markers' names stood in the frame before, so that they do not jump. Zero-initialise. */
typedef struct marks_places {
  int place[SAGITTA_ROLES];
} marks_places;

/* px: something is written there later; names stay out of it. Width 0: nothing. */
/* A line that names keep clear of. */
#define MARKS_LINES 6
typedef struct marks_line {
  double x0, y0, x1, y1;
} marks_line;

typedef struct marks_cover {
  double x, y, width, height;
} marks_cover;
#define MARKS_COVERS 2

typedef struct marks_view {
  double scale_x, scale_y; /* px drawn per px of the tracks */
  double unit;             /* px: the height of ordinary text */
  double width, height;    /* px of the picture */
  double left, top;        /* px: names stay right of and below that */
  marks_line line[MARKS_LINES];
  int lines;
  marks_cover cover[MARKS_COVERS];
  bool unnamed; /* markers and lines alone */
  bool facing_right;
  const char *language; /* of the markers' names; NULL = English */
} marks_view;

/* Whether a line passes through a box, its edge included. */
bool marks_crosses(double x, double y, double width, double height, const marks_line *line);

void marks_draw(cairo_t *cr, const sagitta_tracks *tracks, size_t row, const marks_view *view, marks_places *places);

#endif
