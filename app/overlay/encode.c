/* SPDX-License-Identifier: Apache-2.0 */
/* Pictures into an H.264 MP4, each at its own time. */
#include "overlay/overlay_parts.h"

#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <libswscale/swscale.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/failure.h"
#include "cli/text.h"

/* Whole ticks for 23.976, 25, 29.97, 50, 60, 90, 120 and 240 frames/s, milliseconds and 90 kHz. */
#define TICKS       360000
#define PIPE_BUFFER 65536

struct encoder {
  AVCodecContext *codec;
  AVFormatContext *file;
  AVFrame *frame;
  AVPacket *packet;
  struct SwsContext *scaler;
  sagitta_output *to;
  bool piped;
  bool begun; /* the header is written, so a trailer is due */
  int64_t last_pts, usual_duration;
  sagitta_error pipe_error;
};

static sagitta_status refuse(sagitta_error *error, sagitta_status status, const char *what, int code) {
  if (error) {
    char reason[AV_ERROR_MAX_STRING_SIZE] = "";
    if (code == AVERROR(ENOSPC)) {
      snprintf(reason, sizeof reason, "%s", error_say(error, "the disk is full: free some space"));
    } else if (code < 0) {
      av_strerror(code, reason, sizeof reason);
    }
    (void)fail_with(error, status, "The overlay video cannot be written: %s%s%s.", error_say(error, what),
                    what[0] && reason[0] ? ": " : "", reason);
  }
  return status;
}

/* libavformat's side of a device or pipe. */
#if LIBAVFORMAT_VERSION_MAJOR >= 61
static int write_pipe(void *opaque, const uint8_t *data, int length) {
#else
static int write_pipe(void *opaque, uint8_t *data, int length) {
#endif
  encoder *e = opaque;
  return sagitta_output_write(e->to, data, (size_t)length, &e->pipe_error) == SAGITTA_OK ? length : AVERROR(EPIPE);
}

static sagitta_status fail_write(encoder *e, int code, sagitta_error *error) {
  if (e->pipe_error.status != SAGITTA_OK) {
    if (error) *error = e->pipe_error;
    return e->pipe_error.status;
  }
  return refuse(error, code == AVERROR(ENOMEM) ? SAGITTA_ERROR_MEMORY : SAGITTA_ERROR_WRITE, "", code);
}

static sagitta_status open_codec(encoder *e, int width, int height, double rate, sagitta_error *error) {
  const AVCodec *codec = avcodec_find_encoder_by_name("libx264");
  if (!codec) codec = avcodec_find_encoder(AV_CODEC_ID_H264);
  if (!codec)
    return refuse(error, SAGITTA_ERROR_WRITE,
                  TRANSLATABLE("this machine's FFmpeg has no H.264 encoder: install libx264"), 0);
  e->codec = avcodec_alloc_context3(codec);
  if (!e->codec) return refuse(error, SAGITTA_ERROR_MEMORY, TRANSLATABLE("not enough memory"), 0);
  e->codec->width = width;
  e->codec->height = height;
  e->codec->pix_fmt = AV_PIX_FMT_YUV420P;
  e->codec->time_base = (AVRational){ 1, TICKS };
  if (!(rate >= 1 && rate <= 1000)) rate = 25;
  e->codec->framerate = av_d2q(rate, 100000);
  e->usual_duration = llrint(TICKS / rate);
  /* A key frame each second or so, so that scrubbing to end range is exact and quick. */
  e->codec->gop_size = (int)ceil(rate);
  e->codec->color_range = AVCOL_RANGE_MPEG;
  e->codec->colorspace = AVCOL_SPC_BT709;
  e->codec->color_primaries = AVCOL_PRI_BT709;
  e->codec->color_trc = AVCOL_TRC_BT709;
  e->codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
  av_opt_set(e->codec->priv_data, "preset", "veryfast", 0);
  av_opt_set(e->codec->priv_data, "crf", "21", 0);
  int code = avcodec_open2(e->codec, codec, NULL);
  return code < 0 ? refuse(error, SAGITTA_ERROR_WRITE, TRANSLATABLE("the H.264 encoder does not start"), code)
                  : SAGITTA_OK;
}

static int open_place(encoder *e) {
  const char *path = sagitta_output_path(e->to);
  struct stat info;
  e->piped = stat(path, &info) != 0 || !S_ISREG(info.st_mode);
  if (!e->piped) return avio_open(&e->file->pb, path, AVIO_FLAG_WRITE);
  uint8_t *buffer = av_malloc(PIPE_BUFFER);
  if (!buffer) return AVERROR(ENOMEM);
  e->file->pb = avio_alloc_context(buffer, PIPE_BUFFER, 1, e, NULL, write_pipe, NULL);
  if (!e->file->pb) {
    av_free(buffer);
    return AVERROR(ENOMEM);
  }
  e->file->pb->seekable = 0;
  return 0;
}

static sagitta_status open_file(encoder *e, sagitta_error *error) {
  int code = avformat_alloc_output_context2(&e->file, NULL, "mp4", sagitta_output_path(e->to));
  if (code < 0) return fail_write(e, code, error);
  AVStream *stream = avformat_new_stream(e->file, NULL);
  if (!stream) return fail_write(e, AVERROR(ENOMEM), error);
  stream->time_base = e->codec->time_base;
  stream->avg_frame_rate = e->codec->framerate;
  code = avcodec_parameters_from_context(stream->codecpar, e->codec);
  if (code >= 0) code = open_place(e);
  if (code < 0) return fail_write(e, code, error);
  e->file->flags |= AVFMT_FLAG_BITEXACT;
  AVDictionary *options = NULL;
  av_dict_set(&options, "movflags", e->piped ? "frag_keyframe+empty_moov+default_base_moof" : "faststart", 0);
  av_dict_set_int(&options, "video_track_timescale", TICKS, 0);
  code = avformat_write_header(e->file, &options);
  av_dict_free(&options);
  if (code < 0) return fail_write(e, code, error);
  e->begun = true;
  return SAGITTA_OK;
}

static sagitta_status open_frame(encoder *e, sagitta_error *error) {
  e->frame = av_frame_alloc();
  e->packet = av_packet_alloc();
  int width = e->codec->width, height = e->codec->height;
  if (e->frame && e->packet) {
    e->frame->format = e->codec->pix_fmt;
    e->frame->width = width;
    e->frame->height = height;
    e->scaler = sws_getContext(width, height, AV_PIX_FMT_RGB32, width, height, e->codec->pix_fmt, SWS_BILINEAR, NULL,
                               NULL, NULL);
  }
  if (!e->scaler || av_frame_get_buffer(e->frame, 0) < 0) {
    return refuse(error, SAGITTA_ERROR_MEMORY, TRANSLATABLE("not enough memory"), 0);
  }
  const int *bt709 = sws_getCoefficients(SWS_CS_ITU709);
  sws_setColorspaceDetails(e->scaler, bt709, 1, bt709, 0, 0, 1 << 16, 1 << 16);
  return SAGITTA_OK;
}

sagitta_status encoder_open(encoder **out, sagitta_output *to, int width, int height, double rate,
                            sagitta_error *error) {
  *out = NULL;
  encoder *e = av_mallocz(sizeof *e);
  if (!e) return refuse(error, SAGITTA_ERROR_MEMORY, TRANSLATABLE("not enough memory"), 0);
  e->to = to;
  e->last_pts = -1;
  /* Failures are reported by refuse(), in the user's words; FFmpeg's own log and statistics are not wanted. */
  av_log_set_level(AV_LOG_QUIET);
  sagitta_status status = open_codec(e, width, height, rate, error);
  if (status == SAGITTA_OK) status = open_frame(e, error);
  if (status == SAGITTA_OK) status = open_file(e, error);
  if (status != SAGITTA_OK) {
    encoder_close(&e);
    return status;
  }
  *out = e;
  return SAGITTA_OK;
}

static sagitta_status drain(encoder *e, sagitta_error *error) {
  for (;;) {
    int code = avcodec_receive_packet(e->codec, e->packet);
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return SAGITTA_OK;
    if (code < 0) return refuse(error, SAGITTA_ERROR_WRITE, TRANSLATABLE("the H.264 encoder gave up"), code);
    e->packet->duration = e->usual_duration;
    av_packet_rescale_ts(e->packet, e->codec->time_base, e->file->streams[0]->time_base);
    e->packet->stream_index = 0;
    code = av_interleaved_write_frame(e->file, e->packet);
    if (code >= 0 && e->file->pb->error < 0) code = e->file->pb->error;
    if (code < 0) return fail_write(e, code, error);
  }
}

sagitta_status encoder_write(encoder *e, const uint8_t *pixels, int stride, double time_s, sagitta_error *error) {
  int code = av_frame_make_writable(e->frame);
  if (code < 0) return fail_write(e, code, error);
  const uint8_t *planes[1] = { pixels };
  const int strides[1] = { stride };
  sws_scale(e->scaler, planes, strides, 0, e->codec->height, e->frame->data, e->frame->linesize);
  int64_t pts = llrint(time_s * TICKS);
  e->frame->pts = pts > e->last_pts ? pts : e->last_pts + 1;
  e->last_pts = e->frame->pts;
  code = avcodec_send_frame(e->codec, e->frame);
  if (code < 0) return refuse(error, SAGITTA_ERROR_WRITE, TRANSLATABLE("the H.264 encoder gave up"), code);
  return drain(e, error);
}

sagitta_status encoder_finish(encoder *e, sagitta_error *error) {
  int code = avcodec_send_frame(e->codec, NULL);
  if (code < 0) return refuse(error, SAGITTA_ERROR_WRITE, TRANSLATABLE("the H.264 encoder gave up"), code);
  sagitta_status status = drain(e, error);
  if (status != SAGITTA_OK) return status;
  e->begun = false;
  code = av_write_trailer(e->file);
  avio_flush(e->file->pb);
  if (code >= 0 && e->file->pb->error < 0) code = e->file->pb->error;
  if (!e->piped) {
    int closed = avio_closep(&e->file->pb);
    if (code >= 0) code = closed;
  }
  return code < 0 ? fail_write(e, code, error) : SAGITTA_OK;
}

static void close_place(encoder *e) {
  if (!e->file->pb) return;
  if (e->piped) {
    av_freep(&e->file->pb->buffer);
    avio_context_free(&e->file->pb);
  } else {
    avio_closep(&e->file->pb);
  }
}

void encoder_close(encoder **encoder_at) {
  encoder *e = *encoder_at;
  if (!e) return;
  if (e->file) {
    close_place(e);
    avformat_free_context(e->file);
  }
  avcodec_free_context(&e->codec);
  av_frame_free(&e->frame);
  av_packet_free(&e->packet);
  sws_freeContext(e->scaler);
  av_freep(encoder_at);
}
