/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include <string.h>
#include <strings.h>

#include "report/html.h"
#include "report/print.h"
#include "report/type.h"

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

report_pages report_pages_of(const char *word) {
  if (strcmp(word, "client") == 0) return REPORT_CLIENT;
  if (strcmp(word, "professional") == 0) return REPORT_PROFESSIONAL;
  return strcmp(word, "both") == 0 ? REPORT_BOTH : (report_pages)0;
}

sagitta_status report_write(const report *r, report_pages pages, report_format format, const report_video *video,
                            sagitta_output *to, sagitta_error *error) {
  if (!type_has_letters("Sagitta 0")) {
    return records_fail(error, SAGITTA_ERROR_WRITE,
                        "There is no font on this machine: the report would be empty. Install one, for example "
                        "fonts-noto-core or fonts-dejavu-core.");
  }
  if (format == REPORT_HTML) return html_write(r, pages, video, to, error);
  return print_paper(r, pages, format, to, error);
}

const char *report_remark(const report *r, report_format format) {
  if (format == REPORT_HTML) return NULL; /* names are the browser's to show */
  if (type_has_letters(r->name) && type_has_letters(r->code)) return NULL;
  return "No font on this machine has all letters of the name: they are boxes in the report. Install one, for example "
         "fonts-noto-core or fonts-noto-cjk.";
}
