/* SPDX-License-Identifier: Apache-2.0 */
/* A key frame: the photograph, or a plain ground, with markers, segments and angles drawn over. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "drawing/shown_frame.h"
#include "report/charts.h"
#include "report/typography.h"
#include "report/wording.h"

/* From REPORT_INSTANTS on: without words. */
static report_instant instant_of(int which) {
  return (report_instant)(which % REPORT_INSTANTS);
}

static bool is_possible(const report *r, int which) {
  return r->moment[instant_of(which)].there && r->crop.width > 0 && r->crop.height > 0;
}

static double aspect_of(const report *r) {
  return r->crop.width / r->crop.height;
}

static bool at(const report *r, report_instant which, sagitta_role role, double *x, double *y) {
  const sagitta_sample s = sagitta_tracks_get(r->tracks, r->moment[which].row, role);
  *x = s.x;
  *y = s.y;
  return s.state != SAGITTA_LOST && isfinite(s.x) && isfinite(s.y);
}

/* Direction from a to b on the picture, radians clockwise from the right. */
static bool direction(const report *r, report_instant which, sagitta_role a, sagitta_role b, double *angle) {
  double ax, ay, bx, by;
  if (!at(r, which, a, &ax, &ay) || !at(r, which, b, &bx, &by)) return false;
  *angle = atan2(by - ay, bx - ax);
  return true;
}

static double wrap(double angle) {
  return remainder(angle, 2 * M_PI);
}

/* A dashed line from a place in the direction `from`, and the arc from there to the direction `to`. */
static void draw_turn(cairo_t *cr, double x, double y, double from, double to, double length, double text) {
  const double turn = wrap(to - from), radius = 0.42 * length, dash[2] = { 0.5 * text, 0.4 * text };
  cairo_new_path(cr);
  cairo_move_to(cr, x, y);
  cairo_line_to(cr, x + 0.75 * length * cos(from), y + 0.75 * length * sin(from));
  use_ink(cr, INK_GROUND, 0.5);
  cairo_set_line_width(cr, 0.26 * text);
  cairo_stroke_preserve(cr);
  cairo_set_dash(cr, dash, 2, 0);
  use_ink(cr, INK_TEXT, 1);
  cairo_set_line_width(cr, 0.13 * text);
  cairo_stroke(cr);
  cairo_set_dash(cr, NULL, 0, 0);
  turn > 0 ? cairo_arc(cr, x, y, radius, from, from + turn) : cairo_arc_negative(cr, x, y, radius, from, from + turn);
  use_ink(cr, INK_GROUND, 0.5);
  cairo_set_line_width(cr, 0.30 * text);
  cairo_stroke_preserve(cr);
  use_ink(cr, INK_TEXT, 1);
  cairo_set_line_width(cr, 0.15 * text);
  cairo_stroke(cr);
}

/* The angle as it is measured on the picture: in a bend from where the shoulder would be in line with the thigh as at
 * the start; of a raised leg from where the thigh lay; of the knee from where it is straight. */
typedef struct turn {
  bool known;
  double x, y, from, to, length; /* of the picture's px, radians clockwise from the right */
} turn;

static turn turn_of(const report *r) {
  const bool raise = r->subject == REPORT_OF_RAISE, knee = r->subject == REPORT_OF_KNEE;
  const sagitta_role pivot = knee ? SAGITTA_KNEE : SAGITTA_HIP;
  const sagitta_role end = knee ? SAGITTA_ANKLE : raise ? SAGITTA_KNEE : SAGITTA_SHOULDER;
  turn t = { .known = false };
  double thigh0, thigh1, ex, ey;
  if (r->ranged >= 0) return t; /* neither instant is the one from which the other is counted */
  if (!at(r, REPORT_DEEPEST, pivot, &t.x, &t.y) || !at(r, REPORT_DEEPEST, end, &ex, &ey)) return t;
  t.to = atan2(ey - t.y, ex - t.x);
  if (knee) {
    if (!direction(r, REPORT_DEEPEST, SAGITTA_HIP, SAGITTA_KNEE, &t.from)) return t;
  } else {
    if (!r->moment[REPORT_START].there || !direction(r, REPORT_START, SAGITTA_HIP, end, &t.from)) return t;
  }
  if (!raise && !knee) {
    if (!direction(r, REPORT_START, SAGITTA_HIP, SAGITTA_KNEE, &thigh0) ||
        !direction(r, REPORT_DEEPEST, SAGITTA_HIP, SAGITTA_KNEE, &thigh1))
      return t;
    t.from += wrap(thigh1 - thigh0);
  }
  t.length = hypot(ex - t.x, ey - t.y);
  t.known = true;
  return t;
}

/* ---- words on the picture ---- */

typedef struct line {
  char text[WORDING_LONG];
  double size;
  bool bold;
} line;

#define LINES 6

/* What this repetition is in numbers, in the corner that the bend leaves free: the test's own quantity large. */
typedef struct values {
  line of[LINES];
  int count;
  double pad, x, width, height; /* of the field behind it, from the picture's top */
} values;

static bool add_value(const report *r, values *v, const char *key, double size, bool bold) {
  const sagitta_quantity *q = report_of(r, r->repetition, key);
  const sagitta_quantity_info *info = sagitta_quantity_find(key);
  char value[WORDING_SHORT];
  if (!q || v->count == LINES) return false;
  line *l = &v->of[v->count++];
  l->size = size;
  l->bold = bold;
  (void)snprintf(l->text, sizeof l->text, "%s %s", say(r->language, info->label),
                 wording_quantity(value, q, info, r->language));
  return true;
}

/* Of a free movement the angle whose least or greatest value the picture shows. */
static void add_end(const report *r, values *v, report_instant which, double size) {
  const sagitta_range *range = sagitta_result_range(r->result, (sagitta_angle)r->ranged);
  const sagitta_quantity *q = which == REPORT_START ? &range->least : &range->greatest;
  char value[WORDING_SHORT];
  line *l = &v->of[v->count++];
  l->size = size;
  l->bold = true;
  (void)snprintf(l->text, sizeof l->text, "%s %s", say(r->language, sagitta_angle_title((sagitta_angle)r->ranged)),
                 wording_quantity(value, q, sagitta_quantity_find("hip_hinge_deg"), r->language));
}

/* Of a bend both parts are its own quantity, of quiet standing both strips. */
static int own_quantities(const report *r, const char *out[2]) {
  static const char *const bend[2] = { "hip_hinge_deg", "lumbar_flexion_deg" };
  const char *const *keys = r->test->verdict ? bend : r->test->quantities;
  int count = 0;
  for (; count < 2 && (r->test->verdict || keys[count]); count++) out[count] = keys[count];
  return r->test->verdict || r->subject == REPORT_OF_TILT ? count : count > 1 ? 1 : count;
}

static void lay_out_values(cairo_t *cr, const report *r, report_instant which, chart_box f, values *v) {
  static const char *const others[] = { "hip_hinge_deg", "lumbar_flexion_deg" };
  const char *own[2];
  const int owns = own_quantities(r, own);
  size_t count;
  sagitta_result_repetitions(r->result, &count);
  *v = (values){ .pad = 0.45 * f.text };
  if (r->ranged >= 0) add_end(r, v, which, 1.35 * f.text);
  for (int i = 0; i < owns; i++) add_value(r, v, own[i], 1.35 * f.text, true);
  if (count > 1 && v->count) {
    line *l = &v->of[v->count++];
    l->size = 0.9 * f.text;
    (void)snprintf(l->text, sizeof l->text, say(r->language, "Repetition %zu of %zu"), r->repetition + 1, count);
  }
  const bool bends = r->subject != REPORT_OF_RAISE && r->subject != REPORT_OF_KNEE && r->subject != REPORT_OF_TILT;
  for (int i = 0; i < 2 && bends && !r->test->verdict; i++) add_value(r, v, others[i], 0.9 * f.text, false);
  /* Smaller where the picture is narrow, so that no number is cut off. */
  for (double shrink = 1; v->count; shrink = 0.98 * (f.width - 2 * v->pad) / (v->width - 2 * v->pad)) {
    v->width = v->height = 0;
    for (int i = 0; i < v->count; i++) {
      double width, height;
      v->of[i].size *= shrink;
      typeset_measure(cr, &(lettering){ .text = v->of[i].text, .size = v->of[i].size, .bold = v->of[i].bold }, &width,
                      &height);
      v->width = fmax(v->width, width + 2 * v->pad);
      v->height += height;
    }
    if (v->width <= f.width || v->of[0].size < 0.4 * f.text) break;
  }
  if (v->count) v->height += 2 * v->pad;
  v->x = sagitta_result_facing_right(r->result) ? 0 : f.width - v->width;
}

static void draw_values(cairo_t *cr, const values *v) {
  if (!v->count) return;
  use_ink(cr, INK_GROUND, 0.78);
  cairo_rectangle(cr, v->x, 0, v->width, v->height);
  cairo_fill(cr);
  double y = v->pad;
  for (int i = 0; i < v->count; i++) {
    y += typeset_draw(
        cr, v->x + v->pad, y,
        &(lettering){ .text = v->of[i].text, .size = v->of[i].size, .bold = v->of[i].bold, .colour = INK_TEXT });
  }
}

/* What the arc on the picture is, beside it: the arc is the trunk's or the leg's turn, and no hip hinge. */
typedef struct arc_label {
  char text[WORDING_LONG];
  double x, y, width, height, size; /* top left corner; width 0: there is none */
} arc_label;

/* Beside the arc's middle, `out` from its centre. */
static void place_arc(const turn *t, double middle, double out, double scale, const report_crop *crop, arc_label *l) {
  const double mx = (t->x - crop->x) * scale + out * cos(middle), my = (t->y - crop->y) * scale + out * sin(middle);
  l->x = fmin(fmax(mx - (cos(middle) < -0.3  ? l->width
                         : cos(middle) > 0.3 ? 0
                                             : l->width / 2),
                   2),
              crop->width * scale - l->width - 2);
  l->y = fmin(fmax(my - (sin(middle) < 0 ? l->height : 0), 2), crop->height * scale - l->height - 2);
}

/* The lines between the markers, in the drawing's units from (left, top); returns how many. */
static int lines_of(const report *r, report_instant which, double scale, double left, double top,
                    marks_line out[MARKS_LINES]) {
  static const sagitta_role chain[] = { SAGITTA_SHOULDER, SAGITTA_HIP, SAGITTA_KNEE, SAGITTA_ANKLE };
  int count = 0;
  for (int i = 0; i < 3; i++) {
    double ax, ay, bx, by;
    if (!at(r, which, chain[i], &ax, &ay) || !at(r, which, chain[i + 1], &bx, &by)) continue;
    out[count++] = (marks_line){ ax * scale - left, ay * scale - top, bx * scale - left, by * scale - top };
  }
  return count;
}

static bool is_clear(const report *r, double scale, const report_crop *crop, double text, const arc_label *l) {
  static const sagitta_role roles[] = { SAGITTA_SHOULDER, SAGITTA_HIP, SAGITTA_KNEE, SAGITTA_ANKLE };
  marks_line between[MARKS_LINES];
  const int lines = lines_of(r, REPORT_DEEPEST, scale, crop->x * scale, crop->y * scale, between);
  for (int i = 0; i < lines; i++) {
    if (marks_crosses(l->x - 2, l->y, l->width + 4, l->height, &between[i])) return false;
  }
  for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
    double x, y;
    if (!at(r, REPORT_DEEPEST, roles[i], &x, &y)) continue;
    x = (x - crop->x) * scale;
    y = (y - crop->y) * scale;
    const double dx = fmax(fmax(l->x - x, x - l->x - l->width), 0), dy = fmax(fmax(l->y - y, y - l->y - l->height), 0);
    if (hypot(dx, dy) < 1.2 * text) return false;
  }
  return true;
}

static void lay_out_arc(cairo_t *cr, const report *r, const turn *t, double scale, const report_crop *crop, double text,
                        arc_label *l) {
  const char *key = r->subject == REPORT_OF_RAISE  ? "leg_raise_deg"
                    : r->subject == REPORT_OF_KNEE ? "knee_angle_deg"
                                                   : "trunk_thigh_deg";
  const sagitta_quantity *q = report_of(r, r->repetition, key);
  const sagitta_quantity_info *info = sagitta_quantity_find(key);
  char value[WORDING_SHORT];
  *l = (arc_label){ .size = 0.95 * text };
  if (!t->known || !q) return;
  (void)snprintf(l->text, sizeof l->text, "%s %s", say(r->language, info->label),
                 wording_quantity(value, q, info, r->language));
  typeset_measure(cr, &(lettering){ .text = l->text, .size = l->size }, &l->width, &l->height);
  const double middle = t->from + wrap(t->to - t->from) / 2;
  /* Outward until it is clear of the markers and the lines between them; else close to the arc. */
  static const double steps[] = { 0.46, 0.6, 0.75, 0.9, 1.05, 1.2, 0.46 };
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    place_arc(t, middle, steps[i] * t->length * scale + 0.7 * text, scale, crop, l);
    if (is_clear(r, scale, crop, text, l)) break;
  }
}

static void draw_arc_label(cairo_t *cr, const arc_label *l) {
  if (!(l->width > 0)) return;
  use_ink(cr, INK_GROUND, 0.70);
  cairo_rectangle(cr, l->x - 2, l->y, l->width + 4, l->height);
  cairo_fill(cr);
  typeset_draw(cr, l->x, l->y, &(lettering){ .text = l->text, .size = l->size, .colour = INK_TEXT });
}

static void draw(cairo_t *cr, const report *r, int which, chart_box f) {
  const report_instant instant = instant_of(which);
  const report_moment *m = &r->moment[instant];
  const bool unnamed = which >= REPORT_INSTANTS, deepest = instant == REPORT_DEEPEST;
  const double aspect = aspect_of(r);
  const double width = fmin(f.width, f.height * aspect), height = width / aspect, scale = width / r->crop.width;
  cairo_save(cr);
  cairo_translate(cr, (f.width - width) / 2, (f.height - height) / 2);
  cairo_rectangle(cr, 0, 0, width, height);
  cairo_clip(cr);
  if (m->photo) {
    cairo_save(cr);
    cairo_scale(cr, width / cairo_image_surface_get_width(m->photo), height / cairo_image_surface_get_height(m->photo));
    cairo_set_source_surface(cr, m->photo, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_GOOD);
    cairo_paint(cr);
    cairo_restore(cr);
  } else {
    use_ink(cr, (ink){ 0.34, 0.37, 0.41, 1 }, 1);
    cairo_paint(cr);
  }
  cairo_save(cr);
  cairo_translate(cr, -r->crop.x * scale, -r->crop.y * scale);
  marks_view view = { .scale_x = scale,
                      .scale_y = scale,
                      .unit = f.text,
                      .width = (r->crop.x + r->crop.width) * scale,
                      .height = (r->crop.y + r->crop.height) * scale,
                      .left = r->crop.x * scale,
                      .top = r->crop.y * scale,
                      .facing_right = sagitta_result_facing_right(r->result),
                      .language = r->language };
  marks_places memory = { { 0 } };
  values told = { .count = 0 };
  arc_label label = { .width = 0 };
  const turn t = deepest ? turn_of(r) : (turn){ .known = false };
  if (!unnamed && (deepest || r->subject == REPORT_OF_TILT || r->ranged >= 0))
    lay_out_values(cr, r, instant, (chart_box){ width, height, f.text }, &told);
  if (!unnamed) lay_out_arc(cr, r, &t, scale, &r->crop, f.text, &label);
  /* What would stand on the field of the numbers moves below it. */
  if (label.width > 0 && label.y < told.height && label.x < told.x + told.width && label.x + label.width > told.x)
    label.y = told.height + 1;
  view.unnamed = unnamed;
  view.lines = lines_of(r, instant, scale, 0, 0, view.line);
  if (t.known) {
    const double far = 0.75 * t.length * scale;
    view.line[view.lines++] =
        (marks_line){ t.x * scale, t.y * scale, t.x * scale + far * cos(t.from), t.y * scale + far * sin(t.from) };
  }
  view.cover[0] = (marks_cover){ view.left + told.x, view.top, told.width, told.height };
  view.cover[1] = (marks_cover){ view.left + label.x, view.top + label.y, label.width, label.height };
  if (t.known) draw_turn(cr, t.x * scale, t.y * scale, t.from, t.to, t.length * scale, f.text);
  marks_draw(cr, r->tracks, m->row, &view, &memory);
  cairo_restore(cr);
  draw_arc_label(cr, &label);
  draw_values(cr, &told);
  cairo_restore(cr);
}

static void put_words(const report *r, int which, char *alt) {
  const report_instant instant = instant_of(which);
  char time[WORDING_SHORT];
  if (r->ranged >= 0) {
    (void)snprintf(alt, CHART_WORDS,
                   instant == REPORT_START
                       ? say(r->language,
                             "The person from the side, where %s is least, at %s: markers and the lines "
                             "between them are drawn in.%s")
                       : say(r->language,
                             "The person from the side, where %s is greatest, at %s: markers and the "
                             "lines between them are drawn in.%s"),
                   say(r->language, sagitta_angle_title((sagitta_angle)r->ranged)),
                   wording_time(time, r->moment[instant].time_s, r->language),
                   r->moment[instant].photo ? say(r->language, " The head is hidden.") : "");
    return;
  }
  const char *format =
      instant == REPORT_START
          ? say(r->language,
                "The person from the side, before the movement, at %s of repetition %zu: markers and the lines between "
                "them are drawn in.%s")
          : say(r->language,
                "The person from the side, at the furthest point, at %s of repetition %zu: markers, the lines between "
                "them and the angles are drawn in.%s");
  (void)snprintf(alt, CHART_WORDS, format, wording_time(time, r->moment[instant].time_s, r->language),
                 r->repetition + 1, r->moment[instant].photo ? say(r->language, " The head is hidden.") : "");
}

static void put_title(const report *r, int which, char *title) {
  char time[WORDING_SHORT];
  (void)snprintf(title, CHART_WORDS, "%s, %s", wording_instant(r, instant_of(which)),
                 wording_time(time, r->moment[instant_of(which)].time_s, r->language));
}

const chart keyframe_chart = {
  .title_of = put_title,
  .possible = is_possible,
  .draw = draw,
  .words = put_words,
  .aspect_of = aspect_of,
};
