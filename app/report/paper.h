/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the report: pages of paper (A4 or Letter), in points, filled from the top (what does not fit goes on to
 * the next page), and their files, PDF, SVG and PNG. */
#ifndef SG_REPORT_PAPER_H
#define SG_REPORT_PAPER_H

#include "report/charts.h"
#include "report/typography.h"

#define PAPER_MARGIN 42.0
#define PAPER_TOP    32.0
#define PAPER_FOOT   28.0 /* above the lower edge: where the foot line stands */

typedef enum paper_kind {
  PAPER_COUNT = 0,  /* nothing is kept: how many pages it takes */
  PAPER_PAGES = 1,  /* each page a page (PDF) */
  PAPER_STACKED = 2 /* one below the other (SVG, PNG) */
} paper_kind;

#define PAPER_COMPACT 2

typedef struct paper_flow {
  cairo_t *cr;
  paper_kind kind;
  double scale;         /* pixels per point */
  double width, height; /* of the paper */
  double inside;        /* between the margins */
  int pages;            /* begun */
  int compact;          /* charts are lower, so that it takes a page less: 0 to PAPER_COMPACT */
  double photograph;    /* height that photographs may have, points */
  double y;             /* where the next block goes */
  const char *running;  /* head of continued pages */
  const char *foot;     /* left in the foot line */
} paper_flow;

/* A flow whose pages are never kept: to measure with. `like` NULL: of that paper, else as wide as that one. End with
 * paper_end_aside. */
paper_flow paper_aside(report_paper paper, const paper_flow *like);
void paper_end_aside(paper_flow *p);

/* Turn to a new page. `section`: for the outline of a PDF; NULL: the section goes on, under its running head. */
void paper_turn(paper_flow *p, const char *section);
/* Room down to the foot. */
double paper_room(const paper_flow *p);
/* Turn the page where less than `height` is left. */
void paper_need(paper_flow *p, double height);

/* A paragraph over the whole width; it moves to the next page as one. Then p->y is `after` below it. */
void paper_text(paper_flow *p, const lettering *what, double after);
/* The same as an item of a list: its mark, and all lines beside it. */
void paper_item(paper_flow *p, const char *text, double size, double after);
void paper_heading(paper_flow *p, const char *text);
/* A chart at (x, p->y); p->y stays. With its title above where `title`. Returns the height that was used. */
double paper_chart(paper_flow *p, const report *r, chart_kind kind, double x, double width, double height, double text,
                   bool title);
/* Name and day at the top right, the title at the left; p->y is below. */
void paper_head(paper_flow *p, const report *r, const char *title);
/* The box that says to see a clinician first; nothing where the answers do not say so. */
void paper_clinician(paper_flow *p, const report *r, double size);

/* What paper_head draws, of a page that is no report's: the clinic (NULL = nobody's), the title at the left, whose and
 * when at the right. */
void paper_head_of(paper_flow *p, const clinic *whose, const char *title, const char *right);

/* One page of a report, over as many sheets as it takes. */
typedef void paper_page(paper_flow *p, const report *r);

/* What is to become a file: the paper, its words, and what draws all of its pages. */
typedef struct paper_document {
  report_paper paper;
  const char *title, *running, *foot; /* of the file; of continued pages; of every page */
  void (*draw)(paper_flow *p, const void *of);
  const void *of;
} paper_document;
/* PDF, SVG or PNG. Errors: WRITE, MEMORY. */
sagitta_status paper_write(const paper_document *d, report_format format, sagitta_output *output, sagitta_error *error);

#endif
