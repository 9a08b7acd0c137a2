/* SPDX-License-Identifier: Apache-2.0 */
/* The questions before a test, on paper: to be answered with yes or no and signed; what sagitta records questions
 * prints for a file. */
#include <cairo-pdf.h>

#include "cli/text.h"
#include "records/records.h"
#include "sheets/sheet_pages.h"

#define BOX   5.0  /* mm, of a side */
#define YES_X 34.0 /* mm from the right edge of the text: the boxes of a row */
#define NO_X  14.0

static void box(sheet *s, double x, double y) {
  sheet_line(s, x, y, x + BOX, y, 0.3, SHEET_BLACK);
  sheet_line(s, x + BOX, y, x + BOX, y + BOX, 0.3, SHEET_BLACK);
  sheet_line(s, x + BOX, y + BOX, x, y + BOX, 0.3, SHEET_BLACK);
  sheet_line(s, x, y + BOX, x, y, 0.3, SHEET_BLACK);
}

/* "Name ________", over the given width; returns where the next may begin. */
static double blank(sheet *s, const char *label, double x, double y, double width) {
  const sheet_text text = { .text = say(s->language, label), .x = x, .y = y, .size = 9, .colour = SHEET_GREY };
  sheet_write(s, &text);
  sheet_line(s, x, y + 11, x + width, y + 11, 0.25, SHEET_LINE);
  return y + 16;
}

static void column_head(sheet *s, const char *word, double x, double y) {
  sheet_write(s,
              &(sheet_text){
                  .text = say(s->language, word), .x = x + BOX / 2, .y = y, .size = 10, .align = 0.5, .bold = true });
}

void sheets_draw_questions(sheet *s) {
  size_t count;
  const pretest_question *all = pretest_questions(&count);
  sheet_begin(s, false);
  const double left = SHEET_MARGIN + 3, right = s->width - SHEET_MARGIN - 3;
  double y = sheet_heading(
      s, say(s->language, "Before the test"),
      say(s->language,
          "Please answer every question with yes or no. A yes means: see a clinician first, and nothing is "
          "measured before. The questions find nobody ill; they say when somebody else should look first."));
  y += 6;
  (void)blank(s, TRANSLATABLE("Name"), left, y, 105);
  y = blank(s, TRANSLATABLE("Date"), left + 115, y, right - left - 115) + 4;
  column_head(s, TRANSLATABLE("yes"), right - YES_X, y);
  column_head(s, TRANSLATABLE("no"), right - NO_X, y);
  y += 7;
  for (size_t i = 0; i < count; i++) {
    const sheet_text text = {
      .text = say(s->language, all[i].text), .x = left, .y = y + 1, .size = 11, .width = right - left - YES_X - 8
    };
    const double height = sheet_write(s, &text);
    const double middle = y + 1 + height / 2;
    box(s, right - YES_X, middle - BOX / 2);
    box(s, right - NO_X, middle - BOX / 2);
    y += (height < BOX ? BOX : height) + 6;
    sheet_line(s, left, y - 2.5, right, y - 2.5, 0.15, SHEET_LINE);
  }
  y += 4;
  y += sheet_write(s, &(sheet_text){ .text = say(s->language, "Stop at once if pain, dizziness or numbness comes up."),
                                     .x = left,
                                     .y = y,
                                     .size = 11,
                                     .width = right - left,
                                     .bold = true }) +
       12;
  (void)blank(s, TRANSLATABLE("Signature"), left, y, 105);
  cairo_show_page(s->cr);
}
