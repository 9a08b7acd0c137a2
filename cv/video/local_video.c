/* SPDX-License-Identifier: Apache-2.0 */
/* Open, read, seek in this process: frames of a source with their times. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "video/open_video.h"

enum { STAMPLESS_FRAMES = 100, CANDIDATES = 3 };

/* ---- frames as they come ---- */

/* An item, opened by the host where this is a cage. */
static const sg_item *take_item(const sagitta_source *source, size_t at) {
  if (source->prepare) source->prepare(&source->items[at], at);
  return &source->items[at];
}

static sagitta_status next_picture(sg_local_video *v, AVFrame **frame, bool *damaged, sagitta_error *error) {
  while (v->position < v->source->count) {
    const sg_item *item = take_item(v->source, v->position++);
    char name[SAGITTA_SOURCE_TEXT];
    sg_name_display(name, sizeof name, item->path ? item->path : v->source->name);
    sagitta_status status = sg_pictures_read(&v->pictures, item, name, frame, damaged, error);
    if (status == SAGITTA_OK || status == SAGITTA_ERROR_MEMORY || status == SAGITTA_ERROR_TOO_LARGE) return status;
    v->damaged++;
  }
  return SAGITTA_END;
}

static sagitta_status next_frame(sg_local_video *v, AVFrame **frame, bool *damaged, sagitta_error *error) {
  if (v->held) {
    *frame = v->held;
    *damaged = v->held_damaged;
    v->held = NULL;
    return SAGITTA_OK;
  }
  if (!v->stream) return next_picture(v, frame, damaged, error);
  sagitta_status status = sg_stream_read(v->stream, frame);
  if (status == SAGITTA_ERROR_MEMORY) return sg_fail(error, status, "Not enough memory to decode the video.");
  if (status == SAGITTA_OK) *damaged = sg_frame_is_damaged(*frame);
  return status;
}

/* ---- opening ---- */

static sagitta_status no_frame(const sg_local_video *v, sagitta_error *error) {
  const sg_stream *s = v->stream;
  const char *name = v->source->name;
  if (sg_container_is_protected(&s->container)) return sg_container_protected(name, error);
  if (s->container.packets == 0)
    return sg_fail(error, SAGITTA_ERROR_DAMAGED,
                   "\"%s\" has a header but no pictures: the file was cut off. Copy it again, or record again.", name);
  return sg_fail(error, SAGITTA_ERROR_DAMAGED,
                 "Not one frame of \"%s\" can be decoded: its %s video is damaged. Copy the file again, or record "
                 "again.",
                 name, avcodec_get_name(s->container.stream->codecpar->codec_id));
}

/* Decode the first shown frame into v->held, skipping frames that have no stamp where stamps are needed. */
static sagitta_status hold_first_frame(sg_local_video *v, sagitta_error *error) {
  sg_stream *s = v->stream;
  int64_t skipped = 0;
  AVFrame *frame = NULL;
  for (;;) {
    bool damaged;
    sagitta_status status = next_frame(v, &frame, &damaged, error);
    if (status == SAGITTA_END && skipped) {
      v->stampless = true;
      return SAGITTA_END;
    }
    /* What a decoder makes of encrypted bytes is no picture, even where it finds one. */
    if (status == SAGITTA_END || (status == SAGITTA_OK && s->container.encrypted)) return no_frame(v, error);
    if (status != SAGITTA_OK) return status;
    v->held = frame;
    v->held_damaged = damaged;
    if (v->source->rate > 0 || s->container.no_stamps || frame->best_effort_timestamp != AV_NOPTS_VALUE) break;
    if (++skipped >= STAMPLESS_FRAMES) break;
    if (v->info.coded_width == 0) {
      status = sg_describe(v, error);
      if (status != SAGITTA_OK) return status;
    }
    v->held = NULL;
  }
  v->stampless = !(v->source->rate > 0) && (s->container.no_stamps || frame->best_effort_timestamp == AV_NOPTS_VALUE);
  sg_clock_start(&v->clock, s->container.stream->time_base, frame->best_effort_timestamp, v->source->rate);
  v->clock.repaired = skipped;
  return SAGITTA_OK;
}

static sagitta_status open_stream(sg_local_video *v, sagitta_error *error) {
  const sagitta_source *source = v->source;
  const sg_item *item = take_item(source, 0);
  sagitta_error first = sg_error_like(error);
  for (int nth = 0; nth < CANDIDATES; nth++) {
    sagitta_error reason = sg_error_like(error);
    sagitta_status status = sg_stream_open(&v->stream, item, source->name, source->threads, nth, &reason);
    if (status == SAGITTA_OK) {
      status = hold_first_frame(v, &reason);
      if (status == SAGITTA_OK) {
        v->capture_rate = sg_container_capture_rate(&v->stream->container);
        return sg_describe(v, error);
      }
      if (status == SAGITTA_END) return SAGITTA_OK; /* frames, but not one stamp: reading says so */
      sg_stream_close(&v->stream);
    }
    if (nth == 0) first = reason;
    if (status != SAGITTA_ERROR_DAMAGED) break;
  }
  return sg_fail(error, first.status, "%s", first.text);
}

static sagitta_status open_pictures(sg_local_video *v, sagitta_error *error) {
  sagitta_error reason = sg_error_like(error);
  v->picture_rate = v->source->rate > 0 ? v->source->rate : 25.0;
  sagitta_status status = next_picture(v, &v->held, &v->held_damaged, &reason);
  if (status == SAGITTA_END) status = reason.status;
  if (status != SAGITTA_OK) return sg_fail(error, status, "%s", reason.text);
  v->first_position = v->position - 1;
  sg_clock_start(&v->clock, (AVRational){ 0, 1 }, 0, v->picture_rate);
  return sg_describe(v, error);
}

sagitta_status sg_local_video_open(sg_local_video **out, const sagitta_source *source, sagitta_error *error) {
  *out = NULL;
  sg_local_video *v = calloc(1, sizeof *v);
  if (!v) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", source->name);
  v->source = source;
  v->language = sg_error_language(error);
  const sagitta_status status =
      source->kind == SAGITTA_INPUT_PICTURES ? open_pictures(v, error) : open_stream(v, error);
  if (status != SAGITTA_OK) {
    sg_local_video_close(&v);
    return status;
  }
  *out = v;
  return SAGITTA_OK;
}

/* Cheaply back to the first frame, which must be the very one that was first before. */
static bool rewind_stream(sg_local_video *v) {
  const int64_t first = v->clock.first;
  if (!v->stream || v->ended || v->stampless || v->damaged || v->clock.repaired || v->warnings) return false;
  if (sg_stream_rewind(v->stream) != SAGITTA_OK) return false;
  v->held = NULL;
  if (hold_first_frame(v, NULL) != SAGITTA_OK || v->stampless) return false;
  v->index = 0;
  v->sought = false;
  return v->clock.first == first && v->clock.repaired == 0 && !v->held_damaged;
}

sagitta_status sg_local_video_rewind(sg_local_video **video, sagitta_error *error) {
  if (rewind_stream(*video)) return SAGITTA_OK;
  const sagitta_source *source = (*video)->source;
  sg_local_video_close(video);
  return sg_local_video_open(video, source, error);
}

void sg_local_video_close(sg_local_video **video) {
  if (!video || !*video) return;
  sg_local_video *v = *video;
  sg_mapper_free(&v->mapper);
  sg_pictures_free(&v->pictures);
  sg_stream_close(&v->stream);
  free(v);
  *video = NULL;
}

/* ---- reading ---- */

static bool same_picture(const sg_local_video *v, const AVFrame *frame) {
  return frame->width == v->info.coded_width && frame->height == v->info.coded_height &&
         (v->stream ? frame->format == v->format : sg_mapper_takes(frame->format));
}

static double time_of(sg_local_video *v, const AVFrame *frame) {
  if (v->stream) return sg_clock_next(&v->clock, frame->best_effort_timestamp);
  return (double)(v->position - 1 - v->first_position) / v->picture_rate;
}

static sagitta_status end_at_change(sg_local_video *v, const AVFrame *frame, double time_s) {
  sg_finish(v, false);
  char at[32];
  sg_print_short(at, time_s, 1);
  sg_warn(v,
          sg_warning(v->language, SAGITTA_WARNING_PICTURE_SIZE_CHANGED, -1, time_s, NAN,
                     "The picture changes from %d x %d to %d x %d px or its format changes at %s s; it was measured up "
                     "to there. Record without switching camera or zoom, or cut the recording there.",
                     v->info.coded_width, v->info.coded_height, frame->width, frame->height, at));
  return SAGITTA_END;
}

static sagitta_status end_at_limit(sg_local_video *v) {
  sg_finish(v, false);
  char limit[32];
  sg_print_short(limit, v->source->seconds, 3);
  sg_warn(v, sg_warning(v->language, SAGITTA_WARNING_SECONDS_LIMIT, -1, NAN, NAN,
                        "Only the first %s s were measured, as asked for. Give a larger --seconds for more.", limit));
  return SAGITTA_END;
}

sagitta_status sg_local_video_read(sg_local_video *v, sagitta_frame *frame, sagitta_error *error) {
  if (v->stampless)
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "\"%s\" has no time stamps, so that no speed or duration can be told. Give --rate with the frame "
                   "rate at which it was recorded.",
                   v->source->name);
  if (v->ended) return SAGITTA_END;
  AVFrame *decoded = NULL;
  bool damaged = false;
  sagitta_error reason = sg_error_like(error);
  sagitta_status status = next_frame(v, &decoded, &damaged, &reason);
  if (status == SAGITTA_END) sg_finish(v, true);
  if (status == SAGITTA_ERROR_TOO_LARGE) { /* a later picture that is too large has another size than the first */
    sg_finish(v, false);
    sg_warn(v, sg_warning(v->language, SAGITTA_WARNING_PICTURE_SIZE_CHANGED, -1, NAN, NAN, "%s", reason.text));
    return SAGITTA_END;
  }
  if (status == SAGITTA_END) return SAGITTA_END;
  if (status != SAGITTA_OK) return sg_fail(error, status, "%s", reason.text);
  double time_s = time_of(v, decoded);
  if (!same_picture(v, decoded)) return end_at_change(v, decoded, time_s);
  bool limited = v->source->seconds > 0 && v->source->kind != SAGITTA_INPUT_CAMERA;
  if (limited && time_s > v->source->seconds - 1e-9) return end_at_limit(v);
  if (!sg_mapper_map(&v->mapper, decoded, v->jpeg, frame))
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to convert a frame.");
  sg_clock_count(&v->clock, time_s);
  v->damaged += damaged;
  frame->index = v->index++;
  frame->time_s = time_s;
  frame->damaged = damaged;
  return SAGITTA_OK;
}

sagitta_status sg_local_video_seek(sg_local_video *v, double fraction) {
  if (v->stampless) return SAGITTA_END;
  double end = v->source->seconds;
  if (end > 0 && v->info.duration_s > end) fraction *= end / v->info.duration_s;
  if (v->stream) {
    sagitta_status status = sg_stream_seek(v->stream, fraction);
    if (status != SAGITTA_OK) return status;
    sg_clock_jump(&v->clock, sg_container_rate(&v->stream->container));
  } else {
    size_t last = v->source->count - 1 - v->first_position;
    size_t step = (size_t)((double)last * fraction + 0.5);
    v->position = v->first_position + step;
    v->index = (int64_t)step;
  }
  v->held = NULL;
  v->sought = true;
  v->ended = false;
  return SAGITTA_OK;
}

void sg_local_video_hurry(sg_local_video *v, double until_s) {
  /* With a rate of the user's own, times are counted and not stamps. */
  if (!v->stream || v->stampless || v->clock.rate > 0 || !(until_s > 0)) return;
  v->sought = true;
  sg_stream_hurry(v->stream, v->clock.first + (int64_t)floor(until_s / av_q2d(v->clock.base)));
}

const sagitta_input_info *sg_local_video_info(const sg_local_video *v) {
  return &v->info;
}

const sagitta_warning *sg_local_video_warnings(const sg_local_video *v, size_t *count) {
  *count = v->warnings;
  return v->warnings ? v->warning : NULL;
}
