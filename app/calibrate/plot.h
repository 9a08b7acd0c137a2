/* SPDX-License-Identifier: Apache-2.0 */
/* Where and by how much the corners of a lens calibration miss the model, as SVG. */
#ifndef APP_CALIBRATE_PLOT_H
#define APP_CALIBRATE_PLOT_H

#include "sagitta/sagitta.h"

/* Draw into an output that is open; it is neither committed nor discarded. Errors: WRITE, MEMORY. */
sagitta_status calibrate_plot(const sagitta_lens_report *report, sagitta_output *output, sagitta_error *error);

#endif
