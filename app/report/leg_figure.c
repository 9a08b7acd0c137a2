/* SPDX-License-Identifier: Apache-2.0 */
/* Tests of the leg: a person lying, and the angle that the leg makes. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/charts.h"
#include "report/typography.h"
#include "report/wording.h"

/* NULL: not a test of the leg, or not known. */
static const char *main_key(const report *r, int which) {
  const bool leg = r->subject == REPORT_OF_RAISE || r->subject == REPORT_OF_KNEE;
  return leg && isfinite(r->figure[which].leg) ? r->test->quantities[0] : NULL;
}

static bool is_possible(const report *r, int which) {
  return main_key(r, which) != NULL;
}

typedef struct limbs {
  cairo_t *cr;
  double x, y; /* hip */
  double unit; /* length of the thigh */
  double side; /* 1: the feet are to the right */
  double text;
} limbs;

static const ink grey = { 0.62, 0.65, 0.69, 1 }, dark = { 0.44, 0.47, 0.52, 1 }, faint = { 0.87, 0.89, 0.92, 1 };

static void bar(const limbs *l, double x0, double y0, double x1, double y1, double half, ink colour) {
  round_line_draw(l->cr, x0, y0, x1, y1, 2 * half * l->unit, colour);
}

/* Trunk and head on the floor, and the floor. */
static void draw_lying(const limbs *l) {
  const double floor = l->y + 0.13 * l->unit;
  ink_line(l->cr, l->x - l->side * 1.75 * l->unit, floor, l->x + l->side * 2.0 * l->unit, floor, 0.1 * l->text,
           PAPER_FAINT);
  bar(l, l->x, l->y, l->x - l->side * 1.15 * l->unit, l->y, 0.11, grey);
  cairo_arc(l->cr, l->x - l->side * 1.48 * l->unit, l->y - 0.03 * l->unit, 0.15 * l->unit, 0, 2 * M_PI);
  use_ink(l->cr, grey, 1);
  cairo_fill(l->cr);
}

/* A sector from `from` to `to`, degrees up from the side of the feet. */
static void sector(const limbs *l, double x, double y, double from, double to, double radius) {
  const double b0 = l->side > 0 ? -from * M_PI / 180 : M_PI + from * M_PI / 180;
  const double b1 = l->side > 0 ? -to * M_PI / 180 : M_PI + to * M_PI / 180;
  cairo_new_path(l->cr);
  if ((l->side > 0) == (to > from)) {
    cairo_arc_negative(l->cr, x, y, radius, b0, b1);
    cairo_arc(l->cr, x, y, 0.8 * radius, b1, b0);
  } else {
    cairo_arc(l->cr, x, y, radius, b0, b1);
    cairo_arc_negative(l->cr, x, y, 0.8 * radius, b1, b0);
  }
  cairo_close_path(l->cr);
}

static void far_end(const limbs *l, double *x, double *y, double angle, double length) {
  *x += l->side * length * cos(angle * M_PI / 180);
  *y -= length * sin(angle * M_PI / 180);
}

static void draw_value(const limbs *l, double x, double y, const report *r, double leg, double align) {
  const sagitta_quantity_info *info = sagitta_quantity_find(r->test->quantities[0]);
  char text[WORDING_SHORT];
  wording_value(text, leg, info, false, r->language);
  typeset_draw_middle(
      l->cr, x, y,
      &(lettering){ .text = text, .size = 1.9 * l->text, .align = align, .bold = true, .colour = PAPER_TEXT });
}

static void draw_raise(const limbs *l, const report *r, double leg) {
  const double rise = fmin(fmax(leg, 0), 150);
  double x = l->x, y = l->y, lx = l->x, ly = l->y;
  far_end(l, &x, &y, 0, 1.9 * l->unit);
  bar(l, l->x, l->y, x, y, 0.09, faint);
  sector(l, l->x, l->y, 0, rise, 1.5 * l->unit);
  path_fill_solid(l->cr);
  far_end(l, &lx, &ly, rise, 1.9 * l->unit);
  bar(l, l->x, l->y, lx, ly, 0.09, dark);
  double tx = l->x, ty = l->y;
  far_end(l, &tx, &ty, rise / 2, 1.6 * l->unit);
  draw_value(l, tx + l->side * 0.4 * l->text, ty, r, leg, l->side > 0 ? 0 : 1);
}

static void draw_knee(const limbs *l, const report *r, double leg) {
  const double missing = fmin(fmax(leg, 0), 150);
  double kx = l->x, ky = l->y;
  far_end(l, &kx, &ky, 90, l->unit);
  bar(l, l->x, l->y, l->x + l->side * 1.9 * l->unit, l->y, 0.09, faint);
  bar(l, l->x, l->y, kx, ky, 0.10, grey);
  bar(l, kx, ky, kx, ky - 0.95 * l->unit, 0.07, faint);
  if (missing > 0) {
    sector(l, kx, ky, 90 - missing, 90, 0.8 * l->unit);
    path_fill_stripes(l->cr, 0.5 * l->text);
  }
  double fx = kx, fy = ky;
  far_end(l, &fx, &fy, 90 - missing, 0.95 * l->unit);
  bar(l, kx, ky, fx, fy, 0.08, dark);
  draw_value(l, (kx + fx) / 2 + l->side * 1.6 * l->text, (ky + fy) / 2, r, leg, l->side > 0 ? 0 : 1);
}

static void draw(cairo_t *cr, const report *r, int which, chart_box f) {
  const double leg = r->figure[which].leg;
  const bool raise = r->subject == REPORT_OF_RAISE;
  limbs l = { .cr = cr, .text = f.text, .side = sagitta_result_facing_right(r->result) ? 1 : -1 };
  l.unit = fmin((f.width - 2 * f.text) / 3.8, (f.height - 3 * f.text) / 2.25);
  l.x = f.width / 2 - l.side * 0.12 * l.unit;
  l.y = f.height - 0.25 * l.unit - f.text;
  draw_lying(&l);
  raise ? draw_raise(&l, r, leg) : draw_knee(&l, r, leg);
}

static void put_words(const report *r, int which, char *alt) {
  const char *key = main_key(r, which);
  const sagitta_quantity_info *info = sagitta_quantity_find(key);
  const sagitta_quantity *q = report_mean(r, key);
  char value[WORDING_SHORT], between[2 * WORDING_SHORT];
  const bool raise = r->subject == REPORT_OF_RAISE;
  wording_value(value, r->figure[which].leg, info, false, r->language);
  if (which != REPORT_TODAY || !q) {
    (void)snprintf(
        alt, CHART_WORDS,
        raise ? say(r->language, "A person lying on the back, one straight leg raised by %s.")
              : say(r->language, "A person lying on the back, the thigh upright, the lower leg %s short of straight."),
        value);
    return;
  }
  wording_between(between, q->low, q->high, info, r->language);
  (void)snprintf(
      alt, CHART_WORDS,
      raise ? say(r->language, "A person lying on the back, one straight leg raised by %s, with 95 %% certainty %s.")
            : say(r->language,
                  "A person lying on the back, the thigh upright, the lower leg %s short of straight, with 95 "
                  "%% certainty %s."),
      value, between);
}

const chart leg_figure_chart = {
  .title = TRANSLATABLE("How far the leg goes"),
  .possible = is_possible,
  .draw = draw,
  .words = put_words,
  .aspect = 1.5,
};
