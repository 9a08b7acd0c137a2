/* SPDX-License-Identifier: Apache-2.0 */
#include "assess/count.h"

#include <stdlib.h>

#include "assess/assess.h"
#include "base/base.h"

/* The repetitions of a motion. 0 when memory is short. */
static int count_in(sg_counted **out, size_t *count, const sg_motion *motion, const sg_test *test) {
  sg_bounds *bounds = NULL;
  sg_angles *angles = sg_angles_new(motion);
  int whole = angles && sg_find_repetitions(&bounds, count, motion, angles, test);
  if (whole && *count > 0) whole = (*out = calloc(*count, sizeof **out)) != NULL;
  const double *t = motion->signals->time;
  for (size_t i = 0; whole && i < *count; i++) {
    const sg_bounds *b = &bounds[i];
    (*out)[i] = (sg_counted){ t[b->start], t[b->end_range], t[b->end], b->cut_off };
  }
  free(bounds);
  sg_angles_free(angles);
  return whole;
}

sagitta_status sg_count_repetitions(sg_counted **out, size_t *count, const sagitta_tracks *tracks, const sg_test *test,
                                    sagitta_error *error) {
  sagitta_error why = sg_error_like(error); /* of what cannot be measured yet */
  sg_signals *signals = NULL;
  sg_motion *motion = NULL;
  *out = NULL;
  *count = 0;
  sagitta_status status = sg_signals_new(&signals, tracks, NULL, &why);
  if (status == SAGITTA_OK) status = sg_motion_new(&motion, signals, &test->opening, NULL, &why);
  if (status == SAGITTA_OK && !count_in(out, count, motion, test)) status = SAGITTA_ERROR_MEMORY;
  sg_motion_free(motion);
  sg_signals_free(signals);
  if (status == SAGITTA_NO_MEASUREMENT) return SAGITTA_OK;
  return status == SAGITTA_OK ? status : sg_fail(error, status, "Not enough memory to count repetitions.");
}
