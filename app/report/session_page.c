/* SPDX-License-Identifier: Apache-2.0 */
/* The recordings of one day together: what limits the bend, each recording as a picture and in a row, what is missing,
 * and what to do next. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/pages.h"
#include "report/wording.h"

#define GAP 16.0

static const char *title_of(const report *r) {
  return say(r->language, "What limits the bend");
}

/* The picture of a recording: the body of a bend, or the leg. */
static bool picture_of(const report *r, session_part part, chart_kind *kind) {
  static const chart_kind kinds[] = { CHART_MAIN, CHART_SECOND };
  const report *of = r->part[part];
  for (size_t i = 0; of && i < sizeof kinds / sizeof *kinds; i++) {
    *kind = kinds[i];
    if (chart_possible(of, *kind) && !chart_is_flat(of, *kind)) return true;
  }
  return false;
}

/* The pictures of a row: the bends, or the legs. Returns how many. */
static int pictures_of(const report *r, bool legs, session_part out[SESSION_PARTS]) {
  int count = 0;
  for (int p = legs ? SESSION_RAISE_LEFT : 0; p < (legs ? SESSION_PARTS : SESSION_RAISE_LEFT); p++) {
    chart_kind kind;
    if (picture_of(r, (session_part)p, &kind)) out[count++] = (session_part)p;
  }
  return count;
}

static const char *head_of(const report *r, int column) {
  switch (column) {
    case 0:
      return say(r->language, "Recording");
    case 1:
      return say(r->language, "Measured");
    case 2:
      return say(r->language, "Between");
    default:
      return say(r->language, "What it says");
  }
}

#define COLUMNS 4

/* What was measured, with its name. */
static void measured(const session_row *row, char text[120]) {
  (void)snprintf(text, 120, "%s: %s", row->label, row->value);
}

static const char *explained(const report *r) {
  return say(r->language,
             "“Between”: there the true value lies with 95 % certainty. Camera, skin, the places of the markers and "
             "the build of the body allow no narrower answer.");
}

/* ---- on paper ---- */

#define BENDS_MOST     185.0
#define LEGS_MOST      110.0
#define PICTURES_LEAST 130.0

/* Of the words, by how compact the page has to be. */
static const double list_size[PAPER_COMPACT + 1] = { 10.5, 9, 8.5 }, row_size[PAPER_COMPACT + 1] = { 10, 9.5, 9 },
                                              small_size[PAPER_COMPACT + 1] = { 8.5, 8, 7.5 };

static void draw_lead(paper_flow *p, const report *r) {
  char lead[SESSION_TEXT];
  session_lead(r->session, r->language, lead);
  lettering large = {
    .text = lead, .size = 22, .width = p->inside, .bold = true, .leading = 1.22, .colour = PAPER_TEXT
  };
  double height;
  for (;; large.size -= 1) {
    typeset_measure(p->cr, &large, NULL, &height);
    if (height <= (p->compact ? 3.3 : 4.3) * 1.2 * large.size || large.size <= 13) break;
  }
  paper_text(p, &large, 12);
}

/* A row of pictures under their titles, no higher than `most`. */
static void draw_pictures(paper_flow *p, const report *r, bool legs, double most) {
  session_part part[SESSION_PARTS];
  const int count = pictures_of(r, legs, part);
  if (!count || most < 60) return;
  const double width = (p->inside - 2 * GAP) / 3, height = fmin(most, width / 0.95);
  double x = PAPER_MARGIN + (p->inside - count * width - (count - 1) * GAP) / 2;
  for (int i = 0; i < count; i++, x += width + GAP) {
    session_row row;
    chart_kind kind;
    session_row_of(r->session, part[i], r->language, &row);
    lettering title = { .text = row.title, .size = 10, .bold = true, .colour = PAPER_TEXT };
    double wide;
    typeset_measure(p->cr, &title, &wide, NULL);
    if (wide > width) title.size *= fmax(0.7, width / wide - 0.01); /* smaller rather than cut off */
    title.width = width;
    title.lines = 1;
    typeset_draw(p->cr, x, p->y, &title);
    if (!picture_of(r, part[i], &kind)) continue;
    cairo_save(p->cr);
    cairo_translate(p->cr, x, p->y + 17);
    chart_draw(p->cr, r->part[part[i]], kind, (chart_box){ width, height - 17, 9.0 });
    cairo_restore(p->cr);
  }
  p->y += height + 10;
}

static void draw_row(paper_flow *p, const char *const cell[COLUMNS], bool bold, double size) {
  static const double left[COLUMNS + 1] = { 0, 0.205, 0.425, 0.55, 1 };
  double highest = 0;
  for (int c = 0; c < COLUMNS; c++) {
    const lettering one = { .text = cell[c],
                            .size = size,
                            .width = (left[c + 1] - left[c]) * p->inside - 8,
                            .bold = bold || c == 1,
                            .colour = bold ? PAPER_FAINT : PAPER_TEXT };
    highest = fmax(highest, typeset_draw(p->cr, PAPER_MARGIN + left[c] * p->inside, p->y, &one));
  }
  p->y += highest + 4;
}

static void draw_table(paper_flow *p, const report *r) {
  const char *head[COLUMNS];
  for (int c = 0; c < COLUMNS; c++) head[c] = head_of(r, c);
  draw_row(p, head, true, 9);
  for (int i = 0; i < SESSION_PARTS; i++) {
    session_row row;
    char what[120];
    if (!r->session->result[i]) continue;
    session_row_of(r->session, (session_part)i, r->language, &row);
    measured(&row, what);
    ink_line(p->cr, PAPER_MARGIN, p->y, PAPER_MARGIN + p->inside, p->y, 0.5, PAPER_LINE);
    p->y += 4;
    draw_row(p, (const char *const[COLUMNS]){ row.title, what, row.between, row.says }, false, row_size[p->compact]);
  }
  p->y += 2;
  paper_text(p, &(lettering){ .text = explained(r), .size = small_size[p->compact], .colour = PAPER_TEXT }, 10);
}

static void draw_list(paper_flow *p, const char *heading, char text[SESSION_SENTENCES][SESSION_TEXT], size_t count) {
  if (!count) return;
  paper_text(p, &(lettering){ .text = heading, .size = p->compact ? 11 : 13, .bold = true, .colour = PAPER_TEXT }, 4);
  for (size_t i = 0; i < count; i++) paper_item(p, text[i], list_size[p->compact], p->compact ? 3 : 4);
  p->y += 8;
}

static void draw_all(paper_flow *p, const report *r, double pictures) {
  char list[SESSION_SENTENCES][SESSION_TEXT], how[2 * SESSION_TEXT];
  paper_turn(p, title_of(r));
  paper_head(p, r, title_of(r));
  p->y += 8;
  paper_clinician(p, r, 10.5);
  draw_lead(p, r);
  session_part unused[SESSION_PARTS];
  const bool legs = pictures_of(r, true, unused) > 0;
  draw_pictures(p, r, false, fmin(BENDS_MOST, legs ? 0.62 * pictures : pictures));
  draw_pictures(p, r, true, fmin(LEGS_MOST, 0.36 * pictures));
  draw_table(p, r);
  draw_list(p, say(r->language, "What to do next"), list, session_next(r->session, r->language, list));
  draw_list(p, say(r->language, "Not filmed yet"), list, session_missing(r->session, r->language, list));
  session_how(r->session, r->language, how);
  paper_text(p, &(lettering){ .text = how, .size = small_size[p->compact], .colour = PAPER_TEXT }, 8);
  paper_text(p, &(lettering){ .text = say(r->language, sagitta_disclaimer()), .size = 7.5, .colour = PAPER_FAINT }, 0);
}

/* The pictures take the room that the words leave; lists are set smaller where it would not be one page. */
static void print_page(paper_flow *p, const report *r) {
  const int was = p->compact;
  double room = 0;
  for (p->compact = 0; p->compact < PAPER_COMPACT; p->compact++) {
    paper_flow aside = paper_aside(r->paper, p);
    aside.compact = p->compact;
    aside.running = "";
    draw_all(&aside, r, 0);
    room = aside.pages > 1 ? 0 : paper_room(&aside) - 20;
    paper_end_aside(&aside);
    if (room >= PICTURES_LEAST) break;
  }
  draw_all(p, r, fmax(room, PICTURES_LEAST));
  p->compact = was;
}

/* ---- HTML ---- */

static void put_pictures(html_writer *w, const report *r) {
  session_part part[2 * SESSION_PARTS];
  int count = pictures_of(r, false, part);
  count += pictures_of(r, true, part + count);
  if (!count) return;
  html_put(w, "<div class=\"pictures\">\n");
  for (int i = 0; i < count; i++) {
    session_row row;
    chart_kind kind;
    session_row_of(r->session, part[i], r->language, &row);
    if (picture_of(r, part[i], &kind)) html_put_panel(w, r->part[part[i]], kind, 380, row.title);
  }
  html_put(w, "</div>\n");
}

static void put_row(html_writer *w, const report *r, const session_row *row) {
  char what[120];
  measured(row, what);
  const char *const cell[COLUMNS] = { row->title, what, row->between, row->says };
  html_put(w, "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">");
  html_put_text(w, cell[0]);
  html_put(w, "</th>");
  for (int c = 1; c < COLUMNS; c++) {
    html_put_format(w, "<td role=\"cell\"%s data-label=\"", *cell[c] ? "" : " class=\"nothing\"");
    html_put_text(w, head_of(r, c));
    html_put(w, c == 1 ? "\"><strong>" : "\">");
    html_put_text(w, cell[c]);
    html_put(w, c == 1 ? "</strong></td>" : "</td>");
  }
  html_put(w, "</tr>\n");
}

static void put_table(html_writer *w, const report *r) {
  html_put(w, "<table class=\"figures session-table\" role=\"table\"><caption>");
  html_put_text(w, say(r->language, "The recordings"));
  html_put(w, "</caption>\n<thead role=\"rowgroup\"><tr role=\"row\">");
  for (int c = 0; c < COLUMNS; c++) {
    html_put(w, "<th scope=\"col\" role=\"columnheader\">");
    html_put_text(w, head_of(r, c));
    html_put(w, "</th>");
  }
  html_put(w, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
  for (int i = 0; i < SESSION_PARTS; i++) {
    session_row row;
    session_row_of(r->session, (session_part)i, r->language, &row);
    if (row.filmed) put_row(w, r, &row);
  }
  html_put(w, "</tbody></table>\n<p class=\"small\">");
  html_put_text(w, explained(r));
  html_put(w, "</p>\n");
}

static void put_list(html_writer *w, const char *heading, char text[SESSION_SENTENCES][SESSION_TEXT], size_t count) {
  if (!count) return;
  html_put(w, "<h2>");
  html_put_text(w, heading);
  html_put(w, "</h2>\n<ul>\n");
  for (size_t i = 0; i < count; i++) {
    html_put(w, "<li>");
    html_put_text(w, text[i]);
    html_put(w, "</li>\n");
  }
  html_put(w, "</ul>\n");
}

static void write_html(html_writer *w, const report *r, const report_video *video) {
  (void)video;
  char lead[SESSION_TEXT], how[2 * SESSION_TEXT], list[SESSION_SENTENCES][SESSION_TEXT];
  session_lead(r->session, r->language, lead);
  html_put(w, "<article class=\"sheet\" id=\"session\" aria-labelledby=\"answer\">\n");
  html_put_head(w, r, title_of(r));
  html_put_clinician(w, r);
  html_put(w, "<h1 id=\"answer\">");
  html_put_text(w, lead);
  html_put(w, "</h1>\n");
  put_pictures(w, r);
  put_table(w, r);
  put_list(w, say(r->language, "What to do next"), list, session_next(r->session, r->language, list));
  put_list(w, say(r->language, "Not filmed yet"), list, session_missing(r->session, r->language, list));
  session_how(r->session, r->language, how);
  html_put(w, "<p class=\"small\">");
  html_put_text(w, how);
  html_put(w, "</p>\n");
  html_put_foot(w, r, "");
  html_put(w, "</article>\n");
}

const report_page session_page = { .which = REPORT_SESSION,
                                   .print = print_page,
                                   .html = { .id = "session", .write = write_html } };
