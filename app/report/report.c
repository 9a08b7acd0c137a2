/* SPDX-License-Identifier: Apache-2.0 */
/* A report as a file: its pages, one after the other. */
#include "report/report.h"

#include "cli/failure.h"
#include "cli/text.h"
#include "report/pages.h"
#include "report/typography.h"
#include "report/wording.h"

/* In the order in which they come. */
static const report_page *const pages_there_are[] = { &client_page, &professional_page, &pair_page, &session_page };
#define PAGES (sizeof pages_there_are / sizeof *pages_there_are)

/* The pages of a report that go on paper. */
typedef struct printed_pages {
  const report *r;
  paper_page *page[PAGES];
  size_t count;
} printed_pages;

static void draw_pages(paper_flow *p, const void *of) {
  const printed_pages *all = of;
  for (size_t i = 0; i < all->count; i++) all->page[i](p, all->r);
}

static sagitta_status print_pages(const printed_pages *all, report_format format, sagitta_output *to,
                                  sagitta_error *error) {
  char title[700], running[600], foot[200];
  wording_title(all->r, title, sizeof title);
  wording_running(all->r, running, sizeof running);
  wording_foot(all->r, foot, sizeof foot);
  const paper_document document = { all->r->paper, title, running, foot, draw_pages, all };
  return paper_write(&document, format, to, error);
}

sagitta_status report_ready(sagitta_error *error) {
  if (typeset_has_letters("Sagitta 0")) return SAGITTA_OK;
  return fail_with(error, SAGITTA_ERROR_WRITE,
                   "There is no font on this machine: the report would be empty. Install one, for example "
                   "fonts-noto-core or fonts-dejavu-core.");
}

sagitta_status report_write(const report *r, report_pages pages, report_format format, const report_video *video,
                            sagitta_output *to, sagitta_error *error) {
  printed_pages print = { .r = r };
  const html_page *html[PAGES];
  if (report_ready(error) != SAGITTA_OK) return error->status;
  for (size_t i = 0; i < PAGES; i++) {
    if (!(pages & pages_there_are[i]->which)) continue;
    html[print.count] = &pages_there_are[i]->html;
    print.page[print.count++] = pages_there_are[i]->print;
  }
  if (format == REPORT_HTML) return html_write(r, html, print.count, video, to, error);
  return print_pages(&print, format, to, error);
}

const char *report_remark(const report *r, report_format format) {
  if (format == REPORT_HTML) return NULL; /* names are the browser's to show */
  if (typeset_has_letters(r->name) && typeset_has_letters(r->code)) return NULL;
  return TRANSLATABLE(
      "No font on this machine has all letters of the name: they are boxes in the report. Install one, for example "
      "fonts-noto-core or fonts-noto-cjk.");
}
