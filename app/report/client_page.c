/* SPDX-License-Identifier: Apache-2.0 */
/* The client's page: the answer in large words, the person, two numbers, the way through the visits, and what to do
 * next. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/pages.h"
#include "report/wording.h"

#define GAP 20.0

/* The test with its side, and "before the treatment". */
static void put_title(const report *r, char *title, size_t size) {
  char test[WORDING_LONG];
  (void)snprintf(title, size, "%s%s%s", wording_test(r, test), r->mark ? ", " : "", wording_mark(r));
}

/* ---- on paper ---- */

/* How the page is set: tighter where it would not be one page. The pictures take the room that the words leave. */
typedef enum page_set { SET_WIDE = 0, SET_TIGHT, SET_TIGHTEST, SETS } page_set;
typedef struct page_plan {
  page_set set;
  double picture, progress; /* heights */
} page_plan;

static double one_of(const page_plan *plan, double wide, double tight, double tightest) {
  return plan->set == SET_WIDE ? wide : plan->set == SET_TIGHT ? tight : tightest;
}

/* The first sentence large, as large as it fits into three lines. */
static void draw_sentence(paper_flow *p, const report *r, const page_plan *plan) {
  char change[WORDING_LONG];
  const wording_answer answer = wording_answer_of(r);
  if (answer.lead[0]) {
    lettering large = { .text = answer.lead,
                        .size = one_of(plan, 24, 20, 18),
                        .width = p->inside,
                        .bold = true,
                        .leading = 1.22,
                        .colour = PAPER_TEXT };
    double height;
    for (;; large.size -= 1) {
      typeset_measure(p->cr, &large, NULL, &height);
      if (height <= 3.3 * 1.2 * large.size || large.size <= 13) break;
    }
    paper_text(p, &large, 6);
  }
  if (client_change(r, change, sizeof change)) {
    paper_text(
        p, &(lettering){ .text = change, .size = one_of(plan, 14, 11.5, 11), .bold = true, .colour = PAPER_TEXT }, 6);
  }
  const char *rest = answer.rest + strspn(answer.rest, " ");
  const double size = one_of(plan, 11, 9.5, 9);
  if (*rest) paper_text(p, &(lettering){ .text = rest, .size = size, .leading = 1.4, .colour = PAPER_TEXT }, 0);
  p->y += one_of(plan, 14, 14, 8);
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

static double draw_card(paper_flow *p, const page_plan *plan, const client_number *c, double x, double y,
                        double width) {
  const double top = y, indent = c->part >= 0 ? 17 : 0, prose = one_of(plan, 10, 10, 9.5);
  draw_sign(p, x, y + 2.5, c->part);
  y += card_text(p, x + indent, y, width - indent, c->title, 11.5, false, PAPER_TEXT);
  y += card_text(p, x, y, width, c->value, one_of(plan, 34, 34, 26), true, PAPER_TEXT) - 2;
  y += card_text(p, x, y, width, c->between, one_of(plan, 12.5, 12.5, 11.5), true, PAPER_TEXT) + one_of(plan, 4, 4, 2);
  y += card_text(p, x, y, width, c->meaning, prose, false, PAPER_TEXT);
  const double gap = one_of(plan, 5, 5, 2);
  if (c->change[0]) y += gap + card_text(p, x, y + gap, width, c->change, prose, true, PAPER_TEXT);
  return y - top;
}

/* The numbers one below the other at (x, y); their height. */
static double draw_cards(paper_flow *p, const page_plan *plan, const client_number *cards, int count, double x,
                         double y, double width, bool abreast) {
  double lowest = 0, below = 0;
  for (int i = 0; i < count; i++) {
    const double height = draw_card(p, plan, &cards[i], x + (abreast ? i * (width + GAP) : 0), y + below, width);
    lowest = below + height > lowest ? below + height : lowest;
    if (!abreast) below += height + GAP;
  }
  return lowest;
}

#define PICTURE_TEXT 11.0
#define PANEL_TITLE  17.0

static double cards_height(paper_flow *p, const page_plan *plan, const client_number *cards, int count, double width,
                           bool abreast) {
  paper_flow aside = paper_aside(REPORT_A4, p);
  const double height = draw_cards(&aside, plan, cards, count, 0, 0, width, abreast);
  paper_end_aside(&aside);
  return height;
}

/* What the test measures, as a picture; of a free movement, which has no deepest point, the angles through time. */
static chart_kind picture_of(const report *r) {
  return *r->test->quantities ? CHART_MAIN : CHART_ANGLES;
}

/* As wide as the page, and no panel beside others. */
static bool is_flat(const report *r, chart_kind kind) {
  return chart_possible(r, kind) && (kind != CHART_MAIN || chart_aspect(r, kind) <= 0);
}

/* ---- the person ---- */

typedef struct panel {
  chart_kind kind;
  double aspect;
  char title[CHART_WORDS]; /* "" = none */
} panel;

#define PANELS       5
#define PANEL_ASPECT 1.0 /* of an arc among others */

static void add_panel(const report *r, panel *out, int *count, chart_kind kind, const char *title) {
  char own[CHART_WORDS], alt[CHART_WORDS];
  if (!chart_possible(r, kind) || chart_aspect(r, kind) <= 0) return;
  panel *one = &out[(*count)++];
  chart_words(r, kind, own, alt);
  const double aspect = chart_aspect(r, kind);
  *one = (panel){ .kind = kind, .aspect = chart_is_keyframe(kind) || aspect > 1.4 ? aspect : PANEL_ASPECT };
  (void)snprintf(one->title, sizeof one->title, "%s", title ? title : own);
}

/* Photographs of the person standing and deepest; where the bend comes from, as it was at first and as it is today. */
static int panels_of(const report *r, panel out[PANELS]) {
  const report_figure *now = &r->figure[REPORT_TODAY], *then = &r->figure[REPORT_EARLIER];
  const bool pair = chart_possible(r, CHART_EARLIER);
  int count = 0;
  for (int i = 0; i < REPORT_INSTANTS; i++) {
    if (r->moment[i].photo)
      add_panel(r, out, &count, i == REPORT_START ? CHART_PERSON_START : CHART_PERSON_DEEPEST,
                wording_instant(r, (report_instant)i));
  }
  if (pair) add_panel(r, out, &count, CHART_EARLIER, then->caption);
  const chart_kind main = picture_of(r);
  if (main == CHART_MAIN) add_panel(r, out, &count, CHART_MAIN, pair ? now->caption : NULL);
  if (main == CHART_MAIN && chart_is_flat(r, CHART_MAIN)) add_panel(r, out, &count, CHART_SECOND, NULL);
  return count;
}

/* Height of panels in one row that is `height` high and as wide as the page at most. */
static double fit_row(const paper_flow *p, const panel *panels, int count, double height) {
  double aspects = 0;
  for (int i = 0; i < count; i++) aspects += panels[i].aspect;
  return fmax(0, fmin(height - PANEL_TITLE, (p->inside - GAP * (count - 1)) / aspects));
}

/* Of the titles in a row, one: smaller rather than that one of them is cut off. */
static double title_size(const paper_flow *p, const panel *panels, int count, double drawn) {
  double least = 1;
  for (int i = 0; i < count; i++) {
    double wide;
    typeset_measure(p->cr, &(lettering){ .text = panels[i].title, .size = 10.5, .bold = true }, &wide, NULL);
    if (wide > 0) least = fmin(least, drawn * panels[i].aspect / wide - 0.01);
  }
  return 10.5 * fmax(0.66, least);
}

/* Side by side at one height, in the middle of the page's width. */
static void draw_row(paper_flow *p, const report *r, const panel *panels, int count, double drawn) {
  double across = GAP * (count - 1);
  for (int i = 0; i < count; i++) across += drawn * panels[i].aspect;
  double x = PAPER_MARGIN + (p->inside - across) / 2;
  const double size = title_size(p, panels, count, drawn);
  for (int i = 0; i < count && drawn > 0; i++) {
    const double width = drawn * panels[i].aspect;
    lettering title = { .text = panels[i].title, .size = size, .bold = true, .colour = PAPER_TEXT };
    /* A wide figure stands in the middle of its panel, and so do its words. */
    const bool middle = !chart_is_keyframe(panels[i].kind) && panels[i].aspect > 1.4;
    title.width = width;
    title.lines = 1;
    title.align = middle ? 0.5 : 0;
    typeset_draw(p->cr, x + (middle ? width / 2 : 0), p->y, &title);
    cairo_save(p->cr);
    cairo_translate(p->cr, x, p->y + PANEL_TITLE);
    const double text = chart_is_keyframe(panels[i].kind) ? 7.5 : fmin(PICTURE_TEXT, fmax(8, drawn / 14));
    chart_draw(p->cr, r, panels[i].kind, (chart_box){ width, drawn, text });
    cairo_restore(p->cr);
    x += width + GAP;
  }
  p->y += drawn + PANEL_TITLE;
}

/* In one row, or, where that would leave them small (a person who lies is wide), the photographs above the figures. */
static void draw_panels(paper_flow *p, const report *r, const panel *panels, int count, double height) {
  int photos = 0;
  while (photos < count && chart_is_keyframe(panels[photos].kind)) photos++;
  const double one = fit_row(p, panels, count, height), half = (height - GAP / 2) / 2;
  const double first = photos ? fit_row(p, panels, photos, half) : 0,
               second = count > photos ? fit_row(p, panels + photos, count - photos, half) : 0;
  if (height > 0 && photos && count > photos && fmin(first, second) > 1.15 * one) {
    draw_row(p, r, panels, photos, first);
    p->y += GAP / 2;
    draw_row(p, r, panels + photos, count - photos, second);
  } else {
    draw_row(p, r, panels, count, one);
  }
}

/* A picture as wide as the page: centimetres, seconds or tilts on a line, angles through time. */
static void draw_flat(paper_flow *p, const report *r) {
  const chart_kind kind = picture_of(r);
  if (!is_flat(r, kind)) return;
  const double height = chart_height(r, kind, p->inside, PICTURE_TEXT), drawn = height > 190 ? 190 : height;
  paper_chart(p, r, kind, PAPER_MARGIN, p->inside, drawn, PICTURE_TEXT, false);
  p->y += drawn + 12;
}

/* One picture that is about as wide as high: the numbers stand beside it. */
static bool is_single(const panel *panels, int count) {
  return count == 1 && !chart_is_keyframe(panels[0].kind) && panels[0].aspect < 1.4;
}

static void draw_middle(paper_flow *p, const report *r, const page_plan *plan) {
  client_number cards[CLIENT_NUMBERS];
  panel panels[PANELS];
  const int numbers = client_numbers(r, cards), count = panels_of(r, panels);
  if (is_single(panels, count) && !is_flat(r, picture_of(r))) {
    const double left = 0.58 * p->inside, width = p->inside - left - GAP;
    const double beside = cards_height(p, plan, cards, numbers, width, false);
    const double height = beside > plan->picture ? beside : plan->picture;
    paper_chart(p, r, panels[0].kind, PAPER_MARGIN, left, height, 11.5, false);
    draw_cards(p, plan, cards, numbers, PAPER_MARGIN + left + GAP, p->y + (height - beside) / 2, width, false);
    p->y += height + 12;
    return;
  }
  if (count) draw_panels(p, r, panels, count, plan->picture);
  if (count) p->y += 12;
  draw_flat(p, r);
  if (numbers) p->y += draw_cards(p, plan, cards, numbers, PAPER_MARGIN, p->y, (p->inside - GAP) / 2, true) + 8;
}

/* ---- what follows ---- */

/* What the picture shows and what the numbers mean. */
static void draw_explanation(paper_flow *p, const report *r, const page_plan *plan) {
  char title[CHART_WORDS], alt[CHART_WORDS] = "", numbers[CHART_WORDS] = "", text[2 * CHART_WORDS + 2];
  client_number cards[CLIENT_NUMBERS];
  if (plan->set == SET_WIDE) chart_words(r, CHART_MAIN, title, alt);
  if (client_numbers(r, cards)) client_numbers_explained(r, numbers, sizeof numbers);
  (void)snprintf(text, sizeof text, "%s%s%s", alt, alt[0] ? "\n" : "", numbers);
  const double size = one_of(plan, 9.5, 8.5, 8.5);
  if (text[0]) paper_text(p, &(lettering){ .text = text, .size = size, .colour = PAPER_TEXT }, one_of(plan, 12, 12, 8));
}

static void draw_title(paper_flow *p, const char *text) {
  p->y += typeset_draw(p->cr, PAPER_MARGIN, p->y,
                       &(lettering){ .text = text, .size = 13, .bold = true, .colour = PAPER_TEXT }) +
          4;
}

static void draw_progress(paper_flow *p, const report *r, const page_plan *plan) {
  char said[WORDING_LONG];
  if (chart_possible(r, CHART_PROGRESS)) {
    draw_title(p, say(r->language, "Through the visits"));
    paper_chart(p, r, CHART_PROGRESS, PAPER_MARGIN, p->inside, plan->progress, 9.5, false);
    p->y += plan->progress + 8;
  }
  if (client_pain(r, said, sizeof said)) {
    paper_text(p, &(lettering){ .text = said, .size = one_of(plan, 11, 9.5, 9), .colour = PAPER_TEXT },
               one_of(plan, 12, 12, 7));
  }
}

static void draw_sides(paper_flow *p, const report *r) {
  char said[2 * WORDING_LONG];
  if (!client_sides(r, said, sizeof said)) return;
  paper_need(p, 40);
  draw_title(p, say(r->language, "Left and right"));
  paper_text(p, &(lettering){ .text = said, .size = 10.5, .colour = PAPER_TEXT }, 10);
}

static void draw_advice(paper_flow *p, const report *r, const page_plan *plan) {
  char next[CLIENT_ADVICE][CLIENT_NEXT];
  const int count = client_next(r, next);
  if (count == 0) return;
  paper_need(p, 30.0 + 16 * count);
  draw_title(p, say(r->language, "What to do next"));
  for (int i = 0; i < count; i++) paper_item(p, next[i], one_of(plan, 10.5, 9.5, 9), one_of(plan, 4, 4, 2));
}

/* At the foot of the page where there is room. */
static void draw_disclaimer(paper_flow *p, const report *r) {
  lettering prose = {
    .text = say(r->language, sagitta_disclaimer()), .size = 7.5, .width = p->inside, .colour = PAPER_FAINT
  };
  double height;
  typeset_measure(p->cr, &prose, NULL, &height);
  paper_need(p, height + 12);
  const double foot = p->height - PAPER_FOOT - 8 - height;
  typeset_draw(p->cr, PAPER_MARGIN, foot, &prose);
  p->y += height + 12;
}

static void draw_all(paper_flow *p, const report *r, const page_plan *plan) {
  char title[200];
  put_title(r, title, sizeof title);
  paper_turn(p, say(r->language, "For the client"));
  paper_head(p, r, title);
  p->y += one_of(plan, 8, 2, 0);
  draw_sentence(p, r, plan);
  paper_clinician(p, r, one_of(plan, 10.5, 9, 9));
  draw_middle(p, r, plan);
  draw_explanation(p, r, plan);
  draw_progress(p, r, plan);
  draw_sides(p, r);
  draw_advice(p, r, plan);
  draw_disclaimer(p, r);
}

#define PICTURE_MOST   370.0
#define PICTURE_LEAST  120.0 /* and where that is too much: */
#define PICTURE_SMALL  92.0
#define PROGRESS_MOST  165.0
#define PROGRESS_LEAST 116.0
#define PROGRESS_SMALL 92.0
#define SLACK          6.0 /* letters are not quite as high where nothing is kept */

/* Room that is left below a page on which pictures have no height; negative where it goes on to another page. */
static double room_beside(const paper_flow *p, const report *r, page_plan plan) {
  paper_flow aside = paper_aside(r->paper, p);
  aside.running = "";
  aside.height = 10 * p->height; /* one page, whatever it takes */
  draw_all(&aside, r, &plan);
  const double used = aside.y;
  paper_end_aside(&aside);
  return p->height - PAPER_FOOT - 8 - used - SLACK;
}

static bool plan_page(const paper_flow *p, const report *r, page_plan *plan) {
  const bool visits = chart_possible(r, CHART_PROGRESS);
  const double room = room_beside(p, r, *plan);
  const double visits_least = one_of(plan, PROGRESS_LEAST, PROGRESS_LEAST, PROGRESS_SMALL),
               picture = one_of(plan, PICTURE_LEAST, PICTURE_LEAST, PICTURE_SMALL);
  plan->progress = !visits ? 0 : fmin(fmax(0.42 * room, visits_least), PROGRESS_MOST);
  plan->picture = fmin(fmax(room - plan->progress, picture), PICTURE_MOST);
  return room >= picture + (visits ? visits_least : 0);
}

static void print_page(paper_flow *p, const report *r) {
  page_plan plan = { .set = SET_WIDE };
  while (!plan_page(p, r, &plan) && plan.set + 1 < SETS) plan = (page_plan){ .set = plan.set + 1 };
  draw_all(p, r, &plan);
}

/* ---- HTML ---- */

static void put_paragraph(html_writer *w, const char *class, const char *text) {
  if (!text[0]) return;
  html_put_format(w, "<p%s%s%s>", class[0] ? " class=\"" : "", class, class[0] ? "\"" : "");
  html_put_text(w, text);
  html_put(w, "</p>");
}

static void put_sentence(html_writer *w, const report *r) {
  const wording_answer answer = wording_answer_of(r);
  const char *rest = answer.rest + strspn(answer.rest, " ");
  html_put(w, "<h1 id=\"answer\">");
  html_put_text(w, answer.lead[0] ? answer.lead : say(r->language, r->test->title));
  html_put(w, "</h1>\n");
  char change[WORDING_LONG];
  if (client_change(r, change, sizeof change)) put_paragraph(w, "since", change);
  if (!*rest) return;
  html_put(w, "<p>");
  html_put_text(w, rest);
  html_put(w, "</p>\n");
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

static void put_panels(html_writer *w, const report *r, const panel *panels, int count) {
  html_put_format(w, "<div class=\"panels of-%d\">\n", count);
  for (int i = 0; i < count; i++)
    html_put_panel(w, r, panels[i].kind, chart_is_keyframe(panels[i].kind) ? 330 : 380, panels[i].title);
  html_put(w, "</div>\n");
}

static void put_middle(html_writer *w, const report *r) {
  client_number cards[CLIENT_NUMBERS];
  panel panels[PANELS];
  const int count = client_numbers(r, cards), pictures = panels_of(r, panels);
  const chart_kind kind = picture_of(r);
  const bool single = is_single(panels, pictures) && !is_flat(r, kind);
  if (!single && pictures) put_panels(w, r, panels, pictures);
  html_put_format(w, "<div class=\"middle%s\">\n", single ? "" : " flat");
  if (single) html_put_chart(w, r, kind, 400, false, true);
  if (is_flat(r, kind)) html_put_chart(w, r, kind, 800, false, true);
  if (count > 0) html_put(w, "<div class=\"cards\">\n");
  for (int i = 0; i < count; i++) put_card(w, &cards[i]);
  if (count > 0) html_put(w, "</div>\n");
  html_put(w, "</div>\n");
  char numbers[CHART_WORDS];
  client_numbers_explained(r, numbers, sizeof numbers);
  if (count > 0) put_paragraph(w, "small", numbers);
}

static void write_html(html_writer *w, const report *r, const report_video *video) {
  (void)video;
  char next[CLIENT_ADVICE][CLIENT_NEXT], said[2 * WORDING_LONG];
  char title[200];
  put_title(r, title, sizeof title);
  html_put(w, "<article class=\"sheet\" id=\"client\" aria-labelledby=\"answer\">\n");
  html_put_head(w, r, title);
  put_sentence(w, r);
  html_put_clinician(w, r);
  put_middle(w, r);
  if (chart_possible(r, CHART_PROGRESS)) {
    html_put_format(w, "<h2>%s</h2>\n", say(r->language, "Through the visits"));
    html_put_chart(w, r, CHART_PROGRESS, 800, false, false);
  }
  if (client_pain(r, said, sizeof said)) put_paragraph(w, "", said);
  if (client_sides(r, said, sizeof said)) {
    html_put_format(w, "<h2>%s</h2>\n", say(r->language, "Left and right"));
    put_paragraph(w, "", said);
  }
  const int count = client_next(r, next);
  if (count > 0) html_put_format(w, "<h2>%s</h2>\n<ul>\n", say(r->language, "What to do next"));
  for (int i = 0; i < count; i++) {
    html_put(w, "<li>");
    html_put_text(w, next[i]);
    html_put(w, "</li>\n");
  }
  if (count > 0) html_put(w, "</ul>\n");
  html_put_foot(w, r, "");
  html_put(w, "</article>\n");
}

const report_page client_page = { .which = REPORT_CLIENT,
                                  .print = print_page,
                                  .html = { .id = "client", .write = write_html } };
