/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A client's results as series through the visits, with the smallest change
 * that counts and the trend: what the history shows and the report draws.
 *
 * One point per visit, test and marker set: the mean over its results that are
 * not marked "after" (a treatment's effect on the same day is no trend). Of one
 * recording that was analysed several times the last analysis counts.
 */
#ifndef APP_RECORDS_HISTORY_H
#define APP_RECORDS_HISTORY_H

#include "records/change.h"
#include "records/records.h"

#define HISTORY_QUANTITIES 32

typedef struct history_cell {
  int results;             /* over which the mean was taken; 0: nothing is known and the rest NAN */
  double value, low, high; /* in the document's unit; low–high: mean 95 % interval for the person */
} history_cell;

/* Index: RECORDS_UNMARKED all that are not marked "after", RECORDS_BEFORE and RECORDS_AFTER those that are marked so.
 */
#define HISTORY_MARKS 3

typedef struct history_visit {
  char day[RECORDS_DAY];
  double days; /* since 1970-01-01 */
  history_cell cell[HISTORY_MARKS][HISTORY_QUANTITIES];
  history_cell pain[HISTORY_MARKS]; /* 0–10; low and high are those of the results */
} history_visit;

typedef struct history_quantity {
  const sagitta_quantity_info *info;
  int visits; /* where it is known; 0: not shown */
  change_limit limit;
  change_trend trend;
  const history_visit *first, *last; /* of those where it is known; NULL = none */
  change_verdict verdict;            /* last against first; UNKNOWN for fewer than two visits */
} history_quantity;

typedef struct history_test {
  char test[32];
  sagitta_marker_set set;
  history_visit *visit; /* by day */
  size_t visits;
  history_quantity quantity[HISTORY_QUANTITIES]; /* quantity[i] is sagitta_quantities()[i] */
  size_t quantities;
  int sessions, replicates; /* of repeatability */
} history_test;

typedef struct history {
  records_client client;
  history_test *test; /* in the order of their first visit */
  size_t tests;
  char language[16]; /* of the last result; "" where there is none */
  int superseded;    /* results left out because the same recording was analysed again later */
  int only_after;    /* visits with nothing but results marked "after": no points of the trend */
  int unreadable;    /* results whose document this program cannot read */
  sagitta_error why; /* of the first of those */
} history;

/* *out is to be freed with history_free. `test` NULL: all. Errors: as records. */
sagitta_status history_read(records *r, const records_client *client, const char *test, history **out,
                            sagitta_error *error);
void history_free(history **h);

/* Read a saved result's document; *out is to be freed with sagitta_result_free. Errors: FORMAT (not what was saved: its
 * hash is another), as sagitta_result_parse. */
sagitta_status history_document(sagitta_result **out, const records_result *row, sagitta_error *error);

/* The limit for a change between two marker sets: the wider of the two. */
change_limit history_limit(const history *h, const char *test, sagitta_marker_set a, sagitta_marker_set b,
                           const char *key);

#endif
