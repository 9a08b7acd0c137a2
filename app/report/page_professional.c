/* SPDX-License-Identifier: Apache-2.0 */
/* The professional's page: everything, small. */
#include <stdio.h>
#include <string.h>

#include "report/pages.h"
#include "report/phrases.h"

#define GAP 14.0

/* Paragraphs of facts_*, one below the other, in a column. Returns the height; draws where `draw`. */
static double column(paper *p, double x, double y, double width, const char *text, double size, bool draw) {
  const double top = y;
  char line[2000];
  while (*text) {
    const size_t bytes = strcspn(text, "\n");
    (void)snprintf(line, sizeof line, "%.*s", (int)(bytes < sizeof line ? bytes : sizeof line - 1), text);
    type prose = { .text = line, .size = size, .width = width, .colour = PAPER_TEXT };
    double height;
    type_measure(p->cr, &prose, NULL, &height);
    if (draw) type_draw(p->cr, x, y, &prose);
    y += height + 2;
    text += bytes + (text[bytes] == '\n');
  }
  return y - top;
}

/* Where room is short paragraphs become one. */
static void run_on(const paper *p, char *text) {
  if (p->compact < PAPER_COMPACT) return;
  for (; *text; text++) *text = *text == '\n' ? ' ' : *text;
}

/* How probable each band is, as bars with words. */
static double draw_probability(paper *p, const report *r, double x, double width) {
  const sagitta_verdict *v = sagitta_result_verdict(r->result);
  static const char *const bands[] = { TRANSLATABLE("hips (share below 40 %)"), TRANSLATABLE("both (40–60 %)"),
                                       TRANSLATABLE("lower back (above 60 %)") };
  double y = p->y;
  if (!v->applies || !v->given) return 0;
  y += type_draw(p->cr, x, y,
                 &(type){ .text = phrase("Probability of each description"),
                          .size = PAGE_SIZE,
                          .bold = true,
                          .colour = PAPER_TEXT }) +
       1;
  for (int b = 0; b < 3; b++) {
    char percent[PHRASE_SHORT];
    const double bar = 0.27 * width, mid = y + 5.5;
    (void)snprintf(percent, sizeof percent, "%.0f\u00a0%%", 100 * v->probability[b]);
    box_fill(p->cr, x, mid - 3.5, bar, 7, PAPER_LINE);
    box_fill(p->cr, x, mid - 3.5, bar * v->probability[b], 7, PAPER_TEXT);
    type_draw_middle(p->cr, x + bar + 31, mid,
                     &(type){ .text = percent, .size = PAGE_SIZE, .align = 1, .bold = true, .colour = PAPER_TEXT });
    type_draw_middle(p->cr, x + bar + 36, mid,
                     &(type){ .text = phrase(bands[b]), .size = PAGE_SIZE, .colour = PAPER_TEXT });
    y += 11.5;
  }
  return y - p->y;
}

static void draw_verdict(paper *p, const report *r) {
  const sagitta_verdict *v = sagitta_result_verdict(r->result);
  const bool bars = v->applies && v->given;
  const double width = bars ? 0.59 * PAPER_INSIDE : PAPER_INSIDE;
  const char *sentence = phrase_sentence(r);
  char lead[1200];
  const size_t bytes = phrase_lead(sentence) < sizeof lead ? phrase_lead(sentence) : 0;
  (void)snprintf(lead, sizeof lead, "%.*s", (int)bytes, sentence);
  if (bytes) paper_text(p, &(type){ .text = lead, .size = 10.5, .bold = true, .colour = PAPER_TEXT }, 2);
  const char *rest = sentence + bytes + strspn(sentence + bytes, " ");
  type more = { .text = rest,
                .size = p->compact == PAPER_COMPACT ? PAGE_SIZE : PAGE_SIZE + 0.5,
                .width = width,
                .colour = PAPER_TEXT };
  const double said = *rest ? type_draw(p->cr, PAPER_MARGIN, p->y, &more) : 0;
  const double beside = bars ? draw_probability(p, r, PAPER_MARGIN + width + GAP, PAPER_INSIDE - width - GAP) : 0;
  p->y += (said > beside ? said : beside) + PAGE_AFTER;
}

#define THIRDS_LEAST 118.0 /* narrower than that its words would meet */

/* Side by side at one height, as high as fits; what is flat below them. Where room is short the thirds go into what is
 * left of the row: true. */
static bool draw_pictures(paper *p, const report *r) {
  static const double highest[PAPER_COMPACT + 1] = { 138, 114, 96 };
  static const figure_kind kinds[] = { FIGURE_START, FIGURE_DEEPEST, FIGURE_BEND, FIGURE_SECOND };
  figure_kind shown[4], flat[4];
  double aspects = 0;
  int count = 0, flats = 0;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (!figure_possible(r, kinds[i])) continue;
    const double aspect = figure_aspect(r, kinds[i]);
    aspects += aspect;
    if (aspect > 0) shown[count++] = kinds[i];
    if (!(aspect > 0)) flat[flats++] = kinds[i];
  }
  const double title = 13, inside = PAPER_INSIDE - GAP * (count - 1), most = highest[p->compact];
  const double height = count && inside / aspects < most ? inside / aspects : most;
  double x = PAPER_MARGIN;
  if (count) paper_need(p, height + title + PAGE_AFTER);
  for (int i = 0; i < count; i++) {
    const bool photo = shown[i] == FIGURE_START || shown[i] == FIGURE_DEEPEST;
    const double width = height * figure_aspect(r, shown[i]);
    paper_figure(p, r, shown[i], x, width, height + title, photo ? 0.8 * PAGE_SIZE : PAGE_SIZE, true);
    x += width + GAP;
  }
  const double left = PAPER_MARGIN + PAPER_INSIDE - x;
  if (count && flats == 1 && left > 0.5 * PAPER_INSIDE &&
      figure_height(r, flat[0], left, PAGE_SIZE) <= height + title) {
    paper_figure(p, r, flat[0], x, left, height + title, PAGE_SIZE, false);
    flats = 0;
  }
  const bool thirds = p->compact == PAPER_COMPACT && count && figure_possible(r, FIGURE_THIRDS) && left > THIRDS_LEAST;
  if (thirds) paper_figure(p, r, FIGURE_THIRDS, x, left, height + title, 0.9 * PAGE_SIZE, true);
  if (count) p->y += height + title + PAGE_AFTER;
  for (int i = 0; i < flats; i++) {
    const double size = p->compact == PAPER_COMPACT ? 0.88 * PAGE_SIZE : PAGE_SIZE;
    const double lines = figure_height(r, flat[i], PAPER_INSIDE, size);
    paper_need(p, lines + PAGE_AFTER);
    paper_figure(p, r, flat[i], PAPER_MARGIN, PAPER_INSIDE, lines, size, false);
    p->y += lines + PAGE_AFTER;
  }
  return thirds;
}

static void draw_chart(paper *p, const report *r) {
  if (!figure_possible(r, FIGURE_CHART)) return;
  static const double heights[PAPER_COMPACT + 1] = { 100, 84, 74 };
  const double height = heights[p->compact];
  paper_need(p, height + PAGE_AFTER);
  paper_figure(p, r, FIGURE_CHART, PAPER_MARGIN, PAPER_INSIDE, height, PAGE_SIZE, false);
  p->y += height + PAGE_AFTER;
}

static double notes_height(paper *p, const report *r, double width) {
  size_t count;
  const sagitta_warning *warnings = sagitta_result_warnings(r->result, &count);
  double height = count ? 13 : 0;
  for (size_t i = 0; i < count; i++) {
    double one;
    type note = { .text = warnings[i].message, .size = PAGE_SIZE, .width = width - 9 };
    type_measure(p->cr, &note, NULL, &one);
    height += one + 2;
  }
  return height;
}

static void draw_notes(paper *p, const report *r, double x, double width) {
  size_t count;
  const sagitta_warning *warnings = sagitta_result_warnings(r->result, &count);
  if (count == 0) return;
  paper_need(p, 30);
  type_draw(p->cr, x, p->y, &(type){ .text = phrase("Notes"), .size = PAGE_SIZE, .bold = true, .colour = PAPER_TEXT });
  p->y += 13;
  for (size_t i = 0; i < count; i++) {
    type note = { .text = warnings[i].message, .size = PAGE_SIZE, .width = width - 9, .colour = PAPER_TEXT };
    double height;
    type_measure(p->cr, &note, NULL, &height);
    paper_need(p, height);
    type_draw(p->cr, x, p->y, &(type){ .text = "•", .size = PAGE_SIZE, .colour = PAPER_TEXT });
    type_draw(p->cr, x + 9, p->y, &note);
    p->y += height + 2;
  }
}

#define BESIDE_MAX 120.0 /* notes that make more than this go below */

/* The thirds, unless they are drawn already, at the left; what else there is in words at the right, and the notes below
 * that where they are few. */
static bool draw_beside(paper *p, const report *r, bool drawn) {
  static const double heights[PAPER_COMPACT + 1] = { 88, 74, 62 };
  char text[2000];
  facts_beside(r, text, sizeof text);
  run_on(p, text);
  const bool thirds = !drawn && figure_possible(r, FIGURE_THIRDS);
  const double left = thirds ? 0.44 * PAPER_INSIDE : 0, height = !thirds ? 0 : heights[p->compact];
  const double x = PAPER_MARGIN + left + (thirds ? GAP : 0), width = PAPER_INSIDE - left - (thirds ? GAP : 0);
  const double said = text[0] ? 13 + column(p, x, 0, width, text, PAGE_SIZE, false) : 0;
  const double noted = notes_height(p, r, width);
  const bool both = noted > 0 && said + noted + 4 <= BESIDE_MAX;
  const double words_high = said + (both ? noted + 4 : 0), needed = words_high > height ? words_high : height;
  if (needed <= 0) return false;
  paper_need(p, needed + PAGE_AFTER);
  const double top = p->y;
  if (thirds) paper_figure(p, r, FIGURE_THIRDS, PAPER_MARGIN, left, height, PAGE_SIZE, true);
  if (text[0]) {
    type_draw(p->cr, x, p->y,
              &(type){ .text = phrase("Beside the angles"), .size = PAGE_SIZE, .bold = true, .colour = PAPER_TEXT });
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
static double draw_change(paper *p, const report_series *s, double x, double y, double width, bool gist) {
  char change[PHRASE_LONG];
  if (!(gist ? phrase_gist(change, sizeof change, s) : phrase_change(change, sizeof change, s))) return 0;
  return type_draw(p->cr, x, y, &(type){ .text = change, .size = PAGE_SMALL, .width = width, .colour = PAPER_TEXT });
}

static void draw_history(paper *p, const report *r) {
  const bool tight = p->compact == PAPER_COMPACT;
  const size_t in_row = tight || r->series_count == 4 ? r->series_count : 3;
  if (r->series_count == 0) return;
  const double gap = tight ? 8 : GAP, height = tight ? 66 : 84;
  const double widest = (PAPER_INSIDE - 2 * gap) / 3,
               equal = (PAPER_INSIDE - gap * (double)(in_row - 1)) / (double)in_row,
               width = equal < widest ? equal : widest;
  paper_need(p, height + 50);
  paper_heading(p, phrase("Through the visits"));
  for (size_t from = 0; from < r->series_count; from += in_row) {
    double lowest = 0;
    paper_need(p, height + 34);
    for (size_t i = from; i < from + in_row && i < r->series_count; i++) {
      const double x = PAPER_MARGIN + (width + gap) * (double)(i - from);
      paper_figure(p, r, (figure_kind)(FIGURE_TREND + i), x, width, height, tight ? PAGE_SMALL : PAGE_SIZE - 0.5, true);
      const double used = draw_change(p, &r->series[i], x, p->y + height + 2, width, tight);
      lowest = used > lowest ? used : lowest;
    }
    p->y += height + 2 + lowest + 6;
  }
  p->y += PAGE_AFTER - 6;
}

static void draw_words(paper *p, const char *heading, const char *text, double size) {
  if (!text[0]) return;
  const double height = column(p, 0, 0, PAPER_INSIDE, text, size, false);
  paper_need(p, height + 13);
  p->y += type_draw(p->cr, PAPER_MARGIN, p->y,
                    &(type){ .text = heading, .size = PAGE_SIZE, .bold = true, .colour = PAPER_TEXT }) +
          1;
  column(p, PAPER_MARGIN, p->y, PAPER_INSIDE, text, size, true);
  p->y += height + PAGE_AFTER - 2;
}

static void draw(paper *p, const report *r) {
  char text[6000], title[200];
  (void)snprintf(title, sizeof title, phrase("%s · for the professional"), phrase(r->test->title));
  paper_turn(p, phrase("For the professional"));
  page_head(p, r, title);
  facts_recording(r, text, sizeof text);
  p->y -= 4;
  paper_text(p, &(type){ .text = text, .size = PAGE_SMALL, .colour = PAPER_FAINT }, PAGE_AFTER);
  draw_verdict(p, r);
  page_clinician(p, r, PAGE_SIZE);
  const bool thirds = draw_pictures(p, r);
  draw_chart(p, r);
  page_tables(p, r);
  const bool noted = draw_beside(p, r, thirds);
  facts_score(r, text, sizeof text);
  run_on(p, text);
  draw_words(p, phrase("Score"), text, PAGE_SIZE);
  draw_history(p, r);
  if (!noted) draw_notes(p, r, PAPER_MARGIN, PAPER_INSIDE);
  if (!noted) p->y += PAGE_AFTER - 2;
  facts_method(r, text, sizeof text);
  draw_words(p, phrase("How to read it"), text, PAGE_SMALL);
  paper_text(p, &(type){ .text = phrase(sagitta_disclaimer()), .size = PAGE_SMALL, .colour = PAPER_FAINT }, 0);
}

static int pages_of(const report *r, int compact) {
  cairo_surface_t *nowhere = cairo_recording_surface_create(CAIRO_CONTENT_COLOR, NULL);
  paper p = { .cr = cairo_create(nowhere), .kind = PAPER_COUNT, .scale = 1, .compact = compact, .running = "" };
  draw(&p, r);
  cairo_destroy(p.cr);
  cairo_surface_destroy(nowhere);
  return p.pages;
}

/* No denser than it has to be: one page where that can be. */
void page_professional(paper *p, const report *r) {
  int least = pages_of(r, 0);
  p->compact = 0;
  for (int compact = 1; compact <= PAPER_COMPACT && least > 1; compact++) {
    const int pages = pages_of(r, compact);
    if (pages >= least) continue;
    least = pages;
    p->compact = compact;
  }
  draw(p, r);
  p->compact = 0;
}
