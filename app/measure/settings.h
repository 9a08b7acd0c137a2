/* SPDX-License-Identifier: Apache-2.0 */
/* What the words after `sagitta analyze` ask for. */
#ifndef APP_ANALYZE_OPTIONS_H
#define APP_ANALYZE_OPTIONS_H

#include "cli/map.h"
#include "cli/options.h"
#include "measure/outputs.h"
#include "records/records.h"
#include "sagitta/sagitta.h"

typedef struct analyze_options {
  const char *markers; /* file or set; NULL = find them */
  sagitta_pick *picks; /* to be freed */
  size_t pick_count, pick_capacity;
  const char *test;
  double rate, seconds; /* 0 = not given */
  const char *camera;
  double ruler, height, age; /* cm, cm, years; 0 = not given */
  const char *language;      /* NULL = English */
  const char *sex;           /* "f", "m" or NULL */
  const char *json, *tracks, *angles, *c3d, *fhir, *overlay, *report;
  bool report_video;
  marker_map map;             /* of a TRC file */
  const char *table, *roster; /* a batch */
  int jobs;                   /* 0 = one per processor */
  keep_options keep;          /* the client's records */
  bool timings;
  int threads; /* 0 = one per processor */
  const char *simd;
  bool help, version;
} analyze_options;

extern const option_row analyze_rows[];

/* What can be wrong with the words themselves, before anything is opened. False, and `why` filled. */
bool analyze_options_check(const analyze_options *options, char *const *inputs, int input_count, char *why);

/* Whether the input is a tracks file: CSV, or TRC. */
bool input_is_tracks(const char *path);
bool input_is_trc(const char *path);

#endif
