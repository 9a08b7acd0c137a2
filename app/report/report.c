/* SPDX-License-Identifier: Apache-2.0 */
/* A report as a file: which format, which pages. */
#include "report/report.h"

#include <string.h>
#include <strings.h>

#include "report/pages.h"
#include "report/typography.h"

report_format report_format_of(const char *path) {
  static const struct {
    const char *end;
    report_format format;
  } ends[] = { { ".pdf", REPORT_PDF },
               { ".html", REPORT_HTML },
               { ".htm", REPORT_HTML },
               { ".svg", REPORT_SVG },
               { ".png", REPORT_PNG } };
  const char *dot = strrchr(path, '.');
  for (size_t i = 0; dot && i < sizeof ends / sizeof *ends; i++) {
    if (strcasecmp(dot, ends[i].end) == 0) return ends[i].format;
  }
  return REPORT_NONE;
}

/* In the order in which they come. */
static const report_page *const pages_there_are[] = { &client_page, &professional_page, &pair_page, &session_page };
#define PAGES (sizeof pages_there_are / sizeof *pages_there_are)

report_pages report_pages_of(const char *word) {
  for (size_t i = 0; i < PAGES; i++) {
    if (pages_there_are[i]->name && strcmp(word, pages_there_are[i]->name) == 0) return pages_there_are[i]->which;
  }
  return strcmp(word, "both") == 0 ? REPORT_BOTH : (report_pages)0;
}

sagitta_status report_write(const report *r, report_pages pages, report_format format, const report_video *video,
                            sagitta_output *to, sagitta_error *error) {
  paper_page *print[PAGES];
  const html_page *html[PAGES];
  size_t count = 0;
  if (!typeset_has_letters("Sagitta 0")) {
    return records_fail(error, SAGITTA_ERROR_WRITE,
                        "There is no font on this machine: the report would be empty. Install one, for example "
                        "fonts-noto-core or fonts-dejavu-core.");
  }
  for (size_t i = 0; i < PAGES; i++) {
    if (!(pages & pages_there_are[i]->which)) continue;
    print[count] = pages_there_are[i]->print;
    html[count++] = &pages_there_are[i]->html;
  }
  if (format == REPORT_HTML) return html_write(r, html, count, video, to, error);
  return paper_write(r, print, count, format, to, error);
}

const char *report_remark(const report *r, report_format format) {
  if (format == REPORT_HTML) return NULL; /* names are the browser's to show */
  if (typeset_has_letters(r->name) && typeset_has_letters(r->code)) return NULL;
  return "No font on this machine has all letters of the name: they are boxes in the report. Install one, for example "
         "fonts-noto-core or fonts-noto-cjk.";
}
