/* SPDX-License-Identifier: Apache-2.0 */
/* The room without the things that may be in it, and what the person sits, lies or steps on. */
#include "render/scene.h"

#define FAR_X 420.0 /* cm, half the width of wall and floor */

static sample_point upright_point(const sample_canvas *canvas, double u, double v) {
  return sample_to_coded(canvas->camera, (sample_point){ u, v });
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

/* z of the floor's near edge, cm. */
static double nearest_floor(const sample_options *o) {
  return 0.62 * o->distance;
}

static void draw_floor(sample_canvas *canvas, const sample_options *o) {
  double near = nearest_floor(o);
  sample_point back = sample_canvas_world(canvas, 0, 0, SAMPLE_WALL_Z), front = sample_canvas_world(canvas, 0, 0, near);
  cairo_pattern_t *wood = cairo_pattern_create_linear(back.x, back.y, front.x, front.y);
  cairo_pattern_add_color_stop_rgb(wood, 0, 0.545, 0.470, 0.392);
  cairo_pattern_add_color_stop_rgb(wood, 0.5, 0.640, 0.556, 0.468);
  cairo_pattern_add_color_stop_rgb(wood, 1, 0.675, 0.590, 0.500);
  cairo_set_source(canvas->cr, wood);
  sample_canvas_quad(
      canvas,
      (const double[4][3]){
          { -FAR_X, 0, SAMPLE_WALL_Z }, { FAR_X, 0, SAMPLE_WALL_Z }, { FAR_X, 0, near }, { -FAR_X, 0, near } },
      (sample_colour){ 0 }, 0);
  cairo_pattern_destroy(wood);
  cairo_set_line_width(canvas->cr, fmax(1.0, o->height / 900.0));
  uint64_t state = sample_hash((uint64_t)o->seed, 77);
  for (double z = SAMPLE_WALL_Z + 14; z < near; z += 14) {
    sample_canvas_quad(
        canvas,
        (const double[4][3]){ { -FAR_X, 0, z }, { FAR_X, 0, z }, { FAR_X, 0, z + 0.5 }, { -FAR_X, 0, z + 0.5 } },
        (sample_colour){ 70, 52, 38 }, 0.35);
    for (double x = -FAR_X + 160 * sample_uniform(&state); x < FAR_X; x += 120 + 60 * sample_uniform(&state)) {
      double tone = sample_uniform(&state), end = x + 60 + 90 * sample_uniform(&state);
      sample_colour plank = tone < 0.5 ? (sample_colour){ 60, 44, 30 } : (sample_colour){ 235, 215, 190 };
      sample_canvas_quad(canvas,
                         (const double[4][3]){ { x, 0, z - 13.5 }, { end, 0, z - 13.5 }, { end, 0, z }, { x, 0, z } },
                         plank, 0.07);
    }
  }
}

static void draw_furniture(sample_canvas *canvas) {
  sample_canvas_upright(canvas, -FAR_X, 0, FAR_X, 10, SAMPLE_WALL_Z, (sample_colour){ 226, 223, 216 });
  sample_canvas_upright(canvas, -FAR_X, 9.2, FAR_X, 10, SAMPLE_WALL_Z, (sample_colour){ 190, 186, 178 });
  /* a framed drawing and a mat, both without colour */
  sample_canvas_upright(canvas, 92, 118, 142, 186, SAMPLE_WALL_Z, (sample_colour){ 92, 86, 80 });
  sample_canvas_upright(canvas, 95, 121, 139, 183, SAMPLE_WALL_Z, (sample_colour){ 232, 230, 224 });
  sample_canvas_upright(canvas, 104, 132, 130, 172, SAMPLE_WALL_Z, (sample_colour){ 205, 203, 198 });
  sample_canvas_upright(canvas, 110, 138, 116, 166, SAMPLE_WALL_Z, (sample_colour){ 158, 156, 152 });
  sample_canvas_upright(canvas, 119, 138, 125, 158, SAMPLE_WALL_Z, (sample_colour){ 178, 176, 171 });
  sample_canvas_quad(canvas,
                     (const double[4][3]){ { -95, 0.1, -62 }, { 95, 0.1, -62 }, { 100, 0.1, 24 }, { -100, 0.1, 24 } },
                     (sample_colour){ 122, 124, 125 }, 1);
  sample_canvas_quad(canvas,
                     (const double[4][3]){ { -93, 0.1, -60 }, { 93, 0.1, -60 }, { 98, 0.1, 21 }, { -98, 0.1, 21 } },
                     (sample_colour){ 140, 142, 143 }, 1);
}

void sample_draw_room(sample_canvas *canvas, const sample_options *o) {
  draw_wall(canvas, o);
  draw_floor(canvas, o);
  if (!o->plain) draw_furniture(canvas);
}

/* --- what is under the person --- */

/* A box at right angles in body coordinates: its top and its front. */
static void box(sample_canvas *canvas, double x0, double x1, double y0, double y1, double z0, double z1,
                sample_colour colour) {
  sample_point top[4] = { sample_canvas_body(canvas, (sample_point){ x0, y1 }, z0),
                          sample_canvas_body(canvas, (sample_point){ x1, y1 }, z0),
                          sample_canvas_body(canvas, (sample_point){ x1, y1 }, z1),
                          sample_canvas_body(canvas, (sample_point){ x0, y1 }, z1) };
  sample_point front[4] = { sample_canvas_body(canvas, (sample_point){ x0, y0 }, z1),
                            sample_canvas_body(canvas, (sample_point){ x1, y0 }, z1),
                            sample_canvas_body(canvas, (sample_point){ x1, y1 }, z1),
                            sample_canvas_body(canvas, (sample_point){ x0, y1 }, z1) };
  sample_canvas_colour(canvas, sample_shade(colour, 1.12), 1);
  sample_canvas_fill(canvas, top, 4);
  sample_canvas_colour(canvas, colour, 1);
  sample_canvas_fill(canvas, front, 4);
}

static void draw_ruler_board(sample_canvas *canvas, const sample_options *o) {
  sample_point way, low = sample_ruler_mark(o, 0, &way), high = sample_ruler_mark(o, 1, NULL);
  double wide = 4, below = way.x > 0 ? 6 : 3;
  low = (sample_point){ low.x - below * way.x, low.y - below * way.y };
  high = (sample_point){ high.x + 6 * way.x, high.y + 6 * way.y };
  sample_point side = { wide * way.y, -wide * way.x };
  sample_point p[4] = { sample_canvas_body(canvas, (sample_point){ low.x - side.x, low.y - side.y }, -1),
                        sample_canvas_body(canvas, (sample_point){ low.x + side.x, low.y + side.y }, -1),
                        sample_canvas_body(canvas, (sample_point){ high.x + side.x, high.y + side.y }, -1),
                        sample_canvas_body(canvas, (sample_point){ high.x - side.x, high.y - side.y }, -1) };
  sample_canvas_colour(canvas, (sample_colour){ 66, 66, 68 }, 1);
  sample_canvas_fill(canvas, p, 4);
}

void sample_draw_props(sample_canvas *canvas, const sample_options *o) {
  double s = o->stature;
  const sample_colour wood = { 150, 138, 124 }, cover = { 96, 94, 92 }, steel = { 120, 122, 126 };
  switch (sample_movement_of(o->movement)->posture) {
    case SAMPLE_SIT: {
      double x = sample_sitting_sole(o);
      box(canvas, x, x + 30, 0, SAMPLE_REACH_BOARD - 4, -26, 14, wood);
      break;
    }
    case SAMPLE_LIE:
      for (int i = 0; i < 2; i++) {
        double x = i ? 0.46 * s : -0.5 * s;
        box(canvas, x, x + 5, 0, SAMPLE_TABLE - 8, -22, 12, steel);
      }
      box(canvas, -0.62 * s, 0.58 * s, SAMPLE_TABLE - 8, SAMPLE_TABLE, -30, 30, cover);
      break;
    case SAMPLE_STEP: {
      double x = sample_step_ahead(s);
      box(canvas, x - 14, x + 34, 0, SAMPLE_STEP_HEIGHT, -30, 22, wood);
      break;
    }
    default:
      break;
  }
  if (o->ruler > 0) draw_ruler_board(canvas, o);
}

void sample_draw_shadow(sample_canvas *c, double bend) {
  sample_point mid = sample_canvas_body(c, (sample_point){ 5 + 14 * bend, 0 }, -12);
  sample_point side = sample_canvas_body(c, (sample_point){ 42 + 38 * bend, 0 }, -12);
  sample_point front = sample_canvas_body(c, (sample_point){ 5 + 14 * bend, 0 }, 14);
  cairo_pattern_t *soft = cairo_pattern_create_radial(0, 0, 0.05, 0, 0, 1);
  cairo_pattern_add_color_stop_rgba(soft, 0, 0.10, 0.09, 0.08, 0.48);
  cairo_pattern_add_color_stop_rgba(soft, 0.5, 0.10, 0.09, 0.08, 0.22);
  cairo_pattern_add_color_stop_rgba(soft, 1, 0.10, 0.09, 0.08, 0);
  cairo_matrix_t place;
  cairo_matrix_init(&place, side.x - mid.x, side.y - mid.y, front.x - mid.x, front.y - mid.y, mid.x, mid.y);
  cairo_save(c->cr);
  cairo_transform(c->cr, &place);
  cairo_set_source(c->cr, soft);
  cairo_rectangle(c->cr, -1, -1, 2, 2);
  cairo_fill(c->cr);
  cairo_restore(c->cr);
  cairo_pattern_destroy(soft);
}
