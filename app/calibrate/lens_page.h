/* SPDX-License-Identifier: Apache-2.0 */
/* The plot of a lens calibration's residuals, as SVG: where and by how much the corners miss the model. */
#ifndef SG_CALIBRATE_LENS_PAGE_H
#define SG_CALIBRATE_LENS_PAGE_H

#include "sagitta/sagitta.h"

/* Into an output that is open; it is neither committed nor discarded. Errors: WRITE, MEMORY. */
sagitta_status lens_page_draw(const sagitta_lens_report *lens, sagitta_output *output, sagitta_error *error);

#endif
