/* SPDX-License-Identifier: Apache-2.0 */
/* What is said of an input: at its opening from header and first frame, at its end from what was read. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <libavutil/display.h>
#include <libavutil/pixdesc.h>

#include "base/base.h"
#include "base/translate.h"
#include "video/open_video.h"
#include "video/formats.h"

/* ---- at the opening ---- */

static void set_text(char *out, size_t room, const char *text) {
  (void)snprintf(out, room, "%s", text ? text : "");
}

/* What header and index promise, until the frames themselves have been counted. */
static void set_expectations(sg_local_video *v) {
  sagitta_input_info *info = &v->info;
  const sg_container *c = v->stream ? &v->stream->container : NULL;
  double nominal = c ? sg_container_rate(c) : v->picture_rate;
  info->frames = c ? c->stream->nb_frames : (int64_t)v->source->count;
  if (c && c->stream->duration > 0)
    info->duration_s = (double)c->stream->duration * av_q2d(c->stream->time_base);
  else if (c && c->format->duration > 0)
    info->duration_s = (double)c->format->duration / AV_TIME_BASE;
  info->frame_rate = nominal;
  if (v->source->rate > 0 && nominal > 0) info->duration_s *= nominal / v->source->rate;
  if (v->source->rate > 0) info->frame_rate = v->source->rate;
  if (!c) info->duration_s = (double)v->source->count / v->picture_rate;
  info->capture_rate = v->capture_rate;
}

static sg_turn find_turn(const sg_local_video *v, const AVFrame *frame) {
  const size_t size = 9 * sizeof(int32_t);
  const uint8_t *data = NULL;
  if (v->stream) data = sg_container_side_data(&v->stream->container, AV_PKT_DATA_DISPLAYMATRIX, size);
  if (!data) {
    const AVFrameSideData *side = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
    if (side && (size_t)side->size >= size) data = side->data;
  }
  if (!data) return sg_turn_of_exif(v->stream ? 1 : v->pictures.orientation);
  int32_t matrix[9];
  memcpy(matrix, data, size);
  return sg_turn_of_matrix(matrix);
}

sagitta_status sg_describe(sg_local_video *v, sagitta_error *error) {
  AVFrame *frame = v->held;
  sagitta_input_info *info = &v->info;
  sagitta_frame mapped;
  info->kind = v->source->kind;
  memcpy(info->source, v->source->name, sizeof info->source);
  const AVCodecParameters *coding = v->stream ? v->stream->container.stream->codecpar : NULL;
  set_text(info->codec, sizeof info->codec, coding ? avcodec_get_name(coding->codec_id) : v->pictures.codec);
  set_text(info->pixel_format, sizeof info->pixel_format, av_get_pix_fmt_name(frame->format));
  if (sg_picture_is_too_large(frame->width, frame->height))
    return sg_picture_too_large(v->source->name, frame->width, frame->height, error);
  v->jpeg =
      strcmp(info->codec, "mjpeg") == 0 || strcmp(info->codec, "webp") == 0 || strcmp(info->codec, "mpeg1video") == 0;
  v->format = frame->format;
  if (!sg_mapper_map(&v->mapper, frame, v->jpeg, &mapped))
    return sg_fail(error, SAGITTA_ERROR_NO_DECODER,
                   "The picture format \"%s\" of \"%s\" cannot be read. Convert the video to H.264.",
                   info->pixel_format, v->source->name);
  info->coded_width = frame->width;
  info->coded_height = frame->height;
  info->full_range = mapped.full_range;
  info->matrix = mapped.matrix;
  info->colour_guessed = sg_colour_is_guessed(frame);
  AVRational aspect = frame->sample_aspect_ratio;
  if (v->stream) aspect = av_guess_sample_aspect_ratio(v->stream->container.format, v->stream->container.stream, frame);
  sg_set_geometry(info, find_turn(v, frame), sg_sample_aspect(aspect));
  set_expectations(v);
  return SAGITTA_OK;
}

/* ---- at the end ---- */

void sg_warn(sg_local_video *v, sagitta_warning warning) {
  if (v->warnings < SG_VIDEO_WARNINGS) v->warning[v->warnings++] = warning;
}

static void warn_of_slow_motion(sg_local_video *v, sg_slow slow) {
  char fast[32];
  char played[32];
  sg_print_short(fast, v->info.capture_rate, 1);
  sg_print_short(played, v->clock.pace.reference > 0 ? 1 / v->clock.pace.reference : v->info.frame_rate, 1);
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

static void warn_of_damage(sg_local_video *v) {
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

void sg_finish(sg_local_video *v, bool unbroken) {
  v->ended = true;
  if (v->sought) return;
  sg_slow slow = sg_clock_finish(&v->clock, v->capture_rate, &v->info);
  v->info.frames_damaged = v->damaged + (v->stream ? v->stream->decoder.failures : 0);
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
