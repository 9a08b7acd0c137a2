/* SPDX-License-Identifier: Apache-2.0 */
/* A new file that SQLite writes: under another name beside its own until it is whole, for its owner's eyes alone. */
#ifndef APP_RECORDS_FRESH_H
#define APP_RECORDS_FRESH_H

#include "records/records.h"

typedef struct fresh_file {
  const char *path; /* the name to be */
  char *name;       /* what is written */
} fresh_file;

/* Make the empty file. Errors: ARGUMENT (the name is taken, or a journal of that name is there), WRITE. */
sagitta_status fresh_begin(fresh_file *file, const char *path, sagitta_error *error);
/* Give it its name, on the disk, where `status` is OK; remove it otherwise. Answers `status`, or the failure. */
sagitta_status fresh_end(fresh_file *file, sagitta_status status, sagitta_error *error);

#endif
