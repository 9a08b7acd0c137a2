/* SPDX-License-Identifier: Apache-2.0 */
/* The figures of cv/body/METHOD.md. Each into an SVG file; false when it cannot be drawn or written. */
#ifndef SAGITTA_METHOD_FIGURES_H
#define SAGITTA_METHOD_FIGURES_H

#include "svg_plot.h"

bool figure_body(const char *path);
bool figure_line(const char *path);

#endif
