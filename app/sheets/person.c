/* SPDX-License-Identifier: Apache-2.0 */
/* A standing person, drawn from the side, from above and from behind; a camera. */
#include "sheets/sheet_pages.h"

#include <math.h>
#include <stddef.h>

#define SKIN  SHEET_COLOUR(236, 232, 226)
#define CLOTH SHEET_COLOUR(205, 206, 208)
#define EDGE  SHEET_COLOUR(90, 92, 96)

/* Outline of trunk and legs, from the throat down the front and up the back. */
static const person_place outline[] = {
  { 0.036, 0.868 },  { 0.046, 0.838 },  { 0.076, 0.790 },  { 0.092, 0.735 },  { 0.084, 0.670 },  { 0.080, 0.610 },
  { 0.078, 0.555 },  { 0.078, 0.490 },  { 0.076, 0.420 },  { 0.062, 0.335 },  { 0.056, 0.285 },  { 0.043, 0.245 },
  { 0.036, 0.180 },  { 0.024, 0.090 },  { 0.032, 0.056 },  { 0.070, 0.032 },  { 0.108, 0.016 },  { 0.104, 0.000 },
  { 0.020, 0.000 },  { -0.052, 0.000 }, { -0.058, 0.022 }, { -0.040, 0.075 }, { -0.054, 0.150 }, { -0.060, 0.205 },
  { -0.040, 0.275 }, { -0.056, 0.350 }, { -0.072, 0.430 }, { -0.094, 0.490 }, { -0.104, 0.540 }, { -0.090, 0.588 },
  { -0.062, 0.640 }, { -0.068, 0.700 }, { -0.092, 0.765 }, { -0.086, 0.815 }, { -0.060, 0.850 }, { -0.040, 0.885 },
};
#define OUTLINE (sizeof outline / sizeof *outline)

/* The face, from the nape over the crown to the throat. */
static const person_place head[] = {
  { -0.040, 0.875 }, { -0.050, 0.905 }, { -0.052, 0.945 }, { -0.030, 0.985 }, { 0.012, 1.000 },
  { 0.050, 0.985 },  { 0.066, 0.955 },  { 0.068, 0.942 },  { 0.080, 0.922 },  { 0.070, 0.914 },
  { 0.070, 0.893 },  { 0.060, 0.877 },  { 0.036, 0.868 },
};
#define HEAD (sizeof head / sizeof *head)

person_place person_at(double x, double floor, double stature, person_place p) {
  return (person_place){ x + stature * p.x, floor - stature * p.y };
}

/* A smooth closed curve through the points (Catmull-Rom). */
static void smooth(sheet *s, const person_place *points, size_t count, double x, double floor, double stature) {
  for (size_t i = 0; i < count; i++) {
    const person_place before = person_at(x, floor, stature, points[(i + count - 1) % count]);
    const person_place from = person_at(x, floor, stature, points[i]);
    const person_place to = person_at(x, floor, stature, points[(i + 1) % count]);
    const person_place after = person_at(x, floor, stature, points[(i + 2) % count]);
    if (i == 0) cairo_move_to(s->cr, from.x, from.y);
    cairo_curve_to(s->cr, from.x + (to.x - before.x) / 6, from.y + (to.y - before.y) / 6, to.x - (after.x - from.x) / 6,
                   to.y - (after.y - from.y) / 6, to.x, to.y);
  }
  cairo_close_path(s->cr);
}

static void fill_and_edge(sheet *s, ink colour, double stature) {
  sheet_ink(s, colour);
  cairo_fill_preserve(s->cr);
  sheet_ink(s, EDGE);
  cairo_set_line_width(s->cr, fmax(0.15, stature * 0.004));
  cairo_stroke(s->cr);
}

/* A limb of this width through three joints, drawn as an edge under a core. */
static void limb(sheet *s, const person_place *joints, double x, double floor, double stature, double width,
                 ink colour) {
  const double edge = fmax(0.3, stature * 0.008);
  cairo_set_line_cap(s->cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join(s->cr, CAIRO_LINE_JOIN_ROUND);
  for (int pass = 0; pass < 2; pass++) {
    for (int i = 0; i < 3; i++) {
      const person_place p = person_at(x, floor, stature, joints[i]);
      i == 0 ? cairo_move_to(s->cr, p.x, p.y) : cairo_line_to(s->cr, p.x, p.y);
    }
    sheet_ink(s, pass == 0 ? EDGE : colour);
    cairo_set_line_width(s->cr, pass == 0 ? width * stature + edge : width * stature - edge / 4);
    cairo_stroke(s->cr);
  }
  cairo_set_line_cap(s->cr, CAIRO_LINE_CAP_BUTT);
  cairo_set_line_join(s->cr, CAIRO_LINE_JOIN_MITER);
}

void person_side(sheet *s, double x, double floor, double stature) {
  static const person_place arm[] = { { -0.008, 0.800 }, { 0.105, 0.655 }, { 0.215, 0.565 } };
  smooth(s, head, HEAD, x, floor, stature);
  fill_and_edge(s, SKIN, stature);
  smooth(s, outline, OUTLINE, x, floor, stature);
  fill_and_edge(s, CLOTH, stature);
  limb(s, arm, x, floor, stature, 0.040, SKIN);
}

void person_behind(sheet *s, double x, double floor, double stature) {
  for (int side = -1; side <= 1; side += 2) {
    const person_place leg[] = { { side * 0.048, 0.50 }, { side * 0.050, 0.28 }, { side * 0.050, 0.03 } };
    const person_place arm[] = { { side * 0.108, 0.79 }, { side * 0.135, 0.64 }, { side * 0.145, 0.48 } };
    limb(s, leg, x, floor, stature, 0.072, CLOTH);
    limb(s, arm, x, floor, stature, 0.042, SKIN);
  }
  const person_place trunk[] = { { -0.125, 0.800 }, { -0.060, 0.835 }, { 0.060, 0.835 },  { 0.125, 0.800 },
                                 { 0.096, 0.660 },  { 0.100, 0.500 },  { -0.100, 0.500 }, { -0.096, 0.660 } };
  smooth(s, trunk, sizeof trunk / sizeof *trunk, x, floor, stature);
  fill_and_edge(s, CLOTH, stature);
  const person_place top = person_at(x, floor, stature, (person_place){ 0, 0.925 });
  cairo_save(s->cr);
  cairo_translate(s->cr, top.x, top.y);
  cairo_scale(s->cr, 0.058 * stature, 0.074 * stature);
  cairo_arc(s->cr, 0, 0, 1, 0, 2 * M_PI);
  cairo_restore(s->cr);
  fill_and_edge(s, SKIN, stature);
}

static void ellipse(sheet *s, double x, double y, double across, double along, ink colour) {
  cairo_save(s->cr);
  cairo_translate(s->cr, x, y);
  cairo_scale(s->cr, across / 2, along / 2);
  cairo_arc(s->cr, 0, 0, 1, 0, 2 * M_PI);
  cairo_restore(s->cr);
  fill_and_edge(s, colour, across * 3);
}

void person_above(sheet *s, double x, double y, double size) {
  for (int side = -1; side <= 1; side += 2) {
    ellipse(s, x + side * 0.17 * size, y - 0.26 * size, 0.2 * size, 0.5 * size, SKIN);
  }
  ellipse(s, x, y, size, 0.42 * size, CLOTH);
  cairo_move_to(s->cr, x - 0.06 * size, y - 0.2 * size);
  cairo_line_to(s->cr, x, y - 0.33 * size);
  cairo_line_to(s->cr, x + 0.06 * size, y - 0.2 * size);
  cairo_close_path(s->cr);
  fill_and_edge(s, SKIN, size);
  ellipse(s, x, y - 0.03 * size, 0.38 * size, 0.46 * size, SKIN);
}

static void camera_body(sheet *s, double x, double y) {
  const ink body = SHEET_COLOUR(60, 62, 66);
  sheet_ink(s, body);
  cairo_rectangle(s->cr, x + 1.6, y - 2.2, 7, 4.4);
  cairo_fill(s->cr);
  cairo_rectangle(s->cr, x, y - 1.4, 2, 2.8);
  cairo_fill(s->cr);
}

void camera_side(sheet *s, double x, double y, double floor) {
  const double foot = 5, middle = x + 5;
  sheet_line(s, middle, y, middle, floor - 0.35 * (floor - y), 0.7, EDGE);
  for (int side = -1; side <= 1; side++) {
    sheet_line(s, middle, y + 0.3 * (floor - y), middle + side * foot, floor, 0.5, EDGE);
  }
  camera_body(s, x, y);
}

void camera_above(sheet *s, double x, double y) {
  camera_body(s, x, y);
}
