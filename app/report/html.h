/* SPDX-License-Identifier: Apache-2.0 */
/* The report as one self-contained HTML page. */
#ifndef APP_REPORT_HTML_H
#define APP_REPORT_HTML_H

#include "report/figures.h"
#include "report/report.h"
#include "report/writer.h"

/* A film that is larger than this is not put into the page, which then names it as seen from there. */
#define HTML_VIDEO_MAX (20u << 20)

sagitta_status html_write(const report *r, report_pages pages, const report_video *video, sagitta_output *to,
                          sagitta_error *error);

/* The parts. */
void html_client(writer *w, const report *r);
void html_professional(writer *w, const report *r, const report_video *video);
void html_head(writer *w, const report *r, const char *title);
void html_clinician(writer *w, const report *r);
/* A figure in a wide and a narrow drawing with its words; `caption` shows them below it. `kind` in the class. */
void html_figure(writer *w, const report *r, figure_kind kind, double width, bool title, bool caption);
/* Chart, cursor and film. */
void html_chart(writer *w, const report *r, const report_video *video);

#endif
