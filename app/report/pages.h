/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the report: the pages. A new page is one file that defines a report_page, a line below, a value of
 * report_pages and a row of `pages` in report.c. */
#ifndef SG_REPORT_PAGES_H
#define SG_REPORT_PAGES_H

#include "report/html.h"
#include "report/paper.h"

typedef struct report_page {
  report_pages which;
  paper_page *print;
  html_page html;
} report_page;

extern const report_page client_page, professional_page, pair_page, session_page;

/* A class as cards, of a class_sheet (class_cards.c). */
void class_cards_draw(paper_flow *p, const void *of);

/* The professional's page is set small. */
#define PAGE_SIZE  8.0 /* of ordinary text, points */
#define PAGE_SMALL 6.7
#define PAGE_AFTER 6.0 /* below a block */

/* Its pictures, side by side. */
#define PROFESSIONAL_PICTURES 4
extern const chart_kind professional_pictures[PROFESSIONAL_PICTURES];
/* As HTML (professional_html.c). */
void professional_html(html_writer *w, const report *r, const report_video *video);
/* The tables of the professional's page (professional_tables.c). */
void print_tables(paper_flow *p, const report *r);
void html_put_tables(html_writer *w, const report *r);

#endif
