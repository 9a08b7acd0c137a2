/* SPDX-License-Identifier: Apache-2.0 */
#include "video/stream.h"

#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <libavutil/log.h>
#include <libavutil/pixdesc.h>

#include "base/base.h"
#include "sagitta/video.h"
#include "video/cage.h"
#include "video/formats.h"

/* How much goes wrong in a row before a stream counts as broken off. */
enum { FAILURES_MOST = 2000 };
#define QUIET         1000                 /* levels of libavutil: nothing is as wordy */
#define THREADS_BYTES ((int64_t)256 << 20) /* of pictures that threads hold */

const AVCodec *sg_decoder_find(enum AVCodecID coding) {
  void *state = NULL;
  for (const AVCodec *codec; (codec = av_codec_iterate(&state));)
    if (codec->id == coding && av_codec_is_decoder(codec) &&
        sg_decoder_allowed(avcodec_get_name(coding), codec->name) &&
        !(codec->capabilities & (AV_CODEC_CAP_HARDWARE | AV_CODEC_CAP_HYBRID | AV_CODEC_CAP_EXPERIMENTAL)))
      return codec;
  return NULL;
}

/* ---- alarms ---- */

/* Pictures in memory only. It is also the mark by which our own decoders are known to the log callback. */
static enum AVPixelFormat choose_format(AVCodecContext *codec, const enum AVPixelFormat *formats) {
  (void)codec;
  for (; *formats != AV_PIX_FMT_NONE; formats++) {
    const AVPixFmtDescriptor *d = av_pix_fmt_desc_get(*formats);
    if (d && !(d->flags & AV_PIX_FMT_FLAG_HWACCEL)) return *formats;
  }
  return AV_PIX_FMT_NONE;
}

/* The size for which this thread was last refused memory; 0 = none. */
static _Thread_local unsigned refused_width, refused_height;

void sg_decoders_forget_size(void) {
  refused_width = refused_height = 0;
}

bool sg_decoders_refused_size(int *width, int *height) {
  const unsigned most = INT_MAX;
  *width = (int)(refused_width < most ? refused_width : most);
  *height = (int)(refused_height < most ? refused_height : most);
  return refused_width > 0;
}

/* libavutil says a size that is above max_pixels, and nothing else of it is left in the decoder. */
static void note_size(const char *format, va_list arguments) {
  if (strncmp(format, "Picture size %ux%u exceeds", 26) != 0) return;
  va_list copy;
  va_copy(copy, arguments);
  refused_width = va_arg(copy, unsigned);
  refused_height = va_arg(copy, unsigned);
  va_end(copy);
}

/* Called from decoder threads. Concealment is not always said as an error. */
static void listen(void *context, int level, const char *format, va_list arguments) {
  note_size(format, arguments);
  if (context && *(const AVClass *const *)context == avcodec_get_class()) {
    const AVCodecContext *codec = context;
    bool bad = (level & 0xff) <= AV_LOG_ERROR || strncmp(format, "concealing", 10) == 0;
    if (bad && codec->get_format == choose_format && codec->opaque) atomic_store((atomic_bool *)codec->opaque, true);
  }
  av_log_default_callback(context, level, format, arguments);
}

static atomic_bool listening;

static void install(void) {
  /* Our own messages are for people. A program that chose a level of its own keeps it. */
  if (av_log_get_level() == AV_LOG_INFO) av_log_set_level(AV_LOG_QUIET);
  av_log_set_callback(listen);
}

void sg_decoders_listen(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  (void)pthread_once(&once, install);
  atomic_store(&listening, true);
}

bool sg_decoder_alarmed(const sg_decoder *d) {
  return d->alarm && atomic_load(d->alarm);
}

/* ---- opening ---- */

/* Each thread holds a picture: of large ones so many that they stay below a quarter of a gigabyte. */
static int affordable_threads(const AVCodecParameters *p, int threads) {
  const int64_t bytes = p->width > 0 && p->height > 0 ? 3 * (int64_t)p->width * p->height : 1;
  const int64_t most = THREADS_BYTES / bytes;
  return most < threads ? (int)(most > 1 ? most : 1) : threads;
}

sagitta_status sg_decoder_open(sg_decoder *d, const AVCodec *codec, const AVCodecParameters *p, AVRational time_base,
                               int threads, const char *name, sagitta_error *error) {
  /* MPEG-4 part 2 guesses at its encoder's bugs while it decodes; with threads the guesses come in no fixed order.
   * JPEG pictures have no use for threads. */
  if (p->codec_id == AV_CODEC_ID_MPEG4 || p->codec_id == AV_CODEC_ID_MJPEG) threads = 1;
  if (sg_picture_is_too_large(p->width, p->height)) return sg_picture_too_large(name, p->width, p->height, error);
  threads = affordable_threads(p, threads);
  if (threads > 1) {
    if (!(d->alarm = malloc(sizeof *d->alarm)))
      return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to decode \"%s\".", name);
    atomic_init(d->alarm, false);
    sg_decoders_listen();
  }
  d->width = p->width;
  d->height = p->height;
  d->frame = av_frame_alloc();
  d->codec = avcodec_alloc_context3(codec);
  if (!d->frame || !d->codec || avcodec_parameters_to_context(d->codec, p) < 0)
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to decode \"%s\".", name);
  d->codec->pkt_timebase = time_base;
  d->codec->thread_count = threads;
  d->codec->thread_type = FF_THREAD_FRAME | FF_THREAD_SLICE;
  d->codec->flags |= AV_CODEC_FLAG_UNALIGNED; /* crop exactly where the file says */
  d->codec->get_format = choose_format;
  d->codec->opaque = d->alarm;
  d->codec->max_pixels = SG_CODED_AREA;
  /* Our own messages are for people; in a host's process nothing but this decoder is told to be quiet. */
  if (!atomic_load(&listening)) d->codec->log_level_offset = QUIET;
  sg_cage_lend_memory(d->codec);
  int code = avcodec_open2(d->codec, codec, NULL);
  if (code == AVERROR(ENOMEM)) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to decode \"%s\".", name);
  if (code < 0)
    return sg_fail(error, SAGITTA_ERROR_DAMAGED, "The %s video in \"%s\" is damaged: its decoder does not start.",
                   avcodec_get_name(p->codec_id), name);
  if (p->codec_id == AV_CODEC_ID_MJPEG && !(d->jpeg = sg_jpeg_new()))
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to decode \"%s\".", name);
  return SAGITTA_OK;
}

void sg_decoder_close(sg_decoder *d) {
  avcodec_free_context(&d->codec);
  sg_jpeg_free(&d->jpeg);
  av_frame_free(&d->frame);
  free(d->alarm); /* no decoder thread is left */
  d->alarm = NULL;
}

/* ---- decoding ---- */

static void count_failure(sg_decoder *d, int code) {
  if (code == AVERROR(ENOMEM)) d->out_of_memory = true;
  d->failures++;
  d->failures_in_a_row++;
  if (d->alarm) atomic_store(d->alarm, true);
}

/* Whether the packets are JPEG pictures as libjpeg-turbo knows them; the first one decides. */
static bool is_plain_jpeg(sg_decoder *d, const AVPacket *p) {
  int width, height;
  if (d->jpeg && !d->probed &&
      (!sg_jpeg_probe(d->jpeg, p->data, (size_t)p->size, &width, &height) || width != d->width || height != d->height))
    sg_jpeg_free(&d->jpeg);
  d->probed = true;
  return d->jpeg != NULL;
}

static void decode_jpeg(sg_decoder *d, const AVPacket *packet) {
  bool damaged = false;
  AVFrame *frame;
  /* AVI marks a dropped frame by an empty packet. */
  if (packet->size == 0) return;
  if (!sg_jpeg_decode(d->jpeg, packet->data, (size_t)packet->size, &frame, &damaged)) {
    count_failure(d, 0);
    return;
  }
  frame->best_effort_timestamp = packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
  frame->sample_aspect_ratio = (AVRational){ 0, 1 };
  frame->flags = damaged || (packet->flags & AV_PKT_FLAG_CORRUPT) ? AV_FRAME_FLAG_CORRUPT : 0;
  if (!(packet->flags & AV_PKT_FLAG_DISCARD)) d->ready = frame;
}

void sg_decoder_send(sg_decoder *d, const AVPacket *packet, bool unneeded) {
  if (!packet) {
    d->draining = true;
    if (!d->jpeg) (void)avcodec_send_packet(d->codec, NULL);
    return;
  }
  if (is_plain_jpeg(d, packet)) {
    decode_jpeg(d, packet);
    return;
  }
  d->codec->skip_frame = unneeded ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
  int code = avcodec_send_packet(d->codec, packet);
  if (code < 0 && code != AVERROR(EAGAIN)) count_failure(d, code);
}

static bool is_shown(const AVFrame *frame) {
  const AVPixFmtDescriptor *layout = av_pix_fmt_desc_get(frame->format);
  return !(frame->flags & AV_FRAME_FLAG_DISCARD) && layout && !(layout->flags & AV_PIX_FMT_FLAG_HWACCEL) &&
         frame->width > 0 && frame->height > 0;
}

static int receive_jpeg(sg_decoder *d, AVFrame **frame) {
  if (!d->ready) return d->draining || d->failures_in_a_row >= FAILURES_MOST ? -1 : 0;
  *frame = d->ready;
  d->ready = NULL;
  d->failures_in_a_row = 0;
  return 1;
}

int sg_decoder_receive(sg_decoder *d, AVFrame **frame) {
  av_frame_unref(d->frame);
  if (d->jpeg) return receive_jpeg(d, frame);
  while (!d->out_of_memory && d->failures_in_a_row < FAILURES_MOST) {
    int code = avcodec_receive_frame(d->codec, d->frame);
    if (code >= 0) {
      if (is_shown(d->frame)) {
        *frame = d->frame;
        d->failures_in_a_row = 0;
        return 1;
      }
      av_frame_unref(d->frame);
      d->failures_in_a_row++;
      continue;
    }
    if (code == AVERROR(EAGAIN)) return d->draining ? -1 : 0;
    if (code == AVERROR_EOF) return -1;
    count_failure(d, code);
  }
  if (!d->out_of_memory) d->broken_off = true;
  return -1;
}

void sg_decoder_flush(sg_decoder *d) {
  av_frame_unref(d->frame);
  avcodec_flush_buffers(d->codec);
  d->ready = NULL;
  d->draining = false;
  d->failures_in_a_row = 0;
}

bool sg_frame_is_damaged(const AVFrame *frame) {
  return (frame->flags & AV_FRAME_FLAG_CORRUPT) || frame->decode_error_flags;
}
