/* SPDX-License-Identifier: Apache-2.0 */
/* Part of the room's face: how many repetitions an analysis would find, without measuring them. Thread-safe. */
#ifndef SG_ASSESS_COUNT_H
#define SG_ASSESS_COUNT_H

#include "assess/tests.h"
#include "sagitta/tracks.h"

/* One repetition, s from the first shown frame. */
typedef struct sg_counted {
  double start_s, end_range_s, end_s;
  bool cut_off; /* the tracks begin or end within it */
} sg_counted;

/*
 * The repetitions of a test in tracks, by the rules of sagitta_analyze: also those that it would not call valid. None
 * where nothing could be measured. *out is the caller's (free). Errors: MEMORY.
 */
sagitta_status sg_count_repetitions(sg_counted **out, size_t *count, const sagitta_tracks *tracks, const sg_test *test,
                                    sagitta_error *error);

#endif
