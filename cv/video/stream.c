/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include <libavutil/avstring.h>
#include <libavutil/dict.h>
#include <libavutil/pixdesc.h>

#include "video/video.h"

/* How much goes wrong in a row before a stream counts as broken off. */
enum { READ_ERRORS = 200, DECODE_ERRORS = 2000 };

/* A container may name other files and addresses: none is ever opened. */
static int refuse(AVFormatContext *format, AVIOContext **bytes, const char *url, int flags, AVDictionary **options) {
  (void)format, (void)url, (void)flags, (void)options;
  *bytes = NULL;
  return AVERROR(EPERM);
}

/* Formats that are text, playlists or subtitles to a person, whatever libavformat makes of them. */
static bool is_no_video_format(const char *format) {
  static const char *const names[] = { "tty",        "concat", "hls",  "applehttp", "sdp",       "dash",     "rtsp",
                                       "ffmetadata", "webvtt", "srt",  "ass",       "subviewer", "microdvd", "sami",
                                       "txd",        "bin",    "xbin", "adf",       "idf" };
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (av_match_name(names[i], format)) return true;
  return false;
}

static sagitta_status not_video(const char *name, sagitta_error *error) {
  return sg_fail(error, SAGITTA_ERROR_NOT_VIDEO,
                 "\"%s\" is not a video or picture in any known format, whatever its name says. Choose the recording "
                 "itself, or export it again.",
                 name);
}

static sagitta_status cannot_parse(sg_stream *s, const AVInputFormat *input, int code, const char *name,
                                   sagitta_error *error) {
  if (code == AVERROR(ENOMEM)) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", name);
  if (av_match_name("mov", input->name)) {
    if (!sg_bytes_has_index(s->bytes))
      return sg_fail(error, SAGITTA_ERROR_NO_STREAM,
                     "The index of \"%s\" is missing: the recording or the copying was cut off before its end, and "
                     "without the index no frame can be found. Copy the file again, or record again.",
                     name);
    return sg_fail(error, SAGITTA_ERROR_DAMAGED,
                   "The index of \"%s\" is damaged, so that no frame can be found. Copy the file again, or record "
                   "again.",
                   name);
  }
  if (code == AVERROR(EPERM)) return not_video(name, error);
  return sg_fail(error, SAGITTA_ERROR_DAMAGED, "The beginning of \"%s\" is damaged. Copy the file again.", name);
}

static sagitta_status open_container(sg_stream *s, const char *name, sagitta_error *error) {
  const AVInputFormat *input = NULL;
  /* Without a name, so that the content alone decides what it is. */
  int code = av_probe_input_buffer2(s->bytes, &input, "", NULL, 0, 0);
  if (code == AVERROR(ENOMEM)) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", name);
  if (code < 0 || !input || is_no_video_format(input->name)) return not_video(name, error);
  s->format = avformat_alloc_context();
  if (!s->format) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", name);
  s->format->pb = s->bytes;
  s->format->flags |= AVFMT_FLAG_CUSTOM_IO;
  s->format->io_open = refuse;
  AVDictionary *options = NULL;
  (void)av_dict_set(&options, "protocol_whitelist", "none", 0);
  code = avformat_open_input(&s->format, "", input, &options);
  av_dict_free(&options);
  if (code < 0) return cannot_parse(s, input, code, name, error);
  s->no_stamps = (input->flags & AVFMT_NOTIMESTAMPS) != 0;
  if (avformat_find_stream_info(s->format, NULL) == AVERROR(ENOMEM))
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", name);
  return SAGITTA_OK;
}

static bool is_protected(const AVStream *stream) {
  uint32_t tag = stream->codecpar->codec_tag;
  return tag == MKTAG('e', 'n', 'c', 'v') || tag == MKTAG('d', 'r', 'm', 'i') ||
         sg_stream_side_data(stream, AV_PKT_DATA_ENCRYPTION_INIT_INFO, 1);
}

static sagitta_status open_decoder(sg_stream *s, const AVCodec *decoder, int threads, const char *name,
                                   sagitta_error *error) {
  const AVCodecParameters *p = s->stream->codecpar;
  /* MPEG-4 part 2 guesses at its encoder's bugs while it decodes; with threads the guesses come in no fixed order.
   * JPEG pictures have no use for threads. */
  if (p->codec_id == AV_CODEC_ID_MPEG4 || p->codec_id == AV_CODEC_ID_MJPEG) threads = 1;
  if (threads > 1) {
    if (!(s->alarm = malloc(sizeof *s->alarm)))
      return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to decode \"%s\".", name);
    atomic_init(s->alarm, false);
  }
  if (p->width > SAGITTA_PICTURE_MAX || p->height > SAGITTA_PICTURE_MAX)
    return sg_fail(
        error, SAGITTA_ERROR_TOO_LARGE,
        "The picture of \"%s\" is %d x %d px; at most %d px on either side can be measured. Make it smaller.", name,
        p->width, p->height, SAGITTA_PICTURE_MAX);
  s->codec = avcodec_alloc_context3(decoder);
  if (!s->codec || avcodec_parameters_to_context(s->codec, p) < 0)
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to decode \"%s\".", name);
  s->codec->pkt_timebase = s->stream->time_base;
  s->codec->thread_count = threads;
  s->codec->thread_type = FF_THREAD_FRAME | FF_THREAD_SLICE;
  s->codec->flags |= AV_CODEC_FLAG_UNALIGNED; /* crop exactly where the file says */
  sg_watch(s->codec, s->alarm);
  s->codec->max_pixels = (int64_t)SAGITTA_PICTURE_MAX * SAGITTA_PICTURE_MAX;
  int code = avcodec_open2(s->codec, decoder, NULL);
  if (code == AVERROR(ENOMEM)) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to decode \"%s\".", name);
  if (code < 0)
    return sg_fail(error, SAGITTA_ERROR_DAMAGED, "The %s video in \"%s\" is damaged: its decoder does not start.",
                   avcodec_get_name(p->codec_id), name);
  if (p->codec_id == AV_CODEC_ID_MJPEG && !(s->jpeg = sg_jpeg_new()))
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to decode \"%s\".", name);
  return SAGITTA_OK;
}

sagitta_status sg_stream_open(sg_stream **out, const sg_item *item, const char *name, int threads, int nth,
                              sagitta_error *error) {
  *out = NULL;
  sagitta_status status = SAGITTA_OK;
  sg_stream *s = calloc(1, sizeof *s);
  if (!s) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", name);
  s->item = item;
  s->nth = nth;
  s->fraction = -1;
  s->packet = av_packet_alloc();
  s->frame = av_frame_alloc();
  if (!s->packet || !s->frame) {
    status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", name);
    goto fail;
  }
  sagitta_error reason = sg_error_like(error);
  s->bytes = sg_bytes_open(item, name, &reason);
  if (!s->bytes) {
    status = sg_fail(error, reason.status, "%s", reason.text);
    goto fail;
  }
  if (avio_size(s->bytes) == 0) {
    status = sg_fail(error, SAGITTA_ERROR_NOT_VIDEO,
                     "\"%s\" is empty. The recording or the copying did not finish: copy it again.", name);
    goto fail;
  }
  status = open_container(s, name, error);
  if (status != SAGITTA_OK) goto fail;
  const AVCodec *decoder = NULL;
  s->stream = sg_choose_stream(s->format, nth, name, &decoder, &status, error);
  if (!s->stream) goto fail;
  for (unsigned i = 0; i < s->format->nb_streams; i++)
    s->format->streams[i]->discard = s->format->streams[i] == s->stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  s->encrypted = is_protected(s->stream);
  status = open_decoder(s, decoder, threads, name, error);
  if (status != SAGITTA_OK) goto fail;
  *out = s;
  return SAGITTA_OK;
fail:
  sg_stream_close(&s);
  return status;
}

void sg_stream_close(sg_stream **stream) {
  sg_stream *s = *stream;
  if (!s) return;
  avcodec_free_context(&s->codec);
  sg_jpeg_free(&s->jpeg);
  avformat_close_input(&s->format);
  sg_bytes_close(&s->bytes);
  av_packet_free(&s->packet);
  av_frame_free(&s->frame);
  free(s->alarm); /* no decoder thread is left */
  free(s);
  *stream = NULL;
}

/* The next packet of our stream in s->packet; 0 at the end. */
static bool next_packet(sg_stream *s) {
  while (s->read_errors < READ_ERRORS) {
    int code = av_read_frame(s->format, s->packet);
    if (code >= 0) {
      s->read_errors = 0;
      if (s->packet->stream_index == s->stream->index) {
        s->packets++;
        return true;
      }
      av_packet_unref(s->packet);
    } else if (code == AVERROR_EOF) {
      return false;
    } else if (code == AVERROR(ENOMEM)) {
      s->out_of_memory = true;
      return false;
    } else {
      s->broken_off = true;
      s->read_errors++;
    }
  }
  return false;
}

static bool is_shown(const AVFrame *frame) {
  const AVPixFmtDescriptor *layout = av_pix_fmt_desc_get(frame->format);
  return !(frame->flags & AV_FRAME_FLAG_DISCARD) && layout && !(layout->flags & AV_PIX_FMT_FLAG_HWACCEL) &&
         frame->width > 0 && frame->height > 0;
}

static void count_failure(sg_stream *s, int code) {
  if (code == AVERROR(ENOMEM)) s->out_of_memory = true;
  s->failures++;
  s->decode_errors++;
  if (s->alarm) atomic_store(s->alarm, true);
}

/* Whether the packets are JPEG pictures as libjpeg-turbo knows them; the first one decides. */
static bool is_plain_jpeg(sg_stream *s) {
  int width, height;
  const AVPacket *p = s->packet;
  if (s->packets == 1 && (!sg_jpeg_probe(s->jpeg, p->data, (size_t)p->size, &width, &height) ||
                          width != s->stream->codecpar->width || height != s->stream->codecpar->height))
    sg_jpeg_free(&s->jpeg);
  return s->jpeg != NULL;
}

/* Decode s->packet at once; 1: *frame is shown. */
static int decode_jpeg(sg_stream *s, AVFrame **frame) {
  bool damaged = false;
  bool shown = !(s->packet->flags & AV_PKT_FLAG_DISCARD);
  /* AVI marks a dropped frame by an empty packet. */
  if (s->packet->size == 0) return 0;
  if (!sg_jpeg_decode(s->jpeg, s->packet->data, (size_t)s->packet->size, frame, &damaged)) {
    count_failure(s, 0);
    return 0;
  }
  (*frame)->best_effort_timestamp = s->packet->pts != AV_NOPTS_VALUE ? s->packet->pts : s->packet->dts;
  (*frame)->sample_aspect_ratio = (AVRational){ 0, 1 };
  (*frame)->flags = damaged || (s->packet->flags & AV_PKT_FLAG_CORRUPT) ? AV_FRAME_FLAG_CORRUPT : 0;
  return shown;
}

/* 1: a frame; 0: give it more; −1: no more. */
static int receive(sg_stream *s) {
  while (s->decode_errors < DECODE_ERRORS) {
    int code = avcodec_receive_frame(s->codec, s->frame);
    if (code >= 0) {
      if (is_shown(s->frame)) return 1;
      av_frame_unref(s->frame);
      s->decode_errors++;
      continue;
    }
    if (code == AVERROR(EAGAIN)) return 0;
    if (code == AVERROR_EOF) return -1;
    count_failure(s, code);
    if (s->out_of_memory) return -1;
  }
  s->broken_off = true;
  return -1;
}

static sagitta_status read_on(sg_stream *s, AVFrame **frame) {
  av_frame_unref(s->frame);
  for (;;) {
    int got = s->jpeg && !s->draining ? 0 : receive(s);
    if (got > 0) {
      *frame = s->frame;
      break;
    }
    if (got < 0 || s->draining || s->decode_errors >= DECODE_ERRORS)
      return s->out_of_memory ? SAGITTA_ERROR_MEMORY : SAGITTA_END;
    if (!next_packet(s)) {
      s->draining = true;
      if (s->out_of_memory) return SAGITTA_ERROR_MEMORY;
      if (s->jpeg) return SAGITTA_END;
      (void)avcodec_send_packet(s->codec, NULL);
      continue;
    }
    if (av_packet_get_side_data(s->packet, AV_PKT_DATA_ENCRYPTION_INFO, NULL)) s->encrypted = true;
    if (s->jpeg && is_plain_jpeg(s)) {
      got = decode_jpeg(s, frame);
      av_packet_unref(s->packet);
      if (got) break;
      continue;
    }
    const bool unneeded = s->hurried && s->packet->pts != AV_NOPTS_VALUE && s->packet->pts < s->needed_from;
    s->codec->skip_frame = unneeded ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
    int code = avcodec_send_packet(s->codec, s->packet);
    av_packet_unref(s->packet);
    if (code < 0 && code != AVERROR(EAGAIN)) count_failure(s, code);
    if (s->out_of_memory) return SAGITTA_ERROR_MEMORY;
  }
  s->decoded++;
  s->decode_errors = 0;
  return SAGITTA_OK;
}

/* Put a decoder with one thread in the place of the threaded one, after the same frame. */
static sagitta_status start_over(sg_stream *s) {
  sg_stream *fresh = NULL;
  AVFrame *frame;
  sagitta_status status = sg_stream_open(&fresh, s->item, "", 1, s->nth, NULL);
  if (status == SAGITTA_OK && s->fraction >= 0) status = sg_stream_seek(fresh, s->fraction);
  if (status == SAGITTA_OK && s->hurried) sg_stream_hurry(fresh, s->needed_from);
  while (status == SAGITTA_OK && fresh->decoded < s->decoded) status = read_on(fresh, &frame);
  if (status == SAGITTA_OK) {
    sg_stream old = *s;
    *s = *fresh;
    *fresh = old;
  }
  sg_stream_close(&fresh);
  return status == SAGITTA_OK || status == SAGITTA_ERROR_MEMORY ? status : SAGITTA_END;
}

sagitta_status sg_stream_read(sg_stream *s, AVFrame **frame) {
  int64_t decoded = s->decoded;
  sagitta_status status = read_on(s, frame);
  if (!s->alarm) return status;
  bool marked = status == SAGITTA_OK && (((*frame)->flags & AV_FRAME_FLAG_CORRUPT) || (*frame)->decode_error_flags);
  if (!marked && !atomic_load(s->alarm)) return status;
  s->decoded = decoded;
  status = start_over(s);
  return status == SAGITTA_OK ? read_on(s, frame) : status;
}

/* Where a fraction of the duration lies, in the stream's time base. */
static bool find_stamp(const sg_stream *s, double fraction, int64_t *stamp) {
  AVStream *stream = s->stream;
  int count = avformat_index_get_entries_count(stream);
  /* An index of every frame tells more than a duration, which may be wrong. */
  if (count > 1) {
    const AVIndexEntry *first = avformat_index_get_entry(stream, 0);
    const AVIndexEntry *last = avformat_index_get_entry(stream, count - 1);
    double span = (double)last->timestamp - (double)first->timestamp;
    if (stream->nb_frames > 0 && span > 0 && span < 9e15) {
      *stamp = first->timestamp + (int64_t)(span * fraction);
      return true;
    }
  }
  int64_t start = stream->start_time != AV_NOPTS_VALUE ? stream->start_time : 0;
  double length = stream->duration > 0 ? (double)stream->duration : 0;
  if (length <= 0 && s->format->duration > 0)
    length = (double)s->format->duration / AV_TIME_BASE / av_q2d(stream->time_base);
  if (!(length > 0) || length > 9e15) return false;
  *stamp = start + (int64_t)(length * fraction);
  return true;
}

sagitta_status sg_stream_seek(sg_stream *s, double fraction) {
  int64_t stamp;
  if (s->no_stamps || !find_stamp(s, fraction, &stamp)) return SAGITTA_END;
  if (avformat_seek_file(s->format, s->stream->index, INT64_MIN, stamp, stamp, 0) < 0) return SAGITTA_END;
  av_packet_unref(s->packet);
  av_frame_unref(s->frame);
  if (s->codec) avcodec_flush_buffers(s->codec);
  s->sought = true;
  s->fraction = fraction;
  s->decoded = 0;
  s->draining = s->hurried = false;
  s->read_errors = s->decode_errors = 0;
  return SAGITTA_OK;
}

void sg_stream_hurry(sg_stream *s, int64_t needed_from) {
  s->hurried = true;
  s->needed_from = needed_from;
}

sagitta_status sg_stream_rewind(sg_stream *s) {
  const bool alarmed = s->alarm && atomic_load(s->alarm);
  if (alarmed || s->failures || s->broken_off || s->encrypted || s->out_of_memory) return SAGITTA_END;
  const sagitta_status status = sg_stream_seek(s, 0.0);
  if (status != SAGITTA_OK) return status;
  s->sought = false;
  s->fraction = -1;
  s->packets = 0;
  return SAGITTA_OK;
}

bool sg_stream_truncated(const sg_stream *s) {
  if (s->sought) return false;
  if (s->broken_off || s->read_errors) return true;
  const char *format = s->format->iformat->name;
  if (av_match_name("mov", format)) {
    int64_t size = avio_size(s->bytes);
    int count = avformat_index_get_entries_count(s->stream);
    const AVIndexEntry *last = count > 0 ? avformat_index_get_entry(s->stream, count - 1) : NULL;
    return (last && last->pos + last->size > size) || s->packets < s->stream->nb_frames;
  }
  if (av_match_name("avi", format)) return s->packets < s->stream->nb_frames;
  return av_match_name("matroska", format) && sg_bytes_segment_end(s->bytes) > avio_size(s->bytes);
}
