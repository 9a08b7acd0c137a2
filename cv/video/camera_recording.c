/* SPDX-License-Identifier: Apache-2.0 */
/* A camera is recorded to its end before it is measured: its packets, copied with their stamps into a temporary NUT. */
#include <errno.h>

#include <libavcodec/avcodec.h>
#include <libavutil/mem.h>

#include "base/base.h"
#include "base/system.h"
#include "video/camera_device.h"
#include "video/inputs.h"

/* A device that gives nothing for this long has stopped. */
#define PATIENCE_NS INT64_C(10000000000)
#define PAUSE_MS    2 /* between two looks for a packet */

typedef struct recorder {
  AVFormatContext *device, *recording;
  AVIOContext *bytes;
  AVPacket *packet;
  int file;        /* descriptor of the temporary file */
  int from;        /* stream of the device */
  int64_t first;   /* stamp of the first packet, in the device's time base */
  double recorded; /* s */
} recorder;

#if LIBAVFORMAT_VERSION_MAJOR >= 61
static int write_bytes(void *opaque, const uint8_t *data, int length) {
#else
static int write_bytes(void *opaque, uint8_t *data, int length) {
#endif
  const recorder *r = opaque;
  const int code = sg_system_write(r->file, data, (size_t)length);
  return code ? AVERROR(code) : length;
}

static int64_t seek_bytes(void *opaque, int64_t offset, int whence) {
  const recorder *r = opaque;
  if (whence == AVSEEK_SIZE) return AVERROR(ENOSYS);
  const int64_t at = sg_system_seek(r->file, offset, whence & ~AVSEEK_FORCE);
  return at < 0 ? AVERROR(errno) : at;
}

static sagitta_status open_recording(recorder *r, sagitta_error *error) {
  enum { BLOCK = 1 << 16 };
  static const char cause[] =
      "The camera cannot be recorded to a temporary file. Set TMPDIR to a folder with free space.";
  r->file = sg_system_temporary();
  uint8_t *block = av_malloc(BLOCK);
  if (r->file >= 0 && block) r->bytes = avio_alloc_context(block, BLOCK, 1, r, NULL, write_bytes, seek_bytes);
  if (!r->bytes) {
    av_free(block);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "%s", cause);
  }
  /* NUT keeps the camera's own stamps, where Matroska rounds them to milliseconds, and takes any coding. */
  const AVStream *from = r->device->streams[r->from];
  if (avformat_alloc_output_context2(&r->recording, NULL, "nut", NULL) < 0)
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "%s", cause);
  AVStream *to = avformat_new_stream(r->recording, NULL);
  if (!to || avcodec_parameters_copy(to->codecpar, from->codecpar) < 0)
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "%s", cause);
  to->time_base = from->time_base;
  to->sample_aspect_ratio = from->sample_aspect_ratio;
  /* Raw pictures are told apart by this tag alone. */
  bool raw = from->codecpar->codec_id == AV_CODEC_ID_RAWVIDEO;
  to->codecpar->codec_tag = raw ? avcodec_pix_fmt_to_codec_tag(from->codecpar->format) : 0;
  r->recording->pb = r->bytes;
  r->recording->flags |= AVFMT_FLAG_CUSTOM_IO;
  if (avformat_write_header(r->recording, NULL) < 0)
    return sg_fail(error, SAGITTA_ERROR_NO_DECODER,
                   "The camera's coding (%s) cannot be recorded. Choose another camera.",
                   avcodec_get_name(from->codecpar->codec_id));
  return SAGITTA_OK;
}

/* The next packet of the camera; waits for it, asking `stop` meanwhile. 1: a packet, 0: stop, −1: nothing more. */
static int next_packet(recorder *r, const sagitta_source_settings *settings) {
  const int64_t since = sg_system_clock_ns();
  for (;;) {
    double share = settings->seconds > 0 ? r->recorded / settings->seconds : -1.0;
    if (settings->progress &&
        settings->progress(settings->progress_user, "recording the camera", share > 1 ? 1 : share))
      return 0;
    int code = av_read_frame(r->device, r->packet);
    if (code >= 0 && r->packet->stream_index == r->from) return 1;
    if (code >= 0) {
      av_packet_unref(r->packet);
    } else if (code != AVERROR(EAGAIN) || sg_system_clock_ns() - since > PATIENCE_NS) {
      return -1;
    } else {
      sg_system_sleep_ms(PAUSE_MS);
    }
  }
}

/* Copy packets until the time is over. *count: how many. */
static sagitta_status copy_packets(recorder *r, const sagitta_source_settings *settings, int64_t *count,
                                   sagitta_error *error) {
  AVRational base = r->device->streams[r->from]->time_base;
  int got;
  while ((got = next_packet(r, settings)) > 0) {
    AVPacket *p = r->packet;
    int64_t stamp = p->pts != AV_NOPTS_VALUE ? p->pts : p->dts;
    if (stamp != AV_NOPTS_VALUE) {
      if (r->first == AV_NOPTS_VALUE) r->first = stamp;
      r->recorded = (double)(stamp - r->first) * av_q2d(base);
      p->pts = stamp - r->first;
      p->dts = p->dts == AV_NOPTS_VALUE ? p->pts : p->dts - r->first;
    }
    if (settings->seconds > 0 && r->recorded >= settings->seconds) {
      av_packet_unref(p);
      return SAGITTA_OK;
    }
    p->stream_index = 0;
    p->pos = -1;
    av_packet_rescale_ts(p, base, r->recording->streams[0]->time_base);
    int code = av_write_frame(r->recording, p);
    av_packet_unref(p);
    if (code < 0)
      return sg_fail(error, SAGITTA_ERROR_MEMORY,
                     "The recording of the camera does not fit on the disk. Set TMPDIR to a folder with more free "
                     "space, or record fewer seconds.");
    ++*count;
  }
  if (*count) return SAGITTA_OK;
  if (got == 0) return sg_fail(error, SAGITTA_CANCELLED, "Stopped before the camera gave a picture.");
  return sg_fail(error, SAGITTA_ERROR_DAMAGED, "The camera gives no pictures. Plug it in again.");
}

sagitta_status sg_camera_record(int *out, const char *format, const char *device,
                                const sagitta_source_settings *settings, sagitta_error *error) {
  recorder r = { .file = -1, .first = AV_NOPTS_VALUE };
  int64_t count = 0;
  if (!(settings->seconds > 0) && !settings->progress)
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "Say how long to record the camera, with --seconds.");
  sagitta_status status = SAGITTA_OK;
  r.packet = av_packet_alloc();
  if (!r.packet) status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open the camera.");
  if (status == SAGITTA_OK) status = sg_camera_open(&r.device, &r.from, format, device, error);
  if (status == SAGITTA_OK) status = open_recording(&r, error);
  if (status == SAGITTA_OK) {
    status = copy_packets(&r, settings, &count, error);
    if (av_write_trailer(r.recording) < 0 && status == SAGITTA_OK)
      status = sg_fail(error, SAGITTA_ERROR_MEMORY, "The recording of the camera does not fit on the disk.");
  }
  if (r.bytes) {
    avio_flush(r.bytes);
    av_freep(&r.bytes->buffer);
    avio_context_free(&r.bytes);
  }
  avformat_free_context(r.recording);
  avformat_close_input(&r.device);
  av_packet_free(&r.packet);
  if (status == SAGITTA_OK)
    *out = r.file;
  else
    (void)sg_system_close(r.file);
  return status;
}
