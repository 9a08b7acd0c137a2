/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of every repetition as tables of the professional's page. */
#include <stdio.h>
#include <string.h>

#include "report/pages.h"
#include "report/wording.h"

/* ---- on paper ---- */

typedef struct table_layout {
  const char *language;
  const repetition_table *t;
  double first;                /* width of the column of names */
  double width[TABLE_COLUMNS]; /* of the others: what stands in them, and an equal part of the room that is left */
  bool joined;                 /* the unit stays with the last word of the label */
  bool lines;                  /* the intervals stand below the values, because not every cell fits into one line */
} table_layout;

#define COLUMN_GAP 7.0

/* Where column c ends: figures are set to the right. */
static double right_of(const table_layout *g, size_t c) {
  double right = PAPER_MARGIN + g->first;
  for (size_t i = 0; i <= c; i++) right += g->width[i];
  return right;
}

static double widest(double so_far, paper_flow *p, const char *text, double size, bool bold) {
  double width;
  typeset_measure(p->cr, &(lettering){ .text = text, .size = size, .bold = bold }, &width, NULL);
  return width > so_far ? width : so_far;
}

/* As wide as the longest name of a row or a table. */
static double first_column(paper_flow *p, const report *r, const repetition_table *tables, size_t count) {
  double width = 0;
  for (size_t i = 0; i < count; i++) {
    width = widest(width, p, tables[i].title, PAGE_SIZE, true);
    for (size_t row = 0; row < tables[i].rows; row++) {
      char name[WORDING_SHORT];
      professional_row_name(r, &tables[i], row, name);
      width = widest(width, p, name, PAGE_SMALL + 0.3, true);
    }
  }
  return width + 6;
}

static void label_of(const table_layout *g, size_t c, char text[120]) {
  const sagitta_quantity_info *info = g->t->column[c];
  (void)snprintf(text, 120, "%s%s%s", say(g->language, info->label),
                 !info->unit[0] ? ""
                 : g->joined    ? "\u00a0"
                                : " ",
                 info->unit);
}

static lettering head_type(const char *label) {
  return (lettering){ .text = label, .size = PAGE_SMALL, .align = 1, .bold = true, .colour = PAPER_TEXT };
}

static void draw_head(paper_flow *p, const table_layout *g) {
  const repetition_table *t = g->t;
  double height = 0;
  for (int pass = 0; pass < 2; pass++) {
    for (size_t c = 0; c < t->columns; c++) {
      char label[120];
      label_of(g, c, label);
      lettering head = head_type(label);
      double one;
      head.width = g->width[c] - COLUMN_GAP + 1;
      typeset_measure(p->cr, &head, NULL, &one);
      if (pass == 0) height = one > height ? one : height;
      if (pass == 1) typeset_draw(p->cr, right_of(g, c), p->y + height - one, &head);
    }
  }
  lettering title = { .text = t->title, .size = PAGE_SIZE, .bold = true, .colour = PAPER_TEXT };
  double one;
  typeset_measure(p->cr, &title, NULL, &one);
  height = one > height ? one : height;
  typeset_draw(p->cr, PAPER_MARGIN, p->y + height - one, &title);
  p->y += height + 2;
  ink_line(p->cr, PAPER_MARGIN, p->y, PAPER_MARGIN + p->inside, p->y, 0.6, PAPER_FAINT);
  p->y += 2;
}

/* One line for each row where every cell fits into one, else the intervals below the values. */
#define ROW_LINE  11.6
#define ROW_LINES 19.5

static void one_line(const table_cell *cell, char text[3 * WORDING_SHORT]) {
  const bool both = cell->value[0] && cell->range[0];
  (void)snprintf(text, 3 * WORDING_SHORT, "%s%s%s%s", cell->value, both ? " (" : "", cell->range, both ? ")" : "");
}

/* The longest word of the head: it is broken at blanks alone. */
static double head_needs(paper_flow *p, const table_layout *g, size_t c) {
  char label[120], *rest = label;
  double width = 0;
  label_of(g, c, label);
  for (char *word; (word = strsep(&rest, " ")) != NULL;) width = widest(width, p, word, PAGE_SMALL, true);
  return width;
}

static double column_needs(paper_flow *p, const report *r, const table_layout *g, size_t c) {
  double width = head_needs(p, g, c);
  for (size_t row = 0; row < g->t->rows; row++) {
    const bool mean = g->t->means && row == 0;
    table_cell cell;
    char text[3 * WORDING_SHORT];
    professional_cell(r, g->t, row, c, &cell);
    one_line(&cell, text);
    if (!g->lines) width = widest(width, p, text, PAGE_SMALL + 0.3, mean);
    if (g->lines) width = widest(width, p, cell.value, PAGE_SIZE, mean);
    if (g->lines) width = widest(width, p, cell.range, PAGE_SMALL - 0.4, false);
  }
  return width + COLUMN_GAP;
}

/* Each column as wide as it needs, with what is left shared out. False where there is too little. */
static bool share_out(paper_flow *p, const report *r, table_layout *g, bool lines, bool joined) {
  const double room = p->inside - g->first;
  double needed = 0;
  g->lines = lines;
  g->joined = joined;
  for (size_t c = 0; c < g->t->columns; c++) needed += g->width[c] = column_needs(p, r, g, c);
  const bool fits = needed <= room;
  for (size_t c = 0; c < g->t->columns; c++) {
    g->width[c] = fits ? g->width[c] + (room - needed) / (double)g->t->columns : g->width[c] * room / needed;
  }
  return fits;
}

static void draw_cell(paper_flow *p, const table_cell *cell, double right, bool lines, bool mean, bool camera) {
  char text[3 * WORDING_SHORT];
  if (!lines) {
    one_line(cell, text);
    typeset_draw(p->cr, right, p->y,
                 &(lettering){ .text = text[0]  ? text
                                       : camera ? ""
                                                : "–",
                               .size = PAGE_SMALL + 0.3,
                               .align = 1,
                               .bold = mean,
                               .colour = camera || !text[0] ? PAPER_FAINT : PAPER_TEXT });
    return;
  }
  if (cell->value[0]) {
    typeset_draw(
        p->cr, right, p->y,
        &(lettering){ .text = cell->value, .size = PAGE_SIZE, .align = 1, .bold = mean, .colour = PAPER_TEXT });
  }
  if (cell->range[0]) {
    typeset_draw(p->cr, right, p->y + (camera ? 0.6 : 9.6),
                 &(lettering){ .text = cell->range, .size = PAGE_SMALL - 0.4, .align = 1, .colour = PAPER_FAINT });
  } else if (!cell->value[0] && !camera) {
    typeset_draw(p->cr, right, p->y, &(lettering){ .text = "–", .size = PAGE_SIZE, .align = 1, .colour = PAPER_FAINT });
  }
}

static void draw_row(paper_flow *p, const report *r, const table_layout *g, size_t row) {
  const repetition_table *t = g->t;
  char name[WORDING_SHORT];
  const bool mean = t->means && row == 0, camera = t->means && row == 1;
  const double height = !g->lines ? ROW_LINE : camera ? 0.6 * ROW_LINES : ROW_LINES;
  professional_row_name(r, t, row, name);
  typeset_draw(p->cr, PAPER_MARGIN, p->y,
               &(lettering){ .text = name, .size = PAGE_SMALL + 0.3, .bold = mean, .colour = PAPER_TEXT });
  for (size_t c = 0; c < t->columns; c++) {
    table_cell cell;
    professional_cell(r, t, row, c, &cell);
    draw_cell(p, &cell, right_of(g, c), g->lines, mean, camera);
  }
  p->y += height;
  if (mean) return;
  ink_line(p->cr, PAPER_MARGIN, p->y - 0.6, PAPER_MARGIN + p->inside, p->y - 0.6, 0.35, PAPER_LINE);
  p->y += 0.8;
}

void print_tables(paper_flow *p, const report *r) {
  repetition_table tables[TABLES_MAX];
  const size_t count = professional_table_list(r, tables);
  table_layout g = { .language = r->language, .first = first_column(p, r, tables, count) };
  for (size_t i = 0; i < count; i++) {
    g.t = &tables[i];
    if (!share_out(p, r, &g, false, true) && !share_out(p, r, &g, true, true)) (void)share_out(p, r, &g, true, false);
    const double row_height = g.lines ? ROW_LINES : ROW_LINE;
    paper_need(p, 40 + 3 * row_height);
    draw_head(p, &g);
    for (size_t row = 0; row < g.t->rows; row++) {
      if (paper_room(p) < row_height) {
        paper_turn(p, NULL);
        draw_head(p, &g);
      }
      draw_row(p, r, &g, row);
    }
    p->y += PAGE_AFTER - 2;
  }
}

/* ---- HTML ---- */

/* On a telephone the row is a card: each number then stands beside its name. */
static void put_cell(html_writer *w, const report *r, const sagitta_quantity_info *info, const table_cell *cell) {
  const bool nothing = !cell->value[0] && !cell->range[0];
  html_put(w, nothing ? "<td role=\"cell\" class=\"nothing\" data-label=\"" : "<td role=\"cell\" data-label=\"");
  html_put_text(w, say(r->language, info->label));
  html_put(w, " ");
  html_put_text(w, info->unit);
  html_put(w, "\">");
  html_put_text(w, cell->value[0] ? cell->value : cell->range[0] ? "" : "–");
  if (cell->range[0]) {
    html_put(w, "<span class=\"range\">");
    html_put_text(w, cell->range);
    html_put(w, "</span>");
  }
  html_put(w, "</td>");
}

/* German names are long: one may be broken where its last part begins. Not every browser knows where that is. */
static void put_breakable(html_writer *w, const char *label) {
  static const char *const last_parts[] = { "beugung", "anteil", "schenkel" };
  char first[WORDING_SHORT];
  for (size_t i = 0; i < sizeof last_parts / sizeof *last_parts; i++) {
    const char *part = strstr(label, last_parts[i]);
    if (!part || part == label || (size_t)(part - label) >= sizeof first) continue;
    (void)snprintf(first, sizeof first, "%.*s", (int)(part - label), label);
    html_put_text(w, first);
    html_put(w, "&#173;");
    html_put_text(w, part);
    return;
  }
  html_put_text(w, label);
}

static void put_head(html_writer *w, const report *r, const repetition_table *t) {
  html_put(w, "<table class=\"figures\" role=\"table\"><caption>");
  html_put_text(w, t->title);
  html_put_format(
      w,
      " <span class=\"small\">%s</span></caption>\n<thead role=\"rowgroup\"><tr role=\"row\"><th scope=\"col\" "
      "role=\"columnheader\"><span class=\"unseen\">%s</span></th>",
      say(r->language, "with the 95 % interval below each value"), say(r->language, "Row"));
  for (size_t c = 0; c < t->columns; c++) {
    html_put(w, "<th scope=\"col\" role=\"columnheader\">");
    put_breakable(w, say(r->language, t->column[c]->label));
    html_put(w, "&#160;");
    html_put_text(w, t->column[c]->unit);
    html_put(w, "</th>");
  }
  html_put(w, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
}

/* The roles are those of a table, said because a style that shows rows as cards takes them away. */
static void put_table(html_writer *w, const report *r, const repetition_table *t) {
  html_put(w, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
  html_put_text(w, t->title);
  html_put(w, "\">");
  put_head(w, r, t);
  for (size_t row = 0; row < t->rows; row++) {
    char name[WORDING_SHORT];
    professional_row_name(r, t, row, name);
    html_put(w, t->means && row == 0 ? "<tr role=\"row\" class=\"mean\">" : "<tr role=\"row\">");
    html_put(w, "<th scope=\"row\" role=\"rowheader\">");
    html_put_text(w, name);
    html_put(w, "</th>");
    for (size_t c = 0; c < t->columns; c++) {
      table_cell cell;
      professional_cell(r, t, row, c, &cell);
      put_cell(w, r, t->column[c], &cell);
    }
    html_put(w, "</tr>\n");
  }
  html_put(w, "</tbody></table></div>\n");
}

void html_put_tables(html_writer *w, const report *r) {
  repetition_table tables[TABLES_MAX];
  const size_t count = professional_table_list(r, tables);
  for (size_t i = 0; i < count; i++) put_table(w, r, &tables[i]);
}
