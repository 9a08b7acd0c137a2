/* SPDX-License-Identifier: Apache-2.0 */
/* Two recordings side by side, before and after a treatment as a rule: what is different, and whether that is more than
 * measurement error. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/pages.h"
#include "report/wording.h"

#define GAP       18.0
#define MAIN_MOST 2
#define ROWS_MAX  10
#define SENTENCE  600
#define TREATED   1200

/* A row of the table: what it was, what it is, and whether that counts. */
typedef struct pair_row {
  char label[120], a[WORDING_SHORT], b[WORDING_SHORT], change[WORDING_SHORT], limit[WORDING_SHORT];
  const char *verdict; /* translated */
} pair_row;

#define COLUMNS 6

static const char *head_of(const report *r, int column) {
  switch (column) {
    case 1:
      return r->figure[REPORT_EARLIER].caption;
    case 2:
      return r->figure[REPORT_TODAY].caption;
    case 3:
      return say(r->language, "Difference");
    case 4:
      return say(r->language, "Counts above");
    case 5:
      return say(r->language, "Judgement");
    default:
      return "";
  }
}

static const char *cell_of(const pair_row *row, int column) {
  const char *const cells[COLUMNS] = { row->label, row->a, row->b, row->change, row->limit, row->verdict };
  return cells[column];
}

static const char *verdict_of(const report *r, size_t i, double mdc) {
  const comparison *c = r->both;
  const bool change = !comparison_is_knee_pair(c) && !comparison_is_side_pair(c);
  switch (comparison_judge(c, i, mdc)) {
    case CHANGE_REAL:
      return change ? say(r->language, "real change") : say(r->language, "beyond error");
    case CHANGE_BEYOND:
      return say(r->language, "beyond error");
    case CHANGE_WITHIN:
      return say(r->language, "within error");
    default:
      return "–";
  }
}

#define PAIN_COUNTS 2 /* of 10 */

static void fill(pair_row *row, const report *r, size_t i) {
  const comparison *c = r->both;
  const double a = c->a.cell[i].value, b = c->b.cell[i].value;
  const double mdc = comparison_limit(c, sagitta_quantities(NULL)[i].key).mdc;
  const sagitta_quantity_info apart = shown_apart(&sagitta_quantities(NULL)[i], a, b, mdc), *info = &apart;
  sagitta_quantity_info points = *info;
  if (strcmp(info->unit, "%") == 0) points.unit = say(r->language, "points");
  (void)snprintf(row->label, sizeof row->label, "%s", say(r->language, info->label));
  wording_quantity(row->a, &(sagitta_quantity){ .value = a, .inferred = c->a.cell[i].inferred }, info, r->language);
  wording_quantity(row->b, &(sagitta_quantity){ .value = b, .inferred = c->b.cell[i].inferred }, info, r->language);
  if (comparison_is_told(c, info->key)) {
    wording_value(row->change, comparison_difference(a, b, info), &points, true, r->language);
  } else {
    (void)snprintf(row->change, sizeof row->change, "–");
  }
  if (isfinite(mdc)) wording_value(row->limit, mdc, &points, false, r->language);
  if (!isfinite(mdc)) (void)snprintf(row->limit, sizeof row->limit, "–");
  row->verdict = verdict_of(r, i, mdc);
}

/* What the test shows, as far as it is known of both, and pain. */
static int rows_of(const report *r, pair_row out[ROWS_MAX]) {
  const comparison *c = r->both;
  size_t count;
  const sagitta_quantity_info *info = sagitta_quantities(&count);
  int rows = 0;
  for (const char *const *key = r->test->quantities; *key && rows < ROWS_MAX - 1; key++) {
    for (size_t i = 0; i < count && i < HISTORY_QUANTITIES; i++) {
      if (strcmp(info[i].key, *key) == 0 && c->a.cell[i].results && c->b.cell[i].results) fill(&out[rows++], r, i);
    }
  }
  if (isfinite(c->a.pain) && isfinite(c->b.pain)) {
    pair_row *row = &out[rows++];
    /* Farrar 2001, as wording_pain says. */
    const bool counts = fabs(round(c->b.pain) - round(c->a.pain)) >= PAIN_COUNTS;
    *row = (pair_row){ .verdict = counts ? say(r->language, "counts") : say(r->language, "too little to count") };
    (void)snprintf(row->label, sizeof row->label, "%s", say(r->language, "Pain, 0 to 10"));
    (void)snprintf(row->a, sizeof row->a, "%.0f", c->a.pain);
    (void)snprintf(row->b, sizeof row->b, "%.0f", c->b.pain);
    const double change = round(c->b.pain) - round(c->a.pain);
    (void)snprintf(row->change, sizeof row->change, "%s%.0f", change < 0 ? "−" : change > 0 ? "+" : "", fabs(change));
    (void)snprintf(row->limit, sizeof row->limit, "1");
  }
  return rows;
}

static int sentences_of(const report *r, char out[MAIN_MOST][SENTENCE]) {
  size_t at[MAIN_MOST];
  const size_t count = comparison_main(r->both, at, MAIN_MOST);
  for (size_t i = 0; i < count; i++) comparison_sentence(r->both, at[i], out[i], SENTENCE, r->language);
  return (int)count;
}

static void put_title(const report *r, char *title, size_t size) {
  char test[WORDING_LONG];
  const comparison *c = r->both;
  const char *what = comparison_is_side_pair(c)   ? say(r->language, "left and right")
                     : comparison_is_knee_pair(c) ? say(r->language, "straight and bent knees")
                     : c->a.mark == RECORDS_BEFORE && c->b.mark == RECORDS_AFTER ? say(r->language, "before and after")
                                                                                 : say(r->language, "then and now");
  if (comparison_is_side_pair(c)) (void)snprintf(test, sizeof test, "%s", say(r->language, r->test->title));
  if (!comparison_is_side_pair(c)) wording_test(r, test);
  (void)snprintf(title, size, "%.140s: %.50s", test, what);
}

static const char *explained(const report *r) {
  return say(r->language,
             "Whoever is measured twice is never measured quite the same: markers, camera and the day make a "
             "difference. Only what is larger than “counts above” is more than that, with 95 % certainty.");
}

/* What ≈ means, where it stands; else "". */
static const char *inferred(const report *r) {
  return comparison_has_inferred(r->both) ? say(r->language, "≈: inferred, not measured.") : "";
}

/* What the reader has to know of a treatment; "" where it is none. */
static const char *treated(const report *r, char text[TREATED]) {
  text[0] = '\0';
  if (comparison_treatment(r->both)) treatment_words(comparison_treatment(r->both), text, TREATED, r->language);
  return text;
}

/* The pictures of one side: the photograph at the deepest point where there is one, and the figure. */
static const report *side_of(const report *r, report_when when) {
  return when == REPORT_EARLIER ? r->before : r;
}

static bool has_photographs(const report *r) {
  return r->moment[REPORT_DEEPEST].photo && r->before->moment[REPORT_DEEPEST].photo;
}

static chart_kind figure_kind(report_when when) {
  return when == REPORT_EARLIER ? CHART_EARLIER : CHART_MAIN;
}

static bool has_figures(const report *r) {
  return chart_possible(r, CHART_EARLIER) && chart_possible(r, CHART_MAIN) && chart_aspect(r, CHART_MAIN) > 0;
}

/* ---- on paper ---- */

#define PICTURES_MOST 270.0

static double draw_side(paper_flow *p, const report *r, report_when when, double x, double width, double height) {
  const bool photo = has_photographs(r), figure = has_figures(r);
  const double top = p->y + 20;
  typeset_draw(p->cr, x, p->y,
               &(lettering){ .text = r->figure[when].caption,
                             .size = 13,
                             .bold = true,
                             .width = width,
                             .lines = 1,
                             .colour = PAPER_TEXT });
  const double across = photo && figure ? 0.5 * (width - 8) : width;
  double at = x;
  cairo_save(p->cr);
  if (photo) {
    cairo_translate(p->cr, at, top);
    chart_draw(p->cr, side_of(r, when), CHART_PERSON_DEEPEST, (chart_box){ across, height - 20, 7.5 });
    cairo_translate(p->cr, -at, -top);
    at += across + 8;
  }
  if (figure) {
    cairo_translate(p->cr, at, top);
    chart_draw(p->cr, r, figure_kind(when), (chart_box){ across, height - 20, photo ? 9.0 : 11.5 });
  }
  cairo_restore(p->cr);
  return height;
}

/* No higher than what is in them is drawn. */
static double height_of(const report *r, double width, double height) {
  const bool photo = has_photographs(r), figure = has_figures(r);
  const double across = photo && figure ? 0.5 * (width - 8) : width;
  const double photo_high = photo ? fmax(across / chart_aspect(r->before, CHART_PERSON_DEEPEST),
                                         across / chart_aspect(r, CHART_PERSON_DEEPEST))
                                  : 0;
  const double figure_high = figure ? across / fmin(1, chart_aspect(r, CHART_MAIN)) : 0;
  return fmin(height, 20 + fmax(photo_high, figure_high));
}

static void draw_pictures(paper_flow *p, const report *r, double room) {
  const double width = (p->inside - GAP) / 2, height = height_of(r, width, room);
  if (!has_photographs(r) && !has_figures(r)) return;
  draw_side(p, r, REPORT_EARLIER, PAPER_MARGIN, width, height);
  draw_side(p, r, REPORT_TODAY, PAPER_MARGIN + width + GAP, width, height);
  p->y += height + 14;
}

static void draw_table(paper_flow *p, const report *r) {
  static const double right[COLUMNS] = { 0, 0.385, 0.51, 0.675, 0.81, 1 };
  pair_row rows[ROWS_MAX];
  const int count = rows_of(r, rows);
  double height = 0;
  for (int pass = 0; pass < 2; pass++) {
    for (int c = 1; c < COLUMNS; c++) {
      double one;
      lettering head = { .text = head_of(r, c), .size = 9, .align = 1, .bold = true, .colour = PAPER_FAINT };
      head.width = (right[c] - (c > 1 ? right[c - 1] : 0.27)) * p->inside - 6;
      typeset_measure(p->cr, &head, NULL, &one);
      height = fmax(height, one);
      if (pass) typeset_draw(p->cr, PAPER_MARGIN + right[c] * p->inside, p->y + height - one, &head);
    }
  }
  p->y += height + 3;
  for (int i = 0; i < count; i++) {
    double highest = 0;
    ink_line(p->cr, PAPER_MARGIN, p->y, PAPER_MARGIN + p->inside, p->y, 0.5, PAPER_LINE);
    p->y += 4;
    for (int c = 0; c < COLUMNS; c++) {
      const double width = (c ? right[c] - (c > 1 ? right[c - 1] : 0.27) : 0.29) * p->inside - 6;
      const lettering cell = { .text = cell_of(&rows[i], c),
                               .size = 10.5,
                               .align = c ? 1 : 0,
                               .width = width,
                               .bold = c == 3,
                               .colour = PAPER_TEXT };
      highest = fmax(highest, typeset_draw(p->cr, PAPER_MARGIN + right[c] * p->inside, p->y, &cell));
    }
    p->y += highest + 3;
  }
  p->y += 10;
}

static void draw_all(paper_flow *p, const report *r, double pictures) {
  char title[200], said[MAIN_MOST][SENTENCE], note[TREATED], pain[WORDING_LONG];
  put_title(r, title, sizeof title);
  const int count = sentences_of(r, said);
  paper_turn(p, title);
  paper_head(p, r, title);
  p->y += 8;
  for (int i = 0; i < count; i++) {
    paper_text(p, &(lettering){ .text = said[i], .size = 17, .bold = true, .leading = 1.25, .colour = PAPER_TEXT }, 8);
  }
  p->y += 8;
  draw_pictures(p, r, pictures);
  draw_table(p, r);
  if (wording_pain(r, pain, sizeof pain))
    paper_text(p, &(lettering){ .text = pain, .size = 10.5, .colour = PAPER_TEXT }, 8);
  if (*treated(r, note)) paper_text(p, &(lettering){ .text = note, .size = 10.5, .colour = PAPER_TEXT }, 8);
  if (*inferred(r)) paper_text(p, &(lettering){ .text = inferred(r), .size = 9, .colour = PAPER_FAINT }, 4);
  paper_text(p, &(lettering){ .text = explained(r), .size = 9, .colour = PAPER_FAINT }, 10);
  paper_text(p, &(lettering){ .text = say(r->language, sagitta_disclaimer()), .size = 7.5, .colour = PAPER_FAINT }, 0);
}

static void print_page(paper_flow *p, const report *r) {
  paper_flow aside = paper_aside(r->paper, p);
  aside.running = "";
  draw_all(&aside, r, 0);
  const double room = aside.pages > 1 ? 0 : paper_room(&aside) - 20;
  paper_end_aside(&aside);
  draw_all(p, r, fmin(fmax(room, 120), PICTURES_MOST));
}

/* ---- HTML ---- */

static void put_side(html_writer *w, const report *r, report_when when) {
  html_put(w, "<section class=\"side\"><h2>");
  html_put_text(w, r->figure[when].caption);
  html_put(w, "</h2>\n<div class=\"panels\">\n");
  if (has_photographs(r))
    html_put_panel(w, side_of(r, when), CHART_PERSON_DEEPEST, 330, wording_instant(r, REPORT_DEEPEST));
  if (has_figures(r)) html_put_panel(w, r, figure_kind(when), 380, "");
  html_put(w, "</div></section>\n");
}

static void put_table(html_writer *w, const report *r) {
  pair_row rows[ROWS_MAX];
  const int count = rows_of(r, rows);
  html_put(w, "<table class=\"figures pair-table\" role=\"table\"><caption>");
  html_put_text(w, say(r->language, "What is different"));
  html_put(w, "</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">");
  for (int c = 0; c < COLUMNS; c++) {
    html_put(w, "<th scope=\"col\" role=\"columnheader\">");
    if (c == 0) html_put_format(w, "<span class=\"unseen\">%s</span>", say(r->language, "Row"));
    html_put_text(w, head_of(r, c));
    html_put(w, "</th>");
  }
  html_put(w, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
  for (int i = 0; i < count; i++) {
    html_put(w, "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">");
    html_put_text(w, rows[i].label);
    html_put(w, "</th>");
    for (int c = 1; c < COLUMNS; c++) {
      html_put(w, "<td role=\"cell\" data-label=\"");
      html_put_text(w, head_of(r, c));
      html_put(w, c == 3 ? "\"><strong>" : "\">");
      html_put_text(w, cell_of(&rows[i], c));
      html_put(w, c == 3 ? "</strong></td>" : "</td>");
    }
    html_put(w, "</tr>\n");
  }
  html_put(w, "</tbody></table>\n");
}

static void write_html(html_writer *w, const report *r, const report_video *video) {
  (void)video;
  char title[200], said[MAIN_MOST][SENTENCE], note[TREATED], pain[WORDING_LONG];
  const int count = sentences_of(r, said);
  put_title(r, title, sizeof title);
  html_put(w, "<article class=\"sheet\" id=\"pair\" aria-labelledby=\"answer\">\n");
  html_put_head(w, r, title);
  html_put(w, "<h1 id=\"answer\" class=\"pair-answer\">");
  for (int i = 0; i < count; i++) {
    if (i) html_put(w, "<br>\n");
    html_put_text(w, said[i]);
  }
  if (count == 0) html_put_text(w, title);
  html_put(w, "</h1>\n");
  if (has_photographs(r) || has_figures(r)) {
    html_put(w, "<div class=\"pair\">\n");
    put_side(w, r, REPORT_EARLIER);
    put_side(w, r, REPORT_TODAY);
    html_put(w, "</div>\n");
  }
  put_table(w, r);
  if (wording_pain(r, pain, sizeof pain)) {
    html_put(w, "<p>");
    html_put_text(w, pain);
    html_put(w, "</p>\n");
  }
  if (*treated(r, note)) {
    html_put(w, "<p>");
    html_put_text(w, note);
    html_put(w, "</p>\n");
  }
  html_put(w, "<p class=\"small\">");
  html_put_text(w, inferred(r));
  if (*inferred(r)) html_put(w, " ");
  html_put_text(w, explained(r));
  html_put(w, "</p>\n");
  html_put_foot(w, r, "");
  html_put(w, "</article>\n");
}

const report_page pair_page = { .which = REPORT_PAIR,
                                .print = print_page,
                                .html = { .id = "pair", .write = write_html } };
