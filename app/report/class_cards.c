/* SPDX-License-Identifier: Apache-2.0 */
/* A class as cards: one a person, to be cut out and handed over. What it says is what the class's sheet says. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/clinic.h"
#include "report/pages.h"
#include "report/wording.h"

#define CARDS   2    /* beside each other */
#define PADDING 10.0 /* points, between a cut and what is printed */

/* One block of a card at (x, y); returns the height with what is left free below it. */
static double put(paper_flow *p, double x, double y, double width, lettering what, double after) {
  if (!what.text[0]) return 0;
  what.width = width;
  return typeset_draw(p->cr, x, y, &what) + after;
}

/* "Hip hinge: ≈67°, between 56–76". */
static double put_number(paper_flow *p, const class_sheet *s, const class_person *of, size_t column, double x, double y,
                         double width) {
  char head[CLASS_TEXT], value[CLASS_TEXT], between[2 * WORDING_SHORT], text[4 * CLASS_TEXT];
  const sagitta_quantity *q = &of->value[column];
  if (!q->known) return 0;
  class_head(s, column, head);
  class_value(s, of, column, value);
  (void)wording_between(between, q->low, q->high, s->column[column], s->language);
  (void)snprintf(text, sizeof text, "%s: %s (%s)", head, value, between);
  return put(p, x, y, width, (lettering){ .text = text, .size = 10, .colour = PAPER_TEXT }, 2);
}

/* What the numbers in brackets and ≈ mean, as far as this card has them. */
static void put_explained(const class_sheet *s, const class_person *of, char *text, size_t size) {
  bool known = false, inferred = false;
  for (size_t c = 0; c < s->columns; c++) {
    known = known || of->value[c].known;
    inferred = inferred || (of->value[c].known && of->value[c].inferred);
  }
  (void)snprintf(text, size, "%s%s%s",
                 known ? say(s->language, "“Between”: with 95 % certainty the true value lies within.") : "",
                 inferred ? " " : "", inferred ? say(s->language, "≈: inferred, not measured.") : "");
}

/* A card whose printed part begins at (x, y); returns its height. */
static double draw_card(paper_flow *p, const class_sheet *s, const class_person *of, double x, double y, double width) {
  char day[WORDING_SHORT] = "", words[CLASS_WORDS], what[300], explained[300];
  const double top = y;
  if (s->day[0]) (void)wording_day(day, s->day, s->language);
  (void)snprintf(what, sizeof what, "%s%s%s", say(s->language, s->test->title), day[0] ? " · " : "", day);
  class_page_words(s, of, words);
  put_explained(s, of, explained, sizeof explained);
  if (s->clinic) {
    y += put(p, x, y, width, (lettering){ .text = s->clinic->name, .size = 8.5, .colour = PAPER_FAINT }, 1);
  }
  y += put(p, x, y, width, (lettering){ .text = of->name, .size = 15, .bold = true, .colour = PAPER_TEXT }, 1);
  y += put(p, x, y, width, (lettering){ .text = what, .size = 9, .colour = PAPER_FAINT }, 5);
  y += put(p, x, y, width, (lettering){ .text = words, .size = 12, .bold = true, .colour = PAPER_TEXT }, 5);
  for (size_t c = 0; c < s->columns && of->measured; c++) y += put_number(p, s, of, c, x, y, width);
  y += put(p, x, y + 3, width, (lettering){ .text = explained, .size = 7.5, .colour = PAPER_FAINT }, 0);
  return y + 3 - top;
}

static double height_of(const paper_flow *p, const class_sheet *s, size_t first, double width) {
  double height = 0;
  paper_flow aside = paper_aside(s->paper, p);
  for (size_t i = first; i < first + CARDS && i < s->count; i++) {
    height = fmax(height, draw_card(&aside, s, &s->person[i], 0, 0, width));
  }
  paper_end_aside(&aside);
  return height;
}

static void cut(paper_flow *p, double x, double y, double width, double height) {
  const ink colour = PAPER_FAINT;
  cairo_save(p->cr);
  cairo_set_dash(p->cr, (const double[]){ 3, 3 }, 2, 0);
  cairo_set_line_width(p->cr, 0.5);
  cairo_set_source_rgba(p->cr, colour.red, colour.green, colour.blue, colour.alpha);
  cairo_rectangle(p->cr, x, y, width, height);
  cairo_stroke(p->cr);
  cairo_restore(p->cr);
}

void class_cards_draw(paper_flow *p, const void *of) {
  const class_sheet *s = of;
  const double width = p->inside / CARDS, inside = width - 2 * PADDING;
  paper_turn(p, say(s->language, s->test->title));
  p->y = PAPER_MARGIN;
  for (size_t i = 0; i < s->count; i += CARDS) {
    const double height = height_of(p, s, i, inside) + 2 * PADDING;
    if (height > paper_room(p)) {
      paper_turn(p, NULL);
      p->y = PAPER_MARGIN;
    }
    for (size_t k = i; k < i + CARDS && k < s->count; k++) {
      const double x = PAPER_MARGIN + (double)(k - i) * width;
      (void)draw_card(p, s, &s->person[k], x + PADDING, p->y + PADDING, inside);
      cut(p, x, p->y, width, height);
    }
    p->y += height;
  }
}
