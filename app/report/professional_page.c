/* SPDX-License-Identifier: Apache-2.0 */
/* The professional's page on paper: everything, small. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli/verdict_words.h"
#include "report/pages.h"
#include "report/wording.h"

#define GAP 14.0

/* Paragraphs of professional_*, one below the other, in a column. Returns the height; draws where `draw`. */
static double column(paper_flow *p, double x, double y, double width, const char *text, double size, bool draw) {
  const double top = y;
  char line[2000];
  while (*text) {
    const size_t bytes = strcspn(text, "\n");
    (void)snprintf(line, sizeof line, "%.*s", (int)(bytes < sizeof line ? bytes : sizeof line - 1), text);
    lettering prose = { .text = line, .size = size, .width = width, .colour = PAPER_TEXT };
    double height;
    typeset_measure(p->cr, &prose, NULL, &height);
    if (draw) typeset_draw(p->cr, x, y, &prose);
    y += height + 2;
    text += bytes + (text[bytes] == '\n');
  }
  return y - top;
}

/* Where room is short paragraphs become one. */
static void run_on(const paper_flow *p, char *text) {
  if (p->compact < PAPER_COMPACT) return;
  for (; *text; text++) *text = *text == '\n' ? ' ' : *text;
}

#define BAR         0.13 /* of the column */
#define BAR_PERCENT 32.0 /* from the bar to the end of its percentage, pt */
#define BAR_WORDS   36.0

/* How wide the bars of all bands with their words are, pt. */
static double probability_width(const paper_flow *p, const report *r) {
  verdict_row rows[VERDICT_ROWS];
  const int count = verdict_rows(rows, sagitta_result_verdict(r->result), r->language);
  double widest = 0;
  for (int b = 0; b < count; b++) {
    double width;
    typeset_measure(p->cr, &(lettering){ .text = rows[b].words, .size = PAGE_SIZE, .colour = PAPER_TEXT }, &width,
                    NULL);
    widest = fmax(widest, width);
  }
  return (BAR_WORDS + widest) / (1 - BAR);
}

/* How probable each band is, as bars with words. */
static double draw_probability(paper_flow *p, const report *r, double x, double width) {
  const sagitta_verdict *v = sagitta_result_verdict(r->result);
  double y = p->y;
  if (!v->applies || !v->given) return 0;
  y += typeset_draw(p->cr, x, y,
                    &(lettering){ .text = say(r->language, "Probability of each description"),
                                  .size = PAGE_SIZE,
                                  .bold = true,
                                  .colour = PAPER_TEXT }) +
       1;
  verdict_row rows[VERDICT_ROWS];
  const int count = verdict_rows(rows, v, r->language);
  for (int b = 0; b < count; b++) {
    char percent[WORDING_SHORT];
    if (rows[b].question) {
      y += b == 0 ? 0 : p->compact < PAPER_COMPACT ? 4 : 2.5;
      y += typeset_draw(p->cr, x, y,
                        &(lettering){ .text = rows[b].question, .size = PAGE_SMALL, .colour = PAPER_FAINT });
    }
    const double bar = BAR * width, mid = y + 5.5;
    wording_probability(percent, rows[b].probability);
    ink_box(p->cr, x, mid - 3.5, bar, 7, PAPER_LINE);
    ink_box(p->cr, x, mid - 3.5, bar * rows[b].probability, 7, PAPER_TEXT);
    typeset_draw_middle(
        p->cr, x + bar + BAR_PERCENT, mid,
        &(lettering){ .text = percent, .size = PAGE_SIZE, .align = 1, .bold = true, .colour = PAPER_TEXT });
    typeset_draw_middle(p->cr, x + bar + BAR_WORDS, mid,
                        &(lettering){ .text = rows[b].words, .size = PAGE_SIZE, .colour = PAPER_TEXT });
    y += p->compact < PAPER_COMPACT ? 11.5 : 10;
  }
  return y - p->y;
}

static void draw_verdict(paper_flow *p, const report *r) {
  const sagitta_verdict *v = sagitta_result_verdict(r->result);
  const bool bars = v->applies && v->given;
  const double width = bars ? fmin(0.59 * p->inside, p->inside - GAP - probability_width(p, r)) : p->inside;
  const wording_answer answer = wording_answer_of(r);
  if (answer.lead[0])
    paper_text(p, &(lettering){ .text = answer.lead, .size = 10.5, .bold = true, .colour = PAPER_TEXT }, 2);
  const char *rest = answer.rest + strspn(answer.rest, " ");
  lettering more = { .text = rest,
                     .size = p->compact == PAPER_COMPACT ? PAGE_SIZE : PAGE_SIZE + 0.5,
                     .width = width,
                     .colour = PAPER_TEXT };
  const double said = *rest ? typeset_draw(p->cr, PAPER_MARGIN, p->y, &more) : 0;
  const double beside = bars ? draw_probability(p, r, PAPER_MARGIN + width + GAP, p->inside - width - GAP) : 0;
  p->y += (said > beside ? said : beside) + PAGE_AFTER;
}

#define THIRDS_LEAST 118.0 /* narrower than that its words would meet */
#define DRAWN_LEAST  116.0 /* the same of a figure beside photographs, */
#define SMALLER      0.75  /* which become so much smaller for it at most */
#define TITLE        13.0

/* What stands in the row of pictures, and below it. */
typedef struct row_plan {
  chart_kind shown[4], flat[4];
  int count, flats;
  double height;   /* of the row, without titles */
  double width[4]; /* of those that are shown */
} row_plan;

static bool has_photograph(const report *r) {
  return r->moment[REPORT_START].photo || r->moment[REPORT_DEEPEST].photo;
}

/* Photographs as large as the flow allows, and a figure in what they leave of the row; they become a little smaller
 * where that makes room for it. */
static void fit_photographs(const paper_flow *p, const report *r, row_plan *row) {
  double aspects = 0;
  int photos = 0, kept = 0;
  for (int i = 0; i < row->count; i++) {
    if (!chart_is_keyframe(row->shown[i])) continue;
    aspects += chart_aspect(r, row->shown[i]);
    photos++;
  }
  const double fit = (p->inside - GAP * (photos - 1)) / aspects;
  const double beside = (p->inside - DRAWN_LEAST - GAP * photos) / aspects;
  row->height = fit < p->photograph ? fit : p->photograph;
  if (photos < row->count && beside < row->height && beside > SMALLER * row->height) row->height = beside;
  const double left = p->inside - row->height * aspects - GAP * photos;
  for (int i = 0; i < row->count; i++) {
    const bool photo = chart_is_keyframe(row->shown[i]);
    if (!photo && left < DRAWN_LEAST - 0.01) continue;
    row->shown[kept] = row->shown[i];
    row->width[kept++] = photo ? row->height * chart_aspect(r, row->shown[i]) : left;
  }
  row->count = kept;
}

static row_plan plan_row(const paper_flow *p, const report *r) {
  static const double highest[PAPER_COMPACT + 1] = { 138, 114, 96 };
  row_plan row = { .count = 0 };
  double aspects = 0;
  for (size_t i = 0; i < PROFESSIONAL_PICTURES; i++) {
    if (!chart_possible(r, professional_pictures[i])) continue;
    const double aspect = chart_aspect(r, professional_pictures[i]);
    aspects += aspect;
    if (aspect > 0) row.shown[row.count++] = professional_pictures[i];
    if (!(aspect > 0)) row.flat[row.flats++] = professional_pictures[i];
  }
  if (has_photograph(r)) {
    fit_photographs(p, r, &row);
    return row;
  }
  const double inside = p->inside - GAP * (row.count - 1), most = highest[p->compact];
  row.height = row.count && inside / aspects < most ? inside / aspects : most;
  for (int i = 0; i < row.count; i++) row.width[i] = row.height * chart_aspect(r, row.shown[i]);
  return row;
}

static void draw_flats(paper_flow *p, const report *r, const row_plan *row) {
  for (int i = 0; i < row->flats; i++) {
    const double size = p->compact == PAPER_COMPACT ? 0.88 * PAGE_SIZE : PAGE_SIZE;
    const double lines = chart_height(r, row->flat[i], p->inside, size);
    paper_need(p, lines + PAGE_AFTER);
    paper_chart(p, r, row->flat[i], PAPER_MARGIN, p->inside, lines, size, false);
    p->y += lines + PAGE_AFTER;
  }
}

/* Side by side at one height, as high as fits; what is flat below them. Where room is short the thirds go into what is
 * left of the row: true. */
static bool draw_pictures(paper_flow *p, const report *r) {
  row_plan row = plan_row(p, r);
  const double height = row.height + TITLE;
  double x = PAPER_MARGIN;
  if (row.count) paper_need(p, height + PAGE_AFTER);
  for (int i = 0; i < row.count; i++) {
    paper_chart(p, r, row.shown[i], x, row.width[i], height, PAGE_SIZE, true);
    x += row.width[i] + GAP;
  }
  const double left = PAPER_MARGIN + p->inside - x;
  if (row.count && row.flats == 1 && left > 0.5 * p->inside &&
      chart_height(r, row.flat[0], left, PAGE_SIZE) <= height) {
    paper_chart(p, r, row.flat[0], x, left, height, PAGE_SIZE, false);
    row.flats = 0;
  }
  const bool thirds = p->compact == PAPER_COMPACT && row.count && !has_photograph(r) &&
                      chart_possible(r, CHART_THIRDS) && left > THIRDS_LEAST;
  if (thirds) paper_chart(p, r, CHART_THIRDS, x, left, height, 0.9 * PAGE_SIZE, true);
  if (row.count) p->y += height + PAGE_AFTER;
  draw_flats(p, r, &row);
  return thirds;
}

static void draw_chart(paper_flow *p, const report *r) {
  if (!chart_possible(r, CHART_ANGLES)) return;
  static const double heights[PAPER_COMPACT + 1] = { 100, 84, 74 };
  const double height = heights[p->compact];
  paper_need(p, height + PAGE_AFTER);
  paper_chart(p, r, CHART_ANGLES, PAPER_MARGIN, p->inside, height, PAGE_SIZE, false);
  p->y += height + PAGE_AFTER;
}

static double notes_height(paper_flow *p, const report *r, double width) {
  size_t count;
  const sagitta_warning *warnings = sagitta_result_warnings(r->result, &count);
  double height = count ? 13 : 0;
  for (size_t i = 0; i < count; i++) {
    double one;
    lettering note = { .text = warnings[i].message, .size = PAGE_SIZE, .width = width - 9 };
    typeset_measure(p->cr, &note, NULL, &one);
    height += one + 2;
  }
  return height;
}

static void draw_notes(paper_flow *p, const report *r, double x, double width) {
  size_t count;
  const sagitta_warning *warnings = sagitta_result_warnings(r->result, &count);
  if (count == 0) return;
  paper_need(p, 30);
  typeset_draw(
      p->cr, x, p->y,
      &(lettering){ .text = say(r->language, "Notes"), .size = PAGE_SIZE, .bold = true, .colour = PAPER_TEXT });
  p->y += 13;
  for (size_t i = 0; i < count; i++) {
    lettering note = { .text = warnings[i].message, .size = PAGE_SIZE, .width = width - 9, .colour = PAPER_TEXT };
    double height;
    typeset_measure(p->cr, &note, NULL, &height);
    paper_need(p, height);
    typeset_draw(p->cr, x, p->y, &(lettering){ .text = "•", .size = PAGE_SIZE, .colour = PAPER_TEXT });
    typeset_draw(p->cr, x + 9, p->y, &note);
    p->y += height + 2;
  }
}

#define BESIDE_MAX 120.0 /* notes that make more than this go below */

/* The thirds, unless they are drawn already, at the left; what else there is in words at the right, and the notes below
 * that where they are few. */
static bool draw_beside(paper_flow *p, const report *r, bool drawn) {
  static const double heights[PAPER_COMPACT + 1] = { 108, 94, 82 };
  char text[2000];
  professional_beside(r, text, sizeof text);
  run_on(p, text);
  const bool thirds = !drawn && chart_possible(r, CHART_THIRDS);
  const double left = thirds ? 0.44 * p->inside : 0, height = !thirds ? 0 : heights[p->compact];
  const double x = PAPER_MARGIN + left + (thirds ? GAP : 0), width = p->inside - left - (thirds ? GAP : 0);
  const double said = text[0] ? 13 + column(p, x, 0, width, text, PAGE_SIZE, false) : 0;
  const double noted = notes_height(p, r, width);
  const bool both = noted > 0 && said + noted + 4 <= BESIDE_MAX;
  const double words_high = said + (both ? noted + 4 : 0), needed = words_high > height ? words_high : height;
  if (needed <= 0) return false;
  paper_need(p, needed + PAGE_AFTER);
  const double top = p->y;
  if (thirds) paper_chart(p, r, CHART_THIRDS, PAPER_MARGIN, left, height, PAGE_SIZE, true);
  if (text[0]) {
    typeset_draw(
        p->cr, x, p->y,
        &(lettering){
            .text = say(r->language, "Beside the angles"), .size = PAGE_SIZE, .bold = true, .colour = PAPER_TEXT });
    column(p, x, p->y + 13, width, text, PAGE_SIZE, true);
  }
  if (both) {
    p->y += said + 4;
    draw_notes(p, r, x, width);
  }
  p->y = top + needed + PAGE_AFTER;
  return both;
}

/* Below a trend: the whole sentence, or, in one row with all the others, its gist. */
static double draw_change(paper_flow *p, const report *r, size_t i, double x, double y, double width, bool gist) {
  const report_series *s = &r->series[i];
  char change[WORDING_LONG];
  if (!(gist ? wording_gist(change, sizeof change, s, r->language)
             : wording_change(change, sizeof change, s, r->language)))
    return 0;
  return typeset_draw(p->cr, x, y,
                      &(lettering){ .text = change, .size = PAGE_SMALL, .width = width, .colour = PAPER_TEXT });
}

static void draw_history(paper_flow *p, const report *r) {
  const bool tight = p->compact == PAPER_COMPACT;
  const size_t in_row = tight || r->series_count == 4 ? r->series_count : 3;
  if (r->series_count == 0) return;
  const double gap = tight ? 8 : GAP, height = tight ? 66 : 84;
  const double widest = (p->inside - 2 * gap) / 3, equal = (p->inside - gap * (double)(in_row - 1)) / (double)in_row,
               width = equal < widest ? equal : widest;
  paper_need(p, height + 50);
  paper_heading(p, say(r->language, "Through the visits"));
  for (size_t from = 0; from < r->series_count; from += in_row) {
    double lowest = 0;
    paper_need(p, height + 34);
    for (size_t i = from; i < from + in_row && i < r->series_count; i++) {
      const double x = PAPER_MARGIN + (width + gap) * (double)(i - from);
      paper_chart(p, r, (chart_kind)(CHART_TREND + i), x, width, height, tight ? PAGE_SMALL : PAGE_SIZE - 0.5, true);
      const double used = draw_change(p, r, i, x, p->y + height + 2, width, tight);
      lowest = used > lowest ? used : lowest;
    }
    p->y += height + 2 + lowest + 6;
  }
  p->y += PAGE_AFTER - 6;
}

static void draw_words(paper_flow *p, const char *heading, const char *text, double size) {
  if (!text[0]) return;
  const double height = column(p, 0, 0, p->inside, text, size, false);
  paper_need(p, height + 13);
  p->y += typeset_draw(p->cr, PAPER_MARGIN, p->y,
                       &(lettering){ .text = heading, .size = PAGE_SIZE, .bold = true, .colour = PAPER_TEXT }) +
          1;
  column(p, PAPER_MARGIN, p->y, p->inside, text, size, true);
  p->y += height + PAGE_AFTER - 2;
}

#define LINE_PITCH  17.0 /* of the lines to write on */
#define LINES_LEAST 2
#define LINES_MOST  12
#define SIGNATURE   34.0

/* Lines to write on, as many as the page has room for, and where to sign. */
static void draw_field(paper_flow *p, const report *r) {
  const double fixed = 14 + SIGNATURE;
  paper_need(p, fixed + LINES_LEAST * LINE_PITCH);
  const int fit = (int)((paper_room(p) - fixed) / LINE_PITCH), lines = fit < LINES_MOST ? fit : LINES_MOST;
  p->y += typeset_draw(
      p->cr, PAPER_MARGIN, p->y,
      &(lettering){ .text = say(r->language, "Remarks"), .size = PAGE_SIZE, .bold = true, .colour = PAPER_TEXT });
  for (int i = 0; i < lines; i++) {
    p->y += LINE_PITCH;
    ink_line(p->cr, PAPER_MARGIN, p->y, PAPER_MARGIN + p->inside, p->y, 0.5, PAPER_LINE);
  }
  p->y += SIGNATURE - 10;
  const double middle = PAPER_MARGIN + 0.42 * p->inside;
  ink_line(p->cr, PAPER_MARGIN, p->y, middle - GAP, p->y, 0.6, PAPER_FAINT);
  ink_line(p->cr, middle, p->y, PAPER_MARGIN + p->inside, p->y, 0.6, PAPER_FAINT);
  lettering under = { .text = say(r->language, "Date"), .size = PAGE_SMALL, .colour = PAPER_FAINT };
  typeset_draw(p->cr, PAPER_MARGIN, p->y + 2, &under);
  under.text = say(r->language, "Signature");
  typeset_draw(p->cr, middle, p->y + 2, &under);
  p->y += 12;
}

/* How to read it stays in one piece, and is larger where it comes onto another page, which has room. */
static void draw_method(paper_flow *p, const report *r) {
  char text[6000];
  professional_method(r, text, sizeof text);
  lettering warning = {
    .text = say(r->language, sagitta_disclaimer()), .size = PAGE_SMALL, .width = p->inside, .colour = PAPER_FAINT
  };
  double below;
  typeset_measure(p->cr, &warning, NULL, &below);
  const double height = column(p, 0, 0, p->inside, text, PAGE_SMALL, false) + 13 + PAGE_AFTER + below;
  const bool turns = paper_room(p) < height;
  if (turns) paper_need(p, height);
  draw_words(p, say(r->language, "How to read it"), text, turns ? PAGE_SIZE + 1 : PAGE_SMALL);
  warning.size = turns ? PAGE_SIZE : PAGE_SMALL;
  paper_text(p, &warning, PAGE_AFTER);
}

static void draw_page(paper_flow *p, const report *r) {
  char text[6000], title[200];
  professional_title(r, title, sizeof title);
  paper_turn(p, say(r->language, "For the professional"));
  paper_head(p, r, title);
  professional_recording(r, text, sizeof text);
  p->y -= 4;
  paper_text(p, &(lettering){ .text = text, .size = PAGE_SMALL, .colour = PAPER_FAINT }, PAGE_AFTER);
  draw_verdict(p, r);
  paper_clinician(p, r, PAGE_SIZE);
  const bool thirds = draw_pictures(p, r);
  draw_chart(p, r);
  print_tables(p, r);
  const bool noted = draw_beside(p, r, thirds);
  professional_score(r, text, sizeof text);
  run_on(p, text);
  draw_words(p, say(r->language, "Score"), text, PAGE_SIZE);
  draw_history(p, r);
  if (!noted) draw_notes(p, r, PAPER_MARGIN, p->inside);
  if (!noted) p->y += PAGE_AFTER - 2;
  draw_method(p, r);
  draw_field(p, r);
}

/* What it takes: pages, and the part of the last one that is not lines to write on. */
typedef struct page_use {
  int pages;
  double last;
} page_use;

static page_use use_of(const report *r, const paper_flow *like, int compact, double photograph) {
  paper_flow p = paper_aside(r->paper, like);
  p.compact = compact;
  p.photograph = photograph;
  p.running = "";
  draw_page(&p, r);
  const page_use use = { p.pages, (p.y - PAPER_TOP) / (p.height - PAPER_TOP - PAPER_FOOT) };
  paper_end_aside(&p);
  return use;
}

#define LAST_LEAST 0.4 /* of a last page, else it is none worth turning to */

/* As large as one page allows; where that is too small, the photographs as large as a full second page lets them. */
static void print_page(paper_flow *p, const report *r) {
  static const double large[] = { 250, 225, 200, 180 };
  enum { SIZES = sizeof large / sizeof *large };
  const int sizes = has_photograph(r) ? SIZES : 1;
  int best_compact = PAPER_COMPACT, least = 0;
  double best = large[sizes - 1];
  for (int goal = 1; goal <= 2 && !least; goal++) {
    for (int compact = 0; compact <= PAPER_COMPACT && !least; compact++) {
      for (int i = 0; i < sizes && !least; i++) {
        const page_use use = use_of(r, p, compact, large[i]);
        if (use.pages > goal || (goal > 1 && use.last < LAST_LEAST)) continue;
        least = use.pages;
        best_compact = compact;
        best = large[i];
      }
    }
  }
  for (int compact = 0; compact <= PAPER_COMPACT && (!least || least > 2); compact++) {
    const page_use use = use_of(r, p, compact, best);
    if (least && use.pages >= least) continue;
    least = use.pages;
    best_compact = compact;
  }
  p->compact = best_compact;
  p->photograph = best;
  draw_page(p, r);
  p->compact = 0;
}

const report_page professional_page = { .which = REPORT_PROFESSIONAL,
                                        .print = print_page,
                                        .html = { .id = "professional",
                                                  .skip = TRANSLATABLE("To the professional’s page"),
                                                  .interactive = true,
                                                  .write = professional_html } };
