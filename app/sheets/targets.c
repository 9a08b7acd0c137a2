/* SPDX-License-Identifier: Apache-2.0 */
/* What the program sees and measures by, to cut out: discs and strips, chessboards for lens and plane, a ruler. */
#include <math.h>
#include <stddef.h>
#include <stdio.h>

#include "cli/text.h"
#include "sheets/sheet_pages.h"

/* ---- discs and strips: the colour, a white ring against coloured clothes, a thin grey line to cut along ---- */

#define RING         5.0 /* mm of white around the colour */
#define DISC         32.0
#define STRIP_LENGTH 140.0
#define STRIP_WIDTH  30.0

/* The ruler is a greener yellow than the ankle, for people to tell them apart: near enough to the colour that both are
 * looked for by, from which the tracker finds what is there. */
ink sheets_marker_colour(sagitta_role role) {
  static const unsigned char colours[SAGITTA_ROLES][3] = {
    [SAGITTA_SHOULDER] = { 35, 80, 220 }, [SAGITTA_HIP] = { 30, 170, 70 },     [SAGITTA_KNEE] = { 225, 35, 135 },
    [SAGITTA_ANKLE] = { 240, 205, 30 },   [SAGITTA_PELVIS] = { 245, 115, 25 }, [SAGITTA_RIBS] = { 40, 200, 220 },
    [SAGITTA_HAND] = { 215, 30, 35 },     [SAGITTA_RULER0] = { 190, 220, 40 }, [SAGITTA_RULER1] = { 190, 220, 40 },
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
  const double first = sheet_write(
      s, &(sheet_text){ .text = say(s->language, p->name), .x = x, .y = y, .size = 9, .align = 0.5, .bold = true });
  return first + sheet_write(s, &(sheet_text){ .text = say(s->language, p->where),
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

/* Which end goes up: an arrow beside the strip, outside of its ring, so that it is cut off with the rest. */
static void mark_upper_end(sheet *s, double x, double y) {
  sheet_line(s, x - 9, y, x, y, 0.4, SHEET_BLACK);
  for (int side = -1; side <= 1; side += 2) sheet_line(s, x, y, x - 2.2, y + side * 1.4, 0.4, SHEET_BLACK);
  sheet_write(s, &(sheet_text){
                     .text = say(s->language, "up"), .x = x - 4.5, .y = y - 5, .size = 9, .align = 0.5, .bold = true });
}

static double draw_strip(sheet *s, double y, const piece *p) {
  const double high = STRIP_WIDTH + 2 * RING;
  mark_upper_end(s, s->width / 2 + STRIP_LENGTH / 2 + RING + 12, y + high / 2);
  sheets_strip(s, s->width / 2, y + high / 2, STRIP_LENGTH, STRIP_WIDTH, 90, p->role, true);
  return y + high + 1.5 + caption(s, p, s->width / 2, y + high + 1.5, s->width - 2 * SHEET_MARGIN) + 4;
}

#define SHOULDER \
  { SAGITTA_SHOULDER, DISC, TRANSLATABLE("shoulder"), TRANSLATABLE("outer tip of the shoulder bone (acromion)") }
#define KNEE \
  { SAGITTA_KNEE, DISC, TRANSLATABLE("knee"), TRANSLATABLE("bony bump on the outer side of the knee") }
#define ANKLE \
  { SAGITTA_ANKLE, DISC, TRANSLATABLE("ankle"), TRANSLATABLE("bony bump on the outer side") }
#define HIP \
  { SAGITTA_HIP, DISC, TRANSLATABLE("hip"), TRANSLATABLE("bony bump on the side of the hip (greater trochanter)") }

static void draw_strip_set(sheet *s) {
  static const piece discs[] = { SHOULDER, KNEE, ANKLE };
  static const piece strip = {
    SAGITTA_HIP, 0, TRANSLATABLE("hip strip"),
    TRANSLATABLE("from the crest of the pelvis straight down: its lower end at the upper edge of the bony "
                 "bump on the side of the hip")
  };
  sheet_begin(s, false);
  double y = sheet_heading(
      s, say(s->language, "Set strip with the ankle: recommended"),
      say(s->language,
          "Shoulder disc, hip strip, knee disc and ankle disc; without the ankle nothing can be said of "
          "the knees. Two of each. Print in colour on matt paper, cut along the grey lines so that the white ring "
          "stays on, and fix with double-sided tape."));
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
    { SAGITTA_HAND, 25, TRANSLATABLE("hand"), TRANSLATABLE("tip of the middle finger, for reach") },
    { SAGITTA_RULER0, DISC, TRANSLATABLE("ruler"), TRANSLATABLE("still mark at the height of the soles") },
    { SAGITTA_RULER1, DISC, TRANSLATABLE("ruler"), TRANSLATABLE("second still mark, a known distance away") },
  };
  static const piece pelvis = { SAGITTA_PELVIS, 0, TRANSLATABLE("pelvis strip"),
                                TRANSLATABLE("upright on the side of the pelvis, above the hip "
                                             "disc") };
  static const piece ribs = { SAGITTA_RIBS, 0, TRANSLATABLE("ribs strip"),
                              TRANSLATABLE("upright on the side of the lowest ribs") };
  sheet_begin(s, false);
  double y =
      sheet_heading(s, say(s->language, "Set clinic: hips and lower back both measured"),
                    say(s->language,
                        "Four discs and two strips; hand and ruler marks only where reach is wanted. Keep the white "
                        "ring on."));
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
    { SAGITTA_SHOULDER, 40, TRANSLATABLE("shoulder, 4 cm"), TRANSLATABLE("for a camera far away") },
    { SAGITTA_HIP, 40, TRANSLATABLE("hip, 4 cm"), TRANSLATABLE("for a camera far away") },
    { SAGITTA_KNEE, 40, TRANSLATABLE("knee, 4 cm"), TRANSLATABLE("for a camera far away") },
  };
  static const piece small[] = {
    { SAGITTA_SHOULDER, 25, TRANSLATABLE("shoulder, 2.5 cm"), TRANSLATABLE("for small people") },
    { SAGITTA_HIP, 25, TRANSLATABLE("hip, 2.5 cm"), TRANSLATABLE("for small people") },
    { SAGITTA_KNEE, 25, TRANSLATABLE("knee, 2.5 cm"), TRANSLATABLE("for small people") },
    { SAGITTA_ANKLE, 25, TRANSLATABLE("ankle, 2.5 cm"), TRANSLATABLE("for small people") },
  };
  sheet_begin(s, false);
  double y =
      sheet_heading(s, say(s->language, "Set discs: three discs, and other sizes"),
                    say(s->language,
                        "The quickest set, with the widest error bar: often only a leaning can be told. 3.2 cm suits "
                        "most; larger discs for a camera further than 5 m away."));
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

/* ---- chessboards and a ruler ---- */

/* Inner corners. One more square each way. */
#define COLUMNS 9
#define ROWS    6

/* Squares [from, to) of the columns, the top left corner of the first at (x, y). */
static void draw_squares(sheet *s, double x, double y, double square, int from, int to) {
  sheet_ink(s, SHEET_BLACK);
  for (int row = 0; row <= ROWS; row++) {
    for (int column = from; column < to; column++) {
      if ((row + column) % 2 == 0)
        cairo_rectangle(s->cr, x + (column - from) * square, y + row * square, square, square);
    }
  }
  cairo_fill(s->cr);
}

/* The middle of the page between its top edge and the check bar with its note. */
static double top_of(const sheet *s, double high) {
  return fmax(7, (s->height - 18 - high) / 2 + 2);
}

static void draw_small_board(sheet *s) {
  const double square = 25;
  sheet_begin(s, true);
  draw_squares(s, (s->width - (COLUMNS + 1) * square) / 2, top_of(s, (ROWS + 1) * square), square, 0, COLUMNS + 1);
  s->note = say(
      s->language,
      "Chessboard 9x6, 25 mm, for calibrate lens and plane (\u2011\u2011board 9x6 \u2011\u2011square 25mm). Glue it "
      "flat to a stiff board.");
  sheet_end(s);
}

/* Half of a board that is wider than the paper: the two halves meet at the dashed line. */
static void draw_half_board(sheet *s, int half) {
  const double square = 35, across = 5 * square, high = (ROWS + 1) * square;
  sheet_begin(s, false);
  const double x = half == 0 ? s->width - SHEET_MARGIN - across : SHEET_MARGIN, y = top_of(s, high);
  const double seam = half == 0 ? x + across : x;
  draw_squares(s, x, y, square, 5 * half, 5 * half + 5);
  cairo_save(s->cr);
  cairo_set_dash(s->cr, (const double[]){ 1, 1 }, 2, 0);
  sheet_line(s, seam, y - 4, seam, y, 0.2, SHEET_GREY);
  sheet_line(s, seam, y + high, seam, y + high + 4, 0.2, SHEET_GREY);
  cairo_restore(s->cr);
  s->note =
      half == 0
          ? say(s->language,
                "Chessboard 9x6, 35 mm (\u2011\u2011board 9x6 \u2011\u2011square 35mm), left half: cut along its right "
                "edge and join the right half there, without a gap, on one stiff board.")
          : say(s->language,
                "Chessboard 9x6, 35 mm, right half: cut along its left edge and join the left half there, "
                "without a gap, on one stiff board.");
  sheet_end(s);
}

void sheets_draw_boards(sheet *s) {
  draw_small_board(s);
  draw_half_board(s, 0);
  draw_half_board(s, 1);
}

/* A scale of `length` mm downwards from (x, y), figures in cm to its right. */
static void draw_scale(sheet *s, double x, double y, int length) {
  for (int mm = 0; mm <= length; mm++) {
    const double tick = mm % 10 == 0 ? 8 : mm % 5 == 0 ? 5.5 : 3.5;
    sheet_line(s, x, y + mm, x + tick, y + mm, mm % 10 == 0 ? 0.25 : 0.15, SHEET_BLACK);
    if (mm % 10 != 0) continue;
    char figure[16];
    snprintf(figure, sizeof figure, "%d", (length - mm) / 10);
    sheet_write(s, &(sheet_text){ .text = figure, .x = x + 9.5, .y = y + mm - 2.1, .size = 9 });
  }
  sheet_line(s, x, y, x, y + length, 0.25, SHEET_BLACK);
}

void sheets_draw_ruler(sheet *s) {
  const double apart = 200, disc = 32, ring = 4.5;
  sheet_begin(s, false);
  const double top = SHEET_MARGIN - 2 +
                     sheet_write(s, &(sheet_text){ .text = say(s->language, "Ruler: two marks exactly 20 cm apart"),
                                                   .x = SHEET_MARGIN,
                                                   .y = SHEET_MARGIN - 2,
                                                   .size = 15,
                                                   .bold = true });
  const double x = SHEET_MARGIN + ring + disc / 2, first = top + 1.5 + ring + disc / 2, last = first + apart;
  const double left = x - disc / 2 - ring, right = x + disc / 2 + ring + 22;
  sheet_ink(s, SHEET_LINE);
  cairo_set_line_width(s->cr, 0.2);
  cairo_rectangle(s->cr, left, first - disc / 2 - ring, right - left, apart + disc + 2 * ring);
  cairo_stroke(s->cr);
  sheets_disc(s, x, first, disc, SAGITTA_RULER1, false);
  sheets_disc(s, x, last, disc, SAGITTA_RULER0, false);
  draw_scale(s, x + disc / 2 + ring, first, (int)apart);
  static const char *const lines[] = {
    TRANSLATABLE("For the scale, and for reach in cm: analyze \u2011\u2011ruler 20."),
    TRANSLATABLE("Cut along the grey line and glue it to a stiff strip that does not bend."),
    TRANSLATABLE("Hang or stand it beside the person, in the plane of the movement (as far from the camera as the "
                 "hip), upright, "
                 "and "
                 "where neither arms nor head pass in front of it."),
    TRANSLATABLE("The lower mark is zero. For a toe touch its middle is at the height of the soles: stand on a box as "
                 "high as the "
                 "mark's middle, or lower the ruler beside the edge of the box."),
    TRANSLATABLE("For sit-and-reach lay it along the direction of the reach: the mark nearer the soles is zero and "
                 "belongs exactly "
                 "at the soles."),
    TRANSLATABLE(
        "Two marks further apart give a surer scale: cut out two of the ruler discs, fix them to a wall or a stand "
        "in the plane of the movement, measure from middle to middle, and say so: analyze \u2011\u2011ruler 50."),
  };
  double y = first - disc / 2;
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    y += 5 + sheet_write(s, &(sheet_text){ .text = say(s->language, lines[i]),
                                           .x = right + 10,
                                           .y = y,
                                           .size = 10,
                                           .width = s->width - SHEET_MARGIN - right - 10 });
  }
  sheet_end(s);
}
