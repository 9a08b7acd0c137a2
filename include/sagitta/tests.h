/* SPDX-License-Identifier: Apache-2.0 */
/* The movement tests: one row each; and what has to be said before and beside every one of them. */
#ifndef SAGITTA_TESTS_H
#define SAGITTA_TESTS_H

#include <stdbool.h>
#include <stddef.h>

#include "sagitta/markers.h"
#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Texts are UTF-8 in whole sentences and never NULL; "" where there is nothing to say. */
typedef struct sagitta_test {
  const char *name;              /* "toe-touch": what --test takes */
  const char *title;             /* "Toe touch" */
  const char *purpose;           /* one sentence */
  const char *instructions;      /* what to tell the client */
  const char *markers;           /* which markers it needs, in words */
  const char *measures;          /* what comes out, in words */
  const char *start;             /* the posture it starts from, in words */
  const char *counts;            /* when a repetition counts, and what is flagged */
  const char *norms;             /* what the numbers may be held against, and where that comes from */
  const char *limits;            /* what it does not say */
  const char *pair;              /* name of the test that it is read beside; NULL when there is none */
  const char *const *quantities; /* keys of the result document worth showing, the main one first; NULL ends */
  int repetitions;               /* how many to record */
  bool verdict;                  /* says hips, both or lower back */
} sagitta_test;

/* Static array of *count rows. Thread-safe. */
SAGITTA_API const sagitta_test *sagitta_tests(size_t *count);
/* The row of that name; NULL when there is none. Thread-safe. */
SAGITTA_API const sagitta_test *sagitta_test_find(const char *name);

/* When to see a clinician first, before any test. Constant, thread-safe. */
typedef struct sagitta_precaution {
  const char *heading;      /* goes before the items */
  const char *const *items; /* whole phrases, one per line; NULL ends */
  const char *advice;       /* goes after them */
} sagitta_precaution;
SAGITTA_API const sagitta_precaution *sagitta_before_testing(void);

/* What stands under every result: what it is for, what it is not, when to stop. Thread-safe. */
SAGITTA_API const char *sagitta_disclaimer(void);

#ifdef __cplusplus
}
#endif
#endif
