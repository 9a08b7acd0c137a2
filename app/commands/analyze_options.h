/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the commands: what the words after `sagitta analyze` ask for. */
#ifndef SG_COMMANDS_ANALYZE_OPTIONS_H
#define SG_COMMANDS_ANALYZE_OPTIONS_H

#include "batch/batch.h"
#include "cli/options.h"
#include "measure/outputs.h"

typedef struct analyze_options {
  measure_settings measure;
  bool with_angles; /* in the tracks file */
  const char *json, *tracks, *angles, *c3d, *fhir, *overlay, *report;
  const char *clinic, *paper, *name; /* of the report */
  bool report_video, keep_background;
  batch_settings batch;   /* with a table: several inputs */
  keep_options keep;      /* the client's records */
  const char *debug;      /* folder of what was seen at measure.explain */
  const char *key_frames; /* folder */
  bool timings, progress, help, version;
} analyze_options;

extern const option_row analyze_rows[];

/* What can be wrong with the words themselves, before anything is opened. False, and `why` filled. */
bool analyze_options_check(const analyze_options *options, char *const *inputs, int input_count, char *why);
/* Those of nobody who asked for anything; whose lists are to be freed (analyze_options_free). */
analyze_options analyze_options_default(void);
void analyze_options_free(analyze_options *options);
/* Measure the input as asked, write what was asked for and print the summary: the exit status. `source`: the input,
 * where it is open already, which is closed; NULL = it is to be opened. */
int analyze_input(const analyze_options *options, char *const *inputs, int count, sagitta_source *source);
/* The outputs that they ask for. */
outputs analyze_options_outputs(const analyze_options *options);

#endif
