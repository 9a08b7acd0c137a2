/* SPDX-License-Identifier: Apache-2.0 */
/* Discs and strips to cut out: the colour, a white ring against coloured clothes, a thin grey line to cut along. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>

#include "sheets/sheet_pages.h"

#define RING         5.0 /* mm of white around the colour */
#define DISC         32.0
#define STRIP_LENGTH 140.0
#define STRIP_WIDTH  30.0

ink sheets_marker_colour(sagitta_role role) {
  static const unsigned char colours[SAGITTA_ROLES][3] = {
    [SAGITTA_SHOULDER] = { 35, 80, 220 }, [SAGITTA_HIP] = { 30, 170, 70 },     [SAGITTA_KNEE] = { 225, 35, 135 },
    [SAGITTA_ANKLE] = { 240, 205, 30 },   [SAGITTA_PELVIS] = { 245, 115, 25 }, [SAGITTA_RIBS] = { 40, 200, 220 },
    [SAGITTA_HAND] = { 215, 30, 35 },     [SAGITTA_RULER0] = { 240, 205, 30 }, [SAGITTA_RULER1] = { 240, 205, 30 },
  };
  const unsigned char *c = colours[role];
  return SHEET_COLOUR(c[0], c[1], c[2]);
}

void sheets_disc(sheet *s, double x, double y, double diameter, sagitta_role role, bool cut) {
  if (cut) {
    cairo_arc(s->cr, x, y, diameter / 2 + RING, 0, 2 * M_PI);
    sheet_ink(s, SHEET_LINE);
    cairo_set_line_width(s->cr, 0.2);
    cairo_stroke(s->cr);
  }
  sheet_ink(s, sheets_marker_colour(role));
  cairo_arc(s->cr, x, y, diameter / 2, 0, 2 * M_PI);
  cairo_fill(s->cr);
}

void sheets_strip(sheet *s, double x, double y, double length, double width, double turn_deg, sagitta_role role,
                  bool cut) {
  cairo_save(s->cr);
  cairo_translate(s->cr, x, y);
  cairo_rotate(s->cr, turn_deg * M_PI / 180);
  if (cut) {
    cairo_rectangle(s->cr, -width / 2 - RING, -length / 2 - RING, width + 2 * RING, length + 2 * RING);
    sheet_ink(s, SHEET_LINE);
    cairo_set_line_width(s->cr, 0.2);
    cairo_stroke(s->cr);
  }
  sheet_ink(s, sheets_marker_colour(role));
  cairo_rectangle(s->cr, -width / 2, -length / 2, width, length);
  cairo_fill(s->cr);
  cairo_restore(s->cr);
}

typedef struct piece {
  sagitta_role role;
  double diameter; /* mm; 0 = a strip */
  const char *name, *where;
} piece;

static double caption(sheet *s, const piece *p, double x, double y, double width) {
  const double first =
      sheet_write(s, &(sheet_text){ .text = p->name, .x = x, .y = y, .size = 9, .align = 0.5, .bold = true });
  return first + sheet_write(s, &(sheet_text){ .text = p->where,
                                               .x = x,
                                               .y = y + first,
                                               .size = 7.5,
                                               .width = width,
                                               .align = 0.5,
                                               .colour = SHEET_GREY });
}

/* A row of discs spread over the page; returns where the next row may begin. */
static double draw_discs(sheet *s, double y, const piece *pieces, size_t count) {
  double tallest = 0, below = 0;
  const double cell = (s->width - 2 * SHEET_MARGIN) / (double)count;
  for (size_t i = 0; i < count; i++) tallest = fmax(tallest, pieces[i].diameter + 2 * RING);
  for (size_t i = 0; i < count; i++) {
    const double x = SHEET_MARGIN + ((double)i + 0.5) * cell;
    sheets_disc(s, x, y + tallest / 2, pieces[i].diameter, pieces[i].role, true);
    below = fmax(below, caption(s, &pieces[i], x, y + tallest + 1.5, cell - 3));
  }
  return y + tallest + below + 6;
}

static double draw_strip(sheet *s, double y, const piece *p) {
  const double high = STRIP_WIDTH + 2 * RING;
  sheets_strip(s, s->width / 2, y + high / 2, STRIP_LENGTH, STRIP_WIDTH, 90, p->role, true);
  return y + high + 1.5 + caption(s, p, s->width / 2, y + high + 1.5, s->width - 2 * SHEET_MARGIN) + 4;
}

#define SHOULDER \
  { SAGITTA_SHOULDER, DISC, "shoulder", "outer tip of the shoulder bone (acromion)" }
#define KNEE \
  { SAGITTA_KNEE, DISC, "knee", "bony bump on the outer side of the knee" }
#define ANKLE \
  { SAGITTA_ANKLE, DISC, "ankle", "bony bump on the outer side" }
#define HIP \
  { SAGITTA_HIP, DISC, "hip", "bony bump on the side of the hip (greater trochanter)" }

static void draw_strip_set(sheet *s) {
  static const piece discs[] = { SHOULDER, KNEE, ANKLE };
  static const piece strip = {
    SAGITTA_HIP, 0, "hip strip",
    "from the crest of the pelvis straight down: its lower end at the upper edge of the bony "
    "bump on the side of the hip"
  };
  sheet_begin(s, false);
  double y = sheet_heading(s, "Set strip: the recommended three",
                           "Shoulder disc, hip strip, knee disc; with the ankle disc knee bending is measured too. Two "
                           "of each. Print in colour on matt paper, cut along the grey lines so that the white ring "
                           "stays on, and fix with double-sided tape.");
  y += 3;
  for (int copy = 0; copy < 2; copy++) {
    y = draw_discs(s, y, discs, sizeof discs / sizeof *discs);
    y = draw_strip(s, y, &strip);
  }
  sheet_end(s);
}

static void draw_clinic_set(sheet *s) {
  static const piece discs[] = { SHOULDER, HIP, KNEE, ANKLE };
  static const piece more[] = {
    { SAGITTA_HAND, 25, "hand", "tip of the middle finger, for reach" },
    { SAGITTA_RULER0, DISC, "ruler", "still mark at the height of the soles" },
    { SAGITTA_RULER1, DISC, "ruler", "second still mark, a known distance away" },
  };
  static const piece pelvis = { SAGITTA_PELVIS, 0, "pelvis strip",
                                "upright on the side of the pelvis, above the hip "
                                "disc" };
  static const piece ribs = { SAGITTA_RIBS, 0, "ribs strip", "upright on the side of the lowest ribs" };
  sheet_begin(s, false);
  double y = sheet_heading(s, "Set clinic: hips and lower back both measured",
                           "Four discs and two strips; hand and ruler marks only where reach is wanted. Keep the white "
                           "ring on.");
  y += 3;
  y = draw_discs(s, y, discs, sizeof discs / sizeof *discs);
  y = draw_strip(s, y, &pelvis);
  y = draw_strip(s, y, &ribs);
  draw_discs(s, y, more, sizeof more / sizeof *more);
  sheet_end(s);
}

static void draw_disc_set(sheet *s) {
  static const piece discs[] = { SHOULDER, HIP, KNEE };
  static const piece large[] = {
    { SAGITTA_SHOULDER, 40, "shoulder, 4 cm", "for a camera far away" },
    { SAGITTA_HIP, 40, "hip, 4 cm", "for a camera far away" },
    { SAGITTA_KNEE, 40, "knee, 4 cm", "for a camera far away" },
  };
  static const piece small[] = {
    { SAGITTA_SHOULDER, 25, "shoulder, 2.5 cm", "for small people" },
    { SAGITTA_HIP, 25, "hip, 2.5 cm", "for small people" },
    { SAGITTA_KNEE, 25, "knee, 2.5 cm", "for small people" },
    { SAGITTA_ANKLE, 25, "ankle, 2.5 cm", "for small people" },
  };
  sheet_begin(s, false);
  double y =
      sheet_heading(s, "Set discs: three discs, and other sizes",
                    "The quickest set, with the widest error bar: often only a leaning can be told. 3.2 cm suits "
                    "most; larger discs for a camera further than 5 m away.");
  y += 5;
  y = draw_discs(s, y, discs, sizeof discs / sizeof *discs) + 4;
  y = draw_discs(s, y, large, sizeof large / sizeof *large) + 4;
  draw_discs(s, y, small, sizeof small / sizeof *small);
  sheet_end(s);
}

void sheets_draw_markers(sheet *s) {
  draw_strip_set(s);
  draw_clinic_set(s);
  draw_disc_set(s);
}
