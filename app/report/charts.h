/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Internal to the report: its charts. Each draws into a box of width x height whose top left corner is the origin of
 * the context, in any unit: `text` is the size of ordinary words in it, and lines go by that. The same code draws them
 * on paper and for the HTML page. Stateless, thread-safe.
 *
 * A new chart is one file that defines a `chart`, a line below, a value of chart_kind, and a case of chart_of in
 * charts.c.
 */
#ifndef SG_REPORT_CHARTS_H
#define SG_REPORT_CHARTS_H

#include "report/report_data.h"

typedef struct chart_box {
  double width, height, text;
} chart_box;

#define CHART_WORDS 1000

/* One way of drawing. `which`: the report_instant of a key frame, and REPORT_INSTANTS more of one without words; the
 * series of a trend, else 0. */
typedef struct chart {
  const char *title;                                         /* English, to be translated; NULL: title_of */
  void (*title_of)(const report *r, int which, char *title); /* fills CHART_WORDS bytes; NULL: title */
  bool (*possible)(const report *r, int which);              /* whether there is what it shows */
  void (*draw)(cairo_t *cr, const report *r, int which, chart_box box);
  void (*words)(const report *r, int which, char *alt); /* what it says, for whoever does not see it: CHART_WORDS */
  double aspect, narrow;                /* width over height; on a telephone held upright, 0 = the same */
  double (*aspect_of)(const report *r); /* in place of aspect; NULL = aspect */
  double (*lines)(const report *r);     /* of a flat one, as wide as the page: its height in sizes of text; else NULL */
} chart;

extern const chart bend_arc_chart, leg_figure_chart, number_line_chart, angle_chart, thirds_chart, trend_chart,
    keyframe_chart, progress_chart;

typedef enum chart_kind {
  CHART_MAIN = 0,   /* what the test measures, as a picture */
  CHART_SECOND = 1, /* what else there is to it: where the reach comes from, or how far the bend reached */
  CHART_ANGLES = 2, /* the angles through time */
  CHART_THIRDS = 3, /* lumbar share per third of the bend */
  CHART_START = 4,  /* key frames */
  CHART_DEEPEST = 5,
  CHART_PERSON_START = 6, /* the same without names and numbers */
  CHART_PERSON_DEEPEST = 7,
  CHART_EARLIER = 8,  /* the main picture as it was at the first visit */
  CHART_PROGRESS = 9, /* what the test is about and pain through the visits, in one */
  CHART_TREND = 10,   /* and the following REPORT_SERIES - 1: a quantity through the visits */
  CHARTS = CHART_TREND + REPORT_SERIES
} chart_kind;

/* Whether there is what it shows. */
bool chart_possible(const report *r, chart_kind kind);
/* Whether it is a photograph, with words that lie on it. */
bool chart_is_keyframe(chart_kind kind);
void chart_draw(cairo_t *cr, const report *r, chart_kind kind, chart_box box);
/* A caption of a few words, and what the chart says, for whoever does not see it; "" where it is not possible. */
void chart_words(const report *r, chart_kind kind, char title[CHART_WORDS], char alt[CHART_WORDS]);
/* The height that suits a width at that size of words; on a telephone held upright charts are higher. */
double chart_height(const report *r, chart_kind kind, double width, double text);
/* Width over height; 0 for one that is flat, as wide as the page and as high as its words. */
double chart_aspect(const report *r, chart_kind kind);
/* Whether the main chart is wider than high: it then stands above the numbers. */
bool chart_is_flat(const report *r, chart_kind kind);
/* As an SVG document in *svg (to be freed) of *length bytes, sizes in px; false when memory is short. */
bool chart_svg(const report *r, chart_kind kind, chart_box box, char **svg, size_t *length);
/* The clinic's logo in the same way. */
bool chart_logo_svg(const clinic *c, double width, double height, char **svg, size_t *length);

#endif
