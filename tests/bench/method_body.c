/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of the estimator's own body: its parts, and what its hip–shoulder line tells of the split. */
#include <math.h>
#include <stdio.h>

#include "body/model.h"
#include "method_figures.h"

#define RAD      (3.14159265358979323846 / 180)
#define SHANK    43.0
#define POINTS   2.05 /* per cm */
#define STRIP_CM 14.0

typedef struct {
  double pelvis, ribs, thoracic, thigh; /* deg from standing */
} pose;

static void mean_body(double v[SG_LATENTS]) {
  for (int i = 0; i < SG_LATENTS; i++) v[i] = sg_priors[i].value;
}

static sg_xy turned(double x, double y, double deg) {
  return (sg_xy){ x * cos(deg * RAD) + y * sin(deg * RAD), -x * sin(deg * RAD) + y * cos(deg * RAD) };
}

typedef struct {
  cairo_t *cr;
  double x, y; /* points: where the ankle stands */
} stage;

static void line_to(const stage *s, sg_xy p) {
  cairo_line_to(s->cr, s->x + POINTS * p.x, s->y - POINTS * p.y);
}

static void stroke(const stage *s, const plot_colour *c, double width) {
  cairo_set_source_rgb(s->cr, c->red, c->green, c->blue);
  cairo_set_line_width(s->cr, width);
  cairo_stroke(s->cr);
}

static void part(const stage *s, sg_xy a, sg_xy b, double width) {
  line_to(s, a);
  line_to(s, b);
  stroke(s, &plot_ink, width);
}

static void dot(const stage *s, sg_xy p, double size, const plot_colour *c) {
  cairo_new_sub_path(s->cr);
  cairo_arc(s->cr, s->x + POINTS * p.x, s->y - POINTS * p.y, size, 0, 360 * RAD);
  cairo_set_source_rgb(s->cr, c->red, c->green, c->blue);
  cairo_fill(s->cr);
}

static void strip(const stage *s, sg_xy middle, double deg, const plot_colour *c) {
  const sg_xy half = turned(0, 0.5 * STRIP_CM, deg);
  line_to(s, (sg_xy){ middle.x - half.x, middle.y - half.y });
  line_to(s, (sg_xy){ middle.x + half.x, middle.y + half.y });
  stroke(s, c, 4);
}

static sg_xy plus(sg_xy a, sg_xy b) {
  return (sg_xy){ a.x + b.x, a.y + b.y };
}

typedef struct {
  sg_xy knee, hip, path[SG_PATH], shoulder;
} body;

static body place(const double *v, const pose *p) {
  body b;
  b.knee = turned(0, SHANK, p->thigh);
  b.hip = plus(b.knee, turned(0, v[SG_THIGH], p->thigh));
  const double lean = sg_body_path(v, p->pelvis, p->ribs, p->thoracic, b.path);
  for (int i = 0; i < SG_PATH; i++) b.path[i] = plus(b.hip, b.path[i]);
  b.shoulder = plus(b.path[SG_PATH - 1], turned(sg_priors[SG_SHOULDER_X].value, sg_priors[SG_SHOULDER_Y].value, lean));
  return b;
}

static void draw_body(const stage *s, const pose *p) {
  static const plot_colour markers = { 0.85, 0.05, 0.45 }, line = { 0.45, 0.45, 0.45 };
  double v[SG_LATENTS];
  mean_body(v);
  const body b = place(v, p);
  line_to(s, b.hip);
  line_to(s, b.shoulder);
  const double dash[] = { 2, 3 };
  cairo_set_dash(s->cr, dash, 2, 0);
  stroke(s, &line, 0.8);
  cairo_set_dash(s->cr, dash, 0, 0);
  part(s, (sg_xy){ 0, 0 }, b.knee, 3);
  part(s, b.knee, b.hip, 3);
  part(s, b.hip, b.path[0], 5);
  for (int i = 1; i < SG_PATH; i++) {
    part(s, b.path[i - 1], b.path[i], 2.4);
    dot(s, b.path[i - 1], 1.9, i <= 6 ? &plot_back : &plot_grey);
  }
  strip(s, plus(b.hip, turned(1, 11, p->pelvis)), p->pelvis, &plot_hips);
  strip(s, plus(b.path[8], turned(4, 0, p->ribs)), p->ribs, &plot_back);
  dot(s, (sg_xy){ 0, 0 }, 4, &markers);
  dot(s, b.knee, 4, &markers);
  dot(s, b.hip, 4, &markers);
  dot(s, b.shoulder, 4, &markers);
}

bool figure_body(const char *path) {
  static const pose standing = { 0 }, bent = { 58, 104, 15, -8 };
  cairo_t *cr = plot_open(path, 460, 330);
  const stage left = { cr, 70, 312 }, right = { cr, 250, 312 };
  draw_body(&left, &standing);
  draw_body(&right, &bent);
  static const struct {
    double x, y;
    const plot_colour *colour;
    const char *text;
  } words[] = { { 82, 29, &plot_ink, "shoulder" },
                { 82, 72, &plot_back, "ribs strip: T" },
                { 82, 114, &plot_hips, "pelvis strip: P" },
                { 82, 140, &plot_ink, "hip" },
                { 82, 228, &plot_ink, "knee" },
                { 82, 315, &plot_ink, "ankle" },
                { 300, 190, &plot_ink, "thigh back by 8: F = -8" },
                { 300, 206, &plot_hips, "pelvis forward by 58: P = 58" },
                { 300, 222, &plot_back, "ribs forward by 104: T = 104" },
                { 300, 246, &plot_hips, "hip hinge H = P - F = 66" },
                { 300, 262, &plot_back, "lumbar flexion L = T - P = 46" },
                { 300, 278, &plot_ink, "share L / (L + H) = 0.41" } };
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    plot_text(cr, words[i].x, words[i].y, 0, *words[i].colour, words[i].text);
  }
  return plot_close(cr, path);
}

#define SHARES 33

/* Turn (deg) and length (of standing) of the hip–shoulder line by lumbar share, H + L being `total`. */
static void line_by_share(double total, double *share, double *turn, double *length) {
  double v[SG_LATENTS];
  mean_body(v);
  const body start = place(v, &(pose){ 0 });
  const double x0 = start.shoulder.x - start.hip.x, y0 = start.shoulder.y - start.hip.y;
  for (int i = 0; i < SHARES; i++) {
    share[i] = 0.1 + 0.025 * i;
    const double thigh = sg_priors[SG_LEAN].value * total, ribs = total + thigh;
    const double pelvis = total * (1 - share[i]) + thigh;
    const body b = place(v, &(pose){ pelvis, ribs, sg_priors[SG_THORACIC].value * total, thigh });
    const double x = b.shoulder.x - b.hip.x, y = b.shoulder.y - b.hip.y;
    turn[i] = (atan2(x, y) - atan2(x0, y0)) / RAD;
    length[i] = hypot(x, y) / hypot(x0, y0);
  }
}

bool figure_line(const char *path) {
  cairo_t *cr = plot_open(path, 610, 225);
  const plot turns = { cr, 48, 26, 205, 150, 0.1, 0.9, 20, 120 };
  const plot lengths = { cr, 330, 26, 205, 150, 0.1, 0.9, 0.6, 1.04 };
  plot_frame(&turns, "direction of the hip-shoulder line", "lumbar share", "turned from standing, deg", 0.2, 20);
  plot_frame(&lengths, "its length", "lumbar share", "of standing", 0.2, 0.1);
  for (double total = 60; total <= 120; total += 30) {
    double share[SHARES], turn[SHARES], length[SHARES], low[SHARES], high[SHARES];
    char text[32];
    line_by_share(total, share, turn, length);
    for (int i = 0; i < SHARES; i++) {
      low[i] = length[i] - 0.02; /* a centimetre */
      high[i] = length[i] + 0.02;
    }
    plot_line(&turns, share, turn, SHARES, plot_hips, 1.4, false);
    plot_band(&lengths, share, low, high, SHARES, plot_back);
    plot_line(&lengths, share, length, SHARES, plot_back, 1.4, false);
    snprintf(text, sizeof text, "H + L = %g", total);
    plot_text(cr, plot_x(&turns, 0.13), plot_y(&turns, turn[1]) - 5, 0, plot_ink, text);
    plot_text(cr, plot_x(&lengths, 0.9) + 5, plot_y(&lengths, length[SHARES - 1]) + 3, 0, plot_ink, text);
  }
  return plot_close(cr, path);
}
