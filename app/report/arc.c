/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The bend as a picture: a ring around the hip joint, from where the trunk stood
 * to where it came, whose first part is what the hips did and whose second what
 * the lower back did; within it a body whose pelvis and back carry the same signs.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "figures.h"
#include "type.h"
#include "phrases.h"

/* In radii of the ring. */
#define RING_INNER 0.84
#define PELVIS     0.17
#define LUMBAR     0.21
#define THORAX     0.25
#define HEAD       0.075
#define LEG        0.80
#define LIMB       0.055 /* half the thickness of a limb */

typedef struct arc {
  cairo_t *cr;
  double x, y, radius; /* of the hip joint */
  double side;         /* 1: the person faces right */
  double hips, back;   /* deg, not below 0 */
  double text;
  bool sitting; /* legs forward */
} arc;

/* A place at `distance` from (x, y), `angle` degrees forward of straight up. */
static void go(const arc *a, double *x, double *y, double angle, double distance) {
  *x += a->side * distance * sin(angle * M_PI / 180);
  *y -= distance * cos(angle * M_PI / 180);
}

static void ring_path(const arc *a, double from, double to, double inner, double outer) {
  const double up = -M_PI / 2, b0 = up + a->side * from * M_PI / 180, b1 = up + a->side * to * M_PI / 180;
  cairo_new_path(a->cr);
  if (a->side > 0) {
    cairo_arc(a->cr, a->x, a->y, outer, b0, b1);
    cairo_arc_negative(a->cr, a->x, a->y, inner, b1, b0);
  } else {
    cairo_arc_negative(a->cr, a->x, a->y, outer, b0, b1);
    cairo_arc(a->cr, a->x, a->y, inner, b1, b0);
  }
  cairo_close_path(a->cr);
}

static void limb(const arc *a, double x0, double y0, double x1, double y1, double half, ink colour) {
  cairo_set_line_cap(a->cr, CAIRO_LINE_CAP_ROUND);
  line_draw(a->cr, x0, y0, x1, y1, 2 * half * a->radius, colour);
  cairo_set_line_cap(a->cr, CAIRO_LINE_CAP_BUTT);
}

/* Where the person was at the start, faintly. */
static void draw_start(const arc *a) {
  const ink faint = { 0.87, 0.89, 0.92, 1 };
  double x = a->x, y = a->y;
  go(a, &x, &y, 0, PELVIS * a->radius + LUMBAR * a->radius + THORAX * a->radius);
  limb(a, a->x, a->y, x, y, LIMB, faint);
  go(a, &x, &y, 0, (LIMB + HEAD + 0.015) * a->radius);
  cairo_arc(a->cr, x, y, HEAD * a->radius, 0, 2 * M_PI);
  use_ink(a->cr, faint, 1);
  cairo_fill(a->cr);
}

static void draw_legs(const arc *a) {
  const ink grey = { 0.62, 0.65, 0.69, 1 };
  double x = a->x, y = a->y;
  if (a->sitting) {
    go(a, &x, &y, 90, LEG * a->radius);
    limb(a, a->x, a->y, x, y, LIMB, grey);
    limb(a, x, y, x, y - 0.14 * a->radius, 0.6 * LIMB, grey);
    return;
  }
  y += LEG * a->radius;
  limb(a, a->x, a->y, x, y, LIMB, grey);
  limb(a, x, y, x + a->side * 0.16 * a->radius, y, 0.6 * LIMB, grey);
}

/* A bent tube: the lumbar spine between the directions `from` and `to`. */
static void spine_path(const arc *a, double *x, double *y, double from, double to, double half) {
  enum { STEPS = 24 };
  double left[STEPS + 1][2], right[STEPS + 1][2], px = *x, py = *y;
  for (int i = 0; i <= STEPS; i++) {
    const double angle = from + (to - from) * i / STEPS;
    double lx = px, ly = py, rx = px, ry = py;
    go(a, &lx, &ly, angle - 90, half * a->radius);
    go(a, &rx, &ry, angle + 90, half * a->radius);
    left[i][0] = lx, left[i][1] = ly, right[i][0] = rx, right[i][1] = ry;
    if (i < STEPS) go(a, &px, &py, from + (to - from) * (i + 0.5) / STEPS, LUMBAR * a->radius / STEPS);
  }
  cairo_new_path(a->cr);
  for (int i = 0; i <= STEPS; i++) cairo_line_to(a->cr, left[i][0], left[i][1]);
  for (int i = STEPS; i >= 0; i--) cairo_line_to(a->cr, right[i][0], right[i][1]);
  cairo_close_path(a->cr);
  *x = px;
  *y = py;
}

static void draw_body(const arc *a) {
  const ink grey = { 0.62, 0.65, 0.69, 1 };
  const double end = a->hips + a->back;
  double px = a->x, py = a->y, lx, ly;
  go(a, &px, &py, a->hips, PELVIS * a->radius);
  lx = px, ly = py;
  cairo_save(a->cr);
  spine_path(a, &lx, &ly, a->hips, end, LIMB * 0.92);
  cairo_restore(a->cr);
  /* Thorax first, so that the back's end lies upon it. */
  double tx = lx, ty = ly;
  go(a, &tx, &ty, end, THORAX * a->radius);
  cairo_new_path(a->cr);
  limb(a, lx, ly, tx, ty, LIMB, grey);
  double hx = tx, hy = ty;
  go(a, &hx, &hy, end, (LIMB + HEAD + 0.015) * a->radius);
  cairo_arc(a->cr, hx, hy, HEAD * a->radius, 0, 2 * M_PI);
  use_ink(a->cr, grey, 1);
  cairo_fill(a->cr);
  limb(a, a->x, a->y, px, py, LIMB, PAPER_HIPS);
  lx = px, ly = py;
  spine_path(a, &lx, &ly, a->hips, end, LIMB * 0.92);
  path_fill_stripes(a->cr, a->text * 0.42);
  cairo_arc(a->cr, a->x, a->y, LIMB * 1.25 * a->radius, 0, 2 * M_PI);
  use_ink(a->cr, PAPER_WHITE, 1);
  cairo_fill_preserve(a->cr);
  use_ink(a->cr, PAPER_TEXT, 1);
  cairo_set_line_width(a->cr, a->text * 0.14);
  cairo_stroke(a->cr);
}

static void draw_ring(const arc *a) {
  const double inner = RING_INNER * a->radius;
  if (a->hips > 0) {
    ring_path(a, 0, a->hips, inner, a->radius);
    path_fill_solid(a->cr);
  }
  if (a->back > 0) {
    ring_path(a, a->hips, a->hips + a->back, inner, a->radius);
    path_fill_stripes(a->cr, a->text * 0.5);
  }
}

/* Where the border between the two may lie, from the interval of the share: a line outside of the ring. */
static void draw_doubt(const arc *a, const sagitta_quantity *share) {
  const double total = a->hips + a->back, far = a->radius + a->text * 0.42;
  if (!share || total <= 0) return;
  const double from = total * (1 - fmin(fmax(share->high, 0), 1)), to = total * (1 - fmin(fmax(share->low, 0), 1));
  const double up = -M_PI / 2, b0 = up + a->side * from * M_PI / 180, b1 = up + a->side * to * M_PI / 180;
  use_ink(a->cr, PAPER_TEXT, 1);
  cairo_set_line_width(a->cr, a->text * 0.12);
  cairo_new_path(a->cr);
  a->side > 0 ? cairo_arc(a->cr, a->x, a->y, far, b0, b1) : cairo_arc_negative(a->cr, a->x, a->y, far, b0, b1);
  cairo_stroke(a->cr);
  for (int i = 0; i < 2; i++) {
    const double angle = i ? b1 : b0, tick = a->text * 0.22;
    line_draw(a->cr, a->x + (far - tick) * cos(angle), a->y + (far - tick) * sin(angle),
              a->x + (far + tick) * cos(angle), a->y + (far + tick) * sin(angle), a->text * 0.12, PAPER_TEXT);
  }
}

static double label_y(const arc *a, double middle) {
  return a->y - (a->radius + a->text * 1.1) * cos(middle * M_PI / 180);
}

static void draw_label(const arc *a, const char *part, const char *value, double middle, double y) {
  const double far = a->radius + a->text * 1.1, align = a->side > 0 ? 0 : 1;
  const double reach = fmin(fabs(y - a->y), far), across = sqrt(fmax(far * far - reach * reach, 0));
  const double x = a->x + a->side * fmax(across, middle < 25 ? a->text : 0.5 * a->text);
  double height;
  type name = { .text = part, .size = a->text, .align = align, .colour = PAPER_TEXT };
  type big = { .text = value, .size = 1.7 * a->text, .align = align, .bold = true, .colour = PAPER_TEXT };
  type_measure(a->cr, &name, NULL, &height);
  type_draw(a->cr, x, y - height, &name);
  type_draw(a->cr, x, y - 0.1 * height, &big);
}

static void draw_labels(const arc *a, const sagitta_quantity *hips, const sagitta_quantity *back) {
  const sagitta_quantity_info *info = sagitta_quantity_find("hip_hinge_deg");
  char value[PHRASE_SHORT], text[PHRASE_SHORT];
  double y0 = label_y(a, a->hips / 2), y1 = label_y(a, a->hips + a->back / 2);
  const double apart = 3.6 * a->text;
  if (y1 - y0 < apart) {
    const double middle = (y0 + y1) / 2;
    y0 = middle - apart / 2;
    y1 = middle + apart / 2;
  }
  (void)snprintf(text, sizeof text, "%s%.40s", hips->inferred ? "≈\u2009" : "",
                 phrase_value(value, hips->value, info, false));
  draw_label(a, "Hips", text, a->hips / 2, y0);
  (void)snprintf(text, sizeof text, "%s%.40s", back->inferred ? "≈\u2009" : "",
                 phrase_value(value, back->value, info, false));
  draw_label(a, "Lower back", text, a->hips + a->back / 2, y1);
}

bool arc_possible(const report *r) {
  return report_mean(r, "hip_hinge_deg") && report_mean(r, "lumbar_flexion_deg");
}

void arc_draw(cairo_t *cr, const report *r, figure f) {
  const sagitta_quantity *hips = report_mean(r, "hip_hinge_deg"), *back = report_mean(r, "lumbar_flexion_deg");
  arc a = { .cr = cr, .text = f.text, .side = sagitta_result_facing_right(r->result) ? 1 : -1 };
  a.sitting = strcmp(r->test->name, "sit-and-reach") == 0;
  a.hips = fmin(fmax(hips->value, 0), 180);
  a.back = fmin(fmax(back->value, 0), 180 - a.hips);
  /* Room for the words before the person, for the trunk behind it, for the legs below. */
  const double margin = 7.2 * f.text, behind = 0.30, end = a.hips + a.back;
  const double below = a.sitting ? 0.16 : fmax(LEG + LIMB, end > 90 ? -cos(end * M_PI / 180) : 0);
  a.radius = fmin((f.width - margin) / (1 + behind), (f.height - 1.6 * f.text) / (1 + below));
  const double used = a.radius * (1 + behind) + margin;
  const double left = (f.width - used) / 2 + behind * a.radius;
  a.x = a.side > 0 ? left : f.width - left;
  a.y = a.radius + 1.1 * f.text;
  draw_start(&a);
  draw_legs(&a);
  draw_ring(&a);
  draw_body(&a);
  draw_doubt(&a, report_mean(r, "lumbar_share"));
  draw_labels(&a, hips, back);
}

void arc_words(const report *r, char *alt) {
  const sagitta_quantity *hips = report_mean(r, "hip_hinge_deg"), *back = report_mean(r, "lumbar_flexion_deg");
  const sagitta_quantity_info *info = sagitta_quantity_find("hip_hinge_deg");
  char a[PHRASE_SHORT], b[PHRASE_SHORT];
  (void)snprintf(alt, FIGURE_ALT,
                 "An arc from %s to the deepest point, in two parts: the hips (solid) did %s of it, the lower back "
                 "(striped) %s. The thin line outside of the arc shows where the border between the two may lie.",
                 strcmp(r->test->name, "sit-and-reach") == 0 ? "sitting upright" : "standing",
                 phrase_value(a, hips->value, info, false), phrase_value(b, back->value, info, false));
}
