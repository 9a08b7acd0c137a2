/* SPDX-License-Identifier: Apache-2.0 */
/* The movement tests: one row each. */
#ifndef SAGITTA_TESTS_H
#define SAGITTA_TESTS_H

#include <stddef.h>

#include "sagitta/markers.h"
#include "sagitta/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sagitta_test {
  const char *name;         /* "toe-touch": what --test takes */
  const char *title;        /* "Toe touch" */
  const char *purpose;      /* one sentence */
  const char *instructions; /* what to tell the client */
  const char *markers;      /* which markers it needs, in words */
  const char *measures;     /* what comes out, in words */
} sagitta_test;

/* Static array of *count rows. Thread-safe. */
SAGITTA_API const sagitta_test *sagitta_tests(size_t *count);

#ifdef __cplusplus
}
#endif
#endif
