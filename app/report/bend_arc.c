/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where the bend comes from: a ring around the hip joint, from where the trunk stood to where it came, whose first part
 * is what the hips did and whose second what the lower back did; within it a body whose pelvis and back carry the same
 * signs.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/charts.h"
#include "report/typography.h"
#include "report/wording.h"

/* In radii of the ring. */
#define RING_INNER  0.84
#define PELVIS      0.19
#define LUMBAR      0.21
#define THORAX      0.23
#define HEAD        0.075
#define LEG         0.80
#define KNEES_SHOWN 5.0   /* deg: less is a straight leg */
#define LIMB        0.055 /* half the thickness of a limb */

typedef struct arc {
  cairo_t *cr;
  double x, y, radius; /* of the hip joint */
  double side;         /* 1: the person faces right */
  double hips, back;   /* deg, not below 0 */
  double knees;        /* deg, 0 = straight */
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

/* Where the person was at the start, faintly. */
static void draw_start(const arc *a) {
  const ink faint = { 0.87, 0.89, 0.92, 1 };
  double x = a->x, y = a->y;
  go(a, &x, &y, 0, PELVIS * a->radius + LUMBAR * a->radius + THORAX * a->radius);
  round_line_draw(a->cr, a->x, a->y, x, y, 2 * LIMB * a->radius, faint);
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
    round_line_draw(a->cr, a->x, a->y, x, y, 2 * LIMB * a->radius, grey);
    round_line_draw(a->cr, x, y, x, y - 0.14 * a->radius, 2 * (0.6 * LIMB) * a->radius, grey);
    return;
  }
  /* The thigh leans back and the shank forward, so that the foot stays below: the knee in between points forward. */
  const double thigh = 180 - a->knees / 2, shank = 180 + a->knees / 2;
  go(a, &x, &y, thigh, 0.5 * LEG * a->radius);
  const double kx = x, ky = y;
  go(a, &x, &y, shank, 0.5 * LEG * a->radius);
  round_line_draw(a->cr, a->x, a->y, kx, ky, 2 * LIMB * a->radius, grey);
  round_line_draw(a->cr, kx, ky, x, y, 2 * LIMB * a->radius, grey);
  round_line_draw(a->cr, x, y, x + a->side * 0.16 * a->radius, y, 2 * (0.6 * LIMB) * a->radius, grey);
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
  round_line_draw(a->cr, lx, ly, tx, ty, 2 * LIMB * a->radius, grey);
  double hx = tx, hy = ty;
  go(a, &hx, &hy, end, (LIMB + HEAD + 0.015) * a->radius);
  cairo_arc(a->cr, hx, hy, HEAD * a->radius, 0, 2 * M_PI);
  use_ink(a->cr, grey, 1);
  cairo_fill(a->cr);
  round_line_draw(a->cr, a->x, a->y, px, py, 2 * LIMB * a->radius, PAPER_HIPS);
  lx = px, ly = py;
  spine_path(a, &lx, &ly, a->hips, end, LIMB * 0.92);
  path_fill_stripes(a->cr, a->text * 0.42);
  cairo_arc(a->cr, a->x, a->y, LIMB * 0.95 * a->radius, 0, 2 * M_PI);
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
static void draw_doubt(const arc *a, const report_figure *f) {
  const double total = a->hips + a->back, far = a->radius + a->text * 0.42;
  if (!isfinite(f->share_low) || !isfinite(f->share_high) || total <= 0) return;
  const double from = total * (1 - fmin(fmax(f->share_high, 0), 1)), to = total * (1 - fmin(fmax(f->share_low, 0), 1));
  const double up = -M_PI / 2, b0 = up + a->side * from * M_PI / 180, b1 = up + a->side * to * M_PI / 180;
  use_ink(a->cr, PAPER_TEXT, 1);
  cairo_set_line_width(a->cr, a->text * 0.12);
  cairo_new_path(a->cr);
  a->side > 0 ? cairo_arc(a->cr, a->x, a->y, far, b0, b1) : cairo_arc_negative(a->cr, a->x, a->y, far, b0, b1);
  cairo_stroke(a->cr);
  for (int i = 0; i < 2; i++) {
    const double angle = i ? b1 : b0, tick = a->text * 0.22;
    ink_line(a->cr, a->x + (far - tick) * cos(angle), a->y + (far - tick) * sin(angle),
             a->x + (far + tick) * cos(angle), a->y + (far + tick) * sin(angle), a->text * 0.12, PAPER_TEXT);
  }
}

typedef struct label {
  lettering part, value;
  double width, height, part_height;
  double x, y; /* middle */
} label;

static label make_label(const arc *a, const char *part, const char *value, double middle) {
  label l = { .part = { .text = part, .size = a->text, .colour = PAPER_TEXT },
              .value = { .text = value, .size = 1.7 * a->text, .bold = true, .colour = PAPER_TEXT } };
  double part_width, value_width, value_height;
  typeset_measure(a->cr, &l.part, &part_width, &l.part_height);
  typeset_measure(a->cr, &l.value, &value_width, &value_height);
  l.part_height *= 0.95;
  l.width = fmax(part_width, value_width);
  l.height = l.part_height + value_height;
  /* Beyond the ring and the line of doubt, by as much of its own size as it turns toward them. */
  const double out = a->radius + 1.1 * a->text, across = sin(middle * M_PI / 180), up = cos(middle * M_PI / 180);
  l.x = a->x + a->side * (out * across + 0.5 * l.width * fmin(1, 1.5 * fabs(across)));
  l.y = a->y - out * up - 0.36 * l.height * fmax(-1, fmin(1, 1.5 * up));
  return l;
}

/* Outward until the words are clear of the ring and its line. */
static void push_out(const arc *a, label *l, double middle) {
  const double clear = a->radius + 0.95 * a->text;
  for (int i = 0; i < 60; i++) {
    const double dx = fmax(fabs(l->x - a->x) - l->width / 2, 0), dy = fmax(fabs(l->y - a->y) - l->height / 2, 0);
    if (hypot(dx, dy) >= clear) return;
    go(a, &l->x, &l->y, middle, 0.15 * a->text);
  }
}

static void draw_label(const arc *a, const label *l) {
  const double x = a->side > 0 ? l->x - l->width / 2 : l->x + l->width / 2, y = l->y - l->height / 2;
  lettering part = l->part, value = l->value;
  part.align = value.align = a->side > 0 ? 0 : 1;
  typeset_draw(a->cr, x, y, &part);
  typeset_draw(a->cr, x, y + l->part_height, &value);
}

typedef struct labels {
  char text[2][WORDING_SHORT];
  label of[2];
} labels;

static void place_labels(const arc *a, const report *r, const report_figure *f, labels *l) {
  const sagitta_quantity_info *info = sagitta_quantity_find("hip_hinge_deg");
  const double middle[2] = { a->hips / 2, a->hips + a->back / 2 };
  static const char *const parts[2] = { TRANSLATABLE("Hips"), TRANSLATABLE("Lower back") };
  for (int i = 0; i < 2; i++) {
    char value[WORDING_SHORT];
    (void)snprintf(l->text[i], sizeof l->text[i], "%s%.50s", (i ? f->back_inferred : f->hips_inferred) ? "≈" : "",
                   wording_value(value, i ? f->back : f->hips, info, false, r->language));
    l->of[i] = make_label(a, say(r->language, parts[i]), l->text[i], middle[i]);
  }
  const double lack = l->of[0].height + 0.3 * a->text - (l->of[1].y - l->of[0].y);
  if (lack > 0) {
    l->of[0].y -= lack / 2;
    l->of[1].y += lack / 2;
  }
  for (int i = 0; i < 2; i++) push_out(a, &l->of[i], middle[i]);
  /* Pushing may have brought them together again. */
  const double close = l->of[0].y + l->of[0].height / 2 + 0.2 * a->text - (l->of[1].y - l->of[1].height / 2);
  if (close > 0 && fabs(l->of[0].x - l->of[1].x) < (l->of[0].width + l->of[1].width) / 2 + a->text) l->of[0].y -= close;
}

/* As large as the words, the trunk behind the person and the legs leave room for; the first label may stand high. */
static void fit(arc *a, const report *r, const report_figure *shown, chart_box f, labels *l) {
  const double margin = 7.2 * f.text, behind = 0.30, end = a->hips + a->back;
  const double below = a->sitting ? 0.16 : fmax(LEG + LIMB, end > 90 ? -cos(end * M_PI / 180) : 0);
  double above = 1.2 * f.text;
  for (int i = 0; i < 4; i++) {
    a->radius = fmax(fmin((f.width - margin) / (1 + behind), (f.height - above - 0.5 * f.text) / (1 + below)), f.text);
    const double left = (f.width - a->radius * (1 + behind) - margin) / 2 + behind * a->radius;
    a->x = a->side > 0 ? left : f.width - left;
    a->y = a->radius + above;
    place_labels(a, r, shown, l);
    const double top = l->of[0].y - l->of[0].height / 2;
    if (top >= 0) break;
    above -= top;
  }
}

static bool is_possible(const report *r, int which) {
  return isfinite(r->figure[which].hips) && isfinite(r->figure[which].back);
}

static void draw(cairo_t *cr, const report *r, int which, chart_box f) {
  const report_figure *shown = &r->figure[which];
  arc a = { .cr = cr, .text = f.text, .side = sagitta_result_facing_right(r->result) ? 1 : -1 };
  labels l;
  a.sitting = r->from_sitting;
  a.hips = fmin(fmax(shown->hips, 0), 180);
  a.knees = isfinite(shown->knees) && shown->knees >= KNEES_SHOWN ? fmin(shown->knees, 120) : 0;
  a.back = fmin(fmax(shown->back, 0), 180 - a.hips);
  fit(&a, r, shown, f, &l);
  draw_start(&a);
  draw_legs(&a);
  draw_ring(&a);
  draw_body(&a);
  draw_doubt(&a, shown);
  for (int i = 0; i < 2; i++) draw_label(&a, &l.of[i]);
}

static void put_words(const report *r, int which, char *alt) {
  const report_figure *shown = &r->figure[which];
  const sagitta_quantity_info *info = sagitta_quantity_find("hip_hinge_deg");
  char a[WORDING_SHORT], b[WORDING_SHORT];
  const char *format =
      r->from_sitting
          ? say(r->language,
                "An arc from sitting upright to the furthest point, in two parts: the hips (solid) did %s of it, the "
                "lower back (striped) %s.")
      : r->test->verdict
          ? say(r->language,
                "An arc from standing to the deepest point, in two parts: the hips (solid) did %s of it, the lower "
                "back (striped) %s.")
          : say(r->language,
                "An arc from standing to the furthest point, in two parts: the hips (solid) did %s of it, the lower "
                "back (striped) %s.");
  const sagitta_quantity hips = { .value = shown->hips, .inferred = shown->hips_inferred };
  const sagitta_quantity back = { .value = shown->back, .inferred = shown->back_inferred };
  const int at = snprintf(alt, CHART_WORDS, format, wording_quantity(a, &hips, info, r->language),
                          wording_quantity(b, &back, info, r->language));
  if (isfinite(shown->share_low) && at >= 0 && at < CHART_WORDS) {
    (void)snprintf(
        alt + at, (size_t)(CHART_WORDS - at), "%s",
        say(r->language, " The thin line outside of the arc shows where the border between the two may lie."));
  }
}

/* The photographs beside it are of one repetition. */
static void put_title(const report *r, int which, char *title) {
  const size_t repetitions = sagitta_result_summary(r->result)->repetitions;
  if (which == REPORT_TODAY && repetitions > 1 && !r->both && r->ranged < 0) {
    (void)snprintf(title, CHART_WORDS, say(r->language, "The bend, mean of %zu"), repetitions);
  } else {
    (void)snprintf(title, CHART_WORDS, "%s", say(r->language, "Where the bend comes from"));
  }
}

const chart bend_arc_chart = {
  .title_of = put_title,
  .possible = is_possible,
  .draw = draw,
  .words = put_words,
  .aspect = 1.15,
};
