/* SPDX-License-Identifier: Apache-2.0 */
/* How good a lens calibration is, and what would make it better. */
#ifndef SAGITTA_CALIBRATION_VERDICT_H
#define SAGITTA_CALIBRATION_VERDICT_H

#include "sagitta/calibration.h"

/* Fill coverage, good and verdict of a report whose camera, views and corners are there. */
void sg_lens_judge(sagitta_lens_report *report);

#endif
