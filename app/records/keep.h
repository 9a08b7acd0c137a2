/* SPDX-License-Identifier: Apache-2.0 */
/* Saving what analyze measures: whose it is, the questions before the test, the result. */
#ifndef APP_RECORDS_KEEP_H
#define APP_RECORDS_KEEP_H

#include <stdio.h>

#include "records/records.h"

/* What the user asked for. */
typedef struct keep_options {
  records_place place;
  const char *client;  /* ID; NULL = nothing is saved */
  const char *date;    /* NULL = today */
  const char *pretest; /* a file of answers */
  int pain;            /* −1 = not given */
  bool before, after, force;
} keep_options;

/* One run's part in the records. Start from zeros; end with keep_end. */
typedef struct keep {
  const char *language; /* in which the questions are asked; NULL = English. Set before keep_begin */
  records *r;
  records_client client;
  char day[RECORDS_DAY];
  records_mark mark;
  int pain;
  bool unasked; /* the questions are unanswered */
  int64_t id;   /* of the saved result */
  bool already; /* it was there */
} keep;

/* What is wrong with the options themselves; false and `why` (OPTION_WHY bytes) filled. */
bool keep_check(const keep_options *options, char *why);
/*
 * Before the measurement: the client must be there, and the questions are answered for the visit: by the file, earlier
 * that day, or now where `ask`. The answers are kept at once. NO_MEASUREMENT: one was yes, and not --force.
 */
sagitta_status keep_begin(keep *k, const keep_options *options, bool ask, sagitta_error *error);
/* The client's age on the day, 0 where the birth year is not known. */
double keep_age(const keep *k);
/* Save. `settings`: JSON object, or NULL; `inputs` are hashed where they are files. */
sagitta_status keep_save(keep *k, const sagitta_result *result, const char *settings, char *const *inputs, int count,
                         sagitta_error *error);
/* One line: what was saved. */
void keep_report(const keep *k, FILE *to);
void keep_end(keep *k);

#endif
