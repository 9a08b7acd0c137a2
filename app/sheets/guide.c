/* SPDX-License-Identifier: Apache-2.0 */
/* One page for the wall: when not to test, where the markers go, how to stand, where the camera goes. */
#include <math.h>
#include <stddef.h>

#include "sheets/sheet_pages.h"

#define STATURE_CM 172.0

static double paragraph(sheet *s, double x, double y, double width, double size, const char *text) {
  return sheet_write(s, &(sheet_text){ .text = text, .x = x, .y = y, .size = size, .width = width });
}

/* ---- when not to test ---- */

static double draw_gate(sheet *s, double y) {
  const double x = SHEET_MARGIN, width = s->width - 2 * SHEET_MARGIN, inset = 3;
  double at = y + 2;
  at += sheet_write(s, &(sheet_text){ .text = "See a clinician first, and do not test, with any of these",
                                      .x = x + inset,
                                      .y = at,
                                      .size = 9.5,
                                      .bold = true }) +
        0.5;
  at += paragraph(s, x + inset, at, width - 2 * inset, 8,
                  "Change of bladder or bowel control · numbness in the saddle area · a leg that grows weaker, or a "
                  "changed gait · a major injury, or a minor one with osteoporosis or steroids · a history of cancer, "
                  "unexplained weight loss, lasting night pain · fever, weakened immunity, injected drugs · a recent "
                  "operation on back or hip · acute back or leg pain on bending · pregnancy · dizziness · high blood "
                  "pressure that is not controlled · glaucoma. Stop at pain, dizziness or numbness.");
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
  { SAGITTA_SHOULDER, PERSON_SHOULDER, false, 0.90, "shoulder disc: outer tip of the shoulder bone" },
  { SAGITTA_HIP, HIP_STRIP_MIDDLE, true, 0.665,
    "hip strip: from the crest of the pelvis straight down; its lower end at the upper edge of the bony bump" },
  { SAGITTA_KNEE, PERSON_KNEE, false, 0.335, "knee disc: bony bump on the outer side" },
  { SAGITTA_ANKLE, PERSON_ANKLE, false, 0.140, "ankle disc, if knee bending is to be measured" },
};
static const marker_place clinic_markers[] = {
  { SAGITTA_SHOULDER, PERSON_SHOULDER, false, 0.90, "shoulder disc" },
  { SAGITTA_RIBS, PERSON_RIBS, true, 0.765, "ribs strip: upright on the lowest ribs" },
  { SAGITTA_PELVIS, PELVIS_MIDDLE, true, 0.640, "pelvis strip: above the hip disc" },
  { SAGITTA_HIP, PERSON_HIP, false, 0.485, "hip disc: bony bump on the side of the hip" },
  { SAGITTA_KNEE, PERSON_KNEE, false, 0.320, "knee disc" },
  { SAGITTA_ANKLE, PERSON_ANKLE, false, 0.125, "ankle disc: bony bump on the outer side" },
};
static const marker_place disc_markers[] = {
  { SAGITTA_SHOULDER, PERSON_SHOULDER, false, 0.90, "shoulder disc" },
  { SAGITTA_HIP, PERSON_HIP, false, 0.56, "hip disc: bony bump on the side of the hip" },
  { SAGITTA_KNEE, PERSON_KNEE, false, 0.320, "knee disc" },
};
#define COUNT(array) (sizeof(array) / sizeof *(array))
static const marker_set sets[] = {
  { "strip: recommended", "the pelvis is measured", strip_markers, COUNT(strip_markers) },
  { "clinic", "hips and back both measured", clinic_markers, COUNT(clinic_markers) },
  { "discs", "quick, with a wide error bar", disc_markers, COUNT(disc_markers) },
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

static void draw_label(sheet *s, double left, double width, double x, double floor, double stature,
                       const marker_place *m) {
  const person_place at = person_at(x, floor, stature, m->place);
  const double y = floor - m->label_at * stature;
  sheet_text text = { .text = m->label, .x = left, .y = y, .size = 7.5, .width = width };
  const double height = sheet_write(s, &text);
  sheet_line(s, left + width + 0.6, y + fmin(height / 2, 3.2), at.x - 0.012 * stature, at.y, 0.2, SHEET_GREY);
}

static double draw_set(sheet *s, double left, double y, double width, double stature, const marker_set *set) {
  sheet_write(s, &(sheet_text){ .text = set->name, .x = left, .y = y, .size = 9.5, .bold = true });
  sheet_write(s, &(sheet_text){ .text = set->remark, .x = left, .y = y + 4.4, .size = 7.5, .colour = SHEET_GREY });
  const double floor = y + 10 + stature, x = left + 0.56 * width, label = 0.56 * width - 0.13 * stature - 1;
  person_side(s, x, floor, stature);
  sheet_line(s, left, floor + 0.1, left + width - 4, floor + 0.1, 0.2, SHEET_LINE);
  for (size_t i = 0; i < set->count; i++) draw_label(s, left, label, x, floor, stature, &set->markers[i]);
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
  caption(s, left, y, 0, "From above: square-on");
  dashes(s, x, middle, camera, middle);
  dashes(s, x, middle - 14, x, middle + 9);
  person_above(s, x, middle, 13);
  sheet_ink(s, sheets_marker_colour(SAGITTA_SHOULDER));
  cairo_arc(s->cr, x + 6.4, middle, 0.9, 0, 2 * M_PI);
  cairo_fill(s->cr);
  camera_above(s, camera, middle);
  arrow(s, x + 6.5, middle + 9, camera, middle + 9);
  caption(s, (x + 6.5 + camera) / 2, middle + 10, 0.5, "3 m or more");
  caption(s, x + 9, middle - 11, 0, "markers on the side\ntowards the camera");
}

static void draw_from_behind(sheet *s, double left, double y, double width, double height) {
  const double floor = y + 0.88 * height, stature = 0.70 * height, x = left + 8, camera = left + width - 13;
  const double hip = floor - 0.53 * stature;
  caption(s, left, y, 0, "From behind: at hip height, level");
  sheet_line(s, left, floor, left + width - 2, floor, 0.2, SHEET_LINE);
  person_behind(s, x, floor, stature);
  dashes(s, x + 0.1 * stature, hip, camera, hip);
  caption(s, (x + camera) / 2 + 2, hip - 4.2, 0.5, "hip height");
  camera_side(s, camera, hip, floor);
}

static void draw_picture(sheet *s, double left, double y, double width, double height) {
  const double top = y + 5, bottom = y + 0.93 * height, high = bottom - top, wide = fmin(width - 2, 1.4 * high);
  const double stature = 0.80 * high, floor = bottom - 0.09 * high, x = left + 0.36 * wide;
  caption(s, left, y, 0, "In the picture: the whole person");
  cairo_rectangle(s->cr, left, top, wide, high);
  sheet_ink(s, SHEET_BLACK);
  cairo_set_line_width(s->cr, 0.5);
  cairo_stroke(s->cr);
  person_side(s, x, floor, stature);
  for (size_t i = 0; i + 1 < COUNT(strip_markers); i++) draw_marker(s, x, floor, stature, &strip_markers[i]);
  const person_place hip = person_at(x, floor, stature, PERSON_HIP);
  cairo_save(s->cr);
  cairo_set_dash(s->cr, (const double[]){ 1.2, 1 }, 2, 0);
  cairo_arc(s->cr, hip.x, hip.y, 0.47 * stature, -0.42 * M_PI, 0.12 * M_PI);
  sheet_ink(s, SHEET_GREY);
  cairo_set_line_width(s->cr, 0.25);
  cairo_stroke(s->cr);
  cairo_restore(s->cr);
  sheet_write(
      s,
      &(sheet_text){
          .text = "room to\nbend into", .x = left + wide - 1.5, .y = floor - 0.93 * stature, .size = 7.5, .align = 1 });
}

/* ---- what to do ---- */

typedef struct guide_column {
  const char *heading, *text;
} guide_column;

static const guide_column columns[] = {
  { "The person",
    "Stands side-on, barefoot or in flat shoes, feet side by side as wide as the hips, knees straight, weight on both "
    "feet. The arms hang in front of the thighs, so that they cover no marker.\nStands still for 2 s, bends forward "
    "slowly (about 2 s), stays there for 1 s, comes up, stands still. Three times." },
  { "The clothes",
    "Close-fitting and of one calm colour: grey, black or white. None in a marker's colour. The hip and the knee bare "
    "or in tight leggings: a marker on loose cloth shows the cloth.\nFix the markers while the person stands. Keep the "
    "white ring on: it keeps colours apart." },
  { "The camera and the light",
    "A stand or a chair, not a hand; nothing moves it while you record. Zoom in rather than go near. Exposure and "
    "focus locked, 30 pictures/s or more, no beauty filter.\nEven light from the camera's side, no window behind the "
    "person. Then: sagitta check CLIP, before the client bends." },
};

static void draw_columns(sheet *s, double y) {
  const double width = (s->width - 2 * SHEET_MARGIN) / 3;
  for (size_t i = 0; i < COUNT(columns); i++) {
    const double x = SHEET_MARGIN + (double)i * width;
    const sheet_text heading = { .text = columns[i].heading, .x = x, .y = y, .size = 9.5, .bold = true };
    paragraph(s, x, y + sheet_write(s, &heading) + 0.8, width - 5, 8, columns[i].text);
  }
}

void sheets_draw_guide(sheet *s) {
  sheet_begin(s, false);
  double y = sheet_heading(s, "Before you record",
                           "Sagitta measures how a person bends forward, from a video taken from the side.");
  y = draw_gate(s, y + 2) + 4;
  const double width = s->width - 2 * SHEET_MARGIN, stature = fmin(94, s->height - 194.0), third = width / 3;
  double floor = y;
  for (size_t i = 0; i < COUNT(sets); i++) {
    floor = draw_set(s, SHEET_MARGIN + (double)i * third, y, third, stature, &sets[i]);
  }
  y = floor + 5;
  const double height = 48;
  draw_from_above(s, SHEET_MARGIN, y, third - 4, height);
  draw_from_behind(s, SHEET_MARGIN + third, y, third - 4, height);
  draw_picture(s, SHEET_MARGIN + 2 * third, y, third, height);
  draw_columns(s, y + height + 4);
  sheet_write(s, &(sheet_text){ .text = "Screening and tracking aid for use by a qualified professional; not a "
                                        "diagnosis or medical advice. Angles are estimates from 2-D video.",
                                .x = SHEET_MARGIN,
                                .y = s->height - SHEET_MARGIN - 8,
                                .size = 7,
                                .colour = SHEET_GREY });
  sheet_end(s);
}
