/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/translate.h"
#include "video/video.h"

void sg_warn(sagitta_video *v, sagitta_warning warning) {
  if (v->warnings < SG_VIDEO_WARNINGS) v->warning[v->warnings++] = warning;
}

static void warn_of_slow_motion(sagitta_video *v, sg_slow slow) {
  char fast[32];
  char played[32];
  sg_print_short(fast, v->info.capture_rate, 1);
  sg_print_short(played, v->clock.reference > 0 ? 1 / v->clock.reference : v->info.frame_rate, 1);
  const char *advice = sg_say(v->language, "give --rate with the true capture rate");
  if (slow == SG_SLOW_STRETCHED)
    sg_warn(v, sg_warning(v->language, SAGITTA_WARNING_SLOW_MOTION, -1, NAN, NAN,
                          "The file says that it was captured at %s frames per second, but it plays at %s: it is slow "
                          "motion, and its times are too long. To measure true times, give --rate %s.",
                          fast, played, fast));
  else if (slow == SG_SLOW_RAMP)
    sg_warn(v,
            sg_warning(v->language, SAGITTA_WARNING_SLOW_MOTION, -1, NAN, NAN,
                       "The frame rate jumps within the recording, as in slow motion (up to %s frames per second). Its "
                       "time stamps were used; if a part plays slowed down, export it without the effect or %s.",
                       fast, advice));
  else if (slow == SG_SLOW_TRUE_CLOCK)
    sg_warn(v, sg_warning(v->language, SAGITTA_WARNING_SLOW_MOTION, -1, NAN, NAN,
                          "Recorded at %s frames per second, as slow motion is. Its time stamps say the same and were "
                          "used; if it plays slowed down, %s.",
                          fast, advice));
}

static void warn_of_damage(sagitta_video *v) {
  if (v->info.frames_damaged)
    sg_warn(v, sg_warning(
                   v->language, SAGITTA_WARNING_FRAMES_DAMAGED, -1, NAN, NAN,
                   "Damaged frames: %lld. What could be decoded of them was measured. Copy the file again if it plays "
                   "well elsewhere.",
                   (long long)v->info.frames_damaged));
  if (v->clock.repaired)
    sg_warn(v,
            sg_warning(v->language, SAGITTA_WARNING_TIMESTAMPS_REPAIRED, -1, NAN, NAN,
                       "Time stamps that were missing, stood still or ran backwards: %lld. They were put in order. If "
                       "times look wrong, give --rate with the capture rate.",
                       (long long)v->clock.repaired));
  if (v->info.variable_frame_rate && !(v->source->rate > 0))
    sg_warn(v,
            sg_warning(v->language, SAGITTA_WARNING_VARIABLE_FRAME_RATE, -1, NAN, NAN,
                       "The frames are not evenly spaced in time. Each frame's own time stamp was used; nothing needs "
                       "to be done."));
}

void sg_finish(sagitta_video *v, bool unbroken) {
  v->ended = true;
  if (v->sought) return;
  sg_slow slow = sg_clock_finish(&v->clock, v->capture_rate, &v->info);
  v->info.frames_damaged = v->damaged + (v->stream ? v->stream->failures : 0);
  if (v->stream && unbroken && sg_stream_truncated(v->stream)) {
    char end[32];
    sg_print_short(end, v->clock.last_time, 1);
    sg_warn(v,
            sg_warning(v->language, SAGITTA_WARNING_STREAM_TRUNCATED, -1, v->clock.last_time, NAN,
                       "The file breaks off after %s s, before its end; it was measured up to there. Copy it again to "
                       "have the rest.",
                       end));
  }
  warn_of_damage(v);
  if (v->stream && !(v->source->rate > 0)) warn_of_slow_motion(v, slow);
}
