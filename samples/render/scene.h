/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to samples/render. What is drawn: room.c (wall, floor, furniture, what the person sits, lies or steps on),
 * clutter.c (coloured things and other people; a new one is a flag of the options and a few lines there),
 * draw_person.c, draw_stickers.c (the markers, and what the picture then shows of them), chessboard.c.
 */
#ifndef SAMPLE_RENDER_SCENE_H
#define SAMPLE_RENDER_SCENE_H

#include "render/imaging.h"
#include "render/planar_body.h"

/* --- draw_person.c --- */

typedef struct sample_dress {
  sample_colour shirt, trousers, skin, hair;
} sample_dress;

/* Everything but the near arm, its middle plane at `z`; then that arm. */
void sample_draw_person(sample_canvas *canvas, const sample_pose *pose, const sample_dress *dress, double z);
void sample_draw_near_arm(sample_canvas *canvas, const sample_pose *pose, const sample_dress *dress, double z);

/* --- room.c --- */

#define SAMPLE_WALL_Z (-190.0) /* cm */

void sample_draw_room(sample_canvas *canvas, const sample_options *o);
/* What the person sits, lies or steps on, and the ruler's board. */
void sample_draw_props(sample_canvas *canvas, const sample_options *o);
/* The person's shadow on the floor. */
void sample_draw_shadow(sample_canvas *canvas, double bend);

/* --- clutter.c: still things, things that move behind the person, things that cross in front --- */

void sample_draw_clutter(sample_canvas *canvas, const sample_options *o);
void sample_draw_clutter_behind(sample_canvas *canvas, const sample_options *o, double scene_s);
void sample_draw_clutter_in_front(sample_canvas *canvas, const sample_options *o, double scene_s);

/* --- draw_stickers.c --- */

#define SAMPLE_OUTLINE_POINTS 64

/* A marker's outline as drawn, coded px. */
typedef struct sample_outline {
  sample_point p[SAMPLE_OUTLINE_POINTS];
  int n;
  size_t above; /* index of the canvas's first recorded outline that was drawn after it */
} sample_outline;

/* Room for the coverage of one marker; grows as needed. */
typedef struct sample_cover {
  float *own, *other;
  size_t room; /* px */
} sample_cover;

void sample_cover_free(sample_cover *cover);
/* Draws a marker with its rim; false when memory is short. */
bool sample_draw_sticker(sample_canvas *canvas, const sample_options *o, sample_cover *cover,
                         const sample_sticker *sticker, sample_outline *out);
/* What the picture shows of it, once everything is drawn. */
void sample_sticker_truth(const sample_canvas *canvas, sample_cover *cover, const sample_sticker *sticker,
                          const sample_outline *outline, sample_marker_truth *truth);

/* --- chessboard.c --- */

/* The board of --board; false when memory is short. */
bool sample_chessboard_draw(sample_canvas *canvas, const sample_options *o, double scene_s);
double sample_chessboard_seconds(const sample_options *o);

#endif
