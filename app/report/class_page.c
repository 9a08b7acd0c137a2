/* SPDX-License-Identifier: Apache-2.0 */
/* A class on one sheet for the coach: a line a person, who was not measured with the reason. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/failure.h"
#include "cli/text.h"
#include "report/pages.h"
#include "report/wording.h"

#define GAP 10.0

static void put_title(const class_sheet *s, char *title, size_t size) {
  (void)snprintf(title, size, say(s->language, "%s: a class of %zu"), say(s->language, s->test->title), s->count);
}

static void put_day(const class_sheet *s, char text[WORDING_SHORT]) {
  text[0] = '\0';
  if (s->day[0]) wording_day(text, s->day, s->language);
}

/* How many there are, of which what is told. */
static void put_lead(const class_sheet *s, char *text, size_t size) {
  const size_t measured = class_measured(s);
  if (measured == s->count) {
    (void)snprintf(text, size, say(s->language, "All %zu could be measured."), s->count);
  } else {
    (void)snprintf(text, size, say(s->language, "%zu of %zu could be measured."), measured, s->count);
  }
}

static bool any_inferred(const class_sheet *s) {
  for (size_t i = 0; i < s->count; i++) {
    for (size_t c = 0; c < s->columns; c++) {
      if (s->person[i].value[c].known && s->person[i].value[c].inferred) return true;
    }
  }
  return false;
}

/* Of three discs the hip hinge, too, is inferred. */
static bool any_of_discs(const class_sheet *s) {
  for (size_t i = 0; i < s->count; i++) {
    for (size_t c = 0; c < s->columns; c++) {
      const sagitta_quantity *q = &s->person[i].value[c];
      if (strcmp(s->column[c]->key, "hip_hinge_deg") == 0 && q->known && q->inferred) return true;
    }
  }
  return false;
}

/* What the numbers are: one sentence after the other. */
static void put_explained(const class_sheet *s, char *text, size_t size) {
  size_t at = 0;
  for (size_t c = 0; c < s->columns && at < size; c++) {
    const char *meaning = s->column[c]->meaning;
    at += (size_t)snprintf(text + at, size - at, "%s%s", at ? " " : "", say(s->language, meaning));
  }
  char usual[200] = "";
  if (s->columns > 1 && s->test->verdict && strcmp(s->column[1]->key, "lumbar_share") == 0) {
    (void)snprintf(usual, sizeof usual,
                   say(s->language, "Of pain-free adults most have a lumbar share of %.0f to %.0f %%."),
                   100 * SAGITTA_USUAL_SHARE_LOW, 100 * SAGITTA_USUAL_SHARE_HIGH);
  }
  const char *const more[] = {
    usual,
    say(s->language, "Small, below each: its 95 % interval."),
    any_inferred(s) ? say(s->language, "≈: inferred, not measured.") : "",
    any_of_discs(s)
        ? say(s->language,
              "Where the hip hinge has ≈ and a wide interval there were three discs: with a strip of tape on "
              "the hip in place of its disc more can be said.")
        : "",
    class_has_percentiles(s)
        ? say(s->language, "Percentile: of 100 people of that age and sex so many reach less; <, > beyond the table.")
        : "",
  };
  for (size_t i = 0; i < sizeof more / sizeof *more && at < size; i++) {
    if (*more[i]) at += (size_t)snprintf(text + at, size - at, " %s", more[i]);
  }
}

static const char *words_head(const class_sheet *s) {
  return s->test->verdict ? say(s->language, "What can be said, and how sure") : say(s->language, "In words");
}

/* ---- on paper ---- */

/* Where the columns end or begin, points from the left margin. */
typedef struct class_layout {
  double name, right[CLASS_COLUMNS], percentile, words, words_width;
  bool percentiles;
} class_layout;

static class_layout layout_of(const class_sheet *s, double inside) {
  class_layout l = { .percentiles = class_has_percentiles(s) };
  l.name = 0.26 * inside;
  double x = l.name + GAP;
  for (size_t c = 0; c < s->columns; c++) l.right[c] = x += 0.125 * inside;
  if (l.percentiles) l.percentile = x += 0.115 * inside;
  l.words = x + 2 * GAP;
  l.words_width = inside - l.words;
  return l;
}

static void draw_heads(paper_flow *p, const class_sheet *s, const class_layout *l) {
  char text[CLASS_TEXT];
  double height = 0, one;
  for (int pass = 0; pass < 2; pass++) {
    for (size_t c = 0; c <= s->columns; c++) {
      const bool last = c == s->columns;
      if (last && !l->percentiles) continue;
      if (last) (void)snprintf(text, sizeof text, "%s", say(s->language, "Percentile"));
      if (!last) class_head(s, c, text);
      const lettering head = {
        .text = text, .size = 8.5, .align = 1, .bold = true, .width = 0.12 * p->inside, .colour = PAPER_FAINT
      };
      typeset_measure(p->cr, &head, NULL, &one);
      height = fmax(height, one);
      if (pass) {
        typeset_draw(p->cr, PAPER_MARGIN + (last ? l->percentile : l->right[c]), p->y + height - one, &head);
      }
    }
  }
  const lettering name = { .text = say(s->language, "Name"), .size = 8.5, .bold = true, .colour = PAPER_FAINT };
  typeset_measure(p->cr, &name, NULL, &one);
  typeset_draw(p->cr, PAPER_MARGIN, p->y + height - one, &name);
  lettering words = name;
  words.text = words_head(s);
  words.width = l->words_width;
  typeset_measure(p->cr, &words, NULL, &one);
  typeset_draw(p->cr, PAPER_MARGIN + l->words, p->y + height - one, &words);
  p->y += height + 3;
}

/* A number at the right edge `x`, its interval small below; returns the height. */
static double draw_number(paper_flow *p, double x, const char *value, const char *range) {
  double height = typeset_draw(
      p->cr, x, p->y, &(lettering){ .text = value, .size = 11, .align = 1, .bold = true, .colour = PAPER_TEXT });
  if (range[0]) {
    height += typeset_draw(p->cr, x, p->y + height,
                           &(lettering){ .text = range, .size = 7.5, .align = 1, .colour = PAPER_FAINT });
  }
  return height;
}

/* One person; `draw` false: how high the line is. */
static double person_line(paper_flow *p, const class_sheet *s, const class_layout *l, const class_person *of) {
  char value[CLASS_TEXT], range[CLASS_TEXT], words[CLASS_WORDS];
  lettering name = { .text = of->name, .size = 11, .width = l->name, .colour = PAPER_TEXT };
  double height = typeset_draw(p->cr, PAPER_MARGIN, p->y, &name);
  for (size_t c = 0; c < s->columns && of->measured; c++) {
    class_value(s, of, c, value);
    class_range(s, of, c, range);
    height = fmax(height, draw_number(p, PAPER_MARGIN + l->right[c], value, range));
  }
  if (l->percentiles && of->measured) {
    class_percentile(of, value);
    height = fmax(height, draw_number(p, PAPER_MARGIN + l->percentile, value, ""));
  }
  class_page_words(s, of, words);
  const lettering said = { .text = words, .size = 9.5, .width = l->words_width, .colour = PAPER_TEXT };
  if (words[0]) height = fmax(height, typeset_draw(p->cr, PAPER_MARGIN + l->words, p->y + 1, &said) + 1);
  return height;
}

static double height_of(const paper_flow *p, const class_sheet *s, const class_layout *l, const class_person *of) {
  paper_flow aside = paper_aside(s->paper, p);
  const double height = person_line(&aside, s, l, of);
  paper_end_aside(&aside);
  return height;
}

static void draw(paper_flow *p, const void *of) {
  const class_sheet *s = of;
  char title[300], day[WORDING_SHORT], lead[200], explained[1500];
  const class_layout l = layout_of(s, p->inside);
  put_title(s, title, sizeof title);
  put_day(s, day);
  put_lead(s, lead, sizeof lead);
  put_explained(s, explained, sizeof explained);
  paper_turn(p, title);
  paper_head_of(p, s->clinic, title, day);
  p->y += 4;
  paper_text(p, &(lettering){ .text = lead, .size = 17, .bold = true, .colour = PAPER_TEXT }, 10);
  draw_heads(p, s, &l);
  for (size_t i = 0; i < s->count; i++) {
    const double height = height_of(p, s, &l, &s->person[i]);
    if (height + 9 > paper_room(p)) {
      paper_turn(p, NULL);
      draw_heads(p, s, &l);
    }
    ink_line(p->cr, PAPER_MARGIN, p->y, PAPER_MARGIN + p->inside, p->y, 0.5, PAPER_LINE);
    p->y += 4;
    person_line(p, s, &l, &s->person[i]);
    p->y += height + 4;
  }
  p->y += 8;
  paper_text(p, &(lettering){ .text = explained, .size = 8, .colour = PAPER_FAINT }, 6);
  paper_text(p, &(lettering){ .text = say(s->language, sagitta_disclaimer()), .size = 7.5, .colour = PAPER_FAINT }, 0);
}

/* ---- HTML ---- */

static void put_cell(html_writer *w, const char *head, const char *value, const char *range) {
  html_put(w, "<td role=\"cell\" data-label=\"");
  html_put_text(w, head);
  html_put(w, "\"><strong>");
  html_put_text(w, value);
  html_put(w, "</strong>");
  if (range[0]) html_put(w, " <span class=\"range\">");
  html_put_text(w, range);
  html_put(w, range[0] ? "</span></td>" : "</td>");
}

static void put_person(html_writer *w, const class_sheet *s, const class_person *of, bool percentiles) {
  char head[CLASS_TEXT], value[CLASS_TEXT], range[CLASS_TEXT], words[CLASS_WORDS];
  html_put(w, "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\"><bdi>");
  html_put_text(w, of->name);
  html_put(w, "</bdi></th>");
  for (size_t c = 0; c < s->columns + percentiles && !of->measured; c++) html_put(w, "<td class=\"nothing\"></td>");
  for (size_t c = 0; c < s->columns && of->measured; c++) {
    class_head(s, c, head);
    class_value(s, of, c, value);
    class_range(s, of, c, range);
    put_cell(w, head, value, range);
  }
  if (percentiles && of->measured) {
    class_percentile(of, value);
    put_cell(w, say(s->language, "Percentile"), value, "");
  }
  class_page_words(s, of, words);
  html_put(w, "<td role=\"cell\" class=\"words\" data-label=\"\">");
  html_put_text(w, words);
  html_put(w, "</td></tr>\n");
}

static void put_heads(html_writer *w, const class_sheet *s, bool percentiles) {
  char head[CLASS_TEXT];
  html_put(w, "<thead role=\"rowgroup\"><tr role=\"row\"><th scope=\"col\" role=\"columnheader\">");
  html_put_text(w, say(s->language, "Name"));
  for (size_t c = 0; c < s->columns; c++) {
    class_head(s, c, head);
    html_put(w, "</th><th scope=\"col\" role=\"columnheader\">");
    html_put_text(w, head);
  }
  if (percentiles) {
    html_put(w, "</th><th scope=\"col\" role=\"columnheader\">");
    html_put_text(w, say(s->language, "Percentile"));
  }
  html_put(w, "</th><th scope=\"col\" role=\"columnheader\" class=\"words\">");
  html_put_text(w, words_head(s));
  html_put(w, "</th></tr></thead>\n");
}

static sagitta_status write_html(const class_sheet *s, const char *title, sagitta_output *to, sagitta_error *error) {
  char day[WORDING_SHORT], lead[200], explained[1500];
  html_writer *w = calloc(1, sizeof *w);
  if (!w) return fail_with(error, SAGITTA_ERROR_MEMORY, REPORT_NO_MEMORY);
  w->to = to;
  w->error = error;
  put_day(s, day);
  put_lead(s, lead, sizeof lead);
  put_explained(s, explained, sizeof explained);
  const bool percentiles = class_has_percentiles(s);
  html_begin_document(w, title, s->language, s->paper, false);
  html_put(w, "<main>\n<article class=\"sheet\" id=\"class\" aria-labelledby=\"answer\">\n");
  html_put_head_of(w, s->clinic, s->language, title, day);
  html_put(w, "<h1 id=\"answer\" class=\"pair-answer\">");
  html_put_text(w, lead);
  html_put(w, "</h1>\n<table class=\"figures class-table\" role=\"table\"><caption class=\"unseen\">");
  html_put_text(w, title);
  html_put(w, "</caption>\n");
  put_heads(w, s, percentiles);
  html_put(w, "<tbody role=\"rowgroup\">\n");
  for (size_t i = 0; i < s->count; i++) put_person(w, s, &s->person[i], percentiles);
  html_put(w, "</tbody></table>\n<p class=\"small\">");
  html_put_text(w, explained);
  html_put(w, "</p>\n<p class=\"foot\">");
  html_put_text(w, say(s->language, sagitta_disclaimer()));
  html_put_format(w, " Sagitta %s.</p>\n</article>\n</main>\n", sagitta_version());
  html_end_document(w, false);
  const sagitta_status status = html_end(w);
  free(w);
  return status;
}

sagitta_status class_write(const class_sheet *s, report_format format, sagitta_output *to, sagitta_error *error) {
  char title[300], foot[200];
  if (report_ready(error) != SAGITTA_OK) return error->status;
  put_title(s, title, sizeof title);
  if (format == REPORT_HTML) return write_html(s, title, to, error);
  (void)snprintf(foot, sizeof foot, say(s->language, "Sagitta %s · a screening and tracking aid, not a diagnosis"),
                 sagitta_version());
  const paper_document document = { s->paper, title, s->cards ? NULL : title, foot, s->cards ? class_cards_draw : draw,
                                    s };
  return paper_write(&document, format, to, error);
}
