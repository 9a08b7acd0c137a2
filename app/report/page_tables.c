/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of every repetition on the professional's page. */
#include <stdio.h>
#include <string.h>

#include "report/pages.h"
#include "report/phrases.h"
#include "report/table.h"

typedef struct grid {
  const table *t;
  double first;                /* width of the column of names */
  double width[TABLE_COLUMNS]; /* of the others: what stands in them, and an equal part of the room that is left */
  bool joined;                 /* the unit stays with the last word of the label */
  bool lines;                  /* the intervals stand below the values, because not every cell fits into one line */
} grid;

#define COLUMN_GAP 7.0

/* Where column c ends: figures are set to the right. */
static double right_of(const grid *g, size_t c) {
  double right = PAPER_MARGIN + g->first;
  for (size_t i = 0; i <= c; i++) right += g->width[i];
  return right;
}

static double widest(double so_far, paper *p, const char *text, double size, bool bold) {
  double width;
  type_measure(p->cr, &(type){ .text = text, .size = size, .bold = bold }, &width, NULL);
  return width > so_far ? width : so_far;
}

/* As wide as the longest name of a row or a table. */
static double first_column(paper *p, const report *r, const table *tables, size_t count) {
  double width = 0;
  for (size_t i = 0; i < count; i++) {
    width = widest(width, p, tables[i].title, PAGE_SIZE, true);
    for (size_t row = 0; row < tables[i].rows; row++) {
      char name[PHRASE_SHORT];
      table_row_name(r, &tables[i], row, name);
      width = widest(width, p, name, PAGE_SMALL + 0.3, true);
    }
  }
  return width + 6;
}

static void label_of(const grid *g, size_t c, char text[120]) {
  const sagitta_quantity_info *info = g->t->column[c];
  (void)snprintf(text, 120, "%s%s%s", phrase(info->label),
                 !info->unit[0] ? ""
                 : g->joined    ? "\u00a0"
                                : " ",
                 info->unit);
}

static type head_type(const char *label) {
  return (type){ .text = label, .size = PAGE_SMALL, .align = 1, .bold = true, .colour = PAPER_TEXT };
}

static void draw_head(paper *p, const grid *g) {
  const table *t = g->t;
  double height = 0;
  for (int pass = 0; pass < 2; pass++) {
    for (size_t c = 0; c < t->columns; c++) {
      char label[120];
      label_of(g, c, label);
      type head = head_type(label);
      double one;
      head.width = g->width[c] - COLUMN_GAP + 1;
      type_measure(p->cr, &head, NULL, &one);
      if (pass == 0) height = one > height ? one : height;
      if (pass == 1) type_draw(p->cr, right_of(g, c), p->y + height - one, &head);
    }
  }
  type title = { .text = t->title, .size = PAGE_SIZE, .bold = true, .colour = PAPER_TEXT };
  double one;
  type_measure(p->cr, &title, NULL, &one);
  height = one > height ? one : height;
  type_draw(p->cr, PAPER_MARGIN, p->y + height - one, &title);
  p->y += height + 2;
  line_draw(p->cr, PAPER_MARGIN, p->y, PAPER_MARGIN + PAPER_INSIDE, p->y, 0.6, PAPER_FAINT);
  p->y += 2;
}

/* One line for each row where every cell fits into one, else the intervals below the values. */
#define ROW_LINE  11.6
#define ROW_LINES 19.5

static void one_line(const table_cell *cell, char text[3 * PHRASE_SHORT]) {
  const bool both = cell->value[0] && cell->range[0];
  (void)snprintf(text, 3 * PHRASE_SHORT, "%s%s%s%s", cell->value, both ? " (" : "", cell->range, both ? ")" : "");
}

/* The longest word of the head: it is broken at blanks alone. */
static double head_needs(paper *p, const grid *g, size_t c) {
  char label[120], *rest = label;
  double width = 0;
  label_of(g, c, label);
  for (char *word; (word = strsep(&rest, " ")) != NULL;) width = widest(width, p, word, PAGE_SMALL, true);
  return width;
}

static double column_needs(paper *p, const report *r, const grid *g, size_t c) {
  double width = head_needs(p, g, c);
  for (size_t row = 0; row < g->t->rows; row++) {
    const bool mean = g->t->means && row == 0;
    table_cell cell;
    char text[3 * PHRASE_SHORT];
    table_cell_at(r, g->t, row, c, &cell);
    one_line(&cell, text);
    if (!g->lines) width = widest(width, p, text, PAGE_SMALL + 0.3, mean);
    if (g->lines) width = widest(width, p, cell.value, PAGE_SIZE, mean);
    if (g->lines) width = widest(width, p, cell.range, PAGE_SMALL - 0.4, false);
  }
  return width + COLUMN_GAP;
}

/* Each column as wide as it needs, with what is left shared out. False where there is too little. */
static bool share_out(paper *p, const report *r, grid *g, bool lines, bool joined) {
  const double room = PAPER_INSIDE - g->first;
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

static void draw_cell(paper *p, const table_cell *cell, double right, bool lines, bool mean, bool camera) {
  char text[3 * PHRASE_SHORT];
  if (!lines) {
    one_line(cell, text);
    type_draw(p->cr, right, p->y,
              &(type){ .text = text[0]  ? text
                               : camera ? ""
                                        : "–",
                       .size = PAGE_SMALL + 0.3,
                       .align = 1,
                       .bold = mean,
                       .colour = camera || !text[0] ? PAPER_FAINT : PAPER_TEXT });
    return;
  }
  if (cell->value[0]) {
    type_draw(p->cr, right, p->y,
              &(type){ .text = cell->value, .size = PAGE_SIZE, .align = 1, .bold = mean, .colour = PAPER_TEXT });
  }
  if (cell->range[0]) {
    type_draw(p->cr, right, p->y + (camera ? 0.6 : 9.6),
              &(type){ .text = cell->range, .size = PAGE_SMALL - 0.4, .align = 1, .colour = PAPER_FAINT });
  } else if (!cell->value[0] && !camera) {
    type_draw(p->cr, right, p->y, &(type){ .text = "–", .size = PAGE_SIZE, .align = 1, .colour = PAPER_FAINT });
  }
}

static void draw_row(paper *p, const report *r, const grid *g, size_t row) {
  const table *t = g->t;
  char name[PHRASE_SHORT];
  const bool mean = t->means && row == 0, camera = t->means && row == 1;
  const double height = !g->lines ? ROW_LINE : camera ? 0.6 * ROW_LINES : ROW_LINES;
  table_row_name(r, t, row, name);
  type_draw(p->cr, PAPER_MARGIN, p->y,
            &(type){ .text = name, .size = PAGE_SMALL + 0.3, .bold = mean, .colour = PAPER_TEXT });
  for (size_t c = 0; c < t->columns; c++) {
    table_cell cell;
    table_cell_at(r, t, row, c, &cell);
    draw_cell(p, &cell, right_of(g, c), g->lines, mean, camera);
  }
  p->y += height;
  if (mean) return;
  line_draw(p->cr, PAPER_MARGIN, p->y - 0.6, PAPER_MARGIN + PAPER_INSIDE, p->y - 0.6, 0.35, PAPER_LINE);
  p->y += 0.8;
}

void page_tables(paper *p, const report *r) {
  table tables[TABLES_MAX];
  const size_t count = table_list(r, tables);
  grid g = { .first = first_column(p, r, tables, count) };
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
