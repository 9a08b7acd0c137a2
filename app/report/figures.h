/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pictures of a report. Each draws into a box of width x height whose top
 * left corner is the origin of the context, in any unit: `text` is the size of
 * ordinary words in it, and lines go by that. The same code draws them on paper
 * and for the HTML page.
 */
#ifndef APP_REPORT_FIGURES_H
#define APP_REPORT_FIGURES_H

#include "report/model.h"

typedef struct figure {
  double width, height, text;
} figure;

#define FIGURE_ALT 1000

typedef enum figure_kind {
  FIGURE_BEND = 0,   /* what the test measures, as a picture */
  FIGURE_SECOND = 1, /* what else there is to it: where the reach comes from, or how far the bend reached */
  FIGURE_CHART = 2,  /* the angles through time */
  FIGURE_THIRDS = 3, /* lumbar share per third of the bend */
  FIGURE_START = 4,  /* key frames */
  FIGURE_DEEPEST = 5,
  FIGURE_TREND = 6, /* and the following REPORT_SERIES - 1: a quantity through the visits */
  FIGURES = FIGURE_TREND + REPORT_SERIES
} figure_kind;

/* Whether there is what it shows. */
bool figure_possible(const report *r, figure_kind kind);
void figure_draw(cairo_t *cr, const report *r, figure_kind kind, figure f);
/* A caption of a few words, and what the picture says, for whoever does not see it. */
void figure_words(const report *r, figure_kind kind, char title[FIGURE_ALT], char alt[FIGURE_ALT]);
/* The height that suits a width at that size of words; on a telephone held upright pictures are higher. */
double figure_height(const report *r, figure_kind kind, double width, double text);
/* Width over height; 0 for one that is flat, as wide as the page and as high as its words. */
double figure_aspect(const report *r, figure_kind kind);

/* The parts; the words go into alt[FIGURE_ALT]. */
bool arc_possible(const report *r);
void arc_draw(cairo_t *cr, const report *r, figure f);
void arc_words(const report *r, char *alt);

bool limb_possible(const report *r);
void limb_draw(cairo_t *cr, const report *r, figure f);
void limb_words(const report *r, char *alt);

bool scale_possible(const report *r);
void scale_draw(cairo_t *cr, const report *r, figure f);
void scale_words(const report *r, char *alt);
double scale_lines(const report *r);

bool chart_possible(const report *r);
void chart_draw(cairo_t *cr, const report *r, figure f);
void chart_words(const report *r, char *alt);

bool thirds_possible(const report *r);
void thirds_draw(cairo_t *cr, const report *r, figure f);
void thirds_words(const report *r, char *alt);

bool keyframe_possible(const report *r, report_instant which);
void keyframe_draw(cairo_t *cr, const report *r, report_instant which, figure f);
void keyframe_words(const report *r, report_instant which, char *alt);
double keyframe_aspect(const report *r);

void trend_draw(cairo_t *cr, const report_series *s, figure f);
void trend_words(const report_series *s, char *alt);

/* A round step of which about `most` fit into the span. */
double figure_step(double span, int most);

#endif
