/* SPDX-License-Identifier: Apache-2.0 */
#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <libavdevice/avdevice.h>
#include <libavutil/dict.h>
#include <libavutil/macros.h>
#include <libavutil/mem.h>

#include "video/video.h"

/* A device that gives nothing for this long has stopped. */
static const int64_t patience_ms = 10000;

typedef struct recorder {
  AVFormatContext *device, *file;
  AVIOContext *bytes;
  AVPacket *packet;
  int fd, from; /* from: stream of the device */
  int64_t first;
  double recorded; /* s */
} recorder;

#if LIBAVFORMAT_VERSION_MAJOR >= 61
static int write_bytes(void *opaque, const uint8_t *data, int length) {
#else
static int write_bytes(void *opaque, uint8_t *data, int length) {
#endif
  const recorder *r = opaque;
  for (int done = 0; done < length;) {
    ssize_t n = write(r->fd, data + done, (size_t)(length - done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return AVERROR(n < 0 ? errno : EIO);
    done += (int)n;
  }
  return length;
}

static int64_t seek_bytes(void *opaque, int64_t offset, int whence) {
  const recorder *r = opaque;
  if (whence == AVSEEK_SIZE) return AVERROR(ENOSYS);
  int64_t at = lseek(r->fd, offset, whence & ~AVSEEK_FORCE);
  return at < 0 ? AVERROR(errno) : at;
}

/* libavdevice brings some seventy libraries along, about half of the time that a command takes to start: it is
 * loaded where there is a camera, and stays. */
static bool load_devices(void) {
  void *library = dlopen("libavdevice.so." AV_STRINGIFY(LIBAVDEVICE_VERSION_MAJOR), RTLD_NOW);
  void *found = library ? dlsym(library, "avdevice_register_all") : NULL;
  void (*register_all)(void);
  if (!found) return false;
  memcpy(&register_all, &found, sizeof register_all);
  register_all();
  return true;
}

static sagitta_status open_device(recorder *r, const char *format, const char *device, sagitta_error *error) {
  if (!load_devices())
    return sg_fail(
        error, SAGITTA_ERROR_MISSING,
        "Cameras cannot be read here: libavdevice %d is not installed. Install it, or record to a file instead.",
        LIBAVDEVICE_VERSION_MAJOR);
  const AVInputFormat *input = av_find_input_format(format);
  if (!input)
    return sg_fail(error, SAGITTA_ERROR_NO_DECODER,
                   "Cameras cannot be read here: libavdevice was built without \"%s\". Record to a file instead.",
                   format);
  /* Motion JPEG first: over USB it is what gives full frames at full rate. Then whatever the camera has. */
  static const char *const preferences[] = { "mjpeg", NULL };
  int code = AVERROR(EINVAL);
  for (size_t i = 0; i < 2 && code < 0; i++) {
    AVDictionary *options = NULL;
    r->device = avformat_alloc_context();
    if (!r->device) return sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open the camera.");
    r->device->flags |= AVFMT_FLAG_NONBLOCK;
    if (preferences[i]) (void)av_dict_set(&options, "input_format", preferences[i], 0);
    code = avformat_open_input(&r->device, device, input, &options);
    av_dict_free(&options);
  }
  if (code == AVERROR(EBUSY))
    return sg_fail(error, SAGITTA_ERROR_MISSING, "The camera \"%s\" is in use by another program. Close that program.",
                   device);
  if (code == AVERROR(EACCES) || code == AVERROR(EPERM))
    return sg_fail(error, SAGITTA_ERROR_MISSING,
                   "You have no permission to use the camera \"%s\". Add yourself to the group \"video\".", device);
  if (code < 0)
    return sg_fail(error, SAGITTA_ERROR_MISSING, "The camera \"%s\" cannot be opened. Plug it in again.", device);
  for (unsigned i = 0; i < r->device->nb_streams; i++)
    if (r->device->streams[i]->codecpar->codec_type == AVMEDIA_TYPE_VIDEO) {
      r->from = (int)i;
      return SAGITTA_OK;
    }
  return sg_fail(error, SAGITTA_ERROR_NO_STREAM, "\"%s\" gives no pictures. Name another camera.", device);
}

static sagitta_status open_recording(recorder *r, sagitta_error *error) {
  enum { BLOCK = 1 << 16 };
  static const char cause[] =
      "The camera cannot be recorded to a temporary file. Set TMPDIR to a folder with free space.";
  r->fd = sg_temporary_file();
  uint8_t *block = av_malloc(BLOCK);
  if (r->fd >= 0 && block) r->bytes = avio_alloc_context(block, BLOCK, 1, r, NULL, write_bytes, seek_bytes);
  if (!r->bytes) {
    av_free(block);
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "%s", cause);
  }
  /* NUT keeps the camera's own stamps, where Matroska rounds them to milliseconds, and takes any coding. */
  const AVStream *from = r->device->streams[r->from];
  if (avformat_alloc_output_context2(&r->file, NULL, "nut", NULL) < 0)
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "%s", cause);
  AVStream *to = avformat_new_stream(r->file, NULL);
  if (!to || avcodec_parameters_copy(to->codecpar, from->codecpar) < 0)
    return sg_fail(error, SAGITTA_ERROR_MEMORY, "%s", cause);
  to->time_base = from->time_base;
  to->sample_aspect_ratio = from->sample_aspect_ratio;
  /* Raw pictures are told apart by this tag alone. */
  bool raw = from->codecpar->codec_id == AV_CODEC_ID_RAWVIDEO;
  to->codecpar->codec_tag = raw ? avcodec_pix_fmt_to_codec_tag(from->codecpar->format) : 0;
  r->file->pb = r->bytes;
  r->file->flags |= AVFMT_FLAG_CUSTOM_IO;
  if (avformat_write_header(r->file, NULL) < 0)
    return sg_fail(error, SAGITTA_ERROR_NO_DECODER,
                   "The camera's coding (%s) cannot be recorded. Choose another camera.",
                   avcodec_get_name(from->codecpar->codec_id));
  return SAGITTA_OK;
}

static int64_t now_ms(void) {
  struct timespec t;
  (void)clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The next packet of the camera; waits for it, asking `stop` meanwhile. 1: a packet, 0: stop, −1: nothing more. */
static int next_packet(recorder *r, const sagitta_source_settings *settings) {
  const struct timespec pause = { .tv_sec = 0, .tv_nsec = 2000000 };
  int64_t since = now_ms();
  for (;;) {
    double share = settings->seconds > 0 ? r->recorded / settings->seconds : -1.0;
    if (settings->progress &&
        settings->progress(settings->progress_user, "recording the camera", share > 1 ? 1 : share))
      return 0;
    int code = av_read_frame(r->device, r->packet);
    if (code >= 0 && r->packet->stream_index == r->from) return 1;
    if (code >= 0) {
      av_packet_unref(r->packet);
    } else if (code != AVERROR(EAGAIN) || now_ms() - since > patience_ms) {
      return -1;
    } else {
      (void)nanosleep(&pause, NULL);
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
    av_packet_rescale_ts(p, base, r->file->streams[0]->time_base);
    int code = av_write_frame(r->file, p);
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
  recorder r = { .fd = -1, .first = AV_NOPTS_VALUE };
  int64_t count = 0;
  if (!(settings->seconds > 0) && !settings->progress)
    return sg_fail(error, SAGITTA_ERROR_ARGUMENT, "Say how long to record the camera, with --seconds.");
  sagitta_status status = SAGITTA_OK;
  r.packet = av_packet_alloc();
  if (!r.packet) status = sg_fail(error, SAGITTA_ERROR_MEMORY, "Not enough memory to open the camera.");
  if (status == SAGITTA_OK) status = open_device(&r, format, device, error);
  if (status == SAGITTA_OK) status = open_recording(&r, error);
  if (status == SAGITTA_OK) {
    status = copy_packets(&r, settings, &count, error);
    if (av_write_trailer(r.file) < 0 && status == SAGITTA_OK)
      status = sg_fail(error, SAGITTA_ERROR_MEMORY, "The recording of the camera does not fit on the disk.");
  }
  if (r.bytes) {
    avio_flush(r.bytes);
    av_freep(&r.bytes->buffer);
    avio_context_free(&r.bytes);
  }
  avformat_free_context(r.file);
  avformat_close_input(&r.device);
  av_packet_free(&r.packet);
  if (status == SAGITTA_OK)
    *out = r.fd;
  else if (r.fd >= 0)
    close(r.fd);
  return status;
}
