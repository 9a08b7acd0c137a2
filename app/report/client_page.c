/* SPDX-License-Identifier: Apache-2.0 */
/* The client's page: the answer in large words, one picture, two numbers, and what to do next time. */
#include <stdio.h>
#include <string.h>

#include "report/pages.h"
#include "report/wording.h"

#define GAP 22.0

/* The test with its side, and "before the treatment". */
static void put_title(const report *r, char *title, size_t size) {
  char test[WORDING_LONG];
  (void)snprintf(title, size, "%s%s%s", wording_test(r, test), r->mark ? ", " : "", wording_mark(r));
}

/* ---- on paper ---- */

/* The first sentence large, as large as it fits into three lines. */
static void draw_sentence(paper_flow *p, const report *r) {
  const wording_answer answer = wording_answer_of(r);
  if (answer.lead[0]) {
    lettering large = {
      .text = answer.lead, .size = 25, .width = p->inside, .bold = true, .leading = 1.22, .colour = PAPER_TEXT
    };
    double height;
    for (;; large.size -= 1) {
      typeset_measure(p->cr, &large, NULL, &height);
      if (height <= 3.3 * 1.2 * large.size || large.size <= 13) break;
    }
    paper_text(p, &large, 8);
  }
  const char *rest = answer.rest + strspn(answer.rest, " ");
  if (*rest) paper_text(p, &(lettering){ .text = rest, .size = 11, .leading = 1.4, .colour = PAPER_TEXT }, 0);
  p->y += 16;
}

static double card_text(paper_flow *p, double x, double y, double width, const char *text, double size, bool bold,
                        ink colour) {
  lettering prose = { .text = text, .size = size, .width = width, .bold = bold, .colour = colour };
  return text[0] ? typeset_draw(p->cr, x, y, &prose) : 0;
}

/* The sign of the part beside its title, as in the picture. */
static void draw_sign(paper_flow *p, double x, double y, int part) {
  if (part < 0) return;
  cairo_rectangle(p->cr, x, y, 11, 11);
  part == 0 ? path_fill_solid(p->cr) : path_fill_stripes(p->cr, 4);
}

static double draw_card(paper_flow *p, const client_number *c, double x, double y, double width) {
  const double top = y, indent = c->part >= 0 ? 17 : 0;
  draw_sign(p, x, y + 2.5, c->part);
  y += card_text(p, x + indent, y, width - indent, c->title, 12, false, PAPER_TEXT);
  y += card_text(p, x, y, width, c->value, 38, true, PAPER_TEXT) - 2;
  y += card_text(p, x, y, width, c->between, 12.5, true, PAPER_TEXT) + 4;
  y += card_text(p, x, y, width, c->meaning, 9.5, false, PAPER_FAINT);
  if (c->change[0]) y += 5 + card_text(p, x, y + 5, width, c->change, 9.5, true, PAPER_TEXT);
  return y - top;
}

#define PICTURE_TEXT 11.5

/* The numbers one below the other at (x, y); their height. */
static double draw_cards(paper_flow *p, const client_number *cards, int count, double x, double y, double width,
                         bool abreast) {
  double lowest = 0, below = 0;
  for (int i = 0; i < count; i++) {
    const double height = draw_card(p, &cards[i], x + (abreast ? i * (width + GAP) : 0), y + below, width);
    lowest = below + height > lowest ? below + height : lowest;
    if (!abreast) below += height + GAP;
  }
  return lowest;
}

static double cards_height(paper_flow *p, const client_number *cards, int count, double width) {
  cairo_surface_t *nowhere = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
  cairo_t *cr = cairo_create(nowhere);
  paper_flow aside = *p;
  aside.cr = cr;
  const double height = draw_cards(&aside, cards, count, 0, 0, width, false);
  cairo_destroy(cr);
  cairo_surface_destroy(nowhere);
  return height;
}

/* What the test measures, as a picture; of a free movement, which has no deepest point, the angles through time. */
static chart_kind picture_of(const report *r) {
  return *r->test->quantities ? CHART_MAIN : CHART_ANGLES;
}

/* The picture at the left, the numbers at the right and in the middle of its height; a flat picture above them. */
static void draw_middle(paper_flow *p, const report *r) {
  client_number cards[CLIENT_NUMBERS];
  const int count = client_numbers(r, cards);
  const chart_kind kind = picture_of(r);
  const bool picture = chart_possible(r, kind), flat = !picture || chart_is_flat(r, kind);
  if (flat) {
    const double width = (p->inside - GAP) / 2;
    if (picture) {
      const double height = chart_height(r, kind, p->inside, PICTURE_TEXT), drawn = height > 250 ? 250 : height;
      paper_chart(p, r, kind, PAPER_MARGIN, p->inside, drawn, PICTURE_TEXT, false);
      p->y += drawn + GAP;
    }
    p->y += draw_cards(p, cards, count, PAPER_MARGIN, p->y, width, true);
    return;
  }
  const double left = 0.58 * p->inside, width = p->inside - left - GAP;
  const double beside = cards_height(p, cards, count, width), height = beside > 310 ? beside : 310;
  paper_chart(p, r, kind, PAPER_MARGIN, left, height, PICTURE_TEXT, false);
  draw_cards(p, cards, count, PAPER_MARGIN + left + GAP, p->y + (height - beside) / 2, width, false);
  p->y += height;
}

/* What the picture shows and what the numbers mean. */
static void draw_explanation(paper_flow *p, const report *r) {
  char title[CHART_WORDS], alt[CHART_WORDS], text[2 * CHART_WORDS];
  client_number cards[CLIENT_NUMBERS];
  chart_words(r, CHART_MAIN, title, alt);
  (void)snprintf(text, sizeof text, "%s%s%s", alt, alt[0] ? "\n" : "",
                 client_numbers(r, cards) ? client_numbers_explained(r) : "");
  p->y += 12;
  if (text[0]) paper_text(p, &(lettering){ .text = text, .size = 9, .colour = PAPER_FAINT }, 0);
  p->y += GAP;
}

static void draw_advice(paper_flow *p, const report *r) {
  const char *advice[CLIENT_ADVICE];
  const int count = client_advice(r, advice);
  if (count == 0) return;
  paper_need(p, 30.0 + 16 * count);
  p->y += typeset_draw(
              p->cr, PAPER_MARGIN, p->y,
              &(lettering){ .text = say(r->language, "Next time"), .size = 13, .bold = true, .colour = PAPER_TEXT }) +
          4;
  for (int i = 0; i < count; i++) {
    lettering line = { .text = advice[i], .size = 10.5, .width = p->inside - 14, .colour = PAPER_TEXT };
    double height;
    typeset_measure(p->cr, &line, NULL, &height);
    paper_need(p, height);
    cairo_new_path(p->cr);
    cairo_arc(p->cr, PAPER_MARGIN + 4, p->y + 7, 1.9, 0, 6.2832);
    use_ink(p->cr, PAPER_TEXT, 1);
    cairo_fill(p->cr);
    p->y += typeset_draw(p->cr, PAPER_MARGIN + 14, p->y, &line) + 4;
  }
}

/* At the foot of the page where there is room. */
static void draw_disclaimer(paper_flow *p, const report *r) {
  lettering prose = {
    .text = say(r->language, sagitta_disclaimer()), .size = 8, .width = p->inside, .colour = PAPER_FAINT
  };
  double height;
  typeset_measure(p->cr, &prose, NULL, &height);
  paper_need(p, height + 12);
  typeset_draw(p->cr, PAPER_MARGIN, p->height - PAPER_FOOT - 8 - height, &prose);
}

static void print_page(paper_flow *p, const report *r) {
  char title[200];
  put_title(r, title, sizeof title);
  paper_turn(p, say(r->language, "For the client"));
  paper_head(p, r, title);
  p->y += 12;
  draw_sentence(p, r);
  paper_clinician(p, r, 10.5);
  if (r->clinician[0]) p->y += 10;
  draw_middle(p, r);
  draw_explanation(p, r);
  draw_advice(p, r);
  draw_disclaimer(p, r);
}

/* ---- HTML ---- */

static void put_sentence(html_writer *w, const report *r) {
  const wording_answer answer = wording_answer_of(r);
  const char *rest = answer.rest + strspn(answer.rest, " ");
  html_put(w, "<h1 id=\"answer\">");
  html_put_text(w, answer.lead[0] ? answer.lead : say(r->language, r->test->title));
  html_put(w, "</h1>\n");
  if (!*rest) return;
  html_put(w, "<p>");
  html_put_text(w, rest);
  html_put(w, "</p>\n");
}

static void put_paragraph(html_writer *w, const char *class, const char *text) {
  if (!text[0]) return;
  html_put_format(w, "<p%s%s%s>", class[0] ? " class=\"" : "", class, class[0] ? "\"" : "");
  html_put_text(w, text);
  html_put(w, "</p>");
}

static void put_card(html_writer *w, const client_number *c) {
  html_put(w, "<div class=\"card\"><p class=\"name\">");
  if (c->part >= 0) html_put_format(w, "<span class=\"sign%s\" aria-hidden=\"true\"></span>", c->part ? " back" : "");
  html_put_text(w, c->title);
  html_put(w, "</p>");
  put_paragraph(w, "value", c->value);
  put_paragraph(w, "between", c->between);
  put_paragraph(w, "small", c->meaning);
  put_paragraph(w, "change", c->change);
  html_put(w, "</div>\n");
}

static void put_middle(html_writer *w, const report *r) {
  client_number cards[CLIENT_NUMBERS];
  const int count = client_numbers(r, cards);
  const chart_kind kind = picture_of(r);
  const bool picture = chart_possible(r, kind), flat = !picture || chart_is_flat(r, kind);
  html_put_format(w, "<div class=\"middle%s\">\n", flat ? " flat" : "");
  if (picture) html_put_chart(w, r, kind, flat ? 800 : 400, false, true);
  if (count > 0) html_put(w, "<div class=\"cards\">\n");
  for (int i = 0; i < count; i++) put_card(w, &cards[i]);
  if (count > 0) html_put(w, "</div>\n");
  html_put(w, "</div>\n");
  if (count > 0) put_paragraph(w, "small", client_numbers_explained(r));
}

static void write_html(html_writer *w, const report *r, const report_video *video) {
  (void)video;
  const char *advice[CLIENT_ADVICE];
  char title[200];
  put_title(r, title, sizeof title);
  html_put(w, "<article class=\"sheet\" id=\"client\" aria-labelledby=\"answer\">\n");
  html_put_head(w, r, title);
  put_sentence(w, r);
  html_put_clinician(w, r);
  put_middle(w, r);
  const int count = client_advice(r, advice);
  if (count > 0) html_put_format(w, "<h2>%s</h2>\n<ul>\n", say(r->language, "Next time"));
  for (int i = 0; i < count; i++) {
    html_put(w, "<li>");
    html_put_text(w, advice[i]);
    html_put(w, "</li>\n");
  }
  if (count > 0) html_put(w, "</ul>\n");
  html_put_foot(w, r, "");
  html_put(w, "</article>\n");
}

const report_page client_page = {
  .which = REPORT_CLIENT, .name = "client", .print = print_page, .html = { .id = "client", .write = write_html }
};
