/* SPDX-License-Identifier: Apache-2.0 */
#include "report/figures.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/type.h"
#include "report/phrases.h"

double figure_step(double span, int most) {
  static const double steps[] = { 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1800, 3600 };
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    if (span / steps[i] <= most) return steps[i];
  }
  return span;
}

typedef struct part {
  bool (*possible)(const report *r);
  void (*draw)(cairo_t *cr, const report *r, figure f);
  void (*words)(const report *r, char *alt);
} part;

static const part arc = { arc_possible, arc_draw, arc_words };
static const part limb = { limb_possible, limb_draw, limb_words };
static const part scale = { scale_possible, scale_draw, scale_words };
static const part chart = { chart_possible, chart_draw, chart_words };
static const part thirds = { thirds_possible, thirds_draw, thirds_words };

/* What the test is about comes first: where it bends, or how far it reaches. */
static const part *part_of(const report *r, figure_kind kind) {
  if (kind == FIGURE_CHART) return &chart;
  if (kind == FIGURE_THIRDS) return &thirds;
  if (limb_possible(r)) return kind == FIGURE_BEND ? &limb : NULL;
  const bool bend_first = r->test->verdict || !scale_possible(r);
  if (bend_first && arc_possible(r)) return kind == FIGURE_BEND ? &arc : &scale;
  return kind == FIGURE_BEND ? &scale : &arc;
}

bool figure_possible(const report *r, figure_kind kind) {
  if (kind == FIGURE_START || kind == FIGURE_DEEPEST) {
    const report_instant which = kind == FIGURE_START ? REPORT_START : REPORT_DEEPEST;
    return keyframe_possible(r, which);
  }
  if (kind >= FIGURE_TREND) return (size_t)(kind - FIGURE_TREND) < r->series_count;
  const part *p = part_of(r, kind);
  return p && p->possible(r);
}

void figure_draw(cairo_t *cr, const report *r, figure_kind kind, figure f) {
  if (!figure_possible(r, kind)) return;
  if (kind == FIGURE_START || kind == FIGURE_DEEPEST) {
    keyframe_draw(cr, r, kind == FIGURE_START ? REPORT_START : REPORT_DEEPEST, f);
  } else if (kind >= FIGURE_TREND) {
    trend_draw(cr, &r->series[kind - FIGURE_TREND], f);
  } else {
    part_of(r, kind)->draw(cr, r, f);
  }
}

static void title_of(const report *r, figure_kind kind, char *title) {
  char time[PHRASE_SHORT];
  if (kind == FIGURE_START || kind == FIGURE_DEEPEST) {
    const report_instant which = kind == FIGURE_START ? REPORT_START : REPORT_DEEPEST;
    (void)snprintf(title, FIGURE_ALT, "%s, %s", phrase_instant(r, which), phrase_time(time, r->moment[which].time_s));
    return;
  }
  if (kind >= FIGURE_TREND) {
    const sagitta_quantity_info *info = r->series[kind - FIGURE_TREND].info;
    (void)snprintf(title, FIGURE_ALT, "%s %s", phrase(info->label), info->unit);
    return;
  }
  const part *p = part_of(r, kind);
  const char *text = p == &arc      ? phrase("Where the bend comes from")
                     : p == &limb   ? phrase("How far the leg goes")
                     : p == &scale  ? phrase("How far")
                     : p == &thirds ? phrase("The lower back’s share in each part of the bend")
                                    : phrase("Through time");
  if (p == &scale && strstr(r->test->quantities[0], "_tilt_deg")) text = phrase("How the strips lean");
  if (p == &scale && strcmp(r->test->quantities[0], "neutral_hold_s") == 0) text = phrase("How long it was held");
  (void)snprintf(title, FIGURE_ALT, "%s", text);
}

void figure_words(const report *r, figure_kind kind, char title[FIGURE_ALT], char alt[FIGURE_ALT]) {
  title[0] = alt[0] = '\0';
  if (!figure_possible(r, kind)) return;
  title_of(r, kind, title);
  if (kind == FIGURE_START || kind == FIGURE_DEEPEST) {
    keyframe_words(r, kind == FIGURE_START ? REPORT_START : REPORT_DEEPEST, alt);
  } else if (kind >= FIGURE_TREND) {
    trend_words(&r->series[kind - FIGURE_TREND], alt);
  } else {
    part_of(r, kind)->words(r, alt);
  }
}

double figure_aspect(const report *r, figure_kind kind) {
  if (kind == FIGURE_START || kind == FIGURE_DEEPEST) return keyframe_aspect(r);
  if (kind == FIGURE_CHART) return 3.4;
  if (kind == FIGURE_THIRDS) return 1.8;
  if (kind >= FIGURE_TREND) return 1.6;
  const part *p = part_of(r, kind);
  return p == &scale ? 0 : p == &limb ? 1.5 : 1.15;
}

double figure_height(const report *r, figure_kind kind, double width, double text) {
  const bool narrow = width < 32 * text;
  if (kind == FIGURE_CHART && narrow) return width / 1.35;
  if (kind == FIGURE_THIRDS && narrow) return width / 1.5;
  const double aspect = figure_aspect(r, kind);
  return aspect > 0 ? width / aspect : scale_lines(r) * text;
}
