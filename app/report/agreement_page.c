/* SPDX-License-Identifier: Apache-2.0 */
/* Agreement on paper: of each quantity the plot of Bland and Altman with its figures beside it, and what was done. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "agreement/words.h"
#include "cli/text.h"
#include "report/pages.h"

#define SIZE       8.5 /* of the text, points */
#define PLOT_HIGH  168.0
#define PLOT_SHARE 0.52 /* of the width */

/* ---- the plot ---- */

typedef struct plot {
  cairo_t *cr;
  const agreement_page *page;
  const agreement_quantity *q;
  double x, y, width, height;    /* of the field, points */
  double left, right, low, high; /* of the values, in the shown unit */
  double *mean, *difference;     /* of the points, in the shown unit */
} plot;

static double factor_of(const agreement_quantity *q) {
  return q->info ? q->info->factor : 1;
}

static double x_of(const plot *p, double value) {
  return p->x + p->width * (value - p->left) / (p->right - p->left);
}

static double y_of(const plot *p, double value) {
  return p->y + p->height * (p->high - value) / (p->high - p->low);
}

/* Of repeats: the mean of that subject. */
static double subject_mean(const agreement_quantity *q, size_t subject) {
  double sum = 0;
  size_t count = 0;
  for (size_t i = 0; i < q->pairs; i++) {
    if (q->subject[i] != subject) continue;
    sum += q->first[i];
    count++;
  }
  return sum / (double)count;
}

static void find_points(plot *p) {
  const bool repeats = p->page->agreement->design == AGREEMENT_REPEATS;
  const double factor = factor_of(p->q);
  for (size_t i = 0; i < p->q->pairs; i++) {
    const double a = p->q->first[i], b = repeats ? subject_mean(p->q, p->q->subject[i]) : p->q->second[i];
    p->mean[i] = factor * (repeats ? b : (a + b) / 2);
    p->difference[i] = factor * (a - b);
  }
}

/* What lines lie across the plot: value, and the interval that is shaded around it. */
static size_t lines_of(const plot *p, estimate line[3]) {
  const agreement_limits *l = &p->q->limits;
  const double f = factor_of(p->q), spread = 1.96 * p->q->reliability.sem_within.value;
  const estimate limits[3] = { l->lower, l->bias, l->upper };
  if (p->page->agreement->design == AGREEMENT_REPEATS) {
    line[0] = (estimate){ -spread * f, NAN, NAN };
    line[1] = (estimate){ 0, NAN, NAN };
    line[2] = (estimate){ spread * f, NAN, NAN };
  } else {
    for (int i = 0; i < 3; i++) line[i] = (estimate){ limits[i].value * f, limits[i].low * f, limits[i].high * f };
  }
  return isfinite(line[0].value) ? 3 : 0;
}

static void widen(double value, double *low, double *high) {
  if (!isfinite(value)) return;
  *low = fmin(*low, value);
  *high = fmax(*high, value);
}

static void find_range(plot *p) {
  estimate line[3];
  p->left = p->low = INFINITY;
  p->right = p->high = -INFINITY;
  for (size_t i = 0; i < p->q->pairs; i++) {
    widen(p->mean[i], &p->left, &p->right);
    widen(p->difference[i], &p->low, &p->high);
  }
  for (size_t i = 0, n = lines_of(p, line); i < n; i++) {
    widen(line[i].value, &p->low, &p->high);
    widen(line[i].low, &p->low, &p->high);
    widen(line[i].high, &p->low, &p->high);
  }
  widen(0, &p->low, &p->high);
  const double wide = fmax(p->right - p->left, 1e-9), tall = fmax(p->high - p->low, 1e-9);
  p->left -= 0.05 * wide;
  p->right += 0.05 * wide;
  p->low -= 0.06 * tall;
  p->high += 0.06 * tall;
}

static void draw_lines(const plot *p) {
  estimate line[3];
  const size_t n = lines_of(p, line);
  for (size_t i = 0; i < n; i++) {
    if (!isfinite(line[i].low) || !isfinite(line[i].high)) continue;
    const double top = y_of(p, line[i].high), foot = y_of(p, line[i].low);
    ink_box(p->cr, p->x, top, p->width, foot - top, PAPER_WASH);
  }
  ink_line(p->cr, p->x, y_of(p, 0), p->x + p->width, y_of(p, 0), 0.5, PAPER_LINE);
  for (size_t i = 0; i < n; i++) {
    const double dash[2] = { 4, 2.5 }, y = y_of(p, line[i].value);
    char text[AGREEMENT_VALUE];
    if (i != 1) cairo_set_dash(p->cr, dash, 2, 0);
    ink_line(p->cr, p->x, y, p->x + p->width, y, 0.9, PAPER_BACK);
    cairo_set_dash(p->cr, NULL, 0, 0);
    agreement_value(p->q, line[i].value / factor_of(p->q), true, p->page->language, text);
    typeset_draw_middle(p->cr, p->x + p->width + 3, y,
                        &(lettering){ .text = text, .size = 7.5, .bold = true, .colour = PAPER_BACK });
  }
}

static void tick_text(double value, double step, const char *language, char text[32]) {
  const int decimals = step < 1 ? (int)fmin(6, ceil(-log10(step) - 1e-9)) : 0;
  const bool zero = fabs(value) < step / 1e6;
  (void)text_format(text, 32, language, "%s%.*f", value < 0 && !zero ? "−" : "", decimals, zero ? 0 : fabs(value));
}

static void draw_axes(const plot *p) {
  char text[32];
  double step = axis_step(p->high - p->low, 6);
  for (double v = ceil(p->low / step) * step; v <= p->high; v += step) {
    tick_text(v, step, p->page->language, text);
    ink_line(p->cr, p->x - 3, y_of(p, v), p->x, y_of(p, v), 0.5, PAPER_FAINT);
    typeset_draw_middle(p->cr, p->x - 5, y_of(p, v),
                        &(lettering){ .text = text, .size = 7, .align = 1, .colour = PAPER_FAINT });
  }
  step = axis_step(p->right - p->left, 6);
  for (double v = ceil(p->left / step) * step; v <= p->right; v += step) {
    tick_text(v, step, p->page->language, text);
    ink_line(p->cr, x_of(p, v), p->y + p->height, x_of(p, v), p->y + p->height + 3, 0.5, PAPER_FAINT);
    typeset_draw(p->cr, x_of(p, v), p->y + p->height + 4,
                 &(lettering){ .text = text, .size = 7, .align = 0.5, .colour = PAPER_FAINT });
  }
  ink_line(p->cr, p->x, p->y, p->x, p->y + p->height, 0.5, PAPER_FAINT);
  ink_line(p->cr, p->x, p->y + p->height, p->x + p->width, p->y + p->height, 0.5, PAPER_FAINT);
}

static void draw_names(const plot *p) {
  const char *language = p->page->language;
  const bool repeats = p->page->agreement->design == AGREEMENT_REPEATS;
  const lettering up = { .text = repeats ? say(language, "From the person's mean") : say(language, "Difference"),
                         .size = 7.5,
                         .align = 0.5,
                         .colour = PAPER_FAINT };
  cairo_save(p->cr);
  cairo_translate(p->cr, p->x - 34, p->y + p->height / 2);
  cairo_rotate(p->cr, -M_PI / 2);
  typeset_draw_middle(p->cr, 0, 0, &up);
  cairo_restore(p->cr);
  typeset_draw(p->cr, p->x + p->width / 2, p->y + p->height + 13,
               &(lettering){ .text = repeats ? say(language, "The person's mean") : say(language, "Mean of the two"),
                             .size = 7.5,
                             .align = 0.5,
                             .colour = PAPER_FAINT });
}

static void draw_points(const plot *p) {
  for (size_t i = 0; i < p->q->pairs; i++) {
    cairo_new_path(p->cr);
    cairo_arc(p->cr, x_of(p, p->mean[i]), y_of(p, p->difference[i]), 2, 0, 2 * M_PI);
    use_ink(p->cr, PAPER_HIPS, 0.75);
    cairo_fill(p->cr);
  }
}

/* Into a box; false when memory is short. */
static bool draw_plot(cairo_t *cr, const agreement_page *page, const agreement_quantity *q, double x, double y,
                      double width, double height) {
  plot p = { .cr = cr, .page = page, .q = q, .x = x + 42, .y = y + 4, .width = width - 42 - 38, .height = height - 32 };
  p.mean = calloc(2 * q->pairs + 1, sizeof *p.mean);
  if (!p.mean) return false;
  p.difference = p.mean + q->pairs;
  find_points(&p);
  find_range(&p);
  draw_lines(&p);
  draw_axes(&p);
  draw_names(&p);
  draw_points(&p);
  free(p.mean);
  return true;
}

/* ---- the page ---- */

/* Rows of figures in a column; returns the height. `cr` of a paper_aside measures. */
static double draw_rows(cairo_t *cr, const text_row *row, size_t rows, double x, double y, double width) {
  const double top = y;
  for (size_t i = 0; i < rows; i++) {
    double height, below = 0;
    const lettering label = { .text = row[i].label, .size = SIZE, .width = 0.62 * width, .colour = PAPER_FAINT };
    const lettering value = { .text = row[i].value, .size = SIZE, .bold = true, .align = 1, .colour = PAPER_TEXT };
    height = typeset_draw(cr, x, y, &label);
    below = typeset_draw(cr, x + width, y, &value);
    if (row[i].more[0]) {
      below += typeset_draw(cr, x + width, y + below,
                            &(lettering){ .text = row[i].more, .size = 7.5, .align = 1, .colour = PAPER_FAINT });
    }
    y += fmax(height, below) + 1.5;
  }
  return y - top;
}

static void draw_quantity(paper_flow *p, const agreement_page *page, const agreement_quantity *q) {
  text_row row[AGREEMENT_ROWS];
  char label[AGREEMENT_LABEL], counts[AGREEMENT_LABEL], heading[2 * AGREEMENT_LABEL + 8];
  const size_t rows = agreement_rows(page->agreement, q, page->language, row);
  const double plot_width = PLOT_SHARE * p->inside, width = p->inside - plot_width - 16;
  agreement_quantity_label(q, page->language, label);
  agreement_counts(page->agreement, q, page->language, counts);
  (void)snprintf(heading, sizeof heading, "%s · %s", label, counts);
  paper_flow aside = paper_aside(page->paper, p);
  const double rows_high = draw_rows(aside.cr, row, rows, 0, 0, width);
  paper_end_aside(&aside);
  const double high = fmax(PLOT_HIGH, rows_high);
  paper_need(p, high + 22);
  paper_heading(p, heading);
  if (!draw_plot(p->cr, page, q, PAPER_MARGIN, p->y, plot_width, PLOT_HIGH)) {
    cairo_set_source(p->cr, NULL); /* the context remembers that memory was short, and the file is not written */
  }
  draw_rows(p->cr, row, rows, PAPER_MARGIN + plot_width + 16, p->y + 2, width);
  p->y += high + 10;
}

static void draw_statements(paper_flow *p, const agreement_page *page) {
  text_row row[AGREEMENT_ROWS];
  const size_t rows = agreement_statement_rows(page->agreement, page->language, row);
  if (!rows) return;
  paper_need(p, 30 + 22 * (double)rows);
  paper_heading(p, say(page->language, "Statements"));
  p->y += draw_rows(p->cr, row, rows, PAPER_MARGIN, p->y + 2, 0.6 * p->inside) + 10;
}

static void draw(paper_flow *p, const void *of) {
  const agreement_page *page = of;
  char title[AGREEMENT_TEXT], note[AGREEMENT_NOTES][AGREEMENT_TEXT];
  agreement_title(page->agreement, page->language, title);
  paper_turn(p, title);
  paper_head_of(p, page->clinic, title, page->day);
  for (size_t i = 0; i < page->agreement->quantities; i++) draw_quantity(p, page, &page->agreement->quantity[i]);
  draw_statements(p, page);
  const size_t notes = agreement_notes(page->agreement, page->language, note);
  for (size_t i = 0; i < notes; i++) {
    paper_text(p, &(lettering){ .text = note[i], .size = 7.5, .colour = PAPER_FAINT }, 2);
  }
}

sagitta_status agreement_page_write(const agreement_page *page, report_format format, sagitta_output *to,
                                    sagitta_error *error) {
  char title[AGREEMENT_TEXT], foot[200];
  if (report_ready(error) != SAGITTA_OK) return error->status;
  agreement_title(page->agreement, page->language, title);
  (void)snprintf(foot, sizeof foot, say(page->language, "Sagitta %s · a screening and tracking aid, not a diagnosis"),
                 sagitta_version());
  const paper_document document = { page->paper, title, title, foot, draw, page };
  return paper_write(&document, format, to, error);
}
