/* SPDX-License-Identifier: Apache-2.0 */
/* Things and people in the room that a tracker might take for markers. */
#include "render/scene.h"

#define SHELF_X (-118.0) /* cm */

static const sample_colour marker_like[] = { { 38, 92, 205 },  { 52, 176, 74 },  { 205, 36, 128 },
                                             { 240, 128, 40 }, { 232, 200, 48 }, { 60, 190, 205 } };

static void draw_shelf(sample_canvas *canvas) {
  sample_canvas_upright(canvas, SHELF_X - 30, 128, SHELF_X + 34, 131, SAMPLE_WALL_Z + 25,
                        (sample_colour){ 120, 98, 78 });
  sample_canvas_upright(canvas, SHELF_X - 30, 126.5, SHELF_X + 34, 128, SAMPLE_WALL_Z + 25,
                        (sample_colour){ 84, 68, 54 });
  for (int i = 0; i < 5; i++)
    sample_canvas_upright(canvas, SHELF_X + 12 + 4 * i, 131, SHELF_X + 15.4 + 4 * i, 150 + 3 * (i % 3),
                          SAMPLE_WALL_Z + 22, sample_shade((sample_colour){ 150, 142, 134 }, 0.7 + 0.1 * i));
}

static void draw_plant(sample_canvas *canvas, const sample_options *o) {
  double x = 136, z = -120;
  uint64_t state = sample_hash((uint64_t)o->seed, 88);
  sample_canvas saved = *canvas;
  canvas->origin_x = 0;
  canvas->facing = 1;
  for (int i = 0; i < 26; i++) {
    double lean = -70 + 140 * sample_uniform(&state), length = 30 + 40 * sample_uniform(&state);
    sample_point root = { x + 6 * (sample_uniform(&state) - 0.5), 38 };
    sample_point tip = sample_turn((sample_point){ 0, length }, lean),
                 side = sample_turn((sample_point){ 4.5, 0 }, lean);
    sample_point leaf[4] = { root,
                             { root.x + 0.55 * tip.x + side.x, root.y + 0.55 * tip.y + side.y },
                             { root.x + tip.x, root.y + tip.y - 6 },
                             { root.x + 0.55 * tip.x - side.x, root.y + 0.55 * tip.y - side.y } };
    sample_canvas_blob(canvas, leaf, 4, z,
                       sample_shade((sample_colour){ 62, 140, 66 }, 0.6 + 0.5 * sample_uniform(&state)));
  }
  canvas->origin_x = saved.origin_x;
  canvas->facing = saved.facing;
  sample_canvas_quad(canvas,
                     (const double[4][3]){ { x - 11, 0, z }, { x + 11, 0, z }, { x + 15, 40, z }, { x - 15, 40, z } },
                     (sample_colour){ 168, 120, 92 }, 1);
}

static void draw_poster(sample_canvas *canvas) {
  sample_canvas_upright(canvas, -60, 135, -8, 200, SAMPLE_WALL_Z, (sample_colour){ 200, 40, 130 });
  sample_canvas_upright(canvas, -54, 150, -14, 160, SAMPLE_WALL_Z, (sample_colour){ 238, 228, 232 });
  sample_canvas_upright(canvas, -54, 142, -30, 146, SAMPLE_WALL_Z, (sample_colour){ 238, 228, 232 });
  sample_canvas_ball(canvas, -34, 178, SAMPLE_WALL_Z, 12, (sample_colour){ 244, 200, 60 });
}

static void draw_chair(sample_canvas *canvas) {
  double x = -128, z = -105;
  sample_colour seat = { 36, 110, 190 }, steel = { 120, 122, 126 };
  for (int i = 0; i < 2; i++) {
    sample_canvas_upright(canvas, x - 17 + 33 * i, 0, x - 14.5 + 33 * i, 44, z - 14, sample_shade(steel, 0.7));
    sample_canvas_upright(canvas, x - 19 + 36 * i, 0, x - 16.5 + 36 * i, 44, z + 14, steel);
  }
  sample_canvas_upright(canvas, x - 22, 48, x - 17, 92, z, sample_shade(seat, 0.85));
  sample_canvas_upright(canvas, x - 22, 43, x + 22, 48.5, z, seat);
}

/* Stickers like the ruler's that are no part of it, flat in the plane of the movement. */
static void draw_decoys(sample_canvas *canvas, const sample_options *o) {
  static const sample_point place[] = { { 112, 60 }, { -104, 92 }, { 126, 128 }, { -88, 150 } };
  for (int i = 0; i < o->decoys; i++) {
    sample_canvas_disc(canvas, place[i].x, place[i].y, 0, fmin(o->disc_cm, 4) / 2, o->colour[SAMPLE_RULER0]);
  }
}

static void draw_other(sample_canvas *canvas, const sample_pose *pose, sample_colour shirt, double x, double facing,
                       double z) {
  sample_dress dress = { shirt, { 70, 66, 62 }, { 200, 158, 132 }, { 96, 74, 52 } };
  double origin = canvas->origin_x, way = canvas->facing;
  canvas->origin_x = x;
  canvas->facing = facing;
  sample_draw_person(canvas, pose, &dress, z);
  sample_draw_near_arm(canvas, pose, &dress, z);
  canvas->origin_x = origin;
  canvas->facing = way;
}

void sample_draw_clutter(sample_canvas *canvas, const sample_options *o) {
  if (o->ball || o->poster) draw_shelf(canvas);
  if (o->ball)
    sample_canvas_ball(canvas, SHELF_X - 12, 131 + 11, SAMPLE_WALL_Z + 25, 11, (sample_colour){ 40, 92, 214 });
  if (o->poster) draw_poster(canvas);
  if (o->chair) draw_chair(canvas);
  if (o->stander) {
    sample_pose pose;
    sample_person_stand(164, &pose);
    draw_other(canvas, &pose, (sample_colour){ 64, 128, 96 }, 78, -1, SAMPLE_WALL_Z + 45);
  }
  if (o->plant) draw_plant(canvas, o);
  draw_decoys(canvas, o);
}

void sample_draw_clutter_behind(sample_canvas *canvas, const sample_options *o, double t) {
  if (!o->walker) return;
  sample_pose pose;
  const double stride = 132, speed = 95, span = 520; /* cm, cm/s, cm */
  double way = fmod(speed * t, 2 * span), facing = way < span ? 1 : -1;
  double x = way < span ? way - span / 2 : 1.5 * span - way;
  sample_person_walk(178, speed * t / stride, &pose);
  draw_other(canvas, &pose, (sample_colour){ 176, 62, 58 }, x, facing, SAMPLE_WALL_Z + 70);
}

void sample_draw_clutter_in_front(sample_canvas *canvas, const sample_options *o, double t) {
  for (int i = 0; i < o->crossing; i++) {
    uint64_t state = sample_hash((uint64_t)o->seed, (uint64_t)(900 + i));
    double height = 55 + 95 * sample_uniform(&state), speed = 35 + 50 * sample_uniform(&state);
    double start = 300 * sample_uniform(&state), radius = 2.2 + 2.5 * sample_uniform(&state);
    double bob = 14 * sample_uniform(&state), bob_hz = 0.2 + 0.4 * sample_uniform(&state);
    double x = fmod(start + speed * t, 300) - 150, side = sample_uniform(&state) < 0.5 ? -1 : 1;
    sample_colour colour = marker_like[(o->seed + i) % 6 < 0 ? 0 : (o->seed + i) % 6];
    sample_canvas_ball(canvas, side * x, height + bob * sin(2 * M_PI * bob_hz * t), 12, radius, colour);
  }
}
