/* SPDX-License-Identifier: Apache-2.0 */
/* Times of frames from their stamps, and what the stamps say of the recording: rate, evenness, slow motion. */
#include <math.h>
#include <string.h>

#include "video/open_video.h"

/* Times stay apart after rounding to 0.1 ms. */
static const double least_step = 0.0002;
static const double fast_rate = 89.5; /* frames/s */

void sg_clock_start(sg_clock *clock, AVRational base, int64_t first, double rate) {
  memset(clock, 0, sizeof *clock);
  clock->base = base;
  clock->first = first;
  clock->rate = rate;
  clock->pace.tick = base.num > 0 && base.den > 0 ? (double)base.num / base.den : 0;
  clock->last = -1;
}

double sg_clock_interval(const sg_clock *clock) {
  return sg_pace_interval(&clock->pace);
}

/* The stamp in s from the first one; NAN when it is missing or absurd. */
static double seconds_of(const sg_clock *clock, int64_t stamp) {
  int64_t ticks;
  if (stamp == AV_NOPTS_VALUE || __builtin_sub_overflow(stamp, clock->first, &ticks)) return NAN;
  double seconds = (double)ticks * clock->base.num / clock->base.den;
  return fabs(seconds) < 1e8 ? seconds : NAN;
}

double sg_clock_next(sg_clock *clock, int64_t stamp) {
  double raw = seconds_of(clock, stamp);
  if (clock->rate > 0) {
    if (clock->nominal > 0 && raw >= 0) clock->frames = (int64_t)(raw * clock->nominal + 0.5);
    clock->nominal = 0;
    return (double)clock->frames / clock->rate;
  }
  if (clock->last < 0) return clock->last = isnan(raw) || raw < 0 ? 0 : raw;
  double usual = sg_clock_interval(clock);
  if (!(usual > 0)) usual = 1.0 / 30;
  double time = raw + clock->offset;
  if (time < clock->last - 1.0) { /* the stamps began anew: go on from here */
    clock->offset = clock->last + usual - raw;
    clock->repaired++;
    clock->standing = 0;
    return clock->last += usual;
  }
  if (!isnan(time) && time >= clock->last + 0.75 * least_step) {
    clock->standing = 0;
    return clock->last = time;
  }
  /* A missing stamp is one interval on; one that stands still or goes back a little is put before its successor. */
  clock->repaired++;
  double step = usual;
  if (!isnan(time))
    for (int i = 0; i <= clock->standing && step > least_step; i++) step *= 0.5;
  clock->standing++;
  return clock->last += step > least_step ? step : least_step;
}

void sg_clock_count(sg_clock *clock, double time_s) {
  if (clock->frames == 0)
    clock->first_time = time_s;
  else if (time_s > clock->last_time)
    sg_pace_add(&clock->pace, time_s - clock->last_time);
  clock->last_time = time_s;
  clock->frames++;
}

void sg_clock_jump(sg_clock *clock, double nominal) {
  clock->nominal = nominal;
  clock->last = -1;
  clock->offset = 0;
  clock->standing = 0;
}

static sg_slow slow_motion(const sg_clock *clock, double capture_rate, double rate) {
  if (capture_rate > 0 && rate > 0 && capture_rate > 1.5 * rate) return SG_SLOW_STRETCHED;
  const sg_pace *pace = &clock->pace;
  if (pace->fastest > 0 && pace->slowest >= 1.9 * pace->fastest && pace->fastest < 1.0 / 49) return SG_SLOW_RAMP;
  return rate >= fast_rate || capture_rate >= fast_rate ? SG_SLOW_TRUE_CLOCK : SG_SLOW_NOT;
}

sg_slow sg_clock_finish(sg_clock *clock, double capture_rate, sagitta_input_info *info) {
  info->variable_frame_rate = sg_pace_is_variable(&clock->pace);
  double usual = clock->pace.reference;
  double span = clock->last_time - clock->first_time;
  info->frames = clock->frames;
  info->frame_rate = clock->frames > 1 && span > 0 ? (double)(clock->frames - 1) / span : clock->rate;
  info->duration_s = span + (usual > 0 ? usual : clock->rate > 0 ? 1.0 / clock->rate : 0);
  sg_slow slow = slow_motion(clock, capture_rate, usual > 0 ? 1.0 / usual : 0);
  info->slow_motion = slow != SG_SLOW_NOT;
  info->capture_rate = capture_rate;
  if (slow == SG_SLOW_TRUE_CLOCK && !(capture_rate > 0)) info->capture_rate = info->frame_rate;
  if (slow == SG_SLOW_RAMP && !(capture_rate > 0)) info->capture_rate = 1.0 / clock->pace.fastest;
  return slow;
}
