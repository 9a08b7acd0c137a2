/* SPDX-License-Identifier: Apache-2.0 */
/* From TRACKS to RESULT. */
#ifndef SAGITTA_ANALYSIS_H
#define SAGITTA_ANALYSIS_H

#include <stdint.h>

#include "sagitta/result.h"
#include "sagitta/status.h"
#include "sagitta/tracks.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sagitta_analysis_settings {
  const char *test; /* a name of sagitta_tests(); default "toe-touch" */
  uint64_t seed;    /* of the posterior; default 1 */
} sagitta_analysis_settings;

SAGITTA_API sagitta_analysis_settings sagitta_analysis_default_settings(void);

/*
 * Analyse tracks. On success *out belongs to the caller (sagitta_result_free);
 * the tracks may be freed before it. SAGITTA_NO_MEASUREMENT: no honest
 * measurement (too few roles, never bends, markers hidden at start or end
 * range, wrong movement); the error says which and what to do.
 * Errors: ARGUMENT (unknown test), MEMORY. Thread-safe; deterministic.
 */
SAGITTA_API sagitta_status sagitta_analyze(sagitta_result **out, const sagitta_tracks *tracks,
                                           const sagitta_analysis_settings *settings, sagitta_error *error);

#ifdef __cplusplus
}
#endif
#endif
