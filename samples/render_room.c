/* SPDX-License-Identifier: Apache-2.0 */
/* The room and everything in it that is no marker. */
#include "render_internal.h"

#define WALL_Z  (-190.0) /* cm */
#define FAR_X   420.0
#define SHELF_X (-118.0)

static const sample_colour marker_like[] = { { 38, 92, 205 },  { 52, 176, 74 },  { 205, 36, 128 },
                                             { 240, 128, 40 }, { 232, 200, 48 }, { 60, 190, 205 } };

static sample_point upright_point(const sample_canvas *canvas, double u, double v) {
  return sample_to_coded(canvas->camera, (sample_point){ u, v });
}

static void quad(sample_canvas *canvas, const double p[4][3], sample_colour colour, double alpha) {
  sample_point q[64];
  for (int side = 0; side < 4; side++)
    for (int k = 0; k < 16; k++) {
      const double *a = p[side], *b = p[(side + 1) % 4];
      double t = k / 16.0;
      q[side * 16 + k] =
          sample_canvas_world(canvas, a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2]));
    }
  if (alpha > 0) sample_canvas_colour(canvas, colour, alpha);
  sample_canvas_fill(canvas, q, 64);
}

static void upright_box(sample_canvas *canvas, double x0, double y0, double x1, double y1, double z,
                        sample_colour colour) {
  quad(canvas, (const double[4][3]){ { x0, y0, z }, { x1, y0, z }, { x1, y1, z }, { x0, y1, z } }, colour, 1);
}

static void draw_wall(sample_canvas *canvas, const sample_options *o) {
  sample_point mid = upright_point(canvas, 0.38 * o->width, 0.22 * o->height);
  double reach = 0.95 * fmax(canvas->camera->width, canvas->camera->height);
  cairo_pattern_t *light = cairo_pattern_create_radial(mid.x, mid.y, 0, mid.x, mid.y, reach);
  cairo_pattern_add_color_stop_rgb(light, 0, 0.830, 0.822, 0.803);
  cairo_pattern_add_color_stop_rgb(light, 0.5, 0.780, 0.772, 0.752);
  cairo_pattern_add_color_stop_rgb(light, 1, 0.650, 0.640, 0.622);
  cairo_set_source(canvas->cr, light);
  cairo_paint(canvas->cr);
  cairo_pattern_destroy(light);
}

static double nearest_floor(const sample_options *o) {
  return 0.62 * o->distance;
}

static void draw_floor(sample_canvas *canvas, const sample_options *o) {
  double near = nearest_floor(o);
  sample_point back = sample_canvas_world(canvas, 0, 0, WALL_Z), front = sample_canvas_world(canvas, 0, 0, near);
  cairo_pattern_t *wood = cairo_pattern_create_linear(back.x, back.y, front.x, front.y);
  cairo_pattern_add_color_stop_rgb(wood, 0, 0.545, 0.470, 0.392);
  cairo_pattern_add_color_stop_rgb(wood, 0.5, 0.640, 0.556, 0.468);
  cairo_pattern_add_color_stop_rgb(wood, 1, 0.675, 0.590, 0.500);
  cairo_set_source(canvas->cr, wood);
  quad(canvas,
       (const double[4][3]){ { -FAR_X, 0, WALL_Z }, { FAR_X, 0, WALL_Z }, { FAR_X, 0, near }, { -FAR_X, 0, near } },
       (sample_colour){ 0 }, 0);
  cairo_pattern_destroy(wood);
  cairo_set_line_width(canvas->cr, fmax(1.0, o->height / 900.0));
  uint64_t state = sample_hash((uint64_t)o->seed, 77);
  for (double z = WALL_Z + 14; z < near; z += 14) {
    quad(canvas,
         (const double[4][3]){ { -FAR_X, 0, z }, { FAR_X, 0, z }, { FAR_X, 0, z + 0.5 }, { -FAR_X, 0, z + 0.5 } },
         (sample_colour){ 70, 52, 38 }, 0.35);
    for (double x = -FAR_X + 160 * sample_uniform(&state); x < FAR_X; x += 120 + 60 * sample_uniform(&state)) {
      double tone = sample_uniform(&state), end = x + 60 + 90 * sample_uniform(&state);
      sample_colour plank = tone < 0.5 ? (sample_colour){ 60, 44, 30 } : (sample_colour){ 235, 215, 190 };
      quad(canvas, (const double[4][3]){ { x, 0, z - 13.5 }, { end, 0, z - 13.5 }, { end, 0, z }, { x, 0, z } }, plank,
           0.07);
    }
  }
}

static void draw_furniture(sample_canvas *canvas) {
  upright_box(canvas, -FAR_X, 0, FAR_X, 10, WALL_Z, (sample_colour){ 226, 223, 216 });
  upright_box(canvas, -FAR_X, 9.2, FAR_X, 10, WALL_Z, (sample_colour){ 190, 186, 178 });
  /* a framed drawing and a mat, both without colour */
  upright_box(canvas, 92, 118, 142, 186, WALL_Z, (sample_colour){ 92, 86, 80 });
  upright_box(canvas, 95, 121, 139, 183, WALL_Z, (sample_colour){ 232, 230, 224 });
  upright_box(canvas, 104, 132, 130, 172, WALL_Z, (sample_colour){ 205, 203, 198 });
  upright_box(canvas, 110, 138, 116, 166, WALL_Z, (sample_colour){ 158, 156, 152 });
  upright_box(canvas, 119, 138, 125, 158, WALL_Z, (sample_colour){ 178, 176, 171 });
  quad(canvas, (const double[4][3]){ { -95, 0.1, -62 }, { 95, 0.1, -62 }, { 100, 0.1, 24 }, { -100, 0.1, 24 } },
       (sample_colour){ 122, 124, 125 }, 1);
  quad(canvas, (const double[4][3]){ { -93, 0.1, -60 }, { 93, 0.1, -60 }, { 98, 0.1, 21 }, { -98, 0.1, 21 } },
       (sample_colour){ 140, 142, 143 }, 1);
}

static void draw_shelf(sample_canvas *canvas) {
  upright_box(canvas, SHELF_X - 30, 128, SHELF_X + 34, 131, WALL_Z + 25, (sample_colour){ 120, 98, 78 });
  upright_box(canvas, SHELF_X - 30, 126.5, SHELF_X + 34, 128, WALL_Z + 25, (sample_colour){ 84, 68, 54 });
  for (int i = 0; i < 5; i++)
    upright_box(canvas, SHELF_X + 12 + 4 * i, 131, SHELF_X + 15.4 + 4 * i, 150 + 3 * (i % 3), WALL_Z + 22,
                sample_shade((sample_colour){ 150, 142, 134 }, 0.7 + 0.1 * i));
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
  quad(canvas, (const double[4][3]){ { x - 11, 0, z }, { x + 11, 0, z }, { x + 15, 40, z }, { x - 15, 40, z } },
       (sample_colour){ 168, 120, 92 }, 1);
}

static void draw_poster(sample_canvas *canvas) {
  upright_box(canvas, -60, 135, -8, 200, WALL_Z, (sample_colour){ 200, 40, 130 });
  upright_box(canvas, -54, 150, -14, 160, WALL_Z, (sample_colour){ 238, 228, 232 });
  upright_box(canvas, -54, 142, -30, 146, WALL_Z, (sample_colour){ 238, 228, 232 });
  sample_canvas_ball(canvas, -34, 178, WALL_Z, 12, (sample_colour){ 244, 200, 60 });
}

static void draw_chair(sample_canvas *canvas) {
  double x = -128, z = -105;
  sample_colour seat = { 36, 110, 190 }, steel = { 120, 122, 126 };
  for (int i = 0; i < 2; i++) {
    upright_box(canvas, x - 17 + 33 * i, 0, x - 14.5 + 33 * i, 44, z - 14, sample_shade(steel, 0.7));
    upright_box(canvas, x - 19 + 36 * i, 0, x - 16.5 + 36 * i, 44, z + 14, steel);
  }
  upright_box(canvas, x - 22, 48, x - 17, 92, z, sample_shade(seat, 0.85));
  upright_box(canvas, x - 22, 43, x + 22, 48.5, z, seat);
}

/* Stickers like the ruler's that are no part of it, flat in the plane of the movement. */
static void draw_decoys(sample_canvas *canvas, const sample_options *o) {
  static const sample_point place[] = { { 112, 60 }, { -104, 92 }, { 126, 128 }, { -88, 150 } };
  for (int i = 0; i < o->decoys; i++) {
    sample_point p[48];
    for (int k = 0; k < 48; k++) {
      double a = 2 * M_PI * k / 48, r = fmin(o->disc_cm, 4) / 2;
      p[k] = sample_canvas_world(canvas, place[i].x + r * cos(a), place[i].y + r * sin(a), 0);
    }
    sample_canvas_colour(canvas, o->colour[SAMPLE_RULER0], 1);
    sample_canvas_fill(canvas, p, 48);
  }
}

static void draw_other(sample_canvas *canvas, const sample_pose *pose, sample_colour shirt, double x, double facing,
                       double z) {
  sample_dress dress = { shirt, { 70, 66, 62 }, { 200, 158, 132 }, { 96, 74, 52 } };
  double origin = canvas->origin_x, way = canvas->facing;
  canvas->origin_x = x;
  canvas->facing = facing;
  sample_figure_body(canvas, pose, &dress, z);
  sample_figure_near_arm(canvas, pose, &dress, z);
  canvas->origin_x = origin;
  canvas->facing = way;
}

void sample_room_draw(sample_canvas *canvas, const sample_options *o) {
  draw_wall(canvas, o);
  draw_floor(canvas, o);
  if (!o->plain) draw_furniture(canvas);
  if (o->ball || o->poster) draw_shelf(canvas);
  if (o->ball) sample_canvas_ball(canvas, SHELF_X - 12, 131 + 11, WALL_Z + 25, 11, (sample_colour){ 40, 92, 214 });
  if (o->poster) draw_poster(canvas);
  if (o->chair) draw_chair(canvas);
  if (o->stander) {
    sample_pose pose;
    sample_pose_stand(164, &pose);
    draw_other(canvas, &pose, (sample_colour){ 64, 128, 96 }, 78, -1, WALL_Z + 45);
  }
  if (o->plant) draw_plant(canvas, o);
  draw_decoys(canvas, o);
}

void sample_room_behind(sample_canvas *canvas, const sample_options *o, double t) {
  if (!o->walker) return;
  sample_pose pose;
  const double stride = 132, speed = 95, span = 520; /* cm, cm/s, cm */
  double way = fmod(speed * t, 2 * span), facing = way < span ? 1 : -1;
  double x = way < span ? way - span / 2 : 1.5 * span - way;
  sample_pose_walk(178, speed * t / stride, &pose);
  draw_other(canvas, &pose, (sample_colour){ 176, 62, 58 }, x, facing, WALL_Z + 70);
}

void sample_room_front(sample_canvas *canvas, const sample_options *o, double t) {
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
