/* SPDX-License-Identifier: Apache-2.0 */
/* Chessboards for the lens and the plane, and a ruler. */
#include <math.h>
#include <stdio.h>

#include "sheets/sheet_pages.h"

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
  s->note =
      "Chessboard 9x6, 25 mm, for calibrate lens and plane (\u2011\u2011board 9x6 \u2011\u2011square 25mm). Glue it "
      "flat to a stiff board.";
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
          ? "Chessboard 9x6, 35 mm (\u2011\u2011board 9x6 \u2011\u2011square 35mm), left half: cut along its right "
            "edge and join the right half there, without a gap, on one stiff board."
          : "Chessboard 9x6, 35 mm, right half: cut along its left edge and join the left half there, "
            "without a gap, on one stiff board.";
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
                     sheet_write(s, &(sheet_text){ .text = "Ruler: two marks exactly 20 cm apart",
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
    "For the scale, and for reach in cm: analyze \u2011\u2011ruler 20.",
    "Cut along the grey line and glue it to a stiff strip that does not bend.",
    "Hang or stand it beside the person, in the plane of the movement (as far from the camera as the hip), upright, "
    "and "
    "where neither arms nor head pass in front of it.",
    "The lower mark is zero. For a toe touch its middle is at the height of the soles: stand on a box as high as the "
    "mark's middle, or lower the ruler beside the edge of the box.",
    "For sit-and-reach lay it along the direction of the reach: the mark nearer the soles is zero and belongs exactly "
    "at the soles.",
    "Two marks further apart give a surer scale: cut out two of the yellow ruler discs, fix them to a wall or a stand "
    "in the plane of the movement, measure from middle to middle, and say so: analyze \u2011\u2011ruler 50.",
  };
  double y = first - disc / 2;
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    y += 5 + sheet_write(s, &(sheet_text){ .text = lines[i],
                                           .x = right + 10,
                                           .y = y,
                                           .size = 10,
                                           .width = s->width - SHEET_MARGIN - right - 10 });
  }
  sheet_end(s);
}
