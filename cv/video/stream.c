/* SPDX-License-Identifier: Apache-2.0 */
#include "video/stream.h"

#include <stdio.h>
#include <stdlib.h>

#include <libavutil/mem.h>

#include "base/base.h"

/* Bytes: no picture of 16,000 px a side comes near this. */
static const size_t picture_file_most = (size_t)1 << 30;

/* ---- a stream ---- */

sagitta_status sg_stream_open(sg_stream **out, const sg_item *item, const char *name, int threads, int nth,
                              sagitta_error *error) {
  *out = NULL;
  sg_stream *s = calloc(1, sizeof *s);
  if (!s) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", name);
  s->item = item;
  s->nth = nth;
  s->fraction = -1;
  const AVCodec *codec = NULL;
  sagitta_status status = SAGITTA_OK;
  s->packet = av_packet_alloc();
  if (!s->packet) status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open \"%s\".", name);
  if (status == SAGITTA_OK) status = sg_container_open(&s->container, item, name, nth, &codec, error);
  if (status == SAGITTA_OK) {
    const AVStream *stream = s->container.stream;
    status = sg_decoder_open(&s->decoder, codec, stream->codecpar, stream->time_base, threads, name, error);
  }
  if (status != SAGITTA_OK) {
    sg_stream_close(&s);
    return status;
  }
  *out = s;
  return SAGITTA_OK;
}

void sg_stream_close(sg_stream **stream) {
  sg_stream *s = *stream;
  if (!s) return;
  sg_decoder_close(&s->decoder);
  sg_container_close(&s->container);
  av_packet_free(&s->packet);
  free(s);
  *stream = NULL;
}

static bool out_of_memory(const sg_stream *s) {
  return s->container.out_of_memory || s->decoder.out_of_memory;
}

static sagitta_status read_on(sg_stream *s, AVFrame **frame) {
  int got;
  while ((got = sg_decoder_receive(&s->decoder, frame)) == 0) {
    if (!sg_container_next(&s->container, s->packet)) {
      sg_decoder_send(&s->decoder, NULL, false);
    } else {
      const int64_t stamp = s->packet->pts;
      sg_decoder_send(&s->decoder, s->packet, s->hurried && stamp != AV_NOPTS_VALUE && stamp < s->needed_from);
      av_packet_unref(s->packet);
    }
    if (out_of_memory(s)) return SAGITTA_ERROR_MEMORY;
  }
  if (got < 0) return out_of_memory(s) ? SAGITTA_ERROR_MEMORY : SAGITTA_END;
  s->decoded++;
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
  if (!s->decoder.alarm) return status;
  bool marked = status == SAGITTA_OK && sg_frame_is_damaged(*frame);
  if (!marked && !sg_decoder_alarmed(&s->decoder)) return status;
  s->decoded = decoded;
  status = start_over(s);
  return status == SAGITTA_OK ? read_on(s, frame) : status;
}

sagitta_status sg_stream_seek(sg_stream *s, double fraction) {
  const sagitta_status status = sg_container_seek(&s->container, fraction);
  if (status != SAGITTA_OK) return status;
  sg_decoder_flush(&s->decoder);
  s->fraction = fraction;
  s->decoded = 0;
  s->hurried = false;
  return SAGITTA_OK;
}

void sg_stream_hurry(sg_stream *s, int64_t needed_from) {
  s->hurried = true;
  s->needed_from = needed_from;
}

sagitta_status sg_stream_rewind(sg_stream *s) {
  const sg_container *c = &s->container;
  const sg_decoder *d = &s->decoder;
  if (sg_decoder_alarmed(d) || d->failures || d->broken_off || c->broken_off || c->encrypted || out_of_memory(s))
    return SAGITTA_END;
  const sagitta_status status = sg_stream_seek(s, 0.0);
  if (status != SAGITTA_OK) return status;
  s->container.sought = false;
  s->container.packets = 0;
  s->fraction = -1;
  return SAGITTA_OK;
}

bool sg_stream_truncated(const sg_stream *s) {
  return (s->decoder.broken_off && !s->container.sought) || sg_container_truncated(&s->container);
}

/* ---- pictures ---- */

static bool looks_like_jpeg(const sg_item *item) {
  uint8_t head[3] = { 0 };
  AVIOContext *bytes = sg_bytes_open(item, "", NULL);
  if (!bytes) return false;
  bool jpeg = avio_read(bytes, head, 3) == 3 && head[0] == 0xff && head[1] == 0xd8 && head[2] == 0xff;
  sg_bytes_close(&bytes);
  return jpeg;
}

/* 1: decoded; 0: not a JPEG that libjpeg-turbo takes. */
static int read_jpeg(sg_pictures *pictures, const sg_item *item, AVFrame **frame, bool *damaged) {
  size_t size = 0;
  uint8_t *data = sg_bytes_read(item, picture_file_most, &size);
  if (!data) return 0;
  pictures->orientation = sg_jpeg_orientation(data, size);
  int decoded = sg_jpeg_decode(pictures->jpeg, data, size, frame, damaged);
  av_free(data);
  if (decoded) (void)snprintf(pictures->codec, sizeof pictures->codec, "%s", avcodec_get_name(AV_CODEC_ID_MJPEG));
  return decoded;
}

sagitta_status sg_pictures_read(sg_pictures *pictures, const sg_item *item, const char *name, AVFrame **frame,
                                bool *damaged, sagitta_error *error) {
  *damaged = false;
  pictures->orientation = 1;
  sg_stream_close(&pictures->stream);
  if (!pictures->jpeg && !(pictures->jpeg = sg_jpeg_new()))
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to decode pictures.");
  if (looks_like_jpeg(item) && read_jpeg(pictures, item, frame, damaged)) return SAGITTA_OK;
  sagitta_status status = sg_stream_open(&pictures->stream, item, name, 1, 0, error);
  if (status != SAGITTA_OK) return status;
  sg_jpeg_free(&pictures->stream->decoder.jpeg); /* which does not take it */
  status = sg_stream_read(pictures->stream, frame);
  if (status == SAGITTA_END)
    return sg_fail(error, SAGITTA_ERROR_DAMAGED, "The picture \"%s\" is damaged. Copy or export it again.", name);
  if (status != SAGITTA_OK) return sg_fail(error, status, "Not enough memory to decode \"%s\".", name);
  *damaged = sg_frame_is_damaged(*frame);
  (void)snprintf(pictures->codec, sizeof pictures->codec, "%s",
                 avcodec_get_name(pictures->stream->container.stream->codecpar->codec_id));
  return SAGITTA_OK;
}

void sg_pictures_free(sg_pictures *pictures) {
  sg_stream_close(&pictures->stream);
  sg_jpeg_free(&pictures->jpeg);
}
