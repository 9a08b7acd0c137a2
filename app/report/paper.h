/* SPDX-License-Identifier: Apache-2.0 */
/* Pages of paper, in points, filled from the top: what does not fit goes on to the next page. */
#ifndef APP_REPORT_PAPER_H
#define APP_REPORT_PAPER_H

#include "report/figures.h"
#include "report/type.h"

#define PAPER_WIDTH  595.276 /* A4 */
#define PAPER_HEIGHT 841.890
#define PAPER_MARGIN 42.0
#define PAPER_TOP    32.0
#define PAPER_INSIDE (PAPER_WIDTH - 2 * PAPER_MARGIN)
#define PAPER_FOOT   28.0 /* above the lower edge: where the foot line stands */

typedef enum paper_kind {
  PAPER_COUNT = 0,  /* nothing is kept: how many pages it takes */
  PAPER_PAGES = 1,  /* each page a page (PDF) */
  PAPER_STACKED = 2 /* one below the other (SVG, PNG) */
} paper_kind;

#define PAPER_COMPACT 2

typedef struct paper {
  cairo_t *cr;
  paper_kind kind;
  double scale;        /* pixels per point */
  int pages;           /* begun */
  int compact;         /* figures are lower, so that it takes a page less: 0 to PAPER_COMPACT */
  double y;            /* where the next block goes */
  const char *running; /* head of continued pages */
  const char *foot;    /* left in the foot line */
} paper;

/* Turn to a new page. `section`: for the outline of a PDF; NULL: the section goes on, under its running head. */
void paper_turn(paper *p, const char *section);
void paper_end(paper *p);
/* Room down to the foot. */
double paper_room(const paper *p);
/* Turn the page where less than `height` is left. */
void paper_need(paper *p, double height);

/* A paragraph over the whole width; it moves to the next page as one. Then p->y is `after` below it. */
void paper_text(paper *p, const type *what, double after);
void paper_heading(paper *p, const char *text);
/* A figure at (x, p->y); p->y stays. With its title above where `title`. Returns the height that was used. */
double paper_figure(paper *p, const report *r, figure_kind kind, double x, double width, double height, double text,
                    bool title);

#endif
