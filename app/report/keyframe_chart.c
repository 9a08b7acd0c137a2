/* SPDX-License-Identifier: Apache-2.0 */
/* A key frame: the photograph, or a plain ground, with markers, segments and angles drawn over. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "drawing/shown_frame.h"
#include "report/charts.h"
#include "report/typography.h"
#include "report/wording.h"

static bool is_possible(const report *r, int which) {
  return r->moment[which].there && r->crop.width > 0 && r->crop.height > 0;
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
static void draw_angle(cairo_t *cr, const report *r, double scale, double text) {
  const bool raise = r->subject == REPORT_OF_RAISE, knee = r->subject == REPORT_OF_KNEE;
  const sagitta_role pivot = knee ? SAGITTA_KNEE : SAGITTA_HIP;
  const sagitta_role end = knee ? SAGITTA_ANKLE : raise ? SAGITTA_KNEE : SAGITTA_SHOULDER;
  double from, to, thigh0, thigh1, x, y, ex, ey;
  if (!at(r, REPORT_DEEPEST, pivot, &x, &y) || !at(r, REPORT_DEEPEST, end, &ex, &ey)) return;
  to = atan2(ey - y, ex - x);
  if (knee) {
    if (!direction(r, REPORT_DEEPEST, SAGITTA_HIP, SAGITTA_KNEE, &from)) return;
  } else {
    if (!r->moment[REPORT_START].there || !direction(r, REPORT_START, SAGITTA_HIP, end, &from)) return;
  }
  if (!raise && !knee) {
    if (!direction(r, REPORT_START, SAGITTA_HIP, SAGITTA_KNEE, &thigh0) ||
        !direction(r, REPORT_DEEPEST, SAGITTA_HIP, SAGITTA_KNEE, &thigh1))
      return;
    from += wrap(thigh1 - thigh0);
  }
  draw_turn(cr, x * scale, y * scale, from, to, hypot(ex - x, ey - y) * scale, text);
}

/* What this repetition's angles are, in the corner that the bend leaves free. */
typedef struct values {
  char text[WORDING_LONG];
  lettering note;
  double pad, x, width, height; /* of the field behind it, from the picture's top; width 0: there is nothing to say */
} values;

static void lay_out_values(cairo_t *cr, const report *r, chart_box f, values *v) {
  static const char *const keys[] = { "hip_hinge_deg", "lumbar_flexion_deg", "trunk_thigh_deg", "leg_raise_deg",
                                      "knee_angle_deg" };
  size_t used = 0;
  *v = (values){ .pad = 0.45 * f.text };
  for (size_t i = 0; i < sizeof keys / sizeof *keys && used < sizeof v->text; i++) {
    const sagitta_quantity *q = report_of(r, r->repetition, keys[i]);
    const sagitta_quantity_info *info = sagitta_quantity_find(keys[i]);
    char value[WORDING_SHORT];
    if (!q) continue;
    used += (size_t)snprintf(v->text + used, sizeof v->text - used, "%s%s %s", used ? "\n" : "",
                             say(r->language, info->label), wording_quantity(value, q, info));
  }
  if (!used) return;
  v->note = (lettering){ .text = v->text, .size = 0.9 * f.text, .width = 40 * f.text, .colour = INK_TEXT };
  typeset_measure(cr, &v->note, &v->width, &v->height);
  v->width += 2 * v->pad;
  v->height += 2 * v->pad;
  v->x = sagitta_result_facing_right(r->result) ? 0 : f.width - v->width;
}

static void draw_values(cairo_t *cr, const values *v) {
  if (!(v->width > 0)) return;
  use_ink(cr, INK_GROUND, 0.78);
  cairo_rectangle(cr, v->x, 0, v->width, v->height);
  cairo_fill(cr);
  typeset_draw(cr, v->x + v->pad, v->pad, &v->note);
}

static void draw(cairo_t *cr, const report *r, int which, chart_box f) {
  const report_moment *m = &r->moment[which];
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
  values told = { .width = 0 };
  if (which == REPORT_DEEPEST) lay_out_values(cr, r, (chart_box){ width, height, f.text }, &told);
  view.cover_x = view.left + told.x;
  view.cover_y = view.top;
  view.cover_width = told.width;
  view.cover_height = told.height;
  if (which == REPORT_DEEPEST) draw_angle(cr, r, scale, f.text);
  marks_draw(cr, r->tracks, m->row, &view, &memory);
  cairo_restore(cr);
  draw_values(cr, &told);
  cairo_restore(cr);
}

static void put_words(const report *r, int which, char *alt) {
  char time[WORDING_SHORT];
  const char *format =
      which == REPORT_START
          ? say(r->language,
                "The person from the side, before the movement, at %s of repetition %zu: markers and the lines between "
                "them are drawn in.%s")
          : say(r->language,
                "The person from the side, at the furthest point, at %s of repetition %zu: markers, the lines between "
                "them and the angles are drawn in.%s");
  (void)snprintf(alt, CHART_WORDS, format, wording_time(time, r->moment[which].time_s), r->repetition + 1,
                 r->moment[which].photo ? say(r->language, " The head is hidden.") : "");
}

static void put_title(const report *r, int which, char *title) {
  char time[WORDING_SHORT];
  (void)snprintf(title, CHART_WORDS, "%s, %s", wording_instant(r, (report_instant)which),
                 wording_time(time, r->moment[which].time_s));
}

const chart keyframe_chart = {
  .title_of = put_title,
  .possible = is_possible,
  .draw = draw,
  .words = put_words,
  .aspect_of = aspect_of,
};
