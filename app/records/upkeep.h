/* SPDX-License-Identifier: Apache-2.0 */
/* Backup, verification and recovery of the whole file. */
#ifndef APP_RECORDS_UPKEEP_H
#define APP_RECORDS_UPKEEP_H

#include "records/records.h"

/* A copy of the file as it is at one moment, checked, for its owner's eyes alone, under a name that is free; encrypted
 * with the same key where the records are. Errors: WRITE, ARGUMENT (the name is taken). */
sagitta_status upkeep_backup(records *r, const char *path, sagitta_error *error);

typedef struct upkeep_report {
  int64_t clients, visits, results;
  size_t problems;
} upkeep_report;

/* Look at every page, reference, hash and document; `say` gets each problem as a sentence. OK also where there are
 * problems. */
sagitta_status upkeep_verify(records *r, void (*say)(void *user, const char *problem), void *user,
                             upkeep_report *report, sagitta_error *error);

typedef struct upkeep_recovered {
  int64_t clients, visits, results;
  int64_t incomplete; /* results whose document was not whole: left out */
  int64_t nameless;   /* clients of whom only visits were found: "recovered-1", … */
} upkeep_recovered;

/*
 * What can be read of a damaged file, into a new one under a free name; the damaged file is not touched. Rows are
 * taken first through SQLite, then, from a file that is not encrypted, from its pages one by one. Errors: ARGUMENT,
 * MISSING, WRITE, FORMAT (nothing was found).
 */
sagitta_status upkeep_recover(const records_place *damaged, const char *path, upkeep_recovered *recovered,
                              sagitta_error *error);

#endif
