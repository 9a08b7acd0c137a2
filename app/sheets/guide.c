/* SPDX-License-Identifier: Apache-2.0 */
/* One page that shows where the markers go, how to stand and where the camera goes; the person and the camera on it. */
#include <math.h>
#include <stddef.h>

#include "cli/text.h"
#include "sheets/sheet_pages.h"

/* ---- a standing person, from the side, from behind and from above; a camera ---- */

/* Places on a person of stature 1, x forward of the ankle, y up from the soles. */
typedef struct person_place {
  double x, y;
} person_place;

#define PERSON_SHOULDER ((person_place){ -0.012, 0.815 })
#define PERSON_HIP      ((person_place){ 0.0, 0.515 })
#define PERSON_RIBS     ((person_place){ -0.022, 0.70 })
#define PERSON_KNEE     ((person_place){ 0.008, 0.285 })
#define PERSON_ANKLE    ((person_place){ -0.015, 0.042 })

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

/* Where on the sheet a place is: feet at (x, floor), mm, `stature` mm tall, looking right. */
static person_place person_at(double x, double floor, double stature, person_place p) {
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

static void person_side(sheet *s, double x, double floor, double stature) {
  static const person_place arm[] = { { -0.008, 0.800 }, { 0.105, 0.655 }, { 0.215, 0.565 } };
  smooth(s, head, HEAD, x, floor, stature);
  fill_and_edge(s, SKIN, stature);
  smooth(s, outline, OUTLINE, x, floor, stature);
  fill_and_edge(s, CLOTH, stature);
  limb(s, arm, x, floor, stature, 0.040, SKIN);
}

static void person_behind(sheet *s, double x, double floor, double stature) {
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

/* From above, looking up the page; `size` is the width of the shoulders, mm. */
static void person_above(sheet *s, double x, double y, double size) {
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

/* A camera on a stand, looking left; its lens is at (x, y). */
static void camera_side(sheet *s, double x, double y, double floor) {
  const double foot = 5, middle = x + 5;
  sheet_line(s, middle, y, middle, floor - 0.35 * (floor - y), 0.7, EDGE);
  for (int side = -1; side <= 1; side++) {
    sheet_line(s, middle, y + 0.3 * (floor - y), middle + side * foot, floor, 0.5, EDGE);
  }
  camera_body(s, x, y);
}

static void camera_above(sheet *s, double x, double y) {
  camera_body(s, x, y);
}

/* ---- the page ---- */

#define STATURE_CM 172.0

static double paragraph(sheet *s, double x, double y, double width, double size, const char *text) {
  return sheet_write(s, &(sheet_text){ .text = text, .x = x, .y = y, .size = size, .width = width });
}

/* ---- when not to test ---- */

static double draw_gate(sheet *s, double y) {
  const double x = SHEET_MARGIN, width = s->width - 2 * SHEET_MARGIN, inset = 3;
  double at = y + 2;
  at += sheet_write(
            s, &(sheet_text){ .text = say(s->language, "See a clinician first, and do not test, with any of these"),
                              .x = x + inset,
                              .y = at,
                              .size = 9.5,
                              .bold = true }) +
        0.5;
  at += paragraph(
      s, x + inset, at, width - 2 * inset, 8,
      say(s->language,
          "Change of bladder or bowel control · numbness in the saddle area · a leg that grows weaker, or a "
          "changed gait · a major injury, or a minor one with osteoporosis or steroids · a history of cancer, "
          "unexplained weight loss, lasting night pain · fever, weakened immunity, injected drugs · a recent "
          "operation on back or hip · acute back or leg pain on bending · pregnancy · dizziness · high blood "
          "pressure that is not controlled · glaucoma. Stop at pain, dizziness or numbness."));
  at += 2;
  cairo_rectangle(s->cr, x, y, width, at - y);
  sheet_ink(s, SHEET_BLACK);
  cairo_set_line_width(s->cr, 0.4);
  cairo_stroke(s->cr);
  return at;
}

/* ---- where the markers go ---- */

typedef struct marker_place {
  sagitta_role role;
  person_place place;
  bool strip;
  double label_at; /* height of its label, part of the stature */
  const char *label;
} marker_place;

typedef struct marker_set {
  const char *name, *remark;
  const marker_place *markers;
  size_t count;
} marker_set;

#define HIP_STRIP_MIDDLE ((person_place){ -0.003, 0.580 })
#define PELVIS_MIDDLE    ((person_place){ -0.003, 0.590 })

static const marker_place strip_markers[] = {
  { SAGITTA_SHOULDER, PERSON_SHOULDER, false, 0.90, TRANSLATABLE("shoulder disc: outer tip of the shoulder bone") },
  { SAGITTA_HIP, HIP_STRIP_MIDDLE, true, 0.665,
    TRANSLATABLE(
        "hip strip: from the crest of the pelvis straight down; its lower end at the upper edge of the bony bump") },
  { SAGITTA_KNEE, PERSON_KNEE, false, 0.335, TRANSLATABLE("knee disc: bony bump on the outer side") },
  { SAGITTA_ANKLE, PERSON_ANKLE, false, 0.140, TRANSLATABLE("ankle disc: bony bump on the outer side") },
};
static const marker_place clinic_markers[] = {
  { SAGITTA_SHOULDER, PERSON_SHOULDER, false, 0.90, TRANSLATABLE("shoulder disc") },
  { SAGITTA_RIBS, PERSON_RIBS, true, 0.765, TRANSLATABLE("ribs strip: upright on the lowest ribs") },
  { SAGITTA_PELVIS, PELVIS_MIDDLE, true, 0.640, TRANSLATABLE("pelvis strip: above the hip disc") },
  { SAGITTA_HIP, PERSON_HIP, false, 0.485, TRANSLATABLE("hip disc: bony bump on the side of the hip") },
  { SAGITTA_KNEE, PERSON_KNEE, false, 0.320, TRANSLATABLE("knee disc") },
  { SAGITTA_ANKLE, PERSON_ANKLE, false, 0.125, TRANSLATABLE("ankle disc: bony bump on the outer side") },
};
static const marker_place disc_markers[] = {
  { SAGITTA_SHOULDER, PERSON_SHOULDER, false, 0.90, TRANSLATABLE("shoulder disc") },
  { SAGITTA_HIP, PERSON_HIP, false, 0.56, TRANSLATABLE("hip disc: bony bump on the side of the hip") },
  { SAGITTA_KNEE, PERSON_KNEE, false, 0.320, TRANSLATABLE("knee disc") },
};
#define COUNT(array) (sizeof(array) / sizeof *(array))
static const marker_set sets[] = {
  { TRANSLATABLE("One strip, and the ankle: take this"), TRANSLATABLE("pelvis and knees are measured"), strip_markers,
    COUNT(strip_markers) },
  { TRANSLATABLE("Two strips"), TRANSLATABLE("hips and back both measured"), clinic_markers, COUNT(clinic_markers) },
  { TRANSLATABLE("Discs only"), TRANSLATABLE("quick, with a wide error bar"), disc_markers, COUNT(disc_markers) },
};

static void draw_marker(sheet *s, double x, double floor, double stature, const marker_place *m) {
  const person_place at = person_at(x, floor, stature, m->place);
  const double cm = stature / STATURE_CM, ring = 0.5 * cm;
  sheet_ink(s, SHEET_COLOUR(255, 255, 255));
  if (m->strip) {
    cairo_rectangle(s->cr, at.x - 1.5 * cm - ring, at.y - 7 * cm - ring, 3 * cm + 2 * ring, 14 * cm + 2 * ring);
    cairo_fill(s->cr);
    sheets_strip(s, at.x, at.y, 14 * cm, 3 * cm, 0, m->role, false);
    return;
  }
  cairo_arc(s->cr, at.x, at.y, 2 * cm + ring, 0, 2 * M_PI);
  cairo_fill(s->cr);
  sheets_disc(s, at.x, at.y, 4 * cm, m->role, false);
}

/* Returns where the next may begin: labels do not overlap in any language. */
static double draw_label(sheet *s, double left, double width, double x, double floor, double stature, double from,
                         const marker_place *m) {
  const person_place at = person_at(x, floor, stature, m->place);
  const double y = fmax(floor - m->label_at * stature, from);
  sheet_text text = { .text = say(s->language, m->label), .x = left, .y = y, .size = 7.5, .width = width };
  const double height = sheet_write(s, &text);
  sheet_line(s, left + width + 0.6, y + fmin(height / 2, 3.2), at.x - 0.012 * stature, at.y, 0.2, SHEET_GREY);
  return y + height + 0.8;
}

static double draw_set(sheet *s, double left, double y, double width, double stature, const marker_set *set) {
  sheet_write(s, &(sheet_text){ .text = say(s->language, set->name), .x = left, .y = y, .size = 9.5, .bold = true });
  sheet_write(s,
              &(sheet_text){
                  .text = say(s->language, set->remark), .x = left, .y = y + 4.4, .size = 7.5, .colour = SHEET_GREY });
  const double floor = y + 10 + stature, x = left + width - 0.25 * stature, label = width - 0.38 * stature - 1;
  person_side(s, x, floor, stature);
  sheet_line(s, left, floor + 0.1, left + width - 4, floor + 0.1, 0.2, SHEET_LINE);
  double from = y + 9;
  for (size_t i = 0; i < set->count; i++) from = draw_label(s, left, label, x, floor, stature, from, &set->markers[i]);
  for (size_t i = 0; i < set->count; i++) draw_marker(s, x, floor, stature, &set->markers[i]);
  return floor;
}

/* ---- where the camera goes ---- */

static void arrow(sheet *s, double x0, double y0, double x1, double y1) {
  const double turn = atan2(y1 - y0, x1 - x0);
  sheet_line(s, x0, y0, x1, y1, 0.25, SHEET_BLACK);
  for (int end = 0; end < 2; end++) {
    const double x = end ? x1 : x0, y = end ? y1 : y0, back = end ? M_PI : 0;
    for (int side = -1; side <= 1; side += 2) {
      const double a = turn + back + side * 0.4;
      sheet_line(s, x, y, x + 2 * cos(a), y + 2 * sin(a), 0.25, SHEET_BLACK);
    }
  }
}

static void caption(sheet *s, double x, double y, double align, const char *text) {
  sheet_write(s, &(sheet_text){ .text = text, .x = x, .y = y, .size = 7.5, .align = align });
}

static void dashes(sheet *s, double x0, double y0, double x1, double y1) {
  cairo_save(s->cr);
  cairo_set_dash(s->cr, (const double[]){ 1.2, 1 }, 2, 0);
  sheet_line(s, x0, y0, x1, y1, 0.2, SHEET_GREY);
  cairo_restore(s->cr);
}

static void draw_from_above(sheet *s, double left, double y, double width, double height) {
  const double x = left + 9, middle = y + 0.45 * height, camera = left + width - 13;
  caption(s, left, y, 0, say(s->language, "From above: square-on"));
  dashes(s, x, middle, camera, middle);
  dashes(s, x, middle - 14, x, middle + 9);
  person_above(s, x, middle, 13);
  sheet_ink(s, sheets_marker_colour(SAGITTA_SHOULDER));
  cairo_arc(s->cr, x + 6.4, middle, 0.9, 0, 2 * M_PI);
  cairo_fill(s->cr);
  camera_above(s, camera, middle);
  arrow(s, x + 6.5, middle + 9, camera, middle + 9);
  caption(s, (x + 6.5 + camera) / 2, middle + 10, 0.5, say(s->language, "3 m or more"));
  caption(s, x + 9, middle - 11, 0, say(s->language, "markers on the side\ntowards the camera"));
}

static void draw_from_behind(sheet *s, double left, double y, double width, double height) {
  const double floor = y + 0.88 * height, stature = 0.70 * height, x = left + 8, camera = left + width - 13;
  const double hip = floor - 0.53 * stature;
  caption(s, left, y, 0, say(s->language, "From behind: level"));
  sheet_line(s, left, floor, left + width - 2, floor, 0.2, SHEET_LINE);
  person_behind(s, x, floor, stature);
  dashes(s, x + 0.1 * stature, hip, camera, hip);
  caption(s, left + width - 2, hip - 8, 1, say(s->language, "hip height"));
  camera_side(s, camera, hip, floor);
}

static void draw_picture(sheet *s, double left, double y, double width, double height) {
  const double top = y + 5, bottom = y + 0.93 * height, high = bottom - top, wide = fmin(width - 2, 1.4 * high);
  const double stature = 0.80 * high, floor = bottom - 0.09 * high, x = left + 0.36 * wide;
  caption(s, left, y, 0, say(s->language, "The whole person in it"));
  cairo_rectangle(s->cr, left, top, wide, high);
  sheet_ink(s, SHEET_BLACK);
  cairo_set_line_width(s->cr, 0.5);
  cairo_stroke(s->cr);
  person_side(s, x, floor, stature);
  for (size_t i = 0; i < COUNT(strip_markers); i++) draw_marker(s, x, floor, stature, &strip_markers[i]);
  const person_place hip = person_at(x, floor, stature, PERSON_HIP);
  cairo_save(s->cr);
  cairo_set_dash(s->cr, (const double[]){ 1.2, 1 }, 2, 0);
  cairo_arc(s->cr, hip.x, hip.y, 0.47 * stature, -0.42 * M_PI, 0.12 * M_PI);
  sheet_ink(s, SHEET_GREY);
  cairo_set_line_width(s->cr, 0.25);
  cairo_stroke(s->cr);
  cairo_restore(s->cr);
  sheet_write(s, &(sheet_text){ .text = say(s->language, "room to\nbend into"),
                                .x = left + wide - 1.5,
                                .y = floor - 0.93 * stature,
                                .size = 7.5,
                                .align = 1 });
}

/* ---- the bend ---- */

#define BENT_HIP      0.515 /* height of the hip, part of the stature */
#define BENT_BACKWARD 0.055 /* the hips go back, so that the weight stays over the feet */

/* The person bent forward with the knees straight: a lean of the trunk, deg, of which the pelvis has turned a part. */
typedef struct bend {
  double pelvis, trunk; /* deg */
} bend;

static person_place along(person_place from, double degrees, double length) {
  return (person_place){ from.x + length * sin(degrees * M_PI / 180), from.y + length * cos(degrees * M_PI / 180) };
}

/* Pelvis and back as a chain from the hip up, the arms hanging, the head at its end. */
static void person_bent(sheet *s, double x, double floor, double stature, bend b) {
  const person_place hip = { -BENT_BACKWARD, BENT_HIP }, knee = { -0.02, 0.285 }, ankle = { -0.015, 0.042 };
  const person_place waist = along(hip, b.pelvis, 0.14), ribs = along(waist, (b.pelvis + b.trunk) / 2, 0.09);
  const person_place shoulder = along(ribs, b.trunk, 0.085), crown = along(shoulder, b.trunk + 12, 0.10);
  const person_place elbow = along(shoulder, 172, 0.17), hand = along(elbow, 172, 0.20);
  const person_place leg[] = { hip, knee, ankle }, foot[] = { ankle, { 0.02, 0.018 }, { 0.085, 0.018 } };
  const person_place back[] = { hip, waist, ribs }, chest[] = { waist, ribs, shoulder },
                     arm[] = { shoulder, elbow, hand };
  limb(s, foot, x, floor, stature, 0.036, SKIN);
  limb(s, leg, x, floor, stature, 0.105, CLOTH);
  limb(s, back, x, floor, stature, 0.135, CLOTH);
  limb(s, chest, x, floor, stature, 0.135, CLOTH);
  limb(s, arm, x, floor, stature, 0.042, SKIN);
  const person_place top = person_at(x, floor, stature, crown);
  ellipse(s, top.x, top.y, 0.115 * stature, 0.135 * stature, SKIN);
}

static void draw_bend(sheet *s, double left, double y, double width, double height) {
  static const struct {
    const char *text;
    bend bend;
  } moments[] = { { TRANSLATABLE("still 2 s"), { 0, 0 } },
                  { TRANSLATABLE("slowly"), { 38, 55 } },
                  { TRANSLATABLE("stay 1 s"), { 70, 112 } } };
  const double floor = y + 0.86 * height, stature = 0.68 * height, third = width / 3;
  caption(s, left, y, 0, say(s->language, "The bend: three times"));
  sheet_line(s, left, floor, left + width - 2, floor, 0.2, SHEET_LINE);
  for (size_t i = 0; i < COUNT(moments); i++) {
    const double x = left + ((double)i + 0.38) * third;
    if (i == 0) person_side(s, x, floor, stature);
    if (i > 0) person_bent(s, x, floor, stature, moments[i].bend);
    caption(s, x + 0.08 * stature, floor + 1, 0.5, say(s->language, moments[i].text));
  }
}

/* ---- what to do ---- */

typedef struct guide_column {
  const char *heading, *text;
} guide_column;

static const guide_column columns[] = {
  { TRANSLATABLE("The person"),
    TRANSLATABLE("Stands side-on, barefoot or in flat shoes, feet together, knees straight, weight on both feet. Arms "
                 "folded or held away from the hip, so that they cover no marker.\nStands still for 2 s, bends forward "
                 "slowly (about 2 s), stays there for 1 s, comes up, stands still. Three times.") },
  { TRANSLATABLE("The clothes"), TRANSLATABLE("Close-fitting and of one calm colour: grey, black or white. None in a "
                                              "marker's colour. The hip and the knee bare "
                                              "or in tight leggings: a marker on loose cloth shows the cloth.\nFix the "
                                              "markers while the person stands. Keep the "
                                              "white ring on: it keeps colours apart.") },
  { TRANSLATABLE("The camera and the light"),
    TRANSLATABLE(
        "A stand or a chair, not a hand; nothing moves it while you record. Zoom in rather than go near. Exposure and "
        "focus locked, 30 pictures/s or more, no beauty filter.\nEven light from the camera's side, no window behind "
        "the person. Then film one bend and have it measured: that says what is missing before all three are "
        "filmed.") },
};

static void draw_columns(sheet *s, double y) {
  const double width = (s->width - 2 * SHEET_MARGIN) / 3;
  for (size_t i = 0; i < COUNT(columns); i++) {
    const double x = SHEET_MARGIN + (double)i * width;
    const sheet_text heading = {
      .text = say(s->language, columns[i].heading), .x = x, .y = y, .size = 9.5, .bold = true
    };
    paragraph(s, x, y + sheet_write(s, &heading) + 0.8, width - 5, 8, say(s->language, columns[i].text));
  }
}

void sheets_draw_guide(sheet *s) {
  sheet_begin(s, false);
  double y =
      sheet_heading(s, say(s->language, "Before you record"),
                    say(s->language, "Sagitta measures how a person bends forward, from a video taken from the side."));
  y = draw_gate(s, y + 2) + 4;
  const double width = s->width - 2 * SHEET_MARGIN, stature = fmin(94, s->height - 194.0);
  static const double share[COUNT(sets)] = { 0.37, 0.33, 0.30 }; /* what is said of the first is longest */
  double floor = y;
  double left = SHEET_MARGIN;
  for (size_t i = 0; i < COUNT(sets); i++) {
    floor = draw_set(s, left, y, share[i] * width, stature, &sets[i]);
    left += share[i] * width;
  }
  y = floor + 5;
  const double height = 48;
  draw_from_above(s, SHEET_MARGIN, y, 0.25 * width, height);
  draw_from_behind(s, SHEET_MARGIN + 0.27 * width, y, 0.19 * width, height);
  draw_picture(s, SHEET_MARGIN + 0.49 * width, y, 0.21 * width, height);
  draw_bend(s, SHEET_MARGIN + 0.71 * width, y, 0.29 * width, height);
  draw_columns(s, y + height + 4);
  sheet_write(s, &(sheet_text){ .text = say(s->language,
                                            "Screening and tracking aid for use by a qualified professional; not a "
                                            "diagnosis or medical advice. Angles are estimates from 2-D video."),
                                .x = SHEET_MARGIN,
                                .y = s->height - SHEET_MARGIN - 8,
                                .size = 7,
                                .colour = SHEET_GREY });
  sheet_end(s);
}
