/* SPDX-License-Identifier: Apache-2.0 */
/* The band below the picture: the angles now, how they share the bend or what the test is about, and the time line with
 * its cursor. */
#include "overlay/overlay_parts.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"
#include "cli/verdict_words.h"
#include "drawing/lettering.h"

#define SIDE_BY_SIDE  48 /* units of width from which the values stand left of the time line */
#define VALUES_WIDTH  22.0
#define VALUES_HEIGHT 7.4
#define CHART_HEIGHT  7.4

struct band {
  const sagitta_result *result;
  const char *language;
  const struct shown_lines *lines;
  const sagitta_quantity_info *own; /* what the test is about; NULL: hips and back themselves */
  size_t rows;
  int width, height; /* px */
  double unit;
  double x, y, chart_width, chart_height; /* of the plot's area, px */
  double low, high;                       /* deg, of the plot */
  double begin, end;                      /* s */
  cairo_surface_t *chart;                 /* all that does not move */
};

static bool beside(int width, double unit) {
  return width >= SIDE_BY_SIDE * unit;
}

int band_height(int width, double unit) {
  double height = beside(width, unit) ? fmax(VALUES_HEIGHT, CHART_HEIGHT) : VALUES_HEIGHT + CHART_HEIGHT;
  return 2 * (int)(height * unit / 2);
}

/* What is drawn through time: of tests of the leg what the leg does, of all others hips and back. */
static const struct shown_lines {
  struct {
    sagitta_angle angle;
    double sign; /* the thigh's turn counts upward */
    const char *name;
  } line[2];
} bend_lines = { { { SAGITTA_ANGLE_HIP_HINGE, 1, TRANSLATABLE("Hip hinge") },
                   { SAGITTA_ANGLE_LUMBAR_FLEXION, 1, TRANSLATABLE("Lumbar flexion") } } },
  raise_lines = { { { SAGITTA_ANGLE_THIGH_ROTATION, -1, TRANSLATABLE("Leg raised") },
                    { SAGITTA_ANGLE_KNEE_FLEXION, 1, TRANSLATABLE("Knee flexion") } } },
  knee_lines = { { { SAGITTA_ANGLE_THIGH_ROTATION, 1, TRANSLATABLE("Thigh turned") },
                   { SAGITTA_ANGLE_KNEE_FLEXION, 1, TRANSLATABLE("Knee flexion") } } };

static void choose(band *b) {
  const sagitta_test *test = sagitta_test_find(sagitta_result_test(b->result));
  const char *key = test ? test->quantities[0] : NULL;
  b->language = sagitta_result_language(b->result);
  b->lines = key && strcmp(key, "leg_raise_deg") == 0    ? &raise_lines
             : key && strcmp(key, "knee_angle_deg") == 0 ? &knee_lines
                                                         : &bend_lines;
  if (key && strcmp(key, "hip_hinge_deg") != 0) b->own = sagitta_quantity_find(key);
}

static sagitta_angle_value angle_at(const band *b, size_t row, int line) {
  if (row >= b->rows) return (sagitta_angle_value){ NAN, NAN, NAN };
  const double sign = b->lines->line[line].sign;
  const sagitta_angle_value v = sagitta_result_angle(b->result, row, b->lines->line[line].angle);
  return sign > 0 ? v : (sagitta_angle_value){ -v.value, -v.high, -v.low };
}

static ink line_ink(int line) {
  return line == 0 ? INK_HIPS : INK_BACK;
}

static double x_of(const band *b, double time_s) {
  double span = b->end > b->begin ? b->end - b->begin : 1;
  return b->x + (time_s - b->begin) / span * b->chart_width;
}

static double y_of(const band *b, double degrees) {
  return b->y + b->chart_height * (b->high - degrees) / (b->high - b->low);
}

static void find_range(band *b) {
  b->low = -5;
  b->high = 40;
  for (size_t i = 0; i < b->rows; i++) {
    for (int l = 0; l < 2; l++) {
      double value = angle_at(b, i, l).value;
      if (!isfinite(value)) continue;
      b->low = fmin(b->low, value - 5);
      b->high = fmax(b->high, value + 5);
    }
  }
  b->begin = 0;
  b->end = b->rows ? sagitta_result_angle_time(b->result, b->rows - 1) : 1;
}

static void draw_curve(const band *b, cairo_t *cr, int line) {
  cairo_new_path(cr);
  bool pen = false;
  for (size_t i = 0; i < b->rows; i++) {
    double value = angle_at(b, i, line).value;
    if (!isfinite(value)) {
      pen = false;
      continue;
    }
    double x = x_of(b, sagitta_result_angle_time(b->result, i)), y = y_of(b, value);
    if (pen) {
      cairo_line_to(cr, x, y);
    } else {
      cairo_move_to(cr, x, y);
    }
    pen = true;
  }
  use_ink(cr, line_ink(line), 1);
  cairo_set_line_width(cr, b->unit * 0.13);
  cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke(cr);
}

static void draw_repetitions(const band *b, cairo_t *cr) {
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(b->result, &count);
  for (size_t i = 0; i < count; i++) {
    double from = x_of(b, repetitions[i].start_s), to = x_of(b, repetitions[i].end_s);
    cairo_rectangle(cr, from, b->y, to - from, b->chart_height);
    use_ink(cr, INK_TEXT, repetitions[i].valid ? 0.09 : 0.04);
    cairo_fill(cr);
    char number[24];
    snprintf(number, sizeof number, "%zu%s", i + 1, repetitions[i].valid ? "" : "*");
    const lettering label = { .text = number, .size = b->unit * 0.7, .colour = INK_FAINT };
    if (lettering_measure(cr, &label).width + b->unit * 0.4 < to - from)
      lettering_draw(cr, from + b->unit * 0.2, b->y + b->unit * 0.05, &label);
  }
}

/* A round number of degrees or seconds of which about `most` fit into the span. */
static double step_for(double span, int most) {
  static const double steps[] = { 0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600 };
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    if (span / steps[i] <= most) return steps[i];
  }
  return span;
}

static void draw_axes(const band *b, cairo_t *cr) {
  char text[32];
  double size = b->unit * 0.7, step = step_for(b->high - b->low, 3);
  cairo_set_line_width(cr, fmax(1, b->unit * 0.05));
  for (double degrees = ceil(b->low / step) * step; degrees <= b->high; degrees += step) {
    double y = floor(y_of(b, degrees)) + 0.5;
    cairo_move_to(cr, b->x, y);
    cairo_line_to(cr, b->x + b->chart_width, y);
    use_ink(cr, INK_FAINT, degrees == 0 ? 0.6 : 0.25);
    cairo_stroke(cr);
    snprintf(text, sizeof text, "%.0f°", degrees == 0 ? 0 : degrees);
    const lettering label = { .text = text, .size = size, .align = 1, .colour = INK_FAINT };
    lettering_draw(cr, b->x - b->unit * 0.25, y - size * 0.62, &label);
  }
  double seconds = step_for(b->end - b->begin, (int)(b->chart_width / (5 * b->unit)) + 1);
  for (double s = 0; s <= b->end + 1e-9; s += seconds) {
    double x = x_of(b, s);
    text_format(text, sizeof text, b->language, seconds < 1 ? "%.1f s" : "%.0f s", s);
    const lettering label = { .text = text, .size = size, .align = 0.5, .colour = INK_FAINT };
    lettering_draw(cr, x, b->y + b->chart_height + b->unit * 0.12, &label);
  }
}

static void draw_chart(band *b) {
  cairo_t *cr = cairo_create(b->chart);
  use_ink(cr, INK_GROUND, 1);
  cairo_paint(cr);
  draw_repetitions(b, cr);
  draw_axes(b, cr);
  for (int l = 0; l < 2; l++) draw_curve(b, cr, l);
  cairo_destroy(cr);
}

band *band_new(const sagitta_result *result, int width, double unit) {
  band *b = calloc(1, sizeof *b);
  if (!b) return NULL;
  b->result = result;
  b->rows = sagitta_result_angle_rows(result);
  choose(b);
  b->width = width;
  b->height = band_height(width, unit);
  b->unit = unit;
  bool side = beside(width, unit);
  b->x = (side ? VALUES_WIDTH + 3.5 : 3.2) * unit;
  b->y = (side ? 0.7 : VALUES_HEIGHT + 0.2) * unit;
  b->chart_width = width - b->x - 1.6 * unit;
  b->chart_height = b->height - b->y - 1.5 * unit;
  find_range(b);
  b->chart = cairo_image_surface_create(CAIRO_FORMAT_RGB24, b->width, b->height);
  if (cairo_surface_status(b->chart) != CAIRO_STATUS_SUCCESS) {
    band_free(&b);
    return NULL;
  }
  draw_chart(b);
  return b;
}

void band_free(band **b) {
  if (!*b) return;
  cairo_surface_destroy((*b)->chart);
  free(*b);
  *b = NULL;
}

static bool is_inferred(const band *b, int line) {
  if (b->lines != &bend_lines) return false;
  const sagitta_summary *summary = sagitta_result_summary(b->result);
  return line == 0 ? summary->hip_hinge.inferred : summary->lumbar_flexion.inferred;
}

static double whole(double value) {
  double rounded = round(value);
  return rounded == 0 ? 0 : rounded;
}

static void draw_value(const band *b, cairo_t *cr, int line, sagitta_angle_value v) {
  double u = b->unit, y = (0.75 + 1.75 * line) * u;
  char text[64];
  const lettering name = { .text = say(b->language, b->lines->line[line].name), .size = u, .colour = INK_TEXT };
  use_ink(cr, line_ink(line), 1);
  cairo_rectangle(cr, 1.0 * u, y + 0.28 * u, 0.75 * u, 0.75 * u);
  cairo_fill(cr);
  lettering_draw(cr, 2.3 * u, y, &name);
  if (!isfinite(v.value)) {
    snprintf(text, sizeof text, "–");
  } else {
    snprintf(text, sizeof text, "%s%.0f°", is_inferred(b, line) ? "≈" : "", whole(v.value));
  }
  const lettering value = { .text = text, .size = 1.2 * u, .bold = true, .align = 1, .colour = INK_TEXT };
  lettering_draw(cr, 14.6 * u, y - 0.12 * u, &value);
  if (!isfinite(v.low) || !isfinite(v.high)) return;
  double low = whole(v.low);
  snprintf(text, sizeof text, "%.0f°%s%.0f°", low, low < 0 ? say(b->language, " to ") : "–", whole(v.high));
  const lettering interval = { .text = text, .size = 0.85 * u, .colour = INK_FAINT };
  lettering_draw(cr, 15.3 * u, y + 0.12 * u, &interval);
}

/* Hips and back end to end, on the scale of the whole recording's deepest bend. */
static void draw_split_bar(const band *b, cairo_t *cr, const sagitta_angle_value *v) {
  double u = b->unit, x = u, y = 4.15 * u, width = (VALUES_WIDTH - 1.2) * u, height = 0.8 * u;
  double deepest = 60;
  for (size_t i = 0; i < b->rows; i++) {
    double sum = angle_at(b, i, 0).value + angle_at(b, i, 1).value;
    if (sum > deepest) deepest = sum;
  }
  cairo_rectangle(cr, x, y, width, height);
  use_ink(cr, INK_TEXT, 0.10);
  cairo_fill(cr);
  for (int l = 0; l < 2; l++) {
    double part = isfinite(v[l].value) ? fmax(v[l].value, 0) / deepest * width : 0;
    cairo_rectangle(cr, x, y, part, height);
    use_ink(cr, line_ink(l), 1);
    cairo_fill(cr);
    x += part;
  }
}

/* The repetition whose furthest point was reached last by then, from 0; `count` where none was. */
static size_t reached(const sagitta_repetition *repetitions, size_t count, double time_s, bool stands) {
  size_t last = count;
  for (size_t i = 0; i < count; i++) {
    if (time_s >= (stands ? repetitions[i].start_s : repetitions[i].end_range_s)) last = i;
  }
  return last;
}

/* What the test is about, as this repetition has it: known from its furthest point on. Time held counts up from there
 * to what counted of it, and never shows more. */
static void draw_own(const band *b, cairo_t *cr, double time_s) {
  const double u = b->unit, y = 4.05 * u;
  const bool stands = strstr(b->own->key, "_tilt_") != NULL, clock = strcmp(b->own->key, "neutral_hold_s") == 0;
  size_t count;
  const sagitta_repetition *repetitions = sagitta_result_repetitions(b->result, &count);
  const size_t i = reached(repetitions, count, time_s, stands);
  const sagitta_quantity *q = i < count ? sagitta_repetition_quantity(&repetitions[i], b->own->key) : NULL;
  char text[64];
  const lettering name = { .text = say(b->language, b->own->label), .size = u, .colour = INK_TEXT };
  lettering_draw(cr, u, y, &name);
  if (q && q->known) {
    const double value = clock ? fmin(q->value, time_s - repetitions[i].end_range_s) : q->value;
    char number[TEXT_NUMBER];
    const bool close = strncmp(b->own->unit, "°", strlen("°")) == 0;
    snprintf(text, sizeof text, "%s%s%s%s", q->inferred ? "≈" : "",
             text_number(number, value * b->own->factor, b->own->decimals, false, b->language), close ? "" : " ",
             b->own->unit);
  } else {
    snprintf(text, sizeof text, "–");
  }
  const lettering value = { .text = text, .size = 1.35 * u, .bold = true, .align = 1, .colour = INK_TEXT };
  lettering_draw(cr, 15.3 * u, y - 0.26 * u, &value);
  if (i >= count) return;
  snprintf(text, sizeof text, say(b->language, "%zu of %zu"), i + 1, count);
  const lettering which = { .text = text, .size = 0.85 * u, .colour = INK_FAINT };
  lettering_draw(cr, 15.9 * u, y + 0.12 * u, &which);
}

static void draw_status(const band *b, cairo_t *cr, size_t row, double time_s) {
  char text[96];
  size_t count;
  sagitta_result_repetitions(b->result, &count);
  int repetition = row < b->rows ? sagitta_result_angle_repetition(b->result, row) : 0;
  if (repetition > 0 && !b->own) {
    text_format(text, sizeof text, b->language, say(b->language, "%.1f s · %d of %zu · 95 %% interval"), time_s,
                repetition, count);
  } else {
    text_format(text, sizeof text, b->language, say(b->language, "%.1f s · 95 %% interval"), time_s);
  }
  const lettering status = { .text = text, .size = 0.8 * b->unit, .colour = INK_FAINT };
  lettering_draw(cr, b->unit, (b->own ? 5.5 : 5.2) * b->unit, &status);
}

/* What the whole recording says, in few words. */
static void draw_verdict(const band *b, cairo_t *cr) {
  char text[VERDICT_GIST];
  if (!verdict_gist(text, sagitta_result_verdict(b->result), sagitta_result_language(b->result))) return;
  const lettering gist = { .text = text, .size = 0.8 * b->unit, .bold = true, .colour = INK_TEXT };
  lettering_draw(cr, b->unit, (b->own ? 6.45 : 6.25) * b->unit, &gist);
}

static void draw_cursor(const band *b, cairo_t *cr, const sagitta_angle_value *v, double time_s) {
  double x = x_of(b, fmin(time_s, b->end));
  cairo_move_to(cr, x, b->y);
  cairo_line_to(cr, x, b->y + b->chart_height);
  use_ink(cr, INK_TEXT, 0.9);
  cairo_set_line_width(cr, fmax(1, b->unit * 0.1));
  cairo_stroke(cr);
  for (int l = 0; l < 2; l++) {
    if (!isfinite(v[l].value)) continue;
    cairo_arc(cr, x, y_of(b, v[l].value), b->unit * 0.27, 0, 2 * M_PI);
    use_ink(cr, line_ink(l), 1);
    cairo_fill(cr);
  }
}

void band_draw(const band *b, cairo_t *cr, size_t row, double time_s) {
  sagitta_angle_value v[2];
  for (int l = 0; l < 2; l++) v[l] = angle_at(b, row, l);
  cairo_set_source_surface(cr, b->chart, 0, 0);
  cairo_paint(cr);
  for (int l = 0; l < 2; l++) draw_value(b, cr, l, v[l]);
  b->own ? draw_own(b, cr, time_s) : draw_split_bar(b, cr, v);
  draw_status(b, cr, row, time_s);
  draw_verdict(b, cr);
  draw_cursor(b, cr, v, time_s);
}
