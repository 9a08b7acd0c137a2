/* SPDX-License-Identifier: Apache-2.0 */
#include "video/camera_stamps.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/system.h"

#define MISSING_FROM 1.5 /* times the typical interval: a frame is missing in it */
#define LEAST        5   /* intervals, before one is typical */
#define MISSING_MOST 1e9 /* frames in one gap: a clock that jumped tells nothing */
#define TICKS_MOST   (INT64_MAX / 4)
#define AHEAD_MOST   60.0 /* s that a frame may be later than its predecessor, beyond what the clock says */

sg_camera_stamps sg_camera_stamps_begin(AVRational base, bool by_arrival) {
  return (sg_camera_stamps){
    .base = base, .by_arrival = by_arrival, .first = AV_NOPTS_VALUE, .came_ns = sg_system_clock_ns()
  };
}

void sg_camera_stamps_resume(sg_camera_stamps *s) {
  const double away = 1e-9 * (double)(sg_system_clock_ns() - s->came_ns);
  s->offset = s->last + (int64_t)llround(away / av_q2d(s->base));
  s->first = AV_NOPTS_VALUE;
  s->resumed = true;
}

static int by_size(const void *a, const void *b) {
  const double p = *(const double *)a, q = *(const double *)b;
  return (p > q) - (p < q);
}

/* s; 0 = not known yet. */
static double typical(const sg_camera_stamps *s) {
  double sorted[SG_STAMP_INTERVALS];
  size_t count = 0;
  for (int i = 0; i < SG_STAMP_INTERVALS; i++)
    if (s->interval[i] > 0) sorted[count++] = s->interval[i];
  if (count < LEAST) return 0;
  qsort(sorted, count, sizeof *sorted, by_size);
  return sorted[count / 2];
}

double sg_camera_stamps_rate(const sg_camera_stamps *s) {
  const double usual = typical(s);
  return usual > 0 ? 1.0 / usual : 0;
}

static void count_interval(sg_camera_stamps *s, double seconds) {
  const double usual = typical(s);
  if (usual > 0 && seconds > MISSING_FROM * usual)
    s->dropped += (int64_t)lround(fmin(seconds / usual, MISSING_MOST)) - 1;
  s->interval[s->frames % SG_STAMP_INTERVALS] = seconds;
}

/* Ticks from the first of all. Where the driver's clock stands still, was set back or runs away, times go on by the
 * arrival of this frame, and by the driver's clock as it now is from here on. */
static int64_t ticks_at(sg_camera_stamps *s, int64_t stamp, int64_t now) {
  int64_t ticks;
  const bool fits = !__builtin_sub_overflow(stamp, s->first, &ticks) &&
                    !__builtin_add_overflow(ticks, s->offset, &ticks) && ticks <= TICKS_MOST;
  if (s->frames == 0) return fits ? ticks : 0;
  const double tick = av_q2d(s->base), elapsed = 1e-9 * (double)(now - s->came_ns);
  if (fits && ticks > s->last && (double)(ticks - s->last) * tick < elapsed + AHEAD_MOST) return ticks;
  s->first = stamp;
  s->offset = s->last + (int64_t)llround(elapsed / tick);
  if (s->offset <= s->last) s->offset = s->last + 1;
  return s->offset;
}

double sg_camera_stamp(sg_camera_stamps *s, AVPacket *p) {
  const int64_t now = sg_system_clock_ns();
  int64_t stamp = p->pts != AV_NOPTS_VALUE ? p->pts : p->dts;
  if (s->by_arrival || stamp == AV_NOPTS_VALUE) stamp = av_rescale_q(now, (AVRational){ 1, 1000000000 }, s->base);
  if (s->first == AV_NOPTS_VALUE) s->first = stamp;
  const int64_t ticks = ticks_at(s, stamp, now);
  if (s->frames > 0 && !s->resumed) count_interval(s, (double)(ticks - s->last) * av_q2d(s->base));
  s->resumed = false;
  s->frames++;
  s->last = p->pts = p->dts = ticks;
  s->came_ns = now;
  return (double)ticks * av_q2d(s->base);
}
