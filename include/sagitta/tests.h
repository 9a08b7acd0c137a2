/* SPDX-License-Identifier: Apache-2.0 */
/* The movement tests: one row each; and what has to be said before and beside every one of them. */
#ifndef SAGITTA_TESTS_H
#define SAGITTA_TESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sagitta/markers.h"
#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The side of the body that was tested: the leg that was raised, the knee that was extended, the foot on the step; both
 * where both did it at once. It is what somebody said. Which side the camera saw, or which way the person faces in the
 * picture (sagitta_result_facing_right), says nothing of it.
 */
typedef enum sagitta_side {
  SAGITTA_SIDE_UNKNOWN = 0, /* not said, or a test without a side */
  SAGITTA_SIDE_LEFT = 1,
  SAGITTA_SIDE_RIGHT = 2,
  SAGITTA_SIDE_BOTH = 3
} sagitta_side;

/* "left", "right", "both"; "" for SAGITTA_SIDE_UNKNOWN and outside the list. Thread-safe. */
SAGITTA_API const char *sagitta_side_name(sagitta_side side);
/* The side of a name; SAGITTA_SIDE_UNKNOWN where it is none, or NULL. Thread-safe. */
SAGITTA_API sagitta_side sagitta_side_from_name(const char *name);

/* What the person is told while the test is filmed, in a few words each; all "" where nothing is. */
typedef struct sagitta_prompts {
  const char *still;   /* "Stand still": before it */
  const char *move;    /* "Bend slowly": to begin */
  const char *deepest; /* "As far as comfortable": on the way */
  const char *stay;    /* "Stay": at the deepest point */
  const char *back;    /* "Come up": afterwards */
  const char *moving;  /* "BEND": what is done on the way, as one word in capitals */
  const char *coming;  /* "UP": on the way back, likewise */
} sagitta_prompts;

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
  bool verdict;                  /* says where the bend came from: sagitta_verdict */
  const char *side;              /* what has a side, in words: "the leg that is raised"; NULL where nothing has */
  bool usual_share; /* it is the bend whose lumbar share lies within SAGITTA_USUAL_SHARE_LOW to _HIGH in most people */
  sagitta_prompts prompts;
  uint64_t reserved[8]; /* room to grow */
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
