/* SPDX-License-Identifier: Apache-2.0 */
/* The two pages on paper. */
#ifndef APP_REPORT_PAGES_H
#define APP_REPORT_PAGES_H

#include "report/paper.h"

/* Whose and what: "Ana Müller · Toe touch · 3 February 2026". */
void page_running(const report *r, char *text, size_t size);
/* "Sagitta 0.1.0 · screening and tracking aid, no diagnosis". */
void page_foot(const report *r, char *text, size_t size);
/* Name and day at the top right, the title at the left; p->y is below. */
void page_head(paper *p, const report *r, const char *title);
/* The box that says to see a clinician first; nothing where the answers do not say so. */
void page_clinician(paper *p, const report *r, double size);

/* Whether the bend's picture is wider than high: it then stands above the numbers. */
bool page_flat(const report *r);

/* The professional's page is set small. */
#define PAGE_SIZE  8.0 /* of ordinary text */
#define PAGE_SMALL 6.7
#define PAGE_AFTER 6.0 /* below a block */
/* The tables of it. */
void page_tables(paper *p, const report *r);

void page_client(paper *p, const report *r);
void page_professional(paper *p, const report *r);

/* The parts of the professional's page that are lists of words, shared with HTML. Each fills text[size] with
 * paragraphs separated by line feeds, "" = nothing to say. */
void facts_beside(const report *r, char *text, size_t size);    /* knees, hold, order, pain, markers */
void facts_score(const report *r, char *text, size_t size);     /* protocols and norm, with source */
void facts_method(const report *r, char *text, size_t size);    /* definitions, filter, scale, bands, limits */
void facts_recording(const report *r, char *text, size_t size); /* source, frames, rate, markers' set, camera */

#endif
