/* SPDX-License-Identifier: Apache-2.0 */
/* Drawing with cairo in the coded grid, through the camera; keeps the outlines that may cover a marker. */
#include <stdlib.h>
#include <string.h>

#include "render/imaging.h"

bool sample_canvas_open(sample_canvas *canvas, const sample_camera *camera) {
  *canvas = (sample_canvas){ .camera = camera, .facing = 1 };
  canvas->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, camera->width, camera->height);
  canvas->cr = cairo_create(canvas->surface);
  return cairo_status(canvas->cr) == CAIRO_STATUS_SUCCESS;
}

void sample_canvas_close(sample_canvas *canvas) {
  if (canvas->cr) cairo_destroy(canvas->cr);
  if (canvas->surface) cairo_surface_destroy(canvas->surface);
  free(canvas->point);
  free(canvas->start);
  *canvas = (sample_canvas){ 0 };
}

void sample_canvas_forget(sample_canvas *canvas) {
  canvas->points = canvas->starts = 0;
}

static bool make_room(void **array, size_t *room, size_t wanted, size_t size) {
  if (wanted <= *room) return true;
  size_t more = wanted * 2;
  void *grown = realloc(*array, more * size);
  if (!grown) return false;
  *array = grown;
  *room = more;
  return true;
}

void sample_canvas_record(sample_canvas *canvas, const sample_point *p, int n) {
  if (!canvas->recording) return;
  void *points = canvas->point, *starts = canvas->start;
  bool ok = make_room(&points, &canvas->point_room, canvas->points + (size_t)n, sizeof *canvas->point);
  canvas->point = points;
  ok = ok && make_room(&starts, &canvas->start_room, canvas->starts + 1, sizeof *canvas->start);
  canvas->start = starts;
  if (!ok) {
    canvas->failed = true;
    return;
  }
  canvas->start[canvas->starts++] = (int)canvas->points;
  memcpy(canvas->point + canvas->points, p, (size_t)n * sizeof *p);
  canvas->points += (size_t)n;
}

sample_point sample_canvas_world(const sample_canvas *canvas, double x, double y, double z) {
  return sample_to_coded(canvas->camera, sample_project(canvas->camera, x, y, z));
}

sample_point sample_canvas_body(const sample_canvas *canvas, sample_point body, double z) {
  return sample_canvas_world(canvas, canvas->origin_x + canvas->facing * body.x, body.y, z);
}

void sample_canvas_colour(sample_canvas *canvas, sample_colour c, double alpha) {
  cairo_set_source_rgba(canvas->cr, c.r / 255, c.g / 255, c.b / 255, alpha);
}

static void path(sample_canvas *canvas, const sample_point *p, int n) {
  cairo_new_path(canvas->cr);
  for (int i = 0; i < n; i++) cairo_line_to(canvas->cr, p[i].x, p[i].y);
  cairo_close_path(canvas->cr);
}

void sample_canvas_fill(sample_canvas *canvas, const sample_point *p, int n) {
  sample_canvas_record(canvas, p, n);
  path(canvas, p, n);
  cairo_fill(canvas->cr);
}

void sample_canvas_quad(sample_canvas *canvas, const double p[4][3], sample_colour colour, double alpha) {
  sample_point q[64];
  for (int side = 0; side < 4; side++)
    for (int k = 0; k < 16; k++) {
      const double *a = p[side], *b = p[(side + 1) % 4];
      double t = k / 16.0;
      q[side * 16 + k] =
          sample_canvas_world(canvas, sample_mix(a[0], b[0], t), sample_mix(a[1], b[1], t), sample_mix(a[2], b[2], t));
    }
  if (alpha > 0) sample_canvas_colour(canvas, colour, alpha);
  sample_canvas_fill(canvas, q, 64);
}

void sample_canvas_upright(sample_canvas *canvas, double x0, double y0, double x1, double y1, double z,
                           sample_colour colour) {
  sample_canvas_quad(canvas, (const double[4][3]){ { x0, y0, z }, { x1, y0, z }, { x1, y1, z }, { x0, y1, z } }, colour,
                     1);
}

/* --- ribbons --- */

#define FINE     96
#define PER_SPAN 4
#define CAP      7

typedef struct fine_ribbon {
  int n;
  sample_point c[FINE], normal[FINE];
  double front[FINE], back[FINE];
} fine_ribbon;

static double catmull(double a, double b, double c, double d, double t) {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

static void refine(const sample_ribbon *r, fine_ribbon *out) {
  out->n = 0;
  for (int i = 0; i + 1 < r->n; i++) {
    int a = i > 0 ? i - 1 : 0, d = i + 2 < r->n ? i + 2 : r->n - 1;
    for (int k = 0; k < PER_SPAN + (i + 2 == r->n); k++) {
      double t = (double)k / PER_SPAN;
      int m = out->n++;
      out->c[m].x = catmull(r->c[a].x, r->c[i].x, r->c[i + 1].x, r->c[d].x, t);
      out->c[m].y = catmull(r->c[a].y, r->c[i].y, r->c[i + 1].y, r->c[d].y, t);
      out->front[m] = catmull(r->front[a], r->front[i], r->front[i + 1], r->front[d], t);
      out->back[m] = catmull(r->back[a], r->back[i], r->back[i + 1], r->back[d], t);
    }
  }
  for (int i = 0; i < out->n; i++) {
    int a = i > 0 ? i - 1 : 0, b = i + 1 < out->n ? i + 1 : i;
    double dx = out->c[b].x - out->c[a].x, dy = out->c[b].y - out->c[a].y, len = fmax(sqrt(dx * dx + dy * dy), 1e-9);
    out->normal[i] = (sample_point){ dy / len, -dx / len };
  }
}

/* Light from above and in front, and from the camera's side. v runs across the ribbon from -1 (back) to 1 (front). */
static const double light_x = 0.30, light_y = 0.62, light_z = 0.72;

/* The band of the ribbon that is at least `level` bright (0–1 of what this side can reach). */
static void band(double across, double level, double *from, double *to) {
  double peak = atan2(across, light_z), spread = acos(level);
  *from = sin(fmax(peak - spread, -M_PI / 2));
  *to = sin(fmin(peak + spread, M_PI / 2));
}

static sample_point at(const fine_ribbon *f, int i, double v) {
  double w = v > 0 ? v * f->front[i] : v * f->back[i];
  return (sample_point){ f->c[i].x + w * f->normal[i].x, f->c[i].y + w * f->normal[i].y };
}

/* Adds the round end of a band; `out` points away from the ribbon along it. */
static int cap(const fine_ribbon *f, int i, double v0, double v1, double length, double out_sign, sample_point *p) {
  sample_point a = at(f, i, v0), b = at(f, i, v1);
  sample_point out = { -out_sign * f->normal[i].y, out_sign * f->normal[i].x };
  double half = 0.5 * hypot(b.x - a.x, b.y - a.y) * length;
  for (int k = 1; k < CAP; k++) {
    double t = M_PI * k / CAP, s = 0.5 - 0.5 * cos(t), e = half * sin(t);
    p[k - 1] = (sample_point){ a.x + s * (b.x - a.x) + e * out.x, a.y + s * (b.y - a.y) + e * out.y };
  }
  return CAP - 1;
}

static int outline(const fine_ribbon *f, const sample_ribbon *r, double level, sample_point *p) {
  double from[FINE] = { 0 }, to[FINE] = { 0 };
  int n = 0;
  for (int i = 0; i < f->n; i++) {
    double across = f->normal[i].x * light_x + f->normal[i].y * light_y;
    from[i] = -1;
    to[i] = 1;
    if (level > 0) band(across, level, &from[i], &to[i]);
  }
  for (int i = 0; i < f->n; i++) p[n++] = at(f, i, to[i]);
  if (r->cap1 > 0) n += cap(f, f->n - 1, to[f->n - 1], from[f->n - 1], r->cap1, 1, p + n);
  for (int i = f->n - 1; i >= 0; i--) p[n++] = at(f, i, from[i]);
  if (r->cap0 > 0) n += cap(f, 0, from[0], to[0], r->cap0, -1, p + n);
  return n;
}

void sample_canvas_ribbon(sample_canvas *canvas, const sample_ribbon *r, double z, sample_colour colour, int bands) {
  fine_ribbon fine;
  sample_point p[2 * FINE + 2 * CAP];
  refine(r, &fine);
  for (int k = 0; k < bands; k++) {
    double level = (double)k / bands;
    int n = outline(&fine, r, level, p);
    for (int i = 0; i < n; i++) p[i] = sample_canvas_body(canvas, p[i], z);
    sample_canvas_colour(canvas, sample_shade(colour, 0.66 + 0.42 * (k ? level : 0)), 1);
    if (k == 0) {
      sample_canvas_fill(canvas, p, n);
      cairo_set_antialias(canvas->cr, CAIRO_ANTIALIAS_FAST);
    } else {
      path(canvas, p, n);
      cairo_fill(canvas->cr);
    }
  }
  cairo_set_antialias(canvas->cr, CAIRO_ANTIALIAS_DEFAULT);
}

void sample_canvas_blob(sample_canvas *canvas, const sample_point *body, int n, double z, sample_colour colour) {
  sample_point p[SAMPLE_POLYGON];
  int m = 0;
  for (int i = 0; i < n; i++) {
    const sample_point *a = &body[(i + n - 1) % n], *b = &body[i], *c = &body[(i + 1) % n], *d = &body[(i + 2) % n];
    for (int k = 0; k < PER_SPAN && m < SAMPLE_POLYGON; k++) {
      double t = (double)k / PER_SPAN;
      sample_point q = { catmull(a->x, b->x, c->x, d->x, t), catmull(a->y, b->y, c->y, d->y, t) };
      p[m++] = sample_canvas_body(canvas, q, z);
    }
  }
  sample_canvas_colour(canvas, colour, 1);
  sample_canvas_fill(canvas, p, m);
}

#define ROUND 48

static void circle(const sample_canvas *canvas, double x, double y, double z, double radius, sample_point p[ROUND]) {
  for (int i = 0; i < ROUND; i++) {
    double a = 2 * M_PI * i / ROUND;
    p[i] = sample_canvas_world(canvas, x + radius * cos(a), y + radius * sin(a), z);
  }
}

void sample_canvas_disc(sample_canvas *canvas, double x, double y, double z, double radius, sample_colour colour) {
  sample_point p[ROUND];
  circle(canvas, x, y, z, radius, p);
  sample_canvas_colour(canvas, colour, 1);
  sample_canvas_fill(canvas, p, ROUND);
}

void sample_canvas_ball(sample_canvas *canvas, double x, double y, double z, double radius, sample_colour colour) {
  sample_point p[ROUND], mid = sample_canvas_world(canvas, x, y, z);
  circle(canvas, x, y, z, radius, p);
  sample_point glint = sample_canvas_world(canvas, x - 0.3 * radius, y + 0.4 * radius, z);
  double r = hypot(p[0].x - mid.x, p[0].y - mid.y);
  cairo_pattern_t *light = cairo_pattern_create_radial(glint.x, glint.y, 0, mid.x, mid.y, r);
  sample_colour dark = sample_shade(colour, 0.6), bright = sample_shade(colour, 1.12);
  cairo_pattern_add_color_stop_rgb(light, 0, bright.r / 255, bright.g / 255, bright.b / 255);
  cairo_pattern_add_color_stop_rgb(light, 0.6, colour.r / 255, colour.g / 255, colour.b / 255);
  cairo_pattern_add_color_stop_rgb(light, 1, dark.r / 255, dark.g / 255, dark.b / 255);
  cairo_set_source(canvas->cr, light);
  sample_canvas_fill(canvas, p, ROUND);
  cairo_pattern_destroy(light);
}

void sample_canvas_blend(sample_canvas *canvas, const float *cover, int x0, int y0, int w, int h,
                         sample_colour colour) {
  cairo_surface_flush(canvas->surface);
  uint8_t *data = cairo_image_surface_get_data(canvas->surface);
  size_t stride = (size_t)cairo_image_surface_get_stride(canvas->surface);
  double ink[3] = { colour.b, colour.g, colour.r };
  for (int y = 0; y < h; y++) {
    if (y0 + y < 0 || y0 + y >= canvas->camera->height) continue;
    for (int x = 0; x < w; x++) {
      double a = cover[(size_t)y * (size_t)w + (size_t)x];
      if (a <= 0 || x0 + x < 0 || x0 + x >= canvas->camera->width) continue;
      uint8_t *d = data + (size_t)(y0 + y) * stride + (size_t)(x0 + x) * 4;
      for (int i = 0; i < 3; i++) d[i] = (uint8_t)(int)floor(d[i] + a * (ink[i] - d[i]) + 0.5);
    }
  }
  cairo_surface_mark_dirty(canvas->surface);
}
