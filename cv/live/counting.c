/* SPDX-License-Identifier: Apache-2.0 */
#include "live/counting.h"

#include <math.h>
#include <stdlib.h>

#include "assess/count.h"

#define SLOW_DEG_S 6.0  /* slower may be a rest */
#define REST_S     0.3  /* of slowness */
#define SETTLED_S  30.0 /* a repetition that is over for so long does not change any more, and may be forgotten */

sg_counting sg_counting_begin(void) {
  const double none = (double)NAN;
  return (sg_counting){ .least_deg = none, .most_deg = none, .slow_s = none, .before_s = -(double)INFINITY };
}

bool sg_counting_is_due(sg_counting *c, const sg_test *test, double time_s, double angle, double speed) {
  if (isnan(angle) || test->moves_deg <= 0) return false;
  c->least_deg = fmin(c->least_deg, angle); /* of NAN and a number the number */
  c->most_deg = fmax(c->most_deg, angle);
  if (!(fabs(speed) < SLOW_DEG_S)) {
    c->slow_s = (double)NAN;
    return false;
  }
  if (isnan(c->slow_s)) c->slow_s = time_s;
  const bool moved = c->most_deg - c->least_deg > test->moves_deg;
  if (!moved || time_s - c->slow_s < REST_S) return false;
  c->least_deg = c->most_deg = angle;
  return true;
}

/* What is over for long, while the oldest rows are about to be forgotten, is counted once and for all. */
static void settle(sg_counting *c, const sg_counted *found, size_t count, const sagitta_tracks *tracks) {
  const double oldest = sagitta_tracks_time(tracks, 0),
               newest = sagitta_tracks_time(tracks, sagitta_tracks_rows(tracks) - 1);
  if (newest - oldest < SAGITTA_LIVE_KEPT_S - 2 * SETTLED_S) return;
  for (size_t i = 0; i < count; i++) {
    if (found[i].cut_off || found[i].end_range_s <= c->before_s || newest - found[i].end_s < SETTLED_S) continue;
    c->before++;
    c->before_s = found[i].end_range_s;
  }
}

sagitta_status sg_counting_count(sg_counting *c, const sagitta_tracks *tracks, const sg_test *test, bool whole,
                                 size_t *repetitions, sagitta_error *error) {
  sg_counted *found = NULL;
  size_t count = 0;
  if (sagitta_tracks_rows(tracks) < 2) return SAGITTA_OK;
  const sagitta_status status = sg_count_repetitions(&found, &count, tracks, test, error);
  if (status != SAGITTA_OK) return status;
  settle(c, found, count, tracks);
  *repetitions = c->before;
  for (size_t i = 0; i < count; i++) {
    const bool open = found[i].cut_off && i + 1 == count && !whole;
    if (found[i].end_range_s > c->before_s && !open) ++*repetitions;
  }
  free(found);
  return SAGITTA_OK;
}
