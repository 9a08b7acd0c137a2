/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libavutil/display.h>
#include <libavutil/pixdesc.h>

#include "video/video.h"

enum { WARNINGS = 8, STAMPLESS_FRAMES = 100, CANDIDATES = 3 };

struct sagitta_video {
  const sagitta_source *source;
  sagitta_input_info info;
  sg_stream *stream;    /* VIDEO, CAMERA */
  sg_pictures pictures; /* PICTURES */
  size_t position;      /* of the next picture */
  size_t first_position;
  AVFrame *held; /* decoded but not yet given; lent by stream or pictures */
  bool held_damaged;
  sg_mapper mapper;
  sg_clock clock;
  bool jpeg; /* coded as JPEG: chroma is centred unless stated */
  int format;
  double capture_rate;
  double picture_rate; /* frames/s of pictures */
  int64_t index, damaged;
  bool stampless, sought, ended;
  sagitta_warning warning[WARNINGS];
  size_t warnings;
};

static void warn(sagitta_video *v, sagitta_warning warning) {
  if (v->warnings < WARNINGS) v->warning[v->warnings++] = warning;
}

/* --- frames as they come ------------------------------------------------------------------------------------------ */

static sagitta_status next_picture(sagitta_video *v, AVFrame **frame, bool *damaged, sagitta_error *error) {
  while (v->position < v->source->count) {
    const sg_item *item = &v->source->items[v->position++];
    char name[SAGITTA_SOURCE_TEXT];
    sg_name_display(name, sizeof name, item->path ? item->path : v->source->name);
    sagitta_status status = sg_pictures_read(&v->pictures, item, name, frame, damaged, error);
    if (status == SAGITTA_OK || status == SAGITTA_ERROR_MEMORY || status == SAGITTA_ERROR_TOO_LARGE) return status;
    v->damaged++;
  }
  return SAGITTA_END;
}

static sagitta_status next_frame(sagitta_video *v, AVFrame **frame, bool *damaged, sagitta_error *error) {
  if (v->held) {
    *frame = v->held;
    *damaged = v->held_damaged;
    v->held = NULL;
    return SAGITTA_OK;
  }
  if (!v->stream) return next_picture(v, frame, damaged, error);
  sagitta_status status = sg_stream_read(v->stream, frame);
  if (status == SAGITTA_ERROR_MEMORY) return sg_fail(error, status, "Not enough memory to decode the video.");
  if (status == SAGITTA_OK) *damaged = ((*frame)->flags & AV_FRAME_FLAG_CORRUPT) || (*frame)->decode_error_flags;
  return status;
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static void set_text(char *out, size_t room, const char *text) {
  (void)snprintf(out, room, "%s", text ? text : "");
}

static double stated_capture_rate(const sg_stream *s) {
  const AVDictionary *places[2] = { s->format->metadata, s->stream->metadata };
  for (size_t i = 0; i < 2; i++) {
    const AVDictionaryEntry *entry = av_dict_get(places[i], "com.android.capture.fps", NULL, 0);
    double rate;
    const char *at = entry ? entry->value : NULL;
    if (at && sg_parse_number(&at, at + strlen(at), &rate) && rate >= 1 && rate <= 10000) return rate;
  }
  return 0;
}

static double nominal_rate(const sg_stream *s) {
  AVRational rate = s->stream->avg_frame_rate;
  if (rate.num <= 0 || rate.den <= 0) rate = s->stream->r_frame_rate;
  return rate.num > 0 && rate.den > 0 ? av_q2d(rate) : 0;
}

/* What header and index promise, until the frames themselves have been counted. */
static void set_expectations(sagitta_video *v) {
  sagitta_input_info *info = &v->info;
  const sg_stream *s = v->stream;
  double nominal = s ? nominal_rate(s) : v->picture_rate;
  info->frames = s ? s->stream->nb_frames : (int64_t)v->source->count;
  if (s && s->stream->duration > 0)
    info->duration_s = (double)s->stream->duration * av_q2d(s->stream->time_base);
  else if (s && s->format->duration > 0)
    info->duration_s = (double)s->format->duration / AV_TIME_BASE;
  info->frame_rate = nominal;
  if (v->source->rate > 0 && nominal > 0) info->duration_s *= nominal / v->source->rate;
  if (v->source->rate > 0) info->frame_rate = v->source->rate;
  if (!s) info->duration_s = (double)v->source->count / v->picture_rate;
  info->capture_rate = v->capture_rate;
}

static sg_turn find_turn(const sagitta_video *v, const AVFrame *frame) {
  const size_t size = 9 * sizeof(int32_t);
  const uint8_t *data = NULL;
  if (v->stream) data = sg_stream_side_data(v->stream->stream, AV_PKT_DATA_DISPLAYMATRIX, size);
  if (!data) {
    const AVFrameSideData *side = av_frame_get_side_data(frame, AV_FRAME_DATA_DISPLAYMATRIX);
    if (side && (size_t)side->size >= size) data = side->data;
  }
  if (!data) return sg_turn_of_exif(v->stream ? 1 : v->pictures.orientation);
  int32_t matrix[9];
  memcpy(matrix, data, size);
  return sg_turn_of_matrix(matrix);
}

static sagitta_status describe(sagitta_video *v, sagitta_error *error) {
  AVFrame *frame = v->held;
  sagitta_input_info *info = &v->info;
  sagitta_frame mapped;
  info->kind = v->source->kind;
  memcpy(info->source, v->source->name, sizeof info->source);
  const AVCodecParameters *coding = v->stream ? v->stream->stream->codecpar : NULL;
  set_text(info->codec, sizeof info->codec, coding ? avcodec_get_name(coding->codec_id) : v->pictures.codec);
  set_text(info->pixel_format, sizeof info->pixel_format, av_get_pix_fmt_name(frame->format));
  if (frame->width > SAGITTA_PICTURE_MAX || frame->height > SAGITTA_PICTURE_MAX)
    return sg_fail(
        error, SAGITTA_ERROR_TOO_LARGE,
        "The picture of \"%s\" is %d x %d px; at most %d px on either side can be measured. Make it smaller.",
        v->source->name, frame->width, frame->height, SAGITTA_PICTURE_MAX);
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
  if (v->stream) aspect = av_guess_sample_aspect_ratio(v->stream->format, v->stream->stream, frame);
  sg_set_geometry(info, find_turn(v, frame), sg_sample_aspect(aspect));
  set_expectations(v);
  return SAGITTA_OK;
}

static sagitta_status no_frame(const sagitta_video *v, sagitta_error *error) {
  const sg_stream *s = v->stream;
  const char *name = v->source->name;
  if (s->encrypted)
    return sg_fail(error, SAGITTA_ERROR_ENCRYPTED,
                   "\"%s\" is protected (encrypted), and its pictures cannot be read. Use a recording of your own, or "
                   "an unprotected export.",
                   name);
  if (s->packets == 0)
    return sg_fail(error, SAGITTA_ERROR_DAMAGED,
                   "\"%s\" has a header but no pictures: the file was cut off. Copy it again, or record again.", name);
  return sg_fail(error, SAGITTA_ERROR_DAMAGED,
                 "Not one frame of \"%s\" can be decoded: its %s video is damaged. Copy the file again, or record "
                 "again.",
                 name, avcodec_get_name(s->stream->codecpar->codec_id));
}

/* Decode the first shown frame into v->held, skipping frames that have no stamp where stamps are needed. */
static sagitta_status hold_first_frame(sagitta_video *v, sagitta_error *error) {
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
    if (status == SAGITTA_END || (status == SAGITTA_OK && s->encrypted)) return no_frame(v, error);
    if (status != SAGITTA_OK) return status;
    v->held = frame;
    v->held_damaged = damaged;
    if (v->source->rate > 0 || s->no_stamps || frame->best_effort_timestamp != AV_NOPTS_VALUE) break;
    if (++skipped >= STAMPLESS_FRAMES) break;
    if (v->info.coded_width == 0) {
      status = describe(v, error);
      if (status != SAGITTA_OK) return status;
    }
    v->held = NULL;
  }
  v->stampless = !(v->source->rate > 0) && (s->no_stamps || frame->best_effort_timestamp == AV_NOPTS_VALUE);
  sg_clock_start(&v->clock, s->stream->time_base, frame->best_effort_timestamp, v->source->rate);
  v->clock.repaired = skipped;
  return SAGITTA_OK;
}

static sagitta_status open_stream(sagitta_video *v, sagitta_error *error) {
  const sagitta_source *source = v->source;
  sagitta_error first = SAGITTA_ERROR_INIT;
  for (int nth = 0; nth < CANDIDATES; nth++) {
    sagitta_error reason = SAGITTA_ERROR_INIT;
    sagitta_status status = sg_stream_open(&v->stream, &source->items[0], source->name, source->threads, nth, &reason);
    if (status == SAGITTA_OK) {
      status = hold_first_frame(v, &reason);
      if (status == SAGITTA_OK) {
        v->capture_rate = stated_capture_rate(v->stream);
        return describe(v, error);
      }
      if (status == SAGITTA_END) return SAGITTA_OK; /* frames, but not one stamp: reading says so */
      sg_stream_close(&v->stream);
    }
    if (nth == 0) first = reason;
    if (status != SAGITTA_ERROR_DAMAGED) break;
  }
  return sg_fail(error, first.status, "%s", first.text);
}

static sagitta_status open_pictures(sagitta_video *v, sagitta_error *error) {
  sagitta_error reason = SAGITTA_ERROR_INIT;
  v->picture_rate = v->source->rate > 0 ? v->source->rate : 25.0;
  sagitta_status status = next_picture(v, &v->held, &v->held_damaged, &reason);
  if (status == SAGITTA_END) status = reason.status;
  if (status != SAGITTA_OK) return sg_fail(error, status, "%s", reason.text);
  v->first_position = v->position - 1;
  sg_clock_start(&v->clock, (AVRational){ 0, 1 }, 0, v->picture_rate);
  return describe(v, error);
}

sagitta_status sagitta_video_open(sagitta_video **out, const sagitta_source *source, sagitta_error *error) {
  if (!out) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "sagitta_video_open needs a place for the video.");
  *out = NULL;
  if (!source) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "sagitta_video_open needs a source.");
  sagitta_video *v = calloc(1, sizeof *v);
  if (!v) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", source->name);
  v->source = source;
  sagitta_status status = source->kind == SAGITTA_INPUT_PICTURES ? open_pictures(v, error) : open_stream(v, error);
  if (status != SAGITTA_OK) {
    sagitta_video_close(&v);
    return status;
  }
  *out = v;
  return SAGITTA_OK;
}

void sagitta_video_close(sagitta_video **video) {
  if (!video || !*video) return;
  sagitta_video *v = *video;
  sg_mapper_free(&v->mapper);
  sg_pictures_free(&v->pictures);
  sg_stream_close(&v->stream);
  free(v);
  *video = NULL;
}

/* --- the end ------------------------------------------------------------------------------------------------------ */

static void warn_of_slow_motion(sagitta_video *v, sg_slow slow) {
  char fast[32];
  char played[32];
  sg_print_short(fast, v->info.capture_rate, 1);
  sg_print_short(played, v->clock.reference > 0 ? 1 / v->clock.reference : v->info.frame_rate, 1);
  const char *advice = "give --rate with the true capture rate";
  if (slow == SG_SLOW_STRETCHED)
    warn(v, sg_warning(SAGITTA_WARNING_SLOW_MOTION, -1, NAN, NAN,
                       "The file says that it was captured at %s frames per second, but it plays at %s: it is slow "
                       "motion, and its times are too long. To measure true times, give --rate %s.",
                       fast, played, fast));
  else if (slow == SG_SLOW_RAMP)
    warn(v, sg_warning(SAGITTA_WARNING_SLOW_MOTION, -1, NAN, NAN,
                       "The frame rate jumps within the recording, as in slow motion (up to %s frames per second). Its "
                       "time stamps were used; if a part plays slowed down, export it without the effect or %s.",
                       fast, advice));
  else if (slow == SG_SLOW_TRUE_CLOCK)
    warn(v, sg_warning(SAGITTA_WARNING_SLOW_MOTION, -1, NAN, NAN,
                       "Recorded at %s frames per second, as slow motion is. Its time stamps say the same and were "
                       "used; if it plays slowed down, %s.",
                       fast, advice));
}

static void warn_of_damage(sagitta_video *v) {
  if (v->info.frames_damaged)
    warn(v,
         sg_warning(SAGITTA_WARNING_FRAMES_DAMAGED, -1, NAN, NAN,
                    "Damaged frames: %lld. What could be decoded of them was measured. Copy the file again if it plays "
                    "well elsewhere.",
                    (long long)v->info.frames_damaged));
  if (v->clock.repaired)
    warn(v, sg_warning(SAGITTA_WARNING_TIMESTAMPS_REPAIRED, -1, NAN, NAN,
                       "Time stamps that were missing, stood still or ran backwards: %lld. They were put in order. If "
                       "times look wrong, give --rate with the capture rate.",
                       (long long)v->clock.repaired));
  if (v->info.variable_frame_rate && !(v->source->rate > 0))
    warn(v, sg_warning(SAGITTA_WARNING_VARIABLE_FRAME_RATE, -1, NAN, NAN,
                       "The frames are not evenly spaced in time. Each frame's own time stamp was used; nothing needs "
                       "to be done."));
}

/* Counts, rates and warnings become final. A reading that jumped about has none. */
static void finish(sagitta_video *v, bool unbroken) {
  v->ended = true;
  if (v->sought) return;
  sg_slow slow = sg_clock_finish(&v->clock, v->capture_rate, &v->info);
  v->info.frames_damaged = v->damaged + (v->stream ? v->stream->failures : 0);
  if (v->stream && unbroken && sg_stream_truncated(v->stream)) {
    char end[32];
    sg_print_short(end, v->clock.last_time, 1);
    warn(v, sg_warning(SAGITTA_WARNING_STREAM_TRUNCATED, -1, v->clock.last_time, NAN,
                       "The file breaks off after %s s, before its end; it was measured up to there. Copy it again to "
                       "have the rest.",
                       end));
  }
  warn_of_damage(v);
  if (v->stream && !(v->source->rate > 0)) warn_of_slow_motion(v, slow);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

static bool same_picture(const sagitta_video *v, const AVFrame *frame) {
  return frame->width == v->info.coded_width && frame->height == v->info.coded_height &&
         (!v->stream || frame->format == v->format);
}

static double time_of(sagitta_video *v, const AVFrame *frame) {
  if (v->stream) return sg_clock_next(&v->clock, frame->best_effort_timestamp);
  return (double)(v->position - 1 - v->first_position) / v->picture_rate;
}

static sagitta_status end_at_change(sagitta_video *v, const AVFrame *frame, double time_s) {
  finish(v, false);
  char at[32];
  sg_print_short(at, time_s, 1);
  warn(v, sg_warning(SAGITTA_WARNING_PICTURE_SIZE_CHANGED, -1, time_s, NAN,
                     "The picture changes from %d x %d to %d x %d px or its format changes at %s s; it was measured up "
                     "to there. Record without switching camera or zoom, or cut the recording there.",
                     v->info.coded_width, v->info.coded_height, frame->width, frame->height, at));
  return SAGITTA_END;
}

static sagitta_status end_at_limit(sagitta_video *v) {
  finish(v, false);
  char limit[32];
  sg_print_short(limit, v->source->seconds, 3);
  warn(v, sg_warning(SAGITTA_WARNING_SECONDS_LIMIT, -1, NAN, NAN,
                     "Only the first %s s were measured, as asked for. Give a larger --seconds for more.", limit));
  return SAGITTA_END;
}

sagitta_status sagitta_video_read(sagitta_video *v, sagitta_frame *frame, sagitta_error *error) {
  if (!v || !frame) return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "sagitta_video_read needs a video and a frame.");
  if (v->stampless)
    return sg_fail(error, SAGITTA_NO_MEASUREMENT,
                   "\"%s\" has no time stamps, so that no speed or duration can be told. Give --rate with the frame "
                   "rate at which it was recorded.",
                   v->source->name);
  if (v->ended) return SAGITTA_END;
  AVFrame *decoded = NULL;
  bool damaged = false;
  sagitta_error reason = SAGITTA_ERROR_INIT;
  sagitta_status status = next_frame(v, &decoded, &damaged, &reason);
  if (status == SAGITTA_END) finish(v, true);
  if (status == SAGITTA_ERROR_TOO_LARGE) { /* a later picture that is too large has another size than the first */
    finish(v, false);
    warn(v, sg_warning(SAGITTA_WARNING_PICTURE_SIZE_CHANGED, -1, NAN, NAN, "%s", reason.text));
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

sagitta_status sagitta_video_seek(sagitta_video *v, double fraction) {
  if (!v || !(fraction >= 0 && fraction <= 1)) return SAGITTA_ERROR_ARGUMENT;
  if (v->stampless) return SAGITTA_END;
  double end = v->source->seconds;
  if (end > 0 && v->info.duration_s > end) fraction *= end / v->info.duration_s;
  if (v->stream) {
    sagitta_status status = sg_stream_seek(v->stream, fraction);
    if (status != SAGITTA_OK) return status;
    sg_clock_jump(&v->clock, nominal_rate(v->stream));
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

const sagitta_input_info *sagitta_video_info(const sagitta_video *v) {
  return v ? &v->info : NULL;
}

const sagitta_warning *sagitta_video_warnings(const sagitta_video *v, size_t *count) {
  if (count) *count = v ? v->warnings : 0;
  return v && v->warnings ? v->warning : NULL;
}
