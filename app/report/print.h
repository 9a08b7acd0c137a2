/* SPDX-License-Identifier: Apache-2.0 */
/* A report on paper, or as a picture of paper. */
#ifndef APP_REPORT_PRINT_H
#define APP_REPORT_PRINT_H

#include "report/figures.h"
#include "report/report.h"

sagitta_status print_paper(const report *r, report_pages pages, report_format format, sagitta_output *to,
                           sagitta_error *error);
/* One figure as an SVG document in *svg (to be freed) of *length bytes; NULL when memory is short. Sizes in px. */
bool print_figure(const report *r, figure_kind kind, figure f, char **svg, size_t *length);

#endif
