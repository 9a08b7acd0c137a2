/* SPDX-License-Identifier: Apache-2.0 */
/* Internal to the commands: a comparison as a page, for sagitta compare -o. */
#ifndef SG_COMMANDS_COMPARE_PAGE_H
#define SG_COMMANDS_COMPARE_PAGE_H

#include "commands/change_table.h"
#include "report/report.h"

/* Of A, and of B. */
typedef struct pair_files {
  const char *file[2];
  int count;
} pair_files;

typedef struct compare_options {
  change_options change;
  const char *output, *report, *clinic, *paper;
  bool keep_background; /* of photographs */
  pair_files tracks, video;
  bool help, version;
} compare_options;

/* One more of two: a row's parser. */
bool pair_files_parse(void *at, const char *value, char *why);
/* What can be wrong with the words themselves; --report is taken for --output. False, and `why` filled. */
bool compare_options_check(compare_options *o, char *const *words, int count, char *why);
/* Write o->output. Errors: as reports. */
sagitta_status compare_write_page(comparison *both, const compare_options *o, sagitta_error *error);

#endif
