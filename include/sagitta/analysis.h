/* SPDX-License-Identifier: Apache-2.0 */
/* From TRACKS to RESULT. */
#ifndef SAGITTA_ANALYSIS_H
#define SAGITTA_ANALYSIS_H

#include <stdint.h>

#include "sagitta/camera.h"
#include "sagitta/explain.h"
#include "sagitta/result.h"
#include "sagitta/status.h"
#include "sagitta/tests.h"
#include "sagitta/tracks.h"
#include "sagitta/video.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum sagitta_sex { SAGITTA_SEX_UNKNOWN = 0, SAGITTA_SEX_FEMALE = 1, SAGITTA_SEX_MALE = 2 } sagitta_sex;

typedef struct sagitta_analysis_settings {
  const char *test;                 /* a name of sagitta_tests(); default "toe-touch" */
  uint64_t seed;                    /* of the posterior; default 1 */
  const sagitta_camera *camera;     /* the camera of these tracks, scaled to their picture; NULL: not calibrated, and
                                       camera_low–camera_high are the wider for it */
  double ruler_cm;                  /* distance of the two ruler marks, cm; 0: not given */
  double height_cm;                 /* stature, cm; 0: not given. The scale where there is neither ruler nor plane */
  double age_years;                 /* for norms; 0: not given */
  sagitta_sex sex;                  /* for norms */
  const char *language;             /* of the sentences: a code of sagitta_languages(); NULL: English */
  sagitta_side side;                /* which leg, where the test has a side (sagitta_test.side); default UNKNOWN, and
                                       the result warns of it. Left out where the test has none */
  sagitta_explanation *explanation; /* to be given the table of the start (sagitta/explain.h); NULL: none. Stays the
                                       caller's */
  sagitta_progress progress;        /* asked before each repetition, "analysing"; may be NULL */
  void *progress_user;
  uint64_t reserved[8]; /* 0 (sagitta/sagitta.h) */
} sagitta_analysis_settings;

SAGITTA_API sagitta_analysis_settings sagitta_analysis_default_settings(void);

/*
 * Analyse tracks. On success *out belongs to the caller (sagitta_result_free);
 * the tracks may be freed before it. SAGITTA_NO_MEASUREMENT: no honest
 * measurement (too few roles, never bends, markers hidden at start or end
 * range, wrong movement, no repetition that can be used); the error says which and what to do.
 * Errors: ARGUMENT (unknown test, a camera of another picture size, an unknown language or side, a length that is not
 * possible), MEMORY, CANCELLED (`progress` stopped it). Thread-safe; deterministic.
 */
SAGITTA_API sagitta_status sagitta_analyze(sagitta_result **out, const sagitta_tracks *tracks,
                                           const sagitta_analysis_settings *settings, sagitta_error *error);

#ifdef __cplusplus
}
#endif
#endif
