/* SPDX-License-Identifier: Apache-2.0 */
#include "drawing/shown_frame.h"

#include <math.h>

#include "cli/text.h"
#include "drawing/lettering.h"

typedef struct mark {
  bool there, strip, filled;
  double x, y;           /* px drawn */
  double top_x, top_y;   /* strips: the upper end */
  double foot_x, foot_y; /* strips: the lower end */
  double radius;         /* px: of the ring, or half the width of a strip's outline */
} mark;

typedef struct box {
  double x, y, width, height;
} box;

static const ink role_inks[SAGITTA_ROLES] = {
  [SAGITTA_SHOULDER] = { 0.30, 0.52, 1.00, 1 }, [SAGITTA_HIP] = { 0.25, 0.85, 0.35, 1 },
  [SAGITTA_KNEE] = { 1.00, 0.30, 0.75, 1 },     [SAGITTA_ANKLE] = { 1.00, 0.88, 0.20, 1 },
  [SAGITTA_PELVIS] = { 1.00, 0.60, 0.15, 1 },   [SAGITTA_RIBS] = { 0.25, 0.90, 0.95, 1 },
  [SAGITTA_HAND] = { 1.00, 0.35, 0.30, 1 },     [SAGITTA_RULER0] = { 1.00, 0.88, 0.20, 1 },
  [SAGITTA_RULER1] = { 1.00, 0.88, 0.20, 1 },
};

static mark mark_of(const sagitta_tracks *tracks, size_t row, sagitta_role role, const marks_view *view) {
  sagitta_sample s = sagitta_tracks_get(tracks, row, role);
  mark p = { .there = s.state != SAGITTA_LOST && isfinite(s.x) && isfinite(s.y), .filled = s.state == SAGITTA_FILLED };
  if (!p.there) return p;
  p.x = s.x * view->scale_x;
  p.y = s.y * view->scale_y;
  p.strip = isfinite(s.axis) && isfinite(s.length);
  double size = isfinite(s.size) ? s.size * view->scale_y : 0;
  p.radius = fmax(0.5 * size, view->unit * 0.25) + view->unit * 0.22;
  if (p.strip) {
    double angle = s.axis * M_PI / 180, half = 0.5 * s.length;
    double dx = half * sin(angle) * view->scale_x, dy = -half * cos(angle) * view->scale_y;
    p.top_x = p.x + dx;
    p.top_y = p.y + dy;
    p.foot_x = p.x - dx;
    p.foot_y = p.y - dy;
  }
  return p;
}

static void stroke_cased(cairo_t *cr, ink colour, double width, double alpha) {
  use_ink(cr, INK_GROUND, 0.55 * alpha);
  cairo_set_line_width(cr, width * 2);
  cairo_stroke_preserve(cr);
  use_ink(cr, colour, alpha);
  cairo_set_line_width(cr, width);
  cairo_stroke(cr);
}

/* One line through ankle, knee, hip, pelvis, ribs and shoulder, as far as their markers are known. */
static void draw_segments(cairo_t *cr, const mark *marks, const marks_view *view) {
  static const sagitta_role chain[] = { SAGITTA_ANKLE,  SAGITTA_KNEE, SAGITTA_HIP,
                                        SAGITTA_PELVIS, SAGITTA_RIBS, SAGITTA_SHOULDER };
  cairo_new_path(cr);
  for (size_t i = 0; i < sizeof chain / sizeof *chain; i++) {
    const mark *p = &marks[chain[i]];
    if (!p->there) {
      /* No line across a joint that is out of sight; strips only refine the trunk's. */
      if (chain[i] == SAGITTA_KNEE || chain[i] == SAGITTA_HIP) cairo_new_sub_path(cr);
      continue;
    }
    if (p->strip) {
      cairo_line_to(cr, p->foot_x, p->foot_y);
      cairo_line_to(cr, p->top_x, p->top_y);
    } else {
      cairo_line_to(cr, p->x, p->y);
    }
  }
  cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  stroke_cased(cr, INK_TEXT, view->unit * 0.13, 0.9);
}

static void outline(cairo_t *cr, const mark *p) {
  cairo_new_path(cr);
  if (!p->strip) {
    cairo_arc(cr, p->x, p->y, p->radius, 0, 2 * M_PI);
    return;
  }
  double dx = p->top_x - p->foot_x, dy = p->top_y - p->foot_y, length = hypot(dx, dy);
  if (length <= 0) return;
  double turn = atan2(dy, dx);
  cairo_arc(cr, p->top_x, p->top_y, p->radius, turn - M_PI / 2, turn + M_PI / 2);
  cairo_arc(cr, p->foot_x, p->foot_y, p->radius, turn + M_PI / 2, turn + 3 * M_PI / 2);
  cairo_close_path(cr);
}

static void draw_marker(cairo_t *cr, const mark *p, ink colour, const marks_view *view) {
  double dash[2] = { view->unit * 0.3, view->unit * 0.25 };
  outline(cr, p);
  if (p->filled) cairo_set_dash(cr, dash, 2, 0);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
  stroke_cased(cr, colour, view->unit * 0.14, 1);
  cairo_set_dash(cr, NULL, 0, 0);
}

static box box_of(const mark *p) {
  if (!p->strip) return (box){ p->x - p->radius, p->y - p->radius, 2 * p->radius, 2 * p->radius };
  double left = fmin(p->top_x, p->foot_x) - p->radius, right = fmax(p->top_x, p->foot_x) + p->radius;
  double top = fmin(p->top_y, p->foot_y) - p->radius, bottom = fmax(p->top_y, p->foot_y) + p->radius;
  return (box){ left, top, right - left, bottom - top };
}

static bool overlap(box a, box b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

#define PLACES 8

/* Places of a name around its marker, in the order in which they are tried: behind the body, where no arm is, above,
 * below, and before it. */
static box place_label(int place, box marker, double width, double height, double gap, bool right) {
  static const struct {
    double side, rise; /* −1 behind … 1 before; −1 above … 1 below */
  } places[PLACES] = { { -1, 0 }, { -1, -1 }, { -1, 1 }, { 0, -1 }, { 0, 1 }, { 1, -1 }, { 1, 0 }, { 1, 1 } };
  double side = right ? places[place].side : -places[place].side, rise = places[place].rise;
  box b = { 0, 0, width, height };
  b.x = side < 0   ? marker.x - gap - width
        : side > 0 ? marker.x + marker.width + gap
                   : marker.x + (marker.width - width) / 2;
  double middle = marker.y + (marker.height - height) / 2;
  b.y = side == 0 ? (rise < 0 ? marker.y - gap - height : marker.y + marker.height + gap) : middle + rise * height;
  return b;
}

bool marks_crosses(double x, double y, double width, double height, const marks_line *line) {
  double from = 0, to = 1;
  const double start[2] = { line->x0, line->y0 }, along[2] = { line->x1 - line->x0, line->y1 - line->y0 };
  const double low[2] = { x, y }, high[2] = { x + width, y + height };
  for (int k = 0; k < 2; k++) {
    if (fabs(along[k]) < 1e-9) {
      if (start[k] < low[k] || start[k] > high[k]) return false;
      continue;
    }
    const double a = (low[k] - start[k]) / along[k], b = (high[k] - start[k]) / along[k];
    from = fmax(from, fmin(a, b));
    to = fmin(to, fmax(a, b));
  }
  return from <= to;
}

static bool is_free(box b, const box *taken, int count, const marks_view *view) {
  if (b.x < view->left || b.y < view->top) return false;
  if (b.x + b.width > view->width || b.y + b.height > view->height) return false;
  for (int i = 0; i < count; i++) {
    if (overlap(b, taken[i])) return false;
  }
  for (int i = 0; i < view->lines; i++) {
    if (marks_crosses(b.x, b.y, b.width, b.height, &view->line[i])) return false;
  }
  return true;
}

static void draw_label(cairo_t *cr, const mark *p, const lettering *name, box *taken, int *count,
                       const marks_view *view, int *memory) {
  const double gap = view->unit * 0.25;
  const lettering_size size = lettering_measure(cr, name);
  for (int i = 0; i <= PLACES; i++) {
    int place = i == 0 ? *memory : i - 1;
    box b = place_label(place, box_of(p), size.width, size.height, gap, view->facing_right);
    if (!is_free(b, taken, *count, view)) continue;
    lettering_draw(cr, b.x, b.y, name);
    taken[(*count)++] = b;
    *memory = place;
    return;
  }
}

void marks_draw(cairo_t *cr, const sagitta_tracks *tracks, size_t row, const marks_view *view, marks_places *places) {
  mark marks[SAGITTA_ROLES];
  box taken[2 * SAGITTA_ROLES + MARKS_COVERS];
  int count = 0;
  for (int i = 0; i < MARKS_COVERS; i++) {
    const marks_cover *c = &view->cover[i];
    if (c->width > 0) taken[count++] = (box){ c->x, c->y, c->width, c->height };
  }
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    marks[r] = mark_of(tracks, row, (sagitta_role)r, view);
    if (marks[r].there) taken[count++] = box_of(&marks[r]);
  }
  draw_segments(cr, marks, view);
  for (int r = 0; r < SAGITTA_ROLES; r++) {
    if (marks[r].there) draw_marker(cr, &marks[r], role_inks[r], view);
  }
  /* The ruler's marks are no part of the person, and what they are is plain. */
  for (int r = 0; r < SAGITTA_ROLES && !view->unnamed; r++) {
    if (r == SAGITTA_RULER0 || r == SAGITTA_RULER1) continue;
    const lettering name = { .text = say(view->language, sagitta_role_name((sagitta_role)r)),
                             .size = view->unit * 0.82,
                             .halo = true,
                             .colour = INK_TEXT };
    if (marks[r].there) draw_label(cr, &marks[r], &name, taken, &count, view, &places->place[r]);
  }
}
