/* SPDX-License-Identifier: Apache-2.0 */
/* One input, measured: what a run of analyze and each line of a table share. */
#ifndef APP_MEASUREMENT_H
#define APP_MEASUREMENT_H

#include "measure/settings.h"
#include "cli/progress.h"

/* Start from zeros; end with measurement_free, whatever came of it. */
typedef struct measurement {
  sagitta_source *source; /* NULL where the input is tracks */
  sagitta_tracks *tracks; /* may be there without a result: nothing could be measured in them */
  sagitta_result *result;
  sagitta_camera camera;  /* read, where --camera asks for it */
  sagitta_trc_view space; /* of a TRC file */
  sagitta_timings timings;
} measurement;

/* Who bends, where the options do not say it: 0 and 0 cm where it is not known. */
typedef struct measured_person {
  double height_cm, age_years;
  char sex; /* 'f', 'm' or 0 */
} measured_person;

/* Read, track and analyse; `bar` NULL: without a bar. Errors: those of the library. */
sagitta_status measurement_make(measurement *m, const analyze_options *options, const measured_person *person,
                                char *const *inputs, int input_count, progress *bar, sagitta_error *error);
/* The camera of the tracks, or NULL: --camera's, or that which a TRC file stands for. */
const sagitta_camera *measurement_camera(const measurement *m, const analyze_options *options, const char *input);
/* Whether any marker was seen. */
bool measurement_has_markers(const measurement *m);
void measurement_free(measurement *m);

#endif
