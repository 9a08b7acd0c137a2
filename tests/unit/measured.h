/* SPDX-License-Identifier: Apache-2.0 */
/* Tracks analysed, and a result printed, read and printed again. */
#ifndef SAGITTA_TESTS_MEASURED_H
#define SAGITTA_TESTS_MEASURED_H

#include "sagitta/analysis.h"
#include "sagitta/result.h"

/* What an analysis finds in tracks, which it frees; to be freed. settings may be NULL. Fails the test where there is no
 * measurement. */
sagitta_result *measured(sagitta_tracks *tracks, const sagitta_analysis_settings *settings);

/* The document's text, to be freed with sagitta_free. Fails the test unless it reads back to the same bytes. */
char *round_trip(const sagitta_result *result);

#endif
