/* SPDX-License-Identifier: Apache-2.0 */
/* Markers with exact edges, and what the finished picture shows of them. */
#include <stdlib.h>

#include "render/scene.h"

#define SIDE_POINTS 12 /* of each side of a strip */
#define DISC_POINTS 64

static sample_colour colour_of(const sample_options *o, int role) {
  if (o->one_colour) return o->colour[SAMPLE_HIP];
  return o->colour[role == SAMPLE_RULER1 ? SAMPLE_RULER0 : role];
}

/* Outline grown by `more` cm all round. */
static void outline(const sample_canvas *canvas, const sample_sticker *s, double more, sample_outline *out) {
  out->n = 0;
  if (!s->strip) {
    double radius = s->width / 2 + more;
    for (int i = 0; i < DISC_POINTS; i++) {
      double a = 2 * M_PI * i / DISC_POINTS;
      sample_point p = { s->centre.x + radius * cos(a), s->centre.y + radius * sin(a) };
      out->p[out->n++] = sample_canvas_body(canvas, p, 0);
    }
    return;
  }
  double w = s->width / 2 + more, l = s->length / 2 + more;
  sample_point corner[4] = { { -w, -l }, { w, -l }, { w, l }, { -w, l } };
  for (int side = 0; side < 4; side++)
    for (int k = 0; k < SIDE_POINTS; k++) {
      double t = (double)k / SIDE_POINTS;
      sample_point q = sample_turn(sample_between(corner[side], corner[(side + 1) % 4], t), s->tilt);
      out->p[out->n++] = sample_canvas_body(canvas, sample_add(s->centre, q), 0);
    }
}

/* --- coverage --- */

void sample_cover_free(sample_cover *cover) {
  free(cover->own);
  free(cover->other);
  *cover = (sample_cover){ 0 };
}

static bool grow(sample_cover *cover, size_t area) {
  if (area <= cover->room) return true;
  float *own = malloc(area * sizeof *own), *other = malloc(area * sizeof *other);
  if (!own || !other) {
    free(own);
    free(other);
    return false;
  }
  sample_cover_free(cover);
  *cover = (sample_cover){ own, other, area };
  return true;
}

/* A marker that is so near is not drawn and not seen. */
static bool far_too_large(const sample_canvas *canvas, int w, int h) {
  return w > 4 * canvas->camera->width || h > 4 * canvas->camera->height;
}

/* Mixes the outline into the picture by its exact coverage, and records it. */
static bool paint(sample_canvas *canvas, sample_cover *cover, const sample_outline *m, sample_colour colour) {
  sample_box box = sample_polygon_box(m->p, m->n);
  int w = box.x1 - box.x0, h = box.y1 - box.y0;
  sample_canvas_record(canvas, m->p, m->n);
  if (far_too_large(canvas, w, h)) return true;
  if (!grow(cover, (size_t)w * (size_t)h)) return false;
  sample_coverage(m->p, m->n, box.x0, box.y0, w, h, cover->own);
  sample_canvas_blend(canvas, cover->own, box.x0, box.y0, w, h, colour);
  return true;
}

/* A ball that throws light back at the camera is brightest in its middle: rings, so that its centroid is its middle. */
static bool paint_ball(sample_canvas *canvas, const sample_sticker *s, sample_cover *cover, sample_colour colour) {
  static const double inset[] = { 0.12, 0.3 }, light[] = { 0.93, 1.0 };
  for (int i = 0; i < 2; i++) {
    sample_outline ring;
    outline(canvas, s, -inset[i] * s->width / 2, &ring);
    if (!paint(canvas, cover, &ring, sample_shade(colour, light[i]))) return false;
  }
  return true;
}

bool sample_draw_sticker(sample_canvas *canvas, const sample_options *o, sample_cover *cover,
                         const sample_sticker *sticker, sample_outline *out) {
  if (o->ring > 0) {
    sample_outline ring;
    outline(canvas, sticker, o->ring, &ring);
    if (!paint(canvas, cover, &ring, o->ring_colour)) return false;
  }
  outline(canvas, sticker, 0, out);
  const bool ball = o->balls && !sticker->strip;
  const sample_colour colour = colour_of(o, sticker->role);
  bool ok = paint(canvas, cover, out, ball ? sample_shade(colour, 0.8) : colour);
  if (ok && ball) ok = paint_ball(canvas, sticker, cover, colour);
  out->above = canvas->starts;
  return ok;
}

/* --- truth --- */

/* Part of the marker that lies in the picture and under none of the outlines drawn after it. */
static double visible_part(const sample_canvas *c, sample_cover *cover, const sample_outline *m) {
  sample_box box = sample_polygon_box(m->p, m->n);
  int w = box.x1 - box.x0, h = box.y1 - box.y0;
  size_t area = (size_t)w * (size_t)h;
  if (far_too_large(c, w, h) || !grow(cover, 2 * area)) return 0;
  float *left = cover->own + area;
  sample_coverage(m->p, m->n, box.x0, box.y0, w, h, cover->own);
  for (size_t i = 0; i < area; i++) {
    int x = box.x0 + (int)(i % (size_t)w), y = box.y0 + (int)(i / (size_t)w);
    left[i] = x >= 0 && y >= 0 && x < c->camera->width && y < c->camera->height ? 1.0f : 0.0f;
  }
  for (size_t k = m->above; k < c->starts; k++) {
    int from = c->start[k], to = k + 1 < c->starts ? c->start[k + 1] : (int)c->points;
    sample_box o = sample_polygon_box(c->point + from, to - from);
    if (o.x1 < box.x0 || o.x0 > box.x1 || o.y1 < box.y0 || o.y0 > box.y1) continue;
    sample_coverage(c->point + from, to - from, box.x0, box.y0, w, h, cover->other);
    for (size_t i = 0; i < area; i++) left[i] = fminf(left[i], 1.0f - cover->other[i]);
  }
  double seen = 0, all = 0;
  for (size_t i = 0; i < area; i++) {
    all += cover->own[i];
    seen += cover->own[i] * left[i];
  }
  return all > 0 ? seen / all : 0;
}

static double apart(sample_point a, sample_point b) {
  return hypot(a.x - b.x, a.y - b.y);
}

static sample_point middle(sample_point a, sample_point b) {
  return (sample_point){ 0.5 * (a.x + b.x), 0.5 * (a.y + b.y) };
}

void sample_sticker_truth(const sample_canvas *canvas, sample_cover *cover, const sample_sticker *s,
                          const sample_outline *m, sample_marker_truth *t) {
  sample_point p[SAMPLE_OUTLINE_POINTS], centroid;
  double direction;
  for (int i = 0; i < m->n; i++) p[i] = sample_to_upright(canvas->camera, m->p[i]);
  sample_polygon_moments(p, m->n, &centroid, &direction);
  *t = (sample_marker_truth){
    .present = true, .strip = s->strip, .x = centroid.x, .y = centroid.y, .visible = visible_part(canvas, cover, m)
  };
  if (!s->strip) {
    t->size = 0.5 * (apart(p[0], p[DISC_POINTS / 2]) + apart(p[DISC_POINTS / 4], p[3 * DISC_POINTS / 4]));
    return;
  }
  /* corners at multiples of SIDE_POINTS: lower two, upper two */
  sample_point low = middle(p[0], p[SIDE_POINTS]), high = middle(p[2 * SIDE_POINTS], p[3 * SIDE_POINTS]);
  double rough = atan2(high.x - low.x, low.y - high.y) * 180 / M_PI;
  double axis = direction * 180 / M_PI + 90;
  t->axis = axis - 180 * round((axis - rough) / 180);
  t->end_x = low.x;
  t->end_y = low.y;
  t->length = apart(high, low);
  t->size = apart(p[0], p[SIDE_POINTS]);
}
