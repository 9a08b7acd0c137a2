/* SPDX-License-Identifier: Apache-2.0 */
#include "tracks/trc_times.h"

#include <math.h>
#include <stdlib.h>

#include "base/base.h"
#include "base/math.h"
#include "tracks/tracks_file.h"

#define MS_LEAST     700.0 /* times the step that the rate asks for: those are milliseconds … */
#define MS_MOST      1400.0
#define MS_PER_S     1000.0
#define CONTRADICTS  10.0 /* as many times the step that the rate asks for, or a part: one of them is wrong */
#define DIFFERS      1.25 /* likewise: both may be meant, and the reader should know */
#define SLOWEST_S    1.0  /* nobody films slower than a frame in so many seconds, but milliseconds look so */
#define COARSE       0.1  /* of the step: times that are rounded more coarsely than that are no times of frames */
#define EXACT_S      1e-4 /* as near to even as that, they need not be made anew */
#define ROUNDED      1.5  /* of the unit: by how much rounded times differ from even ones, at most */
#define ROUNDED_MEAN 2.0  /* likewise where the rate itself is taken from them */
#define SAME_RATE    0.01 /* share by which the true rate may differ from the stated one: 119.88 for 120 */

/* ---- milliseconds ---- */

static void take_as_milliseconds(sg_space *space, const char *language) {
  char rate[32];
  for (size_t row = 0; row < space->rows; row++) space->time[row] /= MS_PER_S;
  sg_print_short(rate, space->rate, 2);
  sg_space_warn(space,
                sg_warning(language, SAGITTA_WARNING_TIMESTAMPS_REPAIRED, -1, NAN, NAN,
                           "The times are in milliseconds, as the DataRate of %s shows, and were read so. Nothing "
                           "needs to be done.",
                           rate));
}

/* ---- rounded times ---- */

/* By how much the times leave the even ones of that rate, from the earliest to the latest. */
static double spread_about(const sg_space *space, double rate) {
  double low = INFINITY, high = -INFINITY;
  for (size_t row = 0; row < space->rows; row++) {
    const double off = space->time[row] - (double)row / rate;
    low = fmin(low, off);
    high = fmax(high, off);
  }
  return high - low;
}

/* The rate of which the times are the rounded ones; 0 where they are not. */
static double rounded_from(const sg_space *space, double unit) {
  const double span = space->time[space->rows - 1] - space->time[0];
  if (spread_about(space, space->rate) <= ROUNDED * unit) return space->rate;
  if (!(span > 0)) return 0;
  const double mean = (double)(space->rows - 1) / span;
  const bool same = fabs(mean - space->rate) <= SAME_RATE * space->rate;
  return same && spread_about(space, mean) <= ROUNDED_MEAN * unit ? mean : 0;
}

/* Whether the times could be, and were, made from the rate. */
static bool make_anew(sg_space *space, double unit, const char *language) {
  char rounded[32], stated[32];
  if (!(unit > 0) || unit * space->rate <= COARSE || space->rows < 2) return false;
  if (spread_about(space, space->rate) < EXACT_S) return false;
  const double rate = rounded_from(space, unit), first = space->time[0];
  if (!(rate > 0)) return false;
  for (size_t row = 0; row < space->rows; row++) space->time[row] = first + (double)row / rate;
  sg_print_short(rounded, unit, SG_TRACKS_TIME_DECIMALS);
  sg_print_short(stated, space->rate, 2);
  sg_space_warn(space, sg_warning(language, SAGITTA_WARNING_TIMESTAMPS_REPAIRED, -1, NAN, NAN,
                                  "The times are rounded to %s s, too coarsely for their frames. They agree with the "
                                  "DataRate of %s, and were made from it. Nothing needs to be done.",
                                  rounded, stated));
  return true;
}

/* ---- seconds, by the rate ---- */

static sagitta_status compare_with_rate(sg_space *space, double step, sagitta_error *error) {
  char own[32], stated[32], by[32];
  if (!(step > 0)) return SAGITTA_OK;
  const double times = step * space->rate;
  sg_print_short(by, step, 3);
  sg_print_short(own, 1 / step, 2);
  sg_print_short(stated, space->rate, 2);
  if (!(space->rate > 0)) {
    if (step < SLOWEST_S) return SAGITTA_OK;
    return sg_fail(error, SAGITTA_ERROR_FORMAT,
                   "Its times go on by %s from row to row, and without a DataRate nothing says whether those are "
                   "seconds or milliseconds. Write the DataRate into line 3, or the times in seconds.",
                   by);
  }
  if (times > CONTRADICTS || times < 1 / CONTRADICTS) {
    return sg_fail(
        error, SAGITTA_ERROR_FORMAT,
        "Its times go on by %s s from row to row, which is a rate of %s, and its DataRate is %s: one of them "
        "is wrong. Export it with times in seconds, and the DataRate in frames per second.",
        by, own, stated);
  }
  if (times < DIFFERS && times > 1 / DIFFERS) return SAGITTA_OK;
  sg_space_warn(space,
                sg_warning(sg_error_language(error), SAGITTA_WARNING_SLOW_MOTION, -1, NAN, NAN,
                           "The DataRate is %s, but the times go on at %s frames per second. The times were used; "
                           "if it is the DataRate that is right, export the file with true times.",
                           stated, own));
  return SAGITTA_OK;
}

sagitta_status sg_trc_settle_times(sg_space *space, double unit, sagitta_error *error) {
  double step;
  sagitta_status status = sg_space_usual_step(space, &step, error);
  if (status != SAGITTA_OK || isnan(step)) return status;
  const double times = step * space->rate;
  if (times >= MS_LEAST && times <= MS_MOST) {
    take_as_milliseconds(space, sg_error_language(error));
    unit /= MS_PER_S;
    step /= MS_PER_S;
  }
  if (make_anew(space, unit, sg_error_language(error))) return SAGITTA_OK;
  return compare_with_rate(space, step, error);
}

size_t sg_trc_round_times(sg_space *space) {
  for (size_t row = 0; row < space->rows; row++) {
    const double time = sg_round(space->time[row], SG_TRACKS_TIME_DECIMALS);
    if (!(fabs(time) <= SG_TRACKS_TIME_MAX)) return row;
    if (row > 0 && time <= space->time[row - 1]) return row;
    space->time[row] = time;
  }
  return space->rows;
}

/* ---- the end ---- */

/* Whether the last row is the last one that was promised, by its time. */
static bool reaches_end(const sg_space *space, double promised) {
  const double span = space->time[space->rows - 1] - space->time[0];
  return space->rate > 0 && span * space->rate + 1.5 >= promised;
}

void sg_trc_check_end(sg_space *space, double promised, bool cut, const sagitta_error *error) {
  const bool fewer = promised > (double)space->rows;
  if (!cut && (!fewer || reaches_end(space, promised))) return;
  sg_space_warn(space, sg_tracks_broken_off(sg_error_language(error), space->time[space->rows - 1], space->rows,
                                            fewer ? promised : 0));
}
