/* SPDX-License-Identifier: Apache-2.0 */
/* What the fuzz targets share. A promise that is not kept ends the program. */
#ifndef SAGITTA_FUZZ_H
#define SAGITTA_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "sagitta/result.h"
#include "sagitta/tracks.h"

/* Try one input. Returns 0; a finding ends the program. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A promise of the code under test, checked in every build. */
#define CHECK(condition)                                                            \
  do {                                                                              \
    if (!(condition)) {                                                             \
      (void)fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      abort();                                                                      \
    }                                                                               \
  } while (0)

/* The input, taken from its beginning. */
typedef struct bytes {
  const uint8_t *at;
  size_t left;
} bytes;

/* The next byte; 0 after the last one. */
unsigned take(bytes *in);
/* A whole number from low to high, both included. */
int take_range(bytes *in, int low, int high);

/* Whatever holds together can be printed, and what was printed is read again and printed into the same bytes. */
void check_tracks_file(const sagitta_tracks *tracks);
void check_result_document(const sagitta_result *result);

#endif
