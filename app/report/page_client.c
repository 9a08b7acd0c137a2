/* SPDX-License-Identifier: Apache-2.0 */
/* The client's page: the answer in large words, one picture, two numbers, and what to do next time. */
#include <stdio.h>
#include <string.h>

#include "report/pages.h"
#include "report/phrases.h"

#define GAP 22.0

void page_running(const report *r, char *text, size_t size) {
  char day[PHRASE_SHORT] = "";
  const char *who = r->name[0] ? r->name : r->code;
  if (r->day[0]) phrase_day(day, r->day);
  (void)snprintf(text, size, "%s%s%s%s%s", who, who[0] ? " · " : "", phrase(r->test->title), day[0] ? " · " : "", day);
}

void page_foot(const report *r, char *text, size_t size) {
  (void)snprintf(text, size, phrase("Sagitta %s · a screening and tracking aid, not a diagnosis"),
                 sagitta_result_version(r->result));
}

void page_head(paper *p, const report *r, const char *title) {
  char day[PHRASE_SHORT] = "", right[600];
  const char *who = r->name[0] ? r->name : r->code;
  if (r->day[0]) phrase_day(day, r->day);
  type heading = { .text = title, .size = 10, .colour = PAPER_FAINT };
  double across;
  type_measure(p->cr, &heading, &across, NULL);
  heading.width = across + 1 < 0.62 * PAPER_INSIDE ? across + 1 : 0.62 * PAPER_INSIDE;
  heading.lines = 1;
  type_draw(p->cr, PAPER_MARGIN, p->y, &heading);
  const bool both = r->name[0] && r->code[0] && strcmp(r->name, r->code) != 0;
  (void)snprintf(right, sizeof right, "%s%s%s%s%s%s", who, both ? " (" : "", both ? r->code : "", both ? ")" : "",
                 who[0] && day[0] ? " · " : "", day);
  double height = 14;
  if (right[0]) {
    type whose = { .text = right,
                   .size = 10,
                   .bold = true,
                   .align = 1,
                   .width = PAPER_INSIDE - heading.width - 12,
                   .lines = 2,
                   .colour = PAPER_TEXT };
    height = type_draw(p->cr, PAPER_WIDTH - PAPER_MARGIN, p->y, &whose);
  }
  p->y += height + 6;
  line_draw(p->cr, PAPER_MARGIN, p->y, PAPER_WIDTH - PAPER_MARGIN, p->y, 0.7, PAPER_LINE);
  p->y += 10;
}

/* A frame with a heavy left edge: it stands out in black and white. */
void page_clinician(paper *p, const report *r, double size) {
  if (!r->clinician[0]) return;
  const double pad = 8;
  type prose = { .text = r->clinician, .size = size, .width = PAPER_INSIDE - 2 * pad - 4, .colour = PAPER_TEXT };
  double height;
  type_measure(p->cr, &prose, NULL, &height);
  paper_need(p, height + 2 * pad + 8);
  box_fill(p->cr, PAPER_MARGIN, p->y, PAPER_INSIDE, height + 2 * pad, PAPER_WASH);
  box_fill(p->cr, PAPER_MARGIN, p->y, 4, height + 2 * pad, PAPER_TEXT);
  type_draw(p->cr, PAPER_MARGIN + 4 + pad, p->y + pad, &prose);
  p->y += height + 2 * pad + 12;
}

/* The first sentence large, as large as it fits into three lines. */
static void draw_sentence(paper *p, const report *r) {
  const char *sentence = phrase_sentence(r);
  char lead[1200];
  const size_t bytes = phrase_lead(sentence) < sizeof lead ? phrase_lead(sentence) : 0;
  (void)snprintf(lead, sizeof lead, "%.*s", (int)bytes, sentence);
  if (bytes) {
    type large = {
      .text = lead, .size = 25, .width = PAPER_INSIDE, .bold = true, .leading = 1.22, .colour = PAPER_TEXT
    };
    double height;
    for (;; large.size -= 1) {
      type_measure(p->cr, &large, NULL, &height);
      if (height <= 3.3 * 1.2 * large.size || large.size <= 13) break;
    }
    paper_text(p, &large, 8);
  }
  const char *rest = sentence + bytes + strspn(sentence + bytes, " ");
  if (*rest) paper_text(p, &(type){ .text = rest, .size = 11, .leading = 1.4, .colour = PAPER_TEXT }, 0);
  p->y += 16;
}

static double card_text(paper *p, double x, double y, double width, const char *text, double size, bool bold,
                        ink colour) {
  type prose = { .text = text, .size = size, .width = width, .bold = bold, .colour = colour };
  return text[0] ? type_draw(p->cr, x, y, &prose) : 0;
}

/* The sign of the part beside its title, as in the picture. */
static void draw_sign(paper *p, double x, double y, int part) {
  if (part < 0) return;
  cairo_rectangle(p->cr, x, y, 11, 11);
  part == 0 ? path_fill_solid(p->cr) : path_fill_stripes(p->cr, 4);
}

static double draw_card(paper *p, const card *c, double x, double y, double width) {
  const double top = y, indent = c->part >= 0 ? 17 : 0;
  draw_sign(p, x, y + 2.5, c->part);
  y += card_text(p, x + indent, y, width - indent, c->title, 12, false, PAPER_TEXT);
  y += card_text(p, x, y, width, c->value, 38, true, PAPER_TEXT) - 2;
  y += card_text(p, x, y, width, c->between, 12.5, true, PAPER_TEXT) + 4;
  y += card_text(p, x, y, width, c->meaning, 9.5, false, PAPER_FAINT);
  if (c->change[0]) y += 5 + card_text(p, x, y + 5, width, c->change, 9.5, true, PAPER_TEXT);
  return y - top;
}

bool page_flat(const report *r) {
  const double aspect = figure_aspect(r, FIGURE_BEND);
  return aspect <= 0 || aspect > 1.4;
}

#define PICTURE_TEXT 11.5

/* The numbers one below the other at (x, y); their height. */
static double draw_cards(paper *p, const card *cards, int count, double x, double y, double width, bool abreast) {
  double lowest = 0, below = 0;
  for (int i = 0; i < count; i++) {
    const double height = draw_card(p, &cards[i], x + (abreast ? i * (width + GAP) : 0), y + below, width);
    lowest = below + height > lowest ? below + height : lowest;
    if (!abreast) below += height + GAP;
  }
  return lowest;
}

static double cards_height(paper *p, const card *cards, int count, double width) {
  cairo_surface_t *nowhere = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
  cairo_t *cr = cairo_create(nowhere);
  paper aside = *p;
  aside.cr = cr;
  const double height = draw_cards(&aside, cards, count, 0, 0, width, false);
  cairo_destroy(cr);
  cairo_surface_destroy(nowhere);
  return height;
}

/* The picture at the left, the numbers at the right and in the middle of its height; a flat picture above them. */
static void draw_middle(paper *p, const report *r) {
  card cards[2];
  const int count = phrase_cards(r, cards);
  const bool picture = figure_possible(r, FIGURE_BEND), flat = !picture || page_flat(r);
  if (flat) {
    const double width = (PAPER_INSIDE - GAP) / 2;
    if (picture) {
      const double height = figure_height(r, FIGURE_BEND, PAPER_INSIDE, PICTURE_TEXT),
                   drawn = height > 250 ? 250 : height;
      paper_figure(p, r, FIGURE_BEND, PAPER_MARGIN, PAPER_INSIDE, drawn, PICTURE_TEXT, false);
      p->y += drawn + GAP;
    }
    p->y += draw_cards(p, cards, count, PAPER_MARGIN, p->y, width, true);
    return;
  }
  const double left = 0.58 * PAPER_INSIDE, width = PAPER_INSIDE - left - GAP;
  const double beside = cards_height(p, cards, count, width), height = beside > 310 ? beside : 310;
  paper_figure(p, r, FIGURE_BEND, PAPER_MARGIN, left, height, PICTURE_TEXT, false);
  draw_cards(p, cards, count, PAPER_MARGIN + left + GAP, p->y + (height - beside) / 2, width, false);
  p->y += height;
}

/* What the picture shows and what the numbers mean. */
static void draw_explanation(paper *p, const report *r) {
  char title[FIGURE_ALT], alt[FIGURE_ALT], text[2 * FIGURE_ALT];
  card cards[2];
  figure_words(r, FIGURE_BEND, title, alt);
  (void)snprintf(text, sizeof text, "%s%s%s", alt, alt[0] ? "\n" : "",
                 phrase_cards(r, cards) ? phrase(CARDS_EXPLAINED) : "");
  p->y += 12;
  if (text[0]) paper_text(p, &(type){ .text = text, .size = 9, .colour = PAPER_FAINT }, 0);
  p->y += GAP;
}

static void draw_advice(paper *p, const report *r) {
  const char *advice[ADVICE_MAX];
  const int count = phrase_advice(r, advice);
  if (count == 0) return;
  paper_need(p, 30.0 + 16 * count);
  p->y += type_draw(p->cr, PAPER_MARGIN, p->y,
                    &(type){ .text = phrase("Next time"), .size = 13, .bold = true, .colour = PAPER_TEXT }) +
          4;
  for (int i = 0; i < count; i++) {
    type line = { .text = advice[i], .size = 10.5, .width = PAPER_INSIDE - 14, .colour = PAPER_TEXT };
    double height;
    type_measure(p->cr, &line, NULL, &height);
    paper_need(p, height);
    cairo_new_path(p->cr);
    cairo_arc(p->cr, PAPER_MARGIN + 4, p->y + 7, 1.9, 0, 6.2832);
    use_ink(p->cr, PAPER_TEXT, 1);
    cairo_fill(p->cr);
    p->y += type_draw(p->cr, PAPER_MARGIN + 14, p->y, &line) + 4;
  }
}

/* At the foot of the page where there is room. */
static void draw_disclaimer(paper *p) {
  type prose = { .text = phrase(sagitta_disclaimer()), .size = 8, .width = PAPER_INSIDE, .colour = PAPER_FAINT };
  double height;
  type_measure(p->cr, &prose, NULL, &height);
  paper_need(p, height + 12);
  type_draw(p->cr, PAPER_MARGIN, PAPER_HEIGHT - PAPER_FOOT - 8 - height, &prose);
}

void page_client(paper *p, const report *r) {
  char title[200];
  (void)snprintf(title, sizeof title, "%s%s%s", phrase(r->test->title), r->mark ? ", " : "", phrase_mark(r->mark));
  paper_turn(p, phrase("For the client"));
  page_head(p, r, title);
  p->y += 12;
  draw_sentence(p, r);
  page_clinician(p, r, 10.5);
  if (r->clinician[0]) p->y += 10;
  draw_middle(p, r);
  draw_explanation(p, r);
  draw_advice(p, r);
  draw_disclaimer(p);
}
