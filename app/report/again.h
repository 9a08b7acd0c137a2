/* SPDX-License-Identifier: Apache-2.0 */
/* The angles through time are no part of the document: they are computed again from the tracks that it came from. */
#ifndef APP_REPORT_AGAIN_H
#define APP_REPORT_AGAIN_H

#include "sagitta/sagitta.h"

/*
 * Analyse `tracks` with the settings of `result`; `camera` is the calibration's file, NULL = none. On success *out,
 * which holds angles, is the caller's. Refused as FORMAT where the two do not agree: the tracks are those of another
 * recording. Errors: FORMAT, ARGUMENT (a calibrated camera that is missing), MISSING, MEMORY.
 */
sagitta_status again_analyze(sagitta_result **out, const sagitta_result *result, const sagitta_tracks *tracks,
                             const char *camera, sagitta_error *error);

#endif
