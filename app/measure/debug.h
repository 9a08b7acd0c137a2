/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a developer looks at where a marker was lost or a start was refused: for every moment of a measurement's
 * explanation (include/sagitta/explain.h) a picture, the candidates and the costs, and once the table of the start.
 * Nobody else's eyes: a folder that is made is 0700, every file is 0600, and the head is hidden.
 */
#ifndef SG_MEASURE_DEBUG_H
#define SG_MEASURE_DEBUG_H

#include "measure/measurement.h"

/* Make the folder unless it is there. Errors: WRITE. */
sagitta_status debug_begin(const char *folder, sagitta_error *error);
/* Write all, from a measurement that may have no result and no tracks. A moment that the recording does not reach is
 * told on standard error. Errors: those of reading the input again, WRITE, MEMORY. */
sagitta_status debug_write(const char *folder, const measurement *m, sagitta_error *error);

#endif
